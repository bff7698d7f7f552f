"""Age groups that a data sheet holds as codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from skm.answers.understand import Reading
from skm.basics.values import Finding
from skm.basics.words import normalise


def age_codes(bacaan: Reading) -> Reading:
    """Return the reading with codes 1-5 under a heading "kelompok umur" turned into the names of the groups, noted."""
    column, ciri = bacaan.profil.get("usia"), bacaan.kuesioner.ciri("usia")
    if column is None or ciri is None or not normalise(column).startswith(("kelompok", "rentang")):
        return bacaan
    names = [g.nama for g in ciri.kelompok]
    tabel = bacaan.tabel
    values = tabel.column(column).tolist() if tabel.remote is None else list(tabel.counted(column))
    codes = {str(i): name for i, name in enumerate(names, start=1)}
    filled = {str(v).strip() for v in values if v is not None}
    if not filled or not filled <= set(codes):
        return bacaan
    named = np.empty(len(values), dtype=object)
    named[:] = [None if v is None else codes[str(v).strip()] for v in values]
    note = Finding("kelompok-umur-kode", "catatan", "io", {"banyak": len(names), "kelompok": names})
    if tabel.remote is not None:
        tabel = tabel.recoded(column, dict(zip(values, named.tolist(), strict=True)), names)
    else:
        tabel = tabel.with_column(column, named)
    return replace(bacaan, tabel=tabel, catatan=(*bacaan.catatan, note))
