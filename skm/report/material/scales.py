"""The scales of a regulation as texts print them: of the answers, of the index, and the factor between them."""

from __future__ import annotations

from skm.regulasi import Regulasi


def scales(regulasi: Regulasi) -> dict[str, str]:
    """Return what texts of the catalogue call ``tingkat``, ``skala`` and ``faktor``.

    >>> from skm import regulasi
    >>> scales(regulasi.load("permenpanrb-14-2017"))
    {'tingkat': '1-4', 'skala': '25-100', 'faktor': '25'}
    """
    answers, index = regulasi.skala
    return {"tingkat": answers, "skala": index, "faktor": str(regulasi.konversi)}
