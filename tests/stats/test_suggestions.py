"""Free remarks: rules hold, negation is seen, the published error is the measured one, no text comes out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.errors import DataError
from skm.stats._suggestions import MEASURED, group_suggestions, read_remark

UNSUR = (
    "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana",
)  # fmt: skip
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))


def test_the_published_error_is_the_measured_one():
    from saran import labelled, measure

    n, tone, unsur, table = measure("uji")
    assert (n, round(tone), round(unsur)) == (MEASURED["banyak"], MEASURED["nada"], MEASURED["unsur"])
    # Praise is never read as a complaint, nor the other way round.
    assert not table.get(("puji", "keluh"))
    assert not table.get(("keluh", "puji"))
    texts = [r["teks"] for r in labelled()]
    assert len(texts) == len(set(texts)) == 100


@pytest.mark.parametrize("word", ["ribet", "lama", "mahal", "galak", "rumit", "kotor"])
@pytest.mark.parametrize("negation", ["tidak", "tidak terlalu", "nggak", "tdk", "tidak begitu"])
def test_negation_turns_a_word_around(word, negation):
    assert read_remark(f"Pelayanannya {word}", UNSUR).tone == "keluh"
    assert read_remark(f"Pelayanannya {negation} {word}", UNSUR).tone == "puji"


@pytest.mark.parametrize("word", ["ramah", "cepat", "jelas", "bersih", "nyaman"])
@pytest.mark.parametrize("negation", ["kurang", "tidak", "belum", "kurang begitu", "tidak cukup"])
def test_negated_praise_is_a_complaint(word, negation):
    assert read_remark(f"Petugas {word}", UNSUR).tone == "puji"
    assert read_remark(f"Petugas {negation} {word}", UNSUR).tone == "keluh"


def test_a_turn_in_the_sentence_is_seen():
    told = read_remark("Petugas ramah, tetapi antre lama", UNSUR)
    assert told.tone == "campur"
    assert set(told.parts) == {("perilaku", "puji"), ("waktu", "keluh")}


@given(st.lists(st.text(max_size=60) | st.none() | st.floats(), max_size=20))
def test_anything_can_be_read_and_counts_add_up(texts):
    r = group_suggestions(texts)
    assert r.n + r.empty == len(texts)
    assert sum(r.tones.values()) == r.n
    assert all(0 <= i.low <= share <= i.high <= 1 for _, _, _, share, i in r.counts)


def test_long_remarks_are_bounded():
    assert group_suggestions(["antre lama " * 200_000]).n == 1


def test_no_text_comes_out():
    secret = "Petugas Bambang Sutrisno 081234567890 galak"
    r = group_suggestions([secret] * 3)
    shown = r.table("id").to_text() + json.dumps(r.to_dict(), allow_nan=False) + repr(r)
    assert "Bambang" not in shown
    assert "0812" not in shown


def test_remarks_come_out_of_a_survey_or_a_column():
    rows = [{**{f"u{j}": 3 + j % 2 for j in range(1, 10)}, "saran": t} for t in ("Antre lama", "Ramah", "-", "")] * 3
    r = skm.stats.group_suggestions(rows, column="saran")
    assert (r.n, r.empty) == (6, 6)
    assert skm.stats.group_suggestions(pd.Series(["Antre lama", None, "Ramah"])).n == 2
    with pytest.raises(DataError):
        skm.stats.group_suggestions(rows, column="tidak ada")
    with pytest.raises(DataError):
        group_suggestions("satu teks saja")
