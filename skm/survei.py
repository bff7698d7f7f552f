"""`Survei`: answers as an office holds them, understood, with their source and everything done to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from skm import _messages
from skm._format import format_count
from skm._values import Finding
from skm.engines import Bacaan, read_levels, understand
from skm.indeks import Asal
from skm.kuesioner import Kuesioner
from skm.tabel import Tabel

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Sumber:
    """Where the answers came from: file, sheet, and the layout that was recognised."""

    berkas: str
    lembar: str = ""
    tata_letak: str = ""

    def __str__(self) -> str:
        return f"{self.berkas} [{self.lembar}]" if self.lembar else self.berkas


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Survei:
    """Answers with the understanding of them. Never altered: every method returns a new one.

    Attributes
    ----------
    bacaan : Bacaan
        The table as it was read, which column is which question, and how cells are read.
    sumber : Sumber
        File, sheet and layout.
    periode : str
        The period kept; empty where nothing was filtered.
    perbaikan, pengecualian : tuple of str
        What was repaired and left out, in order; printed with every result.
    """

    bacaan: Bacaan
    sumber: Sumber
    periode: str = ""
    perbaikan: tuple[str, ...] = ()
    pengecualian: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of respondents."""
        return self.bacaan.tabel.n

    @property
    def tabel(self) -> Tabel:
        """The table as read."""
        return self.bacaan.tabel

    @property
    def catatan(self) -> tuple[Finding, ...]:
        """What was noticed while reading."""
        return self.bacaan.catatan

    def asal(self) -> Asal:
        """Return what results computed from this survey say about their source."""
        return Asal(
            u8=self.bacaan.u8,
            sumber=str(self.sumber),
            nilai_kosong=tuple(map(repr, self.bacaan.aturan.kosong)),
            periode=self.periode,
            perbaikan=self.perbaikan,
            pengecualian=self.pengecualian,
        )

    def reinterpret(
        self,
        kuesioner: Kuesioner,
        *,
        peta: dict[str, Any] | None = None,
        u8: str | None = None,
        nilai_kosong: Sequence[Any] = (),
    ) -> Survei:
        """Return the same answers under another questionnaire, map of columns, order of U8/U9 or list of blanks."""
        old = self.bacaan
        new = understand(
            old.tabel,
            kuesioner,
            peta=peta,
            u8=u8,
            nilai_kosong=nilai_kosong,
            teks=old.aturan.spasi_kosong,
            tempat=old.tempat,
        )
        return replace(self, bacaan=replace(new, baris=old.baris))

    def to_frame(self) -> pd.DataFrame:
        """Return answers as levels and the profile, one row per respondent; personal and other columns are left out.

        Columns are the ids of butir (nullable Int8) and of characteristics.
        """
        import pandas as pd

        levels, _, _ = read_levels(self.bacaan)
        data: dict[str, Any] = {}
        for key, column in self.bacaan.profil.items():
            data[key] = self.tabel.column(column).tolist()
        for butir, level in zip(self.bacaan.kuesioner.butir, levels, strict=True):
            data[butir.id] = pd.arrays.IntegerArray(level.copy(), np.asarray(level == 0))
        return pd.DataFrame(data)

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        return _messages.text(
            "survei",
            "ringkas",
            None,
            n=format_count(self.n),
            unsur=len(self.bacaan.kuesioner.unsur),
            profil=len(self.bacaan.profil),
            sumber=str(self.sumber),
        )
