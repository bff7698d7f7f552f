"""What a result of `mean_interval` says besides its numbers: design effect, effective size, notes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._design import Design
from skm.stats._intervals import Deff, Estimate
from skm.stats._result import caution, note, percent

Floats = NDArray[np.float64]
# Where benchmarks/cakupan.py found the t interval to cover less than 94 of 100: so near an end, so few respondents.
NEAR, SKEWED_BELOW = 10, 200
FEW_WORTH = 5  # sampling units of equal weight, below which an interval is told to be doubtful


class Asked(Protocol):
    """The options that notes depend on."""

    @property
    def level(self) -> float: ...
    @property
    def estimator(self) -> str: ...
    @property
    def sampel(self) -> str: ...
    @property
    def interval(self) -> str: ...
    @property
    def clustered(self) -> bool: ...


def remarks(
    ikm: Estimate,
    unsur: Mapping[str, Estimate],
    used: list[str],
    design: Design,
    kuesioner: Kuesioner,
    ask: Asked,
    silent: list[str],
) -> tuple[Finding, ...]:
    """Return what is to be known about the estimates: first what they are and assume, then doubts, then the design."""
    basis = (
        note("sensus")
        if design.census
        else note(
            {"tidak-disebut": "sampel-tidak-disebut", "acak": "sampel-acak", "seadanya": "sampel-seadanya"}[ask.sampel]
        )
    )
    how = note({
        "per-unsur": "estimator-per-unsur", "per-responden": "estimator-per-responden",
        "hanya-lengkap": "estimator-hanya-lengkap",
    }[ask.estimator])  # fmt: skip
    doubts = _doubts(ikm, unsur, used, design, kuesioner)
    if silent:
        doubts.append(caution("unsur-strata-kosong", unsur=silent))
    return (how, basis, *doubts, *_choices(ikm, design, kuesioner, ask))


def _doubts(
    ikm: Estimate, unsur: Mapping[str, Estimate], used: list[str], design: Design, kuesioner: Kuesioner
) -> list[Finding]:
    found = []
    if ikm.se == 0 and not design.census:
        found.append(caution("semua-sama", n=ikm.n))
    elif ikm.alasan:
        found.append(caution({
            "satu-jawaban": "alasan-satu-jawaban", "tanpa-derajat-kebebasan": "alasan-tanpa-derajat-kebebasan",
            "bobot-terpusat": "alasan-bobot-terpusat", "tanpa-jawaban": "alasan-tanpa-jawaban",
        }[ikm.alasan], apa="IKM"))  # fmt: skip
    empty = [u for u in kuesioner.unsur if u not in used]
    if empty and used:
        found.append(caution("unsur-kosong", unsur=empty, x=len(used)))
    partly = [u for u in used if unsur[u].alasan and not ikm.alasan]
    if partly:
        found.append(caution("unsur-tanpa-interval", unsur=partly))
    return found


def _choices(ikm: Estimate, design: Design, kuesioner: Kuesioner, ask: Asked) -> list[Finding]:
    found: list[Finding] = []
    low, high = kuesioner.regulasi.batas_ikm
    if ask.interval == "t" and ikm.se > 0 and (ikm.interval.low < low or ikm.interval.high > high):
        found.append(note("interval-melewati-skala"))
    elif (
        ask.interval == "t"
        and ikm.se > 0
        and ikm.n < SKEWED_BELOW
        and min(ikm.estimate - low, high - ikm.estimate) < NEAR
    ):
        found.append(note("interval-dekat-ujung", n=ikm.n))
    if ask.clustered:
        found.append(note("klaster-tanpa-koreksi"))
    elif design.stratified and not design.weighted and design.population is None:
        found.append(note("strata-tanpa-bobot"))
    if design.projection is not None or design.whole is not None:
        found.append(note("interval-kalibrasi"))
    if design.weighted:
        found.append(note("berbobot", efektif=effective_size(design) or math.nan, n=int(design.kali.sum())))
        everybody = np.ones(len(design.w), bool)
        if not ikm.alasan and design.worth(everybody) < FEW_WORTH and 2 * design.worth(everybody) < ikm.df + 1:
            found.append(caution("bobot-timpang", efektif=design.worth(everybody)))
    if ikm.se > 0:
        found.append(note({"logit": "interval-logit", "t": "interval-t", "wilson": "interval-wilson"}[ask.interval]))
    if ask.level != 0.95:
        found.append(note("tingkat", persen=percent(ask.level)))
    return found


def design_effect(linear: Floats, variance: float, design: Design) -> Deff | None:
    """Return the variance relative to simple random samples of the same n, with and without replacement."""
    n, mass = int(design.kali.sum()), float(design.w.sum())
    if n < 2 or design.census:
        return None
    spread = n / (n - 1) * float((design.w * (linear * mass) ** 2).sum()) / mass
    if spread <= 0:
        return None
    size = design.population
    correction = math.nan if size is None else 1 - n / size
    wor = float(variance / (correction * spread / n)) if correction else math.nan
    return Deff(wor=wor, wr=float(variance / (spread / n)))


def independent_size(design: Design, active: NDArray[np.bool_]) -> float:
    """Return how many independent answers an estimate rests on at most: units or Kish's size, census share allowed."""
    squares = float(design.w2[active].sum())
    kish = float(design.w[active].sum()) ** 2 / squares if squares else 0.0
    if design.psu is not None:
        kish = min(kish, float(len(np.unique(design.psu[active]))))
    w = design.w[active]
    asked = float((design.fraction[design.stratum[active]] * w).sum() / w.sum()) if w.any() else 0.0
    return max(kish, 1.0) / max(1 - asked, 1e-12)


def effective_size(design: Design) -> float | None:
    """Return Kish's effective size."""
    squares = float(design.w2.sum())
    return float(design.w.sum()) ** 2 / squares if squares else None
