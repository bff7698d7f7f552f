"""From a mapping (a dict, JSON, TOML) to a `Publikasi`; every problem names the key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from skm import kuesioner as _kuesioner
from skm import regulasi as _regulasi
from skm._values import read_count
from skm.errors import DataError
from skm.kuesioner import normalise
from skm.publikasi._nilai import (
    Bagian,
    BarisProfil,
    DiTempat,
    Indikator,
    Kegiatan,
    Klaim,
    KlaimUnsur,
    NilaiPeriode,
    Publikasi,
    Selisih,
    TabelProfil,
    Tercetak,
    Tren,
    UnsurTercetak,
    split_grade,
)


class Peta:
    """A mapping whose keys are ticked off as they are read; `finish` refuses the others."""

    def __init__(self, values: Any, path: str, name: str) -> None:
        if not isinstance(values, Mapping):
            raise DataError("publikasi-bukan-peta", kolom=path or "publikasi", berkas=name or None)
        self._values = {str(key): value for key, value in values.items()}
        self._path, self._name = path, name
        self._used: set[str] = set()

    def get(self, key: str) -> Any:
        self._used.add(key)
        value = self._values.get(key)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, key: str) -> str:
        value = self.get(key)
        return "" if value is None else str(value).strip()

    def number(self, key: str) -> Tercetak | None:
        value = self.get(key)
        return None if value is None else Tercetak.read(value, self.at(key))

    def count(self, key: str, minimum: int = 0) -> int | None:
        value = self.get(key)
        return None if value is None else read_count(value, self.at(key), minimum=minimum)

    def flag(self, key: str) -> bool | None:
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return value
        word = normalise(value)
        if word in _YES or word in _NO:
            return word in _YES
        raise DataError("publikasi-ya-tidak", kolom=self.at(key), berkas=self._name or None)

    def table(self, key: str) -> Peta:
        value = self.get(key)
        return Peta({} if value is None else value, self.at(key), self._name)

    def tables(self, key: str) -> list[Peta]:
        value = self.get(key)
        if value is None:
            return []
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Sequence):
            raise DataError("publikasi-bukan-daftar", kolom=self.at(key), berkas=self._name or None)
        return [Peta(item, f"{self.at(key)}[{i}]", self._name) for i, item in enumerate(value, start=1)]

    def names(self) -> list[str]:
        return list(self._values)

    def items(self) -> list[tuple[str, Any]]:
        self._used.update(self._values)
        return list(self._values.items())

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def finish(self) -> None:
        for key in self._values:
            if key not in self._used:
                near = [k for k in sorted(self._used) if _kuesioner.edit_distance(key, k, 2) <= 2]
                raise DataError(
                    "publikasi-kunci-asing",
                    kolom=self.at(key),
                    pilihan=near or sorted(self._used),
                    berkas=self._name or None,
                )


_YES = {"ya", "yes", "benar", "true", "1"}
_NO = {"tidak", "no", "salah", "false", "0"}


def from_mapping(values: Mapping[str, Any], name: str = "") -> Publikasi:
    """Return the publication that a mapping describes.

    Raises
    ------
    DataError
        An unknown key, or a value of the wrong kind.
    OptionError
        A number that cannot be read.
    RegulationError
        No regulation of the id given.
    """
    top = Peta(values, "", name)
    regulasi = top.text("regulasi")
    if regulasi:
        regulasi = _regulasi.load(regulasi).id
    figure, letter, word = _figure(top.get("ikm"), "ikm")
    printed, more = split_grade(top.text("mutu"))
    kinerja, kinerja_lain = _words(top.get("kinerja"))
    scale, u8 = top.text("skala"), top.text("u8")
    unsur = _unsur(top.get("unsur"), scale, regulasi, u8, name)
    names = _names(unsur)
    publikasi = Publikasi(
        id=top.text("id"),
        unit=top.text("unit"),
        wilayah=top.text("wilayah"),
        periode=top.text("periode"),
        regulasi=regulasi,
        unsur=unsur,
        jumlah_unsur=top.count("jumlah_unsur", 1),
        ikm=figure,
        ikm_lain=_elsewhere(top, "ikm_lain", "ikm", Tercetak.read),
        indeks=top.number("indeks"),
        mutu=(printed or letter).upper(),
        kinerja=kinerja or more or word,
        kinerja_lain=kinerja_lain,
        n=top.count("n", 1),
        n_lain=_elsewhere(top, "n_lain", "n", read_count),
        populasi=top.count("populasi", 1),
        populasi_satuan=top.text("populasi_satuan"),
        populasi_dasar=top.text("populasi_dasar"),
        populasi_perkiraan=bool(top.flag("populasi_perkiraan")),
        sampel_minimum=top.count("sampel_minimum"),
        sampel_metode=top.text("sampel_metode"),
        tanpa_kosong=top.flag("tanpa_kosong"),
        pertanyaan_per_unsur=top.count("pertanyaan_per_unsur", 1),
        profil=tuple(_profil(r) for r in top.tables("profil")),
        klaim=_klaim(top.table("klaim"), names, regulasi),
        kegiatan=_kegiatan(top.table("tanggal")),
        bagian=tuple(_bagian(r) for r in top.tables("bagian")),
    )
    for key in ("sumber", "dokumen", "penerbit", "catatan"):
        top.get(key)
    top.finish()
    return publikasi


def unsur_id(name: str, regulasi: str = "", u8: str = "") -> str:
    """Return the id that a printed name or code means; bare U8 and U9 stay open unless ``u8`` says.

    >>> unsur_id("Sarana dan Prasarana"), unsur_id("U3"), unsur_id("U8"), unsur_id("U8", u8="sarana")
    ('sarana', 'waktu', 'u8', 'sarana')
    """
    rule = _regulasi.load(regulasi or _regulasi.DEFAULT)
    key = normalise(name)
    code = _CODE.match(key)
    rest = key[code.end() :].strip() if code else key
    for candidate in (key, rest):
        if found := _synonyms(rule.id).get(candidate):
            return found
    if rest and rule.id == _regulasi.DEFAULT:
        hits = {unsur for unsur, pattern in _WORDS.items() if re.search(pattern, rest)}
        if len(hits) == 1:
            return hits.pop()
    if code and not rest:
        number = int(code["number"])
        orders = list(rule.urutan.values())
        order = next((o for o in orders if u8 and len(o) >= 8 and o[7] == u8), orders[0])
        sure = u8 or all(o[number - 1 : number] == order[number - 1 : number] for o in orders)
        return order[number - 1] if sure and 1 <= number <= len(order) else f"u{number}"
    return re.sub(r"[^a-z0-9]+", "_", key).strip("_") or key


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
def _synonyms(regulasi: str) -> dict[str, str]:
    rule = _regulasi.load(regulasi)
    table = dict(_kuesioner.names_of(rule))
    if rule.kuesioner in _kuesioner.ids():
        for butir in _kuesioner.load(rule.kuesioner).butir:
            table.update({normalise(word): butir.unsur for word in butir.sinonim})
    return table


def _figure(value: Any, key: str) -> tuple[Tercetak | None, str, str]:
    """Return number, letter and word of "94,17", "92.53% A (Sangat Baik)" or 94.17."""
    if value is None or not isinstance(value, str):
        return (None if value is None else Tercetak.read(value, key)), "", ""
    match = re.match(r"\s*([+-]?[\d.,]*\d)\s*%?\s*(.*)$", value, re.DOTALL)
    if match is None:
        return (Tercetak.read(value, key) if value.strip() else None), "", ""
    return Tercetak.read(match[1], key), *split_grade(match[2])


def _words(value: Any) -> tuple[str, tuple[DiTempat, ...]]:
    """Return the printed word, and where it was printed otherwise."""
    if value is None:
        return "", ()
    if isinstance(value, str):
        return split_grade(value)[1] or value, ()
    found = [Peta(item, f"kinerja[{i}]", "") for i, item in enumerate(value, start=1)]
    all_words = [DiTempat(r.text("tempat"), r.text("kinerja")) for r in found]
    return (str(all_words[0].nilai), tuple(all_words[1:])) if all_words else ("", ())


def _unsur(values: Any, scale: str, regulasi: str, u8: str, name: str) -> tuple[UnsurTercetak, ...]:
    if values is None:
        return ()
    if isinstance(values, Mapping):
        pairs = [(str(key), value) for key, value in values.items()]
    else:
        pairs = [
            (str(r.get("kode") or r.get("nama") or ""), dict(r.items()))
            for r in Peta({"x": values}, "unsur", name).tables("x")
        ]
    rows = [
        _one(key, value if isinstance(value, Mapping) else {"nilai": value}, regulasi, u8, name) for key, value in pairs
    ]
    found: set[str] = set()
    for row in rows:
        if row[0].id in found:
            raise DataError("publikasi-unsur-ganda", kolom=f"unsur.{row[0].label}", berkas=name or None)
        found.add(row[0].id)
    return _scaled(rows, scale, name)


def _one(
    key: str, value: Mapping[str, Any], regulasi: str, u8: str, name: str
) -> tuple[UnsurTercetak, Tercetak | None]:
    r = Peta(value, f"unsur.{key}", name)
    nama, kode = r.text("nama"), r.text("kode")
    pendek = r.text("pendek")
    sources = [text for text in (nama, key, kode) if text]
    ids = [unsur_id(text, regulasi, u8) for text in sources]
    known = set(_synonyms(_regulasi.load(regulasi or _regulasi.DEFAULT).id).values())
    identity = next((i for i in ids if i in known), ids[-1] if ids else key)
    if not kode and (match := _CODE.match(normalise(key))) and re.match(r"[A-Za-z]", key.strip()):
        kode = f"U{int(match['number'])}"
    letter, word = split_grade(r.text("mutu"))
    frekuensi = r.get("frekuensi")
    lead = r.get("nilai")
    unsur = UnsurTercetak(
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
        nilai_lain=_elsewhere(r, "nilai_lain", "nilai", Tercetak.read),
    )
    r.finish()
    return unsur, None if lead is None else Tercetak.read(lead, r.at("nilai"))


SCALES = ("1-4", "25-100", "total", "persen-puas", "kontribusi")


def _scaled(rows: Sequence[tuple[UnsurTercetak, Tercetak | None]], scale: str, name: str) -> tuple[UnsurTercetak, ...]:
    """Put each value where its scale says; binary numbers take the decimals of their neighbours."""
    values = [value for _, value in rows if value is not None]
    if scale and scale not in SCALES:
        raise DataError("publikasi-skala", nilai=scale, pilihan=SCALES, berkas=name or None)
    chosen = scale or guess_scale(values)
    places = max((v.desimal for v in values), default=0)
    if chosen in ("persen-puas", "kontribusi"):
        return tuple(unsur for unsur, _ in rows)
    out = []
    for unsur, value in rows:
        changed: dict[str, Any] = {}
        if value is not None:
            full = value.widened(places) if value.dianggap else value
            if chosen == "total":
                changed["total"] = read_count(value.nilai, f"unsur.{unsur.label}")
            else:
                changed["nilai" if chosen == "1-4" else "nik"] = full
        out.append(_replace(unsur, changed))
    return tuple(out)


def guess_scale(values: Sequence[Tercetak]) -> str:
    """Return the scale on which most of the values lie.

    >>> guess_scale([Tercetak.read("3,47"), Tercetak.read("6,60"), Tercetak.read("3,1")])
    '1-4'
    """
    means = sum(1 <= v.nilai <= 4 for v in values)
    converted = sum(25 <= v.nilai <= 100 for v in values)
    totals = sum(v.nilai > 100 and v.nilai == int(v.nilai) for v in values)
    best = max((means, "1-4"), (converted, "25-100"), (totals, "total"), key=lambda pair: pair[0])
    return best[1] if best[0] else "1-4"


def _replace(unsur: UnsurTercetak, changed: Mapping[str, Any]) -> UnsurTercetak:
    from dataclasses import replace

    return replace(unsur, **changed) if changed else unsur


def _elsewhere(r: Peta, key: str, inner: str, read: Any) -> tuple[DiTempat, ...]:
    found = []
    for item in r.tables(key):
        value = item.get(inner)
        if value is not None:
            found.append(DiTempat(item.text("tempat"), read(value, item.at(inner))))
        else:
            item.text("tempat")
        item.finish()
    return tuple(found)


def _profil(r: Peta) -> TabelProfil:
    rows = []
    for line in r.tables("baris"):
        rows.append(
            BarisProfil(
                line.text("tingkat"),
                line.count("jumlah"),
                line.number("persen"),
                _elsewhere(line, "persen_lain", "persen", Tercetak.read),
                _elsewhere(line, "jumlah_lain", "jumlah", read_count),
            )
        )
        line.finish()
    table = TabelProfil(
        r.text("karakteristik"),
        r.text("judul") or r.text("karakteristik"),
        tuple(rows),
        r.count("total"),
        r.number("total_persen"),
    )
    r.finish()
    return table


def _names(unsur: Sequence[UnsurTercetak]) -> dict[str, str]:
    """Return printed codes and names -> id, so that a sentence is read with the table's own numbering."""
    table = {}
    for u in unsur:
        for word in (u.id, u.kode, u.nama):
            if word:
                table[normalise(word)] = u.id
    return table


