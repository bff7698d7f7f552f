"""The chapters of analysis and conclusion: weak and strong unsur, remarks, follow-up plan, trend, signature."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from skm import charts, prioritas
from skm.basics.numbers import format_exact
from skm.basics.periods import parse_period
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
from skm.report.chapters.front import signature as signed
from skm.report.chapters.notes import with_advice
from skm.report.chapters.sentences import Sentences, sides
from skm.report.material.clean_text import fill_in
from skm.report.material.periods import in_words, spelled
from skm.report.material.trend import trend_of
from skm.scores.result import NilaiUnsur

_TOLD = frozenset({"tren-panjang-beda", "tren-perkiraan"})  # of no use to readers of a report
# What readers of a trend must know; the rest concerns how the office keeps its figures.
_TREND_READER = frozenset({"tren-disetarakan", "tren-regulasi-ganti", "tren-aturan-beda", "tren-unsur-beda"})
_MOST = 12  # remarks per unsur; the rest is counted


def weak_and_strong(k: Sentences) -> list[Blok]:
    """Say which unsur are lowest and highest; why, only the office can say."""
    hasil = k.bahan.hasil
    low, high = sides(hasil)
    blok: list[Blok] = [Paragraph(text) for text in k.extremes()]
    if low:
        columns = (
            TableColumn("sisi", k.say("kolom-sisi")),
            TableColumn("unsur", k.say("buku-unsur")),
            TableColumn("nrr", "NRR", "decimal", 2),
            TableColumn("mutu", k.say("buku-mutu")),
        )
        rows = [(k.say("sisi-lemah") if i == 0 else "", k.short(u), u.nrr, u.mutu) for i, u in enumerate(low)]
        rows += [(k.say("sisi-kuat") if i == 0 else "", k.short(u), u.nrr, u.mutu) for i, u in enumerate(high)]
        table = Table("", columns, tuple(rows), (), k.lang)
        blok.append(TableBlock(table, k.say("tabel-sisi"), lebar=(22, 54, 12, 12)))
        blok += [Paragraph(text) for text in (k.lowest_apart(),) if text]
    return [*blok, *_causes(k, "lemah", low), *_causes(k, "kuat", high), *_other_causes(k, (*low, *high))]


def _causes(k: Sentences, side: str, unsur: Sequence[NilaiUnsur]) -> list[Blok]:
    """Say the office's causes: in general, unsur by unsur, or both; a marked place for every unsur without one."""
    general = k.bahan.fakta.text(f"penyebab_{side}", k.lang)
    told: list[Blok] = (
        [] if general is None else [Paragraph(k.say(f"penyebab-{side}", teks=general.rstrip(" .") + "."))]
    )
    known = _known_causes(k)
    if not unsur or (general is not None and not any(u.id in known for u in unsur)):
        return told
    blank = fill_in(k.say("isi-penyebab"))
    items = tuple(f"{k.short(u)}: {' '.join(known[u.id]) if u.id in known else blank}" for u in unsur)
    return [*told, Paragraph(k.say(f"penyebab-{side}-unsur")), Bullets(items)]


def _known_causes(k: Sentences) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for row in k.bahan.fakta.rows("penyebab"):
        known.setdefault(str(row["unsur"]), []).append(str(row["penyebab"]))
    return known


def _other_causes(k: Sentences, shown: Sequence[NilaiUnsur]) -> list[Blok]:
    """Tell the writer which causes stand in the facts for unsur that are neither lowest nor highest."""
    left = [_unsur_name(k, key) for key in _known_causes(k) if key not in {u.id for u in shown}]
    return [WriterNote(k.say("penyebab-lain", daftar=k.joined(left)))] if left else []


