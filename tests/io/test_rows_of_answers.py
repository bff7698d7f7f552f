"""Long rows under any names: roles by content, ids mapped or named by a table, respondents joined, contradictions told."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.errors import DataError, MissingColumnError

PERSONS = [
    "id_skm_biodata",
    "responden_id",
    "id_responden",
    "masyarakat_id",
    "user_id",
    "No Responden",
    "survey_id",
    "biodata_id",
]
QUESTIONS = ["id_pertanyaan", "pertanyaan_id", "soal", "question", "item_id", "kode_unsur", "id_butir"]
ANSWERS = ["jawaban", "point_jawaban", "answer", "nilai", "skor_jawaban", "answer_value", "poin"]
UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


def people(n: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(1, 4) for _ in range(9)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(c), len(c)) for c in zip(*rows, strict=True)) / 9 * 25


def long(rows: list[list[int]], head: list[str], ids: list[Any], *, own: bool = True) -> list[dict[str, Any]]:
    """A row per answer with the row's own id before it and leftovers after it."""
    out: list[dict[str, Any]] = []
    for k, row in enumerate(rows):
        for i, level in enumerate(row):
            line: dict[str, Any] = {"id_kuesioner": 1000 + len(out)} if own else {}
            out.append({**line, head[0]: 500 + k, head[1]: ids[i], head[2]: level, "status": "selesai"})
    return out


@settings(max_examples=40)
@given(
    st.sampled_from(PERSONS), st.sampled_from(QUESTIONS), st.sampled_from(ANSWERS), st.integers(2, 30), st.integers(0, 999), st.booleans(), st.booleans()
)  # fmt: skip
def test_roles_by_content(
    tmp_path_factory: pytest.TempPathFactory, person: str, question: str, answer: str, n: int, seed: int, own: bool, shuffled: bool
) -> None:  # fmt: skip
    """Whatever the columns are called, in any order of rows: as a file, a frame and records."""
    rows = people(n, seed)
    lines = long(rows, [person, question, answer], list(range(1, 10)), own=own)
    if shuffled:
        random.Random(seed).shuffle(lines)
    frame = pd.DataFrame(lines)
    path = tmp_path_factory.mktemp("l") / "a.csv"
    frame.to_csv(path, index=False)
    for source in (path, frame, lines):
        hasil = skm.score(skm.read(source))
        assert (hasil.n, hasil.ikm_tepat) == (n, exact(rows))


LABELS = [
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
    ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
    ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
    ["Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"],
    ["Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"],
    ["Buruk", "Cukup", "Baik", "Sangat baik"],
]


@pytest.mark.parametrize("person", ["submission_id", "no_form", "uuid", "survey_id"])
@pytest.mark.parametrize("worded", [False, True])
def test_an_id_of_the_row_is_nobody(tmp_path: Path, person: str, worded: bool) -> None:
    """Beside a column that is called the respondent's, "id" numbers the rows; also where every answer is worded."""
    rows = people(12, 5)
    lines = [
        {"id": 9 * k + i + 1, person: f"R{k}", "unsur": f"U{i + 1}", "nilai": say(i, level) if worded else level}
        for k, row in enumerate(rows)
        for i, level in enumerate(row)
    ]
    frame = pd.DataFrame(lines)
    path = tmp_path / "a.csv"
    frame.to_csv(path, index=False)
    for source in (path, frame, lines):
        hasil = skm.score(skm.read(source))
        assert (hasil.n, hasil.ikm_tepat) == (12, exact(rows))


def say(question: int, level: int) -> str:
    """The printed answer with its level, another for each question."""
    return f"{LABELS[question][level - 1]} ({level})"


ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


