"""A JSON document that is plainly within the limits is read at once; the result and every refusal stay the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm.basics import strict_text
from skm.basics.errors import SKMError
from skm.basics.strict_text import parse_json

WORDS = st.text(alphabet='ab"\\[]{}0e.\u00e9\n 1', max_size=8)
NUMBERS = st.one_of(st.integers(-3, 10**20), st.floats(-10, 10).map(lambda x: round(x, 3)), st.booleans(), st.none())
VALUES = st.recursive(
    NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)
DEEP = st.integers(60, 68).map(lambda n: "[" * n + "]" * n)
LONG = st.integers(96, 104).map(lambda n: "[" + "7" * n + "]")
DAMAGED = st.tuples(VALUES.map(json.dumps), st.integers(0, 40), st.sampled_from('"\\[]{},:1e')).map(
    lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
)


def outcome(text: bytes, *, exact: bool) -> tuple[str, Any]:
    try:
        return "read", repr(parse_json(text, "a.json", exact=exact))
    except SKMError as problem:
        return problem.code, {key: str(value) for key, value in problem.context.items()}


@given(st.one_of(VALUES.map(json.dumps), VALUES.map(lambda v: json.dumps(v, ensure_ascii=False)), DEEP, LONG, DAMAGED))
@example("[-0, 18446744073709551616, 1e61]")
@example('{"a": "]", "b": "\\\\", "c": "\\"["}')
@example('["\\ud800"]')
def test_at_a_glance_and_closely_are_one(text: str) -> None:
    document = text.encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_text, "_plainly_bounded", lambda content: False)
        closely = {exact: outcome(document, exact=exact) for exact in (True, False)}
    assert {exact: outcome(document, exact=exact) for exact in (True, False)} == closely


@given(st.integers(0, 30), st.integers(90, 110), st.integers(0, 30))
def test_long_runs_of_digits_are_found_wherever_they_lie(before: int, digits: int, after: int) -> None:
    document = b" " * before + b"7" * digits + b" " * after
    assert strict_text._long_digits(document) == (digits >= 100)
