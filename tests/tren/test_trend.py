"""The index over periods: order of time, one weight, sentences, gaps, uncertainty, bad inputs."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm import publikasi, tren
from skm.basics.periods import parse_period
from skm.errors import SKMError

UNSUR = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]


def counts(fours: int, threes: int = 100, unsur: list[str] = UNSUR) -> dict[str, tuple[int, int, int, int]]:
    return dict.fromkeys(unsur, (0, 0, threes, fours))


def codes(t: tren.Tren) -> list[str]:
    return [f.kode for f in t.catatan]


def test_wonoasih_as_printed_and_as_computed() -> None:
    """94.15 to 94.17 as printed, 89.31 beside it with the note that it deserves."""
    t = skm.trend({"2023": "94,15", "2024": publikasi.load("wonoasih-2024-s2")})
    assert t.kalimat("id") == "IKM naik 0,02 dari 94,15 (2023) menjadi 94,17 (2024)."
    assert t.kalimat("en") == "The index rose by 0.02 from 94.15 (2023) to 94.17 (2024)."
    assert t.perubahan == Decimal("0.02")
    assert t.titik[1].hitung_ulang == Decimal("89.31")
    assert codes(t) == ["tren-bobot-tak-diketahui", "tren-tercetak-beda"]
    text = t.table("id").to_text()
    assert "94,17            89,31" in text
    assert t.titik[1].mutu == "A"


def test_wonoasih_targets_as_a_series() -> None:
    """The targets 2019-2024 only rise."""
    goals = {"2019": "84,50", "2020": "84,60", "2021": "85,60", "2022": "94,12", "2023": "94,13", "2024": "94,14"}
    t = skm.trend(goals)
    assert [s.selisih for s in t.langkah] == [Decimal(x) for x in ("0.10", "1.00", "8.52", "0.01", "0.01")]
    assert t.kalimat("id").startswith(
        "IKM naik pada setiap periode yang diukur, dari 84,50 (2019) menjadi 94,14 (2024)"
    )
    assert "naik 9,64 dalam 6 periode" in t.kalimat("id")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["90"], "IKM 2021 90 (A); belum ada periode lain untuk dibandingkan."),
        (["90,00", "90,00"], "IKM tetap 90,00 pada 2021 dan 2022."),
        (["90,00", "89,99"], "IKM turun 0,01 dari 90,00 (2021) menjadi 89,99 (2022)."),
        (["90,00"] * 3, "IKM tetap 90,00 pada 3 periode, 2021 sampai 2023."),
        (
            ["80,00", "81,00", "81,50"],
            (
                "IKM naik pada setiap periode yang diukur, dari 80,00 (2021) menjadi 81,50 (2023); "
                "seluruhnya naik 1,50 dalam 3 periode."
            ),
        ),
        (
            ["80,00", "79,00", "78,50"],
            (
                "IKM turun pada setiap periode yang diukur, dari 80,00 (2021) menjadi 78,50 (2023); "
                "seluruhnya turun 1,50 dalam 3 periode."
            ),
        ),
        (
            ["80,00", "81,00", "81,00"],
            "IKM naik 1,00 dari 80,00 (2021) menjadi 81,00 (2023) dalam 3 periode, kadang tetap dan tidak pernah turun.",
        ),
        (
            ["81,00", "81,00", "80,00"],
            "IKM turun 1,00 dari 81,00 (2021) menjadi 80,00 (2023) dalam 3 periode, kadang tetap dan tidak pernah naik.",
        ),
        (
            ["80,00", "83,00", "81,00"],
            (
                "IKM naik 1,00 dari 80,00 (2021) menjadi 81,00 (2023), tetapi tidak terus-menerus (1 kali naik, "
                "1 kali turun); tertinggi 83,00 (2022) dan terendah 80,00 (2021) dalam 3 periode."
            ),
        ),
        (
            ["82,00", "80,00", "80,00", "81,00"],
            (
                "IKM turun 1,00 dari 82,00 (2021) menjadi 81,00 (2024), tetapi tidak terus-menerus (1 kali naik, "
                "1 kali turun, 1 kali tetap); tertinggi 82,00 (2021) dan terendah 80,00 (2022, 2023) dalam 4 periode."
            ),
        ),
        (
            ["82,00", "80,00", "82,00"],
            (
                "IKM 82,00 (2023) sama dengan 82,00 (2021), selisih 0,00, setelah berubah di antaranya (1 kali naik, "
                "1 kali turun); tertinggi 82,00 (2021, 2023) dan terendah 80,00 (2022) dalam 3 periode."
            ),
        ),
    ],
)
def test_sentences(values: list[str], expected: str) -> None:
    """One, two, many; ties, up, down, there and back; the English one exists."""
    t = skm.trend({str(2021 + i): v for i, v in enumerate(values)})
    assert t.kalimat("id") == expected
    assert t.kalimat("en") != expected


def test_order_is_time_not_spelling() -> None:
    """2024-TW10 does not exist, 2024-S2 follows 2024-S1, months sort by number; labels are one spelling."""
    t = skm.trend({"Semester II 2024": 91, "2023-S2": 89, "Semester I Tahun 2024": 90})
    assert [p.periode.label for p in t.titik] == ["2023-S2", "2024-S1", "2024-S2"]
    months = skm.trend({"Oktober 2024": 91, "2024-9": 90, "Nov 2024": 92})
    assert [p.periode.label for p in months.titik] == ["2024-09", "2024-10", "2024-11"]
    assert not months.jeda


@given(st.permutations(["2020", "2021", "2022", "2023", "2024"]))
def test_order_of_input_does_not_matter(order: list[str]) -> None:
    """The same series in any order of keys."""
    figures = dict(
        zip(["2020", "2021", "2022", "2023", "2024"], ["80,00", "82,00", "81,00", "81,00", "85,00"], strict=True)
    )
    assert skm.trend({p: figures[p] for p in order}).to_dict() == skm.trend(figures).to_dict()


@given(st.lists(st.integers(2500, 10000), min_size=2, max_size=8))
def test_changes_add_up_and_words_have_the_right_sign(values: list[int]) -> None:
    """Steps sum to the whole change; each word agrees with its sign; the frame says the same."""
    t = skm.trend({str(2010 + i): Decimal(v).scaleb(-2) for i, v in enumerate(values)})
    assert sum(s.selisih for s in t.langkah if s.selisih is not None) == t.perubahan
    for step, (a, b) in zip(t.langkah, pairwise(values), strict=True):
        assert step.arah == ("naik" if b > a else "turun" if b < a else "tetap")
    first, last = values[0], values[-1]
    words = t.kalimat("id").split()
    assert ("naik" in words[:2]) == (last > first)
    assert ("turun" in words[:2]) == (last < first)
    assert t.to_frame()["perubahan"].isna().sum() == 1


def test_known_weights_are_brought_to_one() -> None:
    """A stored result under 0.111 is recomputed under the latest weight; nothing has changed between the two."""
    old = skm.score_counts(counts(50), bobot="0.111")
    new = skm.score_counts(counts(50))
    t = skm.trend({"2023": old, "2024": new})
    assert (old.ikm, new.ikm) == (Decimal("83.25"), Decimal("83.33"))
    assert [p.setara for p in t.titik] == [new.ikm, new.ikm]
    assert t.kalimat("id") == "IKM tetap 83,33 pada 2023 dan 2024."
    assert codes(t) == ["tren-disetarakan"]
    assert "bobot 1/9: 2023 83,25 menjadi 83,33" in t.catatan[0].text("id")
    back = skm.trend({"2023": old, "2024": new}, bobot="0,11")
    assert {p.setara for p in back.titik} == {Decimal("82.50")}


def test_early_rounding_is_a_different_rule_too() -> None:
    """indeks-2 against nik-2: recomputed."""
    old = skm.score_counts(counts(50), pembulatan="indeks-2")
    t = skm.trend({"2023": old, "2024": skm.score_counts(counts(50))})
    assert (old.ikm, t.titik[0].setara) == (Decimal("83.25"), Decimal("83.33"))


def test_a_printed_figure_with_its_weight_is_scaled() -> None:
    """88.41 under 0.11 is 89.30 or 89.31 under 1/9: the same as far as rounding shows."""
    hasil = skm.score(skm.read(skm.contoh()))
    t = skm.trend({"2023": {"ikm": "88,41", "bobot": "0,11"}, "2024": hasil})
    assert (t.titik[0].setara, t.titik[0].perkiraan) == (Decimal("89.30"), True)
    assert t.langkah[0].arah == "tetap"
    assert "tidak dapat dibedakan pada ketelitian" in t.kalimat("id")
    assert codes(t) == ["tren-disetarakan", "tren-perkiraan"]


def test_weights_that_cannot_be_made_equal_are_not_compared() -> None:
    """A printed figure under an agency's own weights: no change, and said so."""
    own = "persyaratan=1/2, waktu=1/2"
    t = skm.trend({"2023": {"ikm": "95,00", "bobot": own}, "2024": skm.score_counts(counts(50))})
    assert t.titik[0].setara is None
    assert t.langkah[0].selisih is None
    assert t.perubahan is None
    assert "tren-tidak-setara" in codes(t)
    assert "Tidak ikut dibandingkan" in t.kalimat("id")
    assert "(weight persyaratan=1/2" in t.kalimat("en")
    assert "2023" in t.seri()


