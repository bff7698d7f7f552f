"""What would explain an impossible figure: a wrong divisor, a lost unsur, a slip of the pen. It stays impossible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from skm._format import round_half_up
from skm._messages import Teks
from skm._values import Pecahan
from skm.publikasi import Tercetak
from skm.telaah._bahan import Bahan, exact_mean
from skm.telaah._frasa import frasa
from skm.telaah._konteks import Konteks
from skm.telaah._rute import Butir, Rentang, Rute, weights

_MOST = 3


def explanations(figure: Tercetak, bahan: Bahan, k: Konteks, factor: int) -> list[Teks]:
    """Return up to three computations that are not admissible but give the printed figure."""
    if not bahan.lengkap:
        return []
    return list(islice(_search(figure, bahan.rata, k, factor), _MOST))


def _search(figure: Tercetak, means: Sequence[Butir], k: Konteks, factor: int) -> Iterator[Teks]:
    yield from _divisors(figure, means, factor)
    yield from _lost(figure, means, k, factor)
    yield from _pooled(figure, k, factor)
    yield from _single(figure, means, k, factor)
    yield from _slip(figure, means, factor)
    yield from _period(figure, k)
    if factor > 1 and _hits(figure, means, Fraction(1, len(means)), 20):
        yield frasa("sebab-faktor", faktor=20)


def _hits(figure: Tercetak, means: Sequence[Butir], weight: Fraction, factor: int) -> bool:
    low = weight * factor * sum((m.bawah for m in means), Fraction(0))
    high = weight * factor * sum((m.atas for m in means), Fraction(0))
    return Rentang(low, high).holds(*figure.rentang)


def _divisors(figure: Tercetak, means: Sequence[Butir], factor: int) -> Iterator[Teks]:
    size = len(means)
    admissible = {values[0] for _, values in weights(size)}
    for divisor in (size + 1, size - 1, 9, 10, 14, size + 2, size - 2):
        if divisor < 1 or divisor == size:
            continue
        for places in (None, 3, 2):
            weight = Fraction(1, divisor) if places is None else Fraction(round_half_up(Fraction(1, divisor), places))
            if weight not in admissible and _hits(figure, means, weight, factor):
                value = Pecahan(weight * factor * sum((m.titik for m in means), Fraction(0)))
                shown = f"1/{divisor}" if places is None else format(round_half_up(weight, places), "f")
                yield frasa("sebab-pembagi", bobot=shown, k=size, nilai=value)
                return


def _lost(figure: Tercetak, means: Sequence[Butir], k: Konteks, factor: int) -> Iterator[Teks]:
    size = len(means)
    for i, u in enumerate(k.publikasi.unsur[:size]):
        rest = [m for j, m in enumerate(means) if j != i]
        if not rest:
            return
        if _hits(figure, rest, Fraction(1, size - 1), factor):
            yield frasa("sebab-tanpa-unsur", unsur=u.label)
        elif _hits(figure, rest, Fraction(1, size), factor):
            yield frasa("sebab-unsur-nol", unsur=u.label, k=size)


def _pooled(figure: Tercetak, k: Konteks, factor: int) -> Iterator[Teks]:
    found = [exact_mean(u, k.publikasi) for u in k.publikasi.unsur]
    known = [pair for pair in found if pair is not None]
    if len(known) == len(found) and len({n for _, n in known}) > 1:
        mean = Fraction(sum(total for total, _ in known), sum(n for _, n in known))
        low, high = figure.rentang
        if low <= mean * factor <= high:
            yield frasa("sebab-gabungan", nilai=Pecahan(mean * factor))


def _single(figure: Tercetak, means: Sequence[Butir], k: Konteks, factor: int) -> Iterator[Teks]:
    for u, m in zip(k.publikasi.unsur, means, strict=False):
        if m.titik * factor == figure.tepat:
            yield frasa("sebab-satu-unsur", unsur=u.label)


def _slip(figure: Tercetak, means: Sequence[Butir], factor: int) -> Iterator[Teks]:
    route = Rute(*weights(len(means))[0])
    span = route.index(means).scaled(factor)
    for other in slipped(figure):
        if span.holds(*other.rentang):
            yield frasa("sebab-angka-tertukar", nilai=other.nilai)
            return


def _period(figure: Tercetak, k: Konteks) -> Iterator[Teks]:
    for entry in k.publikasi.klaim.tren.nilai:
        if entry.ikm.nilai == figure.nilai and entry.periode and entry.periode not in k.publikasi.periode:
            own = k.publikasi.periode.split("-")[0]
            if own != entry.periode:
                yield frasa("sebab-periode-lain", periode=entry.periode)


def slipped(value: Tercetak) -> list[Tercetak]:
    """Return the numbers from which one slip of the pen makes this one: two digits swapped, or one too many."""
    text = format(value.nilai, "f")
    out: dict[str, Tercetak] = {}
    for i in range(len(text) - 1):
        a, b = text[i], text[i + 1]
        if a != b and a.isdigit() and b.isdigit():
            _keep(out, text[:i] + b + a + text[i + 2 :])
    for i, digit in enumerate(text):
        if digit == "0" and i not in (0, len(text) - 1):
            _keep(out, text[:i] + text[i + 1 :])
    return list(out.values())


def _keep(out: dict[str, Tercetak], text: str) -> None:
    if not text.endswith(".") and not text.startswith("."):
        out.setdefault(text, Tercetak(Decimal(text)))
