"""The examples for embedders against the real service: Python, Node, and PHP with a real MariaDB behind it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import skm

pytest.importorskip("starlette", reason="the extra service is not installed")
ROOT = Path(skm.__file__).parents[1]
EXAMPLES = ROOT / "examples" / "aplikasi"
UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service of its own process, as an office's server would run it."""
    temp = tmp_path_factory.mktemp("layanan")
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temp)}
    command = [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "id"]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        line = run.stderr.readline()
        address = line.split(" di ")[1].split(". ")[0].rstrip("/") if " di " in line else line
        yield address
        run.send_signal(signal.SIGTERM)
        run.stderr.read()
        run.wait(20)
    # What was handed over is gone with the service.
    assert not list(temp.glob("skm-layani-*"))


def test_python_gets_findings_figure_and_report(service: str, tmp_path: Path) -> None:
    target = tmp_path / "laporan.zip"
    run = subprocess.run(
        [sys.executable, str(EXAMPLES / "klien.py"), str(skm.contoh()), str(target)],
        env=os.environ | {"SKM_URL": service}, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "89,31" in run.stdout
    assert "laporan/hasil.json" in zipfile.ZipFile(target).namelist()


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_node_gets_the_figure(service: str) -> None:
    rows = [{f"u{i}": 4 - (k + i) % 2 for i in range(1, 10)} for k in range(40)]
    run = subprocess.run(
        ["node", str(EXAMPLES / "klien.mjs")],
        input=json.dumps(rows), env=os.environ | {"SKM_URL": service}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert str(skm.score(rows, u8="pengaduan").ikm).replace(".", ",") in run.stdout


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A MariaDB server on a socket and a loopback port of its own; ends with the tests."""
    server, installer = shutil.which("mariadbd"), shutil.which("mariadb-install-db")
    if server is None or installer is None:
        pytest.skip("MariaDB is not installed")
    folder = tmp_path_factory.mktemp("maria")
    folder.chmod(0o755)
    user = ["--user=root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    data, socket_path = folder / "data", folder / "s.sock"
    subprocess.run(
        [installer, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", *user],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    command = [server, "--no-defaults", f"--datadir={data}", f"--socket={socket_path}", "--skip-networking",
               f"--pid-file={folder / 'pid'}", *user]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        for _ in range(300):
            if socket_path.exists():
                break
            time.sleep(0.1)
        yield str(socket_path), "root"
        run.send_signal(signal.SIGTERM)
        run.wait(60)


@pytest.mark.server
def test_php_sends_counts_from_mariadb(service: str, mariadb: tuple[str, str]) -> None:
    php, client = shutil.which("php"), shutil.which("mariadb")
    if (
        php is None
        or client is None
        or "pdo_mysql" not in subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout
    ):
        pytest.skip("PHP with pdo_mysql is not installed")
    draw = random.Random(5)
    people = [(k + 1, draw.choice(["KTP", "KK", "Akta"])) for k in range(120)]
    answers = [(k, q, draw.choices([1, 2, 3, 4], [1, 2, 8, 9])[0]) for k, _ in people for q in range(1, 10)]
    sql = """CREATE DATABASE skm; USE skm;
    CREATE TABLE responden (id INT PRIMARY KEY, layanan VARCHAR(40));
    CREATE TABLE pertanyaan (id INT PRIMARY KEY, unsur VARCHAR(20));
    CREATE TABLE jawaban (responden_id INT, pertanyaan_id INT, nilai TINYINT);
    """
    sql += f"INSERT INTO responden VALUES {','.join(map(str, people))};"
    sql += f"INSERT INTO pertanyaan VALUES {','.join(str((k, u)) for k, u in enumerate(UNSUR, start=1))};"
    sql += f"INSERT INTO jawaban VALUES {','.join(map(str, answers))};"
    path, user = mariadb
    subprocess.run([client, "--no-defaults", f"--socket={path}", f"--user={user}"], input=sql, text=True, check=True)
    env = os.environ | {"SKM_URL": service, "SKM_DSN": f"mysql:unix_socket={path};dbname=skm", "SKM_DB_USER": user}
    run = subprocess.run([php, str(EXAMPLES / "klien.php")], env=env, capture_output=True, text=True, check=True)
    rows = [
        {"layanan": service_name} | {UNSUR[q - 1]: v for k, q, v in answers if k == number}
        for number, service_name in people
    ]
    expected = {str(label): hasil.ikm for label, hasil in skm.score_by(rows, "layanan").items()}
    assert dict(line.split()[:2] for line in run.stdout.splitlines()) == {k: str(v) for k, v in expected.items()}


def test_the_service_answers_in_time_after_its_start(service: str) -> None:
    with urllib.request.urlopen(f"{service}/sehat", timeout=5) as answer:
        assert json.loads(answer.read())["sehat"] is True
