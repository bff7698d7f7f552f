"""Reports for everybody: tagged PDF, alternative texts, language, HTML that axe finds nothing in, charts on a phone."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from support import office_programs as _kantor

import skm
from skm import report

pikepdf = pytest.importorskip("pikepdf")
FACTS = {"unit": "Kecamatan Contoh", "instansi": "Kota Contoh", "periode": "2024-S2", "populasi": 3441}


@pytest.fixture(scope="module", params=["id", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def bahan() -> report.Bahan:
    return report.compile(skm.read(skm.contoh()), fakta=FACTS)


def figures(pdf: Any) -> list[Any]:
    """The structure elements that are pictures, wherever they stand in the tree."""
    found: list[Any] = []

    def walk(node: Any, depth: int = 0) -> None:
        if isinstance(node, pikepdf.Array):
            for part in node:
                walk(part, depth + 1)
        elif isinstance(node, pikepdf.Dictionary) and depth < 400:
            if node.get("/S") == "/Figure":
                found.append(node)
            if "/K" in node:
                walk(node["/K"], depth + 1)

    walk(pdf.Root.StructTreeRoot["/K"])
    return found


def check(content: bytes, language: str) -> Any:
    pdf = pikepdf.open(io.BytesIO(content))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).lower().startswith(language)
    pictures = figures(pdf)
    assert len(pictures) >= 5
    assert all(len(str(p.get("/Alt", ""))) > 20 for p in pictures)
    return pdf


def test_typst_gives_pdf_ua_1(bahan: report.Bahan, lang: str) -> None:
    """Typst itself refuses what breaks the standard; the file says that it keeps it."""
    stream = io.BytesIO()
    report.write_pdf(bahan, stream, cara="typst", lang=lang)
    pdf = check(stream.getvalue(), lang)
    with pdf.open_metadata() as meta:
        assert meta.get("pdfuaid:part") == "1"
        assert "Kecamatan Contoh" in str(meta.get("dc:title"))


def test_libreoffice_gives_a_tagged_pdf(bahan: report.Bahan) -> None:
    """Structure tree, language, alternative texts of every chart."""
    _kantor.need("soffice", "libreoffice")
    stream = io.BytesIO()
    report.write_pdf(bahan, stream, cara="libreoffice")
    check(stream.getvalue(), "id")


@pytest.fixture(scope="module")
def page(bahan: report.Bahan, lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = report.write_html(bahan, tmp_path_factory.mktemp("html") / "laporan.html", lang=lang)
    assert path is not None
    return path


@pytest.fixture(scope="module")
def browser() -> Any:
    program = _kantor.need("chromium", "chromium-browser", "google-chrome")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing(width: int, page: Path, browser: Any) -> None:
    """WCAG 2 A and AA, and best practice, on a phone and on a desk."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(page.as_uri())
    found = axe.Axe().run(tab)
    told = [(v["id"], v["nodes"][0]["html"][:120]) for v in found.response["violations"]]
    tab.close()
    assert told == []


def test_charts_are_read_on_a_phone_without_scrolling(page: Path, browser: Any) -> None:
    """At 360 px no chart is wider than the window, and its smallest words are at least 8 px high."""
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    shown = tab.evaluate(
        """() => [...document.querySelectorAll('figure.grafik svg')].map(s => s.getBoundingClientRect())
              .filter(r => r.width > 0).map(r => [r.left, r.right, r.width])"""
    )
    tab.close()
    assert len(shown) >= 4
    assert all(left >= 0 and right <= 360 for left, right, _ in shown)
    slim = re.findall(r'<svg[^>]*viewBox="0 0 ([\d.]+) [\d.]+"[^>]*class="ramping"', page.read_text("utf-8"))
    assert slim
    widest = max(float(w) for w in slim)
    assert min(width for _, _, width in shown) / widest * 7.5 * 96 / 72 >= 8


def test_charts_are_told_apart_in_grey(bahan: report.Bahan) -> None:
    """The four answers differ in lightness or in hatching, the grades in lightness or in the letter beside them."""
    from skm.charts import _style as style

    def light(colour: str) -> float:
        r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for levels in range(2, 8):
        looks = [(light(c), style.level_hatch(i, levels)) for i, c in enumerate(style.level_colours(levels))]
        for i, one in enumerate(looks):
            for other in looks[i + 1 :]:
                assert one[1] != other[1] or abs(one[0] - other[0]) > 0.04
