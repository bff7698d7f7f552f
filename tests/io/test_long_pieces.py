"""Rows per answer under any code of questions, whole or cut into files that are no survey each by itself."""

from __future__ import annotations

import io
import random
import uuid
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import skm
from skm.errors import DataError, MissingColumnError

CHANCE = random.Random(8)
ROWS = [[CHANCE.choice((2, 3, 4, 4)) for _ in range(9)] for _ in range(12)]
EXACT = sum(Fraction(sum(c), len(ROWS)) for c in zip(*ROWS, strict=True)) / 9 * 25
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
IDS = [*("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")]


def long(
    code: Callable[[int], object], heads: tuple[str, str, str] = ("id_responden", "kode_soal", "jawaban")
) -> pd.DataFrame:
    rows = [(100 + i, code(j), v) for i, row in enumerate(ROWS) for j, v in enumerate(row, start=1)]
    return pd.DataFrame(rows, columns=list(heads))


READ: dict[str, Callable[[int], object]] = {
    "Q01": lambda j: f"Q{j:02d}",
    "soal_1": lambda j: f"soal_{j}",
    "SKM-1": lambda j: f"SKM-{j}",
    "SKM01": lambda j: f"SKM{j:02d}",
    "unsur-1": lambda j: f"unsur-{j}",
    "pertanyaan ke-1": lambda j: f"pertanyaan ke-{j}",
    "Soal No. 1": lambda j: f"Soal No. {j}",
    "A.1": lambda j: f"A.{j}",
    "1.": lambda j: f"{j}.",
    "1)": lambda j: f"{j})",
    "Unsur I": lambda j: f"Unsur {ROMAN[j - 1]}",
    "Pertanyaan 1 (U1)": lambda j: f"Pertanyaan {j} (U{j})",
    "item1": lambda j: f"item{j}",
    "question_1": lambda j: f"question_{j}",
}


@pytest.mark.parametrize("code", READ.values(), ids=READ.keys())
def test_usual_codes_of_questions_are_read(code: Callable[[int], object]) -> None:
    """In a frame and in a file, under names of columns that say what they are or hardly do."""
    for heads in (("id_responden", "kode_soal", "jawaban"), ("tiket", "butir", "poin")):
        frame = long(code, heads)
        for source in (frame, frame.to_csv(index=False).encode()):
            hasil = skm.score(skm.read(source))
            assert (hasil.n, hasil.ikm_tepat) == (12, EXACT)


UNKNOWN: dict[str, Callable[[int], object]] = {
    "C1": lambda j: f"C{j}",
    "S1Q1": lambda j: f"S1Q{j}",
    "Indikator 1": lambda j: f"Indikator {j}",
    "11": lambda j: 10 + j,
    "uuid": lambda j: str(uuid.UUID(int=j * 7**40 % 2**120)),
}


@pytest.mark.parametrize("code", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_other_codes_are_asked_about_with_the_map_that_works(code: Callable[[int], object]) -> None:
    """The roles are clear, the codes are not: the refusal lists them, and a map of them is all that is needed."""
    frame = long(code)
    for source in (frame, frame.to_csv(index=False).encode()):
        with pytest.raises(MissingColumnError) as problem:
            skm.read(source)
        assert problem.value.code == "pertanyaan-tanpa-nama"
        peta = {u: code(j) for j, u in enumerate(IDS, start=1)}
        assert skm.score(skm.read(source, kuesioner=peta)).ikm_tepat == EXACT


def pieces(frame: pd.DataFrame, by: str) -> list[pd.DataFrame]:
    if by == "questions":
        early = frame["kode_soal"].isin(["U1", "U2", "U3", "U4"])
        return [frame[early], frame[~early]]
    if by == "question":
        return [part for _, part in frame.groupby("kode_soal")]
    if by == "shuffled":
        mixed = frame.sample(frac=1, random_state=3)
        return [mixed[:40], mixed[40:44], mixed[44:]]
    return [frame[:50], frame[50:]]


@pytest.mark.parametrize("by", ["questions", "question", "shuffled", "rows"])
def test_pieces_of_rows_of_answers_are_one_table(tmp_path: Path, by: str) -> None:
    """A piece with the last five unsur only is no survey with holes: the folder, the list, the archive are judged whole."""
    parts = pieces(long(lambda j: f"U{j}"), by)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as box:
        for k, part in enumerate(parts):
            part.to_csv(tmp_path / f"bagian{k}.csv", index=False)
            box.write(tmp_path / f"bagian{k}.csv", f"bagian{k}.csv")
    files = sorted(tmp_path.glob("*.csv"))
    for source in (tmp_path, str(tmp_path / "*.csv"), files, archive.getvalue(), iter(parts)):
        hasil = skm.score(skm.read(source))
        assert (hasil.n, hasil.ikm_tepat, len(hasil.unsur)) == (12, EXACT, 9)


def test_a_file_that_is_a_unit_is_no_piece(tmp_path: Path) -> None:
    """Respondents of a unit are its own, and a file with other columns belongs to nothing: still refused."""
    parts = pieces(long(lambda j: f"U{j}"), "questions")
    for k, part in enumerate(parts):
        part.to_csv(tmp_path / f"bagian{k}.csv", index=False)
    with pytest.raises(DataError):
        skm.read(tmp_path, unit="nama-berkas")
    parts[1].rename(columns={"jawaban": "nilai"}).to_csv(tmp_path / "bagian1.csv", index=False)
    with pytest.raises(DataError):
        skm.read(tmp_path)


def test_counts_of_chunks_under_any_names() -> None:
    """`skm.tally` of long chunks whose columns have other names than the usual ones."""
    frame = long(lambda j: f"Q{j:02d}", ("tiket", "butir", "poin"))
    for chunks in ([frame[:50], frame[50:]], iter([frame[:9], frame[9:]])):
        assert skm.score(skm.tally(chunks)).ikm_tepat == EXACT


def test_the_note_and_the_account_do_not_count_apart() -> None:
    """The note lists what was not recognised; the only number of unused columns is the account's."""
    frame = pd.DataFrame(ROWS, columns=[f"U{j}" for j in range(1, 10)]).assign(
        Nama="Siti", Loket=[f"x{i} y" for i in range(12)], **{"Petugas meminta imbalan": 1}
    )
    hasil = skm.score(skm.read(frame))
    note = next(n for n in hasil.catatan if n.kode == "kolom-diabaikan")
    assert note.bukti["kolom"] == ["Loket"]
    assert not any(c.isdigit() for c in note.text("id"))
