"""ikm-*: whether the printed index can come from the printed unsur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from skm.auditing.causes import explanations, slipped
from skm.auditing.context import Context, finding, near_scale
from skm.auditing.means import PrintedMeans
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
    if k.bahan is not None and k.ikm is not None and near_scale(k.ikm, k.rule):
        main = _check(k.ikm, k.bahan, k, k.rule.konversi)
    if k.bahan is not None and k.indeks is not None and k.rule.terendah <= k.indeks.nilai <= k.rule.tertinggi:
        side = _check(k.indeks, k.bahan, k, 1)
    if main.putusan == "tidak-diperiksa":
        return IkmCheck(side.putusan, side.cocok, (*side.temuan, *notes))
    # An index that is the IKM divided by 25 repeats the same fact; one that is not adds another.
    repeated = main.putusan == "mustahil" and not any(f.kode == "ikm-indeks" for f in notes)
    extra = () if repeated else tuple(f for f in side.temuan if f.tingkat != "catatan")
    return IkmCheck(main.putusan, main.cocok, (*main.temuan, *extra, *notes))


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
