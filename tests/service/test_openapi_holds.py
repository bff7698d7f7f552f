"""Whatever the description allows, and much that it forbids, is answered as described (Schemathesis over the OpenAPI)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import skm

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
pytest.importorskip("starlette", reason="the extra service is not installed")
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
SHOWN = {"Authorization": "Bearer kunci"}
pytestmark = [pytest.mark.fuzz, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    app = skm.service.create_app(hosts=["testserver"], token="kunci", temp=tmp_path_factory.mktemp("layanan"))
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=SHOWN)


def test_every_answer_is_as_described(described: Any) -> None:
    """No 500 for any operation, whatever is sent to it; status, type and shape are those of the description."""
    seen = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def attempt(case: Any) -> None:
            answer = case.call(headers=SHOWN)
            assert answer.status_code < 500 or answer.status_code in (501, 503), answer.content[:300]
            assert b"cacat-internal" not in answer.content
            case.validate_response(answer, checks=CHECKS)

        attempt()
        seen += 1
    assert seen >= 10


def test_the_bodies_are_the_shipped_schemas(described: Any) -> None:
    """One source: what the description says of requests and answers is what the files say, reference for reference."""
    folder = Path(skm.__file__).parent / "data" / "schemas"
    named = described.raw_schema["components"]["schemas"]
    own = json.loads((folder / "layanan.json").read_text(encoding="utf-8"))["$defs"]
    assert {name: named[name] for name in own} == own
    for name, file in (("amplop", "masukan"), ("dokumen", "hasil")):
        shipped = json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        assert named[name]["properties"].keys() == shipped["properties"].keys()
        assert named[name]["$defs"].keys() == shipped["$defs"].keys()
