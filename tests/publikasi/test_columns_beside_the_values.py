"""What stands in the row of the IKM under a column that is no value (target, achieved, last year) is no IKM."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
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


@pytest.mark.parametrize("heads", [("TB", "KB", "B", "SB"), ("TP", "KP", "P", "SP"), ("STS", "TS", "S", "SS")])
@pytest.mark.parametrize("backwards", [False, True])
def test_abbreviated_levels_with_their_shares_are_no_values(
    tmp_path: Path, heads: tuple[str, ...], backwards: bool
) -> None:
    """Counts and shares side by side under TB, KB, B, SB: honest ones are never accused, the figure is judged."""
    order = slice(None, None, -1 if backwards else 1)
    lines = [";".join(["Unsur", *(f"{head};%" for head in heads[order]), "NRR"])]
    total = Fraction(0)
    for place, name in enumerate(NAMES):
        counts = [2, 3 + place % 4, 0, 21 + place]
        counts[2] = 100 - sum(counts)
        mean = Fraction(sum((k + 1) * c for k, c in enumerate(counts)), 100)
        total += mean
        cells = [f"{c};{c},00" for c in counts[order]]
        lines.append(";".join([name, *cells, f"{float(mean):.2f}".replace(".", ",")]))
    index = f"{float(total / 9 * 25):.2f}".replace(".", ",")
    for figure, wrong in ((index, False), ("99,10", True)):
        path = tmp_path / "t.csv"
        path.write_text("\n".join([*lines, ";".join(["IKM", *[""] * 8, figure])]), encoding="utf-8")
        assert bool(skm.audit(path).codes("kesalahan")) is wrong
