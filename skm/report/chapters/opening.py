"""Cover, executive summary, and the chapters on purpose and method."""

from __future__ import annotations

from functools import partial

from skm import charts
from skm.basics.table import Table, TableColumn
from skm.report.chapters.blocks import (
    Blok,
    Bullets,
    ChartBlock,
    Missing,
    Paragraph,
    TableBlock,
    WriterNote,
)
from skm.report.chapters.notes import with_advice
from skm.report.chapters.sentences import Sentences, sides
from skm.report.material.clean_text import fill_in
from skm.report.material.fields import catalogue
from skm.report.material.sample_rule import OWN
from skm.sampling._printed import printed

_PRINTED = ("krejcie-morgan", "tabel-bawah", "tabel-atas")


def summary(k: Sentences) -> list[Blok]:
    """Say everything in one page: the regulation demands it."""
    bahan = k.bahan
    blok: list[Blok] = []
    if (note := bahan.fakta.text("catatan_data", k.lang)) is not None:
        blok.append(Paragraph(k.say("catatan-data", teks=note), "penting"))
    blok += [Paragraph(k.survey()), Paragraph(k.figure(), "tebal")]
    blok += [Paragraph(text) for text in (k.letter_depends(), k.announced()) if text]
    blok += [Paragraph(k.adequacy()), *(Paragraph(text) for text in k.extremes())]
    blok.append(Paragraph(k.trend()))
    blok.append(TableBlock(_numbers(k), k.say("tabel-ringkasan"), lebar=(38, 62)))
    if bahan.fakta.rows("rtl"):
        steps = tuple(dict.fromkeys(str(r["kegiatan"]) for r in bahan.fakta.rows("rtl")))
        blok += [Paragraph(k.say("kalimat-rtl")), Bullets(steps)]
    return blok


def _numbers(k: Sentences) -> Table:
    bahan, hasil = k.bahan, k.bahan.hasil
    low, high = sides(hasil)
    rows = [
        (k.say("ringkas-ikm"), k.ikm),
        (k.say("ringkas-mutu"), k.grade()),
        (k.say("ringkas-responden"), k.respondents()),
    ]
    if bahan.fakta.get("terbit_ikm") is not None:
        rows.append((k.say("ringkas-terbit"), str(bahan.fakta.text("terbit_ikm", k.lang))))
    if bahan.kecukupan is not None:
        rows.append((k.say("ringkas-populasi"), k.number(bahan.kecukupan.population, 0)))
        rows.append(
            (
                k.say("ringkas-minimum"),
                k.number(bahan.aturan_sampel.minimum if bahan.aturan_sampel else bahan.kecukupan.required, 0),
            )
        )
    if low:
        rows.append((k.say("ringkas-terendah"), k.named(low)))
        rows.append((k.say("ringkas-tertinggi"), k.named(high)))
    columns = (TableColumn("hal", k.say("kolom-hal")), TableColumn("nilai", k.say("kolom-nilai")))
    return Table("", columns, tuple(rows), (), k.lang)


def background(k: Sentences) -> list[Blok]:
    """Say why surveys are made: the laws, the regulation, what the office adds, what this report holds."""
    regulasi = k.bahan.hasil.regulasi
    names = {"peraturan": regulasi.nama, "judul": regulasi.judul}
    blok: list[Blok] = [Paragraph(k.say(f"latar-{i}", **names)) for i in range(1, 4)]
    if (own := k.bahan.fakta.text("latar_belakang", k.lang)) is not None:
        blok += [Paragraph(part) for part in own.split("\n") if part.strip()]
    blok.append(Paragraph(k.say("latar-laporan", unit=k.fact("unit"), periode=k.fact("periode"))))
    return blok


