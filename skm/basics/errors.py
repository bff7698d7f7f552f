"""What can go wrong, as classes that a program can catch and a person can act on.

::

    SKMError                            anything this package refuses
    |-- DataError(ValueError)           the data cannot be used as they are
    |   |-- MissingColumnError          no column for an unsur
    |   |-- InvalidAnswerError          an answer outside the scale, or unreadable
    |   |-- EmptyDataError              nothing left to compute from
    |   `-- UnreadableFileError         the file cannot be opened or understood
    |-- OptionError(ValueError)         an argument has no such choice
    |-- RegulationError(LookupError)    no such regulation, or none in force on that date
    `-- MissingDependencyError(ImportError)   an optional package is not installed

    SKMWarning(UserWarning)             the official figure was touched; the code says how

Every error has a stable ``code`` (kebab-case), a ``context`` with what was found and where, a ``message``
and a ``hint`` in Indonesian or English. Programs match on the code, never on the wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from skm.basics import messages
from skm.basics.public_name import public_name

_NAMES = frozenset({"berkas", "mirip"})  # what holds names of files


class SKMError(Exception):
    """Base of all errors of this package.

    Parameters
    ----------
    code : str
        Stable kebab-case name of the problem; texts are looked up under it.
    **context
        Values that the text names. ``berkas``, ``lembar``, ``baris`` and ``kolom`` say where.
    """

    def __init__(self, code: str, /, **context: Any) -> None:
        super().__init__(code)
        self.code = code
        for key in _NAMES & context.keys():
            context[key] = _public(context[key])
        self.context: Mapping[str, Any] = MappingProxyType(context)

    def message(self, lang: str | None = None) -> str:
        """Return what is wrong and what was found."""
        return messages.text("galat", self.code, lang, **self.context)

    def hint(self, lang: str | None = None) -> str:
        """Return what to do about it; empty where nothing more can be said."""
        code = f"{self.code}.saran"
        return messages.text("galat", code, lang, **self.context) if messages.has("galat", code) else ""

    def where(self, lang: str | None = None) -> str:
        """Return the place (file, sheet, row, column) as far as it is known."""
        parts = (
            messages.text("galat", f"di-{key}", lang, nilai=_public(self.context[key]))
            for key in ("berkas", "lembar", "baris", "kolom")
            if self.context.get(key) is not None
        )
        return ", ".join(parts)

    def render(self, lang: str | None = None) -> str:
        """Return message, place and hint as the text shown to a person."""
        lines = [f"[{self.code}] {self.message(lang)}"]
        if place := self.where(lang):
            lines.append(f"{messages.text('galat', 'label-di', lang)}: {place}")
        if hint := self.hint(lang):
            lines.append(f"{messages.text('galat', 'label-saran', lang)}: {hint}")
        return "\n".join(lines)

    def at(self, **place: Any) -> SKMError:
        """Return the same error with this place too, where it does not know one itself.

        >>> DataError("total-mustahil", kolom="U1", total=9, n=1).at(berkas="a.xlsx", kolom="U2").where("en")
        'file a.xlsx, column "U1"'
        """
        more = {key: value for key, value in place.items() if value is not None and self.context.get(key) is None}
        return type(self)(self.code, **{**self.context, **more}) if more else self

    def __str__(self) -> str:
        return f"{self.render()}\n{messages.text('bantuan', 'selengkapnya', kode=self.code)}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, dict(self.context))

    def _render_traceback_(self) -> list[str]:
        """Show the message instead of a long trace in Jupyter (an IPython hook)."""
        return [f"{type(self).__name__}: {self}"]


def _public(value: Any) -> Any:
    """Return names as they may be shown; anything else as it is."""
    if isinstance(value, str):
        return public_name(value)
    return [_public(one) for one in value] if isinstance(value, (list, tuple)) else value


@contextmanager
def placed(**place: Any) -> Iterator[None]:
    """Let every error from inside say this place too, where it does not know one itself.

    >>> try:
    ...     with placed(berkas="a.xlsx"):
    ...         raise DataError("total-mustahil", kolom="U1", total=9, n=1)
    ... except DataError as problem:
    ...     problem.where("en")
    'file a.xlsx, column "U1"'
    """
    try:
        yield
    except SKMError as problem:
        raise problem.at(**place) from problem.__cause__


def _rebuild(kind: type[SKMError], code: str, context: dict[str, Any]) -> SKMError:
    return kind(code, **context)


class DataError(SKMError, ValueError):
    """The data cannot be used as they are."""


class MissingColumnError(DataError):
    """A column for an unsur is not there, or cannot be told from another."""


class InvalidAnswerError(DataError):
    """Answers outside the scale or unreadable; all of them are collected before this is raised."""


class EmptyDataError(DataError):
    """There is nothing to compute from."""


class UnreadableFileError(DataError):
    """A file cannot be opened or understood."""


class OptionError(SKMError, ValueError):
    """An argument has no such choice."""


class RegulationError(SKMError, LookupError):
    """There is no such regulation, or none held on that date."""


class MissingDependencyError(SKMError, ImportError):
    """An optional package is needed; the hint has the command that installs it."""


class SKMWarning(UserWarning):
    """Something touched the official figure. The same text stands in the result's ``catatan``."""
