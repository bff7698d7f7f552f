"""Names of persons never leave a document: what is no word for services, units or times is told by its place.

A head, a label, a sheet or a caption is shown with the words that a list knows, and with what follows the word for an
institution ("Kelurahan Sukamaju"); any other word may be the name of a person, whatever language it is of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from skm.answers.column_kinds import holds_person
from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, Prose, SourceDocument, cell_text
from skm.publikasi._meaning import counting, number
from skm.publikasi._unsur import known_unsur, unsur_id
from skm.regulasi import Regulasi

_PIECE = re.compile(r"(?P<kata>[^\W_]+(?:['\u2019`][^\W_]+)*)|(?P<sela>[^\w\s]|_)|(?P<spasi>\s+)")
_FORMED = re.compile(
    r"(?:pe[lmnr]|per)\w{3,}an|ke\w{4,}(?<!w)an|(?:me|di)\w{4,}kan|\w{3,}(?:isasi|ikasi|ologi|ografi|iatri|ometri)"
)
_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,6}")  # of an institution or a service: nobody's name is without a vowel
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})", re.I)
_APART = frozenset("-\u2013\u2014(),:;|=[]\u2022")
_LONGEST = 200  # letters; what is longer is a paragraph, of which only figures are read
_HIDDEN = "\u2026"
_TITLES = frozenset(("dr", "dra", "drs", "drg", "h", "hj", "ir", "prof", "r", "tn", "ny", "sdr", "sdri"))
_WORK = frozenset(("program", "kegiatan", "subkegiatan", "indikator", "sasaran", "tujuan"))
_HEAD = 60  # letters of the head of a column
_HEADS = frozenset(("nama", "unit", "kerja", "asal", "perangkat", "daerah", "se", "layanan", "pelayanan", "upp"))
_PIECES = 5  # lines over which a narrow column breaks a word
_NAMED = 3  # words behind the word for an institution that are its name


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that name no person, by what they do to the words behind them."""

    kata: frozenset[str]
    lembaga: frozenset[str]
    bernama_orang: frozenset[str]
    kepala_tempat: frozenset[str]
    jabatan: frozenset[str]
    juga_nama: frozenset[str]
    ungkapan: frozenset[str]


@cache
def _words() -> _Words:
    raw = tomllib.loads(resources.files("skm").joinpath("data", "kata_umum.toml").read_text(encoding="utf-8"))
    lists = {key: frozenset(value if isinstance(value, list) else value.split()) for key, value in raw.items()}
    return _Words(**lists)


def without_persons(document: SourceDocument, rule: Regulasi, public: frozenset[str] = frozenset()) -> SourceDocument:
    """Return the document with every name that may be a person's replaced by its place; figures stay as they are.

    Names in ``public`` (normalised) are known to be of offices, and stay.
    """
    places = frozenset(_places(document))
    parts: list[PrintedGrid | Prose] = []
    for i, part in enumerate(document.bagian, start=1):
        if isinstance(part, Prose):
            parts.append(part)
            continue
        title, name = (shown(text, places, strict=True) for text in (part.judul, part.nama))
        if _HIDDEN in name:
            name = "tabel 1" if len(document.grids) == 1 else f"bagian {i}"
        parts.append(replace(_grid(part, places, rule, public), nama=name, judul=title))
    return replace(document, bagian=tuple(parts))