def test_own_weights_of_a_result_are_recomputed() -> None:
    """Means are known, so an equal weight of the later period can be applied."""
    weights = {u: "0,2" if u == "waktu" else "0,1" for u in UNSUR}
    old = skm.score_counts({**counts(50), "waktu": (0, 0, 0, 150)}, bobot=weights)
    t = skm.trend({"2023": old, "2024": skm.score_counts(counts(50))})
    assert t.titik[0].setara == skm.score_counts({**counts(50), "waktu": (0, 0, 0, 150)}).ikm
    both = skm.trend({"2023": old, "2024": skm.score_counts(counts(60), bobot=weights)})
    assert both.titik[0].setara == old.ikm
    assert codes(both) == []
    reverse = skm.trend({"2023": skm.score_counts(counts(50)), "2024": old})
    assert reverse.titik[0].setara == skm.score_counts(counts(50), bobot=weights).ikm


def test_unknown_weights_are_told() -> None:
    """Printed figures without a weight are compared, with the note."""
    t = skm.trend({"2023": "83,25", "2024": skm.score_counts(counts(50))})
    assert t.perubahan == Decimal("0.08")
    assert codes(t) == ["tren-bobot-tak-diketahui"]


def test_stored_results_come_back(tmp_path: Path) -> None:
    """hasil.json, the command's document, and the mapping itself give the same as the result."""
    hasil = skm.score(skm.read(skm.contoh()), bobot="0.111")
    stored = tmp_path / "hasil.json"
    stored.write_text(json.dumps(hasil.to_dict()), encoding="utf-8-sig")
    envelope = tmp_path / "dokumen.json"
    envelope.write_text(json.dumps({"versi_skema": "1", "hasil": hasil.to_dict(), "peringatan": []}), encoding="utf-8")
    command = {"versi_skema": "1", "hasil": {"keseluruhan": hasil.to_dict(), "kelompok": None}}
    report = {"versi_skema": "1", "keseluruhan": hasil.to_dict(), "profil": None}
    later = skm.score_counts(counts(50))
    wanted = skm.trend({"2023": hasil, "2024": later}).to_dict()
    for value in (stored, str(stored), envelope, hasil.to_dict(), command, report):
        assert skm.trend({"2023": value, "2024": later}).to_dict() == wanted
    assert wanted["periode"][0]["setara"] == "89.31"


