"""Which unsur a printed name or code means, and the reading of what was printed about each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
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


def known_unsur(text: str, regulasi: Regulasi | None = None) -> bool:
    """Tell whether a text names an unsur of the regulation, or is a bare code such as U3.

    >>> known_unsur("Penanganan pengaduan, saran dan masukan"), known_unsur("U9"), known_unsur("Jumlah responden")
    (True, True, False)
    """
    key = normalise(text)
    if not key or len(key) > 80:
        return False
    if re.fullmatch(r"(?:u|p|unsur) ?0*\d{1,2}", key):
        return True
    rule = regulasi or _regulasi.load()
    return unsur_id(text, rule) in set(_synonyms(rule).values())


_CODE = re.compile(r"(?:u|unsur|p|q|no)? ?0*(?P<number>\d{1,2})(?= |$)")
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


def read_unsur(values: Any, scale: str, rule: Regulasi, u8: str, name: str) -> tuple[PrintedUnsur, ...]:
    if values is None:
        return ()
    if isinstance(values, Mapping):
        pairs = [(str(key), value) for key, value in values.items()]
    else:
        pairs = [
            (str(r.get("kode") or r.get("nama") or ""), dict(r.items()))
            for r in PrintedMapping({"x": values}, "unsur", name).tables("x")
        ]
    rows = [
        _one(key, value if isinstance(value, Mapping) else {"nilai": value}, rule, u8, name) for key, value in pairs
    ]
    found: set[str] = set()
    for row in rows:
        if row[0].id in found:
            raise DataError("publikasi-unsur-ganda", kolom=f"unsur.{row[0].label}", berkas=name or None)
        found.add(row[0].id)
    return _scaled(rows, scale, name, rule)


def _one(
    key: str, value: Mapping[str, Any], rule: Regulasi, u8: str, name: str
) -> tuple[PrintedUnsur, PrintedNumber | None]:
    r = PrintedMapping(value, f"unsur.{key}", name)
    nama, kode = r.text("nama"), r.text("kode")
    pendek = r.text("pendek")
    sources = [text for text in (nama, key, kode) if text]
    ids = [unsur_id(text, rule, u8) for text in sources]
    known = set(_synonyms(rule).values())
    identity = next((i for i in ids if i in known), ids[-1] if ids else key)
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
