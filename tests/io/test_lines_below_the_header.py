"""What programs write below their header is no respondent: a kind of question, the question itself, a rule."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import skm
from skm.cli import run
from skm.errors import InvalidAnswerError

ASKED = [
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
]
ROWS = [[4, 3, 2, 4, 4], [3, 3, 4, 4, 3], [4, 4, 1, 3, 4], [2, 3, 4, 4, 3]]
EXACT = sum(Fraction(sum(column), len(ROWS)) for column in zip(*ROWS, strict=True)) / 5 * 25
CODES = [f"Q{i}" for i in range(1, 6)]
LINES = {
    "kind": (ASKED, [["", *["Response"] * 5, "Open-Ended Response"]]),
    "question": (CODES, [["Response ID", *ASKED, "Saran"]]),
    "import": (CODES, [["Response ID", *ASKED, "Saran"], ['{"ImportId":"_id"}', *['{"ImportId":"QID1"}'] * 6]]),
    "rule": (CODES, [["---"] * 7]),
    "aligned rule": (CODES, [[":--", *["--:"] * 6]]),
    "numbers": (CODES, [[str(i) for i in range(1, 8)]]),
}


@pytest.mark.parametrize("kind", LINES)
def test_they_are_no_respondents(tmp_path: Path, kind: str) -> None:
    heads, lines = LINES[kind]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["ResponseId", *heads, "Saran"], *lines, *([i, *row, ""] for i, row in enumerate(ROWS, start=100))]
        )
    found = skm.score(path)
    assert (found.ikm_tepat, found.n) == (EXACT, 4)


def test_the_question_says_which_unsur_a_number_asks_about(tmp_path: Path) -> None:
    turned = [row[::-1] for row in ROWS]
    found = skm.score(skm.read([CODES, ASKED[::-1], *turned]))
    assert found.unsur["biaya"].total == sum(row[3] for row in ROWS)


def test_answers_that_are_sentences_are_no_questions() -> None:
    said = ["Persyaratan {} dipenuhi", "Prosedur pelayanan {} dipahami", "Waktu pelayanan {} singkat", "Biaya {} murah"]
    words = ["tidak", "kurang", "cukup", "sangat"]
    rows = [[text.format(words[level - 1]) for text, level in zip(said, row, strict=False)] for row in ROWS]
    with pytest.raises(InvalidAnswerError):
        skm.score(skm.read([CODES[:4], *rows]))


@pytest.mark.parametrize("blank", ["\\N", "--", "---", "(null)", "NULL"])
@pytest.mark.parametrize("place", [(0, 0), (1, 0), (1, 2)])
def test_a_databases_blank_is_no_label_of_sums(
    tmp_path: Path, blank: str, place: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    """The row below equals the one above, as a mean of it would; the hint that is printed is what is typed next."""
    rows = [[3, 4, 3], [3, 4, 3], [4, 4, 2]]
    i, j = place
    table = [[str(v) if (a, b) != place else blank for b, v in enumerate(row)] for a, row in enumerate(rows)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([";".join(["U1", "U2", "U3"]), *map(";".join, table)]), encoding="utf-8")
    assert run(["hitung", str(path), "--keputusan", "tidak"]) == 2
    said = capsys.readouterr().err
    option = said[said.index("--nilai-kosong") :].split(" (")[0].replace('"', "")
    words = option.split(" ") if " " in option else [option]
    assert run(["hitung", str(path), "--keputusan", "tidak", *words]) == 0
    held = [[row[c] for a, row in enumerate(rows) if (a, c) != (i, j)] for c in range(3)]
    exact = sum(Fraction(sum(column), len(column)) for column in held) / 3 * 25
    assert skm.score(path, nilai_kosong=[blank]).ikm_tepat == exact
