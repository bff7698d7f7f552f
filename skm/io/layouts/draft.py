"""A map of columns to be completed by hand: what was understood, what stays open, which labels need a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skm.answers import cells as jawaban
from skm.answers.column_kinds import is_identity, is_personal, is_quiz
from skm.answers.match import evidence, profile_columns
from skm.answers.survei import Survei
from skm.answers.unsur_names import unsur_named
from skm.basics.errors import DataError, SKMError
from skm.basics.sheets.grid import Sheet, clean, is_empty
from skm.basics.words import normalise
from skm.io.layouts.detect import read_sheet
from skm.io.layouts.header import Header, find_header, plain_header
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

_FEW = 8


@dataclass(frozen=True, slots=True)
class DraftMap:
    """A draft: unsur -> columns, characteristics, candidates, labels without a value, and all columns found."""

    berkas: str
    lembar: str
    kolom: Mapping[str, Sequence[str]]
    profil: Mapping[str, str]
    calon: Mapping[str, Sequence[str]]
    label: Mapping[str, Sequence[str]]
    sisa: Sequence[str]
    sebab: str = ""
    tanda: Mapping[str, str] = field(default_factory=dict)

    @property
    def lengkap(self) -> bool:
        """Whether nothing is left to fill in."""
        return not self.label and not self.calon and all(self.kolom.values()) and not self.sebab

    def to_toml(self) -> str:
        """Return the draft as a TOML file for ``--kuesioner`` or ``kuesioner=``."""
        lines = [
            f"# Peta kolom {self.berkas}" + (f", lembar {self.lembar}" if self.lembar else ""),
            '# Ganti setiap "?"; hapus baris unsur yang tidak disurvei. Lalu: skm hitung BERKAS --kuesioner peta.toml',
            *([f"# {self.sebab}"] if self.sebab else []),
            "",
            "[kolom]",
        ]
        for unsur, columns in self.kolom.items():
            values = [_quote(c) for c in columns]
            value = values[0] if len(values) == 1 else f"[{', '.join(values)}]" if values else '"?"'
            hint = f"  # calon: {', '.join(map(_quote, self.calon[unsur]))}" if self.calon.get(unsur) else ""
            lines.append(f"{unsur} = {value}{hint}")
        lines += ["", "[profil]", *(f"{key} = {_quote(column)}" for key, column in self.profil.items())]
        for unsur, labels in self.label.items():
            lines += ["", "# Nilai tiap label, 1 (terendah) sampai 4 (tertinggi).", f"[label.{_key(unsur)}]"]
            lines += [f'{_quote(label)} = "?"' for label in labels]
        lines += ["", "# Kolom lain di berkas ini:", *(f"#   {self.tanda.get(c, '')} {c}".rstrip() for c in self.sisa)]
        return "\n".join(lines) + "\n"


def draft(sheets: Sequence[Sheet], berkas: str, base: Kuesioner, cara: SheetOptions) -> DraftMap:
    """Return the draft for the first sheet that has a header, understood or not.

    Raises
    ------
    DataError
        No sheet has a header with rows below.
    """
    failed: tuple[Sheet, SKMError] | None = None
    for sheet in sheets:
        try:
            read = read_sheet(sheet, berkas, base, cara).nilai
        except SKMError as problem:
            failed = failed or (sheet, problem)
            continue
        if isinstance(read, Survei):
            return _understood(read, sheet, berkas)
    if failed is None:
        raise DataError("bukan-survei", tata_letak="rekap", berkas=berkas)
    return _guessed(failed[0], failed[1], berkas, base)


def _understood(survei: Survei, sheet: Sheet, berkas: str) -> DraftMap:
    bacaan = survei.bacaan
    kolom: dict[str, list[str]] = {}
    for butir in bacaan.kuesioner.butir:
        names = bacaan.usulan.get(butir.id, (bacaan.kolom[butir.id],))
        kolom.setdefault(butir.unsur, []).extend(names)
    labels = {}
    for butir in bacaan.kuesioner.butir:
        column = bacaan.kolom[butir.id]
        wrong = jawaban.decode(bacaan.tabel.column(column), butir, bacaan.aturan).salah
        unknown = _labels([w.nilai for w in wrong])
        if unknown:
            labels[butir.id] = unknown
    taken = {*bacaan.profil.values(), *(c for cs in kolom.values() for c in cs)}
    rest = [c for c in bacaan.tabel.names if c not in taken]
    why = " ".join(bacaan.halangan[0].message().split()) if bacaan.halangan else ""
    place = survei.tabel.tempat
    letters = place.bagian[0].huruf if place is not None else {}
    return DraftMap(berkas, sheet.nama, kolom, bacaan.profil, {}, labels, rest, why, letters)


def _guessed(sheet: Sheet, problem: SKMError, berkas: str, base: Kuesioner) -> DraftMap:
    kepala = find_header(sheet, base) or plain_header(sheet)
    if kepala is None or kepala.akhir + 1 >= len(sheet.baris):
        raise problem
    names = [n for n in kepala.nama if n is not None]
    profil = profile_columns(names, base)
    candidates: dict[str, list[str]] = {}
    for name in names:
        if name in profil.values() or is_quiz(name) or is_personal(name) or is_identity(name):
            continue
        named = unsur_named(name, base)
        unsur = {b.id: b.unsur for b in base.butir}
        for hit in [named] if named else dict.fromkeys(unsur[b] for b in evidence(name, base)):
            candidates.setdefault(str(hit), []).append(name)
    kolom, calon = {}, {}
    for u in base.regulasi.unsur:
        hits = candidates.get(u.id, [])
        alone = len(hits) == 1 and sum(hits[0] in other for other in candidates.values()) == 1
        kolom[u.id] = hits if alone else []
        if hits and not alone:
            calon[u.id] = hits
    used = {*profil.values(), *(c for cs in kolom.values() for c in cs)}
    rest = [n for n in names if n not in used]
    why = " ".join(problem.message().split())
    letters = {n: sheet.letter(j) for j, n in enumerate(kepala.nama) if n is not None}
    labels = _label_sets(sheet, kepala, kolom, base)
    return DraftMap(berkas, sheet.nama, kolom, profil, calon, labels, rest, why, letters)


def _label_sets(
    sheet: Sheet, kepala: Header, kolom: Mapping[str, Sequence[str]], base: Kuesioner
) -> dict[str, list[str]]:
    rules = jawaban.text_rules(base)
    sets = {}
    for butir in base.butir:
        for column in kolom.get(butir.unsur, ()):
            j = kepala.nama.index(column)
            cells = clean([row[j] if j < len(row) else None for row in sheet.baris[kepala.akhir + 1 :]])
            aturan = jawaban.CellRules(len(base.nilai), rules, (), spasi_kosong=True)
            unknown = _labels([w.nilai for w in jawaban.decode(cells, butir, aturan).salah])
            if unknown:
                sets[butir.id] = unknown
    return sets


def _labels(values: Sequence[Any]) -> list[str]:
    """Return unknown texts that are a set of labels: few, repeated; a name that slipped in is none."""
    counts: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, str) and not is_empty(value) and len(value) <= 80:
            counts.setdefault(normalise(value), []).append(value.strip())
    if not counts or len(counts) > _FEW or len(values) < 2 * len(counts):
        return []
    return [texts[0] for texts in counts.values() if len(texts) > 1]


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else _quote(name)
