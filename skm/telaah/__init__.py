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
from skm._values import Finding, Interval
from skm.hasil import HasilIKM
from skm.kelompok import HasilKelompok
from skm.publikasi import Publikasi
from skm.telaah import _bahan, _grim, _ikm, _klaim, _mutu, _profil, _sampel, _sendiri, _tertimbang, _urutan, _waktu
from skm.telaah._hasil import LEVELS, HasilTelaah
from skm.telaah._ikm import CocokRute, HitungUlang
from skm.telaah._konteks import Konteks, choose_rule, finding, sort_figures
from skm.telaah._rute import Rute

__all__ = ["CocokRute", "HasilTelaah", "HitungUlang", "Rute", "audit"]


def audit(
    publikasi: Publikasi | Mapping[str, Any] | str | Path | HasilIKM | HasilKelompok,
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    per: HasilKelompok | None = None,
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
    printed = _publikasi.load(publikasi)
    rule, named = choose_rule(printed)
    ikm, indeks = sort_figures(printed, rule)
    k = Konteks(printed, rule, _bahan.gather(printed, rule), ikm, indeks, named)
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
    k = Konteks(printed, hasil.regulasi, _bahan.gather(printed, hasil.regulasi), printed.ikm, None, True)
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
