"""Safe by default: who may reach the service, what it keeps, what it tells, and what ends it. Against a real process."""

from __future__ import annotations

import http.client
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.basics.errors import SKMError

pytest.importorskip("starlette", reason="the extra service is not installed")
pytest.importorskip("httpx", reason="the test client needs it")
pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")
ROOT = Path(skm.__file__).parents[1]
COUNTS = b'{"jumlah": {"waktu": [0, 0, 5, 5], "biaya": [0, 0, 0, 10]}}'
needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")


@contextmanager
def running(temp: Path, *more: str, **env: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A service of its own process; its log is in ``temp/log``."""
    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "en", *more]
    own = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temp)} | env
    log = temp / "log"
    with log.open("w") as target, subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=target) as run:
        for _ in range(300):
            found = re.search(r" at http://[^ ]*:(\d+)/", log.read_text())
            if found or run.poll() is not None:
                break
            time.sleep(0.05)
        assert found, log.read_text()
        try:
            yield run, int(found[1])  # type: ignore[misc]
        finally:
            if run.poll() is None:
                run.send_signal(signal.SIGTERM)
            run.wait(30)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    temp = tmp_path_factory.mktemp("aman")
    with running(temp) as (_, port):
        yield port, temp


def raw(port: int, text: bytes) -> str:
    """Return the first line of the answer to bytes sent as they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(text)
        return line.recv(4096).split(b"\r\n")[0].decode()


POST = b"POST /v1/hitung HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n\r\n" + COUNTS


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Host: 127.0.0.1", "200"),
        (b"Host: localhost:%(port)d", "200"),
        (b"Host: [::1]:%(port)d", "200"),
        # A foreign name that was made to lead here (DNS rebinding), in all its spellings.
        (b"Host: evil.example:%(port)d", "403"),
        (b"Host: 127.0.0.1.evil.example", "403"),
        (b"Host: localhost.evil.example", "403"),
        (b"Host: 127.0.0.1@evil.example", "403"),
        (b"Host: evil.example#127.0.0.1", "403"),
        (b"Host: 127.1", "403"),
        (b"Host: 2130706433", "403"),
        (b"Host: 0.0.0.0:%(port)d", "403"),
        (b"Host: [::ffff:127.0.0.1]", "403"),
        (b"Host:", "403"),
        (b"Host: 127.0.0.1\r\nHost: evil.example", "403"),
        (b"X-Forwarded-Host: 127.0.0.1\r\nHost: evil.example", "403"),
        # Another site's page, in a browser on this computer.
        (b"Host: 127.0.0.1\r\nOrigin: https://evil.example", "403"),
        (b"Host: 127.0.0.1\r\nOrigin: http://127.0.0.1.evil.example", "403"),
        (b"Host: 127.0.0.1\r\nOrigin: null", "403"),
        (b"Host: 127.0.0.1\r\nOrigin:", "403"),
        (b"Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nOrigin: http://evil.example", "403"),
        (b"Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site", "403"),
        (b"Host: 127.0.0.1\r\nSec-Fetch-Site: same-site", "403"),
        (b"Host: 127.0.0.1\r\nOrigin: http://127.0.0.1:%(port)d\r\nSec-Fetch-Site: same-origin", "200"),
    ],
)
def test_foreign_names_and_pages_are_refused(service: tuple[int, Path], headers: bytes, status: str) -> None:
    port, _ = service
    named = headers % {b"port": port} if b"%(" in headers else headers
    first = raw(port, POST % (len(COUNTS), named))
    # Two hosts are refused by the protocol already (400), or by us.
    assert status in first or (status == "403" and " 400 " in first), first


def test_only_this_computer_reaches_it(service: tuple[int, Path]) -> None:
    port, _ = service
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect(("192.0.2.1", 9))  # nothing is sent: it tells which address would be used
            own = asked.getsockname()[0]
    except OSError:
        pytest.skip("this computer has no other address")
    if own.startswith("127."):
        pytest.skip("this computer has no other address")
    with pytest.raises(OSError):
        socket.create_connection((own, port), timeout=2).close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "survei.dinas.go.id"])
