"""Tables for a terminal: columns under their headers, as the usual library for it draws them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.basics.columns import drawn, width

CELLS = st.text(alphabet="aZ9é,.-% ", min_size=1, max_size=9).filter(str.strip)
LINES = st.lists(CELLS, min_size=1, max_size=3).map("\n".join)


@given(st.data())
def test_as_tabulate_draws_them(data: st.DataObject) -> None:
    tabulate = pytest.importorskip("tabulate").tabulate
    wide = data.draw(st.integers(1, 5))
    headers = data.draw(st.lists(LINES, min_size=wide, max_size=wide))
    rows = data.draw(st.lists(st.lists(LINES | CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5))
    left = data.draw(st.lists(st.booleans(), min_size=wide, max_size=wide))
    sides = ["left" if first else "right" for first in left]
    theirs = tabulate(rows, headers=headers, colalign=sides, disable_numparse=True)
    assert drawn(headers, rows, left) == [line.rstrip() for line in theirs.splitlines()]


def test_every_line_is_as_wide_as_its_letters() -> None:
    headers, rows = ["Unit", "n"], [["邱医生", "1"], ["Siti", "20"], ["e\u0301", "300"]]
    ends = {width(line) for line in drawn(headers, rows, [True, False])}
    assert ends == {len("邱医生") * 2 + 2 + 3}
