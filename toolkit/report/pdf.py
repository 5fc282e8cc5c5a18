"""The report as PDF, printed by the browser of this machine."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from toolkit.disk import atomic_path
from toolkit.errors import IncompleteError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")
"""Programs that can print a page without a window, in order of preference."""


def found_browser(candidates: Sequence[str] = BROWSERS) -> Path | None:
    """Return the first browser on the search path that can print, or None."""
    paths = (shutil.which(name) for name in candidates)
    return next((Path(path) for path in paths if path), None)


def write_pdf(page: Path, out: Path, *, browser: Path | None = None, timeout_s: float = 120) -> Path:
    """Print an HTML report to PDF.

    Parameters
    ----------
    page
        A report as written by ``write_html``.
    browser
        Chromium, Chrome or Edge; by default the first one found.
    timeout_s
        Seconds that the browser may take.

    Raises
    ------
    IncompleteError
        There is no browser, or it failed; the HTML can be printed by hand.
    """
    program = browser or found_browser()
    if program is None:
        raise IncompleteError(
            f"No Chromium, Chrome or Edge was found, so there is no PDF. Open {page} in a browser and print it to PDF."
        )
    with tempfile.TemporaryDirectory(prefix="print-") as profile, atomic_path(out) as target:
        try:
            subprocess.run(  # noqa: S603 - a fixed program and our own paths
                [*_command(program, profile), f"--print-to-pdf={target}", page.resolve().as_uri()],
                check=True,
                capture_output=True,
                timeout=timeout_s,
            )
            is_written = target.read_bytes()[:5] == b"%PDF-"
        except (subprocess.SubprocessError, OSError):
            is_written = False
        if not is_written:
            raise IncompleteError(
                f"{program.name} could not print the report. Open {page} in a browser and print it to PDF."
            )
    return out


def _command(program: Path, profile: str) -> list[str]:
    command = [
        str(program),
        "--headless=new",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--virtual-time-budget=15000",
        "--no-pdf-header-footer",
        f"--user-data-dir={profile}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root.
        command.append("--no-sandbox")
    return command
