"""The last months of the sample client as if the integration had been live."""

import json

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.charts import backtest as chart
from toolkit.cli.app import run
from toolkit.errors import InputError


def test_the_sample_clients_last_year_is_replayed_item_by_item(scoped: Engagement) -> None:
    """Twelve whole months; the months add up from the items, and what the source had wrong itself is not saved."""
    found = toolkit.backtest_handoffs(scoped)

    assert found.sentence.startswith("Had it been live from October 2025 to September 2026")
    rows = [row for row in found.table.to_pylist() if row["handoff_id"] == "total"]
    items = found.items.to_pylist()
    assert len(rows) == 12
    assert sum(row["found"] for row in rows) == sum(one["fate"] == "found" for one in items)
    assert sum(row["errors"] for row in rows) == sum(one["is_error_prevented"] for one in items)
    assert not any(one["is_error_prevented"] for one in items if one["error_kind"] == "passed_on")
    assert all(row["net"] is not None for row in rows)
    assert {one["days_saved"] for one in items if one["handoff_id"] == "bill_to_bank"} == {None}
    assert "would have saved" in chart.chart(found.table, currency="USD").layout.title.text


def test_fewer_months_at_the_command_line(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """The last three of them, and no month that never was."""
    code = run(["backtest", str(scoped.folder), "--months", "3", "--json"])

    told = json.loads(capfd.readouterr().out)
    assert code == 0
    assert {row["month"] for row in told["backtest"]} == {"2026-07-01", "2026-08-01", "2026-09-01"}
    assert {row["month"] for row in told["items"]} == {"2026-07-01", "2026-08-01", "2026-09-01"}
    with pytest.raises(InputError, match="Say how many whole months back"):
        toolkit.backtest_handoffs(scoped, months=0)
