"""The envelope: one JSON document that holds the answers (or counts, totals, means) and every option.

Its shape is the schema ``masukan``; here it is checked by hand, so that each error names the place and no schema
library is needed at run time.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from skm.api.envelope.document import SCHEMA
from skm.basics.errors import DataError
from skm.basics.reading_numbers import machine_number
from skm.basics.strict_text import parse_json

Bentuk = Literal["data", "jumlah", "kelompok", "total", "rata_rata"]

# Which options have a meaning for which kind of content; anything else is refused, not ignored.
_COMMON = frozenset({"bobot", "pembulatan", "u8", "regulasi"})
READING = frozenset(
    {"nilai_kosong", "periode", "urutan", "tanpa_tanggal", "konversi", "label", "terima", "unit", "daftar_pertanyaan"}
)
OPTIONS: Mapping[str, frozenset[str]] = {
    "data": _COMMON | READING | {"kosong", "pertanyaan", "unsur_kosong", "per", "profil"},
    "jumlah": _COMMON | {"kosong", "unsur_kosong"},
    "kelompok": _COMMON | {"kosong", "unsur_kosong"},
    "total": _COMMON,
    "rata_rata": _COMMON | {"skala"},
}
_ALL_OPTIONS = frozenset().union(*OPTIONS.values())
_CONTENT = ("data", "jumlah", "total", "rata_rata")
_KEYS = ("versi_skema", *_CONTENT, "n", "kuesioner", "opsi", "populasi", "fakta")
_GROUP_KEYS = ("kelompok", "jumlah", "n", "populasi")


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be computed.

    Attributes
    ----------
    bentuk : str
        Kind of content; "kelompok" is a list of groups of counts.
    isi : Any
        The content; for "data" a list of records or a mapping of columns.
    n, populasi : Any
        As given; read by the functions that take them.
    kuesioner : mapping, str or None
        Unsur -> column(s), or the id of a questionnaire.
    opsi : mapping
        The options given, none that has no meaning here.
    fakta : mapping or None
        Facts for a report; only ``skm laporan`` reads them.
    """

    bentuk: Bentuk
    isi: Any
    n: Any = None
    kuesioner: Any = None
    opsi: Mapping[str, Any] = field(default_factory=dict)
    populasi: Any = None
    fakta: Any = None


def is_envelope(content: bytes) -> bool:
    """Tell whether bytes are a JSON document rather than a table or a workbook."""
    head = content.removeprefix(codecs.BOM_UTF8)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = content[2:].replace(b"\x00", b"")
    head = head.lstrip(b" \t\r\n")
    if not head.startswith(b"["):
        return head.startswith(b"{")
    try:  # a header row may begin with a bracket as well
        parse_json(content, "")
    except DataError as problem:
        return problem.code == "masukan-json-batas"
    return True


def parse(content: bytes) -> Request:
    """Read an envelope.

    Raises
    ------
    DataError
        It is no JSON, or its shape is not that of the schema; the message names the place.
    """
    top = load(content)
    if not isinstance(top, dict):
        raise DataError("masukan-bukan-objek", jenis=_kind(top))
    _known(top, _KEYS, "")
    version = top.get("versi_skema")
    if version is not None and str(version) != SCHEMA:
        raise DataError("masukan-versi", jalur="versi_skema", nilai=_short(version), dikenal=SCHEMA)
    # PHP writes an empty mapping as [].
    top = {key: None if value == [] and key not in _CONTENT else value for key, value in top.items()}
    given = [key for key in _CONTENT if top.get(key) is not None]
    if len(given) != 1:
        raise DataError("masukan-isi", ditemukan=given or ["-"], pilihan=_CONTENT)
    if top.get("fakta") is not None:
        _expect(top["fakta"], dict, "fakta")
    bentuk, isi = _content(given[0], top[given[0]])
    if top.get("n") is not None and bentuk in ("data", "kelompok"):
        raise DataError("masukan-tidak-berlaku", jalur="n", bentuk=given[0])
    if top.get("populasi") is not None and bentuk == "kelompok":
        raise DataError("masukan-populasi-kelompok", jalur="populasi")
    if bentuk == "total" and top.get("n") is None:
        raise DataError("masukan-tanpa-n", jalur="n")
    n = top.get("n")
    return Request(
        bentuk,
        isi,
        {key: machine_number(value) for key, value in n.items()} if isinstance(n, dict) else machine_number(n),
        _questionnaire(top.get("kuesioner")),
        _options(top.get("opsi"), bentuk),
        machine_number(top.get("populasi")),
        top.get("fakta"),
    )


