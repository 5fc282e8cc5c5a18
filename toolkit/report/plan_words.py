"""A plan in a client's words: what is done to what, what is taken away, what could not be decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.apply.imports.field_words import field_words
from toolkit.changes import GUARD_RECORDS, GUARD_SHARE, Excess, Operation, Plan
from toolkit.changes.operation import LOST_WORD
from toolkit.files.canonical import major_units
from toolkit.values.counted import counted, listed

ACTION_WORDS: Mapping[str, str] = {
    "create": "added",
    "update": "changed",
    "archive": "archived",
    "restore": "brought back",
    "repoint": "moved to another record",
    "merge": "merged",
    "delete": "deleted",
    "file_write": "written",
}
"""What becomes of a record by each action."""

CLASS_WORDS: Mapping[str, str] = {
    "R0": "can be taken back exactly",
    "R1": "can be taken back by making the record anew, with another id",
    "R2": "can be taken back in part",
    "R3": "cannot be taken back",
}
"""How far a change of each class can be taken back."""

JOB_WORDS: Mapping[str, str] = {"cleanup": "Cleaning up", "sync": "Bringing up to date", "undo": "Taking back"}
"""What each kind of job does."""


def back_words(action: str, reversibility: str) -> str:
    """Return how far a change can be taken back.

    Examples
    --------
    >>> back_words("create", "R1"), back_words("update", "R0")
    ('can be taken back by archiving the record that was made', 'can be taken back exactly')
    """
    made = "can be taken back by archiving the record that was made"
    return made if (action, reversibility) == ("create", "R1") else CLASS_WORDS[reversibility]


def stream_words(stream: str) -> str:
    """Return a kind of object as a person says it.

    Examples
    --------
    >>> stream_words("bank_lines")
    'bank lines'
    """
    return stream.replace("_", " ")


def plan_sentence(plan: Plan, label: str) -> str:
    """Return what a plan does, in one sentence.

    Parameters
    ----------
    plan
        The plan.
    label
        What the client calls the system.
    """
    if not plan.operations:
        return f"Nothing to change in {label}."
    # A record whose fields are put back one by one is one record.
    records: dict[tuple[str, str], set[str]] = {}
    for one in plan.operations:
        records.setdefault((one.stream, one.action), set()).add(one.target_id or one.op_id)
    parts = [
        f"{len(found):,} {stream_words(stream)} {ACTION_WORDS[action]}"
        for (stream, action), found in sorted(records.items())
    ]
    # What a job counts are the steps; what is listed adds up to the changes.
    count, steps = sum(map(len, records.values())), len(plan.operations)
    return f"{counted(count, 'change')} to {label}{f', in {steps:,} steps' if steps != count else ''}: {listed(parts)}."


def back_sentences(plan: Plan) -> list[str]:
    """Return how many changes of a plan can be taken back how far, the most certain first."""
    counts = Counter((one.reversibility, back_words(one.action, one.reversibility)) for one in plan.operations)
    return [f"{counted(count, 'change')} {words}." for (_, words), count in sorted(counts.items())]


def lost_sentences(plan: Plan) -> list[str]:
    """Return what a plan says is lost for good, each loss once."""
    reasons = {why for one in plan.operations for why in one.evidence.reasons if why.startswith(LOST_WORD)}
    return sorted(reasons)


def left_out_rows(plan: Plan) -> list[tuple[str, str, int]]:
    """Return what was not decided: of what, why, and how many groups of records."""
    counts = Counter((one.subject, one.reason) for one in plan.left_out)
    return [
        (subject, reason, count) for (subject, reason), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]


def excess_sentence(excess: Excess) -> str:
    """Return what the guard against mass change says, and what would let the plan pass.

    Examples
    --------
    >>> print(excess_sentence(Excess("companies", 57, 420, None)))
    57 of 420 companies would be taken away or emptied: more than 10, and more than 10 %. To agree: --ceiling companies=57.
    """
    what = f"{excess.count:,} of {excess.record_count:,} {stream_words(excess.stream)} would be taken away or emptied"
    if excess.agreed is not None:
        return f"{what}, and {excess.agreed:,} were agreed. To agree to all: --ceiling {excess.stream}={excess.count}."
    bound = f"more than {GUARD_RECORDS}, and more than {int(100 * GUARD_SHARE)} %"
    return f"{what}: {bound}. To agree: --ceiling {excess.stream}={excess.count}."


def money_words(plan: Plan) -> list[str]:
    """Return the money that a plan touches, a text for each currency."""
    return [f"{amount_text(total, currency)} {currency}".strip() for currency, total in plan.summary["money"].items()]


def amount_text(minor: str, currency: str) -> str:
    """Return an amount in minor units as people write it; without a currency it has two decimals.

    Examples
    --------
    >>> amount_text("123456", "USD"), amount_text("1200", "JPY")
    ('1,234.56', '1,200')
    """
    return f"{major_units(int(minor), currency):,}"


def value_words(column: str, value: str | None, currency: str | None) -> str:
    """Return a value of a change as a person reads it; an empty one is nothing.

    Parameters
    ----------
    column
        Canonical column.
    value
        As the plan holds it.
    currency
        Of the record, for amounts.
    """
    if value is None:
        return ""
    return amount_text(value, currency or "") if column.endswith("_minor") else value


def change_rows(plan: Plan, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a row for each field that a plan changes, and one for each record that it takes away.

    Parameters
    ----------
    plan
        The plan.
    names
        What each record is called, by record_key.
    """
    called = called_names(plan, names)
    return [
        row
        for number, one in enumerate(plan.operations, start=1)
        for row in operation_rows(plan, number, one, names, called)
    ]


