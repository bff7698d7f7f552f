"""Findings about rows: each kind is found where it is planted, and nothing is found in clean data."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import skm
from skm.answers.checks import HasilPeriksa
from skm.errors import DataError, OptionError
from skm.io.read import read_repairs

CODES = [f"U{i}" for i in range(1, 10)]


def answers(n: int, seed: int = 1) -> list[list[Any]]:
    chance = random.Random(seed)
    return [[chance.randint(1, 4) for _ in range(9)] for _ in range(n)]


def read(path: Path, head: list[str], rows: list[list[Any]]) -> Any:
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(path)
    return skm.read(path)


def codes(found: HasilPeriksa) -> dict[str, Any]:
    return {t.kode: t for t in found}


def test_clean_data_have_no_findings(tmp_path: Path) -> None:
    """Random complete answers with names in the header: nothing to say."""
    names = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    found = skm.check(read(tmp_path / "a.xlsx", names, answers(60)))
    assert len(found) == 0
    assert found.to_frame().empty


def test_wrong_answers_and_blanks(tmp_path: Path) -> None:
    """Each wrong cell with its address; blanks counted apart from wrong cells; partial and empty respondents."""
    rows = answers(40)
    rows[3][2], rows[4][2] = 7, "Siti Aminah"
    rows[5][0] = rows[6][0] = rows[6][1] = None
    rows[7] = ["X", *[None] * 9][1:]
    found = codes(
        skm.check(read(tmp_path / "a.xlsx", ["JK", "Jenis Layanan", *CODES], [["L", "KTP", *r] for r in rows]))
    )
    wrong = found["jawaban-tidak-terbaca"]
    assert (wrong.banyak, wrong.tingkat, wrong.menyentuh) == (2, "kesalahan", "menghentikan")
    assert wrong.tempat == ("E5", "E6")
    assert "Siti" not in wrong.finding.pesan
    assert found["jawaban-kosong"].banyak == 3 + 9
    assert found["responden-sebagian"].banyak == 2
    assert found["responden-kosong"].banyak == 1


def test_duplicates_with_time(tmp_path: Path) -> None:
    """A row sent twice is found by its time; agreement without one is only noted."""
    rows = answers(30)
    stamped = [[datetime(2026, 7, 1, 8) + timedelta(minutes=17 * i), "L", *r] for i, r in enumerate(rows)]
    stamped.append(stamped[4])
    found = codes(skm.check(read(tmp_path / "a.xlsx", ["Timestamp", "JK", *CODES], stamped)))
    assert found["baris-ganda"].banyak == 1
    assert found["baris-ganda"].tempat == ("32",)
    plain = codes(skm.check(read(tmp_path / "b.xlsx", CODES, [*rows, rows[4]])))
    assert "baris-ganda" not in plain
    assert plain["baris-serupa"].tingkat == "catatan"


def test_runs_and_straight_lines(tmp_path: Path) -> None:
    """Copied blocks are seen; straight-lining is weighed against chance."""
    rows = answers(80)
    rows[20:28] = [[1, 2, 3, 4, 1, 2, 3, 4, 1]] * 8
    rows[50:70] = [[2] * 9] * 10 + [[4] * 9] * 10
    random.Random(5).shuffle(rows[50:70])
    found = codes(skm.check(read(tmp_path / "a.xlsx", CODES, rows)))
    assert "22-29" in found["baris-berturutan-sama"].tempat
    assert found["jawaban-seragam"].tingkat == "peringatan"
    assert found["jawaban-seragam"].finding.bukti["kebetulan"] < 1
    content = [[4 if random.Random(i * 9 + j).random() < 0.93 else 3 for j in range(9)] for i in range(80)]
    assert codes(skm.check(read(tmp_path / "b.xlsx", CODES, content)))["jawaban-seragam"].tingkat == "catatan"


def test_bursts_ages_constants_dates(tmp_path: Path) -> None:
    """Bursts of time stamps, impossible ages, an unsur always 4, a cell that is no date."""
    rows = [
        [datetime(2026, 7, 1, 9, 0, i) if i < 15 else datetime(2026, 7, 2 + i % 20, 10), 20 + i, *r]
        for i, r in enumerate(answers(40))
    ]
    for row in rows:
        row[5] = 4
    rows[2][1], rows[3][1] = -41, 352
    rows[9][0] = "lupa"
    found = codes(skm.check(read(tmp_path / "a.xlsx", ["Timestamp", "Usia", *CODES], rows)))
    assert found["cap-waktu-beruntun"].banyak >= 14
    assert found["usia-mustahil"].banyak == 2
    assert found["usia-mustahil"].tempat == ("4", "5")
    assert found["unsur-selalu-sama"].finding.bukti["unsur"] == "biaya"
    assert found["tanggal-tidak-terbaca"].tempat == ("11",)


def test_labels_persons_and_small_groups(tmp_path: Path) -> None:
    """Variants, rare near-labels, columns that look personal, groups that may reveal someone."""
    rows = []
    for i, r in enumerate(answers(100)):
        job = "wiraswasta" if i < 5 else "Pegwai swasta" if i == 6 else "Pegawai swasta" if i < 60 else "Wiraswasta"
        rows.append([f"Orang {i}", f"08123456{i:04d}", job, "Kelurahan A" if i else "Kelurahan B", *r])
    survei = read(tmp_path / "a.xlsx", ["Nama", "Kontak", "Pekerjaan", "Unit", *CODES], rows)
    found = codes(skm.check(survei))
    assert "Wiraswasta = wiraswasta" in found["ejaan-berbeda"].finding.pesan
    assert "Pegwai swasta ~ Pegawai swasta" in found["label-mirip"].finding.pesan
    assert found["kolom-pribadi"].tempat == ("Nama", "Kontak")
    assert found["kelompok-kecil"].banyak >= 1
    text = repr(skm.check(survei)) + str(skm.check(survei).to_dict()) + skm.check(survei).table("en").to_text()
    assert "Orang" not in text
    assert "08123" not in text


def test_pending_decision_is_the_first_finding(tmp_path: Path) -> None:
    """A split question stands first and says that nothing is computed until it is settled."""
    rows = answers(20)
    head = ["Timestamp", "Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan", "Kecepatan"]  # fmt: skip
    lines = [
        ["2026-01-02", *r, None] if i < 9 else ["2026-01-02", *r[:2], None, *r[3:], r[2]] for i, r in enumerate(rows)
    ]
    survei = read(tmp_path / "a.xlsx", head, lines)
    first = next(iter(skm.check(survei)))
    assert (first.kode, first.menyentuh) == ("belum-diputuskan", "menghentikan")
    assert first.finding.bukti["kode"] == "kolom-terbelah"


def test_proposed_repairs_make_the_round(tmp_path: Path) -> None:
    """The pre-filled file unifies spellings at once; what was switched on by hand is done as well."""
    rows = answers(60)
    lines = [
        [i, datetime(2026, 7, 1, 8, i % 60), "wiraswasta" if i % 9 == 0 else "Wiraswasta", -1 if i == 5 else 30, *r]
        for i, r in enumerate(rows)
    ]
    lines.append([60, *lines[7][1:]])
    head = ["No", "Timestamp", "Pekerjaan", "Usia", *CODES]
    survei = read(tmp_path / "a.xlsx", head, lines)
    path = skm.repairs(survei, tmp_path / "perbaikan.xlsx")
    once = skm.read(tmp_path / "a.xlsx", perbaikan=path)
    assert [step.text("id") for step in once.perbaikan] == ['pekerjaan: "wiraswasta" menjadi "Wiraswasta" (7)']
    assert once.n == 61
    assert skm.score(once).ikm_tepat == skm.score(survei).ikm_tepat
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        row[0].value = "ya"
    book.save(path)
    every = skm.read(tmp_path / "a.xlsx", perbaikan=path)
    assert every.n == 60
    assert "baris ganda" in every.pengecualian[0].text("id")
    assert every.fingerprint() == skm.read(tmp_path / "a.xlsx", perbaikan=path).fingerprint()
    assert "usia-mustahil" not in codes(skm.check(every))


@pytest.mark.parametrize(
    ("head", "row", "kind"),
    [
        (["jenis"], ["ubah-isi"], OptionError),
        (["pakai", "jenis"], ["ya", "hapus"], OptionError),
        (["pakai", "jenis"], ["mungkin", "ubah-isi"], OptionError),
        (
            ["pakai", "jenis", "kolom", "dari", "menjadi"],
            ["ya", "ubah-isi", "pekerjaan", "tidak ada", "x"],
            OptionError,
        ),
    ],
)
def test_wrong_repairs_files(tmp_path: Path, head: list[str], row: list[str], kind: type[Exception]) -> None:
    """Missing columns, unknown kinds and answers, values that do not occur."""
    survei = read(tmp_path / "a.xlsx", ["Pekerjaan", *CODES], [["PNS", *r] for r in answers(3)])
    path = tmp_path / "p.csv"
    path.write_text(";".join(head) + "\n" + ";".join(row) + "\n")
    with pytest.raises(kind):
        survei.apply(*read_repairs(path))


def test_checking_what_is_no_survey(tmp_path: Path) -> None:
    """Processed figures are not checked as respondents."""
    path = tmp_path / "a.csv"
    path.write_text("Unit," + ",".join(CODES) + "\nA," + ",".join(["3.47"] * 9) + "\nB," + ",".join(["3.2"] * 9) + "\n")
    with pytest.raises(DataError) as problem:
        skm.check(path)
    assert problem.value.code == "bukan-survei"


def test_jepara(shared_data: Path) -> None:
    """The real file: one label in two spellings, mended by the proposed repairs, figure unchanged; SOURCE.txt's values."""
    path = shared_data / "jepara-mpp-2021" / "respons_wide.csv"
    survei = skm.read(path, u8="pengaduan")
    hasil = skm.score(survei)
    assert round(float(hasil.ikm_tepat), 4) == 96.1813
    assert round(float(skm.score(survei, kosong="hanya-lengkap").ikm_tepat), 4) == 96.3537
    assert len(hasil.catatan) <= 2
    found = codes(skm.check(survei))
    assert found["responden-sebagian"].banyak == 82
    assert found["ejaan-berbeda"].finding.bukti["ciri"] == "pekerjaan"
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        mended = skm.read(path, u8="pengaduan", perbaikan=skm.repairs(survei, Path(folder) / "perbaikan.xlsx"))
    assert "ejaan-berbeda" not in codes(skm.check(mended))
    assert skm.score(mended).ikm_tepat == hasil.ikm_tepat
    assert survei.period("2021").n + survei.period("2020").n + survei.period("2022").n == survei.n


