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
    "adequacy": "skm.sampling",
    "combine": "skm.api",
    "contoh": "skm.api",
    "priorities": "skm._lanjutan",
    "profile": "skm.api",
    "read": "skm.api",
    "sample_size": "skm.sampling",
    "score": "skm.api",
    "score_by": "skm.api",
    "score_counts": "skm.api",
    "score_means": "skm.api",
    "score_totals": "skm.api",
    "trend": "skm._lanjutan",
}
_MODULES = ("errors", "kinerja", "regulasi")

__all__ = [
    "adequacy",
    "combine",
    "contoh",
    "errors",
    "kinerja",
    "priorities",
    "profile",
    "read",
    "regulasi",
    "sample_size",
    "score",
    "score_by",
    "score_counts",
    "score_means",
    "score_totals",
    "trend",
]

if TYPE_CHECKING:
    from skm import errors, kinerja, regulasi
    from skm._lanjutan import priorities, trend
    from skm.api import combine, contoh, profile, read, score, score_by, score_counts, score_means, score_totals
    from skm.sampling import adequacy, sample_size


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(_WHERE[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"skm.{name}")
    msg = f"module 'skm' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
