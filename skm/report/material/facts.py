"""What only the office knows, read from a form in Excel, a TOML file or a mapping into one value."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.numbers import LANGS, format_count, format_decimal, format_exact
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.strict_text import parse_toml
from skm.report.material.clean_text import clean
from skm.report.material.fields import Field, FieldTable, catalogue
from skm.report.material.form import read_form
from skm.report.material.photos import Photo, read_image

_U8 = ("pengaduan", "sarana")
_NO = {"", "-", "tidak", "belum", "0", "no", "false", "x belum"}
_INSTEAD = {"penyebab": ("penyebab_lemah", "penyebab_kuat")}
_MONTHS = tuple([messages.catalogue("laporan")[f"bulan-{m}"][lang].casefold() for m in range(1, 13)] for lang in LANGS)


@dataclass(frozen=True, slots=True, eq=False)
class Fakta:
    """Filled-in facts.

    Attributes
    ----------
    isi : mapping
        Id of a value -> value; ids are those of ``data/laporan/fakta.toml``. What is blank is absent.
    tabel : mapping
        Id of a table -> its rows, each a mapping of column id to value.
    """

    isi: Mapping[str, Any] = field(default_factory=dict)
    tabel: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "isi", MappingProxyType(dict(self.isi)))
        object.__setattr__(self, "tabel", MappingProxyType(dict(self.tabel)))

    def __reduce__(self) -> tuple[Any, ...]:
        tabel = {key: tuple(dict(row) for row in rows) for key, rows in self.tabel.items()}
        return Fakta, (dict(self.isi), tabel)

    def get(self, key: str) -> Any:
        """Return a value, or None where it was not filled in."""
        return self.isi.get(key)

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of a table; empty where it was not filled in."""
        return self.tabel.get(key, ())

    def text(self, key: str, lang: str | None = None) -> str | None:
        """Return a value as people read it, or None."""
        value = self.isi.get(key)
        return None if value is None else shown(value, lang)

    def missing(self, *, required: bool = True) -> tuple[str, ...]:
        """Return the ids of what is not filled in: what is required, or (``required=False``) everything else."""
        known = catalogue()
        ids = [i.id for i in known.isian if i.wajib == required and i.id not in self.isi]
        return (*ids, *(t.id for t in known.tabel if t.wajib == required and not self._filled(t.id)))

    def _filled(self, key: str) -> bool:
        """Tell whether a table has rows, or what may be said in its stead is said."""
        others = _INSTEAD.get(key, ())
        return bool(self.tabel.get(key)) or (bool(others) and all(other in self.isi for other in others))

    def with_values(self, **values: Any) -> Fakta:
        """Return the same facts with some values set; None leaves a value as it is."""
        given = {key: value for key, value in values.items() if value is not None}
        added = read_facts(given)
        return Fakta({**self.isi, **added.isi}, {**self.tabel, **added.tabel})


def read_facts(fakta: Fakta | str | Path | Mapping[str, Any] | None) -> Fakta:
    """Read facts.

    Parameters
    ----------
    fakta : Fakta, path, mapping or None
        A form in Excel (see `write_facts_form`), a TOML file, or a mapping with the same keys. Blank values count
        as not filled in. Image paths are relative to the file's folder.

    Returns
    -------
    Fakta

    Raises
    ------
    DataError
        A key that nobody knows, a value of the wrong kind, an image that is not there or is no PNG or JPEG.
    UnreadableFileError
        The file cannot be opened.
    """
    if isinstance(fakta, Fakta):
        return fakta
    if fakta is None:
        return Fakta()
    if isinstance(fakta, Mapping):
        return _understand(fakta, "", Path())
    path = Path(fakta)
    content = read_bytes(path)
    if path.suffix.lower() == ".toml":
        return _understand(parse_toml(content, path.name), path.name, path.parent)
    return _understand(read_form(content, path.name), path.name, path.parent)


def u8_of(facts: Fakta) -> str | None:
    """Return what the form says that U8 means, or None where it says nothing.

    Raises
    ------
    OptionError
        It names neither of the two unsur, or both.
    """
    text = facts.get("arti_u8")
    if text is None:
        return None
    named = [unsur for unsur in _U8 if unsur in str(text).casefold()]
    if len(named) != 1:
        raise OptionError("opsi-tidak-dikenal", opsi="arti_u8", nilai=str(text), pilihan=list(_U8))
    return named[0]


