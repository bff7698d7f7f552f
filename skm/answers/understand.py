"""Any table -> an understood table: which column is which question, and how cells are read.

Understood are frames of pandas, Polars (eager and lazy), PyArrow (tables, datasets, readers) and DuckDB, whatever
hands over an Arrow stream, other eager frames (through narwhals), mappings of arrays, structured and plain NumPy
arrays, lists of records, and long rows (respondent, unsur, answer). `counts.reduce` turns them into counts.

Other engines need no code here: reduce each partition where it lies with `skm.tally` and add up the counts with
`skm.merge`; they are small, and the sum does not depend on how the rows were divided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells
from skm.answers.account import RowAccount, SheetAccount
from skm.answers.cells import CellRules, WrongCell
from skm.answers.choice_columns import choice_columns, one_mark
from skm.answers.column import cleaned
from skm.answers.column_cells import BesideCells, filled
from skm.answers.column_kinds import OtherColumns, Pandang, is_headless, shown_headers, sort_out
from skm.answers.column_look import far_viewer, viewer
from skm.answers.label_sets import longer_legend, turned_legend
from skm.answers.match import match_columns
from skm.answers.placed import Placed, profile_columns, reasons
from skm.answers.table import RawTable, open_table
from skm.basics.dates import Urutan
from skm.basics.errors import DataError, EmptyDataError, InvalidAnswerError, MissingColumnError, OptionError, SKMError
from skm.basics.limits import limit, setting
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner, custom


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Reading:
    """A table together with the understanding of it: which column is which butir, and how cells are read.

    ``baris`` names each row for messages (an Excel row, an index label); None counts from 0. ``halangan`` is what
    must be settled before anything is counted, ``usulan`` what is proposed to settle it: butir -> columns that look
    like one question split in two.

    The rest is for the account: ``alasan`` says how each column was placed, ``baris_lain`` and ``kolom_lain`` what else
    stood in the source, ``kemudian`` which respondents were left out after reading, ``lembar`` of which sheets a joined
    survey is made, ``lembar_lain`` which sheets were not read. ``tingkat`` are the levels of a characteristic that are
    known beforehand, met or not.
    """

    tabel: RawTable
    kuesioner: Kuesioner
    kuesioner_dasar: Kuesioner
    kolom: dict[str, str]
    profil: dict[str, str]
    aturan: CellRules
    u8: str
    catatan: tuple[Finding, ...] = ()
    baris: Sequence[Any] | None = None
    tempat: dict[str, Any] = field(default_factory=dict)
    khusus: OtherColumns = field(default_factory=OtherColumns)
    halangan: tuple[SKMError, ...] = ()
    usulan: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alasan: Mapping[str, Placed] = field(default_factory=dict)
    baris_lain: tuple[RowAccount, ...] = ()
    kolom_lain: tuple[str, ...] = ()
    kemudian: tuple[RowAccount, ...] = ()
    lembar: tuple[SheetAccount, ...] = ()
    lembar_lain: tuple[SheetAccount, ...] = ()
    urutan: Urutan | None = None
    tingkat: dict[str, tuple[str, ...]] = field(default_factory=dict)


def understand(
    data: Any,
    kuesioner: Kuesioner,
    *,
    peta: dict[str, Any] | None = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    label: Mapping[str, Mapping[str, int]] | None = None,
    tempat: dict[str, Any] | None = None,
    terima: Sequence[str] = (),
) -> Reading:
    """Find the answers in a table.

    Parameters
    ----------
    data : table
        See the module's first lines.
    kuesioner : Kuesioner
        The questionnaire that headers are matched with.
    peta : dict, optional
        An office's own map of unsur to column or columns; nothing is matched then.
    u8 : {"pengaduan", "sarana"}, optional
        What an unnamed U8 means.
    nilai_kosong : sequence
        Values that mean "not answered".
    columns : sequence of str, optional
        Names of the columns of a plain two-dimensional array.
    label : mapping, optional
        Butir id -> normalised text -> level: an office's own labels, besides the questionnaire's.
    tempat : dict, optional
        File and sheet, for messages.
    terima : sequence of str
        Proposals that were accepted; see `answers.match.match_columns`.
    """
    tabel = data if isinstance(data, RawTable) else open_table(data, columns)
    if tabel.banyak == 0:
        raise EmptyDataError("data-kosong")
    if len(tabel.names) > limit("kolom-survei"):
        most = limit("kolom-survei")
        raise DataError("tabel-terlalu-lebar", banyak=len(tabel.names), batas=most, anjuran=setting("kolom-survei"))
    if peta is None and is_headless(tabel.names, labels_of(kuesioner)):
        raise MissingColumnError("tanpa-judul", banyak=len(tabel.names))
    notes = tabel.catatan
    far = tabel.remote
    isi = viewer(tabel, kuesioner, cells.text_rules(kuesioner)) if far is None else far_viewer(far.kinds)
    halangan: tuple[SKMError, ...] = ()
    usulan: dict[str, tuple[str, ...]] = {}
    alasan: dict[str, Placed] = {}
    if peta is not None:
        own, kolom = custom(peta, kuesioner)
        absent = [column for column in kolom.values() if column not in tabel.names]
        if absent:
            raise MissingColumnError(
                "kolom-peta-tidak-ada", kolom_hilang=absent, tersedia=shown_headers(tabel.names)[:30]
            )
        others = [name for name in tabel.names if name not in kolom.values()]
        profil, u8_text = profile_columns(others, kuesioner, isi), "bernama"
        khusus = sort_out([name for name in others if name not in profil.values()], isi)
        alasan = reasons(
            tabel.names, kolom, profil, khusus, dict.fromkeys(kolom.values(), Placed("pasti", "peta")), isi
        )
    else:
        match = match_columns(tabel.names, kuesioner, u8=u8, isi=isi, terima=terima, cells=_cells(tabel, kuesioner))
        own, kolom, profil, u8_text, khusus = match.kuesioner, match.kolom, match.profil, match.u8, match.khusus
        notes += match.catatan
        alasan = match.alasan
        usulan = {butir: (kolom[butir], *more) for butir, more in match.ganda.items()}
        _refuse_choices(tabel, usulan, isi)
        halangan = tuple(_split(tabel, butir, names) for butir, names in usulan.items())
    for butir, column in kolom.items():
        if butir not in (label or {}):
            refuse_legend(column, len(own.nilai), kolom=column)
    parts: dict[str, list[str]] = {}
    for question in own.butir:
        parts.setdefault(question.unsur, []).append(kolom[question.id])
    _refuse_choices(tabel, parts, isi)
    rules = cells.text_rules(own)
    for butir, own_labels in (label or {}).items():
        if butir in rules:
            rules[butir] = {**rules[butir], **own_labels}
    aturan = CellRules(len(own.nilai), rules, tuple(nilai_kosong), spasi_kosong=True)
    if far is None:
        notes += letters(own, rules, {butir: isi(column).nilai for butir, column in kolom.items()})
    return Reading(
        tabel,
        own,
        kuesioner,
        kolom,
        profil,
        aturan,
        u8_text,
        notes,
        tabel.baris,
        tempat or {},
        khusus,
        halangan,
        usulan,
        alasan,
    )


def _cells(tabel: RawTable, base: Kuesioner) -> BesideCells | None:
    """Return what compares columns; None for a table on an engine or one that is gone through once."""
    within = tabel.remote is None and (tabel.sumber is None or not tabel.sumber[1].sekali)
    return BesideCells(tabel, cells.text_rules(base), len(base.nilai)) if within else None


def refuse_legend(text: str, levels: int, **where: str) -> None:
    """Refuse a header whose own legend has another direction, or more levels, than the questionnaire.

    Raises
    ------
    InvalidAnswerError
        Its best label stands at the low end, or it names a level beyond the scale.
    """
    if turned := turned_legend(text, levels):
        raise InvalidAnswerError("skala-terbalik", pilihan=[f"{turned[-1]}-terbaik", f"{turned[0]}-terbaik"], **where)
    if longer := longer_legend(text, levels):
        raise InvalidAnswerError("judul-skala-lain", banyak=longer, **where)


def letters(
    kuesioner: Kuesioner, rules: Mapping[str, Mapping[str, int]], values: Mapping[str, Iterable[Any]]
) -> tuple[Finding, ...]:
    """Return the note that tells which level each letter was read as, where answers are letters.

    a = 1 is the regulation's own order; an office whose A is best is told, and how to turn it.
    """
    used: dict[str, int] = {}
    for butir, seen in values.items():
        table = rules.get(butir, {})
        cells_of = (v.strip(" ().\"'").casefold() for v in seen if isinstance(v, str) and len(v) <= 6)
        used |= {cell: table[cell] for cell in cells_of if cell in kuesioner.huruf and cell in table}
    turned = {
        code: level
        for table in rules.values()
        for code, level in table.items()
        if len(code) == 1 and code.isdigit() and not kuesioner.angka and level != int(code)
    }
    if not used:
        pairs = [f"{code} = {level}" for code, level in sorted(turned.items())]
        return (Finding("huruf-arah", "catatan", "catatan", {"arah": pairs}),) if pairs else ()
    every = {letter: level for table in rules.values() for letter, level in table.items() if letter in kuesioner.huruf}
    pairs = [f"{letter} = {level}" for letter, level in sorted(every.items())]
    return (Finding("huruf-arah", "catatan", "catatan", {"arah": pairs}),)


def labels_of(kuesioner: Kuesioner) -> frozenset[str]:
    """Return every printed answer of a questionnaire, normalised."""
    every = (*kuesioner.makna, *(label for b in kuesioner.butir for label in b.label))
    return frozenset(map(normalise, every))


def _refuse_choices(tabel: RawTable, questions: Mapping[str, Sequence[str]], isi: Pandang) -> None:
    """Refuse questions whose several columns are the choices of one answer; see `answers.choice_columns`.

    A question that was found in one column may have its other choices beside it, under names that say nothing.

    Raises
    ------
    InvalidAnswerError
        Some are. A table on an engine, or one that is gone through once, is not looked into.
    """
    if tabel.remote is not None or (tabel.sumber is not None and tabel.sumber[1].sekali):
        return
    taken = {c for columns in questions.values() for c in columns}
    wide = {
        q: columns if len(columns) > 1 else _beside(columns[0], tabel.names, taken, isi)
        for q, columns in questions.items()
    }
    several = {question: columns for question, columns in wide.items() if len(columns) > 1}
    found = choice_columns({question: [tabel.column(c) for c in columns] for question, columns in several.items()})
    if found:
        shown = shown_headers(list(several[found[0]]))
        raise InvalidAnswerError("pilihan-per-kolom", unsur=found[0], banyak=len(found), kolom_lain=shown)


def _beside(column: str, names: Sequence[str], taken: Collection[str], isi: Pandang) -> list[str]:
    """Return a column with those around it, as long as each holds one mark only and is no other question."""
    if not one_mark(isi(column).nilai):
        return [column]
    at = names.index(column)
    group = [column]
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(names) and names[i] not in taken and one_mark(isi(names[i]).nilai):
            group.append(names[i])
            i += step
    return sorted(group, key=names.index)


def _split(tabel: RawTable, butir: str, names: tuple[str, ...]) -> SKMError:
    """Return what is wrong with several columns of one question.

    Raises
    ------
    MissingColumnError
        Some respondent answered more than one of them: they are several questions, or one is a mistake.
    """
    if tabel.remote is not None:
        raise MissingColumnError("kolom-ganda", kolom=names[1], lain=names[0], unsur=butir)
    often = sum(filled(tabel.column(name)).astype(np.int64) for name in names)
    if int(np.max(often)) > 1:
        raise MissingColumnError("kolom-ganda", kolom=names[1], lain=names[0], unsur=butir)
    return MissingColumnError("kolom-terbelah", unsur=butir, pilihan=list(names))


def read_levels(bacaan: Reading) -> tuple[list[NDArray[np.int8]], tuple[WrongCell, ...], int]:
    """Decode all answer columns: levels per butir, wrong cells, how many cells were named as blank."""
    levels: list[NDArray[np.int8]] = []
    salah: list[WrongCell] = []
    named = 0
    for butir in bacaan.kuesioner.butir:
        terbaca = cells.decode(bacaan.tabel.column(bacaan.kolom[butir.id]), butir, bacaan.aturan)
        levels.append(terbaca.level)
        salah.extend(terbaca.salah)
        named += terbaca.dinamai_kosong
    return levels, tuple(salah), named


def row_labels(bacaan: Reading, key: str) -> list[Any]:
    """Return every row's label of a key, as groups are labelled; None where it is blank.

    Raises
    ------
    OptionError
        No such column or characteristic.
    """
    (column,) = group_columns(bacaan, (key,))
    return [cleaned(value) for value in bacaan.tabel.column(column).tolist()]


def group_columns(bacaan: Reading, by: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that the keys of a grouping mean.

    Raises
    ------
    OptionError
        No such column or characteristic.
    """
    return tuple(_column_of(bacaan, key) for key in by)


def _column_of(bacaan: Reading, key: str) -> str:
    column = bacaan.profil.get(key, key)
    if column in bacaan.khusus.pribadi:
        raise OptionError("kolom-pribadi", opsi="by", kolom=column)
    if column not in bacaan.tabel.names:
        hidden = {*bacaan.kolom.values(), *bacaan.khusus.pribadi}
        choices = [*bacaan.profil, *(n for n in bacaan.tabel.names if n not in hidden)]
        raise OptionError("opsi-tidak-dikenal", opsi="by", nilai=key, pilihan=list(dict.fromkeys(choices)))
    return column
