"""Priorities, the follow-up plan, horizons, realisation: Wonoasih's plan, ties, edges, bad inputs."""

from __future__ import annotations

import json
import random
import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import skm
from skm import prioritas
from skm.errors import SKMError

CASE = tomllib.loads((resources.files("skm") / "data/kasus/wonoasih-2024-s2.toml").read_text(encoding="utf-8"))
PLAN = CASE["laporan"]["rtl"]["baris"]


@pytest.fixture(scope="module")
def wonoasih() -> Any:
    return skm.score(skm.read(skm.contoh()))


def score_of(**fours: int) -> Any:
    return skm.score_counts({unsur: (0, 0, 100 - n, n) for unsur, n in fours.items()})


def codes(result: Any) -> list[str]:
    return [f.kode for f in result.catatan]


def test_the_three_lowest_of_wonoasih(wonoasih: Any) -> None:
    """Prosedur, produk, persyaratan; the tie of biaya and sarana further up shares a place."""
    p = skm.priorities(wonoasih)
    assert [r.id for r in p.utama] == ["prosedur", "produk", "persyaratan"]
    assert (
        p.kalimat("id")
        == "Prioritas perbaikan menurut unsur terendah: Prosedur 3,35 (B); Produk 3,46 (B); Persyaratan 3,47 (B)."
    )
    by_id = {r.id: r for r in p.baris}
    assert by_id["biaya"].urutan == by_id["sarana"].urutan == 7
    assert by_id["biaya"].seri == ("sarana",)
    assert by_id["pengaduan"].urutan == 9
    assert not p.catatan


def test_ties_for_the_last_place_are_all_priorities() -> None:
    """Two asked for, three come, and a note says why; English has its own decimal mark."""
    p = skm.priorities(score_of(waktu=10, biaya=20, produk=20, perilaku=30), k=2)
    assert [r.id for r in p.utama] == ["waktu", "biaya", "produk"]
    assert "Biaya/Tarif = Produk 3,20" in p.kalimat("id")
    assert codes(p) == ["prioritas-seri"]
    assert "3,20" in p.catatan[0].text("id")
    assert "Fee 3.20" in p.catatan[0].text("en")


def test_all_equal_is_no_priority() -> None:
    """Nothing is lowest where everything is equal; one unsur alone is."""
    p = skm.priorities(score_of(waktu=10, biaya=10, produk=10))
    assert p.utama == ()
    assert p.kalimat("id") == "Seluruh 3 unsur bernilai sama; prioritas tidak dapat ditentukan."
    assert [r.id for r in skm.priorities(score_of(waktu=10)).utama] == ["waktu"]


def test_unnamed_u8_among_the_priorities_is_told() -> None:
    """The name of the priority rests on an assumption."""
    rows = [{f"u{i}": 3 if i == 8 else 4 for i in range(1, 10)}] * 3
    assert "prioritas-u8" in codes(skm.priorities(skm.score(rows), k=1))
    assert codes(skm.priorities(skm.score(rows, u8="sarana"), k=1)) == []


@given(st.lists(st.integers(0, 100), min_size=2, max_size=9), st.integers(1, 12))
def test_priorities_are_a_lower_set(fours: list[int], k: int) -> None:
    """Every priority is at most every other unsur; at least k of them unless all are equal or there are fewer."""
    names = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    p = skm.priorities(score_of(**dict(zip(names, fours, strict=False))), k=k)
    if len(set(fours)) == 1:
        assert not p.utama
        return
    assert len(p.utama) >= min(k, len(fours))
    others = [r.nrr for r in p.baris if not r.utama]
    assert all(r.nrr < other for r in p.utama for other in others)
    assert list(p.to_frame()["nrr"]) == sorted(p.to_frame()["nrr"])


