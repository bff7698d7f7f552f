"""The period of a report cuts its answers; a report can be made from counts; small levels name nobody."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import skm
from skm import report
from skm.cli import run
from skm.errors import DataError, OptionError, SKMError
from skm.report.chapters.assemble import assemble

NAMES = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


def people(**dates: int) -> list[dict[str, Any]]:
    """Respondents per date; each date has a level of its own, so that the figure tells who was counted."""
    rows = []
    for level, (day, n) in enumerate(dates.items(), start=1):
        rows += [{"tanggal": day.replace("_", "-")[1:], **dict.fromkeys(NAMES, level)} for _ in range(n)]
    return [r if r["tanggal"] != "kosong" else {**r, "tanggal": None} for r in rows]


THREE = people(d2025_12_31=3, d2026_01_01=5, d2026_07_05=4)


@pytest.mark.parametrize(
    ("facts", "n", "ikm"),
    [
        ({"periode": "Semester I Tahun 2026"}, 5, "50.00"),
        ({"periode": "1 Januari s/d 30 Juni 2026"}, 5, "50.00"),
        ({"periode": "2026"}, 9, "61.11"),
        (
            {"periode": "Semester I Tahun 2026", "survei_mulai": "1 Januari 2026", "survei_selesai": "10 Juli 2026"},
            9,
            "61.11",
        ),
        ({}, 12, "52.08"),
    ],
)
def test_the_period_of_the_facts_is_a_filter(facts: dict[str, Any], n: int, ikm: str) -> None:
    """In every usual phrase; the days of collection win, and the period stays the name."""
    bahan = report.compile(THREE, fakta=facts)
    assert (bahan.hasil.n, str(bahan.hasil.ikm)) == (n, ikm)
    assert bahan.fakta.text("periode") == facts.get("periode")
    if n < len(THREE):
        told = [f for f in bahan.findings() if f.kode == "periode-disaring"]
        assert told
        assert told[0].bukti["masuk"] == n
        assert told[0].bukti["luar"] == len(THREE) - n


def test_without_dates_the_period_is_a_name() -> None:
    """No column, or an empty one: everything counts, and the report says so."""
    bare = [{k: v for k, v in r.items() if k != "tanggal"} for r in THREE]
    for rows in (bare, [{**r, "tanggal": None} for r in THREE]):
        bahan = report.compile(rows, periode="2024-S2")
        assert bahan.hasil.n == len(THREE)
        assert "periode-nama-saja" in {f.kode for f in bahan.findings()}


@pytest.mark.parametrize(
    ("periode", "code"),
    [("2023-S1", "periode-kosong"), ("masa panen", "periode-tidak-dikenal"), ("Semester I", "periode-tanpa-tahun")],
)
def test_a_period_that_fits_nothing_stops(periode: str, code: str) -> None:
    """Wholly outside, or not understood."""
    undated = [{k: v for k, v in r.items() if k != "tanggal"} for r in THREE]
    sources: list[Any] = (
        [THREE] if code == "periode-kosong" else [THREE, undated, skm.tally(undated), skm.score(undated)]
    )
    for source in sources:
        with pytest.raises(SKMError) as caught:
            report.compile(source, fakta={"periode": periode})
        assert caught.value.code == code


def test_the_days_of_collection_explain_a_name_of_the_office() -> None:
    """A period called by a name of its own is understood by its first and last day; without dates it stays a label."""
    days = {"survei_mulai": "1 Januari 2026", "survei_selesai": "10 Juli 2026"}
    facts = {"periode": "Masa panen raya", **days}
    assert report.compile(THREE, fakta=facts).hasil.n == 9
    undated = [{k: v for k, v in r.items() if k != "tanggal"} for r in THREE]
    bahan = report.compile(undated, fakta=facts)
    assert (bahan.hasil.n, bahan.fakta.text("periode")) == (len(THREE), "Masa panen raya")


def test_partly_dated_is_asked_once() -> None:
    """Left out, or counted; never decided in silence."""
    rows = people(d2026_01_01=5, dkosong=2, d2025_01_01=1)
    rows = [{**r, "tanggal": None} if r["tanggal"] == "kosong" else r for r in rows]
    with pytest.raises(DataError, match="periode-tanpa-tanggal") as caught:
        report.compile(rows, periode="2026-S1")
    assert "--tanpa-tanggal" in caught.value.hint("id")
    assert report.compile(rows, periode="2026-S1", tanpa_tanggal="lewati").hasil.n == 5
    with_all = report.compile(rows, periode="2026-S1", tanpa_tanggal="ikut")
    assert with_all.hasil.n == 7
    assert next(f for f in with_all.findings() if f.kode == "periode-disaring-ikut").bukti["ikut"] == 2
    with pytest.raises(OptionError):
        report.compile(rows, periode="2026-S1", tanpa_tanggal="entah")


COUNTS = {name: [1, 3, 20, 16] for name in NAMES}


def test_a_report_from_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figure, distribution, plan; no profile, no remarks, and it says so. Python, file of counts and envelope agree."""
    counts = skm.tally(
        [dict.fromkeys(NAMES, level) for level, n in enumerate(COUNTS["waktu"], start=1) for _ in range(n)]
    )
    counts.save(tmp_path / "a.hitungan")
    bahan = report.compile(counts, unit="Unit A")
    assert bahan.hasil.ikm == skm.score_counts(COUNTS).ikm
    assert (bahan.profil, bahan.saran) == (None, ())
    said = " ".join(str(getattr(b, "teks", "")) + str(getattr(b, "butir", "")) for b in assemble(bahan).blok)
    assert "disusun dari rekapitulasi jumlah jawaban" in said
    done = report.write_report(bahan, tmp_path / "l", nomor_halaman=False)
    assert {"docx", "html", "xlsx", "json", "grafik"} <= {f.jenis for f in done}
    envelope = tmp_path / "j.json"
    envelope.write_text(json.dumps({"jumlah": COUNTS, "fakta": {"unit": "Unit A"}}))
    out = tmp_path / "j"
    assert run(["laporan", str(envelope), "--out", str(out), "--hanya", "json,html,xlsx"]) == 0, capsys.readouterr()
    assert json.loads((out / "hasil.json").read_bytes())["keseluruhan"]["ikm"] == str(bahan.hasil.ikm)
    assert report.compile(skm.Hitungan.load(tmp_path / "a.hitungan")).hasil.ikm == bahan.hasil.ikm


