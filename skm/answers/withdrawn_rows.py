"""Rows of which the table itself says that they no longer count: deleted, rejected, a draft, a test of the form.

Applications keep them in the same table and mark them; whoever exports the table gets them too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.accepted import WITH_WITHDRAWN, WITHOUT_WITHDRAWN
from skm.answers.column import holds_nothing
from skm.answers.column_kinds import lists, shown_header
from skm.answers.label_sets import looks_missing
from skm.answers.survei import Survei
from skm.basics.errors import DataError
from skm.basics.values import Finding, Tingkat
from skm.basics.words import normalise

_NO = frozenset({"0", "false", "tidak", "no", "n", "f"})
_LONGEST = 60
_LAST = re.compile(r"[/.:]")


def settle_withdrawn(survei: Survei, terima: Sequence[str]) -> Survei:
    """Return the survey without rows that are marked as withdrawn, or with them, as was accepted.

    Where nobody has said which, the figure waits for the answer. Where rows lie on an engine, are read in parts or
    are single answers, the columns that may mark them are told: what they hold is not looked at.
    """
    tabel = survei.tabel
    counted = {*survei.bacaan.kolom.values(), *survei.bacaan.profil.values()}
    others = [(i, c) for i, c in enumerate(tabel.names) if c not in counted and len(c) <= _LONGEST]
    telling = [(i, column, kind) for i, column in others if (kind := _kind(column)) is not None]
    if telling and (tabel.remote is not None or tabel.lazy or tabel.long):
        return _told(survei, telling)
    for position, column, kind in telling:
        marked = _marked(tabel.column(column), kind)
        if not marked.any() or marked.all():
            continue
        words = {normalise(word) for word in terima}
        shown = shown_header(column, "", position)
        facts = {"banyak": int(marked.sum()), "n": len(marked), "kolom": shown}
        if normalise(WITHOUT_WITHDRAWN) in words:
            return settle_withdrawn(survei.exclude(marked, alasan=f"{shown}: {WITHOUT_WITHDRAWN}"), terima)
        if normalise(WITH_WITHDRAWN) in words:
            return survei.noted(Finding("baris-batal-ikut", "peringatan", "io", facts))
        choices = [WITHOUT_WITHDRAWN, WITH_WITHDRAWN]
        return survei.stopped(
            DataError("baris-batal", terima=WITHOUT_WITHDRAWN, lain=WITH_WITHDRAWN, kata=choices, **facts)
        )
    return survei


def _told(survei: Survei, telling: Sequence[tuple[int, str, str]]) -> Survei:
    """Tell which columns may mark rows; of single answers in memory only those that do mark some."""
    tabel = survei.tabel
    if tabel.remote is None and not tabel.lazy:
        telling = [(i, column, kind) for i, column, kind in telling if _marked(tabel.column(column), kind).any()]
    if not telling:
        return survei
    # A column "status" may say anything; one called deleted_at says one thing.
    how: Tingkat = "catatan" if all(kind == "status" for _, _, kind in telling) else "peringatan"
    columns = [shown_header(column, "", i) for i, column, _ in telling]
    return survei.noted(Finding("baris-batal-tidak-dilihat", how, "io", {"kolom": columns}))


def _kind(column: str) -> str | None:
    key = normalise(_LAST.split(column)[-1])
    return next((kind for kind in ("batal", "sah", "status") if key in lists()[f"baris_{kind}"]), None)


def _marked(values: NDArray[Any], kind: str) -> NDArray[np.bool_]:
    """Tell which rows a column marks: by anything, by a "no", or by a word for it."""
    seen: dict[tuple[type, Any], bool] = {}
    words = lists()["baris_status_batal"]

    def mark(value: Any) -> bool:
        if holds_nothing(value):
            return False
        text = str(value).strip().casefold().removesuffix(".0")
        if kind == "status":
            return normalise(text) in words
        denied = text in _NO or (kind == "batal" and looks_missing(value))
        return denied if kind == "sah" else not denied

    out = []
    for value in values.tolist():
        key = (type(value), value if type(value).__hash__ is not None else str(value))
        if key not in seen:
            seen[key] = mark(value)
        out.append(seen[key])
    return np.array(out, dtype=bool)
