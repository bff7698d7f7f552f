"""The application: page and interface behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from skm.basics.errors import DataError, SKMError
from skm.basics.packages import need

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response


def create_app(
    *,
    hosts: Iterable[str] = (),
    token: str | None = None,
    temp: str | Path | None = None,
    page: bool = True,
    lang: str | None = None,
) -> Starlette:
    """Return an ASGI application, to be run or mounted into another.

    Parameters
    ----------
    hosts : iterable of str, optional
        Names, besides those of this computer, under which requests may come, without port ("survei.dinas.go.id").
    token : str, optional
        What every request has to show, as ``Authorization: Bearer ...``. Needed as soon as ``hosts`` are named.
    temp : str or Path, optional
        Folder in which the private folder for uploads is made. Default: the system's.
    page : bool
        Whether the page for people is served beside the interface.
    lang : {"id", "en"}, optional
        Language of answers and page where a request names none.

    Notes
    -----
    Heavy work is done by processes that are started anew: a script that runs the application itself needs the usual
    ``if __name__ == "__main__":``.

    Raises
    ------
    DataError
        Hosts without a token: anybody who can reach the computer could read what is handed over.
    MissingDependencyError
        The extra ``service`` is not installed.

    Examples
    --------
    >>> app = create_app()
    >>> sorted(route.path for route in app.routes if route.path.startswith("/v1/s"))
    ['/v1/sampel', '/v1/skema', '/v1/skema/{nama}']
    """
    need("starlette")
    need("pebble")
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware

    from skm.service.desk import Desk
    from skm.service.guard import ENTER, BodyTooLargeError, Guard
    from skm.service.interface import routes
    from skm.service.jobs import Jobs
    from skm.service.pool import Workers
    from skm.service.settings import LOOPBACK, Settings
    from skm.service.state import State

    named = frozenset(host.lower() for host in hosts)
    if named and not token:
        raise DataError("layanan-perlu-token")
    settings = Settings(
        hosts=LOOPBACK | named, token=token, temp=None if temp is None else Path(temp), page=page, lang=lang
    )
    workers, desk = Workers(settings), Desk(settings.temp, settings.keep)
    state = State(settings, workers, desk, Jobs(workers, desk))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            state.close()

    every, enter = routes(), ""
    if page:
        from skm.service.page import routes as pages

        every += pages()
        enter = ENTER
    app = Starlette(
        routes=every,
        middleware=[Middleware(Guard, settings=settings, enter=enter)],
        exception_handlers={HTTPException: _no_such, BodyTooLargeError: _too_large},
        lifespan=lifespan,
    )
    app.state.skm = state
    return app


async def _no_such(request: Request, problem: Exception) -> Response:
    """Answer a wrong path or method as the document too."""
    from starlette.exceptions import HTTPException

    from skm.service.replies import language, refused

    status = problem.status_code if isinstance(problem, HTTPException) else 500
    code = "layanan-cara" if status == 405 else "layanan-formulir" if status == 400 else "layanan-tidak-ada"
    if "text/html" in request.headers.get("accept", "") and request.app.state.skm.settings.page:
        from skm.service.rendering import refusal_page

        return refusal_page(request, SKMError(code), status)
    answer = refused(None, language(request), SKMError(code), status)
    for name, value in (getattr(problem, "headers", None) or {}).items():
        answer.headers[name] = value
    return answer


async def _too_large(request: Request, problem: Exception) -> Response:
    from skm.service.replies import language, refused

    limit = request.app.state.skm.settings.upload >> 20
    return refused(None, language(request), DataError("layanan-terlalu-besar", batas=limit))
