"""Writing tables so that offices can open them, and nothing in them runs: CSV, Parquet, xlsx and .sav."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.packages import need
from skm.basics.writing import write_file

# What a spreadsheet takes for the start of a formula.
_RISKY = ("=", "+", "-", "@", "\t", "\r")
ENDINGS = (".csv", ".xlsx", ".parquet", ".sav")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column to be written: its name, its values, and the labels of its numbers where they have any."""

    nama: str
    isi: Sequence[Any]
    bilangan: bool = False
    label: Mapping[int, str] | None = None
    judul: str = ""


def write_table(columns: Sequence[ExportColumn], path: Path, *, pemisah: str = ";", overwrite: bool = False) -> Path:
    """Write a table in the format that the path's ending names, whole or not at all.

    Parameters
    ----------
    columns : sequence of ExportColumn
        All of one length.
    path : Path
        Ends in .csv, .xlsx, .parquet or .sav.
    pemisah : {";", ",", "tab"}
        Separator of CSV; a semicolon is what Excel with Indonesian settings opens as columns.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.

    Raises
    ------
    OptionError
        Another ending or separator.
    DataError
        The file is there, or cannot be written: open in another program, no permission.
    """
    writers: dict[str, Callable[[Sequence[ExportColumn], Path], None]] = {
        ".csv": lambda c, p: _csv(c, p, pemisah),
        ".xlsx": _xlsx,
        ".parquet": _parquet,
        ".sav": _sav,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise OptionError("opsi-tidak-dikenal", opsi="path", nilai=path.name, pilihan=list(ENDINGS))
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        draft = Path(folder) / f"tulis{path.suffix.lower()}"
        writer(columns, draft)
        return write_file(path, draft.read_bytes(), overwrite=overwrite)


def safe_text(value: Any) -> Any:
    """Return a text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> safe_text("=1+1"), safe_text("-"), safe_text(-3)
    ("'=1+1", "'-", -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _csv(columns: Sequence[ExportColumn], path: Path, separator: str) -> None:
    marks = {";": ";", ",": ",", "tab": "\t"}
    if separator not in marks:
        raise OptionError("opsi-tidak-dikenal", opsi="pemisah", nilai=separator, pilihan=list(marks))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=marks[separator], lineterminator="\r\n")
    writer.writerow([safe_text(c.nama) for c in columns])
    for row in zip(*(c.isi for c in columns), strict=True):
        writer.writerow([safe_text(_plain(cell)) for cell in row])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _xlsx(columns: Sequence[ExportColumn], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value="".join(c for c in value if c in "\t\n" or ord(c) >= 32))
        made.data_type = "s"  # openpyxl would take "=..." for a formula
        return made

    sheet.append([cell(c.nama) for c in columns])
    for row in zip(*(c.isi for c in columns), strict=True):
        sheet.append([cell(value) for value in row])
    book.save(path)


def _parquet(columns: Sequence[ExportColumn], path: Path) -> None:
    pa, parquet = need("pyarrow", "Parquet"), need("pyarrow.parquet", "Parquet")
    arrays = {}
    for column in columns:
        values = list(column.isi)
        if column.bilangan:
            arrays[column.nama] = pa.array(values, type=pa.int8())
        else:
            arrays[column.nama] = pa.array([None if v is None else str(_plain(v)) for v in values], type=pa.string())
    parquet.write_table(pa.table(arrays), path)


def _sav(columns: Sequence[ExportColumn], path: Path) -> None:
    pyreadstat = need("pyreadstat", ".sav")
    import pandas as pd

    names = {column.nama: _variable(column.nama, i) for i, column in enumerate(columns, start=1)}
    data: dict[str, Any] = {}
    for column in columns:
        if column.bilangan:
            data[names[column.nama]] = pd.array(column.isi, dtype="Float64").astype("float64")
        else:
            data[names[column.nama]] = ["" if v is None else str(_plain(v)) for v in column.isi]
    labels = {names[c.nama]: {float(k): v for k, v in c.label.items()} for c in columns if c.label}
    titles: dict[str, str | None] = {names[c.nama]: c.judul or c.nama for c in columns}
    pyreadstat.write_sav(pd.DataFrame(data), str(path), column_labels=titles, variable_value_labels=labels)


def _variable(name: str, position: int) -> str:
    """Return a name that SPSS allows."""
    clean = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in name).strip("_")[:60]
    return clean if clean and clean[0].isalpha() else f"v{position}_{clean}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
