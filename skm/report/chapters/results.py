"""The chapter of results: respondents, the figure, the distribution of answers, services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from skm import charts
from skm.answers.small_levels import OTHER_LEVEL
from skm.basics.numbers import format_exact, round_half_up
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding
from skm.charts._profile import rows_of
from skm.report.chapters.blocks import Blok, Bullets, ChartBlock, Missing, Paragraph, TableBlock, WriterNote
from skm.report.chapters.notes import for_reader, for_writer, with_advice
from skm.report.chapters.sentences import Sentences
from skm.report.material.periods import spelled
from skm.report.material.scales import scales
from skm.scores.profil import Profil

_WIDE = 10  # more unsur than this and the matrix of the template is turned
HIDDEN = "*"
_CHART_ROWS = 16  # of a chart of respondents
_CHART_GROUPS, _EACH_END = 18, 8  # services in one chart; of more the highest and the lowest


def profile(k: Sentences) -> list[Blok]:
    """Show who answered, small groups hidden."""
    profil = k.bahan.profil
    code = "profil-tanpa-rincian" if profil is None else "profil-kalimat"
    blok: list[Blok] = [Paragraph(k.say(code, n=k.respondents(), periode=k.fact("periode")))]
    if profil is None:
        return [*blok, Missing(k.say("kosong-profil"))]
    closed = k.bahan.tertutup()
    rows: list[tuple[Any, ...]] = []
    for number, (key, levels) in enumerate(profil.karakteristik.items(), start=1):
        for position, level in enumerate(levels):
            lead = ("", "") if position else (str(number), profil.judul[key][k.lang])
            hidden = (key, level.tingkat) in closed
            shown = (HIDDEN, HIDDEN) if hidden else (level.jumlah, level.bagian * 100)
            rows.append((*lead, level.name(k.lang), *shown))
    columns = (
        TableColumn("no", k.say("buku-no")),
        TableColumn("karakteristik", k.say("buku-karakteristik")),
        TableColumn("indikator", k.say("buku-indikator")),
        TableColumn("jumlah", k.say("buku-jumlah"), "count"),
        TableColumn("persentase", k.say("kolom-persentase"), "decimal", 2),
    )
    notes = [k.say("catatan-samaran", batas=k.bahan.batas_samaran)] if closed else []
    if any(sum(level.persentase for level in levels) != 100 for levels in profil.karakteristik.values()):
        notes.append(k.say("catatan-persen"))
    table = Table("", columns, tuple(rows), tuple(notes), k.lang)
    blok.append(TableBlock(table, k.say("tabel-profil"), lebar=(7, 26, 35, 14, 18)))
    return [*blok, *_told(k, profil.catatan), *_profile_charts(k, profil)]


def _profile_charts(k: Sentences, profil: Profil) -> list[Blok]:
    """Return the characteristics as charts, each of as many as leave room for text on its page."""
    parts: list[list[str]] = []
    room = 0
    for key in profil.karakteristik:
        rows = rows_of(profil, key)
        if rows > room:
            parts.append([])
            room = _CHART_ROWS
        parts[-1].append(key)
        room -= rows
    closed = sorted(k.bahan.tertutup(), key=repr)
    blok: list[Blok] = []
    for number, keys in enumerate(parts, start=1):
        draw = partial(charts.profile_bar, profil, keys, lang=k.lang, tutup=closed)
        name, words = ("profil" if number == 1 else f"profil-{number}"), k.say("gambar-profil")
        if len(parts) > 1:
            words = f"{words}: {', '.join(profil.judul[key][k.lang] for key in keys)}"
        blok.append(ChartBlock(name, words, _profile_alt(k, profil, keys), draw))
    return blok


def _told(k: Sentences, findings: Sequence[Finding]) -> list[Blok]:
    """Return what readers are told as small print, what the office is told as notes for the writer."""
    told: list[Blok] = [Paragraph(f.text(k.lang), "catatan") for f in for_reader(findings)]
    return [*told, *(WriterNote(with_advice(f, k.lang)) for f in for_writer(findings))]


def _profile_alt(k: Sentences, profil: Profil, keys: Sequence[str]) -> str:
    closed = k.bahan.tertutup()
    parts = []
    for key in keys:
        shown = [lv for lv in profil.karakteristik[key] if (key, lv.tingkat) not in closed]
        if shown:
            most = max(shown, key=lambda lv: lv.jumlah)
            name = f"{profil.judul[key][k.lang]}: {most.name(k.lang)}"
            parts.append(f"{name} {k.number(most.persentase)}%")
    return k.say("alt-profil", daftar="; ".join(parts))


def index(k: Sentences) -> list[Blok]:
    """Show the figure: the template's matrix, every unsur in full, the grades, the chart."""
    hasil = k.bahan.hasil
    blok: list[Blok] = [Paragraph(k.figure(), "tebal")]
    if hasattr(k.bahan.interval, "kalimat"):
        blok.append(Paragraph(k.bahan.interval.kalimat(k.lang)))
    blok += _told(k, [f for f in hasil.catatan if f.tingkat == "peringatan"])
    if len(hasil.unsur) <= _WIDE:
        blok.append(_matrix(k))
    blok += [_per_unsur(k), Paragraph(k.say("ikm-cara", bobot=hasil.bobot.label(k.lang), **scales(hasil.regulasi)))]
    told = "; ".join(f"{k.short(u)} {k.number(u.nrr)} {u.mutu}" for u in hasil.unsur.values())
    alt = k.say("alt-unsur", daftar=told, **scales(hasil.regulasi))
    draw = partial(charts.unsur_bar, hasil, interval=k.bahan.interval, lang=k.lang)
    blok.append(ChartBlock("unsur", k.say("gambar-unsur"), alt, draw))
    blok.append(_grades(k))
    return blok


