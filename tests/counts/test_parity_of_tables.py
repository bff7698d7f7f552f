"""One set of answers in every kind of table: the same counts and patterns, digit for digit, and the same refusals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import skm
from skm.answers import column
from skm.counts import kernel_fold, reduce
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.errors import DataError, InvalidAnswerError
from skm.io import large as large_files
from skm.io import opened

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

UNSUR = [f"u{i}" for i in range(1, 10)]
JENJANG = ["SMA", "SD", "S1"]  # an order of its own, neither of the alphabet nor of appearance
Kolom = dict[str, list[Any]]


def answers(n: int = 997, seed: int = 5) -> Kolom:
    """Nine questions with blanks, some respondents without any answer, and keys of four kinds with blanks."""
    rng = np.random.default_rng(seed)
    data: Kolom = {}
    empty = rng.random(n) < 0.01
    for name in UNSUR:
        level = rng.integers(1, 5, n)
        blank = (rng.random(n) < 0.03) | empty
        data[name] = [None if b else int(v) for v, b in zip(level, blank, strict=True)]
    unit = rng.integers(0, 7, n)
    data["unit"] = [None if v == 6 else int(v) * 3 + 1 for v in unit]
    data["loket"] = [None if v == 4 else ["Loket b", "loket A", "loket C", " "][v] for v in rng.integers(0, 5, n)]
    data["jenjang"] = [None if v == 3 else JENJANG[v] for v in rng.integers(0, 4, n)]
    data["kode"] = [3201012001 + 1000 * int(v) ** 5 for v in rng.integers(0, 6, n)]
    return data


def pandas_floats(data: Kolom, _: Path) -> Any:
    """Blanks as NaN, as a spreadsheet arrives."""
    frame = pd.DataFrame(data)
    frame["jenjang"] = pd.Categorical(frame["jenjang"], categories=JENJANG)
    return frame


def pandas_masked(data: Kolom, _: Path) -> Any:
    """Nullable small integers."""
    frame = pandas_floats(data, _)
    kinds = {**dict.fromkeys(UNSUR, "Int8"), "unit": "Int16", "loket": "string"}
    return frame.astype({key: kind for key, kind in kinds.items() if key in frame})


def pandas_arrow(data: Kolom, _: Path) -> Any:
    """Arrow behind pandas."""
    frame = pandas_floats(data, _)
    kinds = {**dict.fromkeys(UNSUR, pd.ArrowDtype(pa.int8())), "loket": pd.ArrowDtype(pa.string())}
    return frame.astype({key: kind for key, kind in kinds.items() if key in frame})


def pandas_objects(data: Kolom, _: Path) -> Any:
    """Columns of mixed Python objects, as after a merge of sheets, with an index of its own."""
    frame = pd.DataFrame(data, dtype=object)
    frame["jenjang"] = pd.Categorical(frame["jenjang"], categories=JENJANG, ordered=True)
    frame.index = pd.Index([f"R{i}" for i in range(len(frame))])
    return frame


def polars_eager(data: Kolom, _: Path) -> Any:
    """Int8 and a null bitmap."""
    schema = {
        **dict.fromkeys(UNSUR, pl.Int8),
        "unit": pl.Int16,
        "loket": pl.String,
        "jenjang": pl.Enum(JENJANG),
        "kode": pl.Int64,
    }
    return pl.DataFrame(data, schema={key: kind for key, kind in schema.items() if key in data}, strict=False)


def polars_chunks(data: Kolom, _: Path) -> Any:
    """Several chunks, floats with NaN in place of null, categories in order of appearance."""
    frame = polars_eager(data, _)
    some = [pl.col(name).cast(pl.Float64).fill_null(float("nan")) for name in UNSUR[:4] if name in data]
    frame = frame.with_columns(*some, pl.col("loket").cast(pl.Categorical))
    return pl.concat([frame[:100], frame[100:101], frame[101:]], rechunk=False)


def polars_lazy(data: Kolom, _: Path) -> Any:
    """A query not yet run."""
    return polars_eager(data, _).lazy().filter(pl.lit(value=True))


def arrow_table(data: Kolom, _: Path) -> Any:
    """A table; the order of education is one of the dictionary's categories, so it is text here."""
    return polars_eager(data, _).with_columns(pl.col("jenjang").cast(pl.String)).to_arrow()


