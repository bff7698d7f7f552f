"""The city: mixed sources become one recap, each doubt is told by its unit, nothing is dropped, documents agree."""

from __future__ import annotations

import json
import pickle
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm import charts, report
from skm.errors import DataError, EmptyDataError, OptionError, SKMError
from skm.report.chapters.blocks import WriterNote
from skm.report.compilation import analysis, pictures
from skm.report.compilation.document import document_of
from skm.report.compilation.recap import Recap
from skm.report.compilation.unit_list import read_units, stem_name

UNSUR = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
PRINTED = dict(zip(UNSUR, ["3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,74", "3,72"], strict=True))


def answers(path: Path, fours: int, n: int, *, codes: bool = False, day: str = "2026-08-03") -> Path:
    """A sheet of n respondents, ``fours`` of whom answer 4 and the rest 3."""
    heads = [f"U{i}" if codes else f"U{i} {name}" for i, name in enumerate(UNSUR, start=1)]
    lines = [";".join(["tanggal", "jenis kelamin", *heads])]
    lines += [";".join([day, "LP"[i % 2], *("4" if i < fours else "3" for _ in UNSUR)]) for i in range(n)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen files as units send them: answers, counts, results, a recap, printed results, broken, late, twice."""
    place = tmp_path_factory.mktemp("masuk")
    answers(place / "SKM Dinas Kesehatan semester 2.csv", 60, 100)
    answers(place / "Kec. Wonoasih (final).csv", 40, 50)
    answers(place / "Dinas Sosial.csv", 10, 40, day="2025-08-03")
    answers(place / "Dinas Perhubungan.csv", 6, 12, codes=True)
    answers(place / "dinas asing.csv", 10, 40)
    answers(place / "Disdukcapil.csv", 10, 40)
    answers(place / "Disdukcapil revisi.csv", 12, 41)
    (place / "Kelurahan Rusak.xlsx").write_bytes(b"PK\x03\x04 rusak")
    rows = [{"persyaratan": 3, **dict.fromkeys(UNSUR[1:], 4)}] * 33
    skm.tally(rows).save(place / "a.hitungan", keterangan={"unit": "Dinas Pendidikan", "periode": "2026-S2"})
    same = skm.score(skm.read(place / "SKM Dinas Kesehatan semester 2.csv"))
    (place / "hasil Dinas Kesehatan.json").write_text(json.dumps({"keseluruhan": same.to_dict()}), encoding="utf-8")
    other = skm.score_counts(dict.fromkeys(UNSUR, (0, 0, 30, 70)), bobot="0.111")
    (place / "Dinas Pertanian.json").write_text(json.dumps(other.to_dict()), encoding="utf-8")
    printed = {"unit": "Kecamatan Mayangan", "periode": "Semester II 2026", "n": 150, "unsur": PRINTED, "ikm": "94,17"}
    (place / "m.json").write_text(json.dumps(printed), encoding="utf-8")
    bare = {"unit": "RSUD dr. Saleh", "ikm": "88,40", "n": 400}
    (place / "r.json").write_text(json.dumps(bare), encoding="utf-8")
    head = "NO,OPD," + ",".join(UNSUR) + ",SAMPEL,NILAI IKM"
    lines = [
        '1,Puskesmas A,"3,47","3,35","3,63","3,50","3,40","3,45","3,60","3,30","3,55",341,"86,81"',
        '2,Puskesmas B,"3,20","3,10","3,00","3,50","3,20","3,10","3,40","3,20","3,30",100,"79,75"',
    ]
    (place / "puskesmas.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    return place


UNITS: list[dict[str, Any]] = [
    {"unit": "Dinas Kesehatan", "populasi": 5000, "rtl_rencana": 4, "rtl_selesai": 3},
    {"unit": "Kecamatan Wonoasih", "populasi": "3.441"},
    {"unit": "Dinas Sosial"},
    {"unit": "Dinas Perhubungan", "populasi": 10},
    {"unit": "Dinas Pendidikan"},
    {"unit": "Kecamatan Mayangan"},
    {"unit": "RSUD dr. Saleh"},
    {"unit": "Puskesmas A"},
    {"unit": "Puskesmas B"},
    {"unit": "Dinas Pertanian"},
    {"unit": "Dinas Kependudukan dan Pencatatan Sipil", "nama_lain": "Disdukcapil"},
    {"unit": "Kelurahan Rusak"},
    {"unit": "Dinas Pariwisata"},
]


@pytest.fixture(scope="module")
def recap(folder: Path) -> Recap:
    return report.collect(folder, units=UNITS, periode="2026-S2", method="simple")


def row_of(recap: Recap, unit: str, status: str = "dihitung") -> Any:
    return next(r for r in recap.baris if r.unit == unit and r.status == status)


def test_every_source_and_every_unit_has_its_row(recap: Recap) -> None:
    """Fifteen things sent and one unit that sent nothing: sixteen rows, each with status and evidence."""
    found = {(r.unit, r.status, r.bukti) for r in recap.baris}
    assert found == {
        ("Dinas Kesehatan", "dihitung", "jawaban"),
        ("Dinas Kesehatan", "salinan", "cacah"),
        ("Kecamatan Wonoasih", "dihitung", "jawaban"),
        ("Dinas Sosial", "periode-lain", "jawaban"),
        ("Dinas Perhubungan", "dihitung", "jawaban"),
        ("Dinas Pendidikan", "dihitung", "cacah"),
        ("Kecamatan Mayangan", "dihitung", "rata-rata"),
        ("RSUD dr. Saleh", "dihitung", "indeks"),
        ("Puskesmas A", "dihitung", "rata-rata"),
        ("Puskesmas B", "dihitung", "rata-rata"),
        ("Dinas Pertanian", "dihitung", "cacah"),
        ("Dinas Kependudukan dan Pencatatan Sipil", "ganda", "jawaban"),
        ("Kelurahan Rusak", "rusak", ""),
        ("Dinas Asing", "di-luar-daftar", "jawaban"),
        ("Dinas Pariwisata", "belum", ""),
    }
    assert len(recap.baris) == 16


@pytest.mark.parametrize(
    ("unit", "status", "code"),
    [
        ("Dinas Kesehatan", "dihitung", "rekap-salinan"),
        ("Dinas Sosial", "periode-lain", "rekap-periode-lain"),
        ("Dinas Perhubungan", "dihitung", "rekap-n-melebihi-populasi"),
        ("Dinas Perhubungan", "dihitung", "rekap-n-kecil"),
        ("Dinas Perhubungan", "dihitung", "rekap-u8-tanpa-nama"),
        ("Kecamatan Mayangan", "dihitung", "rekap-ikm-tidak-cocok"),
        ("RSUD dr. Saleh", "dihitung", "rekap-indeks-saja"),
        ("Puskesmas B", "dihitung", "rekap-disetarakan"),
        ("Dinas Pertanian", "dihitung", "rekap-disetarakan"),
        ("Dinas Kependudukan dan Pencatatan Sipil", "ganda", "rekap-ganda"),
        ("Kelurahan Rusak", "rusak", "rekap-rusak"),
        ("Dinas Asing", "di-luar-daftar", "rekap-di-luar-daftar"),
    ],
)
def test_each_doubt_is_told_by_its_unit(recap: Recap, unit: str, status: str, code: str) -> None:
    """By code, in both languages, without a value of a respondent."""
    note = next(f for f in row_of(recap, unit, status).catatan if f.kode == code)
    assert note.text("id") != note.text("en")
    assert unit in note.text("id") or "Rusak" in note.text("id")


def test_figures_are_under_one_rule(recap: Recap) -> None:
    """Answers and counts exactly; a printed index where its means allow it, else what they give; 0.111 brought to 1/9."""
    got = {r.unit: str(r.ikm) for r in recap.dihitung}
    assert got == {
        "Dinas Kesehatan": "90.00",
        "Kecamatan Wonoasih": "95.00",
        "Dinas Perhubungan": "87.50",
        "Dinas Pendidikan": "97.22",
        "Kecamatan Mayangan": "89.31",
        "RSUD dr. Saleh": "88.40",
        "Puskesmas A": "86.81",
        "Puskesmas B": "80.56",
        "Dinas Pertanian": "92.50",
    }
    assert row_of(recap, "Kecamatan Mayangan").tercetak == Decimal("94.17")
    assert recap.gabungan is not None
    exact = sum((Fraction(r.ikm_tepat) for r in recap.dihitung), Fraction(0)) / 9
    assert recap.gabungan.ikm_tepat == exact
    assert {f.kode for f in recap.catatan} == {"rekap-belum", "rekap-bobot-tak-diketahui"}


def test_unnamed_u8_and_u9_stay_blank_until_they_are_said(folder: Path, recap: Recap) -> None:
    """The index is the same either way; the two means are shown only where their names are known."""
    columns = [c.key for c in recap.table("id").columns]
    cells = dict(
        zip(columns, recap.table("id").rows[recap.baris.index(row_of(recap, "Dinas Perhubungan"))], strict=True)
    )
    assert (cells["pengaduan"], cells["sarana"], cells["ikm"]) == (None, None, Decimal("87.50"))
    said = report.collect([folder / "Dinas Perhubungan.csv"], u8="sarana")
    assert said.baris[0].hasil is not None
    assert not said.baris[0].tanpa_nama


@pytest.mark.parametrize(
    ("options", "unit", "statuses"),
    [
        ({"unlisted": "sertakan"}, "Dinas Asing", ["dihitung"]),
        ({"duplicates": "tepercaya"}, "Dinas Kependudukan dan Pencatatan Sipil", ["ganda", "ganda"]),
        ({"periode": None}, "Dinas Sosial", ["dihitung"]),
    ],
)
def test_choices_are_named(folder: Path, options: dict[str, Any], unit: str, statuses: list[str]) -> None:
    """Two different figures with the same behind them cannot be chosen between, whatever the option."""
    made = report.collect(folder, **{"units": UNITS, "periode": "2026-S2", **options})
    assert [r.status for r in made.baris if r.unit == unit] == statuses
    assert made.gabungan is None


def test_the_stronger_evidence_where_that_is_chosen(tmp_path: Path) -> None:
    """Answers win over a printed index that differs; both rows stay."""
    answers(tmp_path / "Dinas A.csv", 20, 40)
    (tmp_path / "b.json").write_text(json.dumps({"unit": "Dinas A", "ikm": "99,00", "n": 40}), encoding="utf-8")
    held = report.collect(tmp_path, units=["Dinas A"])
    assert [r.status for r in held.baris] == ["ganda", "ganda"]
    chosen = report.collect(tmp_path, units=["Dinas A"], duplicates="tepercaya")
    assert [(r.status, r.bukti) for r in chosen.baris] == [("dihitung", "jawaban"), ("ganda", "indeks")]
    assert "rekap-ganda-dipilih" in [f.kode for f in chosen.findings()]


def test_pooling_needs_counts_and_says_whose_are_missing(folder: Path, recap: Recap) -> None:
    """No figure, with the reason; the sheet stands. From answers and counts alone it is the score of all answers."""
    made = report.collect(folder, units=UNITS, periode="2026-S2", method="pooled")
    assert made.gabungan is None
    note = next(f for f in made.catatan if f.kode == "rekap-tanpa-gabungan")
    assert "RSUD" in note.text("id")
    files = [folder / "SKM Dinas Kesehatan semester 2.csv", folder / "Kec. Wonoasih (final).csv"]
    two = report.collect(files, method="pooled")
    assert two.gabungan is not None
    assert two.gabungan.ikm == Decimal("91.67")
    assert skm.combine(two, method="weighted", weights="n").ikm == Decimal("91.67")
    assert skm.combine(recap, method="simple").ikm_tepat == recap.gabungan.ikm_tepat  # type: ignore[union-attr]


def test_a_recap_goes_wherever_groups_go(recap: Recap, tmp_path: Path) -> None:
    """Combine, ranks, audit, charts, the sheet, trend."""
    ranked = skm.stats.rank_units(recap)
    best = ranked.units[0]
    assert (best.label, best.rank) == ("Dinas Pendidikan", 1)
    assert [u.label for u in ranked.units if u.rank is None]  # printed figures only: no error, no rank
    assert charts.group_bar(recap).get_xlabel()
    found = skm.audit(recap)
    assert "ikm-di-atas-unsur-tertinggi" in found["Kecamatan Mayangan"].codes()
    change = skm.trend({"2025": "86,00", "2026": recap})
    assert change.titik[-1].ikm == recap.gabungan.ikm  # type: ignore[union-attr]
    assert report.write_recap(recap, tmp_path / "r.xlsx").exists()


def test_the_sheet_and_the_json_are_read_back(recap: Recap, tmp_path: Path) -> None:
    """The next period takes either as the one before; the row of all units is no unit."""
    again = {}
    for name in ("r.xlsx", "r.json"):
        path = report.write_recap(recap, tmp_path / name)
        back = report.collect([path])
        again[name] = {r.unit: r.ikm for r in back.baris if r.status == "dihitung"}
        assert not [unit for unit in again[name] if unit.startswith("Gabungan")]
    assert again["r.json"] == {r.unit: r.ikm for r in recap.dihitung}
    assert again["r.xlsx"].items() >= again["r.json"].items()


def test_changes_tell_what_may_be_chance(tmp_path: Path) -> None:
    """A large fall is one; the same figure and a small move are not; printed figures cannot tell."""
    old, new = tmp_path / "lalu", tmp_path / "kini"
    for place, counts in ((old, {"A": 90, "B": 50, "C": 51}), (new, {"A": 20, "B": 50, "C": 50})):
        place.mkdir()
        for unit, fours in counts.items():
            answers(place / f"{unit}.csv", fours, 100)
        (place / "d.json").write_text(json.dumps({"unit": "D", "ikm": "80,00", "n": 9}), encoding="utf-8")
    made = report.collect(new, previous=report.write_recap(report.collect(old), tmp_path / "lalu.json"))
    assert {c.baris.unit: c.arti for c in analysis.changes(made)} == {
        "A": "turun",
        "B": "kebetulan",
        "C": "kebetulan",
        "D": "tak-diketahui",
    }


@pytest.mark.parametrize("lang", ["id", "en"])
def test_documents_print_the_same_figures(recap: Recap, tmp_path: Path, lang: str) -> None:
    """Word, page and workbook: every unit with its index; nothing is written where one file is there."""
    from docx import Document
    from openpyxl import load_workbook

    written = report.write_compilation(recap, tmp_path / lang, judul="Kota Contoh", lang=lang, nomor_halaman=False)
    assert [f.path.name for f in written][:4] == ["kompilasi.docx", "kompilasi.html", "kompilasi.xlsx", "rekap.json"]
    made = [f.path for f in written]
    word = Document(str(made[0]))
    texts = {c.text for t in word.tables for r in t.rows for c in r.cells}
    page = made[1].read_text(encoding="utf-8")
    book = load_workbook(made[2], data_only=True)
    sheet = book.worksheets[0]
    heads = [c.value for c in sheet[1]]
    index = heads.index("IKM")
    figures = {row[1].value: row[index].value for row in sheet.iter_rows(min_row=2)}
    for row in recap.dihitung:
        shown = str(row.ikm).replace(".", "," if lang == "id" else ".")
        assert {row.unit, shown} <= texts
        assert row.unit in page
        assert shown in page
        assert figures[row.unit] == float(row.ikm or 0)
    city = next(v for k, v in figures.items() if str(k).startswith(("Gabungan", "All units")))
    assert recap.gabungan is not None
    assert city == float(recap.gabungan.ikm)
    assert any(name.startswith("T Kecamatan Mayangan") for name in book.sheetnames)
    with pytest.raises(DataError) as caught:
        report.write_compilation(recap, tmp_path / lang)
    assert caught.value.code == "set-ada"


def test_units_of_four_hundred_stay_readable() -> None:
    """No page of the chart holds more units than can be read, and none is lost."""
    results = {f"Unit {i:03d}": skm.score_counts(dict.fromkeys(UNSUR, (0, 0, i % 97, 100))) for i in range(400)}
    made = report.recap(results)
    parts = pictures.pages(made)
    assert max(map(len, parts)) <= pictures.PAGE
    assert sorted(r.unit for part in parts for r in part) == sorted(results)
    assert sum(count for _, _, count in analysis.grades(made)) == len(made) == 400


def test_names_are_joined_to_the_list() -> None:
    """Case, abbreviations, one slip in a long word, a name inside a file's name; two near names are never guessed."""
    units = read_units(["Kecamatan Wonoasih", "Kelurahan Kedung Asem", "Kelurahan Kedung Galeng", "Dinas Sosial"])
    for typed, want in [
        ("kec. WONOASIH", "Kecamatan Wonoasih"),
        ("Kecamatan Wonoasi", "Kecamatan Wonoasih"),
        ("Kel Kedunggaleng", "Kelurahan Kedung Galeng"),
    ]:
        found = units.find(typed)
        assert found is not None
        assert (found.nama, found.cara) == (want, "mirip")
    assert units.find("Kelurahan Kedung Asin") is None
    assert units.find_in("Laporan SKM Dinas Sosial TW 3 2026 rev2.xlsx").nama == "Dinas Sosial"  # type: ignore[union-attr]
    assert stem_name("rekap_SKM-Dinas Pangan_2026 (1).xlsx") == "dinas pangan"


def test_numbers_of_units_are_not_lost(tmp_path: Path) -> None:
    """Without a list, Puskesmas 1 and Puskesmas 2 are two units, and a copy of one is that one."""
    for name, fours in (("Puskesmas 1 TW 3", 10), ("Puskesmas 2 TW 3", 20), ("Puskesmas 2 TW 3 (1)", 20)):
        answers(tmp_path / f"{name}.csv", fours, 40)
    made = report.collect(tmp_path)
    assert [(r.unit, r.status) for r in made.baris] == [
        ("Puskesmas 1", "dihitung"),
        ("Puskesmas 2", "dihitung"),
        ("Puskesmas 2", "salinan"),
    ]


@given(st.text(max_size=40))
def test_any_name_is_found_as_itself_or_not_at_all(name: str) -> None:
    """A list never gives a unit that it does not hold, and finds what it does."""
    units = read_units(["Dinas Kesehatan", "Dinas Sosial"])
    found = units.find_in(name)
    assert found is None or found.nama in {"Dinas Kesehatan", "Dinas Sosial"}
    both = units.find_in(f"{name} Dinas Kesehatan")
    assert both is None or both.nama in {"Dinas Kesehatan", "Dinas Sosial"}


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda place: report.collect(place / "kosong"), "sumber-kosong"),
        (lambda place: report.collect(place, units=[]), "rekap-daftar-kosong"),
        (lambda place: report.collect(place, units=["A", "a"]), "rekap-daftar-ganda"),
        (lambda place: report.collect(place, units=[{"populasi": 3}]), "rekap-daftar-tanpa-nama"),
        (lambda place: report.collect(place, duplicates="semua"), "opsi-tidak-dikenal"),
        (lambda place: report.collect(place, unlisted="semua"), "opsi-tidak-dikenal"),
        (lambda place: report.collect(place, method="rata"), "opsi-tidak-dikenal"),
        (lambda place: report.collect(place, method="weighted", weights={"B": 3}), "gabung-berat-kurang"),
        (lambda place: report.collect(place, periode="entah kapan"), "periode-tidak-dikenal"),
    ],
)
def test_bad_options(tmp_path: Path, call: Any, code: str) -> None:
    """Each with its own code and both languages."""
    (tmp_path / "kosong").mkdir()
    answers(tmp_path / "Dinas A.csv", 3, 5)
    with pytest.raises(SKMError) as caught:
        call(tmp_path)
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")
    assert isinstance(caught.value, (OptionError, DataError, EmptyDataError))


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"{", b"PK\x03\x04", b"%PDF-1.4", b"a;b;c\n1;2;3\n", b"[]"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json", ".hitungan", ".docx", ".toml"])
def test_one_broken_file_is_one_row(tmp_path: Path, content: bytes, ending: str) -> None:
    """Whatever is wrong with a file, it is a row with its reason, and the others are as they would be without it."""
    answers(tmp_path / "Dinas A.csv", 20, 40)
    (tmp_path / f"Dinas B{ending}").write_bytes(content)
    made = report.collect(tmp_path, units=["Dinas A", "Dinas B"], method="simple")
    assert [(r.unit, r.status) for r in made.baris] == [("Dinas A", "dihitung"), ("Dinas B", "rusak")]
    assert made.gabungan is not None
    assert made.gabungan.ikm == Decimal("87.50")


