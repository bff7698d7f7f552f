"""The reference respondents (tests/reference/ref24.csv, ref24m.csv) as patterns, and R's numbers about them."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np

from skm.counts.pola import Pola, collapse, collapse_weighted
from skm.regulasi import _kuesioner as kuesioner

FOLDER = Path(__file__).parents[1] / "reference"
UNITS = {"A": 48, "B": 40, "C": 32}


@cache
def values():
    return json.loads((FOLDER / "values.json").read_text(encoding="utf-8"))


def reference(name):
    return values()[name]["nilai"]


@cache
def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pola(name="ref24", by=(), weights=None, answers=None):
    """Return patterns of the reference data, or of given answers (rows of 0-4)."""
    base = kuesioner.load()
    if answers is not None:
        table = np.asarray(answers, np.int8)
        own = base.with_butir(base.butir[: table.shape[1]])
        groups, labels = (None, ((),)) if not by else _codes([[label] for label in by])
        keys = ("grup",) if by else ()
        columns = list(table.T)
    else:
        data = rows(name)
        own, keys = base, tuple(by)
        columns = [np.array([int(r[f"u{j}"] or 0) for r in data], np.int8) for j in range(1, 10)]
        groups, labels = (None, ((),)) if not by else _codes([[r[k] for k in by] for r in data])
        weights = [float(r[weights]) for r in data] if isinstance(weights, str) else weights
    if weights is None:
        return Pola(own, *collapse(columns, groups, 4, len(labels)), keys, labels)
    nilai, kali, kelompok, w, w2 = collapse_weighted(columns, groups, 4, len(labels), np.asarray(weights, float))
    return Pola(own, nilai, kali, kelompok, keys, labels, w, w2)


def _codes(labels):
    tuples = [tuple(label) for label in labels]
    names, codes = np.unique([repr(t) for t in tuples], return_inverse=True)
    back = {repr(t): t for t in tuples}
    return codes.reshape(-1), tuple(back[str(name)] for name in names)
