"""Every usual phrase for a period is understood whole or refused; a period stays a value until it is printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.basics.periods import parse_period
from skm.errors import OptionError

ROMAN = ("I", "II", "III", "IV")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip
UNTIL = (" s/d ", " s.d. ", " s.d ", " sd ", " sampai dengan ", " sampai ", " hingga ", "-", " - ", " \u2013 ", " S/D ")
YEARS = ("{}", "Tahun {}", "TA {}", "T.A. {}", "Tahun Anggaran {}", "TAHUN {}", "Thn. {}")
UNITS = {6: ("Semester", "semester", "SMT", "Smt.", "Sem."), 3: ("Triwulan", "TW", "Tw.", "TRIWULAN", "Kuartal", "Q")}


@given(st.integers(2001, 2090), st.sampled_from([6, 3]), st.integers(0, 3), st.sampled_from(YEARS), st.data())
def test_units_in_every_spelling(year: int, months: int, number: int, form: str, data: st.DataObject) -> None:
    """Semester and triwulan with roman or plain numbers, the year in any form, the months in brackets."""
    number %= 12 // months
    word, until = data.draw(st.sampled_from(UNITS[months])), data.draw(st.sampled_from(UNTIL))
    position = (ROMAN[number], str(number + 1), f"ke-{number + 1}", f"Ke {ROMAN[number]}")[data.draw(st.integers(0, 3))]
    first, last = MONTHS[number * months], MONTHS[(number + 1) * months - 1]
    wanted = f"{year}-{'S' if months == 6 else 'TW'}{number + 1}"
    when = form.format(year)
    for text in (
        f"{word} {position} {when}",
        f"{word} {position} - {year}",
        f"{word} {position}/{year}",
        f"{year} {word} {position}",
        f"Periode {word} {position} {when}",
        f"{word} {position} ({first}{until}{last}) {when}",
        f"{word} {position} ({first}{until}{last} {year})",
        f"{word} {position} {when} ({first}{until}{last})",
        f"{first}{until}{last} {when}",
        f"{first} {year}{until}{last} {year}",
    ):
        assert parse_period(text).label == wanted, text


@given(st.dates(date(2001, 1, 1), date(2089, 12, 31)), st.integers(0, 700), st.sampled_from(UNTIL))
def test_from_day_to_day(first: date, days: int, until: str) -> None:
    """Days in words and in figures, with the year at both ends or at the last only."""
    last = first + timedelta(days)
    named = [f"{d.day} {MONTHS[d.month - 1]}" for d in (first, last)]
    texts = [f"{named[0]} {first.year}{until}{named[1]} {last.year}", f"{first.isoformat()}{until}{last.isoformat()}"]
    if first.year == last.year:
        texts.append(f"{named[0]}{until}{named[1]} {last.year}")
        if first.month == last.month:
            texts.append(f"{first.day}{until}{last.day} {MONTHS[last.month - 1]} {last.year}")
    if first.day > 12 or last.day > 12:
        texts.append(f"{first:%d/%m/%Y}{until}{last:%d/%m/%Y}")
    for text in texts:
        found = parse_period(text)
        assert (found.dari, found.hingga) == (first, last), text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1 Januari s/d 30 Juni 2026", "2026-S1"),
        ("Semester I TA 2026", "2026-S1"),
        ("Semester I (Januari-Juni) 2026", "2026-S1"),
        ("Semester Ganjil 2025/2026", "2025-S2"),
        ("Semester Genap Tahun Ajaran 2025/2026", "2026-S1"),
        ("Tahun Ajaran 2025/2026", "2025-07-01..2026-06-30"),
        ("Juli, Agustus dan September 2026", "2026-TW3"),
        ("Triwulan I s.d. III 2026", "2026-01-01..2026-09-30"),
        ("Semester I dan II Tahun 2026", "2026"),
        ("Desember 2025 - Februari 2026", "2025-12-01..2026-02-28"),
        ("2024 s/d 2026", "2024-01-01..2026-12-31"),
        ("January to June 2026", "2026-S1"),
        ("07/2026", "2026-07"),
        ("17 Agustus 2026", "2026-08-17..2026-08-17"),
    ],
)
def test_phrases(text: str, label: str) -> None:
    """Phrases as offices write them."""
    assert parse_period(text).label == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026/1", "periode-mendua"),
        ("2025/2026", "periode-mendua"),
        ("3/4/2026 s/d 5/6/2026", "periode-mendua"),
        ("Semester Genap 2026", "periode-ganjil"),
        ("Semester I", "periode-tanpa-tahun"),
        ("Januari-Juni", "periode-tanpa-tahun"),
        ("Semester I (Juli-Desember) 2026", "periode-bertentangan"),
        ("Juni 2026 s/d Mei 2026", "periode-terbalik"),
        ("Triwulan I dan III 2026", "periode-tidak-dikenal"),
        ("Minggu II Juli 2026", "periode-tidak-dikenal"),
        ("Semester III 2026", "periode-tidak-dikenal"),
        ("30 Februari 2026", "periode-tidak-dikenal"),
        ("s.d. Juni 2026", "periode-tidak-dikenal"),
        ("Semester I 2026 kecuali Maret", "periode-tidak-dikenal"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    """What means several things, or is not understood whole, is refused and says what to write."""
    with pytest.raises(OptionError) as problem:
        parse_period(text)
    assert problem.value.code == code
    assert problem.value.hint("id")
    assert problem.value.hint("en")


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    """Any text is a period or an `OptionError`."""
    try:
        parse_period(text)
    except OptionError:
        return


def _three(path: Path) -> Path:
    rows = ["Tanggal;" + ";".join(f"U{i}" for i in range(1, 10))]
    for k, (day, level) in enumerate([("2025-03-01", 3), ("2025-09-01", 4), ("2026-02-01", 3)] * 6):
        rows.append(f"{day};" + ";".join(str(level if (k + i) % 3 else 2) for i in range(9)))
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_a_trend_of_periods_of_one_survey(tmp_path: Path) -> None:
    """The period of a result is a value: a trend reads it, and a stored result gives it back."""
    survei = skm.read(_three(tmp_path / "a.csv"))
    results = [skm.score(survei.period(p)) for p in ("2025-S1", "Semester II Tahun 2025", "Januari s/d Juni 2026")]
    assert [r.provenance.periode for r in results] == [parse_period(p) for p in ("2025-S1", "2025-S2", "2026-S1")]
    trend = skm.trend(results)
    assert [t.periode.label for t in trend.titik] == ["2025-S1", "2025-S2", "2026-S1"]
    stored = [r.to_dict() for r in results]
    assert [s["provenance"]["periode"] for s in stored] == ["2025-S1", "2025-S2", "2026-S1"]
    assert [t.periode for t in skm.trend(stored).titik] == [t.periode for t in trend.titik]


def test_sentences_are_made_when_printed(tmp_path: Path) -> None:
    """Period, exclusion and repair come out in the language asked for."""
    survei = skm.read(_three(tmp_path / "a.csv")).period("2025-S2").exclude([True, *[False] * 5], alasan="test entry")
    hasil = skm.score(survei)
    english, indonesian = hasil.table("en").to_text(), hasil.table("id").to_text()
    assert "2025-S2 (2025-07-01 to 2025-12-31)" in english
    assert "1 respondents left out (test entry)" in english
    assert "2025-S2 (2025-07-01 s.d. 2025-12-31)" in indonesian
    assert "1 responden dikeluarkan (test entry)" in indonesian
    assert not any(word in english for word in ("s.d.", "dikeluarkan", " baris ", "tanpa tanggal"))
