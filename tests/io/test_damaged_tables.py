"""A recap whose rows do not hold what they are called is refused with the place, not with a defect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skm.api.envelope.answer import compute
from skm.api.envelope.request import parse
from skm.cli import run

HEADER = "Unsur;" + ";".join(f"U{i}" for i in range(1, 10))


@pytest.mark.parametrize("command", ["hitung", "petakan", "periksa", "audit"])
@pytest.mark.parametrize("body", ["Jumlah;3.71;3.2;3.3;3.4;3.5;3.6;3.7;3.8;3.9", "", "NRR per unsur;;;;;;;;;"])
def test_no_table_is_a_defect(command: str, body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text(f"{HEADER}\n{body}\n", encoding="utf-8")
    run([command, str(path)])
    out = capsys.readouterr()
    assert "cacat-internal" not in out.out + out.err


@pytest.mark.parametrize("column", [0, 17, "x", ["x", "y"]])
def test_a_map_of_question_ids_suits_every_kind_of_content(column: object) -> None:

    content = json.dumps({"rata_rata": {"waktu": 3.5}, "kuesioner": {"biaya": column}}).encode()
    answer = compute(parse(content), None)
    assert answer.keseluruhan is not None
    assert str(answer.keseluruhan.ikm) == "87.50"


@pytest.mark.parametrize("command", ["hitung", "petakan", "periksa", "audit"])
@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_text_that_breaks_off_is_refused(
    command: str, mark: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rekap.csv"
    path.write_bytes(mark + "U1;U2".encode("utf-16-le" if mark[0] == 0xFF else "utf-16-be") + b"\x00")
    assert run([command, str(path)]) == 2
    assert "teks-utf16-rusak" in capsys.readouterr().err
