"""Periods, many files, repairs on the record, and writing."""

from __future__ import annotations

import random
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.basics.dates import read_dates
from skm.basics.periods import parse_period
from skm.errors import DataError, OptionError, SKMWarning, UnreadableFileError

CODES = [f"U{i}" for i in range(1, 10)]
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]  # fmt: skip


def answers(n: int, seed: int = 1) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(1, 4) for _ in range(9)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(c), len(c)) for c in zip(*rows, strict=True)) / 9 * 25


def write(path: Path, head: list[str], rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join("" if c is None else str(c) for c in r) for r in [head, *rows]), "utf-8")
        return path
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(path)
    return path


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-07-01", date(2026, 7, 1)),
        ("2026/07/01 9:15:22 AM GMT+7", date(2026, 7, 1)),
        ("2026-07-01T23:59:59.000Z", date(2026, 7, 1)),
        ("1 Juli 2026", date(2026, 7, 1)),
        ("01-Jul-26", date(2026, 7, 1)),
        ("Rabu, 1 Juli 2026 08.30 WIB", date(2026, 7, 1)),
        ("31 Agt 2026", date(2026, 8, 31)),
        ("17 Nopember 2026", date(2026, 11, 17)),
        ("July 1, 2026", date(2026, 7, 1)),
        ("31/12/2026 23:59:00", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        (46204, date(2026, 7, 1)),
        ("46204", date(2026, 7, 1)),
        (46204.5, date(2026, 7, 1)),
        (20260701, date(2026, 7, 1)),
        (datetime(2026, 7, 1, 12), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_dates_as_they_stand_in_files(cell: Any, day: date) -> None:
    """ISO, d/m/y, Indonesian and English names, Excel serials, date cells."""
    read = read_dates([cell])
    assert (read.mulai[0], read.akhir[0]) == (day.toordinal(), day.toordinal())


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-13-01", "besok", "12", 3, "32 Mei 2026", "25:00", True, "1/1/1950"]
)
def test_what_is_no_date(cell: Any) -> None:
    """Impossible days and numbers that are no serials are wrong, never another day."""
    read = read_dates([cell])
    assert read.mulai[0] == 0
    assert list(read.salah) == [0]


@given(st.lists(st.dates(date(2001, 1, 1), date(2099, 12, 31)), min_size=1, max_size=30), st.sampled_from(["hb", "bh"]))
def test_order_is_one_for_the_whole_column(days: list[date], order: str) -> None:
    """With one day above 12 in the column every date comes out as it was written, in either order."""
    days = [*days, date(2020, 5, 25)]
    form = "%d/%m/%Y" if order == "hb" else "%m/%d/%Y"
    read = read_dates([d.strftime(form) for d in days])
    assert [date.fromordinal(d) for d in read.mulai.tolist()] == days
    assert not read.mendua


def test_columns_that_cannot_tell() -> None:
    """3/4/2026 alone is open; 5/5/2026 is not; both orders at once are an error; a swapped column is seen."""
    assert read_dates(["03/04/2026", "05/05/2026"]).mendua
    assert not read_dates(["05/05/2026"]).mendua
    assert not read_dates(["03/04/2026"], "bulan-hari").mendua
    with pytest.raises(DataError) as problem:
        read_dates(["13/04/2026", "04/13/2026"])
    assert problem.value.code == "tanggal-campur"
    # Excel under American settings swapped what it could and left the rest as text.
    assert read_dates([datetime(2026, 3, 4), datetime(2026, 5, 4), datetime(2026, 7, 4), "13/04/2026"]).mendua


@pytest.mark.parametrize(
    ("spec", "first", "last"),
    [
        ("2026-S1", "2026-01-01", "2026-06-30"),
        ("2026-S2", "2026-07-01", "2026-12-31"),
        ("2026-TW1", "2026-01-01", "2026-03-31"),
        ("2026-TW4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        (("2026-07-01", "2026-07-31"), "2026-07-01", "2026-07-31"),
        ("2026-07-01..2026-07-31", "2026-07-01", "2026-07-31"),
    ],
)
def test_periods(spec: Any, first: str, last: str) -> None:
    """Both ends belong to the period."""
    period = parse_period(spec)
    assert (period.dari.isoformat(), period.hingga.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "spec", ["2026-S3", "2026-TW5", "2026-13", "semester 1", "", ("x", "y"), ("2026-02-01", "2026-01-01")]
)
def test_wrong_periods(spec: Any) -> None:
    """Unknown and reversed periods are refused."""
    with pytest.raises(OptionError):
        parse_period(spec)


# --- a form of three semesters --------------------------------------------------------------------------------------

DAYS = ["30/06/2025", "01/07/2025 00:00:00", "31/12/2025 23:59:59", "1 Januari 2026", "30 Juni 2026 23.59", "2026-07-01", None, "15/08/2025"]  # fmt: skip


def three(path: Path) -> tuple[Path, list[list[int]]]:
    rows = answers(len(DAYS) * 5)
    lines = [[DAYS[i % len(DAYS)], *r] for i, r in enumerate(rows)]
    return write(path, ["Timestamp", *CODES], lines), rows


def cut(rows: list[list[int]], *kept: int) -> list[list[int]]:
    return [r for i, r in enumerate(rows) if i % len(DAYS) in kept]


def test_period_equals_the_hand_cut_subset(tmp_path: Path) -> None:
    """Border days belong where they belong; kept, outside and undated add up and are printed."""
    path, rows = three(tmp_path / "a.csv")
    survei = skm.read(path)
    for spec, kept in (("2025-S1", (0,)), ("2025-S2", (1, 2, 7)), ("2026-S1", (3, 4)), ("2026-S2", (5,)), ("2025-TW3", (1, 7)), ("2025", (0, 1, 2, 7))):  # fmt: skip
        part = survei.period(spec)
        hasil = skm.score(part)
        assert hasil.ikm_tepat == exact(cut(rows, *kept)), spec
        assert spec == hasil.provenance.periode.label
        note = next(n for n in part.catatan if n.kode == "periode-disaring")
        assert sum(note.bukti[k] for k in ("masuk", "luar", "tanpa")) == survei.n
        assert note.bukti["tanpa"] == 5
    assert survei.n == len(rows)
    assert "2025-06-30" in repr(survei)


def test_score_by_period(tmp_path: Path) -> None:
    """Semesters, quarters, months and years as groups; undated rows are a group of their own."""
    path, rows = three(tmp_path / "a.csv")
    per = skm.score_by(skm.read(path), "semester", batas_kecil=0)
    assert per["2025-S2"].ikm_tepat == exact(cut(rows, 1, 2, 7))
    assert per[None].n == 5
    assert set(skm.score_by(skm.read(path), "triwulan")) == {"2025-TW2", "2025-TW3", "2025-TW4", "2026-TW1", "2026-TW2", "2026-TW3", None}  # fmt: skip
    assert set(skm.score_by(skm.read(path), "tahun")) == {"2025", "2026", None}


def test_ambiguous_dates_stop_a_filter_only(tmp_path: Path) -> None:
    """The whole file can be scored; a period needs the order said."""
    path = write(tmp_path / "a.csv", ["Timestamp", *CODES], [["03/07/2026", *r] for r in answers(4)])
    survei = skm.read(path)
    assert skm.score(survei).n == 4
    for act in (lambda: survei.period("2026-S2"), lambda: skm.score_by(survei, "semester")):
        with pytest.raises(DataError) as problem:
            act()
        assert problem.value.code == "tanggal-mendua"
    assert survei.period("2026-S2", urutan="hari-bulan").n == 4
    assert survei.period("2026-S1", urutan="bulan-hari").n == 4


def test_period_that_cannot_be_cut(tmp_path: Path) -> None:
    """No dates, nobody inside, a cell that is no date, months that cross the border."""
    survei = skm.read(write(tmp_path / "a.csv", CODES, answers(3)))
    with pytest.raises(DataError) as problem:
        survei.period("2026-S1")
    assert problem.value.code == "periode-tanpa-kolom"
    dated = skm.read(write(tmp_path / "b.csv", ["Tanggal", *CODES], [["2026-01-05", *r] for r in answers(5)] + [["lupa", *[3] * 9]]))  # fmt: skip
    with pytest.raises(DataError) as problem:
        dated.period("2026-S1")
    assert problem.value.code == "tanggal-tidak-terbaca"
    assert dated.period("2026-S1", tanpa_tanggal="lewati").n == 5
    with pytest.raises(DataError) as problem:
        dated.period("2027", tanpa_tanggal="lewati")
    assert problem.value.code == "periode-kosong"
    assert "2026-01-05" in str(problem.value)
    monthly = skm.read(write(tmp_path / "c.csv", ["Bulan", *CODES], [["2026-06", *r] for r in answers(5)]))
    assert monthly.period("2026-S1").n == 5
    with pytest.raises(DataError) as problem:
        monthly.period(("2026-06-15", "2026-07-15"))
    assert problem.value.code == "tanggal-terlalu-kasar"


# --- many files -----------------------------------------------------------------------------------------------------


def forty(folder: Path) -> dict[str, list[list[int]]]:
    data = {}
    for k in range(40):
        name = f"Kelurahan {k:02d}.xlsx"
        if k in (7, 23):
            (folder / name).write_bytes(b"PK\x03\x04 rusak" if k == 7 else b"%PDF-1.4")
            continue
        rows = answers(5 + k, k)
        sex = ("Laki-laki", "Perempuan") if k % 2 else ("laki-laki", "PEREMPUAN")
        head = ["Tanggal", "Jenis Kelamin", *(CODES if k % 3 else ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"])]  # fmt: skip
        write(folder / name, head, [["2026-07-01", sex[i % 2], *r] for i, r in enumerate(rows)])
        data[name] = rows
    (folder / "~$Kelurahan 01.xlsx").write_bytes(b"kunci")
    (folder / "catatan.docx").write_bytes(b"x")
    return data


def test_forty_files_in_one_call(tmp_path: Path) -> None:
    """2 broken, 1 lock file, differing labels: one call equals 38 single calls."""
    data = forty(tmp_path)
    with pytest.raises(DataError) as problem:
        skm.read(tmp_path, unit="nama-berkas")
    assert problem.value.code == "berkas-banyak-rusak"
    assert problem.value.context["rusak"] == 2
    told: list[int] = []
    survei = skm.read(tmp_path, unit="nama-berkas", rusak="lewati", u8="pengaduan", maju=lambda i, n, _: told.append(i))
    assert told == list(range(1, 41))
    with pytest.warns(SKMWarning, match="Kelurahan 07"):
        per = skm.score_by(survei, "unit", batas_kecil=0)
    assert len(per) == 38
    for name, rows in data.items():
        single = skm.score(skm.read(tmp_path / name, u8="pengaduan"))
        assert per[name.removesuffix(".xlsx")].ikm_tepat == single.ikm_tepat == exact(rows)
    with pytest.warns(SKMWarning, match="Kelurahan 07"):
        everything = skm.score(survei)
    assert everything.n == sum(map(len, data.values()))
    assert any("Kelurahan 23" in str(text) for text in everything.provenance.pengecualian)
    assert "label-beda-berkas" in {n.kode for n in survei.catatan}
    listed = skm.read([tmp_path / n for n in list(data)[:3]], unit="nama-berkas")
    assert listed.n == sum(len(data[n]) for n in list(data)[:3])
    assert skm.read(str(tmp_path / "Kelurahan 0[0-6].xlsx")).n == sum(
        len(data[f"Kelurahan {k:02d}.xlsx"]) for k in range(7)
    )
    with pytest.raises(UnreadableFileError):
        skm.read(str(tmp_path / "tidak*.xlsx"))


def test_rows_keep_file_sheet_and_number(tmp_path: Path) -> None:
    """Every row of a joined survey can be found again; wrong cells are told with file and address."""
    write(tmp_path / "a.xlsx", CODES, answers(3))
    write(tmp_path / "b.xlsx", CODES, [*answers(2), [9, *[3] * 8]])
    survei = skm.read([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    frame = survei.to_frame(sumber=True)
    assert frame[["berkas", "baris"]].values.tolist() == [["a.xlsx", 2], ["a.xlsx", 3], ["a.xlsx", 4], ["b.xlsx", 2], ["b.xlsx", 3], ["b.xlsx", 4]]  # fmt: skip
    with pytest.raises(DataError) as problem:
        skm.score(survei)
    assert "b.xlsx" in str(problem.value)
    left = survei.exclude([("b.xlsx", "Sheet", 4)], alasan="jawaban 9")
    assert skm.score(left).n == 5


def test_date_order_is_decided_per_file(tmp_path: Path) -> None:
    """One office writes day first, another month first."""
    write(tmp_path / "a.csv", ["Tanggal", *CODES], [[d, *[3] * 9] for d in ("25/06/2026", "03/07/2026")])
    write(tmp_path / "b.csv", ["Tanggal", *CODES], [[d, *[4] * 9] for d in ("06/25/2026", "07/03/2026")])
    survei = skm.read(str(tmp_path / "*.csv"))
    assert survei.period("2026-S2").n == 2
    assert survei.period("2026-S1").n == 2


def test_population_table(tmp_path: Path) -> None:
    """Unit and N joined once; what is on one side only is told; doubled units are refused."""
    for k in "ab":
        write(tmp_path / f"unit {k}.xlsx", CODES, answers(4))
    table = write(
        tmp_path / "populasi.csv", ["Unit", "Populasi"], [["Unit A", "3.441"], ["unit b", "500"], ["unit c", "9"]]
    )
    survei = skm.read(str(tmp_path / "unit *.xlsx"), unit="nama-berkas", populasi=table)
    assert survei.populasi == {"unit a": 3441, "unit b": 500}
    assert "populasi-tidak-cocok" in {n.kode for n in survei.catatan}
    doubled = write(tmp_path / "ganda.csv", ["Unit", "N"], [["A", 1], ["A", 2]])
    with pytest.raises(DataError):
        skm.read(str(tmp_path / "unit *.xlsx"), unit="nama-berkas", populasi=doubled)


# --- repairs --------------------------------------------------------------------------------------------------------


def test_repairs_are_recorded_and_repeatable(tmp_path: Path) -> None:
    """A new survey each time, the log in the result, the same fingerprint for the same acts, the source untouched."""
    rows = answers(12)
    path = write(tmp_path / "a.xlsx", ["No", "Nama", "Pekerjaan", *CODES], [[i, f"X{i}", ("wiraswasta", "Wiraswasta", "PNS")[i % 3], *r] for i, r in enumerate(rows)])  # fmt: skip
    survei = skm.read(path)

    def repaired() -> Any:
        return (
            survei.recode("pekerjaan", {"wiraswasta": "Wiraswasta"})
            .exclude([3, 5], alasan="uji coba petugas")
            .deidentify()
        )

    one, two = repaired(), repaired()
    assert one.fingerprint() == two.fingerprint() != survei.fingerprint()
    assert (one.n, survei.n) == (10, 12)
    hasil = skm.score(one)
    assert hasil.ikm_tepat == exact([r for i, r in enumerate(rows) if i not in (1, 3)])
    assert "uji coba petugas" in hasil.provenance.pengecualian[0].text("id")
    assert len(hasil.provenance.perbaikan) == 2
    assert set(skm.score_by(one, "pekerjaan", batas_kecil=0)) == {"Wiraswasta", "PNS"}
    assert "Nama" not in one.tabel.names
    mask = [i >= 10 for i in range(12)]
    assert survei.exclude(mask, alasan="ganda").n == 10


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.recode("pekerjaan", {"tidak ada": "x"}),
        lambda s: s.recode("kolom lain", {"a": "b"}),
        lambda s: s.exclude([2], alasan=" "),
        lambda s: s.exclude([999], alasan="x"),
        lambda s: s.exclude([True], alasan="x"),
        lambda s: s.merge_columns("waktu"),
    ],
)
def test_repairs_that_do_nothing_are_refused(tmp_path: Path, act: Any) -> None:
    """An act that finds nothing to act on is a mistake, not a repair."""
    survei = skm.read(write(tmp_path / "a.csv", ["Pekerjaan", *CODES], [["PNS", *r] for r in answers(3)]))
    with pytest.raises(OptionError):
        act(survei)


def test_personal_columns_stay_out(tmp_path: Path) -> None:
    """Names, NIK and phones are in no frame, no file, no error; grouping by them is refused."""
    path = write(tmp_path / "a.csv", ["Nama", "Nomor", "Kontak", *CODES], [[f"Orang {i}", f"35730123456789{i:02d}", f"0812345678{i:02d}", *r] for i, r in enumerate(answers(6))])  # fmt: skip
    survei = skm.read(path)
    assert set(survei.bacaan.khusus.pribadi) == {"Nama", "Nomor", "Kontak"}
    for by in ("Nama", "Nomor", "Kontak"):
        with pytest.raises(OptionError) as problem:
            skm.score_by(survei, by)
        assert problem.value.code == "kolom-pribadi"
        assert "Orang" not in str(problem.value)
    survei.write(tmp_path / "b.csv")
    text = (tmp_path / "b.csv").read_text("utf-8-sig")
    assert "Orang" not in text
    assert "35730" not in text
    assert "08123" not in text


# --- writing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".sav"])
def test_writing_and_reading_back(tmp_path: Path, ending: str) -> None:
    """Figures, groups and dates survive; texts that look like formulas are texts."""
    if ending == ".sav":
        pytest.importorskip("pyreadstat")
    services = ["=1+1", "+62", "-", "@x", "Akta; kelahiran", "KTP"]
    rows = answers(12)
    lines = [
        ["2026-07-0" + str(1 + i % 9), services[i % 6], *[None if i == j else v for j, v in enumerate(r)]]
        for i, r in enumerate(rows)
    ]
    survei = skm.read(write(tmp_path / "asal.xlsx", ["Tanggal", "Jenis Layanan", *CODES], lines), u8="sarana")
    path = survei.write(tmp_path / f"tulis{ending}")
    again = skm.read(path)
    first, second = skm.score(survei), skm.score(again)
    assert first.ikm_tepat == second.ikm_tepat
    assert {u: v.total for u, v in first.unsur.items()} == {u: v.total for u, v in second.unsur.items()}
    assert again.period("2026-07").n == 12
    if ending != ".parquet":
        assert set(skm.score_by(again, "layanan")) == set(skm.score_by(survei, "layanan"))
    if ending == ".xlsx":
        cells = [c for row in openpyxl.load_workbook(path).active.iter_rows() for c in row]
        assert not [c for c in cells if c.data_type == "f"]
    if ending == ".csv":
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert not [line for line in content.decode("utf-8-sig").splitlines() if any(f.startswith(("=", "+", "@")) for f in line.split(";"))]  # fmt: skip


def test_own_unsur_survive_writing(tmp_path: Path) -> None:
    """An office's own unsur and several questions of one unsur are read back as what they were."""
    head = ["p", "w1", "w2", "d"]
    peta = {"persyaratan": "p", "waktu": ["w1", "w2"], "kedisiplinan": "d"}
    survei = skm.read(write(tmp_path / "a.csv", head, [[1 + i % 4, 3, 4, 2] for i in range(8)]), kuesioner=peta)
    again = skm.read(survei.write(tmp_path / "b.csv"))
    assert skm.score(again).ikm_tepat == skm.score(survei).ikm_tepat
    assert set(skm.score(again).unsur) == {"persyaratan", "waktu", "kedisiplinan"}


def test_unknown_ending(tmp_path: Path) -> None:
    """Formats are those that are listed."""
    survei = skm.read(write(tmp_path / "a.csv", CODES, answers(3)))
    with pytest.raises(OptionError):
        survei.write(tmp_path / "b.docx")
    with pytest.raises(OptionError):
        survei.write(tmp_path / "b.csv", pemisah="#")


def test_spss_with_labels_and_user_missing(tmp_path: Path) -> None:
    """Value labels name characteristics, user-missing answers are blanks, labels against the codes stop."""
    pyreadstat = pytest.importorskip("pyreadstat")
    import pandas as pd

    data = pd.DataFrame({"jk": [1.0, 2, 1], **{f"U{i}": [4.0, 3, 9 if i == 2 else 2] for i in range(1, 10)}})
    labels = {"jk": {1.0: "Laki-laki", 2.0: "Perempuan"}, "U1": {1.0: "Tidak sesuai", 2.0: "Kurang sesuai", 3.0: "Sesuai", 4.0: "Sangat sesuai"}}  # fmt: skip
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(data, str(path), variable_value_labels=labels, missing_ranges={"U2": [9]})
    survei = skm.read(path)
    hasil = skm.score(survei)
    assert hasil.unsur["prosedur"].kosong == 1
    assert set(skm.score_by(survei, "jenis_kelamin")) == {"Laki-laki", "Perempuan"}
    assert "nilai-kosong-pengguna" in {n.kode for n in survei.catatan}
    reverse = {"U1": {1.0: "Sangat sesuai", 4.0: "Tidak sesuai"}}
    pyreadstat.write_sav(data.fillna(3), str(path), variable_value_labels=reverse, missing_ranges={"U2": [9]})
    with pytest.raises(DataError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "label-lawan-kode"
    stata = tmp_path / "a.dta"
    pyreadstat.write_dta(data.replace(9.0, 3.0), str(stata))
    assert skm.score(skm.read(stata)).n == 3
