"""The house itself: layers, names, light import, texts in two languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import skm

ROOT = Path(skm.__file__).parent
sys.path.insert(0, str(ROOT.parent / "scripts"))
import measure_house as house  # noqa: E402

# Highest first. Rooms on one line do not see each other. `skm` itself is the top: no room asks it for anything.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__", "__main__"),
    ("cli",),
    ("service",),
    ("api", "report"),
    ("tren", "prioritas", "kinerja"),
    ("stats",),
    ("auditing",),
    ("io",),
    ("publikasi", "charts"),
    ("sampling", "scores"),
    ("counts",),
    ("answers",),
    ("regulasi",),
    ("errors", "basics"),
    ("_version",),
)
RANK = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = {
    "pandas",
    "scipy",
    "matplotlib",
    "narwhals",
    "openpyxl",
    "polars",
    "pyarrow",
    "duckdb",
    "docx",
    "jinja2",
    "xlsxwriter",
    "python_calamine",
    "sqlalchemy",
    "dask",
    "pyspark",
    "ibis",
    "deltalake",
    "pyiceberg",
    "fsspec",
}


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def violations(source: str, owner: str, where: str = "x") -> list[str]:
    """Imports that go upward or sideways, wherever they stand."""
    known = house.modules(ROOT)
    wrong = []
    for name, line in house.imports(source):
        target = house.resolve(name, known).split(".")[0]
        if target != owner and RANK[target] <= RANK[owner] and (owner, target) != ("errors", "basics"):
            wrong.append(f"{where}:{line}: {owner} -> {name}")
    return wrong


def test_layers_only_look_down() -> None:
    """No room imports one above it or beside it, in functions and for type checkers neither."""
    wrong = []
    for path in modules():
        assert room(path) in RANK, f"{path} has no place in the list of layers"
        wrong += violations(path.read_text(encoding="utf-8"), room(path), str(path.relative_to(ROOT)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "owner"),
    [
        ("from skm.api.score import score", "scores"),
        ("from skm.answers import survei", "regulasi"),
        ("def f():\n    import skm.sampling", "scores"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from skm.io.read import read", "answers"),
        ("from skm import __version__", "scores"),
        ("import skm", "cli"),
        ("from skm import score", "report"),
        ("from skm.errors import DataError", "basics"),
    ],
)
def test_a_planted_wrong_import_is_seen(source: str, owner: str) -> None:
    """Upward, sideways, hidden in a function, for type checkers only, and from the package's own front."""
    assert violations(source, owner)


def test_a_right_import_is_none() -> None:
    """The check does not see ghosts."""
    assert not violations("from skm.regulasi import load\nfrom skm._version import __version__", "counts")


def test_no_circles() -> None:
    """The graph of modules has no circle, imports for type checkers and inside functions included."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))
    assert not house.knots(house.graph(ROOT))
    assert house.knots({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == [["a", "b", "c"]]


def test_the_house_has_few_doors() -> None:
    """At most eighteen rooms and five files with code stand directly under the package."""
    assert len([p for p in ROOT.iterdir() if p.is_dir() and any(p.rglob("*.py"))]) <= 18
    assert len([p for p in ROOT.iterdir() if p.suffix == ".py"]) <= 5


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """No module of this package imports a heavy library at its top (type checking aside)."""
    wrong = []
    for path in modules():
        # Adapters of one library each are themselves imported only when an object of it arrives.
        if room(path) in {"charts", "report", "service"} or (path.parent.name == "frames" and path.stem != "__init__"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            wrong += [f"{path.name}: {n}" for n in names if n.split(".")[0] in HEAVY]
    assert not wrong


def test_scipy_stats_is_imported_where_it_is_used() -> None:
    """It costs more than everything else together, so that no module imports it at its top."""
    wrong = []
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            text = ast.unparse(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else ""
            wrong += [path.name] if "scipy" in text and "stats" in text else []
    assert not wrong


def test_import_is_light() -> None:
    """`import skm` loads none of the heavy libraries, nor NumPy."""
    heavy = "('numpy', 'pandas', 'scipy', 'matplotlib', 'narwhals', 'openpyxl')"
    code = f"import sys, skm; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert out.stdout.strip() == "[]"


def test_reading_and_scoring_need_no_pandas() -> None:
    """From a workbook to the figure without loading pandas, SciPy or matplotlib."""
    work = "skm.score(skm.read(skm.contoh())); skm.adequacy(341, 3441).table()"
    code = f"import sys, skm; {work}; print([m for m in ('pandas', 'scipy', 'matplotlib') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert out.stdout.strip() == "[]"


def test_public_names_are_those_listed() -> None:
    """`__all__` is sorted, complete, and everything in it can be reached twice."""
    assert skm.__all__ == sorted(skm.__all__)
    assert set(skm.__all__) == set(skm._WHERE) | set(skm._MODULES)
    for name in skm.__all__:
        assert getattr(skm, name) is getattr(skm, name)
    with pytest.raises(AttributeError, match="tidak_ada"):
        skm.tidak_ada  # noqa: B018


def test_no_public_function_bears_a_modules_name() -> None:
    """A lazy attribute and a submodule of one name break the second call."""
    names = {m.name for m in pkgutil.iter_modules([str(ROOT)])}
    assert not names & set(skm._WHERE)
    for module in names - {"__main__"}:
        importlib.import_module(f"skm.{module}")
    assert callable(skm.score)
    assert callable(skm.profile)


def catalogues() -> list[Path]:
    return sorted((ROOT / "data" / "messages").glob("*.toml"))


@pytest.mark.parametrize("path", catalogues(), ids=lambda p: p.stem)
def test_texts_stand_in_both_languages_with_the_same_fields(path: Path) -> None:
    """Every code has an Indonesian and an English text that name the same values."""
    for code, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert set(texts) == {"id", "en"}, code
        fields = [
            {name.split("[")[0].split(".")[0] for _, name, _, _ in string.Formatter().parse(texts[lang]) if name}
            for lang in ("id", "en")
        ]
        assert fields[0] == fields[1], code


def test_every_code_that_is_raised_has_a_text() -> None:
    """Codes of errors and findings in the source are in the catalogues."""
    galat = tomllib.loads((ROOT / "data" / "messages" / "galat.toml").read_text(encoding="utf-8"))
    missing = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )
            code = node.args[0].value
            if (
                name.endswith("Error")
                and isinstance(code, str)
                and name not in {"AssertionError", "AttributeError", "ValueError", "TypeError", "KeyError"}
            ):
                if code not in galat:
                    missing.append(f"{path.name}: {code}")
            elif name == "Finding" and len(node.args) >= 3 and isinstance(node.args[2], ast.Constant):
                area = tomllib.loads(
                    (ROOT / "data" / "messages" / f"{node.args[2].value}.toml").read_text(encoding="utf-8")
                )
                if code not in area:
                    missing.append(f"{path.name}: {node.args[2].value}/{code}")
    assert not missing


def test_files_stay_readable() -> None:
    """No file of the package is over 500 lines."""
    assert not [p.name for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) > 500]
