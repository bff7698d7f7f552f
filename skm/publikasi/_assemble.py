"""A document -> one publication with its account; other results in it (periods, units, services) are kept beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError
from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._across import read_across
from skm.publikasi._document import PrintedGrid, Prose, SourceDocument, cell_text
from skm.publikasi._down import read_down
from skm.publikasi._figures import Publikasi
from skm.publikasi._found import Finds, Result
from skm.publikasi._joining import are_parts, differs, split
from skm.publikasi._labelled import told_unsur
from skm.publikasi._labels import is_sample_table, read_labels, read_profiles
from skm.publikasi._list import read_list
from skm.publikasi._meaning import code_number, counting, is_total, lead, number
from skm.publikasi._names import without_persons
from skm.publikasi._performance import index_claim, joined, read_performance
from skm.publikasi._population import read_population
from skm.publikasi._prose import ALONE, CONVERTED, read_prose
from skm.publikasi._read import from_mapping
from skm.publikasi._regulation_tables import grade_rows, sample_rows
from skm.publikasi._sexes import read_sexes
from skm.publikasi._statements import printed_names
from skm.publikasi._unsur import known_unsur, mentions, unsur_id
from skm.publikasi._unsur_told import UNSUR_TOLD
from skm.regulasi import Regulasi

_FIGURES = ("ikm", "indeks", "mutu", "kinerja", "n", "populasi", "sampel_minimum", "periode", "unit", "target")
_SHOWN = 12
_CLAIMING = re.compile(r"\d|\b(?:terendah|tertinggi|paling (?:rendah|tinggi)|prioritas|naik|turun)\b", re.I)
_LINE = 40  # letters of a cell that can be a sentence beside others
_OTHERS = re.compile(r"\b(SPAK|SPKP|IPAK|IPKP|IPK|IPP|SPI|NPS|CSI)\b")
_LINES = "baris akun"
_ANSWERS = ("jawaban-responden", "jawaban-dijumlahkan")


def from_document(
    document: SourceDocument, regulasi: Any = None, folder: Path | None = None, units: Collection[str] = ()
) -> Publikasi:
    """Return the publication that a document prints.

    Raises
    ------
    DataError
        Nothing in it is a result: no table of unsur and no figure.
    """
    rule = _regulasi.load(regulasi) if regulasi is not None else _speaks(document)
    printed = document.grids
    document = without_persons(document, rule, frozenset(normalise(name) for name in units))
    finds = [_grid(grid, rule) for grid in document.grids]
    for f in finds:
        f.hasil = [result for result in f.hasil if _plausible(f, result, rule)]
        for result in f.hasil:
            result.judul = f.grid.judul
    main, rest, parts = split([result for f in finds for result in f.hasil], rule)
    lists = [result for f in finds for result in read_list(f, rule)]
    profiles = [table for f in finds for table in read_profiles(f)]
    for f in finds:
        read_labels(f, rule)
    values = dict(main.values) if main is not None else {}
    _add_figures(values, finds)
    _add_lists(values, lists, parts, finds)
    if profiles:
        values["profil"] = profiles
    prose = [*document.prose, *_long_cells(finds, printed)]
    _add_told(values, rest, finds, prose, rule)
    names = _names(values.get("unsur", ()), rule)
    said, places = read_prose(prose, names, rule)
    alone, converted = said.pop(ALONE, {}), said.pop(CONVERTED, {})
    if said.pop(UNSUR_TOLD, None) == sum("induk" not in u for u in values.get("unsur", ())):
        values.setdefault("jumlah_unsur", len(values["unsur"]))
    _merge(values, said)
    if not ({"ikm", "indeks"} & set(values) or rest):
        values |= {key: value for key, value in alone.items() if key not in values}
    if converted and "ikm" not in values and not rest:
        values |= converted
    _complete_changes(values)
    _other_counts(values, rest)
    _priority_table(values, finds, names, rule)
    asked = any(f.lain.get("mendua") for f in finds)
    if not (values.get("unsur") or rest) and any(line.peran in _ANSWERS for f in finds for line in f.akun):
        raise DataError("publikasi-jawaban", berkas=document.nama)
    _add_regulation_tables(values, finds)
    has_performance = _add_performance(values, finds)
    tables = has_performance or values.get("unsur") or rest or profiles or values.get("bagian") or values.get("daftar")
    claims = values.get("klaim", {})
    told = {"ikm", "indeks"} & set(values) or len(claims.get("tren", {}).get("nilai", ())) > 1 or "selisih" in claims
    if not (asked or tables or told):
        if other := _other_survey(document):
            raise DataError("publikasi-survei-lain", berkas=document.nama, instrumen=other)
        raise DataError(
            "publikasi-tanpa-tabel", berkas=document.nama, pilihan=[g.nama for g in document.grids][:10] or ["-"]
        )
    told_lines = values.pop(_LINES, ())
    clean, account = _cleaned(values, rule), (*_account(document, finds, places), *told_lines)
    publication = from_mapping(clean, document.nama, regulasi, folder, reading=rule)
    others = tuple(
        replace(
            from_mapping(_cleaned(_inherited(r, values), rule), document.nama, regulasi, folder, reading=rule),
            nama=r.nama,
            tempat=r.tempat,
        )
        for r in rest
    )
    open_ = tuple(kolom for f in finds for kolom in f.lain.get("mendua", ()))
    return replace(publication, akun=account, lain=others, tempat="" if main is None else main.tempat,
                   nama="" if main is None else main.nama, mendua=tuple(tuple(k) for k in open_))  # fmt: skip


def _add_regulation_tables(values: dict[str, Any], finds: Sequence[Finds]) -> None:
    """Add the tables that the document copies out of the regulation, and the sums of the answers in it."""
    answers = [f.lain["jawaban"] for f in finds if f.lain.get("jawaban")]
    if len(answers) == 1 and values.get("unsur"):
        values["jawaban"] = answers[0]
    for f in finds:
        if sizes := f.lain.get("tabel_sampel"):
            values.setdefault("tabel_sampel", []).extend(sizes)
        if "tabel_mutu" not in values and (rows := grade_rows(f.grid)):
            values["tabel_mutu"] = rows
            f.akun.append(AccountLine("tabel-mutu", f.grid.nama, "pasti", True, {"banyak": len(rows)}))


def _add_performance(values: dict[str, Any], finds: Sequence[Finds]) -> bool:
    """Add the lines of performance tables and budgets to what the document claims; tell whether there are any."""
    lines = [line for f in finds for line in f.lain.get("kinerja", ())]
    budgets = joined([table for f in finds for table in f.lain.get("anggaran", ())])
    people = [table for f in finds for table in f.lain.get("penduduk", ())]
    if not (lines or budgets or people):
        return False
    claims = values.setdefault("klaim", {})
    claims.setdefault("penduduk", people)
    claims.setdefault("indikator", lines)
    claims.setdefault("anggaran", budgets)
    # What stands in the table is the claim; a sentence that names the same words may only explain the formula.
    claims.update(index_claim(lines))
    return True


def _other_survey(document: SourceDocument) -> list[str]:
    """Return the names of other surveys that a document without a result of this one speaks of."""
    cells = (cell_text(c) for grid in document.grids for row in grid.baris for c in row if isinstance(c, str))
    text = " ".join([*(part.teks for part in document.prose), *cells])
    return list(dict.fromkeys(m.upper() for m in _OTHERS.findall(text)))


def _speaks(document: SourceDocument) -> Regulasi:
    """Return the regulation whose unsur the document names most; the one in force where several do alike."""
    best, most = _regulasi.load(), -1
    for identity in sorted(_regulasi.ids(), key=lambda name: name != _regulasi.DEFAULT):
        rule = _regulasi.load(identity)
        found = {
            unsur_id(cell_text(c), rule)
            for grid in document.grids
            for row in grid.baris
            for c in row
            if isinstance(c, str) and len(c) <= 80 and known_unsur(c, rule) and code_number(c) is None
        }
        if len(found) > most:
            best, most = rule, len(found)
    return best


def _grid(grid: PrintedGrid, rule: Regulasi) -> Finds:
    """Read a grid in the way that finds more unsur."""
    if is_sample_table(grid) and not any(known_unsur(cell_text(c), rule) for row in grid.baris for c in row if c):
        finds = Finds(grid)
        for r in range(len(grid.baris)):
            finds.use_row(r)
        sizes = sample_rows(grid)
        finds.lain = {"tabel_sampel": sizes}
        finds.akun.append(AccountLine("tabel-sampel", grid.nama, "pasti", bool(sizes), {"banyak": len(sizes)}))
        return finds
    down, across = read_down(grid, rule), read_across(grid, rule)
    if not (down.hasil or across.hasil) and (performance := read_performance(grid)) is not None:
        finds = Finds(grid)
        for r in range(len(grid.baris)):
            finds.use_row(r)
        lines, budget = performance
        finds.lain = {"kinerja": lines, "anggaran": [] if budget is None else [budget]}
        rows = len(lines) + (0 if budget is None else len(budget["baris"]))
        finds.akun.append(
            AccountLine("tabel-kinerja", grid.judul[:80] or grid.nama, "pasti", rows > 0, {"banyak": rows})
        )
        return finds

    if not (down.hasil or across.hasil) and (people := read_population(grid)) is not None:
        finds = Finds(grid)
        for r in range(len(grid.baris)):
            finds.use_row(r)
        finds.lain = {"penduduk": [people]}
        place = grid.judul[:80] or grid.nama
        finds.akun.append(AccountLine("tabel-penduduk", place, "pasti", True, {"banyak": len(people["baris"])}))
        return finds

    def worth(finds: Finds) -> tuple[int, int]:
        known, size = 0, 0
        for result in finds.hasil:
            named = [cell_text(u.get("nama") or u.get("kode")) for u in result.values.get("unsur", ())]
            known = max(known, len({unsur_id(name, rule) for name in named if known_unsur(name, rule)}))
            size += len(named)
        return known, size

    if not down.hasil and down.lain and not across.hasil:
        return down
    return down if worth(down) > worth(across) else across


def _plausible(finds: Finds, result: Result, rule: Regulasi) -> bool:
    """Tell whether a table of unsur holds values of unsur: weights, ranks and counts lie on no scale of answers."""
    found = [n for u in result.values.get("unsur", ()) if (n := number(u.get("nilai", u.get("nik")))) is not None]
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    # Scales of five and of ten are other questionnaires, and told as such.
    near = [n for n in found if low <= n.nilai <= 2 * (high + 1) or low * factor <= n.nilai <= high * factor]
    if not found or len(near) * 2 > len(found) or all(n.nilai > high * factor for n in found):
        return True
    finds.akun.append(AccountLine("kolom-lain", result.tempat, "kuat", False, {"kolom": [result.nama or "-"]}))
    return False


def _add_figures(values: dict[str, Any], finds: Sequence[Finds]) -> None:
    owner: Finds | None = None
    bare = not values.get("unsur")
    many = bare and (bool({"ikm", "indeks"} & set(values)) or sum("ikm" in f.angka for f in finds) > 1)
    for f in finds:
        if {"ikm", "indeks"} & set(f.angka):
            owner = owner or f
        for role, value in f.angka.items():
            several = role == "indeks" and (bool(f.lain.get("ikm")) or many)
            if role in ("ikm", "indeks") and (several or f is not owner) and role not in values:
                continue  # an index of one table and an IKM of another need not belong together
            if role == "target":
                values.setdefault("klaim", {}).setdefault("target", value)
            elif role == "rata":
                values.setdefault("rata_tercetak", []).append(value)
            elif role not in values:
                values[role] = value
            elif role in ("ikm", "n"):
                _also(values, role, value, f.grid.nama)
        for role in ("ikm", "n"):
            for value in f.lain.get(role, ()):
                _also(values, role, value, f.grid.nama)


def _also(values: dict[str, Any], role: str, value: Any, place: str) -> None:
    """Keep a figure that is printed again where it is another number."""
    known = values.get(role)
    if differs(known, value) if role == "ikm" else number(known) != number(value):
        values.setdefault(f"{role}_lain", []).append({"tempat": place, role: lead(value)})


def _add_lists(
    values: dict[str, Any], lists: Sequence[Result], parts: Sequence[Result], finds: Sequence[Finds]
) -> None:
    """Take units and services with an IKM as parts of the whole, periods as its trend."""
    known = [{"nama": r.nama, "ikm": r.values["ikm"], "n": r.values.get("n")} for r in parts if "ikm" in r.values]
    named = [r for r in lists if not r.waktu]
    wholes = [r for r in named if r.keseluruhan]
    beside = bool(values.get("unsur")) and not wholes
    if bobot := [line for f in finds for line in f.lain.get("bobot", ())]:
        values["bobot_lain"] = bobot
    for r in wholes:
        if not r.rerata or not (values.get("unsur") or "ikm" in values):
            values.setdefault("ikm", r.values["ikm"])
        if "n" in r.values and not values.get("unsur"):
            values.setdefault("n", r.values["n"])
    # Beside the table of one unit, a list of other units is a comparison, not what the unit is made of.
    if not beside or are_parts(values, [r for r in named if not r.keseluruhan]):
        for r in named:
            if r.keseluruhan:
                continue
            known.append({"nama": r.nama} | {key: r.values.get(key) for key in ("ikm", "n", "jenis")})
    if len(known) > 1:
        values["bagian"] = [{k: v for k, v in part.items() if v is not None} for part in known]
    means = [r for r in wholes if r.rerata and ("ikm" in values or "indeks" in values or values.get("unsur"))]
    values["bagian_rata"] = [*values.get("bagian_rata", ()), *(r.values["ikm"] for r in means)]
    graded = [r for r in lists if {"mutu", "kinerja"} & set(r.values)]
    if not graded and len(known) == 1 and not beside:
        graded = [r for r in named if not r.keseluruhan]  # the only unit of its list
    if graded:
        keys = ("ikm", "n", "mutu", "kinerja", "jenis")
        values["daftar"] = [{"nama": r.nama} | {k: r.values[k] for k in keys if k in r.values} for r in graded]
    periods = [r for r in lists if r.waktu]
    if len(periods) > 1:
        trend = values.setdefault("klaim", {}).setdefault("tren", {})
        trend["nilai"] = [{"periode": r.nama, "ikm": r.values["ikm"]} for r in periods]


def _names(unsur: Any, rule: Regulasi) -> dict[str, str]:
    """Return printed names and codes -> id, so that sentences are read with the table's own numbering."""
    if not unsur:
        return {}
    publication = from_mapping({"unsur": [_plain(u) for u in unsur]}, reading=rule)
    return printed_names(publication.unsur)


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entry.items() if k in ("kode", "nama", "nomor", "induk", "nilai", "nik", "total")}


