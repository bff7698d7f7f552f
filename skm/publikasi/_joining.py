"""Several tables of unsur in one document -> the result of the whole, and others: printed again, parts, or periods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._document import cell_text
from skm.publikasi._found import Result
from skm.publikasi._meaning import is_period, number
from skm.publikasi._unsur import known_unsur, unsur_id
from skm.regulasi import Regulasi

_CAPTION = re.compile(r"^(tabel|table|lampiran|bagan)\s*[\d.]*[a-z]?\s*[.:\-\u2013]?\s*", re.IGNORECASE)
_GENERIC = re.compile(r"(tabel|teks|halaman|sheet|lembar|table|page)\b", re.IGNORECASE)
_WHOSE = re.compile(r"\b(layanan|pelayanan|unit|loket|bidang|puskesmas|kecamatan|kelurahan|desa|dinas|bagian|seksi)\b")
_SERVICE = re.compile(r"\b((pe)?layanan|loket|seksi|bidang|poli|klinik|services?)\b")
_FACTS = ("nik", "total", "n", "frekuensi", "mutu", "kinerja", "bobot", "nrr_tertimbang", "nomor", "peringkat",
          "persen_tingkat")  # fmt: skip


def split(results: Sequence[Result], rule: Regulasi) -> tuple[Result | None, list[Result], list[Result]]:
    """Return the result of the whole, the others, and which of these are parts of it."""
    full = [r for r in results if r.values.get("unsur") or "ikm" in r.values or "indeks" in r.values]
    if not full:
        return None, [], []
    full = _once(full, rule)
    if len(full) == 1:
        return full[0], [], []
    alone = [r for r in full if not r.nama and r.values.get("unsur")]
    means = [r for r in full if r.keseluruhan and r.rerata and "ikm" in r.values]
    if len(alone) == 1 and means:
        # The mean of the services beside the figure of the unit: another number, and said to be one.
        alone[0].values["bagian_rata"] = [r.values["ikm"] for r in means]
        full = [r for r in full if r not in means or len(r.values.get("unsur", ())) > 1]
    wholes = [r for r in full if r.keseluruhan and not (alone and r in means)]
    if len(wholes) == 1 and not all(r.waktu for r in full if r is not wholes[0]):
        parts = [r for r in full if r is not wholes[0]]
        return wholes[0], parts, parts
    if not any(r.nama for r in full):
        _name(full)
    if all(r.nama for r in full):
        return None, full, [] if all(r.waktu for r in full) else [r for r in full if not r.keseluruhan]
    unnamed = [r for r in full if not r.nama]
    if len(unnamed) == 1 and unnamed[0].values.get("unsur"):
        # One table of the unit as a whole, and a table of its services, of periods, or of other units.
        named = [r for r in full if r.nama]
        parts = [r for r in named if not r.waktu]
        return unnamed[0], named, parts if _adds_up(unnamed[0].values, parts) else []
    if any(r.nama for r in full):
        return None, full, [] if all(r.waktu for r in full) else [r for r in full if not r.keseluruhan]
    return full[0], full[1:], []


def are_parts(whole: Mapping[str, Any], parts: Sequence[Result]) -> bool:
    """Tell whether units listed beside a result are its parts: services by name, or respondents that add up to its."""
    if len(parts) < 2:
        return False
    return _adds_up(whole, parts) or all(_SERVICE.search(normalise(f"{p.judul} {p.nama}")) is not None for p in parts)


def _adds_up(whole: Mapping[str, Any], parts: Sequence[Result]) -> bool:
    counts = [number(p.values.get("n")) for p in parts]
    total = number(whole.get("n"))
    known = [c.nilai for c in counts if c is not None]
    return total is not None and len(known) == len(counts) > 1 and sum(known) == total.nilai


def _once(full: Sequence[Result], rule: Regulasi) -> list[Result]:
    """Bring together what is the same result printed again: on another scale, in part, with codes or with counts."""
    kept: list[Result] = []
    for result in full:
        for i, other in enumerate(kept):
            if result.nama or other.nama:
                continue
            small, large = sorted((result, other), key=lambda r: len(r.values.get("unsur", ())))
            if _richer(result, other):
                small, large = other, result
            pairs = _pairs(small, large, rule)
            if pairs is None:
                continue
            _join(large, small, pairs, rule)
            kept[i] = large
            break
        else:
            kept.append(result)
    return kept


def _richer(a: Result, b: Result) -> bool:
    """Tell whether the first holds more unsur, or values where the second has counts only."""

    def worth(r: Result) -> tuple[int, int]:
        unsur = r.values.get("unsur", ())
        return len(unsur), sum("nilai" in u or "nik" in u for u in unsur)

    return worth(a) > worth(b)


def _pairs(small: Result, large: Result, rule: Regulasi) -> list[tuple[int, int]] | None:
    """Return which rows are the same unsur where one table prints the other again; None where it does not."""
    mine, theirs = small.values.get("unsur", ()), large.values.get("unsur", ())
    if len(mine) < 2:
        return None
    pairs: list[tuple[int, int]] = []
    for i, entry in enumerate(mine):
        place = next((j for j, other in enumerate(theirs) if _match(entry, other, rule)), None)
        if place is None or any(place == j for _, j in pairs):
            return None
        pairs.append((i, place))
    compared = [(a, b) for i, j in pairs if (a := _mean(mine[i], rule)) and (b := _mean(theirs[j], rule))]
    same = sum(a[0] <= b[1] and b[0] <= a[1] for a, b in compared)
    if not compared:
        # Totals alone, under the same names and without a name of their own.
        bare = not any({"nilai", "nik"} & set(u) for u in mine)
        return pairs if bare and len(mine) == len(theirs) else None
    whole = same == len(compared) and (same >= 2 or len(compared) == len(pairs))
    mostly = same >= 4 and same * 3 >= len(compared) * 2
    return pairs if whole or mostly else None


def _match(a: Mapping[str, Any], b: Mapping[str, Any], rule: Regulasi) -> bool:
    """Tell whether two rows name one unsur: by their names, or by their codes where one of them has no name."""
    x, y = cell_text(a.get("nama")), cell_text(b.get("nama"))
    if x and y:
        if normalise(x) == normalise(y):
            return True
        return known_unsur(x, rule) and known_unsur(y, rule) and unsur_id(x, rule) == unsur_id(y, rule)
    c, d = cell_text(a.get("kode")), cell_text(b.get("kode"))
    return bool(c and d) and normalise(c) == normalise(d)


def _mean(entry: Mapping[str, Any], rule: Regulasi) -> tuple[Fraction, Fraction] | None:
    """Return the interval of the mean on the scale of the answers that a row prints."""
    found = number(entry.get("nilai", entry.get("nik")))
    if found is not None:
        low, high = found.rentang
        factor = rule.konversi if found.nilai > rule.tertinggi else 1
        # Cut off or rounded: the same number all the same.
        return (low - found.satuan / 2) / factor, (high + found.satuan / 2) / factor
    counts = [number(x) for x in entry.get("frekuensi", ())]
    known = [int(n.nilai) for n in counts if n is not None]
    if counts and len(known) == len(counts) and sum(known):
        mean = Fraction(sum(level * c for level, c in enumerate(known, rule.terendah)), sum(known))
        return mean - Fraction(1, 200), mean + Fraction(1, 200)
    total, n = number(entry.get("total")), number(entry.get("n"))
    if total is not None and n is not None and n.nilai > 0:
        mean = total.tepat / n.tepat
        return mean - Fraction(1, 200), mean + Fraction(1, 200)
    return None


def _join(large: Result, small: Result, pairs: Sequence[tuple[int, int]], rule: Regulasi) -> None:
    """Add to the larger table what the other says besides: names, counts, decimals; a value that differs is kept."""
    unsur = [dict(u) for u in large.values["unsur"]]
    for i, j in pairs:
        more, mine = small.values["unsur"][i], unsur[j]
        for key in ("nama", "kode"):
            if not mine.get(key) and more.get(key):
                mine[key] = more[key]
        own, other = number(mine.get("nilai", mine.get("nik"))), number(more.get("nilai", more.get("nik")))
        a, b = _mean(mine, rule), _mean(more, rule)
        if own is not None and other is not None and a and b and not (a[0] <= b[1] and b[0] <= a[1]):
            shown = more.get("nilai", more.get("nik"))
            mine.setdefault("nilai_lain", []).append({"tempat": small.tempat, "nilai": shown})
            continue
        scale = (own is not None and own.nilai > rule.tertinggi) == (other is not None and other.nilai > rule.tertinggi)
        if own is not None and other is not None and not scale:
            if own.nilai > rule.tertinggi:
                mine["nik"], mine["nilai"] = mine.pop("nilai", mine.get("nik")), more.get("nilai", more.get("nik"))
            else:
                mine.setdefault("nik", more.get("nilai", more.get("nik")))
        elif own is not None and other is not None and other.desimal > own.desimal:
            key = "nilai" if "nilai" in mine else "nik"
            mine[key] = more.get("nilai", more.get("nik"))
        elif own is None and other is not None:
            mine["nilai" if "nilai" in more else "nik"] = more.get("nilai", more.get("nik"))
        for key in _FACTS:
            if key in more and key not in mine and (key != "nik" or other is None or "nilai" in more):
                mine[key] = more[key]
    large.values["unsur"] = unsur
    if len(pairs) == len(unsur):
        _fill(large.values, small.values)


def _fill(values: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if key in ("ikm", "indeks") and differs(values.get(key), value):
            values.setdefault(f"{key}_lain", []).append({"tempat": "tabel lain", key: value})
        elif key != "unsur":
            values.setdefault(key, value)


def differs(a: Any, b: Any) -> bool:
    """Tell whether two printed numbers cannot be one number, each rounded as it stands."""
    x, y = number(a), number(b)
    if x is None or y is None:
        return False
    (low, high), (c, d) = x.rentang, y.rentang
    return not (c <= high and low <= d)


def _name(full: Sequence[Result]) -> None:
    """Name tables that are no repetition of each other: by their captions where these name times or units, by sheet."""
    titles = [" ".join(_CAPTION.sub("", r.judul).split()) for r in full]
    told = [is_period(t) or bool(_WHOSE.search(normalise(t))) for t in titles]
    if all(titles) and len(set(titles)) == len(titles) and all(told):
        for r, title in zip(full, titles, strict=True):
            r.nama = title[:80]
    elif len({r.tempat for r in full}) == len(full) and not any(_GENERIC.match(r.tempat) for r in full):
        for r in full:
            r.nama = r.tempat
