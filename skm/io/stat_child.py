"""Reads one .sav or .dta in a process of its own: a damaged file can bring the C library down, not the caller.

Run as a script with the path and the ending; writes one JSON document to standard output. It uses nothing of this
package, so that it starts quickly.
"""

import json
import math
import sys
from datetime import date, datetime, time


def main(path: str, ending: str) -> None:
    """Read, and write columns, value labels, titles, and how many cells were user-missing."""
    import pyreadstat

    reader = pyreadstat.read_sav if ending == ".sav" else pyreadstat.read_dta
    try:
        data, meta = reader(path, output_format="dict")
        marked = reader(path, output_format="dict", user_missing=True)[0]
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OSError, OverflowError) as problem:
        write({"galat": str(problem)})
        return
    names = list(meta.column_names)
    columns = {name: [cell(v) for v in data[name]] for name in names}
    every = {name: [cell(v) for v in marked[name]] for name in names}
    hidden = sum(a is None and b is not None for name in names for a, b in zip(columns[name], every[name], strict=True))
    labels = {
        name: [[cell(code), str(text)] for code, text in table.items()]
        for name, table in meta.variable_value_labels.items()
    }
    titles = {name: title for name, title in meta.column_names_to_labels.items() if title}
    write({"kolom": columns, "label": labels, "judul": titles, "kosong": hidden})


def cell(value: object) -> object:
    """Return what JSON can hold; a date becomes ISO text, a missing value None."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, (int, float)) else None


def write(document: object) -> None:
    """Write the document in ASCII, whatever the encoding of standard output."""
    sys.stdout.buffer.write(json.dumps(document).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
