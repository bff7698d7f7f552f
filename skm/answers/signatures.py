"""What a question's words prove: an unsur surely, strongly or weakly, another instrument, or no unsur at all.

A keyword alone never makes an unsur. A sentence does when it holds the signature of exactly one: a word of the thing
and a word of its quality, as the official question has them. The words are in ``data/tanda.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from skm.basics.words import normalise, remembered
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._unsur import names_of

Kekuatan = Literal["pasti", "kuat", "lemah"]

_ROW = re.compile(r"\[(?P<baris>[^\[\]]+)\]\s*$")
_LEGEND = re.compile(r"[\[(][^\[\]()]*(?:\d|=|\ba\.\s|pilih|choose|select)[^\[\]()]*[\])]", re.IGNORECASE)
_PATH = re.compile(r"[\w.-]{1,200}(?:[/:]|__)(?P<akhir>[\w.-]+)")
LONGEST = 400  # characters of a header that is looked into
# A question that could be answered yes or no; whether it is one, only its answers tell.
YES_NO = "ya-tidak"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a header proves.

    Attributes
    ----------
    kekuatan : {"pasti", "kuat", "lemah"}
        How strongly it speaks for the butir; "pasti" too where it surely is none.
    butir : tuple of str
        The butir it may ask about; empty where it asks about none.
    alasan : str
        Code of the reason.
    rinci : str
        What the reason is about: the instrument's name, the kind of question.
    """

    kekuatan: Kekuatan
    butir: tuple[str, ...]
    alasan: str
    rinci: str = ""


def readings(column: str) -> list[str]:
    """Return the texts a header may be known by: without a legend in brackets, the row of a grid alone, the whole.

    >>> readings("Persyaratan [1 = tidak sesuai, 4 = sangat sesuai]")[0]
    'Persyaratan'
    """
    if len(column) > LONGEST:
        return []
    texts = []
    plain = _LEGEND.sub(" ", column).strip()
    if plain and plain != column:
        texts.append(plain)
    if match := _ROW.search(column):
        texts.append(match["baris"])
    if match := _PATH.fullmatch(column.strip()):
        texts.append(match["akhir"])
    return [*dict.fromkeys([*texts, column])]


def judge(column: str, base: Kuesioner, named: Callable[[str], str | None]) -> Evidence | None:
    """Say what a header proves, or None where it says nothing about unsur.

    Parameters
    ----------
    named : callable
        Text -> the butir whose name it is, or None.
    """
    if len(column) > LONGEST:
        return None
    texts = readings(column)
    if (sure := _sure(column, texts, named)) is not None:
        return sure
    if not _vocabulary(base) & set(normalise(column).split()):
        return None  # most columns of a wide table
    words = _words()
    for text in texts:
        key = normalise(text)
        hits = tuple(b.id for b in base.butir if _signed(key, b))
        hits = hits or _framed(key, base, named)
        if not hits:
            continue
        if other := _kind(key, words["nilai_lain"]):
            return Evidence("lemah", hits, "nilai-lain", other)
        return Evidence("kuat" if len(hits) == 1 else "lemah", hits, "tanda" if len(hits) == 1 else "tanda-beberapa")
    for text in texts:
        key = normalise(text)
        hits = mentioned(key, base)
        if not hits:
            continue
        kind = _kind(key, words["nilai_lain"]) or _kind(key, words["bukan"])
        if kind == YES_NO:
            return Evidence("lemah", hits, YES_NO, kind)
        if kind:
            return Evidence("pasti", (), "bukan-unsur", kind)
        return Evidence("lemah", hits, "kata")
    return None


def _sure(column: str, texts: Sequence[str], named: Callable[[str], str | None]) -> Evidence | None:
    """Say what a header proves by a name in it, or by another instrument's.

    The row of a grid is an unsur's name under any question, also under one about importance: that is weak.
    """
    instrument, other = other_instrument(column), other_value(column)
    for text in texts:
        butir = named(text)
        if butir is not None and (text == column or not (instrument or other)):
            return Evidence("pasti", (butir,), "nama")
        if butir is not None and not instrument:
            return Evidence("lemah", (butir,), "nilai-lain", other)
    return Evidence("pasti", (), "instrumen", instrument) if instrument else None


