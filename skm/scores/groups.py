"""Many groups at once: figures as columns, and a full `HasilIKM` of a group when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.provenance import NO_SOURCE, Origin
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.scores.index import score
from skm.scores.many import columnar
from skm.scores.options import ScoreOptions
from skm.scores.result import SCHEMA, HasilIKM

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilKelompok(Mapping[Any, HasilIKM]):
    """Figures of many groups: a mapping from group label to `HasilIKM`, made when asked for.

    Attributes
    ----------
    kunci : tuple of str
        What the groups are of.
    n : int array
        Respondents per group.
    nrr : float array (groups, unsur)
        Means on 1-4; NaN where nobody answered.
    ikm : float array
        Rounded index per group, 25-100; NaN where there is nothing to compute.
    mutu : tuple of str or None
        Letters.
    """

    hitungan: Hitungan
    opsi: ScoreOptions
    asal: Origin
    n: NDArray[np.int64]
    nrr: NDArray[np.float64]
    ikm: NDArray[np.float64]
    mutu: tuple[str | None, ...]
    catatan: tuple[Finding, ...] = ()
    pola: Mapping[tuple[Any, ...], Pola] = field(default_factory=dict)
    _posisi: dict[tuple[Any, ...], int] = field(default_factory=dict)

    @property
    def kunci(self) -> tuple[str, ...]:
        """What the groups are of."""
        return self.hitungan.kunci

    def __getitem__(self, label: Any) -> HasilIKM:
        return self._at(self._position(label))

    def __iter__(self) -> Iterator[Any]:
        return iter([label[0] if len(label) == 1 else label for label in self.hitungan.label])

    def __len__(self) -> int:
        return len(self.hitungan.label)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group: its keys, n, ikm, mutu and the mean of every unsur; all numeric."""
        import pandas as pd

        letters = [k.mutu for k in self.hitungan.kuesioner.regulasi.kategori]
        data: dict[str, Any] = {key: [label[i] for label in self.hitungan.label] for i, key in enumerate(self.kunci)}
        data["n"] = pd.array(self.n, dtype="Int64")
        data["ikm"] = self.ikm
        data["mutu"] = pd.Categorical(list(self.mutu), categories=letters, ordered=True)
        for i, unsur in enumerate(self.hitungan.kuesioner.unsur):
            data[unsur] = self.nrr[:, i]
        return pd.DataFrame(data)

    def rows(self) -> Iterator[tuple[tuple[Any, ...], int, float | None, str | None]]:
        """Yield label, n, rounded index and letter of every group."""
        figures = (None if np.isnan(value) else value for value in self.ikm.tolist())
        return zip(self.hitungan.label, self.n.tolist(), figures, self.mutu, strict=True)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a group for people."""
        language = resolve_lang(lang)

        def t(code: str) -> str:
            return messages.text("kelompok", code, language)

        keys = tuple(TableColumn(key, self._key_name(key, language)) for key in self.kunci)
        columns = (
            *keys,
            TableColumn("n", t("kolom-n"), "count"),
            TableColumn("ikm", "IKM", "decimal", 2),
            TableColumn("mutu", t("kolom-mutu")),
        )
        blank = t("tidak-diisi")
        rows = tuple(
            (
                *(blank if v is None else str(v) for v in label),
                int(n),
                None if np.isnan(ikm) else float(ikm),
                letter or "-",
            )
            for label, n, ikm, letter in zip(self.hitungan.label, self.n, self.ikm, self.mutu, strict=True)
        )
        notes = tuple(note.text(language) for note in self.catatan)
        return Table(t("judul"), columns, rows, notes, language)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping with a full result per group; empty groups have ``hasil`` None."""
        groups = []
        for position, label in enumerate(self.hitungan.label):
            hasil = None if np.isnan(self.ikm[position]) else self._at(position).to_dict(lang)
            groups.append(
                {
                    "kelompok": dict(zip(self.kunci, map(plain, label), strict=True)),
                    "n": int(self.n[position]),
                    "hasil": hasil,
                }
            )
        return {"versi_skema": SCHEMA, "kunci": list(self.kunci), "kelompok": groups}

    def _key_name(self, key: str, lang: str) -> str:
        ciri = self.hitungan.kuesioner.ciri(key)
        return ciri.name(lang) if ciri else key

    def _position(self, label: Any) -> int:
        wanted = label if isinstance(label, tuple) and len(label) == len(self.kunci) else (label,)
        if not self._posisi:
            self._posisi.update({found: i for i, found in enumerate(self.hitungan.label)})
        try:
            return self._posisi[wanted]
        except (KeyError, TypeError):
            shown = [str(part[0] if len(part) == 1 else part) for part in self.hitungan.label[:20]]
            raise OptionError("kelompok-tidak-ada", nilai=label, pilihan=shown) from None

    def _at(self, position: int) -> HasilIKM:
        one = self.hitungan.alone(position)
        pola = self.pola.get(self.hitungan.label[position])
        return score(one, self.opsi, pola=pola, asal=replace(self.asal, sidik=one.fingerprint()))

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def score_groups(
    hitungan: Hitungan,
    opsi: ScoreOptions,
    *,
    pola: Pola | None = None,
    asal: Origin = NO_SOURCE,
    catatan: Sequence[Finding] = (),
    batas_kecil: int = 30,
) -> HasilKelompok:
    """Compute the figures of all groups.

    Parameters
    ----------
    batas_kecil : int
        Groups with fewer respondents are noted as small.
    """
    by_label = {} if pola is None else dict(pola.groups())
    n, nrr, ikm, letters = columnar(hitungan, opsi, by_label)
    notes = list(catatan)
    small = np.flatnonzero((n > 0) & (n < batas_kecil)).tolist()
    if small:
        notes.append(
            Finding(
                "kelompok-kecil",
                "catatan",
                "kelompok",
                {"banyak": len(small), "batas": batas_kecil, "contoh": [_shown(hitungan.label[i]) for i in small[:5]]},
            )
        )
    return HasilKelompok(hitungan, opsi, asal, n, nrr, ikm, letters, tuple(notes), by_label)


def _shown(label: tuple[Any, ...]) -> str:
    return " / ".join("-" if part is None else str(part) for part in label)
