"""What workers do: plain functions of paths and options that return what JSON can hold.

A refusal comes back as a mapping with ``galat`` instead of being raised, so that it crosses the process in words that
are already chosen; nothing that a file contains crosses it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

from skm.api.envelope.document import Done, galat
from skm.api.envelope.request import parse
from skm.basics.errors import MissingDependencyError, SKMError
from skm.service.replies import status_of

P = ParamSpec("P")


def told(function: Callable[P, Mapping[str, Any]]) -> Callable[P, dict[str, Any]]:
    """Turn what a task raises into a mapping with ``galat`` and ``status``; the first argument is the language."""

    @wraps(function)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        lang = str(args[0])
        try:
            return dict(function(*args, **kwargs))
        except SKMError as problem:
            return {"galat": galat(problem, lang, {}), "status": status_of(problem)}
        except ModuleNotFoundError as problem:
            missing = MissingDependencyError("paket-hilang", paket=problem.name or "", ekstra="service")
            return {"galat": galat(missing, lang, {}), "status": 501}
        except MemoryError:
            return {"galat": galat(SKMError("layanan-memori", batas=0), lang, {}), "status": 422}
        except Exception as defect:
            # The one place where a defect becomes an answer here. Its text may quote cells: only its kind is shown.
            internal = SKMError("cacat-internal", jenis=type(defect).__name__)
            return {"galat": galat(internal, lang, {}), "status": 500}

    return attempt


def outcome(done: Done, lang: str) -> dict[str, Any]:
    """Return a command's answer as what crosses a process."""
    return {"hasil": done.hasil(), "peringatan": [t.to_dict(lang) for t in done.temuan]}


@told
def envelope(lang: str, command: str, content: bytes) -> dict[str, Any]:
    """Answer a large envelope."""
    from skm.service.calls import CALLS

    return outcome(CALLS[command](parse(content), lang), lang)
