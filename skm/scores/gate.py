"""The one gate that every final figure passes: what no answers can give is a defect, and no figure leaves with it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import SKMError
from skm.regulasi._regulation import Regulasi

_FLOAT = 1e-6  # more than the error of a few dozen additions of doubles, less than any digit that is printed


def pass_figure(
    ikm: Decimal,
    tepat: Fraction,
    regulasi: Regulasi,
    nilai: Sequence[Fraction],
    *,
    weight: Fraction = Fraction(1),
    places: int | None = None,
) -> Decimal:
    """Return the figure if it can be one.

    Parameters
    ----------
    ikm : Decimal
        The figure as it will be printed.
    tepat : Fraction
        The same before rounding.
    regulasi : Regulasi
        Its scale and factor.
    nilai : sequence of Fraction
        Value of each level, worst first: the regulation's, or those of a named conversion.
    weight : Fraction
        Sum of the weights: 1 unless they were rounded.
    places : int, optional
        Decimals to which the index was rounded before it was converted; None where the figure itself was.

    Raises
    ------
    SKMError
        ``cacat-angka``: it lies outside what the levels and weights allow, or is no rounding of the exact value.

    Examples
    --------
    >>> from skm.regulasi import load
    >>> rules = load()
    >>> pass_figure(Decimal("93.75"), Fraction(375, 4), rules, [Fraction(v) for v in (1, 2, 3, 4)])
    Decimal('93.75')
    """
    low, high = _bounds(regulasi, nilai)
    step = Fraction(1, 2 * 10**regulasi.desimal)
    slack = step if places is None else Fraction(regulasi.konversi, 2 * 10**places) + step
    right = (
        ikm.is_finite()
        and weight > 0
        and low * weight <= tepat <= high * weight
        and abs(Fraction(ikm) - tepat) <= slack
    )
    if not right:
        raise SKMError("cacat-angka", bawah=float(low * weight), atas=float(high * weight))
    return ikm


def pass_figures(
    ikm: NDArray[np.float64], weights: NDArray[np.float64], regulasi: Regulasi, nilai: Sequence[Fraction]
) -> NDArray[np.float64]:
    """Return the figures of many groups if each can be one; NaN stands for a group without data.

    Raises
    ------
    SKMError
        ``cacat-angka``: one of them cannot.
    """
    low, high = (float(bound) for bound in _bounds(regulasi, nilai))
    unit = regulasi.konversi * 0.5 / 100 + _FLOAT  # the coarsest rounding: the index to two decimals
    known = np.isfinite(ikm)
    wrong = known & ((ikm < low * weights - unit) | (ikm > high * weights + unit) | ~(weights > 0))
    if wrong.any() or np.isinf(ikm).any():
        raise SKMError("cacat-angka", bawah=low, atas=high)
    return ikm


def pass_mean(ikm: Decimal, tepat: Fraction, units: Sequence[Fraction], regulasi: Regulasi) -> Decimal:
    """Return the figure of several units if it lies between the lowest and the highest of theirs.

    Raises
    ------
    SKMError
        ``cacat-angka``: it does not, or is no rounding of the exact value.
    """
    low, high = min(units), max(units)
    step = Fraction(1, 2 * 10**regulasi.desimal)
    if not ikm.is_finite() or not low <= tepat <= high or abs(Fraction(ikm) - tepat) > step:
        raise SKMError("cacat-angka", bawah=float(low), atas=float(high))
    return ikm


def _bounds(regulasi: Regulasi, nilai: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest figure; levels beyond the regulation's highest are none of any survey."""
    rising = bool(nilai) and all(low < high for low, high in pairwise(nilai))
    if not rising or nilai[0] < 0 or nilai[-1] > regulasi.tertinggi:
        raise SKMError("cacat-angka", bawah=regulasi.terendah, atas=regulasi.tertinggi)
    return nilai[0] * regulasi.konversi, nilai[-1] * regulasi.konversi


def rounding_places(pembulatan: Any) -> int | None:
    """Return the decimals to which the index is rounded first; None where it is not."""
    return None if pembulatan == "nik-2" else int(str(pembulatan).removeprefix("indeks-"))