def test_other_real_files(shared_data: Path) -> None:
    """Everything under shared/data reads as what it is, with the values of its SOURCE.txt."""
    sekadau = skm.read(shared_data / "sekadau-2019-s1" / "respons.csv")
    assert [v.total for v in skm.score(sekadau).unsur.values()] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert round(float(skm.score(sekadau).ikm_tepat), 4) == 78.7415
    counts = skm.read(shared_data / "kemenag-sulbar-tw3" / "per_unsur_frekuensi.csv")
    assert round(float(skm.score(counts).ikm_tepat), 4) == 91.4751
    assert skm.score(counts).unsur["pengaduan"].total == 115
    recap = skm.read(shared_data / "pekalongan-arpus-2025" / "olah_data_skm.csv")
    assert (recap["kearsipan"].n, recap["perpustakaan"].n) == (61, 100)
    totals = {u.kode: u.total for u in recap["kearsipan"].unsur}
    assert round(float(skm.score_totals(totals, 61, bobot="0.111", u8="sarana").ikm_tepat), 4) == 83.7504
    published = skm.read(shared_data / "published" / "results.csv")
    wonoasih = published["Kecamatan Wonoasih, Kota Probolinggo"]
    assert (str(wonoasih.ikm.nilai), wonoasih.n, wonoasih.populasi) == ("94.17", 341, 3441)


