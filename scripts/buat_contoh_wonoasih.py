"""Write the example workbook: 341 reconstructed respondents that agree with the printed Wonoasih result.

No respondent-level data of that survey exist in public. The respondents written here are drawn by a computer so that
the totals per unsur and the respondent tables are exactly those of ``skm/data/kasus/wonoasih-2024-s2.toml``; nothing
else about them is known. The same file comes out byte for byte wherever it is run with the same XlsxWriter.

Run: ``python scripts/buat_contoh_wonoasih.py [--out PATH]``
"""

from __future__ import annotations

import argparse
import io
import re
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parents[1] / "skm" / "data"
KASUS = DATA / "kasus" / "wonoasih-2024-s2.toml"

HEADERS = {
    "jenis_kelamin": "Jenis Kelamin",
    "usia": "Kelompok Usia",
    "pendidikan": "Pendidikan",
    "pekerjaan": "Pekerjaan",
    "layanan": "Jenis Layanan",
}
# How much of an answer is the respondent's general satisfaction; the rest is particular to the unsur.
COMMON = 0.55
# The lower an unsur's mean, the more of its answers are 2; answers of 1 are rare everywhere.
TWOS_PER_POINT = 0.10
ONES = 0.004

WRITTEN = datetime(2024, 10, 14)  # noqa: DTZ001
ZIP_DATE = (2024, 10, 14, 0, 0, 0)

TITLE = "REKONSTRUKSI: SKM Kecamatan Wonoasih, Semester II 2024"
NOTES = (
    "REKONSTRUKSI - BUKAN DATA ASLI",
    "Semua {n} responden di lembar data adalah rekonstruksi oleh komputer, bukan jawaban orang sungguhan.",
    (
        "Jawabannya disusun agar jumlah nilai tiap unsur cocok dengan rata-rata yang tercetak di laporan SKM "
        "Semester II 2024 Kecamatan Wonoasih, Kota Probolinggo (termuat di LKjIP 2024, dokumen publik)."
    ),
    (
        "Banyaknya responden menurut jenis kelamin, usia, pendidikan, pekerjaan, dan jenis layanan sama dengan tabel "
        "yang tercetak. Pemasangannya dengan jawaban dan satu sama lain diacak: silangannya, hubungan antarunsur, dan "
        "nilai per kelompok tidak berarti apa-apa tentang Wonoasih."
    ),
    "Data per responden dari survei itu tidak tersedia untuk umum.",
    "Dibuat dengan {script}, benih acak {seed}.",
    "",
    "RECONSTRUCTION - NOT THE ORIGINAL DATA",
    "All {n} respondents on the data sheet are reconstructed by a computer; they are no real people.",
    (
        "Their answers are arranged so that the total of every unsur agrees with the mean printed in the SKM report "
        "for Semester II 2024 of Kecamatan Wonoasih, Kota Probolinggo (part of the public LKjIP 2024)."
    ),
    (
        "The numbers of respondents by sex, age, education, occupation and service equal the printed tables. They are "
        "paired with the answers and with one another at random: cross tables, relations between unsur and values by "
        "group say nothing about Wonoasih."
    ),
    "No respondent-level data of that survey exist in public.",
    "Made with {script}, random seed {seed}.",
)


def main() -> None:
    """Write the workbook to the place named on the command line."""
    kasus = tomllib.loads(KASUS.read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=DATA / "contoh" / kasus["rekonstruksi"]["berkas"])
    out: Path = parser.parse_args().out
    out.write_bytes(workbook(kasus))
    print(out)


