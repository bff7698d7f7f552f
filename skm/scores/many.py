"""The official figures of many groups at once, as columns.

Floats carry the bulk. Wherever a value lies within 1e-6 of a rounding tie it is computed exactly, in integers where
all unsur of the group have equally many answers, so every figure and letter is the one that scoring the group alone
gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, EmptyDataError
from skm.basics.numbers import round_half_up
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.regulasi import _bobot
from skm.scores.gate import pass_figures
from skm.scores.index import materials, score, weights_by_unsur
from skm.scores.options import ScoreOptions

_TIE = 1e-6

Floats = NDArray[np.float64]
Figures = tuple[NDArray[np.int64], Floats, Floats, tuple[str | None, ...]]


def columnar(hitungan: Hitungan, opsi: ScoreOptions, pola: Mapping[tuple[Any, ...], Pola]) -> Figures:
    """Return n, means, rounded index and letter of every group; NaN and None where there is nothing to compute.

    Raises
    ------
    InvalidAnswerError, EmptyDataError, OptionError, DataError
        What scoring one of the groups alone would raise, except that a group without answers is no error.
    """
    complete = opsi.kosong == "hanya-lengkap"
    if complete and (hitungan.lengkap is None or hitungan.n_lengkap is None):
        raise DataError("lengkap-tidak-diketahui")
    table = hitungan.lengkap if complete and hitungan.lengkap is not None else hitungan.jawaban
    n = hitungan.n_lengkap if complete and hitungan.n_lengkap is not None else hitungan.n
    nrr = _means(hitungan, table)
    if opsi.pertanyaan == "responden":
        _per_respondent(nrr, hitungan, opsi, pola)
    opsi = replace(opsi, bobot=weights_by_unsur(opsi.bobot, hitungan.kuesioner, "bernama"))
    used = np.isfinite(nrr)
    _refuse(hitungan, opsi, used)
    x = used.sum(axis=1)
    weights = _weights(hitungan, opsi, used)
    indeks = (np.where(used, nrr, 0.0) * weights).sum(axis=1)
    ikm, grade = _rounded(hitungan, opsi, table, indeks, x, pola)
    kuesioner = hitungan.kuesioner
    pass_figures(np.where(x > 0, ikm, np.nan), weights.sum(axis=1, where=used), kuesioner.regulasi, kuesioner.nilai)
    letters = np.array([k.mutu for k in hitungan.kuesioner.regulasi.kategori], dtype=object)[grade]
    letters[x == 0] = None
    return n, nrr, np.where(x > 0, ikm, np.nan), tuple(letters.tolist())


def _refuse(hitungan: Hitungan, opsi: ScoreOptions, used: NDArray[np.bool_]) -> None:
    """Score alone the first group that cannot be scored under these options, so that it says why."""
    bad = np.zeros(len(used), dtype=bool)
    if opsi.kosong == "tolak":
        bad |= hitungan.semua[:, :, 0].any(axis=1)
    if opsi.unsur_kosong == "tolak" or isinstance(opsi.bobot, Mapping):
        bad |= used.any(axis=1) & ~used.all(axis=1)
    for position in np.flatnonzero(bad)[:1].tolist():
        score(
            hitungan.alone(position),
            ScoreOptions(opsi.bobot, opsi.pembulatan, opsi.kosong, "butir", opsi.unsur_kosong),
        )


def _means(hitungan: Hitungan, table: NDArray[np.int64]) -> Floats:
    values = np.array([float(v) for v in hitungan.kuesioner.nilai])
    with np.errstate(invalid="ignore", divide="ignore"):
        per_butir: Floats = (table @ values) / table.sum(axis=2)
    kuesioner = hitungan.kuesioner
    if len(kuesioner.unsur) == len(kuesioner.butir):
        return per_butir
    out = np.full((len(hitungan.n), len(kuesioner.unsur)), np.nan)
    for i, unsur in enumerate(kuesioner.unsur):
        out[:, i] = _row_means(per_butir[:, [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]])
    return out


def _row_means(columns: Floats) -> Floats:
    """Return the mean of what is there in every row; NaN where nothing is."""
    known = np.isfinite(columns)
    with np.errstate(invalid="ignore", divide="ignore"):
        means: Floats = np.where(known, columns, 0.0).sum(axis=1) / known.sum(axis=1)
    return means


def _per_respondent(nrr: Floats, hitungan: Hitungan, opsi: ScoreOptions, pola: Mapping[tuple[Any, ...], Pola]) -> None:
    """Put in the mean of the respondents' own means where an unsur has several butir."""
    kuesioner = hitungan.kuesioner
    several = [(i, u) for i, u in enumerate(kuesioner.unsur) if sum(b.unsur == u for b in kuesioner.butir) > 1]
    if not several:
        return
    parts = [pola.get(label) for label in hitungan.label]
    if any(part is None for part in parts):
        raise DataError("perlu-pola", opsi='pertanyaan="responden"')
    known = [part for part in parts if part is not None]
    answers = np.concatenate([part.nilai for part in known])
    often = np.concatenate([part.kali for part in known]).astype(np.float64)
    group = np.repeat(np.arange(len(known)), [len(part.kali) for part in known])
    if opsi.kosong == "hanya-lengkap":
        keep = (answers > 0).all(axis=1)
        answers, often, group = answers[keep], often[keep], group[keep]
    values = np.array([np.nan, *(float(v) for v in kuesioner.nilai)])
    place = {b.id: j for j, b in enumerate(known[0].kuesioner.butir)}
    for i, unsur in several:
        means = _row_means(values[answers[:, [place[b.id] for b in kuesioner.butir if b.unsur == unsur]]])
        answered = np.isfinite(means)
        sums, counts = (
            np.bincount(group[answered], weight[answered], minlength=len(known)) for weight in (often * means, often)
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            nrr[:, i] = sums / counts


def _weights(hitungan: Hitungan, opsi: ScoreOptions, used: NDArray[np.bool_]) -> Floats:
    """Return the weight of every unsur in every group: 1/x or a rounding of it depends on the unsur in use there."""
    unsur = hitungan.kuesioner.unsur
    if isinstance(opsi.bobot, Mapping):
        return np.broadcast_to([float(w) for w in _bobot.resolve(opsi.bobot, unsur).nilai], used.shape)
    by_x = np.zeros(len(unsur) + 1)
    x = used.sum(axis=1)
    for k in np.unique(x).tolist():
        if k:
            by_x[k] = float(_bobot.resolve(opsi.bobot, unsur[:k]).nilai[0])
    return np.broadcast_to(by_x[x][:, None], used.shape)


def _rounded(
    hitungan: Hitungan,
    opsi: ScoreOptions,
    table: NDArray[np.int64],
    indeks: Floats,
    x: NDArray[np.int64],
    pola: Mapping[tuple[Any, ...], Pola],
) -> tuple[Floats, NDArray[np.intp]]:
    """Return the index on 25-100 after the one rounding, and the position of its category."""
    regulasi = hitungan.kuesioner.regulasi
    konversi = regulasi.konversi
    # What is rounded is the index times `factor`; the last digit kept is one `scale`-th.
    places = 2 if opsi.pembulatan == "nik-2" else int(opsi.pembulatan.removeprefix("indeks-"))
    factor, scale = (konversi, 10**places) if opsi.pembulatan == "nik-2" else (1, 10**places)
    scaled = indeks * (factor * scale)
    whole = np.floor(scaled + 0.5).astype(np.int64)
    close = (np.abs(scaled - np.floor(scaled) - 0.5) < _TIE * scale) & (x > 0)
    equal = _equal_counts(hitungan, opsi, table, x) & close
    for k in np.unique(x[equal]).tolist():
        some = equal & (x == k)
        weight = _bobot.resolve(opsi.bobot, hitungan.kuesioner.unsur[:k]).nilai[0] * factor * scale
        levels = np.array([int(v) for v in hitungan.kuesioner.nilai])
        top = (table[some] @ levels).sum(axis=1) * weight.numerator
        bottom = table[some].sum(axis=2).max(axis=1) * weight.denominator
        whole[some] = (2 * top + bottom) // (2 * bottom)
    for position in np.flatnonzero(close & ~equal).tolist():
        exact = _index(hitungan, opsi, position, pola.get(hitungan.label[position]))
        whole[position] = int(round_half_up(exact * (factor * scale), 0))
    # From here on all is integer: index in hundredths for the category, and the figure itself.
    in_nik = whole * (konversi // factor)
    shift = 10**regulasi.desimal
    hundredths = (2 * in_nik * shift + scale) // (2 * scale)
    bounds = [int(k.nik[0] * shift) for k in regulasi.kategori[1:]]
    return in_nik / scale, np.searchsorted(bounds, hundredths, side="right")


def _equal_counts(
    hitungan: Hitungan, opsi: ScoreOptions, table: NDArray[np.int64], x: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return the groups whose index is one fraction of integers: as many answers to every unsur that was answered."""
    kuesioner = hitungan.kuesioner
    plain = len(kuesioner.unsur) == len(kuesioner.butir) and all(v.denominator == 1 for v in kuesioner.nilai)
    if not plain or isinstance(opsi.bobot, Mapping):
        return np.zeros(len(x), dtype=bool)
    answered = table.sum(axis=2)
    most = answered.max(axis=1, initial=0)
    # Products of the counts with weight and scale must stay within 64 bits.
    same: NDArray[np.bool_] = ((answered == most[:, None]) | (answered == 0)).all(axis=1)
    small: NDArray[np.bool_] = most < 1 << 40
    return same & small


def exact_index(hitungan: Hitungan, opsi: ScoreOptions, position: int, pola: Pola | None = None) -> Fraction:
    """Return the index of one group on 25-100 before any rounding.

    Raises
    ------
    EmptyDataError
        Nobody in the group answered anything that counts.
    """
    konversi = hitungan.kuesioner.regulasi.konversi
    return (
        _index(
            hitungan, replace(opsi, bobot=weights_by_unsur(opsi.bobot, hitungan.kuesioner, "bernama")), position, pola
        )
        * konversi
    )


def _index(hitungan: Hitungan, opsi: ScoreOptions, position: int, pola: Pola | None) -> Fraction:
    bahan, _ = materials(hitungan, opsi, position, pola)
    means = {b.unsur: b.nrr for b in bahan if b.nrr is not None}
    if not means:
        raise EmptyDataError("tanpa-jawaban")
    weights = _bobot.resolve(opsi.bobot, list(means)).nilai
    return sum((w * mean for w, mean in zip(weights, means.values(), strict=True)), Fraction(0))
