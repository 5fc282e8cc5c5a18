"""The consultant's notebooks on the sample client: every cell runs, every chart and table is there."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.bundled import bundled
from toolkit.notebooks import run_notebook

NOTEBOOKS = sorted(bundled("notebooks").glob("*.ipynb"))
FOR_CONSULTANTS = [path for path in NOTEBOOKS if path.stem != "client_report"]
PLOTLY = "application/vnd.plotly.v1+json"


def code_cells(path: Path) -> list[dict[str, Any]]:
    """Return the code cells of a notebook, each with its source as one text."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", FOR_CONSULTANTS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_promises(notebook: Path, tmp_path: Path, scoped: Engagement) -> None:
    """The copy in the engagement runs as it is, where it lies.

    No cell fails or warns; a chart cell draws a chart, every other cell that ends in a value shows a table.
    """
    home = scoped.folder / "notebooks"
    executed = run_notebook(home / notebook.name, tmp_path / notebook.name, {}, working_folder=home)

    kinds = {}
    for cell in code_cells(executed):
        last = ast.unparse(ast.parse(cell["source"]).body[-1])
        tags = cell["metadata"].get("tags", [])
        assert [one for one in cell["outputs"] if one["output_type"] in {"error", "stream"}] == [], last
        if "parameters" not in tags and "injected-parameters" not in tags:
            kinds[last] = {kind for one in cell["outputs"] for kind in one.get("data", {})}
    charts = {last for last in kinds if ".chart(" in last or last.startswith("draw_")}
    assert [last for last in charts if PLOTLY not in kinds[last]] == []
    assert [last for last in kinds.keys() - charts if "text/html" not in kinds[last]] == []
    assert len(kinds) >= 3


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_needs_nothing_but_what_is_public(notebook: Path) -> None:
    """Verbs, charts and errors; whoever copies a cell into a notebook of their own can rely on it."""
    trees = [ast.parse(cell["source"]) for cell in code_cells(notebook)]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module if isinstance(node, ast.ImportFrom) else alias.name for node in imports for alias in node.names}
    names = {alias.name for node in imports for alias in node.names if getattr(node, "module", "") == "toolkit"}

    assert modules <= {"toolkit", "toolkit.charts", "toolkit.errors", "IPython.display"}
    assert names <= set(toolkit.__all__)


@pytest.mark.parametrize("notebook", FOR_CONSULTANTS, ids=lambda path: path.stem)
def test_a_notebook_says_what_it_is_for_what_to_look_at_and_what_comes_next(notebook: Path) -> None:
    """The first cell has the purpose, the last one the next step, with a link to a notebook that there is."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    first, last = ("".join(cells[place]["source"]) for place in (0, -1))
    linked = set(re.findall(r"\]\((\w+\.ipynb)\)", last))

    assert first.startswith("# ")
    assert "**Look at** " in first
    assert last.startswith("Next: ")
    assert linked
    assert linked <= {one.name for one in NOTEBOOKS}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_holds_no_results(notebook: Path) -> None:
    """What we hand out carries no client's data, and one cell takes the parameters."""
    cells = code_cells(notebook)

    assert [cell["source"] for cell in cells if cell["outputs"] or cell["execution_count"] is not None] == []
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1
