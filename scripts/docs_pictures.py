"""Makes the pictures of the documentation: screens of the page by Chromium, layouts of files by matplotlib.

python scripts/docs_pictures.py
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "docs" / "_static"


def layouts() -> None:
    """Draw the first rows of each layout as a spreadsheet shows them."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    shown = {
        "rapi": [
            ["No", "U1", "U2", "U3", "..", "U9"],
            ["1", "4", "3", "4", "..", "4"],
            ["2", "3", "3", "4", "..", "3"],
        ],
        "formulir": [
            ["Timestamp", "Bagaimana pendapat Saudara tentang kesesuaian persyaratan ..", ".."],
            ["05/03/2026 10:02", "4. Sangat sesuai", ".."],
            ["05/03/2026 10:15", "3. Sesuai", ".."],
        ],
        "cacah": [
            ["Unsur", "1", "2", "3", "4"],
            ["Persyaratan", "0", "2", "8", "10"],
            ["Prosedur", "0", "2", "9", "10"],
        ],
        "panjang": [["responden", "unsur", "nilai"], ["1", "persyaratan", "4"], ["1", "prosedur", "3"]],
    }
    (STATIC / "tata-letak").mkdir(parents=True, exist_ok=True)
    for name, rows in shown.items():
        figure = Figure(figsize=(3.6, 0.9), dpi=150)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        longest = [max(len(row[j]) for row in rows) + 2 for j in range(len(rows[0]))]
        table = axes.table(
            cellText=rows, colWidths=[n / sum(longest) for n in longest], bbox=(0, 0, 1, 1), cellLoc="left"
        )
        table.auto_set_font_size(False)
        table.set_fontsize(5.5)
        for (row, _), cell in table.get_celld().items():
            cell.set_edgecolor("#c0c6cc")
            cell.set_facecolor("#e8eef4" if row == 0 else "white")
        figure.savefig(STATIC / "tata-letak" / f"{name}.png", metadata={"Software": None})


def screens() -> None:
    """Photograph the page with the bundled example."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "en"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": tempfile.mkdtemp()}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        address = service.stderr.readline().split(" at ")[1].split(". ")[0]
        with sync_playwright() as p:
            browser = p.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1000, "height": 720})
            page.goto(address)
            page.screenshot(path=STATIC / "halaman-awal.png")
            page.get_by_role("button", name="Coba dengan berkas contoh").click()
            page.wait_for_selector(".angka-besar", timeout=90_000)
            page.evaluate("document.querySelector('#hasil').scrollIntoView()")
            page.screenshot(path=STATIC / "halaman-hasil.png")
            browser.close()
        service.send_signal(signal.SIGTERM)
        service.stderr.read()


if __name__ == "__main__":
    layouts()
    screens()
