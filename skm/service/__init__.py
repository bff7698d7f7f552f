"""The local page and the HTTP interface: the same calls as the command, for a browser and for other applications.

``create_app`` gives an ASGI application to run or to mount; ``app`` is the one that serves this computer only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skm.service.application import create_app

if TYPE_CHECKING:
    from starlette.applications import Starlette

    app: Starlette

__all__ = ["app", "create_app"]


def __getattr__(name: str) -> Any:
    if name == "app":
        globals()["app"] = create_app()
        return globals()["app"]
    msg = f"module 'skm.service' has no attribute {name!r}"
    raise AttributeError(msg)
