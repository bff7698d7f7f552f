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
from skm._values import Finding
from skm.publikasi import Publikasi
from skm.telaah import _bahan, _grim, _ikm, _klaim, _mutu, _profil, _sampel, _tertimbang, _urutan, _waktu
from skm.telaah._hasil import LEVELS, HasilTelaah
from skm.telaah._ikm import CocokRute, HitungUlang
from skm.telaah._konteks import Konteks, choose_rule, finding, sort_figures
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
    rule, named = choose_rule(printed)
    ikm, indeks = sort_figures(printed, rule)
    k = Konteks(printed, rule, _bahan.gather(printed, rule), ikm, indeks, named)
    index = _ikm.examine(k)
    found = [
        *index.temuan,
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


def _assumed(printed: Publikasi) -> list[Finding]:
    """Say so where decimals had to be taken from neighbours."""
    values = [value for u in printed.unsur for value in (u.nilai, u.nik) if value is not None and value.dianggap]
    return [finding("ikm-desimal-dianggap", "catatan", desimal=values[0].desimal)] if values else []