def test_a_result_that_names_its_period() -> None:
    """A list of publications needs no keys."""
    t = skm.trend([publikasi.load("wonoasih-2024-s2"), ("2023-S2", "94,15")])
    assert [p.periode.label for p in t.titik] == ["2023-S2", "2024-S2"]


def test_gaps_are_shown_and_not_bridged() -> None:
    """A missing year is a row of its own; no change is computed across it."""
    t = skm.trend({"2019": "80,00", "2020": "81,00", "2023": "84,00"})
    assert [p.label for p in t.jeda] == ["2021", "2022"]
    assert [(s.dari.label, s.ke.label) for s in t.langkah] == [("2019", "2020")]
    assert list(t.seri()) == ["2019", "2020", "2021", "2022", "2023"]
    assert t.seri()["2021"] is None
    assert len(t.table("id").rows) == 5
    assert t.kalimat("id").endswith("Tanpa data: 2021, 2022.")
    assert t.perubahan == Decimal("4.00")


@pytest.mark.parametrize(
    ("periods", "missing"),
    [
        (["2022-S2", "2023-S2", "2024-S2"], []),
        (["2022-S2", "2024-S2"], ["2023-S2"]),
        (["2022-S2", "2023-S2", "2024-S1"], ["2023-S1"]),
        (["2023-TW1", "2023-TW3", "2024-TW1"], []),
        (["2023-TW1", "2023-TW2", "2024-TW1"], ["2023-TW3", "2023-TW4"]),
        (["2020", "2022", "2024"], ["2021", "2023"]),
        (["2024-11", "2024-12", "2025-02"], ["2025-01"]),
        (["2023-06-01..2023-10-31", "2024-06-01..2024-10-31"], []),
    ],
)
def test_the_rhythm_of_a_series(periods: list[str], missing: list[str]) -> None:
    """A survey every second semester has no gap; one that skips a year has."""
    t = skm.trend({p: 80 + i for i, p in enumerate(periods)})
    assert [p.label for p in t.jeda] == missing


