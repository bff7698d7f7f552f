"""Drawing clusters with probability proportional to size, inclusion probabilities kept."""

from __future__ import annotations

import math
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skm.basics.arguments import as_list
from skm.basics.errors import DataError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._options import Count, read_size
from skm.sampling._texts import group_name, say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PPSDraw:
    """Units drawn with probability proportional to size.

    Attributes
    ----------
    positions : tuple of int
        Positions in the list, from 0, ascending.
    names : tuple
        Their names, where the list has names.
    probabilities : tuple of float
        Inclusion probabilities of those drawn; ``weights`` are one over them.
    all_probabilities : tuple of float
        Of the whole list; they add up to n.
    certain : tuple of int
        Positions that are in every sample, because they are so large.
    """

    positions: tuple[int, ...]
    names: tuple[Any, ...]
    probabilities: tuple[float, ...]
    all_probabilities: tuple[float, ...]
    certain: tuple[int, ...]
    seed: int

    @property
    def n(self) -> int:
        """Units drawn."""
        return len(self.positions)

    @property
    def weights(self) -> tuple[float, ...]:
        """Weight of every unit drawn."""
        return tuple(1 / p for p in self.probabilities)

    def kalimat(self, lang: str | None = None) -> str:
        """Return how the units were drawn, as a sentence for the report."""
        fill = {"n": self.n, "N": len(self.all_probabilities), "benih": str(self.seed), "pasti": len(self.certain)}
        return say("tarik-pps-pasti" if self.certain else "tarik-pps", lang, **fill)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a unit drawn."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("nomor", say("kolom-nomor", language), "count"),
            TableColumn("nama", say("kolom-nama", language)),
            TableColumn("peluang", say("kolom-peluang", language), "decimal", 4),
            TableColumn("bobot", say("kolom-bobot", language), "decimal", 4),
        )
        rows = tuple(
            (p + 1, group_name(name, language), chance, 1 / chance)
            for p, name, chance in zip(self.positions, self.names, self.probabilities, strict=True)
        )
        return Table(say("judul-tarik", language), columns, rows, (self.kalimat(language),), language)

    def to_frame(self) -> pd.DataFrame:
        """Return position (from 0), nama, probability and weight of each unit drawn."""
        columns = (
            TableColumn("position", "", "count"),
            TableColumn("nama", ""),
            TableColumn("probability", "", "decimal"),
            TableColumn("weight", "", "decimal"),
        )
        rows = zip(self.positions, self.names, self.probabilities, self.weights, strict=True)
        return Table("", columns, tuple(tuple(row) for row in rows)).to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "n": self.n, "population": len(self.all_probabilities), "seed": self.seed,
            "positions": list(self.positions), "names": [plain(name) for name in self.names],
            "probabilities": list(self.probabilities), "certain": list(self.certain),
        }  # fmt: skip

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def draw_pps(sizes: Mapping[Any, Any] | Sequence[Any], n: Count, *, seed: int | None = None) -> PPSDraw:
    """Draw n units without replacement, each with a probability proportional to its size.

    Parameters
    ----------
    sizes : mapping or sequence
        Name -> size (people served), or sizes in the order of the list.
    n : int
        Units to draw.
    seed : int, optional
        Default: a fresh one, recorded in the result.

    Raises
    ------
    DataError
        A size is not above zero, or more are asked for than there are.

    Notes
    -----
    Systematic from a random start in the order of the list (W. G. Madow 1949): unit i is drawn with probability
    n x_i / sum x exactly. Units for which that passes one are certain; the others share what is left.

    Examples
    --------
    >>> d = draw_pps({"A": 500, "B": 120, "C": 80, "D": 100}, 2, seed=1)
    >>> d.names[0], d.probabilities[0], d.weights[0]
    ('A', 1.0, 1.0)
    """
    values = list(sizes.values()) if isinstance(sizes, Mapping) else as_list(sizes, "sizes")
    names = list(sizes) if isinstance(sizes, Mapping) else [None] * len(values)
    x = [float(read_decimal(v, f"sizes[{i + 1}]")) for i, v in enumerate(values)]
    if bad := [i + 1 for i, v in enumerate(x) if not v > 0]:
        raise DataError("pps-ukuran", nomor=bad[:20])
    wanted = read_size(n, "n", minimum=1)
    if wanted > len(x):
        raise DataError("n-melebihi-populasi", n=wanted, N=len(x))
    if seed is None:
        seed = secrets.randbelow(1_000_000)
    start = read_count(seed, "seed")
    certain: set[int] = set()
    while True:
        rest = [i for i in range(len(x)) if i not in certain]
        total, left = math.fsum(x[i] for i in rest), wanted - len(certain)
        more = {i for i in rest if left * x[i] >= total * (1 - 1e-12)} if left else set()
        if not more:
            break
        certain |= more
    chance = [1.0 if i in certain else left * x[i] / total for i in range(len(x))]
    begin = random.Random(start).random()
    chosen, upto = list(certain), 0.0
    for i in rest:
        first, upto = upto, upto + chance[i]
        # Hits are begin, begin + 1, ...: one in (first, upto] or none, because no chance passes one.
        if math.floor(upto - begin) > math.floor(first - begin):
            chosen.append(i)
    if len(chosen) < wanted:  # the last sum can fall short of a whole number by rounding
        chosen.append(max(i for i in rest if i not in chosen))
    positions = tuple(sorted(chosen))
    return PPSDraw(
        positions,
        tuple(names[p] for p in positions),
        tuple(chance[p] for p in positions),
        tuple(chance),
        tuple(sorted(certain)),
        start,
    )
