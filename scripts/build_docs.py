"""Builds the documentation site with warnings as errors and checks that every link inside it leads somewhere.

python scripts/build_docs.py [folder]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]


class Links(HTMLParser):
    """What a page links to, and the places in it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect targets and ids."""
        given = dict(attrs)
        if given.get("id"):
            self.places.add(str(given["id"]))
        for name in ("href", "src"):
            if given.get(name):
                self.targets.append(str(given[name]))


def broken(site: Path) -> list[str]:
    """Return the links inside the site that lead nowhere, and everything that would be fetched from elsewhere."""
    pages = {
        path.resolve(): Links(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if "_static" not in path.parts
    }
    wrong = []
    for path, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto", "data") or target.startswith("javascript:"):
                continue
            where = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if where.is_dir():
                where /= "index.html"
            if not where.exists():
                wrong.append(f"{path.relative_to(site.resolve())}: {target}")
            elif parts.fragment and where in pages and unquote(parts.fragment) not in pages[where].places:
                wrong.append(f"{path.relative_to(site.resolve())}: {target} (no such place)")
    return wrong


def main() -> int:
    """Build, check, and say how long it took and how many pages there are."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "_build"
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as read:  # what Sphinx keeps between builds is ten times the site
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", read]
        code = subprocess.run([*command, str(ROOT / "docs"), str(site)], check=False).returncode
    if code:
        return code
    wrong = broken(site)
    print(f"{len(list(site.rglob('*.html')))} pages in {time.monotonic() - started:.0f} s, {len(wrong)} broken links")
    for line in wrong[:40]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
