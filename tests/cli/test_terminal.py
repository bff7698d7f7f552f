"""The command line as a person uses it: commands, options, words, terminals."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.cli import commands, run
from skm.cli.output import fit

ROOT = Path(skm.__file__).parent.parent
EXAMPLE = str(skm.contoh())

# argparse's own words; none of them may reach anybody who reads Indonesian.
ENGLISH = (
    "usage", "positional arguments", "options:", "show this help", "required", "unrecognized", "invalid choice",
    "expected one argument", "error:", "ignored explicit", "choose from", "ambiguous", "not allowed with", "argument ",
)  # fmt: skip

Outcome = tuple[int, str, str]
Call = Callable[..., Outcome]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in this process: exit code, standard output, standard error."""
    monkeypatch.delenv("SKM_LANG", raising=False)
    monkeypatch.delenv("SKM_DEBUG", raising=False)

    def inner(*argv: str, masukan: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(masukan)))
        code = run(argv)
        out, err = capsys.readouterr()
        return code, out, err

    return inner


def spawn(
    *argv: str, masukan: bytes = b"", flags: Sequence[str] = (), **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    base = {k: v for k, v in os.environ.items() if k not in {"SKM_LANG", "SKM_DEBUG", "PYTHONIOENCODING", "PYTHONUTF8"}}
    command = [sys.executable, *flags, "-m", "skm", *argv]
    return subprocess.run(
        command, input=masukan, capture_output=True, check=False, cwd=ROOT, env=base | {"PYTHONPATH": str(ROOT)} | env
    )


def write(path: Path, text: str, encoding: str = "utf-8") -> str:
    path.write_bytes(text.encode(encoding))
    return str(path)


HEADER = ",".join(f"U{i}" for i in range(1, 10))


def table(*rows: int, unit: str = "") -> str:
    """A small text table: every row answers all nine questions alike."""
    head = f"{HEADER},unit" if unit else HEADER
    lines = [",".join([str(level)] * 9) + (f",{unit[i]}" if unit else "") for i, level in enumerate(rows)]
    return "\n".join([head, *lines]) + "\n"


# --- hitung ---------------------------------------------------------------------------------------------------------


def test_hitung_prints_figure_notes_and_provenance(call: Call) -> None:
    code, out, err = call("hitung", EXAMPLE)
    assert (code, err) == (0, "")
    assert out.startswith("IKM 89,31 (A, Sangat Baik)\n")
    assert "Terendah: U2 Prosedur 3,35, U5 Produk 3,46, U1 Persyaratan 3,47." in out
    assert "1/9: 89,31 A; 0,111: 89,22 A; 0,11: 88,42 A" in out
    assert "permenpanrb-14-2017, bobot=tepat, pembulatan=nik-2, kosong=per-unsur" in out


def test_hitung_in_english(call: Call) -> None:
    for argv in (
        ("hitung", EXAMPLE, "--lang", "en"),
        ("--lang", "en", "hitung", EXAMPLE),
        ("hitung", EXAMPLE, "--lang=EN"),
    ):
        code, out, _ = call(*argv)
        assert code == 0
        assert out.startswith("IKM 89.31 (A, Very Good)\n")
        assert "Lowest:" in out


def test_language_of_the_environment(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKM_LANG", "en")
    assert call("hitung", EXAMPLE)[1].startswith("IKM 89.31")
    assert call("hitung", EXAMPLE, "--lang", "id")[1].startswith("IKM 89,31")


def test_everything_at_once(call: Call) -> None:
    code, out, _ = call("hitung", EXAMPLE, "--per", "layanan", "--profil", "--populasi", "3.441")
    assert code == 0
    for part in ("IKM per kelompok", "Layanan kelurahan", "Profil responden (n = 341)", "341 responden dari N = 3.441"):
        assert part in out


def test_groups_by_two_columns(call: Call, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", "jk,unit," + HEADER + "\nL,A" + ",4" * 9 + "\nP,A" + ",3" * 9 + "\nP,B" + ",2" * 9 + "\n"
    )
    code, out, _ = call("hitung", path, "--per", "unit", "--per", "jenis_kelamin", "--json")
    groups = json.loads(out)["hasil"]["kelompok"]
    assert code == 0
    assert [(g["kelompok"], g["hasil"]["ikm"]) for g in groups] == [
        ({"unit": "A", "jenis_kelamin": "L"}, "100.00"),
        ({"unit": "A", "jenis_kelamin": "P"}, "75.00"),
        ({"unit": "B", "jenis_kelamin": "P"}, "50.00"),
    ]


def test_options_reach_the_figure(call: Call, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(4, 4))
    for bobot in ("0,11", "0.11", "2-desimal"):
        assert call("hitung", path, "--bobot", bobot)[1].startswith("IKM 99,00 (A")
    code, _, err = call("hitung", path, "--bobot", "0.2")
    assert code == 2
    assert "[bobot-bukan-pembulatan]" in err
    assert "--bobot tepat" in err
    assert "u8=sarana" in call("hitung", path, "--u8", "sarana")[1]


def test_blanks_are_named(call: Call, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(4, 3).replace("3,3", "0,3", 1))
    code, _, err = call("hitung", path)
    assert code == 2
    assert "--nilai-kosong 0" in err
    code, out, _ = call("hitung", path, "--nilai-kosong", "0")
    assert code == 0
    assert "dibaca sebagai tidak menjawab" in out
    assert call("hitung", path, "--nilai-kosong", "0", "--kosong", "tolak")[0] == 2


def test_table_on_standard_input(call: Call) -> None:
    code, out, _ = call("hitung", "-", masukan=table(4, 3).encode("utf-8-sig"))
    assert code == 0
    assert out.startswith("IKM 87,50 (B, Baik)\n")
    assert call("hitung", "-", masukan=Path(EXAMPLE).read_bytes())[1].startswith("IKM 89,31")


def test_sheet_is_chosen_by_name(call: Call) -> None:
    code, _, err = call("hitung", EXAMPLE, "--lembar", "Tidak Ada")
    assert code == 2
    assert "--lembar='Tidak Ada'" in err
    assert "Data (rekonstruksi)" in err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_map_of_columns_from_toml(call: Call, tmp_path: Path, encoding: str) -> None:
    csv = write(tmp_path / "a.csv", "q1,q2,q3\n4,3,3\n4,3,1\n")
    peta = write(tmp_path / "peta.toml", '# isian – kantor\npersyaratan = "q1"\nwaktu = ["q2", "q3"]\n', encoding)
    code, out, _ = call("hitung", csv, "--kuesioner", peta, "--json")
    result = json.loads(out)["hasil"]["keseluruhan"]
    assert code == 0
    assert [u["nrr"] for u in result["unsur"]] == ["4.000000", "2.500000"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("waktu = 3", "peta-isi"),
        ("", "peta-isi"),
        ("waktu = [", "toml-tidak-terbaca"),
        ('waktu = "x"', "kolom-peta-tidak-ada"),
    ],
)
def test_wrong_maps_name_the_file(call: Call, tmp_path: Path, text: str, code: str) -> None:
    csv = write(tmp_path / "a.csv", table(4))
    peta = write(tmp_path / "peta.toml", text)
    exit_code, _, err = call("hitung", csv, "--kuesioner", peta)
    assert exit_code == 2
    assert f"[{code}]" in err
    assert call("hitung", csv, "--kuesioner", str(tmp_path / "tiada.toml"))[2].startswith("[berkas-tidak-ada]")
    assert call("hitung", csv, "--regulasi", str(tmp_path / "tiada.toml"))[2].startswith("[berkas-tidak-ada]")


def test_exit_code_1_only_where_a_named_condition_holds(call: Call, tmp_path: Path) -> None:
    plain = write(tmp_path / "a.csv", table(4, 3))
    assert call("hitung", plain)[0] == 0
    assert call("hitung", plain, "--gagal-jika", "peringatan")[0] == 0
    assert call("hitung", plain, "--gagal-jika", "catatan")[0] == 1
    hole = write(tmp_path / "b.csv", HEADER + "\n" + ",".join(["4"] * 8) + ",\n")
    code, out, _ = call("hitung", hole, "--gagal-jika", "peringatan")
    assert code == 1
    assert "tidak dijawab siapa pun" in out
    assert call("hitung", hole)[0] == 0
    assert call("hitung", hole, "--gagal-jika", "ngawur")[0] == 2


def test_a_doubt_about_one_group_says_which(call: Call, tmp_path: Path) -> None:
    rows = f"unit,{HEADER}\nA" + ",4" * 9 + "\nB" + ",4" * 8 + ",\n"
    path = write(tmp_path / "a.csv", rows)
    code, out, _ = call("hitung", path, "--per", "unit")
    assert code == 0
    assert "[B] Unsur sarana tidak dijawab siapa pun" in out
    _, out, _ = call("hitung", path, "--per", "unit", "--json", "--gagal-jika", "peringatan")
    (found,) = [p for p in json.loads(out)["peringatan"] if p["kode"] == "unsur-tanpa-jawaban"]
    assert found["kelompok"] == {"unit": "B"}


def test_names_of_persons_never_come_out(call: Call, tmp_path: Path) -> None:
    name = "Budi Hartono Wijaya"
    path = write(tmp_path / "a.csv", f"Nama,{HEADER}\n{name}" + ",4" * 9 + f"\nX,{name}" + ",4" * 8 + "\n")
    for argv in ((), ("--json",), ("--json", "--profil"), ("--lang", "en")):
        code, out, err = call("hitung", path, *argv)
        assert code == 2
        assert "Budi" not in out + err
    good = write(tmp_path / "b.csv", f"Nama,{HEADER}\n{name}" + ",4" * 9 + "\n")
    assert "Budi" not in "".join(map(str, call("hitung", good, "--json")))


# --- sampel ---------------------------------------------------------------------------------------------------------


def test_sampel_shows_the_three_ways(call: Call) -> None:
    code, out, _ = call("sampel", "3441", "--n", "341")
    assert code == 0
    for part in ("346", "3.000", "341", "3.500", '"dapat"', "5,04 %", "3.071", "tambah 5 responden"):
        assert part in out


def test_sampel_reads_numbers_as_people_write_them(call: Call) -> None:
    same = [
        json.loads(call("sampel", n, "--json")[1])["hasil"]["ukuran"]["n"] for n in ("3441", "3.441", "3 441", "3441,0")
    ]
    assert same == [346] * 4
    by_margin = {
        call("sampel", "3441", "--margin", m, "--tingkat", t)[1]
        for m, t in (("0,05", "0,95"), ("0.05", "95%"), ("5%", "0.95"))
    }
    assert len(by_margin) == 1


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("3,441",), "cacah-mendua", ("3441", "3,441")),
        (("3.441,5",), "cacah-tidak-bulat", ()),
        (("0",), "cacah-terlalu-kecil", ()),
        (("-5",), "cacah-terlalu-kecil", ("-5",)),
        (("nan",), "angka-tidak-terbaca", ()),
        (("10", "--n", "11"), "n-melebihi-populasi", ()),
        (("10", "--metode", "kira-kira"), "opsi-tidak-dikenal", ("--metode", "tabel-bawah", "slovin")),
        (("10", "--pembulatan", "x"), "opsi-tidak-dikenal", ("--pembulatan",)),
        (("10", "--tingkat", "0,97"), "tingkat-kepercayaan-tanpa-tabel", ("--chi2 exact",)),
        (("10", "--margin", "x"), "angka-tidak-terbaca", ("--margin",)),
        (("3441", "--metode", "tabel-atas", "--margin", "0,1"), "tabel-sampel-lain-dasar", ("--metode",)),
    ],
)
def test_sampel_refuses(call: Call, argv: tuple[str, ...], code: str, words: tuple[str, ...]) -> None:
    exit_code, out, err = call("sampel", *argv)
    assert (exit_code, out) == (2, "")
    assert err.startswith(f"[{code}]")
    assert all(word in err for word in words)


