"""Reports: everything gathered in one value, then written as Word, HTML and a workbook with live formulas.

>>> import skm
>>> bahan = compile(skm.read(skm.contoh()), unit="Kecamatan Contoh", periode="2024-S2", population=3441)
>>> bahan.hasil.ikm
Decimal('89.31')
"""

from __future__ import annotations

from skm.report._follow_up import FOLLOW_UP_KINDS, write_follow_up
from skm.report._poster import write_poster
from skm.report._recap import recap, write_recap
from skm.report._render import write_docx, write_html, write_pdf
from skm.report._set import SetFile, WrittenFile, WrittenSet, write_set
from skm.report._tables import write_tables
from skm.report._write import ALWAYS, report_files, write_report
from skm.report.compilation.collect import collect
from skm.report.compilation.write import write_compilation
from skm.report.kit.entry_workbook import write_blank_answers
from skm.report.kit.online_form import write_online_form
from skm.report.kit.questionnaire_docx import write_questionnaire
from skm.report.kit.starter import write_starter_kit
from skm.report.lkjip.write import kinerja_files, write_kinerja
from skm.report.material.bahan import Bahan
from skm.report.material.compile import compile  # noqa: A004
from skm.report.material.facts import Fakta, read_facts
from skm.report.material.form import write_facts_form
from skm.report.workbook.write import write_workbook

__all__ = [
    "ALWAYS",
    "FOLLOW_UP_KINDS",
    "Bahan",
    "Fakta",
    "SetFile",
    "WrittenFile",
    "WrittenSet",
    "collect",
    "compile",
    "kinerja_files",
    "read_facts",
    "recap",
    "report_files",
    "write_blank_answers",
    "write_compilation",
    "write_docx",
    "write_facts_form",
    "write_follow_up",
    "write_html",
    "write_kinerja",
    "write_online_form",
    "write_pdf",
    "write_poster",
    "write_questionnaire",
    "write_recap",
    "write_report",
    "write_set",
    "write_starter_kit",
    "write_tables",
    "write_workbook",
]
