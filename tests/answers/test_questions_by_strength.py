"""A question counts by the strength of its words: decoys never, signatures always, keywords alone are asked about."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.errors import MissingColumnError

OFFICIAL = {
    "persyaratan": "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "prosedur": "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "waktu": "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "biaya": "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "produk": "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dengan hasil yang diberikan?",
    "kompetensi": "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "perilaku": "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
    "pengaduan": "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
    "sarana": "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
}
# Real forms carry such questions beside the nine; none asks how well the service did on an unsur.
DECOYS = {
    "biaya": [
        "Apakah petugas meminta biaya tambahan di luar ketentuan?",
        "Apakah Saudara mengetahui adanya pungutan tarif tambahan di luar tarif resmi?",
        "Berapa biaya yang Saudara keluarkan untuk layanan ini?",
        "Apakah ada biaya yang diminta petugas?",
        "How much were the fees you paid?",
    ],
    "sarana": [
        "Seberapa penting sarana dan prasarana bagi Saudara?",
        "Harapan Saudara terhadap sarana kami",
        "Apakah Saudara menggunakan fasilitas daring?",
        "Seberapa sering Saudara memakai fasilitas ini?",
    ],
    "pengaduan": [
        "Apakah Saudara pernah menyampaikan pengaduan?",
        "Berapa kali Saudara menyampaikan keluhan?",
        "Apakah Saudara mengetahui kanal pengaduan kami?",
        "Seberapa penting penanganan pengaduan bagi Saudara?",
    ],
    "waktu": [
        "Waktu kunjungan (1 pagi, 2 siang, 3 sore, 4 malam)",
        "Berapa lama waktu Saudara menunggu?",
        "Harapan Saudara atas kecepatan pelayanan",
        "Waktu tunggu",
    ],
    "perilaku": [
        "Apakah petugas melakukan diskriminasi dalam sikap pelayanan?",
        "Seberapa penting keramahan petugas bagi Saudara?",
        "Apakah petugas menerima imbalan dan bersikap curang?",
    ],
    "prosedur": [
        "Apakah ada pelayanan di luar prosedur yang menguntungkan pihak tertentu?",
        "Apakah Saudara mengetahui prosedur pelayanan ini?",
        "Apakah ada praktik percaloan dalam prosedur pelayanan?",
    ],
}


def rows(names: list[str], n: int = 12) -> list[dict[str, Any]]:
    rng = random.Random(5)
    return [{name: rng.randint(1, 4) for name in names} for _ in range(n)]


def table(without: str, extra: list[str], seed: int = 0) -> list[dict[str, Any]]:
    names = [q for u, q in OFFICIAL.items() if u != without] + extra
    random.Random(seed).shuffle(names)
    return rows(names)


@pytest.mark.parametrize(("unsur", "decoy"), [(u, d) for u, ds in DECOYS.items() for d in ds])
def test_a_decoy_is_never_the_unsur_that_is_missing(unsur: str, decoy: str) -> None:
    """Eight unsur are counted, or the question is put; never nine."""
    asked = ""
    try:
        survei = skm.read(table(unsur, [decoy]))
    except MissingColumnError as problem:
        asked = problem.code
        survei = skm.read(table(unsur, [decoy]), terima=f"tanpa-{unsur}")
    assert asked in ("", "kolom-lemah", "kolom-unsur-hilang")
    assert unsur not in survei.bacaan.kolom
    assert len(survei.bacaan.kolom) == 8
    assert decoy not in survei.bacaan.kolom.values()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([d for ds in DECOYS.values() for d in ds]), unique=True, max_size=8),
    st.integers(0, 10_000),
)
def test_nine_questions_are_found_among_decoys_in_any_order(decoys: list[str], seed: int) -> None:
    """Whatever stands beside them, and wherever, the nine are the nine."""
    assert skm.read(table("", decoys, seed)).bacaan.kolom == OFFICIAL


@pytest.mark.parametrize(
    ("header", "unsur"),
    [
        ("Pemahaman Saudara tentang kemudahan prosedur", "prosedur"),
        ("Kewajaran biaya [1 = sangat mahal, 4 = gratis]", "biaya"),
        ("Apakah kesopanan dan keramahan petugas sudah baik?", "perilaku"),
        ("4. Bagaimana pendapat Bapak/Ibu mengenai jangka waktu penyelesaian?", "waktu"),
        ("Sarpras", "sarana"),
        ("Aduan", "pengaduan"),
        ("Penilaian [Kompetensi Pelaksana]", "kompetensi"),
        ("penilaian/persyaratan", "persyaratan"),
        ("How would you rate the handling of complaints?", "pengaduan"),
        ("Bagaimana pendapat Anda tentang prosedur pelayanan di kantor kami?", "prosedur"),
    ],
)
def test_signatures_and_names_count(header: str, unsur: str) -> None:
    """A signature outweighs the frame of the sentence; a listed name standing alone is sure."""
    survei = skm.read(rows([q if u != unsur else header for u, q in OFFICIAL.items()]))
    assert survei.bacaan.kolom[unsur] == header


def test_a_weak_reading_is_proposed_and_taken_when_accepted() -> None:
    """One keyword stops with the proposal in words; the option named leads on."""
    header = "Bagaimana dengan prosedurnya, yaitu prosedur kami?"
    data = rows([q for u, q in OFFICIAL.items() if u != "prosedur"] + [header])
    with pytest.raises(MissingColumnError) as problem:
        skm.score(data)
    assert problem.value.code == "kolom-lemah"
    assert header in problem.value.message()
    assert f"--terima {problem.value.context['terima']}" in problem.value.hint()
    accepted = skm.read(data, terima=[problem.value.context["terima"]])
    assert accepted.bacaan.kolom["prosedur"] == header
    assert len(skm.read(data, terima=problem.value.context["tanpa"]).bacaan.kolom) == 8
    assert skm.read(data, terima="semua").bacaan.kolom == accepted.bacaan.kolom


@pytest.mark.parametrize("prefix", ["", "penilaian/", "skm_", "hasil.pertanyaan_", "Q-", "data:jawaban_"])
@pytest.mark.parametrize("family", ["u", "p", "pertanyaan", "A"])
def test_runs_of_codes_under_any_prefix(prefix: str, family: str) -> None:
    """A run without a gap is sure wherever its columns stand and whatever table they come from."""
    names = [f"{prefix}{family}{i}" for i in range(1, 10)]
    mixed = [*names[:4], "Alamat", "IPAK_q1", "IPAK_q2", *names[4:], "IPAK_q3", "catatan petugas"]
    survei = skm.read(rows(mixed))
    assert list(survei.bacaan.kolom.values()) == sorted(names, key=lambda n: int(n[-1]))
    assert "instrumen-lain" in {n.kode for n in survei.catatan}


def test_two_runs_are_asked_about() -> None:
    """Rival runs are never guessed, unless one bears the survey's own name."""
    data = rows([f"x/u{i}" for i in range(1, 10)] + [f"y/u{i}" for i in range(1, 10)])
    with pytest.raises(MissingColumnError) as problem:
        skm.read(data)
    assert problem.value.code == "kolom-mendua"
    own = rows([f"skm/u{i}" for i in range(1, 10)] + [f"internal/u{i}" for i in range(1, 10)])
    assert skm.read(own).bacaan.kolom["persyaratan"] == "skm/u1"


SERVICES = ["Pembuatan KTP", "Kartu Keluarga", "Akta Kelahiran"]


@pytest.mark.parametrize(
    "header", ["Keperluan", "Urusan apa hari ini?", "Layanan apa yang diterima?", "Loket", "Isian 7"]
)
def test_the_service_is_known_by_its_question_or_by_what_it_holds(header: str) -> None:
    codes = [f"U{i}" for i in range(1, 10)]
    rows = [{header: SERVICES[i % 3], **dict.fromkeys(codes, 3)} for i in range(12)]
    assert skm.read(rows).bacaan.profil == {"layanan": header}


def test_remarks_about_the_service_are_no_services() -> None:
    """Few respondents, each with a sentence of his own that speaks of the service: none is printed as a level."""
    codes = [f"U{i}" for i in range(1, 10)]
    said = [f"Pelayanan di loket {i} mohon ditingkatkan" for i in range(8)]
    rows = [{"Isian": text, **dict.fromkeys(codes, 3)} for text in said]
    assert skm.read(rows).bacaan.profil == {}
