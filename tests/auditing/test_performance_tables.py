"""The audit of a whole LKjIP: its performance and budget tables, from Word, page, workbook, PDF and text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm import kinerja, publikasi, report

CHAPTER: dict[str, Any] = {
    "unit": "Kecamatan Contoh",
    "tahun": 2024,
    "akhir_renstra": 2024,
    "indikator": [
        {"nama": "Indeks Kepuasan Masyarakat", "target_renstra": "88,60", "target": "94,14", "realisasi": "94,17",
         "program": ["Pelayanan"], "penyebab": "Loket satu", "solusi": "Tambah loket"},
        {"nama": "Lembaga yang difasilitasi", "satuan": "%", "target_renstra": "40", "target": "80",
         "realisasi": "85,71", "program": ["Pemberdayaan"]},
    ],
    "tahunan": [{"indikator": 1, "tahun": 2023, "target": "94,13", "realisasi": "94,15"}],
    "anggaran": [
        {"program": "Pelayanan", "kegiatan": "K1", "sub_kegiatan": "S1", "pagu": 1933956597, "realisasi": 1899105723},
        {"kegiatan": "K2", "sub_kegiatan": "S2", "pagu": 481211500, "realisasi": 479200652},
        {"program": "Pemberdayaan", "kegiatan": "K3", "sub_kegiatan": "S3", "pagu": 2361487698,
         "realisasi": 2108256909},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = report.write_kinerja(CHAPTER, tmp_path_factory.mktemp("lkjip") / "k.html", lang="id")
    return path.read_text(encoding="utf-8")


def codes(content: str | Path, tmp_path: Path) -> list[str]:
    path = content if isinstance(content, Path) else tmp_path / "dokumen.html"
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    return [f.kode for f in skm.audit(path).temuan]


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_right_chapter_has_no_findings(tmp_path: Path, ending: str, lang: str) -> None:
    """What we print is read back and nothing in it is wrong; every line and every budget row is there."""
    path = report.write_kinerja(CHAPTER, tmp_path / f"k{ending}", lang=lang, nomor_halaman=False)
    printed = publikasi.load(path)
    assert [f for f in skm.audit(printed).temuan if f.tingkat != "catatan"] == []
    if lang == "id":
        names = {line.nama for line in printed.klaim.indikator}
        assert {"Indeks Kepuasan Masyarakat", "Lembaga yang difasilitasi"} <= names
        table = max(printed.klaim.anggaran, key=lambda t: len(t.baris))
        assert len(table.baris) == 9
        assert [row.total for row in table.baris] == [False] * 8 + [True]


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("100,03", "103,00", "klaim-capaian"),
        ("98,47", "98,74", "klaim-serapan"),
        ("98,44", "99,44", "klaim-efisiensi"),
        ("107,14", "107,41", "klaim-capaian"),
        ("98,20", "98,02", "anggaran-persen"),
        ("4.776.655.795", "4.776.655.759", "anggaran-jumlah-bertingkat"),
        ("4.486.563.284", "4.486.563.285", "anggaran-jumlah-bertingkat"),
    ],
)
def test_a_planted_error_is_found(page: str, tmp_path: Path, right: str, wrong: str, code: str) -> None:
    """One figure changed everywhere it stands: the finding about it, and nothing without it."""
    assert right in page
    assert code not in codes(page, tmp_path)
    assert code in codes(page.replace(right, wrong), tmp_path)


TEXT = """Tabel 3.2 Capaian Kinerja Tahun 2024

Indikator                          Target     Realisasi    Capaian (%)
Indeks Kepuasan Masyarakat         94,14      94,17        100,03
Lembaga yang difasilitasi          80         85,71        {capaian}

Tabel 3.9 Realisasi Anggaran

Program                 Pagu (Rp)          Realisasi (Rp)      %
Pelayanan publik        1.933.956.597      1.899.105.723       98,20
Pemerintahan umum       481.211.500        479.200.652         {persen}
Jumlah                  {jumlah}           2.378.306.375       98,47
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"capaian": "170,14"}, "klaim-capaian"),
        ({"persen": "95,58"}, "anggaran-persen"),
        ({"jumlah": "2.415.168.079"}, "anggaran-jumlah"),
    ],
)
def test_pasted_text(change: dict[str, str], code: str | None) -> None:
    """Columns of spaces, as a PDF's text has them."""
    text = TEXT.format(**{"capaian": "107,14", "persen": "99,58", "jumlah": "2.415.168.097", **change})
    found = [f.kode for f in skm.audit(text).temuan if f.tingkat == "kesalahan"]
    assert found == ([] if code is None else [code])


