"""The data files themselves: what they say, and that a wrong file is refused with file and key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from skm import kuesioner, regulasi
from skm.errors import DataError, OptionError, RegulationError

TEXT = resources.files("skm").joinpath("data", "regulasi", "permenpanrb-14-2017.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", regulasi.ids())
def test_every_regulation_is_consistent(name: str) -> None:
    """Bands have no gap or overlap at the declared decimals, and every value names its source."""
    r = regulasi.load(name)
    step = Decimal(1).scaleb(-r.desimal)
    for below, above in zip(r.kategori, r.kategori[1:], strict=False):
        assert below.nik[1] + step == above.nik[0]
    assert r.kategori[0].nik[0] == r.terendah * r.konversi
    assert r.kategori[-1].nik[1] == r.tertinggi * r.konversi
    references = [k.rujukan for k in r.kategori] + [u.rujukan for u in r.unsur] + [b.rujukan for b in r.bobot_tercetak]
    for reference in references:
        assert reference is not None
        assert reference.bagian
        assert reference.halaman if r.status == "dibaca" else reference.sumber
    assert len({u.id for u in r.unsur}) == len(r.unsur)


def test_bounds_of_2017_on_both_scales() -> None:
    """NI x 25 = NIK for every printed bound of 14/2017."""
    for kategori in regulasi.load("permenpanrb-14-2017").kategori:
        for ni, nik in zip(kategori.ni, kategori.nik, strict=True):
            assert ni * 25 == nik


def test_facts_of_2017() -> None:
    """In force on 16 May 2017; two printed weights; two orders that swap the last two unsur."""
    r = regulasi.load("permenpanrb-14-2017")
    assert r.berlaku_sejak == date(2017, 5, 16)
    assert [b.nilai for b in r.bobot_tercetak] == [Decimal("0.11"), Decimal("0.111")]
    assert r.urutan["daftar"][7:] == ("pengaduan", "sarana")
    assert r.urutan["kuesioner"][7:] == ("sarana", "pengaduan")
    assert [k.word("id") for k in r.kategori] == ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"]


def test_look_up_by_date() -> None:
    """The day it came into force counts; the day before it did not hold, and the error names what there is."""
    assert regulasi.on(date(2017, 5, 16)).id == "permenpanrb-14-2017"
    assert regulasi.on(date(2026, 1, 1)).id == "permenpanrb-14-2017"
    with pytest.raises(RegulationError) as problem:
        regulasi.on(date(2017, 5, 15))
    assert "permenpanrb-14-2017" in problem.value.context["pilihan"]
    with pytest.raises(RegulationError):
        regulasi.load("permenpanrb-15-2017")


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('nama = "Peraturan', 'nmaa = "x"\nnama = "Peraturan', "toml-kunci-asing", "nmaa"),
        ("konversi = 25", "", "toml-kunci-hilang", "skala.konversi"),
        ("konversi = 25", 'konversi = "25"', "toml-jenis-salah", "skala.konversi"),
        ('nik = ["65,00", "76,60"]', 'nik = ["65,00"]', "toml-jenis-salah", "kategori[2].nik"),
        ('nik = ["65,00", "76,60"]', 'nik = ["65,0o", "76,60"]', "toml-jenis-salah", "kategori[2].nik"),
        ('rujukan = { bagian = "BAB V.B", halaman = "18-19" }', 'rujukan = { bagian = "BAB V.B" }', "toml-kunci-hilang", "skala.rujukan.halaman"),
        ("berlaku_sejak = 2017-05-16", 'berlaku_sejak = "16 Mei 2017"', "toml-jenis-salah", "berlaku_sejak"),
        ('id = "permenpanrb-14-2017"', "id = permenpanrb", "toml-tidak-terbaca", None),
    ],
)  # fmt: skip
def test_a_wrong_file_names_file_and_key(old: str, new: str, code: str, key: str | None) -> None:
    """Unknown key, missing reference, wrong type: refused, never ignored."""
    assert old in TEXT
    with pytest.raises(DataError) as problem:
        regulasi.parse(TEXT.replace(old, new, 1).encode(), "coba.toml")
    assert problem.value.code == code
    assert problem.value.context["berkas"] == "coba.toml"
    assert problem.value.context.get("kolom") == key


def test_a_gap_or_a_broken_order_is_refused() -> None:
    """A table with a hole or an order that lacks an unsur cannot be loaded."""
    with pytest.raises(OptionError) as gap:
        regulasi.parse(TEXT.replace('"76,61"', '"76,62"').encode(), "coba.toml")
    assert gap.value.code == "regulasi-celah"
    with pytest.raises(OptionError) as order:
        regulasi.parse(TEXT.replace('daftar = ["persyaratan", ', "daftar = [").encode(), "coba.toml")
    assert order.value.code == "regulasi-urutan"


def test_questionnaire_has_four_labels_for_every_unsur() -> None:
    """The sample questionnaire asks about the nine unsur in its own order, worst answer first."""
    k = kuesioner.load()
    assert k.unsur == k.regulasi.urutan["kuesioner"]
    assert all(len(b.label) == 4 for b in k.butir)
    assert k.butir[3].label == ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")
    assert k.huruf == ("a", "b", "c", "d")
    broken = (
        resources.files("skm").joinpath("data", "kuesioner", "permenpanrb-14-2017.toml").read_text(encoding="utf-8")
    )
    with pytest.raises(DataError) as problem:
        kuesioner.parse(broken.replace(', "Gratis"', "").encode(), "coba.toml")
    assert problem.value.code == "kuesioner-label"
