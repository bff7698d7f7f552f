"""An office's own regulation goes the whole way: read, scored, profiled, audited, reported."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.own_regulation import UNSUR, write_own_regulation

import skm
from skm.basics.numbers import round_half_up
from skm.cli import run


@pytest.fixture(scope="module")
def regulation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_own_regulation(tmp_path_factory.mktemp("aturan"))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    rng = random.Random(5)
    return [
        {"jenis_kelamin": rng.choice(("Laki-laki", "Perempuan")), **{u: rng.choice((2, 3, 4, 5, 5)) for u in UNSUR}}
        for _ in range(60)
    ]


def exact(rows: list[dict[str, Any]]) -> Fraction:
    """Work the index out by hand: six unsur, factor 20."""
    return sum((Fraction(sum(r[u] for r in rows), len(rows)) for u in UNSUR), Fraction(0)) / 6 * 20


def printed(hasil: Any, **more: Any) -> dict[str, Any]:
    unsur = {u.nama.name("id"): {"nilai": str(round_half_up(u.nrr, 2)), "mutu": u.mutu} for u in hasil.unsur.values()}
    return {"unsur": unsur, "ikm": str(hasil.ikm), "mutu": hasil.mutu, "n": hasil.n, **more}


def test_scored_and_profiled(regulation: Path, rows: list[dict[str, Any]]) -> None:
    hasil = skm.score(rows, regulasi=regulation)
    assert hasil.ikm_tepat == exact(rows)
    assert (hasil.mutu, hasil.regulasi.id) == ("B", "kampus-5")
    assert skm.score(skm.read(rows_as_file(regulation, rows), regulasi=regulation)).ikm == hasil.ikm
    table = skm.profile(rows, regulasi=regulation, indeks=True).karakteristik["jenis_kelamin"]
    assert sum(row.jumlah for row in table) == 60
    assert skm.score_means(dict.fromkeys(UNSUR, "4,5"), regulasi=regulation).ikm == 90
    assert skm.score_means(dict.fromkeys(UNSUR, "90"), regulasi=regulation, skala="20-100").ikm == 90
    with pytest.raises(skm.errors.OptionError):
        skm.score_means(dict.fromkeys(UNSUR, "90"), regulasi=regulation, skala="25-100")


def rows_as_file(regulation: Path, rows: list[dict[str, Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    path = regulation.parent / "jawaban.xlsx"
    book.save(path)
    return path


def test_audited(regulation: Path, rows: list[dict[str, Any]]) -> None:
    hasil = skm.score(rows, regulasi=regulation)
    right = skm.audit(printed(hasil, regulasi=regulation))
    assert (right.putusan, right.codes("kesalahan")) == ("cocok", ())
    assert [h.bobot for h in right.hitung_ulang] == ["1/6", "0.167", "0.17"]
    wrong = skm.audit(printed(hasil) | {"ikm": "99,00", "mutu": "C"}, regulasi=regulation)
    assert {"ikm-di-atas-unsur-tertinggi", "mutu-tabel"} <= set(wrong.codes("kesalahan"))
    assert "20 x" in wrong.temuan[0].text("id")
    assert "PermenPANRB" not in wrong.to_html("id"), "the pages of another regulation prove nothing here"
    assert not skm.audit(hasil).codes("kesalahan")


def test_audited_from_a_file_that_names_it(regulation: Path, rows: list[dict[str, Any]]) -> None:
    """A publication names the regulation that lies beside it; standard input and another folder may not."""
    publication = printed(skm.score(rows, regulasi=regulation), regulasi="kampus-5.toml")
    path = regulation.parent / "publikasi.json"
    path.write_text(json.dumps(publication), encoding="utf-8")
    assert skm.audit(path).regulasi.id == "kampus-5"
    with pytest.raises(skm.errors.DataError):
        skm.publikasi.parse(path.read_bytes(), "publikasi.json")
    path.write_text(json.dumps(publication | {"regulasi": "../x.toml"}), encoding="utf-8")
    with pytest.raises(skm.errors.DataError):
        skm.audit(path)


def test_audited_by_the_command(
    regulation: Path, rows: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    path = regulation.parent / "tanpa-nama.json"
    path.write_text(json.dumps(printed(skm.score(rows, regulasi=regulation))), encoding="utf-8")
    assert run(["audit", str(path), "--regulasi", str(regulation), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hasil"]["regulasi"] == "kampus-5"


def test_reported(regulation: Path, rows: list[dict[str, Any]]) -> None:
    pytest.importorskip("jinja2")
    bahan = skm.report.compile(rows, unit="Kampus Contoh", regulasi=regulation)
    assert bahan.hasil.ikm_tepat == exact(rows)
    page = Path(skm.report.write_html(bahan, regulation.parent / "laporan.html")).read_text(encoding="utf-8")
    assert "Jaringan Internet" in page
    assert "Peraturan Rektor Nomor 7 Tahun 2025" in page
    assert not skm.audit(bahan).codes("kesalahan")
