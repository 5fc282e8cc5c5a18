"""A value that no two records share is taken over when its holder is out of the way; all else is written before."""

from collections.abc import Mapping

from tests.sandbox_systems import records
from toolkit.changes import Operation, made_plan, operation
from toolkit.changes.operation import field_hash
from toolkit.plan.unique_values import after_their_holders

PARTIES = records(
    "party",
    [
        {"record_id": "1", "email": "old@acme.example", "name": "Acme"},
        {"record_id": "2", "email": "Sales@acme.example", "name": "ACME Ltd"},
        {"record_id": "3", "email": "three@acme.example", "name": "Three"},
    ],
)
UNIQUE = {"people": "email"}


def update(number: str, depends_on: tuple[str, ...] = (), **after: str) -> Operation:
    """Return a change of a record."""
    before: Mapping[str, str | None] = dict.fromkeys(after, "before")
    return operation("update", "crm", "people", target_id=number, before=before, after=after,
                     precondition=field_hash(before), depends_on=depends_on)  # fmt: skip


def away(number: str, depends_on: tuple[str, ...] = ()) -> Operation:
    """Return the archiving of a record."""
    return operation("archive", "crm", "people", target_id=number, before={"state": "active"}, after={"state": "archived"},
                     depends_on=depends_on)  # fmt: skip


def test_a_value_waits_until_its_holder_is_archived() -> None:
    """Whatever its capitals; the other fields are written at once, and nothing is only in what is archived."""
    taken = update("1", email="sales@acme.example", phone="1")
    gone = away("2", (taken.op_id,))

    found = {(one.action, *one.after): one for one in after_their_holders([taken, gone], "crm", UNIQUE, PARTIES)}

    first, archive, last = found["update", "phone"], found["archive", "state"], found["update", "email"]
    assert len(found) == 3
    assert archive.depends_on == (first.op_id,)
    assert set(last.depends_on) == {archive.op_id, first.op_id}
    assert last.precondition == field_hash({"email": "before"})


def test_a_change_of_that_value_alone_only_waits() -> None:
    """It is not split, and what was to wait for it waits for nothing."""
    taken = update("1", email="sales@acme.example")
    gone = away("2", (taken.op_id,))

    archive, last = sorted(after_their_holders([taken, gone], "crm", UNIQUE, PARTIES), key=lambda one: one.action)

    assert (archive.action, archive.depends_on) == ("archive", ())
    assert (last.after, last.depends_on) == ({"email": "sales@acme.example"}, (archive.op_id,))


def test_other_changes_stay_as_they_are() -> None:
    """Of another value, of a holder that stays, of a stream whose values may be shared."""
    changes = [update("1", email="new@acme.example"), update("2", name="Three"), away("3")]

    assert after_their_holders(changes, "crm", UNIQUE, PARTIES) == tuple(changes)
    assert after_their_holders(changes[:2], "crm", {"people": "name"}, PARTIES) == tuple(changes[:2])


def test_what_waited_for_the_whole_change_waits_for_its_end() -> None:
    """A plan of them has an order."""
    from toolkit.changes import Target

    taken = update("1", email="three@acme.example", phone="1")
    gone, other = away("3", (taken.op_id,)), update("2", (taken.op_id,), phone="2")

    found = after_their_holders([taken, gone, other], "crm", UNIQUE, PARTIES)

    plan = made_plan("cleanup", engagement_id="e", target=Target("crm", "rest"), snapshot_ids={}, rules_hash="0" * 64,
                     operations=found, record_counts={"people": 3})  # fmt: skip
    order = [(one.target_id, *one.after) for one in plan.operations]
    assert order.index(("1", "phone")) < order.index(("3", "state")) < order.index(("1", "email"))
    assert order.index(("1", "email")) < order.index(("2", "phone"))


def test_a_change_without_a_condition_stays_without_one() -> None:
    """Of a value that is empty, nothing is taken over."""
    bare = operation("update", "crm", "people", target_id="1", before={"email": "x"}, after={"email": "three@acme.example"})
    empty = operation("update", "crm", "people", target_id="2", before={"email": "x"}, after={"email": None})
    gone = away("3")

    found = {one.target_id: one for one in after_their_holders([bare, empty, gone], "crm", UNIQUE, PARTIES)}

    assert (found["1"].precondition, found["1"].depends_on) == (None, (gone.op_id,))
    assert found["2"] == empty
