"""Reports: everything gathered in one value, then written as Word, HTML and a workbook with live formulas.

>>> import skm
>>> bahan = compile(skm.read(skm.contoh()), unit="Kecamatan Contoh", periode="2024-S2", population=3441)
>>> bahan.hasil.ikm
Decimal('89.31')
"""

from __future__ import annotations

from skm.rekapitulasi import recap, write_recap
from skm.report._bahan import Bahan, compile  # noqa: A004
from skm.report._docx import write_docx
from skm.report._fakta import Fakta, read_facts
from skm.report._formulir import write_facts_form
from skm.report._html import write_html
from skm.report._kuesioner_docx import write_questionnaire
from skm.report._lembar_isian import write_blank_answers
from skm.report._mulai import write_starter_kit
from skm.report._pdf import write_pdf
from skm.report._poster import write_poster
from skm.report._semua import ALWAYS, Tertulis, write_report
from skm.report._tindak_lanjut import write_follow_up
from skm.report._workbook import write_workbook

__all__ = [
    "ALWAYS",
    "Bahan",
    "Fakta",
    "Tertulis",
    "compile",
    "read_facts",
    "recap",
    "write_blank_answers",
    "write_docx",
    "write_facts_form",
    "write_follow_up",
    "write_html",
    "write_pdf",
    "write_poster",
    "write_questionnaire",
    "write_recap",
    "write_report",
    "write_starter_kit",
    "write_workbook",
]
