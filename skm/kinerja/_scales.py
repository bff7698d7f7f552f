"""The words that go with a capaian, as data: which share of the target is called what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.numbers import format_exact, resolve_lang, round_half_up
from skm.basics.strict_mapping import StrictReader

DEFAULT = "lkjip"
MAKS_DESIMAL = 6


@dataclass(frozen=True, slots=True)
class Predikat:
    """A word and the shares (percent of the target) it stands for; an open side is None.

    ``bawah_termasuk`` and ``atas_termasuk`` tell whether the bound itself belongs to it.
    """

    nama: Mapping[str, str]
    bawah: Decimal | None
    bawah_termasuk: bool
    atas: Decimal | None
    atas_termasuk: bool

    def word(self, lang: str | None = None) -> str:
        """Return the word, e.g. "Sangat Baik"."""
        return self.nama[resolve_lang(lang)]

    def holds(self, persen: Decimal) -> bool:
        """Tell whether a share belongs here."""
        if self.bawah is not None and (persen < self.bawah or (persen == self.bawah and not self.bawah_termasuk)):
            return False
        return self.atas is None or persen < self.atas or (persen == self.atas and self.atas_termasuk)

    def rentang(self, lang: str | None = None) -> str:
        """Return the range in signs: > 100, 75-100, 55-<75, < 55."""
        low = None if self.bawah is None else format_exact(self.bawah, lang)
        high = None if self.atas is None else format_exact(self.atas, lang)
        if low is None and high is None:
            return "-"
        if low is None:
            return f"{'<=' if self.atas_termasuk else '<'} {high}"
        if high is None:
            return f"{'>=' if self.bawah_termasuk else '>'} {low}"
        return f"{'' if self.bawah_termasuk else '>'}{low}-{'' if self.atas_termasuk else '<'}{high}"


@dataclass(frozen=True, slots=True)
class Skala:
    """A scale of capaian: its words from best to worst, and the decimals a capaian is rounded to first."""

    id: str
    nama: Mapping[str, str]
    desimal: int
    predikat: tuple[Predikat, ...]

    def grade(self, persen: Decimal | Fraction) -> Predikat:
        """Return the word for a share of the target, rounded half up before it is looked up.

        Examples
        --------
        >>> [skala().grade(Decimal(x)).word("id") for x in ("54.994", "54.995", "75", "100.004", "100.005")]
        ['Kurang', 'Cukup', 'Baik', 'Baik', 'Sangat Baik']
        """
        rounded = round_half_up(persen, self.desimal)
        # Below zero (possible where less is better) is the lowest word of every scale.
        return next((p for p in self.predikat if p.holds(rounded)), self.predikat[-1])


def skala(pilihan: str | Path | Mapping[str, Any] | Skala | None = None) -> Skala:
    """Return a scale of capaian.

    Parameters
    ----------
    pilihan : str, Path, mapping or Skala, optional
        Default: more than 100 Sangat Baik, 75 to 100 Baik, 55 to below 75 Cukup, below 55 Kurang. An agency's own
        is a TOML file, or a mapping with the same keys (``id``, ``nama``, ``desimal``, ``predikat``).

    Raises
    ------
    OptionError
        No scale of this id.
    DataError
        The scale leaves a gap, overlaps, or is not in the format.

    Examples
    --------
    >>> [(p.word("id"), p.rentang("id")) for p in skala().predikat]
    [('Sangat Baik', '> 100'), ('Baik', '75-100'), ('Cukup', '55-<75'), ('Kurang', '< 55')]
    """
    if isinstance(pilihan, Skala):
        return pilihan
    if isinstance(pilihan, Mapping):
        return _parse(StrictReader(_exact_numbers(pilihan), "skala"), "skala")
    if isinstance(pilihan, Path) or str(pilihan).endswith(".toml"):
        path = Path(str(pilihan))
        return _parse(StrictReader.parse(read_bytes(path), path.name), path.name)
    name = DEFAULT if pilihan is None else pilihan
    if name not in _files():
        raise OptionError("opsi-tidak-dikenal", opsi="skala", nilai=name, pilihan=sorted(_files()))
    return _shipped(name)


@cache
def _shipped(name: str) -> Skala:
    return _parse(StrictReader.parse(_files()[name].read_bytes(), f"{name}.toml"), f"{name}.toml")


@cache
def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "kinerja")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}


def _exact_numbers(value: Any) -> Any:
    """Return a mapping in which floats are the decimals they were written as."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(key): _exact_numbers(item) for key, item in value.items()}
    return [_exact_numbers(item) for item in value] if isinstance(value, (list, tuple)) else value


def _parse(top: StrictReader, name: str) -> Skala:
    rows = top.tables("predikat")
    result = Skala(
        id=top.text("id"),
        nama=_bilingual(top, "nama"),
        desimal=top.integer("desimal", required=False, default=2),
        predikat=tuple(_predikat(row, name) for row in rows),
    )
    top.finish()
    if not 0 <= result.desimal <= MAKS_DESIMAL:
        raise DataError("skala-desimal", berkas=name, desimal=result.desimal, maksimum=MAKS_DESIMAL)
    ordered = sorted(result.predikat, key=lambda p: (p.bawah is not None, p.bawah or 0, not p.bawah_termasuk))
    _whole(ordered, name, result.desimal)
    return Skala(result.id, result.nama, result.desimal, tuple(reversed(ordered)))


def _predikat(row: StrictReader, name: str) -> Predikat:
    names = _bilingual(row, "nama")
    keys = set(row.keys_besides("nama"))
    for pair in (("dari", "di_atas"), ("sampai", "di_bawah")):
        if keys >= set(pair):
            raise DataError("skala-batas-ganda", berkas=name, predikat=names["id"], kunci=list(pair))
    low = next((key for key in ("dari", "di_atas") if key in keys), None)
    high = next((key for key in ("sampai", "di_bawah") if key in keys), None)
    result = Predikat(
        names,
        row.decimal(low) if low else None,
        low == "dari",
        row.decimal(high) if high else None,
        high == "sampai",
    )
    row.finish()
    return result


def _bilingual(row: StrictReader, key: str) -> Mapping[str, str]:
    """Return a name in both languages; an agency may give one text for both."""
    inner = row.either(key)
    return {"id": inner, "en": inner} if isinstance(inner, str) else inner


def _whole(ordered: list[Predikat], name: str, desimal: int) -> None:
    """Refuse a scale that does not give every share exactly one word at its rounding."""
    first, last = (ordered[0], ordered[-1]) if ordered else (None, None)
    if first is None or last is None or last.atas is not None or (first.bawah is not None and first.bawah > 0):
        raise DataError("skala-terbuka", berkas=name)
    step = Decimal(1).scaleb(-desimal)
    for below, above in pairwise(ordered):
        # Either one bound is shared and belongs to one side, or both belong and lie one rounding step apart.
        shared = below.atas == above.bawah and below.atas_termasuk != above.bawah_termasuk
        apart = below.atas_termasuk and above.bawah_termasuk and None not in (below.atas, above.bawah)
        if not shared and not (apart and below.atas + step == above.bawah):  # type: ignore[operator]
            raise DataError("skala-celah", berkas=name, bawah=below.nama["id"], atas=above.nama["id"])
    for one in ordered:
        if one.bawah is not None and one.atas is not None and one.bawah > one.atas:
            raise DataError("skala-celah", berkas=name, bawah=one.nama["id"], atas=one.nama["id"])
