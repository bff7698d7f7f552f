"""Every published result of the shared table: the verdict that its own arithmetic gives."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import Any

import pytest

from skm.auditing.audit import HasilTelaah, audit

# What stands in the notes of the table only: other printings, the wording of a claim, several words.
EXTRA: dict[str, dict[str, Any]] = {
    "R005": {"unsur": {"U4": {"mutu": "very good"}}},
    "R022": {"klaim": {"tertinggi": [{"unsur": "U7", "peringkat": 1}]}},
    "R023": {"ikm_lain": [{"tempat": "dokumen yang sama", "ikm": "91.48"}]},
    "R026": {"sampel_minimum": 220, "sampel_metode": "krejcie-morgan"},
    "R031": {"klaim": {"selisih": [{"dari": "84.96", "ke": "85.76", "arah": "turun"}]}},
    "R032": {"kinerja": [{"tempat": "tabel", "kinerja": "Sangat Baik"}, {"tempat": "simpulan", "kinerja": "Baik"}]},
    "R110": {"klaim": {"selisih": [{"dari": "77.92", "ke": "78.04", "selisih": "1"}, {"dari": "78.03", "ke": "78.04", "selisih": "0.02"}]}},
}  # fmt: skip
REGULASI = {"14/2017": "permenpanrb-14-2017", "25/2004": "kepmenpan-25-2004"}

# verdict of the table -> verdict of the audit, and the weight of the nearest way (None: not told).
VERDICTS = {
    "inconsistent": ("mustahil", None),
    "exact 1/9": ("cocok", "1/9"),
    "exact 1/k": ("cocok", "1/k"),
    "weight 0.11": ("cocok", "0.11"),
    "weight 0.33": ("cocok", "0.33"),
    "rounded index x 25": ("cocok", "1/9 indeks-2"),
    "undecidable (1-decimal unsur)": ("tidak-dapat-diputuskan", None),
    "no IKM printed": ("tidak-diperiksa", None),
    # 1/10 for nine unsur is not admissible: it explains the figure, which stays impossible.
    "weight 0.1": ("mustahil", None),
}


def rows() -> list[dict[str, str]]:
    root = os.environ.get("SKM_SHARED")
    path = Path(root or "-") / "data" / "published" / "results.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ROWS = rows()


def unsur_of(row: dict[str, str]) -> dict[str, Any]:
    """Return what is printed about each unsur."""
    unsur: dict[str, Any] = {}
    printed = row["unsur_categories_printed"]
    grades = [text.strip() for text in printed.split(",")] if "," in printed else printed.split()
    if repeated := re.fullmatch(r"(.+) x(\d+)", printed):
        grades = [repeated[1]] * int(repeated[2])
    totals = row["unsur_totals_printed"].split()
    names = [i for i in range(1, 15) if row[f"u{i}"]]
    for position, i in enumerate(names):
        entry: dict[str, Any] = {"nilai": row[f"u{i}"]}
        if i in (8, 9) and row[f"u{i}_element"]:
            entry["nama"] = row[f"u{i}_element"]
        if printed and ";" not in printed and len(grades) == len(names):
            entry["mutu"] = grades[position]
        if len(totals) == len(names):
            entry["total"] = totals[position]
        unsur[f"U{i}"] = entry
    for pair in printed.split(";"):
        if match := re.fullmatch(r"\s*(U\d+) ([A-D])\s*", pair):
            unsur[match[1]]["mutu"] = match[2]
    return unsur


def publication(row: dict[str, str]) -> dict[str, Any]:
    """Turn a row into what a person would type; nothing computed is carried over."""
    unsur = unsur_of(row)
    out: dict[str, Any] = {
        "id": row["id"],
        "unit": row["unit"],
        "periode": row["year_period"],
        "regulasi": REGULASI.get(row["instrument"], ""),
        "unsur": unsur,
        "ikm": row["printed_ikm"],
        "mutu": row["printed_mutu"],
        "kinerja": row["printed_kinerja"],
        "n": row["n_respondents"],
        "populasi": row["population"],
    }
    index = row["printed_nrr_index"] or row["printed_nrr_tertimbang_sum"]
    if re.fullmatch(r"[\d.]+", index):
        out["indeks"] = index
    if row["unsur_scale"] in ("contribution", "percent good"):
        out["skala"] = {"contribution": "kontribusi", "percent good": "persen-puas"}[row["unsur_scale"]]
    claims = [claim(text) for text in row["lowest_unsur_claimed"].split(";") if text.strip()]
    if claims and unsur:
        out["klaim"] = {"terendah": claims}
    merge(out, EXTRA.get(row["id"], {}))
    return out


def merge(out: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(out.get(key), dict):
            merge(out[key], value)
        else:
            out[key] = value


def claim(text: str) -> dict[str, str]:
    match = re.fullmatch(r"\s*(?:(U\d+) ?)?([a-z ]+?)?\s*([\d.]+)?\s*", text)
    assert match is not None, text
    found = {"unsur": match[1] or match[2]}
    if match[3]:
        found["nilai"] = match[3]
    return found


@pytest.fixture(scope="module")
def audited() -> dict[str, HasilTelaah]:
    if not ROWS:
        pytest.skip("SKM_SHARED does not name a folder with the published results")
    return {row["id"]: audit(publication(row)) for row in ROWS}


def test_every_row_is_read(audited: dict[str, HasilTelaah]) -> None:
    assert len(audited) == len(ROWS) >= 73


@pytest.mark.parametrize("row", [row for row in ROWS if row["verdict"]], ids=lambda row: row["id"])
def test_verdict(row: dict[str, str], audited: dict[str, HasilTelaah]) -> None:
    hasil = audited[row["id"]]
    verdict, way = VERDICTS[row["verdict"]]
    few = 0 < len(hasil.publikasi.unsur) < len(hasil.regulasi.unsur)
    if few and row["printed_ikm"]:
        # Fewer unsur than the regulation has: nobody knows how many there were, until somebody says.
        assert hasil.putusan in ("tidak-dapat-diputuskan", "tidak-diperiksa"), hasil.to_text()
        if verdict == "cocok":
            assert "ikm-jumlah-unsur" in hasil.codes()
        hasil = audit(publication(row) | {"jumlah_unsur": len(hasil.publikasi.unsur)})
    assert hasil.putusan == verdict, hasil.to_text()
    if way is not None:
        nearest = hasil.rute[0].rute
        k = len(hasil.publikasi.unsur)
        assert nearest.kode.startswith(way.replace("/k", f"/{k}")), [r.rute.kode for r in hasil.rute]
    if verdict in ("cocok", "tidak-dapat-diputuskan"):
        assert not [code for code in hasil.codes("kesalahan") if code.startswith(("ikm-", "grim-"))]


@pytest.mark.parametrize("row", [row for row in ROWS if row["grade_agrees"]], ids=lambda row: row["id"])
def test_grade(row: dict[str, str], audited: dict[str, HasilTelaah]) -> None:
    """Letter and word against the table of the regulation that the publication names."""
    codes = [c for c in audited[row["id"]].codes() if c.startswith("mutu-") and not c.startswith("mutu-unsur")]
    says_no = "NO" in row["grade_agrees"] and "by 25/2004: yes" not in row["grade_agrees"]
    differs = "word differs" in row["grade_agrees"]
    wrong = [c for c in codes if c in ("mutu-huruf-kata", "mutu-tabel", "mutu-tabel-lain", "mutu-kata-lain")]
    assert bool(wrong) == (says_no or differs), (row["grade_agrees"], codes)


@pytest.mark.parametrize("row", [row for row in ROWS if row["lowest_claim_holds"]], ids=lambda row: row["id"])
def test_lowest(row: dict[str, str], audited: dict[str, HasilTelaah]) -> None:
    codes = audited[row["id"]].codes()
    assert ("urutan-terendah" in codes) == row["lowest_claim_holds"].startswith("no")
    assert ("urutan-seri" in codes) == ("tie not mentioned" in row["lowest_claim_holds"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["unsur_category_check"]], ids=lambda row: row["id"])
def test_categories(row: dict[str, str], audited: dict[str, HasilTelaah]) -> None:
    codes = audited[row["id"]].codes()
    assert "mutu-unsur" not in codes
    undecidable = "undecidable" in row["unsur_category_check"]
    assert ("mutu-unsur-tidak-dapat-diputuskan" in codes) == undecidable


@pytest.mark.parametrize("row", [row for row in ROWS if row["sample_adequate"]], ids=lambda row: row["id"])
def test_sample(row: dict[str, str], audited: dict[str, HasilTelaah]) -> None:
    codes = audited[row["id"]].codes()
    short = row["sample_adequate"].startswith("no")
    assert any(c.startswith("sampel-") for c in codes) == short


FOUND = {
    "R001": {"ikm-di-atas-unsur-tertinggi"},
    "R005": {"mutu-unsur-tabel-lain"},
    "R010": {"ikm-mustahil", "ikm-penjelasan"},
    "R012": {"mutu-tabel-lain"},
    "R022": {"mutu-unsur-tabel-lain"},
    "R023": {"ikm-berlainan"},
    "R026": {"sampel-minimum"},
    "R031": {"mutu-huruf-kata", "klaim-arah", "urutan-seri"},
    "R032": {"mutu-kata-lain", "urutan-seri"},
    "R084": {"mutu-unsur-di-luar-skala"},
    "R110": {"klaim-selisih"},
    "R138": {"ikm-jumlah-unsur", "mutu-tabel-lain"},
}


@pytest.mark.parametrize("identity", FOUND)
def test_known_mistakes_are_found(identity: str, audited: dict[str, HasilTelaah]) -> None:
    assert FOUND[identity] <= set(audited[identity].codes()), audited[identity].to_text()


def test_no_other_row_has_an_error(audited: dict[str, HasilTelaah]) -> None:
    assert {key: h.codes("kesalahan") for key, h in audited.items() if key not in FOUND and h.codes("kesalahan")} == {}


def test_explanation_of_the_tenth(audited: dict[str, HasilTelaah]) -> None:
    text = next(f for f in audited["R010"].temuan if f.kode == "ikm-penjelasan").text("id")
    assert "bobot 1/10 untuk 9 unsur memberi 80,50" in text


def test_the_twenty_second_with_its_number_of_unsur() -> None:
    """Nine unsur of which the highest is 3.48 cannot be an A; of thirteen with a weight of 0.08 they could."""
    row = next((row for row in ROWS if row["id"] == "R022"), None)
    if row is None:
        pytest.skip("SKM_SHARED does not name a folder with the published results")
    assert "mutu-mustahil-tabel-lain" in audit(publication(row) | {"jumlah_unsur": 9}).codes()
