"""What a person chose on the page, in the words of the command's options; read with, computed with, and shown back.

One mapping of choice -> argument serves the page, the interface's uploads, the command line and the Python lines that
the page prints, so that they cannot say different things. A choice never names a file of this computer: what was
answered before and which repairs are accepted lie in the folder of the work, under names of our own.
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
    "daftar_pertanyaan": "daftar_pertanyaan",
}
# Choice -> argument of `Survei.period`.
PERIOD: Mapping[str, str] = {"urutan": "urutan", "tanpa_tanggal": "tanpa_tanggal"}
# Choices that `skm.score` takes by the same name.
SCORING: tuple[str, ...] = ("regulasi", "bobot", "pembulatan", "kosong", "pertanyaan", "unsur_kosong")
OTHERS: tuple[str, ...] = ("periode", "per", "profil", "populasi", "terima")
EVERY: tuple[str, ...] = (*READING, *PERIOD, *SCORING, *OTHERS)
# "All rows" is an answer to the question which period is meant, and no option.
ALL_ROWS = "semua"
# Beside the files handed over: answers from an earlier time, and repairs that were accepted.
ANSWERS, REPAIRS = "keputusan.toml", "perbaikan.csv"


def checked(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices that say something; an empty field says nothing.

    Raises
    ------
    DataError
        There is no such choice, or one that would name a file.
    """
    for key, value in choices.items():
        if key not in EVERY:
            raise DataError("masukan-kunci-asing", jalur=f"opsi.{key}"[:60], kunci=str(key)[:60], pilihan=list(EVERY))
        if key in ("kuesioner", "regulasi", "label", "populasi_unit", "daftar_pertanyaan"):
            no_file(key, value)
    given = {key: value for key, value in choices.items() if value not in (None, "", [], {})}
    if given.get("periode") == ALL_ROWS:
        del given["periode"]
    return given


def no_file(key: str, value: Any) -> None:
    """Refuse what would make the service open a file of its own computer for somebody else.

    Raises
    ------
    DataError
        The value looks like the path of a file.
    """
    texts = [value] if isinstance(value, str) else list(value) if isinstance(value, list) and key != "label" else []
    for text in texts:
        if isinstance(text, str) and any(mark in text for mark in "./\\~"):
            raise DataError("masukan-jalur-berkas", jalur=f"opsi.{key}", nilai=key)


def read(paths: Sequence[str], choices: Mapping[str, Any], folder: Path | None = None) -> Any:
    """Read files with the choices made, the answers and repairs of their folder, and keep the period asked for."""
    made = checked(choices)
    survei = read_all(paths, made, folder)
    if "periode" in made:
        survei = survei.period(made["periode"], **{a: made[k] for k, a in PERIOD.items() if k in made})
    return survei


def read_all(paths: Sequence[str], made: Mapping[str, Any], folder: Path | None = None) -> Any:
    """Read files with checked choices; every period of them."""
    from skm.api import files

    return files.read(source(paths), **arguments(made, folder))


def source(paths: Sequence[str]) -> Path | list[Path]:
    """Return what is read: one file, or several."""
    return Path(paths[0]) if len(paths) == 1 else [Path(path) for path in paths]


def arguments(made: Mapping[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """Return the arguments of `skm.read`."""
    options = {argument: made[key] for key, argument in READING.items() if key in made}
    if "terima" in made:
        options["terima"] = made["terima"]
    blanks = options.get("nilai_kosong")
    if isinstance(blanks, str):
        options["nilai_kosong"] = split(blanks)
    for argument, name in (("keputusan", ANSWERS), ("perbaikan", REPAIRS)):
        if folder is not None and (folder / name).is_file():
            options[argument] = folder / name
    return options


def split(text: str) -> list[str]:
    """Return the parts of a typed list.

    >>> split("0; -;99")
    ['0', '-', '99']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def scoring(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of `skm.score`."""
    return {key: choices[key] for key in SCORING if choices.get(key)}


def displayed(choices: Mapping[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """Return the choices as they are shown: what is no word or number is in the file of answers."""
    shown = checked(choices)
    long = [key for key, value in shown.items() if isinstance(value, Mapping)]
    out = {key: value for key, value in shown.items() if key not in long}
    if long or (folder is not None and (folder / ANSWERS).is_file()):
        out["keputusan"] = ANSWERS
    if folder is not None and (folder / REPAIRS).is_file():
        out["perbaikan"] = REPAIRS
    return out


def command_line(command: str, names: Sequence[str], choices: Mapping[str, Any], more: Sequence[str] = ()) -> str:
    """Return the command that does the same in a terminal.

    >>> command_line("hitung", ["data juli.xlsx"], {"u8": "sarana", "kosong": "tolak"})
    "skm hitung 'data juli.xlsx' --u8 sarana --kosong tolak"
    """
    words = ["skm", command, *names]
    for key, value in choices.items():
        if key in ("populasi_unit", "daftar_pertanyaan"):  # no option of the command
            continue
        flag = f"--{key.replace('_', '-')}"
        if key == "profil":
            words.append(flag)
            continue
        several = split(value) if key == "nilai_kosong" and isinstance(value, str) else value
        for one in several if isinstance(several, list) else [several]:
            # A value that begins with a hyphen would be taken for an option.
            words += [f"{flag}={one}"] if str(one).startswith("-") else [flag, str(one)]
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
    given = repr(names[0]) if len(names) == 1 else repr(list(names))
    named = {**READING, "terima": "terima", "keputusan": "keputusan", "perbaikan": "perbaikan"}
    values = {**choices, **arguments({k: v for k, v in choices.items() if k == "nilai_kosong"})}
    options = [f"{argument}={values[key]!r}" for key, argument in named.items() if key in choices]
    lines = ["import skm", "", f"survei = skm.read({', '.join([given, *options])})"]
    if "periode" in choices:
        period = [repr(choices["periode"]), *(f"{a}={choices[k]!r}" for k, a in PERIOD.items() if k in choices)]
        lines.append(f"survei = survei.period({', '.join(period)})")
    lines.append(f"hasil = skm.score({', '.join(['survei', *(f'{k}={v!r}' for k, v in scoring(choices).items())])})")
    if "per" in choices:
        lines.append(f"per = skm.score_by(survei, {choices['per']!r})")
    if "populasi" in choices:
        lines.append(f"cukup = skm.adequacy(hasil.n, {choices['populasi']!r})")
    return "\n".join(lines)
