"""The scope of a small client whose every record is known, by what its settings say."""

from pathlib import Path

import pytest

import toolkit
from tests.unit.audit.scope.conftest import Client
from toolkit.errors import InputError, UnknownNameError

AGREED = """
roadmap: {projects: {deal_to_invoice: {owner: Ruth}, stripe_to_ledger: {owner: Ruth}}}
approach: {usual: {needed_within: day}}
scope:
  flows:
    stripe_to_ledger: {place: phase_2, why: Stripe changes its reports in May}
    deal_to_invoice: {place: in, assumptions: [Invoices are in USD], acceptance: {volume: 12, errors: 0}}
  out: [Payroll]
  success: {typing: {metric: hours of entry a month, baseline: 6, target: 2, unit: hours, by: 2026-12-31}}
  changes_elsewhere: {party: {default: propagate}}
field_maps:
  deal_to_invoice:
    number: {made_there: true}
    due_on: {from: [closed_at], transform: date_format, form: "%m/%d/%Y"}
"""


def test_what_was_agreed_on_can_be_signed(client: Client) -> None:
    """Every flow has its acceptance, success its four parts, every required field a source: nothing blocks."""
    found = toolkit.plan_scope(client(AGREED, "  party: {default: crm", "  payment: ledger\n  party: {default: crm"))

    places = {row["handoff_id"]: (row["place"], row["reason"]) for row in found.table.to_pylist()}
    assert places == {
        "deal_to_invoice": ("in", "As agreed."),
        "stripe_to_ledger": ("phase_2", "As agreed: Stripe changes its reports in May."),
    }
    assert [row for row in found.open_points.to_pylist() if row["is_blocking"]] == []
    assert "it can be signed" in found.sentence
    targets = {row["criterion"]: row["target"] for row in found.acceptance.to_pylist()}
    assert (targets["volume"], targets["errors"], targets["lag"]) == (12, 0, 1)


def test_a_criterion_without_its_parts_blocks_and_vague_words_are_told(client: Client) -> None:
    """'Reduce manual work' is not taken; 'as needed' is shown with its place."""
    more = "scope: {success: {less: {words: reduce manual work}}, duties: [Ruth helps with tests as needed]}"

    gaps = toolkit.plan_scope(client(more)).open_points.to_pylist()

    [success] = [row for row in gaps if row["where"] == "scope.success.less" and row["kind"] == "success"]
    assert success["is_blocking"]
    assert success["why"] == "It cannot be judged: it names no metric, no baseline, no target, no date."
    vague = {(row["where"], row["word"]) for row in gaps if row["kind"] == "vague"}
    assert ("scope.duties[0]", "as needed") in vague
    assert ("scope.success.less", "reduce") in {(row["where"], row["word"]) for row in gaps if row["kind"] == "no_number"}


