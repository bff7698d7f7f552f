"""Sample size and adequacy: the printed table, the methods between its rows, and what may not be read as a number."""

from __future__ import annotations

import json
import math
import pickle
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm.basics import messages
from skm.errors import DataError, OptionError, SKMError
from skm.sampling import adequacy, krejcie_morgan, proportion_margin, sample_size

# The 90 printed rows of Lampiran II, typed here once more so that a slip in the data file shows.
PRINTED = """
10,10 15,14 20,19 25,24 30,28 35,32 40,36 45,40 50,44 55,48 60,52 65,56 70,59 75,63 80,66 85,70 90,73 95,76
100,80 110,86 120,92 130,97 140,103 150,108 160,113 170,118 180,123 190,127 200,132 210,136 220,140 230,144 240,148
250,152 260,155 270,159 280,162 290,165 300,169 320,175 340,181 360,186 380,191 400,196 420,201 440,205 460,210
480,214 500,217 550,226 600,234 650,242 700,248 750,254 800,260 850,265 900,269 950,274 1000,278 1100,285 1200,291
1300,297 1400,302 1500,306 1600,310 1700,313 1800,317 1900,320 2000,322 2200,327 2400,331 2600,335 2800,338 3000,341
3500,346 4000,351 4500,354 5000,357 6000,361 7000,364 8000,367 9000,368 10000,370 15000,375 20000,377 30000,379
40000,380 50000,381 75000,382 1000000,384
"""
ROWS = [(int(population), int(n)) for population, n in (row.split(",") for row in PRINTED.split())]
TABLE_METHODS = ["tabel-bawah", "tabel-atas"]
METHODS = ["krejcie-morgan", *TABLE_METHODS]

populations = st.one_of(st.integers(1, 12_000), st.integers(1, 3_000_000))
formula_options = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["0.90", "0.95", "0.99"]),
        "margin": st.sampled_from(["0.01", "0.03", "0.05", "0.1", "0.6", "0.99"]),
        "p": st.sampled_from(["0.5", "0.2", "0.03"]),
        "rounding": st.sampled_from(["half-up", "ceil"]),
        "chi2": st.sampled_from(["tabel", "exact"]),
    }
)
cochran_options = st.tuples(st.just({"method": "cochran"}), formula_options).map(lambda pair: pair[1] | pair[0])
slovin_options = st.fixed_dictionaries(
    {
        "method": st.just("slovin"),
        "margin": st.sampled_from(["0.01", "0.05", "0.1", "0.99"]),
        "rounding": st.sampled_from(["half-up", "ceil"]),
    }
)
any_options = st.one_of(
    formula_options, cochran_options, slovin_options, st.sampled_from([{"method": method} for method in METHODS])
)


# --- the printed table ---


def test_ninety_rows():
    assert len(ROWS) == 90
    assert ROWS[-1] == (1_000_000, 384)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("population", "n"), ROWS)
def test_every_printed_row(population, n, method):
    size = sample_size(population, method=method)
    assert size.n == n
    assert size.row_below == size.row_above == (population, n)


def test_ceil_differs_in_45_rows():
    assert sum(sample_size(population, rounding="ceil").n != n for population, n in ROWS) == 45


def test_exact_chi_square_misses_only_40000():
    missed = [population for population, n in ROWS if sample_size(population, chi2="exact").n != n]
    assert missed == [40_000]


def test_rounded_chi_square_3_84_would_miss_three_rows():
    def nearest(population):
        exact = krejcie_morgan(population, Decimal("3.84"), Decimal("0.05"), Decimal("0.5"))
        return math.floor(exact + Fraction(1, 2))

    assert [population for population, n in ROWS if nearest(population) != n] == [4000, 8000, 15000]


# --- golden values ---


