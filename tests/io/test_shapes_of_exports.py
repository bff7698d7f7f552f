"""Shapes that offices, apps and queries export: counts under abbreviations, rows of GROUP BY, answers one below another
under any names, records inside records, several questions of one unsur, hope beside performance, headers on every page.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.errors import DataError, SKMError

UNSUR = [
    "Persyaratan",
    "Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Layanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Penanganan Pengaduan",
    "Sarana dan Prasarana",
]
IDS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
LABEL = ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"]
PERSON = "Wening Rahayu 081233445566"


def answers(n: int, seed: int, k: int = 9) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.choice([1, 2, 3, 3, 4]) for _ in range(k)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)) / 9 * 25


ROWS = answers(13, 1)
RIGHT = exact(ROWS)
COUNTS = [Counter(row[j] for row in ROWS) for j in range(9)]


def csv_of(table: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def book_of(table: list[list[Any]], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(source: Any, **options: Any) -> SKMError:
    with pytest.raises(SKMError) as problem:
        skm.read(source, **options)
    text = f"{problem.value} {problem.value!r} {problem.value.context}"
    assert "Wening" not in text
    assert "08123344" not in text
    return problem.value


# Counts


@settings(max_examples=20, deadline=None)
@given(
    core=st.text("BPSMRN", min_size=1, max_size=2),
    second=st.sampled_from(["K", "C"]),
    strong=st.booleans(),
    rising=st.booleans(),
    total=st.sampled_from([None, "Jumlah", "Total", "n"]),
    points=st.booleans(),
)
def test_counts_under_abbreviations_of_one_set(
    core: str, second: str, strong: bool, rising: bool, total: str | None, points: bool
) -> None:
    """SP P CP TP, SB B KB TB, SS S TS STS and their like, in either order, with points, beside a total."""
    heads = [f"ST{core}", f"T{core}", core, f"S{core}"] if strong else [f"T{core}", second + core, core, f"S{core}"]
    heads = [".".join(head) if points else head for head in heads]
    order = [1, 2, 3, 4] if rising else [4, 3, 2, 1]
    table = [["Unsur", *(heads[v - 1] for v in order), *([total] if total else [])]]
    for name, count in zip(UNSUR, COUNTS, strict=True):
        table.append([name, *(count[v] for v in order), *([13] if total else [])])
    if len({*heads}) < 4:
        return
    hasil = skm.score(skm.read(csv_of(table)))
    assert (hasil.ikm_tepat, hasil.n) == (RIGHT, 13)


@pytest.mark.parametrize("word", ["orang", "(orang)", "f", "Frekuensi", "Jumlah", "Responden"])
@pytest.mark.parametrize("above", [["4", "3", "2", "1"], LABEL[::-1]])
def test_a_row_of_headers_that_says_what_is_counted_is_no_level(word: str, above: list[str]) -> None:
    table = [["Unsur", "Nilai", None, None, None], [None, *above], [None, *[word] * 4]]
    table += [[name, *(count[v] for v in (4, 3, 2, 1))] for name, count in zip(UNSUR, COUNTS, strict=True)]
    assert skm.score(skm.read(book_of(table, "B1:E1"))).ikm_tepat == RIGHT


def test_counts_and_percentages_under_one_label() -> None:
    table = [["Unsur", *(x for label in LABEL for x in (label, None))], [None, *["f", "%"] * 4]]
    for name, count in zip(UNSUR, COUNTS, strict=True):
        table.append([name, *(x for v in (1, 2, 3, 4) for x in (count[v], round(count[v] / 13 * 100, 1)))])
    assert skm.score(skm.read(book_of(table, "B1:C1", "D1:E1", "F1:G1", "H1:I1"))).ikm_tepat == RIGHT


def test_counts_whose_headers_contradict_themselves_are_asked_about_and_the_hint_works() -> None:
    heads = ["1 (Sangat Puas)", "2 (Puas)", "3 (Kurang Puas)", "4 (Tidak Puas)"]
    table = [["Unsur", *heads]]
    table += [[name, *(count[v] for v in (4, 3, 2, 1))] for name, count in zip(UNSUR, COUNTS, strict=True)]
    problem = refused(csv_of(table))
    assert problem.code == "cacah-terbalik"
    turned, kept = (skm.score(skm.read(csv_of(table), label=name)) for name in problem.context["pilihan"])
    assert turned.ikm_tepat == RIGHT
    assert kept.ikm_tepat == 125 - RIGHT
    assert "huruf-arah" in {note.kode for note in turned.catatan}


def test_counts_under_own_words_are_asked_about_and_the_hint_works() -> None:
    table = [["Unsur", "Mantap", "Lumayan", "Kurang", "Parah"]]
    table += [[name, *(count[v] for v in (4, 3, 2, 1))] for name, count in zip(UNSUR, COUNTS, strict=True)]
    problem = refused(csv_of(table))
    assert problem.code == "cacah-judul"
    label = list(problem.context["pilihan"])[::-1]
    assert skm.score(skm.read(csv_of(table), label=label)).ikm_tepat == RIGHT


# Rows of GROUP BY


@settings(max_examples=20, deadline=None)
@given(
    question=st.sampled_from(["unsur", "indikator", "Nama Unsur", "kode", "pertanyaan", "unsur_pelayanan", "aspek"]),
    answer=st.sampled_from(["nilai", "skor", "jawaban", "nilai_persepsi", "tingkat", "level", "pilihan"]),
    count=st.sampled_from(["jumlah", "total", "count(*)", "jml", "jumlah_responden", "frekuensi", "Banyaknya", "cnt"]),
    named=st.booleans(),
    labels=st.booleans(),
    extra=st.sampled_from([None, "No", "unit"]),
    zeros=st.booleans(),
)
def test_rows_of_group_by_are_counts_whatever_they_are_called(
    question: str, answer: str, count: str, named: bool, labels: bool, extra: str | None, zeros: bool
) -> None:
    lines = [
        [UNSUR[j] if named else f"U{j + 1}", LABEL[v - 1] if labels else v, COUNTS[j][v]]
        for j in range(9)
        for v in (1, 2, 3, 4)
        if zeros or COUNTS[j][v]
    ]
    random.Random(3).shuffle(lines)
    times = 1
    if extra == "No":
        lines = [[i, *line] for i, line in enumerate(lines, start=1)]
    elif extra == "unit":
        lines, times = [[unit, *line] for unit in ("Dinas A", "Dinas B") for line in lines], 2
    table = [[*([extra] if extra else []), question, answer, count], *lines]
    for source in (csv_of(table), table, pd.DataFrame(table[1:], columns=table[0])):
        hasil = skm.score(skm.read(source))
        assert (hasil.ikm_tepat, hasil.n) == (RIGHT, 13 * times)


def test_a_printed_table_handed_to_score_is_told_what_it_is() -> None:
    table = [["Unsur", "NRR"], *([name, "3,25"] for name in UNSUR)]
    printed = skm.read(csv_of(table))
    with pytest.raises(DataError) as problem:
        skm.score(printed)
    assert problem.value.code == "bukan-survei"
    assert "skm.audit" in str(problem.value)


# One answer a row


ROLES = {
    "who": ["kd_pengisi", "uuid", "submission", "id_pelanggan", "respondent_no", "NIK", "x", "penjawab", "token"],
    "asked": ["no_soal", "kd_tanya", "item_code", "variabel", "y", "aspek", "kode"],
    "said": ["skor_jwb", "isi", "val", "response", "z", "pilihan_jwb", "jawab"],
}


@settings(max_examples=30, deadline=None)
@given(
    who=st.sampled_from(ROLES["who"]),
    asked=st.sampled_from(ROLES["asked"]),
    said=st.sampled_from(ROLES["said"]),
    shape=st.sampled_from(["U{}", "skm_u{}", "penilaian/q{}", "{}", "name"]),
    extra=st.booleans(),
    seed=st.integers(0, 9),
)
def test_roles_of_long_rows_are_found_by_what_they_hold(
    who: str, asked: str, said: str, shape: str, extra: bool, seed: int
) -> None:
    """Bare numbers need a name that says they are questions; everything else is told by its content."""
    lines = [
        [1000 + i, UNSUR[j] if shape == "name" else shape.format(j + 1), row[j]]
        for i, row in enumerate(ROWS)
        for j in range(9)
    ]
    random.Random(seed).shuffle(lines)
    head = [who, asked, said]
    if extra:
        head, lines = [*head, "waktu_isi"], [[*line, f"2026-07-0{line[0] % 9 + 1} 10:00"] for line in lines]
    table = [head, *lines]
    if shape == "{}" and (said == "z" or asked in ("kode", "y")):
        return
    for source in (csv_of(table), pd.DataFrame(table[1:], columns=head)):
        hasil = skm.score(skm.read(source))
        assert (hasil.ikm_tepat, hasil.n) == (RIGHT, 13)


def test_unclear_roles_name_the_option_that_settles_them() -> None:
    """Units with a mean-like number each could be respondents or not: the three columns are named."""
    lines = [[f"Loket {i}", f"U{j + 1}", row[j]] for i, row in enumerate(ROWS) for j in range(9)]
    table = [["tempat", "butir soal", "angka"], *lines]
    for source in (csv_of(table), pd.DataFrame(lines, columns=table[0])):
        assert refused(source).code == "panjang-peran"
        own = {"panjang": {"responden": "tempat", "pertanyaan": "butir soal", "jawaban": "angka"}}
        assert skm.score(skm.read(source, kuesioner=own)).ikm_tepat == RIGHT
    wrong = refused(csv_of(table), kuesioner={"panjang": {"responden": "tempat"}})
    assert wrong.code == "opsi-tidak-dikenal"
    assert set(wrong.context["pilihan"]) == {
        "responden",
        "pertanyaan",
        "jawaban",
    }


WORDS = ["soal", "pertanyaan", "nilai", "jawaban", "unsur", "aspek", "skor", "item", "kode", "isi", "tingkat", "survei"]
KINDS = {"level": lambda c, _: c.randint(1, 4), "id": lambda _, i: 1000 + i, "count": lambda c, _: c.randint(1, 60)}


@settings(max_examples=30, deadline=None)
@given(
    heads=st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from([*WORDS, "total", "jumlah", "responden"]), st.integers(1, 9)),
        min_size=4,
        max_size=12,
        unique=True,
    ),
    kinds=st.lists(st.sampled_from(["level", "level", "level", "id", "count", "place"]), min_size=12, max_size=12),
    n=st.integers(4, 40),
    seed=st.integers(0, 99),
)
def test_answers_side_by_side_are_never_taken_for_answers_one_below_the_other(
    heads: list[tuple[str, str, int]], kinds: list[str], n: int, seed: int
) -> None:
    """Whatever the columns are called: rows of respondents become no rows of answers and no counts."""
    chance = random.Random(seed)
    make = {**KINDS, "place": lambda c, _: c.choice(["Loket 1", "Loket 2"])}
    rows = [[make[kind](chance, i) for kind, _ in zip(kinds, heads, strict=False)] for i in range(n)]
    frame = pd.DataFrame(rows, columns=[f"{a} {b} {k}" for a, b, k in heads])
    try:
        read = skm.read(frame)
    except SKMError:
        return
    assert not isinstance(read, skm.Hitungan)
    assert getattr(read.sumber, "tata_letak", "") != "panjang"


def test_three_columns_of_levels_are_not_respondent_question_and_answer() -> None:
    """Numbers 1 to 4 under "soal", "nilai" and "responden" name by chance each row nearly once: no rows of answers."""
    rows = [(4, 4, 3), (4, 4, 3), (4, 3, 2), (2, 3, 1), (3, 2, 1), (1, 3, 1), (3, 4, 2), (4, 4, 3)]
    heads = ["soal soal 2", "nilai soal 1", "soal responden 1"]
    assert skm.read(pd.DataFrame(rows, columns=heads)).sumber.tata_letak != "panjang"
    crossed = [(q, (q + p) % 4 + 1, p) for p in range(1, 4) for q in range(1, 5)]
    assert skm.read(pd.DataFrame(crossed, columns=heads)).sumber.tata_letak == "panjang"


def test_no_row_of_answers_is_taken_for_the_header() -> None:
    """A first row in which a code stands among a person's data is not quoted as names of columns."""
    table = [["siapa", "apa", "berapa"], *([PERSON, f"skm_u{j + 1}", PERSON] for _ in range(4) for j in range(9))]
    refused(csv_of(table))


