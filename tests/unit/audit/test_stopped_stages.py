"""The stop button in the middle of an audit: nothing half-written, nothing lost that was done."""

import shutil
from pathlib import Path

import pytest

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import AUDITED, STAGES, run_stages

MINI = Path(__file__).resolve().parents[2] / "golden" / "mini" / "client"


@pytest.fixture
def pulled(tmp_path: Path) -> Engagement:
    """Return the hand-written client, read and not yet computed."""
    folder = Path(shutil.copytree(MINI, tmp_path / "client"))
    here = open_engagement(folder)
    pull_snapshots(here)
    return here


def stopped_at(name: str) -> object:
    """Return progress at whose word for a stage somebody presses stop."""

    def progress(label: str, _done: int, _total: int | None) -> None:
        if label == STAGES[name].label:
            raise KeyboardInterrupt

    return progress


def test_what_is_computed_when_somebody_stops_is_kept(pulled: Engagement) -> None:
    """The next run goes on from there, and ends with the figures that it would have had."""
    with pytest.raises(KeyboardInterrupt):
        run_stages(pulled, progress=stopped_at("reconcile"))  # type: ignore[arg-type]
    held = pulled.store.run()
    told: list[str] = []

    whole = run_stages(pulled, progress=lambda label, _done, _total: told.append(label))

    assert held.facts["stages"] == ["quality", "match", "documents"]
    assert held.damaged_tables() == []
    assert not held.has("mismatch")
    assert whole.facts["stages"] == [*AUDITED]
    assert whole.facts["tables"]["pair"] == held.facts["tables"]["pair"]
    assert list((pulled.folder / "results").glob(".partial*")) == []


def test_who_stops_before_anything_is_done_finds_everything_as_it_was(pulled: Engagement) -> None:
    """No run, no lock, no half of a folder."""
    with pytest.raises(KeyboardInterrupt):
        run_stages(pulled, progress=stopped_at("quality"))  # type: ignore[arg-type]

    assert [one.name for one in (pulled.folder / "results").glob("*")] == []
    with pulled.store.writing("somebody else"):
        pass


def test_the_figures_are_those_of_an_audit_that_nobody_stopped(pulled: Engagement, tmp_path: Path) -> None:
    """However often it was stopped."""
    other = open_engagement(shutil.copytree(pulled.folder, tmp_path / "other"))
    for name in ("match", "handoffs", "figures"):
        with pytest.raises(KeyboardInterrupt):
            run_stages(pulled, progress=stopped_at(name))  # type: ignore[arg-type]

    stopped, straight = run_stages(pulled), run_stages(other)

    assert stopped.table("figure").drop(["snapshots"]).equals(straight.table("figure").drop(["snapshots"]))
