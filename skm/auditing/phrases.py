"""Words inside a sentence that have to follow its language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from skm.auditing.routes import Route
from skm.basics.messages import Phrase

AREA = "telaah"


def frasa(code: str, **fields: Any) -> Phrase:
    """Return a part of a sentence, worded from the catalogue when the language is known."""
    return Phrase(AREA, code, fields)


def way(route: Route) -> Phrase:
    """Return the words for a way to the index."""
    weight = "bobot-tercetak" if route.bobot == "tercetak" else "bobot"
    code = "rute"
    if route.tertimbang is not None:
        code += "-tertimbang"
    if route.indeks is not None:
        code += "-indeks"
    bobot = frasa(weight, bobot=route.bobot)
    return frasa(code, bobot=bobot, tertimbang=route.tertimbang, indeks=route.indeks)


def named_value(name: str, value: Decimal) -> Phrase:
    """Return a name and its printed number: U2 Prosedur 3,35."""
    return frasa("bernilai", nama=name, nilai=value)
