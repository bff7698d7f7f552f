"""Lines copied out of a PDF, whose columns are a single space apart -> tables: [number] name number(s) [grade].

What stands at the right end of a line tells its columns; names, which may hold spaces, are what is left of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skm.publikasi._document import PrintedGrid, Prose

_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
_NO = re.compile(r"(\d{1,2}|[ivx]{1,5})[.)]?", re.I)
_GRADE = re.compile(r"(?:(sangat|kurang|tidak|cukup) )?(baik|puas|memuaskan)$", re.I)
_UNIT = re.compile(r"(orang|responden|jiwa|%|persen)$", re.I)
_HEADS = re.compile(
    r"(no\.?|nomor|kode|nama(?: unsur| unit)?|unsur(?: (?:pe)?layanan)?|uraian|indikator|karakteristik|jenis kelamin"
    r"|(?:jenis )?layanan|(?:tingkat )?pendidikan(?: terakhir)?|pekerjaan(?: utama)?|(?:kelompok )?(?:usia|umur)"
    r"|unit(?: kerja| (?:pe)?layanan)?|opd|perangkat daerah|(?:nilai )?rata-?\s?rata(?: unsur)?"
    r"|nilai (?:indeks|unsur|interval|konversi|ikm|skm|mutu|tertimbang)|nilai|nrr(?: tertimbang| per unsur)?"
    r"|tertimbang|konversi|indeks|ikm|skm|bobot|mutu(?: (?:pe)?layanan| unsur)?|kategori|kinerja(?: unit| pelayanan)*"
    r"|predikat|keterangan|jumlah(?: responden| nilai)?|frekuensi|persen(?:tase)?(?: ?\(%\))?|\(?%\)?|responden"
    r"|peringkat|tahun|(?:total|jumlah) (?:nilai|skor)|total|skor|keseluruhan|u\d{1,2}"
    r"|(?:semester|triwulan|tw) [ivx\d]+(?: (?:tahun )?20\d\d)?|20\d\d|kelurahan|kecamatan|desa|dinas|puskesmas|poli"
    r"|loket|bidang|seksi|periode)",
    re.I,
)
_TOLD = re.compile(r"[:=]\s{0,9}\d+[.,]\d")  # a name with its figure: what stands behind is another one
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 90  # letters of a name
_FIRST = 3  # columns before the figures: number, code, name
_LEAST = 3  # lines that make a table without a header


@dataclass(frozen=True, slots=True)
class _Row:
    """A line taken apart: its number, its name, and what stands behind."""

    nomor: str
    nama: str
    isi: tuple[str, ...]

    @property
    def bentuk(self) -> str:
        """The kinds of what stands behind: "nnl" for two numbers and a grade."""
        return "".join("n" if _NUMBER.fullmatch(x) else "l" for x in self.isi)


def single_spaced(lines: Sequence[tuple[int, str]], place: str) -> list[PrintedGrid | Prose]:
    """Return the tables among lines of text, and the lines themselves where they make none."""
    out: list[PrintedGrid | Prose] = []
    run: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        number, text = lines[at]
        if _row(text) is not None or (run and _rest(lines, at)) or (_heads(text) and at + 1 < len(lines)):
            if _heads(text) and run:
                out += _table(run, place)
                run = []
            run.append((number, text))
        else:
            out += _table(run, place)
            run = []
            out.append(Prose(f"{place} baris {number}", text))
        at += 1
    return [*out, *_table(run, place)]


def _rest(lines: Sequence[tuple[int, str]], at: int) -> bool:
    """Tell whether a line without figures is a part of a name broken over two lines."""
    text = lines[at][1]
    begins = re.match(r"\d{1,2}[.)]?\s+[A-Z]", text) is not None and not re.search(r"\d", text[3:])
    following = _row(lines[at + 1][1]) if at + 1 < len(lines) else None
    if begins and following is not None and not following.nomor:
        return True
    return len(text) <= _LONGEST and text[:1].islower() and not re.search(r"\d|[.:;]$", text)


def _row(text: str) -> _Row | None:
    """Take a line apart from its right end; None where it is no row."""
    words = text.split()
    tail: list[str] = []
    while words:
        grade = next((n for n in (2, 1) if len(words) > n and _GRADE.fullmatch(" ".join(words[-n:]))), 0)
        if grade and not (tail and _GRADE.search(tail[0])):
            tail.insert(0, " ".join(words[-grade:]))
            del words[-grade:]
        elif _UNIT.fullmatch(words[-1]) and len(words) > 1 and _NUMBER.fullmatch(words[-2]):
            tail.insert(0, words[-2] + ("%" if words[-1] in ("%", "persen") else ""))
            del words[-2:]
        elif _NUMBER.fullmatch(words[-1]) or re.fullmatch(r"\(?[A-E]\)?|-", words[-1]):
            tail.insert(0, words.pop().strip("()"))
        else:
            break
    if not words and len(tail) > 1 and _YEAR.fullmatch(tail[0]):
        words = [tail.pop(0)]
    if not words or not tail:
        return None
    first = _NO.fullmatch(words[0]) if len(words) > 1 else None
    name = " ".join(words[1:] if first else words).rstrip(" :=.")
    sentence = re.search(r"[.!?;]\s|\b(adalah|yaitu|dengan|sebesar|dari|pada|menjadi|bulan|tanggal)\b", name)
    if (
        not (re.search(r"[A-Za-z]", name) or _YEAR.fullmatch(name))
        or len(name) > _LONGEST
        or sentence
        or _TOLD.search(name)
    ):
        return None
    return _Row(first[1] if first else "", name, tuple(tail))


def _heads(text: str) -> list[str]:
    """Return the columns that a line of header words names; nothing where it is no header.

    Names of services or units are words that nobody knows: each stands for a column of its own.
    """
    found: list[str] = []
    known = at = 0
    while at < len(text):
        match = _HEADS.match(text, at)
        whole = match is not None and re.match(r"[\s|/]|$", text[match.end() :]) is not None
        word = match if match is not None and whole else re.compile(r"[^\W\d][\w/().&-]*").match(text, at)
        if word is None:
            return []
        known += whole
        if not found and not whole:
            return []
        found.append(word[0])
        space = re.match(r"[\s|]*", text[word.end() :])
        at = word.end() + (space.end() if space else 0)
    return found if len(found) > 1 and known > 1 and len(text) <= 2 * _LONGEST else []


def _table(run: Sequence[tuple[int, str]], place: str) -> list[PrintedGrid | Prose]:
    """Return a run of lines as a table, or as the lines that they are."""
    plain: list[PrintedGrid | Prose] = [Prose(f"{place} baris {number}", text) for number, text in run]
    if len(run) < 2:
        return plain
    first = _row(run[0][1])
    heads = _heads(run[0][1]) if first is None or all(map(_YEAR.fullmatch, first.isi)) else []
    rows = [row for text in _whole([text for _, text in run[bool(heads) :]]) if (row := _row(text)) is not None]
    counted = [row for row in rows if "n" in row.bentuk]
    if len(counted) < (2 if heads else _LEAST) or not _figures(counted, bool(heads)):
        return plain
    usual = max((row.bentuk for row in counted), key=[row.bentuk for row in counted].count)
    full = [row.isi for row in counted if row.bentuk == usual]
    whole = {i for i in range(len(usual)) if not any(re.search(r"[.,]", line[i]) for line in full)}
    named = heads[-len(usual) :] if 1 <= len(heads) - len(usual) <= _FIRST else []
    lead = [h for h in heads[: -len(usual)] if not re.fullmatch(r"no\.?|nomor", h, re.I)] if named else []
    grid: list[tuple[str | None, ...]] = []
    if named:
        grid.append(("No", " ".join(lead) or None, *named))
    for row in rows:
        if (cells := _cells(row, usual, whole)) is None:
            return plain
        grid.append((row.nomor or None, row.nama, *cells))
    return [PrintedGrid(f"{place} baris {run[0][0]}-{run[-1][0]}", tuple(grid))]


def _whole(texts: Sequence[str]) -> list[str]:
    """Join names that are broken over two lines."""
    out: list[str] = []
    for text in texts:
        if out and _row(out[-1]) is None and _row(text) is not None:
            out[-1] = f"{out[-1]} {text}"
        elif out and _row(text) is None and text[:1].islower() and (row := _row(out[-1])) is not None:
            name = f"{row.nomor} {row.nama} {text}".strip()
            out[-1] = " ".join([name, *row.isi])
        else:
            out.append(text)
    return out


def _figures(rows: Sequence[_Row], headed: bool) -> bool:
    """Tell whether the numbers are figures: pages of a list of contents are whole, and never fall."""
    numbers = [[x for x in row.isi if _NUMBER.fullmatch(x)] for row in rows]
    if headed:
        return True
    return sum(any("," in x or "." in x or "%" in x for x in found) for found in numbers) * 2 > len(rows)


def _cells(row: _Row, usual: str, whole: set[int]) -> list[str | None] | None:
    """Put what a row prints under the columns of the table; None where it prints more than they hold."""
    if row.bentuk == usual:
        return list(row.isi)
    cells: list[str | None] = [None] * len(usual)
    # The rows that close a table print less; what they print stands at the right.
    for kind, value in zip(reversed(row.bentuk), reversed(row.isi), strict=True):
        places = range(len(usual) - 1, -1, -1)
        fitting = [i for i in places if usual[i] == kind and cells[i] is None]
        if re.search(r"\d[.,]\d", value):  # a figure with decimals is of no column of counts
            fitting = [i for i in fitting if i not in whole] or fitting
        place = next(iter(fitting), None)
        if place is None:
            free = next((i for i in places if cells[i] is None), None)
            if free is None:
                return None
            place = free
        cells[place] = value
    return cells
