"""The other screens: sample size, audit, trend, the city's compilation, the starter kit, the interface described.

What was handed over is kept in a folder of its own and shown at an address of its own: going back, loading again and
changing the language lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skm.api.envelope.document import galat
from skm.basics.errors import SKMError
from skm.service import tool_tasks
from skm.service.folders import ENTRY, keep, kept, one_more, paths, store
from skm.service.rendering import page, shown, to
from skm.service.replies import language, status_of
from skm.service.state import State, state_of
from skm.service.tables import plain_table
from skm.service.work import download

# Screen -> what is typed there, the task that answers, whether a file is needed.
_TYPED: Mapping[str, tuple[tuple[str, ...], Callable[..., Any]]] = {
    "audit": (("teks",), tool_tasks.judged),
    "tren": (("teks",), tool_tasks.trend),
    "kompilasi": (("cara", "periode", "u8", "ganda"), tool_tasks.compiled),
}
# Screens whose work may take long: it is started, and the page tells how far it is. What is done sooner is just shown.
_LONG, _SOON = ("kompilasi",), 1.0
_EMPTY: Mapping[str, Any] = {"hasil": None, "galat": None, "pekerjaan": None, "isian": {}, "berkas": [], "kunci": ""}
_SAMPLE = ("populasi", "n", "metode", "tingkat", "margin", "pembulatan")


def routes() -> list[Route]:
    """Return the routes of the other screens."""
    out = [Route("/sampel", shown(_sample), methods=["GET"])]
    for name in _TYPED:
        out += [
            Route(f"/{name}", shown(partial(_form, name)), methods=["GET"]),
            Route(f"/{name}", shown(partial(_sent, name)), methods=["POST"]),
            Route(f"/{name}/{{kunci}}", shown(partial(_answer, name)), methods=["GET"]),
            Route(f"/{name}/{{kunci}}/unduh/{{nama}}", shown(download), methods=["GET"]),
        ]
    return [
        *out,
        *(Route(f"/{name}/{{kunci}}/status", shown(_progress), methods=["GET"]) for name in _LONG),
        Route("/kit", shown(_kit), methods=["GET", "POST"]),
        Route("/dokumen", shown(_docs), methods=["GET"]),
    ]


async def _form(name: str, request: Request) -> Response:
    return page(request, f"{name}.html.j2", dict(_EMPTY))


async def _sent(name: str, request: Request) -> Response:
    """Keep what was typed and handed over; the answer is shown at its own address."""
    state = state_of(request)
    before = str(request.query_params.get("dari", ""))
    async with request.form(max_files=state.settings.files + 2) as form:
        typed = {key: str(form.get(key, "")).strip() for key in _TYPED[name][0]}
        key = before if before and state.desk.has(before) else state.desk.open()
        folder = state.desk.folder(key)
        if form.get("buang"):
            for path in paths(folder):
                Path(path).unlink()
        state.jobs.drop(key)  # asked again: also where the same was refused before
        keep(folder, ENTRY, typed)
        await store(form, folder, state.settings.files - len(paths(folder)), needed=False)
        await one_more(form, folder, "daftar")
    return to(request, f"/{name}/{key}")


async def _answer(name: str, request: Request) -> Response:
    state, lang, key = state_of(request), language(request), request.path_params["kunci"]
    folder = state.desk.folder(key)
    typed, files = kept(folder, ENTRY), paths(folder)
    if name in _LONG:
        found = await _long(_TYPED[name][1], lang, key, files, typed, state)
    else:
        found = await state.workers.run(_TYPED[name][1], lang, str(folder), files, typed, files=len(files))
    values = {
        "hasil": found.get("hasil"),
        "galat": found.get("galat"),
        "pekerjaan": found.get("pekerjaan"),
        "isian": typed,
        "berkas": [Path(path).name for path in files],
        "kunci": key,
    }
    return page(request, f"{name}.html.j2", values, found.get("status", 200))


async def _long(
    function: Callable[..., Any], lang: str, key: str, files: list[str], typed: Mapping[str, str], state: State
) -> Mapping[str, Any]:
    """Return what was found before of the same entries, or how far the work is that was started for them."""
    folder = state.desk.folder(key)
    mark = tool_tasks.mark(lang, folder, typed)
    before = await run_in_threadpool(tool_tasks.stored_recap, folder, mark)
    if before is not None:
        return before
    if not state.jobs.has(key, mark):
        state.jobs.start(key, "rekap", function, lang, str(folder), files, typed, mark=mark, files=len(files))
    await state.jobs.wait(key, _SOON)
    told = state.jobs.told(key)
    return {"pekerjaan": told} if told["status"] == "jalan" else state.jobs.result(key)


async def _progress(request: Request) -> Response:
    """Return how far a work is, as a part of the page."""
    state, key = state_of(request), request.path_params["kunci"]
    told = state.jobs.told(key) if state.jobs.has(key) else None
    return page(request, "kemajuan.html.j2", {"pekerjaan": told, "lihat_lagi": ""})


async def _sample(request: Request) -> Response:
    lang = language(request)
    asked = {key: request.query_params.get(key, "").strip() for key in _SAMPLE}
    values: dict[str, Any] = {"diisi": asked, "tabel": None, "galat": None, "perintah": ""}
    status = 200
    if asked["populasi"]:
        try:
            values["tabel"], values["perintah"] = await run_in_threadpool(_sample_table, asked, lang)
        except SKMError as problem:
            values["galat"], status = galat(problem, lang, {}), status_of(problem)
    return page(request, "sampel.html.j2", values, status)


def _sample_table(asked: Mapping[str, str], lang: str) -> tuple[dict[str, Any], str]:
    import shlex

    from skm.sampling import adequacy, sample_size

    names = {"metode": "method", "tingkat": "level", "margin": "margin", "pembulatan": "rounding"}
    options: dict[str, Any] = {names[key]: asked[key] for key in names if asked[key]}
    found = (
        adequacy(asked["n"], asked["populasi"], **options) if asked["n"] else sample_size(asked["populasi"], **options)
    )
    words = ["skm", "sampel", asked["populasi"], *(["--n", asked["n"]] if asked["n"] else [])]
    words += [word for key in names if asked[key] for word in (f"--{key}", asked[key])]
    return plain_table(found.table(lang)), shlex.join(words)


async def _kit(request: Request) -> Response:
    """Hand out the starter kit, or only the blank questionnaire or the entry workbook in it."""
    state, lang = state_of(request), language(request)
    if request.method == "GET":
        return page(request, "kit.html.j2", {"bagian": tool_tasks.KIT})
    form = await request.form()
    key = state.desk.open()
    folder = state.desk.folder(key)
    try:
        typed = {name: str(form.get(name, "")).strip() for name in ("unit", "instansi", "bagian")}
        found = await state.workers.run(tool_tasks.kit, lang, str(folder), typed)
        if "galat" in found:
            return page(request, "galat.html.j2", {"galat": found["galat"]}, found["status"])
        name = found["hasil"]["berkas"]
        content = await run_in_threadpool((folder / name).read_bytes)
    finally:
        state.desk.close_one(key)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


async def _docs(request: Request) -> Response:
    from skm.service.openapi import description

    return page(request, "dokumen.html.j2", {"api": description(request.scope.get("root_path", ""))})
