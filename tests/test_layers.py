"""The order of the house: a part imports itself and lower parts only, and each outside package has its owners.

Every import counts, wherever it stands: at the top, inside a function, under ``TYPE_CHECKING``, or as the name of a module
in a text that ``importlib`` or ``discovered`` is given.
"""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "toolkit"
BENCHMARKS = ROOT / "benchmarks"

LAYERS = {
    "compiled": 0,
    "cores": 0,
    "errors": 0,
    "version": 0,
    "bundled": 1,
    "changes": 1,
    "discovery": 1,
    "disk": 1,
    "estimates": 1,
    "query": 1,
    "rates": 1,
    "tables": 1,
    "values": 1,
    "charts": 2,
    # A connector names columns of the tables, so it stands above them.
    "connector": 2,
    "interpret": 2,
    "landscape": 2,
    "match": 2,
    "quality": 2,
    "roi": 2,
    "insight": 3,
    "plan": 3,
    "reconcile": 3,
    "scoping": 3,
    "files": 4,
    # What came of a parallel run rests on matched lists, so it stands above them; like them it touches nothing.
    "golive": 4,
    "rest": 4,
    "store": 4,
    "webhooks": 4,
    # Tells people through the guarded transport.
    "alerts": 5,
    "apply": 5,
    "connectors": 5,
    "notebooks": 5,
    # What a database gives goes the way of answers, and what changes it the way of a job: a system like any other.
    "databases": 6,
    "report": 6,
    "sandbox": 6,
    "widgets": 6,
    "settings": 7,
    "audit": 8,
    # The public face: it offers the verbs, and nothing below may lean on it.
    "__init__": 9,
    "cli": 9,
    "__main__": 10,
}

# Rooms that keep to less than their number allows: a table is understood without a disk, a query or a vendor.
# The same holds for what is decided before a client goes live.
ONLY = {
    "golive": {"golive", "landscape", "match", "rates", "reconcile", "tables", "values"},
    "interpret": {"discovery", "errors", "interpret", "tables", "values"},
}

OWNERS = {
    "anyascii": {"values"},
    "anywidget": {"widgets"},
    "authlib": {"rest", "webhooks"},
    "babel": {"values"},
    "cryptography": {"rest"},
    "defusedxml": {"rest"},
    "duckdb": {"query"},
    "filelock": {"rest"},
    "httpx": {"rest", "webhooks"},
    "ipywidgets": {"widgets"},
    # Whoever stands in for a vendor makes the key that a statement to it is signed with.
    "joserfc": {"rest", "sandbox"},
    # Settings hold references; what they refer to is read, and tokens are kept, where signing in happens.
    "keyring": {"rest"},
    "msgspec": {"databases", "rest"},
    "papermill": {"notebooks"},
    "phonenumbers": {"values"},
    "plotly": {"charts"},
    "pydantic": {"settings", "notebooks"},
    "pydantic_core": {"settings"},
    "python_calamine": {"files"},
    "rapidfuzz": {"match", "values"},
    "rich": {"cli"},
    "ruamel": {"settings"},
    # State is kept in a database of ours; a client's is only read.
    "sqlalchemy": {"databases", "store"},
    "stdnum": {"values"},
    "tenacity": {"rest"},
    "tldextract": {"values"},
    "typer": {"cli"},
    "xlsxwriter": {"report"},
}

# Tables are read and written everywhere, and arrays are arithmetic, not a service.
EVERYWHERE = {"numpy", "pandas", "pyarrow", "scipy"}


def _modules() -> Iterator[tuple[str, Path]]:
    """Return the part and the path of every module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0].startswith("_bundled"):
            continue
        yield relative.parts[0].removesuffix(".py"), path


@cache
def _names() -> dict[str, Path]:
    """Return every module of the package by its dotted name; a folder is its ``__init__``."""
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for _, path in _modules()}


@cache
def _imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Return every module that a file imports, wherever in the file it does so, and the line."""
    return tuple(_walked(ast.parse(path.read_text(encoding="utf-8"))))


