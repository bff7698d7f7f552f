"""Forms as offices make them: grids about importance, letters over counts, blocks of other instruments, own wordings."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.cli import run
from skm.errors import InvalidAnswerError, MissingColumnError, SKMWarning

UNSUR = [
    "Persyaratan",
    "Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Layanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Sarana dan Prasarana",
    "Penanganan Pengaduan",
]


def answers(n: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(2, 4) for _ in range(9)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)) / 9 * 25


def write(path: Path, table: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    return path


@pytest.mark.parametrize("asked", ["Tingkat kepentingan", "Seberapa penting", "Harapan Anda", "Importance"])
@pytest.mark.parametrize("first", [True, False])
def test_a_grid_about_importance_is_never_the_answer(tmp_path: Path, asked: str, first: bool) -> None:
    """The same nine names stand in two grids of one form; only the one about the service counts."""
    rows = answers(12, 5)
    chance = random.Random(9)
    heads = [[f"Penilaian Anda [{u}]" for u in UNSUR], [f"{asked} [{u}]" for u in UNSUR]]
    blocks = [[row, [chance.randint(1, 4) for _ in UNSUR]] for row in rows]
    order = (1, 0) if first else (0, 1)
    table = [[h for k in order for h in heads[k]], *([v for k in order for v in block[k]] for block in blocks)]
    survei = skm.read(write(tmp_path / "f.csv", table))
    assert skm.score(survei).ikm_tepat == exact(rows)
    assert all(asked not in column for column in survei.bacaan.kolom.values())


@pytest.mark.parametrize("asked", ["Tingkat kepentingan", "Indeks persepsi anti korupsi"])
def test_a_grid_about_something_else_alone_is_asked_about(tmp_path: Path, asked: str) -> None:
    table = [[f"{asked} [{u}]" for u in UNSUR], *answers(12, 5)]
    with pytest.raises(MissingColumnError):
        skm.read(write(tmp_path / "f.csv", table))


@pytest.mark.parametrize("other", ["P", "Q", "A"])
def test_a_short_run_beside_the_nine_is_another_instrument(tmp_path: Path, other: str) -> None:
    """U1..U9 and P1..P5: the nine are the survey; the five are named and left out."""
    rows = answers(14, 3)
    head = [f"U{i}" for i in range(1, 10)] + [f"{other}{i}" for i in range(1, 6)]
    hasil = skm.score(skm.read(write(tmp_path / "f.csv", [head, *([*row, 4, 1, 3, 2, 4] for row in rows)])))
    assert hasil.ikm_tepat == exact(rows)
    assert "blok-lain" in {note.kode for note in hasil.catatan}


@pytest.mark.parametrize(
    "asked",
    ["Apakah keluhan Anda ditanggapi dengan baik?", "Apakah pengaduan terasa mudah?", "Apakah aduan Anda beres?"],
)
def test_a_question_on_four_levels_is_no_yes_or_no(tmp_path: Path, asked: str) -> None:
    """It counts or it is proposed; the unsur is not dropped because its sentence begins with apakah."""
    rows = answers(12, 8)
    path = write(tmp_path / "f.csv", [[*UNSUR[:8], asked], *rows])
    try:
        survei = skm.read(path)
    except MissingColumnError:  # proposed, and the proposal leads on
        survei = skm.read(path, terima=["pengaduan"])
    assert skm.score(survei).ikm_tepat == exact(rows)


def test_letters_over_counts_say_their_direction(tmp_path: Path) -> None:
    """A bare A may be the best or the worst: the note says which was taken, and the label turns it."""
    rows = answers(40, 2)
    counts = [[sum(row[j] == level for row in rows) for level in (4, 3, 2, 1)] for j in range(9)]
    table = [["Unsur", "A", "%", "B", "%", "C", "%", "D", "%"]]
    table += [[u, *(x for c in line for x in (c, f"{c / 40:.3f}"))] for u, line in zip(UNSUR, counts, strict=True)]
    path = write(tmp_path / "f.csv", table)
    plain, turned = skm.score(skm.read(path)), skm.score(skm.read(path, label="a-terbaik"))
    assert plain.ikm_tepat == 125 - exact(rows)
    assert turned.ikm_tepat == exact(rows)
    assert all("huruf-arah" in {note.kode for note in hasil.catatan} for hasil in (plain, turned))


@pytest.mark.parametrize("foot", [[], ["jumlah"], ["jumlah", "rata"]])
def test_auditing_answers_names_nobody(tmp_path: Path, foot: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A table of respondents is no recap of units, whatever stands below it; no name becomes a unit."""
    rows = answers(12, 4)
    head = ["No", "Nama", *(f"U{i}" for i in range(1, 10))]
    table: list[list[Any]] = [head, *([i, f"Sumarni {chr(65 + i)}", *row] for i, row in enumerate(rows))]
    table.insert(7, head)
    sums = [sum(column) for column in zip(*rows, strict=True)]
    table += [["Σ", "", *sums]] if "jumlah" in foot else []
    table += [["x̄", "", *(f"{s / 12:.2f}".replace(".", ",") for s in sums)]] if "rata" in foot else []
    run(["audit", str(write(tmp_path / "f.csv", table))])
    told = capsys.readouterr()
    assert "Sumarni" not in told.out + told.err


