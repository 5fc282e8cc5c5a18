"""A roadmap from the tables of a run and from what engagement.yaml says."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from toolkit.audit.roadmap import RoadmapAnswer, roadmap_answer
from toolkit.audit.roadmap_tables import roadmap_tables
from toolkit.audit.roadmap_words import asked_of_all
from toolkit.errors import InputError, UnknownNameError
from toolkit.settings import Settings
from toolkit.store import Run
from toolkit.store.results import new_run, read_run
from toolkit.tables import HANDOFF, PROJECT, RECOMMENDATION, RESULTS

# By handoff: cost, worth, cost now, saving, build days, wave.
DEALS = {"deals": (1400, 15_000, 700, 560, 2, 1)}
ORDERS = {"orders": (1400, 3600, 300, 170, 3, 1)}
CARDS = {"cards": (1400, 200, 90, 50, 3, 2)}
BILLS = {"bills": (1400, -1500, 60, -4, 3, None)}
ASKED: dict[str, Any] = {"asked": None}
ALL = DEALS | ORDERS | CARDS | BILLS | ASKED


@pytest.fixture
def run_of(tmp_path: Path) -> Any:
    """Return a run with the business case of the handoffs given."""

    def made(handoffs: dict[str, Any], cleanup: float | None = 0.0, reason: str = "") -> Run:
        names = ("cost", "npv", "cost_now_per_month", "saving_per_month", "build_days")
        projects = [
            {"handoff_id": name, "parallel_weeks": 1.0, "assumed": ["build_days"], "top_share": 1.0}
            | dict(zip(names, given[:5], strict=True))
            if given
            else {"handoff_id": name, "lacking": ["rework_minutes", "day_rate"]}
            for name, given in handoffs.items()
        ]
        reasons = {1: "pays_low", 2: "pays_median", None: "loses"}
        tables = {
            "handoff": HANDOFF.from_rows(
                {"handoff_id": name, "label": f"The {name}", "system_l": "crm", "stream_l": "x", "entity_l": "deal"}
                | {"system_r": "ledger", "stream_r": "y", "entity_r": "invoice", "is_proposed": False}
                for name in handoffs
            ),
            "project": PROJECT.from_rows([*projects, {"handoff_id": "total", "cost": cleanup}]),
            "recommendation": RECOMMENDATION.from_rows(
                {"handoff_id": name, "decision": "connect", "wave": given and given[5], "place": 1, "is_in_total": True}
                | {"reason": reason or (reasons[given[5]] if given else "missing_inputs")}
                for name, given in handoffs.items()
            ),
        }
        with new_run(tmp_path, datetime(2026, 10, 5, tzinfo=UTC), {"currency": "USD", "as_of": "2026-10-05"}) as run:
            for name, schema in RESULTS.items():
                run.write(name, tables.get(name, schema.empty()))
        return read_run(tmp_path)

    return made


def settings(roadmap: dict[str, Any] | None = None, **more: Any) -> Settings:
    systems = {"crm": {"owner": "Nora"}, "ledger": {"owner": "Marta"}}
    return Settings.model_validate({"client": "Harbor & Pine", "systems": systems, "roadmap": roadmap or {}, **more})


def answered(run: Run, given: Settings, budget: float | None = None) -> RoadmapAnswer:
    return roadmap_answer(run, roadmap_tables(run, given, budget=budget), asked_of_all(given.roadmap, budget=budget))


def rows_of(run: Run, given: Settings) -> dict[str, dict[str, Any]]:
    return {row["handoff_id"]: row for row in roadmap_tables(run, given)["roadmap"].to_pylist()}


def test_a_roadmap_is_in_the_order_of_doing_and_then_what_is_left(run_of: Any) -> None:
    """What waits before what stays by hand, and last what nobody can say yet."""
    rows = rows_of(run_of(ALL), settings({"budget": 2800}))

    assert [(name, row["state"], row["place"], row["stage"]) for name, row in rows.items()] == [
        ("deals", "do", 1, 1),
        ("orders", "do", 2, 2),
        ("cards", "wait", None, None),
        ("bills", "manual", None, None),
        ("asked", "unknown", None, None),
    ]
    assert [row["money_rank"] for row in rows.values()] == [1, 2, 3, 4, None]


def test_dates_and_reviews_follow_the_first_day(run_of: Any) -> None:
    """Two days of building from Monday, a week of both ways, three reviews from the day it is live."""
    row = rows_of(run_of(DEALS), settings({"start": "2027-01-04"}))["deals"]

    assert (row["starts_on"], row["built_on"], row["live_on"]) == (date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 13))
    assert [row[f"review_{days}_on"] for days in (30, 60, 90)] == [date(2027, 2, 12), date(2027, 3, 14), date(2027, 4, 13)]


def test_without_a_first_day_there_is_no_date_and_it_is_asked_for(run_of: Any) -> None:
    """Nothing is assumed silently: the day, the money and the days are named with where to write them."""
    found = answered(run_of(DEALS), settings())

    assert found.table["live_on"].to_pylist() == [None]
    assert found.rows[0][3] == "after 1.3 weeks"
    for place in ("start", "budget", "person_days_per_quarter"):
        assert f"roadmap.{place}." in " ".join(found.asked)
    assert not found.is_complete


def test_what_is_not_known_of_a_handoff_is_asked_for_by_its_place(run_of: Any) -> None:
    """Whoever reads it knows which line to write, and whom to ask for an owner."""
    rows = rows_of(run_of(ALL), settings())

    assert rows["asked"]["asked"] == [
        "minutes to mend one error: handoffs.asked.rework_minutes",
        "price of a day of building: rates.day_rate",
    ]
    assert rows["deals"]["asked"] == [
        "confirm days to build the connection: handoffs.deals.build.days",
        "who is responsible: roadmap.projects.deals.owner (Marta is responsible for ledger)",
        "the rule by which both ways have run long enough: parallel_run, for handoff deals",
    ]
    assert rows["bills"]["asked"] == []


def test_what_was_agreed_on_is_not_asked_again(run_of: Any) -> None:
    """Owner, sandbox and the rule of the parallel run stand where the gates are."""
    rule = {
        "first": {"integrated": "ledger.y", "manual": "ledger.z", "from": "2027-01-01", "limit": 0.02, "handoff": "deals"}
    }
    given = settings(
        {"projects": {"deals": {"owner": "Ken", "sandbox_tested_on": "2027-01-02"}}},
        parallel_run=rule,
        cutover={"gates": {"invoice": {"max_missing": 0}}},
    )

    row = rows_of(run_of(DEALS), given)["deals"]

    assert row["owner"] == "Ken"
    assert row["asked"] == ["confirm days to build the connection: handoffs.deals.build.days"]
    gates = " | ".join(row["gates"])
    assert "open: deal data" in gates
    assert "missing in the system that should have them at most 0 %" in gates
    assert "holds: tested in a sandbox on 2027-01-02" in gates
    assert "run for 1 week and meet the rule of first" in gates


def test_no_live_task_goes_before_its_sandbox_test(run_of: Any) -> None:
    """As long as nobody has tested it, the gate is open, and so is the end of the entry by hand."""
    gates = " | ".join(rows_of(run_of(DEALS), settings())["deals"]["gates"])

    assert "open: tested in a sandbox; before that nothing goes live" in gates
    assert "nobody enters it by hand" in gates
    assert "by a rule that nobody has agreed on yet" in gates


def test_a_tried_budget_takes_the_place_of_the_written_one(run_of: Any) -> None:
    """And is not asked for; the sentence says how much of it is spent."""
    found = answered(run_of(ALL), settings({"budget": 99_999}), budget=1500)

    assert found.sentence.startswith("Connect 1 of 5 handoffs, first The deals: USD 1,400 of 1,500 once, worth USD 15,000")
    assert found.totals["budget"] == 1500
    assert "roadmap.budget" not in " ".join(found.asked)


def test_a_budget_below_everything_says_what_the_cheapest_costs(run_of: Any) -> None:
    """With the clean-up that serves all."""
    found = answered(run_of(DEALS | BILLS, cleanup=2000), settings(), budget=100)

    assert found.sentence == (
        "The budget of USD 100 pays for none of 2 handoffs: the cheapest that pays costs, with what it shares, USD 3,400."
    )


def test_the_cleanup_that_serves_all_is_paid_once(run_of: Any) -> None:
    """From the worth and the cost of the whole, and it is said."""
    seat = {"shared_costs": {"seat": {"cost": 90, "users": ["deals", "orders"]}}}

    found = answered(run_of(DEALS | ORDERS, cleanup=2000), settings(seat))

    assert (found.totals["cost"], found.totals["npv"]) == (4890, 16_510)
    assert "clean-up for all: USD 2,000, paid once and part of the cost." in found.notes


def test_a_cleanup_of_unknown_cost_is_said_to_be_in_no_sum(run_of: Any) -> None:
    """It is not taken for free without a word; the key that is missing is named."""
    found = answered(run_of(DEALS, cleanup=None), settings())

    assert found.totals["cost"] == 1400
    assert "no sum holds it: rates.loaded_rate_per_hour." in " ".join(found.asked)


def test_where_the_cleanup_is_not_carried_nothing_is_connected(run_of: Any) -> None:
    """As the recommendation says, with its reason."""
    row = rows_of(run_of(DEALS, cleanup=90_000, reason="cleanup"), settings())["deals"]

    assert (row["state"], row["reason"]) == ("manual", "All that pays does not pay for the clean-up that it needs.")


def test_what_somebody_decided_stays_by_hand(run_of: Any) -> None:
    """However much it is worth, in that person's words."""
    row = rows_of(run_of(DEALS), settings({"projects": {"deals": {"stays_by_hand": "the tool goes in spring"}}}))["deals"]

    assert (row["state"], row["reason"]) == ("manual", "As decided: the tool goes in spring.")


