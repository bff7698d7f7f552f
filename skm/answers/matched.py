"""What the columns of a table were matched with: butir, characteristics, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from skm.answers.column_kinds import OtherColumns
from skm.answers.placed import Placed
from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True)
class Match:
    """The result of matching.

    Attributes
    ----------
    kuesioner : Kuesioner
        The questionnaire reduced to the butir that have a column, the office's own unsur added.
    kolom : dict
        Butir id -> column.
    profil : dict
        Profile id -> column.
    lain : tuple of str
        Columns that are neither; they are ignored, and listed.
    u8 : str
        How the unnamed U8 and U9 were understood: "bernama" where names decide, else what U8 means.
    khusus : OtherColumns
        Columns with dates, suggestions, personal data and quiz points.
    ganda : dict
        Butir id -> further columns that ask the same; only where cells could be looked at.
    alasan : dict
        Column -> how it was placed.
    """

    kuesioner: Kuesioner
    kolom: dict[str, str]
    profil: dict[str, str]
    lain: tuple[str, ...]
    u8: str
    catatan: tuple[Finding, ...] = field(default=())
    khusus: OtherColumns = field(default_factory=OtherColumns)
    ganda: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alasan: dict[str, Placed] = field(default_factory=dict)

    def renamed(
        self, shown: Mapping[str, str], columns: Sequence[str], left: Mapping[str, Placed], notes: Sequence[Finding]
    ) -> Match:
        """Return what was matched under other names, with the headers of the table and the columns that were left out.

        Parameters
        ----------
        shown : mapping
            Name under which a column was matched -> its header.
        columns : sequence of str
            All headers.
        left : mapping
            Header of a column that was left out -> why.
        notes : sequence of Finding
            What is told about it.
        """
        why = {shown[c]: placed for c, placed in self.alasan.items()} | dict(left)
        special, others = self.khusus, {shown.get(c) for c in self.lain}
        return replace(
            self,
            kolom={b: shown[c] for b, c in self.kolom.items()},
            profil={key: shown[c] for key, c in self.profil.items()},
            lain=tuple(c for c in columns if c in left or c in others),
            catatan=(*self.catatan, *notes),
            khusus=OtherColumns(
                None if special.tanggal is None else shown[special.tanggal],
                None if special.saran is None else shown[special.saran],
                tuple(shown[c] for c in special.pribadi),
                tuple(shown[c] for c in special.kuis),
            ),
            ganda={b: tuple(shown[c] for c in cs) for b, cs in self.ganda.items()},
            alasan={c: why[c] for c in columns if c in why},
        )