def shown(text: str, places: frozenset[str] = frozenset(), *, strict: bool = False) -> str:
    """Return a text with the words that may name a person left out.

    In a statement of several words small letters begin no name, unless ``strict``.

    >>> shown("Kartu Keluarga"), shown("Kelurahan Sukamaju"), shown("Loket 1 Sumarni Lestari"), shown("Sumarni")
    ('Kartu Keluarga', 'Kelurahan Sukamaju', 'Loket 1 \u2026', '\u2026')
    """
    if len(text) > _LONGEST or not re.search(r"[^\W\d_]", text):
        return text
    pieces = [(m.lastgroup or "", m[0]) for m in _PIECE.finditer(text)]
    words = [word for kind, word in pieces if kind == "kata"]
    sentence = not strict and len(words) > _NAMED and words[0][:1].isupper() and _known(words[0])
    out: list[tuple[str, str]] = []
    hiding = False
    opened = 0
    role = False
    for at, (kind, piece) in enumerate(pieces):
        if kind != "kata":
            apart = piece in _APART and (piece != "-" or (out and out[-1][0] == "spasi"))
            if apart:
                hiding, opened = False, 0
            if not hiding or apart:
                out.append((kind, piece))
            continue
        key = piece.casefold()
        vocabulary = _words()
        digits = any(c.isdigit() for c in piece)
        titled = key in _TITLES and _after_one_named(out)
        if key in vocabulary.jabatan and not titled and not _phrase(pieces, at):
            role, opened = True, 0
        fine = (
            (digits and len(re.sub(r"\d", "", piece)) <= _NAMED)
            or (_known(piece) and not (role and key in vocabulary.juga_nama))
            or _phrase(pieces, at)
            or (key in places and not role)
            or opened > 0
            or (sentence and _lower(piece))
        )
        if fine and (not hiding or digits):
            hiding = False
            out.append((kind, piece))
            opened = max(0, opened - 1)
            if key in vocabulary.lembaga and not role:
                opened = _NAMED
            continue
        if not hiding:
            while out and (out[-1][0] == "spasi" or _before_name(out)):
                out.pop()
            out += [("spasi", " "), ("sela", _HIDDEN), ("spasi", " ")]
        hiding = True
    told = "".join(piece for _, piece in out)
    if _HIDDEN not in told:
        return text
    kept = [piece for kind, piece in out if kind == "kata" and (len(piece) > 2 or any(c.isdigit() for c in piece))]
    return " ".join(told.split()) if kept else _HIDDEN


