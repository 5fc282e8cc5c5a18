"""What works on this machine, and how to mend what does not."""

import importlib.metadata
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.audit.shared_state import opened_store, shared_place
from toolkit.bundled import bundled
from toolkit.errors import InputError, ToolkitError
from toolkit.notebooks.kernel_spec import foreign_kernel
from toolkit.notebooks.loopback import require_loopback
from toolkit.report.pdf import found_browser
from toolkit.rest.vault.keyrings import keyring_name
from toolkit.settings import browser_path

MIN_FREE_GB = 2.0
PACKAGES = ("pandas", "rapidfuzz", "httpx", "authlib", "cryptography", "plotly", "duckdb", "pyarrow")
EXTRAS = {"jupyterlab": "lab", "ipywidgets": "lab", "papermill": "report", "nbformat": "report"}
"""Packages that a server may go without, each with the extra that brings it."""


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One thing looked at: what, how it stands, what was seen, and how to mend it."""

    what: str
    state: Literal["ok", "warning", "failed"]
    seen: str
    mend: str = ""


def machine_checks(folder: Path) -> list[MachineCheck]:
    """Return every check of this machine, and of a folder on it; nothing is changed and nothing leaves it.

    Raises
    ------
    InputError
        There is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}. Name the engagement's folder, or none to look at this machine.")
    return list(_checks(folder.resolve()))


def _checks(folder: Path) -> Iterator[MachineCheck]:
    version = ".".join(map(str, sys.version_info[:3]))
    is_new_enough = sys.version_info >= (3, 11)
    yield MachineCheck("Python", "ok" if is_new_enough else "failed", version, "Install Python 3.11 or later.")
    for package in PACKAGES:
        try:
            yield MachineCheck(package, "ok", importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield MachineCheck(package, "failed", "missing", "Install integration-audit again into this environment.")
    for package, extra in EXTRAS.items():
        yield _of_extra(package, extra)
    yield _kernel()
    browser = browser_path() or found_browser()
    yield MachineCheck(
        "Browser for PDF",
        "ok" if browser else "warning",
        str(browser or "none found"),
        "Install Chromium, Chrome or Edge, or set BROWSER_PATH. Without one, print the HTML report to PDF by hand.",
    )
    yield _keyring()
    yield from _shared_state(folder)
    for kind in ("notebooks", "reports", "sample_data"):
        yield _bundled(kind)
    free_gb = shutil.disk_usage(folder).free / 1e9
    yield MachineCheck(
        "Free disk space here",
        "ok" if free_gb >= MIN_FREE_GB else "warning",
        f"{free_gb:.1f} GB",
        f"Keep at least {MIN_FREE_GB:.0f} GB free where the engagement lies.",
    )
    is_writable = os.access(folder, os.W_OK) and os.access(tempfile.gettempdir(), os.W_OK)
    yield MachineCheck(
        "Writing here",
        "ok" if is_writable else "failed",
        "allowed" if is_writable else "refused",
        "Go to a folder of your own.",
    )


def _keyring() -> MachineCheck:
    found = keyring_name()
    return MachineCheck(
        "Keyring",
        "ok" if found else "warning",
        found or "none found",
        "Sign-ins are kept in an encrypted file then; its passphrase is asked for, or INTEGRATION_AUDIT_PASSPHRASE holds "
        "it.",
    )


def _shared_state(folder: Path) -> Iterator[MachineCheck]:
    """Yield whether the state of the engagement in a folder can be reached, where it is shared."""
    what = "State of this engagement"
    try:
        place = shared_place(folder)
        if place is None:
            return
        opened_store(folder).close()
    except ToolkitError as error:
        yield MachineCheck(what, "failed", "not reached", str(error))
    else:
        yield MachineCheck(what, "ok", place.shown)


def _of_extra(package: str, extra: str) -> MachineCheck:
    try:
        return MachineCheck(package, "ok", importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:
        needs = {"lab": "Only JupyterLab needs it", "report": "Documents (audit, demo, report) need it"}[extra]
        return MachineCheck(package, "warning", "missing", f"{needs}: python -m pip install 'integration-audit[{extra}]'.")


def _kernel() -> MachineCheck:
    """Return whether a notebook's kernel can be started and reached, and whether it is the one that people may get, too."""
    what = "Notebook kernel"
    try:
        version = importlib.metadata.version("ipykernel")
    except importlib.metadata.PackageNotFoundError:
        return _of_extra("ipykernel", "report")
    try:
        require_loopback()
    except InputError as error:
        return MachineCheck(what, "failed", "not reached", str(error))
    seen = f"ipykernel {version} in {sys.executable}"
    if foreign := foreign_kernel():
        mend = f"A JupyterLab that you start yourself runs {foreign}. integration-audit lab brings its own kernel."
        return MachineCheck(what, "warning", seen, mend)
    return MachineCheck(what, "ok", seen)


def _bundled(kind: Literal["notebooks", "reports", "sample_data"]) -> MachineCheck:
    try:
        return MachineCheck(f"Bundled {kind}", "ok", str(bundled(kind)))
    except InputError as error:
        return MachineCheck(f"Bundled {kind}", "failed", "missing", str(error))
