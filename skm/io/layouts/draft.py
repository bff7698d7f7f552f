"""A map of columns to be completed by hand: what was understood, what stays open, which labels need a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from skm.answers import cells as jawaban
from skm.answers.cell_grammar import label_key
from skm.answers.column_kinds import is_identity, is_personal, is_quiz
from skm.answers.match import evidence
from skm.answers.placed import profile_columns
from skm.answers.survei import Survei
from skm.answers.unsur_names import unsur_named
from skm.basics.errors import DataError, SKMError
from skm.basics.public_name import public_name
from skm.basics.sheets.grid import Sheet, clean
from skm.basics.words import normalise
from skm.io.layouts.column_map import ColumnMap
from skm.io.layouts.detect import read_sheet
from skm.io.layouts.header import Header, find_header, plain_header
from skm.io.layouts.label_drafts import draft_labels
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True)
class DraftMap:
    """A draft: unsur -> columns, characteristics, candidates, labels with the level proposed, and all columns found.

    ``label`` is unsur or butir -> text -> level, None where a person has to say it; ``usul`` the proposed ones among
    them, which a person has to look at.
    """

    berkas: str
    lembar: str
    kolom: Mapping[str, Sequence[str]]
    profil: Mapping[str, str]
    calon: Mapping[str, Sequence[str]]
    label: Mapping[str, Mapping[str, int | None]]
    sisa: Sequence[str]
    sebab: str = ""
    tanda: Mapping[str, str] = field(default_factory=dict)
    usul: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def lengkap(self) -> bool:
        """Whether nothing is left to fill in."""
        open_labels = any(level is None for labels in self.label.values() for level in labels.values())
        return not open_labels and not self.calon and all(self.kolom.values()) and not self.sebab

    def to_toml(self) -> str:
        """Return the draft as a TOML file for ``--kuesioner`` or ``kuesioner=``."""
        lines = [
            f"# Peta kolom {public_name(self.berkas)}"
            + (f", lembar {public_name(self.lembar)}" if self.lembar else ""),
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
            for label, level in labels.items():
                told = "  # usulan; periksa" if label in self.usul.get(unsur, ()) else ""
                lines.append(f'{_quote(label)} = "?"' if level is None else f"{_quote(label)} = {level}{told}")
        lines += ["", "# Kolom lain di berkas ini:", *(f"#   {self.tanda.get(c, '')} {c}".rstrip() for c in self.sisa)]
        return "\n".join(lines) + "\n"


def draft(
    sheets: Sequence[Sheet], berkas: str, base: Kuesioner, cara: SheetOptions, lama: ColumnMap | None = None
) -> DraftMap:
    """Return the draft for the first sheet that has a header, understood or not.

    Parameters
    ----------
    lama : ColumnMap, optional
        What an earlier map has already settled; it is kept, and only the rest is drafted.

    Raises
    ------
    DataError
        No sheet has a header with rows below.
    """
    if lama is not None and lama.kolom:
        for sheet in sheets:
            try:
                read = read_sheet(sheet, berkas, base, replace(cara, peta=lama)).nilai
            except SKMError:
                continue
            if isinstance(read, Survei):
                return _continued(_understood(read, sheet, berkas), _first(sheets, berkas, base, cara), lama)
    plain = _first(sheets, berkas, base, cara if lama is None else replace(cara, peta=ColumnMap(label=lama.label)))
    return plain if lama is None else _continued(plain, plain, lama)


def _first(sheets: Sequence[Sheet], berkas: str, base: Kuesioner, cara: SheetOptions) -> DraftMap:
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


def _continued(new: DraftMap, plain: DraftMap, lama: ColumnMap) -> DraftMap:
    """Return a draft that keeps what a map says, with what else was found."""
    kept: dict[str, Sequence[str]] = {
        str(unsur): [value] if isinstance(value, str) else list(value) for unsur, value in lama.kolom.items()
    }
    used = {column for columns in kept.values() for column in columns}
    rest = {u: [c for c in columns if c not in used] for u, columns in plain.kolom.items() if u not in kept}
    labels: dict[str, dict[str, int | None]] = {key: dict(texts) for key, texts in lama.label.items()}
    for key, texts in new.label.items():
        table = labels.setdefault(key, {})
        known = {label_key(text) for text in table}
        table.update({text: level for text, level in texts.items() if label_key(text) not in known})
    calon = {u: [c for c in cs if c not in used] for u, cs in plain.calon.items() if u not in kept}
    return replace(
        new,
        kolom={**kept, **({} if all(rest.values()) and not lama.terbuka else rest), **dict.fromkeys(lama.terbuka, ())},
        profil={**new.profil, **lama.profil},
        calon={u: cs for u, cs in calon.items() if cs and u in lama.terbuka},
        label={key: texts for key, texts in labels.items() if texts},
        sisa=[c for c in new.sisa if c not in used],
        sebab="",
    )


def _understood(survei: Survei, sheet: Sheet, berkas: str) -> DraftMap:
    bacaan = survei.bacaan
    kolom: dict[str, list[str]] = {}
    for butir in bacaan.kuesioner.butir:
        names = bacaan.usulan.get(butir.id, (bacaan.kolom[butir.id],))
        kolom.setdefault(butir.unsur, []).extend(names)
    labels: dict[str, dict[str, int | None]] = {}
    persons = _persons(bacaan.tabel.column, bacaan.khusus.pribadi)
    for butir in bacaan.kuesioner.butir:
        cells = bacaan.tabel.column(bacaan.kolom[butir.id]).tolist()
        if found := draft_labels(cells, butir, bacaan.aturan, persons):
            labels[butir.id] = found
    taken = {*bacaan.profil.values(), *(c for cs in kolom.values() for c in cs)}
    rest = [c for c in bacaan.tabel.names if c not in taken]
    why = " ".join(bacaan.halangan[0].message().split()) if bacaan.halangan else ""
    place = survei.tabel.tempat
    letters = place.bagian[0].huruf if place is not None else {}
    return DraftMap(berkas, sheet.nama, kolom, bacaan.profil, {}, labels, rest, why, letters, _proposed(labels))


def _guessed(sheet: Sheet, problem: SKMError, berkas: str, base: Kuesioner) -> DraftMap:
    kepala = find_header(sheet, base) or plain_header(sheet)
    # Without a header the first respondent would stand in the draft as names of columns.
    if kepala is None or kepala.akhir + 1 >= len(sheet.baris) or problem.code == "tanpa-judul":
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
    return DraftMap(berkas, sheet.nama, kolom, profil, calon, labels, rest, why, letters, _proposed(labels))


def _label_sets(
    sheet: Sheet, kepala: Header, kolom: Mapping[str, Sequence[str]], base: Kuesioner
) -> dict[str, dict[str, int | None]]:
    aturan = jawaban.CellRules(len(base.nilai), jawaban.text_rules(base), (), spasi_kosong=True)

    def below(name: str) -> list[Any]:
        j = kepala.nama.index(name)
        return list(clean([row[j] if j < len(row) else None for row in sheet.baris[kepala.akhir + 1 :]]))

    persons = _persons(below, [n for n in kepala.nama if n is not None and is_personal(n)])
    sets: dict[str, dict[str, int | None]] = {}
    for butir in base.butir:
        for column in kolom.get(butir.unsur, ()):
            if found := draft_labels(below(column), butir, aturan, persons):
                sets.setdefault(butir.id, {}).update(found)
    return sets


def _persons(fetch: Any, columns: Sequence[str]) -> set[str]:
    """Return the texts of the personal columns, normalised: none of them may come into a draft."""
    return {normalise(v) for c in columns for v in list(fetch(c)) if isinstance(v, str) and normalise(v)}


def _proposed(labels: Mapping[str, Mapping[str, int | None]]) -> dict[str, Sequence[str]]:
    return {key: [text for text, level in texts.items() if level is not None] for key, texts in labels.items()}


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else _quote(name)
