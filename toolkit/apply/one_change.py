"""One change: read, compared, noted, sent, read back; and what became of one whose answer was lost.

The order is what makes it safe: nothing is sent before its intent is on the disk, nothing is sent over somebody else's edit,
and what nobody knows is looked for before it is sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from toolkit.apply.carrying import Carrying, Place, answered_by, later, noted
from toolkit.apply.read_back import read_back, refers_to_the_one_that_stays
from toolkit.apply.system import Current, Written
from toolkit.changes import Operation, sha256_of
from toolkit.changes.operation import MERGED_INTO
from toolkit.changes.steps import JournalEntry, Step
from toolkit.errors import AuthError, ConflictError, RejectedError, RetryableError, UncertainError

_THERE = "It was there already."
_MERGED_OR_DELETED = (
    "The record is gone, and nothing tells whether it was merged or somebody deleted it: look at the one that stays."
)
_NOT_EXACTLY = frozenset({"R2", "R3"})
"""Classes of changes before which the records are kept whole: nobody brings all of them back."""


def carried_out(carrying: Carrying, change: Operation, place: Place) -> JournalEntry:
    """Carry out a change that was never begun, or of which it is known that it was not done; return its last step.

    Parameters
    ----------
    carrying
        What it takes.
    change
        The change.
    place
        Where its record is.

    Raises
    ------
    RetryableError
        The system does not answer; the step before holds.
    AuthError
        It must be signed in again.
    """
    ready = prepared(carrying, change, place)
    if isinstance(ready, JournalEntry):
        return ready
    carrying.notes.note(ready.intent)
    return _sent(carrying, change, place, ready.current, ready.intent)


@dataclass(frozen=True, slots=True)
class Ready:
    """A change whose record was read and compared: it may be sent as soon as its intent is noted."""

    change: Operation
    place: Place
    current: Current | None
    intent: JournalEntry


def prepared(carrying: Carrying, change: Operation, place: Place) -> Ready | JournalEntry:
    """Return a change that may be sent, after a look at its record; or its last step, where it ends before.

    Parameters
    ----------
    carrying
        What it takes.
    change
        The change.
    place
        Where its record is.
    """
    key = carrying.plan.idempotency_key(change.op_id)
    before = carrying.notes.last.get(change.op_id)
    intent = JournalEntry(
        change.op_id,
        "intent",
        1 if before is None else before.attempt + 1,
        carrying.clock.now(),
        begun_at=carrying.clock.now(),
        idempotency_key=key,
        before_hash=_short_hash(change.before),
        after_hash=_short_hash(change.after),
    )
    current = None
    if place.record_id is not None:
        try:
            current = carrying.system.current(change, place.record_id)
        except RejectedError as error:
            # No request can name such a record.
            return noted(carrying, replace(later(carrying, intent, "rejected", str(error)), begun_at=None))
        refused = _refused(change, current, place)
        if refused is not None:
            ended = later(carrying, intent, *refused)
            if current is not None:
                ended = replace(ended, record_id=current.record_id)
            if ended.state == "confirmed":
                found_at = replace(ended, record_id=place.record_id)
                ended = found_at if current is None else _found(ended, current, place)
            # What is refused as the record stands is never begun.
            return noted(carrying, replace(ended, begun_at=None) if ended.state == "rejected" else ended)
    elif (before is not None or carrying.is_resumed) and (there := _made(carrying, change, key)) is not None:
        # Our own mark says who made it, so that it is taken back with the job; a name or an address says that of nobody.
        is_ours = before is not None or there.is_marked
        answered = answered_by(later(carrying, intent, "confirmed" if is_ours else "noop_already", _THERE), there)
        return read_back(carrying, change, place, None, answered) if is_ours else noted(carrying, answered)
    if carrying.is_dry_run:
        return later(carrying, intent, "not_applied", current.told if current is not None else "")
    if change.reversibility in _NOT_EXACTLY and place.record_id is not None:
        carrying.keep(change.op_id, carrying.system.whole(change, place.record_id))
    return Ready(change, place, current, intent)


def found_out(carrying: Carrying, change: Operation, place: Place, begun: JournalEntry) -> JournalEntry:
    """Find out what became of a change that was begun and never ended, and end it; return its last step.

    With a key that the system still knows it is sent again, the same bytes under the same key, as long as its record is as
    it was (a change that names a version is not the same again). Else it is looked for: a record that is as planned was
    changed, one that is as before was not. Where neither can be told, a person must look.

    Parameters
    ----------
    carrying
        What it takes.
    change
        The change.
    place
        Where its record is.
    begun
        Its last step.
    """
    system, life = carrying.system, carrying.system.key_life
    is_known = life is not None and begun.begun_at is not None and carrying.clock.now() - begun.begun_at < life
    if is_known and system.is_same_again(change) and _may_be_sent_again(carrying, change, place):
        return _sent(carrying, change, place, _condition(change, place), begun)
    _settled(carrying, begun.at)
    if place.record_id is None:
        return _made_or_not(carrying, change, place, begun)
    current = system.current(change, place.record_id)
    if current is None:
        return _gone(carrying, change, place, begun)
    if _is_as_planned(change, current):
        return noted(carrying, _found(later(carrying, begun, "confirmed", "It was found done."), current, place))
    if _holds(change, current, place):
        carrying.notes.note(later(carrying, begun, "not_applied", "It was found not done."))
        return carried_out(carrying, change, place)
    reason = "The record is neither as it was nor as planned: somebody else changed it, before or after."
    return noted(carrying, later(carrying, begun, "needs_human", reason))


def _sent(
    carrying: Carrying, change: Operation, place: Place, current: Current | None, intent: JournalEntry
) -> JournalEntry:
    try:
        written = carrying.system.send(change, place.record_id, current, intent.idempotency_key or "")
    except RejectedError as error:
        return noted(carrying, later(carrying, intent, "rejected", str(error)))
    except ConflictError as error:
        return noted(carrying, later(carrying, intent, "conflict", str(error)))
    except UncertainError as error:
        return noted(carrying, later(carrying, intent, "uncertain", str(error)))
    except (RetryableError, AuthError) as error:
        noted(carrying, later(carrying, intent, "not_applied", str(error)))
        raise
    answered = answered_by(later(carrying, intent, "confirmed", None), written)
    return read_back(carrying, change, place, current, answered)


def _made_or_not(carrying: Carrying, change: Operation, place: Place, begun: JournalEntry) -> JournalEntry:
    try:
        found = carrying.system.made(change, begun.idempotency_key or "")
    except UncertainError as error:
        return noted(carrying, later(carrying, begun, "needs_human", str(error)))
    if found is not None:
        answered = answered_by(later(carrying, begun, "confirmed", "It was found done."), found)
        return read_back(carrying, change, place, None, answered)
    carrying.notes.note(later(carrying, begun, "not_applied", "It was found not done."))
    return carried_out(carrying, change, place)


def _found(entry: JournalEntry, current: Current, place: Place) -> JournalEntry:
    """Return a step with where and as what its record was found."""
    found_at = current.record_id or place.record_id
    return replace(entry, record_id=found_at, version=current.version, stamp=current.stamp)


def _may_be_sent_again(carrying: Carrying, change: Operation, place: Place) -> bool:
    """Whether a change may be sent again under its key: one whose record somebody edited since would undo that."""
    if place.record_id is None:
        return True
    current = carrying.system.current(change, place.record_id)
    return current is not None and _holds(change, current, place)


def _gone(carrying: Carrying, change: Operation, place: Place, begun: JournalEntry) -> JournalEntry:
    """Note what became of a change whose record is gone: a merge takes it away, and so does whoever deletes it."""
    if change.action != "merge":
        return noted(carrying, later(carrying, begun, "needs_human", "The record is gone."))
    if not refers_to_the_one_that_stays(carrying, change):
        return noted(carrying, later(carrying, begun, "needs_human", _MERGED_OR_DELETED))
    found = Written(change.after[MERGED_INTO] or "")
    answered = answered_by(later(carrying, begun, "confirmed", "It was found done."), found)
    return read_back(carrying, change, place, None, answered)


def _made(carrying: Carrying, change: Operation, key: str) -> Written | None:
    """Return the record that an attempt before made after all; of one that cannot be told it is taken as it was noted."""
    try:
        return carrying.system.made(change, key)
    except UncertainError:
        return None


def _refused(change: Operation, current: Current | None, place: Place) -> tuple[Step, str] | None:
    """Return the step at which a change ends before anything is sent, and why; nothing where it may be sent."""
    if current is None:
        return "conflict", "The record is gone."
    if _is_as_planned(change, current) and place.left:
        # It is our doing, and is taken back with the job.
        return "confirmed", "A merge of this plan left it so."
    if _is_as_planned(change, current):
        return "noop_already", "It is as planned already."
    if other := current.values.get(MERGED_INTO):
        return "conflict", f"Somebody else merged it into {other}."
    if not _holds(change, current, place):
        return "conflict", "Somebody else changed the record after it was planned."
    return ("rejected", current.refusal) if current.refusal else None


def _is_as_planned(change: Operation, current: Current) -> bool:
    return all(current.values.get(name) == value for name, value in change.after.items())


def _holds(change: Operation, current: Current, place: Place) -> bool:
    """Whether a record is still the one that the plan saw, or that an earlier change of the plan left."""
    condition = change.precondition
    if condition is None:
        return True
    if condition.kind == "field_hash" and place.left:
        # What a merge of ours leaves in a field is a value of one of the records that are one now.
        return all(
            (found := current.values.get(name)) == value or found in place.left.get(name, ())
            for name, value in change.before.items()
        )
    if condition.kind == "field_hash":
        return sha256_of({name: current.values.get(name) for name in change.before}) == condition.value
    if condition.kind == "updated_at":
        if not place.is_ours:
            return current.stamp == condition.value
        # Our own change has moved it: it is to stand as that left it, as far as the system tells.
        is_version_ours = current.version is None or place.version in {None, current.version}
        return is_version_ours and place.stamp in {None, current.stamp}
    return current.version == (place.version or condition.value)


def _condition(change: Operation, place: Place) -> Current | None:
    """Return what a change that is sent again under its key is conditioned on: the same as the first time."""
    condition = change.precondition
    planned = condition.value if condition is not None and condition.kind not in {"field_hash", "updated_at"} else None
    return None if place.record_id is None else Current(dict(change.before), place.version or planned)


def _settled(carrying: Carrying, begun: datetime) -> None:
    """Wait until a change that was sent can no longer take effect behind our back."""
    passed_s = (carrying.clock.now() - begun).total_seconds()
    if passed_s < carrying.system.settle_s:
        carrying.clock.sleep(carrying.system.settle_s - passed_s)


def _short_hash(values: Mapping[str, str | None]) -> str:
    return sha256_of(dict(values))[:16]
