"""``integration-audit lab``: a real JupyterLab, opened in a browser, looked at, and ended."""

import json
import os
import shutil
import signal
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

from tests.lab.jupyter import ROOT, run_cells

WHERE = "import os, sys, toolkit\nprint(sys.executable, toolkit.__file__, os.environ['PLOTLY_RENDERER'], sep='\\n')"


@dataclass(frozen=True, slots=True)
class Started:
    """The command as it runs: what it said, and whose home it was given."""

    process: "subprocess.Popen[str]"
    told: dict[str, str]
    home: Path

    @property
    def address(self) -> str:
        return self.told["url"].partition("/lab")[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of somebody whose own Jupyter is open to everybody, and runs another kernel."""
    own = tmp_path / "home"
    config = own / ".jupyter" / "jupyter_server_config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"ServerApp": {"ip": "0.0.0.0"}, "IdentityProvider": {"token": ""}}), "utf-8")
    spec = own / ".local" / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": ["/bin/false"], "display_name": "Wrong", "language": "python"}), "utf-8")
    return own


@pytest.fixture
def started(home: Path, audited: Path, tmp_path: Path) -> Iterator[Started]:
    """Yield the command, started on a copy of the sample client; it is ended whatever happens."""
    folder = Path(shutil.copytree(audited, tmp_path / "client"))
    cells = [{"cell_type": "code", "id": "a", "metadata": {}, "source": WHERE, "outputs": [], "execution_count": None}]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    where = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks" / "where.ipynb").write_text(json.dumps(where), "utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "XDG"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "lab", str(folder), "--no-browser", "--open", "where", "--json"],
        env={**inherited, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = []
        while (line := process.stdout.readline()) and line.rstrip() != "}":
            lines.append(line)
        assert line, process.stderr.read() if process.stderr else ""
        yield Started(process, json.loads("".join([*lines, "}"])), home)
    finally:
        process.kill()
        process.communicate(timeout=20)


def files(home: Path) -> dict[str, float]:
    return {str(path.relative_to(home)): path.stat().st_mtime for path in home.rglob("*") if path.is_file()}


def is_answered(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/api/contents", timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code != 403
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


def test_lab_opens_the_engagement_and_leaves_no_trace(started: Started, page: Any) -> None:
    """The notebook is open, its kernel is ours, nothing pops up; the user's own Jupyter is neither read nor written."""
    before = files(started.home)
    assert started.address.startswith("http://127.0.0.1:")
    assert not is_answered(started.address)

    page.goto(started.told["url"])
    page.locator("#jp-main-statusbar").get_by_text("Python 3 (integration-audit) | Idle").wait_for(timeout=90_000)
    run_cells(page)

    printed = page.locator(".jp-Notebook .jp-OutputArea-output").first.inner_text().split()
    assert printed == [sys.executable, str(ROOT / "toolkit" / "__init__.py"), "plotly_mimetype"]
    assert page.locator(".jp-toast, .Toastify__toast, dialog.jp-Dialog").count() == 0
    listed = page.locator(".jp-DirListing-itemText").all_inner_texts()
    assert {"01_landscape.ipynb", "where.ipynb"} <= {one.strip() for one in listed}
    started.process.send_signal(signal.SIGINT)
    assert started.process.wait(40) == 0
    assert not is_answered(started.address)
    assert files(started.home) == before
    kept = Path(started.told["folder"]) / ".jupyterlab"
    assert kept.stat().st_mode & 0o077 == 0


def test_lab_ends_with_its_terminal(started: Started) -> None:
    """No server with a client's data is left behind when the window is closed."""
    started.process.send_signal(signal.SIGHUP)

    assert started.process.wait(40) == 0
    until = time.monotonic() + 10
    while is_answered(started.address) and time.monotonic() < until:
        time.sleep(0.2)
    assert not is_answered(started.address)
