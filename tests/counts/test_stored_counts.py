"""Files of counts: written whole, read back exactly, combined by a named method, refused when they do not fit."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import skm
from skm import cli
from skm.basics import parquet
from skm.counts import hitungan
from skm.counts.hitungan import Hitungan
from skm.errors import DataError, MissingDependencyError, OptionError, UnreadableFileError

pytest.importorskip("pyarrow")


def rows(unit: Any, n: int, seed: int) -> list[dict[str, Any]]:
    """Answers of one unit with some blanks."""
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n):
        row: dict[str, Any] = {f"u{i}": int(rng.integers(1, 5)) if rng.random() > 0.05 else None for i in range(1, 10)}
        out.append({**row, "unit": unit, "layanan": "KTP" if rng.random() < 0.5 else "KK"})
    return out


ALL = [*rows("A", 40, 1), *rows("B", 25, 2), *rows(None, 6, 3), *rows(date(2026, 7, 1), 3, 4), *rows(7, 2, 5)]


def same(left: Hitungan, right: Hitungan) -> None:
    """Equal in everything."""
    assert (left.kunci, left.label) == (right.kunci, right.label)
    assert [b.id for b in left.kuesioner.butir] == [b.id for b in right.kuesioner.butir]
    for name in ("semua", "lengkap", "n", "n_lengkap", "n_tanpa_jawaban"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name), name)
    assert left.fingerprint() == right.fingerprint()


@pytest.mark.parametrize("by", [(), "unit", ("unit", "layanan")])
def test_what_is_written_is_read(by: Any, tmp_path: Path) -> None:
    """Labels of every kind, with and without groups."""
    counts = skm.tally(ALL, by, u8="sarana")
    counts.save(tmp_path / "x.hitungan")
    again = Hitungan.load(tmp_path / "x.hitungan")
    same(again, counts)
    assert skm.score(again).ikm_tepat == skm.score(ALL, u8="sarana").ikm_tepat


def test_counts_without_joint_counts(tmp_path: Path) -> None:
    """Level counts of a report have no complete rows, and keep having none."""
    given = hitungan.from_counts({"persyaratan": [0, 1, 2, 3], "waktu": [0, 0, 2, 3]}, skm.tally(ALL).kuesioner)
    given.save(tmp_path / "x.hitungan")
    again = Hitungan.load(tmp_path / "x.hitungan")
    assert again.lengkap is None
    assert again.n_lengkap is None
    same(again, given)


def test_no_respondent_is_in_the_file(tmp_path: Path) -> None:
    """Only keys that were asked for, and counts."""
    people = [{**row, "nama": "Rahasia Sekali", "nik": "3201012001900001"} for row in ALL]
    skm.tally(people, "unit", u8="sarana").save(tmp_path / "x.hitungan")
    content = (tmp_path / "x.hitungan").read_bytes()
    columns, note = parquet.read(tmp_path / "x.hitungan")
    for secret in ("Rahasia", "3201012001900001", "KTP"):
        assert secret.encode() not in content
        assert secret not in json.dumps([note, {k: list(map(str, v)) for k, v in columns.items()}])


def test_small_groups_are_told_and_can_be_put_together(tmp_path: Path) -> None:
    """Under five respondents: kept and told, or together in one group of at least five."""
    counts = skm.tally(ALL, "unit", u8="sarana")
    (told,) = counts.save(tmp_path / "x.hitungan")
    assert (told.kode, told.bukti["banyak"]) == ("kelompok-kecil-dikirim", 2)
    (told,) = counts.save(tmp_path / "y.hitungan", kecil="satukan")
    assert told.kode == "kelompok-kecil-disatukan"
    again = Hitungan.load(tmp_path / "y.hitungan")
    assert dict(zip(again.label, again.n.tolist(), strict=True)) == {
        ("A",): 40,
        ("B",): 25,
        (None,): 6,
        (hitungan.OTHERS,): 5,
    }
    np.testing.assert_array_equal(again.total().semua, counts.total().semua)
    skm.tally([*rows("A", 9, 1), *rows("B", 1, 2)], "unit", u8="sarana").save(tmp_path / "z.hitungan", kecil="satukan")
    assert Hitungan.load(tmp_path / "z.hitungan").n.tolist() == [10]
    with pytest.raises(OptionError):
        counts.save(tmp_path / "x.hitungan", kecil="buang")
    assert skm.tally(rows("A", 3, 1), u8="sarana").save(tmp_path / "w.hitungan") == ()


def test_damaged_foreign_and_newer_files_are_refused(tmp_path: Path) -> None:
    """Each with its own code."""
    path = tmp_path / "x.hitungan"
    skm.tally(ALL, "unit", u8="sarana").save(path)
    columns, note = parquet.read(path)

    def code_of(columns: dict[str, Any], note: dict[str, Any]) -> str:
        parquet.write(path, columns, note, overwrite=True)
        with pytest.raises(UnreadableFileError) as problem:
            Hitungan.load(path)
        return problem.value.code

    changed = [columns["tingkat_4"][0] + 1, *columns["tingkat_4"][1:]]
    assert code_of({**columns, "tingkat_4": changed}, note) == "hitungan-rusak"
    assert code_of({k: v for k, v in columns.items() if k != "n"}, note) == "hitungan-rusak"
    assert code_of(columns, {**note, "bentuk": "9"}) == "hitungan-bentuk"
    path.write_bytes(b"PK\x03\x04 bukan")
    with pytest.raises(UnreadableFileError) as problem:
        Hitungan.load(path)
    assert problem.value.code == "bukan-berkas-hitungan"


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted or refused in the middle: the old file stands, nothing else lies about."""
    path = tmp_path / "x.hitungan"
    counts = skm.tally(ALL, "unit", u8="sarana")
    counts.save(path)
    before = path.read_bytes()

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with contextlib.suppress(KeyboardInterrupt):
        skm.tally(ALL[:9], u8="sarana").save(path, overwrite=True)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_without_pyarrow_the_hint_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scale extra is optional."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependencyError) as problem:
        skm.tally(ALL[:5], u8="sarana").save(tmp_path / "x.hitungan")
    assert "skm-indonesia[scale]" in problem.value.hint("id")