def test_overlapping_and_unequal_periods() -> None:
    """No change between a year and its own semester; different lengths are noted."""
    t = skm.trend({"2024-S1": 80, "2024": 82, "2025": 83})
    assert {"tren-tumpang-tindih", "tren-panjang-beda"} <= set(codes(t))
    assert [(s.dari.label, s.ke.label) for s in t.langkah] == [("2024", "2025")]


@pytest.mark.parametrize(
    "twice", [["2024", "2024"], ["2024-S2", "Semester II 2024"], ["2024-07-01..2024-12-31", "2024-S2"]]
)
def test_a_period_twice_is_an_error(twice: list[str]) -> None:
    """Also under another spelling."""
    with pytest.raises(SKMError) as caught:
        skm.trend([(p, 80) for p in twice])
    assert caught.value.code == "tren-periode-ganda"


def test_a_change_of_regulation_is_told() -> None:
    """Under the 2004 decree 82 was an A, now it is a B: numbers compare, letters do not."""
    t = skm.trend({"2016": {"ikm": "82,00", "mutu": "A"}, "2018": "82,00"})
    assert {"tren-regulasi-ganti", "tren-regulasi-tak-diketahui"} & set(codes(t))
    assert [p.mutu for p in t.titik] == ["A", "B"]
    note = next(f for f in t.catatan if f.kode.startswith("tren-regulasi"))
    assert "huruf" in note.text("id")
    assert "letters" in note.text("en")


def test_different_rules_and_unsur_are_told() -> None:
    """kosong differs; an unsur is gone and another new."""
    rows = [{f"u{i}": 4 - (i == 3) for i in range(1, 10)}, {f"u{i}": 3 if i < 9 else None for i in range(1, 10)}]
    a = skm.score(rows, kosong="hanya-lengkap", u8="pengaduan")
    b = skm.score(rows, u8="pengaduan")
    assert "tren-aturan-beda" in codes(skm.trend({"2023": a, "2024": b}))
    eight = skm.score_counts(counts(50, unsur=UNSUR[:8]))
    assert "tren-unsur-beda" in codes(skm.trend({"2023": eight, "2024": skm.score_counts(counts(50))}))