def joined_words(text: str) -> str:
    r"""Return the lines of a narrow cell as one text, words that were broken in the middle whole again.

    >>> joined_words("NRR\nterti\nmban\ng"), joined_words("nilai\nper\nunsur"), joined_words("Uraia\nn")
    ('NRR tertimbang', 'nilai per unsur', 'Uraian')
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    out: list[str] = []
    at = 0
    while at < len(lines):
        *before, last = lines[at]
        out += before
        end = _joined(lines, at, last)
        out.append(last + "".join(line[0] for line in lines[at + 1 : end + 1]))
        if end > at and len(lines[end]) > 1:
            lines[end] = lines[end][1:]
            at = end
        else:
            at = end + 1
    return " ".join(out)


def _joined(lines: Sequence[Sequence[str]], at: int, last: str) -> int:
    """Return the last line that a word which ends a line goes on in; only a line that is one piece is in between."""
    word, best = last, at
    for end in range(at + 1, min(len(lines), at + _PIECES)):
        piece = lines[end][0]
        if end == at + 1 and _listed(last) and _listed(piece):
            return at
        if piece[:1].isupper() and not word.isupper():
            break
        word += piece
        if _listed(word):
            best = end
        if len(lines[end]) > 1:
            break
    return best


def _listed(word: str) -> bool:
    """Tell whether a piece is a whole word; "rata-rata" is two of them."""
    vocabulary = _words()
    for key in word.casefold().strip(".,:;()").split("-"):
        known = key in vocabulary.kata or key in vocabulary.lembaga
        if len(key) < 2 or not (known or (len(key) > 7 and _FORMED.fullmatch(key))):
            return False
    return True


def _lower(word: str) -> bool:
    return word[:1].islower() and not any(c.isdigit() for c in word)


def _known(word: str) -> bool:
    """Tell whether a word names no person: one of the list, a letter, a Roman number, a noun formed of others."""
    key, vocabulary = word.casefold().rstrip("0123456789") or word, _words()  # "Sheet1" is a sheet
    if len(key) == 1 or _ROMAN.fullmatch(key) or key in vocabulary.kata or key in vocabulary.lembaga:
        return True
    if key in vocabulary.jabatan or (len(key) > 7 and _FORMED.fullmatch(key)) or _INITIALS.fullmatch(word):
        return True
    return len(key) > 6 and key.endswith("nya") and key[:-3] in vocabulary.kata


def _phrase(pieces: Sequence[tuple[str, str]], at: int) -> bool:
    """Tell whether a word stands in one of the phrases whose words alone can be names."""
    words = [(i, piece.casefold()) for i, (kind, piece) in enumerate(pieces) if kind == "kata"]
    here = next(i for i, (place, _) in enumerate(words) if place == at)
    for size in (2, 3):
        for start in range(max(0, here - size + 1), here + 1):
            run = words[start : start + size]
            if len(run) == size and " ".join(word for _, word in run) in _words().ungkapan:
                return True
    return False


def _before_name(out: Sequence[tuple[str, str]]) -> bool:
    """Tell whether what stands last can be a part of a name behind it; a mark only behind an initial or a title."""
    if out[-1][1] in ".,'":
        return len(out) > 1 and _ambiguous(out[-2][1])
    return _ambiguous(out[-1][1])


def _ambiguous(piece: str) -> bool:
    """Tell whether what stands before a name can be a part of it: an initial, a title, a word that is a name too."""
    key = piece.casefold()
    return (len(key) == 1 and key.isalpha()) or key in _words().juga_nama or key in _TITLES


def _after_one_named(out: Sequence[tuple[str, str]]) -> bool:
    last = next((piece for kind, piece in reversed(out) if kind == "kata"), "")
    return last.casefold() in _words().bernama_orang


def _places(document: SourceDocument) -> Iterator[str]:
    """Yield the names of places that the document gives: behind a word for an institution, or below its head."""
    for part in document.bagian:
        if isinstance(part, Prose):
            yield from _told(part.teks)
            continue
        yield from _told(part.judul)
        for row in part.baris:
            for cell in row:
                if isinstance(cell, str):
                    yield from _told(cell)


def _told(text: str) -> Iterator[str]:
    """Yield the words behind a word for an institution, where nobody's office is named before it."""
    for line in text[: 4 * _LONGEST].splitlines():
        words = line.split()
        for i, word in enumerate(words[:-1]):
            key = word.casefold().strip(".")
            if key not in _words().lembaga or any(w.casefold().strip(".,:") in _words().jabatan for w in words[:i]):
                continue
            name = words[i + 1]
            if name[:1].isupper() and (bare := name.strip(".,;:()")).isalpha() and not _known(bare):
                yield bare.casefold()


def _grid(grid: PrintedGrid, places: frozenset[str], rule: Regulasi, public: frozenset[str]) -> PrintedGrid:
    """Return a table whose heads and labels name no person."""
    kept = _kept(grid, rule)
    known: dict[str, str] = {}
    taken: set[str] = set()
    rows: list[tuple[object, ...]] = []
    for r, row in enumerate(grid.baris):
        cells: list[object] = list(row)
        heads = not any(number(x) is not None and counting(x) is None for x in row)
        for c, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            if known_unsur(cell, rule):
                cells[c] = _unsur_alone(cell, rule)
                continue
            if (r, c) in kept or (public and len(cell) <= _LONGEST and normalise(cell) in public):
                continue
            figures = number(cell) is not None
            told = (
                _HIDDEN if holds_person(cell) and not figures and _worded(cell) else shown(cell, places, strict=heads)
            )
            if _HIDDEN not in told:
                continue
            if figures or re.search(r"\d[.,]\d|[:=]\s*\d", told):
                cells[c] = " ".join(told.replace(_HIDDEN, " ").split())
                continue
            if cell not in known:
                place = _place(r, c, heads=heads)
                if place in taken:
                    place = f"baris {r + 1} kolom {c + 1}"
                taken.add(place)
                known[cell] = _by_place(told, place)
            cells[c] = known[cell]
        rows.append(tuple(cells))
    return replace(grid, baris=tuple(rows))