@pytest.mark.parametrize(
    ("population", "formula", "below", "above", "up"),
    [
        (3441, 346, 341, 346, 346),
        (759, 255, 254, 260, 256),
        (703, 249, 248, 254, 249),
        (4384, 353, 351, 354, 354),
        (983, 276, 274, 278, 277),
        (18_584, 376, 375, 377, 377),
        (17_041, 376, 375, 377, 376),
        (67, 57, 56, 59, 58),
        (100_000, 383, 382, 384, 383),
    ],
)
def test_between_rows(population, formula, below, above, up):
    size = sample_size(population)
    assert [policy.required for policy in size.policies] == [formula, below, above]
    assert [sample_size(population, method=method).n for method in METHODS] == [formula, below, above]
    assert sample_size(population, rounding="ceil").n == up


@pytest.mark.parametrize(("population", "n"), [(1, 1), (2, 2), (9, 9), (14, 14), (15, 14), (100_000, 383)])
def test_small_and_large(population, n):
    assert sample_size(population).n == n


@pytest.mark.parametrize("population", [255, 393, 414, 656, 694, 702, 710, 735, 761, 770])
def test_nearest_differs_between_chi_squares(population):
    assert sample_size(population, chi2="exact").n == sample_size(population).n + 1


def test_first_populations_where_chi_squares_differ():
    def differing(rounding):
        return [
            population
            for population in range(1, 771)
            if sample_size(population, rounding=rounding).n
            != sample_size(population, rounding=rounding, chi2="exact").n
        ]

    assert differing("half-up") == [255, 393, 414, 656, 694, 702, 710, 735, 761, 770]
    assert differing("ceil")[:5] == [210, 262, 324, 375, 536]


def test_near_tie_is_exact():
    assert sample_size(255).exact == Fraction("3.841") * 255 / 4 / (Fraction("0.0025") * 254 + Fraction("3.841") / 4)
    assert round(float(sample_size(255).exact), 4) == 153.4955
    assert sample_size(255).n == 153


@pytest.mark.parametrize(
    ("population", "unrounded", "n"),
    [(120, 91.6185692681, 92), (500, 217.4872180626, 218), (1000, 277.7334531732, 278), (10_000, 369.9706104802, 370)],
)
def test_exact_chi_square_with_ceil_is_cochran_with_correction(population, unrounded, n):
    size = sample_size(population, chi2="exact", rounding="ceil")
    assert float(size.exact) == pytest.approx(unrounded, abs=1e-10)
    assert size.n == n


def test_national_library_rounds_up_to_385():
    assert sample_size(23_857_000, rounding="ceil").n == 385
    assert sample_size(23_857_000, rounding="ceil", chi2="exact").n == 385


@pytest.mark.parametrize(
    ("level", "limit", "at_1000"),
    [("0.90", "270.6", 213), ("0.95", "384.1", 278), ("0.99", "663.5", 399)],
)
def test_confidence_levels(level, limit, at_1000):
    assert sample_size(1000, level=level).n == at_1000
    endless = sample_size(10**15, level=level)
    assert round(float(endless.exact), 1) == float(limit)
    if level != "0.95":
        assert [policy.method for policy in endless.policies] == ["krejcie-morgan"]
        assert endless.row_below is endless.row_above is None


def test_other_level_needs_exact_chi_square():
    with pytest.raises(OptionError) as caught:
        sample_size(1000, level=0.98)
    assert caught.value.code == "tingkat-kepercayaan-tanpa-tabel"
    # z(0.98) = 2.3263479: n0 = 541.1894, n = n0 / (1 + (n0 - 1) / 1000)
    assert float(sample_size(1000, level=0.98, chi2="exact").exact) == pytest.approx(541.18943 / 1.54018943, rel=1e-7)


def test_outside_the_table():
    assert sample_size(7, method="tabel-bawah").n == 7
    assert sample_size(7, method="tabel-bawah").row_below is None
    assert sample_size(7, method="tabel-atas").n == 7
    assert sample_size(11, method="tabel-atas").n == 11  # the row above asks for 14
    for method in METHODS:
        assert sample_size(2_000_000, method=method).n == 384
    assert sample_size(2_000_000).row_above is None


