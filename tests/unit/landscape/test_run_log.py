"""How integrations do, from the lines of their run logs."""

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.landscape.run_log import LoggedRun, health, run_state

START = datetime(2026, 10, 1, tzinfo=UTC)


def runs(name: str, *statuses: str) -> list[LoggedRun]:
    return [LoggedRun(name, status, START + timedelta(hours=at)) for at, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Success", "ok"),
        ("completed", "ok"),
        ("Timed out", "failed"),
        ("Finished with errors", "failed"),
        ("in_progress", "waiting"),
        ("Filtered", "skipped"),
        ("unsuccessful", "failed"),
        ("purple", None),
        ("", None),
    ],
)
def test_a_status_is_read_by_its_words(status: str, state: str | None) -> None:
    """One that says two things says the worse; one that says nothing known is not guessed."""
    assert run_state(status) == state


def test_37_failures_of_10000_are_a_third_of_a_percent() -> None:
    """With the interval; skipped lines are no runs."""
    log = runs("orders", *["ok"] * 9963, *["failed"] * 37, *["skipped"] * 5)

    [found] = health(log)

    assert (found.runs, found.failed, found.share) == (10_000, 37, 0.0037)
    assert found.low < 0.0037 < found.high


def test_what_failed_since_the_last_success_and_what_waits_is_told() -> None:
    """The oldest of what waits, too."""
    [found] = health(runs("orders", "queued", "ok", "failed", "queued", "failed", "odd"))

    assert (found.last_success_at, found.failed_since) == (START + timedelta(hours=1), 2)
    assert (found.waiting, found.oldest_waiting_at, found.unread) == (2, START, 1)


def test_an_integration_without_runs_has_no_share() -> None:
    """Unknown is not zero."""
    [found] = health(runs("orders", "queued"))

    assert (found.share, found.low, found.high, found.last_success_at) == (None, 0, 1, None)


def test_the_one_that_fails_most_stands_first() -> None:
    """And an empty log is no error."""
    found = health([*runs("good", "ok", "ok"), *runs("bad", "ok", "failed")])

    assert [one.integration for one in found] == ["bad", "good"]
    assert health([]) == ()
