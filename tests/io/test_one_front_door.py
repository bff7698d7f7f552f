"""The same answers through every door give the same figure, codes and counts: files, frames, records, databases."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections import namedtuple
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import skm
from skm.errors import DataError, OptionError, UnreadableFileError

UNSUR = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
LABELS = {
    "persyaratan": ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    "waktu": ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
}


def answers(n: int = 40) -> list[dict[str, Any]]:
    """Rows with numbers, numbers as text, labels, blanks of two kinds, a characteristic and a name."""
    rng = np.random.default_rng(7)
    rows = []
    for i in range(n):
        levels = rng.integers(1, 5, 9).tolist()
        row: dict[str, Any] = {"Nama": f"Siti Aminah {i}", "Layanan": ["KTP", "KK"][i % 2]}
        for u, level in zip(UNSUR, levels, strict=True):
            row[u] = LABELS[u][level - 1] if u in LABELS else str(level)
        if i % 7 == 0:
            row["biaya"] = None
        if i % 11 == 0:
            row["sarana"] = ""
        rows.append(row)
    return rows


ROWS = answers()
NAMES = list(ROWS[0])


def xlsx(tmp: Path) -> Any:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(NAMES)
    for row in ROWS:
        sheet.append(list(row.values()))
    book.save(tmp / "a.xlsx")
    return tmp / "a.xlsx"


def ods(tmp: Path) -> Any:
    def cell(value: Any) -> str:
        return (
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            if value
            else "<table:table-cell/>"
        )

    rows = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (NAMES, *(r.values() for r in ROWS))
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    xml = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(tmp / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>')
    return tmp / "a.ods"


def csv_file(tmp: Path) -> Any:
    with (tmp / "a.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, NAMES)
        writer.writeheader()
        writer.writerows(ROWS)
    return str(tmp / "a.csv")


def csv_indonesian(tmp: Path) -> Any:
    with (tmp / "b.csv").open("w", newline="", encoding="utf-8-sig") as out:
        out.write("sep=;\r\n")
        writer = csv.DictWriter(out, NAMES, delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(ROWS)
    return tmp / "b.csv"


def sqlite_rows(rows: bool) -> Callable[[Path], Any]:
    def build(_: Path) -> Any:
        base = sqlite3.connect(":memory:")
        columns = ", ".join(f'"{n}" TEXT' for n in NAMES)
        base.execute(f"CREATE TABLE jawaban ({columns})")
        marks = ", ".join("?" * len(NAMES))
        base.executemany(f"INSERT INTO jawaban VALUES ({marks})", [tuple(r.values()) for r in ROWS])
        if rows:
            base.row_factory = sqlite3.Row
            return base.execute("SELECT * FROM jawaban").fetchall()
        return base.execute("SELECT * FROM jawaban")

    return build


def sqlalchemy_result(_: Path) -> Any:
    sql = pytest.importorskip("sqlalchemy")
    engine = sql.create_engine("sqlite://")
    pd.DataFrame(ROWS).to_sql("jawaban", engine, index=False)
    return engine.connect().execute(sql.text("SELECT * FROM jawaban"))


def polars_frame(lazy: bool) -> Callable[[Path], Any]:
    def build(_: Path) -> Any:
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame(ROWS)
        return frame.lazy() if lazy else frame

    return build


def arrow(kind: str) -> Callable[[Path], Any]:
    def build(tmp: Path) -> Any:
        pa = pytest.importorskip("pyarrow")
        table = pa.Table.from_pylist(ROWS)
        if kind == "reader":
            return table.to_reader()
        if kind == "parquet":
            from pyarrow import parquet

            parquet.write_table(table, tmp / "a.parquet")
            return tmp / "a.parquet"
        return table

    return build


def duck(kind: str) -> Callable[[Path], Any]:
    def build(_: Path) -> Any:
        duckdb = pytest.importorskip("duckdb")
        frame = pd.DataFrame(ROWS)
        relation = duckdb.from_df(frame)
        if kind == "relation":
            return relation
        base = duckdb.connect()
        base.register("jawaban", frame)
        return base.execute("SELECT * FROM jawaban")

    return build


def long_rows(_: Path) -> Any:
    return [
        {"responden": i, "layanan": row["Layanan"], "unsur": u, "nilai": row[u]}
        for i, row in enumerate(ROWS)
        for u in UNSUR
    ]


def chunks(_: Path) -> Any:
    frame = pd.DataFrame(ROWS)
    return (frame.iloc[i : i + 9] for i in range(0, len(frame), 9))


Row = namedtuple("Row", NAMES)

DOORS: dict[str, Callable[[Path], Any]] = {
    "xlsx": xlsx,
    "ods": ods,
    "csv": csv_file,
    "csv-indonesia": csv_indonesian,
    "bytes": lambda tmp: Path(csv_file(tmp)).read_bytes(),
    "stream": lambda tmp: io.BytesIO(Path(xlsx(tmp)).read_bytes()),
    "text-stream": lambda tmp: io.StringIO(Path(csv_file(tmp)).read_text(encoding="utf-8")),
    "json": lambda tmp: _written(tmp / "a.json", json.dumps(ROWS)),
    "json-lines": lambda tmp: _written(tmp / "a.jsonl", "\n".join(map(json.dumps, ROWS))),
    "records": lambda _: ROWS,
    "generator": lambda _: (dict(row) for row in ROWS),
    "named-tuples": lambda _: [Row(**row) for row in ROWS],
    "columns": lambda _: {name: [row[name] for row in ROWS] for name in NAMES},
    "rows-with-header": lambda _: [NAMES, *[list(row.values()) for row in ROWS]],
    "pandas": lambda _: pd.DataFrame(ROWS),
    "pandas-strings": lambda _: pd.DataFrame(ROWS).astype("string"),
    "pandas-chunks": chunks,
    "list-of-frames": lambda tmp: list(chunks(tmp)),
    "polars": polars_frame(lazy=False),
    "polars-lazy": polars_frame(lazy=True),
    "arrow": arrow("table"),
    "arrow-reader": arrow("reader"),
    "parquet": arrow("parquet"),
    "duckdb": duck("relation"),
    "duckdb-cursor": duck("cursor"),
    "sqlite-rows": sqlite_rows(rows=True),
    "sqlite-cursor": sqlite_rows(rows=False),
    "sqlalchemy": sqlalchemy_result,
    "long": long_rows,
}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expected() -> skm.HasilIKM:
    return skm.score(ROWS)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same(door: str, tmp_path: Path, expected: skm.HasilIKM) -> None:
    """Figure, counts and fingerprint are those of the records; read first or not is the same."""
    hasil = skm.score(DOORS[door](tmp_path))
    assert (hasil.ikm, hasil.n, hasil.provenance.sidik) == (expected.ikm, expected.n, expected.provenance.sidik)
    assert {k: u.n for k, u in hasil.unsur.items()} == {k: u.n for k, u in expected.unsur.items()}
    assert skm.score(skm.read(DOORS[door](tmp_path))).ikm == expected.ikm


@pytest.mark.parametrize("door", [d for d in DOORS if d not in ("long",)])
@pytest.mark.parametrize("bad", ["-1", "5", "3%", "tidak tahu sama sekali"])
def test_every_door_refuses_alike(door: str, bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that is no answer has the same code everywhere."""
    changed = [dict(row) for row in ROWS]
    changed[20]["prosedur"] = bad
    monkeypatch.setattr(__import__(__name__, fromlist=["ROWS"]), "ROWS", changed)
    codes = set()
    for source in (changed, DOORS[door](tmp_path)):
        with pytest.raises(DataError) as problem:
            skm.score(source)
        codes.add(problem.value.code)
        assert "Siti" not in str(problem.value)
    assert len(codes) == 1


