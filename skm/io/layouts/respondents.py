"""One row per respondent, whatever stands around the rows: titles, merged headers, a block of sums, empty lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.account import RowAccount
from skm.answers.cell_grammar import NO_ANSWER, level_of_text
from skm.answers.cells import text_rules
from skm.answers.choice_columns import choice_columns
from skm.answers.code_runs import is_code
from skm.answers.column_kinds import is_identity
from skm.answers.label_sets import looks_missing
from skm.answers.place import RowPlaces, SheetPlace
from skm.answers.placed import profile_columns
from skm.answers.table import RawTable
from skm.answers.understand import Reading, read_levels, understand
from skm.basics.errors import DataError, EmptyDataError, InvalidAnswerError, SKMError
from skm.basics.sheets.grid import Sheet, blanks, clean, is_empty
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.layouts.foot_rows import foot_rows
from skm.io.layouts.footer import FooterFigures, compare, read_block
from skm.io.layouts.header import Header, first_row, unique_names
from skm.io.layouts.labelled_sums import Answered, labelled_sums, rows_below
from skm.io.layouts.legend_rows import legend_rows
from skm.io.layouts.repeated_header import repeated_headers
from skm.io.layouts.worded_numbers import worded_rows
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import unsur_id

_EXPLAINS = re.compile(r"\s*[1-6a-f]\s*[=:]\s*\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The rows of respondents cut out of a sheet: columns by name, and what was noticed while cutting."""

    tabel: RawTable
    letak: dict[str, int]
    baris: NDArray[np.intp]
    tercetak: FooterFigures
    catatan: tuple[Finding, ...] = ()
    lain: tuple[RowAccount, ...] = ()
    kolom_lain: tuple[str, ...] = ()


def cut(sheet: Sheet, berkas: str, kepala: Header, base: Kuesioner, *, forms: bool) -> Cut:
    """Cut the rows of respondents out of a sheet.

    Raises
    ------
    EmptyDataError
        There is no respondent below the header.
    DataError
        A name that matters occurs twice, or rows that look like respondents stand below the block of sums.
    """
    where = {"berkas": berkas, "lembar": sheet.nama or None}
    names, doubled = unique_names(kepala, base, forms=forms, where=where)
    start = first_row(sheet, kepala)
    columns = _columns(sheet, start, len(names))
    if not columns:
        raise EmptyDataError("data-kosong", **where)
    answers = [j for j in kepala.jawaban if j < len(columns)]
    _refuse_spans(names, columns, answers, sheet, where)
    again = repeated_headers(columns, answers, sheet, start)
    legend = legend_rows(columns, base)
    columns = list(_emptied(columns, legend))
    answered = Answered(columns, answers, base)
    sums = labelled_sums(_emptied(columns, again.tolist()), answered)
    end, own = sums.akhir, _describing(names, answers, base)
    foot = foot_rows(_emptied(columns, sums.tengah), answers, own, end, len(base.nilai), float(base.regulasi.konversi))
    end = min(foot.awal, _formulas(columns, answers, names, foot.awal, sheet, start))
    kept, notes = _respondents(columns, names, answers, end, sheet, start, base)
    if gone := [*again.tolist(), *sums.tengah]:
        kept = np.setdiff1d(kept, gone, assume_unique=True)
    numbering = [columns[j] for j, name in enumerate(names) if j not in answers and name and is_identity(name)]
    if worded := worded_rows(numbering, kept.tolist(), answered) if answers else []:
        kept = kept[: len(kept) - len(worded)]
    notes += _passed_over(sheet, start, again.tolist(), sums.tengah, legend, worded)
    kinds = {start + i: kind for i, kind in foot.jenis.items()}
    used = range(start, start + end)
    block = read_block(sheet, start + end, {j: str(names[j]) for j in answers}, base, used, kinds)
    if not len(kept):
        raise EmptyDataError("templat-kosong" if end < len(columns[0]) or answers else "data-kosong", **where)
    if answers and (lost := rows_below(answered, end, [*foot.jenis, *again.tolist()])):
        shown = [sheet.nomor[start + i] for i in lost[:5]]
        raise DataError("data-di-bawah-jumlah", banyak=len(lost), contoh=shown, **where)
    nameless = [sheet.letter(j) or str(j + 1) for j, n in enumerate(names) if n is None and _any(columns[j][kept])]
    if nameless:
        notes.append(Finding("kolom-tanpa-judul", "catatan", "io", {"banyak": len(nameless), "kolom": nameless[:10]}))
    if doubled:
        notes.append(Finding("judul-dinomori", "catatan", "io", {"kolom": doubled}))
    nomor = np.fromiter(sheet.nomor, np.int64, len(sheet.nomor))[start + kept]
    if sheet.fakta.tersembunyi and (hidden := int(np.isin(nomor, list(sheet.fakta.tersembunyi)).sum())):
        notes.append(Finding("baris-tersembunyi", "catatan", "io", {"banyak": hidden}))
    place = {str(name): j for j, name in enumerate(names) if name is not None}
    asked = set(answers)
    ready = {name: _compact(columns[j][kept]) if j in asked else columns[j][kept] for name, j in place.items()}
    bagian = SheetPlace(
        berkas, sheet.nama, {name: sheet.letter(j) for name, j in place.items()} if sheet.buku_kerja else {}
    )
    tempat = RowPlaces.single(bagian, nomor)
    numbers = tempat.nomor.tolist()
    tabel = RawTable(tuple(place), len(kept), ready.__getitem__, lambda _: None, numbers, tuple(notes), tempat=tempat)
    lain = _other_rows(sheet, columns, start, end, kept, again, sums.tengah, legend)
    return Cut(tabel, place, kept + start, block, tuple(notes), lain, tuple(nameless))


