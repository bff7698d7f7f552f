"""`Tren`: the periods in order, the changes, and everything a reader has to know before comparing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.basics.periods import Periode
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.scores.result import SCHEMA
from skm.tren._points import TrendPoint
from skm.tren._sentences import sentence, signed
from skm.tren._steps import Step

if TYPE_CHECKING:
    import pandas as pd

AREA = "tren"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tren:
    """The index of one unit over periods.

    Attributes
    ----------
    titik : tuple of TrendPoint
        Periods in order of time.
    langkah : tuple of Step
        Changes between neighbours in time; a gap has none.
    jeda : tuple of Periode
        Periods that are missing in between.
    bobot, pembulatan : str
        Rules that all figures were brought to; empty where no period tells its weight.
    catatan : tuple of Finding
        What a reader has to know.
    """

    titik: tuple[TrendPoint, ...]
    langkah: tuple[Step, ...]
    jeda: tuple[Periode, ...]
    bobot: str
    pembulatan: str
    level: float
    catatan: tuple[Finding, ...]

    @property
    def perubahan(self) -> Decimal | None:
        """Change from the first to the last figure that may be compared; None where there are fewer than two."""
        known = [t for t in self.titik if t.setara is not None]
        first, last = (known[0].setara, known[-1].setara) if len(known) > 1 else (None, None)
        return None if first is None or last is None else last - first

    def seri(self) -> Mapping[str, Decimal | None]:
        """Return period -> figure under the common weight, in order of time; None for a gap, as charts take it."""
        points = {t.periode: t.setara for t in self.titik}
        gaps: dict[Periode, Decimal | None] = dict.fromkeys(self.jeda)
        both = {**points, **gaps}
        return {p.label: both[p] for p in sorted(both, key=lambda p: (p.dari, p.hingga))}

    def kalimat(self, lang: str | None = None) -> str:
        """Return the trend as plain words: direction, first and last figure, gaps, uncertainty of the last change."""
        return sentence(self.titik, self.langkah, self.jeda, self.level, resolve_lang(lang))

    def table(self, lang: str | None = None) -> Table:
        """Return one row a period with its change; missing periods show as empty rows."""
        language = resolve_lang(lang)
        rebased = any(t.setara != t.ikm for t in self.titik)
        recomputed = any(t.hitung_ulang is not None for t in self.titik)
        uncertain = any(step.interval is not None for step in self.langkah)
        columns = [
            TableColumn("periode", _say("kolom-periode", language)),
            TableColumn("ikm", "IKM", "decimal", 2),
            *(
                [
                    TableColumn(
                        "setara",
                        _say("kolom-setara", language, bobot=self.titik[-1].label_of(self.bobot)),
                        "decimal",
                        2,
                    )
                ]
                if rebased
                else []
            ),
            *([TableColumn("hitung_ulang", _say("kolom-hitung-ulang", language), "decimal", 2)] if recomputed else []),
            TableColumn("mutu", _say("kolom-mutu", language)),
            TableColumn("n", _say("kolom-n", language), "count"),
            TableColumn("perubahan", _say("kolom-perubahan", language)),
            *(
                [TableColumn("selang", _say("kolom-selang", language, persen=_percent(self.level)))]
                if uncertain
                else []
            ),
        ]
        into = {step.ke: step for step in self.langkah}
        by_period: dict[Periode, TrendPoint | None] = {**{t.periode: t for t in self.titik}, **dict.fromkeys(self.jeda)}
        rows = []
        for when in sorted(by_period, key=lambda p: (p.dari, p.hingga)):
            point, step = by_period[when], into.get(when)
            cells: list[Any] = [when.label, None if point is None else point.ikm]
            cells += [None if point is None else point.setara] if rebased else []
            cells += [None if point is None else point.hitung_ulang] if recomputed else []
            cells += [None, None] if point is None else [point.mutu or None, point.n]
            cells.append(None if step is None or step.selisih is None else signed(step.selisih, language))
            if uncertain:
                bounds = None if step is None or step.interval is None else step.interval
                cells.append(
                    None if bounds is None else f"{signed(bounds.low, language)} .. {signed(bounds.high, language)}"
                )
            rows.append(tuple(cells))
        notes = (self.kalimat(language), *(note.text(language) for note in self.catatan))
        return Table(_say("judul", language), tuple(columns), tuple(rows), notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one numeric row a period: figures on 25-100, the change into it, and its interval."""
        import pandas as pd

        into = {step.ke: step for step in self.langkah}
        rows = [(t, into.get(t.periode)) for t in self.titik]

        def number(value: Any) -> float:
            return float("nan") if value is None else float(value)

        return pd.DataFrame(
            {
                "periode": [t.periode.label for t, _ in rows],
                "dari": pd.to_datetime([t.periode.dari for t, _ in rows]),
                "hingga": pd.to_datetime([t.periode.hingga for t, _ in rows]),
                "ikm": [float(t.ikm) for t, _ in rows],
                "setara": [number(t.setara) for t, _ in rows],
                "hitung_ulang": [number(t.hitung_ulang) for t, _ in rows],
                "mutu": [t.mutu for t, _ in rows],
                "bobot": [t.bobot for t, _ in rows],
                "n": pd.array([t.n for t, _ in rows], dtype="Int64"),
                "perubahan": [number(s.selisih if s else None) for _, s in rows],
                "rendah": [number(s.interval.low if s and s.interval else None) for _, s in rows],
                "tinggi": [number(s.interval.high if s and s.interval else None) for _, s in rows],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text."""
        return {
            "versi_skema": SCHEMA,
            "bobot": self.bobot,
            "pembulatan": self.pembulatan,
            "level": self.level,
            "periode": [
                {
                    "periode": t.periode.label,
                    "dari": t.periode.dari.isoformat(),
                    "hingga": t.periode.hingga.isoformat(),
                    "ikm": plain(t.ikm),
                    "setara": plain(t.setara),
                    "perkiraan": t.perkiraan,
                    "hitung_ulang": plain(t.hitung_ulang),
                    "mutu": t.mutu,
                    "asal": t.asal,
                    "bobot": t.bobot,
                    "regulasi": "" if t.regulasi is None else t.regulasi.id,
                    "regulasi_dianggap": t.regulasi_dianggap,
                    "n": t.n,
                }
                for t in self.titik
            ],
            "jeda": [p.label for p in self.jeda],
            "langkah": [step.to_dict() for step in self.langkah],
            "perubahan": plain(self.perubahan),
            "kalimat": self.kalimat(lang),
            "catatan": [note.to_dict(lang) for note in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def _say(code: str, lang: str, **fields: Any) -> str:
    return messages.text(AREA, code, lang, **fields)


def _percent(level: float) -> Decimal:
    return Decimal(f"{level * 100:.6g}")