def test_names_never_leave_a_frame() -> None:
    """Columns of persons are known as such in frames, in every message and listing."""
    survei = skm.read(ROWS)
    assert survei.bacaan.khusus.pribadi == ("Nama",)
    with pytest.raises(OptionError) as problem:
        skm.score_by(ROWS, "Nama")
    assert problem.value.code == "kolom-pribadi"
    assert "Siti" not in repr(survei) + str(skm.check(ROWS).table().to_text())


GROUPED = [
    {"unit": unit, "unsur": f"U{i}", "nilai": str(level), "jumlah": (i + level) % 3 + 5}
    for unit in ("Dinas A", "Dinas B")
    for i in range(1, 10)
    for level in range(1, 5)
]


def test_grouped_counts_are_read() -> None:
    """What GROUP BY unit, unsur, nilai returns is counts by unit, and their total."""
    by_hand = {f"U{i}": [2 * ((i + level) % 3 + 5) for level in range(1, 5)] for i in range(1, 10)}
    n = max(map(sum, by_hand.values()))
    assert isinstance(skm.read(GROUPED), skm.Hitungan)
    assert skm.score(GROUPED, u8="sarana").ikm == skm.score_counts(by_hand, n=n, u8="sarana").ikm
    per = skm.score_by(pd.DataFrame(GROUPED), "unit")
    assert list(per) == ["Dinas A", "Dinas B"]
    with pytest.raises(DataError) as problem:
        skm.score([*GROUPED, GROUPED[0]])
    assert problem.value.code == "cacah-kembar"


