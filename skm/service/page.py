"""The page for people who do not program: files in, what was read, the figure, findings, facts, documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from skm._version import __version__
from skm.api.envelope.document import galat
from skm.basics import messages
from skm.basics.errors import DataError, SKMError
from skm.basics.numbers import LANGS
from skm.service import looking, tasks
from skm.service.choices import EVERY, checked, command_line, python_lines
from skm.service.desk import save
from skm.service.facts import facts_from_form, form_rows
from skm.service.interface import Handler, received
from skm.service.replies import language, status_of
from skm.service.state import state_of
from skm.service.tables import plain_table

AREA = "layani"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_KINDS = ("docx", "html", "xlsx", "grafik", "json", "pdf", "poster")


def routes() -> list[Route]:
    """Return the routes of the page."""
    return [
        Route("/", shown(_home), methods=["GET"]),
        Route("/aset/{nama}", shown(_asset), methods=["GET"]),
        Route("/bahasa", shown(_language), methods=["POST"]),
        Route("/kerja", shown(_open), methods=["POST"]),
        Route("/kerja/{kunci}", shown(_work), methods=["GET"]),
        Route("/kerja/{kunci}/pilihan", shown(_choose), methods=["POST"]),
        Route("/kerja/{kunci}/berkas", shown(_more_files), methods=["POST"]),
        Route("/kerja/{kunci}/fakta", shown(_facts), methods=["POST"]),
        Route("/kerja/{kunci}/dokumen", shown(_documents), methods=["POST"]),
        Route("/kerja/{kunci}/status", shown(_status), methods=["GET"]),
        Route("/kerja/{kunci}/unduh/{nama}", shown(_download), methods=["GET"]),
        Route("/kerja/{kunci}/hapus", shown(_delete), methods=["POST"]),
        Route("/sampel", shown(_sample), methods=["GET"]),
        Route("/audit", shown(_audit), methods=["GET", "POST"]),
        Route("/tren", shown(_trend), methods=["GET", "POST"]),
        Route("/kompilasi", shown(_compile), methods=["GET", "POST"]),
        Route("/kompilasi/{kunci}/{nama}", shown(_download), methods=["GET"]),
        Route("/kit", shown(_kit), methods=["GET", "POST"]),
        Route("/dokumen", shown(_docs), methods=["GET"]),
    ]


def shown(handler: Handler) -> Handler:
    """Show what a handler refuses as a page, with the way back."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except SKMError as problem:
            described = galat(problem, language(request), {})
            return page(request, "galat.html.j2", {"galat": described}, status_of(problem))

    return answer


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return a rendered template."""
    lang = language(request)

    def say(code: str, **fields: Any) -> str:
        return messages.text(AREA, code, lang, **fields)

    root = request.scope.get("root_path", "")
    text = (
        _environment()
        .get_template(template)
        .render(**values, say=say, lang=lang, dasar=root, versi=__version__, jalur=request.url.path)
    )
    response = Response(text, status_code=status, media_type="text/html")
    token = state_of(request).settings.token
    if token is not None and request.query_params.get("token"):
        response.set_cookie("skm_token", token, httponly=True, samesite="strict")
    return response


@cache
def _environment() -> Environment:
    """Return the templates of the package; whatever is put into one is escaped."""
    folder = resources.files("skm").joinpath("data", "service")
    texts = {e.name: e.read_text(encoding="utf-8") for e in folder.iterdir() if e.name.endswith(".j2")}
    return Environment(loader=DictLoader(texts), autoescape=select_autoescape(default=True), trim_blocks=True)


async def _home(request: Request) -> Response:
    # The first file should not wait for a worker to start.
    await run_in_threadpool(state_of(request).workers.pool)
    return page(request, "beranda.html.j2", {})


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
    response = _to(request, "/")
    if inside:
        response = RedirectResponse(back, status_code=303)
    if lang in LANGS:
        response.set_cookie("skm_lang", lang, samesite="strict", httponly=True)
    return response


async def _open(request: Request) -> Response:
    """Take files in and show what they are; the bundled example stands in where somebody only wants to look."""
    state = state_of(request)
    key = state.desk.open()
    folder = state.desk.folder(key)
    async with request.form(max_files=state.settings.files + 1) as form:
        if form.get("contoh"):
            from skm.api.files import contoh

            with contoh().open("rb") as source:
                save(_inside(folder), contoh().name, source)
        else:
            await _store(request, form, folder)
    return _to(request, f"/kerja/{key}")


async def _more_files(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    async with request.form(max_files=state.settings.files + 1) as form:
        await _store(request, form, state.desk.folder(key))
    return _to(request, f"/kerja/{key}")


async def _store(request: Request, form: FormData, folder: Path) -> None:
    limit = state_of(request).settings.files
    uploads = [item for item in form.getlist("berkas") if isinstance(item, UploadFile) and item.filename]
    if not uploads:
        raise DataError("layanan-tanpa-berkas")
    if len(uploads) > limit:
        raise DataError("layanan-terlalu-banyak-berkas", batas=limit)
    for upload in uploads:
        await run_in_threadpool(save, _inside(folder), upload.filename or "", upload.file)


def _inside(folder: Path) -> Path:
    inside = folder / "masukan"
    inside.mkdir(exist_ok=True)
    return inside


def _kept(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _keep(folder: Path, name: str, value: Mapping[str, Any]) -> None:
    (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _paths(folder: Path) -> list[str]:
    return sorted(str(path) for path in _inside(folder).iterdir())


async def _work(request: Request) -> Response:
    state, key, lang = state_of(request), request.path_params["kunci"], language(request)
    folder = state.desk.folder(key)
    paths, made, facts = _paths(folder), _kept(folder, "pilihan.json"), _kept(folder, "fakta.json")
    names = [Path(path).name for path in paths]
    found = await state.workers.run(looking.look, lang, str(folder), paths, made) if paths else {}
    values = {
        "kunci": key,
        "berkas": names,
        "pilihan": made,
        "lihat": found,
        "galat": found.get("galat"),
        "bidang": _fields(found, made, lang),
        "fakta": form_rows(facts, lang),
        "jenis": _KINDS,
        "perintah": command_line("hitung", names, made),
        "perintah_laporan": command_line("laporan", names, made, ["--fakta", "fakta.xlsx", "--out", "laporan"]),
        "python": python_lines(names, made) if names else "",
        "pekerjaan": state.jobs.told(key) if state.jobs.has(key) else None,
    }
    return page(request, "kerja.html.j2", values, found.get("status", 200))


def _fields(found: Mapping[str, Any], made: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Return the fields of the form of choices: what is open first, then everything else that can be said."""
    asked = {q["kunci"]: q for q in found.get("pertanyaan", ())}
    out = []
    for key, known in _CHOICES.items():
        question = asked.get(key, {})
        offered = question.get("pilihan") or [(v, _word(v, lang)) for v in known]
        out.append(
            {
                "kunci": key,
                "nama": messages.text(AREA, f"pilihan-{key}", lang),
                "bantu": messages.text(AREA, f"bantu-{key}", lang),
                "sebab": question.get("sebab", ""),
                "terbuka": bool(question) and not made.get(key),
                "banyak": key == "terima",
                "pilihan": offered,
                "nilai": _typed(made.get(key)),
            }
        )
    return sorted(out, key=lambda f: not f["terbuka"])


