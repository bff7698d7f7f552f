"""Answers over HTTP: the same JSON document as the command's, and the status that goes with each kind of refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from skm.api.envelope.document import Done, document, galat
from skm.basics.errors import MissingDependencyError, SKMError
from skm.basics.numbers import LANGS, Lang, resolve_lang

BUSY = "layanan-sibuk"
# Kind of refusal -> status; whatever else is wrong with the input is 422.
_STATUS = {
    BUSY: 503,
    "layanan-terlalu-besar": 413,
    "layanan-terlalu-banyak-berkas": 413,
    "layanan-tidak-ada": 404,
    "layanan-kerja-tidak-ada": 404,
    "layanan-belum-selesai": 409,
    "cacat-internal": 500,
}


def language(request: Request) -> Lang:
    """Return the language asked for: the query's ``lang``, else the cookie's, else the service's."""
    for value in (request.query_params.get("lang"), request.cookies.get("skm_lang")):
        if value in LANGS:
            return value
    return resolve_lang(request.app.state.skm.settings.lang)


def status_of(problem: SKMError) -> int:
    """Return the status of a refusal: 422 for input, 501 for a missing extra, else what its code says."""
    return 501 if isinstance(problem, MissingDependencyError) else _STATUS.get(problem.code, 422)


def answered(command: str, lang: str, done: Done) -> Response:
    """Return a result as the one JSON document."""
    return Response(document(command, lang, selesai=done), media_type="application/json")


def refused(command: str | None, lang: str, problem: SKMError, status: int | None = None) -> Response:
    """Return an error as the one JSON document."""
    return refused_as(command, lang, galat(problem, lang, {}), status_of(problem) if status is None else status)


def refused_as(command: str | None, lang: str, described: Mapping[str, Any], status: int) -> Response:
    """Return an error that was described elsewhere (in a worker)."""
    headers = {"Retry-After": "2"} if status == 503 else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        document(command, lang, galat=described), status_code=status, headers=headers, media_type="application/json"
    )


def refusal(problem: SKMError, status: int, lang: str | None = None) -> Response:
    """Return a refusal before anything of the request was looked at."""
    return refused(None, resolve_lang(lang), problem, status)


def plain_json(value: Mapping[str, Any] | Sequence[Any]) -> Response:
    """Return a document that is no command's answer (schemas, OpenAPI)."""
    return Response(json.dumps(value, ensure_ascii=True, allow_nan=False), media_type="application/json")
