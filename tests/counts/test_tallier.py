"""`Tallier`: parts in any order, merged anyhow, each once: always the counts of all rows together."""

from __future__ import annotations

import pickle
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.counts.hitungan import Hitungan
from skm.errors import DataError, EmptyDataError, OptionError

UNSUR = [f"u{i}" for i in range(1, 10)]
TALLY = partial(skm.tally, by="unit", u8="sarana")


def rows(n: int, seed: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(seed)
    return [
        {"unit": "ABC"[rng.integers(3)], **{u: int(rng.integers(1, 5)) if rng.random() > 0.05 else None for u in UNSUR}}
        for _ in range(n)
    ]


def same(found: Hitungan, wanted: Hitungan) -> None:
    assert found.label == wanted.label
    assert found.fingerprint() == wanted.fingerprint()
    for name in ("semua", "lengkap", "n", "n_lengkap", "n_tanpa_jawaban"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))


PARTS = {f"2026-07-{i:02}": rows(20, i) for i in range(1, 6)}
WHOLE = TALLY([row for part in PARTS.values() for row in part])


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(PARTS)), max_size=12), st.randoms(use_true_random=False))
def test_any_order_any_repetition(extra: list[str], random: Any) -> None:
    order = [*PARTS, *extra]
    random.shuffle(order)
    hitung = skm.Tallier(TALLY)
    added = [hitung.add(name, PARTS[name]) for name in order]
    assert sum(added) == len(PARTS) == len(hitung)
    same(hitung.result(), WHOLE)


def test_merging_is_associative_commutative_and_idempotent() -> None:
    names = list(PARTS)
    pieces = []
    for some in (names[:2], names[1:4], names[3:]):  # overlapping on purpose
        piece = skm.Tallier(TALLY)
        for name in some:
            piece.add(name, PARTS[name])
        pieces.append(piece)
    for a, b, c in permutations(pieces):
        same(a.merge(b).merge(c).result(), WHOLE)
        same(a.merge(b.merge(c)).result(), WHOLE)
        same(a.merge(a).merge(b).merge(c).merge(b).result(), WHOLE)
        assert a.merge(b).merge(c).parts == tuple(sorted(PARTS))


def test_a_part_that_comes_again_with_other_contents_is_refused() -> None:
    hitung = skm.Tallier(TALLY)
    hitung.add("malam 1", PARTS["2026-07-01"])
    with pytest.raises(DataError) as caught:
        hitung.add("malam 1", PARTS["2026-07-02"])
    assert caught.value.code == "bagian-berbeda"
    other = skm.Tallier(TALLY)
    other.add("malam 1", PARTS["2026-07-03"])
    with pytest.raises(DataError) as caught:
        hitung.merge(other)
    assert caught.value.code == "bagian-berbeda"
    same(hitung.result(), TALLY(PARTS["2026-07-01"]))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_own_question_that_is_blank_in_one_part_is_still_asked(order: tuple[int, ...]) -> None:
    """U10 is answered in one part, blank in another, answered by some in the third."""
    parts = [rows(12, i) for i in range(3)]
    for i, part in enumerate(parts):
        for k, row in enumerate(part):
            row["u10"] = None if i == 1 or (i == 2 and k % 2) else 3
    hitung = skm.Tallier(TALLY)
    for i in order:
        hitung.add(i, parts[i])
    same(hitung.result(), TALLY([row for part in parts for row in part]))


def test_an_own_question_that_nobody_answers_anywhere_does_not_count() -> None:
    parts = [[{**row, "u10": None} for row in rows(10, i)] for i in range(2)]
    hitung = skm.Tallier(TALLY)
    for i, part in enumerate(parts):
        hitung.add(i, part)
    same(hitung.result(), TALLY([row for part in parts for row in part]))


def test_empty_parts_are_seen_and_add_nothing() -> None:
    pd = pytest.importorskip("pandas")
    hitung = skm.Tallier(TALLY)
    with pytest.raises(EmptyDataError):
        hitung.result()
    empty = pd.DataFrame(PARTS["2026-07-01"]).iloc[:0]
    assert hitung.add("kosong", empty)
    assert not hitung.add("kosong", empty)
    hitung.add("isi", PARTS["2026-07-01"])
    same(hitung.result(), TALLY(PARTS["2026-07-01"]))


def test_other_questions_are_refused_when_the_part_comes() -> None:
    hitung = skm.Tallier()
    hitung.add(1, TALLY(PARTS["2026-07-01"]))
    with pytest.raises(DataError):
        hitung.add(2, skm.tally(PARTS["2026-07-02"], u8="sarana"))
    assert hitung.parts == (1,)
    with pytest.raises(OptionError):
        hitung.add(3, PARTS["2026-07-03"])


def test_a_tallier_travels() -> None:
    hitung = skm.Tallier(TALLY)
    hitung.add("a", PARTS["2026-07-01"])
    again = pickle.loads(pickle.dumps(hitung))
    assert not again.add("a", TALLY(PARTS["2026-07-01"]))
    same(again.result(), hitung.result())
