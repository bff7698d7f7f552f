"""The rule by which an office sets its minimum number of respondents: the one that the report applies and prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skm import sampling
from skm.basics import messages
from skm.basics.errors import DataError, SKMError
from skm.basics.numbers import Lang
from skm.basics.reading_numbers import read_count
from skm.basics.words import normalise
from skm.report.material.facts import Fakta
from skm.sampling import Adequacy

OWN = "sendiri"
_NAMES = {
    "rumus": "krejcie-morgan",
    "krejcie morgan": "krejcie-morgan",
    "krejcie dan morgan": "krejcie-morgan",
    "rumus krejcie morgan": "krejcie-morgan",
    "rumus krejcie dan morgan": "krejcie-morgan",
    "tabel bawah": "tabel-bawah",
    "tabel atas": "tabel-atas",
    "cochran": "cochran",
    "slovin": "slovin",
}
CHOICES = ("rumus", "tabel-bawah", "tabel-atas", "cochran", "slovin")


@dataclass(frozen=True, slots=True)
class SampleRule:
    """The rule in use: ``cara`` is a method of `skm.sampling` or "sendiri", with the office's own number and reason."""

    cara: str
    minimum: int
    n: int
    alasan: str = ""

    @property
    def shortfall(self) -> int:
        """Respondents missing to the minimum; 0 where it is reached."""
        return max(0, self.minimum - self.n)

    def name(self, lang: Lang) -> str:
        """Return the rule inside a sentence."""
        code = f"cara-sampel-{self.cara}"
        return messages.text("laporan", code, lang, alasan=self.alasan or "-")

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {"cara": self.cara, "minimum": self.minimum, "kurang": self.shortfall, "alasan": self.alasan}


def sample_rule(n: int, population: int, fakta: Fakta) -> tuple[Adequacy, SampleRule]:
    """Return adequacy under the rule that the facts name, and the rule; the regulation's formula where they name none.

    Raises
    ------
    DataError
        The facts name no rule that is known, or a number of their own without a reason.
    """
    said = fakta.text("cara_sampel", "id")
    reason = fakta.text("cara_sampel_alasan", "id") or ""
    if said is None:
        enough = sampling.adequacy(n, population)
        return enough, SampleRule("krejcie-morgan", enough.required, n)
    method: Any = _NAMES.get(normalise(said))
    if method is not None:
        enough = sampling.adequacy(n, population, method=method)
        return enough, SampleRule(method, enough.required, n, reason)
    try:
        own = read_count(said, "cara_sampel", minimum=1)
    except SKMError:
        raise DataError("fakta-cara-sampel", nilai=said[:60], pilihan=list(CHOICES)) from None
    if not reason:
        raise DataError("fakta-cara-sampel-alasan", n=own)
    return sampling.adequacy(n, population), SampleRule(OWN, own, n, reason)
