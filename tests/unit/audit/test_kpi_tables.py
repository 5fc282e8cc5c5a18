"""KPIs from what engagement.yaml says and from what was measured."""

from datetime import date, timedelta
from typing import Any

import pytest

from toolkit.audit.kpi_measures import MeasuredData
from toolkit.audit.kpi_tables import kpi_tables
from toolkit.errors import InputError, UnknownNameError
from toolkit.settings import KpisSettings

LIVE = date(2027, 1, 1)
AS_OF = date(2027, 4, 10)


def items(count: int, first: date, *, wrong: int = 0, missing: int = 0, lag: float = 2.0) -> list[dict[str, Any]]:
    """Return so many items, one a day: the first ones missing or wrong."""
    return [
        {
            "key_l": f"crm/deals/{first}/{place}",
            "key_r": None if place < missing else f"ledger/invoices/{first}/{place}",
            "status": "missing" if place < missing else "found",
            "event_on": first + timedelta(days=place % 30),
            "lag_days": lag,
            "is_error": missing <= place < missing + wrong,
        }
        for place in range(count)
    ]


def data(**given: Any) -> MeasuredData:
    before = items(90, date(2026, 10, 1))
    usual: dict[str, Any] = {
        "items": {"billing": before},
        "labels": {"billing": "Deals billed"},
        "held_back": {},
        "minutes": {"billing": 20.0},
        "fixed_minutes": {},
        "invoices": [],
        "corrected": set(),
        "duplicates": [],
        "paid_on": [],
        "entered_by": {},
        "made": set(),
        "written_by": set(),
    }
    return MeasuredData(**{**usual, **given})


def told(kpis: dict[str, Any], known: MeasuredData, as_of: date = AS_OF) -> tuple[dict[str, Any], dict[Any, Any]]:
    tables = kpi_tables(KpisSettings.model_validate(kpis), known, as_of=as_of)
    reviews = {(row["kpi_id"], row["days"]): row for row in tables["kpi_review"].to_pylist()}
    return {row["kpi_id"]: row for row in tables["kpi"].to_pylist()}, reviews


def test_hours_by_hand_before_are_counted_from_the_items() -> None:
    """Ninety items of twenty minutes in 92 days are 30 hours, of a week 2.28."""
    kpis, reviews = told({}, data(), as_of=LIVE)

    row = kpis["manual_hours"]
    assert row["baseline"] == pytest.approx(30 * 7 / 92)
    assert (row["baseline_first_on"], row["baseline_last_on"]) == (date(2026, 10, 1), date(2026, 12, 31))
    assert row["baseline_evidence"] == "measured"
    assert reviews == {}
    assert [one.split(":")[1].strip() for one in row["asked"]] == ["kpis.measures.manual_hours.owner", "kpis.live_on"]


def test_the_five_are_there_without_a_word_in_the_settings() -> None:
    """What no data tells is asked for."""
    kpis, _ = told({}, data(), as_of=LIVE)

    assert list(kpis) == ["manual_hours", "invoice_errors", "close_days", "audit_hours", "duplicate_payments"]
    assert kpis["close_days"]["baseline"] is None
    assert "how it is now: kpis.measures.close_days.baseline" in kpis["close_days"]["asked"]


def after(by: str | None, people: int, machine: int) -> MeasuredData:
    later = items(people + machine, LIVE)
    entered = {row["key_r"]: by if place < people else "Zap" for place, row in enumerate(later)}
    return data(items={"billing": items(90, date(2026, 10, 1)) + later}, entered_by=entered, written_by={"Zap"})


