"""Taking a job back: a plan of its own, made from what the job did and from nothing else.

What was changed is put back field by field: one that somebody edited since stays as it is, and the others return.
What was archived is restored, what was made is archived; the last change is taken back first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.changes import Evidence, LeftOut, Operation, Plan, made_reference, operation
from toolkit.changes.operation import LOST_WORD, field_hash
from toolkit.changes.steps import JournalEntry

STATE, ACTIVE, ARCHIVED = "state", "active", "archived"
_DONE = frozenset({"confirmed", "undone"})
_WHY = Evidence(("It puts back what was there before the job.",))
_ARCHIVED_WHY = Evidence(("The job made this record.",))


_ANEW = "It was merged, and is made anew under another id; what referred to it refers to it again."
_BY_HAND = "It was merged, and the system takes no merge back. What it was stands in the file that was kept before."


@dataclass(frozen=True, slots=True)
class Undo:
    """The changes that take a job back, which change of the job each one belongs to, and what cannot be taken back."""

    operations: tuple[Operation, ...]
    origins: Mapping[str, str]
    left_out: tuple[LeftOut, ...]


def undo(plan: Plan, steps: Mapping[str, JournalEntry]) -> Undo:
    """Return what takes a job back.

    Parameters
    ----------
    plan
        That was carried out, in part or as a whole.
    steps
        The last step of each of its changes, by ``op_id``.
    """
    made: dict[str, tuple[Operation, ...]] = {}
    left_out = []
    waiting: dict[str, set[str]] = {}
    for one in reversed(plan.operations):
        entry = steps.get(one.op_id)
        if entry is None or entry.state not in {*_DONE, "differs"}:
            continue
        after = tuple(sorted(waiting.get(one.op_id, ())))
        found = _taken_back(plan.target.system, one, entry.record_id, after) if entry.state in _DONE else ()
        # Of a merge the record that went is meant, and not the one in which it is now.
        key = f"{plan.target.system}/{one.stream}/{one.target_id if one.action == 'merge' else entry.record_id}"
        if not found:
            left_out.append(LeftOut("undo", (key,), _reason(one, entry)))
            continue
        if one.action == "merge":
            left_out.append(LeftOut("undo", (key,), f"{_ANEW} {_lost(one)}".strip()))
        made[one.op_id] = found
        for needed in one.depends_on:
            waiting.setdefault(needed, set()).update(each.op_id for each in found)
    origins = {each.op_id: op_id for op_id, found in made.items() for each in found}
    return Undo(tuple(each for found in made.values() for each in found), origins, tuple(left_out))


def _reason(one: Operation, entry: JournalEntry) -> str:
    if entry.state == "differs":
        return "The system holds something else than was sent: look at it before anything is put back."
    if one.action == "merge":
        return f"{_BY_HAND} {_lost(one)}".strip()
    return f"What is {one.action}d cannot be taken back by a program."


def _lost(one: Operation) -> str:
    return " ".join(reason for reason in one.evidence.reasons if reason.startswith(LOST_WORD))


def _taken_back(system: str, one: Operation, record_id: str | None, after: tuple[str, ...]) -> tuple[Operation, ...]:
    target = record_id or one.target_id
    if target is None:
        return ()
    if one.action in {"archive", "restore", "create"}:
        was, becomes = (ARCHIVED, ACTIVE) if one.action == "archive" else (ACTIVE, ARCHIVED)
        return (
            operation(
                "restore" if one.action == "archive" else "archive",
                system,
                one.stream,
                target_id=target,
                before={STATE: was},
                after={STATE: becomes},
                precondition=field_hash({STATE: was}),
                depends_on=after,
                evidence=_ARCHIVED_WHY if one.action == "create" else _WHY,
            ),
        )
    if one.action == "merge":
        return _unmerged(system, one, target, after) if one.reversibility == "R2" else ()
    if one.action not in {"update", "repoint"}:
        return ()
    return tuple(
        operation(
            one.action,
            system,
            one.stream,
            target_id=target,
            before={name: value},
            after={name: one.before.get(name)},
            precondition=field_hash({name: value}),
            depends_on=after,
            evidence=_WHY,
        )
        for name, value in sorted(one.after.items())
    )


def _unmerged(system: str, one: Operation, into: str, after: tuple[str, ...]) -> tuple[Operation, ...]:
    """Return what makes a record anew that was merged away, and points to it again what moved."""
    made = operation(
        "create",
        system,
        one.stream,
        natural_key=f"{system}/{one.stream}/{one.target_id}",
        after={name: value for name, value in one.before.items() if value is not None},
        reversibility="R1",
        depends_on=after,
        evidence=_WHY,
    )
    moved = []
    for child in one.children:
        _, stream, record_id = child.record_key.split("/", 2)
        before = {child.column: into}
        moved.append(
            operation(
                "repoint",
                system,
                stream,
                target_id=record_id,
                before=before,
                after={child.column: made_reference(made.op_id)},
                precondition=field_hash(before),
                depends_on=(made.op_id,),
                evidence=_WHY,
            )
        )
    return (made, *moved)
