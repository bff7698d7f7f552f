"""The page: what a person does without a mouse or a script, from a file to the zip, and that nothing is lost or leaked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import skm

pytest.importorskip("starlette", reason="the extra service is not installed")
pytest.importorskip("httpx", reason="the test client needs it")
pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from starlette.testclient import TestClient

    app = skm.service.create_app(temp=tmp_path_factory.mktemp("halaman"))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


class Page(HTMLParser):
    """Labels, fields, headings and images of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[dict[str, Any]] = []
        self.labels: set[str] = set()
        self.images: list[dict[str, Any]] = []
        self.scripts = 0
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if tag in ("input", "select", "textarea"):
            self.fields.append(given)
        elif tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        elif tag == "img":
            self.images.append(given)
        elif tag == "script" and not given.get("src"):
            self.scripts += 1


def upload(client: Any, name: str, content: bytes) -> Any:
    return client.post("/kerja", files={"berkas": (name, content)}, follow_redirects=True)


def test_from_a_file_to_the_zip(client: Any) -> None:
    shown = upload(client, "jawaban juli.xlsx", skm.contoh().read_bytes())
    assert "89,31" in shown.text
    assert "jawaban juli.xlsx" in shown.text
    place = shown.url.path
    chart = re.search(r'src="([^"]+/unduh/unsur-id\.svg)"', shown.text)
    assert chart is not None
    assert client.get(chart[1]).headers["content-type"] == "image/svg+xml"
    chosen = client.post(f"{place}/pilihan", data={"bobot": "0.111", "populasi": "3.441", "per": "layanan"})
    assert "89,22" in chosen.text
    assert "--bobot 0.111" in chosen.text
    assert "bobot=&#39;0.111&#39;" in chosen.text
    kept = client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh", "tidak.ada": "x"})
    assert 'value="Kecamatan Contoh"' in kept.text
    client.post(f"{place}/dokumen", data={"jenis": ["json", "xlsx"]})
    for _ in range(600):
        told = client.get(f"{place}/status").text
        if 'data-status="jalan"' not in told:
            break
        time.sleep(0.1)
    assert 'data-status="selesai"' in told
    assert client.get(f"{place}/unduh/laporan-skm.zip").content[:2] == b"PK"
    client.post(f"{place}/hapus")
    assert client.get(place).status_code == 404


def test_a_wrong_file_says_what_to_do_and_keeps_what_was_entered(client: Any) -> None:
    shown = upload(client, "salah.csv", b"a;b\n1;2\n")
    place = shown.url.path
    assert shown.status_code == 422
    assert 'role="alert"' in shown.text
    client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh"})
    client.post(f"{place}/pilihan", data={"nilai_kosong": "0;-"})
    again = client.get(place).text
    assert 'value="Kecamatan Contoh"' in again
    assert 'value="0;-"' in again
    assert client.post("/kerja", data={"x": "1"}).status_code == 422


def test_what_was_handed_over_is_not_handed_out(client: Any) -> None:
    shown = upload(client, "jawaban.xlsx", skm.contoh().read_bytes())
    place = shown.url.path
    for name in ("jawaban.xlsx", "pilihan.json", "fakta.json", "masukan", "..%2f..%2fetc%2fpasswd", "%2e%2e"):
        assert client.get(f"{place}/unduh/{name}").status_code in (404, 422)
    assert client.get("/aset/..%2f..%2fregulasi%2fpermenpanrb-14-2017.toml").status_code in (404, 422)
    assert client.get("/aset/dasar.html.j2").status_code == 404


def test_names_of_files_are_text_and_never_markup(client: Any) -> None:
    shown = upload(client, "<img src=x onerror=alert(1)>.csv", b"a;b\n1;2\n")
    assert "<img src=x" not in shown.text


