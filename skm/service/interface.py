"""The interface for other applications, under ``/v1``: the same envelope, codes and document as ``--json``."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from skm.api.envelope.document import Done, defect
from skm.api.envelope.request import load, parse
from skm.basics.errors import DataError, SKMError
from skm.service import tasks
from skm.service.calls import CALLS, PLAIN, known, of_kind
from skm.service.folders import one_more, store
from skm.service.jobs import Jobs
from skm.service.replies import answered, language, plain_json, refused, refused_as
from skm.service.settings import Settings
from skm.service.state import State, state_of

Handler = Callable[[Request], Awaitable[Response]]


def routes() -> list[Route]:
    """Return the routes of the interface."""
    made = [Route(f"/v1/{name}", guarded(partial(_envelope, name), name), methods=["POST"]) for name in CALLS]
    made += [Route(f"/v1/{name}", guarded(partial(_plain, name), name), methods=["POST"]) for name in PLAIN]
    return [
        *made,
        Route("/v1/rekap", guarded(_recap, "rekap"), methods=["POST"]),
        Route("/v1/laporan", guarded(_report, "laporan"), methods=["POST"]),
        Route("/v1/pekerjaan/{kunci}", guarded(_job, "laporan"), methods=["GET", "DELETE"]),
        Route("/v1/pekerjaan/{kunci}/hasil", guarded(_job_result, "laporan"), methods=["GET"]),
        Route("/v1/skema", guarded(_schemas, "skema"), methods=["GET"]),
        Route("/v1/skema/{nama}", guarded(_schema, "skema"), methods=["GET"]),
        Route("/sehat", _healthy, methods=["GET"]),
        Route("/openapi.json", _openapi, methods=["GET"]),
    ]


def guarded(handler: Handler, command: str) -> Handler:
    """Turn what a handler raises into the document; nothing leaves as a bare server error."""

    async def answer(request: Request) -> Response:
        lang = language(request)
        try:
            return await handler(request)
        except SKMError as problem:
            return refused(command, lang, problem)
        except (HTTPException, ClientDisconnect):
            raise
        except MemoryError:
            return refused(command, lang, DataError("layanan-memori", batas=0))

    return answer


async def _envelope(name: str, request: Request) -> Response:
    """Answer an envelope at once where it is small, by a worker where it is large or a file."""
    lang, state = language(request), state_of(request)
    if _is_form(request):
        return await _uploaded(name, request)
    content = await request.body()
    if len(content) > state.settings.document:
        return _from_task(name, lang, await state.workers.run(tasks.envelope, lang, name, content))
    # A few hundred rows take a few milliseconds: less than handing them to another thread under load costs.
    return await _now(name, lang, lambda: CALLS[name](parse(content), lang), len(content), state.settings)


async def _plain(name: str, request: Request) -> Response:
    lang, state = language(request), state_of(request)
    if _is_form(request):
        return await _uploaded(name, request)
    content = await request.body()

    def call() -> Done:
        asked = load(content)
        if not isinstance(asked, dict):
            raise DataError("masukan-bukan-objek", jenis="array" if isinstance(asked, list) else type(asked).__name__)
        return PLAIN[name](asked, lang)

    if len(content) > state.settings.document:
        raise DataError("layanan-terlalu-besar", batas=state.settings.document >> 10)
    return await _now(name, lang, call, len(content), state.settings)


async def _now(name: str, lang: str, call: Callable[[], Done], size: int, settings: Settings) -> Response:
    small = size <= settings.document // 8
    try:
        return answered(name, lang, call()) if small else await run_in_threadpool(lambda: answered(name, lang, call()))
    except SKMError:
        raise
    except Exception as problem:
        return refused(name, lang, defect(problem))


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


async def _uploaded(name: str, request: Request) -> Response:
    """Answer a file: ``berkas`` one or several, ``opsi`` a JSON object of reading and scoring options."""
    lang, state = language(request), state_of(request)
    key = state.desk.open()
    try:
        paths, options = await received(request, key, state)
        found = await state.workers.run(tasks.files, lang, name, str(state.desk.folder(key)), paths, options)
    finally:
        state.desk.close_one(key)
    return _from_task(name, lang, found)


async def received(
    request: Request, key: str, state: State, *, units: bool = False
) -> tuple[list[str], dict[str, Any]]:
    """Store what a form brought; return the paths and the options beside them.

    ``units``: whether the form may bring a list of units too, as a file ``daftar``.

    Raises
    ------
    DataError
        No file, too many, a field that is not known, or options that are no JSON object.
    """
    async with request.form(max_files=state.settings.files + 1, max_fields=200) as form:
        known(dict.fromkeys(form), ("berkas", "opsi", *(("daftar",) if units else ())))
        folder = state.desk.folder(key)
        if units:
            await one_more(form, folder, "daftar")
        paths = await store(form, folder, state.settings.files, needed=False)
        text = form.get("opsi")
    if not paths:
        raise DataError("masukan-kunci-hilang", jalur="berkas")
    options = load(str(text).encode()) if text else {}
    of_kind(options, dict, "object", "opsi")
    return paths, options


def _from_task(name: str, lang: str, found: dict[str, Any]) -> Response:
    if "galat" in found:
        return refused_as(name, lang, found["galat"], found["status"])
    return Response(
        json.dumps(tasks.as_document(name, found), ensure_ascii=True, allow_nan=False), media_type="application/json"
    )


async def _recap(request: Request) -> Response:
    """Answer the files of many units: one row each, with its source; with ``dokumen`` a job that writes them up."""
    lang, state = language(request), state_of(request)
    if not _is_form(request):
        raise DataError("masukan-kunci-hilang", jalur="berkas")
    key = state.desk.open()
    kept = False
    try:
        paths, options = await received(request, key, state, units=True)
        arguments = (lang, str(state.desk.folder(key)), paths, options)
        if options.get("dokumen"):
            state.jobs.start(key, "rekap", tasks.compilation, *arguments, files=len(paths))
            kept = True
            return _started(request, key)
        found = await state.workers.run(tasks.compilation, *arguments, files=len(paths))
    finally:
        if not kept:
            state.desk.close_one(key)
    return _from_task("rekap", lang, found)


async def _report(request: Request) -> Response:
    """Start a report set: the answer names the job; its result is a zip."""
    lang, state = language(request), state_of(request)
    key = state.desk.open()
    try:
        folder = str(state.desk.folder(key))
        if _is_form(request):
            paths, options = await received(request, key, state)
            state.jobs.start(key, "laporan", tasks.report_of_files, lang, folder, paths, options, files=len(paths))
        else:
            content = await request.body()
            parse(content)  # refused here, not in the job
            state.jobs.start(key, "laporan", tasks.report_of_envelope, lang, folder, content)
    except BaseException:
        state.desk.close_one(key)
        raise
    return _started(request, key)


def _started(request: Request, key: str) -> Response:
    place = f"{request.scope.get('root_path', '')}/v1/pekerjaan/{key}"
    told = state_of(request).jobs.told(key)
    return Response(
        json.dumps(tasks.as_document("pekerjaan", {"hasil": told, "peringatan": []})),
        status_code=202,
        headers={"Location": place},
        media_type="application/json",
    )


async def _job(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    told = state.jobs.told(key)
    if request.method == "DELETE":
        state.jobs.forget(key)
        return Response(status_code=204)
    return plain_json(tasks.as_document("pekerjaan", {"hasil": told, "peringatan": []}))


async def _job_result(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    found = state.jobs.result(key)
    if "galat" in found:
        return refused_as(state.jobs.command(key), language(request), found["galat"], found["status"])
    name = found["hasil"]["zip"]
    content = await run_in_threadpool(state.desk.folder(key).joinpath(name).read_bytes)
    return Response(
        content,
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _schemas(request: Request) -> Response:
    return plain_json({"skema": sorted(schemas())})


async def _schema(request: Request) -> Response:
    found = schemas().get(request.path_params["nama"])
    if found is None:
        raise DataError("layanan-tidak-ada")
    return plain_json(found)


async def _healthy(request: Request) -> Response:
    from skm._version import __version__

    return plain_json({"sehat": True, "versi": __version__})


async def _openapi(request: Request) -> Response:
    from skm.service.openapi import description

    return plain_json(description(request.scope.get("root_path", "")))


def schemas() -> dict[str, Any]:
    """Return the schemas that ship with the package, by name."""
    from skm.service.openapi import shipped

    return shipped()


__all__ = ["Jobs", "guarded", "received", "routes", "schemas"]
