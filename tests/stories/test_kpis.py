"""What shows that it worked, and what handoffs are made of, on the sample client."""

import json
import shutil
from pathlib import Path

import pytest

import toolkit
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.cli.app import run
from toolkit.errors import InputError


def test_kpis_of_the_sample_client_have_the_baseline_that_the_data_tells(scoped: Engagement) -> None:
    """Two of the five nobody's data tells: they are asked for, and nothing is judged before going live."""
    found = toolkit.measure_kpis(scoped)

    assert found.sentence == "3 of 5 KPIs have a baseline; none is reviewed yet."
    rows = {row["kpi_id"]: row for row in found.table.to_pylist()}
    assert 5 < rows["manual_hours"]["baseline"] < 15
    assert (
        rows["invoice_errors"]["baseline_low"] < rows["invoice_errors"]["baseline"] < rows["invoice_errors"]["baseline_high"]
    )
    assert rows["close_days"]["baseline"] is None
    assert "kpis.measures.close_days.baseline" in " ".join(found.asked)
    assert "Not complete" in found._repr_html_()


def test_reviews_are_judged_at_the_command_line(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """As if it had gone live in July: nobody said under which name the integration writes, so hours are not judged."""
    code = run(["kpi", str(scoped.folder), "--set", "kpis.live_on=2026-07-01", "--json"])

    told = json.loads(capfd.readouterr().out)
    reviews = {(row["kpi_id"], row["days"]): row for row in told["reviews"]}
    assert code == 0
    assert reviews["invoice_errors", 90]["verdict"] in {"met", "missed", "undecided"}
    assert reviews["invoice_errors", 90]["n"] > 200
    assert reviews["manual_hours", 30]["verdict"] == "cannot_be_judged"
    assert reviews["close_days", 90]["state"] == "not_measured"


def test_handoffs_are_told_by_kind_of_error_and_what_may_be_paid_twice(scoped: Engagement) -> None:
    """The kinds add up to the errors that were measured; each double payment has two entries and a reason."""
    found = toolkit.detail_handoffs(scoped)

    kinds = found.tables["handoff_error"].to_pylist()
    measures = toolkit.results_table(scoped, "handoff_measure").frame
    for row in measures[measures.measure == "error_share"].itertuples():
        own = {one["kind"]: one["x"] for one in kinds if one["handoff_id"] == row.handoff_id}
        assert sum(own[kind] for kind in own if kind not in {"date_swap", "duplicate_entry", "changed_later"}) == row.x
    doubles = found.tables["duplicate_payment"].to_pylist()
    assert {"E44750", "W75032"} <= {row["number_first"] for row in doubles}
    assert all(row["reason"].startswith("Same supplier and amount") for row in doubles)


def test_what_was_repaired_between_two_audits_is_told(scoped: Engagement, tmp_path: Path) -> None:
    """A bill that was entered twice is taken out of the next export: what was wrong with it is gone, and nothing broke."""
    with pytest.raises(InputError, match="There is no earlier audit of other snapshots"):
        toolkit.measure_drift(scoped)
    folder = tmp_path / "again"
    shutil.copytree(scoped.folder, folder)
    file = next((folder / "exports").rglob("*deals*.csv"))
    lines = file.read_text("utf-8-sig").splitlines(keepends=True)
    file.write_text("".join(lines[:-40]), "utf-8")
    again = open_engagement(folder)

    toolkit.pull_snapshots(again)
    found = toolkit.measure_drift(again)

    rows = found.table.to_pylist()
    counts = {state: sum(row["state"] == state for row in rows) for state in ("new", "repaired", "still")}
    assert counts["still"] > 100
    assert sum(counts.values()) == len(rows)
    assert f"{counts['still']:,} are still wrong" in found.sentence
    again.close()
