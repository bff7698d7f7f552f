"""The reading of sentences, dates and performance lines of a publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from skm.basics.errors import DataError
from skm.basics.words import normalise
from skm.publikasi._figures import (
    Claims,
    DifferenceClaim,
    PrintedBudget,
    PrintedBudgetLine,
    PrintedEvent,
    PrintedIndicator,
    PrintedPeople,
    PrintedPeopleLine,
    PrintedPeriod,
    PrintedTrend,
    PrintedUnsur,
    UnsurClaim,
)
from skm.publikasi._strict import PrintedMapping
from skm.publikasi._unsur import unsur_id
from skm.regulasi import Regulasi


def read_claims(r: PrintedMapping, names: Mapping[str, str], rule: Regulasi) -> Claims:
    def identity(text: str) -> str:
        return names.get(normalise(text)) or unsur_id(text, rule)

    def places(key: str) -> tuple[UnsurClaim, ...]:
        value = r.get(key)
        out = []
        for i, item in enumerate(value or (), start=1):
            if isinstance(item, str):
                out.append(UnsurClaim(identity(item)))
                continue
            inner = PrintedMapping(item, f"{r.at(key)}[{i}]", "")
            out.append(UnsurClaim(identity(inner.text("unsur")), inner.count("peringkat"), inner.number("nilai")))
            inner.finish()
        return tuple(out)

    tren = r.table("tren")
    series = []
    for item in tren.tables("nilai"):
        figure = item.number("ikm")
        if figure is not None:
            series.append(PrintedPeriod(item.text("periode"), figure))
        item.text("periode")
        item.finish()
    klaim = Claims(
        terendah=places("terendah"),
        tertinggi=places("tertinggi"),
        prioritas=tuple(identity(str(item)) for item in r.get("prioritas") or ()),
        prioritas_menurut=r.text("prioritas_menurut"),
        target=r.number("target"),
        realisasi=r.number("realisasi"),
        capaian=r.number("capaian"),
        predikat_capaian=r.text("predikat_capaian"),
        target_tercapai=r.flag("target_tercapai"),
        tren=PrintedTrend(tren.text("arah"), tren.text("dari"), tren.text("sampai"), tuple(series)),
        selisih=tuple(_selisih(item) for item in r.tables("selisih")),
        indikator=tuple(_indikator(item) for item in r.tables("indikator")),
        anggaran=tuple(_budget(item) for item in r.tables("anggaran")),
        penduduk=tuple(_people(item) for item in r.tables("penduduk")),
    )
    tren.finish()
    r.finish()
    return klaim


def _selisih(r: PrintedMapping) -> DifferenceClaim:
    start, end = r.number("dari"), r.number("ke")
    if start is None or end is None:
        raise DataError("publikasi-selisih", kolom=r.at("dari"))
    selisih = DifferenceClaim(start, end, r.number("selisih"), r.text("arah"))
    r.finish()
    return selisih


def _indikator(r: PrintedMapping) -> PrintedIndicator:
    indikator = PrintedIndicator(
        r.text("nama"),
        r.number("target"),
        r.number("realisasi"),
        r.number("capaian"),
        r.count("pagu"),
        r.count("realisasi_anggaran"),
        r.number("serapan"),
        r.number("efisiensi"),
        r.text("indikator"),
        r.count("triwulan"),
        bool(r.flag("kumulatif")),
        r.number("porsi"),
    )
    r.finish()
    return indikator


def _budget(r: PrintedMapping) -> PrintedBudget:
    rows = []
    for item in r.tables("baris"):
        ceiling, spent = item.count("pagu"), item.count("realisasi_anggaran")
        if ceiling is None or spent is None:
            raise DataError("publikasi-anggaran", kolom=item.at("pagu"))
        rows.append(
            PrintedBudgetLine(
                item.text("nama"),
                ceiling,
                spent,
                item.number("serapan"),
                bool(item.flag("total")),
                item.count("tingkat") or 0,
                bool(item.flag("lanjutan")),
                item.count("sisa"),
            )
        )
        item.finish()
    table = PrintedBudget(r.text("tempat"), tuple(rows), r.count("triwulan"), bool(r.flag("kumulatif")))
    r.finish()
    return table


def _people(r: PrintedMapping) -> PrintedPeople:
    rows = []
    for item in r.tables("baris"):
        men, women = item.count("laki"), item.count("perempuan")
        if men is None or women is None:
            raise DataError("publikasi-penduduk", kolom=item.at("laki"))
        rows.append(PrintedPeopleLine(item.text("nama"), men, women, item.count("jumlah"), bool(item.flag("total"))))
        item.finish()
    table = PrintedPeople(r.text("tempat"), tuple(rows))
    r.finish()
    return table


def read_events(r: PrintedMapping) -> dict[str, tuple[PrintedEvent, ...]]:
    out = {}
    for name in r.names():
        entries = []
        for item in r.tables(name):
            entries.append(
                PrintedEvent(
                    tempat=item.text("tempat"),
                    tanggal=_day(item),
                    mulai=item.text("mulai"),
                    selesai=item.text("selesai"),
                    hari=item.text("hari"),
                    nama=item.text("nama"),
                    hari_kerja=item.count("hari_kerja"),
                )
            )
            item.finish()
        out[name] = tuple(entries)
    return out


def _day(r: PrintedMapping) -> date | None:
    value = r.get("tanggal")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise DataError("publikasi-tanggal", kolom=r.at("tanggal"), nilai=str(value)) from None


def printed_names(unsur: Sequence[PrintedUnsur]) -> dict[str, str]:
    """Return printed codes and names -> id, so that a sentence is read with the table's own numbering."""
    table = {}
    for u in unsur:
        for word in (u.id, u.kode, u.nama):
            if word:
                table[normalise(word)] = u.id
    return table
