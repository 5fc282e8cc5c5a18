"""Taking a job back: a plan of its own, made from what the job did and from nothing else.

What was changed is put back field by field: one that somebody edited since stays as it is, and the others return.
What was archived is restored, what was made is archived; the last change is taken back first. What stood as planned before
the job came to it is not known to be its work: it stays, and is listed. Where nothing restores a
record, it is made anew, and what referred to it refers to the new one; where nothing archives one that was made, it is
deleted. One that was made goes only as it was made: with an edit of somebody else it stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.changes import (
    Evidence,
    LeftOut,
    Operation,
    Plan,
    Precondition,
    line_column,
    lines_of,
    made_reference,
    maker_of,
    operation,
)
from toolkit.changes.operation import LOST_WORD, MERGED_INTO, field_hash
from toolkit.changes.steps import DONE, JournalEntry
from toolkit.connector import Writing

STATE, ACTIVE, ARCHIVED = "state", "active", "archived"
_DONE = frozenset({"confirmed", "undone"})
_LEFT = frozenset({"differs", "noop_already"})
"""Steps of changes that are not taken back, but said: what stands there is not known to be what the job sent."""
_WHY = Evidence(("It puts back what was there before the job.",))
_ARCHIVED_WHY = Evidence(("The job made this record.",))
_ANEW_WHY = "The job archived it, and nothing restores it there: it is made anew."
_PARENT = "parent_ref"
IN_PART = "taken back in part"
"""The subject of what is taken back, but for what is lost with it; that of what is not taken back is `NOT_BACK`."""
NOT_BACK = "not taken back"
_ANEW = "It was merged, and is made anew under another id; what referred to it refers to it again."
_WAS_SO = (
    "It stood as planned already when the job came to it, and nothing says who did it: it stays. Only where the end of the "
    "journal was lost may the job itself have done it; what it was stands in the plan."
)
_BY_HAND = "It was merged, and the system takes no merge back. What it was stands in the file that was kept before."


@dataclass(frozen=True, slots=True)
class Undo:
    """The changes that take a job back, which change of the job each one belongs to, and what cannot be taken back."""

    operations: tuple[Operation, ...]
    origins: Mapping[str, str]
    left_out: tuple[LeftOut, ...]


def undo(plan: Plan, steps: Mapping[str, JournalEntry], writings: Mapping[str, Writing] | None = None) -> Undo:
    """Return what takes a job back.

    Parameters
    ----------
    plan
        That was carried out, in part or as a whole.
    steps
        The last step of each of its changes, by ``op_id``.
    writings
        How streams are changed; of one that is not there everything is taken to be restored and archived.
    """
    writings = writings or {}
    system = plan.target.system
    known = {one.op_id: one for one in plan.operations}
    standing = _standing(plan, steps)
    anew: dict[tuple[str, str], tuple[str | None, str]] = {}
    made: dict[str, tuple[Operation, ...]] = {}
    left_out = []
    gone = {f"{one.stream}/{one.target_id}" for one in plan.operations
            if one.action == "merge" and one.op_id in steps and steps[one.op_id].state in _DONE}  # fmt: skip
    waiting: dict[str, set[str]] = {}
    for one in reversed(plan.operations):
        entry = steps.get(one.op_id)
        if entry is None or entry.state not in {*_DONE, *_LEFT}:
            continue
        after = tuple(sorted(waiting.get(one.op_id, ())))
        how = writings.get(one.stream)
        if one.action == "merge":
            entry = replace(entry, record_id=standing.get((one.stream, one.after[MERGED_INTO] or "")))
        found = _taken_back(system, one, entry, after, how) if entry.state in _DONE else ()
        # What went itself is made anew with what it referred to; its old id leads to another record now.
        found = tuple(each for each in found if f"{each.stream}/{each.target_id}" not in gone or each.action != "repoint")
        found = tuple(_to_the_new(each, f"{system}/{one.stream}/{one.target_id}", anew) for each in found)
        if one.action in {"archive", "merge"}:
            makers = [each.op_id for each in found if each.action == "create"]
            anew |= {reference: (one.target_id, op_id) for op_id in makers for reference in _references(system, one, known)}
        # Of a merge the record that went is meant, and not the one in which it is now.
        key = f"{system}/{one.stream}/{one.target_id if one.action == 'merge' else entry.record_id or one.target_id}"
        if not found:
            left_out.append(LeftOut(NOT_BACK, (key,), _reason(one, entry)))
            continue
        if one.action == "merge":
            left_out.append(LeftOut(IN_PART, (key,), f"{_ANEW} {_lost(one)}".strip()))
        made[one.op_id] = found
        for needed in one.depends_on:
            waiting.setdefault(needed, set()).update(each.op_id for each in found)
    origins = {each.op_id: op_id for op_id, found in made.items() for each in found}
    return Undo(tuple(each for found in made.values() for each in found), origins, tuple(left_out))


def _reason(one: Operation, entry: JournalEntry) -> str:
    if entry.state == "differs":
        return "The system holds something else than was sent: look at it before anything is put back."
    if entry.state == "noop_already":
        return _WAS_SO
    if one.action == "merge":
        return f"{_BY_HAND} {_lost(one)}".strip()
    return f"What is {one.action}d cannot be taken back by a program."


def _lost(one: Operation) -> str:
    return " ".join(reason for reason in one.evidence.reasons if reason.startswith(LOST_WORD))


def _taken_back(
    system: str, one: Operation, entry: JournalEntry, after: tuple[str, ...], how: Writing | None
) -> tuple[Operation, ...]:
    target = entry.record_id or one.target_id
    if target is None:
        return ()
    if one.action == "archive" and how is not None and how.restore is None:
        return _made_anew(system, one, after, how)
    if one.action == "create":
        return _away(system, one, entry, after, how)
    if one.action in {"archive", "restore"}:
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
                evidence=_WHY,
            ),
        )
    if one.action == "merge":
        return _unmerged(system, one, target, after, how) if one.reversibility == "R2" else ()
    fields = sorted(one.after.items()) if one.action in {"update", "repoint"} else ()
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
        for name, value in fields
        if name not in _following(how)
    )


def _following(how: Writing | None) -> frozenset[str]:
    """Return the columns that follow from others in their system: they come back with those."""
    if how is None:
        return frozenset()
    return frozenset(one.column for one in how.fields if not one.path) - {one.column for one in how.by_column}


def _made_anew(system: str, one: Operation, after: tuple[str, ...], how: Writing) -> tuple[Operation, ...]:
    """Return the making of a record in the place of one that was archived, of what the plan has kept of it."""
    values = {name: value for name, value in one.before.items() if name != STATE and value}
    if not values or how.create is None:
        return ()
    return (
        operation(
            "create",
            system,
            one.stream,
            natural_key=f"{system}/{one.stream}/{one.target_id}",
            after=values,
            reversibility="R1",
            depends_on=after,
            evidence=Evidence((_ANEW_WHY,)),
        ),
    )


def _away(
    system: str, one: Operation, entry: JournalEntry, after: tuple[str, ...], how: Writing | None
) -> tuple[Operation, ...]:
    """Return what takes a record away that the job made, as long as nobody edited it: by its version, or as it was sent."""
    is_deleted = how is not None and how.archive is None
    if how is not None and is_deleted and how.delete is None:
        return ()
    before = {STATE: ACTIVE} | ({} if entry.version else _as_made(one, how))
    return (
        operation(
            "delete" if is_deleted else "archive",
            system,
            one.stream,
            target_id=entry.record_id,
            before=before,
            after={STATE: ARCHIVED},
            precondition=Precondition("version", entry.version) if entry.version else field_hash(before),
            reversibility="R1" if is_deleted else "R0",
            depends_on=after,
            evidence=_ARCHIVED_WHY,
        ),
    )


def _as_made(one: Operation, how: Writing | None) -> dict[str, str | None]:
    """Return what a record that was made was found to hold then, in the columns that can be read again."""
    sent = {name: value for name, value in one.after.items() if maker_of(value, one.depends_on) is None}
    if how is None:
        return sent
    own = {each.column for each in how.fields}.difference(how.unsaid)
    of_lines = [each.column for each in how.lines.fields if not each.is_left_out] if how.lines is not None else []
    own |= {line_column(number, name) for number, _ in enumerate(lines_of(sent), 1) for name in of_lines}
    return {name: value for name, value in sent.items() if name in own}


def _standing(plan: Plan, steps: Mapping[str, JournalEntry]) -> dict[tuple[str, str], str]:
    """Return under which id each record that others were merged into stands now, by its stream and the id it was planned by.

    Each merge may give it a new one, and it may have gone into another one itself.
    """
    ids: dict[tuple[str, str], str] = {}
    into: dict[tuple[str, str], tuple[str, str]] = {}
    for one in plan.operations:
        entry = steps.get(one.op_id)
        if one.action != "merge" or entry is None or entry.state not in DONE | _DONE:
            continue
        stays = (one.stream, one.after[MERGED_INTO] or "")
        ids[stays] = entry.record_id or ids.get(stays, stays[1])
        into[one.stream, one.target_id or ""] = stays
    found = {}
    for start in ids:
        last, passed = start, {start}
        while last in into and into[last] not in passed:
            last = into[last]
            passed.add(last)
        found[start] = ids[last]
    return found


def _references(system: str, one: Operation, known: Mapping[str, Operation]) -> set[tuple[str, str]]:
    """Return which records referred to one that was archived or merged away, by key and column, as far as the plan knows.

    A company is archived after the persons that belong to it; they are not pointed elsewhere before.
    """
    waited = [known[op_id] for op_id in one.depends_on if op_id in known] if one.action == "archive" else []
    persons = {(f"{system}/{each.stream}/{each.target_id}", _PARENT) for each in waited if each.action == "archive"}
    return {(each.record_key, each.column) for each in one.children} | persons


def _to_the_new(change: Operation, key: str, anew: Mapping[tuple[str, str], tuple[str | None, str]]) -> Operation:
    """Return a change of a record, named by its key, that refers to what makes records anew where it referred to those."""
    held = {name: (value, anew.get((key, name))) for name, value in change.after.items()}
    makers = {name: found[1] for name, (value, found) in held.items() if value and found is not None and found[0] == value}
    if not makers:
        return change
    values = {name: made_reference(op_id) for name, op_id in makers.items()}
    return replace(
        change,
        after={**change.after, **values},
        depends_on=tuple(sorted({*change.depends_on, *makers.values()})),
    )


def _unmerged(system: str, one: Operation, into: str, after: tuple[str, ...], how: Writing | None) -> tuple[Operation, ...]:
    """Return what makes a record anew that was merged away, and points to it again what moved."""
    twice = how.kept_by_id() if how is not None else ()
    made = operation(
        "create",
        system,
        one.stream,
        natural_key=f"{system}/{one.stream}/{one.target_id}",
        after={name: value for name, value in one.before.items() if value is not None and name not in twice},
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
