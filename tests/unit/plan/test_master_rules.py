"""Which of several records stays: each rule at its bound, ties that go to the next rule, and no guess at the end."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.cleanup_records import at, party
from toolkit.plan.masters import Fact, master_facts, master_of, rule_words
from toolkit.plan.target_records import TargetRecords
from toolkit.tables import PARTY

FIRST, SECOND = "crm/companies/1", "crm/companies/2"


def chosen(rule: str, first: dict[str, Any], second: dict[str, Any], **facts: Any) -> str | None:
    """Return the id of the record that stays of two by one rule; None where none does."""
    records = TargetRecords.of("crm", PARTY.from_rows([party(FIRST, **first), party(SECOND, **second)]))
    given = {"document_owners": np.array([], dtype=np.int64), "contact_owners": np.array([], dtype=np.int64), **facts}
    found = master_of([0, 1], [rule], master_facts(records, [rule], **given))
    return None if found is None else records.ids[found[0]]


@pytest.mark.parametrize(
    ("rule", "first", "second", "stays"),
    [
        ("oldest", {"created_at": at("2026-01-01")}, {"created_at": at("2026-01-02")}, "1"),
        ("oldest", {"created_at": at("2026-01-01")}, {"created_at": at("2026-01-01")}, None),
        ("oldest", {"created_at": at("2026-01-01", 8)}, {"created_at": at("2026-01-01", 7)}, "2"),
        ("oldest", {"created_at": at("2026-01-01")}, {}, None),
        (
            "oldest",
            {"created_at": at("2026-01-01", 0), "date_only": ["created_at"]},
            {"created_at": at("2026-01-01", 7)},
            None,
        ),
        (
            "oldest",
            {"created_at": at("2026-01-01", 0), "date_only": ["created_at"]},
            {"created_at": at("2026-01-02", 7)},
            "1",
        ),
        ("newest", {"created_at": at("2026-01-01", 8)}, {"created_at": at("2026-01-01", 9)}, "2"),
        ("changed_last", {"updated_at": at("2026-01-02")}, {"updated_at": at("2026-01-01")}, "1"),
        ("changed_last", {"updated_at": at("2026-01-02")}, {"updated_at": at("2026-01-02")}, None),
        ("most_complete", {"phone": "312 555 0147"}, {"phone": "n/a"}, "1"),
        ("most_complete", {"phone": "312 555 0147"}, {"email": "a@b.example"}, None),
        ("has_email", {}, {"email": "a@b.example"}, "2"),
        ("has_email", {"email": "c@b.example"}, {"email": "a@b.example"}, None),
        ("lowest_id", {}, {}, "1"),
    ],
)
def test_record_that_stays(rule: str, first: dict[str, Any], second: dict[str, Any], stays: str | None) -> None:
    """Each rule prefers the record that has more of it; equal ones tie, and what is unknown is not compared."""
    assert chosen(rule, first, second) == stays


@pytest.mark.parametrize(("owners", "stays"), [([0, 0, 1], "1"), ([0, 1], None), ([1, -1, -1], "2"), ([], None)])
@pytest.mark.parametrize("rule", ["most_documents", "most_contacts"])
def test_record_with_most_children_stays(rule: str, owners: Sequence[int], stays: str | None) -> None:
    """One child more decides; as many tie; what refers to nobody counts for nobody."""
    name = "document_owners" if rule == "most_documents" else "contact_owners"
    assert chosen(rule, {}, {}, **{name: np.array(owners, dtype=np.int64)}) == stays


def test_record_that_wants_no_mail_stays() -> None:
    """An opt-out is kept by keeping the record that says so."""
    assert chosen("opted_out", {}, {}, opted_out=frozenset([SECOND])) == "2"


def test_lowest_id_is_by_number() -> None:
    """Of two numbers the smaller stays, whatever their length; text ids come after numbers, in order."""
    keys = ["crm/companies/9", "crm/companies/10", "crm/companies/a", "crm/companies/B"]
    records = TargetRecords.of("crm", PARTY.from_rows(party(key) for key in keys))
    facts = master_facts(records, ["lowest_id"], document_owners=np.array([], int), contact_owners=np.array([], int))
    ranked = sorted(range(4), key=lambda row: -(facts["lowest_id"].values[row] or 0))
    assert [records.ids[row] for row in ranked] == ["9", "10", "B", "a"]


def test_tie_goes_to_the_next_rule_among_those_that_tied() -> None:
    """Two with two documents each: of these the fuller one stays, not the fullest of all."""
    facts = {"most_documents": Fact([2, 2, 0]), "most_complete": Fact([3, 4, 9])}
    assert master_of([0, 1, 2], ["most_documents", "most_complete"], facts) == (1, "most_complete")


@pytest.mark.parametrize(("later_us", "master"), [(86_399_999_999, None), (86_400_000_000, (1, "newest"))])
def test_records_of_one_day_tie_and_the_next_day_is_newer(later_us: int, master: tuple[int, str] | None) -> None:
    """Where one of them says the day alone, hours decide nothing."""
    facts = {"newest": Fact([0, later_us], [True, False])}
    assert master_of([0, 1], ["newest"], facts) == master


def test_rule_that_is_not_known_of_one_record_is_skipped() -> None:
    """Where one record has no date, the next rule decides."""
    facts = {"oldest": Fact([5, None]), "most_complete": Fact([1, 2])}
    assert master_of([0, 1], ["oldest", "most_complete"], facts) == (1, "most_complete")


def test_no_winner_is_no_guess() -> None:
    """Records that tie in every rule have no master."""
    assert master_of([0, 1], ["most_complete"], {"most_complete": Fact([1, 1])}) is None
    assert master_of([0, 1], [], {}) is None


def test_every_rule_has_words() -> None:
    """A client reads why a record stays."""
    assert rule_words("oldest") == "it was made first"
    assert rule_words("has_tax_id") == "only it has tax id"
