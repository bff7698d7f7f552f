"""How an agency's own application calls the package; checked by `mypy --strict`, never run."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import skm
from skm import errors, stats


def figure(path: str) -> tuple[Decimal, str]:
    """Read a file and score it."""
    survei: skm.Survei = skm.read(path)
    hasil: skm.HasilIKM = skm.score(survei, bobot="0.111", kosong="hanya-lengkap", pembulatan="nik-2")
    return hasil.ikm, hasil.mutu


def exact(path: str) -> Fraction:
    """Score a path at once."""
    return skm.score(path).ikm_tepat


def groups(survei: skm.Survei) -> list[str]:
    """Score by a characteristic."""
    per: skm.HasilKelompok = skm.score_by(survei, "layanan")
    return [str(label) for label in per]


def enough(n: int, population: int) -> bool:
    """Whether a sample was enough."""
    return skm.adequacy(n, population).adequate


def refused(path: str) -> str:
    """What a refusal says."""
    try:
        skm.check(path)
    except errors.SKMError as problem:
        return f"{problem.code}: {problem.message('en')}"
    return ""


def sure(survei: skm.Survei) -> float:
    """How sure the index is."""
    result = stats.mean_interval(survei, population=3441)
    return result.ikm.se if isinstance(result, stats.MeanInterval) else float("nan")
