"""Every pattern of the package takes time in proportion to the text: its own worst shapes and forty common ones."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fuzz.hostile_texts import SHAPES

import skm

try:
    import re._parser as parser  # type: ignore[import-not-found]
except ImportError:  # pragma: no cover - another Python
    import sre_parse as parser  # type: ignore[no-redef]

ROOT = Path(skm.__file__).parent
LONGEST = 20_000
SLOW = 0.3  # seconds; a linear pattern needs a few thousandths for 20,000 characters
METHODS = ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn")
Found = tuple[str, Any, frozenset[str]]


def _sources() -> Iterator[tuple[str, ast.Module, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield str(path.relative_to(ROOT)), ast.parse(text), text


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _inside(item, depth + 1)
    elif depth < 3 and isinstance(value, Mapping):
        for item in (*value.keys(), *value.values()):
            yield from _inside(item, depth + 1)


def _uses(whole: str) -> dict[str, set[str]]:
    """Return name -> the methods of patterns that are called on it anywhere; one pass over all sources."""
    found: dict[str, set[str]] = {}
    either = "|".join(METHODS)
    for call in (rf"\b(\w+)(?:\[[^\]\n]*\])?\.({either})\(", rf"(?:map|filter)\((\w+)\.({either})\b"):
        for name, method in re.findall(call, whole):
            found.setdefault(name, set()).add(method)
    return found


def patterns() -> dict[tuple[Any, int], tuple[str, set[str]]]:
    """Return pattern and flags -> where it stands and how it is used."""
    found: dict[tuple[Any, int], tuple[str, set[str]]] = {}

    def add(pattern: re.Pattern[Any], where: str, methods: set[str]) -> None:
        key = (pattern.pattern, pattern.flags)
        place, used = found.get(key, (where, set()))
        found[key] = (place, used | methods)

    texts = {}
    for where, tree, text in _sources():
        texts[where] = text
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            name, owner = node.func.attr, node.func.value
            if (
                isinstance(owner, ast.Name)
                and owner.id == "re"
                and name in METHODS
                and isinstance(node.args[0], ast.Constant)
            ):
                flags = 0
                for word in (*node.keywords, *node.args[1:]):
                    value = word.value if isinstance(word, ast.keyword) else word
                    if (
                        isinstance(value, ast.Attribute)
                        and isinstance(value.value, ast.Name)
                        and value.value.id == "re"
                    ):
                        flags |= getattr(re, value.attr)
                add(re.compile(node.args[0].value, flags), f"{where}:{node.lineno}", {name})
    assert texts
    used_as = _uses("\n".join(texts.values()))
    for info in pkgutil.walk_packages(skm.__path__, "skm."):
        if info.name.endswith(("__main__", "_child", "child_main")):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:  # an extra that is not installed
            continue
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            for pattern in _inside(value):
                used = used_as.get(name, set())
                used = used or {m for m in METHODS if f"pattern.{m}(" in inspect.getsource(module)}
                add(pattern, f"{info.name}.{name}", used or {"search"})
    return found


PATTERNS = patterns()


def _sample(items: Any) -> str:
    """Return a text that the parsed pattern would take, roughly."""
    out = []
    for op, value in items:
        kind = str(op)
        if kind == "LITERAL":
            out.append(chr(value))
        elif kind == "NOT_LITERAL":
            out.append("a" if value != ord("a") else "b")
        elif kind == "ANY":
            out.append("a")
        elif kind == "IN":
            out.append(_one_of(value))
        elif kind == "BRANCH":
            out.append(_sample(value[1][0]))
        elif kind == "SUBPATTERN":
            out.append(_sample(value[-1]))
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            out.append(_sample(value[2]) * max(value[0], 1))
        elif kind == "ATOMIC_GROUP":
            out.append(_sample(value))
    return "".join(out)


def _one_of(items: Any) -> str:
    for op, value in items:
        kind = str(op)
        if kind == "NEGATE":
            return "a"
        if kind == "LITERAL":
            return chr(value)
        if kind == "RANGE":
            return chr(value[0])
        if kind == "CATEGORY":
            return {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a"}.get(str(value), "!")
    return "a"


def _repeats(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what stands before, what is repeated) for every part that may be repeated often."""
    head = before
    for op, value in items:
        kind = str(op)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 50:
                yield head, _sample(value[2]) or "a"
                for _, inner in value[2]:
                    if isinstance(inner, list):
                        yield head, _one_of(inner)
            yield from _repeats(value[2], head)
        elif kind == "SUBPATTERN":
            yield from _repeats(value[-1], head)
        elif kind == "ATOMIC_GROUP":
            yield from _repeats(value, head)
        elif kind == "BRANCH":
            for branch in value[1]:
                yield from _repeats(branch, head)
        head += _sample([(op, value)])