def _long_cells(finds: Sequence[Finds], printed: Sequence[PrintedGrid]) -> list[Prose]:
    """Return sentences that stand in cells: long ones, and lines that have a row to themselves.

    They are read as they were printed: of a sentence, only figures and names of unsur are kept.
    """
    out = []
    for f, grid in zip(finds, printed, strict=True):
        for r, row in enumerate(grid.baris):
            filled = {cell_text(c) for c in row if cell_text(c)}
            for c, cell in enumerate(row):
                if not isinstance(cell, str) or (r, c) in f.dipakai or not _CLAIMING.search(cell):
                    continue
                if row.index(cell) == c and (len(cell) > _LINE or (len(filled) == 1 and number(cell) is None)):
                    out.append(Prose(f"{f.grid.nama} baris {r + 1}", cell))
    return out


def _merge(values: dict[str, Any], said: Mapping[str, Any]) -> None:
    """Add what the sentences say; a figure that differs from the table's is another printing of it."""
    for key, value in said.items():
        if key == "klaim":
            _merge_claims(values.setdefault("klaim", {}), value)
        elif key.endswith("_lain"):
            main = key.removesuffix("_lain")
            if other := [x for x in value if differs(values.get(main), x[main])]:
                values.setdefault(key, []).extend(other)
        elif key not in values:
            values[key] = value
        elif (key == "ikm" and differs(values[key], value)) or (key == "n" and _digits(values[key]) != _digits(value)):
            values.setdefault(f"{key}_lain", []).append({"tempat": "teks", key: value})