def _typed(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _word(value: str, lang: str) -> str:
    code = f"nilai-{value}"
    return messages.text(AREA, code, lang) if messages.has(AREA, code) else value


# Choice -> the values that can be chosen; none means that it is typed.
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "terima": (),
    "periode": (),
    "u8": ("pengaduan", "sarana"),
    "lembar": (),
    "label": ("puas", "setuju", "baik", "setuju-5"),
    "konversi": ("5-linear", "5-proporsional", "6-linear", "6-proporsional", "25-100"),
    "nilai_kosong": (),
    "unit_dari": ("nama-berkas", "lembar"),
    "urutan": ("hari-bulan", "bulan-hari"),
    "tanpa_tanggal": ("tolak", "lewati"),
    "per": (),
    "populasi": (),
    "bobot": ("tepat", "0.111", "0.11"),
    "kosong": ("per-unsur", "hanya-lengkap", "tolak"),
    "pembulatan": ("nik-2", "indeks-2", "indeks-3"),
    "pertanyaan": ("butir", "responden"),
    "regulasi": (),
    "kuesioner": (),
    "rusak": ("tolak", "lewati"),
}


async def _choose(request: Request) -> Response:
    """Keep what was chosen; an unknown field is refused, an empty one says nothing."""
    state, key = state_of(request), request.path_params["kunci"]
    folder = state.desk.folder(key)
    form = await request.form()
    given = {name: str(value).strip() for name, value in form.items() if isinstance(value, str) and name in EVERY}
    terima = [str(v) for v in form.getlist("terima") if v]
    made = checked(given | ({"terima": terima} if terima else {}))
    _keep(folder, "pilihan.json", made)
    return _to(request, f"/kerja/{key}#terbaca")


