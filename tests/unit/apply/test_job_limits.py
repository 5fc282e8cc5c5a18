"""When a job stops by itself: what is watched at its beginning, and how much may go wrong after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.unit.apply.test_job import LIMITS, bench, faults
from tests.vendor_doubles import archived, job, renamed
from toolkit.apply.running import JobLimits
from toolkit.changes.steps import Step


def test_a_surprise_among_the_first_changes_stops_the_job() -> None:
    """One of each kind goes first; if one ends otherwise than planned, nothing else is sent."""
    with bench("versions", count=30) as one:
        one.double.fault = faults("other")
        outcome = one.run([*map(renamed, range(1, 20)), archived(25)], limits=JobLimits(canary=5))

        assert "first changes" in outcome.stopped
        assert not outcome.is_paused
        assert outcome.counts == {"differs": 1, "planned": 19}


def test_the_first_changes_are_of_each_kind() -> None:
    """An update and an archiving are tried before the other eighteen updates."""
    with bench("versions", count=30) as one:
        one.run([*map(renamed, range(1, 20)), archived(25)], limits=JobLimits(canary=5, max_changes=2))

        assert [asked.path for asked in one.sent] == ["/companies/1", "/companies/25"]


@pytest.mark.parametrize(
    ("edited", "left"),
    [((1,), 0), ((1, 19), 20), ((1, 39), 1), ((1, 40), 0), ((19, 20), 20), ((20, 21), 19)],
)
def test_too_many_conflicts_stop_the_job(edited: Sequence[int], left: int) -> None:
    """More than one in twenty, from the twentieth change on: the plan is too old."""
    with bench("versions", count=40) as one:
        order = [change.target_id or "" for change in job(map(renamed, range(1, 41))).operations]
        for number in edited:
            one.double.edit(order[number - 1], name="edited")
        outcome = one.run([*map(renamed, range(1, 41))], limits=JobLimits(canary=0))

        assert outcome.stopped == (
            f"{len(edited)} of {40 - left} records were changed by others since the plan was made: plan again."
            if left
            else ""
        )
        assert outcome.counts.get("planned", 0) == left
        assert not outcome.is_paused


def test_what_waits_for_another_change_does_not_water_down_the_share() -> None:
    """Two conflicts of twenty tried changes stop a job, also where sixty that were not tried stand beside them."""
    counts = Counter[Step](conflict=2, confirmed=18, held_back=60)

    assert JobLimits().beyond(counts).startswith("2 of 20 records")


@pytest.mark.parametrize(
    ("refused", "left"), [((1, 2, 3, 4), 0), ((1, 2, 3, 4, 24), 6), ((1, 2, 3, 4, 25), 0), ((1, 2, 3, 4, 5), 10)]
)
def test_f29_too_many_refusals_stop_the_job(refused: Sequence[int], left: int) -> None:
    """More than one in five, from the twentieth change on: something is wrong with all of them."""
    with bench("versions", count=40) as one:
        one.double.fault = faults(*("refused" if number in refused else None for number in range(1, 31)))
        outcome = one.run([*map(renamed, range(1, 31))], limits=JobLimits(canary=0))

        assert outcome.stopped == (
            f"{len(refused)} of {30 - left} changes failed: look at the reasons before going on." if left else ""
        )
        assert outcome.counts["rejected"] == len(refused)
        assert outcome.counts.get("planned", 0) == left


def test_what_a_rehearsal_would_do_is_no_reason_to_stop_it() -> None:
    """Two conflicts among thirty are told; what would be done has not come to an end, so there is no share of it yet."""
    with bench("versions", count=40) as one:
        for number in ("1", "2"):
            one.double.edit(number, name="edited")
        outcome = one.run([*map(renamed, range(1, 31))], limits=JobLimits(canary=0), is_dry_run=True)

        assert outcome.stopped == ""
        assert outcome.counts == {"conflict": 2, "not_applied": 28}


def test_f29_what_was_mended_no_longer_counts_as_refused() -> None:
    """Four of twenty were refused, which is as many as may be; tried again, each counts as what it is now."""
    changes = [*map(renamed, range(1, 21))]
    with bench("versions", count=40) as one:
        one.double.fault = faults(*["refused"] * 4)
        assert one.run(changes, limits=JobLimits(canary=0)).counts == {"confirmed": 16, "rejected": 4}

        refused = [op_id for op_id, step in one.notes.last.items() if step.state == "rejected"]
        outcome = one.run(changes, limits=JobLimits(canary=0), again=refused)

        assert outcome.stopped == ""
        assert outcome.counts == {"confirmed": 20}


def test_f29_one_that_was_mended_takes_one_from_the_refused() -> None:
    """Of seven among twenty-six six are left, which is more than one in five."""
    changes = [*map(renamed, range(1, 27))]
    with bench("versions", count=40) as one:
        one.double.fault = faults(*["refused"] * 7)
        one.run(changes)
        refused = [op_id for op_id, step in one.notes.last.items() if step.state == "rejected"]
        outcome = one.run(changes, limits=JobLimits(canary=0), again=refused[:1])

        assert outcome.counts == {"confirmed": 20, "rejected": 6}
        assert outcome.stopped == "6 of 26 changes failed: look at the reasons before going on."


@pytest.mark.parametrize(("place", "is_stopped"), [(1, True), (5, True), (6, False)])
def test_five_changes_are_watched_where_nothing_else_is_said(place: int, *, is_stopped: bool) -> None:
    """A surprise at the sixth is one of those that a job may have."""
    with bench("versions", count=30) as one:
        one.double.fault = faults(*[None] * (place - 1), "other")
        outcome = one.run([*map(renamed, range(1, 11))], limits=JobLimits())

        assert bool(outcome.stopped) is is_stopped
        assert sum(outcome.counts.values()) == 10
        assert outcome.counts.get("planned", 0) == (10 - place if is_stopped else 0)


def test_a_job_that_has_begun_is_watched_no_more() -> None:
    """Its first changes were as planned: a surprise later is counted, and stops nothing by itself."""
    changes = [*map(renamed, range(1, 6))]
    with bench("versions") as one:
        one.run(changes, limits=JobLimits(max_changes=1))
        one.double.fault = faults("other")
        outcome = one.run(changes, limits=JobLimits())

        assert outcome.counts == {"confirmed": 4, "differs": 1}
        assert outcome.stopped == ""


def test_where_no_change_may_be_begun_none_is() -> None:
    """Zero is a number of changes, not "without a limit"."""
    with bench("versions") as one:
        outcome = one.run([*map(renamed, range(1, 6))], limits=JobLimits(max_changes=0))

        assert outcome.counts == {"planned": 5}
        assert one.sent == []


def test_only_so_many_are_put_in_front_as_are_watched() -> None:
    """Where one is watched, the second kind waits for its turn."""
    with bench("versions", count=30) as one:
        one.run([renamed(1), renamed(2), archived(25)], limits=JobLimits(canary=1, max_changes=2))

        assert [asked.path for asked in one.sent] == ["/companies/1", "/companies/2"]


def test_whoever_waits_is_told_how_many_changes_have_ended() -> None:
    """After each, of all; what was done before counts too."""
    changes = [*map(renamed, range(1, 6))]
    told: list[tuple[int, int]] = []
    with bench("versions") as one:
        one.run(changes, limits=replace(LIMITS, max_changes=2), told=lambda *heard: told.append(heard))
        assert told == [(1, 5), (2, 5)]
        one.run(changes, told=lambda *heard: told.append(heard))

    assert told[2:] == [(3, 5), (4, 5), (5, 5)]
