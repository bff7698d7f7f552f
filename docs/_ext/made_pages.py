"""Pages made from the package itself at each build: codes, commands, names, schemas, gallery, tables. None can be forgotten."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

from api_pages import reference
from checked_pages import checked
from code_pages import codes
from command_pages import commands
from gallery_pages import gallery
from pages import escaped, write


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the pages before Sphinx looks for sources."""
    app.connect("builder-inited", make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make(app: Sphinx) -> None:
    """Write every made page."""
    docs = Path(app.srcdir)
    made, root = docs / "dibuat", docs.parent
    shutil.rmtree(made, ignore_errors=True)
    codes(made)
    commands(made)
    reference(made)
    gallery(made)
    checked(made, root)
    schemas(made, root)
    interface(made)
    notebooks(made, root)
    made.mkdir(exist_ok=True)
    shutil.copy(root / "CHANGELOG.md", made / "riwayat.md")


def schemas(made: Path, root: Path) -> None:
    """The JSON schemas: a table of the top, a table of each part that is named, the whole text below."""
    lines = ["# Skema JSON", "", "Dari program: `skm skema masukan`, `skm skema hasil`. Amplop masukan dijelaskan di",
             "[Untuk pengembang aplikasi](../belajar/aplikasi.md).", ""]  # fmt: skip
    for path in sorted((root / "skm" / "data" / "schemas").glob("*.json"), reverse=True):
        schema = json.loads(path.read_text(encoding="utf-8"))
        lines += [f"## {path.stem}", "", escaped(schema.get("description", "")), "", *_keys(schema)]
        for name, part in schema.get("$defs", {}).items():
            if part.get("properties"):
                lines += [f"### {path.stem}: {name}", "", escaped(part.get("description", "")), "", *_keys(part)]
        whole = json.dumps(schema, ensure_ascii=False, indent=1)
        lines += ["", "````{admonition} " + path.name, ":class: dropdown", "", "```json", whole, "```", "````", ""]
    write(made / "skema.md", lines)


def interface(made: Path) -> None:
    """The addresses of `skm layani`, from the description that it gives to programs."""
    from skm.service.openapi import description

    lines = ["# Antarmuka HTTP", "", "Alamat yang dijawab `skm layani`; uraian lengkap untuk program: `/openapi.json`. Isi amplop dan jawabannya:",
             "[skema JSON](skema.md). Contoh klien: [Untuk pengembang aplikasi](../belajar/aplikasi.md).", "",
             "| cara | alamat | gunanya | dikirim |", "| --- | --- | --- | --- |"]  # fmt: skip
    for path, ways in description()["paths"].items():
        for way, told in ways.items():
            content = ", ".join(told.get("requestBody", {}).get("content", {}))
            lines.append(f"| {way.upper()} | `{path}` | {escaped(told.get('summary', ''))} | {content} |")
    write(made / "antarmuka.md", lines)


def _keys(schema: dict[str, Any]) -> list[str]:
    needed = schema.get("required", [])
    lines = ["| kunci | jenis | wajib | arti |", "| --- | --- | --- | --- |"]
    for key, value in schema.get("properties", {}).items():
        found = value if isinstance(value, dict) else {}
        meaning = escaped(str(found.get("description", "")))
        lines.append(f"| `{key}` | {escaped(_kind(found))} | {'ya' if key in needed else ''} | {meaning} |")
    return [*lines, ""]


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rsplit("/", 1)[-1]
    if "const" in value:
        return json.dumps(value["const"], ensure_ascii=False)
    if "enum" in value:
        return ", ".join(map(str, value["enum"]))
    for key in ("anyOf", "oneOf"):
        if key in value:
            return " / ".join(_kind(one) for one in value[key])
    kind = value.get("type", "")
    return ", ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def notebooks(made: Path, root: Path) -> None:
    """The notebooks of the project, with the outputs they were saved with."""
    found = sorted((root / "notebooks").glob("*.ipynb"))
    (made / "buku").mkdir(parents=True, exist_ok=True)
    for path in found:
        shutil.copy(path, made / "buku" / path.name)
    write(
        made / "buku.md",
        ["# Buku catatan", "", "Enam buku catatan Jupyter ikut dalam folder `notebooks/`, di sini dengan keluarannya.", "",
         "```{toctree}", ":maxdepth: 1", "", *(f"buku/{p.stem}" for p in found), "```"],
    )  # fmt: skip
