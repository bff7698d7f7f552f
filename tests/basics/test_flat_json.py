"""Records that are all written alike are read as columns: the same values as one by one, and nothing that is no JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.basics import strict_text
from skm.basics.errors import SKMError
from skm.basics.strict_text import json_columns, parse_json

KEYS = st.lists(st.text(alphabet="ab\\/ é\n", max_size=4), min_size=1, max_size=8, unique=True)
TEXTS = st.text(alphabet='ab"\\:,}é\u2028\n 1', max_size=8)
CELLS = st.one_of(TEXTS, st.integers(-9, 10**20), st.floats(-9, 9).map(lambda x: round(x, 3)), st.booleans(), st.none())
STYLES = [{"separators": (",", ":")}, {}, {"separators": (" , ", " : ")}, {"indent": 1}, {"ensure_ascii": False}]
PIECES = ['"', "\\", ",", ":", "{", "}", "[", "]", "\t", "\r", "\n", "1", " ", "é", "NaN", "1e999", "7" * 100, "\x00"]


def written(records: Sequence[dict[str, Any]], style: dict[str, Any], *, lines: bool) -> str:
    if lines:
        return "\n".join(json.dumps(record, **style) for record in records) + "\n"
    return json.dumps(records, **style)


def one_by_one(document: bytes, *, lines: bool) -> list[Any] | None:
    """Return what the reader of any document says; None where that is no JSON."""
    try:
        if not lines:
            return list(parse_json(document, "a.json", exact=False))
        return [parse_json(line, "a.json", exact=False) for line in document.split(b"\n") if line.strip()]
    except SKMError:
        return None


def at_once(document: bytes) -> dict[str, list[Any]] | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_text, "_LARGE", 0)
        return json_columns(document, "a.json")


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[dict[str, Any]], str, bool]:
    keys, lines = draw(KEYS), draw(st.booleans())
    rows = draw(st.lists(st.lists(CELLS, min_size=len(keys), max_size=len(keys)), min_size=2, max_size=5))
    records = [dict(zip(keys, row, strict=True)) for row in rows]
    style = draw(st.sampled_from([s for s in STYLES if not (lines and "indent" in s)]))
    return records, written(records, style, lines=lines), lines


@given(documents())
def test_records_written_alike_are_read_at_once(case: tuple[list[dict[str, Any]], str, bool]) -> None:
    records, text, _ = case
    columns = at_once(text.encode())
    assert columns is not None
    assert columns == {key: [record[key] for record in records] for key in records[0]}


@given(documents(), st.data())
def test_what_is_damaged_is_never_read_otherwise(case: tuple[list[Any], str, bool], data: st.DataObject) -> None:
    """Anything put in, left out or exchanged, pieces of the document itself among it."""
    _, text, _ = case
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        own = st.just(text[start:end]) | st.just(text[start : start + 8])
        place, gone = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 3))
        text = text[:place] + data.draw(st.sampled_from(PIECES) | own) + text[place + gone :]
    agrees(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1, "b": 2}, {"b": 3, "a": 4}]',
        '[{"a": 1, "b": 2}, {"c": 3, "b": 4}]',
        '[{"a": 1}, {"a": 2, "b": 3}]',
        '[{"a": 1}, {"a": {"a": 3}}]',
        '[{"a": 1}, {"a": [3]}]',
        '[{"a": 1}, {"a": "[3]"}]',
        '[{"a": 1,\t"b": 2}, {"a": 3,\t"b": 4}]',
        '[{"a": 1, "a": 2}, {"a": 3, "a": 4}]',
        '[{"a": 1, "b": 2}, {"a": 3,\t\t"b": 4}]',
        '[{"a": "x, "b": "y"}, {"a": "x", "b": "y"}]',
        '[{"a": NaN}, {"a": 1}]',
        '{"a": 1}\n{"a": 2}\n{"a": 3, "b": 4}',
        '{"a": 1}\n{"a":\n 2}',
        '{"a": 1}, {"a": 2}',
        '[{"a": 1}, {"a": 2}',
        '{"a": 1}\n{"a": 2}]',
        '[{"a": ' + "7" * 100 + '}, {"a": 2}]',
    ],
)
def test_what_is_written_otherwise_is_left_to_the_reader_of_any_document(text: str) -> None:
    assert at_once(text.encode()) is None


def agrees(document: bytes) -> None:
    columns = at_once(document)
    if columns is None:
        return
    records = one_by_one(document, lines=document.lstrip()[:1] == b"{")
    assert records is not None
    shown = [list(record.items()) for record in records]
    assert repr(shown) == repr([list(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)])


LONG = [
    {"id_responden": f"R-{person:05d}", "pertanyaan": f"u{unsur}", "jawaban": (person * unsur) % 4 + 1, "usia": 20.5}
    for person in range(250)
    for unsur in range(1, 10)
][:-1]


@pytest.mark.parametrize("lines", [False, True])
def test_a_file_gives_the_survey_that_its_records_give(tmp_path: Path, *, lines: bool) -> None:
    """The last respondent has left a question out; a text holds what ends a line elsewhere."""
    records = [{**record, "saran": "baik\u2028sekali"} for record in LONG]
    path = tmp_path / "a.json"
    path.write_text(written(records, {"ensure_ascii": False}, lines=lines), encoding="utf-8")
    assert json_columns(path.read_bytes(), path.name) is not None
    read, given_records = skm.read(path), skm.read(records)
    ours, theirs = skm.score(read).to_dict(), skm.score(given_records).to_dict()
    assert ours | {"provenance": None} == theirs | {"provenance": None}
    assert repr(read.account().lembar[0].kolom) == repr(given_records.account().lembar[0].kolom)
    path.write_text(written(records[:20], {"ensure_ascii": False}, lines=lines), encoding="utf-8")
    assert json_columns(path.read_bytes(), path.name) is None  # a small one goes the other way, with the same end
    assert skm.score(skm.read(path)).n == skm.score(skm.read(records[:20])).n == 3
