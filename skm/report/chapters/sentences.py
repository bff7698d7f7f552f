"""Sentences made from the numbers, correct in every case: ties, all equal, one unsur, no earlier period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang, format_decimal, format_exact
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import OPEN, fill_in
from skm.report.material.fields import catalogue
from skm.report.material.periods import in_words
from skm.report.material.sample_rule import SampleRule
from skm.report.material.scales import scales
from skm.report.material.trend import compared
from skm.scores.result import HasilIKM, NilaiUnsur


class Sentences:
    """The sentences of one report in one language."""

    def __init__(self, bahan: Bahan, lang: Lang) -> None:
        self.bahan = bahan
        self.lang = lang

    def say(self, code: str, **fields: Any) -> str:
        """Return a text of the report's catalogue."""
        return messages.text("laporan", code, self.lang, **fields)

    def has(self, code: str) -> bool:
        """Tell whether the report's catalogue has a text."""
        return messages.has("laporan", code)

    def fact(self, key: str) -> str:
        """Return a fact as text, or the mark of a place to fill in."""
        value = self.bahan.fakta.text(key, self.lang)
        if value is None:
            return fill_in(catalogue().label(key, self.lang))
        return in_words(value, self.lang) if key == "periode" else value

    def phrase(self, key: str) -> str:
        """Return a fact as part of a sentence: without the full stop of its own, or "di" before a place."""
        text = self.fact(key)
        if text.startswith(OPEN):
            return text
        return re.sub(r"^(?:di|at)\s+", "", text.rstrip(" .;,\n"), flags=re.IGNORECASE)

    def number(self, value: Any, places: int = 2) -> str:
        """Write a number the way the language does."""
        return format_decimal(value, places, self.lang)

    def respondents(self) -> str:
        """Return how many answered, or the mark of a place to fill in where nobody said."""
        n = self.bahan.hasil.n
        return fill_in(self.say("jumlah-responden")) if n is None else self.number(n, 0)

    @property
    def ikm(self) -> str:
        """The figure as printed."""
        return format_exact(self.bahan.hasil.ikm, self.lang)

    def grade(self) -> str:
        """Return letter and word of the figure."""
        hasil = self.bahan.hasil
        return self.say("mutu-kata", mutu=hasil.mutu, kinerja=hasil.regulasi.grade(hasil.ikm).word(self.lang))

    def figure(self) -> str:
        """Say the figure."""
        hasil = self.bahan.hasil
        places = 3 if hasil.provenance.pembulatan != "indeks-2" else 2
        return self.say(
            "kalimat-ikm",
            ikm=hasil.ikm,
            indeks=self.number(hasil.nilai_indeks, places),
            huruf=hasil.mutu,
            kinerja=hasil.regulasi.grade(hasil.ikm).word(self.lang),
            **scales(hasil.regulasi),
        )

    def survey(self) -> str:
        """Say who asked whom about what."""
        hasil = self.bahan.hasil
        return self.say(
            "kalimat-survei",
            unit=self.fact("unit"),
            periode=self.fact("periode"),
            x=len(hasil.unsur),
            n=self.respondents(),
            peraturan=hasil.regulasi.nama,
        )

    def adequacy(self) -> str:
        """Say whether the respondents are enough."""
        enough = self.bahan.kecukupan
        if enough is None:
            return self.say("kalimat-populasi-tidak-ada", populasi=self.fact("populasi"))
        rule = self.bahan.aturan_sampel or SampleRule(enough.options.method, enough.required, enough.n)
        fields = {"N": enough.population, "cara": rule.name(self.lang), "minimum": rule.minimum, "n": enough.n}
        if enough.n == enough.population:
            return self.say("kalimat-sensus", N=enough.population)
        if not rule.shortfall:
            return self.say("kalimat-cukup", **fields)
        return self.say("kalimat-kurang", kurang=rule.shortfall, **fields)

    def named(self, unsur: Sequence[NilaiUnsur]) -> str:
        """Return unsur with code and mean, joined in words; equal means are told."""
        parts = [f"{self.short(u)} {self.number(u.nrr)}" for u in unsur]
        text = self.joined(parts)
        groups: dict[Any, list[str]] = {}
        for u in unsur:
            groups.setdefault(u.nrr, []).append(u.kode)
        ties = [self.joined(codes) for codes in groups.values() if len(codes) > 1]
        return text + (" " + self.say("kalimat-sama", kode="; ".join(ties)) if ties else "")

    def short(self, unsur: NilaiUnsur) -> str:
        """Return name and code of an unsur; an office's own unsur may have nothing but its code."""
        name = unsur.nama.name(self.lang)
        return name if name == unsur.kode else f"{name} ({unsur.kode})"

    def joined(self, parts: Sequence[str]) -> str:
        """Join texts with commas and "and"."""
        if len(parts) < 2:
            return "".join(parts)
        last = self.say("dan")
        if any("," in part for part in parts):
            return "; ".join(parts[:-1]) + f"; {last} {parts[-1]}"
        comma = "," if len(parts) > 2 else ""
        return ", ".join(parts[:-1]) + f"{comma} {last} {parts[-1]}"

    def weakest(self) -> str:
        """Say which unsur are lowest."""
        low, _ = sides(self.bahan.hasil)
        return self.say("kalimat-terendah", daftar=self.named(low)) if low else ""

    def strongest(self) -> str:
        """Say which unsur are highest."""
        _, high = sides(self.bahan.hasil)
        return self.say("kalimat-tertinggi", daftar=self.named(high)) if high else ""

    def extremes(self) -> list[str]:
        """Say lowest and highest, or why there are none."""
        hasil = self.bahan.hasil
        values = list(hasil.unsur.values())
        if len(values) == 1:
            return [self.say("kalimat-satu-unsur", unsur=self.named(values))]
        if len({u.nrr for u in values}) == 1:
            return [self.say("kalimat-semua-sama", nilai=self.number(values[0].nrr))]
        return [self.weakest(), self.strongest()]

    def lowest_apart(self) -> str:
        """Say which unsur the sample cannot tell apart from the lowest; an empty text where that is not known."""
        ranked = self.bahan.priorities()
        known = ranked.perbandingan is not None and len({row.nrr for row in ranked.baris}) > 1
        return ranked.kalimat_setara(self.lang) if known else ""

    def trend(self) -> str:
        """Compare with the last earlier period."""
        earlier = self.bahan.sebelumnya
        found = compared(self.bahan) if earlier else None
        if found is None:
            return self.say("kalimat-tanpa-tren")
        period, before, now, rebased = found
        change = now - before
        code = "naik" if change > 0 else "turun" if change < 0 else "tetap"
        text = self.say(
            f"kalimat-{code}",
            periode=in_words(period, self.lang),
            dulu=before,
            kini=now,
            beda=self.number(abs(change)),
        )
        last = next((s for s in earlier if s.periode == period), earlier[-1])
        if not rebased and last.same_weight(self.bahan.hasil.bobot) is False:
            text += " " + self.say("kalimat-bobot-lain", dulu=last.bobot, kini=self.bahan.hasil.bobot.label(self.lang))
        return text

    def letter_depends(self) -> str:
        """Say so where another weight in circulation gives another letter; else an empty text."""
        hasil = self.bahan.hasil
        others = [p for p in hasil.pembanding if p.mutu != hasil.mutu]
        if not others:
            return ""
        shown = self.joined([f"{self.label(p.label)} ({format_exact(p.ikm, self.lang)}, {p.mutu})" for p in others])
        return self.say("kalimat-mutu-bergantung", daftar=shown)

    def announced(self) -> str:
        """Put the figure announced earlier beside this one; an empty text where none is known."""
        printed = self.bahan.fakta.get("terbit_ikm")
        if printed is None:
            return ""
        known = self.bahan.fakta.text("terbit_sumber", self.lang) is not None
        source = self.phrase("terbit_sumber") if known else self.say("sumber-tidak-disebut")
        change = self.bahan.hasil.ikm - printed
        if change == 0:
            return self.say("kalimat-terbit-sama", terbit=printed, sumber=source)
        return self.say(
            "kalimat-terbit-beda",
            terbit=printed,
            sumber=source,
            kini=self.bahan.hasil.ikm,
            beda=self.number(abs(change)),
        )

    def label(self, text: str) -> str:
        """Write the label of a weight the way the language does."""
        return text if self.lang == "en" else text.replace(".", ",")


def sides(hasil: HasilIKM) -> tuple[tuple[NilaiUnsur, ...], tuple[NilaiUnsur, ...]]:
    """Return the lowest and the highest unsur, three each with their ties; no unsur is in both.

    With fewer than six unsur each side has half of them at most; where all are equal there are none.
    """
    values = list(hasil.unsur.values())
    means = {u.nrr for u in values}
    if len(means) < 2:
        return (), ()
    k = max(1, min(3, len(values) // 2))
    low, high = hasil.lowest(k).unsur, hasil.highest(k).unsur
    both = {u.id for u in low} & {u.id for u in high}
    bottom = tuple(u for u in low if u.nrr == min(means))
    top = tuple(u for u in high if u.nrr == max(means))
    return (
        tuple(u for u in low if u.id not in both) or bottom,
        tuple(u for u in high if u.id not in both) or top,
    )
