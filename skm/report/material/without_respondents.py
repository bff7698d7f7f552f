"""The material of a report where nobody's answers are at hand: from counts by level, or from a figure alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan, roll_up
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.report.material.answers import AnswerSheet
from skm.report.material.bahan import AREA
from skm.scores import groups
from skm.scores.index import score
from skm.scores.options import ScoreOptions
from skm.scores.result import HasilIKM


def from_counts(counts: Hitungan, opsi: ScoreOptions, per: str | None) -> dict[str, Any]:
    """Return what a report can say from counts: the figure, its distribution, its groups; nothing on respondents."""
    total = counts.total()
    hasil = score(total, opsi, asal=Origin(sidik=total.fingerprint()), catatan=list(total.catatan))
    told = Finding("laporan-dari-hitungan", "catatan", AREA)
    key = per if per in counts.kunci else counts.kunci[0] if len(counts.kunci) == 1 else None
    divided = None if key is None else counts if counts.kunci == (key,) else roll_up(counts, (key,))
    return {
        **_bare(replace(hasil, catatan=(*hasil.catatan, told)), counts.kuesioner),
        "per": None if divided is None else groups.score_groups(divided, opsi),
    }


def from_result(hasil: HasilIKM) -> tuple[dict[str, Any], ScoreOptions]:
    """Return what a report can say from a figure and its means, and the options of rounding that made them."""
    told = Finding("laporan-dari-nilai", "catatan", AREA)
    parts = _bare(replace(hasil, catatan=(*hasil.catatan, told)), questionnaire_of(hasil))
    pembulatan: Any = hasil.provenance.pembulatan
    return parts, ScoreOptions(pembulatan=pembulatan)


def questionnaire_of(hasil: HasilIKM) -> Kuesioner:
    """Return the questions behind a figure: those of the regulation's form where it asks about these unsur."""
    base = _kuesioner.of(hasil.regulasi)
    return base.with_butir(
        [next((b for b in base.butir if b.unsur == unsur), Butir(unsur, unsur)) for unsur in hasil.unsur]
    )


def _bare(hasil: HasilIKM, asked: Kuesioner) -> dict[str, Any]:
    counted = asked.with_butir([b for b in asked.butir if b.unsur in hasil.unsur])
    return {
        "hasil": hasil,
        "profil": None,
        "per": None,
        "saran": (),
        "data": AnswerSheet(0, counted, (), counted.butir, ()),
    }
