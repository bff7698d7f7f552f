"""The recap of several units: columns, masking, notes, the workbook, and texts that are no formulas."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import skm
from skm import prioritas
from skm.basics.numbers import round_half_up
from skm.errors import DataError, SKMError
from skm.report import _recap as rekapitulasi

UNSUR = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]


def unit(fours: int, n: int = 100, **other: Any) -> Any:
    return skm.score_counts(dict.fromkeys(UNSUR, (0, 0, n - fours, fours)), **other)


def cells(path: Path, sheet: str = "Rekap") -> list[list[Any]]:
    from openpyxl import load_workbook

    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


def test_one_row_a_unit_with_the_columns_that_regions_collect(tmp_path: Path) -> None:
    """Headers, order of unsur, figures, letter, n, method, priorities, plan."""
    wonoasih = skm.score(skm.read(skm.contoh()))
    plan = prioritas.rencana([{"unsur": "waktu", "kegiatan": "Tambah loket", "tw1": "v", "tw2": "v"}])
    path = rekapitulasi.write_recap(
        {"Kecamatan Wonoasih": wonoasih, "Kecamatan Lain": unit(50)},
        tmp_path / "rekap.xlsx",
        periode="2024-S2",
        metode={"Kecamatan Wonoasih": "daring"},
        rtl={"Kecamatan Wonoasih": plan},
    )
    rows = cells(path)
    assert rows[0] == [
        "No",
        "OPD/UPP",
        "Periode pelaksanaan",
        "Persyaratan",
        "Sistem, Mekanisme, dan Prosedur",
        "Waktu Penyelesaian",
        "Biaya/Tarif",
        "Produk Spesifikasi Jenis Pelayanan",
        "Kompetensi Pelaksana",
        "Perilaku Pelaksana",
        "Penanganan Pengaduan, Saran dan Masukan",
        "Sarana dan Prasarana",
        "IKM",
        "Kategori",
        "Jumlah responden",
        "Metode SKM",
        "Unsur prioritas perbaikan",
        "RTL",
    ]
    first = rows[1]
    assert first[:3] == [1, "Kecamatan Wonoasih", "2024-S2"]
    assert first[12:] == [
        89.31,
        "A (Sangat Baik)",
        341,
        "daring",
        "Prosedur, Produk, Persyaratan",
        "Tambah loket (TW I-II)",
    ]
    # pengaduan before sarana although this unit asks them the other way round: matched by meaning
    assert (first[10], first[11]) == (3.739, 3.7214)
    assert rows[2][12:15] == [87.5, "B (Baik)", 100]
    assert rows[2][16] is None
    about = cells(path, "Keterangan")
    assert "bobot 1/9" in str(about[1][0])


def test_the_workbook_gives_the_index_again(tmp_path: Path) -> None:
    """The stored means give each unit's index again, but for a hundredth where it lies at an edge."""
    results = {f"Unit {i}": unit(i, 97) for i in range(0, 97, 8)}
    rows = cells(rekapitulasi.write_recap(results, tmp_path / "r.xlsx"))
    for row in rows[1:]:
        again = skm.score_means(dict(zip(UNSUR, map(str, row[3:12]), strict=True)))
        assert Decimal(str(row[12])) == results[row[1]].ikm
        assert abs(again.ikm_tepat - results[row[1]].ikm_tepat) <= 25 * Decimal("0.00005")


def test_the_sheet_is_read_back(tmp_path: Path) -> None:
    """`skm.read` gives every unit's figures again, by name, and the audit finds nothing wrong with them."""
    wonoasih = skm.score(skm.read(skm.contoh()))
    units = {"Kecamatan Wonoasih": wonoasih, "Puskesmas A/B": unit(50), "Dinas C": unit(7, 31, bobot="0.111")}
    path = rekapitulasi.write_recap(units, tmp_path / "rekap.xlsx", periode="2024-S2", metode="daring")
    back = skm.read(path)
    assert list(back) == list(units)
    for name, hasil in units.items():
        printed = back[name]
        assert printed.ikm.nilai == hasil.ikm
        assert printed.n == hasil.n
        assert printed.mutu == hasil.mutu
        assert printed.periode == "2024-S2"
        assert {u.id: u.nilai.nilai for u in printed.unsur} == {
            u: Decimal(str(float(round_half_up(hasil.unsur[u].nrr, 4)))) for u in hasil.unsur
        }
        assert not [f for f in skm.audit(printed) if f.tingkat == "kesalahan"]
    t = skm.trend({"2023": "88,70", "2024-S2": back["Kecamatan Wonoasih"]})
    assert t.titik[1].ikm == Decimal("89.31")


