"""What every check is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from skm import regulasi as _regulasi
from skm.auditing.means import PrintedMeans, conversion_places, gather, possible_k
from skm.auditing.phrases import AREA
from skm.basics.values import Finding, Tingkat
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi import Regulasi


@dataclass(frozen=True, slots=True)
class Context:
    """A publication, the table it is held against, and its means.

    Attributes
    ----------
    ikm, indeks : PrintedNumber or None
        The printed figure sorted by its scale: an "IKM" of 3.7 is an index on 1-4.
    disebut : bool
        Whether the publication, or its year, says which table of grades applies.
    langkah : tuple of int
        Decimals to which the means may have been rounded before they were converted.
    banyak : tuple of int
        How many unsur the survey can have.
    """

    publikasi: Publikasi
    rule: Regulasi
    bahan: PrintedMeans | None
    ikm: PrintedNumber | None
    indeks: PrintedNumber | None
    disebut: bool
    langkah: tuple[int, ...] = (1, 2, 3)
    banyak: tuple[int, ...] = (0,)


def context(printed: Publikasi) -> Context:
    """Return what the checks of a publication are given."""
    rule, named = choose_rule(printed)
    ikm, indeks = sort_figures(printed, rule)
    return Context(
        printed, rule, gather(printed, rule), ikm, indeks, named,
        conversion_places(printed, rule), possible_k(printed, rule),
    )  # fmt: skip


def finding(code: str, level: Tingkat, **evidence: Any) -> Finding:
    """Return a finding of the audit."""
    return Finding(code, level, AREA, evidence)


def choose_rule(publikasi: Publikasi) -> tuple[Regulasi, bool]:
    """Return the table of grades, and whether the publication settles it.

    A publication that names none is held against the regulation in force in its year.
    """
    if publikasi.peraturan is not None:
        return publikasi.peraturan, True
    year = year_of(publikasi.periode)
    if year is None:
        return _by_unsur(publikasi), False
    known = [(issued, rule) for rule in map(_regulasi.load, _regulasi.ids()) if (issued := _issued(rule)) is not None]
    held = [pair for pair in known if pair[0] <= year]
    if not held:
        return _regulasi.load(), False
    issued, rule = max(held, key=lambda pair: pair[0])
    return rule, rule.berlaku_sejak is not None and year > issued


def _issued(rule: Regulasi) -> int | None:
    """Return the year from which a regulation holds, by its date of force or else by the year in its name."""
    if rule.berlaku_sejak is not None:
        return rule.berlaku_sejak.year
    named = re.search(r"(?:19|20)\d\d$", rule.id)
    return int(named[0]) if named else None


def _by_unsur(publikasi: Publikasi) -> Regulasi:
    """Return the regulation whose list the printed unsur fill, where no other does; else the one in force.

    Without a year the printed grade has a say: unsur of an earlier list are surveyed under the later table too.
    """
    default = _regulasi.load()
    printed = {u.id for u in publikasi.unsur}
    whole = [rule for rule in map(_regulasi.load, _regulasi.ids()) if printed >= {u.id for u in rule.unsur}]
    if default in whole or len(whole) != 1:
        return default
    return default if _grades(default, publikasi) and not _grades(whole[0], publikasi) else whole[0]


def _grades(rule: Regulasi, publikasi: Publikasi) -> bool:
    """Tell whether the printed letter is that of the printed figure by the table of a regulation."""
    figure, factor = publikasi.ikm or publikasi.indeks, 1 if publikasi.ikm else rule.konversi
    if figure is None or not publikasi.mutu:
        return False
    value = figure.tepat * factor
    low, high = rule.batas_ikm
    return low <= value <= high and rule.grade(value).mutu == publikasi.mutu


def year_of(periode: str) -> int | None:
    """Return the year that a period names.

    >>> year_of("2024-S2"), year_of("Semester II Tahun 2023"), year_of("TW3")
    (2024, 2023, None)
    """
    match = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)", periode)
    return int(match[0]) if match else None


def sort_figures(publikasi: Publikasi, rule: Regulasi) -> tuple[PrintedNumber | None, PrintedNumber | None]:
    """Return IKM and index, told apart by their scale."""
    ikm, indeks = publikasi.ikm, publikasi.indeks
    top = rule.tertinggi
    if ikm is not None and rule.terendah <= ikm.nilai <= top and indeks is None:
        return None, ikm
    if indeks is not None and ikm is None and rule.terendah * rule.konversi <= indeks.nilai <= top * rule.konversi:
        return indeks, None
    return ikm, indeks


def near_scale(figure: PrintedNumber, rule: Regulasi) -> bool:
    """Tell whether a figure lies on the scale of the index.

    Rounded weights can carry it a little past the ends, by a tenth of the scale at most; what lies further off
    belongs to another scale.
    """
    low, high = rule.batas_ikm
    return low * Fraction(9, 10) <= Fraction(figure.nilai) <= high * Fraction(11, 10)


def other_scale(k: Context) -> int | None:
    """Return the top of the scale (1-5, 1-10) on which all unsur lie where two and more leave that of the regulation.

    One value off the scale is a slip; several are another questionnaire, which is no mistake of arithmetic.
    """
    values = [u.nilai for u in k.publikasi.unsur if u.nilai is not None]
    beyond = [v for v in values if v.rentang[0] > k.rule.tertinggi]
    if len(beyond) < 2 or len(beyond) * 4 < len(values):
        return None
    return next(
        (top for top in (k.rule.tertinggi + 1, 2 * (k.rule.tertinggi + 1)) if all(v.nilai <= top for v in values)), None
    )


def other_rules(rule: Regulasi) -> Mapping[str, Regulasi]:
    """Return the other tables of grades that come with the package."""
    return {key: _regulasi.load(key) for key in _regulasi.ids() if key != rule.id}
