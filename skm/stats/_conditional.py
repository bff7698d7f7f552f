"""P values of a table of counts given its margins: exact where that is cheap, else by Monte Carlo.

Large-sample formulas fail where few respondents answered or nearly all answered alike, which is the rule on four
levels. Given both margins every table has a known number of ways, so that the p is a count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import OptionError
from skm.basics.progress import walked
from skm.basics.reading_numbers import read_count

PMethod = Literal["otomatis", "asimtotik", "permutasi"]
SMALL = 20  # respondents below which no large-sample p is given
FEW = 10  # answers other than the commonest, below which it is not either
LARGE, RARE = 400, 60  # beyond so many respondents only rare answers are counted
MAX_ROWS = 60  # beyond which no count ends
MAX_STEPS = 60_000  # of the exact count; beyond it tables are drawn
Counts = NDArray[np.int64]
# What one more column adds to the statistic: (place of the column, what it takes of every row, taken before).
Gain = Callable[[int, tuple[int, ...], tuple[int, ...]], int]


def check_p_options(method: str, draws: int, seed: int) -> tuple[int, int]:
    """Refuse a way to p that does not exist, too few draws, or a seed that is no count; return draws and seed."""
    if method not in get_args(PMethod):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(PMethod)))
    return read_count(draws, "draws", minimum=99), read_count(seed, "seed")


def needs_counting(table: Counts) -> bool:
    """Tell whether a table is too small, or too far from even, for a large-sample p."""
    n = int(table.sum())
    margins = [table.sum(axis=a) for a in (0, 1)]
    return n < SMALL or any(n - int(m.max(initial=0)) < FEW for m in margins)


def linear_p(
    table: Counts, x: Sequence[int], y: Sequence[int], draws: int, seed: int, limit: int = MAX_STEPS
) -> tuple[float, str]:
    """Return the two-sided p of sum t_ij x_i y_j given the margins, and how it was had.

    Parameters
    ----------
    table : int array (rows, columns)
    x, y : sequence of int
        Scores, each of mean zero under its margin.

    Returns
    -------
    p : float
        Share of the tables whose statistic is as far from zero; drawn: (b + 1)/(m + 1).
    method : {"eksak", "permutasi"}
    """
    if table.shape[0] > table.shape[1]:  # what is counted grows with the rows
        table, x, y = table.T, y, x
    row, column = np.array(x, dtype=object), np.array(y, dtype=object)
    observed = int(row @ table.astype(object) @ column)

    def gain(j: int, taken: tuple[int, ...], before: tuple[int, ...]) -> int:
        del before
        return int(column[j]) * sum(t * int(v) for t, v in zip(taken, row, strict=True))

    def statistic(drawn: Counts) -> NDArray[np.float64]:
        return np.asarray(np.einsum("mij,i,j->m", drawn, row.astype(float), column.astype(float)))

    return _p(table, observed, gain, statistic, draws, seed, limit)


def concordance_p(table: Counts, draws: int, seed: int) -> tuple[float, str]:
    """Return the two-sided p of concordant less discordant pairs given the margins, and how it was had.

    The same test is Kendall's (rows are values) and Jonckheere's (rows are groups in their order).
    """
    if table.shape[0] > table.shape[1]:
        table = table.T
    observed = int(concordance(table[None])[0])

    def gain(j: int, taken: tuple[int, ...], before: tuple[int, ...]) -> int:
        del j
        total, below = 0, 0
        everyone = sum(before)
        for t, b in zip(taken, before, strict=True):
            total += t * (below - (everyone - below - b))
            below += b
        return total

    return _p(table, observed, gain, lambda drawn: concordance(drawn).astype(float), draws, seed, MAX_STEPS)


def concordance(tables: Counts) -> Counts:
    """Return concordant less discordant pairs of every table (tables, rows, columns)."""
    above = np.cumsum(tables, axis=1) - tables  # in earlier rows, by column
    before = np.cumsum(above, axis=2)
    # Of every cell: those in earlier rows and earlier columns, less those in earlier rows and later columns.
    return np.asarray((tables * (2 * before - above - before[:, :, -1:])).sum(axis=(1, 2)))


def _p(
    table: Counts,
    observed: int,
    gain: Gain,
    statistic: Callable[[Counts], NDArray[np.float64]],
    draws: int,
    seed: int,
    limit: int,
) -> tuple[float, str]:
    exact = exact_tail(table, observed, gain, limit)
    if exact is not None:
        return exact, "eksak"
    far = abs(observed) * (1 - 1e-12)
    parts = drawn_tables(table.sum(axis=1), table.sum(axis=0), draws, seed)
    hits = sum(int((np.abs(statistic(part)) >= far).sum()) for part in parts)
    return (hits + 1) / (draws + 1), "permutasi"


def exact_tail(table: Counts, observed: int, gain: Gain, limit: int = MAX_STEPS) -> float | None:
    """Return the exact share of tables with |statistic| >= |observed|; None where counting would take too long.

    Columns are filled one after another; what is left of the rows is all that later columns need to know.
    """
    n = int(table.sum())
    rare = min(n - int(table.sum(axis=a).max()) for a in (0, 1))
    if (n > LARGE and rare > RARE) or len(table) > MAX_ROWS:
        return None  # whole numbers of thousands of digits, or more tables than anybody counts
    rows = tuple(int(v) for v in table.sum(axis=1))
    states: dict[tuple[int, ...], dict[int, int]] = {(0,) * len(rows): {0: 1}}
    steps = 0
    columns = table.sum(axis=0).tolist()
    for j, size in enumerate(columns):
        last = j == len(columns) - 1
        grown: dict[tuple[int, ...], dict[int, int]] = {}
        for before, sums in states.items():
            free = [r - b for r, b in zip(rows, before, strict=True)]
            for taken in [tuple(free)] if last else _shares(size, free):
                steps += len(sums)
                if steps > limit:
                    return None
                ways = _multinomial(taken)
                more = gain(j, taken, before)
                target = grown.setdefault(tuple(b + t for b, t in zip(before, taken, strict=True)), {})
                for value, count in sums.items():
                    target[value + more] = target.get(value + more, 0) + count * ways
        states = grown
    (final,) = states.values()
    far = sum(count for value, count in final.items() if abs(value) >= abs(observed))
    return far / sum(final.values())


def _multinomial(parts: tuple[int, ...]) -> int:
    ways, total = 1, sum(parts)
    for part in sorted(parts)[:-1]:
        ways *= math.comb(total, part)
        total -= part
    return ways


def _shares(size: int, room: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield every way to take ``size`` from rows that have ``room``."""
    if len(room) == 1:
        if size <= room[0]:
            yield (size,)
        return
    later = sum(room[1:])
    for first in range(max(0, size - later), min(size, room[0]) + 1):
        for rest in _shares(size - first, room[1:]):
            yield (first, *rest)


