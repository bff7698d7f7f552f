"""The Wonoasih case as data, and the workbook of reconstructed respondents."""

from __future__ import annotations

import datetime
import io
import math
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from skm.basics.numbers import format_decimal, round_half_up

DATA = Path(str(resources.files("skm"))) / "data"
KASUS: dict[str, Any] = tomllib.loads((DATA / "kasus" / "wonoasih-2024-s2.toml").read_text(encoding="utf-8"))
WORKBOOK = DATA / "contoh" / KASUS["rekonstruksi"]["berkas"]
SCRIPT = Path(__file__).resolve().parents[2] / KASUS["rekonstruksi"]["naskah"]

PUBLIKASI = KASUS["publikasi"]
UNSUR = PUBLIKASI["unsur"]
LKJIP = KASUS["lkjip"]
N = 341
ORDER = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan"]
TOTALS = [1183, 1142, 1238, 1269, 1180, 1187, 1221, 1269, 1275]

# Printed shares that are not the count divided by n: (karakteristik, tingkat, where) -> printed.
KNOWN_WRONG_SHARES = {("pekerjaan", "Wiraswasta/usahawan", "lampiran"): "26,63"}


def exact(text: str) -> Fraction:
    assert re.fullmatch(r"\d+(,\d+)?", text), text
    return Fraction(text.replace(",", "."))


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


# --- the printed tables ---------------------------------------------------------------------------------------------


def test_no_decimal_is_a_float_or_has_a_point() -> None:
    values = list(leaves(KASUS))
    assert not [v for v in values if isinstance(v, float)]
    assert not [v for v in values if isinstance(v, str) and re.fullmatch(r"\d+\.\d+", v)]


def test_headline_as_printed() -> None:
    assert (PUBLIKASI["n"], PUBLIKASI["populasi"], PUBLIKASI["sampel_minimum"]) == (N, 3441, 341)
    assert (PUBLIKASI["ikm"], PUBLIKASI["kinerja"]) == ("94,17", "Sangat Baik")
    assert "mutu" not in PUBLIKASI, "the letter of the IKM is not printed"


def test_unsur_in_the_order_and_numbering_of_the_unit() -> None:
    assert list(UNSUR) == ORDER
    assert [u["kode"] for u in UNSUR.values()] == [f"U{i}" for i in range(1, 10)]
    printed = [("3,47", "B"), ("3,35", "B"), ("3,63", "A"), ("3,72", "A"), ("3,46", "B"), ("3,48", "B")]
    printed += [("3,58", "A"), ("3,72", "A"), ("3,74", "A")]
    assert [(u["nilai"], u["mutu"]) for u in UNSUR.values()] == printed


def test_printed_letters_are_those_of_the_regulation() -> None:
    def letter(nik: Fraction) -> str:
        return next(m for m, low in (("A", "88.31"), ("B", "76.61"), ("C", "65"), ("D", "0")) if nik >= Fraction(low))

    assert {u: letter(25 * exact(x["nilai"])) for u, x in UNSUR.items()} == {u: x["mutu"] for u, x in UNSUR.items()}


def test_printed_means_do_not_give_the_printed_index() -> None:
    means = [exact(u["nilai"]) for u in UNSUR.values()]
    assert sum(means) == Fraction("32.15")
    assert format_decimal(sum(means) / 9 * 25, 2, "id") == "89,31"
    assert max(means) + Fraction("0.005") < exact(PUBLIKASI["ikm"]) / 25


def test_respondent_tables_sum_to_n_and_keep_zero_levels() -> None:
    tables = {t["karakteristik"]: t["baris"] for t in PUBLIKASI["profil"]}
    assert list(tables) == ["jenis_kelamin", "pendidikan", "pekerjaan", "usia", "layanan"]
    assert {k: sum(row["jumlah"] for row in rows) for k, rows in tables.items()} == dict.fromkeys(tables, N)
    zero = [row["tingkat"] for rows in tables.values() for row in rows if row["jumlah"] == 0]
    assert zero == ["S-2 ke atas", "Lain-lain"]