def basis(k: Sentences) -> list[Blok]:
    """List the law, then the rules of the office itself; what may apply too is offered to the writer."""
    regulasi = k.bahan.hasil.regulasi
    own = k.say("dasar-peraturan", peraturan=regulasi.nama, judul=regulasi.judul)
    local = [str(r["peraturan"]).rstrip(" ;.") for r in k.bahan.fakta.rows("dasar")]
    items = [k.say("dasar-uu"), k.say("dasar-pp"), own, *local]
    ends = [*[";"] * (len(items) - 2), f"; {k.say('dan')}", "."]
    listed = [f"{item.rstrip(' ;.')}{end}" for item, end in zip(items, ends, strict=True)]
    blok: list[Blok] = [Paragraph(k.say("dasar-kalimat")), Bullets(tuple(listed), bernomor=True)]
    return blok if local else [*blok, WriterNote(k.say("dasar-tawaran"))]


def aims(k: Sentences) -> list[Blok]:
    """Say what the survey is for, what it works towards, and what it is good for."""
    return [
        Paragraph(k.say("maksud", unit=k.fact("unit"))),
        Paragraph(k.say("tujuan")),
        Bullets(tuple(k.say(f"tujuan-{i}") for i in range(1, 5)), bernomor=True),
        Paragraph(k.say("sasaran")),
        Bullets(tuple(k.say(f"sasaran-{i}") for i in range(1, 5)), bernomor=True),
        Paragraph(k.say("manfaat")),
    ]


def team(k: Sentences) -> list[Blok]:
    """Show who carried the survey out."""
    rows = k.bahan.fakta.rows("tim")
    intro = Paragraph(k.say("tim-kalimat", unit=k.fact("unit")))
    if not rows:
        return [intro, Missing(k.say("kosong-tim"))]
    tabel = catalogue().many("tim")
    present = [c for c in tabel.kolom if any(r.get(c.id) for r in rows)] if tabel else []
    columns = (TableColumn("no", k.say("buku-no"), "count"), *(TableColumn(c.id, c.name(k.lang)) for c in present))
    body = tuple((i, *(str(r.get(c.id) or "") for c in present)) for i, r in enumerate(rows, start=1))
    decree = k.bahan.fakta.text("nomor_sk", k.lang)
    told: list[Blok] = [intro] if decree is None else [intro, Paragraph(k.say("tim-sk", nomor=k.phrase("nomor_sk")))]
    return [*told, TableBlock(Table("", columns, body, (), k.lang), k.say("tabel-tim"))]


def method(k: Sentences) -> list[Blok]:
    """Say how data were collected, with the unsur asked about and the questionnaires handled."""
    bahan = k.bahan
    levels = len(bahan.data.kuesioner.nilai)
    blok: list[Blok] = [
        Paragraph(k.say("metode-kalimat", cara=k.phrase("pengumpulan"), teknik=k.phrase("teknik"), tingkat=levels)),
        Paragraph(k.say("metode-unsur", x=len(bahan.hasil.unsur))),
        TableBlock(_asked(k), k.say("tabel-unsur"), lebar=(9, 31, 60)),
        Paragraph(k.say("metode-kuesioner")),
        TableBlock(_handled(k), k.say("tabel-kuesioner"), lebar=(60, 40)),
    ]
    blok += [
        WriterNote(with_advice(f, k.lang)) for f in bahan.catatan if f.kode in ("layak-bukan-n", "kuesioner-bertambah")
    ]
    return blok


def _asked(k: Sentences) -> Table:
    rows = []
    for u in k.bahan.hasil.unsur.values():
        butir = [b for b in k.bahan.data.butir if b.unsur == u.id]
        asked = [b.tanya.get(k.lang) or b.tanya.get("id") or "" for b in butir]
        told = k.say(f"definisi-{u.id}") if k.has(f"definisi-{u.id}") else "; ".join(filter(None, asked)) or "-"
        rows.append((u.kode, u.nama.name(k.lang), told))
    columns = (
        TableColumn("kode", k.say("buku-kode")),
        TableColumn("unsur", k.say("buku-unsur")),
        TableColumn("tanya", k.say("kolom-isi")),
    )
    return Table("", columns, tuple(rows), (), k.lang)


def _handled(k: Sentences) -> Table:
    rows = [(catalogue().label(key, k.lang), k.fact(key)) for key in ("disebar", "kembali", "layak")]
    rows.append((k.say("kuesioner-dihitung"), k.respondents()))
    columns = (TableColumn("hal", k.say("kolom-kuesioner")), TableColumn("jumlah", k.say("buku-jumlah"), "count"))
    return Table("", columns, tuple(rows), (), k.lang)