# --- on the command line --------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *argv: Any) -> tuple[int, str]:
    from skm.cli import run as command

    code = command([str(a) for a in argv])
    out = capsys.readouterr()
    return code, out.out + out.err


def test_commands_on_a_split_and_labelled_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """petakan writes the labels to fill in; periksa proposes the merge; hitung computes once both are decided."""
    own = ("Lama sekali", "Agak lama", "Tepat waktu", "Selalu tepat waktu")
    rows = answers(40)
    head = ["Timestamp", "Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan", "Kompetensi petugas"]  # fmt: skip
    lines = []
    for i, r in enumerate(rows):
        cells = [*r[:2], own[r[2] - 1], *r[3:]]
        late = i >= 25
        lines.append(
            [f"{1 + i % 28}/07/2026", *cells[:5], None if late else cells[5], *cells[6:], cells[5] if late else None]
        )
    path = tmp_path / "form.xlsx"
    read(path, head, lines)
    code, said = run(capsys, "hitung", path)
    assert (code, "kolom-terbelah" in said, "--perbaikan" in said) == (2, True, True)
    repairs = tmp_path / "perbaikan.xlsx"
    code, said = run(capsys, "periksa", path, "--usulkan", repairs)
    assert code == 0
    assert "belum-diputuskan" in said
    assert "Lama sekali" not in said
    book = openpyxl.load_workbook(repairs)
    for row in book.active.iter_rows(min_row=2):
        row[0].value = "ya" if row[1].value == "gabung-kolom" else row[0].value
    book.save(repairs)
    code, said = run(capsys, "hitung", path, "--perbaikan", repairs)
    assert (code, "jawaban-label" in said) == (2, True)
    peta = tmp_path / "peta.toml"
    assert run(capsys, "petakan", path, "--out", peta)[0] == 0
    text = peta.read_text("utf-8")
    assert '"Selalu tepat waktu" = "?"' in text
    assert run(capsys, "hitung", path, "--kuesioner", peta)[0] == 2
    for level, label in enumerate(own, start=1):
        text = text.replace(f'"{label}" = "?"', f'"{label}" = {level}')
    text = "\n".join(line for line in text.splitlines() if not line.startswith("kompetensi"))
    labels = tmp_path / "label.toml"
    labels.write_text("[label.waktu]\n" + "\n".join(f'"{t}" = {i}' for i, t in enumerate(own, 1)), "utf-8")
    code, said = run(capsys, "hitung", path, "--perbaikan", repairs, "--label", labels, "--periode", "2026-TW3")
    assert code == 0
    total = sum(Fraction(sum(c), 40) for c in zip(*rows, strict=True)) / 9 * 25
    assert f"IKM {float(total):.2f}".replace(".", ",")[:8] in said
    assert "perbaikan" in said or "disatukan" in said