def test_a_frame_with_sums_below_is_read_like_its_sheet() -> None:
    """Rows of sums under the respondents are cut off, as in a file."""
    rows = [{"No": i + 1, **{f"U{k}": (i + k) % 4 + 1 for k in range(1, 10)}} for i in range(12)]
    sums = {"No": "Jumlah", **{f"U{k}": sum(r[f"U{k}"] for r in rows) for k in range(1, 10)}}
    assert skm.score(pd.DataFrame([*rows, sums])).n == 12


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"-- MySQL dump 10.13\n\nCREATE TABLE `jawaban` (`id` int);\nINSERT INTO `jawaban` VALUES (1,'Siti');", "dump-sql"),
        (b"SET SQL_MODE = 'x';\nINSERT INTO jawaban VALUES (1, 4, 3);", "dump-sql"),
        (b"SQLite format 3\x00" + b"\x00" * 80, "basis-data-sqlite"),
        (b"PGDMP\x01\x0e", "dump-sql"),
        (b'{"a": 1}', "json-bukan-rekaman"),
        (b"[" * 100_000, "masukan-json-batas"),
    ],
)  # fmt: skip
def test_databases_and_other_json_are_refused_with_the_way(content: bytes, code: str) -> None:
    """What is no table says how a table is made of it, and quotes nothing."""
    with pytest.raises((UnreadableFileError, DataError)) as problem:
        skm.read(content)
    assert problem.value.code == code
    assert problem.value.hint() or code == "masukan-json-batas"
    assert "Siti" not in str(problem.value)


def series(module: str) -> Any:
    return pytest.importorskip(module).Series([1, 2, 3])


@pytest.mark.parametrize(
    "make",
    [lambda: 5, lambda: None, lambda: series("pandas"), lambda: series("polars"), object, lambda: [1, 2]],
)
def test_what_is_no_table_is_said_so(make: Callable[[], Any]) -> None:
    """A number, a single column, a list of numbers: refused by name, never with an error of another library."""
    with pytest.raises(DataError) as problem:
        skm.score(make())
    assert problem.value.code == "bukan-tabel"


def test_a_survey_is_not_read_twice() -> None:
    """Options of files make no sense for what is read already."""
    survei = skm.read(ROWS)
    assert skm.read(survei) is survei
    assert skm.score(survei, u8="sarana").ikm == skm.score(ROWS).ikm
    with pytest.raises(OptionError) as problem:
        skm.read(survei, sheet="Data")
    assert problem.value.code == "survei-sudah-dibaca"
    with pytest.raises(DataError) as empty:
        skm.read(sqlite3.connect(":memory:").cursor())
    assert empty.value.code == "kursor-kosong"


def test_pieces_must_ask_the_same() -> None:
    """A piece with other columns is refused, with what differs."""
    frame = pd.DataFrame(ROWS)
    with pytest.raises(DataError) as problem:
        skm.read([frame, frame.drop(columns="waktu")])
    assert problem.value.code == "potongan-kolom-berbeda"
    assert problem.value.context["kolom_beda"] == ["waktu"]


def test_the_figure_is_the_one_worked_out_by_hand(expected: skm.HasilIKM) -> None:
    """Means over those who answered, one ninth each, times 25."""
    from fractions import Fraction

    total = Fraction(0)
    for u in UNSUR:
        levels = [LABELS[u].index(r[u]) + 1 if u in LABELS else int(r[u]) for r in ROWS if r[u]]
        total += Fraction(sum(levels), len(levels))
    figure = total / 9 * 25
    assert expected.ikm == Decimal(round(figure * 100)) / 100