# --- demo -----------------------------------------------------------------------------------------------------------


def test_demo_goes_from_the_file_to_the_printed_case(call: Call, tmp_path: Path) -> None:
    code, out, err = call("demo", "--out", str(tmp_path / "baru" / "hasil"))
    assert (code, err) == (0, "")
    order = (
        "REKONSTRUKSI",
        "IKM 89,31 (A, Sangat Baik)",
        "Laki-laki",
        "3. Tiga unsur terendah",
        "4. Kecukupan sampel",
        " 346 ",
        "93,63",
        "Terhitung, bobot 1/9",
    )
    places = [out.index(part) for part in order]
    assert places == sorted(places)
    assert out.rindex("94,17") > places[-1]
    assert "U2 Prosedur 3,35, U5 Produk 3,46, U1 Persyaratan 3,47" in out[places[3] : places[4]]
    assert not re.search(r"salah hitung|keliru|bohong|manipulasi|palsu", out)
    folder = tmp_path / "baru" / "hasil"
    written = json.loads((folder / "hasil.json").read_bytes())
    assert (written["keseluruhan"]["ikm"], written["keseluruhan"]["n"]) == ("89.31", 341)
    names = {"laporan.docx", "laporan.html", "olah_data.xlsx", "hasil.json", "grafik", "daftar.json"}
    names |= {"catatan_penyusun.txt", "poster.png", "poster.pdf", "poster_persegi.png"}
    assert {p.name for p in folder.iterdir()} == names
    assert all(str(folder / name) in out for name in names)


