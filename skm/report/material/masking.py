"""Small groups stay hidden: which rows of a table may not show their numbers.

A group below the limit is hidden. Where the hidden ones could be worked out from the total and the rows shown, the
next smallest are hidden too, until what the reader can work out is a group of at least the limit.
"""

from __future__ import annotations

from collections.abc import Sequence


def hidden(counts: Sequence[int], limit: int) -> frozenset[int]:
    """Return the positions of the rows to hide.

    Parameters
    ----------
    counts : sequence of int
        Respondents per row; rows with nobody have nothing to hide.
    limit : int
        Least size of a group that may be shown; 0 or 1 hides nothing.

    Returns
    -------
    frozenset of int

    Examples
    --------
    >>> sorted(hidden([120, 3, 40, 9], 5))
    [1, 3]
    """
    if limit < 2:
        return frozenset()
    closed = {i for i, n in enumerate(counts) if 0 < n < limit}
    if not closed:
        return frozenset()
    open_rows = sorted((n, i) for i, n in enumerate(counts) if n >= limit)
    while open_rows and (len(closed) == 1 or sum(counts[i] for i in closed) < limit):
        closed.add(open_rows.pop(0)[1])
    return frozenset(closed)
