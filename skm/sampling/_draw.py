"""Drawing a sample from a list, so that anybody can draw the same one again."""

from __future__ import annotations

import math
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._allocate import Allocation
from skm.sampling._options import Count, read_size
from skm.sampling._texts import say

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["sederhana", "sistematik"]
LONGEST = 20_000_000  # of a list, everybody on which gets a number


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Drawn:
    """A drawn sample.

    Attributes
    ----------
    positions : tuple of int
        Positions in the list, from 0, ascending: ``frame.iloc[list(drawn.positions)]``.
    seed : int
        With it, the same list and the same n the same sample is drawn, on every machine and version.
    strata : mapping
        Stratum -> positions; empty without strata.
    """

    positions: tuple[int, ...]
    population: int
    method: str
    seed: int
    strata: Mapping[Any, tuple[int, ...]]

    @property
    def n(self) -> int:
        """Size of the sample."""
        return len(self.positions)

    def kalimat(self, lang: str | None = None) -> str:
        """Return how the sample was drawn, as a sentence for the report."""
        how = say(f"tarik-{self.method}", lang)
        code = "tarik-berlapis" if self.strata else "tarik"
        return say(code, lang, n=self.n, N=self.population, cara=how, benih=str(self.seed), banyak=len(self.strata))

    def table(self, lang: str | None = None) -> Table:
        """Return one row a person drawn: row number from 1, and the stratum."""
        language = resolve_lang(lang)
        columns = [TableColumn("nomor", say("kolom-nomor", language), "count")]
        if self.strata:
            columns.append(TableColumn("strata", say("kolom-strata", language)))
        rows = tuple(tuple(row[1:]) if self.strata else (row[1],) for row in self._rows())
        return Table(say("judul-tarik", language), tuple(columns), rows, (self.kalimat(language),), language)

    def to_frame(self) -> pd.DataFrame:
        """Return position (from 0), nomor (from 1) and strata of each person drawn."""
        columns = (TableColumn("position", "", "count"), TableColumn("nomor", "", "count"), TableColumn("strata", ""))
        return Table("", columns, tuple(self._rows())).to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "n": self.n, "population": self.population, "method": self.method, "seed": self.seed,
            "positions": list(self.positions),
            "strata": [{"strata": plain(s), "n": len(p)} for s, p in self.strata.items()],
        }  # fmt: skip

    def _rows(self) -> list[tuple[Any, ...]]:
        home = {p: s for s, positions in self.strata.items() for p in positions}
        return [(p, p + 1, home.get(p)) for p in self.positions]

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def draw(
    population: Count | Sequence[Any],
    n: Any,
    *,
    method: Method = "sederhana",
    seed: int | None = None,
) -> Drawn:
    """Draw a sample without replacement and return positions in the list.

    Parameters
    ----------
    population : int or sequence
        N; or one stratum label per person, in the order of the list.
    n : int, plan, mapping or Allocation
        Sample size; or stratum -> size, drawn within every stratum.
    method : {"sederhana", "sistematik"}
        Simple random sampling; or every k-th of the list from a random start (k = N/n need not be whole), which
        spreads the sample over a list ordered by time.
    seed : int, optional
        Default: a fresh one, recorded in the result.

    Raises
    ------
    DataError
        More are asked for than there are; a stratum that nobody is in, or a label without a size.

    Notes
    -----
    Simple: everybody gets a random number by the place in the list, the n smallest (of every stratum) are drawn, so
    that a draw depends on the list and the seed only. Numbers come from Python's Mersenne Twister,
    whose sequence for a seed is guaranteed not to change.

    Examples
    --------
    >>> draw(10, 3, seed=7).positions
    (3, 6, 8)
    """
    if method not in get_args(Method):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Method)))
    if seed is None:
        seed = secrets.randbelow(1_000_000)
    start = read_count(seed, "seed")
    rng = random.Random(start)
    sizes = n.n if isinstance(n, Allocation) else n
    if isinstance(sizes, Mapping):
        return _stratified(population, sizes, method, start, rng)
    people = (
        len(population)
        if isinstance(population, Sequence) and not isinstance(population, str)
        else read_count(population, "N", minimum=1)
    )
    if people > LONGEST:
        raise OptionError("cacah-terlalu-besar", batas=LONGEST)
    wanted = read_size(sizes, "n")
    if wanted > people:
        raise DataError("n-melebihi-populasi", n=wanted, N=people)
    chosen = _choose([rng.random() for _ in range(people)], wanted, method)
    return Drawn(tuple(chosen), people, method, start, MappingProxyType({}))


def _stratified(labels: Any, sizes: Mapping[Any, int], method: str, seed: int, rng: random.Random) -> Drawn:
    if isinstance(labels, str) or not hasattr(labels, "__iter__"):
        raise OptionError("tarik-perlu-label")
    cleaned = [None if isinstance(label, float) and math.isnan(label) else label for label in labels]
    home: dict[Any, list[int]] = {s: [] for s in sizes}
    strange = sorted({str(label) for label in cleaned if label not in home})
    if strange:
        raise DataError("tarik-label-asing", strata=strange)
    for position, label in enumerate(cleaned):
        home[label].append(position)
    # Everybody's number is that of the place in the list: neither the order of the strata nor the sizes of the others
    # change who is drawn in one.
    lots = [rng.random() for _ in cleaned]
    strata = {}
    for stratum, size in sizes.items():
        wanted, members = read_count(size, str(stratum)), home[stratum]
        if wanted > len(members):
            raise DataError("tarik-strata-kurang", strata=str(stratum), n=wanted, N=len(members))
        strata[stratum] = tuple(members[i] for i in _choose([lots[p] for p in members], wanted, method))
    positions = tuple(sorted(p for chosen in strata.values() for p in chosen))
    return Drawn(positions, len(cleaned), method, seed, MappingProxyType(strata))


def _choose(lots: Sequence[float], n: int, method: str) -> list[int]:
    people = len(lots)
    if n == 0:
        return []
    if method == "sistematik":
        # In units of 1/n: start anywhere in the first interval, then steps of N; everybody has the chance n/N.
        begin = int(lots[0] * people)
        return [(begin + i * people) // n for i in range(n)]
    return sorted(sorted(range(people), key=lots.__getitem__)[:n])
