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

# Highest first. Modules on one line are siblings and do not see each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("api", "api_hitungan", "stats", "berkas", "_lanjutan"),
    ("report",),
    ("_inputs",),
    ("charts", "io", "checks"),
    ("survei",),
    ("perbaikan",),
    ("engines",),
    ("telaah",),
    ("rekapitulasi",),
    ("profil", "prioritas", "tren", "kinerja"),
    ("tingkat",),
    ("usia",),
    ("publikasi",),
    ("rekap",),
    ("gabungan",),
    ("kelompok",),
    ("kolumnar",),
    ("indeks", "sampling", "statistik"),
    ("hasil",),
    ("bobot",),
    ("reduksi",),
    ("pembaca", "penomoran", "pandangan", "simpan"),
    ("pola", "hitungan", "tabel", "jawaban", "pencocokan"),
    ("kolom", "tanggal", "tempat", "bingkai", "cacah", "lipatan"),
    ("larik", "_kemajuan"),
    ("_acuan", "cacahan", "_simpanan", "_parket"),
    ("kuesioner",),
    ("regulasi",),
    ("_toml",),
    ("_files", "_values", "_table", "periode"),
    ("errors",),
    ("_messages",),
    ("_format",),
)
RANK = {name: level for level, names in enumerate(LAYERS) for name in names}
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
}


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py")


def top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> list[tuple[str, int]]:
    """Names of imported modules of this package, wherever they stand, with their line."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            found += [(f"{base}.{alias.name}" if base == "skm" else base, node.lineno) for alias in node.names]
    return [(name.split(".")[1], line) for name, line in found if name.startswith("skm.")]


def violations(source: str, owner: str, where: str) -> list[str]:
    """Imports that go upward or sideways."""
    return [
        f"{where}:{line}: {owner} -> {target}"
        for target, line in imports(ast.parse(source))
        if target in RANK and target != owner and RANK[target] <= RANK[owner]
    ]


def test_layers_only_look_down() -> None:
    """No module imports one above it or beside it."""
    wrong = []
    for path in modules():
        assert top(path) in RANK, f"{path} has no place in the list of layers"
        wrong += violations(path.read_text(encoding="utf-8"), top(path), str(path.relative_to(ROOT)))
    assert not wrong, "\n".join(wrong)


def test_a_planted_wrong_import_is_seen() -> None:
    """The check itself sees an upward, a sideways and a hidden import."""
    assert violations("from skm.api import score", "indeks", "x")
    assert violations("from skm import survei", "hitungan", "x")
    assert violations("def f():\n    import skm.sampling", "indeks", "x")
    assert not violations("from skm.kuesioner import load", "hitungan", "x")


def test_no_circles() -> None:
    """Every module can be imported first in a fresh interpreter's order: the graph has no cycle."""
    graph = {}
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[name] = {
            ".".join((node.module or "").split(".")[1:])
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("skm.")
        }
    state: dict[str, int] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if state.get(name) == 1:
            raise AssertionError(" -> ".join((*path, name)))
        if state.get(name) == 2 or name not in graph:
            return
        state[name] = 1
        for target in graph[name]:
            if target != name:
                visit(target, (*path, name))
        state[name] = 2

    for name in graph:
        visit(name, ())


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """No module of this package imports a heavy library at its top (type checking aside)."""
    wrong = []
    for path in modules():
        # Adapters of one library each are themselves imported only when an object of it arrives.
        if top(path) in {"charts", "report"} or (top(path) == "bingkai" and path.stem != "__init__"):
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


def test_scipy_stats_is_never_imported() -> None:
    """It costs more than everything else together; scipy.special has all that is needed."""
    assert not [
        p.name for p in modules() if "scipy.stats" in p.read_text(encoding="utf-8").replace("`scipy.stats`", "")
    ]


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
    return sorted((ROOT / "messages").glob("*.toml"))


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
    galat = tomllib.loads((ROOT / "messages" / "galat.toml").read_text(encoding="utf-8"))
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
                area = tomllib.loads((ROOT / "messages" / f"{node.args[2].value}.toml").read_text(encoding="utf-8"))
                if code not in area:
                    missing.append(f"{path.name}: {node.args[2].value}/{code}")
    assert not missing


def test_files_stay_readable() -> None:
    """No file of the package is over 500 lines."""
    assert not [p.name for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) > 500]
