"""One page a code of an error or a note: what it says, cause, example, remedy; and the list of them by area."""

from __future__ import annotations

from pathlib import Path

from pages import escaped, short, write

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


def codes(made: Path) -> None:
    """Write the pages; `skm bantuan` has the same texts."""
    from skm.api.help import bantuan, index

    lines = [
        "# Kode galat dan catatan",
        "",
        "Kode berdiri dalam kurung siku di depan pesannya. Tulis kode itu di kotak pencarian, atau cari di bawah.",
        'Teks yang sama ada tanpa internet: `skm bantuan KODE`, `skm.bantuan("KODE")`.',
        "",
    ]
    seen: set[str] = set()
    for area, found in index().items():
        lines += [f"## {AREAS.get(area, area)}", "", "| kode | pesannya |", "| --- | --- |"]
        for code in found:
            lines.append(f"| [`{code}`](kode/{code}.md) | {short(bantuan(code, 'id').arti)} |")
            if code not in seen:
                seen.add(code)
                write(made / "kode" / f"{code}.md", _page(code))
        lines.append("")
    write(made / "kode.md", lines)


def _page(code: str) -> list[str]:
    from skm.api.help import bantuan

    page, english = bantuan(code, "id"), bantuan(code, "en")
    # Hundreds of pages in every side bar would bury the others; they are reached by search, list and command.
    lines = ["---", "orphan: true", "---", "", f"# {code}", ""]
    lines += [f"[Semua kode](../kode.md) · {AREAS.get(page.area, page.area)}", ""]
    for (label, text), name in zip(page.parts()[1:], _present(page), strict=True):
        shown = ["> " + escaped(line) for line in text.splitlines()] if name == "contoh" else [escaped(text)]
        lines += [f"**{label}**", "", *shown, ""]
    lines += ["```text", f"skm bantuan {code}", "```", "", "---", ""]
    for (label, text), name in zip(english.parts()[1:], _present(english), strict=True):
        if name in ("arti", "sebab", "saran"):
            lines += [f"*{label}.* {escaped(text)}", ""]
    return lines


def _present(page: object) -> list[str]:
    return [name for name in ("arti", "sebab", "contoh", "saran", "dasar", "juga") if getattr(page, name)]
