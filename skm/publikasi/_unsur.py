"""Which unsur a printed name or code means, and the reading of what was printed about each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.basics.words import normalise
from skm.publikasi._figures import PrintedNumber, PrintedUnsur, split_grade
from skm.publikasi._strict import PrintedMapping, elsewhere
from skm.regulasi import Regulasi, _kuesioner
from skm.regulasi._unsur import names_of


def unsur_id(name: str, regulasi: Regulasi | None = None, u8: str = "") -> str:
    """Return the id that a printed name or code means; bare U8 and U9 stay open unless ``u8`` says.

    >>> unsur_id("Sarana dan Prasarana"), unsur_id("U3"), unsur_id("U8"), unsur_id("U8", u8="sarana")
    ('sarana', 'waktu', 'u8', 'sarana')
    """
    rule = regulasi or _regulasi.load()
    key = normalise(name)
    code = _CODE.match(key)
    rest = key[code.end() :].strip() if code else key
    for candidate in (key, rest):
        if found := _synonyms(rule).get(candidate):
            return found
    known = {u.id for u in rule.unsur}
    if rest:
        hits = {unsur for unsur, pattern in _WORDS.items() if unsur in known and re.search(pattern, rest)}
        if len(hits) == 1:
            return hits.pop()
    if code and not rest:
        number = int(code["number"])
        orders = list(rule.urutan.values())
        order = next((o for o in orders if u8 and len(o) >= 8 and o[7] == u8), orders[0])
        sure = u8 or all(o[number - 1 : number] == order[number - 1 : number] for o in orders)
        return order[number - 1] if sure and 1 <= number <= len(order) else f"u{number}"
    return re.sub(r"[^a-z0-9]+", "_", key).strip("_") or key


@lru_cache(maxsize=50_000)
def known_unsur(text: str, regulasi: Regulasi | None = None) -> bool:
    """Tell whether a text names an unsur of the regulation, or is a bare code such as U3.

    >>> known_unsur("Penanganan pengaduan, saran dan masukan"), known_unsur("U9"), known_unsur("Jumlah responden")
    (True, True, False)
    """
    key = normalise(text)
    if not key or len(key) > 80 or key.replace(" ", "").isdigit():
        return False
    if re.fullmatch(r"(?:u|p|unsur) ?0*\d{1,2}", key):
        return True
    rule = regulasi or _regulasi.load()
    return unsur_id(text, rule) in set(_synonyms(rule).values())


def mentions(text: str, names: Mapping[str, str], rule: Regulasi) -> list[tuple[int, int, str]]:
    """Return where a sentence names an unsur: (start, end, id), in order and without overlap.

    Parameters
    ----------
    names : mapping
        Printed name or code -> id, as the tables of the same publication print them; they go before the regulation's.
    """
    found: list[tuple[int, int, str]] = []
    known = {u.id for u in rule.unsur} | set(names.values())
    tables = ({k: v for k, v in names.items() if len(k) > 1}, _synonyms(rule))
    patterns = [
        (r"\b" + r"\W+(?:dan\W+)?".join(map(re.escape, name.split())) + r"\b", identity)
        for table in tables
        for name, identity in sorted(table.items(), key=lambda pair: -len(pair[0]))
        if name
    ]
    patterns += [(pattern, identity) for identity, pattern in _WORDS.items() if identity in known]
    low = text.casefold()
    taken = bytearray(len(low))  # a mark a letter: comparing each mention with all before it grows with the square
    for pattern, identity in patterns:
        for match in re.finditer(pattern, low):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, identity))
    return _without_repeats(sorted(found), text)


def _without_repeats(found: Sequence[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Join words that name the same unsur twice in a row: "U2 (Prosedur)", "sarana dan prasarana"."""
    out: list[tuple[int, int, str]] = []
    for start, end, identity in found:
        if (out and out[-1][2] == identity and not re.search(r"\d", text[out[-1][1] : start])) or (
            out and re.fullmatch(r"[(:.\-]?", text[out[-1][1] : start].strip()) and re.fullmatch(r"u\d", out[-1][2])
        ):
            out[-1] = (out[-1][0], end, identity)
        else:
            out.append((start, end, identity))
    return out


