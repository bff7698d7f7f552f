"""Every code that a person can meet is explained, offline, in both languages, and every refusal says how to ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import skm
from skm.api import explanations
from skm.api.explanations import cause
from skm.api.help import index
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.cli import run

sys.path.insert(0, str(Path(skm.__file__).parents[1] / "scripts"))
import codes as listed


def test_the_index_is_that_of_the_code() -> None:
    """`python scripts/codes.py --tulis` was run after the last change."""
    assert {area: list(found) for area, found in index().items()} == listed.index()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_code_has_a_page_with_cause_example_and_remedy(lang: str) -> None:
    """A new code needs a line in skm/data/bantuan/penjelasan.toml, and values for new fields in contoh.toml."""
    for area, codes in index().items():
        for code in codes:
            page = skm.bantuan(code, lang)
            assert all((page.arti, page.contoh, page.saran)), (area, code)
            assert cause(area, code, lang), f"penjelasan.toml: [{area}] {code} has no cause"
            known = explanations._data("contoh")["isian"]
            missing = {name for name, _ in explanations.fields_of(area, code)} - set(known)
            assert not missing, f"contoh.toml: [isian] {missing} of {area}.{code}"
            assert len(page.parts()) >= 5


def test_explanations_speak_of_codes_that_exist() -> None:
    """A code that was renamed or removed takes its explanation with it."""
    for area, said in explanations._data("penjelasan").items():
        for code in said:
            found = [c for c in index()[area] if c == code or (code.endswith("*") and c.startswith(code[:-1]))]
            assert found, f"penjelasan.toml: [{area}] {code}"
            assert all(text or place in (0, 1) for place, text in enumerate(said[code])), code
    for area, own in explanations._data("contoh")["kode"].items():
        for code, fields in own.items():
            texts = [c for c in messages.catalogue(area) if c.split(".")[0] == code]
            known = {name for text in texts for name, _ in explanations.fields_of(area, text)}
            assert set(fields) <= known, f"contoh.toml: {area}.{code}: {set(fields) - known}"


def test_a_code_of_several_areas_tells_all_of_them() -> None:
    page = skm.bantuan("unsur-tanpa-jawaban")
    assert page.area == "galat"
    assert "bobot menjadi" in page.juga


def test_errors_with_advice_tell_it() -> None:
    page = skm.bantuan("[unsur-mirip]")
    assert page.saran
    assert "persyaratan" in page.contoh


def test_an_unknown_code_names_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OptionError) as refused:
        skm.bantuan("lembarmendua")
    assert "lembar-mendua" in refused.value.context["mirip"]
    assert run(["bantuan", "lembar-mendua"]) == 0
    assert "lembar-mendua" in capsys.readouterr().out
    assert run(["bantuan"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 400


def test_every_refusal_in_python_says_how_to_ask() -> None:
    with pytest.raises(OptionError) as refused:
        skm.sample_size("3.441,5")
    assert str(refused.value).splitlines()[-1] == "Penjelasan: skm bantuan cacah-tidak-bulat"
    assert refused.value._render_traceback_()[0].endswith("skm bantuan cacah-tidak-bulat")


def test_every_refusal_says_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["hitung", "tidak-ada.xlsx"]) == 2
    assert "skm bantuan berkas-tidak-ada" in capsys.readouterr().err


@pytest.mark.parametrize(
    "copied",
    [
        "kolom-lemah",
        "[kolom-lemah]",
        "[KOLOM-LEMAH] Kata dalam pertanyaan ini mirip unsur, ...",
        "kolom lemah",
        "kolom_lemah",
        " kolom-lemah: ",
        "'kolom-lemah'.",
        "(kolom-lemah)",
        "Penjelasan [kolom-lemah] di berkas [a.xlsx]",
    ],
)
def test_a_code_is_found_as_people_copy_it(copied: str) -> None:
    assert skm.bantuan(copied).kode == "kolom-lemah"


@pytest.mark.parametrize(
    ("typed", "meant"), [("u8", "laporan-u8"), ("tanggal", "tanggal-mendua"), ("kolom-lmah", "kolom-lemah")]
)
def test_a_word_of_a_code_leads_to_it(typed: str, meant: str) -> None:
    with pytest.raises(OptionError) as refused:
        skm.bantuan(typed)
    assert meant in refused.value.context["mirip"]


@pytest.mark.parametrize("nonsense", ["", " ", "[]", "E1234", "x" * 5000, "\x00", "../../etc"])
def test_nonsense_is_refused_as_an_unknown_code(nonsense: str) -> None:
    with pytest.raises(OptionError) as refused:
        skm.bantuan(nonsense)
    assert refused.value.code == "kode-tidak-dikenal"
