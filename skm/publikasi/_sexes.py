"""Men and women where no table of respondents counts them: two rows, one cell, or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import Prose, cell_text
from skm.publikasi._found import Finds
from skm.publikasi._meaning import lead, number

_MEN, _WOMEN = r"laki[ -]laki|laki2|pria|male", r"perempuan|wanita|female"
_COUNT = r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?!\d|[.,]\d|\s*(?:%|persen|tahun|th\b))"


def read_sexes(finds: Sequence[Finds], prose: Iterable[Prose]) -> dict[str, Any] | None:
    """Return a table of respondents by sex, from rows of the tables or from one sentence; None where there is none."""
    for f in finds:
        if (found := _rows(f)) is not None:
            return found
    for part in prose:
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", part.teks):
            if (pair := _sentence(sentence)) is not None:
                return _table(*pair)
    return None


def _rows(f: Finds) -> dict[str, Any] | None:
    """Find two rows close to each other, each with one count; bare letters only as a pair."""
    seen: dict[str, tuple[int, int, str, Any]] = {}
    for r, row in enumerate(f.grid.baris):
        filled = [(c, x) for c, x in enumerate(row) if cell_text(x) and cell_text(x) != ":"]
        place = next((i for i, (c, x) in enumerate(filled) if _sex(cell_text(x))), None)
        if place is None or (r, filled[place][0]) in f.dipakai:
            continue
        counts = [(c, x) for c, x in filled[place + 1 :] if (n := number(x)) is not None and n.nilai == int(n.nilai)]
        if len(counts) != 1:
            continue
        label = cell_text(filled[place][1])
        seen.setdefault(_sex(label), (r, counts[0][0], label, counts[0][1]))
    if set(seen) != {"m", "w"} or abs(seen["m"][0] - seen["w"][0]) > 2:
        return None
    for r, c, _, _ in seen.values():
        f.dipakai.add((r, c))
    where = f"{f.grid.nama} baris {min(r for r, *_ in seen.values()) + 1}"
    f.akun.append(AccountLine("tabel-responden", where, "kuat", True, {"tabel": ["jenis kelamin"]}))
    (_, _, a, x), (_, _, b, y) = seen["m"], seen["w"]
    return _table((a, lead(x)), (b, lead(y)))


def _sex(label: str) -> str:
    key = normalise(label)
    if re.fullmatch(rf"(?:{_MEN.replace('-', ' ')}|l)", key):
        return "m"
    return "w" if re.fullmatch(rf"(?:{_WOMEN}|p)", key) else ""


def _sentence(text: str) -> tuple[tuple[str, Any], tuple[str, Any]] | None:
    """Read "laki-laki 80 orang dan perempuan 70 orang" or "80 laki-laki dan 70 perempuan" of all respondents."""
    low = text.casefold()
    if re.search(r"\b(per|setiap|tiap|layanan|loket|kelurahan)\b", low) or not re.search(
        r"responden|jenis kelamin", low
    ):
        return None
    out = []
    for words in (_MEN, _WOMEN):
        spots = list(re.finditer(rf"\b(?:{words})\b", low))
        if len(spots) != 1:
            return None
        behind = re.match(rf"\s*(?:sebanyak|berjumlah|sejumlah|adalah|yaitu|[:=(])?\s*{_COUNT}", low[spots[0].end() :])
        before = re.search(rf"{_COUNT}\s*(?:orang\s*)?(?:\()?\s*$", low[: spots[0].start()])
        before = before or re.search(
            rf"{_COUNT}\s*(?:orang\s*)?(?:responden\s*)?(?:berjenis kelamin )?$", low[: spots[0].start()]
        )
        out.append((spots[0][0], behind and behind[1], before and before[1]))
    for side in (1, 2):
        if all(entry[side] for entry in out):
            return (out[0][0], out[0][side]), (out[1][0], out[1][side])
    return None


def _table(men: tuple[str, Any], women: tuple[str, Any]) -> dict[str, Any]:
    rows = [{"tingkat": label, "jumlah": _whole(count)} for label, count in (men, women)]
    return {"karakteristik": "jenis_kelamin", "judul": "Jenis kelamin", "baris": rows}


def _whole(count: Any) -> Any:
    if isinstance(count, float) and count.is_integer():
        return int(count)
    return count.replace(".", "") if isinstance(count, str) else count
