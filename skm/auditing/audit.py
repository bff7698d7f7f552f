"""The audit: what a printed result cannot be, each finding with the numbers that prove it.

Severity follows one rule. ``kesalahan``: a printed figure or sentence cannot be right, by any admissible way of
computing it from the other printed numbers. ``peringatan``: printed statements contradict each other, or hold only
in an unusual way. ``catatan``: good to know, or not decidable from the printed decimals. The audit says what is
arithmetically impossible and what would make it possible; it says nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skm import publikasi as _publikasi
from skm.auditing import (
    check_claims as _klaim,
)
from skm.auditing import (
    check_dates as _waktu,
)
from skm.auditing import (
    check_grades as _mutu,
)
from skm.auditing import (
    check_grim as _grim,
)
from skm.auditing import (
    check_ikm as _ikm,
)
from skm.auditing import (
    check_order as _urutan,
)
from skm.auditing import (
    check_own as _sendiri,
)
from skm.auditing import (
    check_respondents as _profil,
)
from skm.auditing import (
    check_sample as _sampel,
)
from skm.auditing import (
    check_weighted as _tertimbang,
)
from skm.auditing import (
    means as _bahan,
)
from skm.auditing.check_ikm import Recomputed, RouteMatch
from skm.auditing.context import Context, choose_rule, finding, sort_figures
from skm.auditing.result import LEVELS, HasilTelaah
from skm.auditing.routes import Route
from skm.basics.values import Finding, Interval
from skm.publikasi import Publikasi
from skm.regulasi import Regulasi
from skm.scores.groups import HasilKelompok
from skm.scores.result import HasilIKM

__all__ = ["HasilTelaah", "Recomputed", "Route", "RouteMatch", "audit"]


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
        groups = [] if per is None else _sendiri.small_groups(per)
        return _own(publikasi, [*_sendiri.examine(publikasi, populasi, selang), *groups, *catatan], populasi)
    if isinstance(publikasi, HasilKelompok):
        return _groups(publikasi)
    printed = _publikasi.load(publikasi, regulasi=regulasi)
    rule, named = choose_rule(printed)
    ikm, indeks = sort_figures(printed, rule)
    k = Context(printed, rule, _bahan.gather(printed, rule), ikm, indeks, named)
    index = _ikm.examine(k)
    found = [
        *index.temuan,
        *_missing(printed),
        *_assumed(printed),
        *_tertimbang.examine(k),
        *_grim.examine(k, index),
        *_mutu.examine(k),
        *_urutan.examine(k),
        *_sampel.examine(k),
        *_profil.examine(k),
        *_klaim.examine(k, index),
        *_waktu.examine(k),
    ]
    return HasilTelaah(
        publikasi=printed,
        regulasi=rule,
        temuan=tuple(sorted(found, key=lambda f: LEVELS.index(f.tingkat))),
        putusan=index.putusan,
        hitung_ulang=_ikm.recompute(k.bahan, printed, rule) if k.bahan and k.bahan.lengkap else (),
        rute=index.cocok,
    )


def _own(hasil: HasilIKM, found: list[Finding], populasi: int | str | None) -> HasilTelaah:
    """Return the findings about our own result, with what its printed table will look like to a reader."""
    printed = _publikasi.from_result(hasil, populasi=populasi)
    k = Context(printed, hasil.regulasi, _bahan.gather(printed, hasil.regulasi), printed.ikm, None, True)
    index = _ikm.examine(k)
    found = [*found, *(f for f in index.temuan if f.tingkat != "catatan")]
    ordered = tuple(sorted(found, key=lambda f: LEVELS.index(f.tingkat)))
    again = _ikm.recompute(k.bahan, printed, k.rule) if k.bahan else ()
    return HasilTelaah(printed, hasil.regulasi, ordered, index.putusan, again, index.cocok, sendiri=True)


def _groups(groups: HasilKelompok) -> HasilTelaah:
    """Return the findings about a table of groups; groups without respondents have no figure to check."""
    rule = groups.hitungan.kuesioner.regulasi
    found = tuple(_sendiri.small_groups(groups))
    return HasilTelaah(Publikasi(), rule, found, "tidak-diperiksa", (), (), sendiri=True)


def _missing(printed: Publikasi) -> list[Finding]:
    """Say so where there is nothing to recompute the figure from; silence would look like approval."""
    if printed.unsur or printed.bagian:
        return []
    if printed.ikm is not None or printed.indeks is not None:
        return [finding("ikm-tanpa-unsur", "catatan")]
    return [] if printed.profil or printed.n else [finding("ikm-tanpa-angka", "catatan")]


def _assumed(printed: Publikasi) -> list[Finding]:
    """Say so where decimals had to be taken from neighbours."""
    values = [value for u in printed.unsur for value in (u.nilai, u.nik) if value is not None and value.dianggap]
    return [finding("ikm-desimal-dianggap", "catatan", desimal=values[0].desimal)] if values else []
