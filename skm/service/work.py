"""The journey of one survey on the page: files, what was read, the figure, findings, facts, documents."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from skm.api.envelope.document import galat
from skm.basics.errors import DataError, SKMError
from skm.service import answering, choices, looking, proposing, tasks
from skm.service.choices import ANSWERS, REPAIRS
from skm.service.desk import save
from skm.service.facts import facts_from_form, form_rows
from skm.service.folders import CHOICES, FACTS, inside, keep, kept, paths, store
from skm.service.local import origin
from skm.service.rendering import page, shown, to
from skm.service.replies import language
from skm.service.state import state_of

# What is made unless something else is ticked comes first.
USUAL = ("docx", "html", "xlsx", "grafik", "json")
KINDS = (*USUAL, "pdf", "poster", *tasks.BESIDE)
_TYPES = {".svg": "image/svg+xml", ".zip": "application/zip", ".toml": "application/toml", ".csv": "text/csv"}
_PROBLEM = "masalah.json"


def routes() -> list[Route]:
    """Return the routes of the journey."""
    steps = {
        "berkas": _more_files, "buang": _drop, "pilihan": _choose, "kolom": _map, "perbaikan": _accept,
        "fakta": _facts, "dokumen": _documents, "hapus": _delete, "telaah": _judge,
    }  # fmt: skip
    return [
        Route("/kerja", shown(_open), methods=["POST"]),
        Route("/kerja/{kunci}", shown(_work), methods=["GET"]),
        Route("/kerja/{kunci}/status", shown(_status), methods=["GET"]),
        Route("/kerja/{kunci}/unduh/{nama}", shown(download), methods=["GET"]),
        *(Route(f"/kerja/{{kunci}}/{name}", shown(step), methods=["POST"]) for name, step in steps.items()),
    ]


def _place(request: Request) -> tuple[str, Path]:
    key = request.path_params["kunci"]
    return key, state_of(request).desk.folder(key)


def _back(request: Request, part: str) -> Response:
    return to(request, f"/kerja/{request.path_params['kunci']}#{part}")


def _told(request: Request, folder: Path, part: str, problem: SKMError) -> Response:
    """Keep a refusal to be shown where it belongs, with all that was entered still there."""
    keep(folder, _PROBLEM, {"bagian": part, "galat": galat(problem, language(request), {})})
    return _back(request, part)


async def _open(request: Request) -> Response:
    """Take files in and show what they are; the bundled example stands in where somebody only wants to look."""
    state = state_of(request)
    key = state.desk.open()
    folder = state.desk.folder(key)
    try:
        async with request.form(max_files=state.settings.files + 1) as form:
            if form.get("contoh"):
                from skm.api.files import contoh

                with contoh().open("rb") as source:
                    save(inside(folder), contoh().name, source)
            else:
                await store(form, folder, state.settings.files)
    except BaseException:
        state.desk.close_one(key)
        raise
    return to(request, f"/kerja/{key}")


async def _work(request: Request) -> Response:
    state, lang = state_of(request), language(request)
    key, folder = _place(request)
    files, made, facts = paths(folder), kept(folder, CHOICES), kept(folder, FACTS)
    names = [Path(path).name for path in files]
    found = await state.workers.run(looking.look, lang, str(folder), files, made, files=len(files)) if files else {}
    told = choices.displayed(made, folder)
    shown_names = names or ["..."]
    values = {
        "kunci": key,
        "berkas": [(name, Path(path).stat().st_size) for name, path in zip(names, files, strict=True)],
        "pilihan": made,
        "lihat": found,
        "galat": found.get("galat"),
        "masalah": _problem(folder),
        "samping": origin(folder),
        "bidang": answering.fields(found, made, lang),
        "fakta": form_rows(facts, lang),
        "jenis": KINDS,
        "biasa": USUAL,
        "perintah": choices.command_line("hitung", shown_names, told),
        "perintah_laporan": choices.command_line(
            "laporan", shown_names, told, ["--fakta", "fakta.xlsx", "--out", "laporan"]
        ),
        "python": choices.python_lines(shown_names, told),
        "pekerjaan": state.jobs.told(key) if state.jobs.has(key) else None,
    }
    return page(request, "kerja.html.j2", values, found.get("status", 200))


def _problem(folder: Path) -> dict[str, Any]:
    """Return what was refused a moment ago; it is shown once."""
    told = kept(folder, _PROBLEM)
    (folder / _PROBLEM).unlink(missing_ok=True)
    return told


async def _more_files(request: Request) -> Response:
    state = state_of(request)
    _, folder = _place(request)
    try:
        async with request.form(max_files=state.settings.files + 1) as form:
            await store(form, folder, state.settings.files - len(paths(folder)))
    except DataError as problem:
        return _told(request, folder, "berkas", problem)
    return _back(request, "terbaca")


async def _drop(request: Request) -> Response:
    """Take one file out again; what was entered stays."""
    _, folder = _place(request)
    form = await request.form()
    for path in paths(folder):
        if Path(path).name == form.get("nama"):
            Path(path).unlink()
    return _back(request, "berkas")


async def _choose(request: Request) -> Response:
    """Keep what was chosen; an unknown field is refused, an empty one says nothing."""
    _, folder = _place(request)
    form = await request.form()
    made = kept(folder, CHOICES)
    try:
        made = answering.chosen(form, made)
    except SKMError as problem:
        return _told(request, folder, "terbaca", problem)
    if named := answering.columns_named(form):
        run = state_of(request).workers.run
        found = await run(proposing.map_with, language(request), paths(folder), made, named)
        if "galat" in found:
            keep(folder, _PROBLEM, {"bagian": "terbaca", "galat": found["galat"]})
        else:
            made["kuesioner"] = found["hasil"]
    keep(folder, CHOICES, made)
    keys = [str(value) for value in form.getlist("usul")]
    if keys:
        before = [proposing.key_of(row) for row in proposing.accepted(folder / REPAIRS)]
        await _accepted(request, folder, made, [*before, *keys])
    return _back(request, "terbaca")


async def _map(request: Request) -> Response:
    """Keep which column asks about which unsur, or forget it again."""
    _, folder = _place(request)
    form = await request.form()
    made = kept(folder, CHOICES)
    try:
        made = {k: v for k, v in made.items() if k != "kuesioner"}
        if not form.get("lupakan"):
            made["kuesioner"] = answering.mapped(form)
    except SKMError as problem:
        return _told(request, folder, "terbaca", problem)
    keep(folder, CHOICES, made)
    return _back(request, "terbaca")


async def _accept(request: Request) -> Response:
    """Keep the repairs that are ticked, and no others."""
    _, folder = _place(request)
    form = await request.form()
    await _accepted(request, folder, kept(folder, CHOICES), [str(value) for value in form.getlist("usul")])
    return _back(request, "temuan")


async def _accepted(request: Request, folder: Path, made: Mapping[str, Any], keys: list[str]) -> None:
    run = state_of(request).workers.run
    found = await run(proposing.accept, language(request), str(folder), paths(folder), dict(made), keys)
    if "galat" in found:
        keep(folder, _PROBLEM, {"bagian": "temuan", "galat": found["galat"]})


async def _facts(request: Request) -> Response:
    """Keep what was filled in, right or wrong; what cannot be understood is told beside it."""
    _, folder = _place(request)
    form = await request.form(max_fields=5000)
    given = facts_from_form(form)
    keep(folder, FACTS, given)
    found = await state_of(request).workers.run(tasks.facts_checked, language(request), given)
    if "galat" in found:
        keep(folder, _PROBLEM, {"bagian": "fakta", "galat": found["galat"]})
    return _back(request, "fakta")


async def _documents(request: Request) -> Response:
    state, lang = state_of(request), language(request)
    key, folder = _place(request)
    form = await request.form()
    kinds = [str(kind) for kind in form.getlist("jenis") if kind in KINDS]
    made, facts = kept(folder, CHOICES), kept(folder, FACTS)
    files, place = paths(folder), str(folder)
    state.jobs.start(
        key, "laporan", tasks.report_of_files, lang, place, files, made, facts, kinds, files=len(files)
    )  # fmt: skip
    return _back(request, "dokumen")


async def _status(request: Request) -> Response:
    state = state_of(request)
    key, _ = _place(request)
    told = state.jobs.told(key) if state.jobs.has(key) else None
    return page(request, "pekerjaan.html.j2", {"kunci": key, "pekerjaan": told})


async def download(request: Request) -> Response:
    """Hand out a file that was made here: a chart, the zip, what can be taken along; never what was handed over."""
    _, folder = _place(request)
    name = request.path_params["nama"]
    path = folder / tasks.TAKEN / name if name in (ANSWERS, REPAIRS) else folder / name
    known = path.suffix in (".svg", ".zip") or name in (ANSWERS, REPAIRS)
    if Path(name).name != name or not known or not path.is_file():
        raise DataError("layanan-tidak-ada")
    content = await run_in_threadpool(path.read_bytes)
    inline = {} if path.suffix == ".svg" else {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_TYPES[path.suffix], headers=inline)


async def _judge(request: Request) -> Response:
    """Take the same files to the audit: they hold a printed result and no answers. The survey stays as it was."""
    desk = state_of(request).desk
    _, folder = _place(request)
    key = desk.open()
    await run_in_threadpool(shutil.copytree, inside(folder), inside(desk.folder(key)), dirs_exist_ok=True)
    return to(request, f"/audit/{key}")


async def _delete(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    if state.jobs.has(key):
        state.jobs.forget(key)
    else:
        state.desk.close_one(key)
    return to(request, "/")
