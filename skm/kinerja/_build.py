"""The filled-in form, a file or a mapping -> `Lkjip`: everything read, joined, and held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, EmptyDataError, OptionError, placed
from skm.basics.files import read_bytes
from skm.basics.messages import Phrase
from skm.basics.strict_text import parse_json, parse_toml
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.kinerja._anggaran import Anggaran, amount, anggaran, is_dash
from skm.kinerja._belanja import AREA, Belanja, belanja, say, sums_of
from skm.kinerja._budget_line import BudgetLine
from skm.kinerja._capaian import capaian, show
from skm.kinerja._form import read_form
from skm.kinerja._indikator import KEYS, Indikator, direction, is_percent, read_goals, read_realised, years
from skm.kinerja._lkjip import Lkjip
from skm.kinerja._quarters_read import number_in
from skm.kinerja._scales import Skala
from skm.kinerja._scales import skala as _scale
from skm.kinerja._triwulan import Triwulan, triwulan

TOP = ("unit", "tahun", "akhir_renstra", "skala", "indikator", "tahunan", "anggaran", "triwulan")


def lkjip(sumber: Mapping[str, Any] | str | Path, *, skala: Any = None) -> Lkjip:
    """Build the performance chapter from the filled-in form or the same as a mapping.

    Parameters
    ----------
    sumber : mapping, str or Path
        The form (.xlsx, `write_form`), a .toml or .json file, or a mapping: ``unit``, ``tahun``, ``akhir_renstra``,
        ``skala``; ``indikator``, a list of mappings with ``nama``, ``sasaran``, ``satuan``, ``arah``,
        ``target_renstra`` (may be "-"), ``target``, ``realisasi`` (a number, a `HasilIKM`, or the path of a
        ``hasil.json``), ``awal``, ``program`` (one, or several as a list or with ";"), ``pagu``,
        ``realisasi_anggaran``, ``penyebab``, ``solusi``; ``tahunan`` (``indikator``, ``tahun``, ``target``,
        ``realisasi``); ``anggaran`` as `belanja` takes it; ``triwulan`` as `triwulan` takes it.
    skala : optional
        The scale of words; outweighs the one in the source.

    Returns
    -------
    Lkjip

    Raises
    ------
    EmptyDataError, DataError, OptionError, UnreadableFileError
        No indicator; something that is missing, unknown or unreadable, with its row.

    Notes
    -----
    An indicator's budget is the sum of its programmes in the budget table. Where a budget is typed beside the
    indicator as well, both must agree, or a note says so and the typed one is used. A share of the whole is of the
    budget table's total, else of the indicators' own.

    Examples
    --------
    >>> k = lkjip({"tahun": 2024, "indikator": [
    ...     {"nama": "IKM", "target_renstra": "88,60", "target": "94,14", "realisasi": "94,17"}]})
    >>> i = k.indikator[0]
    >>> i.capaian.persen, f"{i.kemajuan_renstra:.2f}", f"{i.kemajuan_target:.2f}"
    (Decimal('100.03'), '106.29', '100.03')
    """
    name = None if isinstance(sumber, Mapping) else Path(sumber).name
    with placed(berkas=name):
        return _built(sumber, skala)


def _built(sumber: Mapping[str, Any] | str | Path, skala: Any) -> Lkjip:
    values, folder = _mapping(sumber)
    passed: Mapping[str, Sequence[int]] = values.pop("_dilewati", {})
    if unknown := [key for key in values if key not in TOP]:
        raise DataError("kinerja-kunci", kunci=unknown, pilihan=list(TOP))
    scale = _scale(skala if skala is not None else values.get("skala") or None)
    year = _year(values.get("tahun"), "tahun")
    if year is None:
        raise DataError("kinerja-kurang", kunci=["tahun"])
    rows = [dict(row) for row in values.get("indikator") or ()]
    if not rows:
        raise EmptyDataError("kinerja-kosong")
    lines = values.get("anggaran") or ()
    with _sheet("anggaran", folder):
        budget = belanja(lines) if lines else None
    with _sheet("triwulan", folder):
        quarters = triwulan(values["triwulan"]) if values.get("triwulan") else None
    with _sheet("tahunan", folder):
        yearly = _by_indicator(values.get("tahunan") or (), rows)
    found = [
        Finding("lkjip-baris-dilewati", "peringatan", AREA, {"lembar": sheet, "baris": list(numbers)})
        for sheet, numbers in passed.items()
    ]
    if budget is not None:
        with _sheet("anggaran", folder):
            _assigned(budget, rows)
    indicators: list[Indikator] = []
    with _sheet("indikator", folder):
        whole = _whole(rows, budget)
        for position, row in enumerate(rows, start=1):
            with placed(baris=int(row.get("nomor") or position)):
                one = _indicator(row, position, yearly.get(position, []), budget, whole, scale, year, folder, found)
                indicators.append(one)
    built = tuple(indicators)
    found += [
        *_twice(built, budget),
        *_unused(built, budget),
        *_more_than_all(built, budget),
        *_against_quarters(built, quarters),
        *_against_year(budget, quarters),
    ]
    return Lkjip(
        str(values.get("unit") or "").strip(),
        year,
        _year(values.get("akhir_renstra"), "akhir_renstra"),
        scale,
        built,
        budget,
        quarters,
        _total(built, budget),
        tuple(found),
    )


def _sheet(key: str, folder: Path | None) -> AbstractContextManager[None]:
    """Name the sheet of a form in what goes wrong with it; a mapping of Python has none."""
    return placed(lembar=None if folder is None else say(f"lembar-{key}", None))


def _mapping(source: Mapping[str, Any] | str | Path) -> tuple[dict[str, Any], Path | None]:
    if isinstance(source, Mapping):
        return dict(source), None
    path = Path(source)
    content = read_bytes(path)
    if path.suffix.lower() == ".toml":
        return parse_toml(content, path.name), path.parent
    if path.suffix.lower() == ".json":
        values = parse_json(content, path.name)
        if not isinstance(values, dict):
            raise DataError("lkjip-bukan-berkas", berkas=path.name)
        return values, path.parent
    return read_form(content, path.name), path.parent


def _year(value: Any, key: str) -> int | None:
    if value in (None, "", "-"):
        return None
    match = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0)?\s*", str(value))
    if match is None:
        raise DataError("lkjip-tahun", nilai=str(value)[:20], kolom=key)
    return int(match[1])


def _by_indicator(rows: Iterable[Mapping[str, Any]], indicators: Sequence[Mapping[str, Any]]) -> dict[int, list[Any]]:
    """Return the rows of years by the indicator's number, which its name or its number says."""
    names = {normalise(row.get("nama") or ""): i for i, row in enumerate(indicators, start=1)}
    found: dict[int, list[Any]] = {}
    last = 1 if len(indicators) == 1 else 0
    for row in rows:
        label = str(row.get("indikator") or "").strip()
        number = re.fullmatch(r"(\d+)(?:\.0)?", label)
        place = last if not label else int(number[1]) if number else names.get(normalise(label), 0)
        if not 1 <= place <= len(indicators):
            raise DataError(
                "lkjip-indikator",
                nama=label or "-",
                pilihan=[str(r.get("nama") or "-") for r in indicators],
                baris=row.get("nomor"),
            )
        found.setdefault(place, []).append(row)
        last = place
    return found


