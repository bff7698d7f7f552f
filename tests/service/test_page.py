"""The page: what a person does without a mouse or a script, from a file to the zip, and that nothing is lost or leaked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import skm

pytest.importorskip("starlette", reason="the extra service is not installed")
pytest.importorskip("httpx", reason="the test client needs it")
pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from starlette.testclient import TestClient

    app = skm.service.create_app(temp=tmp_path_factory.mktemp("halaman"))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


class Page(HTMLParser):
    """Labels, fields, headings and images of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[dict[str, Any]] = []
        self.labels: set[str] = set()
        self.images: list[dict[str, Any]] = []
        self.scripts = 0
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag in ("input", "select", "textarea"):
            self.fields.append(given)
        elif tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        elif tag == "img":
            self.images.append(given)
        elif tag == "script" and not given.get("src"):
            self.scripts += 1


def upload(client: Any, name: str, content: bytes) -> Any:
    return client.post("/kerja", files={"berkas": (name, content)}, follow_redirects=True)


def test_from_a_file_to_the_zip(client: Any) -> None:
    shown = upload(client, "jawaban juli.xlsx", skm.contoh().read_bytes())
    assert "89,31" in shown.text
    assert "jawaban juli.xlsx" in shown.text
    place = shown.url.path
    chart = re.search(r'src="([^"]+/unduh/unsur-id\.svg)"', shown.text)
    assert chart is not None
    assert client.get(chart[1]).headers["content-type"] == "image/svg+xml"
    chosen = client.post(f"{place}/pilihan", data={"bobot": "0.111", "populasi": "3.441", "per": "layanan"})
    assert "89,22" in chosen.text
    assert "--bobot 0.111" in chosen.text
    assert "bobot=&#39;0.111&#39;" in chosen.text
    kept = client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh", "tidak.ada": "x"})
    assert 'value="Kecamatan Contoh"' in kept.text
    client.post(f"{place}/dokumen", data={"jenis": ["json", "xlsx"]})
    for _ in range(600):
        told = client.get(f"{place}/status").text
        if 'data-status="jalan"' not in told:
            break
        time.sleep(0.1)
    assert 'data-status="selesai"' in told
    assert client.get(f"{place}/unduh/laporan-skm.zip").content[:2] == b"PK"
    client.post(f"{place}/hapus")
    assert client.get(place).status_code == 422


def test_a_wrong_file_says_what_to_do_and_keeps_what_was_entered(client: Any) -> None:
    shown = upload(client, "salah.csv", b"a;b\n1;2\n")
    place = shown.url.path
    assert shown.status_code == 422
    assert 'role="alert"' in shown.text
    client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh"})
    client.post(f"{place}/pilihan", data={"nilai_kosong": "0;-"})
    again = client.get(place).text
    assert 'value="Kecamatan Contoh"' in again
    assert 'value="0;-"' in again
    assert client.post("/kerja", data={"x": "1"}).status_code == 422


def test_what_was_handed_over_is_not_handed_out(client: Any) -> None:
    shown = upload(client, "jawaban.xlsx", skm.contoh().read_bytes())
    place = shown.url.path
    for name in ("jawaban.xlsx", "pilihan.json", "fakta.json", "masukan", "..%2f..%2fetc%2fpasswd", "%2e%2e"):
        assert client.get(f"{place}/unduh/{name}").status_code in (404, 422)
    assert client.get("/aset/..%2f..%2fregulasi%2fpermenpanrb-14-2017.toml").status_code in (404, 422)
    assert client.get("/aset/dasar.html.j2").status_code == 422


def test_names_of_files_are_text_and_never_markup(client: Any) -> None:
    shown = upload(client, "<img src=x onerror=alert(1)>.csv", b"a;b\n1;2\n")
    assert "<img src=x" not in shown.text


@pytest.mark.parametrize(
    "path", ["/", "/sampel?populasi=3.441&n=341", "/audit", "/tren", "/kompilasi", "/kit", "/dokumen"]
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_is_whole_in_both_languages(client: Any, path: str, lang: str) -> None:
    client.cookies.set("skm_lang", lang)
    answer = client.get(path)
    client.cookies.delete("skm_lang")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    page = Page(answer.text)
    assert not page.scripts
    assert not page.handlers
    named = [f for f in page.fields if f.get("type") != "hidden"]
    assert all(f.get("id") in page.labels or f.get("aria-label") for f in named)
    assert answer.text.count("<h1>") == 1


def test_charts_have_words(client: Any) -> None:
    page = Page(client.post("/kerja", data={"contoh": "1"}).text)
    assert len(page.images) >= 3
    assert all(len(str(image.get("alt"))) > 20 for image in page.images)


def test_the_language_switch_stays_inside(client: Any) -> None:
    for back in ("//evil.example", "/\\evil.example", "https://evil.example"):
        answer = client.post("/bahasa", data={"lang": "en", "kembali": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    client.cookies.clear()


def test_audit_trend_and_kit(client: Any) -> None:
    pasted = "Unsur;Nilai\n" + "\n".join(f"U{i};3,{40 + i}" for i in range(1, 10)) + "\nIKM;99,17\n"
    judged = client.post("/audit", data={"teks": pasted}).text
    assert "99,17" in judged
    assert 'class="kesalahan"' in judged
    trend = client.post("/tren", data={"teks": "2024-S1 = 85,10\n2024-S2\t86,20\n"}).text
    assert "86,20" in trend
    assert client.post("/tren", data={"teks": "tidak begitu"}).text.count('role="alert"') == 1
    assert client.post("/kit", data={"unit": "Kecamatan Contoh"}).content[:2] == b"PK"


@pytest.mark.parametrize("name", ["02_google_form_3_semester.xlsx", "08_emoji_puas.xlsx", "15_rekap_cacah.xlsx"])
def test_real_files_are_shown_or_asked_about(client: Any, shared_data: Path, name: str) -> None:
    path = shared_data / "kantor" / name
    shown = upload(client, name, path.read_bytes())
    assert shown.status_code in (200, 422)
    assert "cacat-internal" not in shown.text


def test_files_of_many_units_become_a_compilation(client: Any) -> None:
    header = ";".join(f"U{i}" for i in range(1, 10))
    rows = [";".join(str(3 + (k + i) % 2) for i in range(9)) for k in range(12)]
    content = "\n".join([header, *rows]).encode()
    files = [("berkas", (f"Dinas {name}.csv", content)) for name in ("A", "B")] + [
        ("berkas", ("Dinas C.xlsx", b"rusak"))
    ]
    answer = client.post("/v1/rekap", files=files, data={"opsi": '{"cara": "simple", "u8": "sarana"}'}).json()
    assert answer["galat"] is None
    assert answer["hasil"]["tertulis"] == []
    assert answer["peringatan"]
    shown = client.post("/kompilasi", files=files, data={"cara": "simple"}).text
    assert "Dinas A" in shown
    place = re.search(r'href="(/kompilasi/[^"]+\.zip)"', shown)
    assert place is not None
    assert client.get(place[1]).content[:2] == b"PK"
