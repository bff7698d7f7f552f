"""Budget beside the index: what was absorbed, what is left, which share it is, and the so-called efficiency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.basics.errors import OptionError
from skm.basics.numbers import format_decimal, resolve_lang, round_half_up
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.kinerja._capaian import AREA, Capaian, say
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Anggaran:
    """Money planned and spent; amounts in rupiah, shares in percent.

    Attributes
    ----------
    pagu, realisasi, sisa : Decimal
        Ceiling, spent, and ceiling less spent.
    serapan_tepat, efisiensi_tepat, porsi_tepat : ExactFraction or None
        Spent / ceiling; serapan / capaian; ceiling / the whole budget: times 100, exact. None where the second
        number is not given, or is zero.
    catatan : tuple of Finding
        What a reader has to know.
    """

    pagu: Decimal
    realisasi: Decimal
    serapan_tepat: ExactFraction
    efisiensi_tepat: ExactFraction | None
    porsi_tepat: ExactFraction | None
    catatan: tuple[Finding, ...] = ()

    @property
    def sisa(self) -> Decimal:
        """Ceiling less spent; negative where more was spent than allowed."""
        return self.pagu - self.realisasi

    @property
    def serapan(self) -> Decimal:
        """Share of the ceiling that was spent, percent, two decimals."""
        return round_half_up(self.serapan_tepat, 2)

    @property
    def efisiensi(self) -> Decimal | None:
        """Serapan / capaian x 100, two decimals; below 100 means less money than achievement."""
        return None if self.efisiensi_tepat is None else round_half_up(self.efisiensi_tepat, 2)

    @property
    def porsi(self) -> Decimal | None:
        """Share of the whole budget, percent, two decimals."""
        return None if self.porsi_tepat is None else round_half_up(self.porsi_tepat, 2)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        fields = {"realisasi": rupiah(self.realisasi, lang), "pagu": rupiah(self.pagu, lang), "serapan": self.serapan}
        text = say("anggaran", lang, **fields, sisa=rupiah(self.sisa, lang))
        return text if self.efisiensi is None else f"{text} {say('anggaran-efisiensi', lang, efisiensi=self.efisiensi)}"

    def table(self, lang: str | None = None) -> Table:
        """Return one row of amounts and shares."""
        language = resolve_lang(lang)
        keys = ("pagu", "anggaran", "sisa", "serapan", "efisiensi", "porsi")
        columns = tuple(
            TableColumn(key, say(f"kolom-{key}", language), "decimal", 0 if i < 3 else 2) for i, key in enumerate(keys)
        )
        row = (self.pagu, self.realisasi, self.sisa, self.serapan_tepat, self.efisiensi_tepat, self.porsi_tepat)
        return Table(self.kalimat(language), columns, (row,), tuple(f.text(language) for f in self.catatan), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one numeric row; shares in percent, unrounded."""
        return self.table("id").to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; amounts and shares are text."""
        names = ("pagu", "realisasi", "sisa", "serapan", "efisiensi", "porsi")
        return {
            "versi_skema": SCHEMA,
            **{name: plain(getattr(self, name)) for name in names},
            "kalimat": self.kalimat(lang),
            "catatan": [note.to_dict(lang) for note in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.kalimat()


def anggaran(pagu: Any, realisasi: Any, *, capaian: Any = None, total: Any = None) -> Anggaran:
    """Return what was absorbed of a budget, and set it against a capaian.

    Parameters
    ----------
    pagu, realisasi : number or text
        Ceiling and spent, in rupiah: 2415168097, "2.415.168.097", "Rp 2.415.168.097,50".
    capaian : Capaian or number, optional
        For the efficiency. A `Capaian` enters unrounded; a number is the printed percentage.
    total : number or text, optional
        The whole budget, for the share.

    Returns
    -------
    Anggaran

    Raises
    ------
    OptionError
        An amount that cannot be read or is negative, a ceiling of zero.

    Notes
    -----
    Serapan = realisasi / pagu x 100; "tingkat efisiensi" = serapan / capaian x 100, as performance reports
    use the words. Both are computed exactly and rounded once; where the printed, rounded shares give another second
    decimal, a note says so.

    Examples
    --------
    >>> from skm.kinerja import capaian
    >>> a = anggaran("2.415.168.097", "2.378.306.375", capaian=capaian("94,14", "94,17"))
    >>> a.serapan, a.efisiensi, a.sisa
    (Decimal('98.47'), Decimal('98.44'), Decimal('36861722'))
    """
    ceiling, spent = amount(pagu, "pagu"), amount(realisasi, "realisasi anggaran")
    if ceiling <= 0:
        raise OptionError("kinerja-pagu", nilai=rupiah(ceiling))
    absorbed = Fraction(spent) / Fraction(ceiling) * 100
    found: list[Finding] = []
    if spent > ceiling:
        found.append(Finding("anggaran-lebih", "peringatan", AREA, {"lebih": rupiah(spent - ceiling)}))
    return Anggaran(
        ceiling,
        spent,
        ExactFraction(absorbed),
        _efficiency(absorbed, capaian, found),
        _share(ceiling, total),
        tuple(found),
    )


def is_dash(value: Any) -> bool:
    """Tell whether a cell holds a dash, with or without the sign of money: nothing.

    >>> is_dash("Rp -"), is_dash("-"), is_dash("Rp 5.000,-")
    (True, True, False)
    """
    text = value if isinstance(value, str) else ""
    return re.fullmatch(r"\s*+(?:rp\.?)?\s*+[-\u2013\u2014]{1,3}\s*+", text, re.IGNORECASE) is not None


def amount(value: Any, purpose: str) -> Decimal:
    """Read an amount of money, at least zero.

    >>> amount("Rp 2.415.168.097,50", "pagu"), amount("2,415,168,097", "pagu"), amount("1.250", "pagu")
    (Decimal('2415168097.50'), Decimal('2415168097'), Decimal('1250'))
    """
    if isinstance(value, str):
        text = re.sub(r"[\s\u00a0\u202f]+", "", value)
        text = re.sub(r"^(?:rp|idr)\.?|[,.]?[-=]{1,4}$", "", text, flags=re.IGNORECASE)
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2}", text):
            number = Decimal(text.replace(".", "").replace(",", "."))
        elif re.fullmatch(r"\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d{1,2}|\d+\.\d{1,2}", text):
            number = Decimal(text.replace(",", ""))
        else:
            number = Decimal(read_count(text, purpose))
    else:
        number = read_decimal(value, purpose)
    if number < 0:
        raise OptionError("kinerja-uang", nilai=rupiah(number), untuk=purpose)
    return number


def rupiah(value: Decimal, lang: str | None = None) -> str:
    """Write an amount: whole rupiah without decimals, others with two."""
    return format_decimal(value, 0 if value == value.to_integral_value() else 2, lang)


def _efficiency(absorbed: Fraction, capaian: Any, found: list[Finding]) -> ExactFraction | None:
    if capaian is None:
        return None
    achieved = Fraction(capaian.tepat if isinstance(capaian, Capaian) else read_decimal(capaian, "capaian"))
    if achieved <= 0:
        found.append(Finding("efisiensi-tanpa-capaian", "catatan", AREA))
        return None
    efficiency = ExactFraction(absorbed / achieved * 100)
    printed = round_half_up(achieved, 2)
    if printed > 0:
        shown = round_half_up(Fraction(round_half_up(absorbed, 2)) / Fraction(printed) * 100, 2)
        if shown != round_half_up(efficiency, 2):
            facts = {"tepat": round_half_up(efficiency, 2), "cetak": shown}
            found.append(Finding("efisiensi-dibulatkan", "catatan", AREA, facts))
    return efficiency


def _share(ceiling: Decimal, total: Any) -> ExactFraction | None:
    if total is None:
        return None
    whole = amount(total, "total anggaran")
    if whole < ceiling:
        raise OptionError("kinerja-total", pagu=rupiah(ceiling), total=rupiah(whole))
    return ExactFraction(Fraction(ceiling) / Fraction(whole) * 100)
