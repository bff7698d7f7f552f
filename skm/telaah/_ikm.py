"""ikm-*: whether the printed index can come from the printed unsur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from skm._values import Finding, Pecahan
from skm.publikasi import Publikasi, Tercetak
from skm.regulasi import Regulasi
from skm.telaah._bahan import Bahan
from skm.telaah._frasa import AREA, way
from skm.telaah._rute import Rute, routes, weights

Putusan = Literal["cocok", "mustahil", "tidak-dapat-diputuskan", "tidak-diperiksa"]

# A spread of more than this many points of IKM either side leaves even a weight of 0.11 for nine unsur inside.
_VAGUE = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class HitungUlang:
    """The index recomputed with one weight.

    Attributes
    ----------
    bobot : str
        Name of the weight.
    ikm : Pecahan
        From the printed means as they stand.
    bawah, atas : Pecahan
        All that the printed decimals allow.
    mutu : str
        Letter of ``ikm``.
    """

    bobot: str
    ikm: Pecahan
    bawah: Pecahan
    atas: Pecahan
    mutu: str


@dataclass(frozen=True, slots=True)
class CocokRute:
    """A way by which the printed figure can have come about, and how far the printed means lie from it."""

    rute: Rute
    nilai: Pecahan
    jarak: Pecahan


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """What the check of the index found."""

    putusan: Putusan
    cocok: tuple[CocokRute, ...]
    temuan: tuple[Finding, ...]


def recompute(bahan: Bahan, publikasi: Publikasi, rule: Regulasi) -> tuple[HitungUlang, ...]:
    """Return the index under each admissible weight, unrounded on the way."""
    out = []
    for name, values in weights(len(bahan.rata), printed_weights(publikasi)):
        route = Rute(name, values)
        span = route.index(bahan.rata).scaled(rule.konversi)
        value = route.point(bahan.rata) * rule.konversi
        letter = rule.grade(value).mutu
        out.append(HitungUlang(name, Pecahan(value), Pecahan(span.bawah), Pecahan(span.atas), letter))
    return tuple(out)


def printed_weights(publikasi: Publikasi) -> list[Fraction | None]:
    """Return the printed weight of each unsur."""
    return [u.bobot.tepat if u.bobot else None for u in publikasi.unsur]


def examine(publikasi: Publikasi, bahan: Bahan | None, rule: Regulasi) -> Pemeriksaan:
    """Check the printed IKM and index against the unsur, and against each other."""
    if bahan is None or publikasi.ikm is None:
        return Pemeriksaan("tidak-diperiksa", (), ())
    return _check(publikasi.ikm, bahan, publikasi, rule, rule.konversi)


def _check(figure: Tercetak, bahan: Bahan, publikasi: Publikasi, rule: Regulasi, factor: int) -> Pemeriksaan:
    """Try every admissible way; ``factor`` is 25 for an IKM and 1 for an index on 1-4."""
    choices = weights(len(bahan.rata), printed_weights(publikasi))
    exact = Rute(*choices[0])
    span = exact.index(bahan.rata).scaled(factor)
    facts = {
        "cetak": figure.nilai,
        "k": len(bahan.rata),
        "hitung": Pecahan(exact.point(bahan.rata) * factor),
        "bawah": Pecahan(span.bawah),
        "atas": Pecahan(span.atas),
    }
    fits = _fitting(routes(choices), bahan, figure, factor)
    if fits:
        best = fits[0]
        vague = not bahan.lengkap or (span.atas - span.bawah) / 2 > _VAGUE * factor / rule.konversi
        facts |= {"cara": way(best.rute), "jarak": best.jarak, "nilai": best.nilai}
        code: Putusan = "tidak-dapat-diputuskan" if vague else "cocok"
        return Pemeriksaan(code, tuple(fits), (Finding(f"ikm-{code}", "catatan", AREA, facts),))
    return Pemeriksaan("mustahil", (), (_impossible(figure, bahan, factor, facts),))


def _impossible(figure: Tercetak, bahan: Bahan, factor: int, facts: dict[str, Any]) -> Finding:
    """Return the finding with the strongest proof: an end of the unsur that no weights can pass, else the interval."""
    most, least = max(b.atas for b in bahan.rata), min(b.bawah for b in bahan.rata)
    low, high = figure.rentang
    if low > most * factor:
        limit = {"batas_unsur": Pecahan(most), "batas": Pecahan(most * factor), "faktor": factor}
        return Finding("ikm-di-atas-unsur-tertinggi", "kesalahan", AREA, facts | limit)
    if high < least * factor:
        limit = {"batas_unsur": Pecahan(least), "batas": Pecahan(least * factor), "faktor": factor}
        return Finding("ikm-di-bawah-unsur-terendah", "kesalahan", AREA, facts | limit)
    return Finding("ikm-mustahil", "kesalahan", AREA, facts)


def _fitting(ways: Sequence[Rute], bahan: Bahan, figure: Tercetak, factor: int) -> list[CocokRute]:
    """Return the ways that reach the printed figure, the nearest first, then the simplest."""
    found: dict[str, tuple[Fraction, int, CocokRute]] = {}
    low, high = figure.rentang
    half = figure.satuan / 2
    for route in ways:
        for means in (bahan.rata, *bahan.varian):
            if not route.index(means).scaled(factor).holds(low, high):
                continue
            value = route.point(means) * factor
            distance = abs(value - figure.tepat)
            key = max(Fraction(0), distance - half)
            if route.kode not in found or key < found[route.kode][0]:
                found[route.kode] = key, route.langkah, CocokRute(route, Pecahan(value), Pecahan(distance))
    return [fit for _, _, fit in sorted(found.values(), key=lambda item: item[:2])]
