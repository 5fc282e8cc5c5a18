"""Rules of a cleanup that mean nothing are refused before anything is planned, in a sentence that says what is known."""

import json
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.plan.cleanup_rules import CleanupRules


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"masters": ("biggest",)}, "masters names 'biggest'"),
        ({"masters": ("has_shoes",)}, "masters names 'has_shoes'"),
        ({"standardise": frozenset(["fax"])}, "standardise names 'fax'"),
        ({"fill": frozenset(["owner"])}, "fill names 'owner'"),
        ({"fields": {"fax": "golden"}}, "fields names 'fax'"),
        ({"fields": {"phone": "newest"}}, "fields: phone names 'newest'"),
        ({"fields": {"phone": "min"}}, "phone has no smallest and no largest value"),
        ({"fields": {"phone": "max"}}, "phone has no smallest and no largest value"),
        ({"fields": {"city": "combine"}}, "city is a part of one fact with others"),
        ({"fields": {"city": "longest", "street": "golden"}}, "several rules for one fact"),
        ({"min_probability": 0.0}, "min_probability is 0.0"),
        ({"min_probability": 1.01}, "min_probability is 1.01"),
        ({"stale_months": {"companies": 0}}, "stale: companies is 0"),
        ({"codes": {"phone": {"1": "2"}}}, "codes names 'phone'"),
        ({"codes": {"bills.phone": {"1": "2"}}}, "codes names 'phone'"),
    ],
)
def test_rule_that_means_nothing_is_refused(given: dict[str, Any], said: str) -> None:
    """The message names what was written, and what is known."""
    with pytest.raises(InputError, match=said):
        CleanupRules(**given)


@pytest.mark.parametrize(
    "given",
    [
        {"masters": ("has_tax_id", "lowest_id")},
        {"min_probability": 1.0},
        {"min_probability": 0.001},
        {"stale_months": {"companies": 1}},
        {"fields": {"city": "longest", "street": "longest", "rate_minor_per_hour": "max", "roles": "combine"}},
        {"codes": {"bills.gl_code": {"1": "2"}, "country": {"Holland": "NL"}}},
    ],
)
def test_rules_at_their_bounds_are_taken(given: dict[str, Any]) -> None:
    """What means something is taken as it is."""
    assert {name: getattr(CleanupRules(**given), name) for name in given} == given


def test_rules_for_a_hash_hold_no_floats_and_no_order_of_sets() -> None:
    """The same rules are the same text, whatever the order in which they were written."""
    one = CleanupRules(fill=frozenset(["email", "phone"]), excluded=frozenset("ab"), merge=frozenset("ba"))
    two = CleanupRules(fill=frozenset(["phone", "email"]), excluded=frozenset("ba"), merge=frozenset("ab"))
    assert json.dumps(one.as_json(), sort_keys=True) == json.dumps(two.as_json(), sort_keys=True)
    assert one.as_json()["min_probability"] == "0.9"
    written = CleanupRules(writable={"companies": frozenset("ba")}).as_json()
    assert (written["writable"], written["merge"]) == ({"companies": ["a", "b"]}, None)


def test_usual_rules() -> None:
    """What a merge does to a field where nobody said otherwise."""
    usual = CleanupRules()
    assert [usual.rule_of((column,)) for column in ("phone", "owner", "company_name")] == [
        "golden",
        "fill_only",
        "keep_master",
    ]
    assert CleanupRules(fields={"owner": "golden"}).rule_of(("owner",)) == "golden"
