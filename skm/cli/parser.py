"""The command line itself: argparse with every word in the chosen language.

argparse's own sentences are never shown: nothing is required or restricted in its eyes, so that all it can refuse
is a missing or a needless value, and those are worded here.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.numbers import LANGS, Lang, resolve_lang

# Name of a command -> the module that describes and runs it, in the order of the help page.
COMMANDS = {
    "hitung": "skm.cli.hitung",
    "periksa": "skm.cli.periksa",
    "petakan": "skm.cli.petakan",
    "gabung": "skm.cli.gabung",
    "rekap": "skm.cli.rekap",
    "sampel": "skm.cli.sampel",
    "audit": "skm.cli.audit",
    "laporan": "skm.cli.laporan",
    "tindak-lanjut": "skm.cli.tindak_lanjut",
    "kinerja": "skm.cli.kinerja",
    "mulai": "skm.cli.mulai",
    "demo": "skm.cli.demo",
    "skema": "skm.cli.skema",
    "layani": "skm.cli.layani",
    "bantuan": "skm.cli.bantuan",
}

# Errors about how the command was typed; the way to its help page is shown with them.
USAGE = frozenset(
    {
        "perintah-hilang",
        "perintah-tidak-dikenal",
        "argumen-hilang",
        "argumen-asing",
        "opsi-asing",
        "opsi-tanpa-nilai",
        "opsi-bernilai",
    }
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language and raises our own errors."""

    def __init__(self, *, lang: Lang, **settings: Any) -> None:
        formatter = {"id": _FormatterId, "en": _FormatterEn}[lang]
        super().__init__(add_help=False, allow_abbrev=False, exit_on_error=False, formatter_class=formatter, **settings)
        self.lang = lang
        self._sections: dict[str, argparse._ArgumentGroup] = {}
        self._flags: set[str] = set()
        self._needed: list[tuple[str, str]] = []
        self._places: list[str] = []

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return what an option was given; "--" behind an equals sign is a value, which argparse before 3.13 drops."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            return "--"
        return super()._get_values(action, arg_strings)

    def fill(self, dest: str, metavar: str, text: str, *, needed: bool = True, many: bool = False) -> None:
        """Add a value (or many) given by place; ``metavar`` and ``text`` are codes of the catalogue."""
        shown = self.word(metavar)
        section, nargs = self._section("judul-isian"), "*" if many else "?"
        section.add_argument(dest, nargs=nargs, metavar=shown, help=self._help(text))
        self._places.append(shown if needed else f"[{shown}]")
        if needed:
            self._needed.append((dest, shown))

    def option(self, flag: str, metavar: str, text: str, **settings: Any) -> None:
        """Add an option with a value."""
        self._section("judul-opsi").add_argument(flag, metavar=self.word(metavar), help=self._help(text), **settings)

    def switch(self, *flags: str, text: str, dest: str) -> None:
        """Add an option without a value."""
        section = self._section("judul-opsi")
        section.add_argument(*flags, action="store_true", default=argparse.SUPPRESS, dest=dest, help=self._help(text))
        self._flags.add("/".join(flags))

    def common(self) -> None:
        """Add what every command knows, and the line that says how the command is written."""
        self.option("--lang", "meta-lang", "umum.lang", default=argparse.SUPPRESS)
        self.switch("--json", text="umum.json", dest="json")
        self.switch("-h", "--help", text="umum.help", dest="minta_bantuan")
        shown = " ".join([self.prog, *self._places, f"[{self.word('meta-opsi')} ...]"])
        self.usage = shown.replace("%", "%%")

    def word(self, code: str) -> str:
        """Return a text of the command line in the parser's language."""
        return messages.text("cli", code, self.lang)

    def check(self, args: argparse.Namespace) -> None:
        """Refuse where a needed value is missing.

        Raises
        ------
        OptionError
            Naming the first that is missing.
        """
        for dest, shown in self._needed:
            if getattr(args, dest) in (None, []):
                raise OptionError("argumen-hilang", isian=shown)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; what argparse refuses becomes our own error."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as problem:
            name = problem.argument_name or ""
            code = "opsi-bernilai" if name in self._flags else "opsi-tanpa-nilai"
            raise OptionError(code, opsi=name) from None

    def error(self, message: str) -> NoReturn:
        """Refuse; argparse has no reason left to come here, and if it has, that is a defect."""
        raise RuntimeError(message)

    def _section(self, title: str) -> argparse._ArgumentGroup:
        if title not in self._sections:
            self._sections[title] = self.add_argument_group(self.word(title))
        return self._sections[title]

    def _help(self, code: str) -> str:
        return self.word(code).replace("%", "%%")