def _complete_changes(values: dict[str, Any]) -> None:
    """Let a sentence that names only the older figure be of the figure of the document: "naik 1,30 dari 87,10"."""
    claims = values.get("klaim", {})
    if "selisih" in claims:
        own = lead(values["ikm"]) if "ikm" in values else None
        told = [c if "ke" in c else {**c, "ke": own} for c in claims["selisih"]]
        claims["selisih"] = [c for c in told if c["ke"] is not None]
        if not claims["selisih"]:
            del claims["selisih"]


def _other_counts(values: dict[str, Any], rest: Sequence[Result]) -> None:
    """Drop other printings of n that are counts of something else: the minimum, a service, a group of respondents."""
    known = {_digits(values.get("sampel_minimum")), _digits(values.get("populasi"))}
    known |= {_digits(part.get("n")) for part in values.get("bagian", ())}
    known |= {_digits(r.values.get("n")) for r in rest}
    known |= {_digits(row.get("jumlah")) for table in values.get("profil", ()) for row in table["baris"]}
    kept = [other for other in values.get("n_lain", ()) if _digits(other["n"]) not in known - {""}]
    if "n_lain" in values:
        values["n_lain"] = kept


def _add_told(
    values: dict[str, Any], rest: Sequence[Result], finds: Sequence[Finds], prose: Sequence[Prose], rule: Regulasi
) -> None:
    """Add what no table prints: unsur told in a sentence, men and women."""
    if not (values.get("unsur") or rest or values.get("bagian")):
        told, place = told_unsur(prose, rule)
        if told:
            values["unsur"] = told
            finds_line = AccountLine("unsur-kalimat", place, "kuat", True, {"banyak": len(told)})
            values.setdefault(_LINES, []).append(finds_line)
    known = {table["karakteristik"] for table in values.get("profil", ())}
    if "jenis_kelamin" not in known and (sexes := read_sexes(finds, prose)) is not None:
        values.setdefault("profil", []).append(sexes)


