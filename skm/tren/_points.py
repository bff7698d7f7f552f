"""What is known of one period, whatever it was given as: a result, a stored result, a publication, a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError, OptionError, RegulationError
from skm.basics.files import read_bytes
from skm.basics.periods import Periode, parse_period
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.strict_text import parse_json
from skm.basics.values import ExactFraction
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi import Regulasi, _bobot, _kuesioner
from skm.regulasi._unsur import unsur_id
from skm.scores.combined import HasilGabungan
from skm.scores.index import UnsurMean, assemble
from skm.scores.options import ScoreOptions
from skm.scores.result import HasilIKM

_KEYS = ("ikm", "bobot", "mutu", "n", "regulasi", "unsur", "galat_baku")
USUAL = 9  # unsur, where a printed figure does not say how many it is of
_RULES = ("kosong", "pertanyaan", "unsur_kosong")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend.

    Attributes
    ----------
    periode : Periode
    ikm : Decimal
        The figure as it was given: computed, stored or printed.
    mutu : str
        Its letter under the regulation of its time.
    asal : {"hasil", "tercetak"}
        Whether means of the unsur stand behind it, or it is a printed number.
    bobot, pembulatan : str
        Rules it was computed under; empty where not known.
    x : int or None
        Unsur in use.
    rata : mapping or None
        Unsur -> exact mean, where known.
    regulasi : Regulasi or None
        Of the result, or the one in force at the end of the period (``regulasi_dianggap``).
    n : int or None
        Respondents.
    hitung_ulang : Decimal or None
        For a publication with means of the unsur: the index that follows from them.
    galat_baku : float or None
        Standard error of the figure on 25-100, where one was given.
    aturan : mapping
        Other rules of the result that can change a figure.
    setara : Decimal or None
        The figure under the weight of the trend; None where it cannot be had. ``perkiraan`` says that it was scaled
        from a printed number, so that its last digit may be off by one.
    """

    periode: Periode
    ikm: Decimal
    mutu: str
    asal: str
    bobot: str = ""
    pembulatan: str = ""
    x: int | None = None
    rata: Mapping[str, Fraction] | None = None
    regulasi: Regulasi | None = None
    regulasi_dianggap: bool = False
    n: int | None = None
    hitung_ulang: Decimal | None = None
    galat_baku: float | None = None
    aturan: Mapping[str, str] | None = None
    setara: Decimal | None = None
    perkiraan: bool = False

    def label_of(self, bobot: str) -> str:
        """Return how people write a weight for this many unsur (1/9, 0,111); an unknown name stands for itself."""
        try:
            return _bobot.resolve(bobot, [""] * (self.x or USUAL)).label()
        except OptionError:
            return bobot

    @property
    def kelonggaran(self) -> Decimal:
        """How far the figure may be from the one with two decimals that it stands for."""
        places = -_exponent(self.ikm)
        printed = Decimal(5).scaleb(-places - 1) if self.asal == "tercetak" and places < 2 else Decimal(0)
        return max(printed, Decimal("0.01")) if self.perkiraan else printed


def read_point(period: Any, value: Any) -> TrendPoint:
    """Return what is known of a period.

    Parameters
    ----------
    period : str, int, pair, Periode or None
        None takes the period that the value itself names.
    value : HasilIKM, HasilGabungan, Publikasi, mapping, path or number
        A mapping is a stored result (`HasilIKM.to_dict`, what ``skm hitung --json`` prints, or the ``hasil.json`` of a
        report), or
        ``{"ikm": "94,15", "bobot": "0,111", "mutu": "A", "n": 341, "regulasi": ..., "unsur": {...},
        "galat_baku": 0.4}`` with only what is known. A path ends in ``.json``.

    Raises
    ------
    OptionError, DataError, UnreadableFileError
        No period, or nothing that can be read as an index.
    """
    if isinstance(value, Path) or (isinstance(value, str) and value.lower().endswith(".json")):
        value = _stored(Path(value))
    if isinstance(value, HasilIKM):
        return _of_result(period, value)
    if isinstance(value, Publikasi):
        return _of_publication(period, value)
    if isinstance(value, HasilGabungan):
        when = _when(period, "")
        return TrendPoint(
            when, value.ikm, value.mutu, "tercetak", value.bobot, "nik-2", None, None, value.regulasi, n=value.n
        )
    if isinstance(value, Mapping):
        inner = _whole(value)
        if inner is not None:
            return _of_document(period, inner)
        return _of_mapping(period, value)
    return _of_mapping(period, {"ikm": value})