class Commands:
    """Where a command registers its parser."""

    def __init__(self, top: Parser) -> None:
        self._top = top
        shown = top.word("meta-perintah")
        # Without prog, argparse would put the words "usage:" and the options before the name of each command.
        self._sub = top.add_subparsers(title=top.word("judul-perintah"), metavar=shown, dest="perintah", prog=top.prog)
        top._places.append(shown)
        self.parsers: dict[str, Parser] = {}

    def add(self, name: str, run: Any, names: dict[str, str] | None = None) -> Parser:
        """Return the parser of a new command.

        Parameters
        ----------
        name : str
            The command; ``<name>.ringkas`` and ``<name>.uraian`` in the catalogue describe it.
        run : callable
            Namespace -> `Done`.
        names : dict, optional
            What errors of the API call an argument -> what it is called on the command line.
        """
        short, long = self._top.word(f"{name}.ringkas"), self._top.word(f"{name}.uraian")
        parser: Parser = self._sub.add_parser(
            name, lang=self._top.lang, help=short.replace("%", "%%"), description=long.replace("%", "%%")
        )
        parser.set_defaults(jalankan=run, sebutan=names or {})
        self.parsers[name] = parser
        return parser


def parse(words: Sequence[str], lang: Lang, names: dict[str, str]) -> argparse.Namespace:
    """Return the arguments of one command.

    ``names`` is filled with what the command calls the arguments that errors may name.

    Raises
    ------
    OptionError
        The command line cannot be understood.
    """
    command = command_of(words)
    typed = options_of(words)
    asked = typed & {"-h", "--help"}
    if command is None:
        _refuse_command(words, alone=not asked and "--version" not in typed)
    top, parsers = _build(lang, command)
    args: argparse.Namespace
    args, strange = top.parse_known_args(list(words))
    args.lang = _checked_language(getattr(args, "lang", None), lang)
    args.perintah = command
    chosen = parsers.get(command or "", top)
    args.bantuan = chosen.format_help() if asked else ""
    args.versi = getattr(args, "minta_versi", False)
    if strange and not asked:
        options = [word for word in strange if word.startswith("-")]
        if not options:
            raise OptionError("argumen-asing", argumen=strange)
        near = difflib.get_close_matches(options[0].split("=")[0], _flags_of(chosen), n=1, cutoff=0.7)
        raise OptionError("opsi-asing", argumen=options, mirip=near or ["-"])
    if not asked and not args.versi:
        names.update(args.sebutan)
        chosen.check(args)
    return args


def command_of(words: Sequence[str]) -> str | None:
    """Return the command in a list of arguments, or None where there is none that is known."""
    word = _first_word(words)
    return word if word in COMMANDS else None


def options_of(words: Sequence[str]) -> set[str]:
    """Return the options in a list of arguments, without their values."""
    end = list(words).index("--") if "--" in words else len(words)
    return {word.split("=", 1)[0] for word in words[:end] if word.startswith("-")}


def language_of(words: Sequence[str]) -> Lang:
    """Return the language asked for anywhere on the command line, else that of SKM_LANG, else Indonesian."""
    chosen = None
    for position, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and position + 1 < len(words):
            chosen = words[position + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    known = chosen is not None and chosen.strip().lower() in LANGS
    return resolve_lang(chosen if known else None)


def _checked_language(given: str | None, lang: Lang) -> Lang:
    if given is not None and given.strip().lower() not in LANGS:
        raise OptionError("opsi-tidak-dikenal", opsi="--lang", nilai=given, pilihan=list(LANGS))
    return lang


def _first_word(words: Sequence[str]) -> str | None:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word == "--lang":
            skip = True
        elif not word.startswith("-") or word == "-":
            return word
    return None


def _refuse_command(words: Sequence[str], *, alone: bool) -> None:
    word = _first_word(words)
    if word is not None:
        near: list[str] = difflib.get_close_matches(word, COMMANDS, n=2)
        if not near and ("." in word or word == "-"):
            near = [f"skm hitung {word}"]  # somebody gave a file only
        raise OptionError("perintah-tidak-dikenal", nilai=word, pilihan=list(COMMANDS), mirip=near or ["-"])
    if alone:
        raise OptionError("perintah-hilang", pilihan=list(COMMANDS))


def _build(lang: Lang, command: str | None) -> tuple[Parser, dict[str, Parser]]:
    """Return the whole parser, or only the part that the given command needs."""
    top = Parser(lang=lang, prog="skm", description=messages.text("cli", "skm.uraian", lang))
    top.set_defaults(sebutan={})
    commands = Commands(top)
    for name, module in COMMANDS.items():
        if command in (None, name):
            importlib.import_module(module).add_parser(commands)
    for parser in (*commands.parsers.values(), top):
        parser.common()
    top.switch("--version", text="umum.version", dest="minta_versi")
    return top, commands.parsers


def _flags_of(parser: Parser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings]


class _FormatterId(argparse.HelpFormatter):
    _lang: Lang = "id"

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        own = messages.text("cli", "cara-pakai", self._lang) + " " if prefix is None else prefix
        super().add_usage(usage, actions, groups, own)


class _FormatterEn(_FormatterId):
    _lang = "en"
