"""Labels of periods into the order of time: by their meaning, never by their letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from skm.basics.arguments import as_list
from skm.basics.errors import OptionError, SKMError
from skm.basics.months import MONTHS
from skm.basics.periods import Periode, parse_period
from skm.stats._result import group_name

_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.DOTALL)


def in_time_order(labels: Sequence[Any], order: Sequence[Any] | None = None) -> list[Any]:
    """Return distinct labels in order of time, or in the order given.

    Parameters
    ----------
    labels : sequence
        Periods ("2025-03", "Semester I 2025", years), names of months, numbers, or one word with a number ("Gelombang
        2"); all of one kind.
    order : sequence, optional
        The labels from first to last.

    Raises
    ------
    OptionError
        The labels are of no such kind, or ``order`` repeats a label or leaves one out.

    Examples
    --------
    >>> in_time_order(["M10", "M9", "M1"]), in_time_order(["Maret", "Februari"])
    (['M1', 'M9', 'M10'], ['Februari', 'Maret'])
    >>> in_time_order(["Semester II 2024", "Semester I 2025", "Semester I 2024"])
    ['Semester I 2024', 'Semester II 2024', 'Semester I 2025']
    """
    if order is not None:
        wanted = as_list(order, "order")
        if repeated := sorted({str(x) for x in wanted if wanted.count(x) > 1}):
            raise OptionError("urutan-berulang", label=repeated)
        if lost := [group_name(x) for x in labels if x not in wanted]:
            raise OptionError("urutan-waktu-kurang", label=lost)
        return [x for x in wanted if x in labels]
    readers: tuple[Callable[[Any], tuple[str, Any] | None], ...] = (_number, _period, _month, _numbered)
    for read in readers:
        keys = [key for key in map(read, labels) if key is not None]
        if len(keys) == len(labels) == len(set(keys)) and len({word for word, _ in keys}) == 1:
            return [labels[i] for i in sorted(range(len(keys)), key=lambda i: keys[i][1])]
    raise OptionError("urutan-waktu", label=[group_name(x) for x in labels])


def skipped(labels: Sequence[Any]) -> list[str]:
    """Return the calendar periods that lie between those named and are none of them.

    >>> skipped(["2025-01", "2025-02", "2025-05"])
    ['2025-03', '2025-04']
    """
    found = [_as_period(label) for label in labels]
    known = [p for p in found if p is not None]
    if len(known) < len(found):
        return []
    return [p.label for a, b in pairwise(known) for p in a.between(b)]


def _number(label: Any) -> tuple[str, float] | None:
    text = str(label).strip()
    return ("", float(text)) if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text) else None


def _as_period(label: Any) -> Periode | None:
    try:
        return parse_period(label)
    except SKMError:
        return None


def _period(label: Any) -> tuple[str, Any] | None:
    found = _as_period(label)
    return None if found is None else ("", (found.dari, found.hingga))


def _month(label: Any) -> tuple[str, int] | None:
    number = MONTHS.get(str(label).strip().casefold().rstrip("."))
    return None if number is None else ("", number)


def _numbered(label: Any) -> tuple[str, int] | None:
    match = _NUMBERED.fullmatch(str(label).strip())
    return None if match is None else (match[1].strip().casefold(), int(match[2]))