def place(k: Sentences) -> list[Blok]:
    """Say where."""
    return [Paragraph(k.say("lokasi-kalimat", lokasi=k.phrase("lokasi")))]


def schedule(k: Sentences) -> list[Blok]:
    """Say when."""
    rows = k.bahan.fakta.rows("jadwal")
    intro = Paragraph(k.say("waktu-kalimat", periode=k.fact("periode")))
    if not rows:
        return [intro, Missing(k.say("kosong-jadwal"))]
    columns = (
        TableColumn("no", k.say("buku-no"), "count"),
        TableColumn("kegiatan", k.say("kolom-kegiatan")),
        TableColumn("waktu", k.say("kolom-waktu")),
        TableColumn("hari", k.say("kolom-hari"), "count"),
    )
    body = tuple(
        (i, str(r["kegiatan"]), str(r.get("waktu") or fill_in(k.say("kolom-waktu"))), r.get("hari_kerja"))
        for i, r in enumerate(rows, start=1)
    )
    return [intro, TableBlock(Table("", columns, body, (), k.lang), k.say("tabel-jadwal"), lebar=(8, 46, 30, 16))]


def sample(k: Sentences) -> list[Blok]:
    """Say how many respondents were needed and reached."""
    enough = k.bahan.kecukupan
    source = k.say("populasi-kalimat", populasi=k.fact("populasi"), sumber=k.phrase("populasi_sumber"))
    if enough is None:
        wrong = [WriterNote(with_advice(f, k.lang)) for f in k.bahan.catatan if f.kode == "populasi-kurang"]
        return [Paragraph(f"{source} {k.say('kecukupan-tidak-dinilai')}"), *wrong]
    rule = k.bahan.aturan_sampel
    minimum = enough.required if rule is None else rule.minimum
    rows = (
        (k.say("ringkas-populasi"), k.number(enough.population, 0)),
        (k.say("kolom-cara-sampel"), rule.name(k.lang) if rule is not None else "-"),
        (k.say("ringkas-minimum"), k.number(minimum, 0)),
        (k.say("ringkas-responden"), k.number(enough.n, 0)),
    )
    columns = (TableColumn("hal", k.say("kolom-hal")), TableColumn("nilai", k.say("kolom-nilai")))
    blok: list[Blok] = [
        Paragraph(source),
        Paragraph(k.adequacy()),
        TableBlock(Table("", columns, rows, (), k.lang), k.say("tabel-minimum"), lebar=(45, 55)),
    ]
    if rule is None or rule.cara != OWN:
        blok.append(Bullets(tuple(step.text(k.lang) for step in enough.size.steps), kecil=True))
        alt = k.say("alt-sampel", N=enough.population, minimum=minimum, n=enough.n)
        draw = partial(charts.sample_curve, enough, lang=k.lang)
        blok.append(ChartBlock("sampel", k.say("gambar-sampel"), alt, draw))
        if rule is None or rule.cara in _PRINTED:
            blok += _printed_table(k)
    beside = enough.table(k.lang)
    told = "; ".join(f"{row[0]}: {row[2]}" for row in beside.rows)
    return [*blok, WriterNote(k.say("catatan-cara-sampel", daftar=told)), *map(WriterNote, beside.notes[:1])]


def _printed_table(k: Sentences) -> list[Blok]:
    """Show the table of Krejcie and Morgan as the regulation prints it, in columns side by side."""
    known = printed().rows
    wide = 9
    deep = -(-len(known) // wide)
    columns = [TableColumn(f"{name}{i}", name, "count") for i in range(wide) for name in ("N", "n")]
    rows = []
    for line in range(deep):
        row: list[int | None] = []
        for block in range(wide):
            at = block * deep + line
            row += [known[at].population, known[at].n] if at < len(known) else [None, None]
        rows.append(tuple(row))
    table = Table("", tuple(columns), tuple(rows), (), k.lang)
    shares = [2 + max(map(len, texts)) for texts in zip(*table.cells(), strict=True)]
    return [TableBlock(table, k.say("tabel-krejcie"), lebar=tuple(shares))]
