"""Write docs/statistik-rujukan.md: every statistic, its reference, the largest deviation.

With ``--periksa`` nothing is written: the exit code says whether the table still holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.reference_more import ALL as CHECKS  # noqa: E402

TARGET = ROOT / "docs" / "statistik-rujukan.md"
HEAD = """# Statistik dan angka rujukannya

Setiap statistik dihitung pada 24 responden buatan (`tests/reference/ref24.csv`, dan `ref24m.csv` dengan tujuh jawaban
kosong) lalu dibandingkan dengan paket lain. Angka rujukan tersimpan dengan semua angkanya di
`tests/reference/values.json`; skrip R yang membuatnya ada di `tests/reference/statistik.R`. Tabel ini dibuat oleh
`scripts/rujukan_statistik.py`; kolom terakhir adalah selisih mutlak terbesar, dibulatkan ke atas ke pangkat sepuluh.

| statistik | rujukan | selisih terbesar |
| --- | --- | --- |
"""


def magnitude(deviation: float) -> str:
    """Return a bound that does not change between platforms: 1e-10, or the next power of ten above."""
    power = -10
    while deviation > 10.0**power:
        power += 1
    return f"< 1e{power}" if power > -10 else "< 1e-10"


def build() -> str:
    """Return the whole page."""
    lines = [f"| {check.statistic} | {check.source} | {magnitude(check.deviation())} |" for check in CHECKS]
    tail = "\n\nomega dan muatan faktor: lavaan berhenti lebih dahulu; `qtukey` berhenti pada 0,0001.\n"
    return HEAD + "\n".join(lines) + tail


def main() -> int:
    """Write the page, or compare it."""
    page = build()
    if "--periksa" in sys.argv[1:]:
        same = TARGET.read_text(encoding="utf-8") == page
        print("sama" if same else "docs/statistik-rujukan.md berbeda; jalankan scripts/rujukan_statistik.py")
        return 0 if same else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