@pytest.mark.parametrize("shape", ["{n}. {t}", "{n} - {t}", "{t} ({n})", "{n} = {t}"])
@pytest.mark.parametrize(
    "labels",
    [
        ["Tidak Puas", "Kurang Puas", "Puas", "Sangat Puas"],
        ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"],
        ["Sangat Tidak Setuju", "Tidak Setuju", "Setuju", "Sangat Setuju"],
    ],
)
def test_a_number_against_its_label_is_asked_about(tmp_path: Path, shape: str, labels: list[str]) -> None:
    """'1. Sangat Puas' is the best by its label and the worst by its number; nobody guesses, and the label decides."""
    rows = answers(12, 6)
    texts = {level: shape.format(n=5 - level, t=labels[level - 1]) for level in (1, 2, 3, 4)}
    path = write(tmp_path / "f.csv", [UNSUR, *([texts[v] for v in row] for row in rows)])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-terbalik"
    assert skm.score(skm.read(path, label=[texts[k] for k in (1, 2, 3, 4)])).ikm_tepat == exact(rows)
    straight = {level: shape.format(n=level, t=labels[level - 1]) for level in (1, 2, 3, 4)}
    path = write(tmp_path / "g.csv", [UNSUR, *([straight[v] for v in row] for row in rows)])
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


@pytest.mark.parametrize(
    "legend", ["(1 = Sangat Puas, 4 = Tidak Puas)", "[1: Sangat Baik s.d. 4: Tidak Baik]", "(1=Sangat Setuju; 4=Tidak)"]
)
def test_a_legend_that_runs_the_other_way_is_asked_about(tmp_path: Path, legend: str) -> None:
    rows = answers(12, 7)
    path = write(tmp_path / "f.csv", [[f"{u} {legend}" for u in UNSUR], *([5 - v for v in row] for row in rows)])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.read(path)
    assert problem.value.code == "skala-terbalik"
    hasil = skm.score(skm.read(path, label="1-terbaik"))
    assert hasil.ikm_tepat == exact(rows)
    assert next(n for n in hasil.catatan if n.kode == "huruf-arah").bukti["arah"][0] == "1 = 4"
    straight = skm.score(skm.read(path, label="4-terbaik"))
    assert straight.ikm_tepat == 125 - exact(rows)
    assert "huruf-arah" not in {n.kode for n in straight.catatan}


