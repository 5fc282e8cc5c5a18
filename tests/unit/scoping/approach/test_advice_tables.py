"""The advice as tables: reasons in words, what is asked, every way with why it is not the advice."""

from typing import Any

from tests.unit.scoping.approach.advised import advice
from toolkit.scoping.approach.advice import HandoffAdvice
from toolkit.scoping.approach.advice_tables import AdvisedHandoff, approach_tables
from toolkit.scoping.approach.coverage import FieldNeed, native_coverage
from toolkit.scoping.approach.feasibility import feasibility
from toolkit.scoping.approach.service_level import delivery


def rows(found: HandoffAdvice, **more: Any) -> dict[str, list[dict[str, Any]]]:
    handoff = AdvisedHandoff(
        "deal_to_invoice",
        found,
        native_coverage([FieldNeed("paid status", needed=("there", "back"), handled=("there",))]),
        feasibility({"documented_api": "yes"}),
        more.pop("delivery", delivery("hour", webhooks="no", events_per_month=100)),
        more.pop("unknown_of", {}),
        ("Assumed: an item takes 3 steps.",),
        "connect",
    )
    return {name: table.to_pylist() for name, table in approach_tables([handoff]).items()}


def test_a_settled_answer_has_its_reasons_in_words() -> None:
    """Codes for machines, sentences for people."""
    [row] = rows(advice(audit_trail_required=True, in_house_developer=False))["approach"]

    assert (row["approach"], row["approach_words"]) == ("CUSTOM", "a connection built for it")
    assert (row["reason_codes"], row["reasons"]) == (["C_AUDIT"], ["every step must be on record"])
    assert row["flag_codes"] == ["NEEDS_CONTRACTOR"]
    assert row["flags"] == ["Nobody in the house builds and keeps it: a contractor is needed."]
    assert (row["asked"], row["decision"], row["native_share"]) == ([], "connect", 0.5)
    assert row["native_lost"] == ["paid status (back)"]
    assert (row["feasibility"], row["effort"]) == (100, None)
    assert (row["delivery"], row["checks_per_month"]) == ("polling", 730)


def test_the_flag_of_a_hub_says_how_many_pairs_there_are() -> None:
    """And from how many systems on it is due."""
    [row] = rows(advice(systems_in_landscape=10))["approach"]

    assert row["flag_codes"] == ["HUB_NOT_POINT_TO_POINT"]
    assert row["flags"][0].endswith(
        "10 systems have 45 pairs to wire and 10 ways to a hub; from 10 systems on a hub is due."
    )


def test_an_open_answer_says_what_is_possible_and_what_is_asked_where() -> None:
    """One question for each system that something is unknown of, and the key that takes the answer."""
    found = rows(advice(api_available_both=None, critical=None), unknown_of={"api_available_both": ("crm", "site_log")})
    [row] = found["approach"]

    assert row["approach"] is None
    assert row["approach_words"].startswith("not settled: a file once a day; or ")
    assert row["possible"] == ["FILE_BATCH", "CUSTOM", "IPAAS_SIMPLE"]
    assert dict(zip(row["asked_keys"], row["asked"], strict=True)) == {
        "systems.crm.has_api": "Does this system have an interface?",
        "systems.site_log.has_api": "Does this system have an interface?",
        "handoffs.deal_to_invoice.approach.critical": "Is it critical: does money or a deadline hang on every item?",
    }
    assert row["if_usual"] == "IPAAS_SIMPLE"
    assert not any(way["is_chosen"] for way in found["approach_way"])
    assert found["approach_flip"] == []


def test_what_changes_nothing_is_asked_beside() -> None:
    """How soon it must arrive decides how, not whether; the same question is not asked twice."""
    [row] = rows(advice(process_aligned=None), delivery=delivery(None))["approach"]

    assert row["asked"] == []
    assert row["asked_beside_keys"] == [
        "handoffs.deal_to_invoice.approach.process_agreed",
        "handoffs.deal_to_invoice.approach.needed_within",
    ]


def test_every_way_but_the_chosen_says_why_not_and_what_it_costs_beside_it() -> None:
    """At least two alternatives, of which one is to leave it by hand."""
    ways = {one["approach"]: one for one in rows(advice())["approach_way"]}

    assert [name for name, one in ways.items() if one["is_chosen"]] == ["IPAAS_SIMPLE"]
    assert [name for name, one in ways.items() if one["why_not"] is None] == ["IPAAS_SIMPLE"]
    assert len(ways) >= 4
    more = round(ways["CUSTOM"]["total"]) - round(ways["IPAAS_SIMPLE"]["total"])
    assert ways["CUSTOM"]["why_not"].endswith(f"over 36 months it costs {more:,} more")
    assert all(one["latency"] and one["upkeep"] and one["failure"] for one in ways.values())


def test_ways_that_are_out_of_the_question_are_not_shown() -> None:
    """No connector of the vendors, one system of the kind; unless nobody knows."""
    shown = {one["approach"] for one in rows(advice())["approach_way"]}
    unknown = {one["approach"] for one in rows(advice(native_exists=None))["approach_way"]}

    assert not {"NATIVE", "NATIVE_PLUS_IPAAS", "UNIFIED_API"} & shown
    assert {"NATIVE", "NATIVE_PLUS_IPAAS"} <= unknown
    assert "UNIFIED_API" in {one["approach"] for one in rows(advice(same_category_platforms=2))["approach_way"]}


def test_what_one_system_does_alone_costs_no_connection() -> None:
    """A feed into the reporting has no price that follows from a model of ours."""
    [alone] = [one for one in rows(advice(is_within_one_system=True))["approach_way"] if one["is_chosen"]]
    [feed] = [one for one in rows(advice(is_reporting_only=True))["approach_way"] if one["is_chosen"]]

    assert (alone["approach"], alone["connection_total"], alone["total"]) == ("AUTOMATE_IN_SYSTEM", 0, None)
    assert (feed["approach"], feed["connection_total"], feed["missing"]) == ("ANALYTICS_FEED", None, ["build_cost"])


def test_platforms_and_lines_stand_in_tables_of_their_own() -> None:
    """With units, fee and day of the list; and with today's value beside the other."""
    found = rows(advice())

    [make] = [one for one in found["approach_platform"] if one["platform"] == "make-core"]
    assert (make["units_per_month"], make["monthly_fee"], make["as_of"].year) == (400, 10.59, 2025)
    [larger] = [one for one in found["approach_flip"] if one["quantity"] == "volume_per_month" and one["is_from"]]
    assert (larger["today"], larger["at"], larger["approach"]) == (100, 1_001, "IPAAS_ADVANCED")


def test_without_handoffs_the_tables_are_empty() -> None:
    """An engagement may have none yet."""
    assert [table.num_rows for table in approach_tables([]).values()] == [0, 0, 0, 0, 0]
