"""The command ``skm``: one file per command, and here what all commands share.

A command is a private module with two functions, registered in ``skm.cli.parser.COMMANDS``:
``add_parser(commands)`` describes its arguments, ``run(args)`` computes and returns a `Done`. Printing, JSON,
errors, warnings and exit codes are the same for all and live here and in ``output``.

Exit codes: 0 done, findings or not; 1 a condition named by ``--gagal-jika`` holds; 2 bad usage, bad input or a
defect of this package.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from skm.api.envelope.document import Done, defect, document, galat
from skm.basics import inputs, messages
from skm.basics.errors import MissingDependencyError, OptionError, SKMError, SKMWarning
from skm.basics.numbers import Lang
from skm.cli import parser
from skm.cli.output import as_text, write_bytes, write_text

__all__ = ["commands", "run"]

DONE, CONDITION, REFUSED = 0, 1, 2
_MANY = 50_000  # new objects before cycles are looked for: what is imported has none, and is that many


@dataclass(frozen=True, slots=True)
class _Printed:
    """What goes to standard output and standard error, and the exit code."""

    keluar: str
    galat: str
    kode: int


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is raised and nothing but the answer is printed.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name. Default: those of this process.

    Returns
    -------
    int
        0, 1 or 2; see the module's first lines.

    Examples
    --------
    >>> run(["sampel", "10", "--json", "--lang", "en"])  # doctest: +ELLIPSIS
    {"versi_skema": "1", "perintah": "sampel", "hasil": {"ukuran": {"n": 10, ...
    0
    """
    if argv is None:  # a process of its own, which multiplies no large matrices: no threads are started for that
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        gc.set_threshold(_MANY, *gc.get_threshold()[1:])
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in parser.options_of(words)
    with warnings.catch_warnings(), inputs.protected():
        # What touched a figure stands in the answer; a stray line on stderr would only spoil it.
        if as_json:
            warnings.simplefilter("ignore")
        else:
            warnings.simplefilter("ignore", SKMWarning)
        cetakan = _attempt(words, as_json)
    out = write_bytes(sys.stdout, cetakan.keluar) if as_json else write_text(sys.stdout, cetakan.keluar)
    write_text(sys.stderr, cetakan.galat)
    if argv is None:  # what lives now ends with the process; looking for cycles in it is a tenth of a short run
        gc.freeze()
    if not out:
        if not as_json:
            write_text(sys.stderr, messages.text("cli", "keluaran-gagal", parser.language_of(words)))
        return REFUSED
    return cetakan.kode


def commands() -> tuple[str, ...]:
    """Return the names of all commands, in the order of the help page.

    Examples
    --------
    >>> "hitung" in commands()
    True
    """
    return tuple(parser.COMMANDS)


def _attempt(words: list[str], as_json: bool) -> _Printed:
    lang = parser.language_of(words)
    names: dict[str, str] = {}
    try:
        return _carry_out(words, lang, as_json, names)
    except SKMError as problem:
        return _refused(problem, words, lang, as_json, names)
    except KeyboardInterrupt:
        return _refused(OptionError("dihentikan"), words, lang, as_json, names)
    except ModuleNotFoundError as problem:
        return _refused(_not_installed(problem), words, lang, as_json, names)
    except Exception as problem:
        # The one place where a defect becomes an answer.
        trace = traceback.format_exc() if os.environ.get("SKM_DEBUG") == "1" else ""
        return _refused(defect(problem), words, lang, as_json, names, trace)


def _not_installed(problem: ModuleNotFoundError) -> SKMError:
    """Return what a missing package of the base installation means to a person."""
    package = (problem.name or "").split(".")[0]
    if package in ("", "skm"):
        return defect(problem)
    code = "paket-dasar-32-bit" if sys.maxsize <= 2**32 else "paket-dasar-hilang"
    return MissingDependencyError(code, paket=package, python=sys.executable)


def _carry_out(words: list[str], lang: Lang, as_json: bool, names: dict[str, str]) -> _Printed:
    args = parser.parse(words, lang, names)
    if args.bantuan:
        selesai = Done(hasil=lambda: {"bantuan": args.bantuan}, teks=lambda: args.bantuan)
    elif args.versi:
        from skm._version import __version__

        selesai = Done(hasil=lambda: {"versi": __version__}, teks=lambda: f"skm {__version__}")
    else:
        selesai = args.jalankan(args)
    kode = CONDITION if selesai.gagal else DONE
    if as_json:
        return _Printed(document(args.perintah, lang, selesai=selesai), "", kode)
    return _Printed(selesai.teks().rstrip("\n"), "", kode)


def _refused(
    problem: SKMError, words: list[str], lang: Lang, as_json: bool, names: dict[str, str], trace: str = ""
) -> _Printed:
    command = parser.command_of(words)
    if as_json:
        described = galat(problem, lang, names) | ({"jejak": trace} if trace else {})
        return _Printed(document(command, lang, galat=described), "", REFUSED)
    lines = as_text(problem, lang, names)
    if problem.code in parser.USAGE:
        lines += "\n" + messages.text("cli", "lihat-bantuan", lang, perintah=f"skm {command}" if command else "skm")
    return _Printed("", f"{trace}{lines}", REFUSED)
