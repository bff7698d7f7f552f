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
    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "id"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path_factory.mktemp("layanan"))}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        yield run.stderr.readline().split(" di ")[1].split(". ")[0]
        run.send_signal(signal.SIGTERM)
        run.stderr.read()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_api.sync_playwright() as p:
        started = p.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield started
        started.close()


@pytest.fixture(params=list(SIZES))
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page of one size; errors on its console, the content policy's among them, fail the test."""
    width, height = SIZES[request.param]
    shown = browser.new_page(viewport={"width": width, "height": height})
    shown.set_default_timeout(90_000)
    errors: list[str] = []
    shown.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    shown.on("pageerror", lambda e: errors.append(str(e)))
    yield shown
    shown.close()
    assert [e for e in errors if "422" not in e and "404" not in e] == []


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


def opened(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def test_from_the_example_to_the_documents(page: Any, address: str) -> None:
    page.goto(address)
    settled(page, "beranda")
    page.get_by_role("button", name=re.compile("contoh")).click()
    page.wait_for_selector(".ubin")
    assert "89,31" in page.text_content(".ubin")
    opened(page)
    settled(page, "kerja")
    page.fill("#p-populasi", "3.441")
    page.select_option("#p-bobot", "0.111")
    page.get_by_role("button", name="Pakai pilihan ini").click()
    page.wait_for_selector(".ubin >> text=89,22")
    opened(page)
    page.fill("#f-unit", "Kecamatan Contoh")
    page.get_by_role("button", name="Simpan fakta").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Buat dokumen").click()
    page.wait_for_selector('[data-status="selesai"]')
    with page.expect_download() as download:
        page.click('[data-status="selesai"] a')
    assert download.value.suggested_filename == "laporan-skm.zip"
    settled(page, "dokumen")


def reach(page: Any, wanted: str) -> None:
    """Go on with the tabulator until the focus is on something with these words."""
    for _ in range(150):
        page.keyboard.press("Tab")
        text = page.evaluate(
            "(e => (e.labels && e.labels[0] ? e.labels[0].textContent : '') + ' ' + e.textContent + ' ' + (e.id || ''))"
            "(document.activeElement)"
        )
        if wanted in text and page.evaluate("document.activeElement !== document.body"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{wanted}: the focus cannot be seen"
            return
    pytest.fail(f"the keyboard does not reach {wanted!r}")


def test_without_a_mouse(page: Any, address: str) -> None:
    """From the start to the zip with the keyboard alone."""
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lewati"
    reach(page, "Coba dengan berkas contoh")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ubin")
    reach(page, "Pilihan membaca dan menghitung")
    page.keyboard.press("Enter")
    reach(page, "p-bobot")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    reach(page, "Pakai pilihan ini")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ubin >> text=89,22")
    reach(page, "Isi fakta")
    page.keyboard.press("Enter")
    reach(page, "f-unit")
    page.keyboard.type("Kecamatan Contoh")
    reach(page, "Simpan fakta")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.wait_for_selector("#f-unit[value='Kecamatan Contoh']", state="attached")
    reach(page, "Buat dokumen")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-status="selesai"]')
    reach(page, "Unduh zip")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "laporan-skm.zip"


def test_a_messy_form_is_settled_by_choosing(page: Any, address: str, shared_data: Path) -> None:
    """Sheets, period, scale, words, codes of no answer: whatever is asked is answered until the figure stands."""
    wanted = {"kantor/12_skala_5.xlsx": {"5-linear", "sarana"}, "kantor/04_sheet_per_layanan.xlsx": {"unit_dari=lembar"},
              "kantor/18_kosong_strip_nol.xlsx": {"Tidak tahu", "0", "-"}, "kantor/08_emoji_puas.xlsx": {"puas"},
              "kantor/02_google_form_3_semester.xlsx": {"2026-S1"}, "dump/persen100.xlsx": {"25-100", "sarana"}}  # fmt: skip
    for name, values in wanted.items():
        page.goto(address)
        page.set_input_files("#berkas", str(shared_data / name))
        page.get_by_role("button", name="Baca berkas ini").click()
        page.wait_for_selector("#dokumen")
        settled(page, f"tanya-{Path(name).stem}")
        for value in values:
            for field in page.query_selector_all(f'#terbaca fieldset input[value="{value}"]'):
                field.check()
        page.get_by_role("button", name="Pakai jawaban ini").click()
        page.wait_for_selector(".ubin")
        settled(page, f"jawab-{Path(name).stem}")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "path", ["", "sampel?populasi=3.441&n=341", "audit", "tren", "kompilasi", "kit", "dokumen", "tidak-ada"]
)
def test_the_other_screens(page: Any, address: str, path: str, lang: str) -> None:
    mark = "&" if "?" in path else "?"
    page.goto(f"{address}{path}{mark}lang={lang}")
    settled(page, f"{path.split('?', maxsplit=1)[0] or 'awal'}-{lang}")


def test_audit_trend_and_compilation_show_what_they_found(page: Any, address: str, shared_data: Path) -> None:
    page.goto(f"{address}audit")
    page.fill("#teks", "Unsur;Nilai\n" + "\n".join(f"U{i};3,{40 + i}" for i in range(1, 10)) + "\nIKM;99,17\n")
    page.get_by_role("button", name="Telaah").click()
    page.wait_for_selector(".temuan")
    settled(page, "audit-hasil")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("text=What was read of this result")
    assert "IKM;99,17" in page.input_value("#teks")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.goto(f"{address}tren")
    page.fill("#teks", "2023-S1 = 80,10\n2023-S2 = 82,40\n2024-S1 = 81,90\n2024-S2 = 89,31")
    page.get_by_role("button", name="Susun tren").click()
    page.wait_for_selector("figure")
    settled(page, "tren-hasil")
    page.goto(f"{address}kompilasi")
    names = ("07_jawaban_berantakan.xlsx", "20_respons_formulir.xlsx", "15_rekap_cacah.xlsx", "12_skala_5.xlsx")
    page.set_input_files("#berkas", [str(shared_data / "kantor" / name) for name in names])
    page.select_option("#cara", "simple")
    page.get_by_role("button", name="Kumpulkan").click()
    page.wait_for_selector(".temuan")
    settled(page, "kompilasi-hasil")


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
    "pekalongan-arpus-2025/olah_data_skm.csv", "dump/mpp_panjang.csv",
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
        page.query_selector(".ubin") or page.query_selector('[role="alert"]') or page.query_selector("#hasil .ringkas")
    )
    settled(page, Path(name).stem)
