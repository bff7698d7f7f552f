"""Every file of an office and every dump of an application gives its right value, or the right question."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.errors import SKMError

RIGHT: list[tuple[str, dict[str, Any], str, int]] = [
    ("kantor/01_olah_data_kementerian.xlsx", {}, "81.57", 60),
    ("kantor/06_kop_surat_kepala_gabungan.xlsx", {}, "80.32", 35),
    ("kantor/07_jawaban_berantakan.xlsx", {}, "80.74", 30),
    ("kantor/08_emoji_puas.xlsx", {"label": "puas"}, "80.11", 25),
    ("kantor/10_bintang.xlsx", {}, "78.11", 25),
    ("kantor/15_rekap_cacah.xlsx", {}, "80.94", 50),
    ("kantor/16_excel_indonesia.csv", {}, "79.97", 33),
    ("kantor/18_kosong_strip_nol.xlsx", {"nilai_kosong": ["-", 0, "Tidak tahu"]}, "81.06", 30),
    ("kantor/rekap_cacah_huruf_angka.xlsx", {}, "79.11", 25),
    ("kantor/rekap_cacah_k4.xlsx", {}, "79.11", 25),
    ("kantor/ttd_biaya.xlsx", {}, "82.78", 30),
    ("dump/lulu_panjang.csv", {"u8": "sarana"}, "85.86", 45),
    ("dump/persen100.xlsx", {"skala": "25-100"}, "100.00", 10),
    ("dump/huruf_besar.csv", {}, "37.85", 40),
    ("dump/huruf_besar.csv", {"label": "a-terbaik"}, "87.15", 40),
    ("dump/poltekkes_native.csv", {}, "96.30", 8),
]
ASKED = [
    ("kantor/08_emoji_puas.xlsx", "jawaban-label-set"),
    ("kantor/12_skala_5.xlsx", "jawaban-skala-lain"),
    ("kantor/18_kosong_strip_nol.xlsx", "jawaban-kode-kosong"),
    ("dump/mpp_panjang.csv", "pertanyaan-tanpa-nama"),
    ("dump/persen100.xlsx", "jawaban-seratus"),
    ("dump/skala100.csv", "jawaban-seratus"),
    ("dump/sekali2.csv", "jawaban-label"),
]


@pytest.mark.parametrize(("name", "options", "ikm", "n"), RIGHT)
def test_right_values(shared_data: Path, name: str, options: dict[str, Any], ikm: str, n: int) -> None:
    """Worked out apart from the package."""
    hasil = skm.score(skm.read(shared_data / name, **options))
    assert (hasil.ikm, hasil.n) == (Decimal(ikm), n)


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize(("skala", "ikm"), [("5-proporsional", "83.06"), ("5-linear", "84.11")])
def test_a_scale_of_five_must_be_named(shared_data: Path, skala: str, ikm: str) -> None:
    """Both conversions, by name."""
    assert str(skm.score(skm.read(shared_data / "kantor" / "12_skala_5.xlsx", skala=skala)).ikm) == ikm


@pytest.mark.parametrize(("name", "code"), ASKED)
def test_right_questions(shared_data: Path, name: str, code: str) -> None:
    """What cannot be known is asked about, with something to do."""
    with pytest.raises(SKMError) as problem:
        skm.score(skm.read(shared_data / name))
    assert problem.value.code == code
    assert problem.value.hint("id")


def test_printed_tables_are_no_survey(shared_data: Path) -> None:
    """A recap of units comes unit by unit, and the audit takes it."""
    recap = skm.read(shared_data / "dump" / "rekap.csv")
    assert list(recap) == ["Dinas A", "Dinas B"]
    table = skm.read(shared_data / "dump" / "aud_maklumat.csv")
    assert len(table) == 1
    assert skm.score(skm.read(shared_data / "dump" / "u10.csv")).catatan[0].kode != "unsur-banyak"