@lru_cache(maxsize=32)
def _vocabulary(base: Kuesioner) -> frozenset[str]:
    """Return every word without which a header says nothing about any unsur of a questionnaire."""
    phrases = [phrase for b in base.butir for phrase in (b.unsur, *b.kuat, *b.kata, *b.sinonim, *b.tanya.values())]
    for known in _words()["unsur"].values():
        phrases += [*known["inti"], *known.get("frasa", ())]
    phrases += names_of(base.regulasi)
    return frozenset(word for phrase in phrases for word in _key(phrase).split())


@remembered
def other_instrument(column: str) -> str:
    """Return the name of the instrument that a header belongs to, where it is not the SKM's.

    >>> other_instrument("Apakah petugas meminta imbalan?"), other_instrument("Kewajaran biaya")
    ('IPAK', '')
    """
    return _kind(normalise(column), _words()["instrumen"])


@remembered
def other_value(column: str) -> str:
    """Return what a header asks instead of the performance: how important something is, or what is expected.

    >>> other_value("Tingkat kepentingan [Persyaratan]"), other_value("Tingkat kepuasan [Persyaratan]")
    ('kepentingan', '')
    """
    return _kind(normalise(column), _words()["nilai_lain"])


@remembered
def is_judgement(column: str) -> bool:
    """Tell whether a header asks how good something is, and not who the respondent is.

    >>> is_judgement("Kepuasan atas layanan yang diterima"), is_judgement("Jenis layanan yang diterima")
    (True, False)
    """
    return bool(_kind(normalise(column), _words()["menilai"]))


def mentioned(key: str, base: Kuesioner) -> tuple[str, ...]:
    """Return the butir that a normalised text mentions: by phrases, else by single words."""
    for kind in ("kuat", "kata"):
        hits = tuple(b.id for b in base.butir if _holds(key, getattr(b, kind)))
        if hits:
            return hits
    return ()


def _signed(key: str, butir: Butir) -> bool:
    """Tell whether a text bears the signature of an unsur: a word of the thing and one of its quality."""
    known: Mapping[str, list[str]] | None = _words()["unsur"].get(butir.unsur)
    if known is None:
        return _holds(key, [phrase for phrase in butir.kuat if len(normalise(phrase).split()) > 1])
    padded = f" {key} "
    if any(phrase in padded for phrase in known.get("frasa", ())):
        return True
    things = [word for word in known["inti"] if word in padded]
    return bool(things) and any(quality in padded for quality in known["sifat"] if quality not in things)


def _framed(key: str, base: Kuesioner, named: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the butir whose name, or phrase of several words, is all that a sentence says besides its frame."""
    rest = _without_filler(key)
    if (butir := named(rest)) is not None:
        return (butir,)
    return tuple(b.id for b in base.butir if len(rest.split()) > 1 and rest in map(_key, b.kuat))


def _without_filler(key: str) -> str:
    """Return a sentence without the words that frame every question.

    >>> _without_filler("bagaimana pendapat saudara tentang jangka waktu di unit ini")
    'jangka waktu'
    """
    filler = _words()["pengisi"]
    return " ".join(word for word in key.split() if word not in filler and not word.isdigit())


def _holds(key: str, phrases: Iterable[str]) -> bool:
    padded = f" {key} "
    return any(f" {phrase} " in padded for phrase in map(_key, phrases))


@lru_cache(maxsize=2048)
def _key(phrase: str) -> str:
    return normalise(phrase)


def _kind(key: str, patterns: Mapping[str, re.Pattern[str]]) -> str:
    return next((name for name, pattern in patterns.items() if pattern.search(key)), "")


@cache
def _words() -> dict[str, Any]:
    raw = tomllib.loads(resources.files("skm").joinpath("data", "tanda.toml").read_text(encoding="utf-8"))
    compiled = {
        table: {name: re.compile(pattern) for name, pattern in raw[table].items()}
        for table in ("bukan", "nilai_lain", "instrumen", "menilai")
    }
    unsur = {
        name: {kind: [f" {normalise(word)} " for word in words] for kind, words in known.items()}
        for name, known in raw["unsur"].items()
    }
    return {"unsur": unsur, "pengisi": frozenset(raw["pengisi"]["kata"]), **compiled}
