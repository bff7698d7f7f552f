"""``skm demo``: the example file becomes the official figure, then stands beside what was printed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.api.envelope.document import Done, GroupFinding
from skm.basics import messages
from skm.basics.table import Table, TableColumn
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from skm.auditing.audit import HasilTelaah
    from skm.basics.numbers import Lang

_CASE = "wonoasih-2024-s2"


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("demo", run)
    parser.option("--out", "meta-folder", "demo.out")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")


def run(args: argparse.Namespace) -> Done:
    """Compute the example, and write what was asked for."""
    from skm import publikasi
    from skm.api.files import contoh, read
    from skm.api.score import profile, score
    from skm.auditing import audit as telaah
    from skm.sampling import adequacy

    lang: Lang = args.lang
    path = contoh(_CASE)
    survei = read(path)
    hasil, profil = score(survei), profile(survei)
    tercetak = publikasi.load(_CASE)
    audit = telaah.audit(tercetak)
    enough = None
    if hasil.n is not None and tercetak.populasi is not None:
        enough = adequacy(hasil.n, tercetak.populasi)
    written = None
    if args.out is not None:
        from skm import report
        from skm.cli import laporan

        facts = path.with_name(f"{_CASE}-fakta.toml")
        written = laporan.written(
            report.compile(survei, fakta=facts),
            args,
            hanya=(*report.ALWAYS, "poster"),
            timpa=getattr(args, "timpa", False),
        )

    def say(code: str, **fields: Any) -> str:
        return messages.text("cli", code, lang, **fields)

    def text() -> str:
        parts = [
            say("demo.berkas", berkas=path, unit=tercetak.title()),
            _part(say("demo.judul-nilai"), hasil.table(lang).to_text()),
            _part(say("demo.judul-responden"), profil.table(lang).to_text()),
            _part(say("demo.judul-terendah"), hasil.lowest(3).text(lang)),
        ]
        if enough is not None:
            table = enough.table(lang)
            more = say("demo.selengkapnya", N=enough.population, n=enough.n)
            short = replace(table, notes=(*table.notes[:2], more))
            parts.append(_part(say("demo.judul-sampel"), short.to_text()))
        parts.append(_part(say("demo.judul-tercetak"), _beside(audit, lang)))
        if written is not None:
            parts.append(_part(say("demo.judul-laporan"), written.teks()))
        return "\n\n".join(parts)

    def document() -> dict[str, Any]:
        return {
            "berkas": path.name,
            "rekonstruksi": True,
            "keseluruhan": hasil.to_dict(lang),
            "kelompok": None,
            "profil": profil.to_dict(lang),
            "kecukupan": None if enough is None else enough.to_dict(lang),
            "telaah": audit.to_dict(lang),
            "laporan": None if written is None else written.hasil(),
        }

    return Done(document, text, [GroupFinding(f) for f in (*hasil.catatan, *profil.catatan)])


def _part(title: str, body: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{body}"


def _beside(audit: HasilTelaah, lang: Lang) -> str:
    """Return what the printed numbers exclude, then the index that they give beside the one that was printed."""

    def say(code: str, **fields: Any) -> str:
        return messages.text("cli", code, lang, **fields)

    printed = audit.publikasi.ikm
    proofs = [f.text(lang) for f in audit.temuan if f.kode.startswith("ikm-")]
    if printed is None:
        return "\n\n".join([*proofs, audit.recomputed(lang).to_text()])
    columns = (
        TableColumn("cara", say("demo.kolom-cara")),
        TableColumn("ikm", say("demo.kolom-ikm"), "decimal", 2),
        TableColumn("beda", say("demo.kolom-beda"), "decimal", 2),
    )
    weights = [(h.bobot if lang == "en" else h.bobot.replace(".", ","), h.ikm) for h in audit.hitung_ulang]
    rows: list[tuple[Any, ...]] = [
        (say("demo.baris-bobot", bobot=w), ikm, ikm - Fraction(printed.nilai)) for w, ikm in weights
    ]
    rows.append((say("demo.baris-tercetak"), printed.nilai, None))
    table = Table(say("demo.judul-banding"), columns, tuple(rows), (), lang)
    return "\n\n".join([*proofs, table.to_text(), say("demo.penutup")])
