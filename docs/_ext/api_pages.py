"""One page a public name: its docstring and an example that is executed."""

from __future__ import annotations

import importlib
import inspect
from functools import cache
from pathlib import Path
from typing import Any

from pages import escaped, hidden_contents, write

EXAMPLES = Path(__file__).parent / "examples.txt"
BEFORE = ["import skm", "", "survei = skm.read(skm.contoh())", "hasil = skm.score(survei)"]


def reference(made: Path) -> None:
    """Write the pages and the table of contents of each module."""
    lines = [
        "# Rujukan Python",
        "",
        "In English, as the docstrings are. Every name is reached after `import skm`. Examples start from",
        "",
        "```python",
        *BEFORE,
        "```",
        "",
        "| module | what is in it |",
        "| --- | --- |",
    ]
    for module, names in public().items():
        page = module.replace(".", "-")
        about = (inspect.getdoc(importlib.import_module(module)) or "").split("\n\n")[0].replace("\n", " ")
        lines.append(f"| [`{module}`](api/{page}.md) | {escaped(about.replace('`', ''))} ({len(names)} names) |")
        body = [f"# {module}", "", escaped(about), "", "| name | what it does |", "| --- | --- |"]
        for name in names:
            first = (inspect.getdoc(find(module, name)) or "").split("\n\n")[0].replace("\n", " ")
            body.append(f"| [`{name}`]({file_of(module, name)}.md) | {escaped(first.replace('`', ''))} |")
            write(made / "api" / f"{file_of(module, name)}.md", _page(module, name))
        write(made / "api" / f"{page}.md", [*body, *hidden_contents(file_of(module, name) for name in names)])
    pages = (f"api/{module.replace('.', '-')}" for module in public())
    write(made / "api.md", [*lines, *hidden_contents(pages)])


def public() -> dict[str, list[str]]:
    """Return module -> the functions and classes that it offers."""
    import skm

    groups = {"skm": [name for name in skm.__all__ if name not in skm._MODULES]}
    for short in skm._MODULES:
        module = importlib.import_module(f"skm.{short}")
        groups[f"skm.{short}"] = [
            n for n in getattr(module, "__all__", dir(module)) if callable(getattr(module, n, None))
        ]
    return groups


def find(module: str, name: str) -> Any:
    """Return what a name means."""
    return getattr(importlib.import_module(module), name)


def file_of(module: str, name: str) -> str:
    """Return the file of a name's page; a class and a function may differ in their first letter only."""
    return f"{module}.{name}" + ("-class" if isinstance(find(module, name), type) else "")


@cache
def examples() -> dict[str, str]:
    """Return full name -> the example of it in examples.txt; docstrings hold the others."""
    found = {}
    for block in EXAMPLES.read_text(encoding="utf-8").split("### ")[1:]:
        head, _, body = block.partition("\n")
        found |= {name.strip(): body.strip() for name in head.split(",")}
    return found


def _page(module: str, name: str) -> list[str]:
    full, thing = f"{module}.{name}", find(module, name)
    lines = [f"# {full}", "", "```{eval-rst}"]
    if isinstance(thing, type):
        lines += [f".. autoclass:: {full}", "   :members:"]
    elif inspect.isroutine(thing):
        lines += [f".. autofunction:: {full}"]
    else:
        lines += [f".. autodata:: {full}", "   :no-value:"]
    lines += ["```", ""]
    if full in examples():
        lines += ["## Example", "", "```pycon", examples()[full], "```", ""]
    return lines