def _refuse_spans(
    names: Sequence[str | None],
    columns: Sequence[NDArray[Any]],
    answers: Sequence[int],
    sheet: Sheet,
    where: Mapping[str, Any],
) -> None:
    """Refuse questions whose header spans columns without a name, one for each choice.

    Raises
    ------
    InvalidAnswerError
        See `answers.choice_columns`.
    """
    spans: dict[str, list[int]] = {}
    for j in answers:
        end = next((i for i in range(j + 1, len(names)) if names[i] is not None), len(names))
        if end - j > 1:
            spans[str(names[j])] = [*range(j, end)]
    if not spans:
        return
    if found := choice_columns({name: [columns[j] for j in span] for name, span in spans.items()}):
        letters = [sheet.letter(j) or str(j + 1) for j in spans[found[0]]]
        raise InvalidAnswerError("pilihan-per-kolom", unsur=found[0], banyak=len(found), kolom_lain=letters, **where)


def _columns(sheet: Sheet, start: int, many: int) -> list[NDArray[Any]]:
    """Return the cleaned columns below the header; rows of text stop at their last filled cell."""
    columns = [clean(values) for values in zip_longest(*sheet.baris[start:])] if start < len(sheet.baris) else []
    if columns and len(columns) < many:
        columns += [np.full(len(columns[0]), None, dtype=object)] * (many - len(columns))
    return columns[:many]


def _passed_over(
    sheet: Sheet,
    start: int,
    again: Sequence[int],
    middle: Sequence[int],
    legend: Sequence[int],
    worded: Sequence[int],
) -> list[Finding]:
    """Return what is told about rows between and below the respondents that are none."""
    notes = []
    headers, between = Finding("judul-berulang", "catatan", "io"), Finding("jumlah-di-tengah", "catatan", "io")
    coded, others = Finding("baris-legenda", "catatan", "io"), Finding("baris-tanpa-nomor", "catatan", "io")
    for note, rows in ((headers, again), (between, middle), (coded, legend), (others, worded)):
        if rows:
            shown = [sheet.nomor[start + i] for i in rows[:5]]
            notes.append(replace(note, bukti={"banyak": len(rows), "contoh": shown}))
    return notes


def _compact(values: NDArray[Any]) -> NDArray[Any]:
    """Return a column of whole numbers as an array of them, which is read at once; any other column as it is."""
    if set(map(type, values.tolist())) != {int}:
        return values
    try:
        return values.astype(np.int64)
    except OverflowError:
        return values


