"""What stands in the row of the IKM under a column that is no value (target, achieved, last year) is no IKM."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import skm

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
MEANS = ["3,42", "3,35", "3,21", "3,88", "3,40", "3,44", "3,52", "3,30", "3,77"]
NIK = ["85,50", "83,75", "80,25", "97,00", "85,00", "86,00", "88,00", "82,50", "94,25"]
COLUMNS = {"Target": "80,00", "Capaian (%)": "106,11", "Sasaran": "78,50", "Standar": "3,06"}


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("head", "values"), [("Realisasi", NIK), ("Nilai", NIK), ("NRR", MEANS)])
def test_another_column_gives_no_ikm(tmp_path: Path, head: str, values: list[str], column: str, before: bool) -> None:
    other = COLUMNS[column]
    for ikm, wrong in (("86,92", False), ("83,10", True)):
        lines = [("Unsur", head, column), *((n, v, other) for n, v in zip(NAMES, values, strict=True))]
        lines.append(("IKM", ikm, other))
        path = tmp_path / "p.csv"
        path.write_text("\n".join(";".join((a, c, b) if before else (a, b, c)) for a, b, c in lines), "utf-8")
        publication = skm.publikasi.load(path)
        # A column of unknown meaning on the scale of the values is a result of its own, beside this one.
        own = next((other for other in publication.lain if other.nama == head), publication)
        assert own.ikm is not None
        assert own.ikm.nilai == Decimal(ikm.replace(",", "."))
        assert bool(skm.audit(publication).codes("kesalahan")) == wrong
