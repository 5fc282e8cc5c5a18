"""The landscape's registers, on a client of which nothing was pulled and on small ones that were described."""

from pathlib import Path

import pytest

from tests.command_line import call
from toolkit.audit.engagement import open_engagement
from toolkit.audit.register import Row
from toolkit.audit.register_verbs import registers, show_register
from toolkit.errors import InputError

DESCRIBED = """\
client: Acme
as_of: 2026-10-05
systems:
  crm: {connector: hubspot, category: crm, label: HubSpot, owner: Jo, data_in: leads, data_out: deals}
  old: {category: crm, label: Old CRM}
  books: {connector: quickbooks, category: ledger, label: QuickBooks}
  till: {category: payments, product: Square}
  wall: {category: sheet, label: Wall chart, is_informal: true, data_in: Jo copies deals from HubSpot, process: Crews}
  lab: {category: laboratory, has_api: false}
catalogue:
  categories: {laboratory: {label: Laboratory}}
  products: {square: {interface: soap, as_of: 2026-01-01, source: their letter}}
handoffs:
  won:
    {from: crm.deals, to: books.invoices, trigger: status_change, carrier: copy, data: items, format: draft,
     steps: [{does: Open it, minutes: 2}, {does: Type it, where: QuickBooks, minutes: 8}], minutes_per_item: 10}
  bare: {from: books.payments, to: crm.deals}
automations:
  zap: {tool: Zapier, from: crm, to: books, owner: Jo, last_success: 2026-10-01, trigger: won, failure_mode: silent}
  fax: {from: crm, to: fax}
screening: {hours_of_entry_per_week: 5, invoices_delayed: "yes"}
answers:
  mail: {question: How?, answer: An e-mail from Old CRM is typed into QuickBooks, who: Jo, on: 2026-10-02, confidence: low}
"""


def rows_of(folder: Path, name: str) -> list[Row]:
    """Return a register's rows."""
    return list(show_register(open_engagement(folder), name).table.to_pylist())


