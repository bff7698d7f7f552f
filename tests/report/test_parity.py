"""Whatever `skm hitung` can read, `skm laporan` can report: the same figure, and what is not there is said."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import skm
from skm import report
from skm.cli import run
from skm.errors import OptionError

UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
COUNTS = {name: [0, i, 20, 28 - i] for i, name in enumerate(UNSUR)}
MORE = {name: [0, 1, 20, 8] for name in UNSUR}
ENVELOPES: dict[str, dict[str, Any]] = {
    "data": {
        "data": [dict.fromkeys(UNSUR, 3 + i % 2) | {"tanggal": f"2026-0{1 + i % 9}-05", "unit": "AB"[i % 2]} for i in range(18)],
        "opsi": {"periode": "2026-S1", "nilai_kosong": [0]},
    },
    "jumlah": {"jumlah": COUNTS},
    "kelompok": {"jumlah": [{"kelompok": {"layanan": "KTP"}, "jumlah": COUNTS}, {"kelompok": {"layanan": "KK"}, "jumlah": MORE}]},
    "total": {"total": dict.fromkeys(UNSUR, 170), "n": 50, "opsi": {"bobot": "3-desimal"}},
    "rata_rata": {"rata_rata": dict.fromkeys(UNSUR, 3.41), "n": 50, "opsi": {"pembulatan": "indeks-2"}},
    "tanpa_n": {"rata_rata": dict.fromkeys(UNSUR, 3.41)},
}  # fmt: skip

# Files of the shared inputs, with what each of them needs to be read.
FILES: list[tuple[str, tuple[str, ...]]] = [
    ("kantor/01_olah_data_kementerian.xlsx", ("--u8", "sarana")),
    ("kantor/02_google_form_3_semester.xlsx", ("--periode", "2026-S1")),
    ("kantor/04_sheet_per_layanan.xlsx", ("--unit-dari", "lembar", "--u8", "sarana")),
    ("kantor/04_sheet_per_layanan.xlsx", ("--lembar", "KTP-el", "--u8", "sarana")),
    ("kantor/07_jawaban_berantakan.xlsx", ()),
    ("kantor/08_emoji_puas.xlsx", ("--label", "puas")),
    ("kantor/12_skala_5.xlsx", ("--konversi", "5-proporsional", "--u8", "sarana")),
    ("kantor/14*.xlsx", ()),
    ("kantor/15_rekap_cacah.xlsx", ()),
    ("kantor/18_kosong_strip_nol.xlsx", ("--nilai-kosong", "Tidak tahu", "--nilai-kosong", "0", "--nilai-kosong", "-")),
    ("dump/lulu_panjang.csv", ("--u8", "sarana")),
    ("dump/skala100.csv", ("--konversi", "25-100", "--u8", "sarana")),
    ("kemenag-sulbar-tw3/per_unsur_frekuensi.csv", ()),
]


def answer(argv: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, int | None]:
    """Run a command and return its figure."""
    code = run([*argv, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 0, told["galat"]
    return told["hasil"]["keseluruhan"]["ikm"], told["hasil"]["keseluruhan"]["n"]


@pytest.mark.parametrize("shape", ENVELOPES)
def test_every_shape_of_an_envelope_can_be_reported(
    shape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """HTML, workbook and JSON; what a figure alone does not tell is said, and no number is made up."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(ENVELOPES[shape] | {"fakta": {"unit": "Unit A"}}))
    out = tmp_path / "l"
    counted = answer(["hitung", str(path)], capsys)
    argv = ["laporan", str(path), "--out", str(out), "--hanya", "html,xlsx,json"]
    assert answer(argv, capsys) == counted
    page = (out / "laporan.html").read_text("utf-8")
    assert counted[0].replace(".", ",") in page
    assert " 0 responden" not in page
    cells = [
        c for row in openpyxl.load_workbook(out / "olah_data.xlsx", data_only=True)["Olah Data"].values for c in row
    ]
    assert float(counted[0]) in cells
    if shape in ("total", "rata_rata", "tanpa_n"):
        assert "hanya nilai per unsur yang tersedia" in page
    if shape == "kelompok":
        assert all(f"<td>{name}</td>" in page.replace(' class="text"', "") for name in ("KTP", "KK"))
    if shape == "tanpa_n":
        assert "[DIISI: jumlah responden]" in page


@pytest.mark.parametrize(("name", "options"), FILES)
def test_files_of_offices(
    name: str, options: tuple[str, ...], tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the same options; files that hold counts only are among them."""
    for path in shared_data.glob(name):
        shutil.copy(path, tmp_path)
    argv = [str(tmp_path / Path(name).name), *options, "--keputusan", "tidak"]
    counted = answer(["hitung", *argv], capsys)
    assert answer(["laporan", *argv, "--out", str(tmp_path / "l"), "--hanya", "json"], capsys) == counted


def test_a_file_of_counts_is_read_like_any_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By path, as bytes and from a stream; the options it was stored with are told."""
    rows = [dict.fromkeys(UNSUR, 1 + i % 4) | {"layanan": "AB"[i % 2]} for i in range(24)]
    path = tmp_path / "a.hitungan"
    skm.tally(rows, by="layanan").save(path, opsi={"bobot": "3-desimal"})
    want = skm.score(rows).ikm
    for source in (path, path.read_bytes(), io.BytesIO(path.read_bytes())):
        assert skm.score(source).ikm == want
    bahan = report.compile(path, unit="Unit A")
    assert bahan.per is not None
    assert [str(k) for k in bahan.per] == ["A", "B"]
    assert "bobot=3-desimal" in next(f for f in bahan.findings() if f.kode == "hitungan-opsi").text("id")
    assert answer(["hitung", str(path)], capsys)[0] == str(want)
    assert run(["tindak-lanjut", str(path), "--out", str(tmp_path / "t.html")]) == 0
    with pytest.raises(OptionError, match="hitungan-sudah-jadi"):
        skm.read(path, u8="sarana")


def test_a_result_takes_no_option_of_scoring() -> None:
    """It has been computed; and groups that ask different things are no one report."""
    hasil = skm.score_counts(COUNTS)
    with pytest.raises(OptionError, match="laporan-hasil-jadi"):
        report.compile(hasil, bobot="3-desimal")
    assert report.compile(hasil).hasil.ikm == hasil.ikm
    with pytest.raises(OptionError):
        report.compile([dict.fromkeys(UNSUR, 3)] * 4, per="loket")


def test_groups_that_ask_different_things(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The place is named; populations of groups are not added up in silence."""
    groups = [{"kelompok": {"l": "A"}, "jumlah": COUNTS, "populasi": 90}, {"kelompok": {"l": "B"}, "jumlah": MORE}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"jumlah": groups}))
    argv = ["laporan", str(path), "--out", str(tmp_path / "l"), "--hanya", "catatan"]
    answer(argv, capsys)
    assert "tidak dijumlahkan" in (tmp_path / "l" / "catatan_penyusun.txt").read_text("utf-8-sig")
    less = {k: v for k, v in MORE.items() if k != "sarana"}
    path.write_text(json.dumps({"jumlah": [groups[0], {"kelompok": {"l": "B"}, "jumlah": less}]}))
    assert run([*argv, "--timpa", "--json"]) == 2
    problem = json.loads(capsys.readouterr().out)["galat"]
    assert (problem["kode"], problem["lokasi"]["jalur"]) == ("laporan-kelompok-beda", "jumlah[1].jumlah")