def _other_rows(
    sheet: Sheet,
    columns: Sequence[NDArray[Any]],
    start: int,
    end: int,
    kept: NDArray[np.intp],
    again: NDArray[np.intp],
    middle: Sequence[int],
    legend: Sequence[int],
) -> tuple[RowAccount, ...]:
    """Return the classes of rows that are no respondents; with those the rows of the sheet are all told."""
    n = len(columns[0])
    rest = np.flatnonzero(~_among(kept, n))
    blank = np.logical_and.reduce([blanks(column[rest]) for column in columns])
    explained = _among(legend, n)[rest]
    foot, head, between = (rest >= end) & ~explained, _among(again, n)[rest], _among(middle, n)[rest]
    idle = ~blank & ~foot & ~head & ~between
    classes = (
        ("legenda", explained),
        ("kosong", blank & ~foot & ~explained),
        ("judul-berulang", head),
        ("jumlah-di-tengah", between),
        ("tanpa-isi", idle),
        ("kaki", foot & ~head),
    )
    found = [RowAccount("judul", start, tuple(sheet.nomor[i] for i in range(min(start, 3))))]
    for name, mask in classes:
        rows = rest[mask]
        found.append(RowAccount(name, len(rows), tuple(sheet.nomor[start + int(i)] for i in rows[:3])))
    return tuple(row for row in found if row.banyak)


def _among(rows: Sequence[int] | NDArray[np.intp], n: int) -> NDArray[np.bool_]:
    """Return which of n rows are among some; NumPy's own set functions import its masked arrays, 9 ms of a start."""
    mask = np.zeros(n, dtype=bool)
    mask[np.asarray(rows, dtype=np.intp)] = True
    return mask


def read_cut(sheet: Sheet, potongan: Cut, base: Kuesioner, cara: SheetOptions) -> Reading:
    """Understand the rows, compare them with the block below, and stop at cells that hide something.

    Raises
    ------
    MissingColumnError
        See `answers.match.match_columns`.
    """
    bagian = potongan.tabel.tempat
    where = {"berkas": bagian.bagian[0].berkas, "lembar": sheet.nama or None} if bagian else {}
    peta = dict(cara.peta.kolom) if cara.peta is not None and cara.peta.kolom else None
    named = False
    if peta is None and potongan.tercetak.nama and cara.u8 is None:
        peta, named = _map_from_list(potongan, base), True
    try:
        bacaan = understand(
            potongan.tabel,
            base,
            peta=peta,
            u8=cara.u8,
            nilai_kosong=cara.nilai_kosong,
            terima=cara.terima,
            label=cara.labels(base),
            tempat=where,
        )
    except SKMError as problem:
        raise problem.at(**where) from None
    if named:
        ignored = [
            n for n in potongan.tabel.names if n not in bacaan.kolom.values() and n not in bacaan.profil.values()
        ]
        extra = [n for n in ignored if not is_identity(n) and n not in (bacaan.khusus.saran, *bacaan.khusus.pribadi)]
        if extra:
            note = Finding("kolom-diabaikan", "catatan", "catatan", {"kolom": extra, "banyak": len(extra)})
            bacaan = replace(bacaan, catatan=(*bacaan.catatan, note))
    if cara.peta is not None and cara.peta.profil:
        bacaan = replace(bacaan, profil=bacaan.profil | dict(cara.peta.profil))
    if sheet.fakta.buta and any(None in bacaan.tabel.column(c).tolist() for c in bacaan.kolom.values()):
        bacaan = replace(bacaan, catatan=(*bacaan.catatan, Finding("xls-galat", "catatan", "io", {})))
    troubles = _hidden_troubles(sheet, potongan, bacaan, where)
    if sheet.fakta.buta and _all_ones(bacaan):
        # The format of a cell is not seen in .xls, and 100 % is a 1 there.
        troubles.append(DataError("xls-semua-satu", **where))
    bacaan = replace(
        bacaan,
        halangan=(*bacaan.halangan, *troubles),
        baris_lain=potongan.lain,
        kolom_lain=potongan.kolom_lain,
    )
    return _compared(bacaan, potongan)


def _all_ones(bacaan: Reading) -> bool:
    """Tell whether every answer is the number 1, as a form of percentages would have it."""
    values = {v for column in bacaan.kolom.values() for v in bacaan.tabel.column(column).tolist() if v is not None}
    return bool(values) and all(type(v) in (int, float) and v == 1 for v in values)


def _emptied(columns: Sequence[NDArray[Any]], rows: Sequence[int]) -> Sequence[NDArray[Any]]:
    """Return the columns with some rows empty."""
    if not rows:
        return columns
    copies = [column.copy() for column in columns]
    for column in copies:
        column[list(rows)] = None
    return copies


