"""Pages: templates filled in, refusals shown with the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from skm._version import __version__
from skm.api.envelope.document import defect, galat
from skm.basics import messages
from skm.basics.errors import SKMError
from skm.service.guard import COOKIE
from skm.service.interface import Handler
from skm.service.replies import language, status_of
from skm.service.state import state_of

AREA = "layani"


def shown(handler: Handler) -> Handler:
    """Show what a handler refuses as a page, with the way back."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except SKMError as problem:
            return refusal_page(request, problem, status_of(problem))
        except (HTTPException, ClientDisconnect):
            raise
        except Exception as problem:
            # The one place where a defect becomes a page. Its text may quote what was entered.
            return refusal_page(request, defect(problem), 500)

    return answer


def refusal_page(request: Request, problem: SKMError, status: int) -> Response:
    """Return the page that says what was refused and what to do."""
    return page(request, "galat.html.j2", {"galat": galat(problem, language(request), {})}, status)


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return a rendered template."""
    lang = language(request)

    def say(code: str, **fields: Any) -> str:
        return messages.text(AREA, code, lang, **fields)

    # A page that answers a form has no address of its own to come back to.
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = (
        _environment()
        .get_template(template)
        .render(
            **values,
            say=say,
            lang=lang,
            dasar=request.scope.get("root_path", ""),
            versi=__version__,
            jalur=here if request.method == "GET" else request.url.path,
            tempat=request.url.path.removeprefix(request.scope.get("root_path", "")),
        )
    )
    return Response(text, status_code=status, media_type="text/html")


def to(request: Request, path: str) -> RedirectResponse:
    """Send the browser to a page of ours."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=303)


def remembered(request: Request, response: Response) -> Response:
    """Let the browser show the token by itself from now on, so that it stands in no address."""
    token = state_of(request).settings.token
    if token is not None:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return response


@cache
def _environment() -> Environment:
    """Return the templates of the package; whatever is put into one is escaped."""
    folder = resources.files("skm").joinpath("data", "service")
    texts = {e.name: e.read_text(encoding="utf-8") for e in folder.iterdir() if e.name.endswith(".j2")}
    made = Environment(loader=DictLoader(texts), autoescape=select_autoescape(default=True), trim_blocks=True)
    made.filters["saran"] = _advice
    return made


def _advice(refusal: Mapping[str, Any], say: Callable[..., str]) -> str:
    """Return what to do about a refusal, in the page's own words where the general ones name a command."""
    own = f"saran-galat-{refusal.get('kode')}"
    return say(own) if messages.has(AREA, own) else str(refusal.get("petunjuk") or "")
