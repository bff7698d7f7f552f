"""Word or LibreOffice, if the computer has one: a Word document laid out as PDF, nothing of the user's touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from skm.report.render.same_bytes import same_pdf

_PATIENCE = 180  # seconds
# A PDF that screen readers can follow (structure, reading order, language, alternative texts), without the comments
# that are for the writer of the report.
_TAGGED = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportNotes":{"type":"boolean","value":"false"}}'
)
# Paths come in through the environment, so that no name, however odd, becomes part of the script.
_WORD = """
$ErrorActionPreference = 'Stop'
$word = New-Object -ComObject Word.Application
try {
  $word.Visible = $false
  $word.DisplayAlerts = 0
  $word.AutomationSecurity = 3
  $document = $word.Documents.Open($env:SKM_DOCX, $false, $true, $false)
  foreach ($contents in $document.TablesOfContents) { $contents.Update() }
  foreach ($captions in $document.TablesOfFigures) { $captions.Update() }
  $document.ExportAsFixedFormat($env:SKM_PDF, 17, $false, 0, 0, 0, 0, 0, $true, $true, 1)
  $document.Close(0)
} finally {
  $word.Quit(0)
}
"""


def word_pdf(docx: bytes) -> bytes | None:
    """Return the PDF that Microsoft Word makes of a document; None where there is no Word (or no Windows).

    Raises
    ------
    OSError, subprocess.SubprocessError
        Word is there and fails.
    """
    powershell = shutil.which("powershell") or shutil.which("pwsh")
    if not _on_windows() or powershell is None:
        return None
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        source, target = Path(folder) / "laporan.docx", Path(folder) / "laporan.pdf"
        source.write_bytes(docx)
        done = _run(
            [powershell, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", _WORD],
            {"SKM_DOCX": str(source), "SKM_PDF": str(target)},
        )
        if done.returncode and "80040154" in done.stderr:  # REGDB_E_CLASSNOTREG: Word is not installed
            return None
        done.check_returncode()
        return same_pdf(target.read_bytes())


def _on_windows() -> bool:
    return sys.platform.startswith("win")


def libreoffice_pdf(docx: bytes) -> bytes | None:
    """Return the PDF that LibreOffice makes of a document; None where it is not installed.

    It runs with a profile of its own, so that an open window of the user's is no hindrance and nothing is written
    to the home folder.

    Raises
    ------
    OSError, subprocess.SubprocessError
        LibreOffice is there and fails.
    """
    if libreoffice() is None:
        return None
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        return same_pdf(convert(docx, Path(folder), _TAGGED))


def convert(docx: bytes, folder: Path, kind: str, *, patience: int = _PATIENCE) -> bytes:
    """Return the PDF that LibreOffice makes of a document in an empty folder; ``kind`` are its options.

    Raises
    ------
    OSError, subprocess.SubprocessError
        It fails.
    """
    source = folder / "laporan.docx"
    source.write_bytes(docx)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [libreoffice() or "soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    _run([*command, str(source)], {"HOME": str(folder)}, patience).check_returncode()
    return source.with_suffix(".pdf").read_bytes()


def libreoffice() -> str | None:
    """Return the program of LibreOffice, also where it is not on the search path."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432")]
    places = [Path(root) / "LibreOffice" / "program" / "soffice.exe" for root in roots if root]
    places.append(Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"))
    return next((str(place) for place in places if place.is_file()), None)


def _run(command: list[str], variables: dict[str, str], patience: int = _PATIENCE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=patience,
        env={**os.environ, **variables},
        check=False,
    )
