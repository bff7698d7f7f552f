"""Tables of a database, for every function that takes answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skm.answers.frames.remote import RemoteTable


def database(source: Any, tabel: Any) -> RemoteTable:
    """Return a table or select of a database; `score`, `score_by`, `tally` and `skm.stats` count it there.

    Only counts come home, or distinct patterns where a statistic needs them: no respondent leaves the database.

    Parameters
    ----------
    source : str, Engine, Connection, ADBC connection or sqlite3 connection
        An address such as "mariadb://pemakai@server/nama" (MariaDB, MySQL, PostgreSQL, SQLite), whose password is
        read from the environment variable SKM_DB_PASSWORD; or a connection that is open already.
    tabel : str, Select or Table
        Name of a table ("jawaban", "skema.jawaban"), or a select: one row per respondent, or long rows
        (responden, unsur, nilai).

    Raises
    ------
    OptionError
        An address that holds a password, or no such table.
    DataError
        The database cannot be reached.
    MissingDependencyError
        The extra ``database`` is not installed.

    Examples
    --------
    >>> import sqlite3
    >>> sambungan = sqlite3.connect(":memory:")
    >>> _ = sambungan.execute("create table jawaban (unit text, u1 integer, u2 integer)")
    >>> _ = sambungan.executemany("insert into jawaban values (?, ?, ?)", [("A", 4, 3), ("B", 3, 3), ("A", 4, 4)])
    >>> jawaban = database(sambungan, "jawaban")  # doctest: +SKIP
    >>> score_by(jawaban, "unit")["A"].ikm  # doctest: +SKIP
    Decimal('93.75')
    """
    from skm.io.database import open_database

    return open_database(source, tabel)