def test_uncertainty_from_answers() -> None:
    """Two periods given as answers: Welch's interval of the difference, that of the statistics."""
    from skm.counts.reduce import PATTERNS, reduce
    from skm.stats import _core as statistik

    first, second = skm.read(skm.contoh()), skm.read(skm.contoh())
    t = skm.trend({"2023": first, "2024": second})
    step = t.langkah[0]
    own = statistik.mean_interval(reduce(first.bacaan, (), PATTERNS).pola)
    assert isinstance(own, statistik.MeanInterval)
    expected = statistik.difference(own, own)
    assert step.interval is not None
    assert (step.interval.low, step.interval.high) == (expected.ikm.interval.low, expected.ikm.interval.high)
    assert step.galat_baku == pytest.approx(own.ikm.se * 2**0.5)
    assert step.nyata is False
    assert "memuat nol" in t.kalimat("id")
    assert "Selang 95%" in t.table("id").to_text()


def test_uncertainty_follows_the_common_weight() -> None:
    """Answers under 0.11: the interval is of the figure that stands in the table."""
    t = skm.trend({"2023": skm.read(skm.contoh()), "2024": skm.read(skm.contoh())}, bobot="0.11")
    assert {p.setara for p in t.titik} == {Decimal("88.42")}
    assert "tren-interval-lain" not in codes(t)
    assert t.langkah[0].interval is not None


def test_uncertainty_from_standard_errors() -> None:
    """Printed figures with standard errors: normal interval, hand-worked."""
    a = {"ikm": "85,00", "galat_baku": "0,3"}
    b = {"ikm": "86,00", "galat_baku": "0,4"}
    step = skm.trend({"2023": a, "2024": b}).langkah[0]
    assert step.galat_baku == pytest.approx(0.5)
    assert step.interval is not None
    assert (step.interval.low, step.interval.high) == pytest.approx(
        (1 - 0.5 * 1.959963984540054, 1 + 0.5 * 1.959963984540054)
    )
    assert step.nyata is True
    assert skm.trend({"2023": "85,00", "2024": "86,00"}, interval={"2023": 0.3, "2024": "0,4"}).langkah[0].nyata is True
    assert skm.trend({"2023": a, "2024": "86,00"}).langkah[0].interval is None


def test_an_interval_of_something_else_is_refused() -> None:
    """An interval whose estimate is not the figure is not used, and said so."""
    from skm.counts.reduce import PATTERNS, reduce
    from skm.stats import _core as statistik

    own = statistik.mean_interval(reduce(skm.read(skm.contoh()).bacaan, (), PATTERNS).pola)
    t = skm.trend({"2023": "94,15", "2024": "94,17"}, interval={"2023": own, "2024": own})
    assert codes(t).count("tren-interval-lain") == 2
    assert t.langkah[0].interval is None