# --- adequacy ---


def test_wonoasih():
    found = adequacy(n=341, population=3441)
    assert (found.required, found.shortfall, found.adequate, found.max_population) == (346, 5, False, 3071)
    assert found.margin == pytest.approx(0.0503782, abs=5e-8)
    assert found.met_by == ("tabel-bawah",)
    assert sample_size(3071).n == 341
    assert sample_size(3072).n == 342


@pytest.mark.parametrize(
    ("n", "population", "margin"),
    [(80, 100, 0.0492459480), (217, 500, 0.0500992441), (100, None, 0.0979981992), (24, 120, 0.1796696039)],
)
def test_margin_golden(n, population, margin):
    assert proportion_margin(n, population, Decimal("0.95"), Decimal("0.5")) == pytest.approx(margin, abs=5e-11)


def test_margin_of_census_and_of_nobody():
    assert adequacy(24, 24).margin == 0.0
    assert adequacy(1, 1).margin == 0.0
    nobody = adequacy(0, 3441)
    assert math.isnan(nobody.margin)
    assert (nobody.required, nobody.shortfall, nobody.max_population) == (346, 346, 0)
    assert nobody.to_dict()["margin"] is None


def test_margin_is_zero_whatever_number_type_says_census():
    assert adequacy(np.int64(24), np.float64(24)).margin == 0.0


def test_margin_follows_level_and_p():
    found = adequacy(100, 10**12, level="99%", p="20%")
    assert found.margin == pytest.approx(2.5758293035 * math.sqrt(0.2 * 0.8 / 100), abs=1e-9)


@pytest.mark.parametrize(
    ("n", "population", "met_by"),
    [
        (354, 4384, METHODS),
        (220, 983, ()),
        (207, 18_584, ()),
        (100, 17_041, ()),
        (56, 65, METHODS),
        (63, 67, METHODS),
        (295, 1000, METHODS),
        (255, 759, METHODS[:2]),
    ],
)
def test_published_samples(n, population, met_by):
    assert adequacy(n, population).met_by == tuple(met_by)


# (n + 0.5) (0.96025 - 0.0025) / (0.96025 - (n + 0.5) 0.0025) by hand: 367.297125 / 0.0015 = 244 864.75 for n = 383
@pytest.mark.parametrize(("n", "limit"), [(383, 244_864), (384, None), (385, None)])
def test_limit_of_the_formula_rounded_to_nearest(n, limit):
    assert adequacy(n, 400).max_population == limit


def test_limit_of_the_formula_rounded_up():
    assert adequacy(385, 400, rounding="ceil").max_population is None
    top = adequacy(384, 400, rounding="ceil").max_population
    assert top is not None
    assert sample_size(top, rounding="ceil").n == 384
    assert sample_size(top + 1, rounding="ceil").n == 385


@pytest.mark.parametrize(
    ("method", "n", "limit"),
    [
        ("tabel-bawah", 341, 3499),
        ("tabel-bawah", 9, 9),
        ("tabel-bawah", 10, 14),
        ("tabel-bawah", 383, 999_999),
        ("tabel-bawah", 384, None),
        ("tabel-atas", 341, 3000),
        ("tabel-atas", 13, 13),
        ("tabel-atas", 14, 15),
        ("tabel-atas", 16, 16),
        ("tabel-atas", 383, 75_000),
        ("tabel-atas", 384, None),
    ],
)
def test_limit_of_the_table(method, n, limit):
    assert adequacy(n, 400, method=method).max_population == limit


def test_more_respondents_than_people():
    with pytest.raises(DataError) as caught:
        adequacy(30, 24)
    assert caught.value.code == "n-melebihi-populasi"
    assert "30" in caught.value.message("id")
    assert "24" in caught.value.message("en")


