"""What the package says of its functions: three parameters or more are explained."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    path.relative_to(ROOT / "toolkit").as_posix(): path
    for path in sorted((ROOT / "toolkit").rglob("*.py"))
    if "_bundled" not in path.parts
}
MANY = 3

WITHOUT: dict[str, set[str]] = {
    "audit/stages/stage.py": {"stage_tables"},
    "cli/decisions.py": {"export", "import_"},
    "cli/engagement.py": {"confirm", "restore", "retire"},
    "store/store.py": {"Store.add_snapshot", "Store.keep_matching"},
}
"""Functions that still lack the section, by file."""

SLOTS = {"match/comparisons": {"graded"}, "charts": {"chart"}}
"""What the files of a folder that grows without a list all export: explained once, by the form they fill."""


def functions(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the public functions of a module and the public methods of its public classes."""
    for one in body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from functions(one.body, f"{one.name}.")
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("_"):
            yield f"{inside}{one.name}", one


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    """Return what a caller may give."""
    every = [*function.args.posonlyargs, *function.args.args, function.args.vararg, *function.args.kwonlyargs]
    return [one for one in every if one is not None and one.arg not in {"self", "cls"}]


def is_explained(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the docstring has its section; a command's options have their help instead."""
    given = parameters(function)
    is_command = any(one.annotation is not None and "typer." in ast.unparse(one.annotation) for one in given)
    return len(given) < MANY or is_command or "\nParameters\n----------\n" in (ast.get_docstring(function) or "")


@pytest.mark.parametrize("module", MODULES)
def test_functions_of_three_parameters_or_more_explain_them(module: str) -> None:
    """Unit, range and table stand in a section Parameters, for every public function of the package."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    excused = WITHOUT.get(module, set()) | SLOTS.get(Path(module).parent.as_posix(), set())

    assert [name for name, function in functions(tree.body) if name not in excused and not is_explained(function)] == []
