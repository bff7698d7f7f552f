"""Documents made to take long: each is read or refused within seconds, with an error of ours."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from skm.errors import SKMError
from skm.publikasi import parse

DOCUMENTS = {
    "spasi": "a" + " " * 200_000 + "b\n" * 2,
    "satu kata": "ikm " * 100_000,
    "angka panjang": ("IKM sebesar " + "9" * 1_000 + " ") * 100,
    "sampel": "sampel minimum " * 20_000,
    "tabel di dalam tabel": "<table>" * 20_000,
    "sel terentang": "<table><tr>" + "<td colspan=200 rowspan=200>x" * 400 + "</table>",
    "garis tegak": ("|a|" * 1_000 + "\n") * 200,
    "titik koma": (";" * 2_000 + "\n") * 200,
    "tanda kutip": '"' * 100_000 + "\n;" * 100,
    "koma": "a," * 200_000 + "\n" + "1,2," * 100_000,
    "pernyataan": "Unsur terendah adalah " + "Prosedur 3,35, Waktu 3,63, " * 5_000 + ".",
    "tanggal": "FKP tanggal " + "4 Oktober 2024 " * 20_000,
    "pangkat": "Unsur;Nilai\nPersyaratan;1e999999999\nProsedur;3,4\nIKM;88",
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_it_ends_soon(text: str) -> None:
    started = time.process_time()
    with suppress(SKMError):
        parse(text.encode(), "dokumen")
    assert time.process_time() - started < 5
