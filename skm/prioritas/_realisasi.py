"""What became of the plan: done or not, the share that was done, and the list of what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics.errors import DataError, EmptyDataError
from skm.basics.numbers import resolve_lang, round_half_up
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.prioritas._ranking import AREA, say
from skm.prioritas._rencana import NO, YES, text
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

_KEYS = (
    "rencana",
    "status",
    "uraian",
    "dokumentasi",
    "hambatan",
    "strategi",
    "tenggat",
    "penanggung_jawab",
    "pemangku_kepentingan",
)
_DONE = YES | {"terlaksana", "ditindaklanjuti", "sudah ditindaklanjuti", "tuntas", "done"}
_OPEN = NO | {"belum ditindaklanjuti", "belum terlaksana", "not done", "open"}
_PARTLY = frozenset(
    {"sebagian", "proses", "dalam proses", "sedang", "berjalan", "on progress", "in progress", "partly"}
)


@dataclass(frozen=True, slots=True)
class BarisRealisasi:
    """One plan and what became of it.

    Attributes
    ----------
    selesai : bool
        Done. A plan that is under way is not.
    status : {"sudah", "belum", "sebagian", "kosong"}
    uraian, dokumentasi, hambatan : str
        What was done, its proof, what stood in the way.
    strategi, tenggat, penanggung_jawab, pemangku_kepentingan : str
        How what is left will be done.
    """

    rencana: str
    selesai: bool
    status: str
    uraian: str = ""
    dokumentasi: str = ""
    hambatan: str = ""
    strategi: str = ""
    tenggat: str = ""
    penanggung_jawab: str = ""
    pemangku_kepentingan: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Realisasi:
    """A plan's realisation.

    Attributes
    ----------
    baris : tuple of BarisRealisasi
    catatan : tuple of Finding
    """

    baris: tuple[BarisRealisasi, ...]
    catatan: tuple[Finding, ...]

    @property
    def selesai(self) -> int:
        """How many are done."""
        return sum(row.selesai for row in self.baris)

    @property
    def tepat(self) -> ExactFraction:
        """Done / planned x 100, exact."""
        return ExactFraction(self.selesai * 100, len(self.baris))

    @property
    def persen(self) -> Decimal:
        """Done / planned x 100, rounded half up to two decimals; 100 only where everything is done."""
        return round_half_up(self.tepat, 2)

    @property
    def tersisa(self) -> tuple[BarisRealisasi, ...]:
        """What is not done."""
        return tuple(row for row in self.baris if not row.selesai)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        fields = {"selesai": self.selesai, "banyak": len(self.baris), "persen": self.persen}
        code = "realisasi-semua" if not self.tersisa else "realisasi-nol" if not self.selesai else "realisasi"
        return say(code, lang, **fields, sisa=len(self.tersisa))

    def table(self, lang: str | None = None) -> Table:
        """Return the table of the follow-up report: plan, done or not, description, proof, obstacles."""
        language = resolve_lang(lang)
        keys = ("rencana", "status", "uraian", "dokumentasi", "hambatan")
        columns = (
            TableColumn("no", say("kolom-no", language)),
            *(TableColumn(k, say(f"kolom-{k}", language)) for k in keys),
        )
        rows = tuple(
            (str(i), r.rencana, say(f"status-{r.status}", language), r.uraian, r.dokumentasi, r.hambatan)
            for i, r in enumerate(self.baris, start=1)
        )
        notes = (self.kalimat(language), *(f.text(language) for f in self.catatan))
        return Table(say("judul-realisasi", language), columns, rows, notes, language)

    def left_table(self, lang: str | None = None) -> Table:
        """Return the table of what is left: plan, obstacle, strategy, target time, who, stakeholders."""
        language = resolve_lang(lang)
        keys = ("rencana", "hambatan", "strategi", "tenggat", "penanggung_jawab", "pemangku_kepentingan")
        labels = [say(f"kolom-{k.replace('_', '-')}", language) for k in keys]
        columns = (TableColumn("no", say("kolom-no", language)), *map(TableColumn, keys, labels))
        rows = tuple((str(i), *(getattr(r, k) for k in keys)) for i, r in enumerate(self.tersisa, start=1))
        return Table(say("judul-tersisa", language), columns, rows, (), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a plan."""
        import pandas as pd

        return pd.DataFrame(
            {
                "rencana": [r.rencana for r in self.baris],
                "status": [r.status for r in self.baris],
                "selesai": [r.selesai for r in self.baris],
                "uraian": [r.uraian for r in self.baris],
                "hambatan": [r.hambatan for r in self.baris],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; the share is text."""
        return {
            "versi_skema": SCHEMA,
            "banyak": len(self.baris),
            "selesai": self.selesai,
            "persen": plain(self.persen),
            "persen_tepat": plain(self.tepat),
            "baris": [
                {name: plain(getattr(r, name)) for name in BarisRealisasi.__dataclass_fields__} for r in self.baris
            ],
            "tersisa": [r.rencana for r in self.tersisa],
            "kalimat": self.kalimat(lang),
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def realisasi(baris: Iterable[Mapping[str, Any]]) -> Realisasi:
    """Read what became of a plan.

    Parameters
    ----------
    baris : iterable of mapping, or facts of a report
        Rows with ``rencana``, ``status`` (true, "sudah", "v"; false, "belum", blank; "proses" counts as not done), and
        optionally ``uraian``, ``dokumentasi``, ``hambatan``, ``strategi``, ``tenggat``, ``penanggung_jawab``,
        ``pemangku_kepentingan``.

    Returns
    -------
    Realisasi

    Raises
    ------
    EmptyDataError
        No row: a share of nothing is undefined.
    DataError
        An unknown key, no plan, or a status that cannot be read.

    Examples
    --------
    >>> r = realisasi([{"rencana": "A", "status": "sudah"}, {"rencana": "B", "status": "v"}, {"rencana": "C"}])
    >>> r.persen, [row.rencana for row in r.tersisa]
    (Decimal('66.67'), ['C'])
    """
    given = baris.rows("tindak_lanjut") if hasattr(baris, "rows") else baris
    rows = tuple(_row(entry, number) for number, entry in enumerate(given, start=1))
    if not rows:
        raise EmptyDataError("rtl-kosong")
    found = []
    for status, code in (("sebagian", "realisasi-sebagian"), ("kosong", "realisasi-kosong")):
        if places := [i for i, r in enumerate(rows, start=1) if r.status == status]:
            found.append(Finding(code, "catatan", AREA, {"baris": places}))
    if bare := [i for i, r in enumerate(rows, start=1) if not r.selesai and not r.hambatan]:
        found.append(Finding("realisasi-tanpa-hambatan", "catatan", AREA, {"baris": bare}))
    return Realisasi(rows, tuple(found))


def _row(entry: Mapping[str, Any], number: int) -> BarisRealisasi:
    if not isinstance(entry, Mapping):
        raise DataError("rtl-baris", baris=number)
    if unknown := [key for key in entry if key not in _KEYS]:
        raise DataError("rtl-kunci", baris=number, kunci=unknown, pilihan=list(_KEYS))
    plan = text(entry.get("rencana"))
    if not plan:
        raise DataError("rtl-tanpa-kegiatan", baris=number)
    status = _status(entry.get("status"), number)
    rest = {key: text(entry.get(key)) for key in _KEYS[2:]}
    return BarisRealisasi(plan, status == "sudah", status, **rest)


def _status(mark: Any, number: int) -> str:
    if isinstance(mark, bool):
        return "sudah" if mark else "belum"
    word = text(mark).casefold()
    if not word:
        return "kosong"
    for known, status in ((_DONE, "sudah"), (_OPEN, "belum"), (_PARTLY, "sebagian")):
        if word in known:
            return status
    raise DataError("realisasi-status", baris=number, kolom="status")
