"""The chapters of the follow-up report: what the survey said, what was planned, what was done, what is left."""

from __future__ import annotations

from dataclasses import replace

from skm import prioritas
from skm._format import format_exact
from skm._table import Column, Table
from skm.report._blok import Blok, Daftar, Kosong, Paragraf, Sampul, Tabel
from skm.report._kalimat import Kalimat


def cover(k: Kalimat) -> list[Blok]:
    """Title, unit, agency, period, logo."""
    return [
        Sampul(k.say("tl-sampul"), k.fact("unit"), k.fact("instansi"), k.fact("periode"), k.bahan.fakta.get("logo"))
    ]


def background(k: Kalimat) -> list[Blok]:
    """Say which survey this follows, and why it is followed up."""
    hasil = k.bahan.hasil
    text = k.say(
        "tl-latar",
        unit=k.fact("unit"),
        periode=k.fact("periode"),
        ikm=hasil.ikm,
        mutu=k.grade(),
        n=hasil.n or 0,
        peraturan=hasil.regulasi.nama,
    )
    return [Paragraf(text), Paragraf(k.say("tl-tujuan"))]


def figures(k: Kalimat) -> list[Blok]:
    """Show the unsur from the lowest: No, unsur, index, grade."""
    ranked = prioritas.rank(k.bahan.hasil)
    columns = (
        Column("no", k.say("buku-no"), "count"),
        Column("unsur", k.say("buku-unsur")),
        Column("ikm", "IKM", "decimal", 2),
        Column("mutu", k.say("buku-mutu")),
    )
    rows = tuple((i, f"{r.nama.name(k.lang)} ({r.kode})", r.nrr, r.mutu) for i, r in enumerate(ranked.baris, start=1))
    foot = (("IKM", f"{format_exact(k.bahan.hasil.ikm, k.lang)} ({k.grade()})"),)
    return [
        Paragraf(k.say("tl-nilai")),
        Tabel(Table("", columns, rows, (), k.lang), k.say("tl-tabel-nilai"), foot, lebar=(8, 62, 15, 15)),
        Paragraf(ranked.kalimat(k.lang)),
    ]


def plan(k: Kalimat) -> list[Blok]:
    """Show the plan with its quarters, and where it does not follow the result."""
    rows = k.bahan.fakta.rows("rtl")
    if not rows:
        return [Kosong(k.say("kosong-rtl"))]
    found = prioritas.rencana(rows, k.bahan.hasil)
    table = replace(found.table(k.lang), title="", notes=())
    return [
        Tabel(table, k.say("tabel-rtl"), lebar=(5, 22, 29, 7, 7, 7, 7, 16)),
        Paragraf(k.say("rtl-jangka"), "catatan"),
        *(Paragraf(f.text(k.lang), "penting" if f.tingkat == "peringatan" else "catatan") for f in found.catatan),
    ]


def realised(k: Kalimat) -> list[Blok]:
    """Show what became of each plan."""
    rows = k.bahan.fakta.rows("tindak_lanjut")
    if not rows:
        return [Kosong(k.say("kosong-realisasi"))]
    done = prioritas.realisasi(rows)
    table = replace(done.table(k.lang), title="", notes=())
    return [
        Paragraf(k.say("tl-realisasi")),
        Tabel(table, k.say("tl-realisasi-tabel"), lebar=(5, 23, 16, 19, 18, 19)),
        *(Paragraf(f.text(k.lang), "catatan") for f in done.catatan),
    ]


def conclusion(k: Kalimat) -> list[Blok]:
    """Say the share that was done, what is left and why, and how it will be done."""
    rows = k.bahan.fakta.rows("tindak_lanjut")
    if not rows:
        return [Kosong(k.say("kosong-realisasi"))]
    done = prioritas.realisasi(rows)
    blok: list[Blok] = [Paragraf(done.kalimat(k.lang), "tebal")]
    if not done.tersisa:
        return [*blok, Paragraf(k.say("tl-tanpa-sisa"))]
    reasons = [
        k.say("tl-dengan-alasan", rencana=r.rencana, alasan=r.hambatan)
        if r.hambatan
        else k.say("tl-tanpa-alasan", rencana=r.rencana)
        for r in done.tersisa
    ]
    left = replace(done.left_table(k.lang), title="")
    return [
        *blok,
        Paragraf(k.say("tl-sisa", daftar=k.joined([r.rencana for r in done.tersisa]))),
        Daftar(tuple(reasons)),
        Tabel(left, k.say("tl-sisa-tabel"), lebar=(5, 20, 17, 15, 10, 16, 17)),
    ]