def _texts(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, (list, tuple)) else re.split(r"[;\n]", str(value or ""))
    return tuple(text for part in parts if (text := str(part).strip()))


def _indicator(
    row: Mapping[str, Any],
    position: int,
    yearly: Sequence[Mapping[str, Any]],
    budget: Belanja | None,
    whole: Decimal | None,
    scale: Skala,
    year: int,
    folder: Path | None,
    found: list[Finding],
) -> Indikator:
    number = int(row.get("nomor") or position)
    if unknown := [key for key in row if key not in KEYS]:
        raise DataError("kinerja-kunci", kunci=unknown, pilihan=list(KEYS))
    name, unit = str(row.get("nama") or "").strip(), str(row.get("satuan") or "").strip()
    if not name:
        raise DataError("kinerja-kurang", kunci=["nama"])
    plan, goal, notes = read_goals(row, number)
    reached, source = read_realised(row.get("realisasi"), unit, name, number, folder)
    arah = direction(row.get("arah"))
    achieved = capaian(goal, reached, skala=scale, arah=arah)
    if is_percent(unit) and 0 < min(goal, reached) <= 1 and max(goal, reached) > 10:
        facts = {"nama": name, "target": show(goal), "realisasi": show(reached)}
        found.append(Finding("lkjip-pecahan", "peringatan", AREA, facts))
    programs, lines = _programs(row, position, name, budget)
    money = _money(row, name, lines, found)
    spent = None if money is None else anggaran(*money, capaian=achieved, total=whole)
    start = row.get("awal")
    with _sheet("tahunan", folder):
        over = years(yearly, unit, name, arah, scale, (year, goal, reached))
    return Indikator(
        name,
        str(row.get("sasaran") or "").strip(),
        unit,
        plan,
        goal,
        number_in(start, unit, f"awal, {name}"),
        achieved,
        over,
        programs,
        spent,
        _texts(row.get("penyebab")),
        _texts(row.get("solusi")),
        source,
        tuple(notes),
        lines,
    )


