"""The words that point to an unsur, or carry a tone, in what respondents wrote freely."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from skm.basics.strict_mapping import StrictReader
from skm.basics.words import normalise


@cache
def unsur_words() -> dict[str, tuple[str, ...]]:
    """Return unsur -> words that point to it."""
    top = StrictReader.parse(
        resources.files("skm").joinpath("data", "laporan", "kata_kunci.toml").read_bytes(), "kata_kunci.toml"
    )
    table = top.table("kata")
    found = {key: table.texts(key) for key in table.keys_besides()}
    top.finish()
    return found


@cache
def unsur_patterns() -> dict[str, re.Pattern[str]]:
    """Return unsur -> pattern of its words and what is built on them."""
    return {unsur: _pattern(words) for unsur, words in unsur_words().items()}


@cache
def tone_patterns() -> dict[str, re.Pattern[str]]:
    """Return kind of tone word -> pattern, in whole words or their beginnings."""
    source = resources.files("skm").joinpath("data", "saran", "nada.toml")
    top = StrictReader.parse(source.read_bytes(), "nada.toml")
    found = {key: _pattern(top.texts(key)) for key in top.keys_besides()}
    top.finish()
    return found


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_begin(normalise(w)) for w in words) + r")\b")


def _begin(word: str) -> str:
    """Match a word and what is built on it; words of three letters only as they are ("ac" is not in "acara")."""
    return re.escape(word) + (r"\w{0,5}" if len(word) > 3 else "")
