"""A job that is sent from a notebook, by a program as papermill is: nobody can be asked, so everything is said before."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import toolkit
from tests.stories.test_sent_jobs import client
from tests.vendor_doubles import Double
from toolkit.bundled import bundled
from toolkit.errors import InputError, PlanRefusedError
from toolkit.notebooks import NotebookError, run_notebook

NOTEBOOK = bundled("notebooks") / "09_cleanup_job.ipynb"


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Double]:
    """Yield the client's system, which was read, with a plan that nobody has agreed to."""
    with client(tmp_path / "client", "versions") as double:
        toolkit.plan_changes(toolkit.open_engagement(tmp_path / "client"), "cleanup", "crm")
        yield double


def run(folder: Path, **more: Any) -> Path:
    """Run the notebook of a cleanup with parameters, and return its executed copy."""
    values = {"engagement": str(folder / "client"), "system": "crm", "plan": "latest", **more}
    return run_notebook(NOTEBOOK, folder / "record.ipynb", values, is_ours=True)


def refused(folder: Path, **more: Any) -> str:
    with pytest.raises(NotebookError) as caught:
        run(folder, **more)
    return str(caught.value)


def test_nothing_is_sent_that_nobody_agreed_to_or_bounded(crm: Double, tmp_path: Path) -> None:
    """Without an approval, without a number, with too small a number, without a plan, with a mode that there is not."""
    here = toolkit.open_engagement(tmp_path / "client")
    assert "Nobody has agreed" in refused(tmp_path, mode="send", max_changes=1000)
    toolkit.approve_plan(here, "latest", by="Nora")

    assert "max_changes = the number" in refused(tmp_path, mode="send")
    assert "1 may be made" in refused(tmp_path, mode="send", max_changes=1)
    assert "Name the approved plan" in refused(tmp_path, mode="send", max_changes=1000, plan="")
    assert "rehearse, write, try_send or send" in refused(tmp_path, mode="sent")
    with pytest.raises(PlanRefusedError, match="Nobody said how many"):
        toolkit.apply_plan(here, "latest", over_interface=True, dry_run=False)
    with pytest.raises(InputError, match="Choose one"):
        toolkit.apply_plan(here, "latest", over_interface=True, out=tmp_path / "files")
    with pytest.raises(InputError, match="account goes with"):
        toolkit.apply_plan(here, "latest", account="Harbor Pine Ltd")
    assert not crm.effects


def test_an_approved_plan_is_tried_and_then_sent(crm: Double, tmp_path: Path) -> None:
    """Trying reads each record and sends nothing; sending once more changes nothing more."""
    toolkit.approve_plan(toolkit.open_engagement(tmp_path / "client"), "latest", by="Nora")

    tried = run(tmp_path, mode="try_send").read_text("utf-8")
    assert "Nothing was sent: each of " in tried
    assert not crm.effects
    done = run(tmp_path, mode="send", max_changes=1000).read_text("utf-8")
    effects = len(crm.effects)
    again = run(tmp_path, mode="send", max_changes=1000).read_text("utf-8")

    assert re.search(r" changes to \w+ done\.", done)
    assert re.search(r" changes to \w+ done\.", again)
    assert len(crm.effects) == effects > 10


def test_what_was_sent_is_taken_back_from_a_notebook(crm: Double, tmp_path: Path) -> None:
    """The plan that does it is agreed to like any other, and puts every value back."""
    before = {name: dict(one) for name, one in crm.records.items()}
    here = toolkit.open_engagement(tmp_path / "client")
    toolkit.approve_plan(here, "latest", by="Nora")
    sent = toolkit.apply_plan(here, "latest", over_interface=True, dry_run=False, max_changes=1000)

    back = toolkit.undo_plan(here, "latest")
    toolkit.approve_plan(here, back.plan_id, by="Nora")
    undone = toolkit.apply_plan(here, back.plan_id, over_interface=True, dry_run=False, max_changes=1000)

    assert sent.is_complete
    assert undone.is_complete
    assert [one.suffix for one in sent.files] == [".html"]
    values = ("name", "contact", "domain", "parent", "archived")
    assert {name: [one[value] for value in values] for name, one in crm.records.items()} == {
        name: [one[value] for value in values] for name, one in before.items()
    }
