"""The data files themselves: what they say, and that a wrong file is refused with file and key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources

import pytest

import skm
from skm import regulasi
from skm.errors import DataError, OptionError, RegulationError, SKMWarning
from skm.regulasi import _kuesioner as kuesioner

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


OLD = {"kepmenpan-25-2004": 14, "permenpanrb-16-2014": 9}


@pytest.mark.parametrize(("name", "many"), OLD.items())
def test_older_regulations_say_what_they_rest_on(name: str, many: int) -> None:
    """Not read here: every value names a secondary source, the questionnaire has no labels, the date is unknown."""
    r, k = regulasi.load(name), kuesioner.load(name)
    assert r.status == k.status == "belum-dilihat"
    assert r.berlaku_sejak is None
    assert len(r.unsur) == many
    assert k.unsur == r.urutan["daftar"]
    assert not any(b.label for b in k.butir)
    assert [c.id for c in k.profil] == [c.id for c in kuesioner.load().profil]
    assert [(kat.mutu, str(kat.nik[0])) for kat in r.kategori] == [
        ("D", "25.00"),
        ("C", "43.76"),
        ("B", "62.51"),
        ("A", "81.26"),
    ]
    assert "TIDAK PERNAH" in TEXT_2014
    assert [b.nilai for b in r.bobot_tercetak] == [Decimal("0.071") if many == 14 else Decimal("0.111")]


TEXT_2014 = resources.files("skm").joinpath("data", "regulasi", "permenpanrb-16-2014.toml").read_text(encoding="utf-8")


def test_each_regulation_knows_what_came_after_it() -> None:
    """2004 -> 2014 -> 2017, which holds."""
    chain = ["kepmenpan-25-2004", "permenpanrb-16-2014", "permenpanrb-14-2017"]
    assert regulasi.ids() == tuple(chain)
    assert [r.id if (r := regulasi.successor(regulasi.load(name))) else None for name in chain] == [*chain[1:], None]
    assert set(kuesioner.ids()) == {*chain, "daring-16"}


def answers(unsur: int, total: int, n: int = 100) -> dict[str, list[int]]:
    """Counts per unsur whose sum is ``total`` for each of n respondents on average 3."""
    return {f"U{i}": [0, 0, 4 * n - total, total - 3 * n] for i in range(1, unsur + 1)}


def test_fourteen_unsur_under_the_decree_of_2004() -> None:
    """U1..U14 in the decree's order, weight 1/14 or 0,071, its own bounds; told twice why the figure is to be checked."""
    with pytest.warns(SKMWarning) as warned:
        hasil = skm.score_counts(answers(14, 330), regulasi="kepmenpan-25-2004")
    assert len(warned) == 2
    assert (str(hasil.ikm), hasil.mutu) == ("82.50", "A")
    assert list(hasil.unsur)[:3] == ["prosedur", "persyaratan", "kejelasan_petugas"]
    assert {note.kode for note in hasil.catatan} >= {"regulasi-belum-dilihat", "regulasi-dicabut"}
    with pytest.warns(SKMWarning):
        printed = skm.score_counts(answers(14, 330), regulasi="kepmenpan-25-2004", bobot="0,071")
    assert str(printed.ikm) == "82.01"  # 3.3 x 14 x 0.071 x 25 = 82.005
    assert [p.label for p in printed.pembanding] == ["1/14", "0.071", "0.07"]
    assert skm.score_counts(answers(9, 330)).mutu == "B"  # 82.50 under the present rule


def test_the_nik_decides_where_both_printed_columns_disagree() -> None:
    """NI 2,505 lies between the printed 2,50 and 2,51; its NIK 62,63 is B. 14 x 2.505 = 35.07."""
    rows = [{f"U{i}": 3 if k < 505 else 2 for i in range(1, 15)} for k in range(1000)]
    with pytest.warns(SKMWarning):
        hasil = skm.score(rows, regulasi="kepmenpan-25-2004")
    assert (str(hasil.ikm), hasil.mutu) == ("62.63", "B")
    assert hasil.ikm_tepat == Fraction(62625, 1000)


def test_nine_unsur_of_2014_with_names_of_its_own() -> None:
    """Maklumat stands where the present rule has sarana; 70 was B and is C now; no note about U8."""
    rows = [{**{f"u{i}": 3 for i in range(1, 10)}, "layanan": "KTP"}] * 4 + [
        {**{f"u{i}": 2 for i in range(1, 10)}, "layanan": "KK"}
    ]
    with pytest.warns(SKMWarning):
        hasil = skm.score(rows, regulasi="permenpanrb-16-2014")
    assert (str(hasil.ikm), hasil.mutu) == ("70.00", "B")
    assert skm.score(rows, u8="sarana").mutu == "C"
    assert list(hasil.unsur)[7:] == ["maklumat", "pengaduan"]
    assert hasil.provenance.u8 == "bernama"
    named = {
        "Persyaratan": 4,
        "Prosedur": 4,
        "Waktu Pelayanan": 4,
        "Biaya/Tarif": 4,
        "Produk": 4,
        "Kompetensi Pelaksana": 4,
        "Perilaku Pelaksana": 4,
        "Maklumat Pelayanan": 4,
        "Pengaduan": 4,
    }
    with pytest.warns(SKMWarning):
        assert len(skm.score([named] * 3, regulasi="permenpanrb-16-2014").unsur) == 9
    with pytest.warns(SKMWarning):
        per = skm.score_by(rows, "layanan", regulasi="permenpanrb-16-2014")
    assert dict(zip(per, per.mutu, strict=True)) == {"KK": "C", "KTP": "B"}
    assert {note.kode for note in per.catatan} >= {"regulasi-belum-dilihat", "regulasi-dicabut"}


def test_the_default_stays_and_says_nothing(recwarn: pytest.WarningsRecorder) -> None:
    """No warning under the rule that holds."""
    assert skm.score([{f"u{i}": 3 for i in range(1, 10)}] * 3, u8="sarana").provenance.regulasi == "permenpanrb-14-2017"
    assert not recwarn.list


def test_before_may_2017_the_choice_is_the_callers() -> None:
    """The error names every id, as an API and as a command would be told."""
    with pytest.raises(RegulationError) as problem:
        regulasi.on(date(2016, 1, 1))
    for name in regulasi.ids():
        assert name in problem.value.hint("id")
        assert name in problem.value.hint("en")


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
