"""ikm-*: whether the printed index can come from the printed unsur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from skm.auditing.causes import explanations, slipped
from skm.auditing.context import Context, finding, near_scale, other_scale
from skm.auditing.means import PrintedMeans, gather, whole_answers
from skm.auditing.phrases import frasa, way
from skm.auditing.routes import MeanRange, Route, reach, routes, weights
from skm.auditing.unusual import unusual_way
from skm.basics.values import ExactFraction, Finding
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi import Regulasi

Putusan = Literal["cocok", "tidak-lazim", "mustahil", "tidak-dapat-diputuskan", "tidak-diperiksa"]

# A spread of more than this many points of IKM either side leaves even a weight of 0.11 for nine unsur inside.
_VAGUE = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The index recomputed with one weight.

    Attributes
    ----------
    bobot : str
        Name of the weight.
    ikm : ExactFraction
        From the printed means as they stand.
    bawah, atas : ExactFraction
        All that the printed decimals allow.
    mutu : str
        Letter of ``ikm``.
    """

    bobot: str
    ikm: ExactFraction
    bawah: ExactFraction
    atas: ExactFraction
    mutu: str


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """A way by which the printed figure can have come about, and how far the printed means lie from it."""

    rute: Route
    nilai: ExactFraction
    jarak: ExactFraction


@dataclass(frozen=True, slots=True)
class IkmCheck:
    """What the check of one figure found."""

    putusan: Putusan
    cocok: tuple[RouteMatch, ...]
    temuan: tuple[Finding, ...]


NOTHING = IkmCheck("tidak-diperiksa", (), ())


def recompute(bahan: PrintedMeans, publikasi: Publikasi, rule: Regulasi) -> tuple[Recomputed, ...]:
    """Return the index under each admissible weight, unrounded on the way."""
    out = []
    for name, values in weights(len(bahan.rata), printed_weights(publikasi)):
        route = Route(name, values)
        span = route.index(bahan.rata).scaled(rule.konversi)
        value = route.point(bahan.rata) * rule.konversi
        letter = rule.grade(value).mutu
        out.append(Recomputed(name, ExactFraction(value), ExactFraction(span.bawah), ExactFraction(span.atas), letter))
    return tuple(out)


def printed_weights(publikasi: Publikasi) -> list[Fraction | None]:
    """Return the printed weight of each unsur."""
    return [u.bobot.tepat if u.bobot else None for u in publikasi.unsur]


def examine(k: Context) -> IkmCheck:
    """Check the printed IKM and index against the unsur, and against each other."""
    notes = [*_converted(k), *_elsewhere(k)]
    main, side = NOTHING, NOTHING
    if other_scale(k) is not None:
        return IkmCheck("tidak-diperiksa", (), tuple(notes))
    if k.bahan is not None and k.ikm is not None and near_scale(k.ikm, k.rule):
        main = _judged(k.ikm, k, k.rule.konversi)
    if k.bahan is not None and k.indeks is not None and k.rule.terendah <= k.indeks.nilai <= k.rule.tertinggi:
        side = _judged(k.indeks, k, 1)
    if main.putusan == "tidak-diperiksa":
        return IkmCheck(side.putusan, side.cocok, (*side.temuan, *notes))
    # An index that is the IKM divided by 25 repeats the same fact; one that is not adds another.
    repeated = main.putusan == "mustahil" and not any(f.kode == "ikm-indeks" for f in notes)
    extra = () if repeated else tuple(f for f in side.temuan if f.tingkat != "catatan")
    return IkmCheck(main.putusan, main.cocok, (*main.temuan, *extra, *notes))


def _judged(figure: PrintedNumber, k: Context, factor: int) -> IkmCheck:
    """Judge a figure for every number of unsur that the survey can have.

    Where they are several, the figure is impossible only if it is so for each; it cannot be decided otherwise.
    """
    p = k.publikasi
    if len(k.banyak) == 1 and k.bahan is not None:
        found = _small(_check(figure, k.bahan, k, factor), figure, k, factor)
        return _innocent(found, figure, k, factor) if found.putusan == "mustahil" else found
    checks: list[tuple[int, IkmCheck]] = []
    for size in k.banyak:
        for printed in (p, replace(p, unsur=(*p.unsur, *p.ragu), ragu=())) if p.ragu else (p,):
            means = gather(printed, k.rule, size) if len(printed.unsur) <= size else None
            if means is not None:
                checks.append((size, _check(figure, means, replace(k, publikasi=printed), factor)))
    if not checks:
        return NOTHING
    open_ = [(size, check) for size, check in checks if check.putusan != "mustahil"]
    if not open_:
        first = _innocent(checks[0][1], figure, k, factor)
        if first.putusan == "mustahil" and len(k.banyak) > 1:
            facts = {"cetak": figure.nilai, "tercetak": len(p.unsur), "dari": k.banyak[0], "hingga": k.banyak[-1]}
            return replace(first, temuan=(finding(f"{_name(factor)}-mustahil-berapa-pun", "kesalahan", **facts),))
        return first
    facts = {"cetak": figure.nilai, "tercetak": len(p.unsur), "mungkin": [str(s) for s in dict(open_)]}
    note = finding("ikm-jumlah-unsur", "catatan", **facts)
    return IkmCheck("tidak-dapat-diputuskan", (), (note,))


