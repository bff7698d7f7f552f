"""A document as one self-contained HTML page: inline charts, no network, fit for phones, paper and screen readers."""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from skm.basics import messages
from skm.basics.packages import need
from skm.report.chapters.blocks import ChartBlock, Document
from skm.report.material.clean_text import runs
from skm.report.material.photos import Photo
from skm.report.render.block_writer import chart_height, foot_label
from skm.report.render.page_bonds import bound


def render(dokumen: Document, versi: str) -> str:
    """Return the page."""
    jinja2 = need("jinja2")
    markup = need("markupsafe").Markup

    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, dokumen.lang, **fields)

    dokumen = bound(dokumen)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_asset("laporan.html.j2"))
    page: str = template.render(
        d=dokumen,
        lang=dokumen.lang,
        versi=versi,
        css=markup(_asset("laporan.css")),
        say=say,
        pecah=runs,
        isi=lambda text: say("isi-tempat", teks=text),
        label_kolom=foot_label,
        setinggi=chart_height,
        gambar=_data_uri,
        grafik=lambda block: markup(_figure(block)),
    )
    return page


def _figure(block: ChartBlock) -> str:
    """Return the chart twice, for a wide window and for a telephone; styles show the one that fits."""
    name = f"g{block.nomor}"
    wide = _svg(block.gambar.svg(f"{name}-"), name, "lebar", block)
    slim = _svg(block.gambar.phone_svg(f"{name}p-"), f"{name}p", "ramping", block)
    return wide + slim


def _svg(svg: str, name: str, kind: str, block: ChartBlock) -> str:
    """Return the element with a name and a description of its own, as wide as its place."""
    head, _, rest = svg.partition(">")
    for part in ("width", "height"):
        start = head.find(f' {part}="')
        head = head[:start] + head[head.index('"', start + len(part) + 3) + 1 :]
    label = f' class="{kind}" role="img" aria-labelledby="{name}-judul {name}-uraian"'
    title = f'<title id="{name}-judul">{escape(block.keterangan)}</title>'
    return f'{head}{label}>{title}<desc id="{name}-uraian">{escape(block.alt)}</desc>{rest}'


def _data_uri(gambar: Photo) -> str:
    return f"data:image/{gambar.jenis};base64,{base64.b64encode(gambar.isi).decode('ascii')}"


@cache
def _asset(name: str) -> str:
    return resources.files("skm").joinpath("data", "laporan", name).read_text(encoding="utf-8")
