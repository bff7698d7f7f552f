"""The questionnaire for an online form: text to paste question by question, and a table of questions and options."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, Any

from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.basics.writing import write_file
from skm.regulasi import _kuesioner
from skm.report.kit.entry_workbook import headings
from skm.report.kit.respondent_fields import fields, labels
from skm.report.render.kind import kind_of


def write_online_form(
    path: str | Path | IO[bytes],
    *,
    kuesioner: Any = None,
    jenis: str = "txt",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the questionnaire for an online form such as Google Forms.

    Parameters
    ----------
    path : str, Path or binary stream
        A .txt file with text to paste, or a .csv file with one row a question; or what it is written into.
    kuesioner : str, Path or Kuesioner, optional
        The questions. Default: the regulation's sample.
    jenis : {"txt", "csv"}
        What is written into a stream; a file's name says it.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Notes
    -----
    The titles of the questions are those that `skm.read` understands without a map, so that an export of the form is
    read as it comes.
    """
    kind = kind_of(path, jenis, (".txt", ".csv"))
    content = form_text(kuesioner, lang) if kind == ".txt" else form_table(kuesioner, lang)
    return write_file(path, content, overwrite=overwrite)


def form_text(kuesioner: Any = None, lang: str | None = None) -> bytes:
    """Return the text to paste: every question with its options, one a line."""
    language = resolve_lang(lang)
    lines = [_say("daring-judul", language), "", _say("daring-petunjuk", language), ""]
    for number, (title, kind, options, needed) in enumerate(questions(kuesioner, language), start=1):
        lines.append(f"{number}. {title}")
        lines.append(
            f"   {_say(f'daring-{kind}', language)}{'' if not needed else ' ' + _say('daring-wajib', language)}"
        )
        lines += [f"   {option}" for option in options]
        lines.append("")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def form_table(kuesioner: Any = None, lang: str | None = None) -> bytes:
    """Return one row a question: title, kind, required, options in columns."""
    language = resolve_lang(lang)
    rows = questions(kuesioner, language)
    most = max(len(options) for _, _, options, _ in rows)
    head = [_say(f"daring-kolom-{name}", language) for name in ("judul", "jenis", "wajib")]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*head, *(f"{_say('daring-kolom-pilihan', language)} {i}" for i in range(1, most + 1))])
    for title, kind, options, needed in rows:
        shown = _say("daring-ya" if needed else "daring-tidak", language)
        writer.writerow([title, _say(f"daring-{kind}", language), shown, *options, *[""] * (most - len(options))])
    return stream.getvalue().encode("utf-8-sig")


def questions(kuesioner: Any, lang: str) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Return title, kind ("pilihan", "singkat", "paragraf"), options and whether an answer is needed."""
    base = _kuesioner.load() if kuesioner is None else _kuesioner.load(kuesioner)
    about = [f for f in fields() if f.id != "tanggal"]
    found = [(f.name(lang), "pilihan" if f.pilihan else "singkat", tuple(f.pilihan), False) for f in about]
    names = headings(base, lang)
    found += [(names[b.id], "pilihan", tuple(labels(b, len(base.nilai), lang)), True) for b in base.butir]
    return [*found, (_say("kolom-saran", lang), "paragraf", (), False)]


def _say(code: str, lang: str) -> str:
    return messages.text("mulai", code, lang)
