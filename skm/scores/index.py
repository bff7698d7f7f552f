"""The official figures of one group, exact: NRR, weighted NRR, IKM, mutu.

Integer counts become fractions; the one rounding comes at the end. Source: PermenPANRB 14/2017, BAB V,
pp. 18-21 and 29.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from skm._version import __version__
from skm.basics.errors import DataError, EmptyDataError, InvalidAnswerError
from skm.basics.numbers import round_half_up, round_ratio
from skm.basics.provenance import Provenance
from skm.basics.values import ExactFraction, Finding
from skm.counts.given import GivenCounts
from skm.regulasi import Regulasi, _bobot, successor
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import unsur_id
from skm.scores.result import HasilIKM, NilaiUnsur, Pembanding

if TYPE_CHECKING:
    from skm.counts.hitungan import Hitungan
    from skm.counts.pola import Pola
from skm.basics.provenance import NO_SOURCE, Origin
from skm.scores.gate import pass_figure, rounding_places
from skm.scores.options import Pembulatan, ScoreOptions


@dataclass(frozen=True, slots=True)
class UnsurMean:
    """What an index is made of for one unsur: its exact mean, and the counts behind it where they are known."""

    unsur: str
    nrr: Fraction | None
    total: Fraction | None = None
    n: int | None = None
    frekuensi: tuple[int, ...] | None = None
    kosong: int = 0


def score(
    hitungan: Hitungan,
    opsi: ScoreOptions,
    *,
    pola: Pola | None = None,
    asal: Origin = NO_SOURCE,
    catatan: Sequence[Finding] = (),
) -> HasilIKM:
    """Compute the official figure of an undivided `Hitungan`.

    Parameters
    ----------
    hitungan : Hitungan
        One group.
    pola : Pola, optional
        Needed only for ``pertanyaan="responden"``.

    Raises
    ------
    EmptyDataError
        Nobody answered anything, or no respondent is complete where only those count.
    InvalidAnswerError
        There are blanks and ``kosong="tolak"``.
    """
    if len(hitungan.n) != 1:
        raise DataError("indeks-satu-kelompok", banyak=len(hitungan.n))
    bahan, n = materials(hitungan, opsi, 0, pola)
    n_lengkap = None if hitungan.n_lengkap is None else int(hitungan.n_lengkap[0])
    notes = list(catatan)
    if (nothing := int(hitungan.n_tanpa_jawaban[0])) and opsi.kosong == "per-unsur":
        notes.append(Finding("responden-tanpa-jawaban", "catatan", "catatan", {"banyak": nothing}))
    return assemble(bahan, hitungan.kuesioner, opsi, n=n, n_lengkap=n_lengkap, asal=asal, catatan=notes)


def materials(
    hitungan: Hitungan, opsi: ScoreOptions, group: int, pola: Pola | None = None
) -> tuple[list[UnsurMean], int]:
    """Return the exact mean of every unsur in one group, and the number of respondents used."""
    kuesioner = hitungan.kuesioner
    if opsi.kosong == "hanya-lengkap":
        if hitungan.lengkap is None or hitungan.n_lengkap is None:
            raise DataError("lengkap-tidak-diketahui")
        table, n = hitungan.lengkap[group].tolist(), int(hitungan.n_lengkap[group])
    else:
        table, n = hitungan.jawaban[group].tolist(), int(hitungan.n[group])
    blanks = [0 if opsi.kosong == "hanya-lengkap" else int(b) for b in hitungan.semua[group, :, 0]]
    per_respondent = _per_respondent(pola, opsi, kuesioner) if opsi.pertanyaan == "responden" else {}
    return _materials(kuesioner, table, blanks, opsi, per_respondent), n


def score_given(
    cacahan: GivenCounts, opsi: ScoreOptions, *, asal: Origin = NO_SOURCE, catatan: Sequence[Finding] = ()
) -> HasilIKM:
    """Compute the official figure from counts as they were given; what `score` does for a `Hitungan` of them."""
    if opsi.kosong == "hanya-lengkap" and not cacahan.lengkap:
        raise DataError("lengkap-tidak-diketahui")
    bahan = _materials(cacahan.kuesioner, cacahan.baris, cacahan.kosong, opsi, {})
    n_lengkap = cacahan.n if cacahan.lengkap else None
    return assemble(bahan, cacahan.kuesioner, opsi, n=cacahan.n, n_lengkap=n_lengkap, asal=asal, catatan=catatan)


def _materials(
    kuesioner: Kuesioner,
    table: Sequence[Sequence[int]],
    blanks: Sequence[int],
    opsi: ScoreOptions,
    per_respondent: Mapping[str, tuple[Fraction, int]],
) -> list[UnsurMean]:
    if opsi.kosong == "tolak" and any(blanks):
        places = [f"{b.id} ({k})" for b, k in zip(kuesioner.butir, blanks, strict=True) if k]
        raise InvalidAnswerError("jawaban-kosong-ditolak", banyak=sum(blanks), rincian=places)
    values = _over_one(kuesioner.nilai)
    rows: dict[str, list[Sequence[int]]] = {}
    empty: dict[str, int] = {}
    for butir, row, blank in zip(kuesioner.butir, table, blanks, strict=True):
        rows.setdefault(butir.unsur, []).append(row)
        empty[butir.unsur] = empty.get(butir.unsur, 0) + blank
    return [_one(unsur, of_unsur, values, empty[unsur], per_respondent) for unsur, of_unsur in rows.items()]


def assemble(
    bahan: Sequence[UnsurMean],
    kuesioner: Kuesioner,
    opsi: ScoreOptions,
    *,
    n: int | None,
    n_lengkap: int | None = None,
    asal: Origin = NO_SOURCE,
    catatan: Sequence[Finding] = (),
) -> HasilIKM:
    """Weigh, add, convert, round once and grade."""
    regulasi = kuesioner.regulasi
    notes = list(catatan)
    used = [b for b in bahan if b.nrr is not None]
    empty = [b.unsur for b in bahan if b.nrr is None]
    if not used:
        raise EmptyDataError("tanpa-jawaban")
    if empty:
        if opsi.unsur_kosong == "tolak":
            raise EmptyDataError("unsur-tanpa-jawaban", unsur=empty)
        notes.append(Finding("unsur-tanpa-jawaban", "peringatan", "catatan", {"unsur": empty, "x": len(used)}))
    notes += about_regulation(regulasi)
    names = [b.unsur for b in used]
    weights = _bobot.resolve(weights_by_unsur(opsi.bobot, kuesioner, asal.u8), names)
    means = [b.nrr for b in used if b.nrr is not None]
    total = _sum(means)
    uniform = all(weight is weights.nilai[0] or weight == weights.nilai[0] for weight in weights.nilai)
    indeks = weights.nilai[0] * total if uniform else _sum([w * m for w, m in zip(weights.nilai, means, strict=True)])
    tepat = indeks * regulasi.konversi
    shown, ikm = _round(indeks, opsi.pembulatan, regulasi.konversi)
    whole = _sum(weights.nilai)
    pass_figure(ikm, tepat, regulasi, kuesioner.nilai, weight=whole, places=rounding_places(opsi.pembulatan))
    kategori = regulasi.grade(ikm)
    low, high = regulasi.batas_ikm
    if not low <= ikm <= high:
        notes.append(
            Finding(
                "ikm-di-luar-skala", "catatan", "catatan", {"ikm": ikm, "bobot": weights.label(), "mutu": kategori.mutu}
            )
        )
    compared = _compare(total, len(means), regulasi.konversi, kuesioner)
    if len({p.mutu for p in compared} | {kategori.mutu}) > 1:
        pairs = [f"{p.bobot}: {p.ikm} {p.mutu}" for p in compared]
        notes.append(Finding("mutu-bergantung-bobot", "catatan", "catatan", {"rincian": pairs}))
    unsur, asked = {}, kuesioner.unsur
    for b, w, mean, rank in zip(used, weights.nilai, means, _ranks(means), strict=True):
        nik = round_ratio(mean.numerator * regulasi.konversi, mean.denominator, regulasi.desimal)
        unsur[b.unsur] = NilaiUnsur(
            id=b.unsur,
            kode=f"U{asked.index(b.unsur) + 1}",
            nama=kuesioner.describe(b.unsur),
            total=None if b.total is None else (int(b.total) if b.total.denominator == 1 else ExactFraction(b.total)),
            n=b.n,
            kosong=b.kosong,
            frekuensi=b.frekuensi,
            nrr=ExactFraction(mean.numerator, mean.denominator),
            nrr_tertimbang=ExactFraction(mean.numerator * w.numerator, mean.denominator * w.denominator),
            nik=nik,
            mutu=regulasi.grade(nik).mutu,
            rank=rank,
        )
    return HasilIKM(
        ikm=ikm,
        ikm_tepat=ExactFraction(tepat),
        nilai_indeks=ExactFraction(shown),
        mutu=kategori.mutu,
        kinerja=kategori.word("id"),
        unsur=unsur,
        n=n,
        n_lengkap=n_lengkap,
        pembanding=compared,
        catatan=tuple(notes),
        provenance=Provenance(
            regulasi=regulasi.id,
            revisi=regulasi.revisi,
            bobot=weights.nama,
            pembulatan=opsi.pembulatan,
            kosong=opsi.kosong,
            pertanyaan=opsi.pertanyaan,
            unsur_kosong=opsi.unsur_kosong,
            u8=asal.u8,
            sidik=asal.sidik,
            versi=__version__,
            sumber=asal.sumber,
            nilai_kosong=asal.nilai_kosong,
            periode=asal.periode,
            perbaikan=asal.perbaikan,
            pengecualian=asal.pengecualian,
            akun=asal.akun,
        ),
        bobot=weights,
        regulasi=regulasi,
    )


def about_regulation(regulasi: Regulasi) -> list[Finding]:
    """Return the notes about a regulation whose text was not read here, or that no longer holds."""
    notes = []
    if regulasi.status == "belum-dilihat":
        sources = sorted({k.rujukan.sumber for k in regulasi.kategori if k.rujukan.sumber})
        evidence = {"regulasi": regulasi.id, "sumber": sources}
        notes.append(Finding("regulasi-belum-dilihat", "peringatan", "catatan", evidence))
    if (after := successor(regulasi)) is not None:
        evidence = {"regulasi": regulasi.id, "pengganti": after.id}
        notes.append(Finding("regulasi-dicabut", "peringatan", "catatan", evidence))
    return notes


def weights_by_unsur(choice: Any, kuesioner: Kuesioner, u8: str) -> Any:
    """Return own weights keyed by unsur id, however the caller named the unsur; other choices as they are."""
    if not isinstance(choice, Mapping):
        return choice
    meant = None if u8 == "bernama" else u8
    return {k if k in kuesioner.unsur else unsur_id(str(k), kuesioner.regulasi, meant): v for k, v in choice.items()}


def _one(
    unsur: str,
    rows: list[Sequence[int]],
    values: tuple[list[int], int],
    kosong: int,
    per_respondent: Mapping[str, tuple[Fraction, int]],
) -> UnsurMean:
    """Return an unsur's mean: over its answers, or the mean of its butir's means where it has several."""
    found = _mean(rows, *values)
    if found is None:
        return UnsurMean(unsur, None, kosong=kosong)
    mean, total, answered = found
    frekuensi = tuple(rows[0]) if len(rows) == 1 else tuple(sum(column) for column in zip(*rows, strict=True))
    if unsur in per_respondent:
        mean_sum, n = per_respondent[unsur]
        return UnsurMean(unsur, mean_sum / n, mean_sum, n, frekuensi, kosong)
    return UnsurMean(unsur, mean, total, answered, frekuensi, kosong)


def mean_of_butir(rows: Iterable[Sequence[int]], nilai: Sequence[Fraction]) -> tuple[Fraction, Fraction, int] | None:
    """Return the mean of the butir's means, each over its own answers; the sum and the number of all answers.

    The rule for an unsur of several butir, wherever it is needed. None where nobody answered any of them.

    >>> mean_of_butir([(0, 0, 1, 1), (0, 0, 0, 4)], [Fraction(level) for level in (1, 2, 3, 4)])
    (Fraction(15, 4), Fraction(23, 1), 6)
    """
    return _mean(rows, *_over_one(nilai))


def _mean(rows: Iterable[Sequence[int]], tops: Sequence[int], bottom: int) -> tuple[Fraction, Fraction, int] | None:
    """Do what `mean_of_butir` does, with the values of the levels as numerators over one denominator."""
    means, total, answered = [], 0, 0
    for row in rows:
        count = sum(row)
        if count:
            value = sum([k * top for k, top in zip(row, tops, strict=True)])
            means.append(Fraction(value, bottom * count))
            total += value
            answered += count
    if not means:
        return None
    return means[0] if len(means) == 1 else _sum(means) / len(means), Fraction(total, bottom), answered


def _per_respondent(pola: Pola | None, opsi: ScoreOptions, kuesioner: Kuesioner) -> dict[str, tuple[Fraction, int]]:
    """Return, per unsur with several butir, the sum of respondents' own means and how many have one."""
    if len(kuesioner.unsur) == len(kuesioner.butir):
        return {}
    if pola is None:
        raise DataError("perlu-pola", opsi='pertanyaan="responden"')
    keep = (pola.nilai > 0).all(axis=1) if opsi.kosong == "hanya-lengkap" else slice(None)
    nilai, kali = pola.nilai[keep], pola.kali[keep]
    position = {b.id: i for i, b in enumerate(pola.kuesioner.butir)}
    sums: dict[str, tuple[Fraction, int]] = {}
    for unsur in kuesioner.unsur:
        columns = [position[b.id] for b in kuesioner.butir if b.unsur == unsur]
        if len(columns) < 2:
            continue
        grouped: dict[tuple[int, ...], int] = {}
        for row, count in zip(nilai[:, columns].tolist(), kali.tolist(), strict=True):
            key = tuple(sorted(level for level in row if level))
            grouped[key] = grouped.get(key, 0) + count
        grouped.pop((), None)
        total = sum(
            (
                count * sum((kuesioner.nilai[level - 1] for level in key), Fraction(0)) / len(key)
                for key, count in grouped.items()
            ),
            Fraction(0),
        )
        if grouped:
            sums[unsur] = (total, sum(grouped.values()))
    return sums


