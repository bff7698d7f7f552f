"""The embedding contract: one JSON document in every case, by schemas that ship with the package."""

from __future__ import annotations

import copy
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.api.envelope.request import parse
from skm.cli import parser, run
from skm.errors import DataError, MissingDependencyError, SKMError

ROOT = Path(skm.__file__).parent.parent
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.json"))
EXAMPLE = str(skm.contoh())
SCHEMAS: dict[str, Any] = {
    name: json.loads((Path(skm.__file__).parent / "data" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("masukan", "hasil")
}

Call = Callable[..., tuple[int, Any]]


def strict(schema: Any) -> Any:
    """The same schema with every key that it does not name refused: what we emit must be written down."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        out.setdefault("additionalProperties", False)
    return out


INPUT = jsonschema.Draft202012Validator(SCHEMAS["masukan"])
OUTPUT = jsonschema.Draft202012Validator(strict(SCHEMAS["hasil"]))


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command with --json in this process; the document is checked against its schema."""
    monkeypatch.delenv("SKM_LANG", raising=False)
    monkeypatch.delenv("SKM_DEBUG", raising=False)

    def inner(*argv: str, masukan: Any = b"") -> tuple[int, Any]:
        content = masukan if isinstance(masukan, bytes) else json.dumps(masukan).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code = run([*argv, "--json"])
        out, err = capfdbinary.readouterr()
        assert err == b""
        assert out.isascii()
        assert out.endswith(b"\n")
        assert out.count(b"\n") == 1
        document = json.loads(out)
        OUTPUT.validate(document)
        assert (code == 2) == (document["galat"] is not None)
        return code, document

    return inner


WORDING = {"pesan", "petunjuk", "saran", "tampil"}


def masked(value: Any) -> Any:
    """Leave out what may change: the version, the wording of sentences (that there is one is kept), the last digits
    of statistics (figures of record are text and compared whole).
    """
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, dict):
        return {
            k: "*" if k in {"versi", "revisi"} else bool(v) if k in WORDING else masked(v) for k, v in value.items()
        }
    return [masked(item) for item in value] if isinstance(value, list) else value


# --- golden pairs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_golden_pair(call: Call, path: Path) -> None:
    """The same request gives the same document, wording and version aside."""
    pair = json.loads(path.read_text(encoding="utf-8"))
    argv = [word for word in pair["argumen"] if word != "--json"]
    code, document = call(*argv, masukan=b"" if pair["masukan"] is None else pair["masukan"])
    assert code == pair["kode_keluar"]
    assert masked(document) == masked(pair["keluaran"])
    if pair["masukan"] is not None:
        assert INPUT.is_valid(pair["masukan"]) == pair["masukan_sah"]


def test_golden_values_by_name() -> None:
    """The pairs hold what the published results say; nobody edits them to turn a test green."""
    told = {p.stem: json.loads(p.read_text(encoding="utf-8"))["keluaran"] for p in GOLDEN}
    assert len(told) >= 16
    pnri = told["cacah-perpustakaan-nasional-2023"]["hasil"]["keseluruhan"]
    assert (pnri["ikm"], pnri["ikm_tepat"], pnri["mutu"], pnri["n"]) == ("87.64", "147500/1683", "B", 187)
    assert told["rata-rata-payakumbuh-2020"]["hasil"]["keseluruhan"]["ikm"] == "87.56"
    ways = told["sampel-wonoasih"]["hasil"]["kecukupan"]
    assert (ways["required"], ways["shortfall"], ways["max_population"], ways["met_by"]) == (
        346,
        5,
        3071,
        ["tabel-bawah"],
    )
    groups = told["kelompok-sekaligus"]["hasil"]["kelompok"]
    assert (groups[0]["hasil"]["ikm"], groups[1]["hasil"]) == ("90.63", None)


def test_schemas_are_schemas() -> None:
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert SCHEMAS["hasil"]["properties"]["perintah"]["enum"] == [*parser.COMMANDS, "profil", "pekerjaan", None]


# --- what comes in --------------------------------------------------------------------------------------------------

NINE = {f"u{i}": i % 4 + 1 for i in range(1, 10)}
COUNTS = {"persyaratan": [0, 0, 1, 3], "waktu": [0, 1, 1, 2]}
GROUP: dict[str, Any] = {"kelompok": {"u": 1}, "jumlah": COUNTS}


def test_shapes_of_rows_agree(call: Call) -> None:
    """Records, columns, long rows, digits as text, and a CSV table: one figure."""
    rows = [NINE, {k: 5 - v for k, v in NINE.items()}, dict.fromkeys(NINE, 4)]
    columns = {k: [row[k] for row in rows] for k in NINE}
    long = [{"id": i, "unsur": k, "nilai": v} for i, row in enumerate(rows) for k, v in row.items()]
    text = [{k: str(v) for k, v in row.items()} for row in rows]
    csv = "\n".join([";".join(NINE), *(";".join(map(str, row.values())) for row in rows)]).encode()
    figures = []
    for content in ({"data": rows}, {"data": columns}, {"data": long}, {"data": text}, csv):
        code, document = call("hitung", "-", masukan=content)
        assert code == 0
        figures.append(document["hasil"]["keseluruhan"]["ikm_tepat"])
    assert len(set(figures)) == 1
    assert Fraction(figures[0]) == skm.score(rows, u8="pengaduan").ikm_tepat


def test_an_envelope_may_be_a_file_and_need_not_be_utf8_without_mark(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "minta.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(json.dumps({"jumlah": COUNTS, "fakta": {"unit": "é"}}, ensure_ascii=False).encode(encoding))
        assert call("hitung", str(path))[1]["hasil"]["keseluruhan"]["n"] == 4
        assert call("hitung", "-", masukan=path.read_bytes())[0] == 0


def test_a_header_row_with_a_bracket_is_a_table(call: Call) -> None:
    code, document = call("hitung", "-", masukan=b"[1] Persyaratan,[2] Waktu\n4,3\n")
    assert (code, document["hasil"]["keseluruhan"]["ikm"]) == (0, "87.50")


def test_counts_take_mappings_codes_and_own_keys(call: Call) -> None:
    direct = call("hitung", "-", masukan={"jumlah": COUNTS})[1]["hasil"]
    by_level = {"persyaratan": {"3": "1", "4": 3}, "waktu": {"2": 1, "3": 1, "4": 2}}
    assert call("hitung", "-", masukan={"jumlah": by_level})[1]["hasil"] == direct
    own = {
        "jumlah": {"q17": COUNTS["waktu"], "q1": COUNTS["persyaratan"]},
        "kuesioner": {"waktu": "q17", "persyaratan": "q1"},
    }
    assert (
        call("hitung", "-", masukan=own)[1]["hasil"]["keseluruhan"]["ikm_tepat"] == direct["keseluruhan"]["ikm_tepat"]
    )
    totals = {"total": {"q1": 15, "q17": 13}, "n": {"q1": 4, "q17": 4}, "kuesioner": own["kuesioner"]}
    assert (
        call("hitung", "-", masukan=totals)[1]["hasil"]["keseluruhan"]["ikm_tepat"]
        == direct["keseluruhan"]["ikm_tepat"]
    )


def test_many_groups_in_one_call(call: Call) -> None:
    groups = [
        {"kelompok": {"unit": f"K{i}"}, "jumlah": {f"U{k}": [0, 0, i, 40 - i] for k in range(1, 10)}, "populasi": 500}
        for i in range(40)
    ]
    code, document = call("hitung", "-", masukan={"jumlah": groups, "opsi": {"bobot": "0.111"}})
    hasil = document["hasil"]
    assert (code, len(hasil["kelompok"]), hasil["keseluruhan"]["n"]) == (0, 40, 1600)
    summed = {f"U{k}": [0, 0, sum(range(40)), sum(40 - i for i in range(40))] for k in range(1, 10)}
    assert hasil["keseluruhan"]["ikm"] == str(skm.score_counts(summed, bobot="0.111").ikm)
    for i, group in enumerate(hasil["kelompok"]):
        alone = skm.score_counts(groups[i]["jumlah"], bobot="0.111")  # type: ignore[arg-type]
        assert (group["kelompok"], group["hasil"]["ikm"]) == ({"unit": f"K{i}"}, str(alone.ikm))
        assert group["kecukupan"]["population"] == 500
    # What holds for every group is said once, without naming forty of them.
    assert [p["kode"] for p in document["peringatan"] if "kelompok" not in p] == ["u8-dianggap"]


def test_options_come_from_one_place(call: Call) -> None:
    ask = {"jumlah": COUNTS, "opsi": {"bobot": "2-desimal"}}
    inside = call("hitung", "-", masukan=ask)[1]["hasil"]
    outside = call("hitung", "-", "--bobot", "2-desimal", masukan={"jumlah": COUNTS})[1]["hasil"]
    assert inside == outside
    assert call("hitung", "-", "--bobot", "tepat", masukan=ask)[1]["galat"]["kode"] == "opsi-dua-kali"
    twice = {"jumlah": COUNTS, "populasi": 10}
    assert call("hitung", "-", "--populasi", "10", masukan=twice)[1]["galat"]["kode"] == "opsi-dua-kali"
    assert call("hitung", "-", "--lembar", "a", masukan=ask)[1]["galat"]["kode"] == "opsi-tanpa-lembar"
    for flag in ("--per=unit", "--profil", "--kosong=tolak", "--nilai-kosong=0"):
        assert (
            call("hitung", "-", flag, masukan={"rata_rata": {"waktu": "3"}})[1]["galat"]["kode"]
            == "masukan-tidak-berlaku"
        )


WRONG: list[tuple[str, Any, str, str | None]] = [
    ("bukan objek", [NINE], "masukan-bukan-objek", None),
    ("tanpa isi", {}, "masukan-isi", None),
    ("dua isi", {"data": [NINE], "jumlah": COUNTS}, "masukan-isi", None),
    ("kunci asing", {"jumlah": COUNTS, "option": {}}, "masukan-kunci-asing", "option"),
    ("opsi asing", {"jumlah": COUNTS, "opsi": {"bobott": 1}}, "masukan-kunci-asing", "opsi.bobott"),
    ("versi", {"versi_skema": "2", "jumlah": COUNTS}, "masukan-versi", "versi_skema"),
    ("opsi bukan objek", {"jumlah": COUNTS, "opsi": [1]}, "masukan-jenis-salah", "opsi"),
    ("bobot benar-salah", {"jumlah": COUNTS, "opsi": {"bobot": True}}, "masukan-jenis-salah", "opsi.bobot"),
    ("sel daftar", {"data": [{"u1": [1]}]}, "masukan-jenis-salah", "data[0].u1"),
    ("rekaman bukan objek", {"data": [3]}, "masukan-jenis-salah", "data[0]"),
    ("kolom bukan daftar", {"data": {"u1": 3}}, "masukan-jenis-salah", "data.u1"),
    ("tingkat asing", {"jumlah": {"waktu": {"5": 1}}}, "masukan-kunci-asing", "jumlah.waktu.5"),
    ("cacah objek", {"jumlah": {"waktu": "12"}}, "masukan-jenis-salah", "jumlah.waktu"),
    ("peta kosong", {"jumlah": COUNTS, "kuesioner": {}}, "masukan-kunci-hilang", "kuesioner.<unsur>"),
    ("peta angka", {"data": [NINE], "kuesioner": {"waktu": 3.5}}, "masukan-jenis-salah", "kuesioner.waktu"),
    ("kelompok kosong", {"jumlah": []}, "masukan-kunci-hilang", "jumlah[0]"),
    ("kelompok tanpa nama", {"jumlah": [{"jumlah": COUNTS}]}, "masukan-kunci-hilang", "jumlah[0].kelompok"),
    ("kelompok kunci asing", {"jumlah": [{**GROUP, "N": 3}]}, "masukan-kunci-asing", "jumlah[0].N"),
    ("fakta", {"jumlah": COUNTS, "fakta": "x"}, "masukan-jenis-salah", "fakta"),
    ("per angka", {"data": [NINE], "opsi": {"per": 3}}, "masukan-jenis-salah", "opsi.per"),
    ("nilai_kosong angka", {"data": [NINE], "opsi": {"nilai_kosong": 0}}, "masukan-jenis-salah", "opsi.nilai_kosong"),
    ("rata-rata daftar", {"rata_rata": {"waktu": [3]}}, "masukan-jenis-salah", "rata_rata.waktu"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "code", "path"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_shape_errors_name_the_place_and_the_schema_refuses_the_same(
    call: Call, ask: Any, code: str, path: str | None
) -> None:
    exit_code, document = call("hitung", "-", masukan=ask)
    assert (exit_code, document["galat"]["kode"]) == (2, code)
    assert (document["galat"]["lokasi"] or {}).get("jalur") == path
    assert not INPUT.is_valid(ask)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"jumlah": COUNTS, "n": 3}, "cacah-melebihi-n"),
        ({"jumlah": COUNTS, "opsi": {"pertanyaan": "responden"}}, "masukan-tidak-berlaku"),
        ({"jumlah": COUNTS, "opsi": {"kosong": "hanya-lengkap"}, "n": 5}, "lengkap-tidak-diketahui"),
        ({"total": {"waktu": 3}}, "masukan-tanpa-n"),
        ({"data": [NINE], "n": 3}, "masukan-tidak-berlaku"),
        ({"jumlah": [GROUP], "populasi": 3}, "masukan-populasi-kelompok"),
        ({"jumlah": [GROUP, GROUP]}, "masukan-kelompok-ganda"),
        ({"jumlah": [GROUP, {**GROUP, "kelompok": {"v": 1}}]}, "masukan-kelompok-beda"),
        ({"jumlah": COUNTS, "kuesioner": "/etc/kuesioner.toml"}, "masukan-jalur-berkas"),
        ({"jumlah": COUNTS, "opsi": {"regulasi": "../x.toml"}}, "masukan-jalur-berkas"),
        ({"rata_rata": {"waktu": "3,5"}, "populasi": 10}, "populasi-tanpa-n"),
        ({"rata_rata": {"waktu": "88"}}, "nrr-di-luar-skala"),
        ({"jumlah": COUNTS, "populasi": 3}, "n-melebihi-populasi"),
        ({"data": [{"u1": 3}], "opsi": {"profil": True}}, "profil-tidak-ada"),
        ({"data": [{"u1": 3}], "opsi": {"per": "unit"}}, "opsi-tidak-dikenal"),
    ],
)  # fmt: skip
def test_what_a_schema_cannot_say(call: Call, ask: Any, code: str) -> None:
    exit_code, document = call("hitung", "-", masukan=ask)
    assert (exit_code, document["galat"]["kode"]) == (2, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "berkas-kosong"),
        (b"{", "masukan-json-rusak"),
        (b'{"jumlah": {"waktu": [0,0,1,NaN]}}', "masukan-bukan-angka"),
        (b'{"jumlah": {"waktu": [0,0,1,1], "waktu": [0,0,0,1]}}', "masukan-kunci-ganda"),
        (b'{"data": ' + b"[" * 100_000, "masukan-json-batas"),
        (b'{"n": ' + b"9" * 5000 + b"}", "masukan-json-batas"),
        (b'{"jumlah": {"waktu": [0,0,1,1e400]}}', "masukan-json-batas"),
        (b"%PDF-1.7", "berkas-pdf"),
        (b"PK\x03\x04rusak", "buku-rusak"),
        (b"\x00\x01\x02", "berkas-bukan-teks"),
    ],
)
def test_bytes_that_are_no_request(call: Call, text: bytes, code: str) -> None:
    exit_code, document = call("hitung", "-", masukan=text)
    assert (exit_code, document["galat"]["kode"]) == (2, code)


