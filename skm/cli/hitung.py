"""``skm hitung``: a file, a table on standard input or a JSON envelope -> the official figure."""

from __future__ import annotations

import argparse
import io
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.api.envelope.answer import compute
from skm.api.envelope.document import LEVELS, Done, GroupFinding
from skm.api.envelope.request import READING, Request, check_options, is_envelope, parse
from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.cli import reading
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from skm.answers.survei import Survei

_FLAGS = (
    "bobot",
    "pembulatan",
    "kosong",
    "pertanyaan",
    "unsur_kosong",
    "u8",
    "nilai_kosong",
    "regulasi",
    "per",
    "skala",
)


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("hitung", run, {"by": "--per", **reading.NAMES})
    parser.fill("berkas", "meta-berkas", "hitung.berkas")
    parser.option("--per", "meta-kolom", "hitung.per", action="append")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--tabel", "meta-nama", "hitung.tabel")
    reading.add_options(parser)
    reading.add_score_options(parser)
    parser.option("--skala", "meta-cara", "hitung.skala")
    parser.option("--populasi", "meta-n", "hitung.populasi")
    parser.switch("--profil", text="hitung.profil", dest="profil")
    parser.option("--simpan", "meta-berkas", "hitung.simpan")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--unit", "meta-nama", "hitung.unit")
    parser.option("--kecil", "meta-cara", "hitung.kecil")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def run(args: argparse.Namespace) -> Done:
    """Compute."""
    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    permintaan, survei = request(args)
    jawaban = compute(permintaan, survei)
    temuan = jawaban.findings()
    tersimpan, told = _saved(args, permintaan, survei)
    temuan += told
    kept = reading.kept(args, survei)
    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)
    gagal = any(LEVELS.index(t.finding.tingkat) >= limit for t in temuan)

    def text() -> str:
        parts = [jawaban.text(args.lang)]
        if tersimpan is not None:
            parts += [messages.text("kelompok", "disimpan", args.lang, **tersimpan)]
            parts += [t.finding.text(args.lang) for t in told]
        parts += [kept] if kept else []
        return "\n\n".join(parts)

    document = jawaban.to_dict(args.lang)
    if tersimpan is not None:
        document["tersimpan"] = str(tersimpan["berkas"])
    return Done(lambda: document, text, temuan, gagal)


def _saved(
    args: argparse.Namespace, permintaan: Request, survei: Survei | None
) -> tuple[dict[str, Any] | None, list[GroupFinding]]:
    """Write the counts where that was asked for; return what to say about it."""
    if args.simpan is None:
        if args.unit is not None or args.kecil is not None:
            raise OptionError("opsi-perlu-simpan", opsi="--unit" if args.unit is not None else "--kecil")
        return None, []
    if survei is None:
        raise OptionError("simpan-perlu-responden")
    from skm.api import counts as api_hitungan
    from skm.regulasi import _bobot as bobot

    opsi = permintaan.opsi
    counts = api_hitungan.tally(survei, opsi.get("per") or (), regulasi=opsi.get("regulasi"))
    options = {key: opsi[key] for key in ("pembulatan", "kosong", "unsur_kosong") if key in opsi}
    if "bobot" in opsi:
        options["bobot"] = bobot.canonical(opsi["bobot"])
    period = "" if survei.periode is None else survei.periode.label
    about = {key: value for key, value in (("unit", args.unit), ("periode", period)) if value}
    notes = counts.save(
        args.simpan,
        opsi=options,
        keterangan=about,
        kecil=args.kecil or "simpan",
        overwrite=getattr(args, "timpa", False),
    )
    saved = {"berkas": Path(args.simpan), "kelompok": len(counts.n), "n": int(counts.n.sum())}
    return saved, [GroupFinding(note) for note in notes]


def request(args: argparse.Namespace) -> tuple[Request, Survei | None]:
    """Return what is asked for: the envelope, or the file, together with the options typed."""
    typed = {key: value for key in _FLAGS if (value := getattr(args, key)) is not None}
    if "regulasi" in typed:
        typed["regulasi"] = _regulation(typed["regulasi"])
    if "nilai_kosong" in typed:
        typed["nilai_kosong"] = [v for text in typed["nilai_kosong"] for v in _blank_values(text)]
    if getattr(args, "profil", False):
        typed["profil"] = True
    content = standard_input() if args.berkas == "-" else json_file(args.berkas)
    if content is not None and is_envelope(content):
        return _with_typed(parse(content), typed, args), None
    check_options(typed, "data")
    kuesioner = None if args.kuesioner is None else _questionnaire(args.kuesioner)
    permintaan = Request("data", None, kuesioner=kuesioner, opsi=typed, populasi=args.populasi)
    return permintaan, _read(args.berkas, content, permintaan, args)


