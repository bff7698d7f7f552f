"""Writing of made pages: one file at a time, with text that Markdown leaves alone."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, lines: Iterable[str]) -> None:
    """Write one page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def short(text: str, words: int = 14) -> str:
    """Return the first words of a sentence."""
    found = escaped(text).split()
    return " ".join(found[:words]) + (" ..." if len(found) > words else "")


def escaped(text: str) -> str:
    """Keep marks of Markdown from doing anything."""
    out = html.escape(text, quote=False)
    for mark in ("*", "_", "`", "[", "]", "$", "#", "~"):
        out = out.replace(mark, f"\\{mark}")
    return out.replace("|", "\\|").replace("\n", " ")


def hidden_contents(pages: Iterable[str]) -> list[str]:
    """Return a table of contents that is not shown."""
    return ["", "```{toctree}", ":hidden:", "", *pages, "```"]
