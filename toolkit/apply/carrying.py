"""What it takes to carry out the changes of a plan, and how their steps are written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from toolkit.apply.system import WritableSystem, Written
from toolkit.changes import Plan
from toolkit.changes.steps import JournalEntry, Step
from toolkit.rest.clock import Clock


class Notes(Protocol):
    """Where steps are written down."""

    @property
    def last(self) -> Mapping[str, JournalEntry]:
        """The last step of each change that has one."""

    def note(self, *entries: JournalEntry) -> None:
        """Write steps down; an intent is on the disk when this returns."""


Keep = Callable[[str, Mapping[str, Any]], None]
"""What keeps, by ``op_id``, the records that a change takes away for good; they are on the disk when it returns."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """What it takes to carry out the changes of a plan: the system, where steps are noted, and the time.

    In a dry run everything is done but the noting and the sending. ``keep`` gets what cannot be taken back.
    ``is_resumed``: the job was begun before, so that what its journal does not know may have been made all the same, where
    that was cut short.
    """

    plan: Plan
    system: WritableSystem
    notes: Notes
    clock: Clock
    is_dry_run: bool
    keep: Keep
    is_resumed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change finds its record: its id by now, and the version and the time that an earlier change of the plan left.

    With ``is_ours`` there was such a change; where the system tells neither version nor time, nothing says whether it was
    the last. ``left`` are by column the values that merges of the plan may have left in it: those of the records that went
    into it.
    """

    record_id: str | None
    version: str | None
    stamp: str | None = None
    is_ours: bool = False
    left: Mapping[str, frozenset[str | None]] = field(default_factory=dict)


def noted(carrying: Carrying, entry: JournalEntry) -> JournalEntry:
    """Write a step down, and return it; a rehearsal writes none."""
    if not carrying.is_dry_run:
        carrying.notes.note(entry)
    return entry


def later(carrying: Carrying, entry: JournalEntry, state: Step, reason: str | None) -> JournalEntry:
    """Return the step behind another one.

    Parameters
    ----------
    carrying
        What it takes; its clock says when.
    entry
        The step before.
    state, reason
        Of the new one.
    """
    return replace(entry, state=state, at=carrying.clock.now(), reason=reason)


def answered_by(entry: JournalEntry, written: Written) -> JournalEntry:
    """Return a step with what the system answered."""
    return replace(
        entry,
        record_id=written.record_id,
        version=written.version,
        status=written.status,
        request_id=written.request_id,
    )