def test_laporan_takes_every_option_of_reading_that_hitung_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever can be counted can be reported."""
    known = {}
    for name in ("hitung", "laporan", "tindak-lanjut"):
        assert run([name, "--help"]) == 0
        known[name] = set(re.findall(r"--[a-z0-9-]+", capsys.readouterr().out))
    assert len(known["hitung"]) > 15
    reading = known["hitung"] - {"--per", "--profil", "--simpan", "--kecil", "--gagal-jika", "--skala"}
    assert reading - known["laporan"] == set()
    assert reading - known["tindak-lanjut"] == set()


def test_small_levels_of_free_text_are_merged_everywhere(tmp_path: Path) -> None:
    """A name typed as occupation or service is in no document; services that the office lists stay."""
    rows = [
        {"pekerjaan": "Petani", "layanan": "KTP", "pendidikan": "SLTA", **dict.fromkeys(NAMES, 3)} for _ in range(20)
    ]
    rows[0] |= {"pekerjaan": "juru kunci makam", "layanan": "Sumiyati Handayani"}
    rows[1] |= {"pekerjaan": "Bp Slamet Riyadi", "layanan": "Izin langka"}
    bahan = report.compile(rows, unit="U", fakta={"daftar_layanan": [{"nama": "Izin langka"}]})
    report.write_report(bahan, tmp_path, hanya=["docx", "html", "xlsx", "json", "grafik"], nomor_halaman=False)
    import zipfile

    found = ""
    for path in tmp_path.rglob("*"):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                found += "".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())
        elif path.is_file():
            found += path.read_text("utf-8", "ignore")
    for private in ("juru kunci", "Sumiyati", "Slamet Riyadi"):
        assert private not in found
    assert "Izin langka" in found
    assert "(lainnya)" in found
    assert str(bahan.hasil.ikm) == "75.00"


@pytest.mark.parametrize(
    ("last", "lost"), [("31 Maret 2026", 4), ("30 Juni 2026", 0), ("10 Juli 2026", 0), ("31 Desember 2026", 0)]
)
def test_days_of_collection_that_cut_the_period_are_told(last: str, lost: int) -> None:
    """Days narrower than the named period leave respondents out; that is a warning, never silence."""
    rows = people(d2026_01_05=5, d2026_05_04=4, d2026_07_05=3)
    facts = {"periode": "Semester I Tahun 2026", "survei_mulai": "1 Januari 2026", "survei_selesai": last}
    bahan = report.compile(rows, fakta={"unit": "Kecamatan Contoh", **facts})
    told = [f for f in bahan.hasil.catatan if f.kode == "periode-hari-memotong"]
    assert [f.bukti["luar"] for f in told] == ([lost] if lost else [])
    assert all(f.tingkat == "peringatan" for f in told)


@pytest.mark.parametrize(("said", "lower"), [("pengaduan", "sarana"), ("Sarana dan Prasarana", "pengaduan")])
@pytest.mark.parametrize("read", [True, False])
def test_the_form_of_facts_says_what_u8_means(said: str, lower: str, read: bool) -> None:
    """Columns with bare numbers: the form answers once; what is given with the call goes before it."""
    rows = [{f"U{i}": 4 if i == 8 else 3 for i in range(1, 10)}] * 6
    data = skm.read(rows) if read else rows
    bahan = skm.report.compile(data, unit="Kecamatan Contoh", fakta={"arti_u8": said})
    assert bahan.hasil.unsur[lower].nrr == 3
    typed = skm.report.compile(rows, unit="Kecamatan Contoh", u8=lower, fakta={"arti_u8": said})
    assert typed.hasil.unsur[lower].nrr == 4


@pytest.mark.parametrize("said", ["entah", "pengaduan atau sarana"])
def test_a_meaning_of_u8_that_is_none_is_refused(said: str) -> None:
    rows = [{f"U{i}": 3 for i in range(1, 10)}] * 6
    with pytest.raises(OptionError) as problem:
        skm.report.compile(rows, unit="Kecamatan Contoh", fakta={"arti_u8": said})
    assert problem.value.code == "opsi-tidak-dikenal"


def test_services_of_the_facts_form_are_known_levels() -> None:
    """Services that the office declares stand in the profile in its order, one that nobody used with 0."""
    rows = [{"layanan": ["KK", "KTP", "Lain"][i % 3], **{f"u{j}": 3 for j in range(1, 10)}} for i in range(60)]
    declared = [{"nama": name} for name in ("KTP", "Akta kelahiran", "KK")]
    bahan = report.compile(skm.read(rows, u8="pengaduan"), unit="U", fakta={"daftar_layanan": declared})
    assert bahan.profil is not None
    shown = [(row.name("id"), row.jumlah) for row in bahan.profil.karakteristik["layanan"]]
    assert shown == [("KTP", 20), ("Akta kelahiran", 0), ("KK", 20), ("Lain", 20)]
