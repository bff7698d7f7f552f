"""What lies behind a code, what to do about it, and the message as it may stand on a screen; all from data files."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang

_CAUSE, _REMEDY = 0, 2  # Indonesian first, English after it


def cause(area: str, code: str, lang: Lang) -> str:
    """Return why a message is written; "" where nobody has said so yet (a test holds that none is missing)."""
    return _told(area, code, _CAUSE + (lang == "en"))


def remedy(area: str, code: str, lang: Lang) -> str:
    """Return what to do where the message itself gives no advice."""
    return _told(area, code, _REMEDY + (lang == "en"))


def example(area: str, code: str, lang: Lang) -> str:
    """Return a text of the catalogue with plausible values in its fields."""
    owner = code.split(".", maxsplit=1)[0]
    known = _data("contoh")
    own: Mapping[str, Any] = known["kode"].get(area, {}).get(owner, {})
    fields: dict[str, Any] = {}
    for name, spec in fields_of(area, code):  # a name that is written in two ways has the value of its code
        if name in own:
            fields[name] = own[name]
        elif name not in fields or isinstance(fields[name], str):
            fields[name] = _usual(known["isian"], name, spec)
    return messages.text(area, code, lang, **fields)


def fields_of(area: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a text with the way each is written."""
    for _, name, spec, _ in string.Formatter().parse(messages.catalogue(area)[code]["id"]):
        if name:
            yield name.split(".")[0].split("[")[0], "daftar" if "[" in name else spec or ""


def _usual(known: Mapping[str, Mapping[str, Any]], name: str, spec: str) -> Any:
    values = known.get(name, {"*": name})  # a test holds that no field is without a value
    value = values.get(spec, values["*"])
    if spec == "daftar" and not isinstance(value, list):
        return [value]
    if spec in ("", "teks") and isinstance(value, list):
        return ", ".join(map(str, value))
    if spec == "n" and not isinstance(value, int):
        return 12
    wants_number = spec in ("x", "bilangan") or (spec.startswith("d") and spec[1:].isdigit())
    if wants_number and not _is_number(value):
        return Decimal("3.47")
    return Decimal(value) if wants_number and spec != "bilangan" else value


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _told(area: str, code: str, place: int) -> str:
    said: Mapping[str, list[str]] = _data("penjelasan").get(area, {})
    kinds = [key for key in said if key.endswith("*") and code.startswith(key[:-1])]
    for key in (code, *sorted(kinds, key=len, reverse=True)):
        if len(told := said.get(key, [])) > place and told[place]:
            return told[place]
    return ""


@cache
def _data(name: str) -> Any:
    source = resources.files("skm").joinpath("data", "bantuan", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
