"""The account of what was read: every sheet, column and class of rows with its role, its strength and the reason.

It adds up: the rows and columns of the source are those that are listed here, each once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.messages import Phrase
from skm.basics.numbers import resolve_lang
from skm.basics.public_name import public_name
from skm.basics.table import Table, TableColumn

if TYPE_CHECKING:
    import pandas as pd

_AREA = "akun"
RESPONDENTS = "responden"
# Roles whose column is not used for anything; the others are answers, characteristics, dates, numbers of rows.
UNUSED = frozenset({"tidak-dipakai", "bukan-unsur", "instrumen-lain", "kosong", "kuis", "tanpa-judul"})


@dataclass(frozen=True, slots=True)
class ColumnAccount:
    """One column.

    Attributes
    ----------
    kolom, huruf : str
        Its header, and its letter in a workbook. A header that holds a person's number is left out.
    peran : str
        Code of its role: "jawaban", "ciri", "tanggal", "saran", "pribadi", "identitas", "kuis", "instrumen-lain",
        "bukan-unsur", "usulan-gabung", "tidak-dipakai", "kosong", "tanpa-judul".
    arti : str
        The unsur, butir or characteristic that it is.
    kekuatan : {"pasti", "kuat", "lemah"}
        How sure that is.
    alasan, rinci : str
        Code of the reason, and what the reason is about.
    jawaban, kosong, dinamai, salah : int or None
        Of an answer column: cells that are answers, blanks, blanks that the caller named, and no answers.
    """

    kolom: str
    huruf: str
    peran: str
    arti: str = ""
    kekuatan: str = "pasti"
    alasan: str = ""
    rinci: str = ""
    jawaban: int | None = None
    kosong: int | None = None
    dinamai: int | None = None
    salah: int | None = None

    @property
    def dipakai(self) -> bool:
        """Whether anything is made of the column."""
        return self.peran not in UNUSED


@dataclass(frozen=True, slots=True)
class RowAccount:
    """A class of rows: its code, how many there are, and the numbers of the first."""

    golongan: str
    banyak: int
    contoh: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """One sheet or table: where it stands, its columns, its classes of rows; without both where it was not read."""

    berkas: str
    lembar: str
    peran: str
    kolom: tuple[ColumnAccount, ...] = ()
    baris: tuple[RowAccount, ...] = ()

    @property
    def responden(self) -> int:
        """Rows that are respondents."""
        return sum(row.banyak for row in self.baris if row.golongan == RESPONDENTS)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What a person has to say, with the option that says it and what may be chosen.

    Attributes
    ----------
    kode : str
        Code of the note or error that asks.
    opsi : str
        Name of the option of `skm.read`; the command's is the same with hyphens.
    pilihan : tuple of (str, Phrase)
        Values to choose from, and what each means; empty where a value has to be written.
    tanya : Phrase
        The question.
    wajib : bool
        Whether nothing is computed before it is answered.
    """

    kode: str
    opsi: str
    pilihan: tuple[tuple[str, Phrase], ...]
    tanya: Phrase
    wajib: bool = True

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        choices = [{"nilai": value, "arti": text.text(lang)} for value, text in self.pilihan]
        return {
            "kode": self.kode,
            "opsi": self.opsi,
            "tanya": self.tanya.text(lang),
            "pilihan": choices,
            "wajib": self.wajib,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """All that was read.

    Attributes
    ----------
    sumber, tata_letak : str
        The source and the layout that was recognised.
    lembar : tuple of SheetAccount
        Sheets and tables in order.
    kemudian : tuple of RowAccount
        Respondents left out after reading: by period, by exclusion.
    n, unsur, baku : int
        Respondents that are counted, unsur that are asked about, unsur of the regulation.
    pertanyaan : tuple of OpenQuestion
        What is assumed or open, with the option that settles it.
    """

    sumber: str
    tata_letak: str
    lembar: tuple[SheetAccount, ...]
    kemudian: tuple[RowAccount, ...]
    n: int
    unsur: int
    baku: int
    pertanyaan: tuple[OpenQuestion, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether the respondents read, less those left out since, are those that are counted."""
        read = sum(sheet.responden for sheet in self.lembar)
        return read - sum(row.banyak for row in self.kemudian) == self.n

    @property
    def whole(self) -> bool:
        """Whether everything in the source was used: no row of a respondent and no column was left out."""
        unused = any(not column.dipakai for sheet in self.lembar for column in sheet.kolom)
        return not unused and not self.kemudian and all(sheet.peran == "dibaca" for sheet in self.lembar)

    def line(self) -> Phrase:
        """Return the account in one sentence."""
        read = [sheet for sheet in self.lembar if sheet.peran == "dibaca"]
        columns = [column for sheet in read for column in sheet.kolom]
        unused = len({(c.kolom, c.huruf) for c in columns if not c.dipakai})
        facts = {
            "unsur": self.unsur,
            "baku": self.baku,
            "n": self.n,
            "baris": sum(sheet.responden for sheet in read),
            "kolom": unused,
            "lain": len(self.lembar) - len(read),
        }
        code = "baris-aliran" if not facts["baris"] else "baris-lembar" if facts["lain"] else "baris"
        return Phrase(_AREA, code, facts)

    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """Return one row a column and a class of rows, as `to_frame` holds them, with codes."""
        out: list[tuple[Any, ...]] = []
        for sheet in self.lembar:
            place = (public_name(sheet.berkas), public_name(sheet.lembar))
            if not sheet.kolom:
                out.append((*place, "lembar", "", "", sheet.peran, "", "pasti", "", "", None, None, None, None, None))
            for c in sheet.kolom:
                cells = (c.jawaban, c.kosong, c.dinamai, c.salah)
                out.append(
                    (*place, "kolom", c.huruf, c.kolom, c.peran, c.arti, c.kekuatan, c.alasan, c.rinci, None, *cells)
                )
            out += [_row_line(place, row) for row in sheet.baris]
        return (*out, *(_row_line((self.sumber, ""), row) for row in self.kemudian))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a column, and one a class of rows."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(_COLUMNS)).astype(dict.fromkeys(_COUNTS, "Int64"))

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "baris": self.line().text(lang),
            "cocok": self.adds_up,
            "isi": [dict(zip(_COLUMNS, row, strict=True)) for row in self.rows()],
            "pertanyaan": [question.to_dict(lang) for question in self.pertanyaan],
        }

    def table(self, lang: str | None = None) -> Table:
        """Return the account as a table for people."""
        language = resolve_lang(lang)
        say = messages.text
        several = len({(s.berkas, s.lembar) for s in self.lembar}) > 1
        rows: list[tuple[Any, ...]] = []
        for berkas, lembar, kind, huruf, name, role, arti, strength, why, about, n, *cells in self.rows():
            where = (" / ".join(part for part in (berkas, lembar) if part),) if several else ()
            if kind == "kolom":
                reason = say(_AREA, f"alasan-{why}", language, rinci=about) if why else ""
                what = say(_AREA, f"peran-{role}", language)
                filled = [None if value is None else value for value in cells[:2]]
                rows.append((*where, huruf, name, what, arti, say(_AREA, strength, language), reason, *filled))
            elif kind == "baris":
                rows.append((*where, "", say(_AREA, f"golongan-{role}", language), "", "", "", "", n, None))
            else:
                rows.append((*where, "", say(_AREA, f"lembar-{role}", language), "", "", "", "", None, None))
        keys = ("huruf", "kolom", "peran", "arti", "kekuatan", "alasan", "jawaban", "kosong")
        counts = ("jawaban", "kosong")
        columns = tuple(
            TableColumn(key, say(_AREA, f"kolom-{key}", language), "count" if key in counts else "text")
            for key in (("tempat",) if several else ()) + keys
        )
        title = say(_AREA, "judul", language, sumber=self.sumber or "-", layout=self.tata_letak)
        notes = [self.line().text(language), *(q.tanya.text(language) for q in self.pertanyaan)]
        return Table(title, columns, tuple(rows), tuple(notes), language)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


_COLUMNS = (
    *("berkas", "lembar", "jenis", "huruf", "kolom", "peran", "arti", "kekuatan", "alasan", "rinci"),
    *("banyak", "jawaban", "kosong", "dinamai", "salah"),
)
_COUNTS = ("banyak", "jawaban", "kosong", "dinamai", "salah")


def _row_line(place: Sequence[str], row: RowAccount) -> tuple[Any, ...]:
    shown = ", ".join(map(str, row.contoh))
    return (*place, "baris", "", "", row.golongan, "", "pasti", "", shown, row.banyak, None, None, None, None)
