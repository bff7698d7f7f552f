"""The audit: what a printed result cannot be, each finding with the numbers that prove it.

Severity follows one rule. ``kesalahan``: a printed figure or sentence cannot be right, by any admissible way of
computing it from the other printed numbers. ``peringatan``: printed statements contradict each other, or hold only
in an unusual way. ``catatan``: good to know, or not decidable from the printed decimals. The audit says what is
arithmetically impossible and what would make it possible; it says nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm import publikasi as _publikasi
from skm import regulasi as _regulasi
from skm.publikasi import Publikasi
from skm.telaah import _bahan, _ikm
from skm.telaah._hasil import HasilTelaah
from skm.telaah._ikm import CocokRute, HitungUlang
from skm.telaah._rute import Rute

__all__ = ["CocokRute", "HasilTelaah", "HitungUlang", "Rute", "audit"]


def audit(publikasi: Publikasi | Mapping[str, Any] | str | Path) -> HasilTelaah:
    """Audit a printed result.

    Parameters
    ----------
    publikasi : Publikasi, mapping, str or Path
        Anything that `skm.publikasi.load` reads.

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
    printed = _publikasi.load(publikasi)
    rule = _regulasi.load(printed.regulasi or _regulasi.DEFAULT)
    means = _bahan.gather(printed, rule)
    outcome = _ikm.examine(printed, means, rule)
    return HasilTelaah(
        publikasi=printed,
        regulasi=rule,
        temuan=outcome.temuan,
        putusan=outcome.putusan,
        hitung_ulang=_ikm.recompute(means, printed, rule) if means and means.lengkap else (),
        rute=outcome.cocok,
    )