INNER = st.sampled_from(["u1", "waktu", "3", "jumlah", "kelompok", "per", "bobot", "n", "x"])
leaves = st.none() | st.booleans() | st.integers(-3, 5000) | st.floats(allow_nan=False) | st.text(max_size=4)
json_values = st.recursive(
    leaves.filter(lambda v: v not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=3),
    max_leaves=8,
)
KEYS = ("versi_skema", "data", "jumlah", "total", "rata_rata", "n", "kuesioner", "opsi", "populasi", "fakta")


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=4))
def test_any_object_is_answered_and_never_a_defect(ask: dict[str, Any]) -> None:
    """Whatever stands in the envelope, the answer is a figure or a named error; what the schema refuses is refused."""
    stdin, stdout = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.TextIOWrapper(io.BytesIO(json.dumps(ask).encode())), io.StringIO()
    try:
        code = run(["hitung", "-", "--json"])
        document = json.loads(sys.stdout.getvalue())
    finally:
        sys.stdin, sys.stdout = stdin, stdout
    OUTPUT.validate(document)
    assert document["galat"] is None or document["galat"]["kode"] != "cacat-internal", (ask, document["galat"])
    if code == 0:
        assert INPUT.is_valid(ask)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=4))
def test_the_hand_written_check_raises_nothing_but_its_own_errors(ask: dict[str, Any]) -> None:
    with suppress(DataError):
        parse(json.dumps(ask).encode())