# JSON


def _nested(shape: str) -> Any:
    flat = [{f"u{j + 1}": row[j] for j in range(9)} for row in ROWS]
    listed = [{"id": i, "jawaban": row} for i, row in enumerate(ROWS)]
    asked = [
        {"id": i, "umur": 30, "isi": [{"no": q, "question": UNSUR[q - 1], "value": str(row[q - 1])} for q in ORDER]}
        for i, row in enumerate(ROWS)
    ]
    return {
        "data": {"data": flat},
        "pesan": {"status": "success", "message": "OK", "total": 13, "data": flat},
        "dalam": [{"id": i, "biodata": {"nama": PERSON}, "jawaban": one} for i, one in enumerate(flat)],
        "jauh": {"meta": {"page": 1}, "result": {"items": listed}},
        "objek": asked,
        "kunci": {f"k{i}": one for i, one in enumerate(flat)},
        "baris": [[f"U{j}" for j in range(1, 10)], *ROWS],
        "belah": {"columns": [f"U{j}" for j in range(1, 10)], "index": list(range(13)), "data": ROWS},
        "phpmyadmin": [{"type": "header"}, {"type": "table", "name": "skm", "data": flat}],
        "kobo": {
            "count": 13,
            "next": None,
            "results": [{"_tags": [], **{f"skm/{k}": v for k, v in one.items()}} for one in flat],
        },
        "peta": {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": one} for one in flat]},
    }[shape]


ORDER = [3, 1, 2, 9, 8, 7, 6, 5, 4]
SHAPES = ["data", "pesan", "dalam", "jauh", "objek", "kunci", "baris", "belah", "phpmyadmin", "kobo", "peta"]


@pytest.mark.parametrize("shape", SHAPES)
def test_records_anywhere_in_a_document_are_read(shape: str) -> None:
    document = _nested(shape)
    hasil = skm.score(skm.read(json.dumps(document).encode()))
    assert (hasil.ikm_tepat, hasil.n) == (RIGHT, 13)
    if shape in ("dalam", "objek", "baris"):
        assert skm.score(document).ikm_tepat == RIGHT
    assert "Wening" not in repr(hasil)


@pytest.mark.parametrize(
    ("around", "code"),
    [
        ({"total": 340}, "json-sebagian"),
        ({"next": "https://contoh.test/?page=2"}, "json-sebagian"),
        ({"total": "340"}, "json-sebagian"),
        ({"total": {"value": 340, "relation": "eq"}}, "json-sebagian"),
        ({"pageInfo": {"hasNextPage": True, "endCursor": "x"}}, "json-sebagian"),
        ({"has_more": True}, "json-sebagian"),
        ({"last": False, "totalElements": 12}, "json-sebagian"),
        ({"links": {"next": "https://contoh.test/?page=2"}, "meta": {"current_page": 1}}, "json-sebagian"),
        ({"_links": {"next": {"href": "https://contoh.test/?page=2"}}}, "json-sebagian"),
        ({"meta": {"current_page": 1, "last_page": 3}}, "json-sebagian"),
        ({"meta": {"pagination": {"total": 340, "total_pages": 4}}}, "json-sebagian"),
        ({"next_cursor": "b3BhcXVl"}, "json-sebagian"),
        ({"opsi": {"kosong": "tolak"}}, "json-bukan-rekaman"),
        ({"lain": [{f"u{j}": 1 for j in range(1, 10)}]}, "json-beberapa-daftar"),
    ],
)
def test_what_a_document_says_about_its_list_is_not_passed_over(around: dict[str, Any], code: str) -> None:
    document = {"data": _nested("data")["data"], **around}
    assert refused(json.dumps(document).encode()).code == code


@pytest.mark.parametrize(
    "around",
    [
        {"next": None, "total": len(ROWS)},
        {"pageInfo": {"hasNextPage": False}},
        {"last": True, "totalPages": 1},
        {"links": {"next": None, "self": "https://contoh.test/"}, "meta": {"current_page": 1, "last_page": 1}},
        {"survei": {"judul": "SKM", "total": 340}},
    ],
)
def test_a_document_that_is_whole_is_read(around: dict[str, Any]) -> None:
    document = {"data": _nested("data")["data"], **around}
    assert skm.score(skm.read(json.dumps(document).encode())).n == len(ROWS)


def test_lists_of_answers_of_different_lengths_are_refused() -> None:
    document = [{"id": i, "jawaban": row[: 9 - (i == 4)]} for i, row in enumerate(ROWS)]
    assert refused(json.dumps(document).encode()).code == "padat-tidak-sama"


# Several questions of one unsur; hope and performance; pages


@settings(max_examples=20, deadline=None)
@given(
    parts=st.lists(st.integers(1, 3), min_size=9, max_size=9).filter(lambda p: max(p) > 1),
    style=st.sampled_from(["U{}.{}", "U{}_{}", "U{}-{}", "u{} {}", "U{}{a}", "Unsur {}.{}", "U{}.{} {name}"]),
    seed=st.integers(0, 99),
)
def test_several_questions_of_one_unsur(parts: list[int], style: str, seed: int) -> None:
    """The unsur is the mean of its questions' means, as with a map of several columns."""
    rows = answers(11, seed, sum(parts))
    heads, means, at = [], [], 0
    for number, many in enumerate(parts, start=1):
        for part in range(1, many + 1):
            text = style.format(number, part, a="abc"[part - 1], name=UNSUR[number - 1])
            heads.append(text if many > 1 else f"U{number}")
        columns = [Fraction(sum(row[at + k] for row in rows), 11) for k in range(many)]
        means.append(sum(columns) / many)
        at += many
    order = list(range(len(heads)))
    random.Random(seed).shuffle(order)
    table = [["No", *(heads[k] for k in order)], *([i, *(row[k] for k in order)] for i, row in enumerate(rows, 1))]
    assert skm.score(skm.read(csv_of(table))).ikm_tepat == sum(means) / 9 * 25


@pytest.mark.parametrize(
    "heads",
    [
        ["U1.1", "U1.3", *(f"U{j}" for j in range(2, 10))],
        ["U1", "U1.1", *(f"U{j}" for j in range(2, 10))],
        ["U1.1", "U1.2", *(f"U{j}" for j in range(3, 10))],
    ],
)
def test_parts_with_a_hole_are_refused(heads: list[str]) -> None:
    table = [heads, *answers(8, 4, len(heads))]
    assert refused(csv_of(table)).code in ("kolom-berlubang", "kolom-ganda", "kolom-tidak-ada")


HOPE = [
    ("Harapan", "Kenyataan", "harapan"),
    ("Kepentingan", "Kinerja", "kepentingan"),
    ("Tingkat Kepentingan", "Tingkat Kepuasan", "kepentingan"),
    ("Expectation", "Perception", "harapan"),
    ("Ekspektasi", "Persepsi", "harapan"),
]


@pytest.mark.parametrize(("hope", "met", "kind"), HOPE)
@pytest.mark.parametrize("style", ["U{n} {w}", "{w} U{n}", "{name} ({w})", "{name} - {w}", "U{n}_{w}"])
@pytest.mark.parametrize("together", [True, False])
def test_what_was_met_is_the_answer_and_what_was_hoped_is_named(
    hope: str, met: str, kind: str, style: str, together: bool
) -> None:
    places = [(j, w) for j in range(9) for w in (hope, met)]
    if not together:
        places.sort(key=lambda place: place[1] == met)
    heads = [style.format(n=j + 1, w=w, name=UNSUR[j]) for j, w in places]
    table = [["No", *heads], *([i, *(row[j] if w == met else 4 for j, w in places)] for i, row in enumerate(ROWS, 1))]
    survei = skm.read(csv_of(table))
    hasil = skm.score(survei)
    assert hasil.ikm_tepat == RIGHT
    (note,) = [n for n in hasil.catatan if n.kode == "nilai-lain"]
    assert (note.bukti["nilai"], note.bukti["banyak"]) == (kind, 9)
    assert survei.account().adds_up


@pytest.mark.parametrize("below", [True, False])
def test_the_two_values_in_a_row_of_headers_of_their_own(below: bool) -> None:
    codes = [f"U{j}" for j in range(1, 10)]
    if below:
        head = [["No", *(x for code in codes for x in (code, None))], [None, *["Harapan", "Kenyataan"] * 9]]
        lines = [[i, *(x for v in row for x in (4, v))] for i, row in enumerate(ROWS, 1)]
    else:
        head = [["No", "Harapan", *[None] * 8, "Kenyataan", *[None] * 8], [None, *codes, *codes]]
        lines = [[i, *[4] * 9, *row] for i, row in enumerate(ROWS, 1)]
    hasil = skm.score(skm.read(book_of([*head, *lines])))
    assert hasil.ikm_tepat == RIGHT
    assert "nilai-lain" in {note.kode for note in hasil.catatan}


@settings(max_examples=25, deadline=None)
@given(
    pages=st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True),
    titles=st.integers(0, 2),
    group=st.booleans(),
    gap=st.booleans(),
    book=st.booleans(),
)
def test_headers_that_every_page_repeats_are_no_respondents(
    pages: list[int], titles: int, group: bool, gap: bool, book: bool
) -> None:
    top: list[list[Any]] = [["OLAH DATA SKM"], ["DINAS CONTOH"]][:titles]
    names = [f"U{j}" for j in range(1, 10)]
    top += [["No", "Nama", "Nilai Unsur"], [None, None, *names]] if group else [["No", "Nama", *names]]
    table = list(top)
    for i, row in enumerate(ROWS):
        if i in pages:
            table += [[None]] * gap + top
        table.append([i + 1, PERSON, *row])
    survei = skm.read(book_of(table) if book else csv_of(table))
    hasil = skm.score(survei)
    assert (hasil.ikm_tepat, hasil.n) == (RIGHT, 13)
    assert "judul-berulang" in {note.kode for note in hasil.catatan}
    assert survei.account().adds_up
    assert "Wening" not in str(survei.account().table().to_text())


