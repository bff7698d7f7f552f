"""The annexes: questionnaire, processing, photographs, earlier follow-up, consultation, method and provenance."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from skm import prioritas
from skm.basics import messages
from skm.basics.numbers import format_exact
from skm.basics.table import Table, TableColumn
from skm.report.chapters.blocks import Blok, Letterhead, Missing, Paragraph, PhotoBlock, TableBlock, WriterNote
from skm.report.chapters.front import signature as signed
from skm.report.chapters.notes import with_advice
from skm.report.chapters.results import notes_of
from skm.report.chapters.sentences import Sentences
from skm.report.kit.respondent_fields import fields
from skm.report.material.fields import catalogue
from skm.report.material.origin import origin


def questionnaire(k: Sentences) -> list[Blok]:
    """Show the questions and their answers."""
    data = k.bahan.data
    levels = len(data.kuesioner.nilai)
    labelled = any(b.label for b in data.butir)
    columns: tuple[TableColumn, ...] = (
        TableColumn("no", k.say("buku-no"), "count"),
        TableColumn("tanya", k.say("kolom-pertanyaan")),
    )
    if labelled:
        letters = data.kuesioner.huruf or tuple(str(i) for i in range(1, levels + 1))
        columns += tuple(TableColumn(f"j{i}", f"{letters[i - 1]} ({i})") for i in range(1, levels + 1))
    rows = []
    for i, b in enumerate(data.butir, start=1):
        unsur = k.bahan.hasil.unsur[b.unsur]
        asked = b.tanya.get(k.lang) or b.tanya.get("id")
        text = f"{unsur.nama.name(k.lang)}: {asked}" if asked else unsur.nama.name(k.lang)
        rows.append((i, text, *(b.label or ("-",) * levels)) if labelled else (i, text))
    width = 54 // levels if labelled else 0
    lebar = (6, 94 - width * levels, *[width] * levels) if labelled else (8, 92)
    blok: list[Blok] = [
        *_form_head(k),
        Paragraph(k.say("kuesioner-kalimat", tingkat=levels)),
        TableBlock(Table("", columns, tuple(rows), (), k.lang), k.say("tabel-pertanyaan"), lebar=lebar),
    ]
    return [
        *blok,
        Paragraph(messages.text("mulai", "kuesioner-bagian-3", k.lang), "tebal"),
        Paragraph(" ".join(["_" * 10] * 14)),
    ]


def _form_head(k: Sentences) -> list[Blok]:
    """Return the head of the printed form: what it is for, and what it asks about the respondent."""
    say = partial(messages.text, "mulai")
    columns = (TableColumn("isian", k.say("formulir-isian")), TableColumn("pilihan", k.say("formulir-isi")))
    rows = [(f.name(k.lang), "   ".join(f"\u25a1 {p}" for p in f.pilihan) or "." * 30) for f in fields()]
    table = Table("", columns, tuple(rows), (), k.lang)
    return [
        Paragraph(say("kuesioner-judul", k.lang), "tengah"),
        Paragraph(say("kuesioner-pembuka", k.lang)),
        Paragraph(say("kuesioner-bagian-1", k.lang), "tebal"),
        TableBlock(table, k.say("tabel-isian-responden"), lebar=(28, 72)),
        Paragraph(say("kuesioner-bagian-2", k.lang), "tebal"),
    ]


def processing(k: Sentences) -> list[Blok]:
    """Show the bottom lines of the worksheet; the rows are in the workbook."""
    hasil = k.bahan.hasil
    columns = (
        TableColumn("kode", k.say("buku-kode")),
        TableColumn("unsur", k.say("buku-unsur")),
        TableColumn("total", k.say("buku-jumlah-nilai"), "count"),
        TableColumn("n", k.say("buku-terisi"), "count"),
        TableColumn("nrr", "NRR", "decimal", 3),
        TableColumn("bobot", k.say("buku-bobot"), "decimal", 4),
        TableColumn("tertimbang", k.say("kolom-tertimbang"), "decimal", 3),
    )
    rows = []
    for u, w in zip(hasil.unsur.values(), hasil.bobot.nilai, strict=True):
        whole = isinstance(u.total, int) or u.total is None
        total: Any = u.total if whole else k.number(u.total, 2)
        rows.append((u.kode, u.nama.name(k.lang), total, u.n, u.nrr, w, u.nrr_tertimbang))
    index = sum(u.nrr_tertimbang for u in hasil.unsur.values())
    foot = (
        (k.say("buku-jumlah-tertimbang"), k.number(index, 3)),
        (k.say("buku-ikm"), f"{k.ikm} ({k.grade()})"),
    )
    table = Table("", columns, tuple(rows), (), k.lang)
    return [
        Paragraph(" ".join(k.say(code) for code in ("olah-kalimat", *(["olah-buku"] if k.bahan.data.n else [])))),
        TableBlock(table, k.say("tabel-olah"), foot, lebar=(8, 33, 11, 13, 10, 11, 14)),
    ]


def photographs(k: Sentences) -> list[Blok]:
    """Show the photographs."""
    rows = k.bahan.fakta.rows("foto")
    if not rows:
        return [Missing(k.say("kosong-foto"))]
    return [PhotoBlock(r["berkas"], str(r.get("keterangan") or k.say("foto-tanpa-keterangan"))) for r in rows]


def follow_up(k: Sentences) -> list[Blok]:
    """Show what became of the earlier plan."""
    rows = k.bahan.fakta.rows("tindak_lanjut")
    if not rows:
        return [Missing(k.say("kosong-tindak-lanjut"))]
    done = prioritas.realisasi(rows)
    table = replace(done.table(k.lang), title="", notes=())
    return [
        TableBlock(table, k.say("tabel-tindak-lanjut"), lebar=(5, 23, 16, 19, 18, 19)),
        Paragraph(done.kalimat(k.lang)),
        *(WriterNote(with_advice(note, k.lang)) for note in done.catatan),
    ]


def consultation(k: Sentences) -> list[Blok]:
    """Give the minutes of the public consultation: letterhead, what was agreed, signatures, attendance."""
    fakta = k.bahan.fakta
    filled = any(fakta.get(key) is not None for key in ("fkp_tanggal", "fkp_tempat", "fkp_peserta"))
    if not filled and not fakta.rows("fkp"):
        return [Missing(k.say("kosong-fkp"))]
    text = k.say(
        "fkp-kalimat",
        tanggal=k.fact("fkp_tanggal"),
        tempat=k.phrase("fkp_tempat"),
        peserta=k.phrase("fkp_peserta"),
        unit=k.fact("unit"),
        periode=k.fact("periode"),
    )
    head = tuple(line.strip() for line in (fakta.text("kop", k.lang) or "").split("|") if line.strip())
    blok: list[Blok] = [Letterhead(head, fakta.get("logo"))] if head else []
    blok += [Paragraph(k.say("fkp-judul"), "tengah"), Paragraph(text)]
    blok.append(Paragraph(k.say("fkp-hasil", ikm=k.bahan.hasil.ikm, mutu=k.grade())))
    rows = fakta.rows("fkp")
    if rows:
        columns = (
            TableColumn("no", k.say("buku-no"), "count"),
            *(TableColumn(c.id, c.name(k.lang)) for c in _columns("fkp")),
        )
        body = tuple((i, str(r["pokok"]), str(r.get("kesepakatan") or "-")) for i, r in enumerate(rows, start=1))
        blok.append(TableBlock(Table("", columns, body, (), k.lang), k.say("tabel-fkp"), lebar=(8, 40, 52)))
    else:
        blok.append(Missing(catalogue().label("fkp", k.lang)))
    blok += [Paragraph(k.say("fkp-penutup")), signed(k), *_attendance(k)]
    return blok


def _attendance(k: Sentences) -> list[Blok]:
    """Return the list of those present, with a place to sign; blank lines where nobody is named yet."""
    present = [(str(r.get("nama") or ""), str(r.get("mewakili") or "")) for r in k.bahan.fakta.rows("fkp_hadir")]
    columns = (
        TableColumn("no", k.say("buku-no"), "count"),
        TableColumn("nama", k.say("fkp-nama")),
        TableColumn("mewakili", k.say("fkp-mewakili")),
        TableColumn("tanda", k.say("fkp-tanda")),
    )
    rows = tuple((i, *one, "") for i, one in enumerate(present or [("", "")] * 8, start=1))
    return [TableBlock(Table("", columns, rows, (), k.lang), k.say("tabel-fkp-hadir"), lebar=(8, 36, 32, 24))]


def provenance(k: Sentences) -> list[Blok]:
    """Say how the figure came about, what others weights give, what was noticed."""
    hasil = k.bahan.hasil
    columns = (TableColumn("hal", k.say("kolom-hal")), TableColumn("isi", k.say("kolom-isi")))
    blok: list[Blok] = [
        Paragraph(k.say("asal-kalimat")),
        TableBlock(Table("", columns, tuple(origin(k.bahan, k.lang)), (), k.lang), k.say("tabel-asal"), lebar=(32, 68)),
    ]
    weights = (
        TableColumn("bobot", k.say("asal-bobot")),
        TableColumn("ikm", "IKM"),
        TableColumn("mutu", k.say("buku-mutu")),
    )
    rows = tuple((k.label(p.label), format_exact(p.ikm, k.lang), p.mutu) for p in hasil.pembanding)
    blok.append(TableBlock(Table("", weights, rows, (), k.lang), k.say("tabel-pembanding"), lebar=(40, 30, 30)))
    blok.append(Paragraph(k.letter_depends() or k.say("kalimat-mutu-tetap")))
    if announced := k.announced():
        blok.append(Paragraph(announced))
    blok += [Paragraph(k.say("catatan-judul"), "tebal"), notes_of(k)]
    blok.append(Paragraph(k.say("catatan-rahasia", batas=k.bahan.batas_samaran), "catatan"))
    return blok


def _columns(key: str) -> tuple[Any, ...]:
    tabel = catalogue().many(key)
    return tabel.kolom if tabel else ()
