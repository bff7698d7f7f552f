"""The recap that regional offices collect: one row a unit, as a value and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table
from skm.basics.values import Finding
from skm.basics.writing import write_file
from skm.prioritas import Rencana, rank
from skm.report.compilation.recap import Recap, RecapRow, as_json, say, unsur_of
from skm.report.compilation.unit_report import AREA
from skm.report.render.kind import is_stream, kind_of
from skm.scores.groups import HasilKelompok
from skm.scores.result import HasilIKM

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH = {"no": 5, "unit": 26, "periode": 13, "n": 12, "ikm": 8, "metode": 14, "prioritas": 24, "rtl": 36}


def recap(
    units: HasilKelompok | Mapping[Any, HasilIKM],
    *,
    periode: str | Mapping[Any, str] = "",
    metode: str | Mapping[Any, str] = "",
    rtl: Mapping[Any, Rencana | str] | None = None,
    k: int = 3,
    batas_kecil: int = 30,
) -> Recap:
    """Build the recap of several units.

    Parameters
    ----------
    units : HasilKelompok or mapping
        Result of ``score_by(..., "unit")``, or unit -> result.
    periode, metode : str or mapping
        Period and survey method, one for all or per unit. A period left empty is the result's own.
    rtl : mapping, optional
        Unit -> its plan (`skm.prioritas.rencana`) or a text.
    k : int
        How many of the lowest unsur are priorities; ties add to them.
    batas_kecil : int
        Units with fewer respondents are noted as small; none is ever hidden, since a unit's figure is its own.

    Returns
    -------
    Recap

    Raises
    ------
    EmptyDataError
        No unit.
    OptionError
        U8 and U9 have no names: the recap prints names; or a plan or method for a unit that is not there.

    Notes
    -----
    Columns as regional governments collect them. Units without answers keep their row, with empty cells.

    Examples
    --------
    >>> from skm import score_counts
    >>> r = recap({"Puskesmas A": score_counts({"waktu": (0, 0, 5, 5), "biaya": (0, 0, 0, 10)})}, periode="2026", k=1)
    >>> r.table("id").cells()[0]
    ['1', 'Puskesmas A', '2026', '3,50', '4,00', '93,75', 'A (Sangat Baik)', '10', '', 'Waktu', '']
    """
    found = list(_results(units))
    if not found:
        raise EmptyDataError("rekap-tanpa-unit")
    _named(units, [hasil for _, hasil, _ in found if hasil is not None])
    limit = read_count(batas_kecil, "batas_kecil")
    names = {label for label, _, _ in found}
    for option, given in (("periode", periode), ("metode", metode), ("rtl", rtl or {})):
        if isinstance(given, Mapping) and (other := [str(u) for u in given if u not in names]):
            raise OptionError("rekap-unit-lain", opsi=option, unit=other)
    rows = []
    for label, hasil, n in found:
        period = hasil.provenance.periode if hasil is not None else None
        own = "" if period is None else period.label
        first = () if hasil is None else tuple(r.nama for r in rank(hasil, k).utama)
        rows.append(
            RecapRow(
                _name(label),
                _of(periode, label) or own,
                hasil,
                n,
                _of(metode, label),
                first,
                _plan((rtl or {}).get(label)),
                ikm=None if hasil is None else hasil.ikm,
                ikm_tepat=None if hasil is None else hasil.ikm_tepat,
                regulasi=None if hasil is None else hasil.regulasi,
                bukti=counts_or_means(hasil),
            )
        )
    return Recap(tuple(rows), unsur_of(rows), tuple(_notes(rows, limit)))


def counts_or_means(hasil: HasilIKM | None) -> str:
    """Return what a result alone shows of where it comes from."""
    if hasil is None:
        return ""
    return "cacah" if all(u.frekuensi is not None for u in hasil.unsur.values()) else "rata-rata"


def write_recap(
    units: Any,
    path: str | Path | IO[bytes],
    *,
    jenis: str = "xlsx",
    overwrite: bool = False,
    lang: str | None = None,
    **options: Any,
) -> Path | None:
    """Write the recap as a workbook, one row a unit; as a JSON document where the name ends so.

    Parameters
    ----------
    units : Recap, HasilKelompok or mapping
        What `recap` gives, or takes.
    path : str, Path or binary stream
        Where to.
    jenis : {"xlsx", "json"}
        What is written into a stream; a file's name says it.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : {"id", "en"}, optional
        Language of headers and words.
    **options
        Options of `recap`.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Raises
    ------
    DataError
        The file cannot be written, for instance because it is open in Excel; what was there stays.

    Notes
    -----
    Means are stored with four decimals and shown with two; the index is the official figure. Texts stay texts: a name
    that begins with "=" is no formula. `skm.read` reads the sheet back.
    """
    from openpyxl import Workbook

    language = resolve_lang(lang)
    value = units if isinstance(units, Recap) else recap(units, **options)
    target = path if is_stream(path) else Path(str(path))
    kind = target.suffix.lower() if isinstance(target, Path) else kind_of(target, jenis, (".xlsx", ".json"))
    if kind == ".json":
        return write_file(target, as_json(value, language), overwrite=overwrite)
    table = value.table(language)
    book = Workbook()
    sheet = book.active
    if sheet is None:  # pragma: no cover - a new workbook always has a sheet
        sheet = book.create_sheet()
    sheet.title = say("lembar", language)
    _fill(sheet, table)
    about = book.create_sheet(say("lembar-keterangan", language))
    for line in (about.title, *_origin(value, language), *table.notes):
        about.append([None])
        _write(about, about.max_row, 1, line)
    about.column_dimensions["A"].width = 110
    content = io.BytesIO()
    book.save(content)
    return write_file(target, content.getvalue(), overwrite=overwrite)


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    thin = Side(style="thin", color="999999")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    for j, column in enumerate(table.columns, start=1):
        cell = _write(sheet, 1, j, column.label)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="DDE6EE"), box
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(j)].width = _WIDTH.get(column.key, 13)
        for i, row in enumerate(table.rows, start=2):
            cell = _write(sheet, i, j, row[j - 1])
            cell.border = box
            cell.alignment = Alignment(wrap_text=column.kind == "text", vertical="top")
            if column.kind == "decimal":
                cell.number_format = "0.00"
    sheet.row_dimensions[1].height = 62
    # Not every program fits the height of a row to wrapped text when it opens a file.
    for i, row in enumerate(table.rows, start=2):
        lines = [
            -(-len(cell) // (_WIDTH.get(c.key, 13) - 2))
            for c, cell in zip(table.columns, row, strict=True)
            if isinstance(cell, str)
        ]
        sheet.row_dimensions[i].height = 14 * max([1, *lines])
    sheet.freeze_panes = "C2"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """Write a cell; a text stays a text whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _results(units: HasilKelompok | Mapping[Any, HasilIKM]) -> Any:
    if isinstance(units, HasilKelompok):
        for label, n, letter in zip(units, units.n.tolist(), units.mutu, strict=True):
            yield label, None if letter is None else units[label], n
        return
    for label, hasil in units.items():
        yield label, hasil, None if hasil is None else hasil.n