def test_names_that_look_like_formulas_stay_names(tmp_path: Path) -> None:
    """A unit called =1+1, a plan with a command, control characters."""
    from openpyxl import load_workbook

    path = rekapitulasi.write_recap(
        {"=1+1": unit(5), "@SUM(A1)": unit(6)},
        tmp_path / "r.xlsx",
        rtl={"=1+1": '=HYPERLINK("http://x")', "@SUM(A1)": "a\x07b"},
    )
    sheet = load_workbook(path)["Rekap"]
    kinds = {sheet.cell(r, c).data_type for r in (2, 3) for c in (2, 18)}
    assert kinds == {"s"}
    assert sheet["B2"].value == "=1+1"
    assert sheet["R3"].value == "a b"


def test_small_units_are_shown_and_flagged_and_empty_ones_stay() -> None:
    """A unit's own figure and n are never hidden, few respondents are flagged; without answers it keeps its row."""
    rows = [
        {"unit": u, **{f"u{i}": v for i in range(1, 10)}} for u, v, k in (("A", 4, 6), ("B", 3, 4)) for _ in range(k)
    ]
    rows.append({"unit": "C", **{f"u{i}": None for i in range(1, 10)}})
    per = skm.score_by(rows, "unit", u8="sarana")
    r = rekapitulasi.recap(per)
    by_unit = {row.unit: row for row in r.baris}
    assert (by_unit["A"].ikm, by_unit["B"].ikm, by_unit["B"].n) == (Decimal("100.00"), Decimal("75.00"), 4)
    assert by_unit["C"].hasil is None
    assert {f.kode: f.bukti["unit"] for f in r.catatan} == {"rekap-kecil": ["A", "B"], "rekap-tanpa-data": ["C"]}
    assert not [f for f in rekapitulasi.recap(per, batas_kecil=4).catatan if f.kode == "rekap-kecil"]


def test_units_under_different_rules_are_told() -> None:
    """0.111 beside 1/9: a warning, both figures as they are."""
    r = rekapitulasi.recap({"A": unit(5), "B": unit(5, bobot="0.111")})
    assert [f.kode for f in r.catatan] == ["rekap-aturan-beda"]
    assert "1/9" in r.catatan[0].text("id")


def test_units_with_other_unsur_share_the_columns() -> None:
    """Eight unsur beside nine, and an office's own unsur at the end."""
    own = skm.score_counts({**dict.fromkeys(UNSUR[:8], (0, 0, 5, 5)), "kedisiplinan": (0, 0, 5, 5)})
    r = rekapitulasi.recap({"A": unit(5), "B": own})
    assert [u.id for u in r.unsur] == [*UNSUR, "kedisiplinan"]
    assert r.table("id").rows[0][12] is None
    assert r.table("id").rows[1][11] is None


def test_the_period_of_the_result_itself(tmp_path: Path) -> None:
    """Left empty, a result that knows its period shows it; English headers."""
    path = rekapitulasi.write_recap({"A": unit(5)}, tmp_path / "r.xlsx", lang="en")
    assert cells(path, "Recap")[0][:3] == ["No", "Unit", "Period"]
    assert cells(path, "Recap")[1][2] is None


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: rekapitulasi.recap({}), "rekap-tanpa-unit"),
        (lambda: rekapitulasi.recap({"A": unit(1)}, rtl={"B": "x"}), "rekap-unit-lain"),
        (lambda: rekapitulasi.recap({"A": unit(1)}, metode={"B": "x"}), "rekap-unit-lain"),
        (lambda: rekapitulasi.recap({"A": skm.score([{f"u{i}": 4 for i in range(1, 10)}])}), "rekap-u8"),
        (lambda: rekapitulasi.recap(skm.score_by([{"unit": "A", **{f"u{i}": 4 for i in range(1, 10)}}], "unit")), "rekap-u8"),
        (lambda: rekapitulasi.recap({"A": unit(1)}, batas_kecil="lima"), "angka-tidak-terbaca"),
    ],
)  # fmt: skip
def test_bad_inputs(call: Any, code: str) -> None:
    """Each with its own code, in both languages."""
    with pytest.raises(SKMError) as caught:
        call()
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_a_file_that_is_open_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was there is not touched when the file cannot be replaced."""
    path = tmp_path / "rekap.xlsx"
    path.write_bytes(b"lama")

    def locked(self: Path, target: Any) -> None:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "replace", locked)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with pytest.raises(DataError) as caught:
        rekapitulasi.write_recap({"A": unit(1)}, path, overwrite=True)
    assert caught.value.code == "berkas-terkunci-tulis"
    assert path.read_bytes() == b"lama"
    assert [p.name for p in tmp_path.iterdir()] == ["rekap.xlsx"]


def test_results_travel() -> None:
    """Frame numeric, JSON-ready, HTML escaped."""
    r = rekapitulasi.recap({"<i>A</i>": unit(5)})
    assert str(r.to_frame()["ikm"].dtype) == "float64"
    json.dumps(r.to_dict("en"))
    assert "<i>" not in r._repr_html_()
