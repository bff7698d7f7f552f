"""One page a command, made of its own parser: what it does, an example that is executed, every option."""

from __future__ import annotations

import argparse
from pathlib import Path

from pages import escaped, hidden_contents, write

# At least one example for each command; tests/packaging/test_docs.py runs them in a folder with the example files.
EXAMPLES = {
    "hitung": ["skm hitung jawaban.xlsx", "skm hitung jawaban.xlsx --per layanan --profil --populasi 3441"],
    "periksa": ["skm periksa jawaban.xlsx", "skm periksa jawaban.xlsx --usulkan usulan.xlsx"],
    "petakan": ["skm petakan jawaban.xlsx --out peta-jawaban.toml"],
    "gabung": [
        'skm hitung unit-a.csv --simpan a.hitungan --unit "Unit A"',
        'skm hitung unit-b.csv --simpan b.hitungan --unit "Unit B"',
        "skm gabung a.hitungan b.hitungan --cara pooled",
    ],
    "rekap": ["skm rekap masuk --daftar unit.csv --cara simple"],
    "sampel": ["skm sampel 3.441", "skm sampel 900 --n 120"],
    "audit": ["skm audit tercetak.csv", "skm audit --contoh --out formulir-publikasi.xlsx"],
    "laporan": [
        "skm laporan --contoh --out formulir-fakta.xlsx",
        'skm laporan jawaban.xlsx --unit "Kecamatan Contoh" --out contoh-laporan --hanya json',
    ],
    "tindak-lanjut": ['skm tindak-lanjut jawaban.xlsx --unit "Kecamatan Contoh" --out tindak-lanjut.docx'],
    "kinerja": ["skm kinerja --contoh --out formulir-kinerja.xlsx"],
    "mulai": ['skm mulai survei-kantor --unit "Kecamatan Contoh"'],
    "demo": ["skm demo"],
    "skema": ["skm skema masukan"],
    "bantuan": ["skm bantuan lembar-mendua"],
}
# These wait for requests until they are stopped, so no test of the pages runs them (tests/service does).
WAITING = {"layani": ["skm layani", "skm layani --port 8766 --jangan-buka"]}


def commands(made: Path) -> None:
    """Write the pages."""
    from skm.cli.parser import COMMANDS, _build

    top, parsers = _build("id", None)
    lines = [
        "# Perintah",
        "",
        "Setiap perintah mengenal `--json` (satu dokumen JSON, juga bila terjadi galat), `--lang en`, dan `--help`.",
        "Kode keluar: 0 selesai, 1 syarat `--gagal-jika` terpenuhi, 2 salah pakai atau salah masukan.",
        "",
        "| perintah | gunanya |",
        "| --- | --- |",
    ]
    for name in COMMANDS:
        parser = parsers[name]
        lines.append(f"| [`skm {name}`](perintah/{name}.md) | {escaped(top.word(f'{name}.ringkas'))} |")
        write(made / "perintah" / f"{name}.md", _page(name, parser))
    write(made / "perintah.md", [*lines, *hidden_contents(f"perintah/{name}" for name in COMMANDS)])


def _page(name: str, parser: argparse.ArgumentParser) -> list[str]:
    waits = name in WAITING
    lines = [f"# skm {name}", "", escaped((parser.description or "").replace("%%", "%")), ""]
    lines += ["```text", (parser.usage or "").replace("%%", "%"), "```", "", "## Contoh", ""]
    lines += ["```text" if waits else "```console"]
    lines += [line if waits else f"$ {line}" for line in (WAITING if waits else EXAMPLES).get(name, [])]
    lines += ["```", ""]
    for group in parser._action_groups:
        if not group._group_actions:
            continue
        lines += [f"## {(group.title or '').capitalize()}", "", "| tulis | arti |", "| --- | --- |"]
        for action in group._group_actions:
            shown = ", ".join(action.option_strings) or str(action.metavar)
            value = "" if not action.option_strings or action.nargs == 0 else f" {action.metavar or ''}"
            lines.append(f"| `{shown}{value}`".rstrip() + f" | {escaped((action.help or '').replace('%%', '%'))} |")
        lines.append("")
    return lines