def arrow_pieces(data: Kolom, _: Path) -> Any:
    """Chunks and a dictionary column."""
    table = arrow_table(data, _)
    place = table.column_names.index("loket")
    table = table.set_column(place, "loket", table["loket"].cast(pa.string()).dictionary_encode())
    return pa.concat_tables([table.slice(0, 300), table.slice(300, 1), table.slice(301)])


def arrow_reader(data: Kolom, _: Path) -> Any:
    """A stream that can be read once."""
    return arrow_pieces(data, _).to_reader(max_chunksize=64)


def arrow_batch(data: Kolom, _: Path) -> Any:
    """One record batch."""
    return arrow_table(data, _).combine_chunks().to_batches()[0]


def arrow_dataset(data: Kolom, folder: Path) -> Any:
    """A dataset over files."""
    import pyarrow.dataset as ds

    return ds.dataset(parquet_folder(data, folder), format="parquet")


def duck_relation(data: Kolom, folder: Path) -> Any:
    """A relation with an enumeration."""
    path = parquet_file(data, folder)
    listed = ", ".join(f"'{name}'" for name in JENJANG)
    connection = duckdb.connect()
    CONNECTIONS.append(connection)
    connection.execute(f"create type jenjang as enum ({listed})")
    source = str(path).replace("'", "''")
    return connection.sql(f"select * replace (jenjang::jenjang as jenjang) from read_parquet('{source}')")


def stream_of_another_library(data: Kolom, _: Path) -> Any:
    """Anything that hands over an Arrow stream."""

    class Lain:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return arrow_pieces(data, _).__arrow_c_stream__(requested_schema)

    return Lain()


def narwhals_frame(data: Kolom, _: Path) -> Any:
    """What every other eager frame goes through."""
    import narwhals.stable.v2 as nw

    return nw.from_native(polars_eager(data, _), eager_only=True)


def parquet_file(data: Kolom, folder: Path) -> Any:
    """One file."""
    import pyarrow.parquet as pq

    pq.write_table(arrow_table(data, folder), folder / "satu.parquet", row_group_size=100)
    return folder / "satu.parquet"


def parquet_folder(data: Kolom, folder: Path) -> Any:
    """A folder of files."""
    import pyarrow.parquet as pq

    inner = folder / "banyak"
    inner.mkdir()
    table = arrow_table(data, folder)
    pq.write_table(table.slice(0, 500), inner / "1.parquet")
    pq.write_table(table.slice(500), inner / "2.parquet")
    return str(inner)


def parquet_glob(data: Kolom, folder: Path) -> Any:
    """A pattern; the second file holds the same numbers in another width."""
    import pyarrow.parquet as pq

    parquet_folder(data, folder)
    wide = arrow_table(data, folder).slice(500)
    place = wide.column_names.index("u2")
    pq.write_table(wide.set_column(place, "u2", wide["u2"].cast(pa.int64())), folder / "banyak" / "2.parquet")
    return str(folder / "banyak" / "*.parquet")


def records(data: Kolom, _: Path) -> Any:
    """Records, as from JSON."""
    return [dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)]


def columns(data: Kolom, _: Path) -> Any:
    """Columns of Python lists."""
    return data


def masked_arrays(data: Kolom, _: Path) -> Any:
    """NumPy arrays, answers masked."""
    out: dict[str, Any] = dict(data)
    for name in [n for n in UNSUR if n in data]:
        blank = [v is None for v in data[name]]
        out[name] = np.ma.array([v or 0 for v in data[name]], mask=blank, dtype=np.int16)
    return out


CONNECTIONS: list[Any] = []  # a relation of older DuckDB does not keep its connection alive

KINDS: list[Callable[[Kolom, Path], Any]] = [
    pandas_floats, pandas_masked, pandas_arrow, pandas_objects, polars_eager, polars_chunks, polars_lazy, arrow_table,
    arrow_pieces, arrow_reader, arrow_batch, arrow_dataset, duck_relation, stream_of_another_library, narwhals_frame, parquet_file,
    parquet_folder, parquet_glob, columns, masked_arrays,
]  # fmt: skip

