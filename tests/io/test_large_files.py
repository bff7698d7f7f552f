"""Large inputs: progress on a terminal only, an interrupt leaves nothing behind, memory does not grow with the rows."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import skm
from skm.basics import progress

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
ROOT = Path(skm.__file__).parent.parent

STREAM = """
import itertools, sys
import numpy as np, pyarrow as pa
import skm

rng = np.random.default_rng(1)
columns = {f"u{i}": rng.integers(1, 5, 100_000).astype(np.int8) for i in range(1, 10)}
columns["unit"] = rng.integers(0, 50, 100_000)
batch = pa.RecordBatch.from_pydict(columns)

def batches(n):
    for number in range(n):
        if number == 3:
            print("mulai", flush=True)
        yield batch

def reader(n):
    return pa.RecordBatchReader.from_batches(batch.schema, batches(n))
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two Parquet files of 300,000 rows each."""
    rng = np.random.default_rng(0)
    for number in range(2):
        table = pa.table({f"u{i}": rng.integers(1, 5, 300_000).astype(np.int8) for i in range(1, 10)})
        pq.write_table(table, tmp_path / f"{number}.parquet")
    return tmp_path


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar with a share on a terminal, nothing in a pipe, nothing for what is in memory."""
    pytest.importorskip("tqdm")
    monkeypatch.setattr(progress, "_DELAY", 0.0)
    monkeypatch.setenv("COLUMNS", "90")
    shown: dict[str, str] = {}
    for name, stream in (("terminal", Terminal()), ("pipa", io.StringIO())):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            skm.score(str(files), u8="sarana")
            shown[name] = stream.getvalue()
    assert "Membaca baris" in shown["terminal"]
    assert "600k" in shown["terminal"]
    assert shown["pipa"] == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    skm.score({f"u{i}": np.ones(10, np.int8) for i in range(1, 10)}, u8="sarana")
    assert terminal.getvalue() == ""


@pytest.mark.skipif(os.name == "nt", reason="signals to a process differ on Windows")
def test_an_interrupt_ends_soon_and_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C while rows are read by threads: KeyboardInterrupt, no file, no hanging thread."""
    # A process that was started in the background inherits an ignored interrupt: a person's terminal does not.
    listening = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code = listening + STREAM + f"skm.tally(reader(10**9), 'unit', u8='sarana').save({str(tmp_path / 'x.hitungan')!r})"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "mulai"
            process.send_signal(signal.SIGINT)
            start = time.monotonic()
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()  # where the interrupt does not arrive, nothing else ends its billion rows
    assert time.monotonic() - start < 30
    assert process.returncode != 0
    assert "KeyboardInterrupt" in errors
    assert not list(tmp_path.iterdir())


def test_memory_does_not_grow_with_the_rows() -> None:
    """Thirty million rows of a stream, in the memory that three million take."""
    pytest.importorskip("resource")
    code = STREAM + (
        "import resource\n"
        "def peak():\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "skm.score_by(reader(30), 'unit', u8='sarana')\n"
        "first = peak()\n"
        "per = skm.score_by(reader(300), 'unit', u8='sarana')\n"
        "print(int(per.n.sum()), peak() / first)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    rows, growth = out.stdout.splitlines()[-1].split()
    assert int(rows) == 30_000_000
    assert float(growth) < 1.3


def test_a_damaged_file_is_named(files: Path) -> None:
    """A file that is no Parquet, among others."""
    (files / "2.parquet").write_bytes(b"PAR1 rusak")
    with pytest.raises(skm.errors.UnreadableFileError) as problem:
        skm.score(str(files), u8="sarana")
    assert problem.value.code == "parquet-rusak"
    assert problem.value.context["berkas"] == "2.parquet"


def test_many_wrong_cells_are_counted_not_kept(files: Path) -> None:
    """Half a million zeros: one error with the exact number, and no object per cell."""
    table = pq.read_table(files / "0.parquet")
    zeros = table.set_column(0, "u1", pa.array(np.zeros(300_000, np.int8)))
    pq.write_table(zeros, files / "0.parquet")
    start: Any = time.monotonic()
    with pytest.raises(skm.errors.InvalidAnswerError) as problem:
        skm.score(str(files), u8="sarana")
    assert problem.value.code == "jawaban-nol"
    assert problem.value.context["banyak"] == 300_000
    assert time.monotonic() - start < 20
