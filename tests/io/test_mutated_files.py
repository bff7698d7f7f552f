"""Readers under mutated files: whatever is done to a valid file, it is read or refused with an error of ours."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.amounts import examples

import skm
from skm.answers.survei import Survei
from skm.errors import SKMError, SKMWarning

pytestmark = pytest.mark.slow

CODES = [f"U{i}" for i in range(1, 10)]
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
CELLS = st.one_of(
    st.none(),
    st.integers(-3, 9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["Jumlah", "NRR/Unsur", "U1", "Sangat sesuai", "4 - Mudah", "★★★", "2026-07-01", "Sarana", "Nama"]),
    st.dates(),
)


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [["Tanggal", "Nama", "Jenis Kelamin", *CODES], *[["2026-07-01", "Orang", "L", *[3] * 9]] * 8]:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def accept(content: bytes) -> None:
    """Read, and if it was read, score, check and show: every way out is a value or one of our errors."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SKMWarning)
            use(skm.read(io.BytesIO(content)))
    except SKMError as problem:
        said = str(problem)
        assert said


def use(read: Any) -> None:
    if isinstance(read, Survei):
        assert repr(read.kolom())
        assert repr(skm.check(read))
        skm.score(read)


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=20), st.integers(0, 3))
def test_bytes_of_a_workbook(changes: list[tuple[int, int]], cut: int) -> None:
    """Flipped bytes and a missing tail."""
    content = bytearray(workbook())
    for place, value in changes:
        content[place % len(content)] = value
    accept(bytes(content[: len(content) - cut * 97]))


@SETTINGS
@given(
    st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=8), st.integers(0, 8)), min_size=1, max_size=6),
)
def test_parts_of_a_workbook(part: str, changes: list[tuple[int, bytes, int]]) -> None:
    """Mutated XML inside a sound archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == part:
                for place, text, gone in changes:
                    at = place % (len(data) + 1)
                    data = data[:at] + text + data[at + gone :]
            new.writestr(entry.filename, data)
    accept(made.getvalue())


@SETTINGS
@given(st.lists(st.lists(CELLS, max_size=14), max_size=14), st.integers(0, 3))
def test_any_cells_in_a_workbook(rows: list[list[Any]], where: int) -> None:
    """Rows of anything, with a header somewhere or nowhere."""
    book = openpyxl.Workbook()
    rows.insert(min(where, len(rows)), ["No", *CODES])
    for row in rows:
        book.active.append([c if not isinstance(c, str) or not c.startswith("=") else f"x{c}" for c in row])
    made = io.BytesIO()
    try:
        book.save(made)
    except (ValueError, openpyxl.utils.exceptions.IllegalCharacterError):
        return
    accept(made.getvalue())


@examples(15, 150, st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """No prefix of anything is a crash."""
    for start in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PAR1",
        b"$FL2",
        b"\xff\xfe",
        b"U1;U2;U3\n1;2;3\n",
    ):
        accept(start + content)


@SETTINGS
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]), st.sampled_from(";,\t|"))
def test_any_text(text: str, encoding: str, separator: str) -> None:
    """Text tables in every encoding with anything below the header."""
    head = separator.join(CODES)
    accept(f"{head}\n{text}\n".encode(encoding, errors="replace"))


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_of_parquet(changes: list[tuple[int, int]]) -> None:
    """Parquet with flipped bytes."""
    accept(mutated(typed()[0], changes))


@examples(8, 20, st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_of_sav(changes: list[tuple[int, int]]) -> None:
    """.sav with flipped bytes, some of which bring the C library down: an error of ours all the same."""
    accept(mutated(typed()[1], changes))


def mutated(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    made = bytearray(content)
    for place, value in changes:
        made[place % len(made)] = value
    return bytes(made)


@cache
def typed() -> tuple[bytes, ...]:
    import tempfile

    pytest.importorskip("pyreadstat")
    pytest.importorskip("pyarrow")
    with tempfile.TemporaryDirectory() as folder:
        survei = skm.read(io.BytesIO(workbook()))
        return tuple(survei.write(Path(folder) / name).read_bytes() for name in ("a.parquet", "a.sav"))


def test_a_header_that_lies_about_its_size() -> None:
    """A part whose size in the directory is too small is a damaged file, not a smaller one."""
    content = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    directory = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    content[directory + 24 : directory + 28] = (entry.file_size - 40).to_bytes(4, "little")
    with pytest.raises(SKMError):
        skm.read(io.BytesIO(bytes(content)))
    assert zlib.crc32(b"") == 0
