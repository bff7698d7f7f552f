"""Every refusal of reading, dates, files and options whose hint names an option: the option is taken from the hint as
it is printed, given, and leads to a figure or to another message, never to the same one.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

import skm
from skm.errors import SKMError

IDS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
NAMES = [
    "Persyaratan",
    "Prosedur",
    "Waktu Pelayanan",
    "Biaya",
    "Produk",
    "Kompetensi",
    "Perilaku",
    "Pengaduan",
    "Sarana",
]
Given = tuple[Callable[..., Any], dict[str, Any]]


def text_of(table: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(table)
    return text.getvalue().encode()


def rows(heads: list[str], cell: Any = 3, n: int = 8) -> bytes:
    """Return a table whose last column holds these cells, and 3 everywhere else."""
    cells = cell if isinstance(cell, list) else [cell] * n
    return text_of([heads, *([3] * (len(heads) - 1) + [one] for one in cells)])


def score(source: Any, **more: Any) -> Callable[..., Any]:
    return lambda **options: skm.score(skm.read(source, **more, **options))


def books(*titles: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for k, title in enumerate(titles, start=1):
        sheet = book.create_sheet(title)
        for row in [NAMES, *[[k] * 9] * 6]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def counts(heads: list[str]) -> bytes:
    many = len(heads)
    return text_of([["Unsur", *heads], *([u, *((j + k) % many + 3 for j in range(many))] for k, u in enumerate(NAMES))])


def dated(cells: list[str]) -> skm.Survei:
    return skm.read(text_of([["Tanggal", *NAMES], *([cell, *[3] * 9] for cell in cells)]))


def files(folder: Path, *contents: bytes) -> str:
    for k, content in enumerate(contents):
        (folder / f"bagian{k}.csv").write_bytes(content)
    return str(folder / "*.csv")


def long(ids: list[Any], answer: int = 3) -> bytes:
    return text_of([["responden", "pertanyaan", "nilai"], *([f"r{i}", q, answer] for i in range(6) for q in ids)])


LETTERS = [f"Kolom {letter}" for letter in "ABCDEFGHJ"]
MAP = {"kuesioner": dict(zip(IDS, LETTERS, strict=True))}
CODES = {"kuesioner": dict(zip(IDS, [f"U{i}" for i in range(1, 10)], strict=True))}
OWN = ["Parah", "Oke", "Lumayan", "Mantap"]

# Code -> a call that is refused with it, and what a person would write for the gaps that its hint leaves.
CASES: dict[str, Callable[[Path], Given]] = {
    "kolom-ganda": lambda _: (score(rows(["U1", "U1.1", *(f"U{i}" for i in range(2, 10))])), CODES),
    "kolom-unsur-hilang": lambda _: (
        score(rows([*NAMES[:-1], "Kolom X"])),
        {"kuesioner": dict(zip(IDS, [*NAMES[:-1], "Kolom X"], strict=True))},
    ),
    "kolom-tidak-ada": lambda _: (score(rows(LETTERS)), MAP),
    "kolom-mendua": lambda _: (
        score(rows([f"{f}{i}" for f in "PQ" for i in range(1, 10)], [3, 4, 2])),
        {"kuesioner": dict(zip(IDS, [f"P{i}" for i in range(1, 10)], strict=True))},
    ),
    "kolom-kode": lambda _: (
        score(rows([f"C{i}" for i in range(1, 10)])),
        {"kuesioner": dict(zip(IDS, [f"C{i}" for i in range(1, 10)], strict=True))},
    ),
    "baris-batal": lambda _: (
        score(text_of([[f"U{i}" for i in range(1, 10)] + ["deleted_at"], [3] * 9 + ["2026-01-01"], [4] * 9 + [""]])),
        {},
    ),
    "rekap-atau-responden": lambda _: (
        score(text_of([["Unit", *NAMES, "IKM"], ["Dinas A", *[3] * 9, 75], ["Dinas B", *[4] * 9, 100]])),
        {},
    ),
    "kolom-berlubang": lambda _: (score(rows([f"U{i}" for i in (1, 2, 3, 5, 6)])), {"kuesioner": {"waktu": "U3"}}),
    "kolom-pertanyaan": lambda _: (
        score(rows([f"P{i}" for i in range(1, 13)])),
        {"kuesioner": {"persyaratan": ["P1", "P2"], "waktu": "P3"}},
    ),
    "kolom-ragu": lambda _: (
        score(rows([*NAMES[:5], *NAMES[7:], "Kemampuan dan keramahan petugas"])),
        {"kuesioner": dict(zip(IDS[:5], NAMES[:5], strict=True))},
    ),
    "kolom-lemah": lambda _: (score(rows([*NAMES[:-1], "Tempat duduk di ruang sarana"])), {}),
    "jawaban-nol": lambda _: (score(rows(NAMES, [3, 3, 0, 4])), {}),
    "jawaban-kode-kosong": lambda _: (score(rows(NAMES, [3, 3, 99, "TT"])), {}),
    "jawaban-seratus": lambda _: (
        score(text_of([NAMES, *[[25] * 9, [75] * 9, [100] * 9]])),
        {},
    ),
    "jawaban-label-set": lambda _: (score(rows(NAMES, ["Puas", "Sangat Puas", "Tidak Puas"] * 3)), {}),
    "jawaban-label-panjang": lambda _: (score(text_of([NAMES, ["Setuju"] * 9, ["Netral"] * 9])), {}),
    "label-set-panjang": lambda _: (score(text_of([NAMES, ["Setuju"] * 9, ["Netral"] * 9]), label="setuju-5"), {}),
    "jawaban-label": lambda _: (score(rows(NAMES, OWN * 3)), {"label": {"sarana": OWN}}),
    "jawaban-terbalik": lambda _: (
        score(rows(NAMES, ["1. Sangat Puas", "2. Puas", "4. Tidak Puas"] * 3)),
        {"label": ["4. Tidak Puas", "3. Kurang Puas", "2. Puas", "1. Sangat Puas"]},
    ),
    "jawaban-skala-lain": lambda _: (score(text_of([NAMES, [5] * 9, [4] * 9])), {}),
    "skala-terbalik": lambda _: (score(rows([f"{n} (1 = Sangat Baik, 4 = Tidak Baik)" for n in NAMES])), {}),
    "judul-skala-lain": lambda _: (score(rows([f"{n} (1-5)" for n in NAMES])), {}),
    "tanggal-mendua": lambda _: (dated(["3/4/2026", "5/6/2026"]).period, {"": "2026"}),
    "tanggal-tidak-terbaca": lambda _: (dated(["2026-07-01", "2026-07-02", "kapan"]).period, {"": "2026"}),
    "periode-tanpa-kolom": lambda _: (
        skm.read(rows(["Isian", *NAMES])).period,
        {"": "2026", "kolom": "Isian"},
    ),
    "lembar-mendua": lambda _: (score(books("KTP", "KK")), {}),
    "pertanyaan-tanpa-nama": lambda _: (
        score(long(list(range(17, 26)))),
        {
            "kuesioner": {u: str(17 + i) for i, u in enumerate(IDS)},
            "daftar_pertanyaan": {17 + i: name for i, name in enumerate(NAMES)},
        },
    ),
    "panjang-peran": lambda _: (
        score(text_of([["di", "apa", "angka"], *([f"Loket {i}", f"U{j}", 3] for i in range(6) for j in range(1, 10))])),
        {"kuesioner": {"panjang": {"responden": "di", "pertanyaan": "apa", "jawaban": "angka"}}},
    ),
    "cacah-skala-lain": lambda _: (
        score(counts(["Sangat Tidak Puas", "Tidak Puas", "Cukup Puas", "Puas", "Sangat Puas"])),
        {},
    ),
    "cacah-judul": lambda _: (score(counts(OWN)), {"label": OWN}),
    "cacah-terbalik": lambda _: (
        score(counts(["1 (Sangat Puas)", "2 (Puas)", "3 (Kurang Puas)", "4 (Tidak Puas)"])),
        {},
    ),
    "cacah-nilai": lambda _: (
        score([["unsur", "nilai", "jumlah"], *([u, t, 5] for u in NAMES for t in OWN[:2])]),
        {"label": OWN},
    ),
    "berkas-banyak-rusak": lambda folder: (score(files(folder, rows(NAMES), b"")), {}),
    "responden-di-beberapa-berkas": lambda folder: (
        score(files(folder, *(long([f"U{j}" for j in range(1, 10)], answer) for answer in (2, 3)))),
        {},
    ),
    "larik-tanpa-nama": lambda _: (score(np.full((6, 9), 3)), {"columns": [f"u{i}" for i in range(1, 10)]}),
    "jawaban-kosong-ditolak": lambda _: (
        lambda **options: skm.score(skm.read(rows(NAMES, [3, "", 4])), **{"kosong": "tolak", **options}),
        {},
    ),
    "lengkap-tidak-diketahui": lambda _: (
        lambda **options: skm.score_counts(
            {u: [0, 0, 3, 7 - (u == "biaya")] for u in IDS}, n=10, **{"kosong": "hanya-lengkap", **options}
        ),
        {},
    ),
    "bobot-bukan-pembulatan": lambda _: (
        lambda **options: skm.score(skm.read(rows(NAMES)), **{"bobot": "0,25", **options}),
        {},
    ),
    "nrr-di-luar-skala": lambda _: (lambda **options: skm.score_means(dict.fromkeys(IDS, "82,5"), n=10, **options), {}),
    "profil-tidak-ada": lambda _: (
        lambda **options: skm.profile(skm.read(rows(["Kelompok", *NAMES])), **options),
        {"ciri": ["Kelompok"]},
    ),
    "json-bukan-rekaman": lambda _: (score(b'{"a": 1}'), {}),
}
# Hints that name an option of something else than reading and counting; their own rooms follow them.
ELSEWHERE = re.compile(
    r"sampel|sampling|populasi|strata|slovin|permutasi|rancangan|gabung|tren|laporan|pdf|poster|set-ada|lkjip|rtl|rekap"
    r"|layanan|publikasi|kepentingan|basis-data|mesin|regulasi|tingkat-kepercayaan|buku-kerja|cacat-internal|masukan-jalur"
    r"|hitungan|berkas-sudah-ada|periode-tanpa-tanggal|tanpa-jawaban|tanpa-judul|tabel-tanpa"
)


# The file has to be changed, or opened by another library, first; tests of their own do that.
CHANGED = {"tabel-berdampingan", "folder-tabel", "label-lawan-kode"}


def assignments(hint: str) -> list[tuple[str, Any, bool]]:
    """Return what a hint says to write: name, value, and whether the value leaves gaps to be filled in."""
    found = []
    for match in re.finditer(r"(?<![-\w])([a-z_]+)=(?:: )?(?=[\"\[{])", hint):
        rest = hint[match.end() :]
        for end in range(2, len(rest) + 1):
            piece = rest[:end]
            try:
                value = ast.literal_eval(piece.replace(", ...", "").replace("...,", "").replace("[...]", "['...']"))
            except (SyntaxError, ValueError):
                continue
            found.append((match[1], value, "..." in piece or "nama kolom" in piece or ".csv" in piece))
            break
    return found


def refused_with(call: Callable[[], Any]) -> str:
    try:
        call()
    except SKMError as problem:
        return problem.code
    return ""


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize("code", CASES)
def test_what_a_hint_says_leads_on(code: str, tmp_path: Path) -> None:
    """Each option that the hint names is given alone, as printed; gaps are filled in as a person would."""
    call, filled = CASES[code](tmp_path)
    first = [filled.pop("")] if "" in filled else []
    with pytest.raises(SKMError) as problem:
        call(*first)
    assert problem.value.code == code
    hint = problem.value.hint()
    said = assignments(hint)
    assert said or code == "json-bukan-rekaman"
    taken = [(name, filled.get(name, value)) for name, value, gaps in said if not gaps or name in filled]
    assert taken or code == "json-bukan-rekaman", hint
    for name, value in taken:
        assert refused_with(lambda: call(*first, **{name: value})) != code, (name, value)  # noqa: B023 - called here


def test_no_hint_of_reading_is_left_out() -> None:
    """A new refusal whose hint names an option comes into the table above, or belongs to another room."""
    source = resources.files("skm").joinpath("data", "messages", "galat.toml").read_text("utf-8")
    texts = tomllib.loads(source)
    named = {
        code.removesuffix(".saran")
        for code, text in texts.items()
        if code.endswith(".saran") and assignments(text["id"].replace("{{", "{").replace("}}", "}"))
    }
    left = {code for code in named - CASES.keys() - CHANGED if not ELSEWHERE.search(code)}
    assert not left
