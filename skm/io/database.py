"""Databases -> tables that are counted where they are: SQLAlchemy, ADBC, SQLite's own connections, and addresses."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from skm.answers.frames.remote import Kind, RemoteTable
from skm.basics.errors import DataError, OptionError
from skm.basics.packages import missing

if TYPE_CHECKING:
    from skm.answers.frames.sql import Run

PASSWORD = "SKM_DB_PASSWORD"
"""Environment variable that holds the password; an address never does."""

SCHEMES = {
    "mariadb": "mariadb+pymysql",
    "mysql": "mysql+pymysql",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "sqlite": "sqlite",
}
"""Schemes of addresses, and the drivers used for them."""

_SELECT = re.compile(r"\s*(?:--[^\n]*\n\s*|\()*(?:select|with)\b", re.I)
_TOGETHER = 4096  # rows taken apart at a time


def is_address(text: Any) -> bool:
    """Tell whether a text is the address of a database.

    >>> is_address("mariadb://skm@localhost/skm"), is_address("jawaban.xlsx"), is_address("C:/data/x.csv")
    (True, False, False)
    """
    scheme, found, _ = str(text).partition("://")
    return bool(found) and scheme.partition("+")[0].casefold() in SCHEMES


def open_database(source: Any, tabel: Any) -> RemoteTable:
    """Return a table of a database, which is counted there.

    Parameters
    ----------
    source : str, SQLAlchemy Engine or Connection, ADBC connection, sqlite3 connection
        The database. An address ("mariadb://user@host/name") holds no password: it is read from `PASSWORD`.
    tabel : str, SQLAlchemy Select or Table
        A table ("jawaban", "skema.jawaban"), or a select.

    Raises
    ------
    MissingDependencyError
        SQLAlchemy or the driver is not installed.
    OptionError
        An address with a password in it, or no such table.
    DataError
        The database cannot be reached, or is of no known kind.
    """
    try:
        import sqlalchemy as sa
    except ImportError:
        raise missing("sqlalchemy") from None
    if isinstance(source, str):
        source = _engine(source, sa)
    module = type(source).__module__.partition(".")[0]
    if module == "sqlite3":
        held = source
        source = sa.create_engine("sqlite://", creator=lambda: held, poolclass=sa.pool.StaticPool)
        module = "sqlalchemy"
    if module == "sqlalchemy":
        return _over_sqlalchemy(source, tabel, sa)
    if hasattr(source, "adbc_get_info"):
        return _over_adbc(source, tabel, sa)
    raise DataError("basis-data-asing", jenis=f"{module}.{type(source).__name__}")


def _engine(address: str, sa: Any) -> Any:
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise OptionError("basis-data-alamat", pilihan=list(SCHEMES)) from None
    if url.password is not None:
        raise OptionError("basis-data-sandi", variabel=PASSWORD)
    scheme, _, driver = url.drivername.partition("+")
    if scheme not in SCHEMES:
        raise OptionError("basis-data-alamat", pilihan=list(SCHEMES))
    url = url.set(drivername=url.drivername if driver else SCHEMES[scheme])
    secret = os.environ.get(PASSWORD)
    if secret and scheme != "sqlite":
        url = url.set(password=secret)
    try:
        return sa.create_engine(url, hide_parameters=True, poolclass=sa.pool.NullPool)
    except ImportError as problem:
        raise missing(problem.name or scheme) from None


def _over_sqlalchemy(bind: Any, tabel: Any, sa: Any) -> RemoteTable:
    from skm.answers.frames.sql import SqlTable

    engine = bind if isinstance(bind, sa.engine.Engine) else None
    dialect = bind.dialect

    def executed(connection: Any, statement: Any) -> Any:
        if dialect is bind.dialect:
            return connection.execute(statement)
        written = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        given: Any = dict(written.params)
        if written.positional:
            given = tuple(given[name] for name in written.positiontup or ())
        return connection.exec_driver_sql(str(written), given)

    def run(statement: Any) -> list[Sequence[Any]]:
        if engine is None:
            return _columns(executed(bind, statement))
        with engine.connect() as connection:
            return _columns(executed(connection, statement))

    safe = _guarded(run, sa.exc.SQLAlchemyError)
    if engine is not None:
        _reach(engine, sa)
    dialect = _quoting(bind, safe, sa)
    if isinstance(tabel, str) and dialect is not bind.dialect and not _SELECT.match(tabel):
        tabel = f"SELECT * FROM {_quoted(tabel, dialect)}"
    kinds: Mapping[str, Kind] | None = None
    if isinstance(tabel, str) and _SELECT.match(tabel):
        source, kinds = _text_select(bind, engine, tabel, sa)
    elif isinstance(tabel, str):
        source = _reflected(bind, tabel, sa)
    else:
        source = tabel if isinstance(tabel, sa.sql.expression.FromClause) else tabel.subquery()
    return SqlTable(safe, dialect, source, kinds)


def _quoting(bind: Any, run: Run, sa: Any) -> Any:
    """Return the dialect, in MariaDB with quotes that name columns under whatever mode a session has by now.

    SQLAlchemy asks for the mode once, before what is set on connecting; in another one its quotes may be those of text.
    """
    dialect = bind.dialect
    if dialect.name not in ("mysql", "mariadb"):
        return dialect
    mode = str(run(sa.text("select @@sql_mode"))[0][0])
    if ("ANSI_QUOTES" in mode) == (dialect.identifier_preparer.initial_quote == '"'):
        return dialect
    own = copy.copy(dialect)
    own.identifier_preparer = dialect.preparer(own, server_ansiquotes=False)
    return own


def _columns(result: Any) -> list[Sequence[Any]]:
    """Return rows column by column, some at a time: many rows held at once are dear to take apart and to clean up."""
    columns: list[list[Any]] = []
    for rows in result.partitions(_TOGETHER):
        columns = columns or [[] for _ in rows[0]]
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return list(columns)


def _reach(engine: Any, sa: Any) -> None:
    try:
        with engine.connect():
            pass
    except sa.exc.SQLAlchemyError as problem:
        cause = str(getattr(problem, "orig", None) or type(problem).__name__).splitlines()[0]
        raise DataError("basis-data-tak-terjangkau", sebab=_without_secret(cause)) from None


def _without_secret(text: str) -> str:
    secret = os.environ.get(PASSWORD)
    return text.replace(secret, "***") if secret else text


def _guarded(run: Run, errors: type[Exception]) -> Run:
    """Return what executes statements; a database's own message may quote respondents, so only its kind is told."""

    def safe(statement: Any) -> list[Sequence[Any]]:
        try:
            return run(statement)
        except errors as problem:
            kind = type(getattr(problem, "orig", None) or problem).__name__
            raise DataError("basis-data-gagal", jenis=kind) from None

    return safe


