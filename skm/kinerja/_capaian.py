"""Capaian: how much of a target was reached, in percent, with the word that the agency's scale gives it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.numbers import format_decimal, format_exact, resolve_lang, round_half_up
from skm.basics.reading_numbers import read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.kinerja._scales import Predikat, Skala
from skm.kinerja._scales import skala as _scale
from skm.scores.result import SCHEMA, HasilIKM

if TYPE_CHECKING:
    import pandas as pd

AREA = "kinerja"
Angka = Decimal | ExactFraction
_FAR, _NEAR = 100, 20  # times, beyond which figures of one unit are not compared, and within which they are
Arah = Literal["naik", "turun-selisih", "turun-banding"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Capaian:
    """What was reached of a target.

    Attributes
    ----------
    target, realisasi : Decimal or ExactFraction
        As given; a fraction only where no decimal is exact.
    tepat : ExactFraction
        The share of the target before any rounding, by the formula of ``arah``.
    persen : Decimal
        The same rounded half up to two decimals, or to the scale's where it has more.
    predikat : Predikat
        The word, e.g. "Sangat Baik".
    tercapai : bool
        Whether the realisation is at least the target (at most, where less is better), by the exact numbers.
    arah : str
        "naik", "turun-selisih" or "turun-banding"; see `capaian`.
    catatan : tuple of Finding
        What a reader has to know.
    """

    target: Angka
    realisasi: Angka
    tepat: ExactFraction
    persen: Decimal
    predikat: Predikat
    tercapai: bool
    skala: Skala
    catatan: tuple[Finding, ...] = ()
    arah: str = "naik"

    @property
    def selisih(self) -> Angka:
        """Realisation less target, in the indicator's own unit."""
        return exact(Fraction(self.realisasi) - Fraction(self.target), "selisih")

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        code = "kalimat-lebih" if self.selisih > 0 else "kalimat-tepat" if self.selisih == 0 else "kalimat-kurang"
        return say(
            code,
            lang,
            realisasi=show(self.realisasi, lang),
            target=show(self.target, lang),
            persen=format_exact(self.persen, lang),
            predikat=self.predikat.word(lang),
            selisih=show(self.selisih if self.selisih >= 0 else -self.selisih, lang),
        )

    def table(self, lang: str | None = None) -> Table:
        """Return one row: target, realisation, capaian, word; the scale below."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("target", say("kolom-target", language)),
            TableColumn("realisasi", say("kolom-realisasi", language)),
            TableColumn("capaian", say("kolom-capaian", language), "decimal", max(2, self.skala.desimal)),
            TableColumn("predikat", say("kolom-predikat", language)),
        )
        row = (show(self.target, language), show(self.realisasi, language), self.persen, self.predikat.word(language))
        return Table(self.kalimat(language), columns, (row,), notes(self.skala, self.catatan, language), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one numeric row; capaian in percent, unrounded."""
        import pandas as pd

        return pd.DataFrame(
            {
                "target": [float(self.target)],
                "realisasi": [float(self.realisasi)],
                "capaian": [float(self.tepat)],
                "predikat": [self.predikat.word("id")],
                "tercapai": [self.tercapai],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; numbers of record are text."""
        return {
            "versi_skema": SCHEMA,
            "target": plain(self.target),
            "realisasi": plain(self.realisasi),
            "capaian": plain(self.persen),
            "capaian_tepat": plain(self.tepat),
            "predikat": self.predikat.word(lang),
            "tercapai": self.tercapai,
            "selisih": plain(self.selisih),
            "arah": self.arah,
            "skala": self.skala.id,
            "kalimat": self.kalimat(lang),
            "catatan": [note.to_dict(lang) for note in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.kalimat()


def capaian(target: Any, realisasi: Any, *, skala: Any = None, arah: str = "naik") -> Capaian:
    """Return how much of a target was reached.

    Parameters
    ----------
    target : number or text
        Above zero, in the indicator's own unit ("94,14", "100 %").
    realisasi : number, text or HasilIKM
        At least zero, in the same unit. Of a result the published, rounded IKM is taken, never the exact one: a
        performance report quotes the number that was published.
    skala : str, Path or mapping, optional
        The agency's scale of words; see `skala`.
    arah : {"naik", "turun-selisih", "turun-banding"}
        More is better; or less is better, by one of the two formulas in use, which differ: (2 x target - realisasi) /
        target, or target / realisasi.

    Returns
    -------
    Capaian

    Raises
    ------
    OptionError
        A number that cannot be read, a target of zero or less, a negative realisation, an unknown scale; "3.441"
        beside 3500, where thousands must be meant.

    Notes
    -----
    Capaian = realisasi / target x 100, rounded half up to two decimals. A scale of whole percents is read after
    rounding to whole percent, and a note says so where that is not what the two decimals show. Where less is better
    and the realisation is more than twice the target, "turun-selisih" is below zero: it is shown as it is.

    Examples
    --------
    >>> capaian(target="94,14", realisasi="94,17")
    Capaian 100,03% (Sangat Baik): realisasi 94,17, target 94,14; lebih 0,03.
    >>> capaian(target="94,14", realisasi="89,31").persen
    Decimal('94.87')
    """
    scale = _scale(skala)
    if arah not in get_args(Arah):
        raise OptionError("opsi-tidak-dikenal", opsi="arah", nilai=arah, pilihan=list(get_args(Arah)))
    goal, reached = exact(target, "target"), exact(realisasi, "realisasi")
    if goal <= 0:
        raise OptionError("kinerja-target", nilai=show(goal))
    if reached < 0:
        raise OptionError("kinerja-realisasi", nilai=show(reached))
    _same_notation(goal, reached)
    share = share_of(goal, reached, arah)
    percent = round_half_up(share, max(2, scale.desimal))
    read = round_half_up(share, scale.desimal)
    found = []
    met = reached >= goal if arah == "naik" else reached <= goal
    if share > 100 and percent <= 100:
        found.append(Finding("capaian-dibulatkan", "catatan", AREA, {"persen": percent}))
    if read != percent:
        facts = {"persen": percent, "terbaca": read, "skala": scale.id}
        found.append(Finding("capaian-skala-dibulatkan", "catatan", AREA, facts))
    return Capaian(goal, reached, ExactFraction(share), percent, scale.grade(share), met, scale, tuple(found), arah)


def _same_notation(goal: Angka, reached: Angka) -> None:
    """Refuse three decimals beside a number a thousand times as large: a dot or comma of thousands was meant.

    Raises
    ------
    OptionError
        Only as thousands is one of them comparable to the other.
    """
    for one, other in ((goal, reached), (reached, goal)):
        if isinstance(one, Decimal) and one.as_tuple().exponent == -3 and 1 <= one < 1000:
            times = Fraction(other) / Fraction(one)
            if times >= _FAR and Fraction(1, _NEAR) <= times / 1000 <= _NEAR:
                raise OptionError("kinerja-mendua", nilai=str(one), ribuan=int(one * 1000), lain=show(other))


def share_of(goal: Angka, reached: Angka, arah: str) -> Fraction:
    """Return how much of a goal was reached, in percent, by the formula of the direction.

    Raises
    ------
    OptionError
        "turun-banding" with a realisation of zero has no share.
    """
    target, got = Fraction(goal), Fraction(reached)
    if arah == "turun-selisih":
        return (2 * target - got) / target * 100
    if arah == "turun-banding":
        if got == 0:
            raise OptionError("kinerja-banding-nol")
        return target / got * 100
    return got / target * 100


def exact(value: Any, purpose: str) -> Angka:
    """Read a number exactly; a result stands for its published IKM."""
    if isinstance(value, HasilIKM):
        return value.ikm
    number = getattr(value, "nilai", value)
    if isinstance(number, Fraction):
        decimal = read_decimal(number, purpose)
        return decimal if Fraction(decimal) == number else ExactFraction(number)
    return read_decimal(number, purpose)


def show(value: Decimal | Fraction, lang: str | None = None) -> str:
    """Write a number with the digits it has; an endless one with two decimals."""
    return format_exact(value, lang) if isinstance(value, Decimal) else format_decimal(value, 2, lang)


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text of this area."""
    return messages.text(AREA, code, lang, **fields)


def notes(scale: Skala, found: tuple[Finding, ...], lang: str) -> tuple[str, ...]:
    """Return the scale as a line, then the notes."""
    words = [f"{p.rentang(lang)} {p.word(lang)}" for p in scale.predikat]
    return (
        say("skala", lang, nama=scale.nama[resolve_lang(lang)], daftar="; ".join(words)),
        *(f.text(lang) for f in found),
    )
