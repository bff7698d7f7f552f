"""The interface described for programs: OpenAPI 3.1, put together from the schemas that ship with the package."""

from __future__ import annotations

import copy
import json
from functools import cache
from importlib import resources
from typing import Any

from skm._version import __version__

# Path -> (what it is for, body, name of the result's definition in the schema "hasil").
_CALLS: dict[str, tuple[str, str, str]] = {
    "hitung": (
        "Nilai resmi: NRR, IKM, mutu; per kelompok, profil, dan kecukupan bila diminta",
        "amplop",
        "hasil_hitung",
    ),
    "periksa": ("Apa yang salah, meragukan, atau perlu diketahui pada jawaban", "amplop", "hasil_periksa"),
    "profil": ("Siapa yang menjawab", "amplop", "profil"),
    "sampel": ("Jumlah minimum responden, dan apakah tercapai", "sampel", "hasil_sampel"),
    "audit": ("Apa yang tidak mungkin pada hasil yang sudah tercetak", "audit", "hasil_audit"),
    "gabung": ("Satu nilai dari cacah beberapa unit", "gabung", "hasil_gabung"),
}


@cache
def shipped() -> dict[str, Any]:
    """Return the schemas that ship with the package, by name."""
    folder = resources.files("skm").joinpath("data", "schemas")
    found = sorted((e for e in folder.iterdir() if e.name.endswith(".json")), key=lambda e: e.name)
    return {e.name.removesuffix(".json"): json.loads(e.read_text(encoding="utf-8")) for e in found}


def description(root: str = "") -> dict[str, Any]:
    """Return the OpenAPI document; ``root`` is where the application is mounted."""
    components = {
        "amplop": _own("masukan"),
        "dokumen": _own("hasil"),
        **shipped()["layanan"]["$defs"],
    }
    paths: dict[str, Any] = {}
    for name, (summary, body, _result) in _CALLS.items():
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
        if name != "sampel":
            content["multipart/form-data"] = {"schema": {"$ref": "#/components/schemas/unggahan"}}
        paths[f"/v1/{name}"] = {
            "post": {
                "operationId": name,
                "summary": summary,
                "parameters": [_LANG],
                "requestBody": {"required": True, "content": content},
                "responses": _responses("200"),
            }
        }
    upload = {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/unggahan_rekap"}}}
    paths["/v1/rekap"] = {
        "post": {
            "operationId": "rekap",
            "summary": "Berkas banyak unit: satu baris per unit, dengan sumbernya dan yang meragukan padanya",
            "parameters": [_LANG],
            "requestBody": {"required": True, "content": upload},
            "responses": _responses("200") | {"202": _responses("202")["202"]},
        }
    }
    paths["/v1/laporan"] = {
        "post": {
            "operationId": "laporan",
            "summary": "Mulai menulis perangkat laporan; jawabannya menyebut pekerjaannya",
            "parameters": [_LANG],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/amplop"}},
                    "multipart/form-data": {"schema": {"$ref": "#/components/schemas/unggahan"}},
                },
            },
            "responses": _responses("202"),
        }
    }
    paths["/v1/pekerjaan/{kunci}"] = {
        "get": {
            "operationId": "pekerjaan",
            "summary": "Sampai mana sebuah pekerjaan",
            "parameters": [_KEY, _LANG],
            "responses": _responses("200"),
        },
        "delete": {
            "operationId": "hapus",
            "summary": "Hapus pekerjaan dan berkasnya",
            "parameters": [_KEY, _LANG],
            "responses": {"204": {"description": "Terhapus"}} | _responses(),
        },
    }
    paths["/v1/pekerjaan/{kunci}/hasil"] = {
        "get": {
            "operationId": "ambil",
            "summary": "Hasil pekerjaan sebagai zip",
            "parameters": [_KEY, _LANG],
            "responses": {"200": {"description": "Zip", "content": {"application/zip": {}}}} | _responses(),
        }
    }
    paths["/v1/skema"] = _get("skema", "Nama skema JSON yang tersedia")
    named = {"name": "nama", "in": "path", "required": True, "schema": {"enum": sorted(shipped())}}
    paths["/v1/skema/{nama}"] = _get("satu_skema", "Satu skema JSON", [named], errors=True)
    paths["/sehat"] = _get("sehat", "Apakah layanan hidup")
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "skm", "version": __version__, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _own(name: str) -> dict[str, Any]:
    """Return a shipped schema with its inner references leading to where it stands in the document."""
    schema = copy.deepcopy(shipped()[name])
    schema.pop("$schema", None)
    schema.pop("$id", None)
    place = {"masukan": "amplop", "hasil": "dokumen"}[name]

    def turn(node: Any) -> None:
        if isinstance(node, dict):
            ref = node.get("$ref")
            if isinstance(ref, str) and ref.startswith("#/"):
                node["$ref"] = f"#/components/schemas/{place}/{ref[2:]}"
            for value in node.values():
                turn(value)
        elif isinstance(node, list):
            for value in node:
                turn(value)

    turn(schema)
    return dict(schema)


def _responses(good: str | None = None) -> dict[str, Any]:
    document = {"application/json": {"schema": {"$ref": "#/components/schemas/dokumen"}}}
    said = {
        "400": "Formulir unggahannya rusak",
        "401": "Token tidak ditunjukkan",
        "403": "Host atau asal tidak dikenal",
        "404": "Tidak ada",
        "409": "Pekerjaannya belum selesai",
        "413": "Terlalu besar",
        "422": "Masukan ditolak; galat menyebut sebab dan tempatnya",
        "500": "Cacat pada program ini",
        "501": "Paket tambahan belum terpasang",
        "503": "Sibuk; coba lagi",
    }
    out = {code: {"description": text, "content": document} for code, text in said.items()}
    return ({good: {"description": "Dokumen hasil", "content": document}} if good else {}) | out


def _get(name: str, summary: str, parameters: list[Any] | None = None, *, errors: bool = False) -> dict[str, Any]:
    good = {"200": {"description": "JSON", "content": {"application/json": {"schema": {"type": "object"}}}}}
    told = _responses()
    responses = good | (told if errors else {code: told[code] for code in ("401", "403")})
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters or [], "responses": responses}}


_LANG = {"name": "lang", "in": "query", "schema": {"enum": ["id", "en"]}, "description": "Bahasa kalimatnya"}
_KEY = {"name": "kunci", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"}}
