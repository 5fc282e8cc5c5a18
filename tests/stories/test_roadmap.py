"""The sample client's roadmap, in a notebook and at the command line."""

import json

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.cli.app import run


def test_the_sample_client_gets_a_roadmap_that_asks_for_what_it_lacks(scoped: Engagement) -> None:
    """The deals come first; what is not known is named with its place, and what loses stays by hand with its reason."""
    found = toolkit.plan_roadmap(scoped)

    assert found.sentence.startswith("Connect 5 of 8 handoffs, first Won deals copied into the project tracker: USD ")
    assert len(found.rows) == 8
    assert [row[0] for row in found.rows[:6]] == ["1", "2", "3", "4", "5", "–"]
    assert {row["stage"] for row in found.table.to_pylist()} == {1, 2, 3, None}
    assert all(key in " ".join(found.asked) for key in ("roadmap.quarters.", "roadmap.projects.stripe_to_ledger.owner"))
    assert "Kick-off tickets opened for won deals waits: Pays, but what is done is worth more" in repr(found)
    assert "Projects written into the site log stays by hand: Costs more than it brings" in repr(found)
    assert "Not complete" in found._repr_html_()


def test_the_roadmap_connects_what_the_recommendation_does(scoped: Engagement) -> None:
    """With money for all, nothing that the business case recommends is left out, and nothing it leaves by hand is in."""
    audit = toolkit.latest_run(scoped)
    advice = {row["handoff_id"]: row["wave"] for row in audit.table("recommendation").to_pylist()}

    planned = toolkit.plan_roadmap(scoped, budget=50_000).table.to_pylist()

    assert {row["handoff_id"] for row in planned if row["place"]} == {name for name, wave in advice.items() if wave}


def test_a_budget_at_the_command_line_is_kept_to(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """The JSON has the same sums as the table, and costs no more than there is."""
    code = run(["roadmap", str(scoped.folder), "--budget", "6000", "--json"])

    told = json.loads(capfd.readouterr().out)
    done = [row for row in told["roadmap"] if row["place"]]
    shared = sum(value for name, value in told["totals"].items() if name.startswith("shared."))
    assert code == 0
    assert 0 < told["totals"]["cost"] <= 6000
    assert told["totals"]["cost"] == pytest.approx(sum(row["cost"] for row in done) + shared)
    assert told["totals"]["npv"] == pytest.approx(sum(row["npv"] for row in done) - shared)
    assert {row["state"] for row in told["roadmap"]} == {"do", "wait", "manual"}


def test_a_budget_that_is_no_amount_is_refused(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """In a sentence, with the code for what is to be mended."""
    code = run(["roadmap", str(scoped.folder), "--budget=-1"])

    assert code == 3
    assert "The budget is -1" in capfd.readouterr().err
