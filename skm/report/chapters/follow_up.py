"""The chapters of the follow-up report: what the survey said, what was planned, what was done, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from skm import prioritas
from skm.basics.numbers import format_exact
from skm.basics.table import Table, TableColumn
from skm.basics.words import normalise
from skm.report.chapters.blocks import Blok, Bullets, Cover, Missing, Paragraph, TableBlock, WriterNote
from skm.report.chapters.notes import with_advice
from skm.report.chapters.sentences import Sentences
from skm.report.material.clean_text import fill_in
from skm.report.material.facts import Fakta


def cover(k: Sentences) -> list[Blok]:
    """Title, unit, agency, period, logo."""
    return [Cover(k.say("tl-sampul"), k.fact("unit"), k.fact("instansi"), k.fact("periode"), k.bahan.fakta.get("logo"))]


def background(k: Sentences) -> list[Blok]:
    """Say which survey this follows, and why it is followed up."""
    hasil = k.bahan.hasil
    text = k.say(
        "tl-latar",
        unit=k.fact("unit"),
        periode=k.fact("periode"),
        ikm=hasil.ikm,
        mutu=k.grade(),
        n=k.respondents(),
        peraturan=hasil.regulasi.nama,
    )
    return [Paragraph(text), Paragraph(k.say("tl-tujuan"))]


def figures(k: Sentences) -> list[Blok]:
    """Show the unsur from the lowest: No, unsur, index, grade."""
    ranked = k.bahan.priorities()
    columns = (
        TableColumn("no", k.say("buku-no"), "count"),
        TableColumn("unsur", k.say("buku-unsur")),
        TableColumn("ikm", "IKM", "decimal", 2),
        TableColumn("mutu", k.say("buku-mutu")),
    )
    rows = tuple((i, f"{r.nama.name(k.lang)} ({r.kode})", r.nrr, r.mutu) for i, r in enumerate(ranked.baris, start=1))
    foot = (("IKM", f"{format_exact(k.bahan.hasil.ikm, k.lang)} ({k.grade()})"),)
    return [
        Paragraph(k.say("tl-nilai")),
        TableBlock(Table("", columns, rows, (), k.lang), k.say("tl-tabel-nilai"), foot, lebar=(8, 62, 15, 15)),
        Paragraph(ranked.kalimat(k.lang)),
        *(Paragraph(text) for text in (k.lowest_apart(),) if text),
    ]


def plan(k: Sentences) -> list[Blok]:
    """Show the plan with its quarters, and where it does not follow the result."""
    rows = k.bahan.fakta.rows("rtl")
    if not rows:
        return [Missing(k.say("kosong-rtl"))]
    found = prioritas.rencana(rows, k.bahan.hasil)
    table = replace(found.table(k.lang), title="", notes=(k.say("rtl-jangka"),))
    return [
        TableBlock(table, k.say("tabel-rtl"), lebar=(5, 22, 29, 7, 7, 7, 7, 16)),
        *(WriterNote(with_advice(f, k.lang)) for f in found.catatan),
    ]


def one_plan(fakta: Fakta) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Return what became of each activity of this period's plan, in its order, and rows that belong to no activity.

    The table of realisations is of this plan. The table of the earlier period's follow-up, which the next report
    prints in an annex, serves only where its rows are of this plan too: a plan of one period and the realisation of
    another are not a share of anything. An activity without a row was not carried out.
    """
    plan = fakta.rows("rtl")
    names = {normalise(str(r["kegiatan"])): r for r in plan}
    given = _given(fakta, frozenset(names))
    if not given or not plan:
        return given, []
    told = {normalise(str(r["rencana"])): r for r in given}
    rows: list[Mapping[str, Any]] = []
    for key, row in names.items():
        who = {"penanggung_jawab": row["penanggung_jawab"]} if row.get("penanggung_jawab") else {}
        rows.append(told.get(key) or {"rencana": row["kegiatan"], "status": "belum", **who})
    strange = [r for key, r in told.items() if key not in names]
    return [*rows, *strange], [str(r["rencana"]) for r in strange]


def told_of(fakta: Fakta) -> int:
    """Return of how many activities the facts say what became of them."""
    return len(_given(fakta, frozenset(normalise(str(r["kegiatan"])) for r in fakta.rows("rtl"))))


def _given(fakta: Fakta, plan: frozenset[str]) -> list[Mapping[str, Any]]:
    own = list(fakta.rows("realisasi"))
    return own or [r for r in fakta.rows("tindak_lanjut") if not plan or normalise(str(r["rencana"])) in plan]


def realised(k: Sentences) -> list[Blok]:
    """Show what became of each plan."""
    rows, strange = one_plan(k.bahan.fakta)
    if not rows:
        return [Missing(k.say("kosong-realisasi"))]
    done = prioritas.realisasi(rows)
    table = replace(done.table(k.lang), title="", notes=())
    return [
        Paragraph(k.say("tl-realisasi")),
        TableBlock(table, k.say("tl-realisasi-tabel"), lebar=(5, 23, 16, 19, 18, 19)),
        *(WriterNote(with_advice(f, k.lang)) for f in done.catatan),
        *([WriterNote(k.say("tl-di-luar-rencana", daftar=k.joined(strange)))] if strange else []),
    ]


def conclusion(k: Sentences) -> list[Blok]:
    """Say the share that was done, what is left and why, and how it will be done."""
    rows, _ = one_plan(k.bahan.fakta)
    if not rows:
        return [Missing(k.say("kosong-realisasi"))]
    done = prioritas.realisasi(rows)
    blok: list[Blok] = [Paragraph(done.kalimat(k.lang), "tebal")]
    if not done.tersisa:
        return [*blok, Paragraph(k.say("tl-tanpa-sisa"))]
    reasons = [
        k.say("tl-dengan-alasan", rencana=r.rencana, alasan=r.hambatan or fill_in(k.say("tl-tanpa-alasan")))
        for r in done.tersisa
    ]
    left = replace(done.left_table(k.lang), title="")
    return [
        *blok,
        Paragraph(k.say("tl-sisa")),
        Bullets(tuple(reasons)),
        TableBlock(left, k.say("tl-sisa-tabel"), lebar=(5, 20, 17, 15, 10, 16, 17)),
    ]
