"""How a figure came about: where it was read from, and every choice that can change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skm.basics.messages import Phrase
from skm.basics.period_value import Periode
from skm.basics.values import plain


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a figure came about: everything that can change it, so that it can be made again.

    Attributes
    ----------
    regulasi, revisi : str
        Id of the regulation and the digest of the data file that describes it.
    bobot, pembulatan, kosong, pertanyaan, unsur_kosong, u8 : str
        The named choices.
    nilai_kosong : tuple of str
        Values that the caller named as "not answered".
    periode : Periode or None
        The period kept; None where no filter was used.
    perbaikan, pengecualian : tuple of Phrase
        Repairs and exclusions in the order in which they were made, as values that become a sentence when printed.
    akun : Phrase or None
        What of the source was read, in one sentence, where not all of it was used.
    sidik : str
        Fingerprint of the counts that the figure was computed from.
    versi : str
        Version of this package.
    """

    regulasi: str
    revisi: str
    bobot: str
    pembulatan: str
    kosong: str
    pertanyaan: str
    unsur_kosong: str
    u8: str
    sidik: str
    versi: str
    sumber: str = ""
    nilai_kosong: tuple[str, ...] = ()
    periode: Periode | None = None
    perbaikan: tuple[Phrase, ...] = ()
    pengecualian: tuple[Phrase, ...] = ()
    akun: Phrase | None = None

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; the period is its label, empty where there is none.

        The account's sentence is there only where not all of the source was used.
        """
        out = {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}
        out["periode"] = "" if self.periode is None else self.periode.label
        if self.akun is None:
            del out["akun"]
        else:
            out["akun"] = self.akun.text(lang)
        for name in ("perbaikan", "pengecualian"):
            out[name] = [step.text(lang) for step in getattr(self, name)]
        return out


@dataclass(frozen=True, slots=True)
class Origin:
    """What a result says about where it comes from, besides the options."""

    u8: str = "bernama"
    sidik: str = ""
    sumber: str = ""
    nilai_kosong: tuple[str, ...] = ()
    periode: Periode | None = None
    perbaikan: tuple[Phrase, ...] = ()
    pengecualian: tuple[Phrase, ...] = ()
    akun: Phrase | None = None


NO_SOURCE = Origin()
