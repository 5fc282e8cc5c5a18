"""What each policy settles of the fields in which systems differ."""

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.scoping.sources.policies import POLICIES, Conflict, PolicyCount, policy_counts, settled

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


def conflict(**more: object) -> Conflict:
    known = {"column": "email", "system_l": "crm", "system_r": "ledger", "master": "crm"}
    return Conflict(**{**known, **more})  # type: ignore[arg-type]  # by test


def test_the_master_wins_where_it_is_one_of_both() -> None:
    """A third system decides nothing between two others, and nobody decides nothing."""
    assert settled(conflict()).master_wins == "l"
    assert settled(conflict(master="ledger")).master_wins == "r"
    assert settled(conflict(master="shop")).master_wins is None
    assert settled(conflict(master=None)).master_wins is None


@pytest.mark.parametrize(
    ("left", "right", "wins"),
    [(NOON, NOON - timedelta(hours=1), "l"), (NOON, NOON + timedelta(hours=1), "r"), (NOON, NOON, None), (NOON, None, None)],
)
def test_the_latest_change_wins_and_a_tie_goes_to_a_person(
    left: datetime | None, right: datetime | None, wins: str | None
) -> None:
    """Two edits at the same moment, or one whose time is unknown, are never settled silently."""
    assert settled(conflict(changed_l_at=left, changed_r_at=right)).latest_wins == wins


def test_two_records_that_are_equally_complete_go_to_a_person() -> None:
    """Five fields against five say nothing."""
    assert settled(conflict(filled_l=5, filled_r=5)).most_complete_wins is None
    assert settled(conflict(filled_l=5, filled_r=6)).most_complete_wins == "r"


def test_a_policy_may_be_agreed_on_field_by_field() -> None:
    """E-mail by the master, phone by the latest change, all else by a person."""
    agreed = {"email": "master_wins", "phone": "latest_wins", "default": "human_queue"}
    times = {"changed_l_at": NOON, "changed_r_at": NOON + timedelta(days=1)}

    found = [settled(conflict(column=one, **times), agreed).by_field for one in ("email", "phone", "street")]

    assert found == ["l", "r", None]


def test_two_hundred_conflicts_are_counted_by_policy() -> None:
    """Of 200 the master settles 120, the latest change 90, a person none; what is left for a person adds up."""
    conflicts = [
        conflict(
            master="crm" if n < 120 else None,
            changed_l_at=NOON,
            changed_r_at=NOON + timedelta(minutes=1) if n < 90 else NOON,
            column="email" if n % 2 else "phone",
        )
        for n in range(200)
    ]

    counts = {(one.policy, one.column): one for one in policy_counts(conflicts, [settled(one) for one in conflicts])}

    assert [counts[name, "total"].settled for name in POLICIES] == [120, 90, 0, 120, 0]
    assert all(counts[name, "total"].settled + counts[name, "total"].person == 200 for name in POLICIES)
    assert counts["human_queue", "total"].person_share == 1.0
    assert counts["latest_wins", "email"].settled + counts["latest_wins", "phone"].settled == 90


def test_a_policy_is_held_against_what_persons_have_said() -> None:
    """Of three that it settles two were decided, one of them the same way."""
    conflicts = [conflict(decision="l"), conflict(decision="r"), conflict()]

    [master, *_] = [one for one in policy_counts(conflicts, map(settled, conflicts)) if one.column == "total"]

    assert master == PolicyCount("master_wins", "total", 3, 3, 2, 1)


def test_without_a_conflict_there_is_no_share() -> None:
    """No division by nothing."""
    assert {one.person_share for one in policy_counts([], [])} == {None}