def remarks(k: Sentences) -> list[Blok]:
    """List what people wrote, by unsur, persons taken out; and the complaints that the office lists."""
    hasil = k.bahan.hasil
    blok: list[Blok] = []
    named = [
        (k.short(hasil.unsur[g.unsur]) if g.unsur in hasil.unsur else k.say("saran-umum"), g) for g in k.bahan.saran
    ]
    if named:
        columns = (TableColumn("unsur", k.say("buku-unsur")), TableColumn("n", k.say("buku-jumlah"), "count"))
        counts = tuple((name, len(g.isi)) for name, g in named if g.isi)
        table = Table("", columns, counts, (), k.lang)
        blok += [Paragraph(k.say("saran-kalimat")), TableBlock(table, k.say("tabel-saran"), lebar=(75, 25))]
        if not any(g.dikutip for _, g in named):
            blok.append(WriterNote(k.say("saran-periksa")))
    for name, g in named:
        if g.dikutip:
            more = len(g.dikutip) - _MOST
            shown = [*g.dikutip[:_MOST], *([k.say("saran-lainnya", banyak=more)] if more > 0 else [])]
            blok += [Paragraph(name, "tebal"), Bullets(tuple(shown))]
    rows = k.bahan.fakta.rows("keluhan")
    if rows:
        columns = (TableColumn("isi", k.say("kolom-aduan")), TableColumn("unsur", k.say("buku-unsur")))
        body = tuple((str(r["isi"]), _unsur_name(k, r.get("unsur"))) for r in rows)
        blok.append(TableBlock(Table("", columns, body, (), k.lang), k.say("tabel-aduan"), lebar=(65, 35)))
    return blok or [Paragraph(k.say("tanpa-saran"))]


def _unsur_name(k: Sentences, value: Any) -> str:
    if not value:
        return "-"
    found = k.bahan.hasil.unsur.get(str(value))
    return k.short(found) if found else str(value)


def plan(k: Sentences) -> list[Blok]:
    """Show the follow-up plan; where there is none, the lowest unsur with places to fill in."""
    rows = k.bahan.fakta.rows("rtl")
    quarters = [k.say(f"tw{i}") for i in range(1, 5)]
    columns = (
        TableColumn("no", k.say("buku-no")),
        TableColumn("unsur", k.say("kolom-prioritas")),
        TableColumn("kegiatan", k.say("kolom-program")),
        *(TableColumn(f"tw{i}", quarters[i - 1]) for i in range(1, 5)),
        TableColumn("pj", k.say("kolom-pj")),
    )
    body: list[tuple[Any, ...]] = []
    if rows:
        number, before = 0, None
        for r in rows:
            first = r["unsur"] != before
            number, before = number + first, r["unsur"]
            ticks = ["\u2713" if r.get(f"tw{i}") else "" for i in range(1, 5)]
            lead = (str(number), _unsur_name(k, r["unsur"])) if first else ("", "")
            body.append((*lead, str(r["kegiatan"]), *ticks, str(r.get("penanggung_jawab") or "-")))
    else:
        low, _ = sides(k.bahan.hasil)
        todo, who = fill_in(k.say("kolom-program")), fill_in(k.say("kolom-pj"))
        for i, u in enumerate(low or tuple(k.bahan.hasil.unsur.values())[:1], start=1):
            body.append((str(i), k.short(u), todo, "", "", "", "", who))
    blok: list[Blok] = [
        Paragraph(k.say("rtl-kalimat")),
        *(Paragraph(text) for text in (k.lowest_apart(),) if text),
        TableBlock(
            Table("", columns, tuple(body), (k.say("rtl-jangka"),), k.lang),
            k.say("tabel-rtl"),
            lebar=(5, 22, 26, 8, 8, 8, 8, 15),
        ),
    ]
    if k.bahan.fakta.get("fkp_tanggal") is not None:
        blok.insert(0, Paragraph(k.say("rtl-fkp", tanggal=k.fact("fkp_tanggal"))))
    if not rows:
        blok.insert(1, Missing(k.say("kosong-rtl")))
    known = [r for r in rows if r["unsur"] in k.bahan.hasil.unsur]
    doubts = prioritas.rencana(known, k.bahan.hasil).catatan if known else ()
    blok += [WriterNote(with_advice(f, k.lang)) for f in doubts if f.tingkat == "peringatan"]
    return blok


