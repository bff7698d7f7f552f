"""``skm gabung``: files of counts, or of anything else that units have sent -> one figure."""

from __future__ import annotations

import argparse
import glob
from pathlib import Path
from typing import Any

from skm.api.envelope.document import Done, GroupFinding
from skm.basics.errors import DataError, OptionError
from skm.basics.sheets.opened import PARQUET
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("gabung", run, {"method": "--cara", "weights": "--berat", "by": "--per"})
    parser.fill("berkas", "meta-berkas-hitungan", "gabung.berkas", many=True)
    parser.option("--per", "meta-kolom", "gabung.per", default="unit")
    parser.option("--cara", "meta-cara", "gabung.cara")
    parser.option("--berat", "meta-berat", "gabung.berat")


def run(args: argparse.Namespace) -> Done:
    """Combine."""
    from skm.api import counts

    if args.cara is None:
        raise OptionError("argumen-hilang", isian="--cara")
    paths = [path for name in args.berkas for path in _expanded(name)]
    if not all(_holds_counts(path) for path in paths):
        return _mixed(args, paths)
    rekap = counts.combine_files(paths, per=args.per, method=args.cara, weights=weights_of(args.berat))
    lang = args.lang

    def text() -> str:
        tables = [rekap.gabungan.table(lang).to_text(), rekap.unit.table(lang).to_text()]
        return "\n\n".join([*tables, *(note.text(lang) for note in rekap.catatan if note not in rekap.unit.catatan)])

    document = {
        "gabungan": rekap.gabungan.to_dict(lang),
        "kelompok": [
            {"kelompok": dict(zip(rekap.unit.kunci, label, strict=True)), "n": n, "ikm": ikm, "mutu": mutu}
            for label, n, ikm, mutu in rekap.unit.rows()
        ],
        "berkas": paths,
    }
    return Done(lambda: document, text, [GroupFinding(note) for note in rekap.catatan])


def _holds_counts(path: str) -> bool:
    """Tell whether a file is one of counts, or not there at all, which reading it will say."""
    place = Path(path)
    if place.is_dir():
        return False
    if not place.is_file() or place.suffix.lower() == ".hitungan":
        return True
    with place.open("rb") as stream:
        if stream.read(4) != PARQUET:
            return False
    from skm.report.compilation.stored import is_counts

    return is_counts(place)


def _mixed(args: argparse.Namespace, paths: list[str]) -> Done:
    """Combine what units sent in whatever form; every unit and every doubt is told."""
    from skm import report

    weights = args.berat if args.berat == "populasi" else weights_of(args.berat)
    recap = report.collect(paths, method=args.cara, weights=weights)
    city = recap.gabungan
    if city is None:
        raise DataError("gabung-tidak-dapat", sebab=[f.text(args.lang) for f in recap.catatan])
    lang = args.lang
    findings = recap.findings()

    def text() -> str:
        tables = [city.table(lang).to_text(), recap.summary(lang).to_text()]
        return "\n\n".join([*tables, "\n".join(f"- {f.text(lang)}" for f in findings)])

    document = {
        "gabungan": city.to_dict(lang),
        "kelompok": [
            {"kelompok": {args.per: r.unit}, "n": r.n or 0, "ikm": float(r.ikm or 0), "mutu": r.mutu}
            for r in recap.dihitung
        ],
        "berkas": paths,
    }
    return Done(lambda: document, text, [GroupFinding(note) for note in findings])


def _expanded(name: str) -> list[str]:
    """Return the files of a pattern: not every shell puts in the names."""
    found = sorted(glob.glob(name)) if glob.has_magic(name) else []  # noqa: PTH207
    return found or [name]


def weights_of(text: str | None) -> Any:
    """Return "n", or unit -> number from ``A=3441,B=1200``."""
    if text is None or text.strip() == "n":
        return None if text is None else "n"
    out: dict[str, str] = {}
    for part in text.split(","):
        unit, equals, number = part.rpartition("=")
        if not equals or not unit.strip():
            raise OptionError("gabung-berat-terbaca", nilai=part)
        out[unit.strip()] = number.strip()
    return out
