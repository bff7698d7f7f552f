"""An audit as Markdown and as one self-contained HTML page."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from skm._version import __version__
from skm.auditing.phrases import AREA
from skm.basics import messages
from skm.basics.numbers import Lang
from skm.basics.table import Table
from skm.basics.values import Finding

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:52rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.35rem;line-height:1.3}h2{font-size:1.1rem;margin-top:2rem}
.f{border-left:.35rem solid #767676;padding:.2rem 0 .2rem .9rem;margin:1rem 0}
.kesalahan{border-color:#b3261e}.peringatan{border-color:#b26a00}.catatan{border-color:#2f6690}
.t{font-weight:700}.f p{margin:.2rem 0}.k,.d{color:#4a4a4a;font-size:.875rem}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .6rem;border-bottom:1px solid #d0d0d0}
.w{overflow-x:auto}details{background:#f5f5f5;border-radius:.3rem;padding:.5rem .9rem;margin:1rem 0;font-size:.9375rem}
summary{font-weight:700;cursor:pointer}details ul{margin:.4rem 0;padding-left:1.2rem}.n{color:#8a4b00;font-weight:600}
footer{margin-top:2rem;color:#4a4a4a;font-size:.875rem}
@media print{body{max-width:none;padding:0}.f{break-inside:avoid}}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What an audit prints, in one language: ``recomputed`` and ``route`` are None and empty where nothing was."""

    title: str
    findings: Sequence[Finding]
    recomputed: Table | None
    route: str
    notes: Sequence[str]
    account: Sequence[tuple[str, bool]] = ()
    nothing: str = ""
    own: bool = False


def basis(finding: Finding, lang: str | None = None, *, own: bool = False) -> str:
    """Return the source of the rule behind a finding, or an empty text.

    ``own`` says that the result was held against an office's own regulation, whose pages nobody here knows.
    """
    code = f"{finding.kode}.dasar"
    if own:
        return ""
    return messages.text(AREA, code, lang, **finding.bukti) if messages.has(AREA, code) else ""


def to_markdown(page: Page, lang: Lang) -> str:
    """Return the audit as Markdown."""
    lines = [f"# {_escaped(page.title)}", ""]
    if page.account:
        heading = messages.text(AREA, "judul-akun", lang)
        lines += [heading, "", *(f"- {_escaped(text)}" for text, _ in page.account), ""]
    for number, f in enumerate(page.findings, start=1):
        level = messages.text(AREA, f"tingkat-{f.tingkat}", lang)
        lines.append(f"{number}. **{level}** {_escaped(f.text(lang))} (`{f.kode}`)")
        lines += [f"   *{_escaped(more)}*" for more in (f.advice(lang), basis(f, lang, own=page.own)) if more]
    if not page.findings:
        lines.append(page.nothing)
    if page.recomputed is not None:
        lines += ["", f"## {page.recomputed.title}", "", *_pipes(page.recomputed)]
    if page.route:
        lines += ["", page.route]
    return "\n".join([*lines, "", *(f"- {_escaped(note)}" for note in page.notes), ""])


def to_html(page: Page, lang: Lang) -> str:
    """Return the audit as one HTML page without scripts, links or outside files."""
    say = messages.text
    body = [f"<h1>{html.escape(page.title)}</h1>"]
    if page.account:
        items = "".join(
            f'<li class="{"" if judged else "n"}">{html.escape(text)}</li>' for text, judged in page.account
        )
        body.append(
            f"<details open><summary>{html.escape(say(AREA, 'judul-akun', lang))}</summary><ul>{items}</ul></details>"
        )
    for f in page.findings:
        level = html.escape(say(AREA, f"tingkat-{f.tingkat}", lang))
        more = "".join(
            f'<p class="d">{html.escape(text)}</p>' for text in (f.advice(lang), basis(f, lang, own=page.own)) if text
        )
        body.append(
            f'<section class="f {f.tingkat}"><p><span class="t">{level}</span> <code class="k">{f.kode}</code></p>'
            f"<p>{html.escape(f.text(lang))}</p>{more}</section>"
        )
    if not page.findings:
        body.append(f"<p>{html.escape(page.nothing)}</p>")
    if page.recomputed is not None:
        body.append(f'<div class="w">{page.recomputed.to_html()}</div>')
    if page.route:
        body.append(f"<p>{html.escape(page.route)}</p>")
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in page.notes)
    title = html.escape(page.title)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main>"
        f"<footer>{notes}<p>skm {__version__}</p></footer></body></html>\n"
    )


