"""Pages made from the package itself at each build: codes, commands, options, schemas, the gallery. None can be forgotten."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the pages before Sphinx looks for sources."""
    app.connect("builder-inited", make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make(app: Sphinx) -> None:
    """Write every made page."""
    docs = Path(app.srcdir)
    made = docs / "dibuat"
    shutil.rmtree(made, ignore_errors=True)
    for part in (codes, commands, schemas, reference, gallery, notebooks, changelog):
        part(made, docs)


def write(path: Path, lines: Iterable[str]) -> None:
    """Write one page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def codes(made: Path, docs: Path) -> None:
    """One page a code of an error or a note, and the list of them by area."""
    from skm.api.help import bantuan, index

    lines = [
        "# Kode galat dan catatan",
        "",
        'Teks yang sama ada tanpa internet: `skm bantuan KODE`, `skm.bantuan("KODE")`.',
        "",
    ]
    every: list[str] = []
    seen: set[str] = set()
    for area, found in index().items():
        lines += [f"## {AREAS.get(area, area)}", ""]
        for code in found:
            if code in seen:
                continue
            seen.add(code)
            every.append(code)
            page, english = bantuan(code, "id"), bantuan(code, "en")
            lines.append(f"- [`{code}`](kode/{code}.md) {short(page.arti)}")
            body = [f"# {code}", ""]
            for label, text in page.parts()[1:]:
                body += [f"**{label}.** {escaped(text)}", ""]
            body += ["---", "", f"*English.* {escaped(english.arti)}", ""]
            if english.saran:
                body += [f"*What to do.* {escaped(english.saran)}", ""]
            write(made / "kode" / f"{code}.md", body)
        lines.append("")
    lines += ["```{toctree}", ":hidden:", "", *(f"kode/{code}" for code in every), "```"]
    write(made / "kode.md", lines)


AREAS = {
    "galat": "Galat",
    "catatan": "Catatan pada hasil",
    "io": "Catatan pembacaan berkas",
    "periksa": "Temuan pada baris",
    "telaah": "Temuan telaah",
    "statistik": "Catatan statistik",
    "tren": "Catatan tren",
    "profil": "Catatan profil",
    "prioritas": "Prioritas dan tindak lanjut",
    "laporan": "Laporan",
    "lkjip": "LKjIP",
    "kinerja": "Kinerja",
    "kelompok": "Kelompok",
    "rekap": "Rekap",
    "survei": "Survei",
    "hasil": "Hasil",
}


def commands(made: Path, docs: Path) -> None:
    """One page a command, made of its own help."""
    import contextlib
    import io as streams

    from skm import cli

    names = cli.commands()
    for name in names:
        out = streams.StringIO()
        with contextlib.redirect_stdout(out):
            cli.run([name, "--help", "--lang", "id"])
        write(made / "perintah" / f"{name}.md", [f"# skm {name}", "", "```text", out.getvalue().rstrip(), "```"])
    write(
        made / "perintah.md",
        ["# Perintah", "", "Setiap perintah mengenal `--json` (satu dokumen JSON) dan `--lang en`.", "",
         *(f"- [`skm {name}`](perintah/{name}.md)" for name in names), "",
         "```{toctree}", ":hidden:", "", *(f"perintah/{name}" for name in names), "```"],
    )  # fmt: skip


def schemas(made: Path, docs: Path) -> None:
    """The JSON schemas as tables, whole text below."""
    folder = docs.parent / "skm" / "data" / "schemas"
    lines = ["# Skema JSON", "", "Dari program: `skm skema masukan`, `skm skema hasil`.", ""]
    for path in sorted(folder.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        lines += [
            f"## {path.stem}",
            "",
            escaped(schema.get("description", "")),
            "",
            "| kunci | jenis | arti |",
            "| --- | --- | --- |",
        ]
        for key, value in schema.get("properties", {}).items():
            kind = value.get("type", "") if isinstance(value, dict) else ""
            kind = ", ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
            meaning = escaped(str(value.get("description", ""))).replace("|", "\\|") if isinstance(value, dict) else ""
            lines.append(f"| `{key}` | {kind} | {meaning} |")
        whole = json.dumps(schema, ensure_ascii=False, indent=1)
        lines += ["", "````{admonition} " + path.name, ":class: dropdown", "", "```json", whole, "```", "````", ""]
    write(made / "skema.md", lines)


def reference(made: Path, docs: Path) -> None:
    """Every public name with its docstring."""
    import skm

    functions = [n for n in skm.__all__ if n not in skm._MODULES]
    groups = {"skm": functions} | {f"skm.{m}": list(public(m)) for m in skm._MODULES if m != "service"}
    lines = [
        "# Rujukan Python",
        "",
        "In English, as the docstrings are. Every name below is reached after `import skm`.",
        "",
    ]
    pages = []
    for module, names in groups.items():
        page = module.replace(".", "-")
        pages.append(f"api/{page}")
        body = [f"# {module}", ""]
        for name in names:
            kind = "autoclass" if isinstance(getattr_path(f"{module}.{name}"), type) else "autofunction"
            body += ["```{eval-rst}", f".. {kind}:: {module}.{name}"]
            body += ["   :members:", "   :undoc-members:"] if kind == "autoclass" else []
            body += ["```", ""]
        write(made / "api" / f"{page}.md", body)
        lines.append(f"- [{module}](api/{page}.md): {', '.join(f'`{n}`' for n in names)}")
    write(made / "api.md", [*lines, "", "```{toctree}", ":hidden:", "", *pages, "```"])


def public(module: str) -> list[str]:
    """Return the functions and classes that a public module offers."""
    import importlib

    found = importlib.import_module(f"skm.{module}")
    return [n for n in getattr(found, "__all__", dir(found)) if callable(getattr(found, n, None))]


def getattr_path(path: str) -> Any:
    """Return what a dotted path means."""
    import importlib

    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def gallery(made: Path, docs: Path) -> None:
    """Every chart and the chief tables, the picture above, the code below; both from the same lines."""
    import matplotlib as mpl

    mpl.use("Agg")
    import skm

    space: dict[str, Any] = {"skm": skm, "survei": skm.read(skm.contoh())}
    exec("hasil = skm.score(survei)\nper = skm.score_by(survei, 'layanan')", space)
    lines = ["# Galeri", "", "Gambar dan tabel di bawah dibuat ulang setiap kali situs ini dibangun, dari kode di bawahnya.", "",
             "```python", "import skm", "", 'survei = skm.read(skm.contoh())', "hasil = skm.score(survei)", 'per = skm.score_by(survei, "layanan")', "```", ""]  # fmt: skip
    for title, code in CHARTS:
        axes = eval(code, space)
        name = title.lower().replace(" ", "-")
        target = made / "galeri" / f"{name}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(skm.charts.to_svg(axes), encoding="utf-8")
        lines += [f"## {title}", "", f"![{title}](galeri/{name}.svg)", "", "```python", code, "```", ""]
    for title, code in TABLES:
        table = eval(code, space)
        lines += [f"## {title}", "", "```text", table.to_text(), "```", "", "```python", code, "```", ""]
    write(made / "galeri.md", lines)


CHARTS = (
    ("Nilai tiap unsur", "skm.charts.unsur_bar(hasil)"),
    (
        "Nilai tiap unsur dengan selang",
        "skm.charts.unsur_bar(hasil, urut='nilai', interval=skm.stats.mean_interval(survei, population=3441))",
    ),
    ("Sebaran jawaban", "skm.charts.answer_bar(hasil)"),
    ("IKM tiap layanan", "skm.charts.group_bar(per)"),
    ("Profil responden", "skm.charts.profile_bar(skm.profile(survei))"),
    (
        "Tren",
        "skm.charts.trend_line({'2023-S1': '85,10', '2023-S2': '86,20', '2024-S1': '88,02', '2024-S2': hasil})",
    ),
    ("Ukuran sampel", "skm.charts.sample_curve(skm.adequacy(341, 3441))"),
)
TABLES = (
    ("Tabel nilai", "hasil.table()"),
    ("Tabel profil", "skm.profile(survei).table()"),
    ("Kecukupan sampel", "skm.adequacy(341, 3441).table()"),
    ("Validitas butir", "skm.stats.item_validity(survei).table()"),
    ("Telaah", "skm.audit('wonoasih-2024-s2').table()"),
)


def notebooks(made: Path, docs: Path) -> None:
    """The notebooks of the project, with the outputs they were saved with."""
    found = sorted((docs.parent / "notebooks").glob("*.ipynb"))
    for path in found:
        (made / "buku").mkdir(parents=True, exist_ok=True)
        shutil.copy(path, made / "buku" / path.name)
    write(
        made / "buku.md",
        ["# Buku catatan", "", "```{toctree}", ":maxdepth: 1", "", *(f"buku/{p.stem}" for p in found), "```"],
    )


def changelog(made: Path, docs: Path) -> None:
    """The history of changes."""
    shutil.copy(docs.parent / "CHANGELOG.md", made / "riwayat.md")


def short(text: str) -> str:
    """Return the first words of a sentence."""
    words = escaped(text).split()
    return " ".join(words[:14]) + (" ..." if len(words) > 14 else "")


def escaped(text: str) -> str:
    """Keep marks of Markdown from doing anything."""
    out = html.escape(text, quote=False)
    for mark in ("*", "_", "`", "[", "]", "$", "#"):
        out = out.replace(mark, f"\\{mark}")
    return out