@pytest.mark.parametrize("first", ["No", "Apakah Anda dimintai biaya di luar ketentuan?"])
@pytest.mark.parametrize("book", [True, False])
def test_two_lines_of_a_header_repeated_as_one(first: str, book: bool) -> None:
    """The repeated line holds more than either line above the table: still no header, and nobody is lost."""
    names = [f"U{j}" for j in range(1, 10)]
    table: list[list[Any]] = [[first, "Jenis Kelamin", "Nilai Unsur"], [None, None, *names]]
    for i, row in enumerate(ROWS):
        if i == 6:
            table.append([first, "Jenis Kelamin", *names])
        table.append([i % 4 + 1, "L", *row])
    survei = skm.read(book_of(table) if book else csv_of(table))
    assert (skm.score(survei).ikm_tepat, survei.n) == (RIGHT, 13)
    assert survei.account().adds_up


FRAMES = ["P{i} ({n})", "SKM - {n}", "{n} (U{i})", "[P{i}] {n}", "Q{i}. {n}", "Nilai {n}", "Item {i}: {n}", "{i}) {n}"]


@pytest.mark.parametrize("frame", FRAMES)
def test_an_unsurs_own_name_in_a_frame_is_its_name(frame: str) -> None:
    """A code, a number or the survey's name before it, in brackets or behind a dash."""
    table = [[frame.format(i=i, n=name) for i, name in enumerate(UNSUR, start=1)], *ROWS]
    hasil = skm.score(skm.read(csv_of(table)))
    assert hasil.ikm_tepat == RIGHT
    assert "u8-dianggap" not in {note.kode for note in hasil.catatan}


