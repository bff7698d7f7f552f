"""Real workbooks as offices have them: several sheets, several forms, several semesters; each its right value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.errors import DataError, MissingColumnError


@pytest.mark.parametrize(
    ("names", "options", "ikm", "n"),
    [
        (["kantor/02_google_form_3_semester.xlsx"], {}, "80.74", 165),
        (["kantor/04_sheet_per_layanan.xlsx"], {"unit": "lembar"}, "79.63", 90),
        (["kantor/06_kop_surat_kepala_gabungan.xlsx"], {}, "80.32", 35),
        (["kantor/14a_form_online.xlsx", "kantor/14b_form_loket.xlsx"], {}, "81.22", 50),
        (["kantor/20_respons_formulir.xlsx"], {}, "81.73", 26),
        (["kantor/ttd_biaya.xlsx"], {}, "82.78", 30),
        (["dump/poltekkes_native.csv"], {}, "96.30", 8),
    ],
)
def test_right_value(shared_data: Path, names: list[str], options: dict[str, Any], ikm: str, n: int) -> None:
    """The figure worked out apart from this package; every row and column is accounted for."""
    paths = [str(shared_data / name) for name in names]
    survei = skm.read(paths if len(paths) > 1 else paths[0], **options)
    hasil = skm.score(survei)
    assert (hasil.ikm, hasil.n) == (Decimal(ikm), n)
    account = survei.account()
    assert account.adds_up
    assert account.unsur == 9


@pytest.mark.parametrize(
    ("period", "ikm", "n"), [("2025-S1", "75.90", 40), ("2025-S2", "80.45", 55), ("2026-S1", "83.73", 70)]
)
def test_three_semesters_in_one_form(shared_data: Path, period: str, ikm: str, n: int) -> None:
    """A form that has been open for years is cut by the period; what is outside stays in the account."""
    survei = skm.read(shared_data / "kantor" / "02_google_form_3_semester.xlsx").period(period)
    hasil = skm.score(survei)
    assert (hasil.ikm, hasil.n) == (Decimal(ikm), n)
    assert f"{n} dari 165" in survei.account().line().text("id")


def test_what_is_asked(shared_data: Path) -> None:
    """Sheets alike, a form of another instrument, a file without headers: named, left out, refused."""
    with pytest.raises(DataError) as sheets:
        skm.read(shared_data / "kantor" / "04_sheet_per_layanan.xlsx")
    assert sheets.value.code == "lembar-mendua"
    ipak = skm.read(shared_data / "dump" / "ipak_tarif.csv")
    assert len(ipak.bacaan.kolom) == 8
    assert "instrumen-lain" in {note.kode for note in ipak.catatan}
    with pytest.raises(MissingColumnError) as headless:
        skm.read(shared_data / "dump" / "tanpa_judul.csv")
    assert headless.value.code == "tanpa-judul"
