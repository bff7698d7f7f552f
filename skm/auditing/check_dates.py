"""klaim-*: days and periods against each other."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from skm.auditing.context import Context, finding
from skm.auditing.phrases import frasa
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.publikasi import PrintedEvent

_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Bulan = tuple[int, int]


def examine(k: Context) -> list[Finding]:
    """Check every printed day and span."""
    out: list[Finding] = []
    for name, entries in k.publikasi.kegiatan.items():
        out += [*_days(name, entries), *_spans(name, entries), *_weekdays(name, entries)]
        out += list(_workdays(name, entries))
    return [*out, *_report(k), *_outside(k)]


def _days(name: str, entries: tuple[PrintedEvent, ...]) -> Iterator[Finding]:
    """Find one event with several dates; steps with names of their own are several events."""
    dated = [e for e in entries if e.tanggal is not None and not e.nama]
    if len({e.tanggal for e in dated}) > 1:
        shown = [f"{e.tanggal} ({e.tempat or '-'})" for e in dated]
        yield finding("klaim-tanggal", "peringatan", kegiatan=_event(name), tanggal=shown)


def _spans(name: str, entries: tuple[PrintedEvent, ...]) -> Iterator[Finding]:
    ranged = [e for e in entries if e.mulai and e.selesai and not e.nama]
    if len({(e.mulai, e.selesai) for e in ranged}) > 1:
        shown = [f"{e.mulai} - {e.selesai} ({e.tempat or '-'})" for e in ranged]
        yield finding("klaim-periode", "peringatan", kegiatan=_event(name), rentang=shown)
    for e in entries:
        start, end = month_of(e.mulai), month_of(e.selesai)
        if start and end and start > end:
            yield finding(
                "klaim-terbalik", "peringatan", kegiatan=_event(e.nama or name), mulai=e.mulai, selesai=e.selesai
            )


def _weekdays(name: str, entries: tuple[PrintedEvent, ...]) -> Iterator[Finding]:
    for e in entries:
        day = normalise(e.hari).replace("jum at", "jumat").replace("ahad", "minggu")
        if e.tanggal is None or day not in (*_DAYS, *_ENGLISH):
            continue
        position = (_DAYS.index(day) if day in _DAYS else _ENGLISH.index(day)) == e.tanggal.weekday()
        if not position:
            facts = {"tanggal": str(e.tanggal), "hari": e.hari, "sebenarnya": frasa(f"hari-{e.tanggal.weekday()}")}
            yield finding("klaim-hari", "peringatan", kegiatan=_event(name), **facts)


def _workdays(name: str, entries: tuple[PrintedEvent, ...]) -> Iterator[Finding]:
    """Compare printed working days with the weekdays that the months hold."""
    for e in entries:
        start, end = month_of(e.mulai), month_of(e.selesai)
        if e.hari_kerja is None or not start or not end or start > end:
            continue
        first, last = date(*start, 1), date(*end, calendar.monthrange(*end)[1])
        # Offices with six working days count Saturdays too.
        most = sum((first + timedelta(days=i)).weekday() < 6 for i in range((last - first).days + 1))
        if e.hari_kerja > most:
            facts = {"hari": e.hari_kerja, "paling": most, "mulai": e.mulai, "selesai": e.selesai}
            yield finding("klaim-hari-kerja", "peringatan", kegiatan=_event(e.nama or name), **facts)


def _report(k: Context) -> Iterator[Finding]:
    """Find a report that is older than the collection of its data."""
    signed = [e.tanggal for e in k.publikasi.kegiatan.get("laporan", ()) if e.tanggal is not None]
    collected = [
        month
        for name in ("pengumpulan", "tahap")
        for e in k.publikasi.kegiatan.get(name, ())
        if (name == "pengumpulan" or "pengumpulan" in normalise(e.nama)) and (month := month_of(e.mulai))
    ]
    if signed and collected and (signed[0].year, signed[0].month) < min(collected):
        facts = {"tanggal": str(signed[0]), "mulai": "{}-{:02d}".format(*min(collected))}
        yield finding("klaim-laporan-mendahului", "peringatan", **facts)


def _outside(k: Context) -> Iterator[Finding]:
    """Find a survey that touches none of the months of the period it reports on."""
    months = period_months(k.publikasi.periode)
    spans = [
        (a, b)
        for e in k.publikasi.kegiatan.get("pelaksanaan", ())
        if (a := month_of(e.mulai)) and (b := month_of(e.selesai))
    ]
    if months and spans and all(b < months[0] or a > months[1] for a, b in spans):
        shown = [f"{a[0]}-{a[1]:02d} - {b[0]}-{b[1]:02d}" for a, b in spans]
        yield finding("klaim-di-luar-periode", "peringatan", periode=k.publikasi.periode, rentang=shown)


def month_of(text: str) -> Bulan | None:
    """Return year and month of "2024-07" or "2024-07-15".

    >>> month_of("2024-07-15"), month_of("Juli")
    ((2024, 7), None)
    """
    match = re.match(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?$", text.strip())
    return (int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None


def period_months(periode: str) -> tuple[Bulan, Bulan] | None:
    """Return first and last month of "2024", "2024-S2", "2024-TW3" or "2024-07".

    >>> period_months("2024-S2"), period_months("2024-TW3")
    (((2024, 7), (2024, 12)), ((2024, 7), (2024, 9)))
    """
    match = re.fullmatch(r"(\d{4})(?:-(?:(?P<kind>S|TW)(?P<part>[1-4])|(?P<month>\d{2})))?", periode.strip().upper())
    if match is None:
        return None
    year = int(match[1])
    if match["month"]:
        month = int(match["month"])
        return ((year, month), (year, month)) if 1 <= month <= 12 else None
    if match["kind"] is None:
        return (year, 1), (year, 12)
    length = 6 if match["kind"] == "S" else 3
    part = int(match["part"])
    return ((year, (part - 1) * length + 1), (year, part * length)) if part * length <= 12 else None


def _event(name: str) -> str:
    return name.replace("_", " ")
