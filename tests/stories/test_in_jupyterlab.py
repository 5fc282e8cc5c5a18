"""A notebook in a real JupyterLab, in headless Chromium: opened, run, looked at."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from toolkit.audit.engagement import Engagement
from toolkit.audit.notebook_copies import copy_notebooks
from toolkit.report.pdf import found_browser
from toolkit.store import Run

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR",
    "IPYTHONDIR",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab: where it answers, with which token, and the folder it shows."""

    address: str
    token: str
    folder: Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until_it_answers(lab: Lab, process: subprocess.Popen[bytes], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{lab.address}/api/status?token={lab.token}", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("JupyterLab did not start.")


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """Yield a JupyterLab on loopback with folders of its own; it ends with the test."""
    root = tmp_path / "root"
    root.mkdir()
    made = Lab(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16), root)
    own = {name: str(tmp_path / name.lower()) for name in FOLDERS}
    # The prompt for news would ask the internet.
    quiet = tmp_path / "jupyter_config_dir" / "labconfig" / "page_config.json"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}), "utf-8")
    # All cells are drawn, also those out of sight.
    whole = tmp_path / "jupyterlab_settings_dir" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    whole.parent.mkdir(parents=True)
    whole.write_text(json.dumps({"windowingMode": "none"}), "utf-8")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={made.address.rsplit(':', 1)[1]}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={made.token}", f"--ServerApp.root_dir={root}",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]  # fmt: skip
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    with (tmp_path / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_it_answers(made, process, seconds=60)
            yield made
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def page(lab: Lab) -> Iterator[Any]:
    """Yield a page of a headless browser that reaches this machine only."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    program = found_browser()
    if program is None:
        pytest.skip("needs Chromium, Chrome or Edge")
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(program), args=flags)
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.route(
            "**/*",
            lambda route: (
                route.continue_() if route.request.url.startswith((lab.address, "data:", "blob:")) else route.abort()
            ),
        )
        yield opened
        browser.close()


def run_all(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook and choose Run, Run All Cells; return when the last cell has run."""
    page.goto(f"{lab.address}/lab/tree/{name}?token={lab.token}&reset")
    # What is chosen before the kernel is idle is lost without a word.
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.innerText);
            return prompts.some(one => /[0-9]/.test(one)) && !prompts.some(one => one.includes('*'));
        }""",
        timeout=60_000,
    )


def test_duplicates_are_looked_at_in_jupyterlab(lab: Lab, page: Any, mini: tuple[Engagement, Run]) -> None:
    """The copy in the engagement runs as it is.

    Every chart draws, every table stands in the width of the page, no cell fails, and nothing else is asked for.
    """
    client = lab.folder / "client"
    shutil.copytree(mini[0].folder, client)
    copy_notebooks(client)
    notebook = json.loads((client / "notebooks" / "04_duplicates.ipynb").read_text("utf-8"))
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    run_all(page, lab, "client/notebooks/04_duplicates.ipynb")
    page.wait_for_function("document.querySelectorAll('.jp-Notebook .js-plotly-plot .main-svg').length > 0", timeout=20_000)

    charts = sum("chart(" in "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    tables = page.locator(".jp-Notebook .jp-RenderedHTMLCommon table.dataframe")
    outputs = "[...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output')]"
    too_wide = page.evaluate(f"{outputs}.filter(one => one.scrollWidth > one.clientWidth + 1).length")
    assert page.locator(".jp-Notebook .js-plotly-plot").count() == charts == 2
    assert tables.count() == 3
    assert page.locator(".jp-Notebook .jp-mod-error, .jp-Notebook [data-mime-type$='stderr']").count() == 0
    assert (problems, too_wide) == ([], 0)


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