def test_period_and_files_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--periode, --urutan, --unit-dari and --rusak do what the functions do, and errors name the options."""
    rows = answers(6)
    for k in "ab":
        read(tmp_path / f"{k}.xlsx", ["Tanggal", *CODES], [["03/07/2026", *r] for r in rows])
    code, said = run(capsys, "hitung", tmp_path / "a.xlsx", "--periode", "2026-S2")
    assert (code, "--urutan hari-bulan" in said) == (2, True)
    assert run(capsys, "hitung", tmp_path / "a.xlsx", "--periode", "2026-S2", "--urutan", "hari-bulan")[0] == 0
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04")
    code, said = run(capsys, "hitung", tmp_path, "--unit-dari", "nama-berkas", "--per", "unit")
    assert (code, "--rusak lewati" in said) == (2, True)
    code, said = run(capsys, "hitung", tmp_path, "--unit-dari", "nama-berkas", "--per", "unit", "--rusak", "lewati")
    assert code == 0
    assert "c.xlsx" in said


def test_findings_can_be_a_condition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--gagal-jika turns findings into exit code 1."""
    rows = answers(20)
    rows[2][2] = 9
    path = tmp_path / "a.xlsx"
    read(path, CODES, rows)
    assert run(capsys, "periksa", path)[0] == 0
    assert run(capsys, "periksa", path, "--gagal-jika", "kesalahan")[0] == 1
