"""How the sample client's records arrive, in a notebook and at the command line."""

import json

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.cli.app import run

BY_HAND = {"deal_to_project", "deal_to_ticket", "order_to_payment", "order_to_invoice", "stripe_to_ledger"}


def test_the_sample_clients_handoffs_are_carried_by_hand(scoped: Engagement) -> None:
    """As the people said; of lists without times it is not told, and the answer says what they lack."""
    found = toolkit.infer_flows(scoped)

    rows = {row["flow_id"]: row for row in found.table.to_pylist()}
    named = [row for row in rows.values() if row["handoff_id"]]
    assert {row["likely"] for row in named} == {"by_hand"}
    assert {row["flow_id"] for row in named if row["kind"]} >= BY_HAND
    assert {row["agreement"] for row in named} <= {"agrees", "open"}
    assert all(row["missing"] for row in named if row["kind"] is None)
    assert "none contradicts what was said" in found.sentence
    assert "<table" in found._repr_html_()


def test_each_probability_leads_to_its_measures(scoped: Engagement) -> None:
    """Each reason is a row of the evidence, with value and number of items."""
    found = toolkit.infer_flows(scoped)

    words = {(row["flow_id"], row["words"]): row for row in found.evidence.to_pylist()}
    for row in found.table.to_pylist():
        assert all(words[row["flow_id"], one]["n"] > 0 for one in [*row["reasons"], *row["doubts"]])


def test_the_command_says_the_same_to_a_machine(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """One JSON object, with the questions."""
    folder = scoped.folder
    code = run(["flows", str(folder), "--json"])

    told = json.loads(capfd.readouterr().out)
    assert code == 0
    assert told["sentence"] == toolkit.infer_flows(scoped).sentence
    assert all(0 <= row["probability"] <= 1 for row in told["inferred_flow"] if row["likely"])
    assert any("deal_to_invoice" not in one and "Ask Grace" in one for one in told["questions"])


def test_a_carrier_that_the_records_contradict_is_asked_about(scoped: Engagement, capfd: pytest.CaptureFixture[str]) -> None:
    """Tried with another word for how orders get into the ledger; the audit's own run stays."""
    code = run(["flows", str(scoped.folder), "--set", "handoffs.order_to_invoice.carrier=file"])

    told = capfd.readouterr().out
    assert code == 0
    assert "1 contradicts what was said" in told
    assert "mend handoffs.order_to_invoice" in told
