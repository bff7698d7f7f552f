"""The quick look over sheet XML sees what the patterns see, or leaves the piece to them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm.basics.sheets.extent import Scan
from skm.basics.sheets.quick_look import look

NAMES = st.sampled_from(["c", "c", "c", "c", "x:c", "col", "cols", "f", "x:f", "row", "v", "is"])
REFERENCES = st.one_of(
    st.builds(
        lambda letters, row: f"{letters}{row}",
        st.sampled_from(["A", "B", "Z", "AA", "AZ", "XFD", "ZZZ"]),
        st.integers(1, 9_999_999),
    ),
    st.sampled_from(["A0", "A01", "a1", "AAAA1", "A12345678", "1", "", "A", "A1b", "A-1", "[1", "@1", "A:1", "A1:B2"]),
)
USUAL = ['"', '"', '" s="1"', '" t="e"', '" t="s"', '" s="12" t="str"', '" s="1" t="inlineStr" cm="1"', "'", "\" t='e'"]
ODD = ['" r="B2"', '" s="1>"', '" s="<"', '"s="1"', '"  s="1"', '" 1="2"', "\" x=\"' t='e' \"", '"\t']
ENDS = st.sampled_from([*USUAL, *ODD])
FORMULAS = ["<f>A1</f>", "<f>A1</f><v>2</v>", "<f/><v/>", "12<x"]
BODIES = st.sampled_from([">", "/>", " />", "><v>1</v></c>", *[f">{text}</c>" for text in FORMULAS]])
HIDDEN = st.sampled_from(['<row r="7" hidden="1">', '<row r="8" spans="1:20">', "</row>", "12:30 :c :cx", "a:c d"])


@st.composite
def pieces(draw: st.DrawFn) -> bytes:
    """Draw a piece of sheet XML: most cells usual, some not."""
    usual = draw(st.booleans())
    parts = []
    for _ in range(draw(st.integers(0, 12))):
        name = draw(NAMES)
        space = " " if usual else draw(st.sampled_from([" ", " ", "\t", "\n", "  ", ' s="1" ']))
        parts.append(f'<{name}{space}r="{draw(REFERENCES)}{draw(ENDS)}{draw(BODIES)}')
        if not usual and draw(st.booleans()):
            parts.append(draw(HIDDEN))
    return "".join(parts).encode()


def by_patterns(text: bytes) -> Scan:
    scan = Scan(exact=True)
    scan._take_by_patterns(text)
    return scan


@given(text=pieces())
@example(b'<c r="A1"><v>1</v></c>')
@example(b'<c r="A12345678"/>')
@example(b'<c r="ABCD1"/>')
@example(b'<c r="A1')
@example(b"<c")
@example(b"")
def test_it_sees_what_the_patterns_see(text: bytes) -> None:
    if look(text) is not None:
        scan = Scan(exact=True)
        scan.take(text)
        assert scan == by_patterns(text)


@given(
    cells=st.lists(
        st.tuples(st.sampled_from(["A", "J", "AB", "XFD"]), st.integers(1, 1_048_576), st.integers(0, 9)), min_size=1
    )
)
def test_usual_cells_are_never_left_to_the_patterns(cells: list[tuple[str, int, int]]) -> None:
    text = "".join(f'<c r="{letters}{row}" s="{style}"><v>4</v></c>' for letters, row, style in cells).encode()
    found = look(text)
    assert found is not None
    assert (found.cells, found.row) == (len(cells), max(row for _, row, _ in cells))
    scan = Scan(exact=True)
    scan.take(text)
    assert scan == by_patterns(text)


@pytest.mark.parametrize(
    "text",
    [b"<c r='A1'/>", b'<c s="1" r="A1"/>', b"<c/>", b'<x:c r="A1"/>', b'<c r="A1" r="B1"/>', b'<c r="A0"/>', b"<c\n/>"],
)
def test_a_cell_written_otherwise_is_left_to_the_patterns(text: bytes) -> None:
    assert look(b'<c r="B2"/>' + text) is None


def test_a_piece_with_many_formats_is_left_to_the_patterns() -> None:
    text = b"".join(b'<c r="A1" s="%d"/>' % style for style in range(100))
    assert look(text) is None
    scan = Scan(exact=True)
    scan.take(text)
    assert scan.canonical
    assert scan.extent.cells == 100
