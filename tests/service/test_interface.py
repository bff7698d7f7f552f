"""The HTTP interface: the document of `--json` over HTTP, its statuses, limits, jobs, and what may reach it."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.basics.errors import DataError

pytest.importorskip("starlette", reason="the extra service is not installed")
pytest.importorskip("httpx", reason="the test client needs it")
pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")

COUNTS = {"jumlah": {"persyaratan": [0, 0, 118, 69], "prosedur": [0, 6, 93, 88]}}
ROWS = {"data": [{f"u{i}": 4 - (k + i) % 2 for i in range(1, 10)} | {"layanan": "KTP"} for k in range(30)]}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from starlette.testclient import TestClient

    app = skm.service.create_app(temp=tmp_path_factory.mktemp("layani"))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Any]:
    """A service that other computers may reach, with a token."""
    from starlette.testclient import TestClient

    app = skm.service.create_app(hosts=["survei.dinas.go.id"], token="rahasia-panjang", temp=tmp_path)
    with TestClient(app, base_url="http://survei.dinas.go.id") as opened:
        yield opened


def test_counts_give_what_the_command_gives(client: Any) -> None:
    answer = client.post("/v1/hitung", json=COUNTS)
    assert answer.status_code == 200
    document = answer.json()
    expected = skm.score_counts(COUNTS["jumlah"]).to_dict("id")
    assert document["hasil"]["keseluruhan"] == json.loads(json.dumps(expected))
    assert document["perintah"] == "hitung"
    assert document["galat"] is None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_refusals_are_422_with_code_and_path(client: Any, lang: str) -> None:
    answer = client.post(f"/v1/hitung?lang={lang}", json={"jumlah": {"waktu": [0, 0, "x", 1]}})
    assert answer.status_code == 422
    assert answer.json()["hasil"] is None
    assert answer.json()["galat"]["kode"]
    assert client.post("/v1/hitung", content=b"{").json()["galat"]["kode"] == "masukan-json-rusak"


def test_rows_profile_and_check(client: Any) -> None:
    assert client.post("/v1/periksa", json=ROWS | {"opsi": {"u8": "sarana"}}).json()["hasil"]["temuan"]
    assert client.post("/v1/profil", json=ROWS).status_code == 200
    assert client.post("/v1/profil", json=COUNTS).json()["galat"]["kode"] == "layanan-perlu-data"


def test_sample_audit_and_units(client: Any) -> None:
    size = client.post("/v1/sampel", json={"populasi": 3441, "n": 341}).json()["hasil"]
    assert size["ukuran"]["n"] == 346
    judged = client.post("/v1/audit", json={"unsur": {"U1": "3,47", "U2": "3,35"}, "ikm": "94,17", "n": 341}).json()
    assert judged["hasil"]["temuan"]
    units = [{"unit": name, "jumlah": COUNTS["jumlah"]} for name in ("A", "B")]
    whole = client.post("/v1/gabung", json={"satuan": units, "cara": "simple"}).json()["hasil"]
    assert whole["gabungan"]["ikm"] == "85.09"
    assert [row["kelompok"]["unit"] for row in whole["kelompok"]] == ["A", "B"]
    pooled = client.post("/v1/gabung", json={"satuan": units, "cara": "pooled"}).json()["hasil"]
    assert pooled["gabungan"]["ikm"] == "85.09"
    assert client.post("/v1/gabung", json={"satuan": units}).json()["galat"]["kode"] == "masukan-kunci-hilang"


def test_an_uploaded_file_is_scored_in_a_worker_and_deleted(client: Any) -> None:
    content = skm.contoh().read_bytes()
    answer = client.post("/v1/hitung", files={"berkas": ("../../a b.xlsx", content)}, data={"opsi": '{"profil": true}'})
    assert answer.json()["hasil"]["keseluruhan"]["ikm"] == "89.31"
    assert answer.json()["hasil"]["profil"]
    state = client.app.state.skm
    assert [p for p in state.desk.root.iterdir() if p.is_dir()] == []
    wrong = client.post("/v1/hitung", files={"berkas": ("a.csv", b"a;b\n1;2\n")})
    assert (wrong.status_code, wrong.json()["hasil"]) == (422, None)
    assert [p for p in state.desk.root.iterdir() if p.is_dir()] == []


def test_a_report_is_a_job_whose_result_is_a_zip(client: Any) -> None:
    facts = {"fakta": {"unit": "Kecamatan Contoh"}}
    started = client.post(
        "/v1/laporan", files={"berkas": ("a.xlsx", skm.contoh().read_bytes())}, data={"opsi": json.dumps(facts)}
    )
    assert started.status_code == 202
    place = started.headers["location"]
    for _ in range(600):
        told = client.get(place).json()["hasil"]
        if told["status"] != "jalan":
            break
        time.sleep(0.1)
    assert told["status"] == "selesai", told
    names = zipfile.ZipFile(io.BytesIO(client.get(f"{place}/hasil").content)).namelist()
    assert "laporan/laporan.docx" in names
    assert client.delete(place).status_code == 204
    assert client.get(place).json()["galat"]["kode"] == "layanan-kerja-tidak-ada"


@pytest.mark.parametrize(
    "body",
    [
        {"jumlah": {"waktu": [0, 2, 60, 38], "biaya": [0, 1, 40, 59]}},
        {"jumlah": [
            {"kelompok": {"layanan": name}, "jumlah": {"waktu": [0, 2, 60, 38], "biaya": [0, 1, 40, 59]}, "populasi": 900}
            for name in ("KTP", "KK")
        ]},
        {"rata_rata": {"waktu": "3,47", "biaya": "3,35"}, "n": 187},
    ],
    ids=["counts", "groups", "means"],
)  # fmt: skip
def test_a_report_of_what_has_no_respondents(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: dict[str, Any]
) -> None:
    """An application holds counts only; `skm laporan` writes their report, and so does the interface."""
    from skm.service import tasks

    def data_only(bahan: Any, folder: Path, **choices: Any) -> Any:  # the whole set is written by the test above
        return write(bahan, folder, **{**choices, "hanya": ["json"]})

    write = skm.report.write_report
    monkeypatch.setattr(skm.report, "write_report", data_only)
    content = json.dumps({**body, "fakta": {"unit": "Kecamatan Contoh"}}).encode()
    told = tasks.report_of_envelope("id", str(tmp_path), content)
    assert "galat" not in told, told
    (packed,) = tmp_path.rglob("*.zip")
    assert "laporan/hasil.json" in zipfile.ZipFile(packed).namelist()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:8766"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost:8766"}, 200),
        ({}, 200),
    ],
)
def test_other_sites_cannot_reach_it(client: Any, headers: dict[str, str], status: int) -> None:
    assert client.post("/v1/hitung", json=COUNTS, headers=headers).status_code == status


def test_a_token_opens_and_nothing_else_does(strict: Any) -> None:
    assert strict.post("/v1/hitung", json=COUNTS).status_code == 401
    assert strict.get("/").status_code == 401
    assert strict.get("/sehat").status_code == 200
    wrong, right = ({"Authorization": f"Bearer {t}"} for t in ("salah", "rahasia-panjang"))
    assert strict.post("/v1/hitung", json=COUNTS, headers=wrong).status_code == 401
    assert strict.post("/v1/hitung", json=COUNTS, headers=right).status_code == 200
    # A browser is asked for it once; from then on it shows it by itself, and no address holds it.
    led = strict.get("/", headers={"Accept": "text/html"}, follow_redirects=False)
    assert led.headers["location"] == "/masuk"
    assert strict.get("/masuk").status_code == 200
    assert strict.post("/masuk", data={"token": "salah"}).status_code == 401
    let_in = strict.post("/masuk", data={"token": "rahasia-panjang"}, follow_redirects=False)
    assert let_in.cookies["skm_token"] == "rahasia-panjang"
    assert strict.get("/").status_code == 200
    strict.cookies.clear()
    linked = strict.get("/?token=rahasia-panjang", follow_redirects=False)
    assert linked.headers["location"] == "/"


def test_hosts_need_a_token() -> None:
    with pytest.raises(DataError) as refused:
        skm.service.create_app(hosts=["survei.dinas.go.id"])
    assert refused.value.code == "layanan-perlu-token"


def test_too_large_is_413_by_its_word_and_by_its_weight(client: Any) -> None:
    limit = client.app.state.skm.settings.upload
    assert client.post("/v1/hitung", content=b"x", headers={"Content-Length": str(limit + 1)}).status_code == 413
    assert client.post("/v1/hitung", content=b"x", headers={"Content-Length": "banyak"}).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range((limit >> 20) + 2):
            yield b" " * (1 << 20)

    assert client.post("/v1/hitung", content=endless()).status_code == 413


def test_every_answer_forbids_frames_scripts_and_caches(client: Any) -> None:
    for answer in (client.get("/"), client.get("/tidak-ada"), client.post("/v1/hitung", json=COUNTS)):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_same_request_gives_the_same_answer(client: Any) -> None:
    """No state but jobs: a repeated call, and one after others, is answered alike to the byte."""
    asked = [lambda: client.post("/v1/hitung", json=COUNTS), lambda: client.post("/v1/sampel", json={"populasi": 99})]
    asked.append(lambda: client.post("/v1/hitung", files={"berkas": ("a.xlsx", skm.contoh().read_bytes())}))
    first = [ask().content for ask in asked]
    assert [ask().content for ask in asked] == first


def test_a_compilation_with_documents_is_a_job(client: Any) -> None:
    content = ("U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 12).encode()
    files = [("berkas", (f"Dinas {name}.csv", content)) for name in "AB"]
    options = {"dokumen": True, "cara": "simple", "u8": "sarana", "daftar": ["Dinas A", "Dinas B", "Dinas C"]}
    started = client.post("/v1/rekap", files=files, data={"opsi": json.dumps(options)})
    assert started.status_code == 202
    place = started.headers["location"]
    assert client.get(f"{place}/hasil").status_code in (200, 409)
    for _ in range(600):
        told = client.get(place).json()["hasil"]
        if told["status"] != "jalan":
            break
        time.sleep(0.1)
    assert (told["status"], told["perintah"]) == ("selesai", "rekap"), told
    assert told["kemajuan"] == {"selesai": 4, "dari": 4}  # two files, the documents, the zip
    result = client.get(f"{place}/hasil")
    assert "kompilasi/kompilasi.docx" in zipfile.ZipFile(io.BytesIO(result.content)).namelist()
    listed = client.post("/v1/rekap", files=files, data={"opsi": json.dumps({**options, "dokumen": False})}).json()
    assert "Dinas C" in json.dumps(listed["hasil"])
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404


def test_a_form_brings_a_list_of_units_and_no_field_that_is_not_known(client: Any) -> None:
    """A field that nobody reads is refused: an option sent beside ``opsi`` would be lost in silence."""
    content = ("U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 12).encode()
    files = [("berkas", (f"Dinas {name}.csv", content)) for name in "AB"]
    listed = ("daftar", ("unit.csv", b"Unit;Populasi\nDinas A;100\nDinas C;50\n"))
    found = client.post("/v1/rekap", files=[*files, listed]).json()["hasil"]["baris"]
    assert [(r["unit"], r["status"], r["populasi"]) for r in found] == [
        ("Dinas A", "dihitung", 100), ("Dinas B", "di luar daftar", None), ("Dinas C", "belum melapor", 50),
    ]  # fmt: skip
    for where, field in (("rekap", "cara"), ("hitung", "bobot"), ("hitung", "daftar")):
        answer = client.post(f"/v1/{where}", files=files[:1], data={field: "simple"})
        assert (answer.status_code, answer.json()["galat"]["kode"]) == (422, "masukan-kunci-asing")


def test_wrong_addresses_and_methods_answer_as_the_document(client: Any) -> None:
    assert client.get("/v1/tidak").json()["galat"]["kode"] == "layanan-tidak-ada"
    assert client.get("/v1/hitung").json()["galat"]["kode"] == "layanan-cara"
    assert client.get("/v1/hitung").headers["allow"]


def test_the_log_holds_no_word_of_what_was_sent(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="skm.service"):
        client.post("/v1/hitung?siapa=Budi", json={"data": [{"nama": "Siti Aminah", "u1": 4}]})
        client.get("/unduh/Siti-Aminah")
    text = " ".join(r.getMessage() for r in caplog.records if r.name == "skm.service")
    assert "Aminah" not in text
    assert "Budi" not in text
    assert "POST" in text


def test_a_worker_that_dies_or_runs_late_takes_nothing_with_it(tmp_path: Path) -> None:
    import asyncio
    from dataclasses import replace

    from skm.service.pool import Workers
    from skm.service.settings import Settings

    async def trial() -> tuple[str, str, str, int]:
        workers = Workers(replace(Settings(), seconds=20.0, workers=1))
        try:
            try:
                died = await workers.run(os.abort)
            except skm.errors.SKMError as problem:
                died = problem.code
            late = Workers(replace(Settings(), seconds=0.5, workers=1))
            try:
                slow = await late.run(time.sleep, 30)
            except skm.errors.SKMError as problem:
                slow = problem.code
            finally:
                late.close()
            full = Workers(replace(Settings(), waiting=0))
            try:
                busy = await full.run(os.getpid)
            except skm.errors.SKMError as problem:
                busy = problem.code
            return died, slow, busy, await workers.run(os.getpid)
        finally:
            workers.close()

    died, slow, busy, alive = asyncio.run(trial())
    assert (died, slow, busy) == ("layanan-memori", "layanan-waktu", "layanan-sibuk")
    assert alive != os.getpid()


def test_folders_of_killed_services_are_cleared(tmp_path: Path) -> None:
    from skm.service.desk import Desk, harmless

    left = tmp_path / "skm-layani-abc"
    left.mkdir()
    (left / "pemilik").touch()  # locked by nobody: its owner is gone, whatever number the process had
    (left / "jawaban.xlsx").write_bytes(b"x")
    alive = Desk(tmp_path)
    elsewhere = tmp_path / "tujuan"
    elsewhere.mkdir()
    (tmp_path / "skm-layani-tautan").symlink_to(elsewhere, target_is_directory=True)
    desk = Desk(tmp_path)
    assert not left.exists()
    assert alive.root.exists()
    assert elsewhere.exists()
    assert desk.root.stat().st_mode & 0o077 == 0
    key = desk.open()
    assert desk.folder(key).stat().st_mode & 0o077 == 0
    for wrong in ("..", "a/b", "", key[:-1], "A" * 22):
        with pytest.raises(DataError):
            desk.folder(wrong)
    assert harmless("..\\..\\NIK 3574011234567890.xlsx").endswith(".xlsx")
    desk.close()
    alive.close()
    assert not desk.root.exists()


def test_openapi_is_made_of_the_shipped_schemas(client: Any) -> None:
    import jsonschema

    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    named = {path for path in described["paths"] if path.startswith("/v1/")}
    served = {route.path for route in client.app.routes if route.path.startswith("/v1/")}
    assert named == served
    schema = client.get("/v1/skema/masukan").json()
    jsonschema.validate(COUNTS, schema)
    result = client.get("/v1/skema/hasil").json()
    jsonschema.validate(client.post("/v1/hitung", json=COUNTS).json(), result)
    book = {"berkas": ("a.xlsx", skm.contoh().read_bytes())}
    units = {"satuan": [{"unit": "A", "jumlah": COUNTS["jumlah"]}], "cara": "simple"}
    answers = [
        client.post("/v1/sampel", json={"populasi": 10}),
        client.post("/v1/gabung", json=units),
        client.post("/v1/audit", json={"unsur": {"U1": "3,47"}, "ikm": "94,17"}),
        client.post("/v1/laporan", files=book),
        *(
            client.post(f"/v1/{name}", json=ROWS | {"opsi": {"u8": "sarana"}})
            for name in ("hitung", "periksa", "profil")
        ),
        *(client.post(f"/v1/{name}", files=book) for name in ("hitung", "periksa", "profil", "rekap")),
        client.post("/v1/hitung", content=b"["),
        client.get("/v1/tidak"),
    ]
    for answer in answers:
        jsonschema.validate(answer.json(), result)


def test_lines_answer_one_by_one_and_survive_bad_ones() -> None:
    from skm.service.lines import serve_lines

    lines = [
        json.dumps({"perintah": "hitung", "masukan": COUNTS, "id": 7}),
        "{rusak",
        json.dumps({"perintah": "terbang", "masukan": {}}),
        json.dumps({"perintah": "sampel", "masukan": {"populasi": 10}, "lang": "en"}),
    ]
    out = io.BytesIO()
    assert serve_lines(io.BytesIO("\n".join(lines).encode()), out, "id") == 4
    first, second, third, last = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["id"], first["hasil"]["keseluruhan"]["ikm"]) == (7, "85.09")
    assert second["galat"]["kode"] == "masukan-json-rusak"
    assert third["galat"]["kode"] == "opsi-tidak-dikenal"
    assert last["hasil"]["ukuran"]["n"] == 10


def test_lines_take_files_by_their_paths_and_collect_a_city(tmp_path: Path) -> None:
    """What the interface takes as an upload: files of answers, a recap of units, and its documents as a zip."""
    from skm.service.lines import serve_lines

    def asked(**line: Any) -> dict[str, Any]:
        out = io.BytesIO()
        serve_lines(io.BytesIO(json.dumps(line).encode()), out, "id")
        return dict(json.loads(out.getvalue()))

    rows = "U1;U2;U3;U4;U5;U6;U7;U8;U9\n" + "3;4;3;4;3;4;3;4;3\n" * 12 + "-;4;3;4;3;4;3;4;3\n"
    for name in "AB":
        (tmp_path / f"Dinas {name}.csv").write_text(rows, encoding="utf-8")
    paths = [str(tmp_path / f"Dinas {name}.csv") for name in "AB"]
    whole = asked(perintah="hitung", masukan={"berkas": paths, "opsi": {"nilai_kosong": "-"}})
    assert whole["hasil"]["keseluruhan"]["n"] == 26
    options = {"cara": "simple", "daftar": ["Dinas A", "Dinas B", "Dinas C"], "nilai_kosong": ["-"]}
    found = asked(perintah="rekap", masukan={"berkas": paths, "opsi": options}, id="r")
    assert (found["perintah"], found["id"], found["hasil"]["tertulis"]) == ("rekap", "r", [])
    assert found["hasil"]["gabungan"]["ikm"] == whole["hasil"]["keseluruhan"]["ikm"]
    assert "rekap-belum" in {note["kode"] for note in found["peringatan"]}
    written = asked(perintah="rekap", masukan={"berkas": paths, "opsi": options}, folder=str(tmp_path / "keluar"))
    (packed,) = written["hasil"]["tertulis"]
    assert "kompilasi/kompilasi.docx" in zipfile.ZipFile(packed).namelist()
    again = asked(perintah="rekap", masukan={"berkas": paths}, folder=str(tmp_path / "keluar"))
    assert again["galat"]["kode"] == "berkas-sudah-ada"


ODD: list[Any] = [
    None, True, 0, -1, 1e308, 10**30, 3.7, "", "Siti", "\0", "NaN", "../../etc/passwd", [], {}, [[]], [{}], [None], {"a": 1},
    {"": ""}, ["x"], "x" * 5000,
]  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "hitung": {
        "jumlah": [{"kelompok": {"layanan": "A"}, "jumlah": {"waktu": [0, 0, 3, 4]}, "n": 7, "populasi": 90}],
        "opsi": {"bobot": "tepat", "u8": "sarana", "kosong": "per-unsur"},
    },
    "periksa": {"data": [{f"u{i}": 3 for i in range(1, 10)}] * 3, "opsi": {"u8": "sarana", "nilai_kosong": [0]}},
    "profil": {"data": {f"u{i}": [3, 4] for i in range(1, 10)} | {"layanan": ["A", "B"]}, "opsi": {"profil": ["layanan"]}},
    "sampel": {"populasi": 900, "n": 120, "metode": "krejcie-morgan", "tingkat": 0.95, "margin": 0.05},
    "audit": {"unsur": {"U1": "3,4", "U2": 3.5}, "ikm": "85", "mutu": "B", "n": 10, "periode": "2026-S1", "unit": "A"},
    "gabung": {
        "satuan": [{"unit": "A", "jumlah": {"waktu": [0, 0, 1, 1]}, "n": 2}, {"unit": "B", "jumlah": {"waktu": [0, 1, 1, 1]}}],
        "cara": "weighted", "berat": {"A": 1, "B": 2}, "opsi": {"bobot": "tepat"},
    },
    "rekap": {"berkas": ["tidak-ada.csv"], "opsi": {
        "cara": "weighted", "berat": {"A": 1}, "daftar": {"A": 90}, "nilai_kosong": ["0"], "periode": "2026-S1", "u8": "sarana",
        "bobot": "tepat", "pembulatan": "nik-2", "kosong": "per-unsur", "ganda": "tahan", "luar_daftar": "sertakan", "kecil": 30,
    }},
}  # fmt: skip


def replaced(value: Any, put: Any) -> Iterator[Any]:
    """Give a body with one of its parts replaced, for every part."""
    yield put
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for inner in replaced(part, put):
            whole = value.copy()
            whole[key] = inner
            yield whole


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize("name", list(BODIES))
def test_no_part_of_a_body_is_a_defect_whatever_stands_there(name: str) -> None:
    """Every part of a right request, replaced by what it cannot be, is answered or refused with a reason."""
    from skm.service.lines import answer

    for odd in ODD:
        for body in replaced(BODIES[name], odd):
            line = json.dumps({"perintah": name, "masukan": body}).encode()
            told = json.loads(answer(line, "id", 1 << 20))
            assert told["galat"] is None or told["galat"]["kode"] != "cacat-internal", body


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"perintah": "rekap", "masukan": {}}, "masukan-kunci-hilang"),
        ({"perintah": "rekap", "masukan": {"berkas": "a.csv"}}, "masukan-jenis-salah"),
        ({"perintah": "rekap", "masukan": {"berkas": [1]}}, "masukan-jenis-salah"),
        ({"perintah": "rekap", "masukan": {"berkas": ["a.csv"], "opsi": []}, "folder": 3}, "masukan-jenis-salah"),
        ({"perintah": "rekap", "masukan": {"berkas": ["a.csv"], "opsi": "x"}}, "masukan-jenis-salah"),
        ({"perintah": "rekap", "masukan": {"berkas": ["a.csv"], "opsi": {"terbang": 1}}}, "masukan-kunci-asing"),
        ({"perintah": "rekap", "masukan": {"berkas": ["keputusan.toml"]}}, None),
        ({"perintah": "hitung", "masukan": {"berkas": ["tidak-ada.csv"]}}, None),
        ({"perintah": "hitung", "masukan": {"berkas": ["a\0b.csv"]}}, None),
        ({"perintah": "hitung", "masukan": {}, "folder": "x"}, "masukan-kunci-asing"),
        ({"perintah": ["rekap"], "masukan": {}}, "opsi-tidak-dikenal"),
    ],
)
def test_lines_that_cannot_be_answered_say_why(line: dict[str, Any], code: str | None) -> None:
    from skm.service.lines import answer

    told = json.loads(answer(json.dumps(line).encode(), "id", 1 << 20))
    assert told["hasil"] is None
    assert told["galat"]["kode"] != "cacat-internal"
    assert code in (None, told["galat"]["kode"]), told["galat"]


def test_mounted_into_another_application_links_stay_inside(tmp_path: Path) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.testclient import TestClient

    outer = Starlette(routes=[Mount("/skm", app=skm.service.create_app(temp=tmp_path))])
    with TestClient(outer, base_url="http://localhost") as opened:
        assert 'href="/skm/aset/gaya.css"' in opened.get("/skm/").text
        assert opened.post("/skm/v1/hitung", json=COUNTS).status_code == 200
        assert opened.get("/skm/openapi.json").json()["servers"] == [{"url": "/skm"}]
