"""Texts about planning."""

from __future__ import annotations

from typing import Any

from skm.basics import messages


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text about planning in the wanted language."""
    return messages.text("rencana", code, lang, **fields)


def group_name(label: Any, lang: str | None = None) -> str:
    """Return a label as people read it."""
    return say("tidak-diisi", lang) if label is None else str(label)
