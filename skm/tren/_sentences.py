"""The trend in words, true for one period, two or many, for ties, for gaps and for figures that do not compare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from skm.basics import messages
from skm.basics.numbers import format_decimal, format_exact
from skm.basics.periods import Periode
from skm.tren._points import TrendPoint
from skm.tren._steps import Step, direction


def sentence(
    points: Sequence[TrendPoint], steps: Sequence[Step], gaps: Sequence[Periode], level: float, lang: str
) -> str:
    """Return the sentences."""
    known = [t for t in points if t.setara is not None]
    apart = [t for t in points if t.setara is None]
    if not known:
        return say("tak-sebanding", lang, daftar="; ".join(_figure(t, t.ikm, lang) for t in apart))
    said = [_single(known[0], lang) if len(known) == 1 else _movement(known, lang)]
    if apart:
        said.append(say("tak-ikut", lang, daftar="; ".join(_figure(t, t.ikm, lang) for t in apart)))
    if gaps:
        said.append(say("tanpa-data", lang, daftar=", ".join(p.label for p in gaps)))
    last = steps[-1] if steps else None
    if last is not None and last.interval is not None and last.ke == points[-1].periode:
        said.append(_uncertain(last, len(known), level, lang))
    return " ".join(said)


def signed(value: Decimal | float, lang: str) -> str:
    """Write a change with its sign: +0,02, -1,50, 0,00."""
    if isinstance(value, float) and not math.isfinite(value):
        return "-"
    text = format_decimal(value, 2, lang)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def say(code: str, lang: str, **fields: Any) -> str:
    """Return a text of the trend's catalogue."""
    return messages.text("tren", code, lang, **fields)


def _single(point: TrendPoint, lang: str) -> str:
    return say("satu", lang, angka=_figure(point, point.setara or point.ikm, lang), mutu=point.mutu or "-")


def _movement(known: Sequence[TrendPoint], lang: str) -> str:
    values = [t.setara for t in known if t.setara is not None]
    change = values[-1] - values[0]
    moves = [direction(a, b) for a, b in pairwise(known)]
    up, down, flat = (moves.count(word) for word in ("naik", "turun", "tetap"))
    fields: dict[str, Any] = {
        "besar": abs(change),
        "a": format_exact(values[0], lang),
        "p": known[0].periode.label,
        "b": format_exact(values[-1], lang),
        "q": known[-1].periode.label,
        "banyak": len(known),
    }
    overall = direction(known[0], known[-1])
    if overall == "tetap" and not up and not down:
        same = "tetap" if len(set(values)) == 1 else "kira-kira-tetap"
        return say(f"{same}-dua" if len(known) == 2 else same, lang, **fields)
    back = "kembali" if not change else "kira-kira-kembali"
    code = back if overall == "tetap" else overall
    if len(known) == 2:
        return say(f"{code}-dua", lang, **fields)
    if overall == "naik" and not down:
        return say("naik-terus" if not flat else "naik-tanpa-turun", lang, **fields)
    if overall == "turun" and not up:
        return say("turun-terus" if not flat else "turun-tanpa-naik", lang, **fields)
    high, low = max(values), min(values)
    return say(
        f"{code}-tak-rata",
        lang,
        **fields,
        rincian=_counts(up, down, flat, lang),
        puncak=f"{format_exact(high, lang)} ({_where(known, high)})",
        dasar=f"{format_exact(low, lang)} ({_where(known, low)})",
    )


def _counts(up: int, down: int, flat: int, lang: str) -> str:
    pairs = (("naik", up), ("turun", down), ("tetap", flat))
    return ", ".join(say(f"kali-{word}", lang, kali=times) for word, times in pairs if times)


def _where(known: Sequence[TrendPoint], value: Decimal) -> str:
    return ", ".join(t.periode.label for t in known if t.setara == value)


def _figure(point: TrendPoint, value: Decimal, lang: str) -> str:
    shown = f"{point.periode.label} {format_exact(value, lang)}"
    return (
        shown if point.setara is not None else say("dengan-bobot", lang, angka=shown, bobot=point.label_of(point.bobot))
    )


def _uncertain(step: Step, known: int, level: float, lang: str) -> str:
    bounds = step.interval
    if bounds is None or math.isnan(bounds.low):
        return say("selang-tiada", lang)
    if bounds.method == "sensus":
        return say("selang-sensus", lang)
    fields = {
        "persen": Decimal(f"{level * 100:.6g}"),
        "rendah": signed(bounds.low, lang),
        "tinggi": signed(bounds.high, lang),
        "p": step.dari.label,
        "q": step.ke.label,
    }
    return say("selang-nyata" if step.nyata else "selang-tidak-nyata", lang, **fields)
