"""The tables of the performance chapter, each as a value: what documents, page and workbook print alike."""

from __future__ import annotations

from typing import Any

from skm.basics.numbers import Lang, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.words import normalise
from skm.kinerja._belanja import say, sums_of
from skm.kinerja._budget_line import absorbed
from skm.kinerja._capaian import show
from skm.kinerja._indikator import Indikator
from skm.kinerja._lkjip import Lkjip, columns

Columns = tuple[TableColumn, ...]


def scale_table(k: Lkjip, lang: str | None = None) -> Table:
    """Return the scale of words."""
    language = resolve_lang(lang)
    cells = columns(language, ("rentang", "predikat"))
    rows = tuple((f"{p.rentang(language)} %", p.word(language)) for p in k.skala.predikat)
    return Table(k.skala.nama[language], cells, rows, (), language)


def tables_of(k: Lkjip, i: Indikator, lang: str | None = None) -> list[Table]:
    """Return the tables of one indicator in the order of the report; those without anything to show are left out."""
    language = resolve_lang(lang)
    made = [
        _this_year(k, i, language),
        _years(i, language),
        _progress(k, i, language),
        _allocation(i, language),
        _beside(i, language),
        _efficiency(i, language),
        _reasons(i, language),
        _programs(k, i, language),
    ]
    return [table for table in made if table is not None]


def _dash(value: Any, lang: Lang) -> str:
    return "-" if value is None else show(value, lang)


def _table(code: str, i: Indikator, cells: Columns, rows: Any, lang: Lang, **fields: Any) -> Table:
    return Table(say(code, lang, nama=i.nama, **fields), cells, tuple(rows), (), lang)


def _this_year(k: Lkjip, i: Indikator, lang: Lang) -> Table:
    cells = columns(lang, ("indikator", "satuan", "target_renstra", "target", "realisasi"), ("capaian", 2), "predikat")
    row = (
        i.nama,
        i.satuan,
        _dash(i.target_renstra, lang),
        show(i.target, lang),
        show(i.realisasi, lang),
        i.capaian.persen,
        i.capaian.predikat.word(lang),
    )
    return _table("tabel-capaian", i, cells, [row], lang, tahun=k.tahun)


def _years(i: Indikator, lang: Lang) -> Table | None:
    if len(i.tahunan) < 2:
        return None
    cells = columns(lang, ("tahun", "target", "realisasi"), ("capaian", 2), "predikat")
    rows = [
        (
            str(y.tahun),
            _dash(y.target, lang),
            _dash(y.realisasi, lang),
            None if y.capaian is None else y.capaian.persen,
            "-" if y.capaian is None else y.capaian.predikat.word(lang),
        )
        for y in i.tahunan
    ]
    return _table("tabel-tahunan", i, cells, rows, lang)


def _progress(k: Lkjip, i: Indikator, lang: Lang) -> Table:
    cells = columns(lang, ("dasar", "target_akhir", "realisasi"), ("kemajuan", 2))
    end = say("dasar-renstra", lang, tahun=k.akhir_renstra or "-")
    rows: list[tuple[Any, ...]] = [
        (end, _dash(i.target_renstra, lang), show(i.realisasi, lang), i.kemajuan_renstra),
        (say("dasar-penyesuaian", lang), show(i.target, lang), show(i.realisasi, lang), i.kemajuan_target),
    ]
    if i.kemajuan_awal is not None:
        goal = i.target if i.target_renstra is None else i.target_renstra
        start = say("dasar-awal", lang, awal=show(i.awal, lang) if i.awal is not None else "-")
        rows.append((start, show(goal, lang), show(i.realisasi, lang), i.kemajuan_awal))
    return _table("tabel-kemajuan", i, cells, rows, lang)


def _allocation(i: Indikator, lang: Lang) -> Table | None:
    if i.anggaran is None:
        return None
    cells = columns(lang, ("sasaran", "indikator"), ("pagu", 0), ("porsi", 2))
    row = (i.sasaran or "-", i.nama, i.anggaran.pagu, i.anggaran.porsi_tepat)
    return _table("tabel-alokasi", i, cells, [row], lang)


def _beside(i: Indikator, lang: Lang) -> Table | None:
    if i.anggaran is None:
        return None
    cells = columns(
        lang, ("indikator", "target", "realisasi"), ("capaian", 2), ("pagu", 0), ("anggaran", 0), ("serapan", 2)
    )
    a = i.anggaran
    row = (
        i.nama,
        show(i.target, lang),
        show(i.realisasi, lang),
        i.capaian.persen,
        a.pagu,
        a.realisasi,
        a.serapan_tepat,
    )
    return _table("tabel-kinerja-anggaran", i, cells, [row], lang)


def _efficiency(i: Indikator, lang: Lang) -> Table | None:
    if i.anggaran is None:
        return None
    cells = columns(lang, "indikator", ("capaian", 2), ("serapan", 2), ("efisiensi", 2))
    row = (i.nama, i.capaian.persen, i.anggaran.serapan_tepat, i.anggaran.efisiensi_tepat)
    return _table("tabel-efisiensi", i, cells, [row], lang)


def _reasons(i: Indikator, lang: Lang) -> Table | None:
    if not (i.penyebab or i.solusi):
        return None
    cells = columns(lang, ("no", "penyebab", "solusi"))
    count = max(len(i.penyebab), len(i.solusi))
    pairs = zip(
        (*i.penyebab, *("",) * (count - len(i.penyebab))), (*i.solusi, *("",) * (count - len(i.solusi))), strict=True
    )
    rows = [(str(n), cause or "-", cure or "-") for n, (cause, cure) in enumerate(pairs, start=1)]
    return _table("tabel-penyebab", i, cells, rows, lang)


def _programs(k: Lkjip, i: Indikator, lang: Lang) -> Table | None:
    if not i.program:
        return None
    cells = columns(lang, ("no", "program"), ("pagu", 0), ("anggaran", 0), ("serapan", 2))
    rows = []
    for number, program in enumerate(i.program, start=1):
        # The indicator's own lines of it: a programme may serve several indicators, line by line.
        own = [b for b in i.rincian if normalise(program) in b.kunci]
        pagu, spent = (None, None) if k.belanja is None else sums_of(own)
        share = None if pagu is None or spent is None else absorbed(pagu, spent)
        rows.append((str(number), program, pagu, spent, share))
    return _table("tabel-program", i, cells, rows, lang)
