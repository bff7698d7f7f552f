"""One indicator of a performance report: its target over the years, what was reached, its budget, its reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, OptionError, placed
from skm.basics.values import ExactFraction, Finding, plain
from skm.basics.words import normalise
from skm.kinerja._anggaran import Anggaran
from skm.kinerja._belanja import AREA
from skm.kinerja._budget_line import BudgetLine
from skm.kinerja._capaian import Angka, Arah, Capaian, capaian, exact, share_of
from skm.kinerja._quarters_read import number_in
from skm.kinerja._scales import Skala
from skm.scores.result import HasilIKM

KEYS = (
    "nama",
    "sasaran",
    "satuan",
    "arah",
    "target_renstra",
    "target",
    "realisasi",
    "awal",
    "program",
    "pagu",
    "realisasi_anggaran",
    "penyebab",
    "solusi",
    "nomor",
)


_UP = frozenset({
    "naik", "meningkat", "positif", "maximize", "maksimal", "maksimum", "up", "makin tinggi makin baik",
    "semakin tinggi semakin baik", "semakin besar semakin baik", "makin besar makin baik", "lebih tinggi lebih baik",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class YearFigure:
    """Target and realisation of one year; None where not known."""

    tahun: int
    target: Angka | None
    realisasi: Angka | None
    capaian: Capaian | None


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator of the year that is accounted for.

    Attributes
    ----------
    target_renstra : Decimal, ExactFraction or None
        What the strategic plan wants at its end; None where it is printed as "-".
    target : Decimal or ExactFraction
        This year's target, adjusted where it was; capaian is of this.
    awal : Decimal, ExactFraction or None
        Where the plan began (its baseline).
    tahunan : tuple of YearFigure
        All years that are known, this one last.
    anggaran : Anggaran or None
    rincian : tuple of BudgetLine
        The lines of the budget table whose money is this indicator's.
    """

    nama: str
    sasaran: str
    satuan: str
    target_renstra: Angka | None
    target: Angka
    awal: Angka | None
    capaian: Capaian
    tahunan: tuple[YearFigure, ...]
    program: tuple[str, ...]
    anggaran: Anggaran | None
    penyebab: tuple[str, ...]
    solusi: tuple[str, ...]
    sumber: str = ""
    catatan: tuple[Finding, ...] = ()
    rincian: tuple[BudgetLine, ...] = ()

    @property
    def realisasi(self) -> Angka:
        """What was reached this year."""
        return self.capaian.realisasi

    @property
    def kemajuan_renstra(self) -> ExactFraction | None:
        """Progress on the basis of the strategic plan's end: realisation of its target, percent, exact."""
        if self.target_renstra is None or self.target_renstra <= 0:
            return None
        return ExactFraction(share_of(self.target_renstra, self.realisasi, self.capaian.arah))

    @property
    def kemajuan_target(self) -> ExactFraction:
        """Progress on the basis of the adjusted target, percent, exact: the same as capaian before rounding."""
        return self.capaian.tepat

    @property
    def kemajuan_awal(self) -> ExactFraction | None:
        """Share of the way from the plan's beginning to its end, percent, exact; None without both."""
        goal = self.target if self.target_renstra is None else self.target_renstra
        if self.awal is None or goal == self.awal:
            return None
        return ExactFraction(
            (ExactFraction(self.realisasi) - ExactFraction(self.awal))
            / (ExactFraction(goal) - ExactFraction(self.awal))
            * 100
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text."""
        return {
            "nama": self.nama,
            "sasaran": self.sasaran,
            "satuan": self.satuan,
            "target_renstra": plain(self.target_renstra),
            "awal": plain(self.awal),
            "capaian": self.capaian.to_dict(lang),
            "kemajuan": {
                "renstra": plain(self.kemajuan_renstra),
                "target": plain(self.kemajuan_target),
                "awal": plain(self.kemajuan_awal),
            },
            "tahunan": [
                {
                    "tahun": y.tahun,
                    "target": plain(y.target),
                    "realisasi": plain(y.realisasi),
                    "capaian": None if y.capaian is None else plain(y.capaian.persen),
                }
                for y in self.tahunan
            ],
            "program": list(self.program),
            "anggaran": None if self.anggaran is None else self.anggaran.to_dict(lang),
            "penyebab": list(self.penyebab),
            "solusi": list(self.solusi),
            "sumber": self.sumber,
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }


def direction(value: Any) -> Arah:
    """Return which way is better, as offices write it.

    Raises
    ------
    OptionError
        Words that name no direction, or that less is better without saying by which of the two formulas.

    >>> direction("Semakin tinggi semakin baik"), direction("Turun (selisih)")
    ('naik', 'turun-selisih')
    """
    words = normalise(value or "naik")
    if words in _UP:
        return "naik"
    formula: tuple[tuple[str, Arah], ...] = (("selisih", "turun-selisih"), ("banding", "turun-banding"))
    found = [way for word, way in formula if word in words.split()]
    if len(found) != 1:
        raise OptionError("kinerja-arah", nilai=str(value)[:40])
    return found[0]


def is_percent(unit: str) -> bool:
    """Tell whether a unit of measure is percent."""
    return unit.strip() == "%" or normalise(unit) in ("persen", "percent")


def read_goals(row: Mapping[str, Any], number: int) -> tuple[Angka | None, Angka, list[Finding]]:
    """Return the plan's target, this year's, and what to say where one stands for the other.

    Raises
    ------
    DataError
        Neither is there.
    """
    name, unit = str(row.get("nama") or "").strip(), str(row.get("satuan") or "")
    plan = number_in(row.get("target_renstra"), unit, f"target Renstra, {name}")
    goal = number_in(row.get("target"), unit, f"target, {name}")
    if goal is not None:
        return plan, goal, []
    if plan is None:
        raise DataError("kinerja-kurang", baris=number, kunci=["target"])
    return plan, plan, [Finding("lkjip-target-renstra", "catatan", AREA, {"nama": name})]


def read_realised(value: Any, unit: str, name: str, number: int, folder: Path | None) -> tuple[Angka, str]:
    """Return what was reached, and where it comes from: a number, a result, or a file ``hasil.json``.

    Raises
    ------
    DataError
        Nothing was given, or the file holds no result.
    """
    if isinstance(value, HasilIKM):
        return value.ikm, value.provenance.sumber
    if isinstance(value, Mapping):
        return exact(_index_in(value, name), "realisasi"), ""
    if isinstance(value, (str, Path)) and str(value).strip().lower().endswith(".json"):
        path = Path(str(value).strip())
        path = path if path.is_absolute() or folder is None else folder / path
        from skm.basics.files import read_bytes
        from skm.basics.strict_text import parse_json

        content = parse_json(read_bytes(path), path.name, exact=False)
        return exact(_index_in(content, path.name), "realisasi"), path.name
    found = number_in(value, unit, f"realisasi, {name}")
    if found is None:
        raise DataError("kinerja-kurang", baris=number, kunci=["realisasi"])
    return found, ""


def years(
    rows: Sequence[Mapping[str, Any]], unit: str, name: str, arah: str, scale: Skala, this: tuple[int, Angka, Angka]
) -> tuple[YearFigure, ...]:
    """Return all years in order, this one from the indicator itself.

    Raises
    ------
    DataError
        A year twice, or this year with another figure than the indicator's.
    """
    found: dict[int, YearFigure] = {}
    for row in rows:
        year = _year(row.get("tahun"), row.get("nomor"))
        with placed(baris=row.get("nomor")):
            goal = number_in(row.get("target"), unit, f"target {year}, {name}")
            reached = number_in(row.get("realisasi"), unit, f"realisasi {year}, {name}")
        if year in found:
            raise DataError("lkjip-tahun-ganda", tahun=year, nama=name, baris=row.get("nomor"))
        if year == this[0]:
            for key, given, own in (("target", goal, this[1]), ("realisasi", reached, this[2])):
                if given is not None and given != own:
                    facts = {"apa": key, "tahunan": str(given), "indikator": str(own), "baris": row.get("nomor")}
                    raise DataError("lkjip-tahun-beda", tahun=year, nama=name, **facts)
            continue
        both = goal is not None and reached is not None and goal > 0
        found[year] = YearFigure(year, goal, reached, capaian(goal, reached, skala=scale, arah=arah) if both else None)
    found[this[0]] = YearFigure(*this, capaian(this[1], this[2], skala=scale, arah=arah))
    return tuple(found[year] for year in sorted(found))


def _year(value: Any, row: Any) -> int:
    match = re.fullmatch(r"(?:tahun )?(\d{4})(?:\.0)?(?: ?\([a-z ]{1,30}\))?", str(value).strip().lower())
    year = int(match[1]) if match else 0
    if not 1990 <= year <= 2100:
        raise DataError("lkjip-tahun", nilai=str(value)[:20], baris=row)
    return year


def _index_in(content: Any, name: str) -> Any:
    """Return the published index in a stored result, whichever of the documents it stands in."""
    for _ in range(4):
        if not isinstance(content, Mapping):
            break
        if content.get("ikm") is not None and not isinstance(content["ikm"], Mapping):
            return content["ikm"]
        content = next(
            (content[k] for k in ("keseluruhan", "hasil", "ikm") if isinstance(content.get(k), Mapping)), None
        )
    raise DataError("lkjip-bukan-hasil", berkas=name)
