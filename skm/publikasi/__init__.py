"""A printed result as a value: what a published SKM says, digit by digit, before anybody judges it.

`load` reads the shipped cases, a dict, JSON, TOML, a filled-in form, or a table in a spreadsheet or document.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.numbers import round_half_up
from skm.basics.public_name import public_name
from skm.basics.reading_numbers import read_count
from skm.basics.strict_text import parse_json, parse_toml
from skm.basics.writing import write_file
from skm.publikasi._account import AccountLine
from skm.publikasi._assemble import from_document
from skm.publikasi._figures import (
    Claims,
    DifferenceClaim,
    OtherPrinting,
    PartFigure,
    PrintedBudget,
    PrintedBudgetLine,
    PrintedEvent,
    PrintedGrade,
    PrintedIndicator,
    PrintedNumber,
    PrintedPeople,
    PrintedPeopleLine,
    PrintedPeriod,
    PrintedProfile,
    PrintedProfileRow,
    PrintedTrend,
    PrintedUnsur,
    Publikasi,
    UnsurClaim,
)
from skm.publikasi._form import form_mapping, is_form, write_form
from skm.publikasi._grids import FILES, read_document
from skm.publikasi._read import from_mapping
from skm.regulasi import Regulasi
from skm.scores.result import HasilIKM

__all__ = [
    "FILES",
    "AccountLine",
    "Claims",
    "DifferenceClaim",
    "OtherPrinting",
    "PartFigure",
    "PrintedBudget",
    "PrintedBudgetLine",
    "PrintedEvent",
    "PrintedGrade",
    "PrintedIndicator",
    "PrintedNumber",
    "PrintedPeople",
    "PrintedPeopleLine",
    "PrintedPeriod",
    "PrintedProfile",
    "PrintedProfileRow",
    "PrintedTrend",
    "PrintedUnsur",
    "Publikasi",
    "UnsurClaim",
    "form",
    "from_result",
    "ids",
    "load",
    "parse",
]


def load(
    publikasi: str | bytes | Path | Mapping[str, Any] | Publikasi,
    *,
    regulasi: str | Path | Regulasi | None = None,
    units: Collection[str] = (),
) -> Publikasi:
    """Return a printed result.

    Parameters
    ----------
    publikasi : str, bytes, Path, mapping or Publikasi
        The id of a shipped case (`ids`); a file: .toml or .json with the keys of the shipped case, a filled-in
        `form`, or anything that prints a result: .xlsx, .xls, .ods, .csv, .docx, .pdf (with a text layer), .html,
        .md, .txt (``pdftotext -layout`` too); the bytes of one, or pasted text of two lines and more; a mapping with
        the same keys; or a `Publikasi` (returned as it is). Numbers are best given as text, with the decimals they
        were printed with. ``akun`` of what comes back says what everything in it was taken for.
    regulasi : str, Path or Regulasi, optional
        The regulation that the result was made under, where the publication does not say; an office's own one too.
    units : collection of str
        Names of offices that the caller knows to be public. Other words of a table that may be a person's name are
        told by their place.

    Raises
    ------
    OptionError
        No case of this id, or a number that cannot be read.
    DataError
        An unknown key or a value of the wrong kind; the message names it.
    UnreadableFileError
        The file is not there, not in its format, an image, or a scan without text.
    MissingDependencyError
        Word files need python-docx, PDF files pdfplumber.

    Examples
    --------
    >>> load("wonoasih-2024-s2").ikm
    PrintedNumber(nilai=Decimal('94.17'), biner=False, dianggap=False)
    >>> load({"unsur": {"U1": "3,47", "U2": "3,35"}, "ikm": "92,53% A (Sangat Baik)"}).mutu
    'A'
    """
    if isinstance(publikasi, Publikasi):
        if regulasi is None:
            return publikasi
        rule = _regulasi.load(regulasi)
        return replace(publikasi, regulasi=rule.id, peraturan=rule)
    if isinstance(publikasi, Mapping):
        return from_mapping(_inner(publikasi), regulasi=regulasi, folder=Path())
    if isinstance(publikasi, str) and publikasi in _files():
        return _structured(_files()[publikasi].read_bytes(), f"{publikasi}.toml", regulasi)
    if isinstance(publikasi, bytes):
        return parse(publikasi, "masukan", regulasi)
    if isinstance(publikasi, str) and "\n" in publikasi.strip():
        return parse(publikasi.encode(), "teks", regulasi)
    if not isinstance(publikasi, str | PathLike):
        raise DataError("publikasi-jenis", jenis=type(publikasi).__name__)
    path = Path(publikasi)
    if not path.suffix and not path.exists():
        raise OptionError("opsi-tidak-dikenal", opsi="publikasi", nilai=str(publikasi), pilihan=ids())
    return _read(read_bytes(path), public_name(path.name), regulasi, path.parent, units)


def from_result(hasil: HasilIKM, *, unit: str = "", periode: str = "", populasi: Any = None) -> Publikasi:
    """Return what a report would print of a result: means to two decimals, figure, letter and word.

    Parameters
    ----------
    hasil : HasilIKM
        A computed result.
    unit, periode : str
        Whose, and of when.
    populasi : int or str, optional
        People served.

    Examples
    --------
    >>> import skm
    >>> str(from_result(skm.score_means({"persyaratan": "3,47", "prosedur": "3,35"}, n=341)).ikm)
    '85,25'
    """
    own = len(set(hasil.bobot.nilai)) > 1
    unsur = tuple(
        PrintedUnsur(
            id=u.id,
            kode=u.kode,
            nama=u.nama.short("id"),
            nilai=PrintedNumber(round_half_up(u.nrr, 2)),
            nik=PrintedNumber(u.nik),
            mutu=u.mutu,
            bobot=_weight(w) if own else None,
        )
        for u, w in zip(hasil.unsur.values(), hasil.bobot.nilai, strict=True)
    )
    return Publikasi(
        unit=unit,
        periode=periode or (hasil.provenance.periode.label if hasil.provenance.periode else ""),
        regulasi=hasil.regulasi.id,
        peraturan=hasil.regulasi,
        unsur=unsur,
        ikm=PrintedNumber(hasil.ikm),
        jumlah_unsur=len(unsur),
        mutu=hasil.mutu,
        kinerja=hasil.kinerja,
        n=hasil.n,
        populasi=None if populasi is None else read_count(populasi, "N", minimum=1),
    )


def _weight(value: Fraction) -> PrintedNumber:
    """Return an own weight with all its decimals, or six where they never end."""
    places = next((p for p in range(7) if (value * 10**p).denominator == 1), 6)
    return PrintedNumber(round_half_up(value, places))


def form(path: str | Path, lang: str | None = None, *, overwrite: bool = False) -> Path:
    """Write the empty form, a workbook to type a publication into, and return its path.

    A file that is there is replaced only with ``overwrite=True``.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    return write_file(Path(path), write_form(lang), overwrite=overwrite)


