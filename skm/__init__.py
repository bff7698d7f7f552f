"""Survei Kepuasan Masyarakat (SKM) under PermenPANRB 14/2017: the official figure, and everything around it.

>>> import skm
>>> skm.score_counts({"persyaratan": (0, 0, 118, 69)}).ikm
Decimal('84.22')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from skm._version import __version__ as __version__

# The one table of public names, loaded on first use so that `import skm` costs next to nothing.
_WHERE = {
    "Finding": "skm.basics.values",
    "HasilIKM": "skm.scores.result",
    "HasilKelompok": "skm.scores.groups",
    "Hitungan": "skm.counts.hitungan",
    "Pola": "skm.counts.pola",
    "Account": "skm.answers.account",
    "Survei": "skm.answers.survei",
    "Tallier": "skm.counts.tallier",
    "adequacy": "skm.sampling",
    "adequacy_by": "skm.sampling",
    "allocate": "skm.sampling",
    "audit": "skm.api.after",
    "bantuan": "skm.api.help",
    "check": "skm.api.files",
    "combine": "skm.api.score",
    "combine_files": "skm.api.counts",
    "contoh": "skm.api.files",
    "database": "skm.api.database",
    "draft_map": "skm.api.files",
    "draw": "skm.sampling",
    "draw_pps": "skm.sampling",
    "merge": "skm.api.counts",
    "plan_change": "skm.sampling",
    "plan_clusters": "skm.sampling",
    "plan_sample": "skm.sampling",
    "priorities": "skm.api.after",
    "profile": "skm.api.score",
    "read": "skm.api.files",
    "repairs": "skm.api.files",
    "sample_size": "skm.sampling",
    "score": "skm.api.score",
    "score_by": "skm.api.score",
    "score_counts": "skm.api.score",
    "score_means": "skm.api.score",
    "score_totals": "skm.api.score",
    "tally": "skm.api.counts",
    "trend": "skm.api.after",
}
_MODULES = ("charts", "errors", "kinerja", "prioritas", "publikasi", "regulasi", "report", "service", "stats", "tren")

__all__ = sorted([*_WHERE, *_MODULES])

if TYPE_CHECKING:
    from skm import charts as charts
    from skm import errors as errors
    from skm import kinerja as kinerja
    from skm import prioritas as prioritas
    from skm import publikasi as publikasi
    from skm import regulasi as regulasi
    from skm import report as report
    from skm import service as service
    from skm import stats as stats
    from skm import tren as tren
    from skm.answers.account import Account as Account
    from skm.answers.survei import Survei as Survei
    from skm.api.after import audit as audit
    from skm.api.after import priorities as priorities
    from skm.api.after import trend as trend
    from skm.api.counts import combine_files as combine_files
    from skm.api.counts import merge as merge
    from skm.api.counts import tally as tally
    from skm.api.database import database as database
    from skm.api.files import check as check
    from skm.api.files import contoh as contoh
    from skm.api.files import draft_map as draft_map
    from skm.api.files import read as read
    from skm.api.files import repairs as repairs
    from skm.api.help import bantuan as bantuan
    from skm.api.score import combine as combine
    from skm.api.score import profile as profile
    from skm.api.score import score as score
    from skm.api.score import score_by as score_by
    from skm.api.score import score_counts as score_counts
    from skm.api.score import score_means as score_means
    from skm.api.score import score_totals as score_totals
    from skm.basics.values import Finding as Finding
    from skm.counts.hitungan import Hitungan as Hitungan
    from skm.counts.pola import Pola as Pola
    from skm.counts.tallier import Tallier as Tallier
    from skm.sampling import adequacy as adequacy
    from skm.sampling import adequacy_by as adequacy_by
    from skm.sampling import allocate as allocate
    from skm.sampling import draw as draw
    from skm.sampling import draw_pps as draw_pps
    from skm.sampling import plan_change as plan_change
    from skm.sampling import plan_clusters as plan_clusters
    from skm.sampling import plan_sample as plan_sample
    from skm.sampling import sample_size as sample_size
    from skm.scores.groups import HasilKelompok as HasilKelompok
    from skm.scores.result import HasilIKM as HasilIKM


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"skm.{name}")
    msg = f"module 'skm' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
