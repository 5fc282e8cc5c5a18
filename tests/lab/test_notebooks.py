"""A notebook in a real JupyterLab, in headless Chromium: opened, run, looked at."""

import json
from pathlib import Path
from typing import Any

from tests.lab.jupyter import Lab, run_all


def test_duplicates_are_looked_at_in_jupyterlab(lab: Lab, page: Any, client: Path) -> None:
    """The copy in the engagement runs as it is.

    Every chart draws, every table stands in the width of the page, no cell fails, and nothing else is asked for.
    """
    notebook = json.loads((client / "notebooks" / "04_duplicates.ipynb").read_text("utf-8"))

    run_all(page, lab, f"{client.name}/notebooks/04_duplicates.ipynb", seconds=180)
    page.wait_for_function("document.querySelectorAll('.jp-Notebook .js-plotly-plot .main-svg').length > 0", timeout=20_000)

    charts = sum("chart(" in "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    tables = page.locator(".jp-Notebook .jp-RenderedHTMLCommon table.dataframe")
    outputs = "[...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output')]"
    too_wide = page.evaluate(f"{outputs}.filter(one => one.scrollWidth > one.clientWidth + 1).length")
    assert page.locator(".jp-Notebook .js-plotly-plot").count() == charts == 2
    assert tables.count() == 3
    assert page.locator(".jp-Notebook .jp-mod-error, .jp-Notebook [data-mime-type$='stderr']").count() == 0
    assert too_wide == 0


def test_a_mistake_is_one_calm_box_in_jupyterlab(lab: Lab, page: Any) -> None:
    """What happened and what to do, once, as text; the line below it says that the cell stopped."""
    source = "from toolkit import open_engagement\nopen_engagement('<b>gone</b> $x$')"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "mistake.ipynb").write_text(json.dumps(notebook), "utf-8")

    run_all(page, lab, "mistake.ipynb")

    [box] = page.locator(".jp-Notebook .jp-RenderedHTMLCommon").all_inner_texts()
    [stopped] = page.locator(".jp-Notebook [data-mime-type$='stderr']").all_inner_texts()
    assert box.startswith("There is no folder '<b>gone</b> $x$'. Create one with")
    assert box.endswith("Mend it, then run this cell again.")
    assert stopped.split() == ["Stopped:", "InputError"]
