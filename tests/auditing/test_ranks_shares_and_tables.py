"""Ranks, shares of every level, answers beside their sums, and tables copied out of the regulation: right and wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support.other_reports import NAMES, WRITERS, read, shown

from skm import regulasi
from skm.auditing.audit import audit
from skm.auditing.result import HasilTelaah
from skm.sampling import krejcie_morgan

FORMS = ("html", "teks", "word")
LEVELS = ("Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik")


def survey(seed: int, n: int) -> list[list[int]]:
    rng = random.Random(seed)
    return [[rng.choices((1, 2, 3, 4), (1, 2, 8, 9))[0] for _ in range(9)] for _ in range(n)]


def means_of(answers: Sequence[Sequence[int]]) -> list[Fraction]:
    return [Fraction(sum(row[j] for row in answers), len(answers)) for j in range(9)]


def figure(means: Sequence[Fraction]) -> str:
    return shown(sum((read(shown(m)) for m in means), Fraction(0)) / 9 * 25)


def held(parts: list[Any], form: str, folder: Path) -> HasilTelaah:
    return audit(WRITERS[form](parts, folder))


def serious(hasil: HasilTelaah) -> set[str]:
    return {f.kode for f in hasil.temuan if f.tingkat != "catatan"}


def ranked(means: Sequence[Fraction], *, best: bool, swap: bool) -> list[list[str]]:
    order = sorted(range(9), key=lambda j: (read(shown(means[j])) * (-1 if best else 1), j))
    rank = {j: i for i, j in enumerate(order, start=1)}
    if swap:
        a, b = order[0], order[6]
        rank[a], rank[b] = rank[b], rank[a]
    lines = [[str(j + 1), NAMES[j], shown(means[j]), str(rank[j])] for j in range(9)]
    return [["No", "Unsur", "Nilai", "Peringkat"], *lines, ["", "Nilai IKM", figure(means), ""]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("best", [True, False])
def test_ranks_follow_the_values_from_either_end(best: bool, seed: int, form: str, tmp_path: Path) -> None:
    means = means_of(survey(seed, 97))
    assert not serious(hasil := held(["Hasil", ranked(means, best=best, swap=False)], form, tmp_path)), hasil.to_text()
    assert "urutan-peringkat" in serious(held(["Hasil", ranked(means, best=best, swap=True)], form, tmp_path))


def test_ranks_by_something_else_are_no_mistake(tmp_path: Path) -> None:
    means = means_of(survey(4, 90))
    table = ranked(means, best=True, swap=False)
    rng = random.Random(4)
    ranks = [row[3] for row in table[1:10]]
    rng.shuffle(ranks)
    for row, rank in zip(table[1:10], ranks, strict=True):
        row[3] = rank
    assert not serious(hasil := held(["Hasil", table], "html", tmp_path)), hasil.to_text()


def shares(answers: Sequence[Sequence[int]], places: int, wrong: int | None = None) -> list[list[str]]:
    means, n = means_of(answers), len(answers)
    lines = []
    for j in range(9):
        counts = [sum(row[j] == level for row in answers) for level in (1, 2, 3, 4)]
        parts = [shown(Fraction(count * 100, n), places) for count in counts]
        value = means[j] + (Fraction(3, 10) if j == wrong else 0)
        lines.append([str(j + 1), NAMES[j], *parts, shown(value)])
    return [["No", "Unsur", *(f"{level} (%)" for level in LEVELS), "NRR"], *lines]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("places", [0, 1, 2])
@pytest.mark.parametrize("seed", [5, 6])
def test_shares_of_every_level(seed: int, places: int, form: str, tmp_path: Path) -> None:
    answers = survey(seed, 133)
    end = f"Nilai IKM: {figure(means_of(answers))}"
    assert not serious(hasil := held(["Hasil", shares(answers, places), end], form, tmp_path)), hasil.to_text()
    assert hasil.putusan == "cocok"
    assert any(u.persen_tingkat for u in hasil.publikasi.unsur)
    assert "tingkat-persen-nilai" in serious(held(["Hasil", shares(answers, places, 3), end], form, tmp_path))


@pytest.mark.parametrize("key", ["total", "nilai"])
@pytest.mark.parametrize("wrong", [False, True])
def test_answers_beside_their_sums(key: str, wrong: bool, tmp_path: Path) -> None:
    import openpyxl

    answers = survey(7, 61)
    means = means_of(answers)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", *(f"U{j}" for j in range(1, 10))])
    for i, row in enumerate(answers, start=1):
        sheet.append([i, *row])
    result = book.create_sheet("Hasil")
    result.append(["No", "Unsur", "Jumlah Nilai" if key == "total" else "NRR"])
    for j in range(9):
        value = int(means[j] * 61) if key == "total" else shown(means[j])
        if wrong and j == 2:
            value = value + 4 if isinstance(value, int) else shown(means[j] - Fraction(2, 10))
        result.append([j + 1, f"U{j + 1}", value])
    result.append([None, "Jumlah responden", 61])
    book.save(tmp_path / "p.xlsx")
    hasil = audit(tmp_path / "p.xlsx")
    assert ("jawaban-berlainan" in serious(hasil)) is wrong, hasil.to_text()
    assert len(hasil.publikasi.jawaban) == 9


SIZES = [*range(10, 100, 5), *range(100, 300, 10), 1000, 1500, 3000, 10_000]


def copied(dots: bool, edit: Callable[[list[tuple[int, int]]], None] | None = None) -> list[list[str]]:
    exact = [krejcie_morgan(n, Decimal("3.841"), Decimal("0.05"), Decimal("0.5")) for n in SIZES]
    pairs = [(n, int(x + Fraction(1, 2))) for n, x in zip(SIZES, exact, strict=True)]
    if edit is not None:
        edit(pairs)
    cells = [[f"{x:,}".replace(",", ".") if dots else str(x) for x in pair] for pair in pairs]
    third = len(cells) // 3
    lines = [cells[i] + cells[i + third] + cells[i + 2 * third] for i in range(third)]
    return [["Populasi (N)", "Sampel (n)"] * 3, *lines]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("dots", [True, False])
def test_a_copied_table_of_sample_sizes(dots: bool, form: str, tmp_path: Path) -> None:
    def slip(pairs: list[tuple[int, int]]) -> None:
        pairs[9] = (pairs[9][0], pairs[9][1] - 9)

    end = "Nilai IKM: 84,20"
    assert not serious(hasil := held(["Tabel sampel", copied(dots), end], form, tmp_path)), hasil.to_text()
    assert len(hasil.publikasi.tabel_sampel) == len(SIZES) // 3 * 3
    assert "sampel-tabel-tercetak" in serious(held(["Tabel sampel", copied(dots, slip), end], form, tmp_path))


def grades(rule: str, edit: tuple[int, int, str] | None = None) -> list[list[str]]:
    rows = [["Nilai Persepsi", "Nilai Interval", "Nilai Interval Konversi", "Mutu", "Kinerja"]]
    for i, kategori in enumerate(regulasi.load(rule).kategori, start=1):
        spans = [f"{a} - {b}".replace(".", ",") for a, b in (kategori.ni, kategori.nik)]
        rows.append([str(i), *spans, kategori.mutu, kategori.word("id")])
    if edit is not None:
        rows[edit[0]][edit[1]] = edit[2]
    return rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", ["permenpanrb-14-2017", "kepmenpan-25-2004"])
@pytest.mark.parametrize("edit", [None, (3, 2, "67,61 - 88,30"), (1, 1, "1,00 - 2,9556"), (4, 2, "88,13 - 100,00")])
def test_a_copied_table_of_grades(edit: tuple[int, int, str] | None, rule: str, form: str, tmp_path: Path) -> None:
    hasil = held(["Tabel mutu", grades(rule, edit), "Nilai IKM: 90,20"], form, tmp_path)
    assert ("mutu-tabel-tercetak" in serious(hasil)) is (edit is not None), hasil.to_text()
    assert len(hasil.publikasi.tabel_mutu) == 4


LABELS = (
    ("Jumlah", "NRR", "NRR tertbg", "IKM"), ("Nilai per unsur", "NRR/unsur", "NRR tertimbang", "IKM Unit Pelayanan"),
    ("Jumlah Nilai", "Rata-rata", "Rata-rata tertimbang", "Nilai IKM"),
)  # fmt: skip


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(("wrong", "code"), [("", ""), ("ikm", "ikm-"), ("sum", "jawaban-berlainan")])
@pytest.mark.parametrize("n", [6, 40])
def test_the_worksheet_of_the_regulation(
    n: int, wrong: str, code: str, labels: tuple[str, ...], tmp_path: Path
) -> None:
    """Answers with their sums, means, weighted means and the index below, the labels in the column of numbers."""
    answers = survey(9, n)
    means = [shown(m, 3) for m in means_of(answers)]
    weighted = [shown(read(m) * Fraction(111, 1000), 3) for m in means]
    index = sum((read(w) for w in weighted), Fraction(0))
    totals = [sum(row[j] for row in answers) + 7 * (wrong == "sum" and j == 4) for j in range(9)]
    rows = [
        ["No. Res", *(f"U{j}" for j in range(1, 10)), ""],
        *([str(i), *map(str, row), ""] for i, row in enumerate(answers, start=1)),
        [labels[0], *map(str, totals), ""],
        [labels[1], *means, ""],
        [labels[2], *weighted, shown(index, 3)],
        [labels[3], *[""] * 9, shown(index * 25 + 4 * (wrong == "ikm"))],
    ]
    path = tmp_path / "p.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    hasil = audit(path)
    found = [f.kode for f in hasil.temuan if f.tingkat != "catatan"]
    assert any(kode.startswith(code) for kode in found) if code else not found, hasil.to_text()
    assert wrong or hasil.putusan == "cocok"


@pytest.mark.parametrize("heads", [
    ("Tidak Puas", "Kurang Puas", "Puas", "Sangat Puas"), ("1 (%)", "2 (%)", "3 (%)", "4 (%)"),
    ("SB (%)", "B (%)", "KB (%)", "TB (%)"), ("Sangat Mudah", "Mudah", "Kurang Mudah", "Tidak Mudah"),
])  # fmt: skip
def test_shares_under_other_heads_are_no_values(heads: tuple[str, ...], tmp_path: Path) -> None:
    """Percentages alone, with the sign in the cells or in the heads, are neither counts nor converted values."""
    answers = survey(11, 90)
    up = heads[0][:2] in ("Ti", "1 ")
    lines = []
    for j in range(9):
        counts = [sum(row[j] == level for row in answers) for level in ((1, 2, 3, 4) if up else (4, 3, 2, 1))]
        mark = "" if "%" in heads[0] else "%"
        lines.append([NAMES[j], *(shown(Fraction(x * 100, 90), 1) + mark for x in counts)])
    parts = ["Hasil", [["Unsur", *heads], *lines], f"Nilai IKM: {figure(means_of(answers))}"]
    assert not serious(hasil := held(parts, "html", tmp_path)), hasil.to_text()
    assert all(u.persen_tingkat for u in hasil.publikasi.unsur)


def test_a_sentence_about_another_year_is_no_claim_about_this_one(tmp_path: Path) -> None:
    means = means_of(survey(12, 80))
    table = ranked(means, best=True, swap=False)
    order = sorted(range(9), key=lambda j: read(shown(means[j])))
    said = f"Pada tahun {{}} unsur terendah adalah {NAMES[order[5]]}."
    for year, wrong in ((2023, False), (2024, True)):
        hasil = held(["Periode Tahun 2024", said.format(year), table], "html", tmp_path)
        assert ("urutan-terendah" in serious(hasil)) is wrong, hasil.to_text()
