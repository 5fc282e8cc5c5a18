"""Every code has words, and every fact that can be unknown has a question."""

import inspect
import re

from toolkit.scoping.approach import rules
from toolkit.scoping.approach.facts import APPROACHES, FACTS
from toolkit.scoping.approach.rules import FLAGS
from toolkit.scoping.approach.words import APPROACH_WORDS, FLAG_WORDS, QUESTIONS, REASON_WORDS, WAY_WORDS, asked

_TOLD_BY_DATA = {
    "same_category_platforms", "systems_in_landscape", "flows_in_landscape", "steps_per_run", "horizon_months",
    "net_monthly_saving", "one_time_cost", "ipaas_monthly", "ipaas_setup", "custom_build", "custom_monthly",
}  # fmt: skip


def test_every_code_of_the_rules_has_words() -> None:
    """A client never reads a code alone."""
    codes = set(re.findall(r'"([A-Z]+[0-9]*(?:_[A-Z0-9]+)*)"', inspect.getsource(rules)))

    assert {*APPROACH_WORDS} == {*WAY_WORDS} == {*APPROACHES}
    assert {*FLAG_WORDS} == {name for name, _ in FLAGS}
    assert codes - {*APPROACHES} - {*FLAG_WORDS} == {*REASON_WORDS}


def test_every_fact_that_can_be_unknown_has_a_question() -> None:
    """What data tells is not asked."""
    assert {*FACTS} - {*QUESTIONS} == _TOLD_BY_DATA


def test_a_question_names_the_handoff_or_each_system() -> None:
    """Where to write the answer, ready to be copied."""
    [one] = asked("critical", handoff="deal_to_invoice")
    both = asked("connector_both_sides", handoff="deal_to_invoice", systems=("crm", "ledger"))

    assert one.key == "handoffs.deal_to_invoice.approach.critical"
    assert [each.key for each in both] == ["systems.crm.has_platform_connector", "systems.ledger.has_platform_connector"]
    assert asked("net_monthly_saving", handoff="deal_to_invoice") == ()
