"""What a code of an error or a note means: an example, what to do; the same text offline as in the documentation."""

from __future__ import annotations

import difflib
import html
import json
import string
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.numbers import Lang, resolve_lang

AREA = "bantuan"
# What stands in an example where a message names something; numbers where the message formats one.
_WORDS: dict[str, Any] = {
    "berkas": "jawaban.xlsx",
    "lembar": "Data",
    "baris": 17,
    "kolom": "U3",
    "lain": "U4",
    "unsur": "waktu",
    "mirip": "persyaratan",
    "nilai": "5",
    "opsi": "bobot",
    "pilihan": ["Data", "Data 2"],
    "k": 9,
    "faktor": 25,
    "x": 9,
    "kolom_salah": ["U3", "U7"],
    "periode": "2026-S2",
    "unit": "Kecamatan Contoh",
    "mutu": "B",
    "jalur": "data[3].u4",
    "tempat": ["E17", "G21"],
    "ciri": "pendidikan",
    "regulasi": "permenpanrb-14-2017",
    "folder": "survei-2026",
    "paket": "python-docx",
    "kelompok": ["KTP", "KK"],
    "sebab": "...",
}


@dataclass(frozen=True, slots=True)
class CodeHelp:
    """What a code means.

    Attributes
    ----------
    kode, area : str
        The code, and the catalogue that words it ("galat" for errors).
    arti : str
        The sentence, with the names of what it tells in angle quotes.
    contoh : str
        The sentence as it may stand on the screen.
    saran : str
        What to do; empty where nothing is to be done.
    dasar : str
        The rule behind it; empty where it has none.
    """

    kode: str
    area: str
    arti: str
    contoh: str
    saran: str
    dasar: str
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
        found = [("", self.kode), *((name, getattr(self, name)) for name in ("arti", "contoh", "saran", "dasar"))]
        return [(messages.text(AREA, name, self.lang) if name else "", text) for name, text in found if text]

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {name: getattr(self, name) for name in ("kode", "area", "arti", "contoh", "saran", "dasar")}


def bantuan(kode: str, lang: str | None = None) -> CodeHelp:
    """Return what a code of an error or a note means.

    Parameters
    ----------
    kode : str
        The code as it stands in brackets before a message, or in a result's notes.
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
    wanted = kode.strip().strip("[]").casefold()
    owner = {code: area for area, codes in index().items() for code in codes}
    if wanted not in owner:
        near = difflib.get_close_matches(wanted, owner, n=4) or ["-"]
        raise OptionError("kode-tidak-dikenal", nilai=kode[:60], mirip=near)
    language, area = resolve_lang(lang), owner[wanted]

    def part(code: str, *, filled: bool) -> str:
        if not messages.has(area, code):
            return ""
        return _filled(area, code, language) if filled else _named(messages.catalogue(area)[code][language])

    return CodeHelp(
        wanted,
        area,
        part(wanted, filled=False),
        part(wanted, filled=True),
        part(f"{wanted}.saran", filled=True),
        part(f"{wanted}.dasar", filled=True),
        language,
    )


@cache
def index() -> dict[str, tuple[str, ...]]:
    """Return every code that a person can meet, by the catalogue that words it."""
    source = resources.files("skm").joinpath("data", "bantuan", "kode.json")
    return {area: tuple(codes) for area, codes in json.loads(source.read_text(encoding="utf-8")).items()}


def _named(template: str) -> str:
    """Return a template with the names of its fields in angle quotes."""
    return "".join(
        text if name is None else f"{text}‹{name.split('.')[0].split('[')[0].replace('_', ' ')}›"
        for text, name, _, _ in string.Formatter().parse(template)
    )


def _filled(area: str, code: str, lang: Lang) -> str:
    """Return a text with something plausible in every field; a field that wants another kind gets its name."""
    template = messages.catalogue(area)[code][lang]
    values: dict[str, Any] = {}
    for _, name, spec, _ in string.Formatter().parse(template):
        if name:
            plain = name.split(".")[0].split("[")[0]
            values[plain] = _sample(plain, spec or "")
    try:
        return messages.text(area, code, lang, **values)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return _named(template)


def _sample(name: str, spec: str) -> Any:
    if spec == "n":
        return 12
    if spec in ("x", "bilangan") or (spec.startswith("d") and spec[1:].isdigit()) or spec.endswith(("f", "%")):
        return "3.47" if spec == "bilangan" else 3.47
    value = _WORDS.get(name, name.replace("_", " "))
    if spec == "daftar":
        return value if isinstance(value, list) else [value]
    return ", ".join(map(str, value)) if isinstance(value, list) and spec != "teks" else value
