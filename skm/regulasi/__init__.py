"""The rules as data: regulations, questionnaires, unsur and weights. Looked up here by name or by date.

>>> from skm import regulasi
>>> regulasi.load("permenpanrb-14-2017").grade("88.31").mutu
'A'
"""

from skm.regulasi._regulation import (
    DEFAULT,
    BobotTercetak,
    Kategori,
    Regulasi,
    Rujukan,
    Unsur,
    ids,
    load,
    on,
    parse,
    successor,
)

__all__ = [
    "DEFAULT",
    "BobotTercetak",
    "Kategori",
    "Regulasi",
    "Rujukan",
    "Unsur",
    "ids",
    "load",
    "on",
    "parse",
    "successor",
]


def __dir__() -> list[str]:
    return sorted(__all__)