def test_demo_in_english_and_as_json(call: Call) -> None:
    code, out, _ = call("demo", "--lang", "en")
    assert code == 0
    assert "RECONSTRUCTED" in out
    assert "94.17" in out
    _, out, _ = call("demo", "--json")
    hasil = json.loads(out)["hasil"]
    assert hasil["rekonstruksi"] is True
    assert hasil["keseluruhan"]["ikm"] == "89.31"
    assert hasil["kecukupan"]["required"] == 346
    assert hasil["telaah"]["temuan"][0]["kode"] == "ikm-di-atas-unsur-tertinggi"


def test_demo_leaves_what_it_cannot_replace(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file open elsewhere stops the writing after some patience; what was there stays, nothing else remains."""
    (tmp_path / "hasil.json").write_bytes(b"lama")
    pauses: list[float] = []
    monkeypatch.setattr("skm.basics.writing.time.sleep", pauses.append)

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    code, _, err = call("demo", "--out", str(tmp_path), "--timpa")
    assert code == 2
    assert err.startswith("[berkas-terkunci-tulis]")
    assert "hasil.json" in err
    assert {0.1, 0.3, 0.6} <= set(pauses)
    assert (tmp_path / "hasil.json").read_bytes() == b"lama"
    assert [p.name for p in tmp_path.iterdir()] == ["hasil.json"]
    code, _, err = call("demo", "--out", str(tmp_path / "hasil.json" / "x"))
    assert code == 2
    assert "[folder-tidak-dapat-dibuat]" in err


# --- the words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [None, *commands()])
def test_help_is_in_the_chosen_language(call: Call, command: str | None) -> None:
    argv = [] if command is None else [command]
    code, out, err = call(*argv, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Cara pakai: skm")
    assert not [word for word in ENGLISH if word in out.lower()]
    code, english, _ = call(*argv, "-h", "--lang", "en")
    assert english.startswith("Usage: skm")
    assert "Cara pakai" not in english
    assert len(re.findall(r"--\w+", english)) == len(re.findall(r"--\w+", out))


BAD_USAGE = {
    (): "perintah-hilang",
    ("hitng",): "perintah-tidak-dikenal",
    ("jawaban.xlsx",): "perintah-tidak-dikenal",
    ("hitung",): "argumen-hilang",
    ("sampel",): "argumen-hilang",
    ("skema", "--out", "x.json"): "argumen-hilang",
    ("hitung", "a.xlsx", "b.xlsx"): "argumen-asing",
    ("hitung", "a.xlsx", "--boboot", "0.11"): "opsi-asing",
    ("--aneh", "hitung", "a.xlsx"): "opsi-asing",
    ("hitung", "a.xlsx", "--bobot"): "opsi-tanpa-nilai",
    ("hitung", "a.xlsx", "--per"): "opsi-tanpa-nilai",
    ("hitung", "--lang"): "opsi-tanpa-nilai",
    ("hitung", "a.xlsx", "--profil=ya"): "opsi-bernilai",
    ("hitung", "a.xlsx", "--json=ya"): "opsi-bernilai",
    ("hitung", "a.xlsx", "--lang", "fr"): "opsi-tidak-dikenal",
    ("skema", "apa"): "opsi-tidak-dikenal",
}


@pytest.mark.parametrize(("argv", "code"), BAD_USAGE.items(), ids=lambda v: " ".join(v) if isinstance(v, tuple) else "")
def test_bad_usage_is_explained_in_the_chosen_language(call: Call, argv: tuple[str, ...], code: str) -> None:
    exit_code, out, err = call(*argv)
    if "--json=ya" in argv:
        assert json.loads(out)["galat"]["kode"] == code
        return
    assert (exit_code, out) == (2, "")
    assert err.startswith(f"[{code}]")
    assert not [word for word in ENGLISH if word in err.lower()]
    _, _, english_err = call("--lang", "en", *argv)
    if "--lang" not in argv:
        assert english_err.startswith(f"[{code}]")
        assert english_err != err
        assert "Bantuan:" not in english_err


def test_a_file_alone_is_told_the_command(call: Call) -> None:
    assert "skm hitung jawaban.xlsx" in call("jawaban.xlsx")[2]
    assert "hitung" in call("hitng", "x")[2]
    assert "--bobot" in call("hitung", "x", "--bobott", "1")[2]
    assert '"SKM 2026.xlsx"' in call("hitung", "SKM", "2026.xlsx")[2]


def test_version(call: Call) -> None:
    assert call("--version") == (0, f"skm {skm.__version__}\n", "")
    assert json.loads(call("--version", "--json")[1])["hasil"] == {"versi": skm.__version__}


def test_missing_file_names_near_ones(call: Call, tmp_path: Path) -> None:
    write(tmp_path / "jawaban.xlsx.xlsx", "x")
    code, _, err = call("hitung", str(tmp_path / "jawaban.xlsx"))
    assert code == 2
    assert "jawaban.xlsx.xlsx" in err


@pytest.mark.parametrize("python", ["python3.12", "python3.13", "python3.14"])
def test_other_pythons_leak_no_english(python: str) -> None:
    """The parser alone, under the argparse of newer Pythons (it needs nothing that is not in the standard library)."""
    found = shutil.which(python)
    if found is None or subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"{python} is not here")
    code = "import json, sys; from skm.cli import run; [run(argv) for argv in json.loads(sys.argv[1])]"
    calls = [argv for argv in BAD_USAGE if argv[:1] != ("skema",)] + [("hitung", "--help"), ("--help",)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([found, "-c", code, json.dumps(calls)], capture_output=True, check=False, cwd=ROOT, env=env)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, said
    assert said.count("[") + said.count('"kode"') >= len(BAD_USAGE) - 1
    assert "cacat-internal" not in said
    assert not [word for word in ENGLISH if word in said.lower()]


# --- terminals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "utf-16"])
def test_no_code_page_stops_the_output(encoding: str, tmp_path: Path) -> None:
    """Letters that the terminal lacks are replaced; nothing is raised, on either stream."""
    path = write(tmp_path / "é – ≥.csv", "Désa ≥,unit\n1,2\n")
    good = write(tmp_path / "b.csv", table(4, 3, unit="é≥"))
    for argv, code in ((("hitung", path), 2), (("hitung", good, "--per", "unit"), 0), (("demo",), 0)):
        done = spawn(*argv, PYTHONIOENCODING=encoding)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
        text = (done.stdout + done.stderr).decode(encoding)
        assert len(text) > 50
    plain = spawn("hitung", good, "--per", "unit", "--json", PYTHONIOENCODING=encoding)
    assert plain.stderr == b""
    assert plain.stdout.isascii()
    assert json.loads(plain.stdout)["hasil"]["kelompok"][0]["kelompok"] == {"unit": "é"}


def test_fit_keeps_what_it_can() -> None:
    assert fit("25 ≥ 3 – “café” → √\ud800 漢", "ascii") == '25 >= 3 - "cafe" -> sqrt? ?'
    assert fit("é – ≥", "cp1252") == "é – >="
    assert fit("é – ≥ 漢", "utf-8") == "é – ≥ 漢"


def test_a_reader_who_leaves_is_no_failure() -> None:
    """`skm demo | head -1`: no trace, and the exit code of the work that was done."""
    for argv in (["demo"], ["demo", "--json"], ["--help"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "skm", *argv],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_a_failure() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "skm", "demo"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"tidak dapat ditulis" in done.stderr


def test_streams_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program without a console (pythonw) has no streams at all."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert run(["sampel", "10"]) == 0
    assert run(["sampel", "10", "--json"]) == 0
    assert run(["hitung", "-"]) == 2
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    assert run(["sampel", "10"]) == 2
    assert run(["sampel", "10", "--json"]) == 2


def test_no_default_encoding_is_used_and_no_home_needed(tmp_path: Path) -> None:
    """Every text is opened with a named encoding; there need be no home, no display, no network."""
    others = ("matplotlib.font_manager", "numpy.testing._private.utils")  # libraries, not this package
    flags = (
        "-X",
        "warn_default_encoding",
        "-W",
        "error",
        *(f for m in others for f in ("-W", f"ignore::EncodingWarning:{m}")),
    )
    csv = write(tmp_path / "a.csv", table(4, 3))
    for path in (EXAMPLE, csv):
        done = spawn("hitung", path, flags=flags, HOME="/nonexistent")
        assert (done.returncode, done.stderr) == (0, b"")
    for command in (["demo", "--out", str(tmp_path)], ["skema", "hasil"], ["sampel", "3441"]):
        assert spawn(*command, flags=flags, HOME="/nonexistent").returncode == 0


def test_entry_points_are_the_same() -> None:
    """`python -m skm` and the console script call the same function."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'skm = "skm.cli:run"' in pyproject
    done = spawn("--version")
    assert done.stdout.decode().strip() == f"skm {skm.__version__}"


def test_defects_are_told_as_defects(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception shows its kind only, since its text may quote a cell; the trace comes on request."""

    def broken(*_: Any, **__: Any) -> None:
        msg = "Siti Aminah"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr("skm.cli.hitung.compute", broken)
    code, out, err = call("hitung", EXAMPLE)
    assert (code, out) == (2, "")
    assert err.startswith("[cacat-internal]")
    assert "ZeroDivisionError" in err
    assert "SKM_DEBUG=1" in err
    assert "Siti" not in err
    monkeypatch.setenv("SKM_DEBUG", "1")
    assert "Traceback" in call("hitung", EXAMPLE)[2]


def test_stopping_by_keyboard(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("skm.cli.hitung.compute", stopped)
    assert call("hitung", EXAMPLE) == (2, "", "[dihentikan] Dihentikan.\n")


def test_skema_prints_and_writes(call: Call, tmp_path: Path) -> None:
    code, out, _ = call("skema")
    assert code == 0
    assert "masukan" in out
    assert "hasil" in out
    _, out, _ = call("skema", "masukan")
    assert json.loads(out)["$schema"].endswith("2020-12/schema")
    code, said, _ = call("skema", "masukan", "--out", str(tmp_path / "s.json"))
    assert code == 0
    assert "s.json" in said
    assert json.loads((tmp_path / "s.json").read_bytes()) == json.loads(out)


# --- sampel: plans --------------------------------------------------------------------------------------------------


@pytest.fixture
def strata(tmp_path: Path) -> str:
    path = tmp_path / "strata.csv"
    path.write_text("unit;N;simpangan;biaya\nKecamatan;560;12;1\nKelurahan;2.881;15,5;2\nMobil;40;9;1\n", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("words", "kind", "check"),
    [
        ("3441 --perubahan 3 --simpangan 12", "perubahan", lambda p: p["n"] == 235 and p["possible"]),
        ("3.441 --perubahan 3 --simpangan 12 --n 100", "perubahan", lambda p: round(p["power"], 3) == 0.431),
        ("500 --indeks 2 --simpangan 14", "indeks", lambda p: p["n"] == 137),
        (f"3441 --indeks 1 --jawaban {skm.contoh()}", "indeks", lambda p: p["n"] == 349),
        ("--klaster 0,05 --n 385 --per-klaster 10", "klaster", lambda p: (p["clusters"], p["n"]) == (56, 560)),
        ("3441 --klaster 0,05 --per-klaster 10", "klaster", lambda p: p["n_simple"] == 346),
        ("--strata STRATA --bagi neyman --n 300", "bagi", lambda p: [r["n"] for r in p["strata"]] == [52, 245, 3]),
        ("--strata STRATA --bagi proporsional", "bagi", lambda p: p["total"] == 346),
        ("--strata STRATA --pps 2 --benih 1", "pps", lambda p: p["names"] == ["Kecamatan", "Kelurahan"]),
        ("10 --tarik 3 --benih 7", "tarik", lambda p: p["positions"] == [3, 6, 8]),
    ],
)
def test_sampel_plans(call: Call, strata: str, words: str, kind: str, check: Callable[[Any], bool]) -> None:
    argv = [strata if word == "STRATA" else word for word in words.split()]
    code, out, err = call("sampel", *argv)
    assert (code, err) == (0, "")
    told = json.loads(call("sampel", *argv, "--json")[1])["hasil"]
    assert told["rencana"]["jenis"] == kind
    assert told["ukuran"] is None
    assert check(told["rencana"]["isi"]), told["rencana"]["isi"]
    assert told["tampil"]["judul"] in out
    assert call("sampel", *argv, "--lang", "en")[1] != out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("3441 --perubahan 3", "sampel-perlu"),
        ("3441 --indeks 3", "sampel-perlu"),
        ("--klaster 0,05 --per-klaster 10", "sampel-perlu"),
        ("--bagi neyman", "sampel-perlu"),
        ("--pps 2", "sampel-perlu"),
        ("3441 --tarik 3 --pps 2", "sampel-satu-rencana"),
        ("--tarik 3", "argumen-hilang"),
        ("3441 --tarik 4000", "n-melebihi-populasi"),
        ("3441 --perubahan -3 --simpangan 12", "harus-positif"),
        ("3441 --klaster 1,5 --per-klaster 3", "di-luar-rentang"),
        ("3441 --klaster 0,05", "klaster-tanpa-banyak"),
        ("--strata STRATA --bagi sesuka", "opsi-tidak-dikenal"),
        ("--strata STRATA --bagi sama --n 9999", "n-melebihi-populasi"),
    ],
)
def test_sampel_refuses_half_a_plan(call: Call, strata: str, words: str, code: str) -> None:
    argv = [strata if word == "STRATA" else word for word in words.split()]
    told = json.loads(call("sampel", *argv, "--json")[1])["galat"]
    assert told["kode"] == code


def test_a_figure_needs_no_masked_arrays(tmp_path: Path) -> None:
    """What a start must not import: NumPy's set functions bring masked arrays along, which nothing here uses."""
    code = (
        "import sys\nfrom skm.cli import run\n"
        f"run(['hitung', {str(skm.contoh())!r}, '--u8', 'sarana', '--keputusan', 'tidak'])\n"
        "print('numpy.ma' in sys.modules, 'pandas' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=tmp_path, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "False False False"
