"""Texts for people, looked up by code in ``messages/<area>.toml``, Indonesian and English side by side.

A text is a ``str.format`` template. Besides the usual specifications it knows ``{x:n}`` (a count with thousands
marks), ``{x:d2}`` (two decimals), ``{x:x}`` (a decimal with the digits it has), ``{x:bilangan}`` (a number already
written, its mark changed), ``{x:daftar}`` (a list joined by commas), ``{x:sela}`` (by spaces) and ``{x:teks}`` (a
value, or a list of values, with words of its own in both languages), all written the way the language writes numbers.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any

from skm.basics.numbers import format_count, format_decimal, format_exact, resolve_lang


def text(area: str, code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return the text of a code in the wanted language, its fields filled in."""
    language = resolve_lang(lang)
    return _Formatter(language).vformat(catalogue(area)[code][language], (), fields)


def has(area: str, code: str) -> bool:
    """Tell whether the area's catalogue knows the code."""
    return code in catalogue(area)


@cache
def catalogue(area: str) -> dict[str, dict[str, str]]:
    """Return one area's catalogue: code -> {"id": text, "en": text}."""
    source = resources.files("skm").joinpath("data", "messages", f"{area}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that is part of another: looked up when the outer one is, in the outer one's language."""

    area: str
    code: str
    fields: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the text."""
        return text(self.area, self.code, lang, **self.fields)

    def __str__(self) -> str:
        return self.text()


class _Formatter(string.Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, Phrase):
            value = value.text(self.lang)
        if len(format_spec) == 2 and format_spec[0] == "d" and format_spec[1].isdigit():
            return format_decimal(value, int(format_spec[1]), self.lang)
        writer = _WRITERS.get(format_spec)
        return super().format_field(value, format_spec) if writer is None else writer(value, self.lang)


def _exact(value: Any, lang: str) -> str:
    """Return a number as people write it; what was given and is no number, as it was given."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return format_exact(number, lang) if number.is_finite() else str(value)


def _number_text(value: Any, lang: str) -> str:
    return str(value) if lang == "en" else str(value).replace(".", ",")


def _listed(value: Any, lang: str) -> str:
    return ", ".join(_item(item, lang) for item in value)


def _item(item: Any, lang: str) -> str:
    if isinstance(item, Phrase):
        return item.text(lang)
    return _exact(item, lang) if isinstance(item, Decimal) else str(item)


def _worded(value: Any, lang: str) -> str:
    parts = value if isinstance(value, (list, tuple)) else (value,)
    return "; ".join(part.text(lang) if isinstance(part, Phrase) else str(part) for part in parts)


_WRITERS: dict[str, Callable[[Any, str], str]] = {
    "n": format_count,
    "x": _exact,
    "bilangan": _number_text,
    "daftar": _listed,
    "teks": _worded,
    "sela": lambda value, lang: " ".join(map(str, value)),
}
