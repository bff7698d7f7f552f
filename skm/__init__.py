"""Survei Kepuasan Masyarakat (SKM) under PermenPANRB 14/2017: the official figure, and everything around it.

>>> import skm
>>> skm.score_counts({"persyaratan": (0, 0, 118, 69)}).ikm
Decimal('84.22')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Loaded on first use, so that `import skm` costs next to nothing.
_WHERE = {
    "Hitungan": "skm.hitungan",
    "adequacy": "skm.sampling",
    "adequacy_by": "skm.sampling",
    "allocate": "skm.sampling",
    "audit": "skm._lanjutan",
    "check": "skm.berkas",
    "combine": "skm.api",
    "combine_files": "skm.api_hitungan",
    "contoh": "skm.berkas",
    "draft_map": "skm.berkas",
    "draw": "skm.sampling",
    "merge": "skm.api_hitungan",
    "plan_sample": "skm.sampling",
    "priorities": "skm._lanjutan",
    "profile": "skm.api",
    "read": "skm.berkas",
    "repairs": "skm.berkas",
    "sample_size": "skm.sampling",
    "score": "skm.api",
    "score_by": "skm.api",
    "score_counts": "skm.api",
    "score_means": "skm.api",
    "score_totals": "skm.api",
    "tally": "skm.api_hitungan",
    "trend": "skm._lanjutan",
}
_MODULES = ("charts", "errors", "kinerja", "publikasi", "regulasi", "report", "stats")

__all__ = [
    "Hitungan",
    "adequacy",
    "adequacy_by",
    "allocate",
    "audit",
    "charts",
    "check",
    "combine",
    "combine_files",
    "contoh",
    "draft_map",
    "draw",
    "errors",
    "kinerja",
    "merge",
    "plan_sample",
    "priorities",
    "profile",
    "publikasi",
    "read",
    "regulasi",
    "repairs",
    "report",
    "sample_size",
    "score",
    "score_by",
    "score_counts",
    "score_means",
    "score_totals",
    "stats",
    "tally",
    "trend",
]

if TYPE_CHECKING:
    from skm import charts, errors, kinerja, publikasi, regulasi, report, stats
    from skm._lanjutan import audit, priorities, trend
    from skm.api import combine, profile, score, score_by, score_counts, score_means, score_totals
    from skm.api_hitungan import combine_files, merge, tally
    from skm.berkas import check, contoh, draft_map, read, repairs
    from skm.hitungan import Hitungan
    from skm.sampling import adequacy, adequacy_by, allocate, draw, plan_sample, sample_size


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"skm.{name}")
    msg = f"module 'skm' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
