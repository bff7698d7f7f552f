"""Strict reading of the package's TOML files: unknown keys, missing keys and wrong types name file and key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from skm.basics.errors import DataError
from skm.basics.limits import is_long_number
from skm.basics.messages import Phrase
from skm.basics.strict_text import parse_toml
from skm.basics.words import edit_distance

_MISSING: Any = object()


class StrictMapping:
    """A mapping whose keys are ticked off as they are read; `finish` refuses the others."""

    unknown = "toml-kunci-asing"  # code of the error for a key that nobody asked for

    def __init__(self, values: Mapping[str, Any], name: str, path: str = "") -> None:
        self._values = values
        self._name = name
        self._path = path
        self._used: set[str] = set()

    def at(self, key: str) -> str:
        """Return where a key stands, from the top of the file."""
        return f"{self._path}.{key}" if self._path else key

    def finish(self) -> None:
        """Refuse keys that nobody asked for, naming near ones: a misspelt key must not be ignored."""
        for key in self._values:
            if key not in self._used:
                near = [k for k in sorted(self._used) if edit_distance(key, k, 2) <= 2]
                raise DataError(
                    self.unknown, berkas=self._name or None, kolom=self.at(key), pilihan=near or sorted(self._used)
                )

    def __bool__(self) -> bool:
        return bool(self._values)


class StrictReader(StrictMapping):
    """One table of a TOML file of this package: every value has the kind that is asked for."""

    @classmethod
    def parse(cls, content: bytes, name: str) -> StrictReader:
        """Read a whole file."""
        return cls(parse_toml(content, name), name)

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a text, or "" where it may be absent."""
        value = self._take(key, str, required)
        return "" if value is _MISSING else str(value)

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(key, list, required)
        if value is _MISSING:
            return ()
        if not all(isinstance(item, str) for item in value):
            raise self._wrong(key, _kind("jenis-daftar-teks"))
        return tuple(value)

    def integer(self, key: str, *, required: bool = True, default: int = 0) -> int:
        """Return a whole number."""
        value = self._take(key, int, required)
        if isinstance(value, bool):
            raise self._wrong(key, _kind("jenis-bulat"))
        return default if value is _MISSING else int(value)

    def flag(self, key: str) -> bool:
        """Return true or false; absent means false."""
        value = self._take(key, bool, required=False)
        return value is True

    def decimal(self, key: str) -> Decimal:
        """Return an exact decimal, written as text with a comma or as a TOML number."""
        return self._decimal(key, self._take(key, (str, int, Decimal), required=True))

    def pair(self, key: str) -> tuple[Decimal, Decimal]:
        """Return two exact decimals, a lower and an upper bound."""
        value = self._take(key, list, required=True)
        if len(value) != 2:
            raise self._wrong(key, _kind("jenis-dua-angka"))
        low, high = (self._decimal(key, item) for item in value)
        if low > high:
            raise self._wrong(key, _kind("jenis-batas"))
        return low, high

    def date(self, key: str, *, required: bool = True) -> date | None:
        """Return a calendar date."""
        value = self._take(key, date, required)
        if isinstance(value, datetime):
            raise self._wrong(key, _kind("jenis-tanggal"))
        return None if value is _MISSING else value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return a text that is one of the choices."""
        value = self.text(key)
        if value not in choices:
            raise self._wrong(key, *choices)
        return value

    def bilingual(self, key: str) -> Mapping[str, str]:
        """Return a text in both languages."""
        inner = self.table(key)
        both = {"id": inner.text("id"), "en": inner.text("en")}
        inner.finish()
        return both

    def either(self, key: str) -> str | Mapping[str, str]:
        """Return one text for both languages, or a text in each."""
        value = self._take(key, (str, dict), required=True)
        return value if isinstance(value, str) else self.bilingual(key)

    def table(self, key: str, *, required: bool = True) -> StrictReader:
        """Return an inner table; a falsy reader where it may be absent and is."""
        value = self._take(key, dict, required)
        return StrictReader({} if value is _MISSING else value, self._name, self.at(key))

    def tables(self, key: str, *, required: bool = True) -> tuple[StrictReader, ...]:
        """Return a list of inner tables."""
        value = self._take(key, list, required)
        if value is _MISSING:
            return ()
        if not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, _kind("jenis-daftar-tabel"))
        return tuple(StrictReader(item, self._name, f"{self.at(key)}[{i}]") for i, item in enumerate(value, start=1))

    def keys_besides(self, *known: str) -> tuple[str, ...]:
        """Return the keys of the table other than the given ones."""
        return tuple(key for key in self._values if key not in known)

    def _take(self, key: str, kind: type | tuple[type, ...], required: bool) -> Any:
        self._used.add(key)
        if key not in self._values:
            if required:
                raise DataError("toml-kunci-hilang", berkas=self._name, kolom=self.at(key))
            return _MISSING
        value = self._values[key]
        if not isinstance(value, kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            raise self._wrong(key, *(_kind(_KINDS[k]) for k in kinds))
        return value

    def _decimal(self, key: str, value: Any) -> Decimal:
        text = str(value).replace(",", ".")
        try:
            if is_long_number(text):
                raise self._wrong(key, _kind("jenis-angka"))
            number = Decimal(text)
        except ArithmeticError:
            raise self._wrong(key, _kind("jenis-angka")) from None
        if not number.is_finite():
            raise self._wrong(key, _kind("jenis-angka"))
        return number

    def _wrong(self, key: str, *expected: str | Phrase) -> DataError:
        return DataError("toml-jenis-salah", berkas=self._name, kolom=self.at(key), diharapkan=expected)


_KINDS: dict[type, str] = {
    str: "jenis-teks",
    int: "jenis-bulat",
    bool: "jenis-ya-tidak",
    list: "jenis-daftar",
    dict: "jenis-tabel",
    date: "jenis-tanggal",
    Decimal: "jenis-angka",
}


def _kind(code: str) -> Phrase:
    return Phrase("galat", code)
