"""Taking a job back: a plan of its own, made from what the job did and from nothing else.

What was changed is put back field by field: one that somebody edited since stays as it is, and the others return.
What was archived is restored, what was made is archived; the last change is taken back first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.changes import Evidence, LeftOut, Operation, Plan, operation
from toolkit.changes.operation import field_hash
from toolkit.changes.steps import JournalEntry

STATE, ACTIVE, ARCHIVED = "state", "active", "archived"
_DONE = frozenset({"confirmed", "undone"})
_WHY = Evidence(("It puts back what was there before the job.",))
_ARCHIVED_WHY = Evidence(("The job made this record.",))


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
        if not found:
            left_out.append(LeftOut("undo", (f"{plan.target.system}/{one.stream}/{entry.record_id}",), _reason(one, entry)))
            continue
        made[one.op_id] = found
        for needed in one.depends_on:
            waiting.setdefault(needed, set()).update(each.op_id for each in found)
    origins = {each.op_id: op_id for op_id, found in made.items() for each in found}
    return Undo(tuple(each for found in made.values() for each in found), origins, tuple(left_out))


def _reason(one: Operation, entry: JournalEntry) -> str:
    if entry.state == "differs":
        return "The system holds something else than was sent: look at it before anything is put back."
    return f"What is {one.action}d cannot be taken back by a program."


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
