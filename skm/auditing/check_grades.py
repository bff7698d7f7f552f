"""mutu-*: letters and words against the table of grades, and values against the scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from skm.auditing.context import Context, finding, near_scale, other_rules, other_scale, year_of
from skm.auditing.means import converted_range, gather
from skm.auditing.phrases import frasa, named_value
from skm.auditing.routes import routes, weights
from skm.basics.messages import Phrase
from skm.basics.values import ExactFraction, Finding, Tingkat
from skm.basics.words import normalise
from skm.publikasi import PartFigure, PrintedNumber, PrintedUnsur
from skm.regulasi import Regulasi

_CHANGED = 2017  # the year in which the table in force replaced the one before it

# Words in circulation besides those of the table, with the letters that they can stand for.
_WORDS = {
    "sangat memuaskan": "A",
    "sangat puas": "A",
    "excellent": "A",
    "very satisfied": "A",
    "memuaskan": "AB",
    "puas": "AB",
    "satisfied": "AB",
    "cukup": "BC",
    "cukup baik": "BC",
    "kurang": "CD",
    "kurang memuaskan": "C",
    "kurang puas": "C",
    "less good": "C",
    "not so good": "C",
    "poor": "CD",
    "less satisfactory": "C",
    "buruk": "D",
    "tidak memuaskan": "D",
    "tidak puas": "D",
    "bad": "D",
    "very poor": "D",
}


def examine(k: Context) -> list[Finding]:
    """Check the scale, the grade of the figure, and the grade of every unsur."""
    return [*_off_scale(k), *_figure(k), *_words_elsewhere(k), *_unsur(k), *_listed(k), *_conversion(k)]


def letters_between(rule: Regulasi, low: Fraction, high: Fraction) -> str:
    """Return every letter that a value somewhere in low..high (25-100) can have, best last.

    Practice compares the value rounded to two decimals or the value itself, and the index on 1-4 with its own
    bounds; all of these are let stand.
    """
    first = min(_raw(rule, low), _raw_index(rule, low))
    last = max(_position(rule, rule.grade(high).mutu), _raw_index(rule, high))
    return "".join(kategori.mutu for kategori in rule.kategori[first : last + 1])


def letters_of(rule: Regulasi, figure: PrintedNumber) -> str:
    """Return the letters that a printed IKM can have: one with two decimals or more, save in a gap of the table."""
    if figure.desimal < rule.desimal:
        return letters_between(rule, *figure.rentang)
    value = figure.tepat
    letters = {rule.grade(value).mutu}
    if figure.desimal > rule.desimal:
        letters.add(rule.kategori[_raw(rule, value)].mutu)
    return "".join(kategori.mutu for kategori in rule.kategori if kategori.mutu in letters)


def letters_of_word(word: str, rule: Regulasi) -> str:
    """Return the letters that a word stands for, empty where it is not known.

    >>> from skm import regulasi
    >>> letters_of_word("SANGAT BAIK", regulasi.load()), letters_of_word("very high", regulasi.load())
    ('A', '')
    """
    key = normalise(word)
    for kategori in rule.kategori:
        if key in {normalise(name) for name in kategori.kinerja.values()}:
            return kategori.mutu + ("C" if key == "poor" and kategori.mutu == "D" else "")
    return _WORDS.get(key, "")


def _raw(rule: Regulasi, nik: Fraction) -> int:
    """Return the position of the category by its lower bound, the value not rounded first."""
    return max((i for i, kategori in enumerate(rule.kategori) if nik >= Fraction(kategori.nik[0])), default=0)


def _raw_index(rule: Regulasi, nik: Fraction) -> int:
    index = nik / rule.konversi
    return max((i for i, kategori in enumerate(rule.kategori) if index >= Fraction(kategori.ni[0])), default=0)


def _position(rule: Regulasi, letter: str) -> int:
    return next(i for i, kategori in enumerate(rule.kategori) if kategori.mutu == letter)


def _off_scale(k: Context) -> list[Finding]:
    rule = k.rule
    low, high = rule.terendah, rule.tertinggi
    out = []
    if (top := other_scale(k)) is not None:
        facts = {"atas_lain": top, "bawah": low, "atas": high, "nama": rule.nama}
        return [finding("mutu-skala-lain", "peringatan", **facts)]
    for u in k.publikasi.unsur:
        for value, factor in ((u.nilai, 1), (u.nik, rule.konversi)):
            if value is None:
                continue
            a, b = value.rentang
            if b < low * factor or a > high * factor:
                facts = {"unsur": u.label, "cetak": value.nilai, "bawah": low * factor, "atas": high * factor}
                out.append(finding("mutu-unsur-di-luar-skala", "kesalahan", **facts))
    for value, factor, code in ((k.ikm, rule.konversi, "IKM"), (k.indeks, 1, "indeks")):
        if value is None:
            continue
        a, b = value.rentang
        if (b < low * factor or a > high * factor) and not _reachable(k, value, factor):
            facts = {"apa": code, "cetak": value.nilai, "bawah": low * factor, "atas": high * factor}
            out.append(finding("mutu-di-luar-skala", "kesalahan", **facts))
    return out


def _reachable(k: Context, figure: PrintedNumber, factor: int) -> bool:
    """Rounded weights can carry an honest index past the end of the scale."""
    if k.bahan is None:
        return False
    means = k.bahan.rata
    return any(r.index(means).scaled(factor).holds(*figure.rentang) for r in routes(weights(len(means))))


def _possible(k: Context) -> tuple[str, tuple[Fraction, Fraction] | None]:
    """Return the letters that the figure can have, and the interval where only the unsur bound it."""
    rule = k.rule
    if k.ikm is not None and near_scale(k.ikm, rule):
        return letters_of(rule, k.ikm), None
    if k.indeks is not None and rule.terendah <= k.indeks.nilai <= rule.tertinggi:
        low, high = (x * rule.konversi for x in k.indeks.rentang)
        return letters_between(rule, low, high), None
    if k.bahan is None or k.ikm is not None or k.indeks is not None or k.publikasi.ragu:
        return "", None
    every = [means.rata for size in k.banyak if (means := gather(k.publikasi, rule, size)) is not None]
    spans = [r.index(rata).scaled(rule.konversi) for rata in every for r in routes(weights(len(rata)))]
    low, high = min(s.bawah for s in spans), max(s.atas for s in spans)
    return letters_between(rule, low, high), (low, high)


def _figure(k: Context) -> list[Finding]:
    """Check letter and word of the figure; one finding at most, the most telling."""
    letter, word = k.publikasi.mutu, k.publikasi.kinerja
    meant = letters_of_word(word, k.rule) if word else ""
    if not letter and not meant:
        return []
    possible, span = _possible(k)
    figure = k.ikm or k.indeks
    shown = figure.nilai if figure else None
    if letter and meant and letter not in meant:
        return [
            finding(
                "mutu-huruf-kata",
                _gravity(word, k.rule),
                huruf=letter,
                kata=word,
                cetak=_text(shown),
                tabel=list(possible) or ["-"],
            )
        ]
    if not possible:
        return []
    bad = (letter and letter not in possible) or (not letter and not set(meant) & set(possible))
    if not bad:
        if len(possible) > 1 and span is None:
            return [finding("mutu-tidak-dapat-diputuskan", "catatan", cetak=shown, huruf=list(possible))]
        return []
    claimed = f"{letter} ({word})" if letter and word else letter or word
    if span is not None:
        facts = {
            "bawah": ExactFraction(span[0]),
            "atas": ExactFraction(span[1]),
            "mutu": claimed,
            "tabel": list(possible),
        }
        elsewhere = _agreeing(k, letter, word, span)
        code = "mutu-mustahil-tabel-lain" if elsewhere else "mutu-mustahil"
        return [finding(code, "kesalahan", **facts, lain=elsewhere)]
    facts = {"cetak": shown, "mutu": claimed, "tabel": list(possible), "nama": k.rule.nama}
    if not letter and _gravity(word, k.rule) == "peringatan":
        return [finding("mutu-tabel", "peringatan", **facts)]
    if k.ikm is not None and k.ikm.nilai in {kat.nik[0] for kat in k.rule.kategori}:
        below = k.rule.kategori[max(0, _position(k.rule, possible[-1]) - 1)].mutu
        if letter == below or below in meant:
            return [finding("mutu-di-batas", "peringatan", **facts)]
    if figure is not None and (other := _agreeing(k, letter, word, _span_of(k, figure))):
        level = "kesalahan" if k.disebut else "peringatan"
        return [finding("mutu-tabel-lain", level, **facts, lain=other)]  # type: ignore[arg-type]
    return [finding("mutu-tabel", "kesalahan", **facts)]


def _gravity(word: str, rule: Regulasi) -> Tingkat:
    """Words that are not of the regulation's table have no exact meaning: they can be odd, never wrong."""
    own = {normalise(name) for kategori in rule.kategori for name in kategori.kinerja.values()}
    return "kesalahan" if normalise(word) in own else "peringatan"