def _digits(value: Any) -> str:
    return re.sub(r"\D", "", cell_text(value))


def _merge_claims(claims: dict[str, Any], said: Mapping[str, Any]) -> None:
    for name, claim in said.items():
        if name == "tren" and "tren" in claims:
            for field, found in claim.items():
                claims["tren"].setdefault(field, found)
        else:
            claims.setdefault(name, claim)


def _priority_table(values: dict[str, Any], finds: Sequence[Finds], names: Mapping[str, str], rule: Regulasi) -> None:
    """Read the order of the unsur in the table of the follow-up plan."""
    for f in finds:
        for r, row in enumerate(f.grid.baris[:4]):
            keys = [normalise(cell_text(c)) for c in row]
            column = next(
                (
                    c
                    for c, k in enumerate(keys)
                    if "prioritas" in k or (k == "unsur" and any("kegiatan" in x or "program" in x for x in keys))
                ),
                None,
            )
            if column is None or f.hasil:
                continue
            order: list[str] = []
            for x in range(r + 1, len(f.grid.baris)):
                spots = mentions(cell_text(f.grid.cell(x, column)), names, rule)
                order += [identity for _, _, identity in spots[:1] if identity not in order]
            if order:
                values.setdefault("klaim", {}).setdefault("prioritas", order)
                f.akun.append(AccountLine("tabel-rencana", f.grid.nama, "pasti", True, {"banyak": len(order)}))
                for x in range(len(f.grid.baris)):
                    f.use_row(x)
            return


