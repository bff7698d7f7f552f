"""Which unsur a name or a code means; the regulation orders the last two in two ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from skm.basics.errors import OptionError
from skm.basics.words import edit_distance, normalise
from skm.regulasi._regulation import Regulasi


def unsur_id(text: str, regulasi: Regulasi, u8: str | None = None) -> str:
    """Return the id meant by an id, an official name or a code such as "U3"; other names are the office's own.

    Raises
    ------
    OptionError
        The name is within a letter or two of an unsur of the regulation: surely a slip.
    """
    key = normalise(text)
    by_name = names_of(regulasi)
    if key in by_name:
        return by_name[key]
    if match := re.fullmatch(r"(?:u|unsur) ?0{0,3}([0-9]{1,4})", key):
        order = order_of(regulasi, u8)
        number = int(match[1])
        return order[number - 1] if 1 <= number <= len(order) else f"u{number}"
    for unsur in regulasi.unsur:
        slip = 1 if len(unsur.id) < 7 else 2
        if edit_distance(key, unsur.id, slip) <= slip:
            raise OptionError("unsur-mirip", nilai=text, mirip=unsur.id)
    return re.sub(r"[^a-z0-9]+", "_", key).strip("_") or text


def is_ambiguous(regulasi: Regulasi) -> bool:
    """Tell whether the text orders its unsur in two ways, so that an unnamed U8 could be either of two."""
    return len({order[7] for order in regulasi.urutan.values() if len(order) >= 8}) > 1


def order_of(regulasi: Regulasi, u8: str | None = None) -> tuple[str, ...]:
    """Return what U1, U2, ... mean, given what U8 is said to be (None: the regulation's list)."""
    orders = list(regulasi.urutan.values())
    if u8 is None:
        return orders[0]
    for order in orders:
        if len(order) >= 8 and order[7] == u8:
            return order
    raise OptionError("opsi-tidak-dikenal", opsi="u8", nilai=u8, pilihan=sorted({o[7] for o in orders if len(o) >= 8}))


@cache
def names_of(regulasi: Regulasi) -> Mapping[str, str]:
    """Return normalised id, official and short names -> unsur id."""
    table: dict[str, str] = {}
    for unsur in regulasi.unsur:
        for name in (unsur.id, *unsur.nama.values(), *unsur.pendek.values()):
            table[normalise(name)] = unsur.id
    return table
