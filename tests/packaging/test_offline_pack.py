"""The offline pack: what it takes, what its batch files say, and (slowly) that it installs without a network."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from support.amounts import sampled

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "paket_luring.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("paket_luring", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def index() -> None:
    """Skip where pip's index does not answer."""
    command = [sys.executable, "-m", "pip", "index", "versions", "et-xmlfile"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("the package index does not answer within a minute")
    if done.returncode:
        pytest.skip(f"the package index cannot be reached: {done.stderr.strip()[-200:]}")


def wheel(folder: Path, name: str, *needs: str) -> Path:
    """Write a wheel that holds nothing but its requirements."""
    path = folder / name
    stem = "-".join(name.split("-")[:2])
    lines = ["Metadata-Version: 2.1", f"Name: {stem.split('-')[0]}", f"Version: {stem.split('-')[1]}"]
    with ZipFile(path, "w") as archive:
        archive.writestr(
            f"{stem}.dist-info/METADATA", "\n".join([*lines, *(f"Requires-Dist: {n}" for n in needs), "", ""])
        )
    return path


def test_what_only_windows_needs_is_missed(script: ModuleType, tmp_path: Path) -> None:
    """A condition is read for the target; extras count for the package itself only."""
    own = wheel(
        tmp_path,
        "skm_indonesia-0.1.0-py3-none-any.whl",
        "pandas>=2",
        'xlsxwriter>=3; extra == "report"',
        'typst; extra == "pdf"',
    )
    pandas = wheel(
        tmp_path,
        "pandas-3.0.0-cp312-cp312-win_amd64.whl",
        'tzdata; sys_platform == "win32"',
        'old; python_version < "3.12"',
        'pytest; extra == "test"',
    )
    windows = script.environment("3.12", "win_amd64")
    assert script.missing([own, pandas], own, windows, "report") == ["tzdata", "xlsxwriter>=3"]
    assert script.missing([own, pandas], own, windows, "") == ["tzdata"]
    assert script.missing([own, pandas], own, script.environment("3.11", "win_amd64"), "") == ["old", "tzdata"]
    assert script.missing([own, pandas], own, windows, "report,pdf") == ["typst", "tzdata", "xlsxwriter>=3"]
    wheel(tmp_path, "tzdata-2026.1-py2.py3-none-any.whl")
    assert script.missing(sorted(tmp_path.glob("*.whl")), own, windows, "") == []


def test_a_version_that_is_too_old_is_missed(script: ModuleType, tmp_path: Path) -> None:
    """Having the name is not enough."""
    own = wheel(tmp_path, "skm_indonesia-0.1.0-py3-none-any.whl", "numpy>=2.0.2")
    old = wheel(tmp_path, "numpy-1.26.0-cp312-cp312-win_amd64.whl")
    assert script.missing([own, old], own, script.environment("3.12", "win_amd64"), "") == ["numpy>=2.0.2"]


def test_wheels_for_any_python_are_kept_once(script: ModuleType, tmp_path: Path) -> None:
    """Pure ones in umum, compiled ones with their Python; ABI3 wheels stay with the Python that asked."""
    names = [
        "a-1-py3-none-any.whl",
        "b-1-py2.py3-none-any.whl",
        "c-1-cp312-cp312-win_amd64.whl",
        "d-1-cp38-abi3-win_amd64.whl",
    ]
    script.place([wheel(tmp_path, n) for n in names], tmp_path / "wheel", "3.12")
    found = {p.name: p.parent.name for p in (tmp_path / "wheel").rglob("*.whl")}
    assert found == dict(zip(names, ["umum", "umum", "cp312", "cp312"], strict=True))


@pytest.mark.parametrize("name", ["pasang.bat", "buka.bat", "BACA-DULU.txt"])
def test_files_as_windows_reads_them(script: ModuleType, tmp_path: Path, name: str) -> None:
    """Plain ASCII, CRLF throughout, nothing left to fill in."""
    script.write_batch_files(tmp_path, ["3.11", "3.13", "3.12"], "report")
    content = (tmp_path / name).read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert not re.search(rb"\{[a-z]+\}", content)


def test_pasang_bat_goes_where_it_says(script: ModuleType, tmp_path: Path) -> None:
    """Newest Python first, every label exists, no index is asked, 32 bits and no Python get one sentence each."""
    script.write_batch_files(tmp_path, ["3.11", "3.13", "3.12"], "report")
    text = (tmp_path / "pasang.bat").read_text(encoding="ascii")
    assert "for %%v in (3.13 3.12 3.11) do" in text
    assert set(re.findall(r"goto (\w+)", text)) == set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    install = next(line for line in text.splitlines() if "pip install" in line)
    assert "--no-index" in install
    assert '"skm-indonesia[report]"' in install
    for label, words in (("bit32", "32-bit"), ("tanpapython", "belum ada")):
        block = re.search(rf"^:{label}\n(.*?)^exit", text, re.MULTILINE | re.DOTALL)
        assert block is not None
        echoed = [line for line in block[1].splitlines() if line.startswith("echo")]
        assert len(echoed) == 1
        assert words in echoed[0]
    assert "&&" not in text.replace(">nul 2>nul && set", "")


@pytest.mark.slow
@sampled(("3.12",), ())
@pytest.mark.usefixtures("index")
def test_windows_wheels_exist_for_every_python(script: ModuleType, tmp_path: Path, amount: tuple[str, ...]) -> None:
    """Nothing but wheels, under 100 MB a Python, and complete on Windows by what they ask for; one Python a run."""
    assert script.main([str(tmp_path), *(["--python", *amount] if amount else [])]) == 0
    for python in amount or script.PYTHONS:
        wheels = [p for folder in script.folders(tmp_path, python) for p in folder.glob("*")]
        assert all(p.suffix == ".whl" for p in wheels)
        own = next(p for p in wheels if p.name.startswith("skm_indonesia"))
        assert script.missing(wheels, own, script.environment(python, "win_amd64"), "report") == []
        assert 40 < script.size_mb(script.folders(tmp_path, python)) < 100
        assert any(p.name.startswith("tzdata") for p in wheels)
        assert not [p.name for p in wheels if "manylinux" in p.name or "macosx" in p.name]


@pytest.mark.slow
@sampled(["--extra", ""], [])
@pytest.mark.usefixtures("index")
def test_the_pack_installs_without_a_network_and_runs(script: ModuleType, tmp_path: Path, amount: list[str]) -> None:
    """For this computer: a fresh environment, no index, no proxy; then the demo. Without the extra in every run."""
    assert script.main([str(tmp_path), "--coba", *amount]) == 0
