"""A whole engagement in JupyterLab: from `new` to a plan that was agreed to, by following the notebooks."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.lab.jupyter import ROOT, Lab, run_all
from toolkit.audit.engagement import open_engagement
from toolkit.bundled import bundled
from toolkit.store.plans import approval_of, kept_plan

DECIDED = 6
"""Pairs that are decided by hand here."""

FIRST, LAST = "01_landscape.ipynb", "09_cleanup_job.ipynb"


def following(notebooks: Path) -> list[str]:
    """Return the notebooks in the order in which each names the next, as far as the one that cleans up."""
    names = [FIRST]
    ahead: list[str] = []
    while names[-1] != LAST:
        last_cell = json.loads((notebooks / names[-1]).read_text("utf-8"))["cells"][-1]
        ahead += re.findall(r"\]\(([^)]*\.ipynb)\)", "".join(last_cell["source"]))
        names.append(next(one for one in ahead if one not in names))
    # While nothing was read yet, `lab` opens the notebook that reads.
    return [names[1], names[0], *names[2:]]


def decide_pairs(page: Any) -> None:
    """Decide some pairs by keyboard, one key each: likelier than not is the same."""
    screen = page.locator(".ia-screen").first
    screen.focus()
    for done in range(1, DECIDED + 1):
        page.keyboard.press("y" if done % 2 else "n")
        page.locator(".ia-screen", has_text=f"{done} decided").first.wait_for()


def settle_differences(page: Any) -> None:
    """Take what is proposed for one difference."""
    page.locator(".ia-screen").first.focus()
    page.keyboard.press("a")
    page.locator(".ia-screen", has_text="1 of ").first.wait_for()


def agree(page: Any) -> None:
    """Agree to the plan with the name of the system that would be changed."""
    page.locator(".ia-screen", has_text="Agree to this plan").focus()
    page.keyboard.press("a")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("HubSpot")
    page.keyboard.press("Enter")
    page.locator(".ia-saying", has_text="Saved: ").wait_for()


DONE_THERE = {
    "04_duplicates.ipynb": decide_pairs,
    "05_mismatches.ipynb": settle_differences,
    "09_cleanup_job.ipynb": agree,
}


def test_an_engagement_is_done_from_new_to_an_agreed_plan(lab: Lab, page: Any) -> None:
    """No cell fails, every screen stands, what was decided by hand is obeyed, and the plan carries who agreed."""
    folder = lab.folder / "whole"
    made = [sys.executable, "-m", "toolkit", "new", str(folder), "--client", "Harbor & Pine"]
    subprocess.run(made, check=True, capture_output=True, cwd=ROOT)
    # What the client sent, and what the consultant was told.
    shutil.copytree(bundled("sample_data") / "harbor-pine", folder, dirs_exist_ok=True)
    names = following(folder / "notebooks")
    failed = []
    for name in names:
        run_all(page, lab, f"whole/notebooks/{name}", seconds=180)
        if page.locator(".jp-Notebook .jp-mod-error, .jp-Notebook [data-mime-type$='stderr']").count():
            failed.append(name)
        if name in DONE_THERE:
            DONE_THERE[name](page)
    here = open_engagement(folder)
    approval = approval_of(here.store, kept_plan(here.store, "latest"))
    decided = here.store.decisions().to_pylist()
    here.close()

    assert (names[0], names[-2], failed) == ("02_snapshots.ipynb", "client_report.ipynb", [])
    assert len(decided) == DECIDED
    assert approval is not None
    assert approval.approver == decided[0]["reviewer"]
