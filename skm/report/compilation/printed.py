"""A printed result -> what it says of its unit, under the rule of the compilation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from skm.auditing.context import choose_rule
from skm.auditing.means import gather
from skm.basics.errors import DataError, EmptyDataError
from skm.basics.provenance import Origin
from skm.counts.hitungan import from_counts
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import order_of
from skm.report.compilation.unit_report import (
    PROFILE,
    CollectOptions,
    UnitReport,
    base_of,
    bound_of,
    for_rule,
    of_means,
    period_of,
)
from skm.scores.index import score


def printed_report(printed: Publikasi, name: str, cara: CollectOptions) -> UnitReport:
    """Return what a printed result says of its unit.

    Raises
    ------
    EmptyDataError
        It prints neither an index nor the means of all unsur.
    """
    rule, _ = choose_rule(printed)
    means = gather(printed, rule)
    base = replace(base_of(cara), regulasi=rule) if rule.id == base_of(cara).regulasi.id else for_rule(rule)
    common: dict[str, Any] = {
        "nama": printed.unit,
        "sumber": name,
        "tercetak": printed.ikm,
        "mutu": printed.mutu,
        "n": printed.n,
        "populasi": printed.populasi,
        "periode": period_of(printed.periode),
        "profil": _printed_profile(printed),
        "publikasi": printed,
    }
    if printed.ikm is None and (means is None or not means.lengkap):
        raise EmptyDataError("rekap-tanpa-angka", berkas=name, unit=printed.unit or "-")
    if means is None or not means.lengkap:
        least, most = (value * rule.konversi for value in (rule.terendah, rule.tertinggi))
        if printed.ikm is not None and not least <= printed.ikm.tepat <= most:
            raise DataError("rekap-ikm-mustahil", ikm=printed.ikm.nilai, rendah=least, tinggi=most, berkas=name)
        return UnitReport(bukti="indeks", **common)
    ids, nameless = _ids([u.id for u in printed.unsur], base, cara)
    counts = {i: list(u.frekuensi) for i, u in zip(ids, printed.unsur, strict=True) if u.frekuensi is not None}
    if len(counts) == len(ids) and (printed.pertanyaan_per_unsur or 1) == 1:
        one = from_counts(counts, base, n=printed.n)
        hasil = score(one, cara.opsi, asal=Origin(sidik=one.fingerprint()))
        variance, df = bound_of(one, hasil)
        exact = hasil.ikm_tepat
        common["n"] = hasil.n
        return UnitReport(
            bukti="cacah", hasil=hasil, hitungan=one, ragam=variance, df=df, u8_tanpa_nama=nameless,
            cocok=_follows(printed.ikm, exact, exact), batas=(Fraction(exact), Fraction(exact)), **common,
        )  # fmt: skip
    exact_means = dict(zip(ids, (m.titik for m in means.rata), strict=True))
    hasil = of_means(exact_means, printed.n, base, cara)
    weights = hasil.bobot.nilai
    factor = hasil.regulasi.konversi
    low = sum((w * m.bawah for w, m in zip(weights, means.rata, strict=True)), Fraction(0)) * factor
    high = sum((w * m.atas for w, m in zip(weights, means.rata, strict=True)), Fraction(0)) * factor
    return UnitReport(
        bukti="rata-rata", hasil=hasil, batas=(low, high), cocok=_follows(printed.ikm, low, high),
        u8_tanpa_nama=nameless, **common,
    )  # fmt: skip


def _follows(printed: PrintedNumber | None, low: Fraction, high: Fraction) -> bool | None:
    if printed is None:
        return None
    a, b = printed.rentang
    return a <= high and low <= b


def _ids(given: Iterable[str], base: Kuesioner, cara: CollectOptions) -> tuple[list[str], bool]:
    """Return unsur ids; where only U8 and U9 are printed, the ids of one order, and that they have no names."""
    order = order_of(base.regulasi, cara.u8)
    bare = {"u8": order[7], "u9": order[8]} if len(order) > 8 else {}
    found = list(given)
    return [bare.get(i, i) for i in found], bool(bare.keys() & set(found)) and cara.u8 is None


def _printed_profile(printed: Publikasi) -> dict[str, tuple[tuple[str, int], ...]]:
    found = {}
    for table in printed.profil:
        if table.karakteristik in PROFILE:
            rows = [(r.tingkat, r.jumlah) for r in table.baris if r.jumlah]
            found[table.karakteristik] = tuple((name, int(count or 0)) for name, count in rows)
    return found