def called_names(plan: Plan, names: Mapping[str, str]) -> dict[str, str]:
    """Return what the records of a plan's own system are called, by their id there.

    Parameters
    ----------
    plan
        The plan.
    names
        What each record is called, by record_key.
    """
    own = f"{plan.target.system}/"
    return {key.split("/", 2)[2]: name for key, name in names.items() if key.startswith(own)}


def operation_rows(
    plan: Plan, number: int, one: Operation, names: Mapping[str, str], called: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a row for each field of one change; one for a change that touches none.

    Parameters
    ----------
    plan
        The plan that the change is of.
    number
        Its place in the plan, from 1.
    one
        The change.
    names
        What each record is called, by record_key.
    called
        Those of the plan's own system, by id, as `called_names` gives them.
    """
    currency = one.after.get("currency") or one.before.get("currency")
    shared = {
        "step": number,
        "record": operation_words(plan, one, names),
        "kind": stream_words(one.stream),
        "id": one.target_id or "",
        "what happens": ACTION_WORDS[one.action],
        "why": _reasons(one.evidence.reasons),
        "value from": names.get(one.evidence.from_key or "", one.evidence.from_key or ""),
        "probability": one.evidence.probability or "",
        "taken back": back_words(one.action, one.reversibility),
        "change": one.op_id,
    }
    columns = [*dict.fromkeys([*one.before, *one.after])]
    return [
        {
            **shared,
            "field": field_words(column),
            "now": _told(column, one.before.get(column), currency, called),
            "then": _told(column, one.after.get(column), currency, called),
        }
        for column in columns
    ] or [{**shared, "field": "", "now": "", "then": ""}]


def _reasons(reasons: Sequence[str]) -> str:
    """Return reasons one after the other: whole sentences as they are, others with a stroke between them."""
    return (" " if all(one.endswith(".") for one in reasons) else "; ").join(reasons)


def _told(column: str, value: str | None, currency: str | None, called: Mapping[str, str]) -> str:
    """Return a value in words; of a reference also what the record is called that it leads to."""
    words = value_words(column, value, currency)
    return f"{called[words]} ({words})" if column.endswith("_ref") and words in called else words


def operation_words(plan: Plan, one: Operation, names: Mapping[str, str]) -> str:
    """Return what the record of a change is called; of one that is made, what it stands for.

    Parameters
    ----------
    plan
        The plan that the change is of.
    one
        The change.
    names
        What each record is called, by record_key.
    """
    if one.target_id is None:
        return f"for {names.get(one.natural_key or '', one.natural_key or '')}"
    return names.get(f"{plan.target.system}/{one.stream}/{one.target_id}", one.target_id)
