"""The account of what was read: every table, column, row and figure with its role; what was not placed says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from skm.basics import messages

Strength = Literal["pasti", "kuat", "lemah"]
AREA = "telaah"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the account.

    Attributes
    ----------
    peran : str
        What it was taken for; the text is ``akun-<peran>`` of the catalogue.
    tempat : str
        Sheet, table, page or line.
    kekuatan : {"pasti", "kuat", "lemah"}
        How sure that is: by name, by its place and numbers, or by elimination.
    dinilai : bool
        Whether the audit judges it. What is not judged is told with every verdict.
    bukti : mapping
        Names and numbers for the sentence.
    """

    peran: str
    tempat: str
    kekuatan: Strength = "pasti"
    dinilai: bool = True
    bukti: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the sentence in the wanted language."""
        return messages.text(AREA, f"akun-{self.peran}", lang, tempat=self.tempat or "-", **self.bukti)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "peran": self.peran,
            "tempat": self.tempat,
            "kekuatan": self.kekuatan,
            "dinilai": self.dinilai,
            "pesan": self.text(lang),
        }
