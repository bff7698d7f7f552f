"""The page for people who do not program: its addresses, the start, the switch of language."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from skm.basics.errors import DataError
from skm.basics.numbers import LANGS
from skm.service import tools, work
from skm.service.guard import ENTER, same
from skm.service.rendering import page, remembered, shown, to
from skm.service.state import state_of

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def routes() -> list[Route]:
    """Return the routes of the page."""
    return [
        Route("/", shown(_home), methods=["GET"]),
        Route("/aset/{nama}", shown(_asset), methods=["GET"]),
        Route("/bahasa", shown(_language), methods=["POST"]),
        Route(ENTER, shown(_enter), methods=["GET", "POST"]),
        *work.routes(),
        *tools.routes(),
    ]


async def _home(request: Request) -> Response:
    if request.query_params.get("token"):
        return remembered(request, to(request, "/"))
    shown_page = page(request, "beranda.html.j2", {})
    shown_page.background = BackgroundTask(state_of(request).workers.warm)
    return shown_page


async def _enter(request: Request) -> Response:
    """Ask a person for the token, once; the browser shows it from then on."""
    token = state_of(request).settings.token
    if token is None:
        return to(request, "/")
    wrong = False
    if request.method == "POST":
        form = await request.form()
        if same(str(form.get("token", "")).strip(), token):
            return remembered(request, to(request, "/"))
        wrong = True
    return page(request, "masuk.html.j2", {"salah": wrong}, 401 if wrong else 200)


async def _asset(request: Request) -> Response:
    name = request.path_params["nama"]
    found = resources.files("skm").joinpath("data", "service", name)
    if Path(name).suffix not in _TYPES or Path(name).name != name or not found.is_file():
        raise DataError("layanan-tidak-ada")
    return Response(found.read_bytes(), media_type=_TYPES[Path(name).suffix])


async def _language(request: Request) -> Response:
    form = await request.form()
    lang = str(form.get("lang", ""))
    back = str(form.get("kembali", "/"))
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back, status_code=303) if inside else to(request, "/")
    if lang in LANGS:
        response.set_cookie("skm_lang", lang, samesite="strict", httponly=True)
    return response