def _named(units: Any, results: list[HasilIKM]) -> None:
    notes = [f for hasil in results for f in hasil.catatan]
    notes += list(units.catatan) if isinstance(units, HasilKelompok) else []
    if any(f.kode == "u8-dianggap" for f in notes):
        raise OptionError("rekap-u8")


def _plan(plan: Rencana | str | None) -> str:
    if isinstance(plan, Rencana):
        return "; ".join(f"{r.kegiatan} ({r.kapan})" if r.kapan else r.kegiatan for r in plan.baris)
    return plan or ""


def _of(given: str | Mapping[Any, str], label: Any) -> str:
    return str(given.get(label) or "") if isinstance(given, Mapping) else given


def _name(label: Any) -> str:
    if isinstance(label, tuple):
        return " / ".join(_name(part) for part in label)
    return say("tanpa-nama") if label is None else str(label)


def _notes(rows: list[RecapRow], limit: int) -> list[Finding]:
    found = []
    rules: dict[str, list[str]] = {}
    for row in rows:
        if row.hasil is not None:
            p = row.hasil.provenance
            rules.setdefault(f"{p.regulasi}, {row.hasil.bobot.label()}, {p.pembulatan}, {p.kosong}", []).append(
                row.unit
            )
    if len(rules) > 1:
        listed = [f"{rule}: {', '.join(units[:3])}{' ...' if len(units) > 3 else ''}" for rule, units in rules.items()]
        found.append(Finding("rekap-aturan-beda", "peringatan", AREA, {"rincian": listed}))
    if small := [row.unit for row in rows if row.hasil is not None and 0 < (row.n or 0) < limit]:
        found.append(Finding("rekap-kecil", "catatan", AREA, {"unit": small, "batas": limit}))
    if none := [row.unit for row in rows if row.hasil is None]:
        found.append(Finding("rekap-tanpa-data", "catatan", AREA, {"unit": none}))
    return found


def _origin(value: Recap, lang: str) -> list[str]:
    """Return the rules of the figures, where all units share them, and the version."""
    results = [row.hasil for row in value.baris if row.hasil is not None]
    if not results:
        return []
    p, weight = results[0].provenance, results[0].bobot.label(lang)
    fields = {"regulasi": p.regulasi, "bobot": weight, "pembulatan": p.pembulatan, "kosong": p.kosong, "versi": p.versi}
    alike = {(h.provenance.regulasi, h.bobot.nama, h.provenance.pembulatan, h.provenance.kosong) for h in results}
    return [say("asal", lang, **fields)] if len(alike) == 1 else []
