"""A JupyterLab of its own for tests: started on loopback, its notebooks written, run and restarted as a person does."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = (
    "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR",
    "IPYTHONDIR",
)  # fmt: skip
_ALL_RAN = """() => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.innerText);
    return prompts.some(one => /[0-9]/.test(one)) && !prompts.some(one => one.includes('*'));
}"""


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab: where it answers, with which token, and the folder it shows."""

    address: str
    token: str
    folder: Path

    def notebook(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells; return its path below the folder."""
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        written = [
            {
                "cell_type": "code",
                "id": f"c{place}",
                "metadata": {},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for place, source in enumerate(cells)
        ]
        content = {"cells": written, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / name).write_text(json.dumps(content), "utf-8")
        return name

    def api(self, method: str, path: str) -> Any:
        """Ask the server itself: ``GET api/kernels``, ``POST api/kernels/ID/restart``."""
        request = urllib.request.Request(f"{self.address}/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Run a JupyterLab with folders of its own below ``folder``; it ends with the block."""
    root = folder / "root"
    root.mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    made = Lab(f"http://127.0.0.1:{port}", secrets.token_hex(16), root)
    own = {name: str(folder / name.lower()) for name in _FOLDERS}
    # The prompt for news would ask the internet.
    quiet = folder / "jupyter_config_dir" / "labconfig" / "page_config.json"
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}), "utf-8")
    # All cells are drawn, also those out of sight.
    whole = folder / "jupyterlab_settings_dir" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    whole.parent.mkdir(parents=True)
    whole.write_text(json.dumps({"windowingMode": "none"}), "utf-8")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={made.token}", f"--ServerApp.root_dir={root}",
        # A kernel that dies five times soon after it was started is given up; some tests kill it more often.
        "--KernelRestarter.restart_limit=1000",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]  # fmt: skip
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_it_answers(made, process, seconds=180)
            yield made
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_it_answers(lab: Lab, process: subprocess.Popen[bytes], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{lab.address}/api/status?token={lab.token}", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("JupyterLab did not start.")


def open_notebook(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook; return when its kernel is idle: what is chosen before is lost without a word."""
    page.goto(f"{lab.address}/lab/tree/{name}?token={lab.token}&reset")
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)


def run_all(page: Any, lab: Lab, name: str, *, seconds: int = 60) -> None:
    """Open a notebook and choose Run, Run All Cells; return when the last cell has run."""
    open_notebook(page, lab, name)
    run_cells(page, seconds=seconds)


def run_cells(page: Any, *, seconds: int = 60) -> None:
    """Choose Run, Run All Cells in the notebook that is open; return when the last cell has run."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(_ALL_RAN, timeout=1000 * seconds)


def restart_kernel(page: Any) -> None:
    """Restart the kernel by the menu, as a person does.

    One that is restarted behind JupyterLab's back leaves it with a subshell that the new kernel does not know, and screens
    that are drawn afterwards get no answers.
    """
    page.locator(".lm-MenuBar-itemLabel", has_text="Kernel").click()
    page.locator(".lm-Menu-itemLabel", has_text="Restart Kernel…").first.click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")


def chosen_theme(page: Any, theme: str) -> None:
    """Choose ``Light`` or ``Dark`` in the settings menu."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Settings").click()
    page.locator(".lm-Menu-itemLabel", has_text="Theme").first.hover()
    page.locator(".lm-Menu-itemLabel", has_text=f"JupyterLab {theme}").first.click()
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(theme == 'Light').lower()}'")