def _span_of(k: Context, figure: PrintedNumber) -> tuple[Fraction, Fraction]:
    factor = 1 if figure is k.ikm else k.rule.konversi
    low, high = figure.rentang
    return low * factor, high * factor


def _agreeing(k: Context, letter: str, word: str, span: tuple[Fraction, Fraction]) -> str:
    """Return the name of another table of grades under which letter and word would be right."""
    for rule in other_rules(k.rule).values():
        possible = letters_between(rule, *span)
        meant = letters_of_word(word, rule) if word else ""
        if (not letter or letter in possible) and (not meant or set(meant) & set(possible)):
            return rule.nama
    return ""


def _words_elsewhere(k: Context) -> list[Finding]:
    possible, _ = _possible(k)
    out = []
    for other in k.publikasi.kinerja_lain:
        meant = letters_of_word(str(other.nilai), k.rule)
        if possible and meant and not set(meant) & set(possible):
            facts = {"kata": str(other.nilai), "tempat": other.tempat or "-", "tabel": list(possible)}
            figure = k.ikm or k.indeks
            level = _gravity(str(other.nilai), k.rule)
            out.append(finding("mutu-kata-lain", level, **facts, cetak=_text(figure.nilai if figure else None)))
    return out


def _unsur(k: Context) -> list[Finding]:
    """Check the grade of every unsur; the letter may rest on more decimals than were printed."""
    wrong: list[Phrase] = []
    unclear: list[Phrase] = []
    spans: list[tuple[PrintedUnsur, tuple[Fraction, Fraction]]] = []
    for u in k.publikasi.unsur:
        span = _unsur_span(u, k.rule, k.langkah)
        meant = u.mutu or (letters_of_word(u.kinerja, k.rule) if u.kinerja else "")
        if span is None or not meant:
            continue
        possible = letters_between(k.rule, *span)
        value = u.nilai or u.nik
        if value is None:
            continue
        if set(meant) & set(possible):
            if len(possible) > 1:
                unclear.append(named_value(u.label, value.nilai))
            continue
        facts = {"nilai": named_value(u.label, value.nilai), "mutu": u.mutu or u.kinerja, "tabel": list(possible)}
        wrong.append(frasa("unsur-mutu", **facts))
        spans.append((u, span))
    out = []
    if wrong:
        lain = {_agreeing(k, u.mutu, u.kinerja, span) for u, span in spans}
        other = lain.pop() if len(lain) == 1 else ""
        if other:
            level = "kesalahan" if k.disebut else "peringatan"
            out.append(finding("mutu-unsur-tabel-lain", level, unsur=wrong, nama=k.rule.nama, lain=other))  # type: ignore[arg-type]
        else:
            out.append(finding("mutu-unsur", "kesalahan", unsur=wrong, nama=k.rule.nama))
    if unclear:
        out.append(finding("mutu-unsur-tidak-dapat-diputuskan", "catatan", unsur=unclear))
    return out


