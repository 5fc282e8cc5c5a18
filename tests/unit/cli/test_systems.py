"""``systems``, as it is typed: what can be done with each system, and what load the client's own bring."""

import json
from pathlib import Path

from tests.command_line import call


def test_machines_get_every_system_as_an_object() -> None:
    """Name, label and category, what can be done, streams, limits, scorecard, proofs."""
    found = {one["name"]: one for one in json.loads(call("systems", "--json").out)}

    assert {"hubspot", "quickbooks", "sql", "table"} <= set(found)
    wanted = {"name", "label", "category", "export", "pull", "write", "webhook", "streams", "sign_in", "limits", "scorecard"}
    assert all(wanted <= set(one) for one in found.values())
    assert all(isinstance(one[key], bool) for one in found.values() for key in ("export", "pull", "write", "webhook"))


def test_people_get_a_table_and_one_system_more() -> None:
    """A line each; of one, its streams, its rights and how well it can be connected."""
    table = call("systems").out
    page = call("systems", "hubspot").out

    assert "hubspot" in table.split("\n")[4]
    assert "crm.objects.contacts.read" in page
    assert "100 in 10 seconds" in page
    assert "of 100, from 100% of the criteria" in page


def test_a_system_that_is_not_known_is_named_with_the_nearest() -> None:
    """A slip of the pen ends in a sentence."""
    called = call("systems", "hubspott")

    assert called.code == 3
    assert "Did you mean 'hubspot'?" in called.err


def test_in_an_engagement_its_busiest_minute_is_held_against_the_limit(tmp_path: Path) -> None:
    """A system that tells minutes says how near it comes; a thousand in one minute are too many."""
    exports = tmp_path / "exports" / "crm"
    exports.mkdir(parents=True)
    rows = [f"{number},Firm {number},Ann,2026-11-03 09:15" for number in range(1000)]
    head = "Record ID,Company name,Company owner,Create Date"
    (exports / "hubspot-crm-exports-all-companies-2026-11-30.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    assert call("pull", tmp_path).code == 0
    called = call("systems", "--folder", tmp_path)

    assert "crm: 1,000 records made or changed in its busiest minute" in called.out
    assert "TOO NEAR to the limit" in called.out
