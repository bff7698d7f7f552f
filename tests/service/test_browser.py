"""The page in a real browser: whole journeys on a desk and on a phone, once without a mouse, and what axe finds."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import skm

pytest.importorskip("starlette", reason="the extra service is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
CHROMIUM = shutil.which("chromium")
ROOT = Path(skm.__file__).parents[1]
SIZES = {"desk": (1200, 900), "phone": (360, 740)}
PICTURES = os.environ.get("SKM_PICTURES")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "en"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path_factory.mktemp("layanan"))}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        yield run.stderr.readline().split(" at ")[1].split(". ")[0]
        run.send_signal(signal.SIGTERM)
        run.stderr.read()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_api.sync_playwright() as p:
        opened = p.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield opened
        opened.close()


@pytest.fixture(params=list(SIZES))
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page of one size; errors on its console, the content policy's among them, fail the test."""
    width, height = SIZES[request.param]
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.set_default_timeout(90_000)
    errors: list[str] = []
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: errors.append(str(e)))
    yield opened
    opened.close()
    assert [e for e in errors if "422" not in e] == []


def settled(page: Any, name: str) -> None:
    """What holds of every screen: nothing runs out at the side, axe finds nothing serious, a picture on request."""
    from axe_playwright_python.sync_playwright import Axe

    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name}: {wide} px too wide"
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert not serious, f"{name}: {serious}"
    if PICTURES:
        size = page.viewport_size["width"]
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{size}.png"), full_page=True)


def test_from_the_example_to_the_documents(page: Any, address: str) -> None:
    page.goto(address)
    settled(page, "beranda")
    page.get_by_role("button", name=re.compile("contoh")).click()
    page.wait_for_selector(".angka-besar")
    assert "89,31" in page.text_content(".angka-besar")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    settled(page, "kerja")
    page.fill("#p-populasi", "3.441")
    page.select_option("#p-bobot", "0.111")
    page.get_by_role("button", name="Pakai pilihan ini").click()
    page.wait_for_selector("text=89,22")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.fill("#f-unit", "Kecamatan Contoh")
    page.get_by_role("button", name="Simpan fakta").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Buat dokumen").click()
    page.wait_for_selector('[data-status="selesai"]')
    with page.expect_download() as download:
        page.click('[data-status="selesai"] a')
    assert download.value.suggested_filename == "laporan-skm.zip"
    settled(page, "dokumen")


def test_without_a_mouse(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lewati"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "contoh" in (page.evaluate("document.activeElement.textContent") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".angka-besar")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY" and "Pilihan" in page.evaluate(
            "document.activeElement.textContent"
        ):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


@pytest.mark.parametrize("path", ["sampel?populasi=3.441&n=341", "audit", "tren", "kit", "dokumen"])
def test_the_other_screens(page: Any, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    settled(page, path.split("?", maxsplit=1)[0])


def test_english_stays_chosen(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=Compute a public-service satisfaction survey")
    page.goto(f"{address}sampel")
    assert page.get_attribute("html", "lang") == "en"


FILES = [
    "kantor/01_olah_data_kementerian.xlsx", "kantor/02_google_form_3_semester.xlsx", "kantor/04_sheet_per_layanan.xlsx",
    "kantor/06_kop_surat_kepala_gabungan.xlsx", "kantor/07_jawaban_berantakan.xlsx", "kantor/08_emoji_puas.xlsx",
    "kantor/12_skala_5.xlsx", "kantor/15_rekap_cacah.xlsx", "kantor/16_excel_indonesia.csv",
    "kantor/18_kosong_strip_nol.xlsx", "dump/tanpa_judul.csv", "jepara-mpp-2021/respons_wide.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_real_files_end_in_a_figure_or_in_what_to_do(page: Any, address: str, shared_data: Path, name: str) -> None:
    page.goto(address)
    page.set_input_files("#berkas", str(shared_data / name))
    page.get_by_role("button", name="Baca berkas ini").click()
    page.wait_for_selector("#dokumen")
    text = page.text_content("main")
    assert "cacat-internal" not in text
    assert (
        page.query_selector(".angka-besar")
        or page.query_selector('[role="alert"]')
        or page.query_selector("#hasil .ringkas")
    )
    settled(page, Path(name).stem)
