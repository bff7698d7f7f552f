"""An office's own map: which column is what, and what its answer labels are worth. Mapping, TOML, or a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from skm.answers.cell_grammar import label_key
from skm.answers.label_sets import label_sets, set_levels
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.messages import Phrase
from skm.basics.strict_text import parse_toml
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import unsur_id

ALL = "*"
LONG_ROLES = ("responden", "pertanyaan", "jawaban")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """An office's own understanding of its file.

    Attributes
    ----------
    kolom : mapping
        Unsur -> column, or columns where it has several questions.
    profil : mapping
        Characteristic -> column.
    label : mapping
        Unsur, butir or "*" (every question) -> normalised text -> level.
    kode : mapping
        Characteristic -> code -> word, in the order of the questionnaire.
    terbuka : tuple of str
        Unsur whose column is still "?", in a map that is not complete.
    panjang : mapping
        For rows of one answer each: "responden", "pertanyaan" and "jawaban" -> column.
    """

    kolom: Mapping[str, Any] = field(default_factory=dict)
    profil: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    terbuka: tuple[str, ...] = ()
    kode: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    panjang: Mapping[str, str] = field(default_factory=dict)

    def with_labels(self, label: Any, levels: int) -> ColumnMap:
        """Return the same map with labels added."""
        return replace(self, label={**self.label, **read_labels(label, levels)})

    def labels_for(self, base: Kuesioner) -> dict[str, Mapping[str, int]]:
        """Return butir id -> text -> level, for every butir of the questionnaire and of this map."""
        common = self.label.get(ALL, {})
        own = {unsur_id(k, base.regulasi) if k != ALL else k: v for k, v in self.label.items()}
        result: dict[str, Mapping[str, int]] = {}
        ids = [(b.id, b.unsur) for b in base.butir]
        for unsur, columns in self.kolom.items():
            key = unsur_id(str(unsur), base.regulasi)
            count = 1 if isinstance(columns, str) else len(columns)
            ids += [(key if count == 1 else f"{key}.{i}", key) for i in range(1, count + 1)]
        for butir, unsur in dict.fromkeys(ids):
            merged = {**common, **own.get(unsur, {}), **own.get(butir, {})}
            if merged:
                result[butir] = merged
        return result


def is_map(values: Mapping[str, Any]) -> bool:
    """Tell whether a parsed TOML file is a map of columns or labels, and no questionnaire."""
    return "butir" not in values and "skala" not in values


def _has_tables(values: Mapping[str, Any]) -> bool:
    return (
        bool(values)
        and set(values) <= {"kolom", "profil", "label", "kode", "panjang"}
        and all(isinstance(v, Mapping) for v in values.values())
    )


def read_map(source: Any, levels: int) -> ColumnMap:
    """Read a map from a mapping of unsur to columns, a mapping of its tables, or a TOML file.

    Raises
    ------
    DataError
        The file is not in the format.
    """
    values = dict(source) if isinstance(source, Mapping) else toml_of(Path(str(source)))
    if not _has_tables(values):
        values = {"kolom": values}
    columns, profile = values.get("kolom", {}), values.get("profil", {})
    for name, table in (("kolom", columns), ("profil", profile)):
        if not isinstance(table, Mapping):
            raise DataError("toml-jenis-salah", kolom=name, diharapkan="tabel")
    open_keys = [k for k, v in columns.items() if v == "?" or (isinstance(v, (list, tuple)) and "?" in v)]
    if open_keys:
        raise DataError("peta-belum-diisi", kolom=", ".join(map(str, open_keys)))
    tidy = {k: _tidy(str(v)) if isinstance(v, (str, int)) else [_tidy(str(c)) for c in v] for k, v in columns.items()}
    return ColumnMap(
        tidy,
        {str(k): _tidy(str(v)) for k, v in profile.items()},
        read_labels(values.get("label", {}), levels),
        kode=_codes(values.get("kode", {})),
        panjang=_roles(values.get("panjang", {})),
    )


def _roles(value: Any) -> dict[str, str]:
    """Return which columns of long rows are respondent, question and answer."""
    if not isinstance(value, Mapping):
        raise DataError("toml-jenis-salah", kolom="panjang", diharapkan="tabel")
    if value and set(value) != set(LONG_ROLES):
        wrong = sorted(set(map(str, value)) ^ set(LONG_ROLES))
        raise OptionError("opsi-tidak-dikenal", opsi="panjang", nilai=", ".join(wrong), pilihan=list(LONG_ROLES))
    return {role: _tidy(str(column)) for role, column in value.items()}


def _codes(value: Any) -> dict[str, dict[str, str]]:
    """Return the code lists of a map, every code and word as text."""
    tables = value if isinstance(value, Mapping) else {}
    if not isinstance(value, Mapping) or any(not isinstance(table, Mapping) for table in tables.values()):
        raise DataError("toml-jenis-salah", kolom="kode", diharapkan="tabel")
    return {str(key): {str(code): _tidy(str(word)) for code, word in table.items()} for key, table in tables.items()}


def read_partial(source: Any, levels: int) -> ColumnMap:
    """Read a map that may still have "?" in it: what is filled in, and which unsur are open; see `read_map`."""
    values = dict(source) if isinstance(source, Mapping) else toml_of(Path(str(source)))
    if not _has_tables(values):
        values = {"kolom": values}
    columns = dict(values.get("kolom", {}))
    waiting = tuple(k for k, v in columns.items() if v == "?" or (isinstance(v, list) and "?" in v))
    labels = {
        key: {text: level for text, level in texts.items() if level != "?"} if isinstance(texts, Mapping) else texts
        for key, texts in dict(values.get("label", {})).items()
    }
    filled = {k: v for k, v in columns.items() if k not in waiting}
    read = read_map(
        {"kolom": filled, "label": labels, **{key: values.get(key, {}) for key in ("profil", "kode", "panjang")}},
        levels,
    )
    return replace(read, terbuka=waiting)


def _tidy(column: str) -> str:
    """Return a header as readers give it: without the spaces that forms and wrapped cells leave."""
    return re.sub(r"\s+", " ", column).strip()


def read_labels(label: Any, levels: int) -> dict[str, dict[str, int]]:
    """Read label sets.

    Understood are the name of a known set ("puas"), a mapping of unsur to labels from worst to best (or to
    text -> level, or to the name of a set), a list for every question, a TOML file with a table ``label``, and a
    workbook with columns unsur, label, nilai.

    Raises
    ------
    DataError
        A set has the wrong number of labels, a text means two levels, or a level is still to be filled in.
    """
    if isinstance(label, (str, Path)):
        if str(label) in label_sets():
            return {ALL: _named_set(str(label), ALL, levels)}
        path = Path(str(label))
        if not path.suffix:
            raise OptionError("opsi-tidak-dikenal", opsi="label", nilai=str(label), pilihan=list(label_sets()))
        if path.suffix.lower() == ".toml":
            values = toml_of(path)
            return read_labels(values.get("label", values), levels)
        return _from_table(path, levels)
    if isinstance(label, Sequence):
        return {ALL: _one_set(label, ALL, levels)}
    if not isinstance(label, Mapping):
        raise OptionError("opsi-tidak-dikenal", opsi="label", nilai=type(label).__name__, pilihan=list(label_sets()))
    return {str(key): _one_set(texts, str(key), levels) for key, texts in label.items()}


def toml_of(path: Path) -> dict[str, Any]:
    """Parse a TOML file as offices save them.

    Raises
    ------
    DataError
        It is no TOML.
    """
    return parse_toml(read_bytes(path), path.name, exact=False)


def _named_set(name: str, key: str, levels: int) -> dict[str, int]:
    if name not in label_sets():
        raise OptionError("opsi-tidak-dikenal", opsi=f"label.{key}", nilai=name, pilihan=list(label_sets()))
    if set_levels(name) != levels:
        raise OptionError("label-set-panjang", nilai=name, banyak=set_levels(name), diharapkan=levels)
    return dict(label_sets()[name])


def _one_set(texts: Any, key: str, levels: int) -> dict[str, int]:
    if isinstance(texts, str):
        return _named_set(texts, key, levels)
    if isinstance(texts, Mapping):
        pairs = [(str(text), value) for text, value in texts.items()]
    else:
        if not isinstance(texts, (list, tuple)):
            raise DataError("toml-jenis-salah", kolom=f"label.{key}", diharapkan=Phrase("galat", "jenis-daftar-teks"))
        if len(texts) != levels:
            raise DataError("kuesioner-label", kolom=f"label.{key}", banyak=len(texts), diharapkan=levels)
        pairs = [(str(text), level) for level, text in enumerate(texts, start=1)]
    table: dict[str, int] = {}
    for text, value in pairs:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= levels:
            raise DataError("label-tanpa-nilai", kolom=f"label.{key}", nilai=str(value)[:40], levels=levels)
        if table.setdefault(label_key(text), value) != value:
            raise DataError("label-ganda", kolom=f"label.{key}")
    return table


def _from_table(path: Path, levels: int) -> dict[str, dict[str, int]]:
    from skm.basics.sheets.opened import open_sheets

    sheet = open_sheets(read_bytes(path), path.name)[0]
    header = [normalise(cell) for cell in sheet.baris[0]]
    wanted = {
        "unsur": ("unsur", "butir"),
        "label": ("label", "jawaban", "teks"),
        "nilai": ("nilai", "tingkat", "level"),
    }
    at = {key: next((i for i, h in enumerate(header) if h in names), None) for key, names in wanted.items()}
    if None in (at["label"], at["nilai"]):
        raise OptionError("label-tabel", berkas=path.name)
    sets: dict[str, dict[str, Any]] = {}
    for row in sheet.baris[1:]:
        text = row[at["label"]] if at["label"] is not None and at["label"] < len(row) else None
        if text in (None, ""):
            continue
        unsur = str(row[at["unsur"]]).strip() if at["unsur"] is not None and row[at["unsur"]] not in (None, "") else ALL
        value = row[at["nilai"]] if at["nilai"] is not None and at["nilai"] < len(row) else ""
        digits = str(value)[:12].removesuffix(".0")
        number = int(digits) if digits.isdecimal() and len(str(value)) < 10 else value
        sets.setdefault(unsur, {})[str(text)] = number
    return {unsur: _one_set(texts, unsur, levels) for unsur, texts in sets.items()}
