"""The audit: what a printed result cannot be, each finding with the numbers that prove it.

Severity follows one rule. ``kesalahan``: a printed figure or sentence cannot be right, by any admissible way of
computing it from the other printed numbers. ``peringatan``: printed statements contradict each other, or hold only
in an unusual way. ``catatan``: good to know, or not decidable from the printed decimals. The audit says what is
arithmetically impossible and what would make it possible; it says nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm import publikasi as _publikasi
from skm.auditing import (
    check_answers,
    check_budget,
    check_claims,
    check_dates,
    check_grades,
    check_grim,
    check_ikm,
    check_order,
    check_own,
    check_population,
    check_quarters,
    check_reading,
    check_respondents,
    check_sample,
    check_tables,
    check_weighted,
)
from skm.auditing.check_ikm import IkmCheck, Putusan, Recomputed, RouteMatch
from skm.auditing.context import Context, context, finding
from skm.auditing.result import LEVELS, HasilTelaah, PartFinding
from skm.auditing.routes import Route
from skm.basics.values import Finding, Interval
from skm.publikasi import Publikasi
from skm.regulasi import Regulasi
from skm.scores.groups import HasilKelompok
from skm.scores.result import HasilIKM

__all__ = ["FAMILIES", "HasilTelaah", "Recomputed", "Route", "RouteMatch", "audit"]

# Every family of checks is one line: a function of the context and of what the check of the index found.
FAMILIES: tuple[Callable[[Context, IkmCheck], list[Finding]], ...] = (
    lambda k, _: check_reading.examine(k),
    lambda k, _: check_weighted.examine(k),
    check_grim.examine,
    lambda k, _: check_grades.examine(k),
    lambda k, _: check_order.examine(k),
    lambda k, _: check_answers.examine(k),
    lambda k, _: check_sample.examine(k),
    lambda k, _: check_tables.examine(k),
    lambda k, _: check_respondents.examine(k),
    check_claims.examine,
    lambda k, _: check_budget.examine(k),
    lambda k, _: check_quarters.examine(k),
    lambda k, _: check_population.examine(k),
    lambda k, _: check_dates.examine(k),
)
_GRAVEST: tuple[Putusan, ...] = ("mustahil", "tidak-lazim", "tidak-dapat-diputuskan", "cocok", "tidak-diperiksa")


def audit(
    publikasi: Publikasi | Mapping[str, Any] | str | Path | HasilIKM | HasilKelompok,
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    per: HasilKelompok | None = None,
    regulasi: str | Path | Regulasi | None = None,
    catatan: Sequence[Finding] = (),
) -> HasilTelaah:
    """Audit a printed result, or our own result before it is published.

    Parameters
    ----------
    publikasi : Publikasi, mapping, str, Path, HasilIKM or HasilKelompok
        Anything that `skm.publikasi.load` reads, or a computed result.
    populasi : int or str, optional
        People served; for a computed result.
    selang : Interval, optional
        Confidence interval of the IKM, 25-100; for a computed result.
    per : HasilKelompok, optional
        Figures of the groups that will be published with a computed result.
    regulasi : str, Path or Regulasi, optional
        The regulation of a printed result; an office's own one too.
    catatan : sequence of Finding
        What was noticed before; kept with the findings.

    Returns
    -------
    HasilTelaah
        The findings, gravest first, and the index recomputed under each admissible weight.

    Examples
    --------
    >>> hasil = audit("wonoasih-2024-s2")
    >>> hasil.temuan[0].kode
    'ikm-di-atas-unsur-tertinggi'
    >>> [f"{h.ikm:.2f}" for h in hasil.hitung_ulang]
    ['89.31', '89.22', '88.41']
    """
    if isinstance(publikasi, HasilIKM):
        groups = [] if per is None else check_own.small_groups(per)
        return _own(publikasi, [*check_own.examine(publikasi, populasi, selang), *groups, *catatan], populasi)
    if isinstance(publikasi, HasilKelompok):
        return _groups(publikasi)
    printed = _publikasi.load(publikasi, regulasi=regulasi)
    return _printed(printed)


def _printed(printed: Publikasi) -> HasilTelaah:
    """Audit a publication, then every other result that stands in the same document."""
    k = context(printed)
    index = check_ikm.examine(k)
    found = [*index.temuan, *_missing(printed), *_assumed(printed)]
    for family in FAMILIES:
        found += family(k, index)
    parts = tuple(_printed(part) for part in printed.lain)
    found += [PartFinding.of(f, part.publikasi.nama or part.publikasi.title()) for part in parts for f in part.temuan]
    verdicts = [index.putusan, *(part.putusan for part in parts)]
    if index.putusan == "tidak-diperiksa" and (printed.mendua or printed.ragu):
        verdicts[0] = "tidak-dapat-diputuskan"
    known = k.bahan is not None and k.bahan.lengkap and len(k.banyak) == 1
    return HasilTelaah(
        publikasi=printed,
        regulasi=k.rule,
        temuan=tuple(sorted(found, key=lambda f: LEVELS.index(f.tingkat))),
        putusan=min(verdicts, key=_GRAVEST.index),
        hitung_ulang=check_ikm.recompute(k.bahan, printed, k.rule) if k.bahan is not None and known else (),
        rute=index.cocok,
        bagian=parts,
    )


def _own(hasil: HasilIKM, found: list[Finding], populasi: int | str | None) -> HasilTelaah:
    """Return the findings about our own result, with what its printed table will look like to a reader."""
    printed = _publikasi.from_result(hasil, populasi=populasi)
    k = replace(context(printed), ikm=printed.ikm, indeks=None)
    index = check_ikm.examine(k)
    found = [*found, *(f for f in index.temuan if f.tingkat != "catatan")]
    ordered = tuple(sorted(found, key=lambda f: LEVELS.index(f.tingkat)))
    again = check_ikm.recompute(k.bahan, printed, k.rule) if k.bahan else ()
    return HasilTelaah(printed, hasil.regulasi, ordered, index.putusan, again, index.cocok, sendiri=True)


def _groups(groups: HasilKelompok) -> HasilTelaah:
    """Return the findings about a table of groups; groups without respondents have no figure to check."""
    rule = groups.hitungan.kuesioner.regulasi
    found = tuple(check_own.small_groups(groups))
    return HasilTelaah(Publikasi(), rule, found, "tidak-diperiksa", (), (), sendiri=True)


def _missing(printed: Publikasi) -> list[Finding]:
    """Say so where there is nothing to recompute the figure from; silence would look like approval."""
    claims = printed.klaim
    told = claims.indikator or claims.anggaran or claims.penduduk or claims.selisih
    graded = [line for line in printed.daftar if line.mutu or line.kinerja]
    if printed.unsur or printed.bagian or printed.lain or graded or told:
        return []
    if printed.ikm is not None or printed.indeks is not None:
        return [finding("ikm-tanpa-unsur", "catatan")]
    return [] if printed.profil or printed.n else [finding("ikm-tanpa-angka", "catatan")]


def _assumed(printed: Publikasi) -> list[Finding]:
    """Say so where decimals had to be taken from neighbours."""
    values = [value for u in printed.unsur for value in (u.nilai, u.nik) if value is not None and value.dianggap]
    return [finding("ikm-desimal-dianggap", "catatan", desimal=values[0].desimal)] if values else []
