"""A control chart over months: which month is out of what chance explains, limits by the number of respondents."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, get_args

import numpy as np

from skm.basics.arguments import as_mapping, as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.reading_numbers import read_count
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner, load
from skm.stats._intervals import MeanInterval
from skm.stats._quiet import quiet_width, share_aside
from skm.stats._result import StatResult, caution, clean, group_name, note, read_figure, say
from skm.stats._time_order import skipped

Kind = Literal["ewma", "shewhart"]
Dispersion = Literal["dalam", "laney"]
FEWEST = 3  # periods of the base line
FEWEST_ASIDE = 5  # respondents of the base line away from the end of the scale, below which limits are rough


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One period: its index, what is charted, the limits, and whether it is outside ("atas", "bawah" or "")."""

    label: Any
    n: int
    value: float
    charted: float
    low: float
    high: float
    baseline: bool
    signal: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ControlChart(StatResult):
    """Periods in order with their limits.

    Attributes
    ----------
    points : tuple of ControlPoint
    centre, sd : float
        Mean of the base line, and standard deviation of one respondent within a period.
    sigma_z : float
        By how much periods of the base line vary more than respondents explain; 1 unless Laney's limits were asked for.
    method : {"ewma", "shewhart"}
    """

    JENIS: ClassVar[str] = "bagan-kendali"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("ikm", "", "decimal", 2),
        TableColumn("charted", "", "decimal", 2),
        TableColumn("low", "", "decimal", 2),
        TableColumn("high", "", "decimal", 2),
        TableColumn("sinyal", "", "text"),
    )

    points: tuple[ControlPoint, ...]
    centre: float
    sd: float
    sigma_z: float
    method: str
    weight: float
    limit: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    @property
    def first_signal(self) -> ControlPoint | None:
        """The first period outside its limits after the base line, or in it; None where there is none."""
        return next((p for p in self.points if p.signal), None)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a period."""
        return [(p.label, p.n, p.value, p.charted, p.low, p.high, p.signal) for p in self.points]

    def kalimat(self, lang: str | None = None) -> str:
        """Return the first signal as one sentence."""
        first = self.first_signal
        fill: dict[str, Any] = {
            "banyak": len(self.points), "pusat": self.centre, "bagan": say(f"bagan-{self.method}", lang),
        }  # fmt: skip
        if self.sd == 0:
            return say("kendali-takada", lang, **fill)
        if first is None:
            return say("kendali-tenang", lang, **fill)
        return say(
            f"kendali-{first.signal}", lang, periode=group_name(first.label, lang), nilai=first.charted,
            batas=first.high if first.signal == "atas" else first.low, **fill,
        )  # fmt: skip

    def extra(self) -> dict[str, Any]:
        """Return the centre and the choices."""
        first = self.first_signal
        return {
            "centre": self.centre, "sd": self.sd, "sigma_z": self.sigma_z, "method": self.method,
            "weight": self.weight, "limit": self.limit,
            "sinyal_pertama": None if first is None else group_name(first.label),
        }  # fmt: skip


def control_chart(
    periods: Mapping[Any, MeanInterval | tuple[float, float, int]],
    *,
    method: Kind = "ewma",
    baseline: int | None = None,
    weight: float = 0.2,
    limit: float | None = None,
    dispersion: Dispersion = "dalam",
    undated: int = 0,
) -> ControlChart:
    """Chart an index over periods with limits by the number of respondents, and name the first signal.

    Parameters
    ----------
    periods : mapping
        Period -> result of `mean_interval`, or (index, standard error, respondents); in order of time.
    method : {"ewma", "shewhart"}
        Exponentially weighted mean of the periods so far, which sees small lasting shifts; or every period by itself,
        which sees a single bad month.
    baseline : int, optional
        How many of the first periods set the centre; default all.
    weight : float
        Of the newest period in the exponentially weighted mean, 0 to 1.
    limit : float, optional
        Width of the limits in standard errors. Default: 3 (2.86 for the weighted mean of weight 0.2), or wider where a
        false signal anywhere on the chart would else be more likely than 5 in 100.
    dispersion : {"dalam", "laney"}
        Limits by the spread of respondents within periods; or widened by how much the periods of the base line vary
        more than that (D. B. Laney 2002), for offices where every month differs a little for known reasons.
    undated : int
        Respondents of no period, who are left out: told.

    Raises
    ------
    DataError
        Fewer than three periods of the base line have an index and a standard error.
    OptionError
        A choice is out of range.

    Notes
    -----
    One respondent's standard deviation s is pooled over the base line, so that a month in which all answers agree is
    not taken for certain. Limits: centre +- limit s / sqrt(n); of the weighted mean z_t = w x_t + (1 - w) z_(t-1) with
    variance s^2 sum w^2 (1 - w)^(2 (t - i)) / n_i. W. A. Shewhart (1931); S. W. Roberts (1959). The default width is
    had by drawing charts without any change, base line included, from the distribution at the end of the scale that
    has the observed mean and spread; false signals: benchmarks/alarm.md.
    """
    _check(method, dispersion, weight, limit)
    first_ones = None if baseline is None else read_count(baseline, "baseline", minimum=FEWEST)
    given = [(label, *_parts(value)) for label, value in as_mapping(periods, "periods").items()]
    known = [g for g in given if g[3] > 0 and not math.isnan(g[1])]
    first = [g for g in known[:first_ones] if g[3] > 1 and not math.isnan(g[2])]
    if len(first) < FEWEST:
        raise DataError("kendali-pendek", banyak=len(first), perlu=FEWEST)
    n = np.array([g[3] for g in first], float)
    centre = float(n @ [g[1] for g in first] / n.sum())
    # (n - 1) s^2 of every period added up; its standard error is s / sqrt(n).
    sd = math.sqrt(sum((k - 1) * k * g[2] ** 2 for k, g in zip(n.tolist(), first, strict=True)) / float((n - 1).sum()))
    sigma = 1.0
    if dispersion == "laney" and sd > 0:
        z = [(g[1] - centre) * math.sqrt(g[3]) / sd for g in first]
        sigma = max(1.0, float(np.abs(np.diff(z)).mean()) / 1.128)
    base = {g[0] for g in first}
    usual = 2.86 if method == "ewma" and weight == 0.2 else 3.0
    kuesioner = _questionnaire(periods)
    aside = _away(kuesioner, centre)
    wide = limit if limit is not None else usual
    if limit is None and sd > 0:
        sizes, inside = np.array([g[3] for g in known]), np.array([g[0] in base for g in known])
        newest = weight if method == "ewma" else 1.0
        wide = max(usual, quiet_width(sizes, inside, aside, sd, newest))
    points, charted, variance = [], centre, 0.0
    for label, value, _, count in known:
        own = (sd * sigma) ** 2 / count
        if method == "ewma":
            charted = weight * value + (1 - weight) * charted
            variance = weight**2 * own + (1 - weight) ** 2 * variance
        else:
            charted, variance = value, own
        half = wide * math.sqrt(variance)
        outside = 0 < half < abs(charted - centre)
        signal = "" if not outside else "atas" if charted > centre else "bawah"
        points.append(ControlPoint(label, count, value, charted, centre - half, centre + half, label in base, signal))
    notes = [note("kendali-cara", lebar=clean(wide), dasar=len(first))]
    if wide > usual and limit is None:
        notes.append(note("kendali-lebar"))
    if 0 < aside < sd and float(n.sum()) * share_aside(aside, sd**2) < FEWEST_ASIDE:
        notes.append(caution("kendali-dasar-tipis"))
    notes += _left_out(given, known, undated)
    if sigma > 1:
        notes.append(note("kendali-laney", kali=sigma))
    return ControlChart(tuple(points), centre, sd, sigma, method, weight, wide, tuple(notes), kuesioner)


def _parts(value: Any) -> tuple[float, float, int]:
    return (value.ikm.estimate, value.ikm.se, value.ikm.n) if isinstance(value, MeanInterval) else read_figure(value)


def _away(kuesioner: Kuesioner | None, centre: float) -> float:
    """Return how far the centre lies from the nearer end of the scale of the index; below 0 outside it."""
    low, high = (kuesioner if kuesioner is not None else load()).regulasi.batas_ikm
    return min(centre - low, high - centre)


def _questionnaire(periods: Mapping[Any, Any]) -> Kuesioner | None:
    return next((v.kuesioner for v in periods.values() if isinstance(v, MeanInterval)), None)


def _check(method: str, dispersion: str, weight: float, limit: float | None) -> None:
    for name, chosen, kind in (("method", method, Kind), ("dispersion", dispersion, Dispersion)):
        if chosen not in get_args(kind):
            raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=chosen, pilihan=list(get_args(kind)))
    if not 0 < as_number(weight) <= 1:
        raise OptionError("di-luar-rentang", untuk="weight", nilai=weight, rendah=0, tinggi=1)
    if limit is not None and not 0 < as_number(limit) < 10:
        raise OptionError("di-luar-rentang", untuk="limit", nilai=limit, rendah=0, tinggi=10)


def _left_out(given: list[tuple[Any, float, float, int]], known: list[Any], undated: int) -> list[Finding]:
    """Return what to say of periods and respondents that are not on the chart."""
    found: list[Finding] = []
    if lost := [group_name(g[0]) for g in given if g not in known]:
        found.append(caution("kendali-kosong", periode=lost))
    if gaps := skipped([g[0] for g in given]):
        found.append(note("kendali-lompat", periode=gaps))
    if undated:
        found.append(note("kendali-tanpa-tanggal", banyak=undated))
    return found