def _small(found: IkmCheck, figure: PrintedNumber, k: Context, factor: int) -> IkmCheck:
    """Decide what the printed decimals leave open where few respondents leave few means."""
    if found.putusan != "tidak-dapat-diputuskan" or k.bahan is None:
        return found
    means = whole_answers(k.publikasi, k.bahan, k.rule)
    if means is None:
        return found
    narrow = _check(figure, means, k, factor)
    if narrow.putusan != "mustahil":
        return narrow
    if k.publikasi.pertanyaan_per_unsur == 1:
        return narrow
    facts = dict(narrow.temuan[0].bukti) | {"cara": frasa("cara-beberapa-pertanyaan", n=k.publikasi.n)}
    return IkmCheck("tidak-lazim", (), (finding("ikm-hanya-dengan", "peringatan", **facts),))


def _innocent(found: IkmCheck, figure: PrintedNumber, k: Context, factor: int) -> IkmCheck:
    """Keep the word "cannot" for what no way gives: a figure may be the mean of the parts that are printed too."""
    parts = k.publikasi.bagian
    if len(parts) < 2 or factor == 1:
        return found
    total = sum((part.n or 0) for part in parts)
    choices = [[Fraction(1, len(parts))] * len(parts)]
    if all(part.n for part in parts):
        choices.append([Fraction(part.n or 0, total) for part in parts])
    low, high = figure.rentang
    for shares in choices:
        ends = [sum((w * p.ikm.rentang[i] for w, p in zip(shares, parts, strict=True)), Fraction(0)) for i in (0, 1)]
        if ends[0] <= high and low <= ends[1]:
            facts = dict(found.temuan[0].bukti) | {"banyak": len(parts)}
            return IkmCheck("tidak-lazim", (), (finding("ikm-rata-bagian", "peringatan", **facts),))
    return found


def ways(k: Context, bahan: PrintedMeans) -> list[Route]:
    """Return every admissible way, with the roundings that the publication itself shows."""
    shown = {u.nrr_tertimbang.desimal for u in k.publikasi.unsur if u.nrr_tertimbang}
    tertimbang = (None, 2, 3, *sorted(d for d in shown if d > 3))
    indeks: tuple[int | None, ...] = (None, 2, 3)
    if k.indeks is not None and k.ikm is not None and k.indeks.desimal not in indeks:
        indeks = (*indeks, k.indeks.desimal)
    return routes(weights(len(bahan.rata), printed_weights(k.publikasi)), tertimbang, indeks)


def _check(figure: PrintedNumber, bahan: PrintedMeans, k: Context, factor: int) -> IkmCheck:
    """Try every admissible way; ``factor`` is 25 for an IKM and 1 for an index on 1-4."""
    exact = Route(*weights(len(bahan.rata))[0])
    span = exact.index(bahan.rata).scaled(factor)
    facts: dict[str, Any] = {
        "cetak": figure.nilai,
        "k": len(bahan.rata),
        "faktor": factor,
        "hitung": ExactFraction(exact.point(bahan.rata) * factor),
        "bawah": ExactFraction(span.bawah),
        "atas": ExactFraction(span.atas),
    }
    fits = fitting(ways(k, bahan), (bahan.rata, *bahan.varian), figure, factor)
    if fits:
        best = fits[0]
        facts |= {"cara": way(best.rute), "jarak": best.jarak, "nilai": best.nilai}
        vague = not bahan.lengkap or (span.atas - span.bawah) / 2 > _VAGUE * factor / k.rule.konversi
        code: Putusan = "tidak-dapat-diputuskan" if vague else "cocok"
        return IkmCheck(code, tuple(fits), (finding(f"ikm-{code}", "catatan", **facts),))
    unusual = unusual_way(figure, bahan, k, factor)
    if unusual is not None:
        return IkmCheck("tidak-lazim", (), (finding("ikm-hanya-dengan", "peringatan", **facts, cara=unusual),))
    found = [_impossible(figure, bahan, factor, facts)]
    if reasons := explanations(figure, bahan, k, factor):
        found.append(finding("ikm-penjelasan", "catatan", cetak=figure.nilai, sebab=reasons))
    return IkmCheck("mustahil", (), tuple(found))


