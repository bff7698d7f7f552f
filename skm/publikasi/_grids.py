"""A file with printed figures, by its path -> grids of cells; the reading itself is `skm.basics.sheets.printed`."""

from __future__ import annotations

from pathlib import Path

from skm.basics.files import read_bytes
from skm.basics.sheets.printed import Grid, cell_text, read_printed

__all__ = ["TEXTS", "WORKBOOKS", "Grid", "cell_text", "read_grids"]

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt")


def read_grids(path: Path) -> list[Grid]:
    """Return the tables of a file.

    Raises
    ------
    UnreadableFileError
        The file is not there, damaged, protected or beyond the limits.
    MissingDependencyError
        python-docx is needed for Word files.
    """
    return read_printed(read_bytes(path), path.name, path.suffix.lower())