@given(st.lists(st.tuples(st.integers(1, 10**10), st.integers(0, 10**4)), min_size=2, max_size=9), st.booleans())
def test_totals_of_any_flat_table(rows: list[tuple[int, int]], wrong: bool) -> None:
    """A right total is silent and one that is a rupiah off is told, whatever the rows."""
    lines = [
        {"nama": f"Kegiatan {i}", "pagu": p, "realisasi_anggaran": p * s // 10**4} for i, (p, s) in enumerate(rows)
    ]
    total = {
        "nama": "Jumlah",
        "pagu": sum(int(line["pagu"]) for line in lines) + wrong,
        "realisasi_anggaran": sum(int(line["realisasi_anggaran"]) for line in lines),
        "total": True,
    }
    table = {"tempat": "Tabel", "baris": [*lines, total]}
    found = [f.kode for f in skm.audit({"ikm": "90,00", "klaim": {"anggaran": [table]}}).temuan]
    assert any(kode.startswith("anggaran-jumlah") for kode in found) == wrong


def test_the_printed_budget_of_a_real_report(shared_data: Path) -> None:
    """45 rows, every percentage and both totals follow; a swapped digit in any of some rows does not."""
    lines = [line.split(",") for line in (shared_data / "lkjip-2024" / "anggaran.csv").read_text().splitlines()[1:]]
    rows = [
        {"nama": f"Sub {i}", "pagu": int(x[-3]), "realisasi_anggaran": int(x[-2]), "serapan": x[-1]}
        for i, x in enumerate(lines)
    ]
    total = {
        "nama": "Jumlah",
        "pagu": 14415022746,
        "realisasi_anggaran": 13770521146,
        "serapan": "95,53",
        "total": True,
    }
    table = {"tempat": "Tabel 3.26", "baris": [*rows, total]}

    def found() -> list[str]:
        made = skm.audit({"ikm": "90,00", "klaim": {"anggaran": [table]}})
        return [f.kode for f in made.temuan if f.kode.startswith("anggaran")]

    assert found() == []
    rows[3]["pagu"] += 1
    table["baris"] = [*rows, total]
    assert any(kode.startswith("anggaran-jumlah") for kode in found())


def test_the_index_in_the_performance_table_meets_the_survey(tmp_path: Path, page: str) -> None:
    """An LKjIP that embeds its SKM: the realisation in one table, the unsur in the other, and they cannot both be."""
    means = ["3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,72", "3,74"]
    cells = "".join(f"<tr><td>U{i}</td><td>{m}</td></tr>" for i, m in enumerate(means, start=1))
    table = f"<table><tr><th>Unsur</th><th>NRR</th></tr>{cells}</table><p>IKM Unit Pelayanan 94,17 (Sangat Baik)</p>"
    found = codes(page.replace("</main>", f"{table}</main>"), tmp_path)
    assert "ikm-di-atas-unsur-tertinggi" in found
    assert kinerja.capaian("94,14", "94,17").persen


@pytest.mark.parametrize(("total", "told"), [("2.415.168.097", False), ("2.415.168.098", True)])
def test_a_budget_over_two_pages(tmp_path: Path, total: str, told: bool) -> None:
    """The next piece repeats the header and has no caption; the total at its end is of both."""
    head = "<tr><th>Program</th><th>Pagu (Rp)</th><th>Realisasi Anggaran (Rp)</th><th>%</th></tr>"
    one = "<tr><td>Pelayanan publik</td><td>1.933.956.597</td><td>1.899.105.723</td><td>98,20</td></tr>"
    two = "<tr><td>Pemerintahan umum</td><td>481.211.500</td><td>479.200.652</td><td>99,58</td></tr>"
    last = f"<tr><td>Jumlah</td><td>{total}</td><td>2.378.306.375</td><td>98,47</td></tr>"
    first = f"<p>Tabel 3.26 Realisasi Anggaran</p><table>{head}{one}</table>"
    found = codes(f"<html><body>{first}<p>12</p><table>{head}{two}{last}</table></body></html>", tmp_path)
    assert any(code.startswith("anggaran-jumlah") for code in found) == told
