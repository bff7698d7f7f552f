"""Reads one binary workbook (.xls, .xlsb) in a process of its own and hands its sheets back as JSON.

It imports nothing of this package, so that it starts quickly.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path


def main(path: str, most: int) -> None:
    """Read the visible sheets, no more than ``most`` cells together."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_object(io.BytesIO(Path(path).read_bytes()))
        sheets: list[object] = []
        hidden: list[object] = []
        total = 0
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None:
                continue
            high, wide = sheet.height, sheet.width
            total += high * wide
            if total > most:
                write({"terlalu_luas": {"lembar": meta.name, "baris": high, "kolom": wide, "sel": total}})
                return
            rows = [[cell(v) for v in row] for row in sheet.to_python(skip_empty_area=True)]
            merged = [[*a, *b] for a, b in (sheet.merged_cell_ranges or ())]
            entry = {"nama": meta.name, "awal": list(sheet.start), "baris": rows, "gabungan": merged}
            (sheets if meta.visible == calamine.SheetVisibleEnum.Visible else hidden).append(entry)
    except calamine.PasswordError:
        write({"bersandi": True})
        return
    except (calamine.CalamineError, MemoryError, ValueError, OSError) as problem:
        write({"galat": str(problem)[:300]})
        return
    except BaseException as problem:
        # A panic of the library is no Exception; here it is one damaged file.
        if type(problem).__name__ != "PanicException":
            raise
        write({"galat": str(problem)[:300]})
        return
    write({"lembar": sheets, "tersembunyi": hidden})


def cell(value: object) -> object:
    """Return what JSON holds; dates and times in a list of kind and text."""
    if isinstance(value, datetime):
        return ["w", value.isoformat()]
    if isinstance(value, date):
        return ["t", value.isoformat()]
    if isinstance(value, time):
        return ["j", value.isoformat()]
    if isinstance(value, timedelta):
        return ["d", value.days, value.seconds, value.microseconds]
    return value


def write(document: object) -> None:
    """Write the document in ASCII, whatever the encoding of standard output."""
    sys.stdout.buffer.write(json.dumps(document).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[3]))
