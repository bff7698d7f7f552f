"""No message, note or table printed in English holds an Indonesian word, but for names and the words of the domain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import skm
from skm.basics import messages

FOLDER = Path(messages.__file__).parents[1] / "data" / "messages"
AREAS = sorted(path.stem for path in FOLDER.glob("*.toml"))
# Function words, and the words that facts were once written with.
WORDS = """yang dan atau tidak dengan untuk dari pada karena adalah ini itu juga sudah belum akan dapat harus bila agar oleh
 sebagai antara setiap semua masing lain lainnya seperti tanpa dalam luar masuk menjadi dikeluarkan disatukan dibuang dibaca
 baris kolom berkas lembar isian terlalu lebih kurang sampai hingga tahun bulan hari tanggal wajib pilih tulis sebut""".split()  # noqa: SIM905
_QUOTED = re.compile(
    r"\"[^\"]*\"|`[^`]*`|\{[^}]*\}|'[^']*'|--[\w-]+|\b[\w.]+=\S+|\b\w+(?:-\w+)+\b|\([^()]*=[^()]*\)|\[[^\]]*\]"
)

# Words that these messages tell a person to type, or names of files and sheets.
TYPED = {
    "baca.unit": {"lembar"},
    "saran.lembar-mendua": {"lembar"},
    "rekap.berkas": {"masuk"},
    "baca.terima": {"semua"},
    "publikasi-ya-tidak": {"tidak"},
    "fakta-tanpa-lembar": {"isian"},
    "rtl-centang.saran": {"tidak"},
    "realisasi-status.saran": {"belum", "sudah"},
    "layanan-formulir.saran": {"berkas"},
    "kolom-lemah.saran": {"semua"},
    "tabel-berdampingan.saran": {"lembar"},
    "formulir.target_tercapai": {"tidak"},
}


def plain(text: str) -> str:
    """Return a text without quotations, commands, options and fields."""
    return _QUOTED.sub(" ", text.replace("{{", "").replace("}}", ""))


@pytest.mark.parametrize("area", AREAS)
def test_messages(area: str) -> None:
    """Every message of every catalogue."""
    wrong = []
    for code, texts in messages.catalogue(area).items():
        words = set(re.findall(r"[a-z]+", plain(texts["en"]).casefold()))
        if found := words & set(WORDS) - TYPED.get(code, set()):
            wrong.append(f"{code}: {sorted(found)}")
    assert not wrong


def test_a_result_with_every_kind_of_fact(tmp_path: Path) -> None:
    """Period, repair, exclusion, named blanks, letters, unused columns: table, notes, account and JSON in English."""
    head = "Tanggal;Catatan tambahan;pekerjaan;" + ";".join(f"U{i}" for i in range(1, 10))
    rows = [
        f"2026-0{1 + k % 9}-05;x{k};{'PNS' if k % 2 else 'pns'};" + ";".join("abcd-"[(k * 3 + i) % 5] for i in range(9))
        for k in range(24)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([head, *rows]), "utf-8")
    survei = skm.read(path, nilai_kosong=["-"]).period("Semester I Tahun 2026")
    survei = survei.recode("pekerjaan", {"pns": "PNS"}).exclude([True, *[False] * (survei.n - 1)], alasan="test")
    hasil = skm.score(survei)
    shown = [
        hasil.table("en").to_text(),
        survei.kolom("en").to_text(),
        str(hasil.to_dict("en")["provenance"]),
        skm.profile(survei).table("en").to_text(),
    ]
    shown += [note.text("en") for note in (*hasil.catatan, *survei.catatan)] + [
        note.advice("en") for note in hasil.catatan
    ]
    found = {
        word
        for text in shown
        for word in re.findall(r"[a-z]+", plain(text.replace("Tanggal", "").replace("Catatan tambahan", "")).casefold())
    }
    assert not found & set(WORDS)