def _listed(k: Context) -> list[Finding]:
    """Check the grade beside every IKM of a list of units, services, periods or weights."""
    wrong: list[Phrase] = []
    grave = False
    for line in (*k.publikasi.daftar, *k.publikasi.bobot_lain):
        if _fits(line, k.rule):
            continue
        year = year_of(line.nama)
        if year is not None and year <= _CHANGED and any(_fits(line, rule) for rule in other_rules(k.rule).values()):
            continue  # a year in which another table was in force
        facts = {"nilai": named_value(line.nama, line.ikm.nilai), "mutu": line.mutu or line.kinerja}
        wrong.append(frasa("unsur-mutu", **facts, tabel=list(letters_of(k.rule, line.ikm))))
        grave = grave or bool(line.mutu) or _gravity(line.kinerja, k.rule) == "kesalahan"
    if not wrong:
        return []
    for rule in other_rules(k.rule).values():
        if all(_fits(line, rule) for line in k.publikasi.daftar):
            return [finding("mutu-daftar-tabel-lain", "peringatan", unsur=wrong, nama=k.rule.nama, lain=rule.nama)]
    return [finding("mutu-daftar", "kesalahan" if grave else "peringatan", unsur=wrong, nama=k.rule.nama)]


def _fits(line: PartFigure, rule: Regulasi) -> bool:
    """Tell whether the grade of a line can be that of its figure; one that says nothing fits."""
    meant = line.mutu or (letters_of_word(line.kinerja, rule) if line.kinerja else "")
    return not meant or not near_scale(line.ikm, rule) or bool(set(meant) & set(letters_of(rule, line.ikm)))


def _unsur_span(u: PrintedUnsur, rule: Regulasi, places: Sequence[int]) -> tuple[Fraction, Fraction] | None:
    if u.nilai is not None and rule.terendah <= u.nilai.nilai <= rule.tertinggi:
        low, high = u.nilai.rentang
        return low * rule.konversi, high * rule.konversi
    if u.nilai is None and u.nik is not None:
        return converted_range(u.nik, rule.konversi, places)
    return None


def _conversion(k: Context) -> list[Finding]:
    """Check means printed on both scales against each other."""
    bad = []
    for u in k.publikasi.unsur:
        if u.nilai is None or u.nik is None:
            continue
        low, high = (x * k.rule.konversi for x in u.nilai.rentang)
        a, b = u.nik.rentang
        if not (low <= b and a <= high):
            product = u.nilai.nilai * k.rule.konversi
            facts = {"unsur": u.label, "nilai": u.nilai.nilai, "faktor": k.rule.konversi, "hasil": product}
            bad.append(frasa("unsur-konversi", **facts, nik=u.nik.nilai))
    return [finding("mutu-konversi", "kesalahan", unsur=bad)] if bad else []


def _text(value: Decimal | None) -> str | Phrase:
    return "-" if value is None else frasa("angka", nilai=value)