def _klaim(r: Peta, names: Mapping[str, str], regulasi: str) -> Klaim:
    def identity(text: str) -> str:
        return names.get(normalise(text)) or unsur_id(text, regulasi)

    def places(key: str) -> tuple[KlaimUnsur, ...]:
        value = r.get(key)
        out = []
        for i, item in enumerate(value or (), start=1):
            if isinstance(item, str):
                out.append(KlaimUnsur(identity(item)))
                continue
            inner = Peta(item, f"{r.at(key)}[{i}]", "")
            out.append(KlaimUnsur(identity(inner.text("unsur")), inner.count("peringkat"), inner.number("nilai")))
            inner.finish()
        return tuple(out)

    tren = r.table("tren")
    series = []
    for item in tren.tables("nilai"):
        figure = item.number("ikm")
        if figure is not None:
            series.append(NilaiPeriode(item.text("periode"), figure))
        item.text("periode")
        item.finish()
    klaim = Klaim(
        terendah=places("terendah"),
        tertinggi=places("tertinggi"),
        prioritas=tuple(identity(str(item)) for item in r.get("prioritas") or ()),
        prioritas_menurut=r.text("prioritas_menurut"),
        target=r.number("target"),
        realisasi=r.number("realisasi"),
        capaian=r.number("capaian"),
        predikat_capaian=r.text("predikat_capaian"),
        target_tercapai=r.flag("target_tercapai"),
        tren=Tren(tren.text("arah"), tren.text("dari"), tren.text("sampai"), tuple(series)),
        selisih=tuple(_selisih(item) for item in r.tables("selisih")),
        indikator=tuple(_indikator(item) for item in r.tables("indikator")),
    )
    tren.finish()
    r.finish()
    return klaim


