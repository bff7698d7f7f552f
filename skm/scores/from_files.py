"""Files of counts from several offices -> one figure: what a regency or a ministry does with what units send."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skm.basics import parquet
from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.counts.hitungan import SMALL, Hitungan, merge, roll_up
from skm.scores.combined import HasilGabungan, combine
from skm.scores.groups import HasilKelompok, score_groups
from skm.scores.options import ScoreOptions

_OPTIONS = ("bobot", "pembulatan", "kosong", "unsur_kosong")


@dataclass(frozen=True, slots=True)
class CombinedFiles:
    """The figure of each unit and of all together, and what was noticed."""

    gabungan: HasilGabungan
    unit: HasilKelompok
    catatan: tuple[Finding, ...]


def combine_files(
    paths: Sequence[str | Path], *, per: str, method: str, weights: Mapping[Any, Any] | str | None = None
) -> CombinedFiles:
    """Combine files of counts. See `skm.combine_files`."""
    if not paths:
        raise EmptyDataError("gabung-kosong")
    read = [(Path(path), Hitungan.load(path), parquet.read(Path(path))[1]) for path in paths]
    opsi = _options([note for _, _, note in read])
    parts = [_by_unit(counts, note, path, per) for path, counts, note in read]
    _refuse_copies(parts, per, [counts for _, counts, _ in read])
    units = score_groups(_sorted(merge(parts)), opsi, asal=Origin(sumber=", ".join(path.name for path, _, _ in read)))
    notes = list(units.catatan)
    small = int(((units.n > 0) & (units.n < SMALL)).sum())
    if small:
        notes.append(Finding("gabung-kecil", "catatan", "kelompok", {"banyak": small, "batas": SMALL}))
    other = [path.name for path, counts, note in read if note.get("revisi") != counts.kuesioner.regulasi.revisi]
    if other:
        notes.append(Finding("gabung-versi", "catatan", "kelompok", {"berkas": other}))
    return CombinedFiles(combine(units, method=method, weights=weights), units, tuple(notes))


def _by_unit(counts: Hitungan, note: Mapping[str, Any], path: Path, per: str) -> Hitungan:
    """Return the counts by unit; a file that is not divided by it is one unit, named by its note or its name."""
    if per in counts.kunci:
        return roll_up(counts, (per,))
    name = note.get("keterangan", {}).get(per) or path.stem
    return replace(counts.total(), kunci=(per,), label=((name,),))


def _refuse_copies(parts: Sequence[Hitungan], per: str, given: Sequence[Hitungan]) -> None:
    """Refuse the same unit from two files that each are that unit as a whole: surely one was sent twice."""
    whole = [part.label[0] for part, counts in zip(parts, given, strict=True) if per not in counts.kunci]
    twice = sorted({str(label[0]) for label in whole if whole.count(label) > 1})
    if twice:
        raise DataError("gabung-unit-kembar", unit=twice)


def _options(notes: Sequence[Mapping[str, Any]]) -> ScoreOptions:
    """Return the options all files were computed under.

    Raises
    ------
    DataError
        They differ.
    """
    chosen: dict[str, Any] = {}
    for name in _OPTIONS:
        values = {
            json.dumps(note.get("opsi", {}).get(name, getattr(ScoreOptions(), name)), sort_keys=True) for note in notes
        }
        if len(values) > 1:
            raise DataError("gabung-opsi", apa=name, nilai=sorted(values))
        chosen[name] = json.loads(values.pop())
    try:
        return ScoreOptions(**chosen)
    except OptionError as problem:
        raise DataError(problem.code, **problem.context) from None


def _sorted(counts: Hitungan) -> Hitungan:
    return counts.take(sorted(range(len(counts.label)), key=lambda i: _key(counts.label[i][0])))


def _key(label: Any) -> tuple[int, Any]:
    if label is None:
        return 2, 0
    return (0, label) if isinstance(label, (int, float)) else (1, str(label).casefold())
