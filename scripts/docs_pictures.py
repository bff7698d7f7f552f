"""Makes the pictures of the documentation, and the two pages that are written from tables of the program.

python scripts/docs_pictures.py [tata-letak] [batas] [halaman] [laporan]

Layouts of files by matplotlib, screens of the page by Chromium, pages of the report by LibreOffice.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "docs" / "_static"


def layouts() -> None:
    """Draw the first rows and columns of every example file as a spreadsheet shows them, and write their page."""
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    import example_files

    (STATIC / "tata-letak").mkdir(parents=True, exist_ok=True)
    for shape in example_files.shapes():
        _spreadsheet(shape.rows, STATIC / "tata-letak" / f"{shape.name}.png", letters=not shape.file.endswith(".json"))
    (ROOT / "docs" / "mengerjakan" / "berkas-saya-seperti-ini.md").write_text(example_files.page(), encoding="utf-8")


def _spreadsheet(rows: list[list[Any]], path: Path, *, letters: bool, most: int = 11) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    width = max(len(row) for row in rows)
    heads = [row for row in rows[:4] if sum(cell is not None for cell in row) > 3] or rows[:1]
    long = max(len(str(cell)) for row in heads for cell in row if cell is not None) > 30
    shown = min(width, 4 if long else most)
    picked = rows if len(rows) <= 8 else [*rows[:5], *rows[-3:]]
    cut = 34 if long else 22
    cells = [[_short(row[j], cut) if j < len(row) else "" for j in range(shown)] for row in picked]
    numbers = [str(rows.index(row) + 1) for row in picked]
    if width > shown:
        cells = [[*row, "…"] for row in cells]
    columns = len(cells[0])
    if letters:
        cells = [[number, *row] for number, row in zip(numbers, cells, strict=True)]
        cells.insert(0, ["", *(chr(65 + j) for j in range(columns))])
    # A heading over several columns runs into the blank cells beside it, as in a spreadsheet.
    longest = [
        max(2.5, max((len(row[j]) for row in cells if not _runs_over(row, j)), default=1) + 1.5)
        for j in range(len(cells[0]))
    ]
    figure = Figure(figsize=(min(9.0, 0.085 * sum(longest) + 0.2), 0.22 * len(cells) + 0.08), dpi=110)
    axes = figure.add_axes((0.005, 0.01, 0.99, 0.98))
    axes.axis("off")
    table = axes.table(cellText=cells, colWidths=[n / sum(longest) for n in longest], bbox=(0, 0, 1, 1), cellLoc="left")
    table.auto_set_font_size(False)
    table.set_fontsize(7.5)
    for (row, column), cell in table.get_celld().items():
        edge = letters and (row == 0 or column == 0)
        cell.set_edgecolor("#c0c6cc")
        cell.set_linewidth(0.6)
        cell.PAD = 0.04
        cell.set_text_props(clip_on=False)
        cell.set_facecolor("#e8ecf0" if edge else "none" if not cell.get_text().get_text() else "white")
        cell.get_text().set_color("#5a6570" if edge else "#111")
    figure.savefig(path, metadata={"Software": None})


def _runs_over(row: list[str], column: int) -> bool:
    return len(row[column]) > 8 and row[column + 1 : column + 2] == [""]


def _short(cell: Any, cut: int) -> str:
    text = "" if cell is None else str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
    return text if len(text) <= cut else text[: cut - 1] + "…"


def documents() -> None:
    """Photograph the first pages of a report, and save a chart and a poster."""
    sys.path.insert(0, str(ROOT))
    import skm

    survei = skm.read(skm.contoh())
    hasil = skm.score(survei)
    facts = {
        "unit": "Kecamatan Contoh",
        "instansi": "Pemerintah Kota Contoh",
        "periode": "Semester II 2026",
        "populasi": 3441,
    }
    bahan = skm.report.compile(survei, fakta=facts)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        skm.report.write_pdf(bahan, where / "laporan.pdf", cara="libreoffice")
        _side_by_side(where / "laporan.pdf", (1, 5, 11, 13), STATIC / "laporan.png")
    chart = skm.charts.unsur_bar(hasil, urut="nilai", interval=skm.stats.mean_interval(survei, population=3441))
    skm.charts.save(chart, STATIC / "grafik-unsur.png", dpi=110, overwrite=True)


def _side_by_side(pdf: Path, pages: tuple[int, ...], target: Path) -> None:
    from PIL import Image

    shown = []
    for page in pages:
        made = pdf.with_name(f"halaman-{page}")
        span = ["-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", "-png", "-r", "52", *span, str(pdf), str(made)], check=True, stderr=subprocess.PIPE)
        shown.append(Image.open(made.with_suffix(".png")).convert("RGB"))
    gap, (width, height) = 10, shown[0].size
    strip = Image.new("RGB", (len(shown) * (width + gap) + gap, height + 2 * gap), "#888")
    for place, picture in enumerate(shown):
        strip.paste(picture, (gap + place * (width + gap), gap))
    strip.quantize(64).save(target, optimize=True)


def screens() -> None:
    """Photograph the page with the bundled example."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "id"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": tempfile.mkdtemp()}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        found = re.search(r"http://[\w.:]+", service.stderr.readline())
        assert found is not None
        address = found[0]
        with sync_playwright() as p:
            browser = p.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1000, "height": 720})
            page.goto(address)
            page.screenshot(path=STATIC / "halaman-awal.png")
            page.get_by_role("button", name="Coba dengan berkas contoh").click()
            page.wait_for_selector("#hasil .pokok", timeout=90_000)
            for part in ("hasil", "fakta"):
                page.evaluate(f"document.querySelector('#{part}').scrollIntoView()")
                page.screenshot(path=STATIC / f"halaman-{part}.png")
            browser.close()
        service.send_signal(signal.SIGTERM)
        service.stderr.read()


def limits() -> None:
    """Write the page of limits from the table of them."""
    sys.path[:0] = [str(ROOT / "docs" / "_ext"), str(ROOT)]
    import limits_page

    (ROOT / "docs" / "batas.md").write_text(limits_page.page(), encoding="utf-8")


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["tata-letak", "batas", "halaman", "laporan"]
    made = {"tata-letak": layouts, "batas": limits, "halaman": screens, "laporan": documents}
    for part in wanted:
        made[part]()
