"""The optional packages that write documents, asked for where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from skm.basics.errors import MissingDependencyError


def need(module: str) -> Any:
    """Import an optional package.

    Raises
    ------
    MissingDependencyError
        It is not installed; the hint has the command.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingDependencyError("laporan-paket", paket=module) from None