def sent(folder: Path) -> list[Path]:
    """Three offices: one undivided, one by service, one that holds two units."""
    skm.tally(rows("A", 40, 1), u8="sarana").save(folder / "a.hitungan", keterangan={"unit": "A"})
    skm.tally(rows("B", 25, 2), "layanan", u8="sarana").save(folder / "b.hitungan", keterangan={"unit": "B"})
    skm.tally([*rows("C", 30, 3), *rows("D", 3, 4)], ("layanan", "unit"), u8="sarana").save(folder / "c.hitungan")
    return sorted(folder.glob("*.hitungan"))


def test_combining_files_equals_combining_answers(tmp_path: Path) -> None:
    """However the senders divided their counts."""
    everybody = [*rows("A", 40, 1), *rows("B", 25, 2), *rows("C", 30, 3), *rows("D", 3, 4)]
    per = skm.score_by(everybody, "unit", u8="sarana")
    weights = {"A": 10, "B": 20, "C": 30, "D": 40}
    paths = sent(tmp_path)
    for method, given in (("pooled", None), ("simple", None), ("weighted", "n"), ("weighted", weights)):
        rekap = skm.combine_files(paths, per="unit", method=method, weights=given)
        assert rekap.gabungan.ikm_tepat == skm.combine(per, method=method, weights=given).ikm_tepat
        assert [u for u, *_ in rekap.gabungan.unit] == ["A", "B", "C", "D"]
        assert [note.kode for note in rekap.catatan] == ["kelompok-kecil", "gabung-kecil"]


