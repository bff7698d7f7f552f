"""Performance by quarter, cumulative: what was planned and reached, allowed and spent; and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics.errors import EmptyDataError
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.kinerja._belanja import say
from skm.kinerja._budget_line import absorbed
from skm.kinerja._capaian import show
from skm.kinerja._quarter_line import LEVELS, QuarterLine, highest_of, money_of, roman
from skm.kinerja._quarters_check import judged
from skm.kinerja._quarters_read import read_quarters
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Triwulan:
    """The quarters of a year.

    Attributes
    ----------
    baris : tuple of QuarterLine
    catatan : tuple of Finding
        Figures that fall, lines above what they belong to, sums that do not come out, ceilings that changed.
    """

    baris: tuple[QuarterLine, ...]
    catatan: tuple[Finding, ...] = ()

    @property
    def ada(self) -> tuple[int, ...]:
        """The quarters there are."""
        return tuple(sorted({b.triwulan for b in self.baris}))

    def of(self, triwulan: int) -> tuple[QuarterLine, ...]:
        """Return the lines of a quarter, in order."""
        return tuple(b for b in self.baris if b.triwulan == triwulan)

    def total(self, triwulan: int) -> tuple[Decimal, Decimal]:
        """Return ceiling and spent of a quarter: the sums of its programmes, or of what stands highest below them."""
        return money_of(self.highest(triwulan))

    def highest(self, triwulan: int) -> list[QuarterLine]:
        """Return the lines with money that no other such line of the quarter holds."""
        return highest_of(self.of(triwulan))

    def table(self, triwulan: int, lang: str | None = None) -> Table:
        """Return one quarter for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("tingkat", say("kolom-tingkat", language)),
            TableColumn("nama", say("kolom-uraian", language)),
            TableColumn("indikator", say("kolom-indikator", language)),
            TableColumn("satuan", say("kolom-satuan", language)),
            TableColumn("target", say("kolom-target", language)),
            TableColumn("realisasi", say("kolom-realisasi-sd", language)),
            TableColumn("capaian", say("kolom-capaian", language), "decimal", 2),
            TableColumn("pagu", say("kolom-pagu", language), "decimal", 0),
            TableColumn("anggaran", say("kolom-anggaran-sd", language), "decimal", 0),
            TableColumn("serapan", say("kolom-serapan", language), "decimal", 2),
        )
        rows = [
            (
                say(f"tingkat-{b.tingkat}", language),
                b.nama,
                b.indikator,
                b.satuan,
                "-" if b.target is None else show(b.target, language),
                "-" if b.realisasi is None else show(b.realisasi, language),
                b.capaian,
                b.pagu,
                b.belanja,
                b.serapan,
            )
            for b in self.of(triwulan)
            if not b.jumlah
        ]
        if self.highest(triwulan):
            pagu, belanja = self.total(triwulan)
            rows.append(("", say("total", language), "", "", "", "", None, pagu, belanja, absorbed(pagu, belanja)))
        return Table(say("tabel-triwulan", language, triwulan=roman(triwulan)), columns, tuple(rows), (), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a line and quarter."""
        import pandas as pd

        def number(value: Any) -> float:
            return float("nan") if value is None else float(value)

        data: dict[str, Any] = {"triwulan": [b.triwulan for b in self.baris]}
        data |= {key: [getattr(b, key) for b in self.baris] for key in (*LEVELS, "indikator", "satuan")}
        for key in ("target", "realisasi", "capaian", "pagu", "belanja", "serapan"):
            data[key] = [number(getattr(b, key)) for b in self.baris]
        return pd.DataFrame(data)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text."""
        keys = ("triwulan", *LEVELS, "indikator", "satuan", "target", "realisasi", "pagu", "belanja")
        return {
            "versi_skema": SCHEMA,
            "baris": [{key: plain(getattr(b, key)) for key in keys} for b in self.baris],
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return "".join(self.table(q).to_html() for q in self.ada)

    def __repr__(self) -> str:
        return "\n\n".join(self.table(q).to_text() for q in self.ada)


def triwulan(baris: Iterable[Mapping[str, Any]]) -> Triwulan:
    """Build the measurement of performance by quarter.

    Parameters
    ----------
    baris : iterable of mapping
        Keys ``triwulan`` (1-4 or I-IV), ``iku``, ``program``, ``kegiatan``, ``sub_kegiatan`` (blank names stand for
        those above), ``indikator``, ``satuan``, ``target``, ``realisasi``, ``pagu``, ``realisasi_anggaran``: all from
        the beginning of the year to the end of the quarter. A line with an indicator and no name is another indicator
        of the line above. A line named "Jumlah" is a printed total, of what it names or of the quarter.

    Notes
    -----
    A programme, kegiatan or sub kegiatan with several indicators has its money once: what is repeated beside the
    second is not added, and that is told.

    Returns
    -------
    Triwulan

    Raises
    ------
    EmptyDataError, DataError, OptionError
        No line; an unknown key or a line without a name; a quarter or number that cannot be read.

    Examples
    --------
    >>> t = triwulan([
    ...     {"triwulan": "I", "program": "P", "target": 4, "realisasi": 2, "pagu": 100, "realisasi_anggaran": 60},
    ...     {"triwulan": "II", "program": "P", "target": 4, "realisasi": 1, "pagu": 100, "realisasi_anggaran": 70},
    ... ])
    >>> [f.kode for f in t.catatan]
    ['triwulan-turun']
    """
    lines, once = read_quarters(baris)
    if not lines:
        raise EmptyDataError("lkjip-triwulan-kosong")
    return Triwulan(lines, (*once, *judged(lines)))
