"""A notebook that is sent on without a kernel still shows what stood on its screens."""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter

from tests.lab.jupyter import Lab, run_all
from tests.lab.test_frame import CELL


def test_an_exported_notebook_shows_the_picture_of_the_state(lab: Lab, page: Any, tmp_path: Path) -> None:
    """Saved from JupyterLab and exported as a page: what the desk's still says stands there, and asks for nothing else."""
    name = lab.notebook("exported.ipynb", [CELL.replace("desk = Numbers()", "desk = Numbers()\ndesk.count = 4711")])
    run_all(page, lab, name)
    page.locator(".ia-screen").wait_for()
    page.keyboard.press("Control+s")
    saved = lab.folder / name
    for _ in range(200):
        if "4711</p>" in saved.read_text("utf-8"):
            break
        page.wait_for_timeout(100)

    html, _ = HTMLExporter().from_notebook_node(nbformat.read(saved, as_version=4))
    file = tmp_path / "exported.html"
    file.write_text(html, "utf-8")

    assert "<p>4711</p>" in html
    assert "application/vnd.jupyter.widget-view+json" not in html
