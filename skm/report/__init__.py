"""Reports: everything gathered in one value, then written as Word, HTML and a workbook with live formulas.

>>> import skm
>>> bahan = skm.report.compile(skm.read(skm.contoh()), unit="Kecamatan Contoh", periode="2024-S2", population=3441)
>>> bahan.hasil.ikm
Decimal('89.31')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

# Loaded on first use: a process that only reads the files of a compilation needs no chapter and no chart.
_WHERE = {
    "ALWAYS": "_write",
    "Bahan": "material.bahan",
    "FOLLOW_UP_KINDS": "_follow_up",
    "Fakta": "material.facts",
    "SetFile": "_set",
    "WrittenFile": "_set",
    "WrittenSet": "_set",
    "collect": "compilation.collect",
    "compile": "material.compile",
    "kinerja_files": "lkjip.write",
    "read_facts": "material.facts",
    "recap": "_recap",
    "report_files": "_write",
    "write_blank_answers": "kit.entry_workbook",
    "write_compilation": "compilation.write",
    "write_docx": "_render",
    "write_facts_form": "material.form",
    "write_follow_up": "_follow_up",
    "write_html": "_render",
    "write_kinerja": "lkjip.write",
    "write_online_form": "kit.online_form",
    "write_pdf": "_render",
    "write_poster": "_poster",
    "write_questionnaire": "kit.questionnaire_docx",
    "write_recap": "_recap",
    "write_report": "_write",
    "write_set": "_set",
    "write_starter_kit": "kit.starter",
    "write_tables": "_tables",
    "write_workbook": "workbook.write",
}

__all__ = sorted([*_WHERE])

if TYPE_CHECKING:
    from skm.report._follow_up import FOLLOW_UP_KINDS as FOLLOW_UP_KINDS
    from skm.report._follow_up import write_follow_up as write_follow_up
    from skm.report._poster import write_poster as write_poster
    from skm.report._recap import recap as recap
    from skm.report._recap import write_recap as write_recap
    from skm.report._render import write_docx as write_docx
    from skm.report._render import write_html as write_html
    from skm.report._render import write_pdf as write_pdf
    from skm.report._set import SetFile as SetFile
    from skm.report._set import WrittenFile as WrittenFile
    from skm.report._set import WrittenSet as WrittenSet
    from skm.report._set import write_set as write_set
    from skm.report._tables import write_tables as write_tables
    from skm.report._write import ALWAYS as ALWAYS
    from skm.report._write import report_files as report_files
    from skm.report._write import write_report as write_report
    from skm.report.compilation.collect import collect as collect
    from skm.report.compilation.write import write_compilation as write_compilation
    from skm.report.kit.entry_workbook import write_blank_answers as write_blank_answers
    from skm.report.kit.online_form import write_online_form as write_online_form
    from skm.report.kit.questionnaire_docx import write_questionnaire as write_questionnaire
    from skm.report.kit.starter import write_starter_kit as write_starter_kit
    from skm.report.lkjip.write import kinerja_files as kinerja_files
    from skm.report.lkjip.write import write_kinerja as write_kinerja
    from skm.report.material.bahan import Bahan as Bahan
    from skm.report.material.compile import compile as compile  # noqa: A004
    from skm.report.material.facts import Fakta as Fakta
    from skm.report.material.facts import read_facts as read_facts
    from skm.report.material.form import write_facts_form as write_facts_form
    from skm.report.workbook.write import write_workbook as write_workbook


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(importlib.import_module(f"skm.report.{_WHERE[name]}"), name)
    msg = f"module 'skm.report' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return __all__