def _impossible(figure: PrintedNumber, bahan: PrintedMeans, factor: int, facts: dict[str, Any]) -> Finding:
    """Return the finding with the strongest proof: an end of the unsur that no weights can pass, else the interval."""
    most, least = max(b.atas for b in bahan.rata), min(b.bawah for b in bahan.rata)
    low, high = figure.rentang
    if low > most * factor:
        limit: dict[str, Any] = {"batas_unsur": ExactFraction(most), "batas": ExactFraction(most * factor)}
        return finding(f"{_name(factor)}-di-atas-unsur-tertinggi", "kesalahan", **facts, **limit)
    if high < least * factor:
        limit = {"batas_unsur": ExactFraction(least), "batas": ExactFraction(least * factor)}
        return finding(f"{_name(factor)}-di-bawah-unsur-terendah", "kesalahan", **facts, **limit)
    return finding(f"{_name(factor)}-mustahil", "kesalahan", **facts)


def _name(factor: int) -> str:
    return "ikm-indeks" if factor == 1 else "ikm"


def fitting(
    candidates: Sequence[Route], inputs: Sequence[Sequence[MeanRange]], figure: PrintedNumber, factor: int
) -> list[RouteMatch]:
    """Return the ways that reach the printed figure, the nearest first, then the simplest."""
    found: dict[str, tuple[Fraction, int, RouteMatch]] = {}
    low, high = figure.rentang
    half = figure.satuan / 2
    for means in inputs:
        for route, reached in reach(candidates, means):
            if not reached.holds(low / factor, high / factor):
                continue
            value = route.point(means) * factor
            distance = abs(value - figure.tepat)
            key = max(Fraction(0), distance - half)
            if route.kode not in found or key < found[route.kode][0]:
                found[route.kode] = key, route.langkah, RouteMatch(route, ExactFraction(value), ExactFraction(distance))
    return [fit for _, _, fit in sorted(found.values(), key=lambda item: item[:2])]


def _converted(k: Context) -> list[Finding]:
    """Check the IKM against the index printed beside it; either may be made from the unrounded other."""
    if k.ikm is None or k.indeks is None:
        return []
    factor = k.rule.konversi
    low, high = (x * factor for x in k.indeks.rentang)
    a, b = k.ikm.rentang
    if low <= b and a <= high:
        return []
    facts = {"indeks": k.indeks.nilai, "ikm": k.ikm.nilai, "faktor": factor, "hasil": k.indeks.nilai * factor}
    cut_low, cut_high = k.indeks.tepat * factor, (k.indeks.tepat + k.indeks.satuan) * factor
    if cut_low <= b + k.ikm.satuan / 2 and k.ikm.tepat <= cut_high and cut_low < b + k.ikm.satuan:
        return [finding("ikm-indeks-dipotong", "peringatan", **facts)]
    slip = [frasa("sebab-angka-tertukar", nilai=other.nilai) for other in slipped(k.ikm) if _near(other, low, high)]
    code = "ikm-indeks-slip" if slip else "ikm-indeks"
    return [finding(code, "kesalahan", **facts, bawah=ExactFraction(low), atas=ExactFraction(high), sebab=slip[:1])]


def _near(value: PrintedNumber, low: Fraction, high: Fraction) -> bool:
    a, b = value.rentang
    return low <= b and a <= high


def _elsewhere(k: Context) -> list[Finding]:
    """Compare the other printings of the IKM with the main one."""
    out = []
    for other in k.publikasi.ikm_lain:
        if k.ikm is None or not isinstance(other.nilai, PrintedNumber):
            continue
        a, b = k.ikm.rentang
        c, d = other.nilai.rentang
        if c <= b and a <= d:
            continue
        facts = {"satu": k.ikm.nilai, "lain": other.nilai.nilai, "tempat": other.tempat or "-"}
        coarse, fine = sorted((k.ikm, other.nilai), key=lambda value: value.desimal)
        if coarse.tepat <= fine.tepat < coarse.tepat + coarse.satuan:
            out.append(finding("ikm-berlainan-dipotong", "catatan", **facts))
        else:
            out.append(finding("ikm-berlainan", "peringatan", **facts))
    return out
