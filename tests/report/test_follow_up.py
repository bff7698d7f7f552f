"""The follow-up report: chapters I to IV from a result, its plan and what became of it."""

from __future__ import annotations

import io
import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.cli import run
from skm.errors import SKMError
from skm.report import compile, write_docx, write_follow_up  # noqa: A004
from skm.report._follow_up import follow_up

CASE = tomllib.loads((resources.files("skm") / "data/kasus/wonoasih-2024-s2.toml").read_text(encoding="utf-8"))
QUARTERS = ("I", "II", "III", "IV")


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    """Wonoasih's plan; three activities done, one not, one under way."""
    plan = [
        {
            "unsur": r["unsur"],
            "kegiatan": r["kegiatan"],
            **{f"tw{i}": q in r["triwulan"] for i, q in enumerate(QUARTERS, start=1)},
            "penanggung_jawab": r["penanggung_jawab"],
        }
        for r in CASE["laporan"]["rtl"]["baris"]
    ]
    status = ("sudah", "v", "ya", "belum", "proses")
    done = [
        {"rencana": r["kegiatan"], "status": s, "hambatan": "" if s in ("sudah", "v", "ya") else "menunggu anggaran"}
        for r, s in zip(plan, status, strict=True)
    ]
    return {
        "unit": "Kecamatan Wonoasih",
        "instansi": "Pemerintah Kota Probolinggo",
        "periode": "2024-S2",
        "rtl": plan,
        "tindak_lanjut": done,
    }


@pytest.fixture(scope="module")
def hasil() -> Any:
    return skm.score(skm.read(skm.contoh()))


def words_of(path: Path) -> str:
    import docx

    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_four_chapters_in_word_and_html(hasil: Any, facts: dict[str, Any], tmp_path: Path) -> None:
    """Headings, the share, the remaining plans with their reasons, the doubt about the order of the plan."""
    word = words_of(write_follow_up(hasil, tmp_path / "tl.docx", fakta=facts))
    page = write_follow_up(hasil, tmp_path / "tl.html", fakta=facts).read_text(encoding="utf-8")
    html = re.sub(r"<[^>]+>", " ", page)
    for text in (word, re.sub(r"\s+", " ", html)):
        for piece in (
            "LAPORAN TINDAK LANJUT SURVEI KEPUASAN MASYARAKAT",
            "BAB I",
            "BAB IV",
            "Kecamatan Wonoasih",
            "Semester II Tahun 2024",
            "89,31",
            "3 dari 5 rencana sudah ditindaklanjuti (60,00%); 2 belum.",
            "Menyederhanakan proses bisnis (menunggu anggaran)",
            "Belum (dalam proses)",
        ):
            assert piece in text, piece
        assert "BAB V" not in text
    assert "<title>Laporan Tindak Lanjut Survei Kepuasan Masyarakat - Kecamatan Wonoasih</title>" in page
    # No names are known: nothing but the marks of places to fill in.
    assert "Nama penanda tangan" in word


def test_in_english(hasil: Any, facts: dict[str, Any], tmp_path: Path) -> None:
    """Words and decimal marks."""
    text = words_of(write_follow_up(hasil, tmp_path / "tl.docx", fakta=facts, lang="en"))
    assert "3 of 5 plans were carried out (60.00%); 2 were not." in text
    assert "89.31" in text


def test_from_the_material_of_a_report(facts: dict[str, Any], tmp_path: Path) -> None:
    """The facts of the report serve; what was done can come later as rows of its own."""
    bahan = compile(skm.read(skm.contoh()), fakta={**facts, "tindak_lanjut": []})
    dokumen, _ = follow_up(bahan)
    assert any(type(b).__name__ == "Missing" for b in dokumen.blok)
    rows = [{"rencana": r["kegiatan"], "status": True} for r in facts["rtl"]]
    path = write_follow_up(bahan, tmp_path / "tl.docx", realisasi=rows)
    assert "Tidak ada rencana yang tersisa." in words_of(path)