def test_printed_decimals_count() -> None:
    """84.6 against 84.57 is no fall; 84.6 against 85.0 is a rise. A program's 84.6 is 84.60."""
    assert skm.trend({"2023": "84,6", "2024": "84,57"}).langkah[0].arah == "tetap"
    assert skm.trend({"2023": "84,6", "2024": "85,0"}).langkah[0].arah == "naik"
    assert skm.trend({"2023": 84.6, "2024": 84.57}).langkah[0].arah == "turun"
    assert "tren-desimal" in codes(skm.trend({"2023": "84,6", "2024": "84,57"}))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "tren-kosong"),
        ([], "tren-kosong"),
        ({"2024": "3,57"}, "tren-di-luar-skala"),
        ({"2024": "120"}, "tren-di-luar-skala"),
        ({"2024": "baik"}, "angka-tidak-terbaca"),
        ({"2024": None}, "tren-tanpa-angka"),
        ({"tahun lalu": "80"}, "periode-tidak-dikenal"),
        (["80"], "tren-tanpa-periode"),
        ({"2024": {"ikm": "80", "bobott": "0,11"}}, "tren-kunci"),
        ({"2024": {"hasil": {"provenance": {}}}}, "tren-dokumen"),
        ({"2024": "tidak ada.json"}, "berkas-tidak-ada"),
        ({"2024": {"ikm": "80", "galat_baku": "-1"}}, "tren-galat-baku"),
        ({"2024": {"unsur": {"waktu": "3,5"}, "ikm": None}, "2024-13": "80"}, "periode-tidak-dikenal"),
    ],
)
def test_bad_inputs(data: Any, code: str) -> None:
    """Each with its own code, in both languages."""
    with pytest.raises(SKMError) as caught:
        skm.trend(data)
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_broken_files(tmp_path: Path) -> None:
    """A file that is no JSON, and JSON that is no result."""
    path = tmp_path / "x.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SKMError) as caught:
        skm.trend({"2024": path})
    assert caught.value.code == "masukan-json-rusak"
    path.write_text('{"hasil": {"provenance": 3, "unsur": []}}', encoding="utf-8")
    with pytest.raises(SKMError) as caught:
        skm.trend({"2024": path})
    assert caught.value.code == "tren-dokumen"


def test_level_and_keys_are_checked() -> None:
    """A level of 95 and an interval for a period that is not there."""
    with pytest.raises(SKMError) as caught:
        skm.trend({"2024": 80}, level=95)
    assert caught.value.code == "tingkat-interval"
    with pytest.raises(SKMError) as caught:
        skm.trend({"2024": 80}, interval={"2023": 0.5})
    assert caught.value.code == "opsi-tidak-dikenal"


def test_means_alone_are_enough() -> None:
    """A publication without an index but with all its means counts with the index they give."""
    t = skm.trend({"2024": {"unsur": dict.fromkeys(UNSUR, "3,50")}})
    assert t.titik[0].ikm == Decimal("87.50")


def test_a_combined_figure_is_a_point() -> None:
    """A figure of several units is a number with a known weight."""
    rows = [{"unit": u, **{f"u{i}": v for i in range(1, 10)}} for u, v in [("A", 4), ("B", 3)]]
    per = skm.combine(skm.score_by(rows, "unit", u8="sarana"), method="simple")
    t = skm.trend({"2023": "80,00", "2024": per})
    assert t.titik[1].ikm == Decimal("87.50")
    assert t.titik[1].bobot == "tepat"


def test_the_result_shows_and_travels() -> None:
    """Frame numeric, dict JSON-ready, HTML, frozen."""
    t = skm.trend({"2023": skm.read(skm.contoh()), "2024": "90,00", "2026": "91,00"})
    frame = t.to_frame()
    assert [str(frame[c].dtype) for c in ("ikm", "setara", "perubahan", "rendah")] == ["float64"] * 4
    assert str(frame["dari"].dtype).startswith("datetime64")
    json.dumps(t.to_dict("en"))
    assert "<table>" in t._repr_html_()
    with pytest.raises(AttributeError):
        t.bobot = "x"  # type: ignore[misc]
    assert repr(t) == t.table("id").to_text()


def test_periods_as_offices_write_them() -> None:
    """Spellings, edges, and what lies between."""
    assert parse_period("Juni s.d. Oktober 2024").hingga.isoformat() == "2024-10-31"
    assert parse_period(("2024-01-01", "2024-06-30")).label == "2024-S1"
    assert parse_period("Nov 2023 - Jan 2024").dari.isoformat() == "2023-11-01"
    assert [p.label for p in parse_period("2023-11").between(parse_period("2024-02"))] == ["2023-12", "2024-01"]
    assert parse_period("2024-S1").between(parse_period("2025")) == ()
    assert parse_period("2024-02").hingga.day == 29
    assert parse_period(("1 Juli 2026", "31/12/2026")).label == "2026-S2"
    with pytest.raises(SKMError):
        parse_period(("03/04/2026", "31/12/2026"))