def own_shapes(pattern: Any, flags: int) -> list[Callable[[int], str]]:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    parsed = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    shapes = []
    for head, body in dict.fromkeys(_repeats(list(parsed))):
        shapes += [lambda n, h=head, b=body, t=tail: h + b * (n // len(b) + 1) + t for tail in ("", "\x00", "!\x00")]
        whole = head + body
        shapes.append(lambda n, w=whole: w * (n // len(w) + 1) + "\x00")
    return shapes


def generic(text: str) -> Callable[[int], str]:
    return lambda n: (text * (n // len(text) + 1))[:n] + "\x00"


COMMON = [generic(text) for text in SHAPES.values()]
FEW = [generic(text) for text in (" ", "1", "a ", "0", "_")]


class TooSlowError(Exception):
    """A pattern thinks for longer than a second."""


def _seconds(call: Callable[[], Any]) -> float:
    best = 9.0
    for _ in range(2):
        begin = time.process_time()
        call()
        best = min(best, time.process_time() - begin)
        if best < SLOW / 4:
            break
    return best


def growth(pattern: re.Pattern[Any], method: str, make: Callable[[int], str]) -> str:
    """Return what is wrong: nothing, or at which length it took how long."""
    before = 0.0
    for length in (32, 2_500, 10_000, LONGEST):
        text: Any = make(length)
        if isinstance(pattern.pattern, bytes):
            text = text.encode("utf-8", "replace")
        if method in ("sub", "subn"):
            took = _seconds(lambda: pattern.sub(text[:0], text))  # noqa: B023
        elif method == "finditer":
            took = _seconds(lambda: list(pattern.finditer(text)))  # noqa: B023
        else:
            took = _seconds(lambda: getattr(pattern, method)(text))  # noqa: B023
        if took > SLOW or (took > SLOW / 3 and before and took > 6.5 * before):
            return f"{method}: {took:.2f} s for {length} characters like {text[:30]!r}"
        before = took
    return ""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a pattern that never ends cannot be stopped here")
@pytest.mark.parametrize(
    ("part", "common"),
    [
        *((part, FEW) for part in range(3)),
        *(pytest.param(part, COMMON, marks=pytest.mark.fuzz) for part in range(3)),
    ],
)
def test_every_pattern_is_linear(part: int, common: list[Callable[[int], str]]) -> None:
    """Time in proportion to length, for texts of up to 20,000 characters; an eighth of the patterns by default, all of
    them with all common shapes under ``-m fuzz``."""
    assert threading.current_thread() is threading.main_thread()

    def stop(*_: Any) -> None:
        raise TooSlowError

    old = signal.signal(signal.SIGPROF, stop)
    wrong = []
    try:
        for (text, flags), (where, methods) in list(PATTERNS.items())[part :: 3 if common is COMMON else 24]:
            pattern = re.compile(text, flags)
            for method in sorted(methods):
                for make in [*own_shapes(text, flags), *common]:
                    signal.setitimer(signal.ITIMER_PROF, 2)
                    try:
                        problem = growth(pattern, method, make)
                    except TooSlowError:
                        problem = f"{method}: more than 2 s for something like {make(20)!r}"
                    finally:
                        signal.setitimer(signal.ITIMER_PROF, 0)
                    if problem:
                        wrong.append(f"{where} {text[:60]!r} {problem}")
                        break
    finally:
        signal.signal(signal.SIGPROF, old)
    assert not wrong, "\n".join(wrong)


def test_all_patterns_are_looked_at() -> None:
    """Those in tables and those written where they are used."""
    assert len(PATTERNS) > 120
    assert any(where.startswith("basics/") and ":" in where for where, _ in PATTERNS.values())


@pytest.mark.parametrize(
    ("text", "method"), [(r"(a|aa)+b", "match"), (r"(?:\s*x?\s*)*y", "match"), (r"\s+$", "search")]
)
def test_a_pattern_that_is_not_linear_is_found(text: str, method: str) -> None:
    """Exponential and quadratic ones."""

    def stop(*_: Any) -> None:
        raise TooSlowError

    old = signal.signal(signal.SIGPROF, stop)
    found = []
    try:
        for make in [*own_shapes(text, 0), *COMMON]:
            signal.setitimer(signal.ITIMER_PROF, 1)
            try:
                found.append(growth(re.compile(text), method, make))
            except TooSlowError:
                found.append("too slow")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            if found[-1]:
                break
    finally:
        signal.signal(signal.SIGPROF, old)
    assert any(found)
