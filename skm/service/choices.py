"""What a person chose on the page, in the words of the command's options; read with, computed with, and shown back.

One mapping of choice -> argument serves the page, the interface's uploads, the command line and the Python lines that
the page prints, so that they cannot say different things.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError

# Choice -> argument of `skm.read`.
READING: Mapping[str, str] = {
    "lembar": "sheet",
    "tata_letak": "layout",
    "kuesioner": "kuesioner",
    "label": "label",
    "u8": "u8",
    "nilai_kosong": "nilai_kosong",
    "konversi": "skala",
    "unit_dari": "unit",
    "rusak": "rusak",
    "populasi_unit": "populasi",
    "perbaikan": "perbaikan",
}
# Choice -> argument of `Survei.period`.
PERIOD: Mapping[str, str] = {"urutan": "urutan", "tanpa_tanggal": "tanpa_tanggal"}
# Choices that `skm.score` takes by the same name.
SCORING: tuple[str, ...] = ("regulasi", "bobot", "pembulatan", "kosong", "pertanyaan", "unsur_kosong")
OTHERS: tuple[str, ...] = ("periode", "per", "profil", "populasi", "terima", "keputusan")
EVERY: tuple[str, ...] = (*READING, *PERIOD, *SCORING, *OTHERS)
_FLAGS = {"populasi_unit": "", "keputusan": ""}  # no option of the command


def checked(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices that say something; an empty field says nothing.

    Raises
    ------
    DataError
        There is no such choice.
    """
    for key in choices:
        if key not in EVERY:
            raise DataError("masukan-kunci-asing", jalur=f"opsi.{key}"[:60], kunci=str(key)[:60], pilihan=list(EVERY))
    return {key: value for key, value in choices.items() if value not in (None, "", [], {})}


def read(paths: Sequence[str], choices: Mapping[str, Any]) -> Any:
    """Read files with the choices made, and keep the period asked for."""
    from skm.api import files

    made = checked(choices)
    options = {argument: made[key] for key, argument in READING.items() if key in made}
    options |= {key: made[key] for key in ("terima", "keputusan") if key in made}
    blanks = options.get("nilai_kosong")
    if isinstance(blanks, str):
        options["nilai_kosong"] = [part.strip() for part in blanks.split(";") if part.strip()]
    survei = files.read([Path(p) for p in paths] if len(paths) > 1 else Path(paths[0]), **options)
    if "periode" in made:
        survei = survei.period(made["periode"], **{a: made[k] for k, a in PERIOD.items() if k in made})
    return survei


def scoring(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of `skm.score`."""
    return {key: choices[key] for key in SCORING if choices.get(key)}


def command_line(command: str, names: Sequence[str], choices: Mapping[str, Any], more: Sequence[str] = ()) -> str:
    """Return the command that does the same in a terminal.

    >>> command_line("hitung", ["data juli.xlsx"], {"u8": "sarana", "kosong": "tolak"})
    "skm hitung 'data juli.xlsx' --u8 sarana --kosong tolak"
    """
    words = ["skm", command, *names]
    for key, value in choices.items():
        flag = _FLAGS.get(key, f"--{key.replace('_', '-')}")
        if not flag:
            continue
        if key == "profil":
            words.append(flag)
        else:
            for one in value if isinstance(value, list) else [value]:
                words += [flag, str(one)]
    return shlex.join([*words, *more])


def python_lines(names: Sequence[str], choices: Mapping[str, Any]) -> str:
    """Return the Python lines that do the same.

    >>> print(python_lines(["a.xlsx"], {"u8": "sarana", "periode": "2026-S1", "bobot": "0.111"}))
    import skm
    <BLANKLINE>
    survei = skm.read('a.xlsx', u8='sarana')
    survei = survei.period('2026-S1')
    hasil = skm.score(survei, bobot='0.111')
    """
    source = repr(names[0]) if len(names) == 1 else repr(list(names))
    named = {**READING, "terima": "terima"}
    options = [f"{argument}={choices[key]!r}" for key, argument in named.items() if key in choices]
    lines = ["import skm", "", f"survei = skm.read({', '.join([source, *options])})"]
    if "periode" in choices:
        period = [repr(choices["periode"]), *(f"{a}={choices[k]!r}" for k, a in PERIOD.items() if k in choices)]
        lines.append(f"survei = survei.period({', '.join(period)})")
    lines.append(f"hasil = skm.score({', '.join(['survei', *(f'{k}={v!r}' for k, v in scoring(choices).items())])})")
    if "per" in choices:
        lines.append(f"per = skm.score_by(survei, {choices['per']!r})")
    return "\n".join(lines)