@pytest.mark.parametrize(
    "path", ["/", "/sampel?populasi=3.441&n=341", "/audit", "/tren", "/kompilasi", "/kit", "/dokumen"]
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_is_whole_in_both_languages(client: Any, path: str, lang: str) -> None:
    client.cookies.set("skm_lang", lang)
    answer = client.get(path)
    client.cookies.delete("skm_lang")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    page = Page(answer.text)
    assert not page.scripts
    assert not page.handlers
    named = [f for f in page.fields if f.get("type") != "hidden"]
    assert all(f.get("id") in page.labels or f.get("aria-label") for f in named)
    assert answer.text.count("<h1>") == 1


def test_charts_have_words(client: Any) -> None:
    page = Page(client.post("/kerja", data={"contoh": "1"}).text)
    assert len(page.images) >= 3
    assert all(len(str(image.get("alt"))) > 20 for image in page.images)


def test_the_language_switch_stays_inside(client: Any) -> None:
    for back in ("//evil.example", "/\\evil.example", "https://evil.example"):
        answer = client.post("/bahasa", data={"lang": "en", "kembali": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    client.cookies.clear()


def test_audit_trend_and_kit(client: Any) -> None:
    pasted = "Unsur;Nilai\n" + "\n".join(f"U{i};3,{40 + i}" for i in range(1, 10)) + "\nIKM;99,17\n"
    judged = client.post("/audit", data={"teks": pasted}).text
    assert "99,17" in judged
    assert 'class="kesalahan"' in judged
    assert "Apa yang dibaca dari hasil ini" in judged
    trend = client.post("/tren", data={"teks": "2024-S1 = 85,10\n2024-S2\t86,20\n"}).text
    assert "86,20" in trend
    assert client.post("/tren", data={"teks": "tidak begitu"}).text.count('role="alert"') == 1
    assert client.post("/kit", data={"unit": "Kecamatan Contoh"}).content[:2] == b"PK"


@pytest.mark.parametrize("name", ["02_google_form_3_semester.xlsx", "08_emoji_puas.xlsx", "15_rekap_cacah.xlsx"])
def test_real_files_are_shown_or_asked_about(client: Any, shared_data: Path, name: str) -> None:
    path = shared_data / "kantor" / name
    shown = upload(client, name, path.read_bytes())
    assert shown.status_code in (200, 422)
    assert "cacat-internal" not in shown.text


def test_files_of_many_units_become_a_compilation(client: Any) -> None:
    header = ";".join(f"U{i}" for i in range(1, 10))
    rows = [";".join(str(3 + (k + i) % 2) for i in range(9)) for k in range(12)]
    content = "\n".join([header, *rows]).encode()
    files = [("berkas", (f"Dinas {name}.csv", content)) for name in ("A", "B")] + [
        ("berkas", ("Dinas C.xlsx", b"rusak"))
    ]
    answer = client.post("/v1/rekap", files=files, data={"opsi": '{"cara": "simple", "u8": "sarana"}'}).json()
    assert answer["galat"] is None
    assert answer["hasil"]["tertulis"] == []
    assert answer["peringatan"]
    begun = client.post("/kompilasi", files=files, data={"cara": "simple"})
    # Neither the wait nor the way back to it loses anything: the form stands beside what tells how far it is.
    assert '<option value="simple" selected>' in begun.text
    shown = when_collected(client, begun)
    assert "Dinas A" in shown
    place = re.search(r'href="(/kompilasi/[^"]+\.zip)"', shown)
    assert place is not None
    assert client.get(place[1]).content[:2] == b"PK"
    # Both languages, and loading again, from what is kept; what was entered stands in the form.
    again = when_collected(client, client.get(place[1].split("/unduh")[0] + "?lang=en"))
    assert "Dinas A" in again
    assert '<option value="simple" selected>' in again
    listed = {"daftar": ("unit.csv", b"unit;populasi\nDinas A;100\nDinas D;50\n")}
    answer = when_collected(client, client.post("/kompilasi", files=[*files, *listed.items()]))
    assert "Dinas D" in answer


def when_collected(client: Any, begun: Any) -> str:
    """What the compilation's page shows once the work is done; until then it tells of every file that was read."""
    place, told = begun.url.path, begun.text
    for _ in range(600):
        if 'data-status="jalan"' not in told:
            break
        assert re.search(r'<progress max="[3-5]" value="\d"', told), told
        time.sleep(0.05)
        told = client.get(f"{place}/status").text
    return str(client.get(place + (f"?{begun.url.query.decode()}" if begun.url.query else "")).text)


def test_a_compilation_that_is_refused_is_told_and_can_be_asked_again(client: Any) -> None:
    begun = client.post("/kompilasi", data={"cara": "simple"})
    assert "layanan-tanpa-berkas" in when_collected(client, begun)
    rows = ("U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 12).encode()
    again = client.post(f"/kompilasi?dari={begun.url.path.split('/')[2]}", files={"berkas": ("Dinas A.csv", rows)})
    assert again.url.path == begun.url.path
    assert "Dinas A" in when_collected(client, again)


def test_a_compilation_leaves_word_of_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from skm.service import tasks
    from skm.service.jobs import STEP

    rows = "U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 12
    paths = []
    for name in "ABC":
        paths.append(tmp_path / f"Siti {name}.csv")
        paths[-1].write_text(rows, encoding="utf-8")
    words: list[str] = []
    leave = tasks.step

    def noted(*said: Any) -> None:
        leave(*said)
        words.append((tmp_path / STEP).read_text(encoding="utf-8"))

    monkeypatch.setattr(tasks, "step", noted)
    assert tasks.compilation("id", str(tmp_path), [str(p) for p in paths], {"cara": "simple"})["hasil"]
    # Numbers only: a file is often named after a person.
    assert words == ["baca 0 5", "baca 1 5", "baca 2 5", "baca 3 5"]


def place_of(client: Any, text: str, name: str = "jawaban.csv") -> str:
    return str(upload(client, name, text.encode()).url.path)


ROWS = ["4;3;4;;4;3;4;4;3;4", "3;3;;4;4;3;4;4;3;4", "4;3;3;;4;3;4;4;3;4"]
SPLIT = "Persyaratan;Prosedur;Waktu penyelesaian (online);Waktu penyelesaian (loket);Biaya;Produk;Kompetensi;Perilaku;Pengaduan;Sarana"
WEAK = "No;Syarat;Alur;Lama;Tarif;Hasil;Kecakapan;Sikap;Komplain;Gedung"
FULL = ["1;4;3;4;4;3;4;4;3;4", "2;3;3;4;4;3;4;4;3;4", "3;4;3;3;4;3;4;4;3;4"]


def test_a_printed_result_handed_over_as_answers_is_one_step_from_its_audit(client: Any) -> None:
    rows = "".join(f"<tr><td>U{i}</td><td>3,4{i}</td></tr>" for i in range(1, 10))
    page = f"<html><body><table><tr><th>Unsur</th><th>Nilai</th></tr>{rows}</table><p>Nilai IKM 99,17</p></body></html>"
    shown = upload(client, "hasil.xls", page.encode())
    assert (shown.status_code, "skm audit" in shown.text) == (422, False)
    judged = client.post(re.search(r'action="([^"]+/telaah)"', shown.text)[1])  # type: ignore[index]
    assert judged.url.path.startswith("/audit/")
    assert "ikm-di-atas-unsur-tertinggi" in judged.text
    assert "hasil.xls" in client.get(shown.url.path).text


def test_a_file_that_cannot_be_judged_takes_nothing_from_the_others(client: Any) -> None:
    good = "Unsur;Nilai\n" + "\n".join(f"U{i};3,4{i}" for i in range(1, 10)) + "\nIKM;99,17\n"
    files = [("berkas", ("baik.csv", good.encode())), ("berkas", ("foto.xlsx", b"\xff\xd8\xff\xe0" + b"x" * 900))]
    shown = client.post("/audit", files=files)
    assert shown.status_code == 200
    assert "ikm-di-atas-unsur-tertinggi" in shown.text
    assert "publikasi-gambar" in shown.text
    assert "skm audit --contoh" not in shown.text
    assert client.post("/audit", files=files[1:]).status_code == 422


def test_zero_may_be_a_blank_or_the_lowest_code(client: Any) -> None:
    """Where nobody gave the highest answer, both meanings are offered, and the figure is that of the one chosen."""
    header = ";".join(f"U{i}" for i in range(1, 10))
    codes = [[(2 * k + i) % 4 for i in range(9)] for k in range(12)]
    place = place_of(client, "\n".join([header, *(";".join(map(str, row)) for row in codes)]))
    asked = client.get(place).text
    assert 'type="radio" name="nilai_kosong" value="konversi=0-3"' in asked
    chosen = client.post(f"{place}/pilihan", data={"nilai_kosong": "konversi=0-3", "u8": "sarana"})
    assert chosen.status_code == 200
    assert "--konversi 0-3" in chosen.text
    right = skm.score_counts({f"u{i + 1}": [sum(row[i] == c for row in codes) for c in range(4)] for i in range(9)})
    assert str(right.ikm).replace(".", ",") in chosen.text
    with_fours = place_of(client, "\n".join([header, ";".join("034434343"), ";".join("434434343")]))
    again = client.get(with_fours).text
    assert 'type="checkbox" name="nilai_kosong" value="0"' in again
    assert "konversi=0-3" not in again


def test_columns_of_one_question_are_joined_when_told(client: Any) -> None:
    place = place_of(client, "\n".join([SPLIT, *ROWS]))
    shown = client.get(place)
    assert shown.status_code == 422
    key = re.search(r'name="usul" value="([0-9a-f]{16})"', shown.text)
    assert key is not None
    done = client.post(f"{place}/pilihan", data={"usul": key[1]})
    assert done.status_code == 200
    assert str(skm.score(skm.read([dict(zip("abcdefghi", map(int, r.replace(";;", ";").split(";")), strict=True)) for r in ROWS],
        kuesioner=dict(zip(("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"), "abcdefghi", strict=True)))).ikm).replace(".", ",") in done.text  # fmt: skip
    assert "--perbaikan perbaikan.csv" in done.text
    assert b"gabung-kolom" in client.get(f"{place}/unduh/perbaikan.csv").content
    undone = client.post(f"{place}/perbaikan", data={})
    assert undone.status_code == 422


def test_repairs_are_accepted_and_taken_back(client: Any) -> None:
    header = "Pekerjaan;Usia;" + ";".join(f"U{i}" for i in range(1, 10))
    jobs = ["Wiraswasta"] * 4 + ["wiraswasta", "PNS", "PNS", "PNS", "PNS", "PNS"]
    text = "\n".join(
        [header, *(f"{job};{30 + k};" + ";".join("3434343" + "43"[k % 2] + "4") for k, job in enumerate(jobs))]
    )
    place = place_of(client, text)
    before = client.get(place).text
    key = re.search(r'value="([0-9a-f]{16})"> <span>pekerjaan: &#34;wiraswasta&#34;', before)
    assert key is not None
    after = client.post(f"{place}/perbaikan", data={"usul": key[1]}).text
    assert f'value="{key[1]}" checked' in after
    assert client.get(f"{place}/unduh/perbaikan.csv").status_code == 200
    assert client.post(f"{place}/perbaikan", data={}).text.count(f'value="{key[1]}" checked') == 0
    assert client.get(f"{place}/unduh/perbaikan.csv").status_code == 404


def test_doubtful_columns_are_answered_step_by_step_or_by_a_map(client: Any) -> None:
    place = place_of(client, "\n".join([WEAK, *FULL]))
    told = {"terima|prosedur": "prosedur", "terima|produk": "produk", "terima|perilaku": "perilaku"}
    again = client.post(f"{place}/pilihan", data=told).text
    # The next question is put, with what was answered before kept beside it.
    assert "tanpa-waktu" in again
    assert set(re.findall(r'type="hidden" name="terima" value="([^"]+)"', again)) == set(told.values())
    columns = dict(
        zip(
            ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"),
            WEAK.split(";")[1:],
            strict=True,
        )
    )
    done = client.post(f"{place}/kolom", data={f"kolom|{k}": v for k, v in columns.items()})
    assert done.status_code == 200
    # The same next semester: the answers come along with the file, and nothing is asked.
    answers = client.get(f"{place}/unduh/keputusan.toml").content
    files = [("berkas", ("semester2.csv", "\n".join([WEAK, *FULL]).encode())), ("berkas", ("keputusan.toml", answers))]
    fresh = client.post("/kerja", files=files)
    assert fresh.status_code == 200
    assert "--keputusan keputusan.toml" in fresh.text
    forgotten = client.post(f"{place}/kolom", data={"lupakan": "1"})
    assert forgotten.status_code == 422
    twice = client.post(f"{place}/kolom", data={"kolom|waktu": "Lama", "kolom|biaya": "Lama"})
    assert "layanan-peta-ganda" in twice.text


def test_a_missing_unsur_is_found_among_the_columns_nobody_understood(client: Any) -> None:
    header = "Nama;NIK;Persyaratan;Prosedur;Waktu;Biaya;Produk;Kompetensi;Perilaku;Pengaduan;Gedungnya"
    rows = [f"Warga {k};357401123456789{k};" + ";".join("343434343") for k in range(3)]
    place = place_of(client, "\n".join([header, *rows]))
    asked = client.get(place).text
    assert 'value="kolom=sarana=Gedungnya"' in asked
    # A person's column is never offered.
    assert "=Nama" not in asked
    assert "<option>NIK" not in asked
    done = client.post(f"{place}/pilihan", data={"terima|sarana": "kolom=sarana=Gedungnya"})
    names = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    expected = skm.score([dict(zip(names, map(int, "343434343"), strict=True))] * 3)
    assert str(expected.ikm).replace(".", ",") in done.text
    assert client.get(f"{place}/unduh/keputusan.toml").status_code == 200


@pytest.mark.parametrize("text", ["U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 4])
def test_answers_without_any_characteristic_have_a_figure(client: Any, text: str) -> None:
    shown = upload(client, "polos.csv", text.encode())
    assert shown.status_code == 200
    assert str(skm.score([{f"U{i}": 3 + (i + 1) % 2 for i in range(1, 10)}] * 4).ikm).replace(".", ",") in shown.text


def test_a_printed_recap_is_judged_where_it_was_dropped(client: Any, shared_data: Path) -> None:
    path = shared_data / "pekalongan-arpus-2025" / "olah_data_skm.csv"
    shown = upload(client, path.name, path.read_bytes())
    assert shown.status_code == 200
    for unit, publication in skm.read(path).items():
        assert skm.audit(publication).headline("id") in shown.text, unit


def test_unknown_labels_get_their_levels_by_choosing(client: Any) -> None:
    names = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
    rows = [";".join(["3"] * 3 + [word] + ["4"] * 5) for word in ("Murah benar", "Mahal benar", "Murah benar")]
    place = place_of(client, "\n".join([";".join(names), *rows]))
    assert 'name="label|biaya|Murah benar"' in client.get(place).text
    done = client.post(f"{place}/pilihan", data={"label|biaya|Murah benar": "4", "label|biaya|Mahal benar": "1"})
    expected = skm.score([dict(zip(names, (3, 3, 3, b, 4, 4, 4, 4, 4), strict=True)) for b in (4, 1, 4)])
    assert str(expected.ikm).replace(".", ",") in done.text
    assert b"murah benar" in client.get(f"{place}/unduh/keputusan.toml").content


def test_missing_codes_add_up_and_another_sheet_can_be_all_sheets(client: Any, shared_data: Path) -> None:
    path = shared_data / "kantor" / "18_kosong_strip_nol.xlsx"
    place = upload(client, path.name, path.read_bytes()).url.path
    part = client.post(f"{place}/pilihan", data={"nilai_kosong": ["Tidak tahu"]})
    assert part.status_code == 422
    assert 'type="hidden" name="nilai_kosong" value="Tidak tahu"' in part.text
    whole = client.post(f"{place}/pilihan", data={"nilai_kosong": ["Tidak tahu", "0", "-"]})
    assert str(skm.score(skm.read(path, nilai_kosong=["Tidak tahu", 0, "-"])).ikm).replace(".", ",") in whole.text
    assert "--nilai-kosong=-" in whole.text
    sheets = shared_data / "kantor" / "04_sheet_per_layanan.xlsx"
    place = upload(client, sheets.name, sheets.read_bytes()).url.path
    both = client.post(f"{place}/pilihan", data={"lembar": "unit_dari=lembar"})
    assert str(skm.score(skm.read(sheets, unit="lembar")).ikm).replace(".", ",") in both.text


def test_the_periods_of_a_file_are_offered(client: Any, shared_data: Path) -> None:
    path = shared_data / "kantor" / "02_google_form_3_semester.xlsx"
    shown = upload(client, path.name, path.read_bytes())
    assert 'name="periode" value="2026-S1"' in shown.text
    one = client.post(f"{shown.url.path}/pilihan", data={"periode": "2026-S1"}).text
    assert str(skm.score(skm.read(path).period("2026-S1")).ikm).replace(".", ",") in one
    assert '<option value="2026-S1" selected>' in one
    all_rows = client.post(f"{shown.url.path}/pilihan", data={"periode": "semua"}).text
    assert "--periode semua" not in all_rows
    assert str(skm.score(path).ikm).replace(".", ",") in all_rows


def test_a_file_handed_over_twice_is_told(client: Any) -> None:
    content = ("U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 4).encode()
    files = [("berkas", (name, content)) for name in ("juli.csv", "juli (1).csv")]
    assert "terhitung dua kali: juli (1).csv, juli.csv" in client.post("/kerja", files=files).text


def test_one_wrong_file_is_taken_out_and_the_rest_stands(client: Any) -> None:
    shown = upload(client, "jawaban.xlsx", skm.contoh().read_bytes())
    place = shown.url.path
    client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh"})
    worse = client.post(f"{place}/berkas", files={"berkas": ("salah.csv", b"a;b\n1;2\n")})
    assert worse.status_code == 422
    assert 'value="Kecamatan Contoh"' in worse.text
    assert client.post(f"{place}/berkas", data={"x": "1"}).status_code in (200, 422)
    better = client.post(f"{place}/buang", data={"nama": "salah.csv"})
    assert "89,31" in better.text
    assert 'value="Kecamatan Contoh"' in better.text


def test_facts_that_cannot_be_understood_are_told_and_kept(client: Any) -> None:
    place = client.post("/kerja", data={"contoh": "1"}).url.path
    shown = client.post(f"{place}/fakta", data={"unit": "Kecamatan Contoh", "populasi": "banyak sekali"}).text
    assert 'role="alert"' in shown
    assert 'value="banyak sekali"' in shown
    assert 'value="Kecamatan Contoh"' in shown
    assert 'role="alert"' not in client.get(place).text


def test_what_was_pasted_survives_going_back_and_the_other_language(client: Any) -> None:
    shown = client.post("/audit", data={"teks": "Unsur;Nilai\nU1;3,47\nIKM;99,17\n"})
    assert shown.url.path.startswith("/audit/")
    english = client.get(f"{shown.url.path}?lang=en").text
    assert "U1;3,47" in english
    assert '<html lang="en">' in english
    wrong = client.post("/tren", data={"teks": "tidak begitu"})
    assert "tidak begitu</textarea>" in wrong.text
    back = client.post("/bahasa", data={"lang": "en", "kembali": str(shown.url.path)}, follow_redirects=False)
    assert back.headers["location"] == shown.url.path
    client.cookies.clear()


def test_a_trend_takes_files_that_tell_their_period(client: Any) -> None:
    import json

    stored = json.dumps({"hasil": {"keseluruhan": skm.score(skm.contoh()).to_dict()}}).encode()
    shown = client.post(
        "/tren", data={"teks": "2023-S1 = 80,10\n2024-S1 = hasil.json"}, files={"berkas": ("hasil.json", stored)}
    ).text
    assert "89,31" in shown
    assert "tren-id.svg" in shown


def test_one_blank_questionnaire_alone(client: Any) -> None:
    answer = client.post("/kit", data={"unit": "Kecamatan Contoh", "bagian": "kuesioner.docx"})
    assert answer.content[:2] == b"PK"
    assert "kuesioner.docx" in answer.headers["content-disposition"]


def test_wrong_addresses_are_a_page_for_people(client: Any) -> None:
    shown = client.get("/tidak-ada", headers={"Accept": "text/html"})
    assert shown.status_code == 404
    assert '<html lang="id">' in shown.text
    assert client.get("/tidak-ada").headers["content-type"] == "application/json"