def _inherited(result: Result, values: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(result.values)
    if result.waktu and "periode" not in out:
        out["periode"] = result.nama
    elif "periode" in values:
        out.setdefault("periode", values["periode"])
    if not result.waktu and result.nama:
        out.setdefault("unit", result.nama)
    return out


def _cleaned(values: Mapping[str, Any], rule: Regulasi) -> dict[str, Any]:
    """Return the mapping as `from_mapping` takes it; a mean of the unsur is the figure where no other is printed."""
    out = {k: v for k, v in values.items() if v not in (None, [], {}, "")}
    if not {"ikm", "indeks"} & set(out):
        for value in out.pop("rata_tercetak", ()):
            found = number(value)
            if found is not None:
                out.setdefault("ikm" if found.nilai > rule.tertinggi else "indeks", value)
    for key in ("n", "populasi", "sampel_minimum", "sampel_kurang"):
        found = number(out.get(key))
        if key in out and (found is None or re.search(r"[^\d.,\s]", cell_text(out[key]))):
            out[key] = re.sub(r"[^\d.,].*$", "", cell_text(out[key]).strip())
    return out


def _account(document: SourceDocument, finds: Sequence[Finds], places: set[str]) -> tuple[AccountLine, ...]:
    """Return the account: what was read, what was placed, and every number that was not."""
    lines = [
        AccountLine("berkas", document.nama, "pasti", True, {"tabel": len(document.grids), "teks": len(document.prose)})
    ]
    for f in finds:
        lines += f.akun
        left = [(r, c) for r, c in f.unplaced() if not _only_counts(f.grid, r, c)]
        if not left and not f.akun and f.grid.baris:
            lines.append(AccountLine("tabel-tanpa-angka", f.grid.nama, "pasti", True, {"banyak": len(f.grid.baris)}))
        elif left:
            rows = sorted({r + 1 for r, _ in left})
            facts = {
                "banyak": len(left),
                "baris": [str(r) for r in rows[:_SHOWN]] + (["..."] if len(rows) > _SHOWN else []),
            }
            lines.append(AccountLine("angka-tidak-ditempatkan", f.grid.nama, "lemah", False, facts))
    if places:
        lines.append(AccountLine("kalimat", document.nama, "kuat", True, {"banyak": len(places)}))
    return tuple(lines)


def _only_counts(grid: PrintedGrid, r: int, c: int) -> bool:
    """A number at the start of a row that counts rows, a year, or a number inside a text is no figure."""
    cell = grid.cell(r, c)
    if isinstance(cell, str) and len(cell) > 40:
        return True
    if re.fullmatch(r"(19|20)\d\d(\.0)?", cell_text(cell)):
        return True
    before = [x for x in grid.baris[r][:c] if cell_text(x)]
    return not before and counting(cell) is not None and not is_total(cell_text(cell))
