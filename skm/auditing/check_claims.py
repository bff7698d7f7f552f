"""klaim-*: what the text says about target, trend, differences, parts of an aggregate, efficiency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from skm.auditing.check_ikm import IkmCheck
from skm.auditing.context import Context, finding, near_scale, year_of
from skm.auditing.means import value_range
from skm.auditing.phrases import frasa, named_value
from skm.auditing.routes import Route, weights
from skm.basics.errors import OptionError
from skm.basics.messages import Phrase
from skm.basics.months import MONTHS
from skm.basics.numbers import round_half_up
from skm.basics.periods import parse_period
from skm.basics.values import ExactFraction, Finding, Tingkat
from skm.basics.words import normalise
from skm.publikasi import DifferenceClaim, PartFigure, PrintedIndicator, PrintedNumber, PrintedPeriod, Publikasi

Selang = tuple[Fraction, Fraction]

_CAP = 100  # per cent to which some performance reports cap what was reached
_INDEX = re.compile(r"\b(indeks kepuasan|ikm|skm)\b")
_UP = {"naik", "meningkat", "kenaikan", "peningkatan", "up", "rise", "increase", "lebih tinggi"}
_DOWN = {"turun", "menurun", "penurunan", "down", "decline", "decrease", "lebih rendah"}


def examine(k: Context, index: IkmCheck) -> list[Finding]:
    """Check the sentences around the figure."""
    return [
        *_target(k),
        *_recomputed_target(k, index),
        *_trend(k),
        *_differences(k),
        *_parts(k),
        *_off_scale(k),
        *_unsur_of_parts(k),
        *_performance(k),
    ]


def quotient(above: PrintedNumber, below: PrintedNumber) -> Selang:
    """Return the interval of above / below x 100."""
    a, b = above.rentang
    c, d = below.rentang
    return a / d * 100, b / c * 100


def _meets(printed: PrintedNumber, span: Selang) -> bool:
    low, high = printed.rentang
    return low <= span[1] and span[0] <= high


def _target(k: Context) -> Iterator[Finding]:
    claim = k.publikasi.klaim
    realised = claim.realisasi or k.ikm
    if claim.realisasi is not None and k.ikm is not None and not _meets(claim.realisasi, k.ikm.rentang):
        yield finding("klaim-realisasi", "peringatan", realisasi=claim.realisasi.nilai, ikm=k.ikm.nilai)
    if claim.target is None or realised is None or claim.target.rentang[0] <= 0:
        return
    facts = {"target": claim.target.nilai, "realisasi": realised.nilai}
    share = ExactFraction(realised.tepat / claim.target.tepat * 100)
    if claim.capaian is not None and not _meets(claim.capaian, quotient(realised, claim.target)):
        yield finding("klaim-capaian", "kesalahan", **facts, cetak=claim.capaian.nilai, hitung=share)
    if claim.target_tercapai is not None and claim.target_tercapai != (realised.tepat >= claim.target.tepat):
        code = "klaim-target-tidak-tercapai" if claim.target_tercapai else "klaim-target-tercapai"
        yield finding(code, "kesalahan", **facts)


def _recomputed_target(k: Context, index: IkmCheck) -> Iterator[Finding]:
    """Say what the target looks like with the recomputed index, where the printed one cannot be right."""
    target = k.publikasi.klaim.target
    if (
        index.putusan != "mustahil"
        or len(k.banyak) > 1
        or k.bahan is None
        or not k.bahan.lengkap
        or target is None
        or target.tepat <= 0
    ):
        return
    exact = Route(*weights(len(k.bahan.rata))[0]).point(k.bahan.rata) * k.rule.konversi
    value = round_half_up(exact, k.rule.desimal)
    facts = {"target": target.nilai, "hitung": value, "capaian": ExactFraction(Fraction(value) / target.tepat * 100)}
    yield finding("klaim-capaian-hitung-ulang", "catatan", **facts)


def direction(word: str) -> int:
    """Return 1 for up, -1 for down, 0 for neither."""
    key = re.sub(r"\b(terus|selalu|konsisten|steadily|secara)\b", "", normalise(word)).strip()
    return 1 if key in _UP else -1 if key in _DOWN else 0


def _trend(k: Context) -> Iterator[Finding]:
    trend = k.publikasi.klaim.tren
    sign = direction(trend.arah)
    series = sorted(trend.nilai, key=_when)
    start, end = year_of(trend.dari), year_of(trend.sampai)
    inside = [
        entry
        for entry in series
        if (year := year_of(entry.periode)) is None or ((start or year) <= year <= (end or year))
    ]
    against = [
        (a, b)
        for a, b in pairwise(inside)
        if sign * (b.ikm.tepat - a.ikm.tepat) < 0 and not _meets(a.ikm, b.ikm.rentang)
    ]
    ends = (inside[0], inside[-1]) if len(inside) > 1 else None
    contrary = (
        ends is not None
        and sign * (ends[1].ikm.tepat - ends[0].ikm.tepat) < 0
        and not _meets(ends[0].ikm, ends[1].ikm.rentang)
    )
    if sign and against:
        shown = [frasa("dua-periode", a=a.periode, x=a.ikm.nilai, b=b.periode, y=b.ikm.nilai) for a, b in against]
        # "Naik 2022-2025" is said of the ends; only "terus naik" is said of every step.
        steady = any(word in normalise(trend.arah).split() for word in ("terus", "selalu", "konsisten", "steadily"))
        if steady or contrary:
            yield finding("klaim-tren-arah", "kesalahan", arah=trend.arah, rincian=shown)
            return
        yield finding("klaim-tren-lekuk", "catatan", arah=trend.arah, rincian=shown)
    spoken = trend.dari and trend.sampai
    years = (end - start + 1) if start is not None and end is not None else 0
    if trend.arah and spoken and len(inside) < max(years, 2):
        facts = {"arah": trend.arah, "dari": trend.dari, "sampai": trend.sampai, "ada": len(series)}
        yield finding("klaim-tren-angka", "catatan", **facts, nilai=[_entry(e) for e in series] or ["-"])


def _when(entry: PrintedPeriod) -> tuple[int, str, str]:
    """Return what sorts periods by time: their first day where it can be read."""
    try:
        return 1, parse_period(entry.periode).dari.isoformat(), ""
    except OptionError:
        month = MONTHS.get(normalise(entry.periode).split(" ")[0], 0)
        return (1, f"0000-{month:02d}", "") if month else (0, "", entry.periode)


def _entry(entry: PrintedPeriod) -> Phrase:
    return frasa("satu-periode", periode=entry.periode, nilai=entry.ikm.nilai)


def _differences(k: Context) -> Iterator[Finding]:
    for claim in k.publikasi.klaim.selisih:
        facts = {"dari": claim.dari.nilai, "ke": claim.ke.nilai, "hitung": claim.ke.nilai - claim.dari.nilai}
        if _wrong_sign(claim):
            yield finding("klaim-arah", "kesalahan", **facts, arah=claim.arah)
        if claim.selisih is not None and not _difference_fits(claim):
            yield finding("klaim-selisih", "kesalahan", **facts, cetak=claim.selisih.nilai)


def _wrong_sign(claim: DifferenceClaim) -> bool:
    sign = direction(claim.arah)
    return bool(sign) and sign * (claim.ke.tepat - claim.dari.tepat) < 0 and not _meets(claim.dari, claim.ke.rentang)


def _difference_fits(claim: DifferenceClaim) -> bool:
    a, b = claim.dari.rentang
    c, d = claim.ke.rentang
    low, high = claim.selisih.rentang if claim.selisih else (Fraction(0), Fraction(0))
    if low <= d - a and c - b <= high:
        return True
    # A fall is often told without its sign, and a change in percent of the older figure.
    unsigned = low <= -(c - b) and -(d - a) <= high
    relative = a > 0 and low <= (d - a) / a * 100 and (c - b) / b * 100 <= high
    return unsigned or relative


def _unsur_of_parts(k: Context) -> Iterator[Finding]:
    """Find unsur of the whole that lie outside those of every part: pooled or averaged, no weights give them."""
    p = k.publikasi
    parts = [part for part in p.lain if part.nama and part.unsur] if p.unsur and p.bagian else []
    if len(parts) < 2:
        return
    bad: list[Phrase] = []
    for u in p.unsur:
        spans = [value_range(v, k.rule, k.langkah) for part in parts if (v := part.find(u.id)) is not None]
        known = [span for span in spans if span is not None]
        own = value_range(u, k.rule, k.langkah)
        value = u.nilai or u.nik
        if own is None or value is None or len(known) < len(parts):
            continue
        if own[1] < min(s[0] for s in known) or own[0] > max(s[1] for s in known):
            bad.append(named_value(u.label, value.nilai))
    if bad:
        yield finding("klaim-gabungan-unsur", "kesalahan", unsur=bad, banyak=len(parts))


def _off_scale(k: Context) -> Iterator[Finding]:
    """Find parts whose printed index no answers can give."""
    low, high = (level * k.rule.konversi for level in (k.rule.terendah, k.rule.tertinggi))
    for part in k.publikasi.bagian:
        if not near_scale(part.ikm, k.rule):
            facts = {"nama": part.nama, "cetak": part.ikm.nilai, "bawah": low, "atas": high}
            yield finding("klaim-bagian-di-luar-skala", "kesalahan", **facts)


def _parts(k: Context) -> Iterator[Finding]:
    """Check an aggregate against its parts; other weights are possible as long as they are not printed."""
    parts = k.publikasi.bagian
    if not parts:
        return
    if k.ikm is not None:
        yield from _aggregate(k.ikm, parts)
    for mean in k.publikasi.bagian_rata:
        yield from _aggregate(mean, parts)
    yield from _people_of_parts(k.publikasi)


def _people_of_parts(p: Publikasi) -> Iterator[Finding]:
    """Compare the respondents of the whole with those of its parts; a row of means may print their mean.

    Fewer in the parts than in the whole contradict only where the parts are results of one table: a list can be short.
    """
    counts = [part.n for part in p.bagian if part.n is not None]
    if p.n is None or len(counts) < max(2, len(p.bagian)):
        return
    total = sum(counts)
    if total != p.n and abs(Fraction(total, len(counts)) - p.n) >= 1:
        level: Tingkat = "peringatan" if total > p.n or p.lain else "catatan"
        yield finding("klaim-gabungan-n", level, n=p.n, banyak=len(counts), jumlah=total)


def _aggregate(figure: PrintedNumber, parts: Sequence[PartFigure]) -> Iterator[Finding]:
    low, high = min(p.ikm.rentang[0] for p in parts), max(p.ikm.rentang[1] for p in parts)
    a, b = figure.rentang
    simple = (
        sum((p.ikm.rentang[0] for p in parts), Fraction(0)) / len(parts),
        sum((p.ikm.rentang[1] for p in parts), Fraction(0)) / len(parts),
    )
    mean = ExactFraction(sum((p.ikm.tepat for p in parts), Fraction(0)) / len(parts))
    facts = {"cetak": figure.nilai, "banyak": len(parts), "rata": mean}
    if b < low or a > high:
        yield finding(
            "klaim-gabungan-di-luar", "kesalahan", **facts, bawah=ExactFraction(low), atas=ExactFraction(high)
        )
        return
    if _meets(figure, simple):
        return
    counts = [p.n for p in parts]
    if all(counts):
        total = sum(n for n in counts if n)
        spans = [(p.ikm.rentang, p.n or 0) for p in parts]
        weighted = (
            sum((s[0] * n for s, n in spans), Fraction(0)) / total,
            sum((s[1] * n for s, n in spans), Fraction(0)) / total,
        )
        if _meets(figure, weighted):
            return
        middle = ExactFraction((weighted[0] + weighted[1]) / 2)
        yield finding("klaim-gabungan-berbobot", "peringatan", **facts, bobot_n=middle)
        return
    yield finding("klaim-gabungan", "peringatan", **facts)


def _performance(k: Context) -> Iterator[Finding]:
    """Check the lines of a performance table: achievement, absorption, efficiency."""
    lines = k.publikasi.klaim.indikator
    reached = {normalise(line.nama): line.capaian for line in lines if line.capaian is not None}
    for line in lines:
        name, achieved, absorbed = line.nama or "-", line.capaian, line.serapan
        achieved = achieved or reached.get(normalise(line.nama))
        if line.target and line.realisasi and not _achieved(line):
            value = ExactFraction(line.realisasi.tepat / line.target.tepat * 100)
            facts = {"target": line.target.nilai, "realisasi": line.realisasi.nilai, "hitung": value}
            yield finding("klaim-capaian", "kesalahan", **facts, cetak=achieved.nilai if achieved else value)
        spent = _spent(line)
        if absorbed is not None and spent is not None and not _meets(absorbed, (spent, spent)):
            yield finding("klaim-serapan", "kesalahan", nama=name, cetak=absorbed.nilai, hitung=ExactFraction(spent))
        if line.efisiensi and absorbed and achieved and not _efficient(line.efisiensi, absorbed, achieved):
            value = ExactFraction(absorbed.tepat / achieved.tepat * 100)
            yield finding("klaim-efisiensi", "peringatan", nama=name, cetak=line.efisiensi.nilai, hitung=value)


def _achieved(line: PrintedIndicator) -> bool:
    if line.target is None or line.realisasi is None or line.capaian is None or line.target.rentang[0] <= 0:
        return True
    # A target is set, not measured: it has no rounding.
    low, high = line.realisasi.rentang
    target = line.target.tepat
    if _meets(line.capaian, (low / target * 100, high / target * 100)):
        return True
    if _INDEX.search(normalise(line.nama)):
        return False
    # Less may be better: twice the target less what was reached, or the target over it. Some cap at 100.
    reverse = _meets(line.capaian, ((2 * target - high) / target * 100, (2 * target - low) / target * 100))
    turned = low > 0 and _meets(line.capaian, (target / high * 100, target / low * 100))
    return reverse or turned or (line.capaian.nilai == _CAP and line.realisasi.tepat > target)


def _spent(line: PrintedIndicator) -> Fraction | None:
    if not line.pagu or line.realisasi_anggaran is None:
        return None
    return Fraction(line.realisasi_anggaran * 100, line.pagu)


def _efficient(printed: PrintedNumber, absorbed: PrintedNumber, achieved: PrintedNumber) -> bool:
    return achieved.rentang[0] <= 0 or _meets(printed, quotient(absorbed, achieved))