# --- what is read as a number, and what is refused ---


@pytest.mark.parametrize(
    "population",
    [3441, np.int64(3441), np.int32(3441), np.uint16(3441), 3441.0, np.float64(3441), Decimal(3441), Fraction(3441),
     "3441", "3.441", " 3 441 ", "3441,0", "3.441,00"],
)  # fmt: skip
def test_population_readings(population):
    assert sample_size(population).n == 346
    assert adequacy("341", population).max_population == 3071


def test_numpy_integer_is_not_ignored():
    for number in (500, 500.0, np.int64(500), np.float64(500), Decimal(500)):
        assert sample_size(number, rounding="ceil", chi2="exact").n == 218


@pytest.mark.parametrize(
    ("population", "code"),
    [
        (0, "cacah-terlalu-kecil"),
        (-5, "cacah-terlalu-kecil"),
        ("0", "cacah-terlalu-kecil"),
        (3.441, "cacah-tidak-bulat"),
        (Decimal("3.441"), "cacah-tidak-bulat"),
        (Fraction(1, 2), "cacah-tidak-bulat"),
        ("3.441,5", "cacah-tidak-bulat"),
        (math.nan, "cacah-tidak-bulat"),
        (math.inf, "cacah-tidak-bulat"),
        (np.nan, "cacah-tidak-bulat"),
        (True, "cacah-tidak-bulat"),
        (np.True_, "cacah-tidak-bulat"),
        (None, "cacah-tidak-bulat"),
        ([3441], "cacah-tidak-bulat"),
        ("", "angka-tidak-terbaca"),
        ("tiga ribu", "angka-tidak-terbaca"),
        ("3,441", "cacah-mendua"),
    ],
)
def test_refused_populations(population, code):
    for call in (lambda: sample_size(population), lambda: adequacy(1, population)):
        with pytest.raises(OptionError) as caught:
            call()
        assert caught.value.code == code
        assert caught.value.render("id") != caught.value.render("en")


def test_ambiguous_count_shows_both_readings():
    with pytest.raises(OptionError) as caught:
        adequacy("3,441", 5000)
    message = caught.value.message("id")
    assert "3441 (ribuan)" in message
    assert "3,441 (desimal)" in message


@pytest.mark.parametrize("n", [-1, 1.5, True, math.nan, "x", "3,441"])
def test_refused_respondents(n):
    with pytest.raises(OptionError):
        adequacy(n, 5000)


@pytest.mark.parametrize(
    "share",
    [0.05, "0.05", "0,05", "5%", "5 %", "5,0%", Decimal("0.050"), Fraction(1, 20), np.float64(0.05), np.float32(0.05)],
)
def test_share_readings(share):
    size = sample_size(3441, margin=share)
    assert size.options.margin == Decimal("0.05")
    assert size.to_dict()["options"]["margin"] == "0.05"
    assert size.row_below == (3000, 341)