_CODE = re.compile(r"(?:u|unsur|p|q|no)? ?0{0,6}(?P<number>\d{1,2})(?= |$)")
_WORDS = {
    "persyaratan": r"\b(per)?syarat(an)?\b",
    "prosedur": r"\b(prosedur|mekanisme)\b",
    "waktu": r"\b(waktu|kecepatan)\b",
    "biaya": r"\b(biaya|tarif|tariff)\b",
    "produk": r"\b(produk|spesifikasi|hasil layanan)\b",
    "kompetensi": r"\b(kompetensi|kemampuan)\b",
    "perilaku": r"\b(perilaku|kesopanan|sikap)\b",
    "pengaduan": r"\b(pengaduan|aduan|keluhan)\b",
    "sarana": r"\b(sarana|prasarana|sarpras)\b",
}


@cache
def _synonyms(rule: Regulasi) -> dict[str, str]:
    table = dict(names_of(rule))
    for butir in _kuesioner.of(rule).butir:
        for word in butir.sinonim:
            table.setdefault(normalise(word), butir.unsur)
    return table


def read_unsur(
    values: Any, scale: str, rule: Regulasi, u8: str, name: str, *, joined: bool = False
) -> tuple[PrintedUnsur, ...]:
    if values is None:
        return ()
    if isinstance(values, Mapping):
        pairs = [(str(key), value) for key, value in values.items()]
    else:
        pairs = [
            (str(r.get("nama") or r.get("kode") or r.get("nomor") or ""), dict(r.items()))
            for r in PrintedMapping({"x": values}, "unsur", name).tables("x")
        ]
    rows = [
        _one(key, value if isinstance(value, Mapping) else {"nilai": value}, rule, u8, name) for key, value in pairs
    ]
    if joined:
        return _joined(_scaled(rows, scale, name, rule), pairs)
    found: set[str] = set()
    for row in rows:
        if row[0].id in found:
            raise DataError("publikasi-unsur-ganda", kolom=f"unsur.{row[0].label}", berkas=name or None)
        found.add(row[0].id)
    return _scaled(rows, scale, name, rule)


def _joined(unsur: Sequence[PrintedUnsur], pairs: Sequence[tuple[str, Any]]) -> tuple[PrintedUnsur, ...]:
    """Bring sub-questions under their unsur: rows numbered 3.1, 3.2, or rows that name one unsur several times."""
    heads: dict[str, PrintedUnsur] = {}
    below: dict[str, list[PrintedUnsur]] = {}
    for u, (_, values) in zip(unsur, pairs, strict=True):
        parent = values.get("induk") if isinstance(values, Mapping) else None
        key = (
            u.id
            if parent is None
            else next((h.id for h in heads.values() if f"U{parent}" in (h.kode, f"U{h.nomor}")), f"u{parent}")
        )
        if parent is None and key in heads and (_place(u) or _place(heads[key])) and _place(u) != _place(heads[key]):
            # Two rows with numbers of their own are two unsur, whatever their names.
            heads[f"{key}_{_place(u)}"] = replace(u, id=f"{key}_{_place(u)}")
            continue
        if parent is None and key not in heads:
            heads[key] = u
        else:
            heads.setdefault(
                key,
                replace(
                    u,
                    id=key,
                    kode=f"U{parent}" if parent else u.kode,
                    nilai=None,
                    nik=None,
                    total=None,
                    n=None,
                    frekuensi=None,
                    nrr_tertimbang=None,
                ),
            )
            below.setdefault(key, []).append(u)
    out = []
    for key, first in heads.items():
        head = first
        parts = below.get(key, [])
        numbered = all(
            isinstance(v, Mapping) and v.get("induk") is not None
            for u, (_, v) in zip(unsur, pairs, strict=True)
            if u in parts
        )
        if parts and not numbered:
            # The same name twice and no number that makes one the parent: all of them are questions.
            parts = [head, *parts]
            head = replace(head, nilai=None, nik=None, total=None, n=None, frekuensi=None, nrr_tertimbang=None)
        values = tuple(p.nilai for p in parts if p.nilai is not None)
        out.append(replace(head, butir=values) if values else head)
    return tuple(out)


def _place(u: PrintedUnsur) -> str:
    return u.kode or ("" if u.nomor is None else str(u.nomor))


