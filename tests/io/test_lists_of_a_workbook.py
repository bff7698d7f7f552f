"""Drop-down lists of a workbook say which levels a characteristic has, in which order: also those nobody chose."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

import skm

EDUCATION = ["SD", "SMP", "SMA", "D3", "S1", "S2 ke atas"]


def book(lists: dict[str, str], *, hidden: bool = False) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["No", "Jenis Kelamin", "Pendidikan", "Layanan", *(f"U{i}" for i in range(1, 10))])
    for i, service in enumerate(["KTP", "KTP", "KK", "Lainnya sendiri"] * 3, start=1):
        sheet.append([i, "Laki-laki", "S1", service, *[3] * 9])
    side = made.create_sheet("Daftar pilihan")
    for word in EDUCATION:
        side.append([word])
    side.sheet_state = "hidden" if hidden else "visible"
    for column, formula in lists.items():
        rule = DataValidation(type="list", formula1=formula)
        sheet.add_data_validation(rule)
        rule.add(f"{column}2:{column}500")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def levels(survei: Any, key: str) -> dict[str, int]:
    frame = skm.profile(survei).to_frame()
    part = frame[frame["karakteristik"] == key]
    return dict(zip(part["indikator"], part["jumlah"], strict=True))


@pytest.mark.parametrize("formula", ['"Laki-laki,Perempuan"', '"-- pilih --,Laki-laki,Perempuan"'])
def test_words_of_a_list_are_levels_in_its_order(formula: str) -> None:
    assert levels(skm.read(book({"B": formula})), "jenis_kelamin") == {"Laki-laki": 12, "Perempuan": 0}


@pytest.mark.parametrize("hidden", [True, False])
def test_a_list_may_lie_on_another_sheet(hidden: bool) -> None:
    survei = skm.read(book({"C": "'Daftar pilihan'!$A$1:$A$6"}, hidden=hidden))
    found = levels(survei, "pendidikan")
    assert list(found) == EDUCATION
    assert found["S2 ke atas"] == 0
    assert found["S1"] == 12


def test_what_was_typed_beside_the_list_stays() -> None:
    found = levels(skm.read(book({"D": '"KTP,KK,Akta"'})), "layanan")
    assert found["Akta"] == 0
    assert sum(found.values()) == 12
    assert "Lainnya sendiri" in found


@pytest.mark.parametrize("formula", ["INDIRECT(A1)", "'Tidak ada'!$A$1:$A$3", "$A:$A", '""', "NamaDaftar"])
def test_a_list_that_cannot_be_followed_changes_nothing(formula: str) -> None:
    plain = skm.score(skm.read(book({})))
    assert skm.score(skm.read(book({"C": formula}))).ikm == plain.ikm