def check_options(opsi: Mapping[str, Any], bentuk: str) -> None:
    """Refuse options that have no meaning for a kind of content.

    Raises
    ------
    DataError
        Naming the first.
    """
    for key in opsi:
        if key not in OPTIONS[bentuk]:
            raise DataError(
                "masukan-tidak-berlaku", jalur=f"opsi.{key}", bentuk="jumlah" if bentuk == "kelompok" else bentuk
            )


def load(content: bytes) -> Any:
    """Read one JSON document strictly: no key twice, no NaN, no number of thousands of digits.

    Raises
    ------
    DataError
        It is no such document; the message names the line where that is known.
    """
    return parse_json(content, "", exact=False, pairs=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DataError("masukan-kunci-ganda", jalur=_short(key))
            seen.add(key)
    return made


def _content(key: str, value: Any) -> tuple[Bentuk, Any]:
    if key == "data":
        return "data", _table(value)
    if key == "jumlah" and isinstance(value, list):
        return "kelompok", _groups(value)
    _expect(value, dict, key)
    if key == "jumlah":
        return "jumlah", _counts(value, "jumlah")
    single = {k: _single(v, f"{key}.{_short(k)}") for k, v in value.items()}
    return ("total" if key == "total" else "rata_rata"), {k: machine_number(v) for k, v in single.items()}


def _table(value: Any) -> Any:
    """Return records or columns; every cell must be a single value, or nobody could say what it means."""
    if isinstance(value, dict):
        for name, cells in value.items():
            for number, cell in enumerate(_expect(cells, list, f"data.{_short(name)}")):
                _single(cell, f"data.{_short(name)}[{number}]")
        return value
    for number, row in enumerate(_expect(value, list, "data")):
        for name, cell in _expect(row, dict, f"data[{number}]").items():
            _single(cell, f"data[{number}].{_short(name)}")
    return value


def _counts(value: Mapping[str, Any], path: str) -> dict[str, list[Any]]:
    """Return unsur -> counts from the worst level to the best; a level left out of a mapping counts 0."""
    out: dict[str, list[Any]] = {}
    for unsur, levels in value.items():
        if type(levels) is list and set(map(type, levels)) == {int}:
            out[unsur] = levels
            continue
        place = f"{path}.{_short(unsur)}"
        if isinstance(levels, list):
            out[unsur] = [machine_number(_single(k, f"{place}[{i}]")) for i, k in enumerate(levels)]
            continue
        _expect(levels, dict, place)
        _known(levels, ("1", "2", "3", "4"), place)
        out[unsur] = [
            machine_number(_single(levels.get(level, 0), f"{place}.{level}")) for level in ("1", "2", "3", "4")
        ]
    return out


def _groups(value: Sequence[Any]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    labels: list[Any] = []
    for number, group in enumerate(value):
        place = f"jumlah[{number}]"
        _known(_expect(group, dict, place), _GROUP_KEYS, place)
        for key in ("kelompok", "jumlah"):
            if not group.get(key):
                raise DataError("masukan-kunci-hilang", jalur=f"{place}.{key}")
        label = {
            k: _single(v, f"{place}.kelompok.{_short(k)}")
            for k, v in _expect(group["kelompok"], dict, f"{place}.kelompok").items()
        }
        if groups and list(label) != list(groups[0]["kelompok"]):
            raise DataError("masukan-kelompok-beda", jalur=f"{place}.kelompok", pilihan=list(groups[0]["kelompok"]))
        if label in labels:
            raise DataError("masukan-kelompok-ganda", jalur=f"{place}.kelompok")
        labels.append(label)
        counts = _counts(_expect(group["jumlah"], dict, f"{place}.jumlah"), f"{place}.jumlah")
        sizes = {key: machine_number(group.get(key)) for key in ("n", "populasi")}
        groups.append({"kelompok": label, "jumlah": counts, **sizes})
    if not groups:
        raise DataError("masukan-kunci-hilang", jalur="jumlah[0]")
    return groups


def _questionnaire(value: Any) -> Any:
    """Return a map of unsur to columns, or an id; paths are refused, since an envelope may come from anywhere."""
    if value is None:
        return None
    if isinstance(value, str):
        if value.endswith(".toml"):
            raise DataError("masukan-jalur-berkas", jalur="kuesioner")
        return value
    if not _expect(value, dict, "kuesioner"):
        raise DataError("masukan-kunci-hilang", jalur="kuesioner.<unsur>")
    for unsur, columns in value.items():
        place = f"kuesioner.{_short(unsur)}"
        if isinstance(columns, (str, int)) and not isinstance(columns, bool):
            continue  # a number is the id of a question in long rows
        for column in _expect(columns, list, place):
            if not isinstance(column, int) or isinstance(column, bool):
                _expect(column, str, place)
        if not columns:
            raise DataError("masukan-kunci-hilang", jalur=f"{place}[0]")
    return value


def _options(value: Any, bentuk: Bentuk) -> dict[str, Any]:
    if value is None:
        return {}
    _known(_expect(value, dict, "opsi"), sorted(_ALL_OPTIONS), "opsi")
    given = {key: item for key, item in value.items() if item is not None}
    check_options(given, bentuk)
    if (regulasi := given.get("regulasi")) is not None and _expect(regulasi, str, "opsi.regulasi").endswith(".toml"):
        raise DataError("masukan-jalur-berkas", jalur="opsi.regulasi")
    _weights(given)
    texts = ("pembulatan", "kosong", "pertanyaan", "unsur_kosong", "u8", "skala", "konversi", "urutan", "tanpa_tanggal")
    for key in (*texts, "unit"):
        if key in given:
            _expect(given[key], str, f"opsi.{key}")
    _reading_options(given)
    if "nilai_kosong" in given:
        for number, item in enumerate(_expect(given["nilai_kosong"], list, "opsi.nilai_kosong")):
            _single(item, f"opsi.nilai_kosong[{number}]")
    for key in ("per", "profil"):
        if key in given:
            given[key] = _names(given[key], f"opsi.{key}", whole=key == "profil")
    return given


def _weights(given: dict[str, Any]) -> None:
    """Check the shape of the weights; what PHP writes for an empty mapping is none."""
    for key in ("bobot", "label", "daftar_pertanyaan"):
        if given.get(key) == []:
            del given[key]
    if isinstance(given.get("bobot"), (bool, list)):
        _expect(given["bobot"], str, "opsi.bobot")
    if isinstance(given.get("bobot"), dict):
        for key, item in given["bobot"].items():
            _single(item, f"opsi.bobot.{_short(key)}")


def _reading_options(given: dict[str, Any]) -> None:
    """Check the shape of what says how rows are read; paths are refused, since an envelope may come from anywhere."""
    periode = given.get("periode")
    if isinstance(periode, list):
        given["periode"] = tuple(_expect(day, str, f"opsi.periode[{i}]") for i, day in enumerate(periode))
    elif periode is not None and not isinstance(periode, int):
        _expect(periode, str, "opsi.periode")
    label = given.get("label")
    if isinstance(label, str) and "." in label:
        raise DataError("masukan-jalur-berkas", jalur="opsi.label")
    if label is not None and not isinstance(label, (str, list)):
        _expect(label, dict, "opsi.label")
    if "terima" in given:
        given["terima"] = tuple(_names(given["terima"], "opsi.terima", whole=False) or ())
    if "daftar_pertanyaan" in given:
        _expect(given["daftar_pertanyaan"], dict, "opsi.daftar_pertanyaan")


def _names(value: Any, place: str, *, whole: bool) -> Any:
    if isinstance(value, bool) and whole:
        return value
    names = [value] if isinstance(value, str) else _expect(value, list, place)
    return [_expect(name, str, f"{place}[{number}]") for number, name in enumerate(names)] or None


def _single(value: Any, path: str) -> Any:
    if isinstance(value, (dict, list)):
        raise DataError("masukan-jenis-salah", jalur=path, diharapkan="string / number / null", ditemukan=_kind(value))
    return value


def _expect(value: Any, kind: type, path: str) -> Any:
    if not isinstance(value, kind):
        raise DataError("masukan-jenis-salah", jalur=path, diharapkan=_JSON_NAMES[kind], ditemukan=_kind(value))
    return value


def _known(value: Mapping[str, Any], keys: Sequence[str], path: str) -> None:
    for key in value:
        if key not in keys:
            place = f"{path}.{_short(key)}" if path else _short(key)
            raise DataError("masukan-kunci-asing", jalur=place, kunci=_short(key), pilihan=list(keys))


_JSON_NAMES: dict[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
}


def _kind(value: Any) -> str:
    return "null" if value is None else _JSON_NAMES.get(type(value), type(value).__name__)


def _short(value: Any) -> str:
    """Return a key or value in a length that suits a message."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
