"""Importance against performance in named quadrants, and the Customer Satisfaction Index where importance was asked."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.arguments import as_list, as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.progress import walked
from skm.basics.reading_numbers import read_decimal
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._conditional import check_p_options
from skm.stats._design import make_design
from skm.stats._dist import t_quantile
from skm.stats._estimate import logit_bounds
from skm.stats._linear import linearised
from skm.stats._result import StatResult, caution, clean, note, percent, say
from skm.stats._scores import unsur_means, unsur_values

Sumbu = Literal["rata-rata", "median"]
Turunan = Literal["terkoreksi", "total"]
CSI_METHOD = "logit, linearisasi"
NO_CSI = Interval(math.nan, math.nan, 0.95, CSI_METHOD)
QUADRANTS = ("prioritas-utama", "pertahankan", "prioritas-rendah", "berlebihan")


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One unsur: performance, importance, and the quadrant's name; None where importance is undefined.

    ``certainty`` is the share of the samples drawn again from the answers in which it falls into that quadrant.
    """

    performance: float
    importance: float
    kuadran: str | None
    alasan: str = ""
    certainty: float = math.nan


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ImportancePerformance(StatResult):
    """Unsur by importance and performance.

    Attributes
    ----------
    unsur : mapping of str to Quadrant
    performance_axis, importance_axis : float
        Where the lines are; a value on a line counts as high.
    importance_from : {"ditanyakan", "terkoreksi", "total"}
        Asked of respondents, or derived from how the unsur goes with the others.
    """

    JENIS: ClassVar[str] = "ipa"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur", "", "text"),
        TableColumn("performance", "", "decimal", 3),
        TableColumn("importance", "", "decimal", 3),
        TableColumn("kuadran", "", "text"),
        TableColumn("certainty", "", "decimal", 2),
        TableColumn("alasan", "", "text"),
    )

    unsur: Mapping[str, Quadrant]
    performance_axis: float
    importance_axis: float
    importance_from: str
    sumbu: str
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    def of(self, kuadran: str) -> tuple[str, ...]:
        """Return the unsur in a quadrant."""
        return tuple(u for u, q in self.unsur.items() if q.kuadran == kuadran)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur."""
        return [(u, q.performance, q.importance, q.kuadran or "", q.certainty, q.alasan) for u, q in self.unsur.items()]

    def kalimat(self, lang: str | None = None) -> str:
        """Return what to improve first, as one sentence."""
        first = self.of("prioritas-utama")
        if all(q.kuadran is None for q in self.unsur.values()):
            return say("ipa-takada", lang)
        if not first:
            unknown = [u for u, q in self.unsur.items() if q.kuadran is None]
            return say("ipa-tanpa-utama-sebagian" if unknown else "ipa-tanpa-utama", lang, banyak=len(unknown))
        shaky = all(self.unsur[u].certainty < 0.8 for u in first)
        return say(
            "ipa-belum-pasti" if shaky else "ipa",
            lang,
            unsur=[self.name_of(u, "en" if lang == "en" else "id") for u in first],
        )

    def footnotes(self, lang: str) -> list[str]:
        """Return where the lines are and where importance comes from."""
        return [
            say(
                "ipa-sumbu",
                lang,
                sumbu=say(f"sumbu-{self.sumbu}", lang),
                x=self.performance_axis,
                y=self.importance_axis,
            ),
            say(f"kepentingan-{self.importance_from}", lang),
        ]

    def extra(self) -> dict[str, Any]:
        """Return the lines and the source of importance."""
        return {
            "performance_axis": self.performance_axis, "importance_axis": self.importance_axis,
            "importance_from": self.importance_from, "sumbu": self.sumbu,
        }  # fmt: skip


def importance_performance(
    performance: Pola | Mapping[str, Any],
    importance: Mapping[str, Any] | Turunan = "terkoreksi",
    *,
    sumbu: Sumbu | tuple[float, float] = "rata-rata",
    draws: int = 999,
    seed: int = 2017,
) -> ImportancePerformance:
    """Sort the unsur by importance and performance into four named quadrants.

    Parameters
    ----------
    performance : Pola or mapping
        Answers, or unsur -> mean (1-4).
    importance : mapping or {"terkoreksi", "total"}
        Unsur -> stated importance, from a question of its own; or derived from the answers: the correlation of the
        unsur with the mean of the others, or with the mean of all (which contains it).
    sumbu : {"rata-rata", "median"} or (performance, importance)
        Where the lines are.
    draws, seed : int
        Samples drawn again from the answers, to tell how certain each quadrant is; fewer where there are very many
        distinct answers, none where means are given.

    Raises
    ------
    OptionError
        Importance has to be derived, but there are no answers; or the two name different unsur.

    Notes
    -----
    A value on a line counts as high. Quadrants go by name, because their numbering differs between reports:
    prioritas-utama (important, weak), pertahankan (important, strong), prioritas-rendah, berlebihan.
    """
    if isinstance(performance, Pola):
        pola, means = performance, unsur_means(performance)
    else:
        pola, means = None, means_of(performance)
    if not isinstance(importance, str):
        stated = means_of(importance)
        if set(stated) != set(means):
            raise OptionError(
                "kepentingan-unsur",
                kurang=sorted(set(means) - set(stated)) or ["-"],
                lebih=sorted(set(stated) - set(means)) or ["-"],
            )
        source = "ditanyakan"
    else:
        if importance not in get_args(Turunan):
            raise OptionError(
                "opsi-tidak-dikenal",
                opsi="importance",
                nilai=importance,
                pilihan=[*get_args(Turunan), "{unsur: angka}"],
            )
        if pola is None:
            raise OptionError("kepentingan-perlu-jawaban")
        stated, source = _derived(pola, importance), importance
    known = [u for u in means if not math.isnan(means[u]) and not math.isnan(stated[u])]
    name, x, y = _axes(sumbu, [means[u] for u in known], [stated[u] for u in known])
    rows = {u: _quadrant(means[u], stated[u], x, y) for u in means}
    found = []
    if pola is not None and len(known) > 1 and pola.n > 1:
        again = _again(pola, stated if source == "ditanyakan" else source, sumbu, draws, seed)
        rows = {u: replace(q, certainty=again(u, q.kuadran)) for u, q in rows.items()}
        if shaky := [u for u, q in rows.items() if q.certainty < 0.8]:
            found.append(caution("ipa-goyah", unsur=shaky))
    if lost := [u for u in means if u not in known]:
        found.append(caution("ipa-tak-terhitung", unsur=lost))
    if on_line := [
        u for u in known if math.isclose(means[u], x, abs_tol=1e-9) or math.isclose(stated[u], y, abs_tol=1e-9)
    ]:
        found.append(note("ipa-di-garis", unsur=on_line))
    return ImportancePerformance(
        MappingProxyType(rows), x, y, source, name, tuple(found), None if pola is None else pola.kuesioner
    )


def _again(pola: Pola, importance: Any, sumbu: Any, draws: int, seed: int) -> Callable[[str, str | None], float]:
    """Return a function that tells how often an unsur falls into a quadrant when respondents are drawn again."""
    draws, seed = check_p_options("otomatis", draws, seed)
    rng = np.random.Generator(np.random.PCG64(seed))
    n, count = pola.n, max(99, min(draws, 1_000_000 // max(len(pola.kali), 1)))
    names = pola.kuesioner.unsur
    scale = np.array([0.0, *(float(v) for v in pola.kuesioner.nilai)])
    x, answered = scale[pola.nilai], (pola.nilai > 0).astype(float)
    places = [[j for j, b in enumerate(pola.kuesioner.butir) if b.unsur == u] for u in names]
    values = unsur_values(pola)
    some = np.flatnonzero(~np.isnan(values).all(axis=0))
    whole = np.asarray(~np.isnan(values[:, some]).any(axis=1))
    inside = np.where(whole[:, None], values[:, some], 0.0)
    seen: dict[tuple[str, str | None], int] = {}
    for _ in walked(range(count)):
        kali = rng.multinomial(n, pola.kali / n).astype(float)
        asked, total = kali @ answered, kali @ x
        means = {}
        for u, own in zip(names, places, strict=True):
            known_butir = [j for j in own if asked[j]]
            means[u] = float(np.mean(total[known_butir] / asked[known_butir])) if known_butir else math.nan
        if isinstance(importance, str):
            stated = dict.fromkeys(names, math.nan)
            stated |= dict(zip((names[j] for j in some), _correlations(inside, kali * whole, importance), strict=True))
        else:
            stated = importance
        known = [u for u in means if not math.isnan(means[u]) and not math.isnan(stated[u])]
        _, a, b = _axes(sumbu, [means[u] for u in known], [stated[u] for u in known])
        for u, mean in means.items():
            name = _quadrant(mean, stated[u], a, b).kuadran
            seen[u, name] = seen.get((u, name), 0) + 1
    return lambda u, name: math.nan if name is None else seen.get((u, name), 0) / count


def _correlations(values: NDArray[np.float64], w: NDArray[np.float64], how: str) -> list[float]:
    """Return the correlation of every column with the sum of the others (or of all), rows weighted."""
    mass = float(w.sum())
    if mass == 0:
        return [math.nan] * values.shape[1]
    mean = w @ values / mass
    cov = (values * w[:, None]).T @ values / mass - np.outer(mean, mean)
    own, joint, total = np.diag(cov), cov.sum(axis=1), float(cov.sum())
    if how == "terkoreksi":
        joint, spread = joint - own, total - 2 * joint + own
    else:
        spread = np.full(len(own), total)
    return [
        float(c) / math.sqrt(a * b) if min(a, b) > 1e-12 else math.nan
        for c, a, b in zip(joint, own.tolist(), spread.tolist(), strict=True)
    ]


def _quadrant(performance: float, importance: float, x: float, y: float) -> Quadrant:
    if math.isnan(performance) or math.isnan(importance) or math.isnan(x):
        return Quadrant(performance, importance, None, "kepentingan-tak-terhitung")
    strong, important = performance >= x - 1e-9, importance >= y - 1e-9
    if important:
        return Quadrant(performance, importance, "pertahankan" if strong else "prioritas-utama")
    return Quadrant(performance, importance, "berlebihan" if strong else "prioritas-rendah")


def _axes(sumbu: Any, means: list[float], stated: list[float]) -> tuple[str, float, float]:
    if isinstance(sumbu, str):
        if sumbu not in get_args(Sumbu):
            raise OptionError("opsi-tidak-dikenal", opsi="sumbu", nilai=sumbu, pilihan=[*get_args(Sumbu), "(x, y)"])
        if not means:
            return sumbu, math.nan, math.nan
        middle = statistics.fmean if sumbu == "rata-rata" else statistics.median
        return sumbu, float(middle(means)), float(middle(stated))
    x, y = (float(read_decimal(v, "sumbu")) for v in as_list(sumbu, "sumbu", length=2))
    return "tetap", x, y


def _derived(pola: Pola, how: str) -> dict[str, float]:
    """Return the correlation of every unsur with the others, over respondents who answered all unsur."""
    values = unsur_values(pola)
    some = np.asarray(~np.isnan(values).all(axis=0))
    keep = ~np.isnan(values[:, some]).any(axis=1)
    x, w = values[keep][:, some], pola.kali[keep].astype(float)
    out = dict.fromkeys(pola.kuesioner.unsur, math.nan)
    if not keep.any():
        return out
    x = x - (w @ x) / w.sum()
    total = x.sum(axis=1)
    for j, unsur in enumerate(u for u, s in zip(pola.kuesioner.unsur, some, strict=True) if s):
        other = total - x[:, j] if how == "terkoreksi" else total
        a, b = float(w @ x[:, j] ** 2), float(w @ other**2)
        out[unsur] = float(w @ (x[:, j] * other)) / math.sqrt(a * b) if min(a, b) > 1e-12 else math.nan
    return out


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CSI(StatResult):
    """Customer Satisfaction Index: performance weighted by importance, as a percentage of the best possible."""

    JENIS: ClassVar[str] = "csi"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur", "", "text"),
        TableColumn("performance", "", "decimal", 3),
        TableColumn("importance", "", "decimal", 3),
        TableColumn("weight", "", "decimal", 4),
        TableColumn("score", "", "decimal", 4),
    )

    csi: float
    parts: tuple[tuple[str, float, float, float, float], ...]
    maximum: float
    catatan: tuple[Finding, ...] = ()
    kuesioner: Kuesioner | None = None
    interval: Interval = NO_CSI

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur."""
        return list(self.parts)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the index as one sentence."""
        fill: dict[str, Any] = {"csi": self.csi, "x": len(self.parts), "maksimum": clean(self.maximum)}
        if math.isnan(self.interval.low):
            return say("csi", lang, **fill)
        bounds = {"rendah": self.interval.low, "tinggi": self.interval.high, "persen": percent(self.interval.level)}
        return say("csi-interval", lang, **fill, **bounds)

    def extra(self) -> dict[str, Any]:
        """Return the index."""
        return {"csi": self.csi, "maximum": self.maximum, "interval": self.interval.to_dict()}


def means_of(given: Any) -> dict[str, float]:
    """Return unsur -> mean of what another function gave: patterns, a mapping, or a result that holds ``unsur``."""
    if isinstance(given, Pola):
        return {u: m for u, m in unsur_means(given).items() if not math.isnan(m)}
    inner = getattr(given, "unsur", given)
    if not isinstance(inner, Mapping):
        raise OptionError("rata-rata-unsur", jenis=type(given).__name__)
    out = {}
    for name, value in inner.items():
        found = next((getattr(value, f) for f in ("nrr", "estimate", "performance") if hasattr(value, f)), value)
        out[str(name)] = float(found if isinstance(found, Fraction) else read_decimal(found, str(name)))
    return out


def csi(performance: Any, importance: Any, *, maximum: float = 4) -> CSI:
    """Return the Customer Satisfaction Index, sum of importance shares times performance over the highest level.

    Parameters
    ----------
    performance, importance : mapping, Pola, HasilIKM or MeanInterval
        Unsur -> mean, or a result that holds it; the importance must have been asked. Answers as performance give an
        interval too.
    maximum : float
        Highest level of the performance scale.

    Raises
    ------
    DataError
        The two name different unsur, an importance is not above zero, or a performance is off the scale: CSI never
        passes 100 %.
    """
    p, i = means_of(performance), means_of(importance)
    if not p or set(p) != set(i):
        raise DataError(
            "kepentingan-unsur", kurang=sorted(set(p) - set(i)) or ["-"], lebih=sorted(set(i) - set(p)) or ["-"]
        )
    if min(i.values()) <= 0 or not as_number(maximum) > 0:
        raise DataError("kepentingan-tidak-positif")
    if off := [u for u, v in p.items() if not 0 <= v <= maximum]:
        raise DataError("kinerja-di-luar-skala", unsur=off, nilai=p[off[0]], maksimum=clean(maximum))
    total = math.fsum(i.values())
    parts = tuple((u, p[u], i[u], i[u] / total, i[u] / total * p[u]) for u in p)
    value = math.fsum(row[4] for row in parts) / maximum * 100
    if not isinstance(performance, Pola):
        return CSI(value, parts, maximum)
    interval = _csi_interval(performance, {row[0]: row[3] for row in parts}, value, maximum)
    return CSI(value, parts, maximum, (), performance.kuesioner, interval)


def _csi_interval(pola: Pola, share: Mapping[str, float], value: float, maximum: float) -> Interval:
    """Return the interval from the linearised form, importance taken as known, on the logit of the scale."""
    design = make_design(pola)
    made = linearised(pola, design)
    weights = np.array([share.get(name, 0.0) for name in made.names]) / maximum * 100
    variance = float(design.variance((made.linear @ weights)[:, None])[0])
    df = design.df(np.asarray(made.active.any(axis=1)))
    lowest = 100 * float(min(pola.kuesioner.nilai)) / maximum
    if df < 1 or variance <= 0:
        return NO_CSI
    half = t_quantile(0.975, df) * math.sqrt(variance)
    return Interval(*logit_bounds(value, half, lowest, 100.0), 0.95, CSI_METHOD)