def test_wonoasih_plan_as_printed(wonoasih: Any) -> None:
    """Five activities for three unsur; the ticks stand where they stood; the order is questioned."""
    r = prioritas.rencana(PLAN, wonoasih)
    rows = r.table("id").rows
    assert [row[0] for row in rows] == ["1", "", "2", "", "3"]
    assert [row[1] for row in rows] == ["Waktu penyelesaian", "", "Prosedur pelayanan", "", "Perilaku petugas"]
    assert ["".join("v" if c else "." for c in row[3:7]) for row in rows] == ["vvv.", "...v", "vv..", "..vv", "...v"]
    assert [row[7] for row in rows] == [
        "Seksi Pelayanan",
        "Seksi Pelayanan",
        "Bagian Organisasi",
        "Diskominfo",
        "Seksi Pelayanan",
    ]
    assert codes(r) == ["rtl-urutan", "rtl-terendah-tanpa-rencana"]
    text = r.catatan[0].text("id")
    assert "Waktu 3,63, Prosedur 3,35, Perilaku 3,58" in text
    assert "Prosedur 3,35, Produk 3,46, Persyaratan 3,47" in text
    assert "Product 3.46" in r.catatan[1].text("en")
    assert [row.kapan for row in r.baris] == ["TW I-III", "TW IV", "TW I-II", "TW III-IV", "TW IV"]


def test_a_plan_in_the_order_of_the_lowest_has_no_remark(wonoasih: Any) -> None:
    """Ids, official names, short names and the result's own codes; a continued row; ticks of every kind."""
    rows = [
        {"unsur": "U2", "kegiatan": "A", "tw1": True, "penanggung_jawab": "X"},
        {"unsur": "", "kegiatan": "B", "tw2": "x", "penanggung_jawab": "X"},
        {"unsur": "Produk", "kegiatan": "C", "triwulan": "TW I-III", "penanggung_jawab": "X"},
        {"unsur": "persyaratan", "kegiatan": "D", "triwulan": ["II", "4"], "tw3": "-", "penanggung_jawab": "X"},
        {"unsur": "Sarana dan Prasarana", "kegiatan": "E", "tw4": "ü", "penanggung_jawab": "X"},
    ]
    r = prioritas.rencana(rows, wonoasih)
    assert r.unsur == ("prosedur", "produk", "persyaratan", "sarana")
    assert r.baris[1].unsur == "prosedur"
    assert [row.kapan for row in r.baris] == ["TW I", "TW II", "TW I-III", "TW II, IV", "TW IV"]
    assert codes(r) == []


def test_codes_mean_what_the_result_says(wonoasih: Any) -> None:
    """U8 of Wonoasih is sarana, although the regulation's list has pengaduan there."""
    r = prioritas.rencana([{"unsur": "U8", "kegiatan": "A"}], wonoasih)
    assert r.baris[0].unsur == "sarana"


def test_what_a_plan_leaves_open() -> None:
    """No time, nobody responsible, the same activity twice: notes, nothing dropped."""
    r = prioritas.rencana(
        [{"unsur": "waktu", "kegiatan": "Tambah loket"}, {"unsur": "waktu", "kegiatan": "tambah  LOKET"}]
    )
    assert codes(r) == ["rtl-tanpa-waktu", "rtl-tanpa-penanggung-jawab", "rtl-kegiatan-ganda"]
    assert r.catatan[0].bukti["baris"] == [1, 2]
    assert len(r.baris) == 2


