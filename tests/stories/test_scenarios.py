"""What if: scenarios of the sample client side by side, in a notebook and at the command line."""

import json
from pathlib import Path

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.cli.app import run
from toolkit.errors import InputError
from toolkit.store.results import latest_run_id


def test_scenarios_stand_side_by_side_and_are_written_nowhere(scoped: Engagement) -> None:
    """A scenario that sets nothing differs in nothing; a dearer day costs more, and worth and cost differ by the same."""
    before = (scoped.folder / "engagement.yaml").read_bytes(), latest_run_id(scoped.folder)

    found = toolkit.compare_scenarios(
        scoped, {"name": "Nothing"}, {"name": "Dearer", "set": {"rates.day_rate": [700, 900, 1100]}}
    )

    rows = found.table.to_pylist()
    assert {row["difference"] for row in rows if row["scenario"] == "Nothing"} <= {0, None}
    dearer = {row["metric"]: row for row in rows if (row["scenario"], row["handoff_id"]) == ("Dearer", "total")}
    assert dearer["one_time_cost"]["difference"] > 1000
    assert dearer["npv"]["difference"] < 0
    assert dearer["hours_now"]["difference"] == 0
    assert "Nothing: what pays is worth USD" in found.sentence
    assert "less than as it is" in found.sentence
    assert ((scoped.folder / "engagement.yaml").read_bytes(), latest_run_id(scoped.folder)) == before
    own = toolkit.results_table(scoped, "case", found.run_ids["Dearer"]).frame
    assert own[(own.handoff_id == "total") & (own.metric == "npv")].value.item() == dearer["npv"]["value"]


def test_scenario_files_at_the_command_line(scoped: Engagement, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With --json every figure of every scenario, and what each of them set."""
    slow, slip = tmp_path / "slow.yaml", tmp_path / "slip.yaml"
    slow.write_text("name: Slow\nset: {deal_to_project.minutes_per_item: 40}\n", "utf-8")
    slip.write_text("name: Slip\nset: {deal_to_projct.minutes_per_item: 40}\n", "utf-8")

    code = run(["estimate", str(scoped.folder), "--scenario", str(slow), "--json"])
    told = json.loads(capfd.readouterr().out)

    assert code == 0
    assert told["sets"] == {"Slow": {"deal_to_project.minutes_per_item": "40"}}
    assert {row["scenario"] for row in told["figures"]} == {"as it is", "Slow"}
    assert run(["estimate", str(scoped.folder), "--scenario", str(slow), "--scenario", str(slip)]) == 3
    assert "Did you mean 'deal_to_project'?" in capfd.readouterr().err


def test_no_scenario_and_two_of_one_name_are_refused(scoped: Engagement) -> None:
    """Before anything is worked out."""
    with pytest.raises(InputError, match="Name at least one scenario"):
        toolkit.compare_scenarios(scoped)
    with pytest.raises(InputError, match="Two scenarios are called 'A'"):
        toolkit.compare_scenarios(scoped, {"name": "A"}, {"name": "A", "set": {"rates.day_rate": 1}})
