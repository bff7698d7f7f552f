"""A zip archive, looked into so that no other program can see another archive in the same bytes.

Readers differ in where they find the list of members, which of two members of one name they take, and whether they
stop at the declared size. Here an archive has one list, at its end; every member, under whatever name, is unpacked
to its end and has exactly the size that the list says; all of them together stay below the limit.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit, setting

ZIP = b"PK\x03\x04"
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_PIECE = 1 << 22  # bytes unpacked at a time
_FED = 1 << 20  # packed bytes handed to the decompressor at a time


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive: its name as readers compare it, and its own entry."""

    name: str
    entry: zipfile.ZipInfo


class Archive:
    """An archive in memory whose members can be unpacked piece by piece.

    ``holds_archives``: its members may be workbooks that are stored as they are, each with its own list inside; no
    other program reads such an archive for us, and each workbook is opened on its own, where it must have one list.
    """

    def __init__(self, content: bytes, name: str, *, holds_archives: bool = False) -> None:
        self._content = content
        self._name = name
        self._unpacked = 0
        try:
            _one_list(content, within=holds_archives)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error) as problem:
            raise damaged(problem, name) from None
        if len(entries) > limit("anggota"):
            raise UnreadableFileError("zip-terlalu-banyak", berkas=name, banyak=len(entries), batas=limit("anggota"))
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFileError("buku-bersandi", berkas=name)
        self._bounded(sum(entry.file_size for entry in entries))
        self.members = [Member(_plain(entry.filename), entry) for entry in entries if not entry.is_dir()]

    def pieces(self, member: Member) -> Iterator[bytes]:
        """Unpack a member piece by piece.

        Raises
        ------
        UnreadableFileError
            It is damaged, or not what the list says.
        """
        entry, seen, total = member.entry, 0, 0
        try:
            for piece in _unpacked(self._content, entry):
                seen = zlib.crc32(piece, seen)
                total += len(piece)
                if total > entry.file_size:
                    break
                yield piece
        except (zipfile.BadZipFile, zlib.error, struct.error) as problem:
            raise damaged(problem, self._name) from None
        if total != entry.file_size or seen != entry.CRC:
            raise UnreadableFileError("buku-rusak", berkas=self._name, sebab=f"{entry.filename[:60]}: CRC")

    def whole(self, member: Member, most: int) -> bytes:
        """Unpack a member that is small.

        Raises
        ------
        UnreadableFileError
            It is larger than ``most`` bytes.
        """
        self._bounded(member.entry.file_size, most)
        return b"".join(self.pieces(member))

    def _bounded(self, size: int, most: int | None = None) -> None:
        bound = limit("terurai") if most is None else most
        if size > bound:
            raise UnreadableFileError(
                "buku-terlalu-besar",
                berkas=self._name,
                ukuran=size // 1_000_000,
                batas=max(bound // 1_000_000, 1),
                anjuran=setting("terurai"),
            )


def damaged(problem: BaseException, name: str) -> UnreadableFileError:
    """Return the refusal for a problem that a library has met."""
    if isinstance(problem, UnreadableFileError):
        return problem
    cause = (str(problem).splitlines() or [""])[0][:120] or type(problem).__name__
    return UnreadableFileError("buku-rusak", berkas=name, sebab=cause)


def _plain(name: str) -> str:
    """Return a member's name as readers compare it: without case, leading slash or backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _one_list(content: bytes, *, within: bool) -> None:
    """Refuse bytes in which another program could find another list of members; ``within``: behind the members only."""
    tail = content[-(22 + 0xFFFF + 4) :]
    at = content.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile("no list of members")
    if within and at + 22 == len(content):
        (begin,) = struct.unpack("<I", content[at + 16 : at + 20])
        tail = content[begin:]
    if tail.count(_END) != 1 or _END64 in tail:
        raise zipfile.BadZipFile("more than one list of members")
    size, offset, comment = struct.unpack("<IIH", content[at + 12 : at + 22])
    if offset + size != at or at + 22 + comment != len(content):
        raise zipfile.BadZipFile("the list of members is not at the end")


def _unpacked(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    at = entry.header_offset
    head = content[at : at + 30]
    if head[:4] != ZIP or len(head) < 30:
        raise zipfile.BadZipFile("no member here")
    names = struct.unpack("<HH", head[26:30])
    start = at + 30 + sum(names)
    packed = memoryview(content)[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise zipfile.BadZipFile("cut off")
    if entry.compress_type == zipfile.ZIP_STORED:
        for i in range(0, len(packed), _PIECE):
            yield bytes(packed[i : i + _PIECE])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("another compression")
    opened = zlib.decompressobj(-15)
    used = 0
    while not opened.eof and used < len(packed):
        rest: bytes | memoryview = packed[used : used + _FED]
        used += len(rest)
        while rest and not opened.eof:
            piece = opened.decompress(rest, _PIECE)
            rest = opened.unconsumed_tail
            if piece:
                yield piece
    if piece := b"" if opened.eof else opened.flush():
        yield piece
    if not opened.eof or opened.unused_data or used < len(packed):
        raise zipfile.BadZipFile("cut off")
