"""Which layout a sheet has, decided by what stands in it. The list is public: `skm.io.LAYOUTS`, docs/tata-letak.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skm.answers.blocks import is_block_word
from skm.answers.cell_grammar import NO_ANSWER
from skm.answers.column_kinds import is_headless, shown_headers
from skm.answers.survei import FileSource, Survei
from skm.answers.understand import Reading, labels_of, understand
from skm.basics.errors import EmptyDataError, MissingColumnError, OptionError, SKMError
from skm.basics.period_in_text import named_period
from skm.basics.period_value import Periode
from skm.basics.sheets.grid import Sheet
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.io.layouts.ages import age_codes
from skm.io.layouts.aggregate import PrintedTable, is_processed, read_down, read_recap
from skm.io.layouts.code_lists import with_choices, with_codes
from skm.io.layouts.counts_table import level_of_header
from skm.io.layouts.grouped_counts import may_be_grouped, read_grouped
from skm.io.layouts.header import Header, coded_header, find_header, plain_header, table_header
from skm.io.layouts.legends import refuse_legends
from skm.io.layouts.long_rows import plain_table, read_long, read_packed, refuse_unclear_roles
from skm.io.layouts.respondents import Cut, cut, read_cut
from skm.io.layouts.turned import levels_down, respondents_across
from skm.io.layouts.units import is_recap
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

LAYOUTS: dict[str, str] = {
    "olah-data": "lembar olah data SKM: judul, kepala dua baris, U1..U9, blok jumlah/NRR/IKM di bawah",
    "lembar-data": "lembar data A1..A9 dengan kelompok umur berkode",
    "templat-unggah": "templat unggah dengan kepala gabungan PROFIL dan NILAI UNSUR PELAYANAN",
    "formulir-google": "ekspor Google Forms: kolom pertama cap waktu, pertanyaan berupa kalimat",
    "formulir-microsoft": "ekspor Microsoft Forms: ID, waktu mulai, waktu selesai, pertanyaan berupa kalimat",
    "tabel-rapi": "satu baris judul, satu baris per responden",
    "panjang": "satu baris per jawaban: responden, unsur, nilai",
    "padat": "semua jawaban seorang responden dalam satu sel: 4,3,4,...",
    "rekap": "satu baris per unit dengan NRR atau jumlah per unsur; dibaca sebagai Rekap",
    "tabel-nilai": "satu baris per unsur dengan nilainya; dibaca sebagai Rekap",
    "tabel-cacah": "satu baris per unsur dengan cacah jawaban 1-4; dibaca sebagai Hitungan",
}
RESPONDENTS = ("olah-data", "lembar-data", "templat-unggah", "formulir-google", "formulir-microsoft", "tabel-rapi")
_LOOKED_AT = 2_000  # rows that tell whether a table may hold answers one below the other
_TITLES, _WIDE = 12, 30  # rows and columns in which titles of a sheet stand
_WHAT_IT_IS = ("templat-kosong", "cacah-judul", "cacah-terbalik", "rekap-atau-responden")
_ANSWER_SHEET = re.compile(
    r"(?:form responses?|respons formulir|formulir tanggapan|tanggapan formulir|jawaban formulir|form1?)(?: \d+)?"
)


@dataclass(frozen=True, slots=True, eq=False)
class SheetReading:
    """One sheet, read: a survey, counts or printed results; how many unsur, whether a form wrote the sheet."""

    nilai: Survei | Hitungan | PrintedTable
    tata_letak: str
    unsur: int = 0
    formulir: bool = False


def read_sheet(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading:
    """Read one sheet as what it is.

    Raises
    ------
    MissingColumnError
        No answers were recognised.
    EmptyDataError
        Headers only.
    OptionError
        The sheet does not have the layout that was asked for.
    """
    if cara.layout is not None and cara.layout not in LAYOUTS:
        raise OptionError("opsi-tidak-dikenal", opsi="layout", nilai=cara.layout, pilihan=list(LAYOUTS))
    where = {"berkas": berkas, "lembar": sheet.nama or None}
    problem: SKMError | None = None
    other = ""
    for layouts, reader in _READERS:
        if cara.layout is not None and cara.layout not in layouts:
            continue
        try:
            read = reader(sheet, berkas, base, cara)
        except (MissingColumnError, EmptyDataError) as refused:
            # Another reader may yet understand the sheet, unless it is known what it is.
            if refused.code in _WHAT_IT_IS:
                raise refused.at(**where) from None
            problem = problem or refused
            continue
        if read is not None and _fits(read.tata_letak, cara.layout):
            return read
        other = other or (read.tata_letak if read is not None else "")
    if problem is not None:
        raise problem.at(**where) from None
    if cara.layout is not None:
        raise OptionError("tata-letak-tidak-cocok", layout=cara.layout, ditemukan=[other or "-"], **where)
    raise _not_understood(sheet, base, where)


def _not_understood(sheet: Sheet, base: Kuesioner, where: dict[str, Any]) -> SKMError:
    kepala = plain_header(sheet)
    if kepala is None or kepala.akhir + 1 >= len(sheet.baris):
        return EmptyDataError("data-kosong", **where)
    names = [n for n in kepala.nama if n is not None]
    if is_headless(names, labels_of(base)):
        return MissingColumnError("tanpa-judul", banyak=len(names), **where)
    tabel = plain_table(sheet, where["berkas"])
    if tabel is not None:
        refuse_unclear_roles(tabel.names, tabel.head(_LOOKED_AT), base, where)
    ready = "{" + ", ".join(f'"{u.id}": "?"' for u in base.regulasi.unsur) + "}"
    return MissingColumnError(
        "kolom-tidak-ada", tersedia=shown_headers(names)[:30], banyak=len(names), peta=ready, **where
    )


def _long(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    tabel = read_long(sheet, berkas, base, cara)
    return None if tabel is None else whole_table(tabel, sheet.nama, berkas, base, cara, "panjang")


def _grouped(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    """Return counts from rows of unsur, level and count, as a query that groups answers gives them."""
    kepala = table_header(sheet)
    if kepala is None or not may_be_grouped([name for name in kepala.nama if name is not None]):
        return None
    tabel = plain_table(sheet, berkas)
    counts = None if tabel is None else read_grouped(tabel, base, cara)
    return None if counts is None else SheetReading(counts, "tabel-cacah")


def _packed(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    found = read_packed(sheet, berkas)
    return None if found is None else whole_table(found[0], sheet.nama, berkas, base, cara, "padat")


def _means(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    down = read_down(sheet, base, _source(sheet, berkas, "tabel-nilai"), cara.u8, cara.labels(base))
    return None if down is None or isinstance(down, Hitungan) else SheetReading(down, "tabel-nilai")


def _horizontal(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    wanted = _mapped_columns(cara)
    kepala = find_header(sheet, base, wanted)
    if wanted and (kepala is None or not kepala.jawaban):
        kepala = plain_header(sheet)
    elif kepala is not None and not kepala.jawaban:
        return None
    if kepala is None:
        kepala = coded_header(sheet, base)
    if kepala is None:
        return None
    if not wanted and is_headless([n for n in kepala.nama if n is not None], labels_of(base)):
        raise MissingColumnError("tanpa-judul", banyak=len(kepala.nama))
    if wanted and not set(wanted) <= {n for n in kepala.nama if n}:
        missing = [w for w in wanted if w not in kepala.nama]
        names = [n for n in kepala.nama if n]
        raise MissingColumnError("kolom-peta-tidak-ada", kolom_hilang=missing, tersedia=shown_headers(names)[:30])
    form = _form(kepala)
    # A form repeats a question that was edited; of tables side by side a person may have chosen one.
    edited = bool(form) or bool(_ANSWER_SHEET.fullmatch(normalise(sheet.nama)))
    potongan = cut(sheet, berkas, kepala, base, forms=edited or any(map(is_block_word, cara.terima)))
    if cara.layout == "rekap" or (cara.layout is None and _is_recap(potongan, kepala, base, wanted)):
        recap = read_recap(potongan, kepala, base, _source(sheet, berkas, "rekap", kepala.akhir))
        return SheetReading(recap, "rekap")
    if not cara.labels(base):
        where = {"berkas": berkas} | ({"lembar": sheet.nama} if sheet.nama else {})
        refuse_legends(sheet, kepala, potongan.baris.tolist(), len(base.nilai), where)
    layout = form or _kind(kepala, potongan)
    bacaan = read_cut(sheet, potongan, base, cara)
    bacaan = age_codes(with_choices(with_codes(bacaan, cara.kode), sheet, potongan.letak))
    survei = Survei(bacaan, _source(sheet, berkas, layout, kepala.akhir))
    return SheetReading(survei, layout, len(bacaan.kuesioner.unsur), bool(form))


def _is_recap(potongan: Cut, kepala: Header, base: Kuesioner, wanted: Sequence[str]) -> bool:
    """Tell whether rows are units with means or totals; a map that names the columns has said that they are not.

    Raises
    ------
    MissingColumnError
        They may be.
    """
    return not wanted and (is_processed(potongan, kepala, base) or is_recap(potongan, kepala))


def _source(sheet: Sheet, berkas: str, layout: str, rows: int = _TITLES) -> FileSource:
    """Return where a table stands, with the one period that the titles above it name."""
    return FileSource(berkas, sheet.nama, layout, period_of_titles([sheet], rows))


def period_of_titles(sheets: Sequence[Sheet], rows: int = _TITLES) -> Periode | None:
    """Return the one period that the texts at the top of sheets name; None where they name none, or several."""
    tops = [row[:_WIDE] for sheet in sheets for row in sheet.baris[: min(rows, _TITLES)]]
    named = {(p.dari, p.hingga): p for row in tops for c in row if isinstance(c, str) and (p := named_period(c))}
    return next(iter(named.values())) if len(named) == 1 else None


def _counts(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    """Return level counts where the unsur stand one below the other and no row names several of them."""
    if _unsur_across(sheet, base):
        return None
    down = read_down(sheet, base, _source(sheet, berkas, "tabel-cacah"), cara.u8, cara.labels(base))
    return SheetReading(down, "tabel-cacah") if isinstance(down, Hitungan) else None


def _unsur_across(sheet: Sheet, base: Kuesioner) -> bool:
    """Tell whether a row names several unsur side by side."""
    kepala = find_header(sheet, base)
    across = [] if kepala is None else [kepala.nama[j] for j in kepala.jawaban]
    return sum(level_of_header((name or "").replace("%", ""), base) == NO_ANSWER for name in across) > 2


def _results(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    """Return printed values where the unsur stand one below the other and no row names several of them."""
    return None if _mapped_columns(cara) or _unsur_across(sheet, base) else _means(sheet, berkas, base, cara)


def _turned_counts(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    """Return level counts where the levels stand one below the other."""
    other = levels_down(sheet, base)
    return None if other is None else _counts(other, berkas, base, cara)


def _turned(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> SheetReading | None:
    """Return respondents that stand side by side, a column each."""
    other = respondents_across(sheet, base)
    read = None if other is None else _horizontal(other, berkas, base, cara)
    if read is None or not isinstance(read.nilai, Survei):
        return None
    note = Finding("lembar-diputar", "catatan", "io", {"banyak": read.nilai.n})
    return replace(read, nilai=read.nilai.noted(note))


def whole_table(tabel: Any, lembar: str, berkas: str, base: Kuesioner, cara: SheetOptions, layout: str) -> SheetReading:
    """Return the survey in a table with a row per respondent that was made of a sheet, or of several."""
    peta = cara.peta.kolom if cara.peta is not None and cara.peta.kolom else None
    where = {"berkas": berkas, "lembar": lembar or None}
    try:
        bacaan: Reading = understand(
            tabel,
            base,
            peta=dict(peta) if peta else None,
            u8=cara.u8,
            nilai_kosong=cara.nilai_kosong,
            terima=cara.terima,
            label=cara.labels(base),
            tempat=where,
        )
    except SKMError as problem:
        raise problem.at(**where) from None
    survei = Survei(age_codes(with_codes(bacaan, cara.kode)), FileSource(berkas, lembar, layout))
    return SheetReading(survei, layout, len(bacaan.kuesioner.unsur))


def _form(kepala: Header) -> str:
    """Return which form service wrote the header, or nothing."""
    heads = [normalise(name) for name in kepala.nama if name is not None]
    if {"start time", "completion time"} <= set(heads) or {"waktu mulai"} <= set(heads[:3]):
        return "formulir-microsoft"
    stamps = {"timestamp", "cap waktu", "stempel waktu"}
    if heads and (heads[0] in stamps or set(heads[:3]) & stamps):
        return "formulir-google"
    return ""


def _kind(kepala: Header, potongan: Cut) -> str:
    groups = {normalise(g) for g in kepala.grup if g}
    heads = {normalise(name) for name in kepala.nama if name is not None}
    if any(h.startswith("kelompok umur") for h in heads) and "a1" in heads:
        return "lembar-data"
    block = potongan.tercetak.nilai.keys() & {"nrr", "tertimbang"} or potongan.tercetak.ikm is not None
    if block or "pengolahan data survei" in kepala.judul:
        return "olah-data"
    if any(g.startswith(("profil", "nilai unsur", "identitas", "data responden")) for g in groups):
        return "templat-unggah"
    return "tabel-rapi"


def _fits(layout: str, wanted: str | None) -> bool:
    return wanted is None or layout == wanted or (layout in RESPONDENTS and wanted in RESPONDENTS)


def is_answer_sheet(name: str) -> bool:
    """Tell whether a form service gave the sheet its name."""
    return bool(_ANSWER_SHEET.fullmatch(normalise(name)))


def _mapped_columns(cara: SheetOptions) -> Sequence[str]:
    if cara.peta is None:
        return ()
    return [c for value in cara.peta.kolom.values() for c in ([value] if isinstance(value, str) else value)]


# In the order in which they are tried: what is told by few columns first.
_Reader = Callable[[Sheet, str, Kuesioner, SheetOptions], SheetReading | None]
_READERS: tuple[tuple[tuple[str, ...], _Reader], ...] = (
    (("tabel-cacah",), _grouped),
    (("panjang",), _long),
    (("tabel-cacah",), _counts),
    (("tabel-cacah",), _turned_counts),
    (RESPONDENTS, _turned),
    (("tabel-nilai",), _results),
    (("rekap", *RESPONDENTS), _horizontal),
    (("padat",), _packed),
    (("tabel-nilai",), _means),
)
