"""Interview guides: who is asked what, and nothing that is known already."""

import pytest

from toolkit.landscape.automations import Automation
from toolkit.landscape.guides.questions import OpenHandoff, Unknown, guide_questions, question_name
from toolkit.landscape.guides.roles import ROLES
from toolkit.landscape.guides.text import guide_markdown
from toolkit.landscape.screening import screening
from toolkit.landscape.systems import System


@pytest.mark.parametrize("role", ["ap_clerk", "bookkeeper", "month_end_owner", "sales", "operations", "it"])
def test_each_role_has_a_guide_of_a_usual_day(role: str) -> None:
    """Also before anything of the landscape is known."""
    own = guide_questions(Unknown())[role]

    assert len(own) >= 5
    assert all(one.ask.endswith("?") for one in own)


def test_questions_have_names_of_their_own() -> None:
    """An answer names its question."""
    names = [one.question_id for own in guide_questions(Unknown()).values() for one in own]

    assert len(names) == len(set(names))


def test_only_what_is_still_unknown_is_asked() -> None:
    """A system that is described whole, and a question that was answered, are not asked about."""
    whole = System("books", category="ledger", owner="Grace", data_in="bills", data_out="reports")
    half = System("crm", category="crm", owner="Jo", data_in="leads")
    found = guide_questions(Unknown((whole, half)))

    assert [one.ask for own in found.values() for one in own if one.about.startswith("systems")] == ["crm: what comes out?"]
    assert not [
        one
        for own in guide_questions(Unknown((half,)), answered=["system_crm_what_comes_out"]).values()
        for one in own
        if one.about
    ]


def test_whoever_knows_of_the_records_is_asked() -> None:
    """Bills go to the clerk, invoices to the bookkeeper, links and what nobody knows of to IT."""
    unknown = Unknown(
        systems=(System("odd", category="government"),),
        handoffs=(
            OpenHandoff("a", "Bills paid", "bill", "ledger", "Owen", ("how it is carried",)),
            OpenHandoff("b", "Deals invoiced", "invoice", "ledger", "", ("minutes per item",)),
            OpenHandoff("c", "Notes", "", "support", "", ("who carries it",)),
        ),
        automations=(Automation("zap", "shop", "books"),),
        interfaces=("till",),
        screening=screening({}),
    )
    found = {role: [one.about for one in own if one.about] for role, own in guide_questions(unknown).items()}

    assert found["ap_clerk"] == ["handoffs.a"]
    assert found["bookkeeper"] == ["handoffs.b"]
    assert found["operations"] == ["handoffs.c"]
    assert {"systems.odd", "automations.zap", "systems.till"} == set(found["it"])
    assert len(found["month_end_owner"]) == 8


def test_a_guide_can_be_printed_and_a_clients_words_are_inert() -> None:
    """Questions, room for answers, and a sheet to time a day with; no markup comes out of a label."""
    half = System("crm", category="crm", label="<script>x</script> | *CRM*", owner="Jo", data_in="leads")
    text = guide_markdown("Acme & <b>Sons</b>", ROLES["sales"], guide_questions(Unknown((half,)))["sales"])

    assert "## A day, timed" in text
    assert r"\<script\>x\</script\> \| \*CRM\*: what comes out?" in text
    assert "<script>" not in text.replace(r"\<script", "")
    assert "Nothing is open for this role." in guide_markdown("Acme", ROLES["it"], ())


@pytest.mark.parametrize("parts", [("handoff", "x" * 90, "y"), ("é", "/", "?"), ("",)])
def test_a_name_is_one_that_the_settings_take(parts: tuple[str, ...]) -> None:
    """Whatever a client calls things."""
    name = question_name(*parts)

    assert 1 <= len(name) <= 63
    assert name.replace("_", "").isalnum()