def test_facts_of_a_report_are_a_plan() -> None:
    """Whatever has rows("rtl") counts, with the quarters as booleans."""

    class Fakta:
        def rows(self, table: str) -> list[dict[str, Any]]:
            assert table in {"rtl", "tindak_lanjut"}
            if table == "rtl":
                return [{"unsur": "waktu", "kegiatan": "A", "tw1": True, "tw2": None, "tw3": False, "tw4": True}]
            return [{"rencana": "A", "status": True, "uraian": "x", "hambatan": None}]

    assert prioritas.rencana(Fakta()).baris[0].kapan == "TW I, IV"  # type: ignore[arg-type]
    assert prioritas.realisasi(Fakta()).persen == 100  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (0, "pendek"),
        (11, "pendek"),
        (12, "menengah"),
        (13, "menengah"),
        (24, "menengah"),
        (25, "panjang"),
        (60, "panjang"),
    ],
)
def test_horizons_by_months(months: int, expected: str) -> None:
    """Exactly 12 and exactly 24 months are medium."""
    assert prioritas.horizon(months).id == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-10-14", "2025-10-13", "pendek"),
        ("2024-10-14", "2025-10-14", "menengah"),
        ("2024-10-14", "2026-10-14", "menengah"),
        ("2024-10-14", "2026-10-15", "panjang"),
        ("2024-02-29", "2025-02-28", "menengah"),
        ("2024-08-31", "2024-09-30", "pendek"),
        ("2025", "2025", "pendek"),
        ("2025-S1", "2026-S2", "pendek-atau-menengah"),
        (date(2024, 1, 1), date(2027, 1, 1), "panjang"),
    ],
)
def test_horizons_by_dates(start: Any, end: Any, expected: str) -> None:
    """By the calendar, month ends included; a period begins on its first and ends on its last day."""
    found = prioritas.horizon(mulai=start, selesai=end).id
    assert found == ("menengah" if expected == "pendek-atau-menengah" else expected)


@given(st.integers(0, 600), st.booleans())
def test_every_duration_has_exactly_one_horizon(months: int, more: bool) -> None:
    """No gap, no overlap."""
    assert sum(j.holds(months, more) for j in prioritas.horizons()) == 1


def test_the_horizon_stands_in_the_table() -> None:
    """Only where it was given."""
    rows = [
        {"unsur": "waktu", "kegiatan": "A", "bulan": 12},
        {"unsur": "waktu", "kegiatan": "B", "mulai": "2025", "selesai": "2027"},
        {"unsur": "waktu", "kegiatan": "C", "tw1": "v"},
    ]
    assert [row[-1] for row in prioritas.rencana(rows).table("id").rows] == ["jangka menengah", "jangka panjang", ""]
    assert prioritas.rencana(rows).table("en").rows[0][-1] == "medium term"


def test_realisation_is_exact() -> None:
    """Two of three: 66.67 %, the rest listed with its reason; under way is not done."""
    rows = [
        {"rencana": "Loket", "status": "sudah", "uraian": "dibuka"},
        {"rencana": "Pelatihan", "status": "v"},
        {
            "rencana": "Gedung",
            "status": "proses",
            "hambatan": "anggaran",
            "tenggat": "TW II 2026",
            "strategi": "usulan",
        },
    ]
    r = prioritas.realisasi(rows)
    assert (r.selesai, r.persen, r.tepat * 3) == (2, Decimal("66.67"), 200)
    assert [row.rencana for row in r.tersisa] == ["Gedung"]
    assert r.left_table("id").rows == (("1", "Gedung", "anggaran", "usulan", "TW II 2026", "", ""),)
    assert codes(r) == ["realisasi-sebagian"]
    assert r.kalimat("id") == "2 dari 3 rencana sudah ditindaklanjuti (66,67%); 1 belum."
    assert r.table("en").rows[2][2] == "Not done (under way)"


