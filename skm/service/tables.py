"""Tables as rows of cells already written, which cross a process and go into a page."""

from __future__ import annotations

from typing import Any

from skm.basics.table import Table


def plain_table(table: Table) -> dict[str, Any]:
    """Return a table as rows of cells already written."""
    return {
        "judul": table.title,
        "kepala": [{"teks": c.label, "angka": c.kind != "text"} for c in table.columns],
        "baris": [list(row) for row in table.cells()],
        "catatan": list(table.notes),
    }
