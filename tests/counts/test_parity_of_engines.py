"""Every engine counts what the local engine counts, integer for integer, and refuses what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from support import engines

import skm
from skm.answers.frames.remote import RelationalTable
from skm.counts import kernel_words
from skm.counts.engines import packed, partitioned
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.errors import DataError, EmptyDataError, InvalidAnswerError, SKMError

pd = pytest.importorskip("pandas")

pytestmark = pytest.mark.filterwarnings("ignore")  # other libraries' own warnings are theirs

UNSUR = [f"u{i}" for i in range(1, 10)]
LABEL = {1: "Tidak Sesuai", 2: "2", 3: " 3 ", 4: "sangat sesuai"}


@pytest.fixture(scope="module", params=engines.every())
def make(request: pytest.FixtureRequest) -> engines.Maker:
    """What brings a frame onto the engine."""
    maker: engines.Maker = request.param(request)
    return maker


def answers(n: int = 400, seed: int = 3) -> Any:
    """Answers with blanks, respondents without any answer, and keys of four kinds with blanks."""
    rng = np.random.default_rng(seed)
    nothing = rng.random(n) < 0.02
    data: dict[str, Any] = {}
    for name in UNSUR:
        level = rng.integers(1, 5, n)
        blank = (rng.random(n) < 0.04) | nothing
        data[name] = pd.array([None if b else int(v) for v, b in zip(level, blank, strict=True)], dtype="Int32")
    data["unit"] = rng.integers(0, 5, n)
    data["layanan"] = pd.array([["KTP", "ktp", "KK", "", None][v] for v in rng.integers(0, 5, n)], dtype="string")
    data["usia"] = pd.array([None if v > 80 else int(v) for v in rng.integers(12, 86, n)], dtype="Int32")
    days = pd.Timestamp("2025-11-20") + pd.to_timedelta(rng.integers(0, 400, n), unit="D")
    data["tanggal"] = days + pd.to_timedelta(rng.integers(0, 86_400, n), unit="s")
    return pd.DataFrame(data)


@pytest.fixture(scope="module")
def frame() -> Any:
    return answers()


@pytest.fixture(scope="module")
def remote(make: engines.Maker, frame: Any) -> Any:
    return make(frame)


def same_counts(found: Hitungan, wanted: Hitungan) -> None:
    assert found.label == wanted.label
    assert found.kunci == wanted.kunci
    assert [b.id for b in found.kuesioner.butir] == [b.id for b in wanted.kuesioner.butir]
    for name in ("semua", "lengkap", "n", "n_lengkap", "n_tanpa_jawaban"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name), err_msg=name)
        assert getattr(found, name).dtype == np.int64


def same_patterns(found: Pola, wanted: Pola) -> None:
    assert found.label == wanted.label
    for name in ("nilai", "kali", "kelompok"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name), err_msg=name)


BY: list[Any] = [(), "unit", "layanan", ("layanan", "unit"), "usia", ("unit", "usia"), "semester", ("tahun", "layanan")]


@pytest.mark.parametrize("by", BY, ids=str)
def test_counts(remote: Any, frame: Any, by: Any) -> None:
    same_counts(skm.tally(remote, by), skm.tally(frame, by))


@pytest.mark.parametrize("by", [(), "layanan", ("unit", "usia")], ids=str)
def test_patterns(remote: Any, frame: Any, by: Any) -> None:
    same_patterns(skm.stats.patterns(remote, by), skm.stats.patterns(frame, by))


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "score": lambda d: skm.score(d, bobot="0.111", kosong="hanya-lengkap").to_dict(),
    "score_by": lambda d: skm.score_by(d, "unit", batas_kecil=5).to_dict(),
    "profile": lambda d: repr(skm.profile(d, ciri=["layanan", "usia"])),
    "combine": lambda d: skm.combine(skm.score_by(d, "unit"), method="simple").to_dict(),
    "mean_interval": lambda d: skm.stats.mean_interval(d, population=5000).kalimat(),
    "mean_interval by": lambda d: repr(skm.stats.mean_interval(d, by="unit")),
    "cronbach_alpha": lambda d: skm.stats.cronbach_alpha(d).alpha,
    "compare": lambda d: skm.stats.compare(d, "unit").kalimat(),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_results(remote: Any, frame: Any, operation: str) -> None:
    run = OPERATIONS[operation]
    assert run(remote) == run(frame)


@pytest.mark.parametrize("bits", [4, 6], ids=["each", "together"])
def test_counts_level_by_level_where_groups_are_too_large_for_two_in_one_number(
    remote: Any, frame: Any, bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "BITS", bits)
    monkeypatch.setattr(partitioned, "MANY", 1)
    monkeypatch.setattr(kernel_words, "_EXACT", 4 * bits)
    same_counts(skm.tally(remote, "unit"), skm.tally(frame, "unit"))


@pytest.mark.parametrize("by", ["unit", ("layanan", "usia")], ids=str)
def test_many_small_groups_share_numbers_and_are_not_divided_in_two(
    remote: Any, frame: Any, by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (RelationalTable, *RelationalTable.__subclasses__()):
        if "crowded" in vars(kind):
            monkeypatch.setattr(kind, "crowded", lambda self, keys: bool(keys))
    monkeypatch.setattr(partitioned, "MANY", 1)
    same_counts(skm.tally(remote, by), skm.tally(frame, by))


def test_periods_are_cut_on_the_engine(remote: Any, frame: Any) -> None:
    found, wanted = (skm.read(d).period("2026-S1") for d in (remote, frame))
    same_counts(skm.tally(found, "layanan"), skm.tally(wanted, "layanan"))
    assert [n.bukti for n in found.catatan if n.kode == "periode-disaring"] == [
        n.bukti for n in wanted.catatan if n.kode == "periode-disaring"
    ]
    assert skm.score(found).provenance.periode == skm.score(wanted).provenance.periode


@pytest.mark.parametrize("where", [{"layanan": ["KTP"]}, {"unit": [1, 3]}, {"layanan": [None]}], ids=str)
def test_exclusions_by_value(remote: Any, frame: Any, where: Any) -> None:
    found, wanted = (skm.read(d).exclude(where, alasan="uji coba") for d in (remote, frame))
    same_counts(skm.tally(found, "unit"), skm.tally(wanted, "unit"))
    key = next(iter(where))
    assert len(wanted) == int(
        (~frame[key].isin(where[key]) if where[key] != [None] else frame[key].fillna("") != "").sum()
    )
    assert skm.score(found).provenance.pengecualian == skm.score(wanted).provenance.pengecualian


def as_floats(frame: Any) -> Any:
    return frame.astype(dict.fromkeys(UNSUR, "float64"))


def as_digits(frame: Any) -> Any:
    return frame.assign(**{u: frame[u].astype("string") for u in UNSUR})


def as_labels(frame: Any) -> Any:
    spelled = frame["u1"].map(LABEL).astype("string")
    return as_digits(frame).assign(u1=spelled)


def as_small(frame: Any) -> Any:
    return frame.astype(dict.fromkeys(UNSUR, "Int16"))


KINDS = [as_floats, as_digits, as_labels, as_small]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_every_kind_of_cell(make: engines.Maker, frame: Any, kind: Callable[[Any], Any]) -> None:
    table = make(kind(frame))
    same_counts(skm.tally(table, "layanan"), skm.tally(frame, "layanan"))
    same_patterns(skm.stats.patterns(table, "unit"), skm.stats.patterns(frame, "unit"))


def test_named_blanks_of_numbers_and_texts(make: engines.Maker, frame: Any) -> None:
    zeros = frame.assign(**{u: frame[u].fillna(9) for u in UNSUR})
    same_counts(skm.tally(make(zeros), nilai_kosong=[9]), skm.tally(zeros, nilai_kosong=[9]))
    texts = frame.assign(u1=frame["u1"].astype("string").fillna("TT"))
    same_counts(skm.tally(make(texts), nilai_kosong=["TT"]), skm.tally(frame))
    notes = skm.score(make(zeros), nilai_kosong=[9]).catatan
    assert [n.bukti["banyak"] for n in notes if n.kode == "nilai-kosong"] == [int(frame[UNSUR].isna().sum().sum())]


def long_rows(frame: Any, *, drop: bool = False) -> Any:
    wide = frame[[*UNSUR, "unit"]].assign(responden=np.arange(len(frame)))
    rows = wide.melt(["responden", "unit"], var_name="unsur", value_name="nilai")
    rows = rows.sample(frac=1, random_state=1).reset_index(drop=True)
    return rows[rows["nilai"].notna() | (rows["unsur"] == "u1")] if drop else rows


@pytest.mark.parametrize("drop", [False, True], ids=["blank rows", "absent rows"])
def test_long_rows_are_joined_by_respondent(make: engines.Maker, frame: Any, drop: bool) -> None:
    table = make(long_rows(frame, drop=drop))
    same_counts(skm.tally(table, "unit"), skm.tally(frame, "unit"))
    same_patterns(skm.stats.patterns(table), skm.stats.patterns(frame))


def test_what_changes_within_a_respondent_is_said_of_answers_and_divides_nobody(
    make: engines.Maker, frame: Any
) -> None:
    rows = long_rows(frame).assign(petugas=lambda r: [f"P{i % 3}" for i in range(len(r))])
    table = make(rows)
    same_counts(skm.tally(table, "unit"), skm.tally(rows, "unit"))
    for data in (table, rows):
        with pytest.raises(SKMError) as caught:
            skm.tally(data, "petugas")
        assert caught.value.code == "opsi-tidak-dikenal"


def test_long_codes_kept_as_decimals_are_told_apart_to_the_last_digit(
    make: engines.Maker, frame: Any, request: pytest.FixtureRequest
) -> None:
    if "sqlite" in request.node.name:
        pytest.skip("SQLite keeps no decimals")
    codes = frame.assign(unit=[Decimal(f"19900101202012100{i % 3}.5") for i in range(len(frame))])
    table = make(codes)
    found, wanted = skm.tally(table, "unit"), skm.tally(codes, "unit")
    assert [Decimal(str(label)) for (label,) in found.label] == [label for (label,) in wanted.label]
    np.testing.assert_array_equal(found.semua, wanted.semua)
    kept = skm.read(table).exclude({"unit": [found.label[1][0]]}, alasan="uji coba")
    assert skm.score(kept).n == len(frame) - found.n[1]


def test_rows_that_repeat_an_answer_count_once_and_are_told(make: engines.Maker, frame: Any) -> None:
    rows = long_rows(frame)
    twice = make(pd.concat([rows, rows[rows["nilai"].notna()].iloc[:3]], ignore_index=True))
    same_counts(skm.tally(twice, "unit"), skm.tally(frame, "unit"))
    assert [n.bukti for n in skm.score(twice).catatan if n.kode == "jawaban-kembar"] == [{"banyak": 3}]


@pytest.mark.parametrize("other", ["another level", "a blank"])
def test_two_answers_to_one_question_are_refused(make: engines.Maker, frame: Any, other: str) -> None:
    rows = long_rows(frame)
    again = rows[rows["nilai"].notna()].iloc[:2].copy()
    again["nilai"] = pd.NA if other == "a blank" else 5 - again["nilai"]
    with pytest.raises(DataError) as caught:
        skm.score(make(pd.concat([rows, again], ignore_index=True)))
    assert caught.value.code == "jawaban-ganda"
    assert caught.value.context["banyak"] == 2


def test_rows_without_a_respondent_are_refused(make: engines.Maker, frame: Any) -> None:
    rows = long_rows(frame).astype({"responden": "Int32"})
    rows.loc[4, "responden"] = pd.NA
    with pytest.raises(DataError) as caught:
        skm.score(make(rows))
    assert caught.value.code == "mesin-baris-panjang-kosong"
    assert caught.value.context["banyak"] == 1


@pytest.mark.parametrize("value", [0, 5, -1, 7])
def test_wrong_numbers_are_counted_and_placed(make: engines.Maker, frame: Any, value: int) -> None:
    bad = frame.copy()
    bad.loc[[3, 9, 11], "u3"] = value
    bad.loc[[20], "u7"] = value
    bad["unit"] = 77
    for call in (lambda d: skm.score_by(d, "unit"), lambda d: skm.stats.patterns(d, "unit")):
        with pytest.raises(InvalidAnswerError) as caught:
            call(make(bad))
        assert caught.value.context["banyak"] == 4
        assert set(caught.value.context["kolom_salah"]) == {"u3", "u7"}
        assert "unit = 77" in str(caught.value)
        assert set(re.findall(r"unit = 77: (-?\d+)", str(caught.value))) == {str(value)}  # no right answer among them


@pytest.mark.parametrize("text", ["Siti Aminah", "Sangat sesuia", "-1", "3?", ""])
def test_wrong_texts_are_never_shown(make: engines.Maker, frame: Any, text: str) -> None:
    bad = as_digits(frame)
    bad.loc[[2, 5], "u4"] = text
    if not text:
        same_counts(skm.tally(make(bad)), skm.tally(frame.assign(u4=frame["u4"].mask(frame.index.isin([2, 5])))))
        return
    with pytest.raises(InvalidAnswerError) as caught:
        skm.score_by(make(bad), "unit")
    assert caught.value.context["banyak"] == 2
    assert not any(word in str(caught.value) for word in text.split() if word.isalpha())


def test_fractions_and_truth_values_are_no_answers(make: engines.Maker, frame: Any) -> None:
    halves = as_floats(frame)
    halves.loc[1, "u2"] = 2.5
    with pytest.raises(InvalidAnswerError):
        skm.score(make(halves))
    truths = make(frame.assign(u2=True))
    if isinstance(truths, RelationalTable) and truths.mesin in ("SQLite", "MariaDB") and truths.kinds["u2"] != "logika":
        pytest.skip("MariaDB and untyped selects of SQLite keep no truth values: they are the numbers 0 and 1")
    with pytest.raises(InvalidAnswerError):
        skm.score(truths)


def test_too_many_values_of_a_text_column_do_not_come_home(
    make: engines.Maker, frame: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skm.answers.frames.remote.MOST_VALUES", 3)
    table = make(as_digits(frame).assign(u5=[f"x{i}" for i in range(len(frame))]))
    if type(table).__module__.startswith("dask"):
        pytest.skip("Dask judges cells in the partitions: no distinct values come home")
    with pytest.raises(DataError) as caught:
        skm.score(table)
    assert caught.value.code == "mesin-nilai-terlalu-banyak"


def test_columns_of_its_own_that_nobody_filled_in_do_not_count(make: engines.Maker, frame: Any) -> None:
    blank = pd.array([None] * len(frame), dtype="Int32")
    table = frame.assign(u10=blank, u11=frame["u1"])
    same_counts(skm.tally(make(table), "unit"), skm.tally(table, "unit"))


def test_a_table_without_rows(make: engines.Maker, frame: Any) -> None:
    with pytest.raises(EmptyDataError):
        skm.score(make(frame.iloc[:0]))


def test_work_on_single_rows_says_what_to_do(remote: Any) -> None:
    with pytest.raises(SKMError) as caught:
        skm.stats.mean_interval(remote, weights="unit")
    assert caught.value.code == "mesin-tanpa-baris"