_LIST_STYLE = """
body{max-width:none}table{font-size:.875rem}th{cursor:pointer;text-align:left;position:sticky;top:0;background:#fff}
th::after{content:"\\2195";color:#767676;margin-left:.3rem;font-size:.75rem}td{vertical-align:top}
td.z{text-align:right;font-variant-numeric:tabular-nums}tr.kesalahan td:first-child{box-shadow:inset .35rem 0 #b3261e}
tr.peringatan td:first-child{box-shadow:inset .35rem 0 #b26a00}
tr.catatan td:first-child{box-shadow:inset .35rem 0 #2f6690}
td:first-child{padding-left:.9rem;min-width:11rem;overflow-wrap:anywhere}td:last-child{min-width:18rem}
details.r{background:none;padding:0;margin:0}details.r summary{font-weight:400}
"""

# Sorting by a click; without scripts the page is sorted already, gravest first.
_SORT = """
document.querySelectorAll("th").forEach(function(head,column){var up=false;head.addEventListener("click",function(){
var body=document.querySelector("tbody"),rows=Array.from(body.rows);up=!up;rows.sort(function(a,b){
var x=a.cells[column].dataset.v,y=b.cells[column].dataset.v,n=x-y;var d=isNaN(n)?x.localeCompare(y):n;return up?d:-d});
rows.forEach(function(row){body.appendChild(row)})})})
"""


def to_list_page(table: Table, rows: Sequence[tuple[tuple[object, ...], Sequence[str], str]], lang: Lang) -> str:
    """Return many audits as one page: a row each, which opens what was found."""
    heads = "".join(f"<th>{html.escape(column.label)}</th>" for column in table.columns)
    body = []
    for cells, details, colour in rows:
        shown = [html.escape(str(cell)) for cell in cells]
        more = "".join(f"<li>{html.escape(text)}</li>" for text in details)
        last = f'<details class="r"><summary>{shown[-1]}</summary><ul>{more}</ul></details>' if more else shown[-1]
        inner = "".join(
            f'<td{" class=z" if isinstance(cell, int) else ""} data-v="{_sortable(cell)}">{text}</td>'
            for cell, text in zip(cells, [*shown[:-1], last], strict=True)
        )
        body.append(f'<tr class="{colour}">{inner}</tr>')
    title = html.escape(table.title or "")
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}{_LIST_STYLE}</style></head><body><main><h1>{title}</h1>"
        f'<div class="w"><table><thead><tr>{heads}'
        f"</tr></thead><tbody>{''.join(body)}</tbody></table></div></main>"
        f"<footer><p>skm {__version__}</p></footer><script>{_SORT}</script></body></html>\n"
    )


def _sortable(cell: object) -> str:
    """Return what a cell is sorted by: a number with a point, or its text."""
    text = str(cell)
    plain = text.replace(",", ".", 1)
    return html.escape(plain if plain.replace(".", "", 1).isdigit() else text, quote=True)


def _pipes(table: Table) -> list[str]:
    head = [_escaped(column.label) for column in table.columns]
    marks = ["---" if column.kind == "text" else "---:" for column in table.columns]
    rows = [[_escaped(cell) for cell in row] for row in table.cells()]
    return [f"| {' | '.join(cells)} |" for cells in (head, marks, *rows)]


def _escaped(text: str) -> str:
    """Keep what a table or a heading of Markdown would take as its own signs."""
    for mark in ("\\", "|", "*", "_", "<", "`", "["):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", " ")
