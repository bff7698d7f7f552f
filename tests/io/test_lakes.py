"""Delta and Iceberg tables, opened by their own libraries: what was deleted is not counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import skm

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
