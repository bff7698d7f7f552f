"""Satu berkas dikirim ke layanan setempat: temuan, nilai, lalu perangkat laporan sebagai zip. Tanpa paket tambahan.

SKM_URL=http://127.0.0.1:8766 python klien.py jawaban.xlsx laporan.zip
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

URL = os.environ.get("SKM_URL", "http://127.0.0.1:8766")


def ask(path: str, body: bytes | None = None, kind: str = "application/json") -> bytes:
    """Send a request; a refusal is an error with the service's own words."""
    headers = {"Content-Type": kind}
    if token := os.environ.get("SKM_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + path, body, headers), timeout=60) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as problem:
        refused = json.loads(problem.read())["galat"]
        sys.exit(f"{refused['kode']}: {refused['pesan']} {refused['petunjuk']}")


def form(file: Path, options: dict[str, Any]) -> tuple[bytes, str]:
    """Return a multipart form with one file and the options."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="opsi"\r\n\r\n{json.dumps(options)}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="{file.name}"\r\n\r\n'.encode(),
        file.read_bytes(),
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def main(source: Path, target: Path) -> None:
    """Check, score, and fetch the report."""
    for found in json.loads(ask("/v1/periksa", *form(source, {})))["hasil"]["temuan"]:
        print(found["tingkat"], found["pesan"])
    print(json.loads(ask("/v1/hitung", *form(source, {})))["hasil"]["keseluruhan"]["tampil"]["judul"])
    job = json.loads(ask("/v1/laporan", *form(source, {"fakta": {"unit": "Kecamatan Contoh"}})))["hasil"]
    while job["status"] == "jalan":
        time.sleep(0.5)
        job = json.loads(ask(f"/v1/pekerjaan/{job['kunci']}"))["hasil"]
    target.write_bytes(ask(f"/v1/pekerjaan/{job['kunci']}/hasil"))
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
