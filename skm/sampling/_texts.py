"""Texts about planning."""

from __future__ import annotations

from typing import Any

from skm.basics import messages
from skm.basics.numbers import format_count, format_decimal


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text about planning in the wanted language."""
    return messages.text("rencana", code, lang, **fields)


def shown(value: Any, lang: str, places: int = 3) -> str:
    """Return a number of a plan as people read it: whole ones without decimals; a dash for none."""
    if value is None:
        return "-"
    return format_count(value, lang) if isinstance(value, int) else format_decimal(value, places, lang)


def group_name(label: Any, lang: str | None = None) -> str:
    """Return a label as people read it."""
    return say("tidak-diisi", lang) if label is None else str(label)