def test_hours_by_hand_after_are_those_that_people_still_enter() -> None:
    """Three of thirty items in the first thirty days: a tenth of what it was, and the target is met."""
    _, reviews = told({"live_on": LIVE}, after("Grace", 3, 27))

    row = reviews["manual_hours", 30]
    assert row["value"] == pytest.approx(1 * 7 / 30)
    assert row["reduction"] == pytest.approx(1 - (7 / 30) / (30 * 7 / 92))
    assert (row["verdict"], row["first_on"], row["last_on"]) == ("met", LIVE, date(2027, 1, 30))
    assert not row["is_final"]
    assert reviews["manual_hours", 90]["is_final"]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (after(None, 3, 27), "does not say who entered its records"),
        (data(items={"billing": items(90, date(2026, 10, 1)) + items(30, LIVE)}), "kpis.written_by"),
    ],
)
def test_where_nobody_knows_who_entered_it_hours_are_not_measured(known: MeasuredData, why: str) -> None:
    """A connection that runs for a month would otherwise look as if it had brought nothing."""
    _, reviews = told({"live_on": LIVE}, known)

    assert (reviews["manual_hours", 30]["state"], reviews["manual_hours", 30]["value"]) == ("not_measured", None)
    assert reviews["manual_hours", 30]["verdict"] == "cannot_be_judged"
    assert why in reviews["manual_hours", 30]["method"]


def test_what_a_job_of_ours_made_was_entered_by_nobody() -> None:
    """Without a name of an integration, too."""
    later = items(30, LIVE)

    _, reviews = told(
        {"live_on": LIVE},
        data(items={"billing": items(90, date(2026, 10, 1)) + later}, made={row["key_r"] for row in later}),
    )

    assert (reviews["manual_hours", 30]["value"], reviews["manual_hours", 30]["verdict"]) == (0, "met")


def test_a_review_that_is_not_due_says_so() -> None:
    """Of the first one, forty days after going live, something is told; of the second nothing."""
    _, reviews = told({"live_on": LIVE}, after("Grace", 3, 27), as_of=LIVE + timedelta(days=40))

    assert [reviews["manual_hours", days]["state"] for days in (30, 60, 90)] == ["judged", "not_due", "not_due"]
    assert reviews["manual_hours", 60]["reason"] == "It is not due yet."


def test_without_a_baseline_a_reduction_cannot_be_judged() -> None:
    """It is neither met nor missed, whatever came after."""
    given = {"close_days": {"readings": [{"value": 3, "on": LIVE + timedelta(days=35)}]}}

    _, reviews = told({"live_on": LIVE, "measures": given}, data())

    assert (reviews["close_days", 30]["value"], reviews["close_days", 30]["verdict"]) == (3, "cannot_be_judged")


def test_what_somebody_measured_is_judged_with_its_range() -> None:
    """From 8 to 4 days is half; that it was between 7 and 9 leaves it open."""
    reading = {"readings": [{"value": 4, "on": LIVE + timedelta(days=91), "who": "Marta"}]}
    sure = {"close_days": {**reading, "baseline": {"value": 8, "on": date(2026, 12, 1)}}}
    unsure = {"close_days": {**reading, "baseline": {"value": 8, "low": 7, "high": 9, "on": date(2026, 12, 1)}}}

    verdicts = [told({"live_on": LIVE, "measures": one}, data())[1]["close_days", 90] for one in (sure, unsure)]

    assert [row["verdict"] for row in verdicts] == ["met", "undecided"]
    assert verdicts[0]["method"] == "Said by Marta."
    assert verdicts[0]["evidence"] == "interview"


def test_a_kpi_of_ones_own_is_measured_on_a_handoff() -> None:
    """With its interval, before and after."""
    own = {
        "label": "Wrong",
        "unit": "share",
        "rule": "below",
        "target": 0.05,
        "measured": {"handoff": "billing", "measure": "error_share"},
    }
    known = data(items={"billing": items(90, date(2026, 10, 1), wrong=9) + items(30, LIVE, wrong=1, missing=1)})

    kpis, reviews = told({"live_on": LIVE, "measures": {"wrong": own}}, known)

    assert (kpis["wrong"]["baseline"], kpis["wrong"]["baseline_x"], kpis["wrong"]["baseline_n"]) == (0.1, 9, 90)
    assert (reviews["wrong", 30]["x"], reviews["wrong", 30]["n"], reviews["wrong", 30]["verdict"]) == (1, 29, "undecided")