def test_the_annex_of_the_next_report_counts_the_same(facts: dict[str, Any], tmp_path: Path) -> None:
    """In the next report's annex, too, a plan under way is not done."""
    bahan = compile(skm.read(skm.contoh()), fakta=facts)
    text = words_of(write_docx(bahan, tmp_path / "l.docx", nomor_halaman=False))
    assert "3 dari 5 rencana sudah ditindaklanjuti (60,00%); 2 belum." in text


def test_nothing_filled_in_is_marked_and_never_invented(hasil: Any, tmp_path: Path) -> None:
    """Without plan and realisation there is no share at all."""
    text = words_of(write_follow_up(hasil, tmp_path / "tl.docx"))
    assert "%" not in text
    assert "realisasi setiap rencana" in text


def test_one_plan_from_its_period_to_its_realisation(facts: dict[str, Any]) -> None:
    """The realisation of another period's plan is no part of the share; an activity without a row was not done."""
    plan = facts["rtl"]
    other = {**facts, "tindak_lanjut": [{"rencana": "Menambah kursi", "status": "sudah"}] * 2}
    bahan = compile(skm.read(skm.contoh()), fakta=other)
    dokumen, _ = follow_up(bahan)
    assert any(type(b).__name__ == "Missing" for b in dokumen.blok)
    assert not any("100" in str(getattr(b, "teks", "")) for b in dokumen.blok)
    half = [{"rencana": r["kegiatan"].upper() + " ", "status": "sudah"} for r in plan[:2]]
    dokumen, _ = follow_up(bahan, realisasi=[*half, {"rencana": "Menambah kursi", "status": "sudah"}])
    said = " ".join(str(getattr(b, "teks", "")) for b in dokumen.blok)
    assert f"3 dari {len(plan) + 1} rencana" in said
    assert any("Menambah kursi" in text for _, text in dokumen.catatan)


@pytest.mark.parametrize(
    ("fakta", "name", "code"),
    [
        ({}, "tl.odt", "opsi-tidak-dikenal"),
        ({"rtl": [{"unsur": "loket", "kegiatan": "A"}]}, "tl.docx", "rtl-unsur"),
        ({"tindak_lanjut": [{"rencana": "A", "status": "entah"}]}, "tl.html", "realisasi-status"),
    ],
)
def test_bad_inputs(hasil: Any, tmp_path: Path, fakta: dict[str, Any], name: str, code: str) -> None:
    """Ending, unsur, status."""
    with pytest.raises(SKMError) as caught:
        write_follow_up(hasil, tmp_path / name, fakta=fakta)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_unnamed_u8_is_refused(tmp_path: Path) -> None:
    """The report prints names."""
    with pytest.raises(SKMError) as caught:
        write_follow_up(skm.score([{f"u{i}": 4 for i in range(1, 10)}]), tmp_path / "tl.docx")
    assert caught.value.code == "laporan-u8"


def test_the_command_counts_what_is_told_of_this_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of an earlier plan are not counted as the realisation of this one."""
    facts = tmp_path / "fakta.toml"
    plan = '[[rtl]]\nunsur = "waktu"\nkegiatan = "Menambah loket"\n'
    earlier = '[[tindak_lanjut]]\nrencana = "Mengecat pagar"\nstatus = "sudah"\n'
    own = '[[realisasi]]\nrencana = "Menambah loket"\nstatus = "sudah"\n'
    for number, (told, want) in enumerate(((earlier, 0), (earlier + own, 1))):
        facts.write_text(plan + told)
        argv = ["tindak-lanjut", str(skm.contoh()), "--fakta", str(facts), "--out", str(tmp_path / f"{number}.html")]
        assert run([*argv, "--json"]) == 0
        done = json.loads(capsys.readouterr().out)["hasil"]
        assert (done["rencana"], done["realisasi"]) == (1, want)
