"""Several units or services in one figure. The regulation has no formula, so the method is always named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

import numpy as np

from skm.basics import messages
from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.numbers import format_exact, resolve_lang, round_half_up
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, plain
from skm.counts.hitungan import Hitungan, merge
from skm.counts.pola import Pola
from skm.regulasi import Regulasi
from skm.scores.gate import pass_mean
from skm.scores.groups import HasilKelompok
from skm.scores.index import score
from skm.scores.many import exact_index
from skm.scores.options import ScoreOptions
from skm.scores.result import SCHEMA, HasilIKM

Cara = Literal["pooled", "simple", "weighted"]
Satuan = tuple[ExactFraction, int | None]  # exact index and respondents of a unit


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """What is known of one unit, whatever stands behind it.

    Attributes
    ----------
    unit : object
    ikm_tepat : ExactFraction
        The figure before rounding; a printed index as it is printed.
    n : int or None
        Respondents.
    hitungan : Hitungan or None
        Counts of levels, which ``pooled`` needs.
    regulasi : Regulasi
    bobot : str
        Name of the weight; empty where only a printed index is known.
    """

    unit: Any
    ikm_tepat: ExactFraction
    n: int | None
    hitungan: Hitungan | None
    regulasi: Regulasi
    bobot: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HasilGabungan:
    """One figure from several units.

    Attributes
    ----------
    cara : {"pooled", "simple", "weighted"}
        All answers together; the plain mean of the units' indices; their mean weighted by ``berat``.
    ikm, ikm_tepat : Decimal, ExactFraction
        25-100, rounded and exact.
    unit : tuple
        (label, exact index, weight) of every unit that counts.
    tanpa_data : tuple
        Units without data: they are left out, never counted as zero.
    """

    cara: str
    ikm: Decimal
    ikm_tepat: ExactFraction
    mutu: str
    kinerja: str
    n: int | None
    unit: tuple[tuple[Any, ExactFraction, ExactFraction], ...]
    tanpa_data: tuple[Any, ...]
    regulasi: Regulasi
    bobot: str
    pooled: HasilIKM | None = None

    def headline(self, lang: str | None = None) -> str:
        """Return the first line, which names the method."""
        word = self.regulasi.grade(self.ikm).word(lang)
        return f"IKM {format_exact(self.ikm, lang)} ({self.mutu}, {word}); " + messages.text(
            "kelompok", f"cara-{self.cara}", lang
        )

    def table(self, lang: str | None = None) -> Table:
        """Return one row a unit with its weight."""
        language = resolve_lang(lang)

        def t(code: str, **fields: Any) -> str:
            return messages.text("kelompok", code, language, **fields)

        columns = (
            TableColumn("unit", t("kolom-unit")),
            TableColumn("ikm", "IKM", "decimal", 2),
            TableColumn("berat", t("kolom-berat"), "decimal", 4),
        )
        rows = tuple((str(label), ikm, berat) for label, ikm, berat in self.unit)
        notes = [t("tanpa-data", daftar=", ".join(map(str, self.tanpa_data)))] if self.tanpa_data else []
        return Table(self.headline(language), columns, rows, tuple(notes), language)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "versi_skema": SCHEMA,
            "cara": self.cara,
            "ikm": plain(self.ikm),
            "ikm_tepat": plain(self.ikm_tepat),
            "mutu": self.mutu,
            "kinerja": self.regulasi.grade(self.ikm).word(lang),
            "n": self.n,
            "bobot": self.bobot,
            "unit": [{"unit": plain(u), "ikm_tepat": plain(i), "berat": plain(b)} for u, i, b in self.unit],
            "tanpa_data": [plain(u) for u in self.tanpa_data],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def combine(
    per: HasilKelompok | Mapping[Any, HasilIKM], *, method: str, weights: Mapping[Any, Any] | str | None = None
) -> HasilGabungan:
    """Combine units (or services) into one figure. See `skm.combine`."""
    if method not in get_args(Cara):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Cara)))
    if not len(per):
        raise EmptyDataError("gabung-kosong")
    if hasattr(per, "unit_figures"):  # a recap: units of every kind of evidence
        return combine_figures(per.unit_figures(), method=method, weights=weights)
    labels, empty = _with_data(per)
    if not labels:
        raise EmptyDataError("tanpa-jawaban")
    first = per[labels[0]]
    if isinstance(per, HasilKelompok):
        units = _indices(per)
    else:
        _same_rules(per)
        units = {label: (h.ikm_tepat, h.n) for label, h in per.items()}
    if method == "pooled":
        return _pooled(per, units, empty)
    shares = _shares(units, method, weights)
    tepat = _sum([units[u][0] * shares[u] for u in labels])
    ikm = round_half_up(tepat, first.regulasi.desimal)
    pass_mean(ikm, tepat, [units[u][0] for u in labels], first.regulasi)
    kategori = first.regulasi.grade(ikm)
    total = [n for _, n in units.values() if n is not None]
    return HasilGabungan(
        cara=method,
        ikm=ikm,
        ikm_tepat=ExactFraction(tepat),
        mutu=kategori.mutu,
        kinerja=kategori.word("id"),
        n=sum(total) if len(total) == len(units) else None,
        unit=tuple((u, tepat, ExactFraction(shares[u])) for u, (tepat, _) in units.items()),
        tanpa_data=empty,
        regulasi=first.regulasi,
        bobot=first.provenance.bobot,
    )


def combine_figures(
    units: Sequence[UnitFigure], *, method: str, weights: Mapping[Any, Any] | str | None = None
) -> HasilGabungan:
    """Combine units that differ in what is known of them.

    Raises
    ------
    EmptyDataError
        No unit.
    OptionError
        No such method, or no weights where they are needed.
    DataError
        Units under different regulations or weights; or ``pooled`` where a unit has no counts: all such are named.
    """
    if method not in get_args(Cara):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Cara)))
    if not units:
        raise EmptyDataError("gabung-kosong")
    for name, values in (
        ("regulasi", {u.regulasi.id for u in units}),
        ("bobot", {u.bobot for u in units if u.bobot}),
    ):
        if len(values) > 1:
            raise DataError("gabung-aturan", apa=name, nilai=sorted(values))
    rule = units[0].regulasi
    given = {u.unit: (u.ikm_tepat, u.n) for u in units}
    if method == "pooled":
        without = [str(u.unit) for u in units if u.hitungan is None]
        if without:
            raise DataError("gabung-tanpa-cacah", unit=without)
        counts = merge([replace(u.hitungan, kunci=(), label=((),)) for u in units if u.hitungan is not None])
        weight = next((u.bobot for u in units if u.bobot), "tepat")
        whole = score(counts.total(), ScoreOptions(weight))
        n = whole.n or 0
        parts = tuple((u.unit, u.ikm_tepat, ExactFraction(u.n or 0, n)) for u in units)
        return HasilGabungan(
            "pooled", whole.ikm, whole.ikm_tepat, whole.mutu, whole.kinerja, whole.n, parts, (), rule, weight, whole
        )
    shares = _shares(given, method, weights)
    tepat = _sum([u.ikm_tepat * shares[u.unit] for u in units])
    ikm = round_half_up(tepat, rule.desimal)
    grade = rule.grade(ikm)
    known = [u.n for u in units if u.n is not None]
    return HasilGabungan(
        method,
        ikm,
        ExactFraction(tepat),
        grade.mutu,
        grade.word("id"),
        sum(known) if len(known) == len(units) else None,
        tuple((u.unit, u.ikm_tepat, ExactFraction(shares[u.unit])) for u in units),
        (),
        rule,
        next((u.bobot for u in units if u.bobot), ""),
    )


def _indices(per: HasilKelompok) -> dict[Any, Satuan]:
    """Return exact index and n of every group that has data, without making a full result of each."""
    has = np.isfinite(per.ikm).tolist()
    n = per.n.tolist()
    out = {}
    for position, label in enumerate(per):
        if has[position]:
            own = per.pola.get(per.hitungan.label[position])
            out[label] = (ExactFraction(exact_index(per.hitungan, per.opsi, position, own)), n[position])
    return out


def _sum(values: Sequence[Fraction]) -> Fraction:
    """Add pair by pair, so that the denominators grow late: thousands of units have a large common one."""
    parts = list(values)
    while len(parts) > 1:
        pairs = [a + b for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = pairs if len(parts) % 2 == 0 else [*pairs, parts[-1]]
    return parts[0] if parts else Fraction(0)


def _pooled(
    per: HasilKelompok | Mapping[Any, HasilIKM], units: Mapping[Any, Satuan], empty: tuple[Any, ...]
) -> HasilGabungan:
    if not isinstance(per, HasilKelompok):
        raise DataError("gabung-perlu-hitungan")
    pola = None
    if per.pola:
        parts = list(per.pola.values())
        pola = Pola(
            parts[0].kuesioner,
            np.concatenate([p.nilai for p in parts]),
            np.concatenate([p.kali for p in parts]),
            np.zeros(sum(len(p.kali) for p in parts), np.int64),
        )
    hasil = score(per.hitungan.total(), per.opsi, pola=pola, asal=per.asal)
    n = hasil.n or 0
    return HasilGabungan(
        cara="pooled",
        ikm=hasil.ikm,
        ikm_tepat=hasil.ikm_tepat,
        mutu=hasil.mutu,
        kinerja=hasil.kinerja,
        n=hasil.n,
        unit=tuple((u, tepat, ExactFraction(k or 0, n)) for u, (tepat, k) in units.items()),
        tanpa_data=empty,
        regulasi=hasil.regulasi,
        bobot=hasil.provenance.bobot,
        pooled=hasil,
    )


def _with_data(per: HasilKelompok | Mapping[Any, HasilIKM]) -> tuple[list[Any], tuple[Any, ...]]:
    if isinstance(per, HasilKelompok):
        pairs = list(zip(per, np.isfinite(per.ikm).tolist(), strict=True))
        return [label for label, has in pairs if has], tuple(label for label, has in pairs if not has)
    return list(per), ()


def _same_rules(units: Mapping[Any, HasilIKM]) -> None:
    for name in ("regulasi", "bobot", "pembulatan"):
        values = {getattr(h.provenance, name) for h in units.values()}
        if len(values) > 1:
            raise DataError("gabung-aturan", apa=name, nilai=sorted(values))


def _shares(units: Mapping[Any, Satuan], method: str, weights: Mapping[Any, Any] | str | None) -> dict[Any, Fraction]:
    if method == "simple":
        return dict.fromkeys(units, Fraction(1, len(units)))
    if weights is None or weights == "n":
        if weights is None:
            raise OptionError("gabung-berat")
        if unknown := [u for u, (_, n) in units.items() if n is None]:
            raise DataError("gabung-tanpa-n", unit=unknown)
        counts = {u: int(n or 0) for u, (_, n) in units.items()}
    elif isinstance(weights, Mapping):
        missing = [u for u in units if u not in weights]
        if missing:
            raise OptionError("gabung-berat-kurang", unit=missing)
        counts = {u: read_count(weights[u], f"berat {u}", minimum=0) for u in units}
    else:
        raise OptionError("gabung-berat")
    total = sum(counts.values())
    if total <= 0:
        raise OptionError("gabung-berat")
    return {u: Fraction(k, total) for u, k in counts.items()}
