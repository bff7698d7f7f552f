"""Office programs that tests need: LibreOffice and Chromium, found or skipped with the reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_RECALC = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def need(*names: str) -> str:
    """Path of the first program found; skip (or fail under SKM_REQUIRE_TOOLS=1) where there is none."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    reason = f"{' / '.join(names)} is not installed"
    if os.environ.get("SKM_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Convert with LibreOffice under a profile of its own that recalculates every formula on loading."""
    program = need("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_RECALC)
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "HOME": profile},
        )
    made = folder / f"{path.stem}.{kind.split(':', maxsplit=1)[0]}"
    assert made.exists()
    return made


_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def title(source: Path, width: int, height: int) -> str:
    """The title that a page has after its scripts ran."""
    program = need("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}", "--dump-dom"]
        done = subprocess.run([*command, source.as_uri()], check=True, capture_output=True, text=True, timeout=120)
    return done.stdout.split("<title>")[1].split("</title>")[0]


def page(source: Path, target: Path, width: int, height: int) -> Path:
    """Photograph an HTML page with Chromium."""
    program = need("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                program,
                *_FLAGS,
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return target