def test_printed_shares_are_the_counts_except_the_known_one() -> None:
    wrong = {}
    for table in PUBLIKASI["profil"]:
        for row in table["baris"]:
            share = round_half_up(Fraction(100 * row["jumlah"], N), 2)
            printed = [("tabel", row["persen"]), *((o["tempat"], o["persen"]) for o in row.get("persen_lain", []))]
            wrong |= {(table["karakteristik"], row["tingkat"], at): p for at, p in printed if exact(p) != share}
    assert wrong == KNOWN_WRONG_SHARES


def test_claims_quote_the_table_but_misplace_the_lowest() -> None:
    klaim = PUBLIKASI["klaim"]
    for claim in [*klaim["terendah"], *klaim["tertinggi"]]:
        assert claim["nilai"] == UNSUR[claim["unsur"]]["nilai"]
    ranked = sorted(UNSUR, key=lambda u: exact(UNSUR[u]["nilai"]))
    assert ranked[:3] == ["prosedur", "produk", "persyaratan"]
    assert [c["unsur"] for c in klaim["terendah"]] == ["prosedur", "perilaku", "waktu"]
    assert {c["unsur"] for c in klaim["tertinggi"]} == set(ranked[-3:])
    assert klaim["prioritas"] == list(dict.fromkeys(row["unsur"] for row in KASUS["laporan"]["rtl"]["baris"]))


def test_dates_contradict_each_other_as_in_the_original() -> None:
    dates = PUBLIKASI["tanggal"]
    assert {d["tanggal"].day for d in dates["konsultasi_publik"]} == {4, 14}
    assert datetime.date(2024, 10, 14).weekday() == 0  # the minutes say Senin, and it was one
    assert [(p["mulai"], p["selesai"]) for p in dates["pelaksanaan"]] == [
        ("2024-07", "2024-10"),
        ("2024-06", "2024-10"),
    ]
    assert [t["hari_kerja"] for t in dates["tahap"]] == [8, 60, 10, 15]


def test_krejcie_morgan_rows_follow_the_formula() -> None:
    def formula(population: int) -> int:
        chi2, p, d = Fraction("3.841"), Fraction(1, 2), Fraction("0.05")
        spread = chi2 * p * (1 - p)
        return math.floor(population * spread / (d * d * (population - 1) + spread) + Fraction(1, 2))

    rows = KASUS["laporan"]["krejcie_morgan"]["baris"]
    assert len(rows) == 66
    assert [[population, formula(population)] for population, _ in rows] == rows
    assert rows == sorted(rows)
    assert formula(PUBLIKASI["populasi"]) == 346 > PUBLIKASI["sampel_minimum"] == dict(rows)[3000]


def test_questionnaire_has_four_labels_for_every_unsur_in_order() -> None:
    questions = KASUS["laporan"]["kuesioner"]["pertanyaan"]
    assert [q["unsur"] for q in questions] == ORDER
    assert all(len(set(q["jawaban"])) == 4 for q in questions)
    assert len(KASUS["laporan"]["lembar_data"]["kolom"]) == 18


def test_printed_levels_go_beyond_the_choices_of_the_questionnaire() -> None:
    # Printed: 24 students, and diplomas together with first degrees. The form offers neither students nor diplomas.
    tables = {t["karakteristik"]: [row["tingkat"] for row in t["baris"]] for t in PUBLIKASI["profil"]}
    form = KASUS["laporan"]["kuesioner"]
    assert "Pelajar/mahasiswa" in tables["pekerjaan"]
    assert not any("pelajar" in choice.lower() for choice in form["pekerjaan"])
    assert "D-I/D-III/D-IV/S1" in tables["pendidikan"]
    assert not any(choice.startswith("D") for choice in form["pendidikan"])


# --- the performance report -----------------------------------------------------------------------------------------


