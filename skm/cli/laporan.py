"""``skm laporan``: answers and facts -> the documents, one by one, with what is missing told first."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.api.envelope.answer import given_of
from skm.api.envelope.document import Done, GroupFinding
from skm.api.envelope.request import READING
from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.basics.values import plain
from skm.cli import reading
from skm.cli.hitung import request
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skm.basics.numbers import Lang
    from skm.report import Bahan, WrittenSet

_NAMES = {
    **reading.NAMES,
    "by": "--per",
    "hanya": "--hanya",
    "kerangka": "--kerangka",
    "batas_samaran": "--samaran",
    "u8": "--u8",
}


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("laporan", run, _NAMES)
    parser.fill("berkas", "meta-berkas", "hitung.berkas", needed=False)
    parser.option("--out", "meta-folder", "laporan.out")
    parser.option("--unit", "meta-nama", "laporan.unit")
    parser.option("--populasi", "meta-n", "hitung.populasi")
    parser.option("--fakta", "meta-berkas", "laporan.fakta")
    parser.switch("--contoh", text="laporan.formulir", dest="contoh")
    parser.option("--hanya", "meta-nama", "laporan.hanya")
    parser.switch("--pdf", text="laporan.pdf", dest="pdf")
    parser.switch("--poster", text="laporan.poster", dest="poster")
    parser.switch("--internal", text="laporan.internal", dest="internal")
    parser.option("--kerangka", "meta-nama", "laporan.kerangka")
    parser.option("--templat", "meta-berkas", "laporan.templat")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--per", "meta-kolom", "laporan.per", action="append")
    parser.option("--samaran", "meta-n", "laporan.samaran")
    parser.option("--saran-periksa", "meta-berkas", "laporan.saran-periksa")
    parser.switch("--tanpa-saran", text="laporan.tanpa-saran", dest="tanpa_saran")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--tabel", "meta-nama", "hitung.tabel")
    reading.add_options(parser)
    reading.add_score_options(parser)


def run(args: argparse.Namespace) -> Done:
    """Write the documents, or the empty facts form."""
    if getattr(args, "contoh", False):
        return _form(args)
    for given, shown in ((args.berkas, messages.text("cli", "meta-berkas", args.lang)), (args.out, "--out")):
        if given is None:
            raise OptionError("argumen-hilang", isian=shown)
    bahan = material(args)
    hanya = None if args.hanya is None else [part.strip().lower() for part in args.hanya.split(",") if part.strip()]
    asked = [kind for kind in ("pdf", "poster", "internal") if getattr(args, kind, False)]
    if asked:
        from skm.report import ALWAYS

        hanya = [*(ALWAYS if hanya is None else hanya), *asked]
    return written(bahan, args, hanya=hanya, timpa=getattr(args, "timpa", False))


def written(bahan: Bahan, args: argparse.Namespace, *, hanya: Sequence[str] | None = None, timpa: bool = False) -> Done:
    """Write the documents of some material as one set and tell about it.

    Raises
    ------
    DataError
        There is a set already, or a document could not be made or written: nothing was.
    """
    from skm import report

    lang: Lang = args.lang
    files = report.write_report(
        bahan,
        args.out,
        hanya=hanya,
        overwrite=timpa,
        kerangka=getattr(args, "kerangka", None),
        templat=getattr(args, "templat", None),
        lang=lang,
    )
    return Done(
        lambda: document(bahan, files, lang),
        lambda: "\n\n".join(filter(None, (text(bahan, files, lang), getattr(args, "tersimpan", "")))),
        [GroupFinding(f) for f in bahan.findings()],
    )


def document(bahan: Bahan, files: WrittenSet, lang: Lang) -> dict[str, Any]:
    """Return what was made as a JSON-ready mapping."""
    return {
        "berkas": [{"jenis": f.jenis, "jalur": str(f.path), "ditulis": True} for f in files],
        "disimpan": [str(path) for path in files.disimpan],
        "belum_diisi": [
            {"id": key, "nama": name} for key, name in zip(bahan.fakta.missing(), bahan.missing(lang), strict=True)
        ],
        "keseluruhan": bahan.hasil.to_dict(lang),
        "kecukupan": None if bahan.kecukupan is None else bahan.kecukupan.to_dict(lang),
        "prioritas": bahan.priorities().to_dict(lang),
    }


def text(bahan: Bahan, files: WrittenSet, lang: Lang) -> str:
    """Say what is missing, then the figure, then what was written."""

    def say(code: str, **fields: Any) -> str:
        return messages.text("cli", code, lang, **fields)

    missing = bahan.missing(lang)
    lines = []
    if missing:
        lines += [say("laporan.kurang", banyak=len(missing)), *(f"  - {name}" for name in missing), ""]
    lines.append(bahan.hasil.headline(lang))
    lines += [f.text(lang) for f in bahan.findings() if f.tingkat != "catatan"]
    lines.append("")
    lines += [say("laporan.ditulis"), *(f"  {f.path}" for f in files)]
    if files.disimpan:
        lines += [say("laporan.disimpan"), *(f"  {path}" for path in files.disimpan)]
    return "\n".join(lines)


def _form(args: argparse.Namespace) -> Done:
    from skm import report

    out = Path("fakta.xlsx" if args.out is None else args.out)
    if out.suffix.lower() != ".xlsx":
        raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.suffix or out.name, pilihan=[".xlsx"])
    path = str(report.write_facts_form(out, lang=args.lang, overwrite=getattr(args, "timpa", False)))
    return Done(
        lambda: {"tertulis": path}, lambda: messages.text("cli", "laporan.tanpa-berkas", args.lang, berkas=path)
    )


def material(args: argparse.Namespace) -> Bahan:
    """Return the material of a report: the answers or counts that were asked for, and the facts."""
    from skm import report
    from skm.regulasi._choose import questionnaire
    from skm.scores.result import HasilIKM

    args.skala = None
    per, periode = args.per, args.periode
    args.per = args.periode = None  # the material of a report is cut by period and by service as a whole
    permintaan, survei = request(args)
    opsi = dict(permintaan.opsi)
    regulasi = opsi.pop("regulasi", None)
    base, peta = questionnaire(permintaan.kuesioner, regulasi)
    data = survei if survei is not None else given_of(permintaan, base, peta)
    asked = per or opsi.pop("per", None) or []
    for key in ("profil", "u8", "skala", *READING):  # they were used in reading
        opsi.pop(key, None)
    if len(asked) > 1:
        raise OptionError("opsi-tidak-dikenal", opsi="--per", nilai=", ".join(asked), pilihan=[asked[0]])
    fakta: Any = _facts(permintaan.fakta) if args.fakta is None else Path(args.fakta)
    bahan = report.compile(
        data,
        unit=args.unit,
        periode=periode,
        urutan=args.urutan,
        tanpa_tanggal=args.tanpa_tanggal,
        population=permintaan.populasi,
        fakta=fakta,
        per=asked[0] if asked else "layanan",
        saran=not getattr(args, "tanpa_saran", False),
        saran_periksa=_reviewed(args),
        batas_samaran=5 if args.samaran is None else args.samaran,
        **({} if isinstance(data, HasilIKM) else opsi),
    )
    args.tersimpan = reading.kept(args, survei)
    return bahan


def _reviewed(args: argparse.Namespace) -> Path | None:
    """Return the ticked remarks: those named, else those that an earlier run left in the folder."""
    named = getattr(args, "saran_periksa", None)
    if named is not None:
        return Path(named)
    from skm.report.material.remark_review import REVIEW

    out = getattr(args, "out", None)
    left = None if out is None else Path(out) / REVIEW
    return left if left is not None and left.is_file() else None


def _facts(fakta: Any) -> Any:
    """Return the facts of an envelope; it names no files, since it may come from anywhere."""
    for key in ("logo", "foto"):
        if fakta and fakta.get(key):
            raise DataError("masukan-jalur-berkas", jalur=f"fakta.{key}", nilai=str(plain(key)))
    return fakta