def test_a_label_is_no_header(tmp_path: Path) -> None:
    """Long rows whose columns and questions have names nobody knows are asked about, never read from a row of answers."""
    lines = [
        {"id": k, "responden": k // 9 + 1, "question_id": f"Bagian {ROMAN[i]}", "nilai": say(i, level)}
        for k, (i, level) in enumerate((i, level) for row in people(12, 17) for i, level in enumerate(row))
    ]
    path = tmp_path / "a.csv"
    pd.DataFrame(lines).to_csv(path, index=False)
    for source in (path, lines):
        with pytest.raises((DataError, MissingColumnError)):
            skm.score(skm.read(source))


@pytest.mark.parametrize("door", ["file", "frame", "records"])
def test_ids_that_say_nothing_are_asked_about(tmp_path: Path, door: str) -> None:
    """Ids with a gap or an offset: a map of ids, or a table of questions by text or unsur, settles it."""
    ids = [17, 18, 20, 21, 22, 30, 31, 35, 40]
    rows = people(6, 1)
    lines = long(rows, ["responden_id", "pertanyaan_id", "answer"], ids)
    frame = pd.DataFrame(lines)
    frame.to_csv(tmp_path / "a.csv", index=False)
    source: Any = {"file": tmp_path / "a.csv", "frame": frame, "records": lines}[door]
    with pytest.raises(MissingColumnError) as problem:
        skm.read(source)
    assert problem.value.code == "pertanyaan-tanpa-nama"
    mapped = skm.score(skm.read(source, kuesioner=dict(zip(UNSUR, ids, strict=True))))
    assert mapped.ikm_tepat == exact(rows)
    as_text = skm.score(skm.read(source, kuesioner={u: str(i) for u, i in zip(UNSUR, ids, strict=True)}))
    assert as_text.ikm_tepat == exact(rows)
    names = ["Persyaratan", "Prosedur", "Waktu penyelesaian", "Biaya/tarif", "Produk layanan", "Kompetensi pelaksana", "Perilaku pelaksana", "Penanganan pengaduan", "Sarana dan prasarana"]  # fmt: skip
    (tmp_path / "q.csv").write_text("id;pertanyaan\n" + "\n".join(f"{i};{t}" for i, t in zip(ids, names, strict=True)))
    for table in (tmp_path / "q.csv", dict(zip(ids, names, strict=True)), dict(zip(ids, UNSUR, strict=True))):
        hasil = skm.score(skm.read(source, daftar_pertanyaan=table))
        assert {u: v.total for u, v in hasil.unsur.items()} == {u: v.total for u, v in mapped.unsur.items()}
    with pytest.raises(MissingColumnError) as problem:
        skm.read(source, daftar_pertanyaan={17: "Persyaratan"})
    assert problem.value.code == "pertanyaan-tidak-ada"


def test_spaces_duplicates_and_contradictions(tmp_path: Path) -> None:
    """Surplus spaces in ids are none; a repeated answer counts once and is noted; two answers to one question stop."""
    rows = people(5, 2)
    lines = long(rows, ["responden_id", "pertanyaan_id", "answer"], list(range(1, 10)))
    for k, line in enumerate(lines):
        line["responden_id"] = f" R{line['responden_id']}" + " " * (k % 2)
    again = [*lines, dict(lines[3]) | {"id_kuesioner": 99}]
    survei = skm.read(pd.DataFrame(again))
    assert (survei.n, skm.score(survei).ikm_tepat) == (5, exact(rows))
    assert "jawaban-kembar" in {n.kode for n in survei.catatan}
    other = dict(lines[3]) | {"id_kuesioner": 99, "answer": 5 - lines[3]["answer"]}
    with pytest.raises(DataError) as problem:
        skm.read(pd.DataFrame([*lines, other]))
    assert problem.value.code == "jawaban-ganda"


def test_wide_tables_stay_wide(tmp_path: Path) -> None:
    """Respondents with an id, a column of a few values and a score are no long rows."""
    rows = people(12, 3)
    frame = pd.DataFrame([{"responden_id": 1 + k // 2, "soal": k % 3, "nilai": 4, **{f"U{i}": v for i, v in enumerate(r, 1)}} for k, r in enumerate(rows)])  # fmt: skip
    frame.to_csv(tmp_path / "a.csv", index=False)
    for source in (frame, tmp_path / "a.csv"):
        assert skm.score(skm.read(source)).n == 12


def test_dumps_of_applications(shared_data: Path) -> None:
    """Right values worked out apart; where somebody answered twice, that is told."""
    lulu = skm.score(skm.read(shared_data / "dump" / "lulu_panjang.csv", u8="sarana"))
    assert (lulu.n, f"{lulu.ikm_tepat:.4f}") == (45, "85.8642")
    mpp = shared_data / "dump" / "mpp_panjang.csv"
    with pytest.raises(MissingColumnError) as asked:
        skm.read(mpp)
    assert asked.value.code == "pertanyaan-tanpa-nama"
    ids = dict(zip(UNSUR, (1, 2, 4, 5, 6, 7, 8, 9, 10), strict=True))
    with pytest.raises(DataError) as told:
        skm.read(mpp, kuesioner=ids)
    assert told.value.code == "jawaban-ganda"