def test_another_address_needs_a_token(host: str) -> None:
    env = {k: v for k, v in os.environ.items() if k != "SKM_TOKEN"}
    run = subprocess.run(
        [sys.executable, "-m", "skm", "layani", "--host", host, "--port", "0", "--jangan-buka", "--json"],
        env=env | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert '"layanan-perlu-token"' in run.stdout


def upload(port: int, name: str, content: bytes, path: str = "/v1/hitung", options: str = "") -> tuple[int, str]:
    mark = "batas-bagian"
    part = f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n\r\n'.encode()
    more = f'--{mark}\r\nContent-Disposition: form-data; name="opsi"\r\n\r\n{options}\r\n'.encode() if options else b""
    body = more + part + content + f"\r\n--{mark}--\r\n".encode()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        line.request("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()


PERSONS = [
    ("Siti Aminah Rahayu", "3574011234567890", "081234567890", "siti.aminah@contoh.id", "Jl. Melati 5 RT 03"),
    ("Budi Santoso Wijaya", "3574019876543210", "081298765432", "budi.s@contoh.id", "Jl. Kenanga 9 RT 01"),
    ("Dewi Lestari Putri", "3574015555666677", "081255556666", "dewi.l@contoh.id", "Jl. Mawar 12 RT 07"),
]
HEADER = "Nama Lengkap;NIK;No HP;Email;Alamat;Umur;Persyaratan;Prosedur;Waktu;Biaya;Produk;Kompetensi;Perilaku;Pengaduan;Sarana"


def survey_of_persons(wrong: bool = False) -> bytes:
    rows = [";".join((*p, str(30 + k), *("3443434" + ("x" if wrong else "4") + "4"))) for k, p in enumerate(PERSONS)]
    return "\n".join([HEADER, *rows]).encode()


def test_no_person_in_any_answer_or_log(service: tuple[int, Path]) -> None:
    port, temp = service
    told = []
    calls = ("/v1/hitung", "/v1/periksa", "/v1/profil", "/v1/rekap", "/v1/audit", "/v1/gabung")
    for wrong in (False, True):
        told += [upload(port, "warga.csv", survey_of_persons(wrong), path)[1] for path in calls]
    for column in ("Nama Lengkap", "NIK", "No HP", "Email", "Alamat"):
        told.append(upload(port, "warga.csv", survey_of_persons(), options=f'{{"per": "{column}"}}')[1])
        told.append(upload(port, "warga.csv", survey_of_persons(), "/v1/profil", f'{{"profil": ["{column}"]}}')[1])
    told.append(upload(port, "tanpa.csv", survey_of_persons().split(b"\n", 1)[1])[1])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        for path in ("/tidak/Siti%20Aminah%20Rahayu", "/?siapa=3574011234567890", "/sampel?populasi=Siti+Aminah"):
            line.request("GET", path)
            line.getresponse().read()
    log = (temp / "log").read_text()
    assert log.count("POST") >= 12
    for person in PERSONS:
        for value in person:
            assert value not in log
            assert not [text[:300] for text in told if value in text]
    # Method, status, size, milliseconds, kind of refusal: nothing else.
    lines = [text for text in log.splitlines() if not text.startswith(("The service", "Layanan"))]
    assert lines
    assert [text for text in lines if not re.fullmatch(r"([A-Z]+|-) \d{3} \d+ \d+\.\d \S+", text)] == []


def test_the_page_shows_no_person(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    with TestClient(skm.service.create_app(temp=tmp_path), base_url="http://127.0.0.1") as client:
        for wrong in (False, True):
            shown = client.post("/kerja", files={"berkas": ("warga.csv", survey_of_persons(wrong))}).text
            assert not [value for person in PERSONS for value in person if value in shown]


@pytest.mark.parametrize(
    "options",
    [
        '{"kuesioner": "/etc/passwd"}',
        '{"kuesioner": "peta.toml"}',
        '{"regulasi": "../../rahasia.toml"}',
        '{"label": "/etc/hostname"}',
        '{"perbaikan": "/etc/hostname"}',
        '{"keputusan": "/etc/hostname"}',
        '{"populasi_unit": "/etc/hostname"}',
        '{"daftar_pertanyaan": "~/x.csv"}',
    ],
)
def test_an_option_never_opens_a_file_of_the_server(service: tuple[int, Path], options: str) -> None:
    status, text = upload(service[0], "a.csv", survey_of_persons(), options=options)
    assert status == 422
    assert re.search(r'"kode": "(masukan-jalur-berkas|masukan-kunci-asing)"', text)
    with closing(http.client.HTTPConnection("127.0.0.1", service[0], timeout=60)) as line:
        body = '{"satuan": [{"unit": "A", "jumlah": {"waktu": [0,0,1,1]}}], "cara": "simple", "opsi": %s}'
        line.request("POST", "/v1/gabung", body % '{"regulasi": "/etc/rahasia.toml"}')
        assert "masukan-jalur-berkas" in line.getresponse().read().decode()
        line.request(
            "POST", "/tren", "teks=2024-S1+%3D+%2Fetc%2Fhostname", {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = line.getresponse()
        answer.read()
        line.request("GET", str(answer.getheader("location")))
        assert "layanan-tren-baris" in line.getresponse().read().decode()
    status, text = upload(service[0], "a.csv", survey_of_persons(), "/v1/rekap", '{"daftar": "/etc/hostname"}')
    assert (status, "masukan-jalur-berkas" in text) == (422, True)


def test_a_page_of_too_many_or_too_large_parts_is_refused_and_the_service_lives(service: tuple[int, Path]) -> None:
    port, _ = service
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "abc":
            archive.writestr(f"{name}.csv", b"U1;U2\n" + b"0" * (150 << 20))
    assert upload(port, "bom.zip", bomb.getvalue())[0] == 422
    assert upload(port, "rusak.xlsx", b"PK\x03\x04" + os.urandom(2000))[0] == 422
    assert upload(port, "x" * 5000 + ".csv", survey_of_persons())[0] in (200, 400)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.putrequest("POST", "/v1/hitung")
        line.putheader("Content-Length", str(1 << 40))
        line.endheaders()
        assert line.getresponse().status == 413
    assert "200" in raw(port, POST % (len(COUNTS), b"Host: 127.0.0.1"))


def _big(size: int) -> int:
    return len(bytearray(size))


def test_a_worker_over_its_memory_is_refused_and_the_next_piece_of_work_is_done() -> None:
    import asyncio
    from dataclasses import replace

    from skm.service.pool import Workers
    from skm.service.settings import Settings

    if sys.platform != "linux":
        pytest.skip("memory is bounded on Linux")

    async def trial() -> tuple[str, int]:
        workers = Workers(replace(Settings(), memory=2 << 30, workers=1))
        try:
            with pytest.raises(SKMError) as refused:
                await workers.run(_big, 3 << 30)
            return refused.value.code, await workers.run(_big, 1 << 20)
        finally:
            workers.close()

    assert asyncio.run(trial()) == ("layanan-memori", 1 << 20)


def folders(temp: Path) -> list[Path]:
    return list(temp.glob("skm-layani-*"))


def children(process: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"\nPPid:\t{process}\n" in text:
            found.append(int(status.parent.name))
    return found


def settled(test: Callable[[], Any]) -> bool:
    """Tell whether something holds within ten seconds."""
    for _ in range(100):
        if test():
            return True
        time.sleep(0.1)
    return False


def begin_work(port: int) -> None:
    """Hand a file over as a page does: it is kept, and a report is being written."""
    status, _ = upload(port, "jawaban.xlsx", skm.contoh().read_bytes(), "/v1/laporan")
    assert status == 202


@needs_proc
def test_a_closed_service_leaves_nothing_and_a_killed_one_is_cleared_by_the_next(tmp_path: Path) -> None:
    with running(tmp_path) as (run, port):
        begin_work(port)
        (own,) = folders(tmp_path)
        assert own.stat().st_mode & 0o077 == 0
        assert settled(lambda: children(run.pid))
        workers = children(run.pid)
        run.kill()
        run.wait(10)
    assert folders(tmp_path) == [own]
    assert settled(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    with running(tmp_path) as (run, port):
        assert not own.exists()
        begin_work(port)
        workers = children(run.pid)
        run.send_signal(signal.SIGTERM)
        run.wait(20)
    assert folders(tmp_path) == []
    assert settled(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_a_dead_worker_takes_one_answer_with_it_and_no_more(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from skm.service import tasks

    def dies(*_: Any) -> None:
        raise AssertionError("is replaced below")

    app = skm.service.create_app(temp=tmp_path)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        files = {"berkas": ("a.xlsx", skm.contoh().read_bytes())}
        workers = app.state.skm.workers
        run = workers.run

        async def run_and_die(function: Any, *args: Any) -> Any:
            return await run(os.abort) if function is tasks.files else await run(function, *args)

        object.__setattr__(
            app.state.skm, "workers", type("Dying", (), {"run": staticmethod(run_and_die), "close": workers.close})()
        )
        died = client.post("/v1/hitung", files=files)
        assert (died.status_code, died.json()["galat"]["kode"]) == (422, "layanan-memori")
        object.__setattr__(app.state.skm, "workers", workers)
        assert client.post("/v1/hitung", files=files).json()["hasil"]["keseluruhan"]["ikm"] == "89.31"
        assert [p for p in app.state.skm.desk.root.iterdir() if p.is_dir()] == []


def test_a_defect_is_told_by_its_kind_only(tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    from starlette.testclient import TestClient

    from skm.service import calls, interface, work

    def broken(*_: Any, **__: Any) -> Any:
        raise ValueError("Siti Aminah Rahayu")

    async def broken_page(*_: Any) -> Any:
        raise ValueError("Siti Aminah Rahayu")

    monkeypatch.setitem(calls.CALLS, "hitung", broken)
    monkeypatch.setattr(interface, "schemas", broken)
    with (
        caplog.at_level("DEBUG"),
        TestClient(skm.service.create_app(temp=tmp_path), base_url="http://127.0.0.1") as client,
    ):
        monkeypatch.setattr(work, "store", broken_page)
        answers = [client.post("/v1/hitung", content=COUNTS), client.get("/v1/skema")]
        answers.append(client.post("/kerja", files={"berkas": ("a.csv", b"a;b")}))
    for answer in answers:
        assert answer.status_code == 500
        assert "Aminah" not in answer.text
        assert "ValueError" in answer.text
    assert "Aminah" not in " ".join(r.getMessage() + str(r.exc_info or "") for r in caplog.records)


def test_nothing_on_a_page_runs_or_dresses_inline() -> None:
    folder = ROOT / "skm" / "data" / "service"
    for template in sorted(folder.glob("*.j2")):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*src=)", text), template.name
        assert not re.search(r"\son[a-z]+\s*=|\sstyle\s*=|<style|javascript:", text), template.name
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), template.name
    for asset in ("halaman.js", "gaya.css"):
        text = (folder / asset).read_text(encoding="utf-8")
        assert not re.search(r"https?://|eval\(|new Function|@import", text), asset