def shown(value: Any, lang: str | None = None) -> str:
    """Return a fact as people read it."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        month = messages.text("laporan", f"bulan-{value.month}", lang)
        return f"{value.day} {month} {value.year}"
    if isinstance(value, bool):
        return messages.text("laporan", "ya" if value else "belum", lang)
    if isinstance(value, int):
        return format_count(value, lang)
    if isinstance(value, Decimal):
        return format_exact(value, lang) if abs(value) < 1000 else format_decimal(value, 2, lang)
    return str(value)


def _understand(values: Mapping[str, Any], name: str, folder: Path) -> Fakta:
    known = catalogue()
    isi: dict[str, Any] = {}
    tabel: dict[str, tuple[Mapping[str, Any], ...]] = {}
    ids = [*(i.id for i in known.isian), *(t.id for t in known.tabel)]
    strange = [str(key) for key in values if key not in ids]
    if strange:
        near = {n for key in strange[:8] for n in difflib.get_close_matches(key, ids, 2)}
        raise DataError("fakta-kunci-asing", kunci=strange[:8], mirip=sorted(near) or ["-"], **_place(name))
    for key, value in values.items():
        one, many = known.one(key), known.many(key)
        if many is not None:
            rows = _rows(many, value, name, folder)
            if rows:
                tabel[key] = rows
        elif one is not None:
            found = _value(one, value, name, folder)
            if found is not None:
                isi[key] = found
    return Fakta(isi, tabel)


def _rows(tabel: FieldTable, value: Any, name: str, folder: Path) -> tuple[Mapping[str, Any], ...]:
    if value is None:
        return ()
    if (
        not isinstance(value, Sequence)
        or isinstance(value, str)
        or not all(isinstance(r, (Mapping, str)) for r in value)
    ):
        raise DataError("fakta-bukan-daftar", isian=tabel.name(), **_place(name))
    columns = {k.id: k for k in tabel.kolom}
    rows = []
    for number, raw in enumerate(value, start=1):
        row = {tabel.kolom[0].id: raw} if isinstance(raw, str) else raw
        strange = [str(key) for key in row if key not in columns]
        if strange:
            raise DataError("fakta-kunci-asing", kunci=strange, mirip=list(columns), **_place(name, tabel, number))
        found = {key: _value(columns[key], cell, name, folder) for key, cell in row.items()}
        filled = {key: cell for key, cell in found.items() if cell is not None and cell is not False}
        absent = [k.name() for k in tabel.kolom if k.wajib and k.id not in filled]
        if filled and absent:
            raise DataError("fakta-baris-kurang", isian=absent, **_place(name, tabel, number))
        if filled:
            rows.append(MappingProxyType({**found, **filled}))
    return tuple(rows)


def _value(isian: Field, value: Any, name: str, folder: Path) -> Any:
    """Return the value in its kind; None where it is blank."""
    if value is None or (isinstance(value, str) and not clean(value)):
        return None
    if isian.jenis == "cacah":
        return _number(read_count, value, isian, name)
    if isian.jenis == "desimal":
        return _number(read_decimal, value, isian, name)
    if isian.jenis == "gambar":
        return value if isinstance(value, Photo) else read_image(value, folder)
    if isian.jenis == "tanggal":
        return _date(value)
    if isian.jenis == "centang":
        return value if isinstance(value, bool) else clean(value).casefold() not in _NO
    if isinstance(value, (Mapping, list, tuple)):
        raise DataError("fakta-bukan-teks", isian=isian.name(), **_place(name))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(value)


def _number(read: Any, value: Any, isian: Field, name: str) -> Any:
    try:
        return read(value, isian.name())
    except OptionError as problem:
        raise OptionError(problem.code, **{**problem.context, **_place(name)}) from None


def _date(value: Any) -> Any:
    """Return a date where the text is one; other words ("Oktober 2026") stay as they are."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = clean(value)
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    parts = text.replace(",", " ").split()
    if len(parts) == 3 and parts[0].isdigit() and parts[2].isdigit():
        for months in _MONTHS:
            if parts[1].casefold() in months:
                try:
                    return date(int(parts[2]), months.index(parts[1].casefold()) + 1, int(parts[0]))
                except ValueError:
                    raise DataError("fakta-tanggal", nilai=text) from None
    return text


def _place(name: str, tabel: FieldTable | None = None, row: int | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"berkas": name or None}
    if tabel is not None:
        place |= {"lembar": tabel.name(), "baris": row}
    return place