every_kind = pytest.mark.parametrize("make", KINDS, ids=lambda f: f.__name__)
GROUPS = [(), ("unit",), ("loket",), ("kode",), ("unit", "loket"), ("loket", "unit", "kode")]


def both(data: Any, by: tuple[str, ...]) -> tuple[Hitungan, Pola]:
    """Counts and patterns in one pass."""
    bacaan, _ = opened.understood(data, opened.ReadOptions())
    found = reduce.reduce(bacaan, by, reduce.BOTH)
    counts, pola = found.hitungan, found.pola
    return counts, pola


def assert_same(ours: tuple[Hitungan, Pola], theirs: tuple[Hitungan, Pola]) -> None:
    """Equal in every integer, label and order."""
    for left, right in zip(ours, theirs, strict=True):
        assert left.label == right.label
        assert [list(map(type, a)) for a in left.label] == [list(map(type, b)) for b in right.label]
        assert left.kunci == right.kunci
        assert [b.id for b in left.kuesioner.butir] == [b.id for b in right.kuesioner.butir]
    for name in ("semua", "lengkap", "n", "n_lengkap", "n_tanpa_jawaban"):
        np.testing.assert_array_equal(getattr(ours[0], name), getattr(theirs[0], name), name, strict=True)
    for name in ("nilai", "kali", "kelompok"):
        np.testing.assert_array_equal(getattr(ours[1], name), getattr(theirs[1], name), name, strict=True)


def by_hand(data: Kolom, by: tuple[str, ...]) -> dict[tuple[Any, ...], list[tuple[int, ...]]]:
    """Group the rows the slow way."""
    groups: dict[tuple[Any, ...], list[tuple[int, ...]]] = {}
    for i in range(len(data["u1"])):
        label = tuple(None if data[k][i] is None or data[k][i] == " " else data[k][i] for k in by)
        groups.setdefault(label, []).append(tuple(data[u][i] or 0 for u in UNSUR))
    return groups


@pytest.mark.parametrize("by", GROUPS, ids=str)
def test_counts_and_patterns_are_those_counted_by_hand(by: tuple[str, ...]) -> None:
    """The reference itself: every number against a plain loop."""
    data = answers()
    counts, pola = both(records(data, Path()), by)
    expected = by_hand(data, by)
    assert set(counts.label) == set(expected)
    for g, label in enumerate(counts.label):
        rows = expected[label]
        full = [row for row in rows if 0 not in row]
        assert counts.n[g] == len(rows)
        assert counts.n_lengkap is not None
        assert counts.lengkap is not None
        assert counts.n_lengkap[g] == len(full)
        assert counts.n_tanpa_jawaban[g] == sum(not any(row) for row in rows)
        for j in range(9):
            assert counts.semua[g, j].tolist() == [sum(row[j] == level for row in rows) for level in range(5)]
            assert counts.lengkap[g, j].tolist() == [sum(row[j] == level for row in full) for level in range(1, 5)]
        mine = pola.kelompok == g
        patterns = list(map(tuple, pola.nilai[mine].tolist()))
        assert patterns == sorted(set(rows))
        assert pola.kali[mine].tolist() == [rows.count(p) for p in patterns]


@every_kind
@pytest.mark.parametrize("by", GROUPS, ids=str)
def test_every_kind_gives_the_same(make: Callable[[Kolom, Path], Any], by: tuple[str, ...], tmp_path: Path) -> None:
    """Nulls, NaN, small and wide integers, blank groups, dictionaries: one result."""
    data = answers()
    assert_same(both(make(data, tmp_path), by), both(records(data, tmp_path), by))


@pytest.mark.parametrize(
    "make", [pandas_floats, pandas_objects, polars_eager, polars_lazy, duck_relation], ids=lambda f: f.__name__
)
def test_categories_keep_their_order(make: Callable[[Kolom, Path], Any], tmp_path: Path) -> None:
    """Where a kind of table knows an order, groups stand in it; blanks come last."""
    per = skm.score_by(make(answers(), tmp_path), "jenjang")
    assert list(per) == [*JENJANG, None]


