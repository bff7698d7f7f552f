"""Stored results -> what they say of their units: results as JSON, files of counts, an earlier recap."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from skm.basics import parquet
from skm.basics.errors import DataError, SKMError, UnreadableFileError
from skm.basics.files import decode, read_bytes
from skm.basics.provenance import Origin
from skm.basics.public_name import public_name
from skm.basics.reading_numbers import read_count
from skm.counts.hitungan import Hitungan, from_counts, roll_up
from skm.publikasi import PrintedNumber, parse
from skm.regulasi._kuesioner import Kuesioner
from skm.report.compilation.printed import printed_report
from skm.report.compilation.unit_report import (
    EVIDENCE,
    PROFILE,
    UNIT,
    CollectOptions,
    UnitReport,
    bound_of,
    counted,
    for_regulation,
    of_means,
    period_of,
)
from skm.scores.index import score
from skm.scores.result import HasilIKM

# One of these stands in every printed result typed as JSON.
_KEYS_OF_RESULTS = frozenset({"ikm", "unsur", "hasil", "keseluruhan", "publikasi", "indeks"})
ROWS = "rekap_unit"  # the key under which a stored recap keeps its units


def document_reports(path: Path, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield the result of a JSON document: stored by this package, or a printed result typed as one."""
    content = read_bytes(path)
    try:
        values = json.loads(decode(content), parse_float=Decimal)
    except (ValueError, RecursionError):
        raise UnreadableFileError("rekap-json", berkas=path.name) from None
    name = public_name(path.name)
    if isinstance(values, Mapping) and isinstance(values.get(ROWS), list):
        yield from _earlier(values, name, cara)
        return
    inner = _inner(values)
    if inner is None:
        if not isinstance(values, Mapping) or not values.keys() & _KEYS_OF_RESULTS:
            raise UnreadableFileError("rekap-bukan-hasil", berkas=path.name)
        yield printed_report(parse(content, path.name), name, cara)
        return
    yield _stored_result(values, inner, name, cara)


def stored_counts(path: Path, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield the units of a file of counts: its key "unit", else the file as one unit, named by its note."""
    counts = Hitungan.load(path)
    note = parquet.read(path)[1]
    about = note.get("keterangan", {}) if isinstance(note.get("keterangan"), Mapping) else {}
    whole = roll_up(counts, (UNIT,)) if UNIT in counts.kunci else counts.total()
    yield from counted(whole, public_name(path.name), str(about.get("unit") or ""), cara, about.get("periode"))


def is_counts(path: Path) -> bool:
    """Tell whether a Parquet file holds counts that this package wrote."""
    try:
        return "sidik" in parquet.read(path)[1]
    except SKMError:
        return False


def _inner(values: Any) -> Mapping[str, Any] | None:
    for key in (None, "hasil", "keseluruhan"):
        found = values if key is None else values.get(key) if isinstance(values, Mapping) else None
        if isinstance(found, Mapping):
            values = found
            if "provenance" in found and "unsur" in found:
                return found
    return None


def _stored_result(whole: Mapping[str, Any], inner: Mapping[str, Any], name: str, cara: CollectOptions) -> UnitReport:
    """Return a stored result under the rule of the compilation: from its counts where it has them, else its means."""
    try:
        rows = {str(u["id"]): u for u in inner["unsur"]}
        means = {key: Fraction(str(u["nrr_tepat"])) for key, u in rows.items()}
        counts = {key: [int(c) for c in u["frekuensi"]] for key, u in rows.items() if u.get("frekuensi")}
        n = None if inner.get("n") is None else read_count(inner["n"], "n")
        printed = PrintedNumber.read(str(inner["ikm"]), "ikm")
        rule = inner["provenance"]
        when = rule.get("periode")
        assumed = any(note.get("kode") == "u8-dianggap" for note in inner.get("catatan") or ())
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        raise DataError("tren-dokumen", sebab=f"{type(problem).__name__} {problem}", berkas=name) from None
    population = _nested(whole, "kecukupan", "population")
    unit = str(whole.get("unit") or _nested(whole, "fakta", "unit") or "")
    blanks = str(rule.get("kosong") or "per-unsur") == "per-unsur"
    base = for_regulation(str(rule.get("regulasi") or ""), cara)
    if len(counts) == len(rows) and blanks and all(_agrees(counts[k], means[k], base) for k in rows):
        one = from_counts(counts, base, n=n)
        hasil = score(one, cara.opsi, asal=Origin(sidik=one.fingerprint()))
        variance, df = bound_of(one, hasil)
        made = UnitReport(unit, name, "cacah", hasil, one, tercetak=printed, n=hasil.n, ragam=variance, df=df)
    else:
        made = UnitReport(unit, name, "rata-rata", of_means(means, n, base, cara), tercetak=printed, n=n)
    return replace(
        made,
        mutu=str(inner.get("mutu") or ""),
        periode=period_of(when),
        populasi=None if population is None else read_count(population, "N"),
        profil=_stored_profile(whole),
        u8_tanpa_nama=assumed,
        cocok=True,
    )


def _agrees(counts: list[int], mean: Fraction, base: Kuesioner) -> bool:
    """Tell whether an unsur has one question, so that its counts are those of its mean."""
    total = sum(counts)
    if not total or len(counts) != len(base.nilai):
        return False
    return sum((v * c for v, c in zip(base.nilai, counts, strict=True)), Fraction(0)) / total == mean


def _nested(whole: Mapping[str, Any], *keys: str) -> Any:
    value: Any = whole
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _stored_profile(whole: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for entry in _nested(whole, "profil", "karakteristik") or ():
        key = str(entry.get("id") or entry.get("ciri") or "") if isinstance(entry, Mapping) else ""
        if key in PROFILE:
            rows = [(str(r.get("nama") or r.get("tingkat")), r.get("jumlah")) for r in entry.get("tingkat", ())]
            found[key] = tuple((name, int(count)) for name, count in rows if isinstance(count, int) and count)
    return found


def _as_printed(hasil: HasilIKM) -> tuple[Fraction, Fraction]:
    """Return what the index can be where its means were printed with two decimals: the printed one knew more."""
    slack = Fraction(1, 200) * hasil.regulasi.konversi
    exact = Fraction(hasil.ikm_tepat)
    return exact - slack, exact + slack


def _earlier(values: Mapping[str, Any], name: str, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield the units of a recap that was stored, with the variance that it knew."""
    try:
        for row in values[ROWS]:
            means = {str(key): Fraction(str(value)) for key, value in row["unsur"].items()}
            n = None if row["n"] is None else read_count(row["n"], "n")
            base = for_regulation(str(row["regulasi"]), cara)
            bukti = next(e for e in EVIDENCE if e == row["bukti"])
            hasil = of_means(means, n, base, cara) if means else None
            yield UnitReport(
                str(row["unit"]),
                f"{name}: {row['unit']}",
                bukti,
                hasil,
                batas=_as_printed(hasil) if hasil is not None and bukti == "rata-rata" else None,
                tercetak=None if row["ikm"] is None else PrintedNumber.read(str(row["ikm"]), "ikm"),
                mutu=str(row["mutu"] or ""),
                n=n,
                populasi=row["populasi"],
                periode=period_of(row["periode"]),
                ragam=None if row["ragam"] is None else float(row["ragam"]),
                df=None if row["df"] is None else float(row["df"]),
            )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration) as problem:
        raise DataError("tren-dokumen", sebab=f"{type(problem).__name__} {problem}", berkas=name) from None
