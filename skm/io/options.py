"""How answers are to be read: one value with one set of words, shared by every command, function and channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from skm.answers.accepted import refuse_unknown_words
from skm.basics.dates import Urutan
from skm.io.layouts.column_map import ColumnMap, read_map
from skm.io.layouts.question_table import read_questions
from skm.regulasi._choose import questionnaire
from skm.regulasi._kuesioner import Kuesioner, convert

Rusak = Literal["tolak", "lewati"]


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """The options that say how cells and columns are understood, ready for use."""

    sheet: str | None = None
    layout: str | None = None
    peta: ColumnMap | None = None
    u8: str | None = None
    nilai_kosong: Sequence[Any] = ()
    terima: Sequence[str] = ()
    daftar_pertanyaan: Mapping[str, str] | None = None

    @property
    def kode(self) -> Mapping[str, Mapping[str, str]]:
        """Characteristic -> code -> word, where a map has code lists."""
        return {} if self.peta is None else self.peta.kode

    @property
    def panjang(self) -> tuple[str, str, str] | None:
        """Columns of respondent, question and answer in long rows, where a map names them."""
        roles = {} if self.peta is None else self.peta.panjang
        return (roles["responden"], roles["pertanyaan"], roles["jawaban"]) if roles else None

    def labels(self, base: Kuesioner) -> dict[str, Mapping[str, int]]:
        """Return butir id -> own text -> level."""
        return {} if self.peta is None else self.peta.labels_for(base)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The options of reading as they were given; `skm.read` explains each."""

    regulasi: Any = None
    kuesioner: Any = None
    u8: str | None = None
    nilai_kosong: Sequence[Any] = ()
    columns: Sequence[str] | None = None
    sheet: str | None = None
    layout: str | None = None
    label: Any = None
    skala: str | None = None
    unit: str | None = None
    rusak: Rusak = "tolak"
    populasi: Any = None
    perbaikan: Any = None
    terima: Sequence[str] = ()
    keputusan: Any = None
    daftar_pertanyaan: Any = None
    urutan: Urutan | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "nilai_kosong", tuple(self.nilai_kosong or ()))
        terima = (self.terima,) if isinstance(self.terima, str) else tuple(self.terima or ())
        object.__setattr__(self, "terima", terima)

    def given(self) -> tuple[str, ...]:
        """Return the names of the options that were given."""
        return tuple(f.name for f in fields(self) if not _is_default(getattr(self, f.name), f.default))

    def ready(self) -> tuple[Kuesioner, SheetOptions]:
        """Return the questionnaire to match with, on the scale of the answers, and how sheets are read.

        Raises
        ------
        SKMError
            A map, a questionnaire or a set of labels cannot be understood.
        """
        base, peta = questionnaire(self.kuesioner, self.regulasi)
        if self.skala is not None:
            base = convert(base, self.skala)
        own = None if peta is None else read_map(peta, len(base.nilai))
        if self.label is not None:
            own = (own or ColumnMap()).with_labels(self.label, len(base.nilai))
        refuse_unknown_words(self.terima, base)
        asked = None if self.daftar_pertanyaan is None else read_questions(self.daftar_pertanyaan)
        return base, SheetOptions(self.sheet, self.layout, own, self.u8, self.nilai_kosong, self.terima, asked)


def _is_default(value: Any, default: Any) -> bool:
    return value is default or (isinstance(value, (str, tuple)) and value == default)