@given(st.integers(2001, 2090), st.sampled_from([12, 6, 3, 1]), st.integers(0, 11))
def test_units_tile_the_year(year: int, months: int, position: int) -> None:
    """Every unit's label reads back to the same days, and the next one starts the day after."""
    number = position % (12 // months) + 1
    label = {12: f"{year}", 6: f"{year}-S{number}", 3: f"{year}-TW{number}", 1: f"{year}-{number:02d}"}[months]
    one = parse_period(label)
    assert (one.label, one.bulan) == (label, months)
    assert parse_period((one.dari, one.hingga)) == one
    assert Fraction((one.hingga - one.dari).days + 1, months) > 27


def test_the_report_shows_gaps_weights_and_the_order_of_time(tmp_path: Path) -> None:
    """Earlier periods in any order; a missing year breaks the line and is told; so is a weight that differs."""
    from skm.report import compile as gather
    from skm.report import write_html

    facts = {
        "unit": "Unit",
        "periode": "2024",
        "sebelumnya": [
            {"periode": "Tahun 2022", "ikm": "88,41", "bobot": "0,11"},
            {"periode": "2020", "ikm": "85,00", "bobot": "1/9"},
        ],
        "rtl": [{"unsur": "waktu", "kegiatan": "Tambah loket"}],
    }
    page = write_html(gather(skm.read(skm.contoh()), fakta=facts), tmp_path / "l.html").read_text(encoding="utf-8")
    assert "Tanpa data: 2021, 2023." in page
    assert "2022 88,41 menjadi 89,30" in page
    assert page.index("85,00") < page.index("88,41")
    assert "Unsur terendah tanpa rencana" not in page  # what the office should still do is no part of the document
    mixed = {**facts, "periode": "Semester II Tahun 2024", "sebelumnya": [{"periode": "2023-S2", "ikm": "85,00"}]}
    english = write_html(gather(skm.read(skm.contoh()), fakta=mixed), tmp_path / "e.html", lang="en")
    assert "No data: 2024-S1" not in english.read_text(encoding="utf-8")
    odd = {**facts, "sebelumnya": [{"periode": "Tahap satu", "ikm": "85,00"}]}
    page = write_html(gather(skm.read(skm.contoh()), fakta=odd), tmp_path / "o.html").read_text(encoding="utf-8")
    assert "Tahap satu" in page
    assert "Tanpa data" not in page


def test_the_chart_does_not_bridge_a_gap() -> None:
    """The line has a hole where a period has no figure."""
    import math

    from skm import charts

    t = skm.trend({"2020": "80,00", "2021": "81,00", "2023": "84,00"})
    line = charts.trend_line(t.seri()).lines[0].get_ydata()
    assert [math.isnan(float(v)) for v in line] == [False, False, True, False]


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_words_of_a_series_agree_with_what_rounding_lets_one_tell(decimals: int) -> None:
    """Small steps add up: the ends are compared themselves, and different numbers are never called the same."""
    slack = (Decimal(1), Decimal("0.1"), Decimal(0))[decimals]  # two decimals are the figure itself
    said = set()
    for steps in product((-2, -1, 0, 1, 2), repeat=3):
        values = [80 + Decimal(sum(steps[:i])).scaleb(-decimals) for i in range(4)]
        text = skm.trend({str(2020 + i): str(v) for i, v in enumerate(values)}).kalimat()
        first, last = values[0], values[-1]
        apart = abs(last - first) > slack
        assert ("IKM naik" in text) == (apart and last > first), (values, text)
        assert ("IKM turun" in text) == (apart and last < first), (values, text)
        assert ("sama dengan" in text) <= (first == last), (values, text)
        assert ("tidak dapat dibedakan" in text) == (not apart) or first == last, (values, text)
        said.add(text.split(" ")[1])
    assert {"naik", "turun"} <= said
