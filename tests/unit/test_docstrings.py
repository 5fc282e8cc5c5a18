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
CLI = "cli/"

SLOTS = {"match/comparisons": {"graded"}, "charts": {"chart"}}
"""What the files of a folder that grows without a list all export: explained once, by the form they fill."""


def functions(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the public functions of a module and the public methods of its public classes."""
    for one in body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from functions(one.body, f"{one.name}.")
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not (one.name.startswith("_") or is_overload(one)):
            yield f"{inside}{one.name}", one


def is_overload(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether it is one signature of a function of several: the function itself explains them all."""
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in function.decorator_list)


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    """Return what a caller may give."""
    every = [*function.args.posonlyargs, *function.args.args, function.args.vararg, *function.args.kwonlyargs]
    return [one for one in every if one is not None and one.arg not in {"self", "cls"}]


def annotated_names() -> set[str]:
    """Return names that the command line gives to an annotated type, for options that several commands have."""
    trees = [ast.parse(MODULES[name].read_text(encoding="utf-8")) for name in MODULES if name.startswith(CLI)]
    return {
        target.id
        for tree in trees
        for one in tree.body
        if isinstance(one, ast.Assign) and is_annotated(one.value)
        for target in one.targets
        if isinstance(target, ast.Name)
    }


def is_annotated(annotation: ast.expr | None) -> bool:
    """Say whether a type has its help beside it."""
    return isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Annotated"


def is_explained(module: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the docstring has its section, or the help text of every option stands in its place."""
    given = parameters(function)
    # A command's docstring is what --help prints above the help of each option: a section would say it twice.
    is_command = module.startswith(CLI) and all(
        is_annotated(one.annotation) or (isinstance(one.annotation, ast.Name) and one.annotation.id in ANNOTATED)
        for one in given
    )
    return len(given) < MANY or is_command or "\nParameters\n----------\n" in (ast.get_docstring(function) or "")


ANNOTATED = annotated_names()


@pytest.mark.parametrize("module", MODULES)
def test_functions_of_three_parameters_or_more_explain_them(module: str) -> None:
    """Unit, range and table stand in a section Parameters, for every public function of the package."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    slots = SLOTS.get(Path(module).parent.as_posix(), set())

    assert [
        name for name, function in functions(tree.body) if name not in slots and not is_explained(module, function)
    ] == []