def _selisih(r: Peta) -> Selisih:
    start, end = r.number("dari"), r.number("ke")
    if start is None or end is None:
        raise DataError("publikasi-selisih", kolom=r.at("dari"))
    selisih = Selisih(start, end, r.number("selisih"), r.text("arah"))
    r.finish()
    return selisih


def _indikator(r: Peta) -> Indikator:
    indikator = Indikator(
        r.text("nama"),
        r.number("target"),
        r.number("realisasi"),
        r.number("capaian"),
        r.count("pagu"),
        r.count("realisasi_anggaran"),
        r.number("serapan"),
        r.number("efisiensi"),
    )
    r.finish()
    return indikator


def _kegiatan(r: Peta) -> dict[str, tuple[Kegiatan, ...]]:
    out = {}
    for name in r.names():
        entries = []
        for item in r.tables(name):
            entries.append(
                Kegiatan(
                    tempat=item.text("tempat"),
                    tanggal=_day(item),
                    mulai=item.text("mulai"),
                    selesai=item.text("selesai"),
                    hari=item.text("hari"),
                    nama=item.text("nama"),
                    hari_kerja=item.count("hari_kerja"),
                )
            )
            item.finish()
        out[name] = tuple(entries)
    return out


def _day(r: Peta) -> date | None:
    value = r.get("tanggal")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise DataError("publikasi-tanggal", kolom=r.at("tanggal"), nilai=str(value)) from None


def _bagian(r: Peta) -> Bagian:
    figure = r.number("ikm")
    if figure is None:
        raise DataError("publikasi-bagian", kolom=r.at("ikm"))
    bagian = Bagian(r.text("nama"), figure, r.count("n"))
    r.finish()
    return bagian
