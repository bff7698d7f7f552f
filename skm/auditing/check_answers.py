"""jawaban-*, tingkat-*: printed unsur against the answers in the same document, and against the shares of levels."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm.auditing.context import Context, finding
from skm.auditing.means import value_range
from skm.auditing.phrases import frasa, named_value
from skm.basics.messages import Phrase
from skm.basics.values import ExactFraction, Finding
from skm.publikasi import PrintedNumber, PrintedUnsur


def examine(k: Context) -> list[Finding]:
    """Check totals and means against the answers, and means against percentages of the levels."""
    return [*_answers(k), *_shares(k)]


def _answers(k: Context) -> Iterator[Finding]:
    """Tell the unsur that the answers do not give; questionnaires left out of the count are the innocent reading."""
    given = {u.id: u for u in k.publikasi.jawaban}
    wrong: list[Phrase] = []
    for u in k.publikasi.unsur:
        answers = given.get(u.id)
        if answers is None or not answers.total or not answers.n:
            continue
        mean = Fraction(answers.total, answers.n)
        if u.total is not None:
            if u.total != answers.total:
                facts = {"unsur": u.label, "cetak": u.total, "hitung": answers.total, "n": answers.n}
                wrong.append(frasa("jawaban-total-satu", **facts))
        elif (span := _span(u, k)) is not None and not span[0] <= mean <= span[1]:
            facts = {"nilai": _shown(u), "hitung": ExactFraction(mean), "n": answers.n}
            wrong.append(frasa("jawaban-nilai-satu", **facts))
    if wrong:
        yield finding("jawaban-berlainan", "peringatan", rincian=wrong, banyak=len(wrong), dari=len(given))


def _span(u: PrintedUnsur, k: Context) -> tuple[Fraction, Fraction] | None:
    """Return where the mean lies, cut off or rounded."""
    span, value = value_range(u, k.rule, k.langkah), u.nilai or u.nik
    if span is None or value is None:
        return None
    unit = value.satuan if value is u.nilai else value.satuan / k.rule.konversi
    return span[0], span[1] + unit / 2


def _shares(k: Context) -> Iterator[Finding]:
    """Check the shares of the levels: each unsur comes to 100, and its mean follows from them."""
    beyond: list[Phrase] = []
    wrong: list[Phrase] = []
    for u in k.publikasi.unsur:
        shares = u.persen_tingkat
        if not shares:
            continue
        total = sum((s.tepat for s in shares), Fraction(0))
        slack = sum((s.satuan for s in shares), Fraction(0))
        if total > 100 + slack:
            beyond.append(frasa("tingkat-jumlah", unsur=u.label, jumlah=ExactFraction(total)))
        elif total > 0 and (span := _span(u, k)) is not None:
            mean = sum((s.tepat * level for level, s in enumerate(shares, k.rule.terendah)), Fraction(0)) / total
            room = _room(shares, k.rule.terendah, mean) / total
            if mean + room < span[0] or mean - room > span[1]:
                wrong.append(frasa("jawaban-nilai-persen", nilai=_shown(u), hitung=ExactFraction(mean)))
    if beyond:
        yield finding("tingkat-persen-lebih", "peringatan", rincian=beyond)
    if wrong:
        single = k.publikasi.pertanyaan_per_unsur in (None, 1)
        yield finding("tingkat-persen-nilai", "peringatan" if single else "catatan", rincian=wrong, banyak=len(wrong))


def _room(shares: tuple[PrintedNumber, ...], lowest: int, mean: Fraction) -> Fraction:
    """Return how far a unit of the last place of every share can carry the sum of level times share."""
    return sum((s.satuan * abs(level - mean) for level, s in enumerate(shares, lowest)), Fraction(0))


def _shown(u: PrintedUnsur) -> Phrase:
    value = u.nilai or u.nik
    return named_value(u.label, value.nilai) if value is not None else frasa("angka", nilai=0)