def ids() -> tuple[str, ...]:
    """Return the ids of the published cases that come with the package.

    Examples
    --------
    >>> "wonoasih-2024-s2" in ids()
    True
    """
    return tuple(sorted(_files()))


def parse(content: bytes, name: str, regulasi: str | Path | Regulasi | None = None) -> Publikasi:
    """Read a publication from the bytes of a file; what it is is seen from them.

    Raises
    ------
    UnreadableFileError
        Not in that format.
    DataError
        An unknown key or a value of the wrong kind.
    """
    return _read(content, name, regulasi)


def _read(
    content: bytes, name: str, regulasi: Any = None, folder: Path | None = None, units: Collection[str] = ()
) -> Publikasi:
    suffix = Path(name).suffix.lower()
    if suffix in (".toml", ".json") or (
        suffix not in FILES and content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
    ):
        return _structured(content, name, regulasi, folder)
    document = read_document(content, name)
    if is_form(document.grids):
        return from_mapping(form_mapping(document.grids), name, regulasi, folder)
    return from_document(document, regulasi, folder, units)


def _structured(content: bytes, name: str, regulasi: Any = None, folder: Path | None = None) -> Publikasi:
    values = parse_toml(content, name) if name.lower().endswith(".toml") else parse_json(content, name)
    return from_mapping(_inner(values), name, regulasi, folder)


def _inner(values: Any) -> Any:
    """Return the publication inside a case file: its ``publikasi`` table, with its id and performance table."""
    if not isinstance(values, Mapping) or not isinstance(values.get("publikasi"), Mapping):
        return values
    inner = dict(values["publikasi"])
    inner.setdefault("id", values.get("id", ""))
    lines = values.get("lkjip", {}).get("indikator", [])
    if lines:
        klaim = dict(inner.get("klaim", {}))
        klaim.setdefault("indikator", [_line(line) for line in lines])
        inner["klaim"] = klaim
    return inner


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    budget = line.get("anggaran", {})
    return {
        "nama": line.get("nama", ""),
        "target": line.get("target"),
        "realisasi": line.get("realisasi"),
        "capaian": line.get("capaian"),
        "pagu": budget.get("pagu"),
        "realisasi_anggaran": budget.get("realisasi"),
        "serapan": budget.get("serapan"),
        "efisiensi": budget.get("efisiensi"),
    }


def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "kasus")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
