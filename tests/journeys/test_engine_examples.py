"""The scripts for Spark and for a database are what a newcomer can run."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "mesin"


def run(name: str) -> str:
    done = subprocess.run([sys.executable, FOLDER / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_database() -> None:
    if importlib.util.find_spec("sqlalchemy") is None:
        pytest.skip("SQLAlchemy is not installed (extra database)")
    out = run("basis_data.py")
    assert out.count("IKM") >= 3
    assert "Kartu Keluarga" in out


@pytest.mark.spark
def test_spark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (extra spark)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    out = run("spark.py")
    assert "49594 responden pada semester I" in out
