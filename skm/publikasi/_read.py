"""From a mapping (a dict, JSON, TOML) to a `Publikasi`; every problem names the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.publikasi._figures import (
    OtherPrinting,
    PartFigure,
    PrintedGrade,
    PrintedNumber,
    PrintedProfile,
    PrintedProfileRow,
    Publikasi,
    split_grade,
)
from skm.publikasi._statements import printed_names, read_claims, read_events
from skm.publikasi._strict import PrintedMapping, elsewhere
from skm.publikasi._unsur import read_unsur
from skm.regulasi import Regulasi


def from_mapping(
    values: Mapping[str, Any],
    name: str = "",
    regulasi: Any = None,
    folder: Path | None = None,
    reading: Regulasi | None = None,
) -> Publikasi:
    """Return the publication that a mapping describes.

    Raises
    ------
    DataError
        An unknown key, or a value of the wrong kind.
    OptionError
        A number that cannot be read.
    RegulationError
        No regulation of the id given.
    """
    top = PrintedMapping(values, "", name)
    rule = _rule(top.get("regulasi"), regulasi, folder)
    held = rule or reading or _regulasi.load()
    figure, letter, word = _figure(top.get("ikm"), "ikm")
    printed, more = split_grade(top.text("mutu"))
    kinerja, kinerja_lain = _words(top.get("kinerja"))
    scale, u8 = top.text("skala"), top.text("u8")
    unsur = read_unsur(top.get("unsur"), scale, held, u8, name, joined=reading is not None)
    names = printed_names(unsur)
    publikasi = Publikasi(
        id=top.text("id"),
        unit=top.text("unit"),
        wilayah=top.text("wilayah"),
        periode=top.text("periode"),
        regulasi="" if rule is None else rule.id,
        peraturan=rule,
        unsur=unsur,
        jumlah_unsur=top.count("jumlah_unsur", 1),
        ikm=figure,
        ikm_lain=elsewhere(top, "ikm_lain", "ikm", PrintedNumber.read),
        indeks=top.number("indeks"),
        mutu=(printed or letter).upper(),
        kinerja=kinerja or more or word,
        kinerja_lain=kinerja_lain,
        n=top.count("n", 1),
        n_lain=elsewhere(top, "n_lain", "n", read_count),
        populasi=top.count("populasi", 1),
        populasi_satuan=top.text("populasi_satuan"),
        populasi_dasar=top.text("populasi_dasar"),
        populasi_perkiraan=bool(top.flag("populasi_perkiraan")),
        sampel_minimum=top.count("sampel_minimum"),
        sampel_kurang=top.count("sampel_kurang"),
        sampel_metode=top.text("sampel_metode"),
        tanpa_kosong=top.flag("tanpa_kosong"),
        pertanyaan_per_unsur=top.count("pertanyaan_per_unsur", 1),
        profil=tuple(_profil(r) for r in top.tables("profil")),
        klaim=read_claims(top.table("klaim"), names, held),
        kegiatan=read_events(top.table("tanggal")),
        bagian=tuple(_bagian(r) for r in top.tables("bagian")),
        daftar=tuple(_bagian(r) for r in top.tables("daftar")),
        bagian_rata=tuple(PrintedNumber.read(value, "bagian_rata") for value in top.get("bagian_rata") or ()),
        bobot_lain=tuple(_bagian(r) for r in top.tables("bobot_lain")),
        rata=tuple(PrintedNumber.read(value, "rata_tercetak") for value in top.get("rata_tercetak") or ()),
        jumlah=top.table("jumlah_tercetak").number("nilai"),
        jumlah_lain=_sums(top.table("jumlah_tercetak")),
        jawaban=read_unsur(top.get("jawaban"), scale, held, u8, name),
        tabel_sampel=tuple(_size(r) for r in top.tables("tabel_sampel")),
        tabel_mutu=tuple(_grade(r) for r in top.tables("tabel_mutu")),
        tutup=bool(top.get("tutup")),
        ragu=read_unsur(top.get("ragu"), scale, held, u8, name),
    )
    for key in ("sumber", "dokumen", "penerbit", "catatan"):
        top.get(key)
    top.finish()
    return publikasi


def _rule(printed: Any, given: Any, folder: Path | None) -> Regulasi | None:
    """Return the regulation that the caller gives, else the one that the publication names.

    A file may name an office's own regulation that lies beside it, never a path elsewhere.
    """
    if given is not None:
        return _regulasi.load(given)
    if printed is None or isinstance(printed, (Regulasi, Path)):
        return None if printed is None else _regulasi.load(printed)
    named = str(printed).strip()
    if named.lower().endswith(".toml"):
        if folder is None or Path(named).name != named:
            raise DataError("masukan-jalur-berkas", jalur="regulasi", nilai=named)
        return _regulasi.load(folder / named)
    return _regulasi.load(named)


def _figure(value: Any, key: str) -> tuple[PrintedNumber | None, str, str]:
    """Return number, letter and word of "94,17", "92.53% A (Sangat Baik)" or 94.17."""
    if value is None or not isinstance(value, str):
        return (None if value is None else PrintedNumber.read(value, key)), "", ""
    match = re.match(r"\s*([+-]?[\d.,]*\d)\s*%?\s*(.*)$", value, re.DOTALL)
    if match is None:
        return (PrintedNumber.read(value, key) if value.strip() else None), "", ""
    if re.match(r"[-–—]\s*\d", match[2]) or re.match(r"[\d.,\s%]*\d(?![A-E]\b)[^\W\d_]{1,2}(?![^\W_])", value):
        return PrintedNumber.read(value, key), "", ""  # refused: "83-84" is no number, and neither is "8x"
    return PrintedNumber.read(match[1], key), *split_grade(match[2])


def _words(value: Any) -> tuple[str, tuple[OtherPrinting, ...]]:
    """Return the printed word, and where it was printed otherwise."""
    if value is None:
        return "", ()
    if isinstance(value, str):
        return split_grade(value)[1] or value, ()
    found = [PrintedMapping(item, f"kinerja[{i}]", "") for i, item in enumerate(value, start=1)]
    all_words = [OtherPrinting(r.text("tempat"), r.text("kinerja")) for r in found]
    return (str(all_words[0].nilai), tuple(all_words[1:])) if all_words else ("", ())


def _profil(r: PrintedMapping) -> PrintedProfile:
    rows = []
    for line in r.tables("baris"):
        rows.append(
            PrintedProfileRow(
                line.text("tingkat"),
                line.count("jumlah"),
                line.number("persen"),
                elsewhere(line, "persen_lain", "persen", PrintedNumber.read),
                elsewhere(line, "jumlah_lain", "jumlah", read_count),
            )
        )
        line.finish()
    table = PrintedProfile(
        r.text("karakteristik"),
        r.text("judul") or r.text("karakteristik"),
        tuple(rows),
        r.count("total"),
        r.number("total_persen"),
    )
    r.finish()
    return table


def _sums(r: PrintedMapping) -> dict[str, PrintedNumber]:
    """Return the printed sums of columns other than that of the values."""
    return {key: found for key in r.names() if key != "nilai" and (found := r.number(key)) is not None}


def _size(r: PrintedMapping) -> tuple[int, int]:
    people, size = r.count("populasi", 1), r.count("sampel")
    if people is None or size is None:
        raise DataError("publikasi-bagian", kolom=r.at("populasi"))
    r.finish()
    return people, size


def _grade(r: PrintedMapping) -> PrintedGrade:
    spans = []
    for low, high in r.get("selang") or ():
        place = r.at("selang")
        spans.append((PrintedNumber.read(low, place), PrintedNumber.read(high, place)))
    grade = PrintedGrade(r.text("mutu"), tuple(spans))
    r.finish()
    return grade


def _bagian(r: PrintedMapping) -> PartFigure:
    figure = r.number("ikm")
    if figure is None:
        raise DataError("publikasi-bagian", kolom=r.at("ikm"))
    letter, word = split_grade(r.text("mutu"))
    bagian = PartFigure(r.text("nama"), figure, r.count("n"), letter, r.text("kinerja") or word, r.text("jenis"))
    r.finish()
    return bagian