def test_processes_and_their_order_change_nothing(folder: Path, recap: Recap) -> None:
    """Two processes give the same recap, and tell every file once."""
    told: list[tuple[int, int, str]] = []
    made = report.collect(
        folder, units=UNITS, periode="2026-S2", method="simple", processes=2, maju=lambda *a: told.append(a)
    )
    assert made.to_dict("id") == recap.to_dict("id")
    assert [number for number, _, _ in told] == list(range(1, 15))
    assert pickle.loads(pickle.dumps(made)).to_dict("en") == made.to_dict("en")


def test_the_command(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text with the city's figure and every doubt; JSON; the condition; the files."""
    from skm.cli import run

    units = tmp_path / "unit.csv"
    units.write_text("No;Unit;Nama lain\n1;Dinas Kesehatan;\n2;Kecamatan Wonoasih;\n", encoding="utf-8")
    words = ["rekap", str(folder), "--daftar", str(units), "--periode", "2026-S2", "--cara", "simple"]
    assert run([*words, "--out", str(tmp_path / "r.xlsx")]) == 0
    shown = capsys.readouterr().out
    assert "IKM 92,50" in shown
    assert "di luar daftar" in shown
    assert run([*words, "--gagal-jika", "kesalahan", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["hasil"]["gabungan"]["ikm"] == "92.50"
    assert run([*words, "--out", str(tmp_path / "r.xlsx")]) == 2


def test_gabung_takes_all_of_these_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, answers and printed results together, by a method that is named; pooled says who has no counts."""
    from skm.cli import run

    files = [str(folder / name) for name in ("a.hitungan", "Kec. Wonoasih (final).csv", "m.json")]
    assert run(["gabung", *files, "--cara", "simple", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)["hasil"]
    assert made["gabungan"]["ikm"] == "93.84"
    assert [k["ikm"] for k in made["kelompok"]] == [97.22, 95.0, 89.31]
    assert run(["gabung", *files, "--cara", "pooled"]) == 2
    assert "Kecamatan Mayangan" in capsys.readouterr().err


def test_free_text_of_few_respondents_leaves_no_unit(tmp_path: Path) -> None:
    """An occupation in words that one person typed is no column of the collected sheet."""
    path = answers(tmp_path / "Dinas A.csv", 20, 40)
    lines = path.read_text(encoding="utf-8").splitlines()
    jobs = ["pekerjaan", *(["PNS"] * 20), *(["Swasta"] * 19), "Ketua RT 03 Pak Slamet"]
    text = "\n".join(f"{line};{job}" for line, job in zip(lines, jobs, strict=True))
    path.write_text(text, encoding="utf-8")
    made = report.collect(tmp_path)
    assert "Slamet" not in json.dumps(made.to_dict("id"))
    assert dict(made.baris[0].profil["pekerjaan"])["(lainnya)"] == 1


def test_kept_answers_are_used_and_are_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """keputusan.toml in the folder says what U8 means; it is no source itself, and neither is a set's list."""
    from skm.cli import run

    answers(tmp_path / "Dinas A.csv", 20, 40, codes=True)
    assert run(["hitung", str(tmp_path / "Dinas A.csv"), "--u8", "sarana"]) == 0
    assert (tmp_path / "keputusan.toml").is_file()
    (tmp_path / "daftar.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert run(["rekap", str(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["hasil"]["baris"]
    assert [(row["unit"], row["sarana"]) for row in rows] == [("Dinas A", "3.5000")]
    assert run(["rekap", str(tmp_path), "--keputusan", "tidak", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hasil"]["baris"][0]["sarana"] is None


def test_answers_that_cannot_be_counted_are_no_printed_result(tmp_path: Path) -> None:
    """Unknown labels beside a long number and a name: one broken row, and neither stands in it."""
    heads = ";".join(["Nama", "NIK", *(f"U{i} {name}" for i, name in enumerate(UNSUR, start=1))])
    line = ";".join(["Wening Rahayu", "3573012345678901", *(["lumayan"] * 9)])
    (tmp_path / "Dinas A.csv").write_text("\n".join([heads, *([line] * 12)]), encoding="utf-8")
    made = report.collect(tmp_path)
    assert [r.status for r in made.baris] == ["rusak"]
    shown = json.dumps(made.to_dict("id")) + made.baris[0].catatan[0].text("id")
    assert "Wening" not in shown
    assert "3573012345678901" not in shown


def test_every_file_of_a_folder_has_a_row(tmp_path: Path) -> None:
    """Whatever its ending: what cannot be read is a row with its reason; only what systems leave behind is not."""
    (tmp_path / "Dinas A.csv").write_text("U1,U2,U3,U4,U5,U6,U7,U8,U9\n" + "3,3,3,3,3,3,3,3,3\n" * 3)
    strange = ["foto rekap.jpg", "Dinas B.doc", "Dinas C.rar", "Dinas D.html", "Dinas E.xlsb", "tanpa-akhiran"]
    for name in strange:
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0\x00\x10 bukan tabel")
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$Dinas A.xlsx", "keputusan.toml"):
        (tmp_path / name).write_bytes(b"x = 1")
    (tmp_path / "Puskesmas").mkdir()
    recap = report.collect(tmp_path)
    assert sorted(row.sumber for row in recap.baris) == sorted(["Dinas A.csv", *strange])
    assert {row.status for row in recap.baris if row.sumber in strange} == {"rusak"}
    assert [f.bukti["folder"] for f in recap.findings() if f.kode == "rekap-subfolder"] == [["Puskesmas"]]


def test_the_list_tells_what_it_did_not_use_and_who_may_be_meant(tmp_path: Path) -> None:
    """A column whose header is not known is named; a name near to a listed one is offered and not taken."""
    (tmp_path / "daftar.csv").write_text("No;Nama Unit;Jumlah Penduduk;Populasi\n1;Kelurahan Kareng Lor;9.000;800\n")
    units = read_units(tmp_path / "daftar.csv")
    assert units.kolom_lain == ("Jumlah Penduduk",)
    assert units.unit[0].populasi == 800
    assert units.find("Kelurahan Kareng") is None
    answers = [{f"u{i}": 3 for i in range(1, 10)}] * 3
    recap = report.collect({"Kelurahan Kareng": skm.read(answers)}, units=units)
    codes = {f.kode: f.bukti for f in recap.findings()}
    assert codes["rekap-mungkin-unit"]["mungkin"] == ("Kelurahan Kareng Lor",)
    assert codes["rekap-daftar-kolom-lain"]["kolom"] == ["Jumlah Penduduk"]


def test_a_choice_that_was_made_is_no_open_question(tmp_path: Path) -> None:
    """U8 named when the figure was computed stays named when its stored result is collected."""
    answers = [{f"u{i}": 3 + (i == 8) for i in range(1, 10)}] * 40
    for u8, blank in ((None, True), ("sarana", False)):
        (tmp_path / "a.json").write_text(json.dumps(skm.score(answers, u8=u8).to_dict()))
        row = report.collect(tmp_path).baris[0]
        assert bool(row.tanpa_nama) is blank, u8


def test_what_many_units_share_is_told_once() -> None:
    """Of forty units without names for U8 there is one note, with all their names."""
    answers = [{f"u{i}": 3 for i in range(1, 10)}] * 3
    recap = report.collect({f"Unit {i:02}": skm.read(answers) for i in range(40)})
    found = [f for f in recap.findings() if f.kode.startswith(("rekap-u8", "rekap-kecil", "rekap-n-"))]
    assert sorted(f.kode for f in found) == ["rekap-kecil", "rekap-u8-banyak"]
    assert all(len(f.bukti["unit"]) == 40 for f in found)
    assert len(recap.baris[0].catatan) == 2


@pytest.mark.parametrize(("weights", "code"), [("n", "gabung-tanpa-n"), ("populasi", "gabung-tanpa-populasi")])
def test_a_unit_without_weight_is_a_note_and_stops_nobody(weights: str, code: str, tmp_path: Path) -> None:
    """One unit of unknown size among others: their rows stand, the city's figure waits and says for whom."""
    (tmp_path / "rekap.csv").write_text(
        "Unit;U1;U2;U3;U4;U5;U6;U7;U8;U9;n;IKM\nA" + ";3,20" * 9 + ";90;80,00\nB" + ";3,40" * 9 + ";;85,00\n"
    )
    recap = report.collect(tmp_path, method="weighted", weights=weights)
    assert [row.unit for row in recap.dihitung] == ["A", "B"]
    assert recap.gabungan is None
    [note] = [f for f in recap.findings() if f.kode == "rekap-tanpa-gabungan"]
    assert note.bukti["sebab"].code == code
    assert "B" in note.text("id")


def test_the_compilation_tells_the_reader_and_not_the_writer(folder: Path) -> None:
    """Options and requests stand in notes for the writer; the document itself states what is."""
    recap = report.collect(folder, units=["Dinas Kesehatan", "Kecamatan Mayangan"])
    for lang in ("id", "en"):
        blok = document_of(recap, lang=lang).blok
        read = "\n".join(str(b) for b in blok if not isinstance(b, WriterNote))
        assert not re.search(r"--\w|unlisted=|duplicates=|Tentukan|Minta |Ask for|Say which", read)
        assert any("--luar-daftar" in b.teks for b in blok if isinstance(b, WriterNote))


def test_known_levels_follow_the_language(folder: Path) -> None:
    """Levels of the questionnaire are named in the language of the sheet; their codes stay."""
    recap = report.collect(folder)
    heads = {lang: {c.key: c.label for c in recap.table(lang).columns} for lang in ("id", "en")}
    assert heads["id"]["jenis_kelamin:Laki-laki"] == "Laki-laki"
    assert heads["en"]["jenis_kelamin:Laki-laki"] == "Male"
    assert set(heads["id"]) == set(heads["en"])


def _recap_book(path: Path, title: str, rows: list[list[Any]], heads: list[Any]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ([title], [], heads, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


@pytest.mark.parametrize("place", ["title", "name", "name-with-hyphens"])
@pytest.mark.parametrize("said", ["Semester I Tahun 2026", "Januari s.d. Juni 2026", "TW 2 2026"])
def test_an_undated_file_of_another_period_does_not_count(place: str, said: str, tmp_path: Path) -> None:
    name = {"title": "x", "name": f"x {said}", "name-with-hyphens": f"x-{said.replace(' ', '-')}"}[place]
    _recap_book(
        tmp_path / f"{name}.xlsx",
        f"REKAP {said.upper()}" if place == "title" else "REKAP",
        [["Dinas A", *["3,40"] * 9, 50, "85,00"]],
        ["Unit", *[f"U{i} {n}" for i, n in enumerate(UNSUR, start=1)], "Jumlah Responden", "IKM"],
    )
    row = report.collect(tmp_path, periode="2026-S2").baris[0]
    assert (row.status, row.catatan[0].kode) == ("periode-lain", "rekap-periode-lain")
    assert report.collect(tmp_path, periode=said).baris[0].status == "dihitung"


def test_titles_name_regulations_and_days_that_are_no_period(tmp_path: Path) -> None:
    _recap_book(
        tmp_path / "Rekap 2025.xlsx",
        "Menurut PermenPANRB 14 Tahun 2017, Probolinggo 14 Juli 2025",
        [["Dinas A", *["3,40"] * 9, 50, "85,00"]],
        ["Unit", *[f"U{i} {n}" for i, n in enumerate(UNSUR, start=1)], "Jumlah Responden", "IKM"],
    )
    row = report.collect(tmp_path, periode="2026-S2").baris[0]
    assert (row.status, row.periode) == ("dihitung", "")


@pytest.mark.parametrize(("printed", "statuses"), [("", ["dihitung", "salinan"]), ("85,10", ["ganda", "ganda"])])
def test_a_recap_rounds_what_the_unit_itself_sent(printed: str, statuses: list[str], tmp_path: Path) -> None:
    # 77 answers: the mean 3.402... is printed 3,40; 25 x 3.40 = 85.00 is what the answers' 85.06 may print as.
    answers(tmp_path / "Dinas A.csv", 31, 77, day="2026-08-03")
    heads = ["Unit", *[f"U{i} {n}" for i, n in enumerate(UNSUR, start=1)], "Jumlah Responden", "IKM"]
    row = ["Dinas A", *["3,40"] * 9, 77, printed or None]
    _recap_book(tmp_path / "rekap.xlsx", "REKAP", [row], heads if printed else heads[:-1])
    found = report.collect(tmp_path)
    assert [r.status for r in found.baris] == statuses
    told = next(f for f in found.findings() if f.kode in ("rekap-salinan-bulat", "rekap-ganda"))
    assert ("85,06" in told.text("id"), "85.06" in told.text("en")) == (True, True)


def test_a_list_of_indexes_is_a_row_a_unit(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [1, "Dinas A", "83,27", "B", 88],
        [2, "Dinas B", 79.5, "B", "1.120"],
        [3, "Dinas C", "92,10", "A", "-"],
        [None, "Rata-rata Kota", "84,96", "B", None],
    ]
    heads = ["No", "Nama Unit", "Nilai IKM", "Mutu", "Jumlah Responden"]
    _recap_book(tmp_path / "nilai.xlsx", "NILAI IKM SEMESTER II 2026", rows, heads)
    for units in (None, ["Dinas A", "Dinas B", "Dinas C"]):
        found = report.collect(tmp_path, units=units, periode="2026-S2")
        assert [(r.unit, str(r.ikm), r.n, r.periode) for r in found.dihitung] == [
            ("Dinas A", "83.27", 88, "2026-S2"),
            ("Dinas B", "79.50", 1120, "2026-S2"),
            ("Dinas C", "92.10", None, "2026-S2"),
        ]
        assert len(found.baris) == 3
    assert report.collect(tmp_path, units=["Dinas Z"]).of_status("di-luar-daftar")[0].unit != "Dinas A"


@pytest.mark.parametrize(("sheets", "statuses"), [
    (["Kelurahan Jati", "Kel. Pilang"], ["dihitung", "dihitung"]),
    (["Januari", "Februari"], ["rusak", "belum", "belum"]),
])  # fmt: skip
def test_a_sheet_a_unit(sheets: list[str], statuses: list[str], tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for place, name in enumerate(sheets):
        sheet = book.create_sheet(name)
        sheet.append([f"U{i} {n}" for i, n in enumerate(UNSUR, start=1)])
        for i in range(40):
            sheet.append([4 if i < 10 * place + 10 else 3] * 9)
    book.save(tmp_path / "kelurahan.xlsx")
    found = report.collect(tmp_path, units=["Kelurahan Jati", "Kelurahan Pilang"])
    assert [r.status for r in found.baris] == statuses
    if statuses[0] == "dihitung":
        assert [str(r.ikm) for r in found.dihitung] == ["81.25", "87.50"]
    else:
        assert "--daftar" in found.baris[0].catatan[0].advice("id")


def test_a_column_of_units_divides_nobody_and_is_told(tmp_path: Path) -> None:
    lines = [";".join(["Kelurahan", *[f"U{i} {n}" for i, n in enumerate(UNSUR, start=1)]])]
    lines += [";".join([("Kelurahan Jati", "Kelurahan Pilang")[i % 2], *["3"] * 9]) for i in range(40)]
    (tmp_path / "data.csv").write_text("\n".join(lines), encoding="utf-8")
    found = report.collect(tmp_path, units=["Kelurahan Jati", "Kelurahan Pilang"])
    assert [f.bukti["kolom"] for f in found.findings() if f.kode == "rekap-kolom-unit"] == ["Kelurahan"]


@pytest.mark.parametrize(("content", "code"), [
    ('{"ikm": "8x"}', "angka-tidak-terbaca"), ('{"ikm": "83-84"}', "angka-tidak-terbaca"),
    ('{"ikm": "3,41"}', "rekap-ikm-mustahil"), ('{"ikm": "120"}', "rekap-ikm-mustahil"),
    ('{"name": "x"}', "rekap-bukan-hasil"), ("[1, 2]", "rekap-bukan-hasil"),
])  # fmt: skip
def test_what_is_no_index_is_not_counted(content: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "Dinas A.json").write_text(content, encoding="utf-8")
    row = report.collect(tmp_path).baris[0]
    assert (row.status, row.ikm) == ("rusak", None)
    assert row.catatan[0].bukti["sebab"].code == code


def test_the_kit_in_the_folder_is_no_unit(tmp_path: Path) -> None:
    report.write_starter_kit(tmp_path / "kit")
    answers(tmp_path / "kit" / "Dinas A.csv", 10, 40)
    found = report.collect(tmp_path / "kit")
    assert [r.unit for r in found.dihitung] == ["Dinas A"]


@pytest.mark.parametrize(("short", "meant"), [
    ("Bakesbangpol", "Badan Kesatuan Bangsa dan Politik"), ("Balitbang", "Badan Penelitian dan Pengembangan"),
    ("Diskominfo", "Dinas Komunikasi dan Informatika"), ("Dinkes", ""), ("Kesehatan", "Dinas Kesehatan"),
])  # fmt: skip
def test_a_short_form_offers_the_only_unit_it_can_mean(short: str, meant: str) -> None:
    units = read_units([
        "Badan Kesatuan Bangsa dan Politik", "Badan Penelitian dan Pengembangan", "Dinas Komunikasi dan Informatika",
        "Dinas Kesehatan", "Dinas Kebersihan",
    ])  # fmt: skip
    assert units.near(short) == ((meant,) if meant else ())
