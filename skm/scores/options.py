"""The named choices that can change an official figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from skm.basics.errors import OptionError
from skm.counts.reduce import BOTH, COUNTS, Want
from skm.regulasi._kuesioner import Kuesioner

Pembulatan = Literal["nik-2", "indeks-2", "indeks-3"]


Kosong = Literal["per-unsur", "hanya-lengkap", "tolak"]


Pertanyaan = Literal["butir", "responden"]


UnsurKosong = Literal["tinggalkan", "tolak"]


U8 = Literal["pengaduan", "sarana"]


Method = Literal["pooled", "simple", "weighted"]


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """The choices that can change an official figure (defaults: see `skm.score`)."""

    bobot: Any = "tepat"
    pembulatan: Pembulatan = "nik-2"
    kosong: Kosong = "per-unsur"
    pertanyaan: Pertanyaan = "butir"
    unsur_kosong: UnsurKosong = "tinggalkan"

    def __post_init__(self) -> None:
        for name, kind in (
            ("pembulatan", Pembulatan),
            ("kosong", Kosong),
            ("pertanyaan", Pertanyaan),
            ("unsur_kosong", UnsurKosong),
        ):
            value = getattr(self, name)
            if value not in get_args(kind):
                raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=value, pilihan=list(get_args(kind)))

    def needs(self, kuesioner: Kuesioner) -> tuple[Want, ...]:
        """Return what of the answers these choices need: counts, and patterns for means per respondent."""
        several = len(kuesioner.unsur) < len(kuesioner.butir)
        return BOTH if self.pertanyaan == "responden" and several else COUNTS