def _matrix(k: Sentences) -> TableBlock:
    hasil = k.bahan.hasil
    values = list(hasil.unsur.values())
    columns = (TableColumn("hal", k.say("kolom-hal")), *(TableColumn(u.kode, u.kode, "decimal", 2) for u in values))
    rows = (
        (k.say("matriks-ikm"), *(u.nrr for u in values)),
        (k.say("matriks-kategori"), *(u.mutu for u in values)),
    )
    foot = (
        k.say("matriks-unit"),
        k.say("matriks-nilai", ikm=hasil.ikm, kinerja=hasil.regulasi.grade(hasil.ikm).word(k.lang)),
    )
    wide = max(22, 100 - 9 * len(values))
    each = (100 - wide) // len(values)
    return TableBlock(
        Table("", columns, rows, (), k.lang), k.say("tabel-matriks"), (foot,), lebar=(wide, *[each] * len(values))
    )


def _per_unsur(k: Sentences) -> TableBlock:
    hasil = k.bahan.hasil
    columns = (
        TableColumn("kode", k.say("buku-kode")),
        TableColumn("unsur", k.say("buku-unsur")),
        TableColumn("nrr", k.say("kolom-ikm-unsur"), "decimal", 3),
        TableColumn("nik", k.say("kolom-konversi"), "decimal", 2),
        TableColumn("mutu", k.say("buku-mutu")),
        TableColumn("kinerja", k.say("buku-kinerja")),
        TableColumn("rank", k.say("buku-peringkat"), "count"),
    )
    rows = tuple(
        (u.kode, u.nama.name(k.lang), u.nrr, u.nik, u.mutu, hasil.regulasi.grade(u.nik).word(k.lang), u.rank)
        for u in hasil.unsur.values()
    )
    foot = (
        (k.say("kaki-ikm"), f"{k.ikm} ({k.grade()})"),
        (k.say("kaki-responden"), k.respondents()),
    )
    return TableBlock(
        Table("", columns, rows, (), k.lang), k.say("tabel-per-unsur"), foot, lebar=(8, 35, 11, 12, 8, 14, 12)
    )


def _grades(k: Sentences) -> TableBlock:
    regulasi = k.bahan.hasil.regulasi

    def pair(values: Sequence[Any]) -> str:
        return " - ".join(format_exact(v, k.lang) for v in values)

    columns = (
        TableColumn("persepsi", k.say("kolom-persepsi")),
        TableColumn("ni", k.say("kolom-ni")),
        TableColumn("nik", k.say("buku-nik")),
        TableColumn("mutu", k.say("buku-mutu")),
        TableColumn("kinerja", k.say("buku-kinerja")),
    )
    rows = tuple((str(c.persepsi), pair(c.ni), pair(c.nik), c.mutu, c.word(k.lang)) for c in regulasi.kategori)
    return TableBlock(Table("", columns, rows, (), k.lang), k.say("tabel-kategori", peraturan=regulasi.nama))


