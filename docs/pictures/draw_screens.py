"""Draws every screen as JupyterLab shows it, over the sample client.

``python docs/pictures/draw_screens.py [FOLDER] [NAME …]``: of all screens or those named. Without FOLDER the pictures of
``docs/screens``; with it four of each to look at: light and dark, wide and narrow.
"""  # noqa: INP001 - a folder of pictures, not a package

import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.lab.conftest import FLAGS  # noqa: E402
from tests.lab.jupyter import Lab, chosen_theme, run_all, running_lab  # noqa: E402
from toolkit.audit.audited_folder import copied_sample  # noqa: E402
from toolkit.audit.engagement import open_engagement  # noqa: E402
from toolkit.audit.pull.snapshots import pull_snapshots  # noqa: E402
from toolkit.audit.runs import run_stages  # noqa: E402
from toolkit.report.pdf import found_browser  # noqa: E402

WIDTHS = {"": 1280, "_narrow": 900}
THEMES = ("Light", "Dark")

# A list of the client's own, about which something is asked.
_SITE_LOG = """
from pathlib import Path
rows = [f'J{n},Hill & Son,0{n}/0{n + 1}/2026,{n}.5,{n}20.00 USD' for n in range(1, 9)]
Path('harbor-pine/exports/site log.csv').write_text('\\n'.join(['Job,Customer,Started,Hours,Value', *rows]))
pull_snapshots(here)
"""

# A system that takes changes, slowly, and refuses some of them; a plan for it that was agreed to.
_JOB = """
import itertools, tempfile, time
from pathlib import Path
from tests.unit.audit.desks.jobs_to_watch import planned_client, planned_folder

def fault(_asked, sent=itertools.count(1)):
    time.sleep(0.4)
    return 'refused' if next(sent) in (9, 13) else None

home = Path(tempfile.mkdtemp())
opened = planned_client(planned_folder(home / 'planned'), home / 'client')
double, there = opened.__enter__()
double.fault = fault
"""


def _agreeing(page: Any) -> None:
    """Look at a change of the plan."""
    page.locator(".ia-screen").focus()
    page.keyboard.press("2")
    page.keyboard.press("j")


def _running(page: Any) -> None:
    """Start the job, and wait until a third of it is done."""
    page.locator(".ia-screen").focus()
    page.keyboard.press("g")
    page.keyboard.type("Crm")
    page.keyboard.press("Enter")
    page.get_by_text("refused by the system").first.wait_for(timeout=90_000)


def _dearer_hour(page: Any) -> None:
    """Move the first slider, and wait until the case stands beside the saved one."""
    page.locator(".ia-screen").focus()
    page.keyboard.press("j")
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    page.get_by_text("against saved").first.wait_for()
    page.wait_for_timeout(1500)


def _previewed(page: Any) -> None:
    """Let the second record stay, and wait for what each system gets."""
    _pressed(page, "2v")
    page.get_by_text("Planning").first.wait_for(state="detached", timeout=90_000)


# What the cell says that opens a screen (the engagement is ``here``), and what is done before its picture is taken.
SCREENS: dict[str, tuple[str, Callable[[Any], None]]] = {
    "edit_assumptions": ("edit_assumptions(here, reviewer='Dana Ruiz')", _dearer_hour),
    "edit_landscape": (
        "edit_landscape(here, reviewer='Dana Ruiz')",
        lambda page: page.locator("[data-node='system:ledger']").click(),
    ),
    "approve_plan": ("plan_changes(here, 'cleanup', 'crm')\napprove_plan(here, reviewer='Nora Feeney')", _agreeing),
    "watch_job": (f"{_JOB}watch_job(there, reviewer='Nora Feeney')", _running),
    "review_pairs": ("review_pairs(here, reviewer='Dana Ruiz')", lambda page: _pressed(page, "yny")),
    "review_pairs_groups": ("review_pairs(here, reviewer='Dana Ruiz')", lambda page: _pressed(page, "ssg")),
    "merge_clusters": ("merge_clusters(here, 'ledger', reviewer='Dana Ruiz')", _previewed),
    "review_mismatches": ("review_mismatches(here, reviewer='Dana Ruiz')", lambda page: _pressed(page, "j1na")),
    "answer_questions": (
        f"{_SITE_LOG}answer_questions(here, reviewer='Dana Ruiz')",
        lambda page: page.wait_for_timeout(6000),
    ),
    "map_fields": (
        f"{_SITE_LOG}map_fields(here, 'site log.csv', reviewer='Dana Ruiz')",
        lambda page: page.locator(".ia-screen").first.focus(),
    ),
}


def _pressed(page: Any, keys: str) -> None:
    """Press some keys, each when the one before has had its time."""
    page.locator(".ia-screen").focus()
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(700)


def draw_screens(folder: Path | None, names: list[str]) -> None:
    """Write the pictures of some screens: those of the documents, or four of each into a folder."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, running_lab(Path(kept)) as lab, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found_browser()), args=[*FLAGS])
        sample = _audited(Path(kept))
        for name in names:
            for ending, theme in itertools.product(WIDTHS, THEMES) if folder is not None else [("", "Light")]:
                # High enough for all of a screen: what JupyterLab lays over its end would be in the picture.
                page = browser.new_page(viewport={"width": WIDTHS[ending], "height": 1800})
                _draw(page, lab, sample, name, theme)
                file = ROOT / "docs" / "screens" / f"{name}.png"
                file = folder / f"{name}_{theme.lower()}{ending}.png" if folder is not None else file
                page.locator(".ia-screen").first.screenshot(path=str(file))
                page.close()
        browser.close()


def _audited(folder: Path) -> Path:
    sample = copied_sample(folder / "sample")
    engagement = open_engagement(sample)
    pull_snapshots(engagement)
    run_stages(engagement)
    engagement.close()
    return sample


def _draw(page: Any, lab: Lab, sample: Path, name: str, theme: str) -> None:
    source, prepare = SCREENS[name]
    client = lab.folder / "harbor-pine"
    shutil.rmtree(client, ignore_errors=True)
    shutil.copytree(sample, client)
    notebook = lab.notebook("screen.ipynb", [f"from toolkit import *\nhere = open_engagement('harbor-pine')\n{source}"])
    run_all(page, lab, notebook)
    chosen_theme(page, theme)
    # The screen is looked at without what stands around it.
    page.keyboard.press("Control+b")
    page.locator(".ia-screen").first.wait_for()
    prepare(page)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    chosen = [one for one in sys.argv[1:] if one in SCREENS] or [*SCREENS]
    places = [one for one in sys.argv[1:] if one not in SCREENS]
    draw_screens(Path(places[0]) if places else None, chosen)
