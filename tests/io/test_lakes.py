"""Lakes: Delta and Iceberg tables through their own libraries, and folders in an object store of this machine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import servers

import skm
from skm.errors import DataError, SKMError, UnreadableFileError
from skm.io import large

pa = pytest.importorskip("pyarrow")
pytestmark = pytest.mark.filterwarnings("ignore")
UNSUR = [f"u{i}" for i in range(1, 10)]


def rows(n: int, level: int, unit: str) -> Any:
    return pa.table({"unit": [unit] * n, **{u: np.full(n, level, np.int8) for u in UNSUR}})


def test_a_delta_table_counts_what_it_holds_now(tmp_path: Path) -> None:
    delta = pytest.importorskip("deltalake", reason="deltalake is not installed (extra lake)")
    folder = tmp_path / "jawaban"
    delta.write_deltalake(str(folder), rows(20, 1, "A"))
    delta.write_deltalake(str(folder), rows(10, 4, "B"), mode="append")
    delta.DeltaTable(str(folder)).delete("unit = 'A'")
    for source in (delta.DeltaTable(str(folder)), folder, str(folder)):
        hasil = skm.score(source, u8="sarana")
        assert (hasil.n, str(hasil.ikm)) == (10, "100.00")
    assert dict(skm.score_by(folder, "unit", u8="sarana").to_frame().set_index("unit")["n"]) == {"B": 10}


def test_an_iceberg_table_counts_what_it_holds_now(tmp_path: Path) -> None:
    catalog = pytest.importorskip("pyiceberg.catalog.sql", reason="pyiceberg is not installed (extra lake)")
    held = catalog.SqlCatalog("c", uri=f"sqlite:///{tmp_path}/c.db", warehouse=f"file://{tmp_path}/w")
    held.create_namespace("skm")
    first = rows(20, 1, "A")
    table = held.create_table("skm.jawaban", schema=first.schema)
    table.append(first)
    table.append(rows(10, 4, "B"))
    table.delete("unit = 'A'")
    for source in (table, table.scan()):
        hasil = skm.score(source, u8="sarana")
        assert (hasil.n, str(hasil.ikm)) == (10, "100.00")


@pytest.fixture(scope="module")
def store() -> Iterator[Any]:
    """A store that speaks S3 on the loopback address, with an empty bucket "skm"."""
    moto = pytest.importorskip("moto.server", reason="moto is not installed (it plays the object store)")
    s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed (extra lake)")
    port = servers.free_port()
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "kunci")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "rahasia-sekali")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem.clear_instance_cache()
        system = s3fs.S3FileSystem()
        system.mkdir("skm")
        yield system
        s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def put(store: Any, path: str, table: Any, ending: str = "") -> None:
    from pyarrow import csv, parquet

    held = io.BytesIO()
    if (ending or path).endswith("csv"):
        csv.write_csv(table, held)
    else:
        parquet.write_table(table, held)
    store.pipe_file(f"skm/{path}", held.getvalue())


def same(found: Any, wanted: Any) -> None:
    np.testing.assert_array_equal(found.semua, wanted.semua)
    np.testing.assert_array_equal(found.lengkap, wanted.lengkap)


def some(n: int, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    return pa.table({u: pa.array(rng.integers(1, 5, n), mask=rng.random(n) < 0.05) for u in UNSUR})


def test_a_parquet_folder_with_keys_in_a_store_is_what_the_same_folder_here_is(store: Any, tmp_path: Path) -> None:
    from pyarrow import parquet

    for number, name in enumerate(("unit=A/x.parquet", "unit=B/x.parquet", "unit=B/y.parquet")):
        put(store, f"kunci/{name}", some(40, number))
        (tmp_path / name).parent.mkdir(exist_ok=True)
        parquet.write_table(some(40, number), tmp_path / name)
    for junk in ("_temporary/0/z.parquet", "unit=A/.hidden.parquet", "_old/unit=A/x.parquet"):
        put(store, f"kunci/{junk}", some(40, 9))
    store.pipe_file("skm/kunci/_SUCCESS", b"")
    here = skm.score_by(skm.read(tmp_path), "unit", u8="sarana").to_frame()
    assert skm.score_by(skm.read("s3://skm/kunci"), "unit", u8="sarana").to_frame().to_dict() == here.to_dict()
    assert skm.score_by("s3://skm/kunci/", "unit", u8="sarana").to_frame().to_dict() == here.to_dict()
    assert skm.score("s3://skm/kunci/unit=B/*.parquet", u8="sarana").n == 80
    assert skm.score("s3://skm/kunci/unit=A/x.parquet", u8="sarana").n == 40


def test_tables_of_other_kinds_in_a_store(store: Any, tmp_path: Path) -> None:
    import pandas as pd

    wanted = pa.concat_tables([some(30, 1), some(30, 2)])
    for number in (1, 2):
        put(store, f"teks/bagian-{number}.csv", some(30, number))
    same(skm.tally("s3://skm/teks", u8="sarana"), skm.tally(wanted, u8="sarana"))
    book = io.BytesIO()
    some(30, 1).to_pandas().to_excel(book, index=False)
    store.pipe_file("skm/buku/jawaban.xlsx", book.getvalue())
    same(skm.tally("s3://skm/buku/jawaban.xlsx", u8="sarana"), skm.tally(some(30, 1), u8="sarana"))
    assert isinstance(skm.score("s3://skm/buku", u8="sarana").to_frame(), pd.DataFrame)


def test_large_text_in_a_store_is_read_in_parts_and_stays_within_memory(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(store, f"besar/{number}.csv", some(500, number))
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(large, "_BLOCK", 1 << 12)
    survei = skm.read("s3://skm/besar", u8="sarana")
    wanted = pa.concat_tables([some(500, number) for number in range(3)])
    same(skm.tally(survei), skm.tally(wanted, u8="sarana"))
    same(skm.tally(survei), skm.tally(wanted, u8="sarana"))  # the parts are there a second time


def test_a_respondent_whose_rows_lie_in_two_files_of_a_store_is_one(store: Any) -> None:
    wide = some(20, 4).append_column("responden", pa.array(range(20)))
    rows = wide.to_pandas().melt("responden", var_name="unsur", value_name="nilai").sample(frac=1, random_state=2)
    rows["nilai"] = rows["nilai"].astype("Int8")
    rows = rows[rows["nilai"].notna()]
    half = len(rows) // 2
    assert set(rows[:half]["responden"]) == set(rows[half:]["responden"])  # every one is cut in two
    for number, piece in enumerate((rows[:half], rows[half:])):
        put(store, f"panjang/{number}.csv", pa.Table.from_pandas(piece, preserve_index=False))
    found = skm.score("s3://skm/panjang", u8="sarana")
    assert (found.n, found.ikm_tepat) == (20, skm.score(some(20, 4), u8="sarana").ikm_tepat)


def test_the_datasets_of_arrow_over_a_store_of_its_own(store: Any) -> None:
    from pyarrow import dataset, fs

    put(store, "panah/a.parquet", some(50, 7))
    address = store.client_kwargs.get("endpoint_url") or store.s3._endpoint.host
    own = fs.S3FileSystem(
        access_key="kunci", secret_key="rahasia-sekali", endpoint_override=address, region="us-east-1"
    )
    for system in (own, store):
        found = dataset.dataset("skm/panah", filesystem=system)
        same(skm.tally(found, u8="sarana"), skm.tally(some(50, 7), u8="sarana"))


def test_a_delta_table_in_a_store_counts_what_it_holds_now(store: Any) -> None:
    delta = pytest.importorskip("deltalake", reason="deltalake is not installed (extra lake)")
    address, own = "s3://skm/danau-delta", {"allow_http": "true"}
    delta.write_deltalake(address, rows(20, 1, "A"), storage_options=own)
    delta.write_deltalake(address, rows(10, 4, "B"), mode="append", storage_options=own)
    delta.DeltaTable(address, storage_options=own).delete("unit = 'A'")
    for source in (address, f"{address}/", delta.DeltaTable(address, storage_options=own)):
        hasil = skm.score(source, u8="sarana")
        assert (hasil.n, str(hasil.ikm)) == (10, "100.00")
    with pytest.raises(DataError) as lake:
        skm.read(address, sheet="Sheet1")
    assert lake.value.code == "folder-tabel"
    store.pipe_file("skm/danau-rusak/_delta_log/00000000000000000000.json", b"{}")
    with pytest.raises(UnreadableFileError) as caught:
        skm.read("s3://skm/danau-rusak")
    assert caught.value.code == "penyimpanan-gagal"


def test_an_iceberg_table_is_what_the_named_file_of_its_metadata_says(tmp_path: Path, store: Any) -> None:
    catalog = pytest.importorskip("pyiceberg.catalog.sql", reason="pyiceberg is not installed (extra lake)")
    through = {"py-io-impl": "pyiceberg.io.fsspec.FsspecFileIO"}
    first = rows(20, 1, "A")
    for place in (str(tmp_path / "w"), "s3://skm/danau-iceberg"):
        base = f"sqlite:///{tmp_path}/{len(place)}.db"
        held = catalog.SqlCatalog("c", uri=base, warehouse=place, **(through if "://" in place else {}))
        held.create_namespace("skm")
        table = held.create_table("skm.jawaban", schema=first.schema)
        table.append(first)
        before = table.metadata_location
        table.append(rows(10, 4, "B"))
        table.delete("unit = 'A'")
        for where, wanted in ((before, (20, "25.00")), (table.metadata_location, (10, "100.00"))):
            hasil = skm.score(where, u8="sarana")
            assert (hasil.n, str(hasil.ikm)) == wanted, base


def test_what_a_store_does_not_hold_or_is_no_folder_of_answers(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("s3://skm/tidak-ada", "s3://skm/tidak-ada/*.parquet", "s3://ember-lain/x.csv"):
        with pytest.raises(UnreadableFileError) as caught:
            skm.read(address)
        assert caught.value.code in ("sumber-kosong", "penyimpanan-gagal")
    for mark in (".hoodie/hoodie.properties", "metadata/v1.metadata.json"):
        put(store, f"{mark[:3]}/a.parquet", some(5, 1))
        store.pipe_file(f"skm/{mark[:3]}/{mark}", b"{}")
        with pytest.raises(DataError) as lake:
            skm.read(f"s3://skm/{mark[:3]}")
        assert lake.value.code == "folder-tabel"
    with pytest.raises(SKMError) as unknown:
        skm.read("awan://ember/x.csv")
    assert unknown.value.code == "penyimpanan-gagal"


def test_the_keys_of_a_store_are_told_to_nobody(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(address: str) -> None:
        raise PermissionError("rahasia-sekali is no key of s3")

    monkeypatch.setattr("fsspec.core.url_to_fs", refused)
    with pytest.raises(UnreadableFileError) as caught:
        skm.read("s3://skm/kunci")
    assert caught.value.code == "penyimpanan-gagal"
    assert "rahasia" not in str(caught.value)
    assert "PermissionError" in str(caught.value)