@pytest.mark.parametrize(
    ("measure", "value"), [("missing_share", 1 / 10), ("delay_days", 2.0), ("entered_by_hand", 9 * 365 / 12 / 30)]
)
def test_every_measure_of_a_handoff_is_told(measure: str, value: float) -> None:
    """Of ten items in thirty days one never arrived, the others two days later, by people."""
    own = {
        "label": "X",
        "unit": "items",
        "rule": "at_most",
        "target": 0,
        "measured": {"handoff": "billing", "measure": measure},
    }
    later = items(10, LIVE, missing=1)
    known = data(
        items={"billing": later}, entered_by={row["key_r"]: "Grace" for row in later if row["key_r"]}, written_by={"Zap"}
    )

    _, reviews = told({"live_on": LIVE, "measures": {"own": own}}, known)

    assert reviews["own", 30]["value"] == pytest.approx(value)


def test_a_comparison_that_is_held_back_measures_nothing() -> None:
    """As the figures of the audit do not tell it either."""
    own = {
        "label": "X",
        "unit": "share",
        "rule": "below",
        "target": 0.1,
        "measured": {"handoff": "billing", "measure": "error_share"},
    }

    kpis, _ = told({"measures": {"own": own}}, data(held_back={"billing": {"error"}}))

    assert kpis["own"]["baseline"] is None
    assert "held back" in kpis["own"]["baseline_method"]


def test_double_payments_are_incidents_of_a_quarter() -> None:
    """Two rows of one incident count once; without any payment nothing is told."""
    rows = [{"incident": one, "second_on": date(2026, 11, day)} for one, day in ((1, 3), (1, 5), (2, 9))]

    kpis, _ = told({}, data(duplicates=rows, paid_on=[date(2026, 10, 1)]), as_of=LIVE)
    nothing, _ = told({}, data(duplicates=rows), as_of=LIVE)

    assert kpis["duplicate_payments"]["baseline"] == 2
    assert nothing["duplicate_payments"]["baseline"] is None


def test_one_that_is_left_out_is_not_looked_at() -> None:
    """As the client wishes."""
    kpis, _ = told({"measures": {"audit_hours": {"is_left_out": True}}}, data())

    assert "audit_hours" not in kpis


@pytest.mark.parametrize(
    ("measures", "error", "words"),
    [
        ({"own": {}}, InputError, "has no label, unit, rule, target"),
        ({"own": {"label": "A", "unit": "days", "rule": "below"}}, InputError, "has no target"),
        ({"manual_hours": {"target": 1.5}}, InputError, "share, from 0 to 1"),
        (
            {
                "own": {
                    "label": "A",
                    "unit": "d",
                    "rule": "below",
                    "target": 1,
                    "measured": {"handoff": "biling", "measure": "delay_days"},
                }
            },
            UnknownNameError,
            "Did you mean 'billing'",
        ),
        ({"close_days": {"baseline": {"value": 5, "on": date(2027, 2, 1)}}}, InputError, "A baseline is taken before that"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(measures: dict[str, Any], error: type[Exception], words: str) -> None:
    """Before anything is judged."""
    with pytest.raises(error) as said:
        told({"live_on": LIVE, "measures": measures}, data())

    assert words in str(said.value)


@pytest.mark.parametrize(
    "kpis",
    [
        {"measures": {"close_days": {"readings": [{"value": 4}]}}},
        {"measures": {"close_days": {"baseline": {"value": 4, "low": 5}}}},
        {"measures": {"close_days": {"baseline": {"value": -1}}}},
        {"measures": {"close_days": {"target": float("nan")}}},
        {"measures": {"own": {"rule": "above"}}},
        {"measures": {"own": {"measured": {"handoff": "x", "measure": "speed"}}}},
    ],
)
def test_settings_that_say_nothing_are_refused(kpis: dict[str, Any]) -> None:
    """A reading without a day, a range in the wrong order, an amount that cannot be, a rule that there is not."""
    with pytest.raises(ValueError, match="measures"):
        KpisSettings.model_validate(kpis)


def test_dates_before_the_data_begins_measure_nothing() -> None:
    """Going live before the first record: there is no month to compare with, and no number is made up."""
    kpis, _ = told({"live_on": date(2020, 1, 1)}, data())

    assert kpis["manual_hours"]["baseline"] is None
    assert "no whole month" in kpis["manual_hours"]["baseline_method"]
