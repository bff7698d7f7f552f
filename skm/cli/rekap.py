"""``skm rekap``: a folder of what units sent -> one recap, the collected sheet, and the compilation's documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from skm.api.envelope.document import LEVELS, Done, GroupFinding
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.writing import check_writable
from skm.cli.gabung import weights_of
from skm.cli.parser import Commands
from skm.io.decisions import FILE

if TYPE_CHECKING:
    from skm.report.compilation.recap import Recap

_NAMES = {
    "method": "--cara",
    "weights": "--berat",
    "units": "--daftar",
    "duplicates": "--ganda",
    "unlisted": "--luar-daftar",
    "previous": "--lalu",
    "processes": "--proses",
    "periode": "--periode",
    "batas_kecil": "--kecil",
    "bobot": "--bobot",
    "u8": "--u8",
}


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("rekap", run, _NAMES)
    parser.fill("berkas", "meta-berkas", "rekap.berkas", many=True)
    parser.option("--daftar", "meta-berkas", "rekap.daftar")
    parser.option("--periode", "meta-periode", "rekap.periode")
    parser.option("--cara", "meta-cara", "rekap.cara")
    parser.option("--berat", "meta-berat", "rekap.berat")
    parser.option("--out", "meta-berkas", "rekap.out")
    parser.option("--laporan", "meta-folder", "rekap.laporan")
    parser.option("--lalu", "meta-berkas", "rekap.lalu")
    parser.option("--ganda", "meta-cara", "rekap.ganda", default="tahan")
    parser.option("--luar-daftar", "meta-cara", "rekap.luar-daftar", default="tinggalkan")
    parser.option("--kecil", "meta-n", "rekap.kecil", default="30")
    parser.option("--proses", "meta-n", "rekap.proses")
    parser.option("--bobot", "meta-bobot", "hitung.bobot", default="tepat")
    parser.option("--pembulatan", "meta-cara", "hitung.pembulatan", default="nik-2")
    parser.option("--kosong", "meta-cara", "hitung.kosong", default="per-unsur")
    parser.option("--u8", "meta-unsur", "hitung.u8")
    parser.option("--nilai-kosong", "meta-nilai", "hitung.nilai-kosong", action="append")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.option("--keputusan", "meta-berkas", "baca.keputusan")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def run(args: argparse.Namespace) -> Done:
    """Collect, show, write."""
    from skm import report

    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    overwrite = getattr(args, "timpa", False)
    if args.out is not None:
        if Path(args.out).suffix.lower() not in (".xlsx", ".json"):
            raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=args.out, pilihan=[".xlsx", ".json"])
        check_writable(Path(args.out), overwrite=overwrite)
    recap = report.collect(
        args.berkas if len(args.berkas) > 1 else args.berkas[0],
        units=args.daftar,
        periode=args.periode,
        method=args.cara,
        weights=args.berat if args.berat == "populasi" else weights_of(args.berat),
        bobot=args.bobot,
        pembulatan=args.pembulatan,
        kosong=args.kosong,
        u8=args.u8,
        nilai_kosong=args.nilai_kosong or (),
        kuesioner=args.kuesioner,
        keputusan=_kept(args),
        duplicates=args.ganda,
        unlisted=args.luar_daftar,
        previous=args.lalu,
        batas_kecil=args.kecil,
        processes=args.proses,
    )
    made = _written(args, recap, overwrite=overwrite)
    lang = args.lang
    findings = recap.findings()
    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)

    def text() -> str:
        parts = [recap.summary(lang).to_text()]
        if recap.gabungan is not None:
            parts.append(recap.gabungan.headline(lang))
        parts.append("\n".join(f"- {f.text(lang)} {f.advice(lang)}".rstrip() for f in findings))
        if made:
            parts.append("\n".join([messages.text("cli", "laporan.ditulis", lang), *(f"  {p}" for p in made)]))
        return "\n\n".join(part for part in parts if part)

    return Done(
        lambda: {**recap.to_dict(lang), "tertulis": [str(p) for p in made]},
        text,
        [GroupFinding(f) for f in findings],
        any(LEVELS.index(f.tingkat) >= limit for f in findings),
    )


def _kept(args: argparse.Namespace) -> Path | None:
    """Return the file of kept answers: the one named, else the one in the folder that is read, if it is there."""
    if args.keputusan is not None:
        return None if args.keputusan.strip().lower() == "tidak" else Path(args.keputusan)
    place = Path(args.berkas[0])
    path = (place if place.is_dir() else place.parent) / FILE
    return path if path.is_file() else None


def _written(args: argparse.Namespace, recap: Recap, *, overwrite: bool) -> list[Path]:
    from skm import report

    made: list[Path] = []
    if args.out is not None:
        report.write_recap(recap, args.out, overwrite=overwrite, lang=args.lang)
        made.append(Path(args.out))
    if args.laporan is not None:
        made += [f.path for f in report.write_compilation(recap, args.laporan, overwrite=overwrite, lang=args.lang)]
    return made
