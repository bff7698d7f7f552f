"""Sentences of a report -> what they claim: the figure, respondents, lowest and highest unsur, target, trend, dates.

Only numbers, names of unsur and days are taken out of a sentence; its words are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.months import MONTHS
from skm.basics.periods import parse_period
from skm.basics.words import normalise
from skm.publikasi._changes import change
from skm.publikasi._contents import contents_lines
from skm.publikasi._document import Prose
from skm.publikasi._figures import PrintedNumber
from skm.publikasi._meaning import is_period, number
from skm.publikasi._unsur import mentions
from skm.publikasi._unsur_told import UNSUR_TOLD, told_counts
from skm.regulasi import Regulasi

_NUM = r"\d{1,3}(?:[.,]\d{1,4})?"
_COUNT = r"\d{1,3}(?:\.\d{3})+|\d+"
_RESPONDENTS = re.compile(
    rf"(?:(?:jumlah|banyak\w*|total)\s+responden\D{{0,40}}?|\bresponden(?: sebanyak| sejumlah)?\s?[:=]?\s?)({_COUNT})\b"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_UNTIL = r"(?:sampai(?: dengan)?|hingga|s\.?/?d\.?|-|\u2013)"
_DAY = re.compile(
    rf"(?:hari\s+(?P<hari>[a-z']+)[,\s]+)?(?:tanggal\s+)?(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH})\s+(?P<y>(?:19|20)\d\d)",
    re.I,
)
_SPAN = re.compile(
    rf"(?:bulan\s+)?(?P<a>{_MONTH})(?:\s+(?P<ya>(?:19|20)\d\d))?\s*{_UNTIL}\s*"
    rf"(?:bulan\s+)?(?P<b>{_MONTH})\s+(?P<y>(?:19|20)\d\d)",
    re.I,
)
_YEARS = re.compile(
    r"(?:tahun\s+)?((?:19|20)\d\d)\s*"
    r"(?:sampai(?: dengan)?|hingga|s\.?/?d\.?|-|\u2013|ke)\s*(?:tahun\s+)?((?:19|20)\d\d)"
)
_EARLIER = re.compile(r"\b(lalu|sebelumnya|terdahulu|kemarin)\b")
_DOTS = re.compile(r"\s?(?:\.{3,200}|\u2026+|(?:\. ){3,100}\.?)\s?")
# A number after these words is a factor or an end of a scale, never a figure.
_FACTOR = re.compile(
    r"(?:\b(?:dikali(?:kan)?|kali|dibagi|pengali|faktor(?: konversi)?|skala|interval|rentang|per|bobot"
    r"|maksimal|maksimum)|[x\u00d7*/])\s*$",
    re.I,
)
_LONGEST = 700  # letters of a sentence that are read
_SHORT = 40  # letters of a line that can be a title with nothing but the period
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9(\"'])|\n+")
_INDEX = (
    r"(?:\bIKM\b|\bSKM\b|indeks kepuasan(?: masyarakat)?|nilai (?:survei )?kepuasan(?: masyarakat)?"
    r"|nilai indeks|nilai unit)"
)
_GRADE = re.compile(
    r"\b(sangat baik|kurang baik|tidak baik|baik|sangat memuaskan|memuaskan|sangat puas|puas|kurang puas|tidak puas)\b",
    re.I,
)


def sentences(prose: Sequence[Prose]) -> Iterator[tuple[str, str]]:
    """Return every sentence with its place; a list of contents holds none."""
    contents = contents_lines(prose)
    for i, part in enumerate(prose):
        if i in contents:
            continue
        for text in _SENTENCE.split(_DOTS.sub(" : ", part.teks)):
            # What is longer than any sentence is a list or noise; its beginning says what it is about.
            if text.strip():
                yield part.tempat, " ".join(text[:_LONGEST].split())


def _around(low: str, count: re.Match[str]) -> str:
    """Return what qualifies a count: what stands before it, and behind it up to where it is taken apart."""
    return low[: count.end()] + re.split(r"\b(?:terdiri|rincian|yaitu|yakni|meliputi)\b", low[count.end() :])[0]


def _newer(rest: str) -> str:
    """Return what follows a figure, from the newer grade on: "mutu naik dari B menjadi A" is of the newer one."""
    moved = re.search(r"\b(?:dari|semula)\b[^.;]{0,60}?\b(?:menjadi|ke)\b", rest, re.I)
    return rest if moved is None else f" mutu {rest[moved.end() :]}"


def read_prose(prose: Sequence[Prose], names: Mapping[str, str], rule: Regulasi) -> tuple[dict[str, Any], set[str]]:
    """Return the mapping of what the sentences say, and the places from which something was taken.

    Parameters
    ----------
    names : mapping
        Printed name or code of an unsur -> id, as the tables print them.
    """
    reader = _Reader(names, rule)
    for place, text in sentences(prose):
        reader.read(place, text)
    return reader.mapping(), reader.places


# The figure that a factor of the regulation makes of a mean: the IKM where no other is printed.
CONVERTED = "angka konversi"
_CONVERTED = re.compile(
    r"(?:(?:\b(?:x|kali|dikali(?:kan)?(?: dengan)?(?: nilai dasar)?|dengan nilai dasar)|[\u00d7*])\s{0,3}"
    r"(?P<kali>\d\d)\b|\b(?P<dasar>\d\d)\s{0,3}(?:x|\u00d7|\*|kali)\s{0,3}\d[.,]\d{1,4}"
    r"|\b(?:setelah|hasil|nilai|angka)\s{1,3}(?:di)?konversi(?:kan)?\b|\bkonversi\s{0,3}[:=]"
    r"|\b(?:skor|nilai|hasil|angka) akhir\b)"
    r"[^;\n]{0,70}?(?<![\d.,])(?P<nilai>\d{2,3}[.,]\d{1,4})(?![\d%]|\s*(?:%|persen)|[.,]\d)",
    re.I,
)
# The figure of a single year: that of the text only where nothing else is printed.
ALONE = "angka setahun"


class _Reader:
    def __init__(self, names: Mapping[str, str], rule: Regulasi) -> None:
        self.names, self.rule = names, rule
        self.values: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.trend: dict[str, Any] = {}
        self.series: dict[str, str] = {}
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.places: set[str] = set()
        self.topic = ""
        self.changes: list[dict[str, Any]] = []
        self.alone: dict[str, Any] = {}
        self.converted: dict[str, Any] = {}
        self.unsur_told: set[int] = set()

    def mapping(self) -> dict[str, Any]:
        out = dict(self.values)
        if self.converted and "ikm" not in out:
            out[CONVERTED] = self.converted
        if len(self.unsur_told) == 1:
            out[UNSUR_TOLD] = next(iter(self.unsur_told))
        if self.alone and len(self.series) == 1 and not {"ikm", "indeks"} & set(out):
            out[ALONE] = self.alone
        claims = dict(self.claims)
        if self.series:
            self.trend["nilai"] = [{"periode": year, "ikm": value} for year, value in sorted(self.series.items())]
        if self.trend.get("arah") or len(self.series) > 1:
            claims["tren"] = dict(self.trend)
        if self.changes:
            claims["selisih"] = list(self.changes)
        if claims:
            out["klaim"] = claims
        if self.events:
            out["tanggal"] = self.events
        return out

    def read(self, place: str, text: str) -> None:
        before = self._state()
        low = text.casefold()
        if len(text) <= _SHORT and "periode" not in self.values and is_period(text):
            self._period(text)
        self._people(text, low)
        self.unsur_told |= told_counts(low)
        target = self._target(text, low)
        known = len(self.series)
        told = self._trend(text, low)
        moved = change(text, self.rule)
        if moved is not None and ("ke" in moved.klaim or not mentions(text, self.names, self.rule)):
            self.changes.append(moved.klaim)
            whole = re.search(r"\b(ikm|skm|indeks|kepuasan)\b", low) and not mentions(text, self.names, self.rule)
            if whole and moved.mulai >= 0:
                self._figure(place, f"IKM {text[moved.mulai :]}", f"ikm {low[moved.mulai :]}")
        elif not target and not told:
            self._figure(place, text, low)
            self._conversion(text, low)
        elif told and len(self.series) == known + 1 and "ikm" not in self.values:
            self._of_a_year(place, text, low)
        self._order(text, low)
        self._priorities(text, low)
        self._days(place, text, low)
        if self._state() != before:
            self.places.add(place)

    def _state(self) -> tuple[Any, ...]:
        """Return what tells whether a sentence added anything."""
        told = (self.claims, self.trend, self.series, self.events, self.changes, self.converted, self.unsur_told)
        return (len(self.values), *map(str, told))

    def _period(self, text: str) -> None:
        """Take the period from a title such as "Semester II Tahun 2024"."""
        try:
            self.values["periode"] = parse_period(re.sub(r"^(?:periode|laporan)\s*:?\s*", "", text, flags=re.I)).label
        except OptionError:
            return  # a line that only looks like one

    def _people(self, text: str, low: str) -> None:
        for pattern in (
            rf"populasi\D{{0,60}}?({_COUNT})\b",
            rf"({_COUNT})\s+(?:orang |jiwa )?(?:pengguna layanan|penerima layanan|pengguna)\b",
        ):
            if (
                (match := re.search(pattern, low))
                and int(match[1].replace(".", "")) >= 10
                and not re.match(r"(19|20)\d\d$", match[1])
            ):
                self.values.setdefault("populasi", match[1])
                if re.search(r"perkira|estimasi|diprediksi|sekitar", low):
                    self.values.setdefault("populasi_perkiraan", "ya")
                break
        method = "krejcie-morgan" if re.search(r"krejcie|morgan", low) else "slovin" if "slovin" in low else ""
        if method:
            self.values.setdefault("sampel_metode", method)
        least = re.search(
            rf"(?:(?:sampel|responden)\s+minim\w+|minim\w+\s+(?:sampel|responden))[^.\d]{{0,90}}?(?:N\s*=\s*{_COUNT}\D{{0,30}})?({_COUNT})\b",
            text,
            re.I,
        )
        if least is None:
            least = re.search(rf"minim\w+\s+({_COUNT})\s+(?:orang\s+)?(?:sampel|responden)", text, re.I)
        if least is not None and (short := re.search(rf"\bkurang\s+(?:sebanyak\s+)?({_COUNT})\b", low)):
            self.values.setdefault("sampel_kurang", short[1])
        if least is not None and re.search(r"\b(kurang|lebih|selisih|tambahan)\b", low):
            return
        if least is not None:
            numbers = [m for m in re.findall(_COUNT, text[least.start() :]) if m != self.values.get("populasi")]
            if numbers:
                self.values.setdefault(
                    "sampel_minimum", numbers[-1] if "populasi" in low and len(numbers) > 1 else numbers[0]
                )
            return
        got = re.search(rf"({_COUNT})\s+(?:orang\s+)?(?:responden|respondents)\b", low) or _RESPONDENTS.search(low)
        counts = [int(m.replace(".", "")) for m in re.findall(rf"({_COUNT})\s+(?:orang\s+)?responden\b", low)]
        if len(set(counts)) > 1 and (2 * max(counts) != sum(counts) or max(counts) != counts[0]):
            return  # the respondents of several services or places, and not of the whole
        if (
            got is not None
            and not re.search(r"(tiap|setiap|per)\s+$", low[: got.start(1)])
            and not re.search(r"laki|perempuan|berpendidikan|berusia|bekerja", _around(low, got))
        ):
            count = got[1]
            if "n" in self.values and int(self.values["n"].replace(".", "")) != int(count.replace(".", "")):
                self.values.setdefault("n_lain", []).append({"tempat": "teks", "n": count})
            self.values.setdefault("n", count)

    def _target(self, text: str, low: str) -> bool:
        if "target" not in low and "capaian" not in low and "realisasi" not in low:
            return False
        for role, pattern in (
            ("target", rf"target(?! (?:tercapai|terpenuhi))\D{{0,60}}?({_NUM})(?!\d|\.\d)"),
            ("realisasi", rf"(?:realisasi|terealisasi|tercapai sebesar|dicapai)\D{{0,50}}?({_NUM})(?!\d|\.\d)"),
            ("capaian", rf"(?:capaian|persentase|tingkat capaian)\D{{0,60}}?({_NUM})\s*(?:%|persen)"),
            ("capaian", rf"({_NUM})\s*(?:%|persen)"),
        ):
            if role in self.claims:
                continue
            for match in re.finditer(pattern, text, re.I):
                value = PrintedNumber.read(match[1])
                percent = re.match(r"\s*(?:%|persen)", text[match.end(1) :])
                if re.fullmatch(r"(19|20)\d\d", match[1]) or (percent is not None) != (role == "capaian"):
                    continue
                if role == "capaian" or self._on_index(value):
                    self.claims[role] = match[1]
                    break
        if re.search(r"\b(tidak|belum)\s+(?:dapat\s+)?(?:tercapai|mencapai|memenuhi)", low):
            self.claims.setdefault("target_tercapai", "tidak")
        elif re.search(r"\b(tercapai|mencapai target|melampaui|memenuhi target|melebihi target)\b", low):
            self.claims.setdefault("target_tercapai", "ya")
        return "target" in low

    def _on_index(self, value: PrintedNumber) -> bool:
        low, high = self.rule.batas_ikm
        return low <= value.nilai <= high

    def _trend(self, text: str, low: str) -> bool:
        """Read a movement over years and figures of single years; tell whether the sentence names such figures."""
        years = _YEARS.search(low)
        up = re.search(r"\b(meningkat|naik|kenaikan|peningkatan|tren positif)\b", low)
        down = re.search(r"\b(menurun|turun|penurunan|tren negatif)\b", low)
        about = re.search(r"\b(ikm|skm|indeks|nilai|kepuasan|tren|realisasi)\b", low)
        if years and about and bool(up) != bool(down) and int(years[1]) < int(years[2]):
            steady = re.search(r"\b(terus|selalu|setiap tahun|konsisten|stabil|dari tahun ke tahun)\b", low)
            self.trend.setdefault("arah", ("terus " if steady else "") + ("naik" if up else "turun"))
            self.trend.setdefault("dari", years[1])
            self.trend.setdefault("sampai", years[2])
        pairs = re.findall(
            rf"(?:tahun\s+)?((?:19|20)\d\d)\s*(?:sebesar|adalah|yaitu|mencapai|:|=|\()\s*({_NUM})(?![\d%])", low
        )
        known = [
            (year, value)
            for year, value in pairs
            if about and "target" not in low and self._on_index(PrintedNumber.read(value))
        ]
        for year, value in known:
            self.series.setdefault(year, value)
        return bool(known)

    def _of_a_year(self, place: str, text: str, low: str) -> None:
        """Keep the figure of a single year for a text that prints no other: "IKM tahun 2024 sebesar 88,20"."""
        before = dict(self.values)
        self._figure(place, text, low)
        self.alone = {k: v for k, v in self.values.items() if k not in before}
        self.values = before

    def _figure(self, place: str, text: str, low: str) -> None:
        """Take an IKM out of a sentence that is about the whole and about now."""
        if _EARLIER.search(low):
            return
        if re.search(
            r"\b(per unsur|unsur (?:dengan|yang|ter)|setiap unsur|terendah|tertinggi|rentang|interval|antara|batas)\b",
            low,
        ):
            return
        spoken = re.search(
            rf"{_INDEX}(?P<mid>[^.;]{{0,140}}?)(?<![\d.,])(?P<nilai>{_NUM})(?![\d%]|\s*(?:%|persen|orang|responden|unsur|poin)|[.,/]\d)",
            text,
            re.I,
        )
        while spoken is not None:
            value = PrintedNumber.read(spoken["nilai"])
            whole = re.fullmatch(r"(19|20)\d\d|\d{1,2}", spoken["nilai"]) is not None
            before, behind = text[: spoken.start("nilai")], text[spoken.end("nilai") :]
            factor = _FACTOR.search(before) or re.match(rf"\s*(?:{_UNTIL})\s*\d", behind)
            counted = whole and not value.desimal and re.search(r"(unsur|tahun|semester)\s*$", before, re.I)
            if self._on_index(value) and not factor and not counted:
                break
            if not factor and self.rule.terendah <= value.nilai <= self.rule.tertinggi and value.desimal >= 2:
                break
            spoken = re.compile(
                rf"(?<![\d.,])(?P<nilai>{_NUM})(?![\d%]|\s*(?:%|persen|orang|responden|unsur|poin)|[.,/]\d)"
            ).search(text, spoken.end("nilai"))
        if spoken is None:
            return
        value = PrintedNumber.read(spoken["nilai"])
        role = "ikm" if self._on_index(value) else "indeks"
        if self.series.get(next(iter(re.findall(r"(?:19|20)\d\d", low)), ""), "") and role in self.values:
            return
        if role in self.values and self.values[role] != spoken["nilai"]:
            self.values.setdefault(f"{role}_lain", []).append({"tempat": place, role: spoken["nilai"]})
            return
        self.values.setdefault(role, spoken["nilai"])
        rest = _newer(text[spoken.end("nilai") :])
        word = _GRADE.search(rest)
        letter = re.search(r"(?:mutu|kategori|predikat|grade|nilai)\D{0,40}?[\"'(“]?\b([A-E])\b|\(([A-E])\)", rest)
        if letter is not None and "mutu" not in self.values:
            self.values["mutu"] = letter[1] or letter[2]
        if word is not None:
            if "kinerja" not in self.values:
                self.values["kinerja"] = word[1]
        elif re.match(r"\s*\(?([A-E])\b(?![a-z])", rest) and "mutu" not in self.values:
            self.values["mutu"] = re.match(r"\s*\(?([A-E])\b", rest)[1]  # type: ignore[index]

    def _conversion(self, text: str, low: str) -> None:
        """Take the figure that is said to be a mean times the factor, of the whole and of now."""
        if (
            self.converted
            or _EARLIER.search(low)
            or re.search(r"\b(contoh|misal\w*|rentang|interval|antara|batas)\b", low)
        ):
            return
        match = _CONVERTED.search(text)
        factor = None if match is None else match["kali"] or match["dasar"]
        if match is None or (factor is not None and int(factor) != self.rule.konversi):
            return
        if self._on_index(PrintedNumber.read(match["nilai"])) and not mentions(text, self.names, self.rule):
            self.converted = {"ikm": match["nilai"]}

    def _order(self, text: str, low: str) -> None:
        """Read which unsur are said to be lowest and highest, in the order and with the values that are named."""
        if _EARLIER.search(low) or self._of_other_years(low):
            return
        keys = list(re.finditer(r"\b(terendah|paling rendah|lowest|tertinggi|paling tinggi|terbaik|highest)\b", low))
        if not keys and not self.topic:
            return
        spots = mentions(text, self.names, self.rule)
        if not keys:
            if (
                self.topic
                and spots
                and re.match(
                    r"(selanjutnya|kemudian|berikutnya|disusul|diikuti|sedangkan|kedua|ketiga|urutan|serta)", low
                )
            ):
                self._claim(self.topic, text, spots)
            else:
                self.topic = ""
            return
        if re.search(r"\bprioritas\b|rencana tindak lanjut|diurutkan|dimulai dari", low):
            return
        leads = bool(spots) and spots[0][0] < keys[0].start() and len({k[1][-5:] for k in keys}) > 1
        for i, key in enumerate(keys):
            role = "terendah" if "rendah" in key[1] or key[1] == "lowest" else "tertinggi"
            until = keys[i + 1].start() if i + 1 < len(keys) and (keys[i + 1][1][-5:] != key[1][-5:]) else len(text)
            if i and keys[i - 1][1] == key[1]:
                continue
            one_kind = len({k[1][-5:] for k in keys}) == 1
            start = (
                0 if one_kind or (i == 0 and not any(key.start() <= s < until for s, _, _ in spots)) else key.start()
            )
            if leads:  # "Prosedur terendah, sedangkan Pengaduan tertinggi": each name goes before its word
                start, until = (keys[i - 1].end() if i else 0), key.start()
            mine = [s for s in spots if start <= s[0] < until and self._said(low, s, key)]
            self._claim(role, text if leads else text[:until], mine, [s for s in spots if s not in mine])
            self.topic = role if mine else self.topic

    def _of_other_years(self, low: str) -> bool:
        """Tell whether a sentence is about several years, or one that is not that of the report."""
        years = set(re.findall(r"\b(?:19|20)\d\d\b", low))
        own = re.search(r"(?:19|20)\d\d", str(self.values.get("periode", "")))
        return len(years) > 1 or bool(years and own and own[0] not in years)

    @staticmethod
    def _said(low: str, spot: tuple[int, int, str], key: re.Match[str]) -> bool:
        """Tell whether a sentence says of an unsur that it is lowest or highest, and not only names both.

        After the word it follows "adalah", "yaitu", a value or another unsur; before it there is a verb or a value.
        """
        start, end, _ = spot
        if start >= key.end():
            between = low[key.end() : start]
            return not re.search(r"\b(loket|petugas|bulan|hari|unit lain|opd)\b", between)
        between = low[end : key.start()]
        verb = (
            r"\b(memperoleh|mendapat\w*|memiliki|merupakan|menjadi|adalah|dengan|sebagai|mempunyai|meraih|is|was|has)\b"
        )
        return re.search(verb, between) is not None or re.search(r"\d[.,]\d", between) is not None

    def _claim(
        self, role: str, text: str, spots: Sequence[tuple[int, int, str]], others: Sequence[tuple[int, int, str]] = ()
    ) -> None:
        known = self.claims.setdefault(role, [])
        for at, (_, end, identity) in enumerate(spots):
            following = [s[0] for s in (*spots[at + 1 :], *others) if s[0] > end]
            until = min(following, default=len(text))
            match = re.search(rf"(?<![\d.,])({_NUM})(?![\d%])", text[end:until])
            value = None
            if match is not None and ("," in match[1] or "." in match[1]) and number(match[1]) is not None:
                value = match[1]
            if identity in {c["unsur"] for c in known}:
                continue
            entry: dict[str, Any] = {"unsur": identity, "peringkat": len(known) + 1}
            if value is not None:
                same = [c["peringkat"] for c in known if c.get("nilai") == value]
                entry |= {"nilai": value, "peringkat": same[0] if same else len(known) + 1}
            known.append(entry)
        if not known:
            del self.claims[role]

    def _priorities(self, text: str, low: str) -> None:
        if not re.search(r"\bprioritas\b", low):
            return
        if re.search(r"terendah|paling rendah|nilai rendah", low):
            self.claims.setdefault("prioritas_menurut", "terendah")
        spots = mentions(text, self.names, self.rule)
        if spots and not re.search(r"target|anggaran", low):
            self.claims.setdefault("prioritas", list(dict.fromkeys(identity for _, _, identity in spots)))

    def _days(self, place: str, text: str, low: str) -> None:
        event = ""
        if re.search(r"konsultasi publik|\bfkp\b", low):
            event = "konsultasi_publik"
        elif re.search(
            r"ditandatangani|ditetapkan|tanggal laporan|laporan (?:ini )?(?:disusun|dibuat)", low
        ) or re.fullmatch(rf"[A-Z][A-Za-z .]{{2,30}},\s*\d{{1,2}}\s+(?:{_MONTH})\s+(?:19|20)\d\d\.?", text, re.I):
            event = "laporan"
        if event:
            for match in _DAY.finditer(text):
                entry: dict[str, Any] = {
                    "tempat": place,
                    "tanggal": f"{match['y']}-{MONTHS[normalise(match['m'])]:02d}-{int(match['d']):02d}",
                }
                if match["hari"]:
                    entry["hari"] = match["hari"]
                self.events.setdefault(event, []).append(entry)
            return
        if re.search(r"\b(survei|skm|pelaksanaan|dilaksanakan|dilakukan|pengumpulan|periode)\b", low):
            for match in _SPAN.finditer(text):
                start = f"{match['ya'] or match['y']}-{MONTHS[normalise(match['a'])]:02d}"
                end = f"{match['y']}-{MONTHS[normalise(match['b'])]:02d}"
                self.events.setdefault("pelaksanaan", []).append({"tempat": place, "mulai": start, "selesai": end})