def _round(indeks: Fraction, pembulatan: Pembulatan, konversi: int) -> tuple[Fraction, Decimal]:
    """Return the index as it enters the conversion, and the IKM."""
    if pembulatan == "nik-2":
        return indeks, round_half_up(indeks * konversi, 2)
    places = int(pembulatan.removeprefix("indeks-"))
    rounded = round_half_up(indeks, places)
    return Fraction(rounded), (rounded * konversi).quantize(Decimal(1).scaleb(-max(places, 2)))


def _ranks(means: Sequence[Fraction]) -> list[int]:
    """Return each mean's place from the highest; equal means share the better one."""
    tops, _ = _over_one(means)
    order = sorted(range(len(tops)), key=tops.__getitem__, reverse=True)
    out = [0] * len(tops)
    for place, i in enumerate(order):
        before = order[place - 1]
        out[i] = out[before] if place and tops[i] == tops[before] else place + 1
    return out


def _over_one(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return numerators over one common denominator, and that: whole numbers cost far less than fractions."""
    bottom = math.lcm(*[v.denominator for v in values])
    return [v.numerator * (bottom // v.denominator) for v in values], bottom


def _sum(values: Sequence[Fraction]) -> Fraction:
    tops, bottom = _over_one(values)
    return Fraction(sum(tops), bottom)


def _compare(total: Fraction, x: int, konversi: int, kuesioner: Kuesioner) -> tuple[Pembanding, ...]:
    """Return the figure and letter under each weight in circulation."""
    out = []
    for name, label, (top, bottom) in _in_circulation(x):
        ikm = round_ratio(top * total.numerator * konversi, bottom * total.denominator, 2)
        out.append(Pembanding(name, label, ikm, kuesioner.regulasi.grade(ikm).mutu))
    return tuple(out)


@lru_cache(maxsize=64)
def _in_circulation(x: int) -> tuple[tuple[str, str, tuple[int, int]], ...]:
    """Return the weights in circulation for so many unsur: name, label, numerator and denominator."""
    every = [_bobot.resolve(name, [""] * x) for name in _bobot.NAMES]
    return tuple((weights.nama, weights.label("en"), weights.nilai[0].as_integer_ratio()) for weights in every)
