"""The form: a workbook to type a publication into, read back by name of sheet and column."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from skm import regulasi as _regulasi
from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.publikasi._document import PrintedGrid, cell_text

MAIN = "Publikasi"
KEYS = (
    "unit",
    "wilayah",
    "periode",
    "regulasi",
    "skala",
    "jumlah_unsur",
    "ikm",
    "indeks",
    "mutu",
    "kinerja",
    "n",
    "populasi",
    "populasi_perkiraan",
    "sampel_minimum",
    "sampel_metode",
    "tanpa_kosong",
    "pertanyaan_per_unsur",
    "prioritas_menurut",
    "target",
    "realisasi",
    "capaian",
    "target_tercapai",
    "tren_arah",
    "tren_dari",
    "tren_sampai",
)
_CLAIMS = ("prioritas_menurut", "target", "realisasi", "capaian", "target_tercapai")
SHEETS: Mapping[str, tuple[str, ...]] = {
    "Unsur": (
        *("kode", "nama", "nilai", "mutu", "kinerja", "nik", "n", "total", "f1", "f2", "f3", "f4"),
        *("nrr_tertimbang", "bobot"),
    ),
    "Profil": ("karakteristik", "tingkat", "jumlah", "persen"),
    "Klaim": ("jenis", "unsur", "peringkat", "nilai"),
    "Tren": ("periode", "ikm"),
    "Tanggal": ("kegiatan", "tempat", "tanggal", "mulai", "selesai", "hari"),
    "Bagian": ("nama", "ikm", "n"),
    "Tempat lain": ("apa", "unsur", "tempat", "nilai"),
}  # fmt: skip


def is_form(grids: Sequence[PrintedGrid]) -> bool:
    """Tell whether the sheets are those of the form."""
    return {grid.nama for grid in grids} >= {MAIN, "Unsur"}


def write_form(lang: str | None = None) -> bytes:
    """Return the empty form as a workbook; every cell to fill in is text, so that "3,40" stays as typed."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    language = resolve_lang(lang)
    book = Workbook()
    main = book.active
    if main is None:  # a new workbook always has a sheet
        main = book.create_sheet()
    main.title = MAIN
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
    main.append([messages.text("telaah", f"formulir-{x}", language) for x in ("kunci", "isian", "keterangan")])
    for key in KEYS:
        main.append([key, None, messages.text("telaah", f"formulir.{key}", language)])
    for row in main.iter_rows(min_row=2, max_row=len(KEYS) + 1):
        row[1].number_format, row[1].fill = "@", fill
        row[2].alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 24), ("B", 30), ("C", 90)):
        main.column_dimensions[letter].width = width
    orders = _regulasi.load(_regulasi.DEFAULT)
    for name, headers in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.append(list(headers))
        if name == "Unsur":
            for i, unsur in enumerate(orders.unsur, start=1):
                sheet.append([f"U{i}", unsur.name(language)])
        for line in sheet.iter_rows(min_row=2, max_row=60, max_col=len(headers)):
            for cell in line:
                cell.number_format = "@"
        for column in sheet.columns:
            sheet.column_dimensions[str(column[0].column_letter)].width = 18
    for sheet in book.worksheets:
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = bold
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def form_mapping(grids: Sequence[PrintedGrid]) -> dict[str, Any]:
    """Return the mapping that a filled-in form describes."""
    sheets = {grid.nama: grid for grid in grids}
    main = {
        cell_text(row[0]): row[1]
        for row in sheets[MAIN].baris[1:]
        if len(row) > 1 and cell_text(row[0]) and cell_text(row[1])
    }
    claims: dict[str, Any] = {key: main.pop(key) for key in _CLAIMS if key in main}
    trend: dict[str, Any] = {
        key: main.pop(f"tren_{key}") for key in ("arah", "dari", "sampai") if f"tren_{key}" in main
    }
    out: dict[str, Any] = dict(main)
    headers = [cell_text(cell) for cell in sheets["Unsur"].baris[0]] if sheets["Unsur"].baris else []
    out["unsur"] = _unsur(_records(sheets["Unsur"]), headers)
    for record in _records(sheets.get("Klaim")):
        kind = cell_text(record.get("jenis")).casefold()
        if kind == "prioritas":
            claims.setdefault("prioritas", []).append(cell_text(record.get("unsur")))
        else:
            entry = {key: record[key] for key in ("unsur", "peringkat", "nilai") if key in record}
            claims.setdefault(kind, []).append(entry)
    if series := _records(sheets.get("Tren")):
        trend["nilai"] = series
    if trend:
        claims["tren"] = trend
    if claims:
        out["klaim"] = claims
    out["profil"] = _grouped(_records(sheets.get("Profil")), "karakteristik", "baris")
    events: dict[str, list[dict[str, Any]]] = {}
    for record in _records(sheets.get("Tanggal")):
        events.setdefault(cell_text(record.pop("kegiatan", "kegiatan")), []).append(
            {key: cell_text(value) for key, value in record.items()}
        )
    out["tanggal"] = events
    out["bagian"] = _records(sheets.get("Bagian"))
    for record in _records(sheets.get("Tempat lain")):
        what, place, value = cell_text(record.get("apa")), cell_text(record.get("tempat")), record.get("nilai")
        if what == "nilai":
            owner = next(
                (u for u in out["unsur"].values() if cell_text(record.get("unsur")) in (u.get("kode"), u.get("nama"))),
                None,
            )
            if owner is not None:
                owner.setdefault("nilai_lain", []).append({"tempat": place, "nilai": value})
        else:
            out.setdefault(f"{what}_lain", []).append({"tempat": place, what: value})
    return {key: value for key, value in out.items() if value not in ([], {})}


def _records(grid: PrintedGrid | None) -> list[dict[str, Any]]:
    if grid is None or not grid.baris:
        return []
    headers = [cell_text(c) for c in grid.baris[0]]
    rows = [
        {h: value for h, value in zip(headers, row, strict=False) if h and cell_text(value)} for row in grid.baris[1:]
    ]
    return [row for row in rows if row]


def _unsur(records: Sequence[dict[str, Any]], headers: Sequence[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for record in records:
        if not set(record) - {"kode", "nama"}:
            continue
        levels = sorted(key for key in record if re.fullmatch(r"f\d", key))
        counts = [record.pop(key) for key in levels]
        if counts and len(counts) == sum(re.fullmatch(r"f\d", header) is not None for header in headers):
            record["frekuensi"] = counts
        out[cell_text(record.get("nama") or record.get("kode"))] = record
    return out


def _grouped(records: Sequence[dict[str, Any]], key: str, inner: str) -> list[dict[str, Any]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    name = ""
    for record in records:
        name = cell_text(record.pop(key, "")) or name
        if record:
            tables.setdefault(name, []).append(record)
    return [{key: group, inner: rows} for group, rows in tables.items()]
