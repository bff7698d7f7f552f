"""Strict reading of a mapping: every key is ticked off, every problem names the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.basics.strict_mapping import StrictMapping
from skm.basics.words import normalise
from skm.publikasi._figures import OtherPrinting, PrintedNumber


class PrintedMapping(StrictMapping):
    """A mapping with printed figures: numbers as text or as numbers, yes and no as words, blank texts as nothing."""

    unknown = "publikasi-kunci-asing"

    def __init__(self, values: Any, path: str, name: str) -> None:
        if not isinstance(values, Mapping):
            raise DataError("publikasi-bukan-peta", kolom=path or "publikasi", berkas=name or None)
        super().__init__({str(key): value for key, value in values.items()}, name, path)

    def get(self, key: str) -> Any:
        self._used.add(key)
        value = self._values.get(key)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, key: str) -> str:
        value = self.get(key)
        return "" if value is None else str(value).strip()

    def number(self, key: str) -> PrintedNumber | None:
        value = self.get(key)
        return None if value is None else PrintedNumber.read(value, self.at(key))

    def count(self, key: str, minimum: int = 0) -> int | None:
        value = self.get(key)
        return None if value is None else read_count(value, self.at(key), minimum=minimum)

    def flag(self, key: str) -> bool | None:
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return value
        word = normalise(value)
        if word in _YES or word in _NO:
            return word in _YES
        raise DataError("publikasi-ya-tidak", kolom=self.at(key), berkas=self._name or None)

    def table(self, key: str) -> PrintedMapping:
        value = self.get(key)
        return PrintedMapping({} if value is None else value, self.at(key), self._name)

    def tables(self, key: str) -> list[PrintedMapping]:
        value = self.get(key)
        if value is None:
            return []
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Sequence):
            raise DataError("publikasi-bukan-daftar", kolom=self.at(key), berkas=self._name or None)
        return [PrintedMapping(item, f"{self.at(key)}[{i}]", self._name) for i, item in enumerate(value, start=1)]

    def names(self) -> list[str]:
        return list(self._values)

    def items(self) -> list[tuple[str, Any]]:
        self._used.update(self._values)
        return list(self._values.items())


_YES = {"ya", "yes", "benar", "true", "1"}
_NO = {"tidak", "no", "salah", "false", "0"}


def elsewhere(r: PrintedMapping, key: str, inner: str, read: Any) -> tuple[OtherPrinting, ...]:
    """Return the other printings of one thing: a list of tables with its place and its value."""
    found = []
    for item in r.tables(key):
        value = item.get(inner)
        if value is not None:
            found.append(OtherPrinting(item.text("tempat"), read(value, item.at(inner))))
        else:
            item.text("tempat")
        item.finish()
    return tuple(found)