def _whole(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the result inside a stored document: of a command, of a report, or the document itself."""
    for key in ("hasil", "keseluruhan"):
        inner = value.get(key)
        value = inner if isinstance(inner, Mapping) else value
    return value if "provenance" in value else None


def _when(period: Any, own: str | Periode | None) -> Periode:
    if period is None and not own:
        raise OptionError("tren-tanpa-periode")
    return parse_period(own if period is None else period)


def _of_result(period: Any, hasil: HasilIKM) -> TrendPoint:
    p = hasil.provenance
    return TrendPoint(
        _when(period, p.periode),
        hasil.ikm,
        hasil.mutu,
        "hasil",
        p.bobot,
        p.pembulatan,
        len(hasil.unsur),
        {name: Fraction(u.nrr) for name, u in hasil.unsur.items()},
        hasil.regulasi,
        n=hasil.n,
        aturan={name: getattr(p, name) for name in _RULES},
    )


def _stored(path: Path) -> Any:
    return parse_json(read_bytes(path), path.name)


def _of_document(period: Any, stored: Mapping[str, Any]) -> TrendPoint:
    """Return the point of a stored result."""
    try:
        p = stored["provenance"]
        means = {u["id"]: Fraction(u["nrr_tepat"]) for u in stored["unsur"]}
        rules = {name: str(p[name]) for name in _RULES}
        bobot, pembulatan, name, own = (str(p.get(key) or "") for key in ("bobot", "pembulatan", "regulasi", "periode"))
        ikm, mutu, n = Decimal(str(stored["ikm"])), str(stored["mutu"]), stored["n"]
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise DataError("tren-dokumen", sebab=f"{type(problem).__name__} {problem}") from problem
    rule = _regulation(name)
    n = None if n is None else read_count(n, "n")
    return TrendPoint(
        _when(period, own), ikm, mutu, "hasil", bobot, pembulatan, len(means), means, rule, n=n, aturan=rules
    )


def _of_publication(period: Any, publikasi: Publikasi) -> TrendPoint:
    means = {u.id: u.nilai for u in publikasi.unsur if u.nilai is not None}
    whole = bool(means) and len(means) == publikasi.k
    return _printed(
        _when(period, publikasi.periode),
        ikm=None if publikasi.ikm is None else publikasi.ikm.nilai,
        means={name: m.tepat for name, m in means.items()} if whole else None,
        mutu=publikasi.mutu,
        n=publikasi.n,
        regulasi=publikasi.regulasi,
        x=publikasi.k or None,
    )


def _of_mapping(period: Any, given: Mapping[str, Any]) -> TrendPoint:
    if unknown := [key for key in given if key not in (*_KEYS, "periode")]:
        raise DataError("tren-kunci", kunci=unknown, pilihan=list(_KEYS))
    when = _when(period, str(given.get("periode") or ""))
    means = None
    if given.get("unsur"):
        rule = _regulation(given.get("regulasi")) or _regulasi.load()
        read = {
            unsur_id(str(k), rule, None): Fraction(PrintedNumber.read(v, str(k)).nilai)
            for k, v in given["unsur"].items()
        }
        means = read if len(read) == len(given["unsur"]) else None
    figure = None if given.get("ikm") is None else _figure(given["ikm"], when.label)
    error = given.get("galat_baku")
    point = _printed(
        when,
        ikm=figure,
        means=means,
        mutu=str(given.get("mutu") or ""),
        n=None if given.get("n") is None else read_count(given["n"], "n"),
        regulasi=given.get("regulasi"),
        x=len(means) if means else None,
        bobot=given.get("bobot"),
        galat_baku=None if error is None else float(read_decimal(error, f"galat baku {when.label}")),
    )
    if point.galat_baku is not None and point.galat_baku < 0:
        raise OptionError("tren-galat-baku", nilai=point.galat_baku, periode=when.label)
    return point


def _figure(value: Any, label: str) -> Decimal:
    """Read an index; text shows how many decimals were printed, a number does not and counts as exact."""
    if isinstance(value, PrintedNumber):
        return value.nilai
    number = read_decimal(value, f"IKM {label}")
    return number if isinstance(value, (str, Decimal)) or -_exponent(number) >= 2 else number.quantize(Decimal("0.01"))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _printed(
    when: Periode,
    *,
    ikm: Decimal | None,
    means: Mapping[str, Fraction] | None,
    mutu: str,
    n: int | None,
    regulasi: Any,
    x: int | None,
    bobot: Any = None,
    galat_baku: float | None = None,
) -> TrendPoint:
    rule = _regulation(regulasi)
    assumed = rule is None
    if rule is None:
        try:
            rule = _regulasi.on(when.hingga)
        except RegulationError:
            rule = None
    recomputed = from_means(means, rule).ikm if means and rule else None
    figure = recomputed if ikm is None else ikm
    if figure is None:
        raise DataError("tren-tanpa-angka", periode=when.label)
    usual = rule or _regulasi.load()
    low, high = (level * usual.konversi for level in (usual.terendah, usual.tertinggi))
    # Rounded weights can carry an index slightly past its scale (eleven times 0.091); a mean of 1-4 never gets there.
    if not low <= figure <= high + Decimal("0.2"):
        raise OptionError("tren-di-luar-skala", periode=when.label, nilai=figure, bawah=low, atas=high)
    return TrendPoint(
        when,
        figure,
        mutu or (rule.grade(figure).mutu if rule else ""),
        "tercetak",
        "" if bobot is None else str(bobot).strip(),
        "" if bobot is None else "nik-2",
        x,
        None,
        rule,
        assumed and rule is not None,
        n,
        recomputed if ikm is not None else None,
        galat_baku,
    )


def from_means(
    means: Mapping[str, Fraction], rule: Regulasi, bobot: Any = "tepat", pembulatan: Any = "nik-2"
) -> HasilIKM:
    """Return the figure that means of the unsur give under a weight."""
    # Not every regulation has a questionnaire of its own here; only its scale and grades matter for means.
    base = replace(_kuesioner.load(), regulasi=rule)
    template = {b.unsur: b for b in base.butir}
    own = base.with_butir([template.get(name, _kuesioner.Butir(name, name)) for name in means])
    bahan = [UnsurMean(name, ExactFraction(mean)) for name, mean in means.items()]
    return assemble(bahan, own, ScoreOptions(bobot, pembulatan), n=None)


def _regulation(name: Any) -> Regulasi | None:
    if not name:
        return None
    return _regulasi.load(name)