def test_all_and_none_done() -> None:
    """100 % and 0 %; a blank status counts as not done, and the missing reason is told."""
    assert prioritas.realisasi([{"rencana": "A", "status": True}]).kalimat("id").startswith("Seluruh 1 rencana telah")
    none = prioritas.realisasi([{"rencana": "A", "status": None}, {"rencana": "B", "status": "belum", "hambatan": "x"}])
    assert none.persen == 0
    assert codes(none) == ["realisasi-kosong", "realisasi-tanpa-hambatan"]
    assert "Belum ada rencana" in none.kalimat("id")


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_share_done(flags: list[bool]) -> None:
    """Half up at two decimals; 100 exactly where all are done; the rest are the undone."""
    r = prioritas.realisasi([{"rencana": str(i), "status": f} for i, f in enumerate(flags)])
    assert (r.persen == 100) == all(flags)
    assert len(r.tersisa) == flags.count(False)
    assert abs(r.tepat - sum(flags) * 100 / len(flags)) < 1e-9


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: prioritas.rencana([]), "rtl-kosong"),
        (lambda: prioritas.realisasi([]), "rtl-kosong"),
        (lambda: prioritas.rencana(["x"]), "rtl-baris"),
        (lambda: prioritas.rencana([{"unsur": "waktu"}]), "rtl-tanpa-kegiatan"),
        (lambda: prioritas.rencana([{"kegiatan": "A"}]), "rtl-tanpa-unsur"),
        (lambda: prioritas.rencana([{"unsur": "loket", "kegiatan": "A"}]), "rtl-unsur"),
        (lambda: prioritas.rencana([{"unsur": "waktuu", "kegiatan": "A"}]), "unsur-mirip"),
        (lambda: prioritas.rencana([{"unsur": "waktu", "kegiatan": "A", "tw5": "v"}]), "rtl-kunci"),
        (lambda: prioritas.rencana([{"unsur": "waktu", "kegiatan": "A", "tw1": "mungkin"}]), "rtl-centang"),
        (lambda: prioritas.rencana([{"unsur": "waktu", "kegiatan": "A", "triwulan": "V"}]), "rtl-triwulan"),
        (lambda: prioritas.rencana([{"unsur": "waktu", "kegiatan": "A", "triwulan": "III-I"}]), "rtl-triwulan"),
        (lambda: prioritas.rencana([{"unsur": "biaya", "kegiatan": "A"}], score_of(waktu=1)), "rtl-unsur"),
        (lambda: prioritas.rencana([{"unsur": "waktu", "kegiatan": "A"}], skm.score([{f"u{i}": 4 for i in range(1, 10)}])), "rtl-u8"),
        (lambda: prioritas.realisasi([{"rencana": "A", "status": "entah"}]), "realisasi-status"),
        (lambda: prioritas.realisasi([{"status": "sudah"}]), "rtl-tanpa-kegiatan"),
        (lambda: prioritas.realisasi([{"rencana": "A", "sttus": "sudah"}]), "rtl-kunci"),
        (prioritas.horizon, "jangka-kosong"),
        (lambda: prioritas.horizon(-1), "cacah-terlalu-kecil"),
        (lambda: prioritas.horizon(mulai="2025", selesai="2024"), "jangka-terbalik"),
        (lambda: skm.priorities(score_of(waktu=1), k=0), "cacah-terlalu-kecil"),
    ],
)  # fmt: skip
def test_bad_inputs(call: Any, code: str) -> None:
    """Each with its own code, in both languages."""
    with pytest.raises(SKMError) as caught:
        call()
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_results_show_and_travel(wonoasih: Any) -> None:
    """JSON, frames, HTML, plain repr."""
    p, r = skm.priorities(wonoasih), prioritas.rencana(PLAN, wonoasih)
    s = prioritas.realisasi([{"rencana": "A", "status": "v"}])
    json.dumps([x.to_dict("en") for x in (p, r, s)])
    assert list(r.to_frame()["tw1"]) == [True, False, True, False, False]
    for x in (p, r, s):
        assert "<table>" in x._repr_html_()
        assert repr(x) == x.table("id").to_text()


# --- the lowest unsur, honestly ---


