"""Levels of characteristics come in their own order; free text of few respondents is merged before publication."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm.answers.levels import Meanings, arrange
from skm.answers.small_levels import OTHER_LEVEL, merge_small_levels
from skm.errors import OptionError
from skm.regulasi._kuesioner import load

BASE = load()
UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


@pytest.mark.parametrize(
    ("key", "ordered"),
    [
        ("pendidikan", ["SD Kebawah", "SLTP/SMP", "SLTA/SMA", "D1-D2-D3", "S1", "S2 Keatas"]),
        ("pendidikan", ["SD/Sederajat", "SMP/Sederajat", "SMA/Sederajat", "D-III", "S-1", "S-2"]),
        ("pendidikan", ["SD ke bawah", "SLTP", "SLTA", "D-I/D-III/D-IV/S1", "S-2 ke atas"]),
        ("bulan", ["Januari", "Februari", "Agustus", "Nopember"]),
        ("penghasilan", ["< 1 juta", "1 - 3 juta", "3 - 5 juta", "> 5 juta"]),
        ("penghasilan", ["< Rp 1.000.000", "Rp 1.000.000 - Rp 2.500.000", "> Rp 2.500.000"]),
        ("penghasilan", ["di bawah 500 ribu", "500 ribu - 1 juta", "di atas 1 juta"]),
    ],
)
def test_order_of_levels(key: str, ordered: list[str]) -> None:
    """Education with hyphens, slashes and suffixes; months; income, whatever order they are met in."""
    for seed in range(4):
        met = sorted(ordered) if seed == 0 else random.Random(seed).sample(ordered, len(ordered))
        rows, _ = arrange(key, met, [1] * len(met), BASE.ciri(key))
        assert [row.tingkat for row in rows] == ordered


def test_words_without_an_order_stay_as_met() -> None:
    """Services and occupations that say no order keep the one they come in."""
    for labels in (["Akta 1", "KTP"], ["Legalisir", "Akta", "KTP"], ["Loket 2", "Loket 10", "Loket 1 dan 3"]):
        rows, _ = arrange("layanan", labels, [1] * len(labels), BASE.ciri("layanan"))
        assert [row.tingkat for row in rows] == labels


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.integers(1, 12)), max_size=12), st.integers(0, 8))
def test_small_free_text_is_merged(given_levels: list[tuple[str, int]], limit: int) -> None:
    """What fewer than the limit gave is never shown by its own words; known levels and declared names are."""
    labels, counts = [label for label, _ in given_levels], [count for _, count in given_levels]
    published = merge_small_levels([*labels, "PNS", None, "Loket Satu"], [*counts, 1, 1, 1], limit, BASE.ciri("pekerjaan"), {"loket satu"})  # fmt: skip
    assert published["PNS"] == "PNS"
    assert published["Loket Satu"] == "Loket Satu"
    assert published[None] is None
    job = Meanings(BASE.ciri("pekerjaan"))
    for label in {label for label, word in published.items() if word != OTHER_LEVEL} - {"PNS", None, "Loket Satu"}:
        alike = sum(count for other, count in given_levels if job.meaning(other) == job.meaning(label))
        assert not label.strip() or job.place(label) is not None or alike >= limit


def test_codes_by_a_code_list(tmp_path: Path) -> None:
    """Codes become words in the order of the list; a level that nobody chose is shown with 0; unknown codes are told."""
    rows = [";".join(map(str, [1 + k % 2, 3 if k else 9, *[3] * 9])) for k in range(8)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["jk;pendidikan;" + ";".join(f"U{i}" for i in range(1, 10)), *rows]), "utf-8")
    peta = {
        "kolom": {u: f"U{i}" for i, u in enumerate(UNSUR, start=1)},
        "profil": {"jenis_kelamin": "jk"},
        "kode": {
            "jenis_kelamin": {1: "Laki-laki", 2: "Perempuan"},
            "pendidikan": {1: "SD ke bawah", 2: "SLTP", 3: "SLTA", 4: "S-2 ke atas"},
        },
    }
    survei = skm.read(path, kuesioner=peta)
    profil = skm.profile(survei)
    found = {
        key: [(row.tingkat, row.jumlah) for row in profil.karakteristik[key]] for key in ("jenis_kelamin", "pendidikan")
    }
    assert found["jenis_kelamin"] == [("Laki-laki", 4), ("Perempuan", 4)]
    assert found["pendidikan"][:4] == [("SD ke bawah", 0), ("SLTP", 0), ("SLTA", 7), ("S-2 ke atas", 0)]
    assert "kode-tak-dikenal" in {note.kode for note in survei.catatan}
    with pytest.raises(OptionError):
        skm.read(path, kuesioner={"kolom": peta["kolom"], "kode": {"pekerjaan": {1: "PNS"}}})
