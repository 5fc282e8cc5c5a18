"""The rules of a sync as the settings say them, and what they must not name."""

import pytest

from tests.unit.audit.jobs.conftest import Crm
from toolkit.audit.jobs.sync import sync_rules
from toolkit.errors import UnknownNameError
from toolkit.plan.sync_rules import PairRule, PartyRule, StaleRule

HANDOFF = """\
client: Harbor
handoffs:
  to_crm: {from: ledger.companies, to: crm.companies}
"""


def with_rules(rules: str) -> dict[str, str]:
    """Return what puts rules of a sync into the settings."""
    return {"client: Harbor\n": f"{HANDOFF}sync:\n  {rules}\n"}


def test_rules_are_those_that_the_settings_say(crm: Crm) -> None:
    """Each with what it leaves unsaid as it usually is."""
    rules = (
        "parties: [{from: ledger, to: crm.companies, roles: [supplier], level: party}]\n"
        "  fields: {crm: {columns: [phone], formatting: true}}\n"
        "  two_way: [{systems: [ledger, crm], columns: [phone]}, {from: ledger, to: crm, columns: [website]},\n"
        "            {handoff: to_crm, columns: [name]}]\n"
        "  min_probability: 0.8"
    )
    truth = {"systems:\n": "sources_of_truth: {party: {default: crm}}\nsystems:\n"}
    with crm.opened(**with_rules(rules), **truth) as found:
        made = sync_rules(found)

    assert made.parties == (PartyRule("ledger", "crm", "companies", ("supplier",), "party"),)
    assert made.stale == (StaleRule("crm", ("phone",), True),)
    assert [(one.system_l, one.system_r, one.is_one_way, one.handoff_id) for one in made.pairs] == [
        ("ledger", "crm", False, None), ("ledger", "crm", True, None), ("ledger", "crm", False, "to_crm"),
    ]  # fmt: skip
    assert isinstance(made.pairs[0], PairRule)
    assert made.pairs[0].truth == {"phone": "crm"}
    assert made.min_probability == 0.8
    assert "to_crm" in {one.handoff_id for one in made.handoffs}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("missing: {to_crn: {}}", "There is no handoff named 'to_crn'. Did you mean 'to_crm'?"),
        ("status: [{handoff: to_crn, change: crm, values: {a: b}}]", "There is no handoff named 'to_crn'"),
        ("status: [{handoff: to_crm, change: crn, values: {a: b}}]", "There is no system named 'crn'"),
        ("two_way: [{handoff: to_crn, columns: [name]}]", "There is no handoff named 'to_crn'"),
        ("two_way: [{systems: [ledger, crn], columns: [phone]}]", "There is no system named 'crn'"),
        ("two_way: [{systems: [ledgr, crm], columns: [phone]}]", "There is no system named 'ledgr'"),
        ("two_way: [{from: ledgr, to: crm, columns: [phone]}]", "There is no system named 'ledgr'"),
        ("two_way: [{from: ledger, to: crn, columns: [phone]}]", "There is no system named 'crn'"),
        ("parties: [{from: ledgr, to: crm.companies}]", "There is no system named 'ledgr'"),
        ("parties: [{from: ledger, to: crn.companies}]", "There is no system named 'crn'. Did you mean 'crm'?"),
        ("fields: {crn: {columns: [phone]}}", "There is no system named 'crn'"),
        ("fields: {crm: {columns: [phoen]}}", "column of customers or suppliers named 'phoen'"),
    ],
)
def test_a_rule_that_names_what_is_not_there_is_refused(crm: Crm, rules: str, said: str) -> None:
    """Misspelt, it would be no rule at all, and nobody would know."""
    with crm.opened(**with_rules(rules)) as engagement, pytest.raises(UnknownNameError) as refused:
        sync_rules(engagement)

    assert said in str(refused.value)
