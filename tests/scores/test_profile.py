"""The respondent profile: the printed tables, order and spelling of levels, age groups and their holes."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from skm.answers import ages as usia
from skm.answers import understand
from skm.answers.levels import arrange
from skm.basics.messages import catalogue
from skm.basics.numbers import format_decimal
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts import reduce
from skm.counts.hitungan import Hitungan
from skm.errors import DataError, EmptyDataError, InvalidAnswerError, OptionError
from skm.regulasi import _kuesioner as kuesioner
from skm.regulasi._kuesioner import KelompokUsia
from skm.scores import index, profil
from skm.scores.options import ScoreOptions

BASE = kuesioner.load()
UNSUR = [b.id for b in BASE.butir]
DATA = Path(str(resources.files("skm"))) / "data"
KASUS: dict[str, Any] = tomllib.loads((DATA / "kasus" / "wonoasih-2024-s2.toml").read_text(encoding="utf-8"))
TABLES = {t["karakteristik"]: t["baris"] for t in KASUS["publikasi"]["profil"]}


def respondents(key: str, levels: list[Any], answers: list[int] | None = None) -> list[dict[str, Any]]:
    scores = answers or [4] * len(levels)
    return [{key: level, **dict.fromkeys(UNSUR, score)} for level, score in zip(levels, scores, strict=True)]


def counted(key: str, levels: list[Any], answers: list[int] | None = None) -> dict[str, Hitungan]:
    bacaan = understand.understand(respondents(key, levels, answers), BASE)
    return {key: reduce.reduce(bacaan, (key,)).hitungan}


def rows(key: str, levels: list[Any], **options: Any) -> list[tuple[str, int]]:
    return [(r.name("id"), r.jumlah) for r in profil.build(counted(key, levels), **options).karakteristik[key]]


def codes(notes: Any) -> list[str]:
    return [note.kode for note in notes]


def note(result: profil.Profil, code: str) -> Finding:
    return next(n for n in result.catatan if n.kode == code)


# --- the five printed tables ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wonoasih() -> dict[str, Hitungan]:
    sheet = CalamineWorkbook.from_path(str(DATA / "contoh" / KASUS["rekonstruksi"]["berkas"])).get_sheet_by_index(0)
    head, *body = sheet.to_python()
    bacaan = understand.understand([dict(zip(head, row, strict=True)) for row in body], BASE)
    return {key: reduce.reduce(bacaan, (key,)).hitungan for key in TABLES}


def test_wonoasih_tables_to_the_printed_digit(wonoasih: dict[str, Hitungan]) -> None:
    tingkat = {key: [row["tingkat"] for row in table] for key, table in TABLES.items()}
    result = profil.build(wonoasih, tingkat=tingkat)
    assert result.n == 341
    cells = iter(result.table("id").cells())
    for number, (key, table) in enumerate(TABLES.items(), start=1):
        title = next(t["judul"] for t in KASUS["publikasi"]["profil"] if t["karakteristik"] == key)
        for position, row in enumerate(table):
            printed = "0,00" if row["persen"] == "0" else row["persen"]
            lead = ["", ""] if position else [str(number), title]
            assert next(cells) == [*lead, row["tingkat"], str(row["jumlah"]), printed]
    assert next(cells, None) is None
    assert codes(result.catatan) == ["usia-berlubang"]


def test_wonoasih_without_any_list_of_levels_has_the_printed_order(wonoasih: dict[str, Hitungan]) -> None:
    result = profil.build(wonoasih)
    for key, table in TABLES.items():
        printed = [(row["tingkat"].casefold(), row["jumlah"]) for row in table if row["jumlah"]]
        assert [(r.name("id").casefold(), r.jumlah) for r in result.karakteristik[key]] == printed


def test_wonoasih_age_groups_lose_the_age_50(wonoasih: dict[str, Hitungan]) -> None:
    found = note(profil.build({"usia": wonoasih["usia"]}), "usia-berlubang")
    assert found.bukti["umur"] == ["50"]
    assert "50" in found.text("id")
    assert "50" in found.text("en")


def test_percentages_are_not_forced_to_100(wonoasih: dict[str, Hitungan]) -> None:
    result = profil.build(wonoasih)
    sums = {key: sum(r.persentase for r in table) for key, table in result.karakteristik.items()}
    assert sums["pendidikan"] == Decimal("99.99")
    assert any("99,99" in line for line in result.table("id").notes)
    assert all(sum(r.bagian for r in table) == 1 for table in result.karakteristik.values())


def test_wonoasih_index_by_level_equals_scoring_the_level_alone(wonoasih: dict[str, Hitungan]) -> None:
    result = profil.build(wonoasih, indeks=True)
    for key, table in result.karakteristik.items():
        part = wonoasih[key]
        for row in table:
            alone = one_group(part, part.label.index((row.tingkat,)))
            hasil = index.score(alone, ScoreOptions())
            assert (row.ikm, row.mutu) == (hasil.ikm, hasil.mutu)
    assert note(result, "tingkat-kecil").bukti["banyak"] == 4  # 19, 11, 24 and 18 respondents


def one_group(part: Hitungan, i: int) -> Hitungan:
    keep = slice(i, i + 1)
    assert part.lengkap is not None
    assert part.n_lengkap is not None
    arrays = (part.semua, part.lengkap, part.n, part.n_lengkap, part.n_tanpa_jawaban)
    return Hitungan(part.kuesioner, *(a[keep] for a in arrays))


# --- levels: order, zeros, blanks -----------------------------------------------------------------------------------


def test_named_levels_give_the_order_and_show_zero() -> None:
    given_ = {"layanan": ["KTP", "KK", "Akta"]}
    assert rows("layanan", ["KK", "KTP", "KK"], tingkat=given_) == [("KTP", 1), ("KK", 2), ("Akta", 0)]


def test_levels_beyond_the_named_ones_follow_and_are_told() -> None:
    result = profil.build(
        counted("layanan", ["Akta lahir", "KTP", "Kartu Kluarga"]), tingkat={"layanan": ["KTP", "Kartu Keluarga"]}
    )
    shown = [(r.name(), r.jumlah) for r in result.karakteristik["layanan"]]
    assert shown == [("KTP", 1), ("Kartu Keluarga", 0), ("Akta lahir", 1), ("Kartu Kluarga", 1)]
    found = note(result, "tingkat-di-luar-daftar")
    assert found.bukti["tingkat"] == ["Akta lahir", "Kartu Kluarga (Kartu Keluarga?)"]


def test_known_levels_are_no_slips_of_each_other() -> None:
    result = profil.build(counted("pendidikan", ["SLTP", "SLTP"]), tingkat={"pendidikan": ["SLTA"]})
    assert note(result, "tingkat-di-luar-daftar").bukti["tingkat"] == ["SLTP"]


def test_a_named_level_meets_the_one_spelling_of_it() -> None:
    shown = rows("pendidikan", ["SLTA", "sd"], tingkat={"pendidikan": ["SD", "SMP", "SMA"]})
    assert shown == [("SD", 1), ("SMP", 0), ("SMA", 1)]
    assert rows("layanan", ["layanan  KTP"], tingkat={"layanan": ["Layanan KTP"]}) == [("Layanan KTP", 1)]
    assert rows("usia", ["20 - 29 tahun"], tingkat={"usia": ["20-29 th"]}) == [("20-29 th", 1)]


def test_a_named_level_takes_neither_of_two_spellings() -> None:
    result = profil.build(
        counted("jenis_kelamin", ["L", "Pria"]), tingkat={"jenis_kelamin": ["Laki-laki", "Perempuan"]}
    )
    shown = [(r.name(), r.jumlah) for r in result.karakteristik["jenis_kelamin"]]
    assert shown == [("Laki-laki", 0), ("Perempuan", 0), ("L", 1), ("Pria", 1)]
    assert codes(result.catatan) == ["tingkat-di-luar-daftar", "ejaan-berbeda"]


def test_a_named_number_does_not_take_a_truth_value() -> None:
    assert rows("layanan", [True], tingkat={"layanan": [1]}) == [("1", 0), ("True", 1)]


def test_questionnaire_order_where_all_levels_are_known() -> None:
    shown = [name for name, _ in rows("pendidikan", ["S1", "D3", "SLTP", "SD", "SMA"])]
    assert shown == ["SD", "SLTP", "SMA", "D3", "S1"]


def test_one_unknown_level_does_not_scramble_the_known_ones() -> None:
    shown = [name for name, _ in rows("pendidikan", ["S1", "D3", "Paket C", "SD", "SMA"])]
    assert shown == ["SD", "SMA", "D3", "S1", "Paket C"]


def test_labels_that_come_in_an_order_of_their_own_keep_it_where_some_are_unknown() -> None:
    ciri = BASE.ciri("pendidikan")
    arranged, _ = arrange("pendidikan", ["SMA", "Paket C", "SD"], [1, 1, 1], ciri)
    assert [row.tingkat for row in arranged] == ["SMA", "Paket C", "SD"]


def test_blanks_are_one_last_row() -> None:
    levels = ["P", None, "L", "", "  ", float("nan"), "P"]
    assert rows("jenis_kelamin", levels) == [("Laki-laki", 1), ("Perempuan", 2), ("tidak diisi", 4)]
    assert rows("jenis_kelamin", ["P"]) == [("Perempuan", 1)]


def test_several_kinds_of_blank_group_become_one_row_with_one_index() -> None:
    part = counted("layanan", ["a", "b", "c"], [1, 3, 4])["layanan"]
    mixed = Hitungan(
        part.kuesioner,
        part.semua,
        part.lengkap,
        part.n,
        part.n_lengkap,
        part.n_tanpa_jawaban,
        part.kunci,
        ((None,), ("",), ("c",)),
    )
    table = profil.build({"layanan": mixed}, indeks=True, batas_kecil=0).karakteristik["layanan"]
    assert [(r.tingkat, r.jumlah, r.ikm) for r in table] == [("c", 1, Decimal("100.00")), (None, 2, Decimal("50.00"))]


def test_any_other_column_makes_a_profile() -> None:
    part = counted("Loket", [2.0, 1.0, 10.0])["Loket"]
    result = profil.build({"Loket": part})
    assert [r.name() for r in result.karakteristik["Loket"]] == ["1", "2", "10"]
    assert result.table("en").cells()[0][:3] == ["1", "Loket", "1"]


def test_a_header_of_a_characteristic_has_its_levels() -> None:
    bacaan = understand.understand(respondents("JK", ["P", "L"]), BASE)
    result = profil.build({"JK": reduce.reduce(bacaan, ("JK",)).hitungan})
    assert [r.name("en") for r in result.karakteristik["JK"]] == ["Male", "Female"]
    assert result.judul["JK"] == {"id": "JK", "en": "JK"}


# --- spellings ------------------------------------------------------------------------------------------------------


def test_letters_are_shown_by_the_full_name() -> None:
    table = profil.build(counted("jenis_kelamin", ["P", "L"])).karakteristik["jenis_kelamin"]
    assert [(r.tingkat, r.name("id"), r.name("en")) for r in table] == [
        ("L", "Laki-laki", "Male"),
        ("P", "Perempuan", "Female"),
    ]


def test_words_of_the_office_stay_in_indonesian_and_are_translated() -> None:
    table = profil.build(counted("pekerjaan", ["pegawai swasta", "pns"])).karakteristik["pekerjaan"]
    assert [(r.name("id"), r.name("en")) for r in table] == [
        ("PNS", "Civil servant"),
        ("pegawai swasta", "Private employee"),
    ]


def test_two_spellings_of_one_level_stay_apart_and_are_told() -> None:
    result = profil.build(counted("jenis_kelamin", ["L", "Laki-laki", "P", "L"]))
    shown = [(r.name("id"), r.name("en"), r.jumlah) for r in result.karakteristik["jenis_kelamin"]]
    assert shown == [("L", "L", 2), ("Laki-laki", "Laki-laki", 1), ("Perempuan", "Female", 1)]
    found = note(result, "ejaan-berbeda")
    assert found.bukti["karakteristik"] == "jenis_kelamin"
    assert found.bukti["ejaan"] == ['"L" = "Laki-laki"']


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        (["KTP", "ktp"], True),
        (["KTP", "KTP "], True),
        (["Kartu Keluarga", "kartu-keluarga"], True),
        (["< 1 juta", "> 1 juta"], False),
        (["5", "-5"], False),
        (["Layanan 1", "Layanan 2"], False),
        (["?", "-"], False),
    ],
)
def test_spellings_of_levels_nobody_knows(levels: list[str], told: bool) -> None:
    result = profil.build(counted("layanan", levels))
    assert ("ejaan-berbeda" in codes(result.catatan)) is told
    assert [r.jumlah for r in result.karakteristik["layanan"]] == [1, 1]


def test_different_levels_are_no_spellings_of_each_other() -> None:
    for key, levels in {
        "pendidikan": ["SMA", "SMK", "SMA/SMK", "SD", "SD ke bawah", "S1", "D4/S1", "D4"],
        "pekerjaan": ["Pelajar", "Mahasiswa", "Pelajar/Mahasiswa", "Petani", "Nelayan", "PNS", "ASN", "TNI"],
    }.items():
        assert profil.build(counted(key, levels)).catatan == ()


@pytest.mark.parametrize("ciri", [c for c in BASE.profil if c.tingkat], ids=lambda c: c.id)
def test_no_spelling_means_two_levels(ciri: kuesioner.Ciri) -> None:
    owners: dict[str, set[str]] = {}
    for tingkat in ciri.tingkat:
        for name in (tingkat.nama, tingkat.en, *tingkat.sinonim):
            owners.setdefault(normalise(name), set()).add(tingkat.nama)
    assert {k: v for k, v in owners.items() if len(v) > 1} == {}


# --- age groups: labels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "ends"),
    [
        ("< 20 th", (None, 19)),
        ("<20", (None, 19)),
        ("20-29", (20, 29)),
        ("> 50 th", (51, None)),
        ("≤ 17", (None, 17)),
        ("<= 17 tahun", (None, 17)),
        ("=< 17", (None, 17)),
        ("58 ke atas", (58, None)),
        ("58 keatas", (58, None)),
        ("Dibawah 20", (None, 19)),
        ("Diatas 50", (51, None)),
        (">= 50", (50, None)),
        ("≥ 50 Th.", (50, None)),
        ("17 – 23 tahun", (17, 23)),
        ("17 — 23 thn", (17, 23)),
        ("di bawah 20 tahun", (None, 19)),
        ("50 tahun ke atas", (50, None)),
        ("lebih dari 60", (61, None)),
        ("kurang dari 17", (None, 16)),
        ("> 65 tahun", (66, None)),
        ("50+", (50, None)),
        ("20 s/d 29 th", (20, 29)),
        ("20 s.d. 29 tahun", (20, 29)),
        ("20 sampai 29", (20, 29)),
        ("20th-29th", (20, 29)),
        ("20 - <30", (20, 29)),
        (">20 - 30", (21, 30)),
        ("Usia 20-29 tahun", (20, 29)),
        ("Remaja akhir (17-25)", (17, 25)),
        ("Lansia: 46-55 tahun", (46, 55)),
        ("1. 20-29", (20, 29)),
        ("b) > 50", (51, None)),
        ("17 tahun ke bawah", (None, 17)),
        ("sampai dengan 17 tahun", (None, 17)),
        ("minimal 60", (60, None)),
        ("60 tahun atau lebih", (60, None)),
        ("lebih dari atau sama dengan 60", (60, None)),
        ("under 20", (None, 19)),
        ("20 to 29 years", (20, 29)),
        ("60 and over", (60, None)),
    ],
)
def test_printed_labels_are_read(label: str, ends: tuple[int | None, int | None]) -> None:
    assert profil.parse_bins([label]) == (KelompokUsia(label, *ends),)


@pytest.mark.parametrize(
    "label",
    ["", "23", "-41", "Dewasa", "29-20", "1990-1999", "tidak lebih dari 20", "< 0", "20-29, 40-49", "> 500", "12/2024"],
)
def test_other_text_is_no_age_group(label: str) -> None:
    assert profil.parse_bins(["20-29", label]) is None


@given(
    st.integers(5, 60),
    st.integers(0, 60),
    st.sampled_from(["{a}-{b}", "{a} – {b} th", "{a} s/d {b} tahun", "({a} - {b})"]),
)
def test_closed_groups_round_trip(low: int, width: int, form: str) -> None:
    label = form.format(a=low, b=low + width)
    assert profil.parse_bins([label]) == (KelompokUsia(label, low, low + width),)


# --- age groups: holes and overlaps ---------------------------------------------------------------------------------

REAL_SETS = [
    # Bins in use that regulation.md section 6 lists, with what falls nowhere.
    (["< 20", "20–29", "30–39", "40–49", "> 50"], [("usia-berlubang", ["50"])]),
    (["20–29", "30–39", "40–49", "50+"], [("usia-tanpa-bawah", 20)]),
    (["≤ 17", "18–27", "28–37", "38–47", "48–57", "≥ 58"], []),
    (["17–23", "24–29", "30–40", "> 40"], [("usia-tanpa-bawah", 17)]),
    (["17–25", "26–35", "36–45", "46–55", "56–65", "> 65"], [("usia-tanpa-bawah", 17)]),
    (["< 20", "20–30", "31–40", "41–50", "> 50"], []),
    (["Dibawah 20", "21–30", "31–40", "41–50", "Diatas 50"], [("usia-berlubang", ["20"])]),
]


@pytest.mark.parametrize(("labels", "expected"), REAL_SETS, ids=lambda x: str(x[0]) if x else "-")
def test_real_sets_of_age_groups(labels: list[str], expected: list[tuple[str, Any]]) -> None:
    as_text, as_data = profil.check_bins(labels), profil.check_bins(profil.parse_bins(labels) or ())
    assert [(n.kode, n.bukti["umur"]) for n in as_text] == expected
    assert as_text == as_data


def test_overlaps_inverted_and_unreadable_groups() -> None:
    assert profil.check_bins(["< 20", "20-30", "30-40", ">= 40"])[0].bukti["umur"] == ["30", "40"]
    assert profil.check_bins(["< 20", "> 50", ">= 20"])[0].bukti["umur"] == ["51+"]
    inverted = profil.check_bins(
        [KelompokUsia("< 20", None, 19), KelompokUsia("30-20", 30, 20), KelompokUsia("20+", 20, None)]
    )
    assert codes(inverted) == ["usia-terbalik"]
    assert codes(profil.check_bins(["< 20", "Dewasa", "> 50"])) == ["usia-tak-terbaca"]
    assert codes(profil.check_bins(["< 20", "20-59"])) == ["usia-tanpa-atas"]
    assert profil.check_bins([]) == ()


def test_default_groups_hold_every_age_once() -> None:
    ciri = BASE.ciri("usia")
    assert ciri is not None
    assert profil.check_bins(ciri.kelompok) == ()
    labels = [k.nama for k in ciri.kelompok]
    assert [(k.dari, k.hingga) for k in profil.parse_bins(labels) or ()] == [(k.dari, k.hingga) for k in ciri.kelompok]


bins = st.lists(st.tuples(st.integers(5, 60), st.integers(0, 40)), min_size=1, max_size=5)


@given(bins)
def test_holes_and_overlaps_are_those_of_counting(spans: list[tuple[int, int]]) -> None:
    kelompok = [KelompokUsia(str(i), low, low + width) for i, (low, width) in enumerate(spans)]
    told: dict[str, Any] = {n.kode: n.bukti["umur"] for n in profil.check_bins(kelompok)}

    def ages(code: str) -> set[int]:
        out: set[int] = set()
        for text in told.get(code, []):
            low, _, high = text.partition("-")
            out |= set(range(int(low), int(high or low) + 1))
        return out

    held = Counter(age for low, width in spans for age in range(low, low + width + 1))
    first, last = min(held), max(held)
    assert ages("usia-berlubang") == {age for age in range(first, last + 1) if held[age] == 0}
    assert ages("usia-tumpang-tindih") == {age for age, times in held.items() if times > 1}
    assert told.get("usia-tanpa-bawah", usia.YOUNGEST) == first
    assert told["usia-tanpa-atas"] == last


# --- age groups in a profile ----------------------------------------------------------------------------------------


def test_text_ages_are_ordered_by_their_lower_end_and_checked() -> None:
    levels = ["Diatas 50", "41-50", "Dibawah 20", "31-40", "21-30"]
    result = profil.build(counted("usia", levels))
    assert [r.name() for r in result.karakteristik["usia"]] == ["Dibawah 20", "21-30", "31-40", "41-50", "Diatas 50"]
    assert note(result, "usia-berlubang").bukti["umur"] == ["20"]


def test_a_group_that_nobody_chose_is_no_hole() -> None:
    assert profil.build(counted("usia", ["< 20 th", "20-29 th", "40-49 th", ">= 50 th"])).catatan == ()
    assert profil.build(counted("usia", ["20-29 th", "30-39 th"])).catatan == ()


def test_with_all_groups_named_open_ends_are_told() -> None:
    named = {"usia": ["20-29", "30-39", "40-49", "50+"]}
    assert codes(profil.build(counted("usia", ["20-29", "50+"]), tingkat=named).catatan) == ["usia-tanpa-bawah"]


def test_ages_that_are_words_are_left_alone() -> None:
    result = profil.build(counted("usia", ["Remaja", "Dewasa"]))
    assert [r.name() for r in result.karakteristik["usia"]] == ["Dewasa", "Remaja"]
    assert result.catatan == ()


def test_one_age_group_in_two_spellings() -> None:
    result = profil.build(counted("usia", ["20-29 th", "20 - 29 tahun"]))
    assert codes(result.catatan) == ["ejaan-berbeda"]


def kelompok() -> tuple[KelompokUsia, ...]:
    ciri = BASE.ciri("usia")
    assert ciri is not None
    return ciri.kelompok


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (19, "< 20 th"),
        (20, "20-29 th"),
        (50, ">= 50 th"),
        (23.5, "20-29 th"),
        (29.999, "20-29 th"),
        (np.float64(30.0), "30-39 th"),
        (np.int8(49), "40-49 th"),
        (Decimal("19.9"), "< 20 th"),
        ("23", "20-29 th"),
        (" 23,5 ", "20-29 th"),
        ("23 th", "20-29 th"),
        ("45 tahun", "40-49 th"),
        (5, "< 20 th"),
        (120, ">= 50 th"),
        (4, usia.OUTSIDE),
        (121, usia.OUTSIDE),
        (-41, usia.OUTSIDE),
        ("-41", usia.OUTSIDE),
        ("−41", usia.OUTSIDE),
        (0, usia.OUTSIDE),
        (352, usia.OUTSIDE),
        (1985, usia.OUTSIDE),
        ("3171234567890001", usia.OUTSIDE),
        (math.inf, usia.OUTSIDE),
        ("20-29", "20-29"),
        ("Dewasa", "Dewasa"),
        (None, None),
        (math.nan, None),
        ("  ", None),
        (pd.NA, None),
    ],
)
def test_ages_into_groups(value: Any, label: str | None) -> None:
    assert profil.bin_ages([value], kelompok()) == [label]


def test_an_age_in_a_hole_is_kept_and_told() -> None:
    holed = profil.parse_bins(["< 20", "20-29", "30-39", "40-49", "> 50"])
    assert holed is not None
    bacaan, notes = profil.with_age_groups(
        understand.understand(respondents("umur", [50, 50, 18, 51]), BASE), "umur", holed
    )
    part = reduce.reduce(bacaan, ("usia",)).hitungan
    result = profil.build({"usia": part}, catatan=notes)
    assert [(r.name("id"), r.jumlah) for r in result.karakteristik["usia"]] == [
        ("< 20", 1),
        ("> 50", 1),
        ("tanpa kelompok", 2),
    ]
    assert codes(result.catatan) == ["usia-berlubang", "usia-tanpa-kelompok"]
    assert note(result, "usia-tanpa-kelompok").bukti["banyak"] == 2
    assert [r.name("en") for r in result.karakteristik["usia"]][-1] == "in no age group"


def test_impossible_ages_are_kept_told_and_never_named_as_missing_levels() -> None:
    data = respondents("umur", [-41, 352, 1, 30, None])
    bacaan, notes = profil.with_age_groups(understand.understand(data, BASE), "umur", kelompok())
    named = {"usia": [k.nama for k in kelompok()]}
    result = profil.build({"usia": reduce.reduce(bacaan, ("usia",)).hitungan}, tingkat=named, catatan=notes)
    shown = [(r.name("id"), r.jumlah) for r in result.karakteristik["usia"]]
    assert shown[:5] == [("< 20 th", 0), ("20-29 th", 0), ("30-39 th", 1), ("40-49 th", 0), (">= 50 th", 0)]
    assert shown[5:] == [("di luar kewajaran", 3), ("tidak diisi", 1)]
    assert codes(result.catatan) == ["usia-tidak-wajar"]
    assert result.catatan[0].bukti["banyak"] == 3


def test_grouping_by_binned_ages_keeps_the_order_of_the_groups() -> None:
    named = [KelompokUsia("Remaja", None, 25), KelompokUsia("Dewasa", 26, 59), KelompokUsia("Lansia", 60, None)]
    data = pd.DataFrame(respondents("Umur", [70, 20, 30, 31]))
    bacaan, notes = profil.with_age_groups(understand.understand(data, BASE), "Umur", named)
    assert reduce.reduce(bacaan, ("usia",)).hitungan.label == (("Remaja",), ("Dewasa",), ("Lansia",))
    assert notes == []


def test_ages_as_text_groups_and_as_codes_come_back_as_they_were() -> None:
    bacaan = understand.understand(respondents("usia", ["20-29", None]), BASE)
    assert profil.with_age_groups(bacaan, "usia", kelompok()) == (bacaan, [])
    coded = understand.understand(respondents("Kelompok Umur", [1, 5, 3, None]), BASE)
    same, notes = profil.with_age_groups(coded, "Kelompok Umur", kelompok())
    assert same is coded
    assert codes(notes) == ["usia-kode"]


def test_numbers_and_groups_in_one_column() -> None:
    bacaan = understand.understand(respondents("usia", [25, "20-29 th", "Dewasa", 60]), BASE)
    binned, _ = profil.with_age_groups(bacaan, "usia", kelompok())
    part = reduce.reduce(binned, ("usia",)).hitungan
    assert list(zip(part.label, part.n.tolist(), strict=True)) == [
        (("20-29 th",), 2),
        ((">= 50 th",), 1),
        (("Dewasa",), 1),
    ]


@given(
    st.lists(st.one_of(st.none(), st.integers(-200, 2100), st.floats(), st.sampled_from(["20-29", "17", "x", ""]))),
    bins,
)
def test_no_age_is_lost(values: list[Any], spans: list[tuple[int, int]]) -> None:
    groups = [KelompokUsia(f"{low}-{low + width}", low, low + width) for low, width in spans]
    labels = profil.bin_ages(values, groups)
    assert len(labels) == len(values)
    order = usia.age_order(labels, groups)
    assert {label for label in labels if label is not None} <= set(order)
    assert len(set(order)) == len(set(order) | set(labels) - {None})


# --- properties -----------------------------------------------------------------------------------------------------

level = st.one_of(
    st.none(),
    st.sampled_from(["L", "P", "Laki-laki", "perempuan", "SD", "sd", "SMA", " ", "x", "< 2", "> 2"]),
    st.integers(0, 3),
)


@given(
    st.lists(level, min_size=1, max_size=40),
    st.lists(st.sampled_from(["L", "Perempuan", "SD", "zzz", "x", 1]), unique=True),
)
def test_counts_sum_to_n_and_no_level_is_lost(levels: list[Any], named: list[Any]) -> None:
    ciri = BASE.ciri("usia")
    kelompok_baku = ciri.kelompok if ciri is not None else ()
    for key in ("jenis_kelamin", "pendidikan", "usia", "layanan"):
        part = counted(key, levels)
        for tingkat in (None, {key: named}):
            result = profil.build(part, tingkat=tingkat)
            table = result.karakteristik[key]
            assert sum(r.jumlah for r in table) == result.n == len(levels)
            assert sum(r.bagian for r in table) == 1
            seen = [None if v is None or v == " " else v for v in levels]
            seen = usia.bin_ages(seen, kelompok_baku) if key == "usia" and any(v == 0 for v in seen) else seen
            assert Counter({r.tingkat: r.jumlah for r in table if r.jumlah}) == Counter(seen)
            blanks = [i for i, r in enumerate(table) if r.tingkat is None]
            assert blanks in ([], [len(table) - 1])
            if tingkat:
                assert [r.name("id") for r in table][: len(named)] == [str(name) for name in named]


@given(st.lists(st.tuples(level, st.integers(1, 4)), min_size=1, max_size=25))
def test_order_of_rows_does_not_matter(pairs: list[tuple[Any, int]]) -> None:
    def of(data: list[tuple[Any, int]]) -> dict[str, Any]:
        return profil.build(counted("layanan", [a for a, _ in data], [b for _, b in data]), indeks=True).to_dict()

    assert of(pairs) == of(pairs[::-1])


@given(st.lists(st.text(max_size=6), max_size=12))
def test_every_position_is_in_exactly_one_row(labels: list[str]) -> None:
    arranged, _ = arrange("layanan", labels, [1] * len(labels), BASE.ciri("layanan"))
    assert sorted(i for row in arranged for i in row.posisi) == list(range(len(labels)))


# --- the index by level ---------------------------------------------------------------------------------------------


def test_index_by_level_under_the_options() -> None:
    part = counted("layanan", ["a", "a", "b"], [3, 4, 4])
    plain = profil.build(part, indeks=True, batas_kecil=1)
    assert [(r.ikm, r.mutu) for r in plain.karakteristik["layanan"]] == [
        (Decimal("87.50"), "B"),
        (Decimal("100.00"), "A"),
    ]
    assert plain.catatan == ()
    rounded = profil.build(part, indeks=True, opsi=ScoreOptions(bobot="0,11"), batas_kecil=1)
    assert [r.ikm for r in rounded.karakteristik["layanan"]] == [Decimal("86.63"), Decimal("99.00")]
    three = profil.build(part, indeks=True, opsi=ScoreOptions(pembulatan="indeks-3"), batas_kecil=1)
    assert str(three.karakteristik["layanan"][0].ikm) == "87.500"
    assert "bobot=2-desimal" in rounded.table().notes[-1]
    assert rounded.to_dict()["opsi"]["bobot"] == "2-desimal"


def test_a_level_without_answers_or_respondents_has_no_index() -> None:
    data = [*respondents("layanan", ["a"]), {"layanan": "b", **dict.fromkeys(UNSUR)}]
    part = reduce.reduce(understand.understand(data, BASE), ("layanan",)).hitungan
    result = profil.build({"layanan": part}, indeks=True, tingkat={"layanan": ["a", "b", "c"]})
    assert [(r.jumlah, r.ikm, r.mutu) for r in result.karakteristik["layanan"]][1:] == [
        (1, None, None),
        (0, None, None),
    ]
    assert result.table().cells()[2][-2:] == ["-", "-"]
    assert math.isnan(result.to_frame()["ikm"][2])


def test_only_complete_respondents_count_in_the_index_but_all_in_the_counts() -> None:
    data = respondents("layanan", ["a", "a"], [4, 1])
    data[1]["biaya"] = None
    part = {"layanan": reduce.reduce(understand.understand(data, BASE), ("layanan",)).hitungan}
    result = profil.build(part, indeks=True, opsi=ScoreOptions(kosong="hanya-lengkap"), batas_kecil=0)
    row = result.karakteristik["layanan"][0]
    assert (row.jumlah, row.ikm) == (2, Decimal("100.00"))
    assert note(result, "indeks-hanya-lengkap").bukti == {"n": 2, "lengkap": 1}
    with pytest.raises(InvalidAnswerError):
        profil.build(part, indeks=True, opsi=ScoreOptions(kosong="tolak"))
    assert profil.build(part, opsi=ScoreOptions(kosong="tolak")).n == 2


def test_respondents_own_means_need_patterns() -> None:
    data = [
        {"layanan": "a", "w1": 4, "w2": 2, "b": 4},
        {"layanan": "a", "w1": 1, "w2": None, "b": 4},
        {"layanan": None, "w1": 4, "w2": 4, "b": 4},
    ]
    bacaan = understand.understand(data, BASE, peta={"waktu": ["w1", "w2"], "biaya": "b"})
    part = {"layanan": reduce.reduce(bacaan, ("layanan",)).hitungan}
    opsi = ScoreOptions(pertanyaan="responden")
    with pytest.raises(DataError) as caught:
        profil.build(part, indeks=True, opsi=opsi)
    assert caught.value.code == "perlu-pola"
    pola = {"layanan": reduce.reduce(bacaan, ("layanan",), reduce.PATTERNS).pola}
    result = profil.build(part, indeks=True, opsi=opsi, pola=pola, tingkat={"layanan": ["a", "zz"]})
    # waktu: (3 + 1) / 2 = 2, biaya: 4; (2 + 4) / 2 * 25
    assert [r.ikm for r in result.karakteristik["layanan"]] == [Decimal("75.00"), None, Decimal("100.00")]


# --- what comes out -------------------------------------------------------------------------------------------------


def test_frame_is_numeric_and_does_not_change_with_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKM_LANG", "en")
    frame = profil.build(counted("jenis_kelamin", ["L", "P", None]), indeks=True).to_frame()
    assert list(frame.columns) == ["karakteristik", "indikator", "jumlah", "persentase", "ikm", "mutu"]
    assert frame["indikator"].tolist() == ["Laki-laki", "Perempuan", "tidak diisi"]
    assert str(frame["jumlah"].dtype) == "Int64"
    assert frame["persentase"].dtype == frame["ikm"].dtype == np.float64
    assert frame["mutu"].cat.ordered
    assert frame["persentase"].sum() == pytest.approx(100)
    plain = profil.build(counted("jenis_kelamin", ["L"])).to_frame()
    assert list(plain.columns) == ["karakteristik", "indikator", "jumlah", "persentase"]


def test_dict_is_json_and_exact() -> None:
    result = profil.build(counted("jenis_kelamin", ["L", "P", "P"]))
    out = json.loads(json.dumps(result.to_dict("en")))
    assert (out["versi_skema"], out["n"]) == ("1", 3)
    assert out["karakteristik"][0]["nama"] == "Sex"
    assert out["karakteristik"][0]["tingkat"][1] == {
        "tingkat": "P", "nama": "Female", "jumlah": 2, "bagian": "2/3", "persentase": "66.67",
    }  # fmt: skip
    assert "opsi" not in out


def test_table_in_both_languages() -> None:
    result = profil.build({**counted("jenis_kelamin", ["L"] * 3 + ["P"] * 5)})
    assert [c.label for c in result.table("id").columns] == ["No", "Karakteristik", "Indikator", "Jumlah", "Persentase"]
    assert result.table("id").cells() == [
        ["1", "Jenis kelamin", "Laki-laki", "3", "37,50"],
        ["", "", "Perempuan", "5", "62,50"],
    ]
    assert result.table("en").cells()[1] == ["", "", "Female", "5", "62.50"]
    assert repr(result).splitlines()[0] == "Profil responden (n = 8)"
    assert result._repr_html_().startswith("<table>")


def test_html_escapes_levels() -> None:
    html = profil.build(counted("layanan", ["<b>x</b>"]))._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_half_percent_rounds_up() -> None:
    # 1/800 = 0.125 %, 5/800 = 0.625 %
    table = profil.build(counted("layanan", ["a"] + ["b"] * 5 + ["c"] * 794)).table("id")
    assert [row[-1] for row in table.cells()] == ["0,13", "0,63", "99,25"]


def test_texts_have_both_languages_with_the_same_fields() -> None:
    import string

    for code, texts in catalogue("profil").items():
        assert set(texts) == {"id", "en"}, code
        fields = [{f[1] for f in string.Formatter().parse(text) if f[1]} for text in texts.values()]
        assert fields[0] == fields[1], code


# --- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "kind", "code"),
    [
        (lambda p: profil.build({}), DataError, "profil-tidak-ada"),
        (lambda p: profil.build({"layanan": p["layanan"].total()}), DataError, "profil-satu-kunci"),
        (lambda p: profil.build({**p, **counted("usia", [20])}), DataError, "profil-n-berbeda"),
        (lambda p: profil.build(p, tingkat={"usia": ["a"]}), OptionError, "opsi-tidak-dikenal"),
        (lambda p: profil.build(p, tingkat={"layanan": "a"}), OptionError, "tingkat-bukan-daftar"),
        (lambda p: profil.build(p, tingkat={"layanan": 3}), OptionError, "tingkat-bukan-daftar"),
        (lambda p: profil.build(p, tingkat={"layanan": ["a", "b", "a"]}), OptionError, "tingkat-ganda"),
        (lambda p: profil.build(p, batas_kecil=-1), OptionError, "cacah-terlalu-kecil"),
        (lambda p: profil.build(p, indeks=True, opsi=ScoreOptions(bobot="0.2")), OptionError, "bobot-bukan-pembulatan"),
    ],
)
def test_refusals(make: Any, kind: type[Exception], code: str) -> None:
    with pytest.raises(kind) as caught:
        make(counted("layanan", ["a", "b"]))
    assert caught.value.code == code  # type: ignore[attr-defined]
    assert str(caught.value)


def test_not_a_single_respondent() -> None:
    part = counted("layanan", ["a"])["layanan"]
    none = Hitungan(
        part.kuesioner, part.semua * 0, None, part.n * 0, None, part.n_tanpa_jawaban, part.kunci, part.label
    )
    with pytest.raises(EmptyDataError) as caught:
        profil.build({"layanan": none})
    assert caught.value.code == "data-kosong"


def test_shares_are_exact() -> None:
    row = profil.build(counted("layanan", ["a", "b", "b"])).karakteristik["layanan"][1]
    assert row.bagian == Fraction(2, 3)
    assert format_decimal(row.bagian * 100, 2, "id") == "66,67"
