"""Taking the account of an understood table: what every column was taken for, and what became of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from skm.answers.account import RESPONDENTS, Account, ColumnAccount, OpenQuestion, RowAccount, SheetAccount
from skm.answers.cells import decode
from skm.answers.column import holds_nothing
from skm.answers.column_kinds import is_identity, shown_header
from skm.answers.placed import Placed
from skm.answers.questions import questions_in
from skm.answers.understand import Reading
from skm.regulasi._unsur import order_of

_SHORT: WeakKeyDictionary[Reading, Account] = WeakKeyDictionary()
_ROLES = {
    "instrumen": "instrumen-lain",
    "blok-lain": "instrumen-lain",
    "bukan-unsur": "bukan-unsur",
    "kosong": "kosong",
}


def take_account(bacaan: Reading, sumber: str, tata_letak: str) -> Account:
    """Return the account of a survey: of its one table, or of the sheets it was joined from."""
    sheets = bacaan.lembar or (sheet_account(bacaan),)
    return _account(bacaan, sumber, tata_letak, (*sheets, *bacaan.lembar_lain), tuple(questions_in(bacaan)))


def in_short(bacaan: Reading) -> Account:
    """Return the account without looking at a single cell: enough for its one-line form.

    The rows of a table whose number costs something to learn are not told.
    """
    # One survey is scored many times, and what it is made of does not change.
    if (known := _SHORT.get(bacaan)) is None:
        sheets = bacaan.lembar or (sheet_account(bacaan, cells=False),)
        known = _SHORT[bacaan] = _account(bacaan, "", "", (*sheets, *bacaan.lembar_lain), ())
    return known


def sheet_account(bacaan: Reading, *, cells: bool = True) -> SheetAccount:
    """Return the account of one table; without ``cells`` its answers are not counted."""
    tabel = bacaan.tabel
    columns = [_column(bacaan, name, position, cells=cells) for position, name in enumerate(tabel.names)]
    letters = [ColumnAccount("", letter, "tanpa-judul", "", "lemah", "tanpa-judul") for letter in bacaan.kolom_lain]
    later = sum(row.banyak for row in bacaan.kemudian)
    counted = isinstance(tabel.banyak, int) or (cells and not _out_of_reach(bacaan))
    kept = tabel.n if counted else 0
    rows = [*bacaan.baris_lain, RowAccount(RESPONDENTS, kept + later)]
    if tabel.asal:
        rows.insert(0, RowAccount("jawaban-per-baris", tabel.asal))
    berkas, lembar = str(bacaan.tempat.get("berkas") or ""), str(bacaan.tempat.get("lembar") or "")
    return SheetAccount(berkas, lembar, "dibaca", (*columns, *letters), tuple(rows))


def _out_of_reach(bacaan: Reading) -> bool:
    """Tell whether the cells are out of reach: gone through once only, or held by an engine that counts them there."""
    source = bacaan.tabel.sumber
    return bacaan.tabel.remote is not None or (source is not None and source[1].sekali)


def _account(
    bacaan: Reading, sumber: str, tata_letak: str, sheets: tuple[SheetAccount, ...], asked: tuple[OpenQuestion, ...]
) -> Account:
    unsur = len(dict.fromkeys(b.unsur for b in bacaan.kuesioner.butir))
    n = sum(s.responden for s in sheets) - sum(row.banyak for row in bacaan.kemudian)
    standard = len(order_of(bacaan.kuesioner.regulasi))
    return Account(sumber, tata_letak, sheets, bacaan.kemudian, n, unsur, standard, asked)


def _column(bacaan: Reading, name: str, position: int, *, cells: bool) -> ColumnAccount:
    placed = bacaan.alasan.get(name) or Placed("pasti", "peta" if name in bacaan.kolom.values() else "")
    role, meaning = _role(bacaan, name, placed)
    tempat = bacaan.tabel.tempat
    letters = tempat.bagian[0].huruf if tempat is not None and len(tempat.bagian) == 1 else {}
    letter = letters.get(name, "")
    column = ColumnAccount(
        shown_header(name, letter, position), letter, role, meaning, placed.kekuatan, placed.alasan, placed.rinci
    )
    if role != "jawaban" or not cells or _out_of_reach(bacaan):
        return column
    butir = next(b for b in bacaan.kuesioner.butir if b.id == meaning)
    values = bacaan.tabel.column(name)
    read = decode(values, butir, bacaan.aturan)
    answers = int((read.level > 0).sum())
    wrong = len(read.salah)
    return replace(
        column,
        jawaban=answers,
        dinamai=read.dinamai_kosong,
        salah=wrong,
        kosong=len(values) - answers - wrong - read.dinamai_kosong,
    )


def _role(bacaan: Reading, name: str, placed: Placed) -> tuple[str, str]:
    special = bacaan.khusus
    for butir, column in bacaan.kolom.items():
        if column == name:
            return "jawaban", butir
    for butir, columns in bacaan.usulan.items():
        if name in columns:
            return "usulan-gabung", butir
    for key, column in bacaan.profil.items():
        if column == name:
            return "ciri", key
    if name in special.pribadi:
        return "pribadi", ""
    if name == special.tanggal:
        return "tanggal", ""
    if name == special.saran:
        return "saran", ""
    if name in special.kuis:
        return "kuis", ""
    if is_identity(name):
        return "identitas", ""
    return _ROLES.get(placed.alasan, "tidak-dipakai"), ""


def blanks_in(values: Sequence[Any]) -> int:
    """Return how many values are blanks."""
    return sum(1 for value in values if holds_nothing(value))