def _unsur_alone(cell: str, rule: Regulasi) -> str:
    """Return the name of an unsur without what stands beside it and may name a person."""
    told = shown(cell)
    rest = _rest(told)
    return rest if _HIDDEN in told and known_unsur(rest, rule) else cell


def _worded(cell: str) -> bool:
    """Tell whether a cell holds words besides a sum of money."""
    return re.search(r"[^\W\d_]", re.sub(r"\b(?:rp|idr)(?![^\W\d_])", "", cell.casefold())) is not None


def _rest(told: str) -> str:
    """Return what is left of a text without the marks of what was hidden."""
    return " ".join(told.replace(_HIDDEN, " ").split()).strip(" -\u2013,;:/&_")


def _by_place(told: str, place: str) -> str:
    rest = re.sub(r"\( ?\)", "", _rest(told)).strip()
    return f"{rest} ({place})" if rest else place


def _place(r: int, c: int, *, heads: bool) -> str:
    """Return "kolom 3" for a head, "baris 7" for a label in a row of figures."""
    return f"kolom {c + 1}" if heads else f"baris {r + 1}"


def _kept(grid: PrintedGrid, rule: Regulasi) -> set[tuple[int, int]]:
    """Return the cells in a list of unsur, whose own names stay: between the known ones, and numbered behind them.

    Cells below the head of a column of places stay too.
    """
    kept: set[tuple[int, int]] = set()
    hits: dict[int, list[int]] = {}
    for r, row in enumerate(grid.baris):
        named = {}
        for c, cell in enumerate(row):
            if isinstance(cell, str) and cell and number(cell) is None and known_unsur(cell, rule):
                named[unsur_id(cell, rule)] = c
                hits.setdefault(c, []).append(r)
            elif isinstance(cell, str) and _short(cell):
                kept |= _below(grid, r, c)
            elif isinstance(cell, str) and len(cell) <= _HEAD and set(normalise(cell).split()) & _WORK:
                kept |= {(x, c) for x in range(r + 1, len(grid.baris)) if _titled(cell_text(grid.cell(x, c)))}
        if len(named) > 1:
            kept |= {(r, c) for c in range(len(row))}
    for c, rows in hits.items():
        if len({unsur_id(cell_text(grid.cell(r, c)), rule) for r in rows}) < 2:
            continue
        first, last = rows[0], rows[-1]
        while last + 1 < len(grid.baris) and _counted(grid, last, last + 1, c):
            last += 1
        while first > 0 and _counted(grid, first - 1, first, c):
            first -= 1
        kept |= {(r, c) for r in range(first, last + 1)}
    return kept


def _short(head: str) -> bool:
    """Tell whether a text is the head of a column of places, and nothing more."""
    words = set(normalise(head).split())
    return bool(words & _words().kepala_tempat) and words <= _words().kepala_tempat | _HEADS


def _titled(text: str) -> bool:
    """Tell whether a text is the name of a programme or an indicator: several words, the first of them known."""
    words = normalise(text).split()
    return len(words) > 2 and _known(words[0]) and not set(words) & _words().jabatan


def _below(grid: PrintedGrid, r: int, c: int) -> set[tuple[int, int]]:
    """Return the cells below a head up to an empty row; nothing where one of them has a title or an office."""
    cells = []
    for x in range(r + 1, len(grid.baris)):
        if not any(cell_text(y) for y in grid.baris[x]):
            break
        cells.append((x, c))
    if not any(number(y) is None and cell_text(y) for y in grid.baris[r]):
        return set()
    texts = [cell_text(grid.cell(x, c)) for x, _ in cells]
    persons = any(set(normalise(t).split()) & _words().jabatan and _HIDDEN in shown(t) for t in texts)
    return set() if persons else set(cells)


def _counted(grid: PrintedGrid, above: int, below: int, c: int) -> bool:
    """Tell whether the numbers of two rows at the left of a column count on."""
    for x in range(min(c, 3)):
        a, b = counting(grid.cell(above, x)), counting(grid.cell(below, x))
        if a is not None and b is not None and b == a + 1:
            return True
    return False
