"""Plans on disk: what is applied is what was made here and agreed to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.shared_states import States
from toolkit.changes import Operation, Plan, SavedPlan, Target, made_plan, operation, plan_file_bytes, saved_plan
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError
from toolkit.store.plans import (
    Approval,
    approval_of,
    keep_approval,
    keep_plan,
    kept_plan,
    kept_plans,
    opened_plan,
    plan_path,
)
from toolkit.store.store import Store

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def _plan(phone: str) -> Plan:
    changes: list[Operation] = [operation("update", "crm", "companies", target_id="1", after={"phone": phone})]
    return made_plan(
        "cleanup",
        engagement_id="e-1",
        target=Target("crm", "hubspot"),
        snapshot_ids={},
        rules_hash="0" * 64,
        operations=changes,
        record_counts={},
    )


def _saved(phone: str = "1", at: datetime = NOON) -> SavedPlan:
    return saved_plan(_plan(phone), at, "0.1")


@pytest.fixture
def store(tmp_path: Path, states: States) -> Iterator[Store]:
    """Yield the store of a new engagement."""
    with states(tmp_path) as one, one.writing("a test"):
        yield one


def test_a_plan_is_opened_as_it_was_made(store: Store) -> None:
    """By the first letters of its id, or as the newest."""
    first, second = keep_plan(store, _saved("1")), keep_plan(store, _saved("2"))

    assert opened_plan(store, kept_plan(store, first.plan_id[:6])) == _saved("1")
    assert kept_plan(store, "latest") == second
    assert [one.name for one in kept_plans(store)] == [first.plan_id[:12], second.plan_id[:12]]
    assert plan_path(store, first.plan_id).stat().st_mode & 0o777 == 0o600


def test_planning_again_changes_nothing_while_the_plan_holds(store: Store) -> None:
    """Whoever plans twice on one day keeps the plan and its approval."""
    first = keep_plan(store, _saved())
    content = plan_path(store, first.plan_id).read_bytes()

    assert keep_plan(store, _saved(at=NOON + timedelta(days=6))) == first
    assert plan_path(store, first.plan_id).read_bytes() == content


@pytest.mark.parametrize(("later", "is_new"), [(timedelta(days=7, seconds=-1), False), (timedelta(days=7), True)])
def test_an_expired_plan_is_made_anew_and_agreed_to_anew(store: Store, later: timedelta, *, is_new: bool) -> None:
    """What was agreed to last week was another look at the data."""
    first = keep_plan(store, _saved())
    keep_approval(store, Approval(first.plan_id, first.signature, "Marta", NOON, {"companies": 40}, ("R2",), "as discussed"))
    held = approval_of(store, first)

    again = keep_plan(store, _saved(at=NOON + later))

    assert held is not None
    assert (held.approver, held.ceilings, held.accepted, held.note) == ("Marta", {"companies": 40}, ("R2",), "as discussed")
    assert (again.made_at != first.made_at) is is_new
    assert (approval_of(store, again) is None) is is_new
    assert len(kept_plans(store)) == 1


def test_a_plan_whose_file_was_lost_is_written_again(store: Store) -> None:
    """The same snapshots and rules give the same plan, so nothing is lost with its file."""
    first = keep_plan(store, _saved())
    plan_path(store, first.plan_id).unlink()
    with pytest.raises(PlanRefusedError, match="is gone"):
        opened_plan(store, first)

    again = keep_plan(store, _saved(at=NOON + timedelta(days=2)))

    assert opened_plan(store, again).plan == _saved().plan
    assert again == first


def test_a_plan_that_a_colleague_makes_again_stays_agreed_to(tmp_path: Path, states: States) -> None:
    """In another folder, from the same snapshots: byte for byte the file that was agreed to, for both of them."""
    with states(tmp_path / "one") as one, one.writing("a plan"):
        first = keep_plan(one, _saved())
        keep_approval(one, Approval(first.plan_id, first.signature, "Marta", NOON, {}, (), ""))
        content = plan_path(one, first.plan_id).read_bytes()
    if states.server is None:
        plan_path(one, first.plan_id).unlink()
    with Store(tmp_path / ("two" if states.server else "one"), states.place(tmp_path / "one")) as two, two.writing("a plan"):
        again = keep_plan(two, _saved(at=NOON + timedelta(days=2, seconds=7)))

        assert plan_path(two, again.plan_id).read_bytes() == content
        assert approval_of(two, again) is not None
    with states(tmp_path / "one") as one:
        assert kept_plans(one) == [first]


def test_a_plan_that_was_edited_is_refused(store: Store) -> None:
    """Any byte of its file counts, the envelope's too."""
    kept = keep_plan(store, _saved())
    path = plan_path(store, kept.plan_id)
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(PlanRefusedError):
            opened_plan(store, kept)


def test_a_true_plan_in_the_place_of_another_is_refused(store: Store) -> None:
    """Swapped files do not change what was agreed to."""
    kept = keep_plan(store, _saved("1"))
    plan_path(store, kept.plan_id).write_bytes(plan_file_bytes(_saved("2")))

    with pytest.raises(PlanRefusedError, match="its file was changed"):
        opened_plan(store, kept)


def test_the_last_approval_holds(store: Store) -> None:
    """Somebody may agree to more later, or to less."""
    kept = keep_plan(store, _saved())
    for ceiling in (40, 12):
        keep_approval(store, Approval(kept.plan_id, kept.signature, "Marta", NOON, {"companies": ceiling}, (), ""))

    held = approval_of(store, kept)

    assert held is not None
    assert held.ceilings == {"companies": 12}


def test_a_name_that_fits_no_plan_is_answered_with_those_there_are(store: Store) -> None:
    """Too short a name, an unknown one, and a folder without plans each end in a sentence."""
    with pytest.raises(InputError, match="There is no plan in"):
        kept_plan(store, "latest")
    kept = keep_plan(store, _saved())
    for name in ("zzzz", kept.plan_id[:3]):
        with pytest.raises(UnknownNameError, match=kept.name):
            kept_plan(store, name)


def test_a_name_that_fits_several_plans_asks_for_more(store: Store) -> None:
    """Nothing is chosen by chance."""
    names: dict[str, str] = {}
    for number in range(4_000):
        saved = _saved(str(number))
        short = saved.plan.plan_id[:4]
        if short in names:
            keep_plan(store, _saved(names[short]))
            keep_plan(store, saved)
            break
        names[short] = str(number)

    with pytest.raises(InputError, match="Several plans begin with"):
        kept_plan(store, short)


def test_plans_and_approvals_outlive_a_lost_state(tmp_path: Path) -> None:
    """Who agreed to what exists nowhere else, so it is in the copy of the state too."""
    with Store(tmp_path) as store, store.writing("a test"):
        kept = keep_plan(store, _saved())
        keep_approval(store, Approval(kept.plan_id, kept.signature, "Marta", NOON, {}, (), ""))
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()

    with Store(tmp_path) as store:
        assert kept_plans(store) == [kept]
        held = approval_of(store, kept)
        assert held is not None
        assert held.approver == "Marta"
        assert store.broken_log_entries() == []
