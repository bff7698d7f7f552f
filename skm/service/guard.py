"""What every request passes: who asks, from which page, how much; and what every answer carries.

The service holds answers of people. A page of another site must not reach it (Host and Origin are checked, which also
stops DNS rebinding), nothing of ours runs in a frame of somebody else's, and nothing is kept by caches.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skm.api.envelope.document import defect
from skm.basics.errors import DataError
from skm.service.replies import refusal
from skm.service.settings import Settings

COOKIE, ENTER = "skm_token", "/masuk"
_ONCE = frozenset({"host", "origin", "content-length"})
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
            b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
# Codes, sizes and times: nothing that a person typed, no path (it may hold a name), no address.
_log = logging.getLogger("skm.service")


class Guard:
    """An ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings, enter: str = "") -> None:
        self.app = app
        self.settings = settings
        self.enter = enter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on, dress the answer and log it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 0, 0

        async def dressed(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                own = {name for name, _ in message["headers"]}
                extra = [pair for pair in _HEADERS if pair[0] not in own]
                message = {**message, "headers": [*message["headers"], *extra]}
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        given = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        headers = dict(given)
        if sum(name in _ONCE for name, _ in given) > len(_ONCE & headers.keys()):
            headers["host"] = ""  # two hosts or origins: what one of them passes, another reader could take the other
        problem, kind = self._problem(scope, headers), "-"
        if problem is not None:
            kind = problem[0].code
            await self._refused(*problem, scope, headers)(scope, receive, dressed)
        else:
            try:
                await self.app(scope, _bounded(receive, self.settings.upload), dressed)
            except Exception as failed:
                # The one place where a defect in the server itself ends. Its text may quote what was sent.
                kind = type(failed).__name__
                if not status and not isinstance(failed, ClientDisconnect):
                    await refusal(defect(failed), 500, self.settings.lang)(scope, receive, dressed)
        method = scope["method"] if scope["method"] in _METHODS else "-"
        _log.info("%s %d %d %.1f %s", method, status, size, 1000 * (time.perf_counter() - started), kind)

    def _refused(self, problem: DataError, status: int, scope: Scope, headers: Mapping[str, str]) -> ASGIApp:
        """Return the answer to a refused request; a person without the token is led to where it is asked for."""
        if status == 401 and self.enter and "text/html" in headers.get("accept", ""):
            return RedirectResponse(f"{scope.get('root_path', '')}{self.enter}", status_code=303)
        return refusal(problem, status, self.settings.lang)

    def _problem(self, scope: Scope, headers: Mapping[str, str]) -> tuple[DataError, int] | None:
        """Return why a request is refused and with which status, or None."""
        if not self._known(headers.get("host", "")):
            return DataError("layanan-host"), 403
        if scope["method"] not in _SAFE:
            origin = headers.get("origin")
            if origin is not None and not self._known(urlsplit(origin).netloc):
                return DataError("layanan-asal"), 403
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return DataError("layanan-asal"), 403
        if not self._trusted(scope, headers):
            return DataError("layanan-token"), 401
        length = headers.get("content-length", "0")
        if not length.isdigit() or len(length) > 15 or int(length) > self.settings.upload:
            return DataError("layanan-terlalu-besar", batas=self.settings.upload >> 20), 413
        return None

    def _known(self, netloc: str) -> bool:
        host = netloc.rsplit(":", 1)[0] if netloc.rpartition(":")[2].isdigit() else netloc
        return host.lower() in self.settings.hosts

    def _trusted(self, scope: Scope, headers: Mapping[str, str]) -> bool:
        token = self.settings.token
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if token is None or path in ("/sehat", ENTER) or path.startswith("/aset/"):
            return True
        shown = headers.get("authorization", "").removeprefix("Bearer ").strip() or _cookie(headers.get("cookie", ""))
        if not shown and scope["method"] == "GET":
            shown = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return same(shown, token)


def same(shown: str, token: str) -> bool:
    """Tell whether a token is the right one, in a time that does not tell how much of it is."""
    return hmac.compare_digest(shown.encode(), token.encode())


class BodyTooLargeError(Exception):
    """A body without a stated length went over the limit."""


def _bounded(receive: Receive, limit: int) -> Receive:
    """Count what arrives: a stated length may be missing or false."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise BodyTooLargeError
        return message

    return counted


def _cookie(header: str) -> str:
    jar = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""
