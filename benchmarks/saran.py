"""How often do the rules for free remarks err? Measured on the labelled remarks of the package.

python benchmarks/saran.py [--out benchmarks/saran.md]
"""

from __future__ import annotations

import argparse
import csv
from importlib import resources
from pathlib import Path

from skm.regulasi import _kuesioner
from skm.stats._suggestions import read_remark

PAGE = """# Kesalahan aturan pengelompokan saran

Dibuat oleh `benchmarks/saran.py`. {n} saran buatan dengan label tangan (`skm/data/saran/berlabel.csv`): bagian "susun"
dipakai saat menyusun aturan, bagian "uji" tidak. Benar berarti sama persis dengan label (semua unsurnya, atau nadanya).

| bagian | saran | nada benar (%) | unsur benar (%) |
| --- | --- | --- | --- |
{lines}

Nada pada bagian uji, label ke bawah dan hasil ke kanan:

| label | puji | keluh | campur | netral |
| --- | --- | --- | --- | --- |
{table}
"""


def labelled() -> list[dict[str, str]]:
    """Return the labelled remarks."""
    text = resources.files("skm").joinpath("data", "saran", "berlabel.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def measure(part: str) -> tuple[int, float, float, dict[tuple[str, str], int]]:
    """Return remarks, right tones, right unsur (percent), and the table of tones."""
    unsur = _kuesioner.load().unsur
    rows = [r for r in labelled() if r["bagian"] == part]
    tone = right = 0
    table: dict[tuple[str, str], int] = {}
    for row in rows:
        told = read_remark(row["teks"], unsur)
        said = "netral" if told is None else told.tone
        about = set() if told is None else {u for u, _ in told.parts if u}
        table[row["nada"], said] = table.get((row["nada"], said), 0) + 1
        tone += said == row["nada"]
        right += about == set(filter(None, row["unsur"].split("|")))
    return len(rows), 100 * tone / len(rows), 100 * right / len(rows), table


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=None)
    asked = parser.parse_args()
    lines, tones = [], ("puji", "keluh", "campur", "netral")
    for part in ("susun", "uji"):
        n, tone, unsur, table = measure(part)
        lines.append(f"| {part} | {n} | {tone:.0f} | {unsur:.0f} |")
    shown = "\n".join(f"| {a} | " + " | ".join(str(table.get((a, b), 0)) for b in tones) + " |" for a in tones)
    print("\n".join(lines), shown, sep="\n")
    if asked.out:
        page = PAGE.format(n=len(labelled()), lines="\n".join(lines), table=shown)
        asked.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
