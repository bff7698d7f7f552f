"""``skm tindak-lanjut``: the answers of a survey, its plan and what became of it -> the follow-up report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from skm.api.envelope.document import Done, GroupFinding
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.writing import check_writable
from skm.cli import reading
from skm.cli.laporan import material
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("tindak-lanjut", run, {**reading.NAMES, "by": "--per", "path": "--out"})
    parser.fill("berkas", "meta-berkas", "hitung.berkas")
    parser.option("--fakta", "meta-berkas", "tindak-lanjut.fakta")
    parser.option("--out", "meta-berkas", "tindak-lanjut.out")
    parser.option("--unit", "meta-nama", "laporan.unit")
    parser.option("--populasi", "meta-n", "hitung.populasi")
    parser.option("--kerangka", "meta-berkas", "tindak-lanjut.kerangka")
    parser.option("--templat", "meta-berkas", "laporan.templat")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--tabel", "meta-nama", "hitung.tabel")
    reading.add_options(parser)
    reading.add_score_options(parser)


def run(args: argparse.Namespace) -> Done:
    """Write the report; the ending of --out chooses Word, HTML or PDF."""
    from skm import report
    from skm.report.chapters.follow_up import told_of

    out = Path("tindak_lanjut.docx" if args.out is None else args.out)
    if out.suffix.lower() not in report.FOLLOW_UP_KINDS:
        raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.name, pilihan=list(report.FOLLOW_UP_KINDS))
    overwrite = getattr(args, "timpa", False)
    check_writable(out, overwrite=overwrite)
    args.per = args.samaran = None
    args.tanpa_saran = True
    bahan = material(args)
    report.write_follow_up(
        bahan, out, kerangka=args.kerangka, templat=args.templat, overwrite=overwrite, lang=args.lang
    )
    plans, done = len(bahan.fakta.rows("rtl")), told_of(bahan.fakta)

    def text() -> str:
        def say(code: str, **fields: Any) -> str:
            return messages.text("cli", code, args.lang, **fields)

        lines = [bahan.hasil.headline(args.lang), say("tindak-lanjut.isi", rencana=plans, realisasi=done)]
        kept = ["", args.tersimpan] if args.tersimpan else []
        return "\n".join([*lines, "", say("laporan.ditulis"), f"  {out}", *kept])

    document = {
        "berkas": str(out),
        "rencana": plans,
        "realisasi": done,
        "keseluruhan": bahan.hasil.to_dict(args.lang),
        "prioritas": bahan.priorities().to_dict(args.lang),
    }
    return Done(lambda: document, text, [GroupFinding(f) for f in bahan.findings()])