def _describing(names: Sequence[str | None], answers: Sequence[int], base: Kuesioner) -> list[int]:
    """Return the columns that number or describe respondents."""
    persons = set(profile_columns([n for n in names if n is not None], base).values())
    return [j for j, n in enumerate(names) if n is not None and j not in answers and (n in persons or is_identity(n))]


def _formulas(
    columns: Sequence[NDArray[Any]],
    answers: Sequence[int],
    names: Sequence[str | None],
    end: int,
    sheet: Sheet,
    start: int,
) -> int:
    """Return where rows begin whose answers are formulas that no program calculated: totals, not respondents."""
    if not sheet.fakta.rumus or not answers:
        return end
    others = [j for j, n in enumerate(names) if n is not None and j not in answers]
    at, proof = end, False
    for i in range(end - 1, -1, -1):
        filled = [j for j in range(len(columns)) if columns[j][i] is not None]
        formulas = [j for j in answers if (sheet.nomor[start + i], sheet.kolom_awal + j) in sheet.fakta.rumus]
        own = [j for j in filled if j in answers and j not in formulas]
        if formulas and not own and not any(j in others and not isinstance(columns[j][i], str) for j in filled):
            at, proof = i, proof or len(formulas) * 2 > len(answers)
        elif filled:
            break
    return at if proof else end


def _respondents(
    columns: Sequence[NDArray[Any]],
    names: Sequence[str | None],
    answers: Sequence[int],
    end: int,
    sheet: Sheet,
    start: int,
    base: Kuesioner,
) -> tuple[NDArray[np.intp], list[Finding]]:
    """Return the rows that are respondents, and what was passed over."""
    blank = [blanks(column[:end]) for column in columns]
    empty = np.logical_and.reduce(blank)
    idle = np.zeros(end, dtype=bool)
    if answers:
        unanswered = np.logical_and.reduce([blank[j] for j in answers])
        persons = set(profile_columns([n for n in names if n is not None], base).values())
        telling = [
            j
            for j, n in enumerate(names)
            if n is not None and j not in answers and (n in persons or not is_identity(n))
        ]
        silent = np.logical_and.reduce([blank[j] for j in telling]) if telling else np.ones(end, dtype=bool)
        filled = len(columns) - np.sum(blank, axis=0)
        idle = unanswered & ~empty & (silent | ((filled == 1) & (len(columns) > 3)))
        # Formulas per row leave a 0 in a column of sums on rows that nobody filled in.
        zeros = [np.equal(columns[j][:end], 0).astype(bool) | blank[j] for j in telling]
        if zeros:
            idle |= unanswered & ~empty & np.logical_and.reduce(zeros)
        idle |= _closing(columns, names, answers, empty, base)
    kept = np.flatnonzero(~empty & ~idle)
    notes = []
    if len(kept) and (inside := int(empty[: kept[-1]].sum())):
        notes.append(Finding("baris-kosong", "catatan", "io", {"banyak": inside}))
    if idle.any():
        shown = [sheet.nomor[start + int(i)] for i in np.flatnonzero(idle)[:5]]
        notes.append(Finding("baris-tanpa-isi", "catatan", "io", {"banyak": int(idle.sum()), "contoh": shown}))
    return kept, notes


def _closing(
    columns: Sequence[NDArray[Any]],
    names: Sequence[str | None],
    answers: Sequence[int],
    empty: NDArray[np.bool_],
    base: Kuesioner,
) -> NDArray[np.bool_]:
    """Return the rows below the last answer that are remarks or a signature, wherever on the sheet they stand.

    They hold texts only, in three cells at most, and no number; a text under an unsur that is no answer there and
    stands nowhere else in its column is no answer here either.
    """
    closing = np.zeros(len(empty), dtype=bool)
    rules: dict[str, int] = {}
    often: dict[int, Counter[Any]] = {}  # asked about texts only

    def times(j: int, value: Any) -> int:
        if j not in often:
            often[j] = Counter(columns[j][: len(empty)].tolist())
        return often[j][value]

    def says(text: str) -> bool:
        for table in () if rules else text_rules(base).values():
            rules.update(table)
        return level_of_text(text, rules, len(base.nilai)) != NO_ANSWER

    def legend(i: int, text: str) -> bool:
        """Tell whether a text alone in its row explains a code: "1 = Tidak baik" below the table."""
        return bool(_EXPLAINS.match(text)) and sum(column[i] is not None for column in columns) == 1

    def answered(i: int) -> bool:
        return any(
            not (isinstance(value, str) or _long(value))
            or times(j, value) > 1
            or (isinstance(value, str) and says(value) and not legend(i, value))
            or looks_missing(value)
            for j in answers
            if (value := columns[j][i]) is not None
        )

    numbering = [j for j, name in enumerate(names) if name is not None and is_identity(name)]
    for i in range(len(empty) - 1, -1, -1):
        if empty[i]:
            continue
        if answered(i):
            break
        cells = [column[i] for column in columns if column[i] is not None]
        numbered = any(
            not isinstance(columns[j][i], (str, type(None))) or str(columns[j][i]).isdigit() for j in numbering
        )
        closing[i] = not numbered and len(cells) <= 3 and all(isinstance(c, str) or _long(c) for c in cells)
    return closing


