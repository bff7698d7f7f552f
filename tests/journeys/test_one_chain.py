"""Features chained end to end: read, period, score, trend, recap, follow-up report, audit of the own report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import skm

UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


def rows() -> list[dict[str, Any]]:
    """Two semesters of one office; the second is better."""
    out = []
    for k in range(80):
        second = k >= 40
        day = f"2026-{'09' if second else '03'}-{1 + k % 28:02d}"
        out.append({"tanggal": day, **{u: 4 if second or (k + i) % 3 else 3 for i, u in enumerate(UNSUR)}})
        if second and k % 5 == 0:
            out[-1]["waktu"] = 3
    return out


def handed_over(form: str, folder: Path) -> Any:
    """The same rows as a file, a frame and JSON."""
    data = rows()
    if form == "frame":
        import pandas as pd

        return pd.DataFrame(data)
    path = folder / f"jawaban.{'json' if form == 'json' else 'csv'}"
    if form == "json":
        path.write_text(json.dumps(data))
    else:
        lines = [";".join(data[0]), *(";".join(map(str, row.values())) for row in data)]
        path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("form", ["file", "frame", "json"])
def test_from_answers_to_the_audit_of_the_own_report(form: str, lang: str, tmp_path: Path) -> None:
    survei = skm.read(handed_over(form, tmp_path))
    first, second = (skm.score(survei.period(f"2026-S{k}")) for k in (1, 2))
    assert (first.n, second.n) == (40, 40)
    assert first.ikm < second.ikm

    trend = skm.trend([first, second])
    assert f"{second.ikm}".replace(".", "," if lang == "id" else ".") in trend.kalimat(lang)

    recap = skm.report.write_recap({"Kecamatan Contoh": second}, tmp_path / "rekap.xlsx", lang=lang)
    assert Path(recap).exists()

    plan = [{"unsur": "waktu", "kegiatan": "Tambah loket", "tw1": "v", "penanggung_jawab": "Seksi Pelayanan"}]
    facts = {"unit": "Kecamatan Contoh", "periode": "2026-S2", "rtl": plan}
    page = skm.report.write_follow_up(second, tmp_path / "tindak_lanjut.html", fakta=facts, lang=lang)
    text = Path(page).read_text(encoding="utf-8")
    assert "Semester II" in text
    assert "Tambah loket" in text

    bahan = skm.report.compile(survei.period("2026-S2"), fakta=facts, population=400)
    judged = skm.audit(bahan)
    assert not [f for f in judged if f.tingkat == "kesalahan"]
