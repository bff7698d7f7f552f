"""The one way to ask for an optional package, and to say which command installs it where it is missing."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Any

from skm.basics.errors import MissingDependencyError

# Module -> what it is called where it is installed from, the extra of this package that brings it (none where no extra
# does), and what it is for.
_PACKAGES = {
    "docx": ("python-docx", "report", "Word (.docx)"),
    "jinja2": ("jinja2", "report", "HTML"),
    "xlsxwriter": ("xlsxwriter", "report", "Excel (.xlsx)"),
    "typst": ("typst", "pdf", "PDF"),
    "pdfplumber": ("pdfplumber", "pdf", "PDF"),
    "pyreadstat": ("pyreadstat", "spss", ".sav, .dta"),
    "pyarrow": ("pyarrow", "scale", "Parquet, .hitungan"),
    "polars": ("polars", "scale", "Polars"),
    "duckdb": ("duckdb", "scale", "DuckDB"),
    "starlette": ("starlette", "service", "skm layani"),
    "uvicorn": ("uvicorn", "service", "skm layani"),
    "pebble": ("pebble", "service", "skm layani"),
    "multipart": ("python-multipart", "service", "skm layani"),
    "pyspark": ("pyspark", "spark", "Spark"),
    "dask": ("dask", "dask", "Dask"),
    "sqlalchemy": ("sqlalchemy", "database", "SQL"),
    "pymysql": ("PyMySQL", "database", "MariaDB, MySQL"),
    "psycopg": ("psycopg", "database", "PostgreSQL"),
    "ibis": ("ibis-framework", "database", "ibis"),
    "fsspec": ("fsspec", "lake", "s3://, gs://, abfs://"),
    "s3fs": ("s3fs", "lake", "s3://"),
    "gcsfs": ("gcsfs", "", "gs://"),
    "adlfs": ("adlfs", "", "abfs://"),
    "deltalake": ("deltalake", "lake", "Delta Lake"),
    "pyiceberg": ("pyiceberg", "lake", "Iceberg"),
}


def need(module: str, untuk: str = "") -> Any:
    """Import an optional package.

    Parameters
    ----------
    module : str
        What is imported; a submodule may be named.
    untuk : str
        What it is needed for, such as "Parquet".

    Raises
    ------
    MissingDependencyError
        It is not installed; the hint has the command.

    Examples
    --------
    >>> need("json").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise missing(module, untuk) from None


def installed(module: str, untuk: str = "") -> None:
    """Make sure of an optional package without importing it.

    Raises
    ------
    MissingDependencyError
        It is not installed.
    """
    if find_spec(module) is None:
        raise missing(module, untuk)


def missing(module: str, untuk: str = "") -> MissingDependencyError:
    """Return the error that says what is missing, what for, and how to install it."""
    top = module.partition(".")[0]
    package, extra, use = _PACKAGES.get(top, (top, "", "skm"))
    if not extra:
        return MissingDependencyError("paket-lain-hilang", paket=package, untuk=untuk or use)
    return MissingDependencyError("paket-hilang", paket=package, untuk=untuk or use, tambahan=extra)