@pytest.mark.parametrize("level", [0.95, "0,95", "95%", Decimal("0.950"), np.float32(0.95)])
def test_level_readings(level):
    assert sample_size(3441, level=level).n == 346


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"margin": 5}, "proporsi-di-luar-batas"),
        ({"margin": "5"}, "proporsi-di-luar-batas"),
        ({"margin": 0}, "proporsi-di-luar-batas"),
        ({"margin": 1}, "proporsi-di-luar-batas"),
        ({"margin": -0.05}, "proporsi-di-luar-batas"),
        ({"margin": "100%"}, "proporsi-di-luar-batas"),
        ({"p": 0}, "proporsi-di-luar-batas"),
        ({"p": "0." + "9" * 60}, "proporsi-di-luar-batas"),
        ({"level": 95}, "proporsi-di-luar-batas"),
        ({"level": "0." + "0" * 40 + "1", "chi2": "exact"}, "tingkat-kepercayaan-mendua"),
        ({"level": "0." + "0" * 400 + "1", "chi2": "exact"}, "angka-tidak-terbaca"),
        ({"margin": "0,05%"}, "persen-mendua"),
        ({"level": "0.95%"}, "persen-mendua"),
        ({"level": 0.05}, "tingkat-kepercayaan-mendua"),
        ({"level": "5%", "chi2": "exact"}, "tingkat-kepercayaan-mendua"),
        ({"margin": math.nan}, "angka-tidak-terbaca"),
        ({"margin": np.float32("nan")}, "angka-tidak-terbaca"),
        ({"margin": True}, "angka-tidak-terbaca"),
        ({"margin": None}, "angka-tidak-terbaca"),
        ({"p": "setengah"}, "angka-tidak-terbaca"),
        ({"method": "yamane"}, "opsi-tidak-dikenal"),
        ({"method": "slovin", "level": 0.99}, "slovin-tanpa-pilihan"),
        ({"method": "slovin", "p": 0.2}, "slovin-tanpa-pilihan"),
        ({"method": "slovin", "chi2": "exact"}, "slovin-tanpa-pilihan"),
        ({"method": None}, "opsi-tidak-dikenal"),
        ({"rounding": "floor"}, "opsi-tidak-dikenal"),
        ({"chi2": 3.841}, "opsi-tidak-dikenal"),
        ({"method": "tabel-bawah", "level": 0.99}, "tabel-sampel-lain-dasar"),
        ({"method": "tabel-atas", "margin": 0.03}, "tabel-sampel-lain-dasar"),
        ({"method": "tabel-atas", "p": 0.3}, "tabel-sampel-lain-dasar"),
        ({"method": "tabel-atas", "rounding": "ceil"}, "tabel-sampel-lain-dasar"),
        ({"method": "tabel-atas", "chi2": "exact"}, "tabel-sampel-lain-dasar"),
    ],
)
def test_refused_options(options, code):
    for call in (lambda: sample_size(3441, **options), lambda: adequacy(341, 3441, **options)):
        with pytest.raises(SKMError) as caught:
            call()
        assert caught.value.code == code
        assert isinstance(caught.value, OptionError)
        assert caught.value.message("id") != caught.value.message("en")
        assert caught.value.hint("id") or code == "opsi-tidak-dikenal"  # its message lists the choices


def test_extreme_levels():
    assert sample_size(100, level="0." + "9" * 27, chi2="exact").n == 99
    with pytest.raises(OptionError) as caught:
        sample_size(100, level="0." + "9" * 400, chi2="exact")
    assert caught.value.code == "angka-tidak-terbaca"


def test_ambiguous_percent_shows_both_readings():
    with pytest.raises(OptionError) as caught:
        sample_size(100, margin="0,05%")
    assert "0,0005" in caught.value.message("id")
    assert "0,05 (tanda persen keliru)" in caught.value.message("id")


def test_table_method_names_what_was_asked():
    with pytest.raises(OptionError) as caught:
        sample_size(100, method="tabel-bawah", level="0.99", rounding="ceil")
    assert "level=0.99, rounding=ceil" in caught.value.message()


# --- properties ---


@given(populations, any_options)
@example(10, {"method": "tabel-atas"})
def test_never_more_than_the_population_and_monotone(population, options):
    here, next_up = sample_size(population, **options).n, sample_size(population + 1, **options).n
    assert 1 <= here <= population
    assert here <= next_up
    if options.get("method") not in TABLE_METHODS:
        assert next_up <= here + 1


@given(populations, st.data(), any_options)
def test_adequacy_agrees_with_sample_size(population, data, options):
    n = data.draw(st.integers(0, min(population, 20_000)))
    found, size = adequacy(n, population, **options), sample_size(population, **options)
    assert found.required == size.n
    assert found.adequate == (n >= size.n) == (found.shortfall == 0)
    assert found.n + found.shortfall == max(n, size.n)
    if found.max_population is not None:
        assert found.adequate == (population <= found.max_population)
    else:
        assert found.adequate


