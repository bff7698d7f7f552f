"""Records inside other values, as interfaces and apps export them: found, and laid flat as one table.

A list of records may lie anywhere in a document; a record may hold objects, a list of its answers, or a list of
objects with one answer each. Pages of a longer list are refused: the rest would be missing in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skm.answers.code_runs import asked_code
from skm.answers.unsur_names import is_named
from skm.basics.errors import DataError
from skm.regulasi._kuesioner import Kuesioner

_DEEP = 6
_FEW = 50  # items of a list that are themselves looked into for lists
_LOOKED_AT = 100
_ANSWERS = 5  # values of a list that can be the answers of a respondent
# What an interface says about a longer list, without signs: how many there are, how many pages, that more follows.
_TOTALS = (
    "total",
    "count",
    "totalcount",
    "totaldata",
    "recordstotal",
    "jumlahdata",
    "totalelements",
    "totalrecords",
    "totalitems",
    "totalrows",
    "totalresults",
    "totalhits",
)
_PAGES = ("lastpage", "totalpages", "pagecount")
_NEXT = ("next", "nextpage", "nextpageurl", "nextlink", "odatanextlink", "nextcursor", "nextpagetoken")
_MORE = {"hasmore": True, "hasnext": True, "hasnextpage": True, "more": True, "last": False, "islastpage": False}
_ABOUT = ("meta", "links", "pagination", "paging", "page", "pageinfo", "info", "total", "hits")

Records = list[Mapping[str, Any]]


def records_in(document: Any, name: str, base: Kuesioner) -> Any | None:
    """Return the rows of a document: its list of records, a header with rows, or columns; None where it has none.

    Raises
    ------
    DataError
        Several lists could be the answers, or the document says that it is one page of more.
    """
    if isinstance(document, list) and document and all(type(row) is list for row in document):
        return document
    if isinstance(document, Mapping):
        names, rows = document.get("columns"), document.get("data")
        if isinstance(names, list) and isinstance(rows, list) and all(type(row) is list for row in rows):
            return [names, *rows]
        lists = [v for v in document.values() if isinstance(v, list)]
        if lists and len(lists) == len(document) and not any(isinstance(v[0], Mapping) for v in lists if v):
            return document
    found = list(_lists(document, "", (), 0, base))
    telling = [one for one in found if _telling(one[1], base)]
    outer = [one for one in found if not any(one[0] != o[0] and _within(one[0], o[0]) for o in found)]
    choice = telling or outer
    if len(choice) > 1:
        raise DataError("json-beberapa-daftar", berkas=name, pilihan=[path or "/" for path, _, _ in choice][:12])
    if not choice:
        return None
    _, records, around = choice[0]
    for holder in around:
        _refuse_page(holder, len(records), name)
    return records


def is_nested(records: Sequence[Any]) -> bool:
    """Tell whether what follows one another are records that hold objects or lists, by the first of them."""
    first = records[:_LOOKED_AT]
    if not is_records(list(first)) or not any(isinstance(v, (Mapping, list)) for row in first for v in row.values()):
        return False
    return is_records(list(records))


def flattened(records: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """Return records without objects inside: one row per respondent, or per answer where each answer is an object.

    Examples
    --------
    >>> flattened([{"id": 1, "jawaban": {"u1": 4}}])
    [{'id': 1, 'jawaban/u1': 4}]
    >>> flattened([{"umur": 30, "isi": [{"unsur": "U1", "nilai": 4}]}])
    [{'responden': 1, 'umur': 30, 'unsur': 'U1', 'nilai': 4}]

    Raises
    ------
    DataError
        Lists of answers are of different lengths.
    """
    flat = [dict(_flat(record, "", 0)) for record in records]
    inner = sorted({key for row in flat for key, value in row.items() if is_records(value)})
    if len(inner) == 1:
        return _exploded(flat, inner[0])
    lists = sorted({key for row in flat for key, value in row.items() if _is_answers(value)})
    for key in lists:
        sizes = sorted({len(row[key]) for row in flat if _is_answers(row.get(key))})
        if len(sizes) > 1:
            odd = [i for i, row in enumerate(flat) if _is_answers(row.get(key)) and len(row[key]) != sizes[-1]]
            raise DataError("padat-tidak-sama", kolom=key, banyak=sizes, tempat=", ".join(map(str, odd[:8])))
    return [_spread(row, lists) for row in flat]


def _exploded(flat: Sequence[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for number, row in enumerate(flat, start=1):
        own = {name: value for name, value in row.items() if name != key}
        for answer in row.get(key) or [{}]:
            inner = dict(_flat(answer, "", 0))
            placed = {(f"{key}/{name}" if name in own or name == "responden" else name): v for name, v in inner.items()}
            out.append({"responden": number, **{n: v for n, v in own.items() if n != "responden"}, **placed})
    return out


def _spread(row: dict[str, Any], lists: Sequence[str]) -> dict[str, Any]:
    """Return a row with its list of answers under U1, U2, ... behind the name of the list."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        if key in lists and _is_answers(value):
            out |= {f"{key}/u{i}": one for i, one in enumerate(value, start=1)}
        else:
            out[key] = value
    return out


