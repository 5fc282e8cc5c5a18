"""A change log: handovers and waits, counted exactly."""

from datetime import UTC, datetime, timedelta

from toolkit.landscape.change_log import Changed, change_log

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def log_of_300_cases() -> list[Changed]:
    """Return 300 cases: each goes Jo, Jo, Grace; every third goes on to Owen, every tenth of these back to Jo."""
    rows = []
    for number in range(300):
        begun = START + timedelta(hours=number)
        steps = [("Jo", 0), ("Jo", 1), ("Grace", 4)]
        steps += [("Owen", 30)] if number % 3 == 0 else []
        steps += [("Jo", 31)] if number % 30 == 0 else []
        rows += [Changed(f"case {number}", who, begun + timedelta(hours=after)) for who, after in steps]
    return rows


def test_the_handovers_of_300_cases_are_counted_exactly() -> None:
    """Whatever the order of the rows."""
    rows = log_of_300_cases()
    expected = [("Jo", "Grace", 300, 3.0), ("Grace", "Owen", 100, 26.0), ("Owen", "Jo", 10, 1.0)]

    for ordered in (rows, rows[::-1], sorted(rows, key=lambda one: one.who)):
        found = change_log(ordered)
        assert [(one.from_who, one.to_who, one.handovers, one.median_hours) for one in found.handovers] == expected
        assert (found.cases, found.changes, found.people, found.handover_count) == (300, 1010, 3, 410)


def test_changes_by_the_same_person_are_no_handover() -> None:
    """Working on is not handing over."""
    assert change_log([Changed("1", "Jo", START), Changed("1", "Jo", START)]).handovers == ()


def test_without_moments_the_order_of_the_file_counts_and_no_wait_is_told() -> None:
    """A wait of nothing would look like none."""
    [one] = change_log([Changed("1", "Jo", None), Changed("1", "Grace", START)]).handovers

    assert (one.handovers, one.median_hours, one.longest_hours) == (1, None, None)


def test_rows_without_a_case_or_a_person_are_counted_apart() -> None:
    """They are left out, and said."""
    found = change_log([Changed("", "Jo", START), Changed("1", "", START)])

    assert (found.left_out, found.cases, found.changes) == (2, 0, 0)