def test_without_handoffs_the_answer_says_how_to_name_them(run_of: Any) -> None:
    """No error, and nothing else is asked."""
    found = answered(run_of({}), settings())

    assert found.sentence.startswith("There is no handoff to plan yet")
    assert found.asked == ()


@pytest.mark.parametrize(
    ("roadmap", "where"),
    [
        ({"projects": {"deal": {}}}, "roadmap.projects "),
        ({"projects": {"deals": {"needs": ["order"]}}}, "roadmap.projects.deals.needs"),
        ({"exclusive": [["deals", "order"]]}, "roadmap.exclusive"),
        ({"shared_costs": {"seat": {"cost": 1, "users": ["order"]}}}, "roadmap.shared_costs.seat.users"),
    ],
)
def test_a_handoff_that_there_is_not_is_refused_with_its_place(run_of: Any, roadmap: dict[str, Any], where: str) -> None:
    """And the nearest known one is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean") as told:
        roadmap_tables(run_of(DEALS | ORDERS), settings(roadmap))

    assert where in str(told.value)


def test_a_handoff_without_files_waits_and_with_it_what_needs_it(run_of: Any) -> None:
    """It is in the settings and could not be measured: an audit goes on, and what hangs on it is not planned."""
    given = settings(
        {"projects": {"deals": {"needs": ["stock"]}}, "exclusive": [["orders", "stock"]]},
        handoffs={"stock": {"from": "crm.x", "to": "shop.y"}},
    )
    rows = rows_of(run_of(DEALS | ORDERS), given)

    assert set(rows) == {"deals", "orders"}
    assert (rows["deals"]["state"], rows["deals"]["reason"]) == ("unknown", "It needs stock, which is not done.")
    assert rows["orders"]["state"] == "do"


def test_needs_in_a_circle_are_refused_by_name(run_of: Any) -> None:
    """Both ends are named."""
    circle = {"projects": {"deals": {"needs": ["orders"]}, "orders": {"needs": ["deals"]}}}

    with pytest.raises(InputError, match=r"'deals' needs 'orders'"):
        roadmap_tables(run_of(DEALS | ORDERS), settings(circle))


@pytest.mark.parametrize("budget", [-1.0, float("nan"), float("inf")])
def test_a_budget_that_cannot_be_is_refused(run_of: Any, budget: float) -> None:
    """Below zero, or no number."""
    with pytest.raises(InputError, match="The budget is"):
        roadmap_tables(run_of(DEALS), settings(), budget=budget)


@pytest.mark.parametrize(
    "roadmap",
    [
        {"quarters": 2},
        {"budget": -1},
        {"person_days_per_quarter": 0},
        {"exclusive": [["deals"]]},
        {"shared_costs": {"seat": {"cost": 1, "users": []}}},
        {"finish": "2027-01-01"},
    ],
)
def test_settings_that_say_nothing_are_refused(roadmap: dict[str, Any]) -> None:
    """Quarters without days, an amount below zero, an alternative to nothing, a key that there is not."""
    with pytest.raises(ValueError, match="roadmap"):
        settings(roadmap)
