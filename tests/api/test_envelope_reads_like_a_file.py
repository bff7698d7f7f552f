"""The envelope takes the words of reading, has machine numbers, tells places as fields, and repeats nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.api.envelope.answer import compute
from skm.api.envelope.document import galat
from skm.api.envelope.request import parse
from skm.cli import run
from skm.errors import SKMError

CODES = [f"U{i}" for i in range(1, 10)]


def ask(**content: Any) -> Any:
    return compute(parse(json.dumps(content).encode()), None)


def place(**content: Any) -> dict[str, Any]:
    with pytest.raises(SKMError) as problem:
        ask(**content)
    return galat(problem.value, "id", {})


def rows(n: int = 8, **more: Any) -> list[dict[str, Any]]:
    return [{c: 3 + (k + i) % 2 for i, c in enumerate(CODES)} | {k2: v[k] for k2, v in more.items()} for k in range(n)]


def test_machine_numbers() -> None:
    """In JSON a point is a decimal point: "69.000" is 69, "3.441" is no number of persons."""
    counts = {"waktu": ["0", "0", "118.0", "69.000"]}
    assert ask(jumlah=counts).keseluruhan.n == 187
    assert ask(jumlah=counts, n="190.0").keseluruhan.n == 190
    assert ask(rata_rata={"waktu": "3.470"}, n=10).keseluruhan.unsur["waktu"].nrr == Decimal("3.47")
    assert place(jumlah=counts, populasi="3.441")["lokasi"]["jalur"] == "populasi"


@pytest.mark.parametrize("key", ["opsi", "kuesioner", "fakta", "populasi"])
def test_an_empty_list_is_an_empty_map(key: str) -> None:
    """PHP writes [] for an empty mapping."""
    assert ask(jumlah={"waktu": [0, 0, 1, 1]}, **{key: []}).keseluruhan.n == 2
    assert ask(data=rows(), opsi={"bobot": [], "nilai_kosong": [], "profil": [], "label": []}).keseluruhan.n == 8


def test_the_words_of_reading() -> None:
    """Period, conversion, labels, blanks, question ids: the same figure as the file or frame with the same options."""
    dated = rows(8, Tanggal=["2026-01-05", "2026-08-01"] * 4)
    assert ask(data=dated, opsi={"periode": "Semester II Tahun 2026"}).keseluruhan.n == 4
    assert (
        ask(data=dated, opsi={"periode": ["2026-01-01", "2026-06-30"]}).keseluruhan.provenance.periode.label
        == "2026-S1"
    )
    hundred = [{c: 25 * v for c, v in row.items()} for row in rows()]
    assert ask(data=hundred, opsi={"konversi": "25-100"}).keseluruhan.ikm == skm.score(skm.read(rows())).ikm
    words = [{c: ["Puas", "Sangat Puas"][v - 3] for c, v in row.items()} for row in rows()]
    assert ask(data=words, opsi={"label": "puas"}).keseluruhan.ikm == skm.score(skm.read(rows())).ikm
    assert (
        ask(data=[{**rows()[0], "U4": "0"}, *rows()], opsi={"nilai_kosong": [0]}).keseluruhan.unsur["biaya"].kosong == 1
    )
    ids = [17, 18, 20]
    long = [{"responden_id": r, "pertanyaan_id": q, "answer": 4} for r in range(5) for q in ids]
    names = dict(zip(("waktu", "biaya", "produk"), ids, strict=True))
    assert ask(data=long, kuesioner=names).keseluruhan.n == 5
    named = {str(i): u for u, i in names.items()}
    assert ask(data=long, opsi={"daftar_pertanyaan": named}).keseluruhan.n == 5


def test_places_are_fields() -> None:
    """Row, column and path of a wrong cell; the path of counts, totals and the population."""
    bad = [*rows(3), {**rows(1)[0], "U4": 7}]
    assert place(data=bad)["lokasi"] == {"baris": "3", "kolom": "U4", "jalur": "data[3].U4"}
    columns = {c: [row[c] for row in bad] for c in CODES}
    assert place(data=columns)["lokasi"]["jalur"] == "data.U4[3]"
    assert place(jumlah={"waktu": [0, 0, -1, 1]})["lokasi"]["jalur"].startswith("jumlah")
    assert place(total={"waktu": 900}, n=10)["lokasi"]["jalur"].startswith("total")
    assert place(jumlah={"waktu": [0, 0, 1, 1]}, populasi="banyak")["lokasi"]["jalur"] == "populasi"
    assert place(jumlah=[{"kelompok": {"unit": "A"}, "jumlah": {"waktu": [1, 1]}}])["lokasi"]["jalur"] == "jumlah[0]"


def test_notes_of_many_units_are_told_once() -> None:
    """What several units have alike stands once, whatever the others have."""
    few = {u: [0, 0, 1, 1] for u in CODES}
    whole = {
        u: [0, 0, 1, 1]
        for u in (
            "persyaratan",
            "prosedur",
            "waktu",
            "biaya",
            "produk",
            "kompetensi",
            "perilaku",
            "pengaduan",
            "sarana",
        )
    }
    groups = [{"kelompok": {"unit": f"Dinas {k}"}, "jumlah": few if k else whole} for k in range(40)]
    found = ask(jumlah=groups).findings()
    marks = [(f.finding.kode, str(dict(f.finding.bukti))) for f in found]
    assert len(marks) == len(set(marks))
    assert len(marks) < 5


def test_commands_take_the_envelope_and_what_is_typed_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`hitung` and `periksa` of an envelope know the options of reading that are typed; one said twice is refused."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"data": rows(8, Tanggal=["2026-01-05", "2026-08-01"] * 4), "opsi": []}))
    assert run(["hitung", str(path), "--periode", "Semester I TA 2026", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hasil"]["keseluruhan"]["n"] == 4
    assert run(["periksa", str(path), "--periode", "2026-S2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hasil"]["n"] == 4
    path.write_text(json.dumps({"jumlah": {"waktu": [0, 0, 1, 1]}}))
    assert run(["hitung", str(path), "--periode", "2026", "--json"]) == 2