def test_budget_adds_up() -> None:
    budgets = [i["anggaran"] for i in LKJIP["indikator"]]
    total = LKJIP["anggaran"]
    assert sum(b["pagu"] for b in budgets) == total["pagu"]
    assert sum(b["realisasi"] for b in budgets) == total["realisasi"]
    assert total["pagu"] - total["realisasi"] == total["sisa"]
    assert round_half_up(Fraction(100 * total["realisasi"], total["pagu"]), 2) == exact(total["serapan"])


@pytest.mark.parametrize("indikator", LKJIP["indikator"], ids=lambda i: i["id"])
def test_achievement_absorption_efficiency_recomputed(indikator: dict[str, Any]) -> None:
    budget = indikator["anggaran"]
    achieved = 100 * exact(indikator["realisasi"]) / exact(indikator["target"])
    absorbed = Fraction(100 * budget["realisasi"], budget["pagu"])
    assert round_half_up(achieved, 2) == exact(indikator["capaian"])
    assert round_half_up(absorbed, 2) == exact(budget["serapan"])
    assert round_half_up(100 * absorbed / achieved, 2) == exact(budget["efisiensi"])
    assert round_half_up(Fraction(100 * budget["pagu"], LKJIP["anggaran"]["pagu"]), 2) == exact(budget["porsi"])


def test_target_and_realisation_agree_between_the_two_parts() -> None:
    ikm, klaim = LKJIP["indikator"][0], PUBLIKASI["klaim"]
    assert {k: klaim[k] for k in ("target", "realisasi", "capaian")} == {
        k: ikm[k] for k in ("target", "realisasi", "capaian")
    }
    assert klaim["realisasi"] == PUBLIKASI["ikm"]
    assert [v["ikm"] for v in klaim["tren"]["nilai"]] == [ikm["realisasi_2023"], ikm["realisasi"]]
    targets = {t["tahun"]: exact(t["nilai"]) for t in LKJIP["target_ikm"]}
    assert list(targets) == [2019, 2020, 2021, 2022, 2023, 2024]
    assert targets[2024] == exact(ikm["target"]) != exact(ikm["target_renstra"])


def test_population_of_the_district_does_not_add_up_in_the_original() -> None:
    people = LKJIP["penduduk"]
    assert people["jumlah_baris"]["perempuan"] != people["tercetak"]["perempuan"]
    assert sum(people["jumlah_baris"].values()) != people["tercetak"]["jiwa"]
    assert all(sum(k["bagian"]) != k["jumlah_tercetak"] for k in people["kelurahan"])


# --- the reconstructed respondents ----------------------------------------------------------------------------------


