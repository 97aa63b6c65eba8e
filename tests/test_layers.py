"""The shape of the package: imports point down, heavy libraries come late, modules are short."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import briefgen

PACKAGE = Path(briefgen.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = (
    {"cli"},
    {"schedule", "preview"},
    {"engine", "verify"},
    {"gallery"},
    {"pipeline"},
    {"workspace", "mend"},
    {"load", "check", "draw", "compose", "typeset", "readback", "publish"},
    {"model", "cache", "toolchain", "ledger"},
    {"diagnostics"},
)
"""From top to bottom: a name imports names of rows below, and none of its own row."""
HEAVY = {
    *("pandas", "matplotlib", "weasyprint", "distributed", "dask"),
    *("openpyxl", "pyarrow", "sqlalchemy", "duckdb", "psycopg"),
    *("apscheduler", "exchange_calendars", "starlette", "uvicorn", "watchfiles"),
    *("page", "pikepdf", "pydyf", "pypdfium2", "xlsxwriter", "xmlschema"),
}
VAGUE = {"utils", "util", "helpers", "common", "base", "manager", "misc"}
MAX_LINES = 300
WEASYPRINT = {"cli/doctor.py"}
"""Who may import WeasyPrint beside the stage that makes PDFs: one looks at it."""


def name(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def layer(module: str) -> int | None:
    """The row of a package or module of briefgen; None for the package itself."""
    return next((row for row, names in enumerate(LAYERS) if module in names), None)


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that is imported anywhere below a node, with its line."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            for alias in inner.names:
                yield alias.name, inner.lineno
        elif isinstance(inner, ast.ImportFrom):
            assert inner.level == 0, f"line {inner.lineno}: relative import"
            assert inner.module is not None
            for alias in inner.names:
                yield f"{inner.module}.{alias.name}", inner.lineno


def imports_at_once(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What importing a module imports: not what stands in functions or under TYPE_CHECKING."""
    waiting: list[ast.AST] = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def wrong_imports(module: str, source: ast.Module) -> list[str]:
    """The imports of a module that do not point down."""
    own = module.removesuffix(".py").split("/")[0]
    row = layer(own)
    wrong = []
    for imported, line in imports(source):
        top, _, rest = imported.partition(".")
        other = rest.split(".")[0]
        if top != "briefgen" or other == own or row is None:
            continue
        other_row = layer(other)
        if other_row is not None and other_row <= row:
            wrong.append(f"{module}:{line} imports {imported}")
    return wrong


def test_imports_point_down() -> None:
    assert [line for one in MODULES for line in wrong_imports(name(one), tree(one))] == []


def test_every_part_of_the_package_has_a_layer() -> None:
    parts = {name(module).removesuffix(".py").split("/")[0] for module in MODULES}
    outside = {"__init__", "__main__"}
    assert {part for part in parts - outside if layer(part) is None} == set()


@pytest.mark.parametrize(
    ("module", "source", "count"),
    [
        ("draw/a.py", "from briefgen.load.files import Folder", 1),
        ("draw/a.py", "def f():\n    from briefgen.check import rule", 1),
        ("draw/a.py", "if TYPE_CHECKING:\n    import briefgen.compose.page", 1),
        ("model/a.py", "from briefgen.toolchain import fonts", 1),
        ("model/a.py", "from briefgen import pipeline", 1),
        ("workspace.py", "from briefgen.pipeline import build", 1),
        ("diagnostics/a.py", "from briefgen.model.value import Value", 1),
        ("draw/a.py", "from briefgen.draw.canvas import Canvas", 0),
        ("draw/a.py", "from briefgen.model import table\nimport matplotlib", 0),
        ("pipeline.py", "from briefgen.workspace import Workspace", 0),
        ("cli/a.py", "from briefgen import __version__, pipeline", 0),
    ],
)
def test_the_test_of_imports_sees_them(module: str, source: str, count: int) -> None:
    assert len(wrong_imports(module, ast.parse(source))) == count


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    at_once = [
        f"{name(module)}:{line} imports {imported}"
        for module in MODULES
        for imported, line in imports_at_once(tree(module))
        if imported.split(".")[0] in HEAVY
    ]
    assert at_once == []


def test_the_test_of_heavy_libraries_sees_them() -> None:
    source = (
        "import pandas as pd\nif TYPE_CHECKING:\n    import dask\nelse:\n    import weasyprint\n"
        "class A:\n    from matplotlib import axes\n    def f(self):\n        import distributed\n"
    )
    found = {imported.split(".")[0] for imported, _ in imports_at_once(ast.parse(source))}
    assert found == {"pandas", "weasyprint", "matplotlib"}


def test_only_typesetting_imports_weasyprint() -> None:
    importing = {
        name(module)
        for module in MODULES
        for imported, _ in imports(tree(module))
        if imported.split(".")[0] == "weasyprint"
    }
    assert {one for one in importing if not one.startswith("typeset/")} <= WEASYPRINT
    assert "typeset/weasy.py" in importing


def test_modules_are_short_documented_and_well_named() -> None:
    lines = {name(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {one: length for one, length in lines.items() if length > MAX_LINES} == {}
    assert [name(module) for module in MODULES if not ast.get_docstring(tree(module))] == []
    assert [one for one in lines if VAGUE & set(one.removesuffix(".py").split("/"))] == []