async def _facts(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    _keep(state.desk.folder(key), "fakta.json", facts_from_form(await request.form()))
    return _to(request, f"/kerja/{key}#fakta")


async def _documents(request: Request) -> Response:
    state, key, lang = state_of(request), request.path_params["kunci"], language(request)
    folder = state.desk.folder(key)
    form = await request.form()
    kinds = [str(kind) for kind in form.getlist("jenis") if kind in _KINDS]
    made, facts = _kept(folder, "pilihan.json"), _kept(folder, "fakta.json")
    if made.get("populasi") is None and facts.get("populasi"):
        made["populasi"] = facts["populasi"]
    state.jobs.start(key, tasks.report_of_files, lang, str(folder), _paths(folder), made, facts, kinds)
    return _to(request, f"/kerja/{key}#dokumen")


async def _status(request: Request) -> Response:
    state, key = state_of(request), request.path_params["kunci"]
    told = state.jobs.told(key) if state.jobs.has(key) else None
    return page(request, "pekerjaan.html.j2", {"kunci": key, "pekerjaan": told})


async def _download(request: Request) -> Response:
    """Hand out a file that was made here: a chart or the zip, never what was handed over."""
    state, key, name = state_of(request), request.path_params["kunci"], request.path_params["nama"]
    path = state.desk.folder(key) / name
    if Path(name).name != name or path.suffix not in (".svg", ".zip") or not path.is_file():
        raise DataError("layanan-tidak-ada")
    content = await run_in_threadpool(path.read_bytes)
    if path.suffix == ".svg":
        return Response(content, media_type="image/svg+xml")
    return Response(
        content, media_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def _delete(request: Request) -> Response:
    state_of(request).desk.close_one(request.path_params["kunci"])
    return _to(request, "/")


async def _sample(request: Request) -> Response:
    lang = language(request)
    asked = {key: request.query_params.get(key, "").strip() for key in ("populasi", "n")}
    values: dict[str, Any] = {"diisi": asked, "tabel": None, "galat": None}
    if asked["populasi"]:
        try:
            values["tabel"] = await run_in_threadpool(_sample_table, asked, lang)
        except SKMError as problem:
            values["galat"] = galat(problem, lang, {})
    return page(request, "sampel.html.j2", values)


def _sample_table(asked: Mapping[str, str], lang: str) -> dict[str, Any]:
    from skm.sampling import adequacy, sample_size

    found = adequacy(asked["n"], asked["populasi"]) if asked["n"] else sample_size(asked["populasi"])
    return plain_table(found.table(lang))


async def _audit(request: Request) -> Response:
    """Judge a printed result, pasted or uploaded."""
    lang, state = language(request), state_of(request)
    values: dict[str, Any] = {"hasil": None, "galat": None, "teks": ""}
    if request.method == "POST":
        key = state.desk.open()
        try:
            values |= await _judged(request, key, lang)
        finally:
            state.desk.close_one(key)
    return page(request, "audit.html.j2", values)


async def _judged(request: Request, key: str, lang: str) -> dict[str, Any]:
    state = state_of(request)
    folder = state.desk.folder(key)
    async with request.form() as form:
        text = str(form.get("teks", "")).strip()
        if text:
            (_inside(folder) / "hasil.txt").write_text(text, encoding="utf-8")
        else:
            await _store(request, form, folder)
    paths = _paths(folder)
    found = await state.workers.run(tasks.judged, lang, paths[0])
    return {"hasil": found.get("hasil"), "galat": found.get("galat"), "teks": text}


async def _trend(request: Request) -> Response:
    """Put the figures of several periods in order, typed one a line."""
    lang = language(request)
    values: dict[str, Any] = {"hasil": None, "galat": None, "teks": ""}
    if request.method == "POST":
        form = await request.form()
        values["teks"] = str(form.get("teks", ""))
        found = await state_of(request).workers.run(tasks.trend_of_lines, lang, values["teks"])
        values |= {"hasil": found.get("hasil"), "galat": found.get("galat")}
    return page(request, "tren.html.j2", values)


async def _compile(request: Request) -> Response:
    """Collect what units sent: the table here, the compilation as a zip that stays until the service ends."""
    lang, state = language(request), state_of(request)
    values: dict[str, Any] = {"hasil": None, "galat": None, "kunci": ""}
    if request.method == "POST":
        key = state.desk.open()
        folder = state.desk.folder(key)
        async with request.form(max_files=state.settings.files + 1) as form:
            options = {name: str(form.get(name, "")).strip() for name in ("cara", "periode")}
            await _store(request, form, folder)
        made = {name: value for name, value in options.items() if value} | {"dokumen": True}
        found = await state.workers.run(tasks.compilation, lang, str(folder), _paths(folder), made)
        values = {"hasil": found, "galat": found.get("galat"), "kunci": key}
    return page(request, "kompilasi.html.j2", values)


async def _kit(request: Request) -> Response:
    """Hand out the starter kit."""
    state, lang = state_of(request), language(request)
    if request.method == "GET":
        return page(request, "kit.html.j2", {})
    form = await request.form()
    key = state.desk.open()
    folder = state.desk.folder(key)
    try:
        found = await state.workers.run(tasks.kit, lang, str(folder), str(form.get("unit", "")).strip())
        if "galat" in found:
            return page(request, "galat.html.j2", {"galat": found["galat"]}, found["status"])
        content = (folder / found["hasil"]["zip"]).read_bytes()
    finally:
        state.desk.close_one(key)
    headers = {"Content-Disposition": 'attachment; filename="survei-skm.zip"'}
    return Response(content, media_type="application/zip", headers=headers)


async def _docs(request: Request) -> Response:
    from skm.service.openapi import description

    return page(request, "dokumen.html.j2", {"api": description(request.scope.get("root_path", ""))})


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=303)


__all__ = ["page", "received", "routes", "shown"]