def _flat(value: Mapping[Any, Any], start: str, depth: int) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        name = f"{start}{key}"
        if isinstance(inner, Mapping) and inner and depth < _DEEP:
            yield from _flat(inner, f"{name}/", depth + 1)
        else:
            yield name, inner


def _lists(
    value: Any, path: str, around: tuple[Mapping[Any, Any], ...], depth: int, base: Kuesioner
) -> Iterator[tuple[str, Records, tuple[Mapping[Any, Any], ...]]]:
    """Go through the lists of records of a document, each with its path and the objects around it."""
    if depth > _DEEP:
        return
    if isinstance(value, Mapping):
        keyed = list(value.values())
        if len(keyed) > 1 and all(isinstance(v, Mapping) for v in keyed) and _telling(keyed, base):
            yield path, keyed, around  # records by their key, as some databases export them
        for key, inner in value.items():
            yield from _lists(inner, f"{path}/{key}", (*around, value), depth + 1, base)
    elif is_records(value):
        yield path, value, around
        for i, inner in enumerate(value if len(value) <= _FEW else ()):
            yield from _lists(inner, f"{path}/{i}", (), depth + 1, base)


def _within(path: str, other: str) -> bool:
    return path.startswith(f"{other}/")


def _telling(records: Records, base: Kuesioner) -> bool:
    """Tell whether the keys of records name several unsur."""
    keys = {name for record in records[:5] for name, _ in _flat(record, "", 0)}
    return sum(asked_code(key) is not None or is_named(key, base) for key in keys) >= 3


def is_records(value: Any) -> bool:
    """Tell whether a value is a list of mappings, and not an empty one."""
    if not isinstance(value, list):
        return False
    return bool(value) and all(issubclass(kind, Mapping) for kind in set(map(type, value)))


def _is_answers(value: Any) -> bool:
    """Tell whether a value is a list of plain values long enough to be all answers of a respondent."""
    return (
        isinstance(value, list)
        and len(value) >= _ANSWERS
        and all(isinstance(v, (int, str, float, type(None))) and not isinstance(v, bool) for v in value)
    )


def _refuse_page(holder: Mapping[Any, Any], here: int, name: str) -> None:
    """Refuse a list of which the document itself says that more follows.

    Raises
    ------
    DataError
        There is a next page, or a total above the number of records.
    """
    totals: list[int] = []
    following = False
    for key, value in _told(holder):
        number = _number(value)
        if key in _TOTALS and number is not None:
            totals.append(number)
        following |= (key in _NEXT and bool(value)) or (key in _PAGES and (number or 0) > 1)
        following |= key in _MORE and value is _MORE[key]
    if following or any(total > here for total in totals):
        raise DataError("json-sebagian", berkas=name, banyak=here, jumlah=max([*totals, here]))


def _told(holder: Mapping[Any, Any], depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield what an object says about its list, also inside the objects that are there for it."""
    for written, value in holder.items():
        key = re.sub(r"[^a-z]", "", str(written).casefold())
        yield key, value
        if key in _ABOUT and isinstance(value, Mapping) and depth < _DEEP:
            inner = {"total": value["value"]} if key == "total" and "value" in value else value
            yield from _told(inner, depth + 1)


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