@given(st.integers(1, 1000), any_options)
def test_max_population_is_exact_at_its_boundary(n, options):
    top = adequacy(n, n, **options).max_population
    if top is None:
        assert sample_size(10**30, **options).n <= n
    else:
        assert top >= n
        assert sample_size(top, **options).n <= n
        assert sample_size(top + 1, **options).n > n


@given(populations)
def test_formula_lies_between_the_rows(population):
    formula, below, above = (policy.required for policy in sample_size(population).policies)
    assert min(below, population) <= formula <= above


@given(st.integers(2, 5000), st.integers(1, 5000))
def test_margin_shrinks_with_n_and_grows_with_population(n, more):
    population = n + more
    margin = adequacy(n, population).margin
    assert 0 < margin < 1
    assert adequacy(n + 1, population).margin < margin
    assert adequacy(n, population + 1).margin > margin


@given(populations, st.sampled_from(["half-up", "ceil"]))
@example(255, "half-up")
@example(244_864, "half-up")
def test_printed_value_before_rounding_leads_to_n(population, rounding):
    """A reader who rounds the number shown in the derivation must land on n."""
    size = sample_size(population, rounding=rounding)
    shown = Fraction(dict(size.steps[2].nilai)["nilai"])
    assert (math.ceil(shown) if rounding == "ceil" else math.floor(shown + Fraction(1, 2))) == size.n


# --- results for people and programs ---


def test_steps_show_the_formula_filled_in():
    steps = [str(step) for step in sample_size(3441).steps]
    assert "n = 3,841 * 3441 * 0,5 * 0,5 / (0,05^2 * (3441 - 1) + 3,841 * 0,5 * 0,5)" in steps[2]
    assert steps[2].endswith("= 3304,22025 / 9,56025 = 345,62")
    assert "346" in steps[3]
    assert sample_size(255).steps[2].text("en").endswith("= 153.496")


def test_steps_can_be_typed_into_a_spreadsheet():
    """The filled-in line, evaluated as written, gives the numbers it claims."""
    line = sample_size(3441, level="99%", margin="3%", p="0.3").steps[2].text("en")
    formula, quotient, claimed = line.removeprefix("n = ").split(" = ")
    assert re.fullmatch(r"[\d.*^/+() -]+", formula)
    for expression in (formula, quotient):
        value = eval(expression.replace("^", "**"))  # only digits and signs, as just asserted
        assert value == pytest.approx(float(claimed), abs=0.005)


def test_adequacy_table_says_what_an_office_needs():
    text = str(adequacy(341, 3441))
    for part in ("346", "341", "3.000", "3.500", '"dapat"', "tidak mengatur N yang berada di antara dua baris",
                 "hlm. 25-26", "5,04 %", "acak", "ya/tidak", "3.071", "tambah 5", "Periode mana"):  # fmt: skip
        assert part in text
    english = adequacy(341, 3441).table("en").to_text()
    for part in ("3,000", '"may"', "5.04 %", "at random", "yes/no", "3,071", "add 5 respondents", "Which period"):
        assert part in english


CASES = [
    (341, 3441, {}),
    (346, 3441, {}),
    (217, 500, {}),
    (100, 3441, {}),
    (0, 3441, {}),
    (7, 7, {}),
    (3, 7, {"method": "tabel-bawah"}),
    (341, 3441, {"method": "tabel-bawah"}),
    (10, 11, {"method": "tabel-atas"}),
    (500, 500, {"method": "tabel-atas"}),
    (390, 2_000_000, {"method": "tabel-atas"}),
    (390, 2_000_000, {"rounding": "ceil", "chi2": "exact"}),
    (50, 3441, {"level": "99%", "margin": "0.9", "p": "0.01"}),
    (100, 3441, {"method": "cochran"}),
    (93, 120, {"method": "slovin"}),
    (360, 3441, {"deff": "1,5"}),
    (1, 3441, {"method": "slovin", "margin": "0.9", "rounding": "half-up"}),
]


