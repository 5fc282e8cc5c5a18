"""The consultant's notebooks on the sample client: every cell runs, every chart and table is there."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.audit.audited_folder import Audit
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
def test_a_notebook_shows_what_it_promises(notebook: Path, tmp_path: Path, harbor_pine: Audit) -> None:
    """The copy in the engagement runs as it is, where it lies.

    No cell fails or warns; a chart cell draws a chart, every other cell that ends in a value shows a table.
    """
    home = harbor_pine.engagement.folder / "notebooks"
    executed = run_notebook(home / notebook.name, tmp_path / notebook.name, {}, working_folder=home)

    kinds = {}
    for cell in code_cells(executed):
        last = ast.unparse(ast.parse(cell["source"]).body[-1])
        tags = cell["metadata"].get("tags", [])
        assert [one for one in cell["outputs"] if one["output_type"] in {"error", "stream"}] == [], last
        if "parameters" not in tags and "injected-parameters" not in tags:
            kinds[last] = {kind for one in cell["outputs"] for kind in one.get("data", {})}
    charts = {last for last in kinds if ".chart(" in last}
    files = {last for last in kinds if last.startswith("write_")}
    assert [last for last in charts if PLOTLY not in kinds[last]] == []
    assert [last for last in kinds.keys() - charts - files if "text/html" not in kinds[last]] == []
    assert len(kinds) >= 3


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_holds_no_results(notebook: Path) -> None:
    """What we hand out carries no client's data, and one cell takes the parameters."""
    cells = code_cells(notebook)

    assert [cell["source"] for cell in cells if cell["outputs"] or cell["execution_count"] is not None] == []
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1