def test_answers_tell_which_unsur_cannot_be_told_apart() -> None:
    """A survey in place of a result adds what the sample cannot order; the result's own ranking stays."""
    answers = skm.read(skm.contoh())
    p = skm.priorities(answers)
    assert [r.id for r in p.utama] == [r.id for r in skm.priorities(skm.score(answers)).utama]
    assert [r.id for r in p.setara] == ["prosedur"]
    assert p.kalimat_setara("id").startswith("Prosedur adalah unsur terendah")
    assert p.to_dict()["setara"] == ["prosedur"]
    assert p.to_frame()["setara"].tolist() == [r.setara for r in p.baris]
    assert skm.priorities(skm.score(answers)).kalimat_setara() == ""
    assert "Setara terendah" in p.table("id").to_text()
    json.dumps(p.to_dict("en"), allow_nan=False)


def test_few_respondents_order_nothing() -> None:
    """Ten respondents with small differences: every unsur may be the lowest, and the plan is told."""
    draw = random.Random(4)
    rows = [{f"u{j}": draw.choice((3, 4)) for j in range(1, 10)} for _ in range(10)]
    p = skm.priorities(rows, k=1)
    assert len(p.setara) == 9
    assert "prioritas-setara" in codes(p)
    assert "tidak dapat dibedakan" in p.kalimat_setara("id")


def test_a_census_orders_every_unsur() -> None:
    """All people served were asked: only equal unsur stay together."""
    rows = [{f"u{j}": 4 if i < j else 3 for j in range(1, 10)} for i in range(20)]
    assert len(skm.priorities(rows, population=20).setara) == 1


def test_counts_and_results_still_do() -> None:
    """Counts hold no respondents: the ranking comes, the comparison does not."""
    p = skm.priorities(skm.tally(skm.read(skm.contoh())))
    assert p.perbandingan is None
    assert p.setara == ()
    assert [r.setara for r in p.baris] == [None] * 9


def report_paragraphs(data: Any, lang: str, **options: Any) -> tuple[Any, list[list[str]]]:
    """The material, and the paragraphs of the report and of the follow-up report made of it."""
    from skm.report import compile as material
    from skm.report._follow_up import KERANGKA
    from skm.report.chapters.assemble import assemble
    from skm.report.chapters.blocks import Paragraph

    known = {} if hasattr(data, "kunci") else {"u8": "sarana"}
    bahan = material(data, unit="Kecamatan Contoh", **known, **options)
    documents = [assemble(bahan, outline, lang) for outline in (None, KERANGKA)]
    return bahan, [[b.teks for b in document.blok if isinstance(b, Paragraph)] for document in documents]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("case", ["few", "tied", "census", "counts", "alike"])
def test_report_and_plan_say_what_the_sample_cannot_order(lang: str, case: str) -> None:
    """The group beside the lowest stands in the report, in its plan, in the follow-up report and in the JSON."""
    draw = random.Random(4)
    rows = [{f"u{j}": draw.choice((3, 4)) for j in range(1, 10)} for _ in range(12)]
    if case == "tied":
        rows = [{f"u{j}": 2 if (i + j) % 2 and j < 3 else 3 if j < 3 else 4 for j in range(1, 10)} for i in range(40)]
    if case == "alike":
        rows = [dict.fromkeys((f"u{j}" for j in range(1, 10)), 2 + i % 3) for i in range(12)]
    data = skm.tally(rows, u8="sarana") if case == "counts" else rows
    bahan, documents = report_paragraphs(data, lang, **({"population": 12} if case == "census" else {}))
    sentence = bahan.priorities().kalimat_setara(lang)
    told = bahan.to_dict(lang)["prioritas"]
    assert told["kalimat_setara"] == sentence
    json.dumps(told, allow_nan=False)
    if case in ("counts", "alike"):
        assert not any(sentence in texts for texts in documents if sentence)
        return
    assert [texts.count(sentence) for texts in documents] == [2, 1]
    assert told["setara"] == [r.id for r in bahan.priorities().setara]
    expected = {
        "few": ("tidak dapat dibedakan", "told apart"),
        "tied": ("sama besar pada", "is shared by"),
        "census": ("bukan kebetulan sampel", "not chance in sampling"),
    }[case]
    assert expected[lang == "en"] in sentence
