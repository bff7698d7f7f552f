"""Any results as numbered tables for a paper: Word, Excel or LaTeX, with the sentence that says how they came about."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import skm.report.render.docx as word
from skm.basics import messages
from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.basics.table import Table
from skm.basics.writing import write_file
from skm.regulasi._bobot import Bobot
from skm.report.chapters.blocks import Blok, Document, Paragraph, TableBlock
from skm.report.render.kind import kind_of
from skm.report.render.same_bytes import book_properties

TABLE_KINDS = (".docx", ".xlsx", ".tex")


def write_tables(
    results: Any,
    path: str | Path | IO[bytes],
    *,
    jenis: str = "docx",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    r"""Write results as numbered tables; the file name's ending chooses Word, Excel or LaTeX.

    Parameters
    ----------
    results : result or sequence of results
        Whatever has a ``table``: `HasilIKM`, `Profil`, an interval, reliability, a comparison, a trend, a recap; or a
        `Table`. A pair (caption, result) names the table itself.
    path : str, Path or binary stream
        A .docx, .xlsx or .tex file, or what it is written into.
    jenis : {"docx", "xlsx", "tex"}
        What is written into a stream; a file's name says it.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language of captions, headings and numbers.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Raises
    ------
    OptionError
        Something that has no table, or another ending.
    EmptyDataError
        Nothing was given.

    Notes
    -----
    A LaTeX file is a piece for ``\input``; it needs the package booktabs.

    Examples
    --------
    >>> import io, skm
    >>> hasil = skm.score_counts({"persyaratan": (0, 0, 118, 69), "prosedur": (0, 6, 93, 88)})
    >>> stream = io.BytesIO()
    >>> write_tables([hasil], stream, jenis="tex", lang="en")
    >>> print(stream.getvalue().decode().splitlines()[0])
    % Needs \usepackage{booktabs}.
    """
    kind = kind_of(path, jenis, TABLE_KINDS)
    language = resolve_lang(lang)
    tables = [_table(one, language) for one in _each(results)]
    if not tables:
        raise EmptyDataError("tabel-kosong")
    make = {".docx": _docx, ".xlsx": _xlsx, ".tex": _tex}[kind]
    return write_file(path, make(tables, language), overwrite=overwrite)


def _each(results: Any) -> Iterable[Any]:
    if isinstance(results, Table) or hasattr(results, "table"):
        return [results]
    if isinstance(results, tuple) and len(results) == 2 and isinstance(results[0], str):
        return [results]
    return list(results)


def _table(one: Any, lang: Lang) -> tuple[Table, tuple[str, ...]]:
    """Return the table with its caption as title, and the sentences below it: what it says, how it came about."""
    caption = ""
    if isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str):
        caption, one = one
    if isinstance(one, Table):
        table = one
    elif hasattr(one, "table"):
        table = one.table(lang)
    else:
        raise OptionError("tabel-bukan-hasil", jenis=type(one).__name__)
    told = []
    sentence = getattr(one, "kalimat", None)
    if callable(sentence):
        told.append(str(sentence(lang)))
    origin = getattr(one, "provenance", None)
    if origin is not None:
        told.append(messages.text("laporan", "tabel-metode", lang, **_method(one, origin, lang), versi=origin.versi))
    title = caption or table.title or messages.text("laporan", "keterangan-tabel", lang)
    notes = tuple(n for n in table.notes if n not in told)
    return replace(table, title=title, notes=()), (*told, *notes)


def _method(one: Any, origin: Any, lang: Lang) -> dict[str, str]:
    """Return the regulation and the weight in words, where the result has them; else as their ids."""
    regulasi, bobot = getattr(one, "regulasi", None), getattr(one, "bobot", None)
    return {
        "regulasi": str(getattr(regulasi, "nama", origin.regulasi)),
        "bobot": bobot.label(lang) if isinstance(bobot, Bobot) else origin.bobot,
    }


def _docx(tables: Sequence[tuple[Table, tuple[str, ...]]], lang: Lang) -> bytes:
    blok: list[Blok] = []
    for number, (table, notes) in enumerate(tables, start=1):
        blok.append(TableBlock(replace(table, title=""), table.title, nomor=number))
        blok += [Paragraph(note, "catatan") for note in notes]
    return word.document(Document(tables[0][0].title, lang, tuple(blok)), nomor_halaman=False)


def _xlsx(tables: Sequence[tuple[Table, tuple[str, ...]]], lang: Lang) -> bytes:
    xlsxwriter = need("xlsxwriter")
    label = messages.text("laporan", "keterangan-tabel", lang)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book_properties(book, judul=tables[0][0].title)
        head = book.add_format({"bold": True, "bg_color": "#DCE6F0", "border": 1, "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 12})
        grey = book.add_format({"italic": True, "font_color": "#52606D"})
        for number, (table, notes) in enumerate(tables, start=1):
            sheet = book.add_worksheet(f"{label} {number}")
            sheet.write_string(0, 0, f"{label} {number}. {table.title}", title)
            for column, one in enumerate(table.columns):
                sheet.write_string(2, column, one.label, head)
                sheet.set_column(column, column, 34 if one.kind == "text" else 14)
            for row, (values, texts) in enumerate(zip(table.rows, table.cells(), strict=True), start=3):
                for column, (value, text) in enumerate(zip(values, texts, strict=True)):
                    number_ = _number(value)
                    if number_ is None:
                        sheet.write_string(row, column, text)
                    else:
                        places = table.columns[column].places if table.columns[column].kind == "decimal" else 0
                        form = book.add_format({"num_format": "0." + "0" * places if places else "#,##0"})
                        sheet.write_number(row, column, number_, form)
            for row, note in enumerate(notes, start=4 + len(table.rows)):
                sheet.write_string(row, 0, note, grey)
    return buffer.getvalue()


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, (str, bool)):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if found == found and abs(found) != float("inf") else None  # noqa: PLR0124


def _tex(tables: Sequence[tuple[Table, tuple[str, ...]]], lang: Lang) -> bytes:
    lines = [messages.text("laporan", "tex-kepala", lang)]
    for number, (table, notes) in enumerate(tables, start=1):
        align = "".join("l" if c.kind == "text" else "r" for c in table.columns)
        lines += ["", r"\begin{table}[htbp]", r"\centering", rf"\caption{{{_escaped(table.title)}}}"]
        lines += [rf"\label{{tab:skm-{number}}}", rf"\begin{{tabular}}{{{align}}}", r"\toprule"]
        lines.append(" & ".join(_escaped(c.label) for c in table.columns) + r" \\")
        lines.append(r"\midrule")
        lines += [" & ".join(map(_escaped, row)) + r" \\" for row in table.cells()]
        lines += [r"\bottomrule", r"\end{tabular}"]
        lines += [rf"\par\footnotesize {_escaped(note)}" for note in notes]
        lines.append(r"\end{table}")
    return ("\n".join(lines) + "\n").encode()


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_{}"},
}


def _escaped(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda m: _SPECIAL[m[0]], text)
