"""What a questionnaire asks about the respondent, as data; shared by the paper form and the data-entry workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.basics.strict_mapping import StrictReader
from skm.regulasi._kuesioner import Butir

_WORDS = ("makna-1", "makna-2", "makna-3", "makna-4")
_KINDS = ("tanggal", "pilihan", "umur", "teks")


@dataclass(frozen=True, slots=True)
class RespondentField:
    """One field. ``jenis`` is tanggal, pilihan, umur or teks."""

    id: str
    judul: Mapping[str, str]
    jenis: str
    pilihan: tuple[str, ...]

    def name(self, lang: str | None = None) -> str:
        """Return its heading."""
        return self.judul[resolve_lang(lang)]


@cache
def fields() -> tuple[RespondentField, ...]:
    """Return the fields in the order of the form."""
    source = resources.files("skm").joinpath("data", "mulai", "isian.toml")
    top = StrictReader.parse(source.read_bytes(), "isian.toml")
    found = []
    for row in top.tables("isian"):
        kind = row.choice("jenis", _KINDS)
        choices = row.texts("pilihan", required=kind == "pilihan")
        found.append(RespondentField(row.text("id"), row.bilingual("judul"), kind, choices))
        row.finish()
    top.finish()
    return tuple(found)


def labels(butir: Butir, levels: int, lang: str) -> tuple[str, ...]:
    """Return the answers of a question, worst first; general words where the questionnaire has none for it."""
    if butir.label:
        return butir.label
    if levels != len(_WORDS):
        return tuple(str(level) for level in range(1, levels + 1))
    return tuple(messages.text("mulai", code, lang) for code in _WORDS)
