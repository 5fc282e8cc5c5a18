"""Changes of fields of records that are there: one change per record, whatever rules ask for it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolkit.changes import Evidence, LeftOut, Operation, operation
from toolkit.changes.operation import field_hash
from toolkit.plan.cell_texts import Row
from toolkit.plan.groups import share_text

FIELD = "field to be updated"
"""What is left out, where one field of a record is."""
KEYED = "the list names its records by this value: rename it there by hand"
FAULTY = "the value that would be taken over fails its own check: mend it where it stands"
CONTRADICTING = "two rules would write different values into it"


class Update(NamedTuple):
    """What one rule asks of one record: its values now and then, why, from which record, and how sure the match is."""

    record_key: str
    before: Row
    after: Row
    reason: str
    from_key: str
    cluster_id: str | None = None
    probability: float | None = None


def updates_of(found: Iterable[Update]) -> tuple[tuple[Operation, ...], tuple[LeftOut, ...]]:
    """Return one change per record, and the fields for which rules contradict each other.

    A field that holds its value already is not touched; one whose value is the record's own id in a list without ids
    is never written, since an import would take it for another record.

    Parameters
    ----------
    found
        What the rules ask, in any order.
    """
    by_record: dict[str, list[Update]] = {}
    for one in sorted(found, key=lambda one: (one.record_key, one.from_key, one.reason)):
        by_record.setdefault(one.record_key, []).append(one)
    operations, left_out = [], []
    for key, own in by_record.items():
        made, refused = _update_of(key, own)
        left_out += refused
        if made is not None:
            operations.append(made)
    return tuple(operations), tuple(left_out)


def _update_of(key: str, own: list[Update]) -> tuple[Operation | None, list[LeftOut]]:
    system, stream, record_id = key.split("/", 2)
    asked: dict[str, set[str | None]] = {}
    before: dict[str, str | None] = {}
    for one in own:
        for column, value in one.after.items():
            asked.setdefault(column, set()).add(value)
            before[column] = one.before[column]
    keys = tuple(sorted({key, *(one.from_key for one in own)}))
    left_out = [LeftOut(FIELD, keys, CONTRADICTING) for values in asked.values() if len(values) > 1]
    after = {column: values.pop() for column, values in sorted(asked.items()) if len(values) == 1}
    after = {column: value for column, value in after.items() if value != before[column]}
    if any(before[column] == record_id for column in after):
        left_out.append(LeftOut(FIELD, keys, KEYED))
        after = {column: value for column, value in after.items() if not _is_keyed(column, before, record_id)}
    if not after:
        return None, left_out
    used = [one for one in own if one.after.keys() & after.keys()]
    held = {column: before[column] for column in after}
    shares = [one.probability for one in used if one.probability is not None]
    likely = share_text(min(shares)) if shares else None
    evidence = Evidence(tuple(dict.fromkeys(one.reason for one in used)), used[0].cluster_id, likely, used[0].from_key)
    made = operation(
        "update", system, stream, target_id=record_id, before=held, after=after, precondition=field_hash(held),
        evidence=evidence,
    )  # fmt: skip
    return made, left_out


def _is_keyed(column: str, before: Mapping[str, str | None], record_id: str) -> bool:
    """Whether a field is the record's name, or goes with it."""
    return before[column] == record_id or column in {"name", "given_name", "family_name", "company_name"}
