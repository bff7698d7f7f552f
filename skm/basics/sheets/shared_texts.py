"""Texts that many cells share: one of 100 KB in a million cells is a hundred gigabytes once every cell has its copy."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit, setting
from skm.basics.sheets.archive import Archive, Member
from skm.basics.sheets.extent import Extent
from skm.basics.sheets.parts import pieces_of_xml

_TEXT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?si(?=[\s/>])")
_INDEX = re.compile(rb"\st=[\"']s[\"'][^<>]{0,200}>\s*<(?:[A-Za-z_][\w.-]*:)?v>\s*(\d{1,8})\s*<")


def refuse_multiplied(archive: Archive, parts: Mapping[str, Extent], name: str) -> None:
    """Refuse a workbook whose shared texts, written out in every cell that shows them, exceed the limit.

    Raises
    ------
    UnreadableFileError
        They do.
    """
    most = limit("terurai")
    texts = [m for m in archive.members if m.name.rpartition("/")[2] == "sharedstrings.xml"]
    cells = sum(extent.cells for extent in parts.values())
    size = max((m.entry.file_size for m in texts), default=0)
    if not cells or size * cells <= most:
        return
    lengths = max((_lengths(archive, m, name) for m in texts), key=lambda found: int(found.max(initial=0)))
    longest = int(lengths.max(initial=0))
    if longest * cells <= most:
        return
    total, counted = 0, 0
    for member in archive.members:
        if member.name in parts:
            found, length = _shown(archive, member, lengths, name)
            counted += found
            total += length
    total += max(cells - counted, 0) * longest  # those that are written in another way
    if total > most:
        raise UnreadableFileError(
            "buku-terlalu-besar",
            berkas=name,
            ukuran=total // 1_000_000,
            batas=most // 1_000_000,
            anjuran=setting("terurai"),
        )


def _lengths(archive: Archive, member: Member, name: str) -> np.ndarray:
    """Return how long each shared text is at most: from where it begins to where the next one does."""
    at, starts = 0, []
    carried = b""
    for piece in pieces_of_xml(archive, member, name):
        text = carried + piece
        keep = len(text) - text.rfind(b"<") if b"<" in text[-64:] else 0
        body = text[: len(text) - keep] if keep else text
        starts += [at + match.start() for match in _TEXT.finditer(body)]
        at += len(body)
        carried = text[len(body) :]
    starts += [at + match.start() for match in _TEXT.finditer(carried)]
    return np.diff(np.array([*starts, at + len(carried)], dtype=np.int64))


def _shown(archive: Archive, member: Member, lengths: np.ndarray, name: str) -> tuple[int, int]:
    """Return how many cells of a sheet name a shared text, and how long those are together."""
    counted = total = 0
    tail = b""
    for piece in pieces_of_xml(archive, member, name):
        text = tail + piece
        cut = max(text.rfind(b"</c>"), text.rfind(b":c>"), 0)
        index = np.array(_INDEX.findall(text[:cut]), dtype=np.int64) if cut else np.array([], dtype=np.int64)
        tail = text[cut:]
        counted += len(index)
        index = index[index < len(lengths)]
        total += int(lengths[index].sum())
    return counted, total
