"""``skm gabung``: files of counts that units have sent -> one figure."""

from __future__ import annotations

import argparse
import glob
from typing import Any

from skm.api.envelope.document import Done, GroupFinding
from skm.basics.errors import OptionError
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