def _programs(
    row: Mapping[str, Any], position: int, name: str, budget: Belanja | None
) -> tuple[tuple[str, ...], tuple[BudgetLine, ...]]:
    """Return the indicator's programmes and their lines: listed beside it, or lines of the budget that name it."""
    listed = tuple({normalise(text): text for text in _texts(row.get("program"))}.values())
    if budget is None:
        return listed, ()
    if listed:
        return listed, budget.lines(listed)
    own = {normalise(name), str(position)}
    lines = tuple(b for b in budget.baris if b.indikator and normalise(b.indikator) in own)
    return tuple(dict.fromkeys(b.program for b in lines)), lines


def _assigned(budget: Belanja, rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a line of the budget that is given to an indicator that is not there."""
    names = [str(r.get("nama") or "-") for r in rows]
    known = {*map(normalise, names), *(str(i) for i in range(1, len(rows) + 1))}
    for line in budget.baris:
        if line.indikator and normalise(line.indikator) not in known:
            raise DataError("lkjip-indikator", nama=line.indikator, pilihan=names, baris=line.nomor)


def _money(
    row: Mapping[str, Any], name: str, lines: Sequence[BudgetLine], found: list[Finding]
) -> tuple[Decimal, Decimal] | None:
    summed = sums_of(lines) if lines else None
    cells = {key: row.get(key) for key in ("pagu", "realisasi_anggaran")}
    blank = [cell in (None, "") for cell in cells.values()]
    if all(empty or is_dash(cell) for empty, cell in zip(blank, cells.values(), strict=True)):
        return summed if summed is None or summed[0] > 0 else _without_money(name, summed, found)
    if any(blank):
        missing = "pagu" if blank[0] else "realisasi_anggaran"
        raise DataError("kinerja-kurang", baris=row.get("nomor"), kunci=[missing])
    labels = ("pagu", "realisasi anggaran")
    pagu, spent = (
        Decimal(0) if is_dash(cell) else amount(cell, f"{label}, {name}")
        for label, cell in zip(labels, cells.values(), strict=True)
    )
    typed = pagu, spent
    for key, given, own in zip(("pagu", "realisasi"), typed, summed or typed, strict=True):
        if given != own:
            facts = {"nama": name, "apa": Phrase(AREA, f"apa-{key}"), "cetak": _rp(given), "hitung": _rp(own)}
            found.append(Finding("lkjip-anggaran-beda", "kesalahan", AREA, facts))
    return typed if typed[0] > 0 else _without_money(name, typed, found)


def _without_money(name: str, money: tuple[Decimal, Decimal], found: list[Finding]) -> tuple[Decimal, Decimal] | None:
    """Return no budget, told, where nothing was planned or spent; spending without a budget is refused further on."""
    if money[1] > 0:
        return money
    found.append(Finding("lkjip-tanpa-pagu", "catatan", AREA, {"nama": name}))
    return None


def _rp(value: Decimal) -> Phrase:
    return Phrase(AREA, "rp", {"nilai": value})


def _whole(rows: Sequence[Mapping[str, Any]], budget: Belanja | None) -> Decimal | None:
    if budget is not None:
        return budget.pagu
    if any(row.get("pagu") in (None, "") or is_dash(row["pagu"]) for row in rows):
        return None
    whole = Decimal(0)
    for position, row in enumerate(rows, start=1):
        with placed(baris=int(row.get("nomor") or position)):
            whole += amount(row["pagu"], f"pagu {row.get('nama')}")
    return whole


def _total(rows: tuple[Indikator, ...], budget: Belanja | None) -> Anggaran | None:
    if budget is not None:
        return anggaran(budget.pagu, budget.realisasi, total=budget.pagu) if budget.pagu > 0 else None
    own = [i.anggaran for i in rows if i.anggaran is not None]
    if not own or len(own) != len(rows):
        return None
    whole = sum((a.pagu for a in own), Decimal(0))
    return anggaran(whole, sum((a.realisasi for a in own), Decimal(0)), total=whole)


def _twice(rows: tuple[Indikator, ...], budget: Belanja | None) -> Iterator[Finding]:
    seen: set[str] = set()
    for i in rows:
        if normalise(i.nama) in seen:
            yield Finding("lkjip-indikator-ganda", "peringatan", AREA, {"nama": i.nama})
        seen.add(normalise(i.nama))
    used: dict[Any, int] = {}
    told: set[tuple[str, int, int]] = set()
    for place, i in enumerate(rows):
        names = [(id(b), b.program) for b in i.rincian] if budget else [(normalise(p), p) for p in i.program]
        for key, program in names:
            first = used.setdefault(key, place)
            if first != place and (normalise(program), first, place) not in told:
                told.add((normalise(program), first, place))
                facts = {"program": program, "a": rows[first].nama, "b": i.nama}
                yield Finding("lkjip-program-dua-kali", "peringatan", AREA, facts)


def _unused(rows: tuple[Indikator, ...], budget: Belanja | None) -> Iterator[Finding]:
    """Lines of the budget that no indicator has: their money is in the total and in no row."""
    named = {id(b) for i in rows for b in i.rincian}
    if budget is None or not named:
        return
    if rest := [b for b in budget.baris if id(b) not in named]:
        programs = list({b.kunci[0]: b.program for b in rest}.values())
        yield Finding("lkjip-program-sisa", "peringatan", AREA, {"program": programs, "pagu": _rp(sums_of(rest)[0])})


def _more_than_all(rows: tuple[Indikator, ...], budget: Belanja | None) -> Iterator[Finding]:
    """Budgets of the indicators, none of whose programmes is another's too, that sum to more than there is."""
    own = [i.anggaran.pagu for i in rows if i.anggaran is not None]
    shared = [id(b) for i in rows for b in i.rincian]
    whole = sum(own, Decimal(0))
    if budget is not None and whole > budget.pagu and len(shared) == len(set(shared)):
        facts = {"indikator": _rp(whole), "tabel": _rp(budget.pagu), "lebih": _rp(whole - budget.pagu)}
        yield Finding("lkjip-pagu-lebih", "kesalahan", AREA, facts)


def _against_quarters(rows: tuple[Indikator, ...], quarters: Triwulan | None) -> Iterator[Finding]:
    """The fourth quarter's cumulative figure is the year's."""
    if quarters is None:
        return
    last = {b.kunci[0]: b for b in quarters.baris if b.triwulan == 4 and b.tingkat == 0}
    for i in rows:
        line = last.get(normalise(i.nama))
        if line is not None and line.realisasi is not None and line.realisasi != i.realisasi:
            facts = {"nama": i.nama, "triwulan": show(line.realisasi), "tahun": show(i.realisasi)}
            yield Finding("lkjip-triwulan-tahun", "kesalahan", AREA, facts)


def _against_year(budget: Belanja | None, quarters: Triwulan | None) -> Iterator[Finding]:
    if budget is None or quarters is None or 4 not in quarters.ada:
        return
    have = {b.kunci[1] for b in quarters.of(4) if b.tingkat == 1}
    if {normalise(p) for p in budget.program} - have:
        return  # a quarter that holds some programmes only has another total, rightly
    for key, own, other in zip(("pagu", "realisasi"), (budget.pagu, budget.realisasi), quarters.total(4), strict=True):
        if own != other:
            facts = {"apa": Phrase(AREA, f"apa-{key}"), "triwulan": _rp(other), "tahun": _rp(own)}
            yield Finding("lkjip-triwulan-anggaran", "kesalahan", AREA, facts)


def require(value: Any) -> Lkjip:
    """Return an `Lkjip`, built where it is not one yet.

    Raises
    ------
    OptionError
        Something that is neither.
    """
    if isinstance(value, Lkjip):
        return value
    if isinstance(value, (Mapping, str, Path)):
        return lkjip(value)
    raise OptionError(
        "opsi-tidak-dikenal", opsi="kinerja", nilai=type(value).__name__, pilihan=["Lkjip", "path", "dict"]
    )