def _reflected(bind: Any, tabel: str, sa: Any) -> Any:
    schema, _, name = tabel.rpartition(".")
    try:
        return sa.Table(name, sa.MetaData(), autoload_with=bind, schema=schema or None)
    except sa.exc.NoSuchTableError:
        inspector = sa.inspect(bind)
        names = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
        raise OptionError("opsi-tidak-dikenal", opsi="tabel", nilai=tabel, pilihan=sorted(names)[:30]) from None


def _text_select(bind: Any, engine: Any, text: str, sa: Any) -> tuple[Any, Mapping[str, Kind]]:
    """Return a select that was given as text as a source, with what the database says of its columns."""
    plain = _plain(text)

    def look(connection: Any) -> list[tuple[Any, ...]]:
        result = connection.execute(sa.text(f"SELECT * FROM ({plain}) AS skm_t LIMIT 0"))
        found: list[tuple[Any, ...]] = list(result.cursor.description)
        return found

    try:
        if engine is None:
            described = look(bind)
        else:
            with engine.connect() as connection:
                described = look(connection)
    except sa.exc.SQLAlchemyError as problem:
        kind = type(getattr(problem, "orig", None) or problem).__name__
        raise DataError("basis-data-gagal", jenis=kind) from None
    table = _CODES.get("mysql" if bind.dialect.name == "mariadb" else bind.dialect.name)
    # SQLite tells no types: values are judged one by one, as texts are.
    kinds: dict[str, Kind] = {row[0]: "teks" if table is None else table.get(row[1], "lain") for row in described}
    columns = [sa.column(name, None if table is None else _type(kind, sa)) for name, kind in kinds.items()]
    return sa.text(plain).columns(*columns).subquery("skm_t"), kinds