def workbook(kasus: dict[str, Any]) -> bytes:
    """Return the whole .xlsx file."""
    publikasi, resep = kasus["publikasi"], kasus["rekonstruksi"]
    n = publikasi["n"]
    rng = np.random.default_rng(resep["benih"])
    satisfaction = _logistic(rng, n)
    answers = [_answers(rng, satisfaction, resep["jumlah"][unsur]) for unsur in publikasi["unsur"]]
    tables = {tabel["karakteristik"]: tabel["baris"] for tabel in publikasi["profil"]}
    profile = [_shuffled(rng, tables[key]) for key in HEADERS]

    headers = ["No", *HEADERS.values(), *(f"{u['kode']} {_title(u['nama'])}" for u in publikasi["unsur"].values())]
    columns: list[list[Any]] = [list(range(1, n + 1)), *profile, *answers]
    notes = [line.format(n=n, script=resep["naskah"], seed=resep["benih"]) for line in NOTES]
    return _stored(_write(headers, columns, notes))


def _answers(rng: np.random.Generator, satisfaction: NDArray[np.float64], total: int) -> list[int]:
    """Draw the answers to one unsur; their sum is exactly `total`.

    The numbers of ones, twos, threes and fours are fixed first so that they give the total; the respondents are then
    put in order of satisfaction with this unsur, and the least satisfied get the lowest answers.
    """
    n = len(satisfaction)
    ones = int((rng.random(n) < ONES).sum())
    twos = int((rng.random(n) < TWOS_PER_POINT * (4 - total / n)).sum())
    fours = total - 3 * n + 2 * ones + twos
    threes = n - ones - twos - fours
    if min(fours, threes) < 0:
        message = f"a total of {total} cannot be reached with {ones} ones and {twos} twos among {n}"
        raise ValueError(message)
    here = COMMON * satisfaction + (1 - COMMON) * _logistic(rng, n)
    result = np.empty(n, dtype=np.int64)
    result[np.argsort(here, kind="stable")] = np.repeat([1, 2, 3, 4], [ones, twos, threes, fours])
    return [int(answer) for answer in result]


def _shuffled(rng: np.random.Generator, rows: list[dict[str, Any]]) -> list[str]:
    """Return every level as often as it was printed, in random order."""
    levels = [row["tingkat"] for row in rows for _ in range(row["jumlah"])]
    return [levels[i] for i in np.argsort(rng.random(len(levels)), kind="stable")]


def _logistic(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    # Only `random` is used: NumPy may change the streams of its other draws between versions.
    u = rng.random(n)
    values: NDArray[np.float64] = np.log(u / (1 - u))
    return values


def _title(name: str) -> str:
    return re.sub(r"\w+", lambda m: m[0] if m[0] == "dan" else m[0][0].upper() + m[0][1:], name)


def _write(headers: list[str], columns: list[list[Any]], notes: list[str]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {"title": TITLE, "subject": notes[0], "author": "skm", "created": WRITTEN, "comments": _tool()},
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    data = book.add_worksheet("Data (rekonstruksi)")
    data.set_tab_color("#C00000")
    data.set_header("&C&BREKONSTRUKSI - bukan data asli")
    data.freeze_panes(1, 1)
    data.repeat_rows(0)
    data.set_landscape()
    data.fit_to_pages(1, 0)
    for at, (header, values) in enumerate(zip(headers, columns, strict=True)):
        width = max(len(str(value)) for value in values) + 2
        data.set_column(at, at, max(width, max(map(len, re.split(r"[ /]", header))) + 2))
        data.write_string(0, at, header, head)
        data.write_column(1, at, values)
    data.autofilter(0, 0, len(columns[0]), len(columns) - 1)

    page = book.add_worksheet("Keterangan")
    page.set_tab_color("#C00000")
    page.set_column(0, 0, 100, wrap)
    for at, line in enumerate(notes):
        page.write_string(at, 0, line, head if line.isupper() else wrap)
    book.close()
    return buffer.getvalue()


def _tool() -> str:
    return f"XlsxWriter {xlsxwriter.__version__}"


def _stored(content: bytes) -> bytes:
    """Pack the parts again, uncompressed and with fixed dates: compressed bytes differ between zlib builds."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as plain:
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.create_system = 0
            plain.writestr(part, packed.read(name))
    return buffer.getvalue()


if __name__ == "__main__":
    main()
