"""What one source says of one unit, as a value, and what all readers of sources share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from skm import regulasi as _regulasi
from skm.basics import messages
from skm.basics.errors import OptionError, SKMError
from skm.basics.numbers import LANGS
from skm.basics.period_value import Periode
from skm.basics.periods import parse_period
from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.report.compilation.unit_list import NameMatch, UnitList
from skm.scores.index import UnsurMean, assemble, score
from skm.scores.options import ScoreOptions
from skm.scores.result import HasilIKM

Evidence = Literal["jawaban", "cacah", "rata-rata", "indeks"]
EVIDENCE: tuple[Evidence, ...] = ("jawaban", "cacah", "rata-rata", "indeks")
PROFILE = ("jenis_kelamin", "pendidikan", "pekerjaan")
AREA = "rekap"
# Why the row of a unit does not count.
ASIDE = ("belum", "ganda", "salinan", "periode-lain", "di-luar-daftar", "rusak")
UNIT = "unit"


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """How files are read and figures brought to one rule.

    ``bentuk`` is the questionnaire as it was given, ``daftar`` the units that should report.
    """

    opsi: ScoreOptions = field(default_factory=ScoreOptions)
    periode: Periode | None = None
    u8: str | None = None
    nilai_kosong: tuple[Any, ...] = ()
    kuesioner: Kuesioner | None = None
    bentuk: Any = None
    keputusan: str | None = None
    daftar: UnitList = field(default_factory=UnitList)


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What one source says of one unit.

    Attributes
    ----------
    nama : str
        The unit as the source names it; empty where it does not.
    sumber : str
        File, and place in it.
    bukti : {"jawaban", "cacah", "rata-rata", "indeks"}
        Answers, counts of levels, printed means, a printed index only.
    hasil : HasilIKM or None
        The figure under the rule of the compilation; None where only an index is printed.
    hitungan : Hitungan or None
    tercetak : PrintedNumber or None
        The index that the source itself prints.
    cocok : bool or None
        Whether the printed index follows from the source's own means; None where there is nothing to tell by.
    batas : tuple of Fraction or None
        Least and most that the printed means allow under the rule of the compilation.
    ragam, df : float or None
        Variance of the index on 25-100, and its degrees of freedom; from counts an upper bound.
    tak_bertuan : bool
        Whether these are the respondents of a source of several units who name none of them.
    """

    nama: str
    sumber: str
    bukti: Evidence
    hasil: HasilIKM | None = None
    hitungan: Hitungan | None = None
    tercetak: PrintedNumber | None = None
    mutu: str = ""
    cocok: bool | None = None
    batas: tuple[Fraction, Fraction] | None = None
    n: int | None = None
    populasi: int | None = None
    periode: Periode | None = None
    ragam: float | None = None
    df: float | None = None
    profil: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    u8_tanpa_nama: bool = False
    publikasi: Publikasi | None = None
    catatan: tuple[Finding, ...] = ()
    tak_bertuan: bool = False


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file: what it says of units, or why it could not be read."""

    berkas: str
    laporan: tuple[UnitReport, ...]
    galat: SKMError | None = None


@dataclass(frozen=True, slots=True)
class OneUnit:
    """The groups of a source that are one unit, under whatever spellings; ``nama`` is empty where it is not said."""

    nama: str
    tertulis: str
    kelompok: tuple[int, ...]
    catatan: tuple[Finding, ...] = ()


@cache
def set_aside() -> frozenset[str]:
    """Return what the column "Status" of a stored recap says of rows that did not count, in every language."""
    return frozenset(normalise(messages.text(AREA, f"status-{kind}", lang)) for kind in ASIDE for lang in LANGS)


def units_in(labels: Sequence[tuple[Any, ...]], cara: CollectOptions) -> list[OneUnit]:
    """Return the units that the groups of a source are of: spellings of one name go together, other names do not."""
    found: dict[str, list[tuple[int, str, NameMatch | None]]] = {}
    for place, label in enumerate(labels):
        name = "" if not label or label[0] is None else " / ".join(str(part) for part in label)
        match = cara.daftar.find(name) if name else None
        found.setdefault(normalise(match.nama if match else name), []).append((place, name, match))
    units = []
    for lines in found.values():
        match, names = lines[0][2], [name for _, name, _ in lines]
        one = names[0] if len(lines) == 1 or match is None else match.nama
        near = [n for _, n, m in lines if m is not None and m.cara == "mirip"] if len(lines) > 1 else []
        notes = [Finding("rekap-ejaan", "catatan", AREA, {"dari": n, "ke": one}) for n in near]
        units.append(OneUnit(one, " + ".join(names), tuple(place for place, _, _ in lines), tuple(notes)))
    return units


def counted(counts: Hitungan, name: str, unit: str, cara: CollectOptions, when: Any = None) -> Iterator[UnitReport]:
    """Yield the units of some counts; undivided counts are one unit, of the name given."""
    by = counts.kunci
    for own in units_in(counts.label, cara) if by else [OneUnit(unit, "", (0,))]:
        one = counts.take(own.kelompok).total() if by else counts
        if int(one.n.sum()) == 0:
            continue
        hasil = score(one, cara.opsi, asal=Origin(sidik=one.fingerprint()))
        variance, df = bound_of(one, hasil)
        yield UnitReport(
            own.nama,
            f"{name}: {own.tertulis}" if own.tertulis else name,
            "cacah",
            hasil,
            one,
            n=hasil.n,
            periode=period_of(when),
            ragam=variance,
            df=df,
            u8_tanpa_nama=nameless(hasil),
            catatan=own.catatan,
            tak_bertuan=bool(by) and not own.nama,
        )


def bound_of(hitungan: Hitungan, hasil: HasilIKM) -> tuple[float | None, float | None]:
    """Return the most that the variance of an index can be, from counts that do not say who answered what.

    Standard errors of the unsur add up at most as if all answers moved together; so intervals are wide, never narrow.
    """
    values = [float(v) for v in hitungan.kuesioner.nilai]
    by_unsur: dict[str, list[float]] = {}
    for butir, row in zip(hitungan.kuesioner.butir, hitungan.semua[0], strict=True):
        counts = [int(c) for c in row[1:]]
        n = sum(counts)
        if n < 2:
            return None, None
        mean = sum(v * c for v, c in zip(values, counts, strict=True)) / n
        spread = sum(c * (v - mean) ** 2 for v, c in zip(values, counts, strict=True)) / (n - 1)
        by_unsur.setdefault(butir.unsur, []).append(math.sqrt(spread / n))
    weights = dict(zip(hasil.unsur, (float(w) for w in hasil.bobot.nilai), strict=True))
    error = sum(weights.get(u, 0.0) * sum(parts) / len(parts) for u, parts in by_unsur.items())
    return (error * float(hasil.regulasi.konversi)) ** 2, float(int(hitungan.n[0]) - 1)


def of_means(means: Mapping[str, Fraction], n: int | None, base: Kuesioner, cara: CollectOptions) -> HasilIKM:
    """Return the figure that follows from exact or printed means."""
    template = {b.unsur: b for b in base.butir}
    own = base.with_butir([template.get(key, Butir(key, key)) for key in means])
    parts = [UnsurMean(key, value, None, n) for key, value in means.items()]
    return assemble(parts, own, cara.opsi, n=n)


def nameless(hasil: HasilIKM) -> bool:
    """Tell whether U8 and U9 were counted without names."""
    return any(f.kode == "u8-dianggap" for f in hasil.catatan)


def period_of(text: Any) -> Periode | None:
    """Return a period that was named, or None where nothing is or its words name none."""
    if text is None or isinstance(text, Periode):
        return text
    if not str(text).strip():
        return None
    try:
        return parse_period(text)
    except OptionError:
        return None  # a period in words of its own is no period that could be another


def base_of(cara: CollectOptions) -> Kuesioner:
    """Return the questionnaire of the compilation."""
    return _kuesioner.load() if cara.kuesioner is None else cara.kuesioner


def for_regulation(name: str, cara: CollectOptions) -> Kuesioner:
    """Return a questionnaire for a regulation known by its id."""
    base = base_of(cara)
    return base if name in ("", base.regulasi.id) else for_rule(_regulasi.load(name))


def for_rule(rule: Any) -> Kuesioner:
    """Return a questionnaire with one question per unsur of a regulation."""
    base = _kuesioner.load()
    return replace(base, regulasi=rule) if rule.id == base.regulasi.id else _own(rule, base)


def _own(rule: Any, base: Kuesioner) -> Kuesioner:
    return replace(base, regulasi=rule, butir=tuple(Butir(u.id, u.id) for u in rule.unsur))


def result_report(hasil: HasilIKM, name: str, unit: str) -> UnitReport:
    """Return what a finished result says of its unit."""
    return UnitReport(
        unit, name, "rata-rata", hasil, tercetak=PrintedNumber(hasil.ikm), mutu=hasil.mutu, cocok=True, n=hasil.n,
        periode=hasil.provenance.periode, u8_tanpa_nama=nameless(hasil),
    )  # fmt: skip
