"""Every code that a person can meet is explained, offline, in both languages, and every refusal says how to ask."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import skm
from skm.api.help import index
from skm.basics.errors import OptionError
from skm.cli import run

sys.path.insert(0, str(Path(skm.__file__).parents[1] / "scripts"))
import codes as listed


def test_the_index_is_that_of_the_code() -> None:
    """`python scripts/codes.py --tulis` was run after the last change."""
    assert {area: list(found) for area, found in index().items()} == listed.index()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_code_has_a_page(lang: str) -> None:
    for codes in index().values():
        for code in codes:
            page = skm.bantuan(code, lang)
            assert code in index()[page.area]
            assert page.arti
            assert "{{" not in page.contoh
            assert len(str(page).splitlines()) >= 3


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


def test_every_refusal_says_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["hitung", "tidak-ada.xlsx"]) == 2
    assert "skm bantuan berkas-tidak-ada" in capsys.readouterr().err
