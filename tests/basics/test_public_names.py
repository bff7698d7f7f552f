"""Numbers of persons in the name of a file or sheet reach no result, no report, no error and no progress."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import skm
from skm.basics.public_name import public_name
from skm.cli import run
from skm.errors import SKMError

PERSONS = (
    "3302123456780001",
    "081234567890",
    "+6281234567890",
    "0812-3456-7890",
    "wati@dinas.go.id",
    "198001012006041002",
)


@pytest.mark.parametrize("person", PERSONS)
def test_every_door_hides_them(person: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole, empty = tmp_path / f"Data {person}.xlsx", tmp_path / f"kosong {person}.csv"
    shutil.copy(skm.contoh(), whole)
    empty.write_text("a,b\n", encoding="utf-8")
    told: list[str] = []
    asked_nothing = {"hitung": ["--keputusan", "tidak"], "periksa": ["--keputusan", "tidak"]}
    for command in ("hitung", "periksa", "audit", "petakan"):
        for file in (whole, empty, tmp_path / f"hilang {person}.xlsx"):
            run([command, str(file), *asked_nothing.get(command, [])])
            run([command, str(file), "--json"])
    for words in (["rekap"], ["audit"], ["hitung"]):
        run([*words, str(tmp_path)])
    out, err = capfd.readouterr()
    survei = skm.read(whole)
    hasil = skm.score(survei)
    told += [out, err, str(hasil), repr(survei), str(hasil.to_dict()), repr(skm.check(survei))]
    with pytest.raises(SKMError) as caught:
        skm.score(skm.read(empty))
    told += [str(caught.value), str(dict(caught.value.context))]
    recap = skm.report.collect(tmp_path, maju=lambda _, __, name: told.append(name))
    told.append(str(recap))
    assert all(person.strip("+") not in text for text in told)
    assert "Data […].xlsx" in str(hasil)


def test_names_that_say_when_or_where_stay() -> None:
    """Codes of villages, dates and stamps of time divide files; hiding them would make two of them one."""
    chance = random.Random(3)
    for _ in range(500):
        day = f"20{chance.randint(10, 39)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        time = f"{chance.randint(0, 23):02}{chance.randint(0, 59):02}"
        village = str(chance.randint(1_101_010_001, 9_471_059_999))
        for number in (
            day,
            day + time,
            f"{day}{time}59",
            f"{day}{time}59123",
            village,
            village[:6],
            "2024-2025",
            "3.441",
        ):
            if not number.startswith("628"):  # no province bears it
                assert public_name(f"SKM_{number}.xlsx") == f"SKM_{number}.xlsx"