def _plain(text: str) -> str:
    """Return a select without what ends it; a colon is a colon."""
    return text.strip().rstrip(";").replace(":", r"\:") if "::" not in text else text.strip().rstrip(";")


def _type(kind: Kind, sa: Any) -> Any:
    types = {
        "bulat": sa.BigInteger,
        "pecahan": sa.Double,
        "desimal": sa.Numeric,
        "teks": sa.String,
        "logika": sa.Boolean,
    }
    return types.get(kind, sa.types.NullType)()


# What drivers call the types of columns: PostgreSQL's numbers of types, MySQL's of fields.
_CODES: dict[str, dict[Any, Kind]] = {
    "postgresql": {
        **dict.fromkeys((20, 21, 23), "bulat"),
        **dict.fromkeys((700, 701), "pecahan"),
        1700: "desimal",
        **dict.fromkeys((25, 1042, 1043, 705), "teks"),
        **dict.fromkeys((1114, 1184), "waktu"),
        16: "logika",
        1082: "hari",
    },
    "mysql": {
        **dict.fromkeys((1, 2, 3, 8, 9), "bulat"),
        **dict.fromkeys((4, 5), "pecahan"),
        **dict.fromkeys((0, 246), "desimal"),
        **dict.fromkeys((252, 253, 254), "teks"),
        **dict.fromkeys((7, 12), "waktu"),
        10: "hari",
    },
}


def _over_adbc(connection: Any, tabel: Any, sa: Any) -> RemoteTable:
    """Return a table over an ADBC connection; SQLAlchemy only writes the statements."""
    import pyarrow as pa

    from skm.answers.frames.sql import SqlTable

    vendor = str(connection.adbc_get_info().get("vendor_name", "")).casefold()
    dialect = _adbc_dialect(vendor)
    is_select = not isinstance(tabel, str) or _SELECT.match(tabel)

    def text_of(statement: Any) -> str:
        return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))

    def rows(statement: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetch_arrow_table()

    def run(statement: Any) -> list[Sequence[Any]]:
        return [column.to_pylist() for column in rows(text_of(statement)).columns]

    errors = connection.DatabaseError if hasattr(connection, "DatabaseError") else Exception
    inner = text_of(tabel) if not isinstance(tabel, str) else _plain(tabel) if is_select else _quoted(tabel, dialect)
    try:
        schema = rows(
            f"SELECT * FROM ({inner}) AS skm_t LIMIT 0" if is_select else f"SELECT * FROM {inner} LIMIT 0"
        ).schema
    except errors as problem:
        raise DataError("basis-data-gagal", jenis=type(problem).__name__) from None
    typed = dialect.name != "sqlite"  # SQLite tells no types: values are judged one by one, as texts are
    kinds: dict[str, Kind] = {f.name: _arrow_kind(f.type, pa) if typed else "teks" for f in schema}
    columns = [sa.column(name, _type(kind, sa) if typed else None) for name, kind in kinds.items()]
    statement = inner if is_select else f"SELECT * FROM {inner}"
    return SqlTable(_guarded(run, errors), dialect, sa.text(statement).columns(*columns).subquery("skm_t"), kinds)


def _adbc_dialect(vendor: str) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    known: dict[str, Callable[..., Any]] = {"postgresql": postgresql.dialect, "sqlite": sqlite.dialect}
    if vendor not in known:
        raise DataError("basis-data-asing", jenis=vendor or "ADBC")
    return known[vendor](paramstyle="named")


def _quoted(tabel: str, dialect: Any) -> str:
    return ".".join(dialect.identifier_preparer.quote(part) for part in tabel.split("."))


def _arrow_kind(kind: Any, pa: Any) -> Kind:
    tests: tuple[tuple[Callable[[Any], bool], Kind], ...] = (
        (pa.types.is_boolean, "logika"),
        (pa.types.is_integer, "bulat"),
        (pa.types.is_floating, "pecahan"),
        (pa.types.is_decimal, "desimal"),
        (pa.types.is_date, "hari"),
        (pa.types.is_timestamp, "waktu"),
        (pa.types.is_string, "teks"),
        (pa.types.is_large_string, "teks"),
    )
    return next((name for test, name in tests if test(kind)), "lain")