@pytest.fixture
def described(tmp_path: Path) -> Path:
    """Return a described client of which nothing was pulled."""
    (tmp_path / "engagement.yaml").write_text(DESCRIBED, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", list(registers()))
def test_a_register_of_an_empty_engagement_says_so_and_ends_well(tmp_path: Path, name: str) -> None:
    """Nothing is known, and nothing fails or is counted as zero percent."""
    (tmp_path / "engagement.yaml").write_text("client: Acme\n", "utf-8")
    found = show_register(open_engagement(tmp_path), name)

    assert found.sentence.endswith(".")
    assert "nan" not in repr(found).lower().split()
    assert call("landscape", "show", name, tmp_path).code == 0


def test_the_command_lists_the_registers_there_are() -> None:
    """Without a name."""
    listed = call("landscape", "show").out

    assert all(f"{name} " in listed for name in registers())


def test_two_systems_of_one_kind_are_one_overlap(described: Path) -> None:
    """The second CRM is asked about."""
    [one] = rows_of(described, "overlaps")

    assert (one["kind"], one["systems"]) == ("category", ["crm", "old"])


def test_flows_told_in_passing_are_listed_with_their_words(described: Path) -> None:
    """One of the inventory, one of an answer; what is a handoff already is none."""
    found = {row["shadow_id"]: row["found_in"] for row in rows_of(described, "shadow_flows")}

    assert found == {"crm_to_wall_by_sheet": "systems.wall.data_in", "old_to_books_by_email": "answers.mail"}


def test_a_flow_told_in_passing_becomes_a_handoff(described: Path) -> None:
    """Started by hand, carried by e-mail, with the words it was told in; a second time there is nothing to write."""
    done = call("landscape", "add-shadow", "old_to_books_by_email", described)
    again = call("landscape", "add-shadow", "all", described, "--dry-run")
    [written] = [
        one for name, one in open_engagement(described).settings.handoffs.items() if name == "old_to_books_by_email"
    ]

    assert done.code == 0
    assert (written.from_, written.to, written.trigger, written.carrier) == (
        "old.records",
        "books.records",
        "manual",
        "email",
    )
    assert written.is_proposed
    assert "An e-mail from Old CRM is typed into QuickBooks" in written.note
    assert "crm_to_wall_by_sheet" in again.out
    assert "old_to_books_by_email" not in again.out
    assert "Did you mean 'crm_to_wall_by_sheet'" in call("landscape", "add-shadow", "crm_to_wall", described).err


def test_links_say_what_is_wrong_with_them(described: Path) -> None:
    """The orphan first; one that runs where a handoff is carried names it."""
    fax, zap = rows_of(described, "automations")

    assert fax["orphaned"] == ["'fax' is no system of the client", "nobody answers for it"]
    assert (zap["orphaned"], zap["handoffs"], zap["missing"], zap["days_since"]) == ([], ["won"], [], 4)
    assert fax["is_review_due"]


def test_completeness_is_told_for_each_system(described: Path) -> None:
    """Three answers of a system, four of a sheet."""
    found = {row["system"]: (row["filled"], row["asked"]) for row in rows_of(described, "completeness")}

    assert found["crm"] == (3, 3)
    assert found["wall"] == (2, 4)
    assert found["all"] == (5, 19)


def test_a_card_is_ready_only_when_it_is_whole(described: Path) -> None:
    """The other one says what it lacks."""
    won, bare = rows_of(described, "cards")

    assert (won["is_ready"], won["step_minutes"], won["trigger_words"]) == (True, 10.0, "a record's status changes")
    assert (bare["is_ready"], bare["missing"]) == (False, ["trigger", "data", "format"])


def test_an_engagement_changes_a_fact_of_the_catalogue(described: Path) -> None:
    """With its date: it is older than 180 days, and named; its own kind of system is no longer asked for."""
    found = show_register(open_engagement(described), "catalogue")
    [square] = [row for row in found.table.to_pylist() if row["name"] == "square"]

    assert (square["interface"], square["is_own"], square["is_old"], square["here"]) == ("soap", True, True, ["till"])
    assert "Looked up longer than 180 days ago: Square." in found.notes
    assert found.is_complete


def test_a_scorecard_is_sure_of_what_it_knows(described: Path) -> None:
    """A system without an interface scores 0 by one criterion of ten; HubSpot by all."""
    found = {row["system"]: (row["score"], row["known_share"]) for row in rows_of(described, "scorecards")}

    assert found["crm"] == (90, 1.0)
    assert found["lab"] == (0, 0.1)
    assert found["till"] == (50, 0.1)
    assert found["old"] == (None, 0.0)


def test_the_screening_counts_what_was_said_and_what_is_listed(described: Path) -> None:
    """Five hours a week, late invoices, and a handoff that is copied."""
    found = {row["item"]: row["answer"] for row in rows_of(described, "screening")}

    assert [item for item, answer in found.items() if answer == "yes"] == [
        "hours_of_entry_per_week", "invoices_delayed", "copied_between_screens",
    ]  # fmt: skip
    assert list(found.values()).count("unknown") == 5


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("automations: {a: {to: crm}}", "automations.a.from"),
        ("automations: {a: {from: crm, to: b, last_success: soon}}", "must be a day"),
        ("answers: {a: {question: q, answer: a, who: Jo, on: 2026-10-01, confidence: sure}}", "'high', 'medium' or 'low'"),
        ("answers: {a: {question: q, answer: a, on: 2026-10-01, confidence: low}}", "answers.a.who"),
        ("screening: {threshold_hours_per_week: 0}", "threshold_hours_per_week"),
        ("screening: {hours_of_entry_per_week: -1}", "hours_of_entry_per_week"),
        ("catalogue: {products: {x: {label: X}}}", "catalogue.products.x.as_of"),
        ("handoffs: {a: {from: a.b, to: c.d, steps: [{does: x, minutes: -2}]}}", "handoffs.a.steps.0.minutes"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(tmp_path: Path, written: str, says: str) -> None:
    """No register is worked out from a slip of the pen."""
    (tmp_path / "engagement.yaml").write_text(f"client: Acme\n{written}\n", "utf-8")

    with pytest.raises(InputError, match=says):
        open_engagement(tmp_path)


TWELVE = [
    ("record_created", "copy"), ("record_created", "reentry"), ("record_created", "sheet"), ("status_change", "copy"),
    ("status_change", "email"), ("status_change", "reentry"), ("schedule", "file"), ("schedule", "report_update"),
    ("schedule", "sheet"), ("payment_received", "reentry"), ("payment_received", "file"), ("manual", "email"),
]  # fmt: skip


def test_twelve_handoffs_have_their_trigger_and_their_kind(tmp_path: Path) -> None:
    """Twelve of twelve, each with the event that an integration would listen for."""
    lines = [
        f"  h{place}: {{from: a.b, to: c.d, trigger: {trigger}, carrier: {carrier}}}"
        for place, (trigger, carrier) in enumerate(TWELVE)
    ]
    (tmp_path / "engagement.yaml").write_text("\n".join(["client: Acme", "handoffs:", *lines, ""]), "utf-8")
    rows = rows_of(tmp_path, "cards")

    assert [(row["trigger"], row["carrier"]) for row in rows] == TWELVE
    assert all(row["trigger_words"] for row in rows)


def test_three_blanks_of_seventy_five_are_96_percent(tmp_path: Path) -> None:
    """Twenty-five systems with three answers each."""
    whole = "owner: Jo, data_in: x, data_out: y"
    lines = [f"  s{place}: {{category: industry, {whole}}}" for place in range(22)]
    lines += [f"  s{place}: {{category: industry, owner: Jo, data_in: x}}" for place in range(22, 25)]
    (tmp_path / "engagement.yaml").write_text("\n".join(["client: Acme", "systems:", *lines, ""]), "utf-8")
    found = show_register(open_engagement(tmp_path), "completeness")

    assert found.sentence == "72 of 75 answers are there: 96.0 %."
    assert found.table.to_pylist()[1]["missing"] == ["what comes out"]
