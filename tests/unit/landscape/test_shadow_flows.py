"""Shadow flows: sheets and e-mails that stand in for an interface, found in what people said."""

import pytest

from toolkit.landscape.shadow_flows import Told, shadow_flows, told_of
from toolkit.landscape.systems import System

FORMAL = (
    System("crm", category="crm", label="HubSpot", data_in="Typed in by sales after the first call"),
    System("books", category="ledger", label="QuickBooks", data_in="Written by Grace", data_out="Statements to clients"),
    System("shop", category="shop", label="Shopify", data_out="Orders to QuickBooks by the connector"),
    System("tracker", category="projects", label="Asana", data_in="Set up by Dana", data_out="Nothing"),
    System("desk", category="support", label="Zendesk", data_in="Clients write tickets", data_out="Reports for Miguel"),
)
CLEAN = (
    *FORMAL,
    System("bank", category="bank", label="Chase", data_in="Payments of clients", data_out="Statements in CSV"),
    System("phones", category="industry", label="Phone list", is_informal=True, data_in="Whoever joins adds a number"),
    System("wall", label="Wall chart", is_informal=True, data_in="Luis draws it on Mondays", data_out="Read by the crews"),
    System("mail", category="marketing", label="Mailchimp", data_in="Synced from HubSpot automatically"),
    System("files", category="files", label="Dropbox", data_in="Anybody's files", data_out="Links"),
)
PLANTED = (
    System("forecast", label="Forecast", is_informal=True, data_in="Nora copies open deals out of HubSpot every Friday"),
    System("crews", label="Crew sheet", is_informal=True, data_out="Hours go into Asana by hand"),
    System("inbox", label="Orders inbox", is_informal=True, data_in="Shopify tells of every order"),
    System("payroll", category="hr", label="Gusto", data_in="From Asana, in a spreadsheet that Beth gets"),
)


def test_the_five_planted_flows_are_found_and_no_other() -> None:
    """Ten clean rows of the inventory give none."""
    answer = Told("answers.kick_off", "When HubSpot says won, Tasha sends an e-mail and Miguel opens it in Zendesk.")
    systems = (*CLEAN, *PLANTED)

    found = shadow_flows(systems, [*told_of(systems), answer])

    assert len(CLEAN) == 10
    assert {(one.system_l, one.system_r, one.carrier) for one in found} == {
        ("crm", "forecast", "sheet"),
        ("crews", "tracker", "sheet"),
        ("shop", "inbox", "email"),
        ("tracker", "payroll", "sheet"),
        ("crm", "desk", "email"),
    }
    assert shadow_flows(CLEAN, told_of(CLEAN)) == ()


def test_a_flow_keeps_where_and_in_which_words_it_was_told() -> None:
    """Whoever asks back can quote it."""
    [one] = shadow_flows((*FORMAL, PLANTED[0]), told_of([PLANTED[0]]))

    assert one.found_in == "systems.forecast.data_in"
    assert one.words == PLANTED[0].data_in


def test_what_stands_among_the_handoffs_is_no_shadow() -> None:
    """It is listed, and costed, already."""
    systems = (*FORMAL, PLANTED[0])

    assert shadow_flows(systems, told_of(systems), {("crm", "forecast")}) == ()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "HubSpot",
        "We e-mail each other a lot.",
        "HubSpot syncs to Zendesk by itself, and an e-mail says so through the API.",
    ],
)
def test_words_that_tell_no_flow_give_none(words: str) -> None:
    """Nothing is guessed from a mood."""
    assert shadow_flows(FORMAL, [Told("answers.x", words)]) == ()


def test_a_system_is_named_by_whole_words_only() -> None:
    """'Shopify' is not named by 'shopifying', nor a client's sign by a pattern."""
    systems = (
        System("odd", label="C++ (old)"),
        System("wall", label="Wall", is_informal=True, data_in="from c++ (OLD) by Jo"),
    )

    assert [one.system_l for one in shadow_flows(systems, told_of(systems))] == ["odd"]
    assert shadow_flows(FORMAL, [Told("answers.y", "shopifying by e-mail to Zendesky")]) == ()