# --- what comes out -------------------------------------------------------------------------------------------------


def test_notes_are_findings_and_python_warnings_stay_inside(call: Call) -> None:
    rows = [{**NINE, "u5": None}]
    code, document = call("hitung", "-", masukan={"data": rows})
    assert code == 0
    kinds = {p["kode"]: p["tingkat"] for p in document["peringatan"]}
    assert kinds["unsur-tanpa-jawaban"] == "peringatan"
    code, _ = call("hitung", "-", "--gagal-jika", "peringatan", masukan={"data": rows})
    assert code == 1


def test_numbers_of_record_are_text_and_display_follows_the_language(call: Call) -> None:
    document = call("hitung", EXAMPLE)[1]["hasil"]["keseluruhan"]
    assert (document["ikm"], document["tampil"]["ikm"]) == ("89.31", "89,31")
    assert document["terendah"] == ["prosedur", "produk", "persyaratan"]
    english = call("hitung", EXAMPLE, "--lang", "en")[1]["hasil"]["keseluruhan"]
    assert (english["ikm"], english["tampil"]["ikm"], english["kinerja"]) == ("89.31", "89.31", "Very Good")


CALLS = (
    f"hitung {EXAMPLE} --per layanan --profil --populasi 3441",
    f"periksa {EXAMPLE}",
    f"petakan {EXAMPLE}",
    "sampel 3441",
    "sampel 3441 --n 0",
    "sampel 5 --n 5",
    "sampel 2000000 --n 384",
    "sampel 500 --tingkat 0,99",
    "audit wonoasih-2024-s2",
    "audit wonoasih-2024-s2 wonoasih-2024-s2",
    "audit --help",
    "demo",
    f"laporan {EXAMPLE} --out {{folder}} --unit Contoh --populasi 3441 --hanya json,xlsx",
    "laporan --contoh --out {folder}/fakta.xlsx",
    "laporan --help",
    "kinerja --contoh --out {folder}/kinerja.xlsx",
    f"rekap {EXAMPLE} --cara simple",
    f"gabung {EXAMPLE} --cara simple",
    "skema",
    "skema masukan",
    "skema hasil",
    "--help",
    "hitung --help",
    "--version",
)


