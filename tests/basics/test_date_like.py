"""A text is a date or none by the same grammar, whether it is told apart by its beginning or read whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skm.basics import dates

WORDS = ["senin", "Jumat", "jum'at", "1", "12", "2026", "26", "mei", "Agustus", "sept", "saran", "20260102", "45123,5"]
BETWEEN = [" ", ", ", "-", "/", ".", "\t", "\n", "T10:30", " 10:30 WIB", "pukul "]


@given(st.lists(st.sampled_from(WORDS + BETWEEN), min_size=1, max_size=7).map("".join))
def test_what_begins_like_no_date_is_none(text: str) -> None:
    whole = len(text) >= 6 and bool(text.strip()) and not text.strip().isdigit() and not dates._read_cell(text).salah
    assert dates.is_date_like(text) == whole
