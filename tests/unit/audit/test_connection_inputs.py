"""What follows for the business case from what was said of connecting a handoff."""

from typing import Any

import pytest

from toolkit.audit.connection_inputs import effort_by_feasibility, with_connection
from toolkit.estimates import Estimate, certain
from toolkit.roi.inputs import HandoffInputs
from toolkit.settings import HandoffApproachSettings, HandoffSettings

EASY = {"documented_api": "yes", "open_format": "yes", "full_access": "yes"}


def said(**given: Any) -> HandoffApproachSettings:
    return HandoffApproachSettings.model_validate(given)


def settings(**given: Any) -> HandoffSettings:
    return HandoffSettings.model_validate({"from": "crm.deals", "to": "ledger.invoices", **given})


def late(days: float) -> HandoffInputs:
    return HandoffInputs(delay_days=Estimate(days, "days", "measured", days, days))


def test_where_nothing_was_said_nothing_follows() -> None:
    """The business case stays as it is."""
    assert with_connection(late(3), said(), None) == late(3)


def test_steps_and_class_of_effort_follow() -> None:
    """Three open doors of six make it simple, unless a class was given."""
    found = with_connection(late(3), said(steps_per_run=7, feasibility=EASY), settings(build={"soap_or_file_sides": 1}))

    assert (found.steps_per_run, found.build_class) == (7, "simple")
    assert effort_by_feasibility(said(feasibility=EASY), settings(build={"class": "complex"})) is None
    assert effort_by_feasibility(said(feasibility={"documented_api": "yes"}), None) is None


@pytest.mark.parametrize(("level", "most"), [("real_time", 5 / 1440), ("hour", 60 / 1440)])
def test_what_must_arrive_soon_waits_no_longer_once_connected(level: str, most: float) -> None:
    """Half of it on average; a day is what is reckoned with anyway."""
    found = with_connection(late(3), said(needed_within=level), None).delay_days_after

    assert found is not None
    assert (found.low, found.likely, found.high) == (0, most / 2, most)
    assert with_connection(late(3), said(needed_within="day"), None).delay_days_after is None


def test_what_is_as_soon_today_gains_nothing_and_what_was_given_stays() -> None:
    """Connecting never makes an item later than it is."""
    given = HandoffInputs(delay_days=certain(3, "days", "measured"), delay_days_after=certain(1, "days", "interview"))

    assert with_connection(late(0.01), said(needed_within="hour"), None).delay_days_after is None
    assert with_connection(HandoffInputs(), said(needed_within="hour"), None).delay_days_after is None
    assert with_connection(given, said(needed_within="hour"), None) == given