def _with_typed(permintaan: Request, typed: dict[str, Any], args: argparse.Namespace) -> Request:
    """Add what was typed to what the envelope says; one thing said in two ways is refused."""
    if args.lembar is not None:
        raise OptionError("opsi-tanpa-lembar", opsi="--lembar")
    words = reading_words(args)
    if unused := [
        key for key in reading.typed(args) if permintaan.bentuk != "data" or _WORD.get(key, key) not in words
    ]:
        raise OptionError("opsi-tanpa-lembar", opsi=reading.NAMES.get(unused[0], f"--{unused[0]}"))
    typed = {**typed, **words}
    check_options(typed, permintaan.bentuk)
    kuesioner = permintaan.kuesioner if args.kuesioner is None else _questionnaire(args.kuesioner)
    populasi = permintaan.populasi if args.populasi is None else args.populasi
    if permintaan.bentuk == "kelompok" and populasi is not None:
        raise DataError("masukan-populasi-kelompok", jalur="populasi")
    both = [key for key in typed if key in permintaan.opsi]
    both += [
        k for k in ("kuesioner", "populasi") if getattr(args, k) is not None and getattr(permintaan, k) is not None
    ]
    if both:
        raise OptionError("opsi-dua-kali", opsi=f"--{both[0].replace('_', '-')}")
    return replace(permintaan, kuesioner=kuesioner, opsi={**permintaan.opsi, **typed}, populasi=populasi)


# What reading calls an option -> its word in the envelope.
_WORD = {"skala": "konversi"}


def reading_words(args: argparse.Namespace) -> dict[str, Any]:
    """Return the options of reading that were typed, as the envelope calls them."""
    given = {**reading.reading(args), "periode": args.periode, "urutan": args.urutan}
    asked = [key for key in reading.typed(args) if _WORD.get(key, key) in READING]
    found = {_WORD.get(key, key): given[key] for key in asked}
    return {key: str(value) if key == "label" else value for key, value in found.items()}


def standard_input() -> bytes:
    """Return what comes in, as bytes."""
    raw = getattr(sys.stdin, "buffer", None)
    return b"" if raw is None else bytes(raw.read())


def json_file(name: str) -> bytes | None:
    """Return the bytes of a file that is called .json; other files are left to the reader."""
    from skm.basics.files import read_bytes

    return read_bytes(Path(name)) if name.lower().endswith(".json") else None


def _read(name: str, content: bytes | None, permintaan: Request, args: argparse.Namespace) -> Any:
    from skm.io import read as _io

    source: Any = _table(name, getattr(args, "tabel", None))
    if content is not None:
        source = io.BytesIO(content)
        if name != "-":
            source.name = name
    chosen = {key: permintaan.opsi[key] for key in ("regulasi", "u8", "nilai_kosong") if key in permintaan.opsi}
    args.dibaca = reading.options(args, kuesioner=permintaan.kuesioner, **chosen)
    read = _io.read(source, args.dibaca)
    if isinstance(read, _io.PrintedTable):
        raise DataError("bukan-survei", tata_letak=read.sumber.tata_letak, berkas=read.sumber.berkas)
    return reading.in_period(read, args)


def _table(name: str, tabel: str | None) -> Any:
    """Return a table of a database where the name is an address; else the name of the file as it is."""
    from skm.io.database import is_address, open_database

    if not is_address(name):
        if tabel is not None:
            raise OptionError("tabel-tanpa-basis-data", opsi="--tabel")
        return name
    if tabel is None:
        raise OptionError("basis-data-perlu-tabel", opsi="--tabel")
    return open_database(name, tabel)


def _questionnaire(choice: str) -> Any:
    """Return an id, a questionnaire read from a TOML file, or the plain map of unsur to columns that one holds."""
    if not choice.lower().endswith(".toml"):
        return choice
    from skm.basics.files import read_bytes
    from skm.basics.strict_text import parse_toml
    from skm.regulasi import _kuesioner as kuesioner

    path = Path(choice)
    content = read_bytes(path)
    top = parse_toml(content, path.name, exact=False)
    if "butir" in top or "skala" in top:
        return kuesioner.parse(content, path.name, path.parent)
    if top and set(top) <= {"kolom", "profil", "label", "kode"} and all(isinstance(v, dict) for v in top.values()):
        return top
    for key, value in top.items():
        columns = [value] if isinstance(value, str) else value
        if not isinstance(columns, list) or not columns or not all(isinstance(c, str) for c in columns):
            raise DataError("peta-isi", berkas=path.name, kolom=key)
    if not top:
        raise DataError("peta-isi", berkas=path.name, kolom="-")
    return top


def _regulation(choice: str) -> Any:
    """Return an id, or the regulation read from an agency's own TOML file."""
    if not choice.lower().endswith(".toml"):
        return choice
    from skm import regulasi
    from skm.basics.files import read_bytes

    path = Path(choice)
    return regulasi.parse(read_bytes(path), path.name, path.parent)


def _blank_values(text: str) -> list[Any]:
    """Return what a typed blank can look like in a file: a text, and a number where it is one."""
    if re.fullmatch(r"[+-]?\d{1,15}", text.strip()):
        return [text, int(text)]
    if re.fullmatch(r"[+-]?\d{1,15}[.,]\d{1,15}", text.strip()):
        return [text, float(text.replace(",", "."))]
    return [text]