def _one(
    key: str, value: Mapping[str, Any], rule: Regulasi, u8: str, name: str
) -> tuple[PrintedUnsur, PrintedNumber | None]:
    r = PrintedMapping(value, f"unsur.{key}", name)
    nama, kode = r.text("nama"), r.text("kode")
    pendek = r.text("pendek")
    sources = [text for text in (nama, key, kode) if text]
    order = r.get("nomor")
    r.get("induk")
    ids = [unsur_id(text, rule, u8) for text in sources]
    known = set(_synonyms(rule).values())
    identity = next((i for i in ids if i in known), ids[-1] if ids else key)
    if nama and ids[0] not in known and not re.fullmatch(r"u\d+", ids[0]):
        identity = ids[0]  # an office's own unsur is what its name says, whatever number it stands at
    if not kode and (match := _CODE.match(normalise(key))) and re.match(r"[A-Za-z]", key.strip()):
        kode = f"U{int(match['number'])}"
    letter, word = split_grade(r.text("mutu"))
    frekuensi = r.get("frekuensi")
    lead = r.get("nilai")
    unsur = PrintedUnsur(
        id=identity,
        kode=kode,
        nama=pendek or nama or ("" if kode else key),
        nik=r.number("nik"),
        total=r.count("total"),
        n=r.count("n"),
        frekuensi=None if frekuensi is None else tuple(read_count(x, r.at("frekuensi")) for x in frekuensi),
        nrr_tertimbang=r.number("nrr_tertimbang"),
        bobot=r.number("bobot"),
        nomor=None if order is None else read_count(order, r.at("nomor")),
        peringkat=r.count("peringkat", 1),
        persen_tingkat=None
        if (shares := r.get("persen_tingkat")) is None
        else tuple(PrintedNumber.read(x, r.at("persen_tingkat")) for x in shares),
        mutu=letter.upper(),
        kinerja=r.text("kinerja") or word,
        nilai_lain=elsewhere(r, "nilai_lain", "nilai", PrintedNumber.read),
    )
    r.finish()
    return unsur, None if lead is None else PrintedNumber.read(lead, r.at("nilai"))


# Scales besides the two of the regulation.
OTHER_SCALES = ("total", "persen-puas", "kontribusi")


def _scaled(
    rows: Sequence[tuple[PrintedUnsur, PrintedNumber | None]], scale: str, name: str, rule: Regulasi
) -> tuple[PrintedUnsur, ...]:
    """Put each value where its scale says; binary numbers take the decimals of their neighbours."""
    values = [value for _, value in rows if value is not None]
    known = (*rule.skala, *OTHER_SCALES)
    if scale and scale not in known:
        raise DataError("publikasi-skala", nilai=scale, pilihan=known, berkas=name or None)
    chosen = scale or guess_scale(values, rule)
    places = max((v.desimal for v in values), default=0)
    if chosen in OTHER_SCALES[1:]:
        return tuple(unsur for unsur, _ in rows)
    out = []
    for unsur, value in rows:
        changed: dict[str, Any] = {}
        if value is not None:
            full = value.widened(places) if value.biner else value
            if chosen == "total":
                changed["total"] = read_count(value.nilai, f"unsur.{unsur.label}")
            else:
                changed["nilai" if chosen == rule.skala[0] else "nik"] = full
        out.append(_replace(unsur, changed))
    return tuple(out)


def guess_scale(values: Sequence[PrintedNumber], rule: Regulasi) -> str:
    """Return the scale on which most of the values lie.

    >>> guess_scale([PrintedNumber.read("3,47"), PrintedNumber.read("6,60")], _regulasi.load())
    '1-4'
    """
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    means = sum(low <= v.nilai <= high for v in values)
    converted = sum(low * factor <= v.nilai <= high * factor for v in values)
    totals = sum(v.nilai > high * factor and v.nilai == int(v.nilai) for v in values)
    own, index = rule.skala
    best = max((means, own), (converted, index), (totals, "total"), key=lambda pair: pair[0])
    return best[1] if best[0] else own


def _replace(unsur: PrintedUnsur, changed: Mapping[str, Any]) -> PrintedUnsur:

    return replace(unsur, **changed) if changed else unsur
