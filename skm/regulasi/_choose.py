"""Which questionnaire and regulation a call means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm.basics.files import read_bytes
from skm.basics.strict_text import parse_toml
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._regulation import load as load_regulasi


def questionnaire(kuesioner: Any, regulasi: Any) -> tuple[Kuesioner, dict[str, Any] | None]:
    """Return the questionnaire to match with, and the caller's own map of columns if one was given."""
    rules = load_regulasi(regulasi) if regulasi is not None else None
    peta = dict(kuesioner) if isinstance(kuesioner, Mapping) else None
    if isinstance(kuesioner, (str, Path)) and str(kuesioner).endswith(".toml"):
        peta = _map_of(Path(kuesioner))
    if kuesioner is None or peta is not None:
        base = _kuesioner.of(rules) if rules is not None else _kuesioner.load()
    else:
        base = _kuesioner.load(kuesioner)
    if rules is not None and base.regulasi is not rules:
        base = replace(base, regulasi=rules)
    return base, peta


def _map_of(path: Path) -> dict[str, Any] | None:
    """Return the map of columns that a TOML file holds, or None where it is a questionnaire."""
    values = parse_toml(read_bytes(path), path.name, exact=False)
    return None if "butir" in values or "skala" in values else values
