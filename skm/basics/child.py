"""Reading in a process of its own what cannot be looked into first, bounded in time and, on Linux, in memory.

A damaged file can bring a library in C or Rust down, or make it ask for all memory there is. In a child process that
ends the child; what it has to say comes back as one JSON document on its standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit

_LAUNCHER = Path(__file__).with_name("child_main.py")


def read_in_child(script: Path, content: bytes, name: str, ending: str) -> dict[str, Any]:
    """Run a script on the bytes of a file and return what it writes.

    Parameters
    ----------
    script : Path
        A file with ``main(path, ending)`` that writes one JSON document; it imports nothing of this package.
    content : bytes
        The file.
    name : str
        Its name, for messages.
    ending : str
        Ending of its kind, such as ".xls".

    Raises
    ------
    UnreadableFileError
        It takes longer than the limit of seconds, or the child ends without an answer.
    """
    seconds, memory = limit("detik"), limit("memori")
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        path = Path(folder) / f"masukan{ending}"
        path.write_bytes(content)
        arguments = [str(_LAUNCHER), str(script), str(path), ending, str(seconds), str(memory), str(limit("sel"))]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
        try:
            done = subprocess.run(
                [sys.executable, "-P", *arguments],
                capture_output=True,
                check=False,
                timeout=seconds,
                env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            raise UnreadableFileError("berkas-terlalu-lama", berkas=name, batas=seconds) from None
        except OSError as problem:
            sebab = problem.strerror or type(problem).__name__
            raise UnreadableFileError("anak-gagal", berkas=name, sebab=sebab) from None
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise UnreadableFileError("anak-berakhir", berkas=name, kode=done.returncode, batas=memory // 1_000_000)
    return answer
