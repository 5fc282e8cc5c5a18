"""A pattern is written into engagement.yaml: its handoffs, every comment kept, and nothing that nobody has said."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.command_line import call
from toolkit.audit.added_pattern import add_pattern, pattern_to_add
from toolkit.audit.engagement import open_engagement
from toolkit.audit.register_verbs import show_register
from toolkit.errors import InputError, UnknownNameError

YAML_TEXT = """\
# Acme, Chicago.
client: Acme
systems:
  crm: {connector: hubspot, category: crm}   # ask Jo
  books: {connector: quickbooks, category: ledger}
  tracker: {connector: asana, category: projects}
# What people told us.
handoffs:
  won:                       # Grace's
    from: crm.deals
    to: books.invoices
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement of which nothing was pulled."""
    (tmp_path / "engagement.yaml").write_text(YAML_TEXT, "utf-8")
    return tmp_path


def test_a_pattern_is_written_with_what_it_is_and_nothing_else(folder: Path) -> None:
    """Who carries it and what it takes is to be asked; lists of which nothing was pulled are called so."""
    engagement = open_engagement(folder)
    found = pattern_to_add(engagement, "billing_loop")
    add_pattern(engagement, found)
    written = (folder / "engagement.yaml").read_text("utf-8")
    handoffs = YAML(typ="safe").load(written)["handoffs"]

    assert [*handoffs] == ["won", "milestone_to_invoice", "payment_to_deal", "scope_to_project"]
    assert handoffs["milestone_to_invoice"] == {
        "label": "Milestones invoiced", "from": "tracker.records", "to": "books.records", "is_proposed": True,
    }  # fmt: skip
    assert all(line in written for line in YAML_TEXT.splitlines())
    assert "nothing was pulled of tracker and books yet" in found.notes[0]


def test_a_pattern_that_is_there_is_not_written_twice(folder: Path) -> None:
    """The second time there is nothing to write."""
    engagement = open_engagement(folder)
    add_pattern(engagement, pattern_to_add(engagement, "continuous_close"))
    add_pattern(engagement, pattern_to_add(engagement, "billing_loop"))
    before = (folder / "engagement.yaml").read_text("utf-8")

    ids = [*pattern_to_add(engagement, "billing_loop").handoffs]

    assert ids == []
    assert (folder / "engagement.yaml").read_text("utf-8") == before


def test_where_a_flow_can_go_several_ways_it_is_asked(folder: Path) -> None:
    """Nothing is chosen for a client with two CRMs."""
    file = folder / "engagement.yaml"
    file.write_text(YAML_TEXT.replace("  books:", "  old_crm: {category: crm}\n  books:"), "utf-8")
    engagement = open_engagement(folder)

    asked = pattern_to_add(engagement, "sales_invoicing")
    chosen = pattern_to_add(engagement, "sales_invoicing", ["deal_to_invoice=old_crm.records:books.records"])

    assert asked.handoffs == {}
    assert "crm.records > books.records or old_crm.records > books.records" in asked.questions[0]
    assert chosen.handoffs["deal_to_invoice"]["from"] == "old_crm.records"
    assert chosen.questions == ()


@pytest.mark.parametrize(
    ("name", "between", "says"),
    [
        ("billing_lop", [], "Did you mean 'billing_loop'"),
        ("billing_loop", ["nonsense"], "needs FLOW=from:to"),
        ("billing_loop", ["paid=a.b:c.d"], "no flow of this pattern named 'paid'"),
        ("billing_loop", ["payment_to_deal=a.b:c.d"], "cannot go from 'a.b' to 'c.d'"),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(folder: Path, name: str, between: list[str], says: str) -> None:
    """A slip of the pen is named, and nothing is written."""
    with pytest.raises(InputError, match=says):
        pattern_to_add(open_engagement(folder), name, between)

    assert (folder / "engagement.yaml").read_text("utf-8") == YAML_TEXT


def test_a_pattern_that_only_reads_hands_nothing_over(folder: Path) -> None:
    """Customer 360 shows; it writes into no system."""
    (folder / "engagement.yaml").write_text(YAML_TEXT.replace("# What", "  desk: {category: support}\n# What"), "utf-8")
    found = pattern_to_add(open_engagement(folder), "customer_360")

    assert found.handoffs == {}
    assert "there is no handoff to add" in found.notes[0]


def test_the_command_says_what_is_still_asked(folder: Path) -> None:
    """A dry run writes nothing; what lacks a system ends with code 4."""
    tried = call("landscape", "add-pattern", "billing_loop", folder, "--dry-run")
    lacking = call("landscape", "add-pattern", "continuous_close", folder)

    assert tried.code == 0
    assert "Still to be asked: who carries it" in tried.out
    assert "Nothing was written." in tried.out
    assert lacking.code == 4
    assert "It lacks a list of bank line" in lacking.out
    assert (folder / "engagement.yaml").read_text("utf-8") == YAML_TEXT


def test_a_register_that_there_is_not_is_refused(folder: Path) -> None:
    """The nearest one is offered."""
    with pytest.raises(UnknownNameError, match="'patterns'"):
        show_register(open_engagement(folder), "pattern")


def test_a_pattern_is_shown_whole(folder: Path) -> None:
    """Its steps, how success is counted, and how each of its flows stands here."""
    told = call("landscape", "pattern", "billing_loop", folder).out

    assert "  1. Invoice the milestone." in told
    assert "Minutes before: to be asked; after: to be asked" in told
    assert "Milestones invoiced (milestone_to_invoice): can go tracker.records > books.records" in told
    assert "0 of 3 flows close the circle." in told
    assert call("landscape", "pattern", "billing_lop", folder).code == 3