@pytest.mark.parametrize(("n", "population", "options"), CASES)
def test_tables_in_both_languages(n, population, options):
    own = {k: v for k, v in options.items() if k != "deff"}
    for result in (adequacy(n, population, **options), sample_size(population, **own)):
        indonesian, english = result.table("id"), result.table("en")
        assert [c.key for c in indonesian.columns] == [c.key for c in english.columns]
        assert len(indonesian.notes) == len(english.notes)
        assert not set(indonesian.notes) & set(english.notes)
        assert sum("(dipakai)" in row[0] for row in indonesian.rows) == 1
        assert sum("(used)" in row[0] for row in english.rows) == 1
        indonesian.to_text().encode("ascii")  # every terminal can show it
        assert result._repr_html_().startswith("<table>")
        assert "\n" not in repr(result)


def test_every_text_is_used_by_some_case(monkeypatch):
    seen = set()
    plain_text = messages.text

    def spy(area, code, lang=None, /, **fields):
        seen.add((area, code))
        return plain_text(area, code, lang, **fields)

    monkeypatch.setattr(messages, "text", spy)
    for n, population, options in CASES:
        result = adequacy(n, population, **options)
        assert repr(result)
        assert repr(result.size)
        result.table()
        result.size.table()
    assert {code for area, code in seen if area == "sampling"} == set(messages.catalogue("sampling"))


def test_row_of_the_population_is_shown_once():
    assert len(adequacy(217, 500).table().rows) == 2
    assert len(adequacy(341, 3441).table().rows) == 3


def test_slightly_wide_margin_of_an_adequate_sample_is_explained():
    assert any("dibulatkan ke bilangan terdekat" in note and "5,01" not in note and "di atas 5 %" in note
               for note in adequacy(217, 500).table().notes)  # fmt: skip
    assert not any("di atas 5 %" in note for note in adequacy(341, 3441).table().notes)


def test_frames_are_numeric():
    frame = adequacy(341, 3441).to_frame()
    assert list(frame.columns) == [
        "method", "chosen", "population", "row_population", "required", "n", "shortfall", "adequate",
    ]  # fmt: skip
    assert frame["method"].tolist() == METHODS
    assert frame["required"].tolist() == [346, 341, 346]
    assert frame["shortfall"].tolist() == [5, 0, 5]
    assert frame["adequate"].tolist() == [False, True, False]
    assert {str(frame[name].dtype) for name in ("population", "row_population", "required", "n", "shortfall")} == {
        "Int64"
    }
    assert str(frame["adequate"].dtype) == "bool"
    assert frame["row_population"].isna().tolist() == [True, False, False]
    assert sample_size(3441).to_frame()["chosen"].tolist() == [True, False, False]


def test_dict_is_json_ready_and_free_of_language_but_for_steps():
    found = adequacy(341, 3441, level="0,95")
    data = json.loads(json.dumps(found.to_dict("id"), allow_nan=False))
    other = json.loads(json.dumps(found.to_dict("en"), allow_nan=False))
    assert data["max_population"] == 3071
    assert data["sample_size"]["policies"] == {"krejcie-morgan": 346, "tabel-bawah": 341, "tabel-atas": 346}
    assert data["sample_size"]["exact"] == "345.620695"
    assert data["sample_size"]["options"] == {
        "method": "krejcie-morgan",
        "level": "0.95",
        "margin": "0.05",
        "p": "0.5",
        "rounding": "half-up",
        "chi2": "tabel",
    }
    assert data["sample_size"].pop("steps") != other["sample_size"].pop("steps")
    assert data == other


def test_results_are_values():
    found = adequacy(341, 3441)
    assert found == adequacy("341", "3.441")
    assert hash(found) == hash(adequacy(341, 3441))
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(AttributeError):
        found.n = 5
