"""The audit of the index: the Wonoasih case, the ways to an index, honest and impossible figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from skm.auditing.audit import audit
from skm.errors import DataError
from skm.publikasi import load

WONOASIH = ["3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,72", "3,74"]


def nine(values: list[str], ikm: str, **more: object) -> dict[str, object]:
    return {"unsur": {f"U{i}": v for i, v in enumerate(values, start=1)}, "ikm": ikm, **more}


def test_wonoasih_strongest_bound_first() -> None:
    hasil = audit("wonoasih-2024-s2")
    first = hasil.temuan[0]
    assert (first.kode, first.tingkat) == ("ikm-di-atas-unsur-tertinggi", "kesalahan")
    assert first.bukti["batas_unsur"] == Fraction("3.745")
    assert "94,17 melebihi 25 x 3,745 = 93,63" in first.text("id")
    assert [(h.bobot, f"{h.ikm:.2f}", h.mutu) for h in hasil.hitung_ulang] == [
        ("1/9", "89.31", "A"),
        ("0.111", "89.22", "A"),
        ("0.11", "88.41", "A"),
    ]
    exact = hasil.hitung_ulang[0]
    assert (f"{exact.bawah:.2f}", f"{exact.atas:.2f}") == ("89.18", "89.43")


def test_a_figure_that_follows() -> None:
    hasil = audit(nine(WONOASIH, "89,31"))
    assert hasil.putusan == "cocok"
    assert hasil.rute[0].rute.kode == "1/9"
    assert not hasil.codes("kesalahan")


def test_decimals_are_kept() -> None:
    assert load({"ikm": "88,50"}).ikm.nilai == Decimal("88.50")
    assert load({"ikm": "92.53% A (Sangat Baik)"}).mutu == "A"


def test_unknown_key_is_named() -> None:
    with pytest.raises(DataError) as caught:
        load({"ikmm": "88"})
    assert caught.value.code == "publikasi-kunci-asing"
    assert "ikm" in caught.value.message("id")
