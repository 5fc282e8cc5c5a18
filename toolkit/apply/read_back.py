"""What the system holds after a change that it took: read again, never believed."""

from collections.abc import Collection
from dataclasses import replace

from toolkit.apply.carrying import Carrying, Place, noted
from toolkit.apply.system import Current
from toolkit.changes import Child, Operation, operation
from toolkit.changes.operation import MERGED_INTO
from toolkit.changes.steps import JournalEntry


def read_back(
    carrying: Carrying, change: Operation, place: Place, current: Current | None, answered: JournalEntry
) -> JournalEntry:
    """Return the last step of a change that was taken, after its record was read again.

    Parameters
    ----------
    carrying
        What it takes.
    change
        The change.
    place
        Where its record was.
    current
        As it was just before.
    answered
        What the system answered, as a step.
    """
    if change.action == "merge":
        return _merged(carrying, change, place, answered)
    read = carrying.system.current(change, answered.record_id or "")
    if read is None:
        return noted(carrying, replace(answered, state="differs", reason="It was taken, and the record cannot be read."))
    answered = replace(answered, version=read.version or answered.version, stamp=read.stamp)
    wrong = [name for name, value in change.after.items() if read.values.get(name) != value]
    if wrong:
        reason = f"It was taken, and the system now holds another value in: {', '.join(sorted(wrong))}."
        return noted(carrying, replace(answered, state="differs", reason=reason))
    moved = sorted(path for path, value in current.kept.items() if read.kept.get(path) != value) if current else []
    if moved:
        reason = f"It was taken, and the system changed more than was sent: {', '.join(moved)}."
        return noted(carrying, replace(answered, state="differs", reason=reason))
    return noted(carrying, answered)


def _merged(carrying: Carrying, change: Operation, place: Place, answered: JournalEntry) -> JournalEntry:
    """Note a merge that was taken, after looking where the records went, and whether all that referred to them did too."""
    into = answered.record_id or change.after[MERGED_INTO]
    read = carrying.system.current(change, place.record_id or "")
    if read is not None and read.values.get(MERGED_INTO) != change.after[MERGED_INTO]:
        # Where the one that was to go stands alone, it is the one that stayed.
        said = read.values.get(MERGED_INTO) or (None if read.values else place.record_id)
        reason = f"It was merged into {said}, which was not planned." if said else "It was taken, and nothing was merged."
        return noted(carrying, replace(answered, state="differs", reason=reason, record_id=said or into))
    into = (read.record_id if read is not None else None) or into
    left = [one for one in change.children if not _is_moved(carrying, one, {into, change.after[MERGED_INTO]})]
    if left:
        reason = (
            f"It was merged, and {len(left):,} of {len(change.children):,} records that referred to it do not refer to the "
            "one that stays."
        )
        return noted(carrying, replace(answered, state="differs", reason=reason, record_id=into))
    return noted(carrying, replace(answered, record_id=into))


def refers_to_the_one_that_stays(carrying: Carrying, change: Operation) -> bool:
    """Return whether a record that referred to the one that goes refers to the other by now: only a merge does that.

    Parameters
    ----------
    carrying
        What it takes.
    change
        The merge.
    """
    stays = change.after[MERGED_INTO]
    return any(
        (read := _read(carrying, one)) is not None and read.values.get(one.column) == stays for one in change.children
    )


def _is_moved(carrying: Carrying, child: Child, into: Collection[str | None]) -> bool:
    """Whether a record refers to the one that stays; one that cannot be read back is not counted."""
    read = _read(carrying, child)
    return read is None or read.values.get(child.column) in into


def _read(carrying: Carrying, child: Child) -> Current | None:
    """Return a record that referred to one of a merge as it is now; nothing where it cannot be read."""
    system, stream, record_id = child.record_key.split("/", 2)
    if not carrying.system.can_read(stream, child.column):
        return None
    looked_at = operation("repoint", system, stream, target_id=record_id, after={child.column: None})
    return carrying.system.current(looked_at, record_id)
