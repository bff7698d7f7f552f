"""One grammar of cells: what is a level, what is not, what is asked about; the same from files and from text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.answers.cell_grammar import NO_ANSWER, label_key, level_of_text
from skm.answers.cells import CellRules, decode, text_rules
from skm.answers.label_sets import label_sets
from skm.errors import InvalidAnswerError, SKMError, SKMWarning
from skm.regulasi._kuesioner import load

BASE = load()
RULES = text_rules(BASE)["perilaku"]
LABELS = {level: text for text, level in RULES.items() if len(text) > 2 and not text.isdigit()}
NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]


def read(text: str) -> int:
    return level_of_text(text, RULES, 4)


def sheet(path: Path, column: list[Any], *, style: str | None = None) -> Path:
    """A workbook of nine unsur whose fourth column holds these cells, the others the answer 3."""
    book = openpyxl.Workbook()
    book.active.append(NAMES)
    for value in column:
        book.active.append([3, 3, 3, value, 3, 3, 3, 3, 3])
    if style:
        for row in book.active.iter_rows(min_row=2, min_col=4, max_col=4):
            row[0].number_format = style
    book.save(path)
    return path


@given(
    st.integers(1, 4),
    st.sampled_from(
        ["{}", " {} ", "{},0", "{}.0", "{}.00", "({})", "[{}]", '"{}"', "'{}", "{}.", "{})", "{};", '="{}"']
    ),
    st.sampled_from(["", " ", "\u00a0"]),
)
def test_levels_alone(level: int, form: str, space: str) -> None:
    """Digits and letters, quoted, bracketed, with a closing mark, with decimals."""
    assert read(space + form.format(level) + space) == level
    if "0" not in form:
        letter = "abcd"[level - 1]
        assert read(form.format(letter)) == read(form.format(letter.upper())) == level


SIGNED = ["-{}", "- {}", "<{}", "< {}", ">{}", "~{}", "{}?", "{}%", "{} %", "${}", "#{}", "+{}", "\u2212{}", "({}%)"]


@given(st.integers(0, 9), st.sampled_from(SIGNED))
def test_a_sign_makes_it_no_answer(number: int, form: str) -> None:
    """A sign beside a digit, in text or beside a label, is never dropped."""
    assert read(form.format(number)) == NO_ANSWER
    assert read(f"{form.format(number)} sangat baik") == NO_ANSWER


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.sampled_from(
        [
            "{k} - {t}",
            "{k}. {t}",
            "{k}) {t}",
            "{k} {t}",
            "{k}: {t}",
            "{k} ({t})",
            "{t} ({k})",
            "({k}) {t}",
            "{k}={t}",
            "{t} - {k}",
        ]
    ),
)
def test_level_and_label_must_agree(level: int, other: int, form: str) -> None:
    """Level beside label counts where both say the same."""
    text = form.format(k=level, t=LABELS[other].title())
    assert read(text) == (level if level == other else NO_ANSWER)
    letter = form.format(k="abcd"[level - 1], t=LABELS[other])
    if not form.startswith("{t}"):
        assert read(letter) == (level if level == other else NO_ANSWER)


@pytest.mark.parametrize(
    "text", ["3 hari", "2 kali", "4 orang", "1 jam", "1 atau 2", "3/4", "12", "4a", "hari ke 3", "4 4", "b c", "Rp 3"]
)
def test_amounts_are_no_levels(text: str) -> None:
    """A number of days or persons, two numbers, a fraction."""
    assert read(text) == NO_ANSWER


@given(st.sampled_from(["\U0001f60d", "\U0001f642 ", "\u2764\ufe0f", "!", " :) ", "..."]), st.integers(1, 4))
def test_decoration_of_a_known_label(mark: str, level: int) -> None:
    """Emoji and marks beside a known label do not matter; alone they are a label of their own."""
    assert read(f"{mark}{LABELS[level]}{mark}") == level
    assert read(mark) == NO_ANSWER
    assert level_of_text(mark, {label_key(mark): 3}, 4) == (3 if label_key(mark) else NO_ANSWER)


@given(st.integers(1, 4), st.booleans())
def test_stars(level: int, padded: bool) -> None:
    """Filled stars are counted, with hollow ones behind them or without; by name too."""
    stars = "\u2605" * level + ("\u2606" * (4 - level) if padded else "")
    assert read(stars) == read(f"{level} bintang") == read(f"Bintang {level}") == level
    assert read("\u2605" * 5) == read("\u2605\u2606\u2606") == NO_ANSWER


@given(st.text(max_size=30), st.text(st.characters(exclude_categories=["L", "N", "So"]), max_size=20))
def test_no_text_breaks_it(text: str, marks: str) -> None:
    """Any text is a level or none; marks and signs alone are none."""
    assert read(text) in (NO_ANSWER, 1, 2, 3, 4)
    assert read(marks) == NO_ANSWER


@pytest.mark.parametrize("named", [0, "0", 0.0, "0.0", "0,0"])
@pytest.mark.parametrize("cell", [0, "0", 0.0, "0.0", " 0 "])
def test_named_blanks_are_compared_by_value(named: Any, cell: Any) -> None:
    """0, "0", 0.0 and "0.0" are one, whatever the channel makes of them."""
    rules = CellRules(4, text_rules(BASE), (named,), spasi_kosong=True)
    for values in ([cell, 3], [cell] * 2):
        found = decode(values, BASE.butir[0], rules)
        assert not found.salah
        assert found.dinamai_kosong == values.count(cell)


@pytest.mark.parametrize(
    "cells", [[-1, 3], ["-1", "3"], [9, 9], ["TT", "3"], ["-", 3], ["Tidak tahu", 0, 3], [99, "n/a", "3"]]
)
def test_codes_for_missing_get_a_question(tmp_path: Path, cells: list[Any]) -> None:
    """What looks like a missing code names the option; taking the advice leads to the figure."""
    path = sheet(tmp_path / "a.xlsx", [*cells, 4, 4])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-kode-kosong"
    blanks = [eval(text) for text in problem.value.context["nilai"]]
    hasil = skm.score(skm.read(path, nilai_kosong=blanks))
    assert hasil.unsur["biaya"].kosong == len(cells) - cells.count(3) - cells.count("3")


@pytest.mark.parametrize(("style", "cells"), [("0%", [1, 1, 1]), ("0.0%", [1, 0.75, 0.5]), ('0" %"', [1, 1, 1])])
def test_a_percent_format_is_part_of_the_cell(tmp_path: Path, style: str, cells: list[float]) -> None:
    """100 % is not 1; a percent sign that is only text beside the number is no format."""
    path = sheet(tmp_path / "a.xlsx", cells, style=style)
    if '"' in style:
        assert skm.score(skm.read(path)).unsur["biaya"].nrr == 1
        return
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-seratus"


@pytest.mark.parametrize("form", ["{}", "{}%", "{} %"])
def test_a_scale_of_a_hundred_is_a_named_conversion(tmp_path: Path, form: str) -> None:
    """25, 50, 75, 100 are asked about, and read under the conversion of that name."""
    values = [25, 50, 75, 100, 100]
    rows = [";".join(form.format(v) for _ in range(9)) for v in values]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([";".join(NAMES), *rows]), "utf-8")
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-seratus"
    hasil = skm.score(skm.read(path, skala="25-100"))
    assert float(hasil.ikm) == 70.0
    assert "skala-seratus" in {note.kode for note in hasil.catatan}


@pytest.mark.parametrize("made", ["text", "whole", "float", "object", "book"])
def test_codes_from_zero_are_a_named_conversion(tmp_path: Path, made: str) -> None:
    """0, 1, 2, 3 give what 1, 2, 3, 4 give; said to be blanks instead, the zeros are doubted."""
    codes = [[(3 * k + i) % 4 if k % 3 else 2 for i in range(9)] for k in range(30)]
    frame = pd.DataFrame(codes, columns=NAMES)
    right = skm.score(skm.read(frame + 1))
    given: Any = {"whole": frame, "float": frame.astype(float), "object": frame.astype(str)}.get(made)
    if made == "text":
        given = tmp_path / "a.csv"
        frame.to_csv(given, index=False, sep=";")
    elif made == "book":
        given = tmp_path / "a.xlsx"
        frame.to_excel(given, index=False)
    hasil = skm.score(skm.read(given, skala="0-3"))
    assert (hasil.ikm, hasil.n) == (right.ikm, 30)
    assert [u.nrr for u in hasil.unsur.values()] == [u.nrr for u in right.unsur.values()]
    assert "skala-dari-nol" in {note.kode for note in hasil.catatan}
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(given))
    assert problem.value.code == "jawaban-nol"
    assert "0-3" in str(problem.value)
    with pytest.warns(SKMWarning, match="tidak satu pun bernilai 4"):
        doubted = skm.score(skm.read(given, nilai_kosong=[0]))
    assert "mungkin-dari-nol" in {note.kode for note in doubted.catatan}
    known = frame.where(frame > 0, 4)  # somebody gave the highest answer: 0 is what it was said to be
    known.iloc[0, 0] = 0
    assert "mungkin-dari-nol" not in {note.kode for note in skm.score(skm.read(known, nilai_kosong=[0])).catatan}


def test_codes_from_zero_know_no_four() -> None:
    with pytest.raises(InvalidAnswerError):
        skm.score(skm.read([dict.fromkeys(NAMES, code) for code in (0, 3, 4)], skala="0-3"))


def test_direction_of_letters_is_told_and_can_be_turned(tmp_path: Path) -> None:
    """a = 1 is said on the result; a map of letters turns it, with labels beside them too."""
    rows = ["a;" * 8 + "a", "b;" * 8 + "A", "B;" * 8 + "a."]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([";".join(NAMES), *rows]), "utf-8")
    plain = skm.score(skm.read(path))
    note = next(n for n in plain.catatan if n.kode == "huruf-arah")
    assert note.bukti["arah"] == ["a = 1", "b = 2", "c = 3", "d = 4"]
    turned = skm.score(skm.read(path, label="a-terbaik"))
    assert turned.ikm_tepat == 125 - plain.ikm_tepat
    assert next(n for n in turned.catatan if n.kode == "huruf-arah").bukti["arah"][0] == "a = 4"
    assert level_of_text("A. Sangat baik", RULES | label_sets()["a-terbaik"], 4) == 4


@pytest.mark.parametrize("name", list(label_sets()))
def test_known_sets_by_name(tmp_path: Path, name: str) -> None:
    """The refusal of foreign labels names the set that reads them, and the set reads them."""
    best = {level: text for text, level in label_sets()[name].items()}
    rows = [";".join(best[1 + (k + i) % len(best)] for i in range(9)) for k in range(12)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([";".join(NAMES), *rows]), "utf-8")
    if len(best) == 5:
        with pytest.warns(SKMWarning, match="5-linear"):
            assert skm.score(skm.read(path, label=name, skala="5-linear")).n == 12
    else:
        assert skm.score(skm.read(path, label=name)).n == 12
    if name == "baik" or name.endswith("-terbaik"):  # the official meaning; bare codes, which are read and told
        return
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == ("jawaban-label-panjang" if len(best) == 5 else "jawaban-label-set")
    assert name in problem.value.context["rangkaian"]


@pytest.mark.parametrize("kind", ["ods", "xls"])
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes the files")
def test_percent_in_other_workbooks(tmp_path: Path, kind: str) -> None:
    """OpenDocument says that a cell is a percentage; the old binary format hides it, so nothing but ones is refused."""
    book = openpyxl.Workbook()
    book.active.append(NAMES)
    for _ in range(5):
        book.active.append([1] * 9)
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            cell.number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    subprocess.run(
        [
            str(shutil.which("soffice")),
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pytest.raises(SKMError) as problem:
        skm.score(skm.read(tmp_path / f"a.{kind}"))
    assert problem.value.code == {"ods": "jawaban-seratus", "xls": "xls-semua-satu"}[kind]
