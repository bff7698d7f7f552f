"""Times the local service over the loopback, beside an empty route of the same server in the same run.

python benchmarks/layanan.py
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import skm

ROOT = Path(skm.__file__).parents[1]
COUNTS = json.dumps(
    {
        "jumlah": {
            u: [0, 6, 93, 88]
            for u in (
                "persyaratan",
                "prosedur",
                "waktu",
                "biaya",
                "produk",
                "kompetensi",
                "perilaku",
                "pengaduan",
                "sarana",
            )
        }
    }
).encode()
ROWS = json.dumps(
    {"data": [{f"u{i}": 4 - (k * i) % 3 for i in range(1, 10)} for k in range(341)], "opsi": {"u8": "sarana"}}
).encode()


def ask(host: str, method: str, path: str, body: bytes | None, times: int) -> list[float]:
    """Return the milliseconds of requests over one connection that stays open."""
    line = http.client.HTTPConnection(host, timeout=60)
    out = []
    for _ in range(times):
        started = time.perf_counter()
        line.request(method, path, body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        answer.read()
        out.append(1000 * (time.perf_counter() - started))
        assert answer.status == 200, answer.status
    return out


def eight(host: str, method: str, path: str, body: bytes | None, times: int) -> list[float]:
    """The same from eight clients at once."""
    found: list[float] = []
    threads = [threading.Thread(target=lambda: found.extend(ask(host, method, path, body, times))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def uploads(host: str, count: int) -> tuple[int, float]:
    """Send a workbook from many clients at once; return how many figures came back, and the seconds."""
    content, mark, good = skm.contoh().read_bytes(), uuid.uuid4().hex, []
    body = (
        (f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\n').encode()
        + content
        + f"\r\n--{mark}--\r\n".encode()
    )

    def send() -> None:
        for _ in range(30):  # a full service says when to come back
            line = http.client.HTTPConnection(host, timeout=300)
            line.request("POST", "/v1/hitung", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
            answer = line.getresponse()
            document = json.loads(answer.read())
            if answer.status == 503:
                time.sleep(float(answer.getheader("Retry-After", "1")))
                continue
            good.append(document["hasil"]["keseluruhan"]["ikm"] == "89.31")
            return

    started = time.perf_counter()
    threads = [threading.Thread(target=send) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(good), time.perf_counter() - started


def memory(process: int) -> int:
    """Return the MB that a process and its children hold, on Linux."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(process), "--ppid", str(process)], capture_output=True, text=True, check=True
    )
    return sum(int(line) for line in listed.stdout.split()) // 1024


def centiles(values: list[float]) -> str:
    """Return p50 and p99."""
    cuts = statistics.quantiles(values, n=100)
    return f"p50 {cuts[49]:7.2f} ms   p99 {cuts[98]:7.2f} ms   ({len(values)})"


def main() -> None:
    """Print the figures."""
    started = time.perf_counter()
    env: dict[str, Any] = dict(os.environ) | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "skm", "layani", "--port", "0", "--jangan-buka", "--lang", "en"],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stderr is not None
        host = run.stderr.readline().split(" at http://")[1].split("/")[0]
        urllib.request.urlopen(f"http://{host}/").read()
        print(f"start to first page          {time.perf_counter() - started:.2f} s")
        threading.Thread(target=run.stderr.read, daemon=True).start()
        ask(host, "POST", "/v1/hitung", ROWS, 3)
        print("one client, empty route      ", centiles(ask(host, "GET", "/sehat", None, 400)))
        print("one client, counts           ", centiles(ask(host, "POST", "/v1/hitung", COUNTS, 400)))
        print("one client, 341 JSON rows    ", centiles(ask(host, "POST", "/v1/hitung", ROWS, 200)))
        print("eight clients, empty route   ", centiles(eight(host, "GET", "/sehat", None, 150)))
        print("eight clients, counts        ", centiles(eight(host, "POST", "/v1/hitung", COUNTS, 150)))
        good, seconds = uploads(host, 50)
        print(f"50 uploads at once           {good} right in {seconds:.1f} s, {memory(run.pid)} MB in all processes")
        run.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
