"""Folders, partitions and pieces: only data are read, keys of folders are columns, respondents are never cut apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import skm
from skm.errors import DataError, UnreadableFileError
from skm.io import large, read

CODES = [f"U{i}" for i in range(1, 10)]


def frame(n: int = 6, level: int = 4) -> pd.DataFrame:
    return pd.DataFrame([[level] * 9 for _ in range(n)], columns=CODES)


def long(n: int, start: int = 0) -> pd.DataFrame:
    rows = [
        {"id_responden": start + i, "unsur": f"U{k}", "nilai": (i + k) % 4 + 1, "layanan": "AB"[i % 2]}
        for i in range(n)
        for k in range(1, 10)
    ]
    return pd.DataFrame(rows)


def put(data: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pytest.importorskip("pyarrow")
        data.to_parquet(path, index=False)
    else:
        data.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
@pytest.mark.parametrize("name", ["_temporary/0/x", ".hidden", "_old", ".cache/x", "~$x"])
def test_what_is_hidden_is_no_data(ending: str, name: str, tmp_path: Path) -> None:
    """Names that begin with _ . or ~ are left alone, by folder and by pattern."""
    put(frame(), tmp_path / f"a{ending}")
    put(frame(level=1), tmp_path / f"{name}{ending}")
    assert skm.score(str(tmp_path)).ikm == 100
    assert skm.score(str(tmp_path / f"*{ending}")).ikm == 100


@pytest.mark.parametrize("mark", ["_delta_log/0.json", ".hoodie/x", "metadata/v1.metadata.json"])
def test_tables_of_other_formats_are_refused(mark: str, tmp_path: Path) -> None:
    """Their files hold rows that were deleted; the message says what opens them."""
    put(frame(), tmp_path / "part-0.parquet")
    (tmp_path / mark).parent.mkdir()
    (tmp_path / mark).write_text("{}")
    for source in (tmp_path, str(tmp_path / "*.parquet")):
        with pytest.raises(DataError) as problem:
            skm.read(source)
        assert problem.value.code == "folder-tabel"
        assert "skm.read" in problem.value.hint()


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_keys_of_folders_are_columns(ending: str, tmp_path: Path) -> None:
    """Hive folders keep the unit."""
    for unit, level in (("Dinas%20A", 4), ("Dinas%20B", 2)):
        put(frame(level=level), tmp_path / f"unit={unit}" / "tahun=2026" / f"a{ending}")
    per = skm.score_by(skm.read(tmp_path), "unit")
    assert {unit: float(h.ikm) for unit, h in per.items()} == {"Dinas A": 100.0, "Dinas B": 50.0}
    assert skm.score(skm.read(tmp_path)).n == 12


def cuts(data: pd.DataFrame) -> list[pd.DataFrame]:
    """Pieces that go through respondents."""
    return [data.iloc[:13], data.iloc[13:31], data.iloc[31:]]


@pytest.mark.parametrize("way", ["parquet", "csv", "list", "chunks", "polars"])
def test_respondents_cut_over_pieces_are_joined(way: str, tmp_path: Path) -> None:
    """Rows per answer in any pieces give the respondents that there are, whole."""
    data = long(8)
    whole = skm.score(data, kosong="hanya-lengkap")
    pieces = cuts(data)
    source: Any
    if way in ("parquet", "csv"):
        for i, piece in enumerate(pieces):
            put(piece, tmp_path / f"{i}.{way}")
        source = tmp_path
    elif way == "list":
        source = [str(put(piece, tmp_path / f"{i}.csv")) for i, piece in enumerate(pieces)]
    elif way == "chunks":
        source = iter(pieces)
    else:
        polars = pytest.importorskip("polars")
        source = [polars.from_pandas(piece) for piece in pieces]
    survei = skm.read(source)
    assert survei.account().adds_up
    hasil = skm.score(survei, kosong="hanya-lengkap")
    assert (hasil.n, hasil.ikm, hasil.provenance.sidik) == (8, whole.ikm, whole.provenance.sidik)


def test_the_same_numbers_in_two_units_are_two_persons_or_a_question(tmp_path: Path) -> None:
    """Numbers that start anew in every unit contradict each other until the unit is named."""
    put(long(4), tmp_path / "a.csv")
    put(long(4).assign(nilai=1), tmp_path / "b.csv")
    with pytest.raises(DataError) as problem:
        skm.read(tmp_path)
    assert problem.value.code == "responden-di-beberapa-berkas"
    assert skm.read(tmp_path, unit="nama-berkas").n == 8


def test_counts_of_long_pieces_are_not_added_up() -> None:
    """Whoever cut through respondents would count them twice; who knows better says so."""
    data = long(8)
    parts = [skm.tally(piece) for piece in (data.iloc[:36], data.iloc[36:])]
    with pytest.raises(DataError) as problem:
        skm.merge(parts)
    assert problem.value.code == "gabung-panjang"
    sure = skm.merge(skm.tally(piece, utuh=True) for piece in (data.iloc[:36], data.iloc[36:]))
    assert skm.score(sure).ikm == skm.score(data).ikm
    assert skm.score(skm.tally(iter(cuts(data)))).n == 8


def test_nothing_in_a_folder(tmp_path: Path) -> None:
    """A folder of hidden files only is empty."""
    put(frame(), tmp_path / "_a.csv")
    with pytest.raises(UnreadableFileError) as problem:
        skm.read(tmp_path)
    assert problem.value.code == "sumber-kosong"


def test_a_folder_of_text_files_too_large_to_hold_is_read_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a pattern: one table, file after file, none of them read whole; a sum of counts as of one frame."""
    parts = [frame(5, level).assign(unit=f"Unit {level}") for level in (1, 2, 4)]
    for name, part in zip("abc", parts, strict=True):
        put(part, tmp_path / f"{name}.csv")
    wanted = skm.tally(pd.concat(parts), "unit")
    held = skm.tally(tmp_path, "unit")
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(read, "expand", lambda source: pytest.fail(f"read whole: {source}"))
    in_parts = skm.tally(tmp_path, "unit")
    for found in (held, in_parts):
        assert (found.label, found.semua.tolist()) == (wanted.label, wanted.semua.tolist())


@pytest.mark.parametrize("other", ["b.csv", "b.xlsx"])
def test_a_folder_of_unlike_files_is_some_of_many_however_large(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other headers, or a workbook among them: each file is understood by itself."""
    monkeypatch.setattr(large, "LARGE", 1)
    put(frame(5, 1), tmp_path / "a.csv")
    turned = frame(5, 3)[CODES[::-1]]
    if other.endswith(".csv"):
        put(turned, tmp_path / other)
    else:
        turned.to_excel(tmp_path / other, index=False)
    assert (skm.score(tmp_path).n, skm.score(tmp_path).ikm) == (10, 50)


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("call", [skm.read, skm.audit, skm.tally, skm.report.collect])
def test_an_empty_name_is_not_the_current_folder(
    name: str, call: Callable[[str], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that was not filled in counts no files that happen to lie here."""
    (tmp_path / "a.csv").write_text("U1,U2,U3,U4,U5,U6,U7,U8,U9\n" + "4,4,4,4,4,4,4,4,4\n" * 3, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(skm.errors.SKMError):
        call(name)
