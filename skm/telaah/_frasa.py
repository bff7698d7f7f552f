"""Words inside a sentence that have to follow its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skm import _messages
from skm.telaah._rute import Rute

AREA = "telaah"


@dataclass(frozen=True, slots=True)
class Frasa:
    """A part of a sentence, worded from the catalogue when the language is known."""

    kode: str
    isi: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the words."""
        return _messages.text(AREA, self.kode, lang, **self.isi)

    def __str__(self) -> str:
        return self.text("id")


def way(route: Rute) -> Frasa:
    """Return the words for a way to the index."""
    weight = "bobot-tercetak" if route.bobot == "tercetak" else "bobot"
    code = "rute"
    if route.tertimbang is not None:
        code += "-tertimbang"
    if route.indeks is not None:
        code += "-indeks"
    fields = {"bobot": Frasa(weight, {"bobot": route.bobot}), "tertimbang": route.tertimbang, "indeks": route.indeks}
    return Frasa(code, fields)
