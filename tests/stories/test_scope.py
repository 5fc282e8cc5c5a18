"""The sample client's scope: who is right, which field becomes which, what a change costs."""

import json
from pathlib import Path

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.cli.app import run


def test_the_scope_follows_the_roadmap_and_says_what_keeps_it_from_being_signed(scoped: Engagement) -> None:
    """Flows that are done are in, each with acceptance; fields that nothing fills and the lack of a criterion block."""
    found = toolkit.plan_scope(scoped)
    planned = {row["handoff_id"]: row["state"] for row in toolkit.plan_roadmap(scoped).table.to_pylist()}

    rows = found.table.to_pylist()
    inside = {row["handoff_id"] for row in rows if row["place"] == "in"}
    assert inside == {name for name, state in planned.items() if state == "do"}
    assert {row["handoff_id"] for row in found.acceptance.to_pylist()} == inside
    blocking = {row["kind"] for row in found.open_points.to_pylist() if row["is_blocking"]}
    assert blocking == {"success", "field"}
    assert all(row["target"] is not None for row in found.acceptance.to_pylist())
    assert not {row["kind"] for row in found.open_points.to_pylist()} & {"vague", "unnamed_system", "no_number"}
    assert not found.is_complete
    assert "to settle before anybody signs" in repr(found)


def test_each_baseline_leads_to_its_rows(scoped: Engagement) -> None:
    """The condition beside a number selects exactly the measure that it is."""
    [row] = [
        row
        for row in toolkit.plan_scope(scoped).acceptance.to_pylist()
        if row["handoff_id"] == "deal_to_invoice" and row["criterion"] == "errors"
    ]
    measured = toolkit.results_table(scoped, row["source_table"]).frame
    own = measured[(measured["handoff_id"] == "deal_to_invoice") & (measured["measure"] == "error_share")]

    assert row["source_filter"] == "handoff_id = 'deal_to_invoice' AND measure = 'error_share'"
    assert own["value"].tolist() == [row["baseline"]]
    assert row["n"] > 100


def test_a_change_is_priced_before_and_after(scoped: Engagement) -> None:
    """Adding what loses money costs more and is worth less; the sum of the roadmap is where it starts from."""
    totals = toolkit.plan_roadmap(scoped).totals
    found = {one.name: one for one in toolkit.try_change(scoped, add=["bill_to_bank"]).effects}

    assert found["cost"].before == pytest.approx(totals["cost"])
    assert found["npv"].before == pytest.approx(totals["npv"])
    assert found["weeks"].before == pytest.approx(totals["weeks"])
    assert found["cost"].difference is not None
    assert found["cost"].difference > 1000
    assert found["npv"].difference is not None
    assert found["npv"].difference < 0


def test_a_wish_from_a_file_is_worked_out_anew_and_written_nowhere(
    scoped: Engagement, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A new flow, more volume and more fields move cost, running cost and saving; the settings stay as they are."""
    wish = tmp_path / "wish.yaml"
    wish.write_text(
        "what: refunds and more orders\nasked_by: Priya\n"
        "handoffs:\n  refunds: {from: payments.payments, to: ledger.payments, minutes_per_item: 4, rework_minutes: 12, "
        "build: {class: simple}, platform_fee_per_month: 20}\n"
        "volume: {order_to_invoice: 120}\nfields: {deal_to_invoice: 4}\n",
        "utf-8",
    )
    before = (scoped.folder / "engagement.yaml").read_text("utf-8")

    code = run(["scope", str(scoped.folder), "--change", str(wish), "--json"])

    told = json.loads(capfd.readouterr().out)
    moved = {one["name"]: one["difference"] for one in told["effects"]}
    assert code == 0
    assert told["added"] == ["refunds"]
    assert moved["person_days"] == pytest.approx(2.5)
    assert min(moved["cost"], moved["running_per_month"], moved["saving_per_month"]) > 0
    assert any("an assumption of ours" in one for one in told["notes"])
    assert (scoped.folder / "engagement.yaml").read_text("utf-8") == before


def test_a_flow_that_there_is_not_is_refused_by_name(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """With the nearest one, and the code for what is to be mended."""
    assert run(["scope", str(scoped.folder), "--add", "bill_to_bnak"]) == 3
    assert "bill_to_bank" in capfd.readouterr().err


def test_policies_are_simulated_on_the_records(scoped: Engagement) -> None:
    """What each settles and what is left for a person add up to all differences; nothing is settled without a reason."""
    found = toolkit.check_sources(scoped)
    totals = {row["policy"]: row for row in found.policies.to_pylist() if row["column"] == "total"}
    conflicts = toolkit.results_table(scoped, "conflict").frame

    assert {row["conflicts"] for row in totals.values()} == {len(conflicts)}
    assert all(row["settled"] + row["person"] == row["conflicts"] for row in totals.values())
    assert totals["human_queue"]["settled"] == 0
    assert totals["latest_wins"]["settled"] == conflicts["latest_wins"].notna().sum() > 0
    assert not found.gaps
    rows = found.table.to_pylist()
    masters = [(row["entity"], row["field_group"]) for row in rows if row["role"] == "master"]
    assert len(masters) == len({*masters}) == len({(row["entity"], row["field_group"]) for row in rows})


def test_field_maps_are_tried_on_the_records(scoped: Engagement) -> None:
    """Amounts survive to the last digit; what is required and unfilled is named; each lost value has a record."""
    found = toolkit.check_field_maps(scoped)
    rows = {(row["handoff_id"], row["target_column"]): row for row in found.table.to_pylist()}

    amount = rows["deal_to_invoice", "amount_minor"]
    assert (amount["source_fields"], amount["target_field"]) == (["Amount"], "ItemAmount")
    assert amount["rows"] == amount["survived"] > 400
    assert {name for name, row in rows.items() if row["is_open"]} == {
        (handoff, column) for handoff in ("deal_to_invoice", "order_to_invoice") for column in ("due_on", "number")
    }
    joined = rows["deal_to_invoice", "party_name"]
    assert joined["transform"] == "join"
    assert 0 < joined["survived"] < joined["rows"]
    assert "with the other sign" in rows["bill_to_bank", "amount_minor"]["options"]
    assert all(row["record_key"] for row in found.examples.to_pylist())


def test_the_scope_is_written_for_the_client(scoped: Engagement, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A page and a workbook, by the verb and by the command; nobody's folder stands in them."""
    found = toolkit.write_scope(scoped, tmp_path)

    page, book = found.files
    text = page.read_text("utf-8")
    assert "To settle before anybody signs" in text
    assert "Won deals re-typed as invoices" in text
    assert str(scoped.folder) not in text
    assert book.read_bytes()[:2] == b"PK"
    assert run(["scope", "--write", str(scoped.folder), "--json"]) == 0
    assert [Path(one).name for one in json.loads(capfd.readouterr().out)["files"]] == ["scope.html", "field-maps.xlsx"]
