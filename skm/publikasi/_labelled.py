"""Lines such as "Persyaratan: 3,42" and unsur told in one sentence -> the table that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from skm.publikasi._document import PrintedGrid, Prose
from skm.publikasi._unsur import mentions, unsur_id
from skm.regulasi import Regulasi

_LINE = re.compile(
    r"\s{0,40}(?:[-*\u2022\u25cf\u25aa]\s{0,9}|\d{1,2}[.)]\s{1,9})?(?P<label>[^:=;]{2,90}?)\s{0,9}[:=]\s{0,40}"
    r"(?P<value>\S.{0,60})"
)
_VALUE = re.compile(r"[+-]?\d[\d.,]*\s{0,9}%?(?:\s{0,9}(?:[(/|,-]|[A-Za-z]).*)?")
_LEAST = 3  # lines with a figure that make a table
_MANY = 5  # unsur with a value that make a table of a sentence
_CODE = re.compile(r"\bU\s?0?(\d{1,2})\b", re.I)
_MEAN = re.compile(r"(?<![\d.,])(\d{1,3}[.,]\d{1,4})(?!\d|[.,]\d|\s*%)")


def labelled(parts: Iterable[PrintedGrid | Prose]) -> list[PrintedGrid | Prose]:
    """Return the parts of a document with every run of labelled figures as a table of two columns."""
    out: list[PrintedGrid | Prose] = []
    run: list[tuple[Prose, list[tuple[str, str]]]] = []
    for part in parts:
        pairs = _pairs(part) if isinstance(part, Prose) else None
        if pairs is not None and isinstance(part, Prose):
            run.append((part, pairs))
            continue
        out += _closed(run)
        run = []
        out.append(part)
    return [*out, *_closed(run)]


def _pairs(part: Prose) -> list[tuple[str, str]] | None:
    """Return label and figure of every line of a paragraph; None where a line is something else."""
    found = [_LINE.fullmatch(line) for line in part.teks.splitlines() if line.strip()]
    if not found or any(m is None for m in found):
        return None
    pairs = [(m["label"].strip(), m["value"].strip()) for m in found if m is not None]
    return pairs if any(_VALUE.fullmatch(value) for _, value in pairs) or len(pairs) == 1 else None


def _closed(run: Sequence[tuple[Prose, list[tuple[str, str]]]]) -> list[PrintedGrid | Prose]:
    pairs = [pair for _, found in run for pair in found]
    if sum(bool(_VALUE.fullmatch(value)) for _, value in pairs) < _LEAST:
        return [part for part, _ in run]
    first, last = run[0][0].tempat, run[-1][0].tempat
    place = first if first == last else f"{first} - {last.rsplit(' ', 1)[-1]}"
    return [PrintedGrid(place, tuple(pairs))]


def told_unsur(prose: Sequence[Prose], rule: Regulasi) -> tuple[list[dict[str, Any]], str]:
    """Return the unsur that one paragraph tells with their values, or a run of lines with one each, and the place."""
    run: list[dict[str, Any]] = []
    first = last = ""
    for part in prose:
        text = part.teks
        found = _by_name(text, rule) or _by_code(text)
        if len(found) >= _MANY:
            return found, part.tempat
        if len(found) == 1 and not any(_same(found[0], other, rule) for other in run):
            first, last = first or part.tempat, part.tempat
            run += found
        elif len(run) >= _MANY:
            break
        elif not found:
            run, first = [], ""
    return (run, f"{first} - {last.rsplit(' ', 1)[-1]}") if len(run) >= _MANY else ([], "")


def _same(a: dict[str, Any], b: dict[str, Any], rule: Regulasi) -> bool:
    return unsur_id(a["nama"] or a["kode"], rule) == unsur_id(b["nama"] or b["kode"], rule)


def _by_name(text: str, rule: Regulasi) -> list[dict[str, Any]]:
    spots = mentions(text, {}, rule)
    values = [
        _MEAN.search(text[end : spots[i + 1][0] if i + 1 < len(spots) else len(text)])
        for i, (_, end, _) in enumerate(spots)
    ]
    told = [(spot, m) for spot, m in zip(spots, values, strict=True) if m is not None]
    names = [spot[2] for spot, _ in told]
    if not told or len(told) < len(spots) or len(set(names)) < len(names):
        return []
    return [{"nama": text[start:end], "kode": "", "nilai": m[1]} for (start, end, _), m in told]


def _by_code(text: str) -> list[dict[str, Any]]:
    codes = list(_CODE.finditer(text))
    if not codes:
        return []
    ends = [*(m.start() for m in codes[1:]), len(text)]
    values = [_MEAN.search(text[m.end() : end]) for m, end in zip(codes, ends, strict=True)]
    numbers = [int(m[1]) for m in codes]
    if None in values or len(set(numbers)) < len(numbers):
        return []
    return [{"nama": "", "kode": f"U{n}", "nilai": v[1]} for n, v in zip(numbers, values, strict=True) if v is not None]
