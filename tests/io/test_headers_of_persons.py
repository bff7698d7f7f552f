"""Headers and first rows that hold numbers of persons are called by their position, everywhere."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import skm
from skm.errors import SKMError

CODES = [f"U{i}" for i in range(1, 10)]
NUMBERS = ["3573012345678901", "081234567890", "Rek. 1410012345678", "wening@contoh.id", "N 1234 AB"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("door", ["file", "frame", "records", "long"])
def test_a_header_that_holds_a_number(tmp_path: Path, number: str, door: str) -> None:
    """Account, notes, map, profile of columns and errors show where the column stands, not what it is called."""
    frame = pd.DataFrame([{number: k, **dict.fromkeys(CODES, 3 + k % 2)} for k in range(6)])
    if door == "long":
        frame = pd.DataFrame(
            [{"responden_id": k, "pertanyaan_id": q, "answer": 4, number: "x"} for k in range(4) for q in range(1, 10)]
        )
    path = tmp_path / "a.csv"
    frame.to_csv(path, index=False, sep=";")
    source = {"file": path, "frame": frame, "records": frame.to_dict("records"), "long": path}[door]
    survei = skm.read(source)
    hasil = skm.score(survei)
    shown = [
        repr(survei),
        repr(hasil),
        str(hasil.to_dict()),
        str(survei.kolom()),
        str([n.text("id") for n in survei.catatan]),
        str(survei.account().to_dict()),
    ]
    if door == "file":
        shown.append(skm.draft_map(path).to_toml())
    with pytest.raises(SKMError) as problem:
        survei.period("2026")
    shown += [str(problem.value), repr(dict(problem.value.context))]
    core = number.removeprefix("Rek. ")
    assert not any(core in text for text in shown)


@pytest.mark.parametrize("number", ["Wening Rahayu", *NUMBERS])
def test_no_draft_from_a_file_without_a_header(tmp_path: Path, number: str) -> None:
    """The first respondent is no list of columns."""
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join([number if k == 0 else f"x{k}", *"343432342"]) for k in range(8)), "utf-8")
    with pytest.raises(SKMError) as problem:
        skm.draft_map(path)
    assert "Wening" not in str(problem.value)
    assert number not in str(problem.value)


def test_years_in_a_header_are_no_number_of_a_person(tmp_path: Path) -> None:
    """Periods and dates stay readable."""
    frame = pd.DataFrame([{"Nilai 2024-2025": 1, "Survei 01-07-2026": "a", **dict.fromkeys(CODES, 3)}])
    assert {"Nilai 2024-2025", "Survei 01-07-2026"} <= set(skm.read(frame).tabel.names)