def _long(value: Any) -> bool:
    """Tell whether a number is one of a person's, such as a NIP."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 10**7


def _map_from_list(potongan: Cut, base: Kuesioner) -> dict[str, Any] | None:
    """Return unsur -> column from the sheet's own list of names; columns without a name there are an error later."""
    answers = {j: name for name, j in potongan.letak.items() if is_code(name)}
    named = potongan.tercetak.nama
    if set(answers) - set(named):
        return None
    peta: dict[str, Any] = {}
    for j in sorted(answers):
        peta.setdefault(_unsur_of(named[j], base), answers[j])
    return peta if len(peta) == len(answers) else None


def _unsur_of(name: str, base: Kuesioner) -> str:
    synonyms = {normalise(s): b.unsur for b in base.butir for s in b.sinonim}
    return synonyms.get(normalise(name)) or unsur_id(name, base.regulasi)


def _hidden_troubles(sheet: Sheet, potongan: Cut, bacaan: Reading, where: dict[str, Any]) -> list[SKMError]:
    """Return errors for cells of answers that a reader sees as blanks though they are not."""
    first, last = sheet.nomor[int(potongan.baris[0])], sheet.nomor[int(potongan.baris[-1])]
    asked = {sheet.kolom_awal + potongan.letak[c] for c in bacaan.kolom.values() if c in potongan.letak}
    kept = {sheet.nomor[i] for i in potongan.baris.tolist()} if sheet.fakta.galat or sheet.fakta.rumus else set()
    problems: list[SKMError] = []
    for code, cells in (("sel-galat", sheet.fakta.galat), ("rumus-tanpa-nilai", sheet.fakta.rumus)):
        found = sorted((row, column) for row, column in cells if column in asked and row in kept)
        if found:
            places = [sheet.letter(column - sheet.kolom_awal) + str(row) for row, column in found]
            problems.append(DataError(code, banyak=len(found), tempat=", ".join(places[:8]), **where))
    merged = [
        (r1, c1, r2, c2)
        for r1, c1, r2, c2 in sheet.fakta.gabungan
        if first <= r2 and r1 <= last and any(c1 <= column <= c2 for column in asked)
    ]
    if merged:
        ranges = [
            f"{sheet.letter(c1 - sheet.kolom_awal)}{r1}:{sheet.letter(c2 - sheet.kolom_awal)}{r2}"
            for r1, c1, r2, c2 in merged
        ]
        problems.append(DataError("sel-gabungan", banyak=len(merged), tempat=", ".join(ranges[:8]), **where))
    return problems


def _compared(bacaan: Reading, potongan: Cut) -> Reading:
    block = potongan.tercetak
    if bacaan.halangan or (not block.nilai and block.ikm is None):
        return bacaan
    levels, wrong, _ = read_levels(bacaan)
    if wrong:
        return bacaan
    place = {potongan.letak[bacaan.kolom[b.id]]: i for i, b in enumerate(bacaan.kuesioner.butir)}
    totals = {j: int(levels[i].sum()) for j, i in place.items()}
    answered = {j: int((levels[i] > 0).sum()) for j, i in place.items()}
    names = {j: name for name, j in potongan.letak.items()}
    return replace(
        bacaan, catatan=(*bacaan.catatan, *compare(block, totals, answered, names, bacaan.kuesioner.regulasi.konversi))
    )


def _any(values: NDArray[Any]) -> bool:
    return any(not is_empty(v) for v in values.tolist())
