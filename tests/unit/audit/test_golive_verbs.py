"""Going live in a notebook: before anything is agreed on, the answer says what to write; afterwards it is the command's."""

from pathlib import Path

import pytest

import toolkit
from tests.command_line import call
from tests.stories.test_going_live import Client, _invoices, _morning
from toolkit.errors import UnknownNameError


def test_what_is_not_agreed_on_yet_is_no_mistake(tmp_path: Path) -> None:
    """A sentence, what to write, and a chart that says that nothing can be compared."""
    call("new", tmp_path / "client")
    here = toolkit.open_engagement(tmp_path / "client")

    parallel, cutover = toolkit.judge_parallel_runs(here), toolkit.check_cutover(here)

    assert parallel.sentence == "engagement.yaml describes no parallel run yet."
    assert parallel.next_step.startswith("write it under parallel_run, as docs/parallel-run.md shows")
    assert parallel.chart().layout.annotations[0].text == "No item of the parallel run could be compared yet."
    assert cutover.sentence == "engagement.yaml describes no cut-over yet."
    assert not cutover.is_go
    assert (parallel.rows, cutover.rows) == ((), ())


@pytest.fixture
def week(tmp_path: Path) -> Client:
    """Return a client whose integration left one invoice out."""
    client = Client(tmp_path / "client")
    invoices = _invoices()
    client.read_all(invoices, invoices[1:], _morning(4))
    return client


def test_a_notebook_says_of_a_parallel_run_what_the_command_says(week: Client) -> None:
    """The same sentence and days, each discrepancy, and a chart."""
    here = toolkit.open_engagement(week.folder)
    found = toolkit.judge_parallel_runs(here)
    said = week.run("parallel-run")

    assert found.is_met == said["decision"]["is_met"]
    assert found.sentence.startswith("The exit rule is ")
    assert len(found.frame) == len(said["days"])
    assert found.discrepancies is not None
    assert len(found.discrepancies) == said["discrepancies"] == 1
    assert len(found.chart().data) >= 1
    assert {one.suffix for one in found.files} == {".html", ".xlsx"}
    with pytest.raises(UnknownNameError, match="'biled'"):
        found.chart("biled")


def test_a_notebook_says_go_or_no_go_with_every_condition(week: Client) -> None:
    """What does not hold makes the answer incomplete, and the first thing to do is the next step."""
    week.settings("cutover: {freeze: 2025-03-10 18:00}\n")
    found = toolkit.check_cutover(toolkit.open_engagement(week.folder))
    said = week.run("cutover")

    assert (found.is_go, found.sentence) == (said["go"], said["why"])
    assert len(found.rows) == len(found.frame) == len(said["conditions"])
    assert not found.is_complete
    assert found.next_step