@pytest.mark.parametrize("line", CALLS)
def test_every_command_keeps_its_schema(call: Call, line: str, tmp_path: Path) -> None:
    argv = line.replace("{folder}", str(tmp_path)).split()
    code, document = call(*argv)
    assert code == 0
    assert document["perintah"] == (argv[0] if argv[0] in parser.COMMANDS else None)


USAGE = {
    "": "perintah-hilang",
    "apa": "perintah-tidak-dikenal",
    "hitung --bobot": "opsi-tanpa-nilai",
    "hitung --json=x": "opsi-bernilai",
    "hitung": "argumen-hilang",
    "hitung a b": "argumen-asing",
    "hitung a --aneh": "opsi-asing",
    "--lang xx demo": "opsi-tidak-dikenal",
}


@pytest.mark.parametrize(("line", "code"), USAGE.items())
def test_usage_errors_are_documents_too(call: Call, line: str, code: str) -> None:
    assert call(*line.split())[1]["galat"]["kode"] == code
    assert set(USAGE.values()) >= parser.USAGE


CLASSES = {
    "MissingColumnError": ({"data": [{"a": 1, "b": 2}]}, "kolom-tidak-ada"),
    "InvalidAnswerError": ({"data": [{"u1": 7}]}, "jawaban-tidak-sah"),
    "EmptyDataError": ({"data": []}, "data-kosong"),
    "DataError": ({"jumlah": {"waktu": [1, 2]}}, "cacah-tingkat"),
    "OptionError": ({"jumlah": COUNTS, "opsi": {"pembulatan": "x"}}, "opsi-tidak-dikenal"),
    "RegulationError": ({"jumlah": COUNTS, "opsi": {"regulasi": "permenpan-1900"}}, "regulasi-tidak-ada"),
}


