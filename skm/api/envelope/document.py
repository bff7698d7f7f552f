"""The one JSON document that a program gets back: a result with what should be known about it, or an error."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm.basics import messages
from skm.basics.errors import SKMError
from skm.basics.values import Finding, plain

SCHEMA = "1"


# Findings in rising order of weight.
LEVELS = ("catatan", "peringatan", "kesalahan")


_PLACES = ("berkas", "lembar", "baris", "kolom", "sel", "jalur")


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """A finding, and the group it is about where it concerns one group only."""

    finding: Finding
    kelompok: Mapping[str, Any] | None = None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        own = self.finding.to_dict(lang)
        return own if self.kelompok is None else own | {"kelompok": plain(self.kelompok)}


@dataclass(frozen=True, slots=True)
class Done:
    """A command's answer.

    Attributes
    ----------
    hasil : callable
        Returns what stands under ``hasil`` in the JSON document.
    teks : callable
        Returns what a person reads.
    temuan : sequence of GroupFinding
        What somebody should know.
    gagal : bool
        Whether a condition holds that the caller named as a failure.
    """

    hasil: Callable[[], Any]
    teks: Callable[[], str]
    temuan: Sequence[GroupFinding] = ()
    gagal: bool = False


def document(
    command: str | None, lang: str, *, selesai: Done | None = None, galat: Mapping[str, Any] | None = None
) -> str:
    """Return the one JSON document, in ASCII."""
    content = {
        "versi_skema": SCHEMA,
        "perintah": command,
        "hasil": None if selesai is None else selesai.hasil(),
        "peringatan": [] if selesai is None else [t.to_dict(lang) for t in selesai.temuan],
        "galat": galat,
    }
    return json.dumps(content, ensure_ascii=True, allow_nan=False)


def galat(problem: SKMError, lang: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return an error as a JSON-ready mapping."""
    named = as_typed(problem, names)
    first: Mapping[str, Any] = next(iter(problem.context.get("lokasi") or ()), {})
    told = {**first, **{key: problem.context[key] for key in _PLACES if problem.context.get(key) is not None}}
    place = {key: str(plain(told[key])) for key in _PLACES if key in told}
    return {
        "kode": problem.code,
        "pesan": named.message(lang),
        "petunjuk": hint_for(named, lang),
        "lokasi": place or None,
    }


def defect(problem: BaseException) -> SKMError:
    """Return what a defect of this program is told as: its text may quote cells, so only its kind is named."""
    return SKMError("cacat-internal", jenis=type(problem).__name__)


def as_typed(problem: SKMError, names: Mapping[str, str]) -> SKMError:
    """Return the same error with arguments called what the caller typed."""
    renamed = {
        key: names[value]
        for key, value in problem.context.items()
        if key in ("opsi", "untuk") and isinstance(value, str) and value in names
    }
    return type(problem)(problem.code, **(dict(problem.context) | renamed)) if renamed else problem


def hint_for(problem: SKMError, lang: str) -> str:
    """Return what to do: in terms of the command line where the catalogue has that, else as the API says it."""
    own = f"saran.{problem.code}"
    if messages.has("cli", own):
        return messages.text("cli", own, lang, **problem.context)
    return problem.hint(lang)