def trend(k: Sentences) -> list[Blok]:
    """Show the figure over periods."""
    earlier, hasil = k.bahan.sebelumnya, k.bahan.hasil
    if not earlier:
        return [Paragraph(k.trend()), Missing(k.say("kosong-tren"))]
    now = k.bahan.fakta.text("periode", k.lang)
    name = in_words(now, k.lang) if now else k.say("periode-ini")
    columns = (
        TableColumn("periode", k.say("kolom-periode")),
        TableColumn("ikm", "IKM", "decimal", 2),
        TableColumn("mutu", k.say("buku-mutu")),
        TableColumn("n", k.say("buku-responden"), "count"),
        TableColumn("bobot", k.say("asal-bobot")),
    )
    rows: list[tuple[Any, ...]] = [
        (in_words(s.periode, k.lang), s.ikm, s.mutu or "-", s.n, k.label(s.bobot) or "-") for s in earlier
    ]
    rows.append((name, hasil.ikm, hasil.mutu, hasil.n, hasil.bobot.label(k.lang)))
    found = trend_of(k.bahan)
    series: dict[str, Any] = {in_words(s.periode, k.lang): s.ikm for s in earlier}
    series[name if name not in series else f"{name} *"] = hasil.ikm
    notes: list[Blok] = []
    if found is not None:
        given = {t.periode.label: t.setara or t.ikm for t in found.titik}  # the numbers of the table
        series = {in_words(label, k.lang): given.get(label) for label in found.seri()}
        written = [*(s.periode for s in earlier), k.bahan.fakta.text("periode", "id")]
        order = {t.periode.label: place for place, t in enumerate(found.titik)}
        places = [order[parse_period(text).label] for text in written]
        rows = [
            (row[0], found.titik[place].setara or row[1], *row[2:])
            for place, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])
        ]
        if len(found.titik) > 2 or found.jeda:
            notes.append(Paragraph(spelled(found.kalimat(k.lang), k.lang)))
        kept = [f for f in found.catatan if f.kode not in _TOLD]
        notes += [Paragraph(spelled(f.text(k.lang), k.lang), "catatan") for f in kept if f.kode in _TREND_READER]
        notes += [WriterNote(with_advice(f, k.lang)) for f in kept if f.kode not in _TREND_READER]
    figures = [f"{p} {'-' if v is None else format_exact(v, k.lang)}" for p, v in series.items()]
    alt = k.say("alt-tren", daftar="; ".join(figures))
    draw = partial(charts.trend_line, series, regulasi=hasil.regulasi, lang=k.lang)
    return [
        Paragraph(k.trend()),
        TableBlock(Table("", columns, tuple(rows), (), k.lang), k.say("tabel-tren"), lebar=(36, 14, 12, 18, 20)),
        *notes,
        Paragraph(k.say("tren-catatan"), "catatan"),
        ChartBlock("tren", k.say("gambar-tren"), alt, draw),
    ]


def conclusion(k: Sentences) -> list[Blok]:
    """Conclude in a few sentences."""
    return [
        Paragraph(k.say("simpulan-kalimat", unit=k.fact("unit"), periode=k.fact("periode"))),
        Bullets((k.figure(), *k.extremes(), k.trend(), k.adequacy()), bernomor=True),
    ]


def advice(k: Sentences) -> list[Blok]:
    """Recommend per weak unsur what the office plans; nothing is invented."""
    low, _ = sides(k.bahan.hasil)
    if not low:
        return []
    planned: dict[str, list[str]] = {}
    for r in k.bahan.fakta.rows("rtl"):
        planned.setdefault(str(r["unsur"]), []).append(str(r["kegiatan"]))
    items = []
    for u in low:
        steps = planned.get(u.id)
        items.append(f"{k.short(u)}: {'; '.join(steps) if steps else fill_in(k.say('isi-rekomendasi'))}")
    return [Paragraph(k.say("rekomendasi-kalimat")), Bullets(tuple(items))]


def signature(k: Sentences) -> list[Blok]:
    """Sign."""
    return [signed(k)]