def test_nothing_excluded_and_no_reason_are_said(client: Client) -> None:
    """What is not excluded is expected; who puts a flow off says why."""
    more = "scope: {flows: {stripe_to_ledger: {place: phase_2}, deal_to_invoice: {place: in}}}"

    gaps = toolkit.plan_scope(client(more)).open_points.to_pylist()

    assert ("scope.out", True) in {(row["where"], row["is_blocking"]) for row in gaps}
    assert "scope.flows.stripe_to_ledger.why" in {row["where"] for row in gaps}


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("scope: {flows: {deal_to_invoce: {place: in}}}", "deal_to_invoice"),
        ("field_maps: {deal_to_invoce: {number: {made_there: true}}}", "deal_to_invoice"),
        ("field_maps: {deal_to_invoice: {numbr: {made_there: true}}}", "number"),
        ("field_maps: {deal_to_invoice: {due_on: {from: [closed_on]}}}", "closed_at"),
        ("scope: {readers: [cmr]}", "crm"),
    ],
)
def test_a_name_that_there_is_not_is_answered_with_the_nearest(client: Client, more: str, named: str) -> None:
    """A typing mistake is never taken for something new."""
    with pytest.raises(UnknownNameError, match=named):
        toolkit.plan_scope(client(more))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("field_maps: {deal_to_invoice: {description: {from: [name, number], transform: as_it_is}}}", "takes 1"),
        ("field_maps: {deal_to_invoice: {amount_minor: {from: [name], transform: currency}}}", "which it is not"),
        ("scope: {readers: [crm]}", "A derived view decides nothing"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(client: Client, more: str, said: str) -> None:
    """What is wrong, where, and what to do."""
    with pytest.raises(InputError, match=said):
        toolkit.plan_scope(client(more))


@pytest.mark.parametrize(
    "more",
    [
        "scope: {success: {a: {baseline: .nan}}}",
        "scope: {success: {a: {target: .inf}}}",
        "scope: {flows: {deal_to_invoice: {acceptance: {errors: 1.5}}}}",
        "scope: {flows: {deal_to_invoice: {acceptance: {volume: -1}}}}",
        "scope: {conflicts: {default: coin_toss}}",
        "field_maps: {deal_to_invoice: {amount_minor: {rates: {CAD: 0}}}}",
        "scope: {change: yes}",
    ],
)
def test_values_that_cannot_be_are_refused_where_they_are_written(client: Client, more: str) -> None:
    """Shares beyond 1, amounts below 0, what is no number, and keys that there are not: with file and line."""
    with pytest.raises(InputError, match=r"engagement\.yaml"):
        client(more)


def test_two_masters_of_one_field_are_refused(client: Client) -> None:
    """Exactly one system decides a field."""
    with pytest.raises(InputError, match="tax_id"):
        client("", "street: ledger", "tax_id: [crm, ledger]")


def test_without_a_master_the_cell_is_open_and_blocks(client: Client) -> None:
    """Customers stand in three systems; the CRM is proposed for what a CRM is for, and nobody signs before it is said."""
    engagement = client("", "  party: {default: crm, street: ledger}", "  deal: crm")

    found = toolkit.check_sources(engagement)
    blocking = {row["word"] for row in toolkit.plan_scope(engagement).open_points.to_pylist() if row["kind"] == "master"}

    contact = [row for row in found.table.to_pylist() if (row["entity"], row["field_group"]) == ("party", "contact")]
    assert {row["role"] for row in contact} == {"open"}
    assert [row["system"] for row in contact if row["is_proposed"]] == ["crm"]
    assert "party contact" in blocking
    assert not found.is_complete


def test_handoffs_that_the_toolkit_proposed_are_not_decided(client: Client, planned: Path) -> None:
    """Without a handoff of the client's own nothing is in, and nothing can be signed; fields are proposed all the same."""
    text = (planned / "engagement.yaml").read_text("utf-8")
    engagement = client("", text[text.index("handoffs:") : text.index("rates:")], "handoffs: {}\n")

    found, maps = toolkit.plan_scope(engagement), toolkit.check_field_maps(engagement)

    assert {row["place"] for row in found.table.to_pylist()} == {"open"}
    assert found.acceptance.num_rows == 0
    assert found.sentence.startswith("0 flows in scope, 0 out, 3 not decided")
    assert all(row["is_proposed"] for row in maps.table.to_pylist())


def test_what_is_hostile_stays_text_on_the_page(client: Client, tmp_path: Path) -> None:
    """A wish, a reason and an assumption that look like HTML or a formula are shown as they are written."""
    evil = "<script>alert(1)</script>"
    more = (
        f'scope: {{flows: {{deal_to_invoice: {{place: in, why: "{evil}", assumptions: ["=HYPERLINK(1)"]}}}}, '
        f'out: ["{evil}"], changes: [{{what: "{evil}", decision: refused, cost: 1200, weeks: 2}}]}}'
    )

    page, _ = toolkit.write_scope(client(more), tmp_path).files

    text = page.read_text("utf-8")
    assert evil not in text
    assert text.count("&lt;script&gt;") == 3
    assert "+1,200" in text


def test_what_is_only_tried_is_not_written(client: Client) -> None:
    """Nobody hands out a scope that stands in no file."""
    folder = client(AGREED).folder
    tried = toolkit.open_engagement(folder, overrides=["rates.day_rate=700"])

    with pytest.raises(InputError, match="is not written"):
        toolkit.write_scope(tried)
    tried.close()
