"""`Survei`: answers as an office holds them, understood, with their source and everything done to them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from skm.answers import repairs
from skm.answers.account import Account, RowAccount
from skm.answers.accounting import in_short, take_account
from skm.answers.repairs import Repair
from skm.answers.table import RawTable
from skm.answers.understand import Reading, read_levels, understand
from skm.answers.unsur_names import OWN
from skm.basics import export, messages
from skm.basics.dates import DateColumn, Urutan, read_dates, span_phrase, span_text, within
from skm.basics.errors import DataError, SKMError
from skm.basics.messages import Phrase
from skm.basics.numbers import format_count, resolve_lang
from skm.basics.periods import Periode, parse_period
from skm.basics.provenance import Origin
from skm.basics.public_name import public_name
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class FileSource:
    """Where the answers came from: file, sheet, the layout recognised, and the period that titles above name."""

    berkas: str
    lembar: str = ""
    tata_letak: str = ""
    periode: Periode | None = None

    def __str__(self) -> str:
        return public_name(f"{self.berkas} [{self.lembar}]" if self.lembar else self.berkas)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Survei:
    """Answers with the understanding of them. Never altered: every method returns a new one.

    Attributes
    ----------
    bacaan : Reading
        The table as it was read, which column is which question, and how cells are read.
    sumber : FileSource
        File, sheet and layout.
    periode : Periode or None
        The period kept; None where nothing was filtered.
    perbaikan, pengecualian : tuple of Phrase
        What was repaired and left out, in order; printed with every result, in its language.
    populasi : mapping
        Unit -> number of users of the service, where a table was given.
    """

    bacaan: Reading
    sumber: FileSource
    periode: Periode | None = None
    perbaikan: tuple[Phrase, ...] = ()
    pengecualian: tuple[Phrase, ...] = ()
    populasi: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of respondents."""
        return self.bacaan.tabel.n

    @property
    def tabel(self) -> RawTable:
        """The table as read."""
        return self.bacaan.tabel

    @property
    def catatan(self) -> tuple[Finding, ...]:
        """What was noticed while reading."""
        return self.bacaan.catatan

    @property
    def usulan(self) -> Mapping[str, tuple[str, ...]]:
        """Columns that look like one question split in two, by butir; confirm with `merge_columns`."""
        return self.bacaan.usulan

    def asal(self) -> Origin:
        """Return what results computed from this survey say about their source."""
        return Origin(
            u8=self.bacaan.u8,
            sumber=str(self.sumber),
            nilai_kosong=tuple(map(repr, self.bacaan.aturan.kosong)),
            periode=self.periode,
            perbaikan=self.perbaikan,
            pengecualian=self.pengecualian,
            akun=None if (account := in_short(self.bacaan)).whole else account.line(),
        )

    def noted(self, *notes: Finding) -> Survei:
        """Return the same survey with notes added."""
        return replace(self, bacaan=replace(self.bacaan, catatan=(*self.bacaan.catatan, *notes)))

    def stopped(self, problem: SKMError) -> Survei:
        """Return the same survey with something that must be settled before anything is counted."""
        return replace(self, bacaan=replace(self.bacaan, halangan=(*self.bacaan.halangan, problem)))

    def reinterpret(
        self,
        kuesioner: Kuesioner,
        *,
        peta: dict[str, Any] | None = None,
        u8: str | None = None,
        nilai_kosong: Sequence[Any] = (),
    ) -> Survei:
        """Return the same answers under another questionnaire, map of columns, order of U8/U9 or list of blanks."""
        old = self.bacaan
        if peta is None and kuesioner is old.kuesioner_dasar and (u8 is None or old.u8 == "bernama"):
            # Only blanks are named: what was understood, repaired and joined stays.
            rules = replace(old.aturan, kosong=tuple(nilai_kosong) or old.aturan.kosong)
            return replace(self, bacaan=replace(old, aturan=rules))
        new = understand(
            old.tabel,
            kuesioner,
            peta=peta,
            u8=u8,
            nilai_kosong=nilai_kosong,
            tempat=old.tempat,
        )
        texts = {b: {**old.aturan.teks.get(b, {}), **table} for b, table in new.aturan.teks.items()}
        bacaan = replace(
            new,
            baris=old.baris,
            aturan=replace(new.aturan, teks=texts),
            profil=new.profil | {k: v for k, v in old.profil.items() if k not in new.profil},
            halangan=(*new.halangan, *(h for h in old.halangan if h.code != "kolom-terbelah")),
        )
        return replace(self, bacaan=bacaan)

    def dates(self, kolom: str | None = None, urutan: Urutan | None = None) -> DateColumn | None:
        """Return the dates of the answers, or None where the file has none."""
        column = repairs.column_of(self.bacaan, kolom) if kolom else self.bacaan.khusus.tanggal
        return None if column is None else read_dates(self.tabel.column(column).tolist(), urutan or self.bacaan.urutan)

    @property
    def rentang(self) -> tuple[date, date] | None:
        """First and last day in the file, as far as its dates can be read."""
        try:
            found = self.dates()
        except DataError:
            return None
        return None if found is None or found.mendua else found.rentang

    def period(
        self,
        periode: Any,
        *,
        kolom: str | None = None,
        urutan: Urutan | None = None,
        tanpa_tanggal: str = "tolak",
    ) -> Survei:
        """Return the respondents of a period.

        Parameters
        ----------
        periode : str or pair
            "2026", "2026-S2", "2026-TW3", "2026-07", "2026-07-01..2026-12-31", or (first day, last day), both
            included.
        kolom : str, optional
            Date column. Default: the one that was recognised.
        urutan : {"hari-bulan", "bulan-hari"}, optional
            How 3/4/2026 is to be read where the column itself does not tell.
        tanpa_tanggal : {"tolak", "lewati"}
            What to do with entries that are no dates: an error, or treat them as undated. Undated rows are left
            out and counted.

        Returns
        -------
        Survei
            Kept, outside and undated are counted in its notes.

        Raises
        ------
        DataError
            There is no date column, its order of day and month is open, or nobody is left.
        """
        wanted = parse_period(periode)
        column = repairs.column_of(self.bacaan, kolom) if kolom else self.bacaan.khusus.tanggal
        where = dict(self.bacaan.tempat)
        if column is None:
            names = [n for n in self.tabel.names if n not in self.bacaan.khusus.pribadi]
            raise DataError("periode-tanpa-kolom", tersedia=names[:30], **where)
        days, often = self.tabel.days(column)
        try:
            found = read_dates(days, urutan)
            inside = within(found, wanted)
        except DataError as problem:
            raise DataError(problem.code, **{**where, "kolom": column, **problem.context}) from None
        if len(found.salah) and tanpa_tanggal != "lewati":
            far = self.tabel.remote is not None
            place = column if far else repairs.row_label(self.bacaan, int(found.salah[0]))
            raise DataError(
                "tanggal-tidak-terbaca", banyak=int(often[found.salah].sum()), tempat=place, kolom=column, **where
            )
        kept = np.flatnonzero(inside)
        span = span_phrase(found.rentang)
        if not len(kept):
            raise DataError("periode-kosong", periode=wanted.phrase(), rentang=span, kolom=column, **where)
        undated, inner = int(often[found.mulai == 0].sum()), int(often[kept].sum())
        counts = {"masuk": inner, "luar": int(often.sum()) - inner - undated, "tanpa": undated}
        facts = {"periode": wanted.phrase(), "label": wanted.label, "rentang": span, **counts}
        note = Finding("periode-disaring", "catatan", "survei", facts)
        left = (RowAccount("luar-periode", counts["luar"]), RowAccount("tanpa-tanggal", undated))
        out = tuple(row for row in left if row.banyak)
        if self.tabel.remote is None:
            bacaan = repairs.take(self.bacaan, kept, out)
        else:
            remaining = self.tabel.keep(column, [days[i] for i in kept], day=True)
            bacaan = replace(self.bacaan, tabel=remaining, kemudian=(*self.bacaan.kemudian, *out))
        return replace(self, bacaan=bacaan, periode=wanted).noted(note)

    def account(self) -> Account:
        """Return what every sheet, column and row of the source was taken for, how surely, and why.

        Returns
        -------
        Account
            ``line()`` is the whole in one sentence, ``to_frame()`` one row a column and a class of rows,
            ``pertanyaan`` what is assumed or open with the option that settles it.

        Examples
        --------
        >>> import skm
        >>> akun = skm.read(skm.contoh()).account()
        >>> akun.adds_up, akun.line().text("en")
        (True, 'Read 9 unsur of 9, 341 of 341 rows of respondents, 0 columns and 1 sheets not used.')
        """
        return take_account(self.bacaan, str(self.sumber), self.sumber.tata_letak)

    def apply(self, *langkah: Repair) -> Survei:
        """Return the survey after repairs, in order, each recorded."""
        survei = self
        for step in langkah:
            bacaan, text = repairs.apply(survei.bacaan, step)
            if step.jenis == "kecualikan":
                survei = replace(survei, bacaan=bacaan, pengecualian=(*survei.pengecualian, text))
            else:
                survei = replace(survei, bacaan=bacaan, perbaikan=(*survei.perbaikan, text))
        return survei

    def recode(self, kolom: str, isi: Mapping[Any, Any]) -> Survei:
        """Return the survey with values of a characteristic or question changed; None empties a cell.

        Parameters
        ----------
        kolom : str
            Characteristic ("pekerjaan"), unsur ("waktu") or column.
        isi : mapping
            Old value -> new value; every old value must occur.
        """
        return self.apply(Repair("ubah-isi", kolom, dict(isi)))

    def merge_columns(self, unsur: str, kolom: Sequence[str] = ()) -> Survei:
        """Return the survey with the columns of a question that an edited form split put together again.

        Parameters
        ----------
        unsur : str
            The question.
        kolom : sequence of str, optional
            The columns. Default: those that were proposed (`usulan`).

        Raises
        ------
        DataError
            Somebody filled in more than one of them.
        """
        return self.apply(Repair("gabung-kolom", unsur, daftar=tuple(kolom)))

    def exclude(self, baris: Any, *, alasan: str) -> Survei:
        """Return the survey without some respondents, with the reason on record.

        Parameters
        ----------
        baris : mask, sequence or mapping
            A boolean per respondent, or row numbers as in the file ((file, sheet, number) where there are several),
            or a column (characteristic) and its values: ``{"layanan": ["uji coba"]}``, which works on engines too.
        alasan : str
            Printed with every result.
        """
        if isinstance(baris, Mapping):
            bacaan, text = repairs.without_values(self.bacaan, baris, alasan)
            return replace(self, bacaan=bacaan, pengecualian=(*self.pengecualian, text))
        if _is_mask(baris):
            mask = np.asarray(baris, dtype=bool)
            bacaan, text = repairs.without_rows(self.bacaan, mask, alasan)
            return replace(self, bacaan=bacaan, pengecualian=(*self.pengecualian, text))
        rows = tuple(tuple(b) if isinstance(b, (list, tuple)) else _int(b) for b in baris)
        return self.apply(Repair("kecualikan", daftar=rows, alasan=alasan))

    def deidentify(self) -> Survei:
        """Return the survey without personal columns, free text and times of day."""
        return self.apply(Repair("sembunyikan-pribadi"))

    def fingerprint(self) -> str:
        """Return a digest of answers, characteristics and repairs: same file and repairs, same text."""
        period = "" if self.periode is None else self.periode.label
        steps = [step.text("id") for step in (*self.perbaikan, *self.pengecualian)]
        log = (repairs.fingerprint(self.bacaan), period, *steps)
        return hashlib.sha256("\x1e".join(log).encode()).hexdigest()[:16]

    def to_frame(self, *, sumber: bool = False) -> pd.DataFrame:
        """Return answers as levels and the profile, one row per respondent; personal and other columns are left out.

        Columns are the ids of characteristics, ``tanggal`` where there are dates, and the ids of butir (nullable
        Int8). With ``sumber`` file, sheet and row number come first.
        """
        import pandas as pd

        data: dict[str, Any] = {}
        for column in self._columns(sumber=sumber):
            if column.bilangan:
                levels = np.array([v or 0 for v in column.isi], dtype=np.int8)
                data[column.nama] = pd.arrays.IntegerArray(levels, levels == 0)
            else:
                data[column.nama] = list(column.isi)
        return pd.DataFrame(data)

    def write(self, path: str | Path, *, pemisah: str = ";", sumber: bool = False, overwrite: bool = False) -> Path:
        """Write what `to_frame` holds; `skm.read` reads it back to the same figures.

        Parameters
        ----------
        path : str or Path
            .csv (UTF-8 with mark and semicolons, which Indonesian Excel opens), .xlsx, .parquet or .sav. Texts that
            a spreadsheet would take for formulas are written as text.
        pemisah : {";", ",", "tab"}
            Separator of CSV.
        sumber : bool
            Whether file, sheet and row number come along.
        overwrite : bool
            Whether a file that is there is replaced; otherwise it is an error. The file that was read is never written.
        """
        known = {u.id for u in self.bacaan.kuesioner.regulasi.unsur}
        columns = [
            replace(c, nama=f"{OWN}{c.nama}") if c.bilangan and c.nama not in known else c
            for c in self._columns(sumber=sumber)
        ]
        return export.write_table(columns, Path(path), pemisah=pemisah, overwrite=overwrite)

    def peran(self) -> list[tuple[str, str, str, str]]:
        """Return letter, name, role and meaning of every column; roles are codes such as "jawaban" and "pribadi"."""
        bacaan = self.bacaan
        special = bacaan.khusus
        roles: dict[str | None, tuple[str, str]] = {special.saran: ("saran", ""), special.tanggal: ("tanggal", "")}
        roles.update(dict.fromkeys(special.pribadi, ("pribadi", "")))
        roles.update(dict.fromkeys(special.kuis, ("kuis", "")))
        roles.update({column: ("ciri", key) for key, column in bacaan.profil.items()})
        roles.update({column: ("jawaban", butir) for butir, column in bacaan.kolom.items()})
        roles.update({name: ("usulan-gabung", butir) for butir, names in bacaan.usulan.items() for name in names})
        tempat = bacaan.tabel.tempat
        letters = tempat.bagian[0].huruf if tempat is not None and len(tempat.bagian) == 1 else {}
        return [(letters.get(n, ""), n, *roles.get(n, ("diabaikan", ""))) for n in bacaan.tabel.names]

    def kolom(self, lang: str | None = None) -> Table:
        """Return how every column was understood, as a table for people."""
        language = resolve_lang(lang)
        rows = [
            (letter, name, messages.text("survei", f"peran-{role}", language), meaning)
            for letter, name, role, meaning in self.peran()
        ]
        keys = ("huruf", "kolom", "peran", "arti")
        columns = tuple(TableColumn(k, messages.text("survei", f"kolom-{k}", language)) for k in keys)
        title = messages.text("survei", "kolom-tabel", language, sumber=str(self.sumber), layout=self.sumber.tata_letak)
        return Table(title, columns, tuple(rows), tuple(n.text(language) for n in self.catatan), language)

    def _columns(self, *, sumber: bool) -> list[export.ExportColumn]:
        columns: list[export.ExportColumn] = []
        if sumber and self.tabel.tempat is not None:
            ids = [self.tabel.tempat.id(i) for i in range(self.n)]
            columns += [
                export.ExportColumn(k, [row[i] for row in ids]) for i, k in enumerate(("berkas", "lembar", "baris"))
            ]
        for key, column in self.bacaan.profil.items():
            columns.append(export.ExportColumn(key, self.tabel.column(column).tolist()))
        stamp = self.bacaan.khusus.tanggal
        if stamp is not None and "tanggal" not in self.bacaan.profil:
            columns.append(export.ExportColumn("tanggal", self.tabel.column(stamp).tolist()))
        levels, _, _ = read_levels(self.bacaan)
        for butir, level in zip(self.bacaan.kuesioner.butir, levels, strict=True):
            labels = dict(enumerate(butir.label, start=1)) or None
            cells = [v or None for v in level.tolist()]
            columns.append(
                export.ExportColumn(butir.id, cells, bilangan=True, label=labels, judul=butir.tanya.get("id", ""))
            )
        return columns

    def _repr_html_(self) -> str:
        return self.account().table().to_html()

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        text = messages.text(
            "survei",
            "ringkas",
            None,
            n=format_count(self.n),
            unsur=len(self.bacaan.kuesioner.unsur),
            profil=len(self.bacaan.profil),
            sumber=str(self.sumber),
        )
        layout = f" ({self.sumber.tata_letak})" if self.sumber.tata_letak else ""
        span = self.rentang
        return text + layout + (f"; {span_text(span)}" if span else "") + (f"; {self.periode}" if self.periode else "")


def _is_mask(rows: Any) -> bool:
    if hasattr(rows, "dtype"):
        return str(rows.dtype) in ("bool", "boolean")
    return bool(len(rows)) and all(isinstance(r, (bool, np.bool_)) for r in rows)


def _int(row: Any) -> Any:
    return int(row) if isinstance(row, (int, np.integer)) else row
