"""What a code of an error or a note means: an example, what to do; the same text offline as in the documentation."""

from __future__ import annotations

import difflib
import html
import json
import re
import string
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from skm.api.explanations import cause, example, remedy
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.numbers import Lang, resolve_lang

AREA = "bantuan"
_PARTS = ("arti", "sebab", "contoh", "saran", "dasar", "juga")


@dataclass(frozen=True, slots=True)
class CodeHelp:
    """What a code means.

    Attributes
    ----------
    kode, area : str
        The code, and the catalogue that words it ("galat" for errors).
    arti : str
        The sentence, with the names of what it tells in angle quotes.
    sebab : str
        What lies behind it.
    contoh : str
        The sentence as it may stand on the screen.
    saran : str
        What to do.
    dasar : str
        The rule behind it; empty where it has none.
    juga : str
        What the same code says elsewhere: as a note beside the error, in an audit; mostly empty.
    """

    kode: str
    area: str
    arti: str
    sebab: str
    contoh: str
    saran: str
    dasar: str
    juga: str
    lang: Lang

    def __str__(self) -> str:
        """Return the page as text."""
        return "\n".join(f"{label}: {text}" if label else text for label, text in self.parts())

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return "".join(
            f"<p><strong>{html.escape(label)}</strong> {html.escape(text)}</p>" for label, text in self.parts()
        )

    def parts(self) -> list[tuple[str, str]]:
        """Return the parts with their labels; empty ones are left out."""
        found = [("", self.kode), *((name, getattr(self, name)) for name in _PARTS)]
        return [(messages.text(AREA, name, self.lang) if name else "", text) for name, text in found if text]

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {name: getattr(self, name) for name in ("kode", "area", *_PARTS)}


def bantuan(kode: str, lang: str | None = None) -> CodeHelp:
    """Return what a code of an error or a note means.

    Parameters
    ----------
    kode : str
        The code as it stands in brackets before a message, or in a result's notes; the whole message does as well.
    lang : {"id", "en"}, optional
        Language of the text.

    Raises
    ------
    OptionError
        There is no such code; near ones are named.

    Examples
    --------
    >>> print(bantuan("unsur-mirip", "en").saran)
    Correct the name, or give your own unsur a clearly different name.
    """
    wanted = _code_in(kode)
    areas = [area for area, codes in index().items() if wanted in codes]
    if not areas:
        raise OptionError("kode-tidak-dikenal", nilai=kode[:60], mirip=_near(wanted) or ["-"])
    language, area = resolve_lang(lang), "galat" if "galat" in areas else areas[0]

    def part(end: str) -> str:
        return example(area, wanted + end, language) if messages.has(area, wanted + end) else ""

    return CodeHelp(
        wanted,
        area,
        _named(messages.catalogue(area)[wanted][language]),
        cause(area, wanted, language),
        example(area, wanted, language),
        part(".saran") or remedy(area, wanted, language),
        part(".dasar"),
        " ".join(example(other, wanted, language) for other in areas if other != area),
        language,
    )


@cache
def index() -> dict[str, tuple[str, ...]]:
    """Return every code that a person can meet, by the catalogue that words it."""
    source = resources.files("skm").joinpath("data", "bantuan", "kode.json")
    return {area: tuple(codes) for area, codes in json.loads(source.read_text(encoding="utf-8")).items()}


def _code_in(text: str) -> str:
    """Return the code in what a person copied: the message with it, other brackets, blanks for its hyphens."""
    bracketed = re.search(r"\[\s{0,9}([a-z][\w -]{0,80}?)\s{0,9}\]", text.casefold())
    found = bracketed.group(1) if bracketed else text.casefold()
    return re.sub(r"[\s_-]+", "-", found.strip(" \t\r\n[](){}<>'\"`.,:;!?"))


def _near(wanted: str) -> list[str]:
    """Return codes that hold the words, then those that are spelt nearly so."""
    every = sorted({code for codes in index().values() for code in codes})
    words = [word for word in wanted.split("-") if word]
    holding = [code for code in every if words and set(words) <= set(code.split("-"))]
    holding.sort(key=lambda code: not code.startswith(wanted))
    return list(dict.fromkeys([*holding[:8], *difflib.get_close_matches(wanted[:80], every, n=4)]))[:8]


def _named(template: str) -> str:
    """Return a template with the names of its fields in angle quotes."""
    return "".join(
        text if name is None else f"{text}‹{name.split('.')[0].split('[')[0].replace('_', ' ')}›"
        for text, name, _, _ in string.Formatter().parse(template)
    )
