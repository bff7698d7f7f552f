"""Wrong answers on an engine: how many, in which columns, and where, by key columns; never a value of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NoReturn

from skm.answers import cells
from skm.answers.cells import WrongCell
from skm.answers.column_kinds import is_identity, is_personal
from skm.answers.frames.remote import ROWS, RelationalTable
from skm.answers.understand import Reading
from skm.counts.engines.keys import Keys
from skm.counts.engines.packed import Levels
from skm.regulasi._kuesioner import Butir, Kuesioner

_SHOWN = 8


def place_columns(bacaan: Reading, keys: Keys) -> tuple[str, ...]:
    """Return the columns that say where a wrong answer stands: those of the groups, else what numbers the rows."""
    names = [name for name in bacaan.tabel.names if is_identity(name) and not is_personal(name)]
    return keys.columns or tuple(names[:1])


def refuse(
    table: RelationalTable,
    bacaan: Reading,
    butir: Sequence[Butir],
    levels: Sequence[Levels],
    keys: Keys,
    many: list[int],
) -> NoReturn:
    """Raise the error that tells all wrong answers together.

    Raises
    ------
    InvalidAnswerError
        Always.
    """
    columns = place_columns(bacaan, keys)
    places = replace(keys, by=columns, columns=columns)
    found: list[tuple[Butir, Any, list[Any]]] = []
    top = list(range(1, len(bacaan.kuesioner.nilai) + 1))
    for position, (asked, number) in enumerate(zip(butir, many, strict=True)):
        if not number or len(found) >= _SHOWN:
            continue
        raw = "_skm_v"
        seen = table.chosen(
            {name: places.term(table, i) for i, name in enumerate(places.names)}
            | {f"_skm_{position}": levels[position].term(table), raw: table.value(bacaan.kolom[asked.id])}
        )
        term = seen.value(f"_skm_{position}")
        good = seen.case([(seen.missing(term), 1), (seen.among(term, top), 1)], 0)
        seen = seen.where(seen.among(good, [0]))
        grouped = seen.grouped([*places.names, raw], {ROWS: seen.size()})
        answer = grouped.fetch(_SHOWN)
        rows = zip(*answer[: len(columns)], strict=True) if columns else [()] * len(answer[-1])
        for labels, value in zip(rows, answer[len(columns)], strict=True):
            shown = [places.label(i, label) for i, label in enumerate(labels)]
            found.append((asked, value, shown))
    raise_for(bacaan, columns, found, sum(many))


def raise_for(
    bacaan: Reading, columns: Sequence[str], found: Sequence[tuple[Butir, Any, list[Any]]], many: int
) -> NoReturn:
    """Raise the error about wrong answers, given some of them with their place.

    Raises
    ------
    InvalidAnswerError
        Always.
    """
    salah = [WrongCell(asked.id, i, value) for i, (asked, value, _) in enumerate(found)]
    baris = [", ".join(f"{c} = {label}" for c, label in zip(columns, row, strict=True)) for _, _, row in found]
    cells.refuse(
        salah,
        _without_labels(bacaan.kuesioner),
        bacaan.kolom,
        baris,
        lebih=many - len(salah),
        teks=bacaan.aturan.spasi_kosong,
        bentuk="sel-mesin" if columns else "sel-mesin-tanpa-kunci",
    )
    raise AssertionError  # pragma: no cover - there is at least one wrong answer


def _without_labels(kuesioner: Kuesioner) -> Kuesioner:
    """Return the questionnaire without labels: what is nearly one of them is not quoted either."""
    return kuesioner.with_butir([replace(b, label=()) for b in kuesioner.butir])
