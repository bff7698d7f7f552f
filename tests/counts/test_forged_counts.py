"""A file of counts is believed whole or not at all: whatever is changed in it, by hand or with the checksum mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.basics import parquet
from skm.counts.hitungan import Hitungan
from skm.counts.store import checksum
from skm.errors import SKMError

LEVELS = ("tingkat_1", "tingkat_2", "tingkat_3", "tingkat_4")


def rows() -> list[dict[str, Any]]:
    unsur = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
    return [
        {
            **{u: (i * 7 + j * 3) % 4 + 1 for j, u in enumerate(unsur)},
            "waktu": None if i % 9 == 0 else 4,
            "unit": "AB"[i % 2],
        }
        for i in range(60)
    ]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    path = tmp_path_factory.mktemp("cacah") / "x.hitungan"
    skm.tally(rows(), "unit").save(path, keterangan={"unit": "Dinas A"})
    return parquet.read(path)


def code_of(path: Path, columns: dict[str, Any], note: dict[str, Any]) -> str:
    parquet.write(path, columns, note, overwrite=True)
    try:
        Hitungan.load(path)
    except SKMError as problem:
        return problem.code if problem.context["berkas"] == path.name else f"{problem.code} without its file"
    return ""


def test_what_was_written_is_read(tmp_path: Path, stored: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert code_of(tmp_path / "x.hitungan", *stored) == ""
    assert Hitungan.load(tmp_path / "x.hitungan").fingerprint() == skm.tally(rows(), "unit").fingerprint()


def test_every_entry_is_under_the_checksum(tmp_path: Path, stored: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """One number of each column, each entry of the note: 23 changes by hand, none accepted."""
    columns, note = stored
    path = tmp_path / "x.hitungan"
    held = 0
    for name, values in columns.items():
        other = [f"{values[0]} "] if isinstance(values[0], str) else [values[0] + 1]
        assert code_of(path, {**columns, name: [*other, *values[1:]]}, note), name
        held += 1
    for key, value in note.items():
        other = (
            {**value, "x": "y"}
            if isinstance(value, dict)
            else [*value, value[0]]
            if isinstance(value, list)
            else f"{value}x"
        )
        assert code_of(path, columns, {**note, key: other}), key
        held += 1
    assert held >= 23


def swapped(columns: dict[str, Any]) -> dict[str, Any]:
    turned = dict(zip(LEVELS, [columns[name] for name in reversed(LEVELS)], strict=True))
    return {**columns, **turned}


FORGED: dict[str, Callable[[dict[str, Any], dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]] = {
    "levels reversed": lambda c, n: (c, {**n, "nilai": list(reversed(n["nilai"]))}),
    "counts of levels swapped": lambda c, n: (swapped(c), n),
    "a level of ten": lambda c, n: (c, {**n, "nilai": [*n["nilai"][:3], "10"]}),
    "a level of thousands of digits": lambda c, n: (c, {**n, "nilai": [*n["nilai"][:3], "9" * 5000]}),
    "a level with a huge power": lambda c, n: (c, {**n, "nilai": [*n["nilai"][:3], "1e999999999"]}),
    "an unknown conversion": lambda c, n: (c, {**n, "skala": "9-linear"}),
    "a conversion with other levels": lambda c, n: (c, {**n, "skala": "5-linear"}),
    "another regulation": lambda c, n: (c, {**n, "regulasi": "kepmenpan-25-2004"}),
    "no regulation": lambda c, n: (c, {**n, "regulasi": "perda-1-2030"}),
    "other rules": lambda c, n: (c, {**n, "aturan": "0" * 12}),
    "a negative count": lambda c, n: ({**c, "tingkat_4": [-1, *c["tingkat_4"][1:]]}, n),
    "a negative count made good": lambda c, n: (
        {
            **c,
            "tingkat_4": [c["tingkat_4"][0] + 9, *c["tingkat_4"][1:]],
            "tingkat_1": [-9 + c["tingkat_1"][0], *c["tingkat_1"][1:]],
        },
        n,
    ),
    "an overflowing count": lambda c, n: (
        {**c, "tingkat_4": [2**62, *c["tingkat_4"][1:]], "n": [2**62] * len(c["n"])},
        n,
    ),
    "a fraction of a count": lambda c, n: ({**c, "kosong": [0.5, *map(float, c["kosong"][1:])]}, n),
    "a count as text": lambda c, n: ({**c, "kosong": [str(v) for v in c["kosong"]]}, n),
    "more respondents": lambda c, n: ({**c, "n": [v + 1 for v in c["n"]]}, n),
    "fewer respondents": lambda c, n: ({**c, "n": [v - 1 for v in c["n"]]}, n),
    "n differs within a group": lambda c, n: ({**c, "n": [c["n"][0] + 1, *c["n"][1:]]}, n),
    "more complete than all": lambda c, n: ({**c, "lengkap_4": [v + 40 for v in c["lengkap_4"]]}, n),
    "more silent than all": lambda c, n: ({**c, "n_tanpa_jawaban": [999] * len(c["n"])}, n),
    "more complete respondents": lambda c, n: ({**c, "n_lengkap": [v + 1 for v in c["n_lengkap"]]}, n),
    "a column gone": lambda c, n: ({k: v for k, v in c.items() if k != "kosong"}, n),
    "a column too many": lambda c, n: ({**c, "tingkat_5": c["tingkat_4"]}, n),
    "a row gone": lambda c, n: ({k: v[:-1] for k, v in c.items()}, n),
    "questions in another order": lambda c, n: ({**c, "butir": list(reversed(c["butir"]))}, n),
    "one question twice": lambda c, n: (c, {**n, "butir": [n["butir"][1], *n["butir"][1:]]}),
    "no questions": lambda c, n: (c, {**n, "butir": []}),
    "questions of another kind": lambda c, n: (c, {**n, "butir": ["U1"] * 9}),
    "one group twice": lambda c, n: ({**c, "kelompok": ['["A"]'] * len(c["n"])}, n),
    "groups of two keys": lambda c, n: (c, {**n, "kunci": ["unit", "layanan"]}),
    "keys of another kind": lambda c, n: (c, {**n, "kunci": [1]}),
    "a label that is no JSON": lambda c, n: ({**c, "kelompok": ["[" * 2000] * len(c["n"])}, n),
    "a label of another kind": lambda c, n: ({**c, "kelompok": ['[{"hari": "x"}]'] * len(c["n"])}, n),
    "options of another kind": lambda c, n: (c, {**n, "opsi": {"bobot": 0.5}}),
    "a remark of another kind": lambda c, n: (c, {**n, "keterangan": ["Dinas A"]}),
    "another figure's fingerprint": lambda c, n: (c, {**n, "sidik": "0" * 16}),
    "no respondents at all": lambda c, n: ({k: [] for k in c}, n),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_file_is_refused_even_with_its_checksum_mended(
    tmp_path: Path, stored: tuple[dict[str, Any], dict[str, Any]], kind: str
) -> None:
    """What no answers give, or what the regulation does not say, whoever computed the checksum."""
    columns, note = FORGED[kind](*stored)
    note = {**note, "periksa": checksum(columns, note)}
    assert code_of(tmp_path / "x.hitungan", columns, note) in {
        "hitungan-rusak",
        "hitungan-regulasi",
        "regulasi-tidak-ada",
        "bukan-berkas-hitungan",
    }, kind
