"""The order of the house: a part imports itself and lower parts only, and each outside package has its owners."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "toolkit"

LAYERS = {
    "errors": 0,
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
    "landscape": 2,
    "match": 2,
    "quality": 2,
    "roi": 2,
    "insight": 3,
    "plan": 3,
    "reconcile": 3,
    "scoping": 3,
    "files": 4,
    "rest": 4,
    "store": 4,
    "webhooks": 4,
    "apply": 5,
    "connectors": 5,
    "notebooks": 5,
    "report": 6,
    "widgets": 6,
    "settings": 7,
    "audit": 8,
    "cli": 9,
    "__main__": 10,
}

OWNERS = {
    "anyascii": {"values"},
    "authlib": {"rest", "webhooks"},
    "anywidget": {"widgets"},
    "babel": {"values"},
    "duckdb": {"query"},
    "httpx": {"rest", "webhooks"},
    "ipywidgets": {"widgets"},
    "keyring": {"settings"},
    "nbconvert": {"report"},
    "papermill": {"notebooks"},
    "phonenumbers": {"values"},
    "plotly": {"charts"},
    "pydantic": {"settings", "notebooks"},
    "python_calamine": {"files"},
    "rapidfuzz": {"match", "values"},
    "rich": {"cli"},
    "ruamel": {"settings"},
    "sqlalchemy": {"store"},
    "stdnum": {"values"},
    "tldextract": {"values"},
    "typer": {"cli"},
    "xlsxwriter": {"report"},
}

# Tables are read and written everywhere, and arrays are arithmetic, not a service.
EVERYWHERE = {"numpy", "pandas", "pyarrow", "scipy"}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0].startswith("_bundled"):
            continue
        yield relative.parts[0].removesuffix(".py"), path


@cache
def _imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Return every module that a file imports, wherever in the file it does so."""
    return tuple(_walked(path))


def _walked(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "toolkit":
                yield from ((f"toolkit.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


def test_every_part_has_a_layer() -> None:
    """A new room takes its place in the order before anything stands in it."""
    parts = {part for part, _ in _modules()} - {"__init__"}

    assert parts <= set(LAYERS)


def test_parts_import_downwards_only() -> None:
    """Stages meet in tables: a part never reaches up, nor sideways."""
    wrong = []
    for part, path in _modules():
        if part == "__init__":
            continue
        for module, line in _imports(path):
            names = module.split(".")
            if names[0] != "toolkit" or len(names) == 1:
                continue
            target = names[1]
            if target.startswith("__version__") or target == part:
                continue
            if LAYERS[target] >= LAYERS[part]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} ({part}, {LAYERS[part]}) imports {module}")

    assert wrong == []


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