def drawn_tables(rows: Counts, columns: Counts, draws: int, seed: int) -> Iterator[Counts]:
    """Yield random tables with given margins, as they arise when respondents are exchanged, in blocks."""
    rng = np.random.Generator(np.random.PCG64(seed))
    cells = len(rows) * len(columns)
    block = max(1, min(draws, 2_000_000 // max(cells, 1)))
    fill = _filled if len(rows) <= MAX_ROWS else _halved
    for start in walked(range(0, draws, block)):
        yield fill(rng, np.asarray(rows, np.int64), np.asarray(columns, np.int64), min(block, draws - start))


def _filled(rng: np.random.Generator, rows: Counts, columns: Counts, count: int) -> Counts:
    """Return tables drawn cell by cell."""
    out = np.zeros((count, len(rows), len(columns)), np.int64)
    room = np.tile(columns, (count, 1))
    for i in range(len(rows) - 1):
        need = np.full(count, rows[i], np.int64)
        later = room.sum(axis=1)
        for j in range(len(columns)):
            later = later - room[:, j]
            take = rng.hypergeometric(room[:, j], later, need)
            out[:, i, j] = take
            need = need - take
        room = room - out[:, i]
    out[:, -1] = room
    return out


def _halved(rng: np.random.Generator, rows: Counts, columns: Counts, count: int) -> Counts:
    """Return tables drawn by halving the rows again and again, all halves of one round at once: for many rows."""
    size = 1 << (len(rows) - 1).bit_length()
    padded = np.zeros(size, np.int64)
    padded[: len(rows)] = rows
    parts = np.tile(columns, (count, 1, 1))  # (tables, parts, columns)
    while parts.shape[1] < size:
        need = np.tile(padded.reshape(2 * parts.shape[1], -1).sum(axis=1)[::2], (count, 1))
        first = np.empty_like(parts)
        later = parts.sum(axis=2)
        for j in range(len(columns)):
            own = parts[:, :, j]
            later = later - own
            first[:, :, j] = rng.hypergeometric(own, later, need)
            need = need - first[:, :, j]
        parts = np.stack([first, parts - first], axis=2).reshape(count, -1, len(columns))
    return parts[:, : len(rows)]