@pytest.mark.parametrize("blocks", [2, 3])
def test_tables_side_by_side_are_told_and_their_sheets_are_read(blocks: int) -> None:
    names = [f"U{j}" for j in range(1, 10)]
    table = [["No", *names * blocks], *([i, *row * blocks] for i, row in enumerate(ROWS, 1))]
    assert refused(csv_of(table)).code == "tabel-berdampingan"
    book = openpyxl.Workbook()
    book.remove(book.active)
    for k in range(blocks):
        sheet = book.create_sheet(f"Layanan {k}")
        for line in [names, *ROWS[: 12 - k]]:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    assert skm.score(skm.read(stream.getvalue(), unit="lembar")).n == sum(12 - k for k in range(blocks))


ENGLISH = {
    "sangat-tidak-puas": ["Very Dissatisfied", "Dissatisfied", "Satisfied", "Very Satisfied"],
    "baik": ["Poor", "Fair", "Good", "Very Good"],
    "setuju": ["Strongly disagree", "Disagree", "Agree", "Strongly agree"],
}


@pytest.mark.parametrize("name", ENGLISH)
def test_english_labels_are_a_known_set(name: str) -> None:
    table = [UNSUR, *([ENGLISH[name][v - 1] for v in row] for row in ROWS)]
    assert refused_at_score(csv_of(table)).context["rangkaian"] == [name]
    assert skm.score(skm.read(csv_of(table), label=name)).ikm_tepat == RIGHT


def refused_at_score(source: Any) -> SKMError:
    with pytest.raises(SKMError) as problem:
        skm.score(source)
    return problem.value


@pytest.mark.parametrize(("heads", "label"), [("ABCD", "a-terbaik"), ("1234", "1-terbaik"), ("ABCD", None)])
def test_a_saved_file_of_counts_keeps_which_end_is_best(tmp_path: Path, heads: str, label: str | None) -> None:
    table = [
        ["Unsur", *heads],
        *([name, *(count[v] for v in (4, 3, 2, 1))] for name, count in zip(UNSUR, COUNTS, strict=True)),
    ]
    read = skm.read(csv_of(table), label=label) if label else skm.read(csv_of(table))
    read.save(tmp_path / "unit.hitungan")
    again = skm.Hitungan.load(tmp_path / "unit.hitungan")
    first, second = skm.score(read), skm.score(again)
    assert first.ikm_tepat == second.ikm_tepat == (RIGHT if label else 125 - RIGHT)
    told = [[note.text() for note in one.catatan if note.kode == "huruf-arah"] for one in (first, second)]
    assert told[0] == told[1] != []