def test_files_that_do_not_fit_are_an_error(tmp_path: Path) -> None:
    """Other questions, other options, other regulation, one unit twice, no method."""
    paths = sent(tmp_path)
    skm.tally([{"persyaratan": 4, "waktu": 3}] * 6).save(tmp_path / "lain.hitungan")
    skm.tally(rows("E", 9, 1), u8="sarana").save(tmp_path / "opsi.hitungan", opsi={"bobot": "3-desimal"})
    skm.tally(rows("A", 9, 1), u8="sarana").save(tmp_path / "salin.hitungan", keterangan={"unit": "A"})
    for name, code in (("lain", "gabung-tidak-serasi"), ("opsi", "gabung-opsi"), ("salin", "gabung-unit-kembar")):
        with pytest.raises(DataError) as problem:
            skm.combine_files([*paths, tmp_path / f"{name}.hitungan"], per="unit", method="pooled")
        assert problem.value.code == code
    with pytest.raises(OptionError):
        skm.combine_files(paths, per="unit", method="rata")
    with pytest.raises(OptionError) as problem_:
        skm.combine_files(paths, per="unit", method="weighted")
    assert problem_.value.code == "gabung-berat"


def test_options_travel_with_the_counts(tmp_path: Path) -> None:
    """What the sender chose is what the receiver computes with."""
    for name, seed in (("a", 1), ("b", 2)):
        skm.tally(rows(name, 40, seed), u8="sarana").save(tmp_path / f"{name}.hitungan", opsi={"bobot": "3-desimal"})
    rekap = skm.combine_files(sorted(tmp_path.glob("*.hitungan")), per="unit", method="simple")
    assert rekap.gabungan.bobot == "3-desimal"
    assert float(rekap.unit["a"].ikm) == float(skm.score(rows("a", 40, 1), u8="sarana", bobot="0.111").ikm)


def test_u8_and_u9_in_either_order_add_up(tmp_path: Path) -> None:
    """Two offices that print the last two unsur in different orders ask the same questions."""
    for name, seed, u8 in (("a", 1, "sarana"), ("b", 2, "pengaduan")):
        skm.tally(rows(name, 40, seed), u8=u8).save(tmp_path / f"{name}.hitungan")
    rekap = skm.combine_files(sorted(tmp_path.glob("*.hitungan")), per="unit", method="pooled")
    named = {i: f"u{i}" for i in range(1, 10)}
    first = [{**r, "u8": r["u9"], "u9": r["u8"]} for r in rows("b", 40, 2)]
    assert named
    assert rekap.gabungan.ikm_tepat == skm.score([*rows("a", 40, 1), *first], u8="sarana").ikm_tepat


def called(*words: str) -> tuple[int, str]:
    """Run the command line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = cli.run(list(words))
    return code, out.getvalue()


def test_the_command_line_from_answers_to_the_recap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """hitung --simpan, then gabung, with a pattern that the shell left alone."""
    monkeypatch.chdir(tmp_path)
    for unit in ("A", "B"):
        code, text = called("hitung", str(skm.contoh()), "--simpan", f"{unit}.hitungan", "--unit", f"Kecamatan {unit}")
        assert code == 0
        assert f"{unit}.hitungan" in text
    code, text = called("gabung", "*.hitungan", "--cara", "pooled")
    assert code == 0
    assert "89,31" in text
    assert "Kecamatan B" in text
    code, text = called(
        "gabung", "*.hitungan", "--cara", "weighted", "--berat", "Kecamatan A=1,Kecamatan B=3", "--json"
    )
    assert json.loads(text)["hasil"]["gabungan"]["unit"][1]["berat"] == "3/4"
    assert called("gabung", "*.hitungan")[0] == 2
    assert called("gabung", "*.hitungan", "--cara", "weighted", "--berat", "x")[0] == 2
    assert called("hitung", str(skm.contoh()), "--unit", "A")[0] == 2


def test_counts_can_be_scored_by_some_of_their_keys() -> None:
    """Counts by unit and service give figures by unit, by service, and of all."""
    counts = skm.tally(ALL, ("unit", "layanan"), u8="sarana")
    for by in ("unit", "layanan", ("layanan", "unit")):
        own, direct = skm.score_by(counts, by), skm.score_by(ALL, by, u8="sarana")
        assert {k: own[k].ikm_tepat for k in own} == {k: direct[k].ikm_tepat for k in direct}
    with pytest.raises(OptionError):
        skm.score_by(counts, "loket")