@pytest.mark.parametrize(("ask", "code"), CLASSES.values(), ids=CLASSES)
def test_every_error_class_of_the_data(call: Call, ask: Any, code: str) -> None:
    for lang in ("id", "en"):
        exit_code, document = call("hitung", "-", "--lang", lang, masukan=ask)
        assert (exit_code, document["galat"]["kode"]) == (2, code)
        assert document["galat"]["pesan"]


def test_the_other_error_classes(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, document = call("hitung", str(tmp_path / "tiada.xlsx"))
    assert (code, document["galat"]["kode"]) == (2, "berkas-tidak-ada")
    assert document["galat"]["lokasi"]["berkas"].endswith("tiada.xlsx")

    def needs_a_package(*_: Any, **__: Any) -> None:
        raise MissingDependencyError("berkas-kosong", berkas="x")

    monkeypatch.setattr("skm.cli.hitung.compute", needs_a_package)
    assert call("hitung", EXAMPLE)[0] == 2
    everything = {"SKMError"} | {c.__name__ for c in _below(SKMError)}
    assert everything == set(CLASSES) | {"UnreadableFileError", "MissingDependencyError", "SKMError"}


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def test_a_defect_is_a_document(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        msg = "Siti Aminah"
        raise RuntimeError(msg)

    monkeypatch.setattr("skm.cli.hitung.compute", broken)
    code, document = call("hitung", EXAMPLE)
    assert (code, document["galat"]["kode"]) == (2, "cacat-internal")
    assert "Siti" not in json.dumps(document)
    monkeypatch.setenv("SKM_DEBUG", "1")
    assert "Traceback" in call("hitung", EXAMPLE)[1]["galat"]["jejak"]


def test_a_document_that_cannot_be_written_as_json_is_a_defect_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skm.sampling.SampleSize.to_dict", lambda *_: {"n": float("nan")})
    assert call("sampel", "10")[1]["galat"]["kode"] == "cacat-internal"


# --- a process of its own -------------------------------------------------------------------------------------------


def spawn(code: str, masukan: Any, **env: str) -> subprocess.CompletedProcess[bytes]:
    base = {k: v for k, v in os.environ.items() if k not in {"SKM_LANG", "SKM_DEBUG"}} | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(masukan).encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=base | env,
    )


HEAVY = ("pandas", "scipy", "narwhals", "matplotlib", "openpyxl", "python_calamine", "tabulate", "jsonschema")


@pytest.mark.parametrize(
    "ask",
    [
        {"jumlah": COUNTS},
        {"data": [NINE | {"jk": "L"}], "opsi": {"per": "jk", "profil": True}},
        {"jumlah": [GROUP]},
        {"total": {"waktu": 7}, "n": 2},
        {"rata_rata": {"waktu": "3,5"}},
    ],
    ids=["cacah", "rekaman", "kelompok", "total", "rata-rata"],
)
def test_requests_load_no_heavy_library(ask: Any) -> None:
    """Counts and records reach the figure without pandas, SciPy, narwhals or matplotlib, and without tabulate."""
    code = (
        "import sys; from skm.cli import run; code = run(['hitung', '-', '--json']);"
        f"print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = spawn(code, ask)
    assert (done.returncode, done.stderr.strip()) == (0, b"[]")
    OUTPUT.validate(json.loads(done.stdout))


def test_help_and_schemas_load_not_even_numpy() -> None:
    code = (
        "import sys; from skm.cli import run; run(['hitung', '--help', '--json']); run(['skema', 'hasil', '--json']);"
        "print('numpy' in sys.modules, file=sys.stderr)"
    )
    assert spawn(code, None).stderr.strip() == b"False"


def test_stderr_stays_empty_whatever_python_wants_to_warn_of() -> None:
    """Warnings of this or any other package do not leak into a caller's log, even where Python is told to show all."""
    ask = {"data": [{**NINE, "u5": None}]}
    code = "import sys, warnings; warnings.simplefilter('always'); from skm.cli import run; "
    code += "sys.exit(run(['hitung', '-', '--json']))"
    done = spawn(code, ask, PYTHONWARNINGS="error")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "unsur-tanpa-jawaban" in done.stdout.decode()


def test_the_input_is_not_changed() -> None:
    ask = {"jumlah": copy.deepcopy(COUNTS)}
    before = json.dumps(ask)
    parse(json.dumps(ask).encode())
    assert json.dumps(ask) == before