def _walked(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((name if name in _names() else node.module, node.lineno) for name in names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in _names():
            # The root's name alone is a word like any other.
            yield from [(node.value, node.lineno)] if "." in node.value else []


def _part(module: str) -> str:
    """Return the part in which a module of the package stands."""
    return "__init__" if module == "toolkit" else module.split(".")[1]


def _is_allowed(part: str, target: str) -> bool:
    if part in ONLY:
        return target in ONLY[part]
    return target == part or LAYERS[target] < LAYERS[part]


def test_every_part_has_a_layer() -> None:
    """A new room takes its place in the order before anything stands in it."""
    parts = {part for part, _ in _modules()}

    assert parts <= set(LAYERS)


def test_parts_import_downwards_only() -> None:
    """Stages meet in tables: a part never reaches up, nor sideways, nor back to the public face."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} ({part}, {LAYERS[part]}) imports {module}"
        for part, path in _modules()
        for module, line in _imports(path)
        if module.split(".")[0] == "toolkit" and not _is_allowed(part, _part(module))
    ]

    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even inside a part: whoever reads a module never comes back to it by following what it needs."""
    graph = {
        name: {module for module, _ in _imports(path) if module in _names() and module != name}
        for name, path in _names().items()
    }

    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def test_no_folders_need_each_other_in_a_circle() -> None:
    """A folder of a part is a storey of its own: what stands below never needs what stands above."""

    def storey(name: str) -> str:
        parts = name.split(".")
        return ".".join(parts[:3]) if len(parts) > 3 else name

    graph: dict[str, set[str]] = {}
    for name, path in _names().items():
        # Whoever discovers the files of a folder names the folder, and needs none of them.
        needed = {storey(module) for module, _ in _imports(path) if _names().get(module, path).stem != "__init__"}
        needed &= {storey(module) for module in _names()}
        graph.setdefault(storey(name), set()).update(needed - {storey(name)})

    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def test_the_package_needs_neither_its_tests_nor_its_benchmarks() -> None:
    """What is installed runs without the checkout around it."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for _, path in _modules()
        for module, line in _imports(path)
        if module.split(".")[0] in {"benchmarks", "tests", "docs"}
    ]

    assert wrong == []


def test_benchmarks_name_modules_that_there_are() -> None:
    """They are run by hand, so a module that moved would be noticed late."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sorted(BENCHMARKS.rglob("*.py"))
        for module, line in _imports(path)
        if module.split(".")[0] == "toolkit" and module not in _names()
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "code",
    [
        "from toolkit.audit import verbs",
        "import toolkit.audit.verbs",
        "from toolkit.audit.verbs import explain",
        "def late():\n    from toolkit.audit.verbs import explain",
        "if TYPE_CHECKING:\n    from toolkit.audit.verbs import explain",
        "importlib.import_module('toolkit.audit.verbs')",
    ],
)
def test_an_import_is_seen_however_it_is_written(code: str) -> None:
    """The order cannot be gone round by writing an import in another place."""
    assert [module for module, _ in _walked(ast.parse(code))] == ["toolkit.audit.verbs"]


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_each_outside_package_has_its_owner(package: str) -> None:
    """What a package is used for stands in one place, so that it can be replaced there."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for part, path in _modules()
        for module, line in _imports(path)
        if module.split(".")[0] == package and part not in OWNERS[package]
    ]

    assert wrong == []


def test_no_module_is_a_drawer_for_everything() -> None:
    """Modules are nouns of the trade."""
    drawers = {"base", "common", "engine", "handler", "helpers", "manager", "misc", "processor", "service", "utils"}

    assert [str(path) for _, path in _modules() if path.stem in drawers] == []


def test_files_stay_short_enough_to_read() -> None:
    """A file that outgrows four hundred lines hides a second subject."""
    long = {str(p.relative_to(ROOT)): n for _, p in _modules() if (n := len(p.read_text("utf-8").splitlines())) > 400}

    assert long == {}
