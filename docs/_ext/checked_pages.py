"""How the numbers are checked: the tables that scripts of the project wrote, and one that the build itself makes."""

from __future__ import annotations

import random
import re
import sys
from decimal import Decimal
from pathlib import Path

from pages import hidden_contents, write

# Page -> the table that a script wrote, and the question it answers.
WRITTEN = {
    "kesepakatan": ("docs/statistik-rujukan.md", "Sama dengan paket statistik lain?"),
    "cakupan": ("benchmarks/cakupan.md", "Seberapa sering selang memuat nilai sebenarnya?"),
    "interval": ("benchmarks/interval.md", "Mengapa selang bawaannya logit?"),
    "alarm": ("benchmarks/alarm.md", "Seberapa sering sebuah uji berkata ada bila tidak ada?"),
    "saran": ("benchmarks/saran.md", "Seberapa benar saran dikelompokkan?"),
    "kecepatan": ("benchmarks/hasil.md", "Seberapa cepat, dibanding pustaka lain?"),
    "mesin": ("benchmarks/gugus.md", "Berapa biaya menghitung di mesin lain?"),
}
HONEST = IMPOSSIBLE = 400


def checked(made: Path, root: Path) -> None:
    """Write the tables and the list of them."""
    lines = [
        "# Tabel pemeriksaan",
        "",
        "Setiap tabel dibuat oleh skrip yang ikut dalam proyek; kepalanya menyebut perintahnya.",
        "",
        "| pertanyaan | tabel |",
        "| --- | --- |",
    ]
    pages = []
    for name, (source, question) in WRITTEN.items():
        text = (root / source).read_text(encoding="utf-8")
        title = re.search(r"^# (.*)$", text, flags=re.M)
        if source.startswith("docs/"):
            target = f"../{Path(source).name}"
        else:
            target = f"periksa/{name}.md"
            write(made / target, [text])
            pages.append(f"periksa/{name}")
        lines.append(f"| {question} | [{title.group(1) if title else name}]({target}) |")
    lines.append("| Apakah telaah menuduh yang jujur, atau meloloskan yang mustahil? | [Telaah](periksa/telaah.md) |")
    write(made / "periksa" / "telaah.md", _audits(root))
    write(made / "periksa.md", [*lines, *hidden_contents([*pages, "periksa/telaah"])])


def _audits(root: Path) -> list[str]:
    """Audit honest and impossible results made by the generators of the tests."""
    sys.path[:0] = [str(root), str(root / "tests")]
    from skm import audit
    from tests.auditing.test_honest_figures import publish
    from tests.auditing.test_impossible_figures import attainable

    rng = random.Random(2026)
    honest: dict[str, int] = {}
    for _ in range(HONEST):
        verdict = audit(publish(rng)).putusan
        honest[verdict] = honest.get(verdict, 0) + 1
    impossible: dict[str, int] = {}
    for _ in range(IMPOSSIBLE):
        centre = rng.uniform(2.2, 3.9)
        means = [Decimal(f"{min(4.0, max(1.0, rng.gauss(centre, 0.2))):.2f}") for _ in range(9)]
        possible = attainable(means, 2)
        while (value := rng.choice((min(possible), max(possible))) + rng.randint(-600, 600)) in possible:
            pass
        if not 2500 <= value <= 10_000:
            continue
        unsur = {f"X{i}": str(mean) for i, mean in enumerate(means, 1)}
        figures = {"unsur": unsur, "jumlah_unsur": 9, "skala": "1-4", "ikm": str(Decimal(value).scaleb(-2))}
        verdict = audit(figures).putusan
        impossible[verdict] = impossible.get(verdict, 0) + 1
    lines = [
        "# Telaah atas hasil jujur dan hasil mustahil",
        "",
        f"Dibuat ketika situs ini dibangun, dari {HONEST} hasil jujur dan {sum(impossible.values())} hasil mustahil yang acak (benih 2026).",
        "Hasil jujur dihitung dari jawaban buatan dengan bobot dan pembulatan yang beredar; hasil mustahil punya IKM di luar semua",
        "yang dapat diberikan unsurnya. Uji yang sama dijalankan atas sepuluh ribu masing-masing: `pytest -m whole tests/auditing`.",
        "",
        "| putusan | hasil jujur | hasil mustahil |",
        "| --- | ---: | ---: |",
    ]
    verdicts = sorted({*honest, *impossible})
    lines += [f"| {verdict} | {honest.get(verdict, 0)} | {impossible.get(verdict, 0)} |" for verdict in verdicts]
    lines += [
        "",
        "*mustahil*: tidak ada cara sah yang memberi angka itu. *tidak-lazim*: hanya cara yang menyimpang yang memberinya.",
        "*tidak-dapat-diputuskan*: angka yang tercetak tidak cukup untuk mengatakan apa pun; itu bukan tuduhan.",
    ]
    return lines