def distribution(k: Sentences) -> list[Blok]:
    """Show how often each answer was given."""
    hasil = k.bahan.hasil
    values = [u for u in hasil.unsur.values() if u.frekuensi]
    if not values:
        return [Paragraph(k.say("tanpa-sebaran"))]
    levels = len(k.bahan.data.kuesioner.nilai)
    columns = (
        TableColumn("unsur", k.say("buku-unsur")),
        *(TableColumn(f"n{i}", str(i), "count") for i in range(1, levels + 1)),
        *(TableColumn(f"p{i}", f"% {i}", "decimal", 1) for i in range(1, levels + 1)),
        TableColumn("kosong", k.say("kolom-kosong"), "count"),
    )
    rows, even = [], True
    for u in values:
        counts = u.frekuensi or ()
        shares = [Fraction(100 * c, sum(counts)) for c in counts]
        even = even and sum(round_half_up(share, 1) for share in shares) == 100
        rows.append((k.short(u), *counts, *shares, u.kosong))
    notes = () if even else (k.say("catatan-persen"),)
    each = max(10, 52 // levels)  # a count of five digits, and "100,0" beside it, stand on one line
    lebar = (max(48, 180 - (2 * each + 1) * levels), *[each] * levels, *[each + 1] * levels, 20)
    alt = k.say("alt-sebaran", daftar="; ".join(f"{r[0]}: {k.number(r[2 * levels], 0)}%" for r in rows), tingkat=levels)
    return [
        Paragraph(k.say("sebaran-kalimat", tingkat=levels)),
        TableBlock(Table("", columns, tuple(rows), notes, k.lang), k.say("tabel-sebaran"), lebar=lebar),
        ChartBlock("sebaran", k.say("gambar-sebaran"), alt, partial(charts.answer_bar, hasil, lang=k.lang)),
    ]


def services(k: Sentences) -> list[Blok]:
    """Show the figure of every service, small groups hidden."""
    per = k.bahan.per
    if per is None:
        return [Paragraph(k.say("tanpa-layanan"))]
    columns = (
        TableColumn("no", k.say("buku-no"), "count"),
        TableColumn("layanan", k.say("buku-layanan")),
        TableColumn("n", k.say("buku-responden"), "count"),
        TableColumn("ikm", "IKM", "decimal", 2),
        TableColumn("mutu", k.say("buku-mutu")),
    )
    rows = tuple(_service_rows(k))
    closed = k.bahan.tertutup_per()
    notes = [k.say("catatan-samaran", batas=k.bahan.batas_samaran)] if closed else []
    table = Table("", columns, rows, tuple(notes), k.lang)
    blok: list[Blok] = [
        Paragraph(_services_sentence(k)),
        TableBlock(table, k.say("tabel-layanan"), lebar=(8, 52, 15, 13, 12)),
    ]
    return [*blok, *_told(k, per.catatan), *_service_chart(k)]


def _services_sentence(k: Sentences) -> str:
    """Lead up to the services, and say how many there are: levels put together, and blanks, are no service."""
    named = _named(k.bahan.per or ())
    return k.say("layanan-kalimat", banyak=named) if named else k.say("layanan-kalimat-tanpa-banyak")


def _named(labels: Iterable[Any]) -> int:
    return sum(label not in (None, OTHER_LEVEL) for label in labels)


def services_by_unsur(k: Sentences) -> list[Blok]:
    """Show every service's unsur on 25-100, and the plain mean of the services beside the pooled figure."""
    per, hasil = k.bahan.per, k.bahan.hasil
    simple = k.bahan.gabungan()
    if per is None or simple is None:
        return [Paragraph(k.say("tanpa-layanan"))]
    closed = k.bahan.tertutup_per()
    columns, rows, lebar = _by_unsur(k) if len(hasil.unsur) <= _WIDE else _by_lowest(k)
    notes = [k.say("catatan-samaran", batas=k.bahan.batas_samaran)] if closed else []
    foot = ((k.say("kaki-rerata"), k.say("nilai-mutu", ikm=simple.ikm, mutu=simple.mutu)),)
    table = Table("", columns, tuple(rows), tuple(notes), k.lang)
    return [
        Paragraph(_services_sentence(k)),
        TableBlock(table, k.say("tabel-layanan-unsur", **scales(hasil.regulasi)), foot, lebar=lebar),
        Paragraph(k.say("rerata-kalimat", rerata=simple.ikm, mutu=simple.mutu, ikm=hasil.ikm)),
        *_service_chart(k),
    ]


def _by_unsur(k: Sentences) -> tuple[tuple[TableColumn, ...], list[tuple[Any, ...]], tuple[int, ...]]:
    """Return a table with a column for every unsur."""
    codes = [u.kode for u in k.bahan.hasil.unsur.values()]
    columns = (
        TableColumn("layanan", k.say("buku-layanan")),
        TableColumn("n", "n", "count"),
        *(TableColumn(code, code, "decimal", 2) for code in codes),
        TableColumn("ikm", "IKM", "decimal", 2),
    )
    factor = k.bahan.hasil.regulasi.konversi
    rows: list[tuple[Any, ...]] = []
    for name, one in _services(k):
        if one is HIDDEN:
            rows.append((name, *[HIDDEN] * (len(codes) + 2)))
            continue
        means = [one.unsur[u].nrr * factor if one and u in one.unsur else None for u in k.bahan.hasil.unsur]
        rows.append((name, one.n if one else 0, *means, one.ikm if one else None))
    each = min(7, 77 // (len(codes) + 2))
    return columns, rows, (100 - each * (len(codes) + 2), *[each] * (len(codes) + 2))


def _by_lowest(k: Sentences) -> tuple[tuple[TableColumn, ...], list[tuple[Any, ...]], tuple[int, ...]]:
    """Return a table with the lowest unsur only, for surveys with more unsur than a page has room for."""
    columns = (
        TableColumn("layanan", k.say("buku-layanan")),
        TableColumn("n", "n", "count"),
        TableColumn("rendah", k.say("ringkas-terendah")),
        TableColumn("ikm", "IKM", "decimal", 2),
    )
    rows: list[tuple[Any, ...]] = []
    for name, one in _services(k):
        if one is HIDDEN:
            rows.append((name, HIDDEN, HIDDEN, HIDDEN))
        else:
            rows.append(
                (name, one.n if one else 0, one.lowest(1).text(k.lang) if one else "-", one.ikm if one else None)
            )
    return columns, rows, (38, 10, 40, 12)


def _services(k: Sentences) -> list[tuple[str, Any]]:
    """Return name and figure of every service: HIDDEN where it may not be shown, None where nobody answered."""
    per, closed = k.bahan.per, k.bahan.tertutup_per()
    out: list[tuple[str, Any]] = []
    for i, label in enumerate(per or ()):
        name = k.say("tidak-diisi") if label is None else str(label)
        has = per is not None and per.mutu[i] is not None
        out.append((name, HIDDEN if i in closed else per[label] if per is not None and has else None))
    return out


def _service_rows(k: Sentences) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for number, (name, one) in enumerate(_services(k), start=1):
        if one is HIDDEN:
            rows.append((number, name, HIDDEN, HIDDEN, HIDDEN))
        else:
            rows.append((number, name, one.n, one.ikm, one.mutu) if one else (number, name, 0, None, "-"))
    return rows


def _service_chart(k: Sentences) -> list[Blok]:
    per, closed = k.bahan.per, k.bahan.tertutup_per()
    shown = {label: per[label] for i, label in enumerate(per or ()) if per and i not in closed and per.mutu[i]}
    if len(shown) < 2:  # one bar tells nothing that the table does not
        return []
    best = max(shown, key=lambda label: shown[label].ikm)
    worst = min(shown, key=lambda label: shown[label].ikm)
    names = {label: k.say("tidak-diisi") if label is None else str(label) for label in (best, worst)}
    alt = k.say(
        "alt-layanan",
        banyak=_named(shown) or len(shown),
        tinggi=f"{names[best]} {format_exact(shown[best].ikm, k.lang)}",
        rendah=f"{names[worst]} {format_exact(shown[worst].ikm, k.lang)}",
    )
    words, drawn = k.say("gambar-layanan"), shown
    if len(shown) > _CHART_GROUPS:
        order = sorted(shown, key=lambda label: -shown[label].ikm)
        drawn = {label: shown[label] for label in (*order[:_EACH_END], *order[-_EACH_END:])}
        words = k.say("gambar-layanan-ujung", banyak=_EACH_END)
    draw = partial(charts.group_bar, drawn, keseluruhan=k.bahan.hasil, interval=k.bahan.interval_per, lang=k.lang)
    return [ChartBlock("layanan", words, alt, draw)]


def notes_of(k: Sentences) -> Bullets:
    """Return all notes on the figures as a list."""
    told = tuple(spelled(f.text(k.lang), k.lang) for f in for_reader(k.bahan.findings()))
    return Bullets(told or (k.say("tanpa-catatan"),))
