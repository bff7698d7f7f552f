"""Published results and hand-worked values, each through the public call."""

from __future__ import annotations

import csv
import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import skm
from skm.errors import EmptyDataError, OptionError, SKMWarning

UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
PNRI = dict(
    zip(
        UNSUR,
        (
            (0, 0, 118, 69), (0, 6, 93, 88), (0, 3, 106, 78), (1, 1, 23, 162), (0, 1, 124, 62),
            (0, 0, 95, 92), (0, 0, 89, 98), (1, 2, 34, 150), (1, 19, 77, 90),
        ),
        strict=True,
    )
)  # fmt: skip


def rows_of(total: int, n: int, unsur: int = 9) -> dict[str, tuple[int, int, int, int]]:
    """Level counts of n respondents whose answers to all unsur sum to `total`."""
    cells = [total // (n * unsur)] * (n * unsur)
    for i in range(total - sum(cells)):
        cells[i] += 1
    columns = [cells[i * n : (i + 1) * n] for i in range(unsur)]
    return {f"u{i}": tuple(c.count(level) for level in (1, 2, 3, 4)) for i, c in enumerate(columns, start=1)}


def test_perpustakaan_nasional_2023_from_counts() -> None:
    """Counts printed by the national library give its printed figure and letters."""
    hasil = skm.score_counts(PNRI)
    assert hasil.ikm_tepat == Fraction(5900, 1683) * 25
    assert f"{hasil.ikm_tepat:.4f}" == "87.6411"
    assert (hasil.ikm, hasil.mutu, hasil.n) == (Decimal("87.64"), "B", 187)
    letters = {u.id: u.mutu for u in hasil.unsur.values()}
    assert {key for key, letter in letters.items() if letter == "A"} == {"biaya", "pengaduan"}
    assert set(letters.values()) == {"A", "B"}
    assert [f"{u.nrr:.3f}" for u in hasil.unsur.values()] == (
        ["3.369", "3.439", "3.401", "3.850", "3.326", "3.492", "3.524", "3.781", "3.369"]
    )
    assert hasil.lowest(2).ties == (("persyaratan", "sarana"),)


def test_pn_payakumbuh_2020_from_nine_means() -> None:
    """Nine printed means of a court give its printed figure under 1/9 only."""
    means = ("3,580", "3,540", "3,290", "3,240", "3,570", "3,420", "3,780", "3,380", "3,720")
    order = (*UNSUR[:7], "sarana", "pengaduan")
    hasil = skm.score_means(dict(zip(order, means, strict=True)))
    assert hasil.ikm == Decimal("87.56")
    assert [p.ikm for p in hasil.pembanding] == [Decimal("87.56"), Decimal("87.47"), Decimal("86.68")]
    assert [u.id for u in hasil.lowest(3)] == ["biaya", "waktu", "sarana"]


def test_balkesmas_2024_three_levels_of_rounding() -> None:
    """One report, three figures: from counts, from counts with an early rounding, from printed means with it."""
    means = ("3,71", "3,56", "3,71", "3,19", "3,75", "3,77", "3,84", "3,83", "3,83")
    assert skm.score_means(dict(zip(UNSUR, means, strict=True)), pembulatan="indeks-2").ikm == Decimal("92.25")
    fours = (141, 112, 141, 38, 150, 153, 167, 165, 165)
    counts = {u: (0, 0, 200 - k, k) for u, k in zip(UNSUR, fours, strict=True)}
    assert skm.score_counts(counts).ikm == Decimal("92.11")
    assert skm.score_counts(counts, pembulatan="indeks-2").ikm == Decimal("92.00")
    lowest = skm.score_counts(counts).lowest(3)
    assert [u.id for u in lowest] == ["biaya", "prosedur", "persyaratan", "waktu"]
    assert lowest.ties == (("persyaratan", "waktu"),)


def test_kemenag_published_twice(shared_data: Path) -> None:
    """The same counts, published as 90.56 and 91.48, follow from two weights."""
    with (shared_data / "kemenag-sulbar-tw3" / "per_unsur_frekuensi.csv").open(encoding="utf-8") as file:
        counts = {row["unsur"]: [int(row[f"n{level}"]) for level in (1, 2, 3, 4)] for row in csv.DictReader(file)}
    hasil = skm.score_counts(counts, u8="sarana")
    assert f"{hasil.ikm_tepat:.4f}" == "91.4751"
    assert skm.score_counts(counts, u8="sarana", bobot="0.11").ikm == Decimal("90.56")


def test_pekalongan_worksheets(shared_data: Path) -> None:
    """Two filled copies of the ministry's template are reproduced to the printed digit with 0.111."""
    with (shared_data / "pekalongan-arpus-2025" / "olah_data_skm.csv").open(encoding="utf-8") as file:
        totals = {row["bidang"]: row for row in csv.DictReader(file) if row["baris"] == "jumlah_nilai"}
    for bidang, n, template, exact in (
        ("kearsipan", 61, "83.7504", "83.8342"),
        ("perpustakaan", 100, "87.5235", "87.6111"),
    ):
        given = {f"U{i}": totals[bidang][f"U{i}"] for i in range(1, 10)}
        hasil = skm.score_totals(given, n, u8="sarana", bobot="0,111")
        assert f"{hasil.ikm_tepat:.4f}" == template
        assert f"{skm.score_totals(given, n, u8='sarana').ikm_tepat:.4f}" == exact


def test_sekadau_rows(shared_data: Path) -> None:
    """Forty-nine printed rows give the three figures."""
    survei = skm.read(shared_data / "sekadau-2019-s1" / "respons.csv")
    figures = [skm.score(survei, bobot=b).ikm for b in ("tepat", "0.111", "0.11")]
    assert figures == [Decimal("78.74"), Decimal("78.66"), Decimal("77.95")]


def test_jepara_rows_with_letters_and_blanks(shared_data: Path) -> None:
    """2,404 rows of letters a-d with blanks: answered-only, template weights, complete rows."""
    survei = skm.read(shared_data / "jepara-mpp-2021" / "respons_wide.csv")
    assert survei.n == 2404
    hasil = skm.score(survei)
    assert [p.ikm for p in hasil.pembanding] == [Decimal("96.18"), Decimal("96.09"), Decimal("95.22")]
    assert f"{hasil.ikm_tepat:.4f}" == "96.1813"
    complete = skm.score(survei, kosong="hanya-lengkap")
    assert (complete.ikm, complete.n) == (Decimal("96.35"), 2322)
    block = {"huruf-arah", "u8-dianggap"}  # how answers were read, told once with every figure
    assert len([note for note in hasil.catatan if note.kode not in block]) <= 2


def test_setda_dump_drops_empty_extra_columns() -> None:
    """An app that exports u1..u15 with the last six empty is a nine-unsur survey, and says so."""
    rows = [{**{f"u{i}": 3 for i in range(1, 10)}, **{f"u{i}": None for i in range(10, 16)}} for _ in range(26)]
    hasil = skm.score(rows, u8="pengaduan")
    assert (len(hasil.unsur), hasil.ikm, hasil.n_lengkap) == (9, Decimal("75.00"), 26)
    assert "kolom-tambahan-kosong" in {note.kode for note in hasil.catatan}


def test_fourteen_unsur_with_three_decimals() -> None:
    """The 2004 style: 14 means that sum to 43.08 under 0.071 give 3.05868, and 76.475 when rounded first."""
    means = [Decimal("3.08")] * 13 + [Decimal("3.04")]
    assert sum(means) == Decimal("43.08")
    given = {f"u{i}": m for i, m in enumerate(means, start=1)}
    hasil = skm.score_means(given, bobot="3-desimal", u8="pengaduan")
    assert hasil.nilai_indeks == Fraction("3.05868")
    assert skm.score_means(given, bobot="0.071", u8="pengaduan", pembulatan="indeks-3").ikm == Decimal("76.475")


@pytest.mark.parametrize(
    ("n", "total", "exact", "ikm", "mutu"),
    [
        (19, 604, "88.3041", "88.30", "B"),
        (19, 524, "76.6082", "76.61", "B"),
        (58, 1357, "64.9904", "64.99", "D"),
        (5000, 158949, "88.3050", "88.31", "A"),
        (19, 684, "100.0000", "100.00", "A"),
    ],
)
def test_values_in_the_gaps_of_the_table(n: int, total: int, exact: str, ikm: str, mutu: str) -> None:
    """A figure between two printed bounds is rounded first, then graded; there is no gap."""
    hasil = skm.score_counts(rows_of(total, n), u8="pengaduan")
    assert (f"{hasil.ikm_tepat:.4f}", hasil.ikm, hasil.mutu) == (exact, Decimal(ikm), mutu)


@pytest.mark.parametrize(
    ("n", "total", "ikm", "mutu"), [(19, 604, 88.30, "B"), (19, 524, 76.61, "B"), (58, 1357, 64.99, "D")]
)
def test_groups_agree_with_single_figures_in_the_gaps(n: int, total: int, ikm: float, mutu: str) -> None:
    """The columnar path rounds and grades like the exact one."""
    columns = {u: [level for level, k in enumerate(c, start=1) for _ in range(k)] for u, c in rows_of(total, n).items()}
    per = skm.score_by({"unit": ["A"] * n, **columns}, "unit", u8="pengaduan")
    assert (per.ikm[0], per.mutu[0]) == (ikm, mutu)
    assert float(per["A"].ikm) == ikm


def test_ends_of_the_scale_under_rounded_weights() -> None:
    """With 0.11 everybody content gives 99.00, nobody 24.75: the number stays, the letter is clamped and noted."""
    best = {f"u{i}": (0, 0, 0, 5) for i in range(1, 10)}
    worst = {f"u{i}": (5, 0, 0, 0) for i in range(1, 10)}
    assert skm.score_counts(best).ikm == Decimal("100.00")
    assert skm.score_counts(best, bobot=0.11).ikm == Decimal("99.00")
    low = skm.score_counts(worst, bobot="0,11")
    assert (low.ikm, low.mutu) == (Decimal("24.75"), "D")
    assert "ikm-di-luar-skala" in {note.kode for note in low.catatan}
    high = skm.score_counts({f"u{i}": (0, 0, 0, 5) for i in range(1, 8)}, bobot="3-desimal")
    assert (high.ikm, high.mutu) == (Decimal("100.10"), "A")


def test_rounded_weight_must_fit_the_number_of_unsur() -> None:
    """0.111 is 1/9 rounded; for eight unsur it is an error, not a low index."""
    eight = {f"u{i}": (0, 0, 0, 5) for i in range(1, 9)}
    with pytest.raises(OptionError) as problem:
        skm.score_counts(eight, bobot="0.111")
    assert problem.value.code == "bobot-bukan-pembulatan"
    assert skm.score_counts(eight).ikm == Decimal("100.00")


def test_unsur_that_nobody_answered_is_left_out_loudly() -> None:
    """Weights become 1/x of the rest, with a warning; or it is an error if so chosen."""
    counts = {f"u{i}": (0, 0, 0, 5) for i in range(1, 10)} | {"u4": (0, 0, 0, 0)}
    with pytest.warns(SKMWarning, match="biaya"):
        hasil = skm.score_counts(counts)
    assert (hasil.ikm, len(hasil.unsur), hasil.provenance.bobot) == (Decimal("100.00"), 8, "tepat")
    with pytest.raises(EmptyDataError):
        skm.score_counts(counts, unsur_kosong="tolak")


def test_one_respondent_and_none() -> None:
    """One respondent has a figure; no respondent has none."""
    one = [{f"u{i}": 3 for i in range(1, 10)}]
    assert skm.score(one).ikm == Decimal("75.00")
    with pytest.raises(EmptyDataError):
        skm.score([])
    with pytest.raises(EmptyDataError):
        skm.score([{f"u{i}": None for i in range(1, 10)}])


def test_own_weights_sum_to_exactly_one() -> None:
    """Unequal weights are taken exactly as written, and refused if they do not sum to one."""
    counts = {"persyaratan": (0, 0, 0, 1), "prosedur": (1, 0, 0, 0)}
    hasil = skm.score_counts(counts, bobot={"persyaratan": "0,7", "prosedur": 0.3})
    assert hasil.ikm == Decimal("77.50")
    assert skm.score_counts(counts, bobot={"persyaratan": "2/3", "prosedur": "1/3"}).ikm == Decimal("75.00")
    assert skm.score_counts(counts, bobot={"U1": "2/3", "Sistem, Mekanisme, dan Prosedur": "1/3"}).ikm == Decimal(
        "75.00"
    )
    with pytest.raises(OptionError) as problem:
        skm.score_counts(counts, bobot={"persyaratan": 0.7, "prosedur": 0.31})
    assert problem.value.code == "bobot-jumlah"


def test_wonoasih_from_reconstructed_rows_and_from_printed_means() -> None:
    """The case the project was made from: 89.31, its two template figures, its three lowest."""
    hasil = skm.score(skm.read(skm.contoh("wonoasih-2024-s2")))
    assert [p.ikm for p in hasil.pembanding] == [Decimal("89.31"), Decimal("89.22"), Decimal("88.42")]
    assert (hasil.mutu, hasil.kinerja, hasil.n) == ("A", "Sangat Baik", 341)
    assert [f"{u.nrr:.2f}" for u in hasil.unsur.values()] == (
        ["3.47", "3.35", "3.63", "3.72", "3.46", "3.48", "3.58", "3.72", "3.74"]
    )
    assert [u.kode for u in hasil.lowest(3)] == ["U2", "U5", "U1"]
    assert hasil.unsur["sarana"].kode == "U8"
    assert hasil.catatan == ()
    printed = {
        "U1": "3,47",
        "U2": "3,35",
        "U3": "3,63",
        "U4": "3,72",
        "U5": "3,46",
        "U6": "3,48",
        "U7": "3,58",
        "U8": "3,72",
        "U9": "3,74",
    }
    means = skm.score_means(printed, n=341, u8="sarana")
    assert [p.ikm for p in means.pembanding] == [Decimal("89.31"), Decimal("89.22"), Decimal("88.41")]


def test_a_clean_file_warns_of_nothing() -> None:
    """Reading and scoring the example emits no Python warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        skm.score(skm.read(skm.contoh()))