def cells(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def properties(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True).properties


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return WORKBOOK.read_bytes()


@pytest.fixture(scope="module")
def sheet(shipped: bytes) -> list[list[Any]]:
    return next(iter(cells(shipped).values()))


@pytest.fixture(scope="module")
def answers(sheet: list[list[Any]]) -> np.ndarray:
    return np.array([row[6:] for row in sheet[1:]])


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The workbook made twice, by two processes with different hash seeds."""
    pytest.importorskip("xlsxwriter")
    made = []
    for seed in ("1", "2"):
        out = tmp_path_factory.mktemp("contoh") / "ulang.xlsx"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, str(SCRIPT), "--out", str(out)], check=True, capture_output=True, env=environment
        )
        made.append(out.read_bytes())
    return made


def test_totals_assumed_are_possible_and_give_the_printed_means() -> None:
    totals = KASUS["rekonstruksi"]["jumlah"]
    assert list(totals.items()) == list(zip(ORDER, TOTALS, strict=True))
    assert {u: format_decimal(Fraction(t, N), 2, "id") for u, t in totals.items()} == {
        u: UNSUR[u]["nilai"] for u in UNSUR
    }
    assert format_decimal(Fraction(sum(TOTALS), 9 * N) * 25, 2, "id") == "89,31"


def test_one_header_row_names_code_and_unsur(sheet: list[list[Any]]) -> None:
    assert sheet[0] == [
        "No",
        "Jenis Kelamin",
        "Kelompok Usia",
        "Pendidikan",
        "Pekerjaan",
        "Jenis Layanan",
        "U1 Persyaratan",
        "U2 Sistem, Mekanisme dan Prosedur",
        "U3 Waktu Penyelesaian",
        "U4 Biaya/Tarif",
        "U5 Produk Spesifikasi Jenis Pelayanan",
        "U6 Kompetensi Pelaksana",
        "U7 Perilaku Pelaksana",
        "U8 Sarana dan Prasarana",
        "U9 Penanganan Pengaduan, Saran dan Masukan",
    ]
    assert len(sheet) == N + 1
    assert [row[0] for row in sheet[1:]] == list(range(1, N + 1))
    assert all(len(row) == 15 and not any(cell in ("", None) for cell in row) for row in sheet)


def test_answers_reach_the_totals_exactly(answers: np.ndarray) -> None:
    assert answers.shape == (N, 9)
    assert set(np.unique(answers)) == {1, 2, 3, 4}
    assert answers.sum(axis=0).tolist() == TOTALS


def test_margins_are_the_printed_tables(sheet: list[list[Any]]) -> None:
    columns = {"jenis_kelamin": 1, "usia": 2, "pendidikan": 3, "pekerjaan": 4, "layanan": 5}
    for table in PUBLIKASI["profil"]:
        counted = Counter(row[columns[table["karakteristik"]]] for row in sheet[1:])
        assert counted == Counter({row["tingkat"]: row["jumlah"] for row in table["baris"]})


def test_answers_look_like_answers(answers: np.ndarray) -> None:
    assert (answers >= 3).mean() > 0.9
    assert 0 < (answers == 1).mean() < 0.01
    assert all(len(set(column)) >= 3 for column in answers.T)
    assert np.corrcoef(answers.T).min() > 0.2
    items = answers.shape[1]
    alpha = items / (items - 1) * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))
    assert 0.8 < alpha < 0.93
    assert len(np.unique(answers, axis=0)) > N / 2


def test_the_file_says_that_it_is_a_reconstruction(shipped: bytes) -> None:
    sheets = cells(shipped)
    assert list(sheets) == ["Data (rekonstruksi)", "Keterangan"]
    text = "\n".join(str(row[0]) for row in sheets["Keterangan"] if row)
    for said in (
        "REKONSTRUKSI - BUKAN DATA ASLI",
        "Data per responden dari survei itu tidak tersedia untuk umum.",
        "RECONSTRUCTION - NOT THE ORIGINAL DATA",
        "No respondent-level data of that survey exist in public.",
        f"{KASUS['rekonstruksi']['naskah']}, benih acak {KASUS['rekonstruksi']['benih']}",
        f"{KASUS['rekonstruksi']['naskah']}, random seed {KASUS['rekonstruksi']['benih']}",
    ):
        assert said in text
    assert text.index("BUKAN DATA ASLI") < text.index("NOT THE ORIGINAL")
    assert properties(shipped).title.startswith("REKONSTRUKSI")


def test_remade_workbook_has_the_shipped_cells(shipped: bytes, remade: list[bytes]) -> None:
    assert cells(remade[0]) == cells(shipped)
    assert properties(remade[0]).title == properties(shipped).title


def test_two_processes_write_the_same_bytes(remade: list[bytes]) -> None:
    assert remade[0] == remade[1]
    with zipfile.ZipFile(io.BytesIO(remade[0])) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2024, 10, 14, 0, 0, 0)}


def test_remade_workbook_has_the_shipped_bytes(shipped: bytes, remade: list[bytes]) -> None:
    made_by, here = properties(shipped).description, properties(remade[0]).description
    if made_by != here:
        pytest.skip(f"the shipped file was written by {made_by}, here is {here}; the cells are compared in any case")
    assert remade[0] == shipped