@every_kind
@pytest.mark.parametrize("size", [7, 64])
def test_parts_never_show(
    make: Callable[[Kolom, Path], Any], size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However rows are cut, and with threads, nothing changes."""
    data = answers(400, seed=9)
    expected = both(records(data, tmp_path), ("unit", "loket"))
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("skm.") and hasattr(module, "PART"):
            monkeypatch.setattr(module, "PART", size)
    monkeypatch.setattr(column.spans, "__defaults__", (size,))
    assert_same(both(make(data, tmp_path), ("unit", "loket")), expected)


@every_kind
@pytest.mark.parametrize(("value", "code"), [("empat", "jawaban-label"), (5, "jawaban-tidak-sah"), (0, "jawaban-nol")])
def test_every_kind_refuses_alike(make: Callable[[Kolom, Path], Any], value: Any, code: str, tmp_path: Path) -> None:
    """Text, a level beyond the scale and a zero are refused with the same code, count and column."""
    data = answers(50)
    if isinstance(value, str):
        data["u3"] = [None if v is None else value for v in data["u3"]]
        wrong = sum(v is not None for v in data["u3"])
    else:
        data["u3"] = [value if i in (4, 9) else v for i, v in enumerate(data["u3"])]
        wrong = 2
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(make_with_text(make, data, tmp_path) if isinstance(value, str) else make(data, tmp_path))
    assert problem.value.code == code
    assert problem.value.context["banyak"] == wrong
    assert problem.value.context["kolom_salah"] == ("u3",)
    if isinstance(value, int):
        places = [
            (str(place.fields["baris"]).removeprefix("R"), str(place.fields["isi"]))
            for place in problem.value.context["tempat"]
        ]
        assert [row for row, _ in places] == ["4", "9"]


def make_with_text(make: Callable[[Kolom, Path], Any], data: Kolom, folder: Path) -> Any:
    """Build a kind of table whose u3 is text, as far as the kind has text columns."""
    if make in (pandas_masked, pandas_arrow):
        number = {**data, "u3": data["u1"]}
        frame = make(number, folder)
        return frame.assign(u3=pd.array(data["u3"], dtype="string"))
    if make in (masked_arrays,):
        return {**masked_arrays({**data, "u3": data["u1"]}, folder), "u3": data["u3"]}
    if make in (pandas_floats, pandas_objects, columns):
        return make(data, folder)
    without = pl.DataFrame({"u3": data["u3"]}, schema={"u3": pl.String})
    base = {**data, "u3": data["u1"]}
    frame = polars_eager(base, folder).with_columns(without["u3"])
    if make is polars_lazy:
        return frame.lazy()
    if make in (polars_eager, polars_chunks):
        return frame
    if make is narwhals_frame:
        import narwhals.stable.v2 as nw

        return nw.from_native(frame, eager_only=True)
    table = frame.with_columns(pl.col("jenjang").cast(pl.String)).to_arrow()
    if make in (arrow_table, arrow_pieces):
        return table
    if make is arrow_reader:
        return table.to_reader()
    if make is arrow_batch:
        return table.combine_chunks().to_batches()[0]
    if make is stream_of_another_library:

        class Lain:
            def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
                return table.__arrow_c_stream__(requested_schema)

        return Lain()
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    path = folder / "teks.parquet"
    pq.write_table(table, path)
    if make is arrow_dataset:
        return ds.dataset(path)
    return duckdb.read_parquet(str(path)) if make is duck_relation else path


@every_kind
def test_booleans_are_no_answers(make: Callable[[Kolom, Path], Any], tmp_path: Path) -> None:
    """TRUE is not 1."""
    if make in (pandas_masked, pandas_arrow, masked_arrays, polars_chunks):
        pytest.skip("the kind has no boolean column here")
    data = answers(20)
    ones: Kolom = {**data, "u3": [True] * 20}
    if make in (pandas_floats, pandas_objects, columns):
        given = make(ones, tmp_path)
    else:
        table = arrow_table(data, tmp_path)
        table = table.set_column(table.column_names.index("u3"), "u3", pa.array(ones["u3"]))
        given = pl.from_arrow(table) if make in (polars_eager,) else table
        given = pl.from_arrow(table).lazy() if make is polars_lazy else given
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(given)
    assert problem.value.context["banyak"] == 20


@every_kind
def test_score_profile_and_combine_take_every_kind(make: Callable[[Kolom, Path], Any], tmp_path: Path) -> None:
    """The friendly functions, with figures equal to those of records."""
    data = answers(300)
    data["usia"] = [None if i % 11 == 0 else 17 + i % 50 for i in range(300)]
    plain = records(data, tmp_path)

    def again() -> Any:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return with_age(make, data, folder)

    assert skm.score(again()).ikm_tepat == skm.score(plain).ikm_tepat
    per, expected = skm.score_by(again(), "unit"), skm.score_by(plain, "unit")
    assert list(per) == list(expected)
    np.testing.assert_array_equal(per.ikm, expected.ikm)
    assert skm.combine(per, method="simple").ikm_tepat == skm.combine(expected, method="simple").ikm_tepat
    if make is arrow_reader:
        return
    profil, same = skm.profile(again(), ciri=["usia"]), skm.profile(plain, ciri=["usia"])
    assert [(row.tingkat, row.jumlah) for row in profil.karakteristik["usia"]] == [
        (row.tingkat, row.jumlah) for row in same.karakteristik["usia"]
    ]


def with_age(make: Callable[[Kolom, Path], Any], data: Kolom, folder: Path) -> Any:
    """Build a kind of table with an age column."""
    if make in (polars_eager, polars_chunks, polars_lazy, arrow_table, arrow_pieces, arrow_batch, arrow_reader):
        frame = polars_eager({k: v for k, v in data.items() if k != "usia"}, folder).with_columns(
            pl.Series("usia", data["usia"], dtype=pl.Int16), pl.col("jenjang").cast(pl.String)
        )
        if make in (polars_eager, polars_chunks):
            return frame
        if make is polars_lazy:
            return frame.lazy()
        table = frame.to_arrow()
        if make is arrow_reader:
            return table.to_reader()
        return table.combine_chunks().to_batches()[0] if make is arrow_batch else table
    if make in (pandas_floats, pandas_masked, pandas_arrow, pandas_objects, columns, masked_arrays):
        return make(data, folder)
    import pyarrow.parquet as pq

    table = with_age(arrow_table, data, folder)
    pq.write_table(table, folder / "usia.parquet")
    return folder / "usia.parquet"


def test_a_reader_that_is_spent_says_so(tmp_path: Path) -> None:
    """A stream cannot be read twice."""
    reader = arrow_reader(answers(), tmp_path)
    skm.score(reader)
    with pytest.raises(DataError) as problem:
        skm.score(reader)
    assert problem.value.code == "aliran-sekali"


def test_extra_columns_nobody_answered_do_not_touch_complete_rows(tmp_path: Path) -> None:
    """U10 is empty, U11 is answered late in the table: U10 is left out and told, U11 counts, in every kind."""
    data = answers(200)
    data["u10"] = [None] * 200
    data["u11"] = [None] * 150 + [4] * 50
    table = polars_eager({k: v for k, v in data.items() if k not in ("u10", "u11")}, tmp_path).with_columns(
        pl.Series("u10", data["u10"], dtype=pl.Int8),
        pl.Series("u11", data["u11"], dtype=pl.Int8),
        pl.col("jenjang").cast(pl.String),
    )
    expected = both(records(data, tmp_path), ("unit",))
    assert [b.id for b in expected[0].kuesioner.butir][9:] == ["u11"]
    for given in (table, table.lazy(), table.to_arrow(), table.to_arrow().to_reader(max_chunksize=16)):
        assert_same(both(given, ("unit",)), expected)
    assert any(note.kode == "kolom-tambahan-kosong" for note in skm.score(table).catatan)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_tables_in_batches_equal_text_tables_read_whole(
    separator: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels, digits, quoted line ends, blank and empty rows: one reading, whatever the size."""
    data = answers(300)
    labels = ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"]
    data["u1"] = [None if v is None else labels[v - 1] for v in data["u1"]]
    lines = [separator.join([*data, "saran"])]
    for i, row in enumerate(zip(*data.values(), strict=True)):
        cells = ["" if v is None else str(v) for v in row]
        lines.append(separator.join([*cells, f'"baris\nkedua {i} é"' if i % 50 == 0 else ""]))
        if i % 70 == 3:
            lines.append(separator * len(row))
    path = tmp_path / "jawaban.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    small, notes = both(path, ("unit", "loket")), skm.score(path).catatan
    monkeypatch.setattr(large_files, "LARGE", 0)
    assert_same(both(path, ("unit", "loket")), small)
    seen = {n.kode: dict(n.bukti) for n in skm.score(path).catatan}
    assert seen == {n.kode: dict(n.bukti) for n in notes}
    assert seen["baris-kosong"] == {"banyak": 5}
    wrong = path.read_bytes().decode(encoding).replace("Sangat sesuai", "Tidak tahu", 1)
    path.write_bytes(wrong.encode(encoding))
    with pytest.raises(InvalidAnswerError) as large:
        skm.score(path)
    monkeypatch.setattr(large_files, "LARGE", 1 << 30)
    with pytest.raises(InvalidAnswerError) as whole:
        skm.score(path)
    assert large.value.code == whole.value.code
    assert large.value.context["kolom_salah"] == whole.value.context["kolom_salah"]


def test_many_text_tables_at_once(tmp_path: Path) -> None:
    """A pattern adds up to its files; a file with other columns is named."""
    data = answers(100)
    for number, span in enumerate((slice(0, 60), slice(60, 100))):
        pl.DataFrame({k: v[span] for k, v in data.items()}, strict=False).write_csv(tmp_path / f"{number}.csv")
    expected = both(records(data, tmp_path), ("loket",))
    assert_same(both(str(tmp_path / "*.csv"), ("loket",)), expected)
    (tmp_path / "2.csv").write_text("u1,u2\n1,2\n")
    with pytest.raises(DataError) as problem:
        both(str(tmp_path / "*.csv"), ("loket",))
    assert problem.value.code == "berkas-kolom-berbeda"
    assert problem.value.context["berkas"] == "2.csv"


def test_heavy_libraries_load_only_for_their_own_objects() -> None:
    """Scoring records loads none of them; scoring a Polars frame loads Polars alone."""
    code = (
        "import sys, skm\n"
        "rows = [{f'u{i}': 3 for i in range(1, 10)}] * 5\n"
        "skm.score(rows, u8='sarana')\n"
        "heavy = ('pandas', 'polars', 'pyarrow', 'duckdb', 'narwhals', 'scipy', 'matplotlib', 'tqdm')\n"
        "print([m for m in heavy if m in sys.modules])\n"
        "import polars\n"
        "before = {m for m in heavy if m in sys.modules}\n"
        "skm.score_by(polars.DataFrame(rows).with_columns(unit=polars.lit('a')), 'unit', u8='sarana')\n"
        "print(sorted({m for m in heavy if m in sys.modules} - before))\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split("\n")[:2] == ["[]", "[]"]


def test_patterns_too_wide_for_one_word_are_sorted_by_rows() -> None:
    """Thirty questions and groups: more than 62 bits."""
    rng = np.random.default_rng(3)
    columns_ = [rng.integers(0, 5, 500).astype(np.int8) for _ in range(30)]
    columns_ = [np.concatenate([c, c[:200]]) for c in columns_]
    group = rng.integers(0, 3, 700)
    group[500:] = group[:200]
    folding = kernel_fold.PatternFold(30, 4)
    assert not folding.kemasan.fits
    folding.add(folding.prepare(columns_, group.astype(np.intp)))
    nilai, kali, kelompok = folding.finish(np.array([2, 0, 1]))
    assert int(kali.sum()) == 700
    rows = {(int(g), *map(int, r)): int(k) for g, r, k in zip(kelompok, nilai, kali, strict=True)}
    place = {2: 0, 0: 1, 1: 2}
    for i in range(700):
        key = (place[int(group[i])], *(int(c[i]) for c in columns_))
        rows[key] -= 1
    assert set(rows.values()) == {0}


def test_patterns_that_are_folded_in_between_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than are held at once: the same patterns."""
    data = answers(900)
    expected = both(records(data, Path()), ("unit",))
    monkeypatch.setattr(kernel_fold, "_HELD", 100)
    monkeypatch.setattr(column.spans, "__defaults__", (50,))
    assert_same(both(records(data, Path()), ("unit",)), expected)