@pytest.mark.parametrize(
    "heads", [["jml_n1", "jml_n2", "jml_n3", "jml_n4"], ["nilai_1", "nilai_2", "nilai_3", "nilai_4"]]
)
def test_counts_under_names_of_a_database(tmp_path: Path, heads: list[str]) -> None:
    rows = answers(12, 3)
    counts = [[sum(row[j] == level for row in rows) for level in (1, 2, 3, 4)] for j in range(9)]
    table = [["kode_unsur", *heads], *([f"U{j + 1}", *line] for j, line in enumerate(counts))]
    order = [*range(7), 8, 7]
    hasil = skm.score(skm.read(write(tmp_path / "f.csv", table)))
    assert hasil.ikm_tepat == exact(rows) == exact([[row[k] for k in order] for row in rows])


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("place", ["judul", "saran", "desimal", "kop"])
def test_commas_inside_cells_do_not_split_a_table(tmp_path: Path, mark: str, place: str) -> None:
    """Commas in every header, in one long remark or in every number are no separators where the lines agree on another."""
    rows = answers(12, 11)
    head = [f"{u} (nilai 1, 2, 3, 4)" if place == "judul" else u for u in UNSUR]
    cells = [[f"{v},00" if place == "desimal" else str(v) for v in row] for row in rows]
    remark = "baik, " * 30 if place == "saran" else "baik"
    above = [["PEMERINTAH KOTA, DINAS A"], ["Jalan Melati 3, Kota"]] if place == "kop" else []
    lines = [*above, [*head, "Saran"], *([*row, remark if i == 4 else "0,5"] for i, row in enumerate(cells))]
    path = tmp_path / "f.csv"
    path.write_text("\n".join(mark.join(line) for line in lines), "utf-8")
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


@pytest.mark.parametrize("legend", ["(1-5)", "[skala 1 - 5]", "(1 = Sangat Buruk, 5 = Sangat Baik)", "(1 s.d. 5)"])
def test_a_header_of_five_levels_is_no_scale_of_four(tmp_path: Path, legend: str) -> None:
    """Nobody chose 5, but 4 of 5 is not 4 of 4: the header says so."""
    rows = answers(12, 13)
    path = write(tmp_path / "f.csv", [[f"{u} {legend}" for u in UNSUR], *rows])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.read(path)
    assert problem.value.code == "judul-skala-lain"
    assert skm.score(skm.read(path, label="4-terbaik")).ikm_tepat == exact(rows)
    with pytest.warns(SKMWarning):
        assert skm.score(skm.read(path, skala="5-linear")).ikm_tepat < exact(rows)


def test_letters_whose_legend_has_a_best(tmp_path: Path) -> None:
    rows = answers(12, 14)
    legend = "(A = Sangat Baik, B = Baik, C = Kurang Baik, D = Tidak Baik)"
    path = write(tmp_path / "f.csv", [[f"{u} {legend}" for u in UNSUR], *(["DCBA"[v - 1] for v in r] for r in rows)])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.read(path)
    assert problem.value.code == "skala-terbalik"
    assert skm.score(skm.read(path, label="a-terbaik")).ikm_tepat == exact(rows)


@pytest.mark.parametrize("turned", [True, False])
def test_a_legend_above_the_table(tmp_path: Path, turned: bool) -> None:
    """The legend of the answers stands once above the table; the list of grades there is none."""
    rows = answers(12, 15)
    words = ["Sangat Puas", "Puas", "Kurang Puas", "Tidak Puas"][:: 1 if turned else -1]
    above = [[", ".join(f"{i} = {w}" for i, w in enumerate(words, 1))], ["Mutu: A = Sangat Baik, D = Tidak Baik"], []]
    path = write(tmp_path / "f.csv", [*above, [f"U{i}" for i in range(1, 10)], *rows])
    if turned:
        with pytest.raises(InvalidAnswerError):
            skm.read(path)
        assert skm.score(skm.read(path, label="1-terbaik")).ikm_tepat == 125 - exact(rows)
    else:
        assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


@pytest.mark.parametrize("letters_below", [True, False])
def test_a_label_over_a_letter_decides(tmp_path: Path, letters_below: bool) -> None:
    rows = answers(40, 16)
    counts = [[sum(row[j] == level for row in rows) for level in (4, 3, 2, 1)] for j in range(9)]
    heads = [["Unsur", "Sangat Baik", "Baik", "Kurang Baik", "Tidak Baik"], ["", "A", "B", "C", "D"]]
    heads = heads if letters_below else [["Unsur", *heads[1][1:]], ["", *heads[0][1:]]]
    table = [*heads, *([u, *line] for u, line in zip(UNSUR, counts, strict=True))]
    assert skm.score(skm.read(write(tmp_path / "f.csv", table))).ikm_tepat == exact(rows)
