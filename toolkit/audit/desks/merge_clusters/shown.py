"""Duplicates as the page shows them: records side by side, the golden record per field with its reason, the changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.desks.merge_clusters.merging import Duplicates, Merging
from toolkit.changes import Operation
from toolkit.plan.cleanup_rules import (
    COMBINE,
    FIELD_GROUPS,
    FILL_ONLY,
    GOLDEN,
    KEEP_MASTER,
    LONGEST,
    MAX,
    MIN,
    MOST_COMMON,
    MOST_COMPLETE,
    MOST_CONTACTS,
    MOST_DOCUMENTS,
    MOST_RECENT,
    OPTED_OUT,
)
from toolkit.plan.duplicates import Settled
from toolkit.plan.field_rules import Member
from toolkit.plan.masters import CHOSEN, rule_words
from toolkit.plan.target_records import TargetRecords, in_one
from toolkit.report.examples import field_words
from toolkit.report.plan_words import ACTION_WORDS, back_words, stream_words, value_words

Row = dict[str, Any]

RULE_WORDS: Mapping[str, str] = {
    GOLDEN: "value chosen over all systems",
    MOST_RECENT: "of the record changed last",
    MOST_COMPLETE: "of the fullest record",
    LONGEST: "the longest",
    MOST_COMMON: "what most of them say",
    MIN: "the smallest",
    MAX: "the largest",
    COMBINE: "all of them together",
    KEEP_MASTER: "of the record that stays",
    FILL_ONLY: "of the record that stays, filled where empty",
}
"""How each field rule chooses, in a few words."""
_STATES = ("tie", "again", "open", "held", "ready")
"""Of duplicates, those first that ask for a person: which stays is tied; a chosen value is out of date; nothing settles a
field; not merged for another reason; merged by rules and choices."""
_REASONS = {
    "newest": "it was changed last",
    "only value": "no other record has one",
    "all agree": "all say the same",
    "most systems say so": "most systems say so",
}
_TRUTH = "source of truth: "
_FACT_WORDS = {"name": "name", "street": "address", "rate_minor_per_hour": "pay an hour"}


def fact_words(group: Sequence[str]) -> str:
    """Return what columns that are decided together are called.

    Examples
    --------
    >>> fact_words(("street", "city")), fact_words(("tax_id",))
    ('address', 'tax number')
    """
    return _FACT_WORDS.get(group[0], field_words(group[0]))


def state_of(one: Duplicates, facts: Sequence[Settled] | None, *, is_tie: bool) -> str:
    """Return what duplicates ask of a person.

    Parameters
    ----------
    one
        The duplicates.
    facts
        What becomes of the survivor's fields, where they are merged.
    is_tie
        Whether no rule says which stays.
    """
    if one.merge is None:
        return "tie" if is_tie else "held"
    undecided = [fact for fact in facts or () if fact.found.undecided]
    if any(fact.choice is not None for fact in undecided):
        return "again"
    return "open" if undecided else "ready"


def order_of(state: str) -> int:
    """Return where duplicates of a state stand in the list.

    Examples
    --------
    >>> order_of("tie") < order_of("ready")
    True
    """
    return _STATES.index(state)


def shown_members(merging: Merging, one: Duplicates, members: Mapping[int, Member], *, survivor: int | None) -> list[Row]:
    """Return the records, the one that stays first.

    Parameters
    ----------
    merging, one
        The system and the duplicates.
    members
        Their values, by row.
    survivor
        Row of the one that stays; null where none does.
    """
    own, facts = merging.own, merging.facts
    rows = [*([survivor] if survivor is not None else []), *(row for row in one.rows if row != survivor)]
    return [
        {
            "key": members[row].key,
            "id": own.ids[row],
            "name": members[row].values.get("name") or members[row].values.get("email") or own.ids[row],
            "stays": row == survivor,
            "documents": facts[MOST_DOCUMENTS].values[row] or 0,
            "contacts": facts[MOST_CONTACTS].values[row] or 0,
            "filled": facts[MOST_COMPLETE].values[row] or 0,
            "changed": _day(own, "updated_at", row),
            "created": _day(own, "created_at", row),
            "no_mail": bool(facts[OPTED_OUT].values[row]),
        }
        for row in rows
    ]


def shown_fields(
    merging: Merging,
    one: Duplicates,
    members: Sequence[Member],
    facts: Sequence[Settled] | None,
    *,
    labels: Mapping[str, str],
) -> list[Row]:
    """Return the fields: what each record says, what the golden record says, and why.

    Parameters
    ----------
    merging, one
        The system and the duplicates.
    members
        In the order in which they are shown.
    facts
        What becomes of each field; null where they are not merged.
    labels
        What the client calls each system.
    """
    reasons = merging.reasons(one.name[0])
    settled = {fact.columns: fact for fact in facts or ()}
    found = []
    for group in FIELD_GROUPS:
        fact = settled.get(group)
        columns = [
            name
            for name in group
            if any(member.values.get(name) for member in members) or (fact is not None and fact.found.values.get(name))
        ]
        if not columns:
            continue
        found.append(
            {
                "fact": group[0],
                "label": fact_words(group),
                "rule": fact.rule if fact else merging.inputs.rules.rule_of(group),
                "columns": [_column(name, members, fact) for name in columns],
                "state": _field_state(fact, members, columns),
                "why": _why(fact, columns[0], reasons, members, labels) if fact else "",
                "is_chosen": bool(fact and fact.choice),
            }
        )
    # What all say the same is looked at last.
    return sorted(found, key=lambda field: field["state"] == "same")


def _column(name: str, members: Sequence[Member], fact: Settled | None) -> Row:
    survivor = members[0].values.get(name)
    is_new = fact is not None and name in fact.found.values
    golden = fact.found.values[name] if fact is not None and is_new else survivor
    return {
        "column": name,
        "label": "street" if name == "street" else fact_words((name,)),
        "values": [_words(name, member.values.get(name)) for member in members],
        "golden": _words(name, golden) if fact is not None else None,
        "is_new": is_new,
        "from": fact.found.from_keys.get(name) if fact is not None else None,
    }


def _field_state(fact: Settled | None, members: Sequence[Member], columns: Sequence[str]) -> str:
    if fact is None:
        return "differs" if any(len({one.values.get(name) for one in members}) > 1 for name in columns) else "same"
    if fact.found.undecided:
        return "again" if fact.choice is not None else "open"
    if fact.choice is not None:
        return "chosen"
    if any(len({one.values.get(name) for one in members}) > 1 for name in columns):
        return "new" if fact.found.values else "kept"
    return "new" if fact.found.values else "same"


def _why(
    fact: Settled,
    column: str,
    reasons: Mapping[str, tuple[str, str]],
    members: Sequence[Member],
    labels: Mapping[str, str],
) -> str:
    """Return why the golden record says what it says, in words."""
    if fact.found.undecided:
        return fact.found.undecided
    if fact.choice is not None:
        return "somebody chose it"
    said = {one.values.get(column) for one in members if one.values.get(column)}
    if len(said) <= 1 and not fact.found.values:
        return "all say the same" if said and all(one.values.get(column) for one in members) else "no other record has one"
    return RULE_WORDS[fact.rule] if fact.rule != GOLDEN else _golden_words(reasons.get(column), labels)


def _golden_words(golden: tuple[str, str] | None, labels: Mapping[str, str]) -> str:
    if golden is None:
        return "nothing better is known"
    reason = golden[1]
    if reason.startswith(_TRUTH):
        system = reason.removeprefix(_TRUTH)
        return f"{labels.get(system, system)} decides this field"
    return _REASONS.get(reason, reason)


def _words(column: str, value: str | None) -> str | None:
    return value_words(column, value, None) if value is not None else None


def survivor_words(one: Duplicates) -> str:
    """Return why the record stays that stays; empty where none does."""
    return rule_words(one.merge.rule) if one.merge is not None else ""


def is_chosen(one: Duplicates) -> bool:
    """Whether somebody chose which record stays."""
    return one.merge is not None and one.merge.rule == CHOSEN


def shown_changes(operations: Sequence[Operation], system: str, names: Mapping[str, str]) -> list[Row]:
    """Return the changes of a plan, each with its fields before and after, and how far it can be taken back.

    Parameters
    ----------
    operations
        Of the plan, those about some duplicates.
    system
        Whose.
    names
        What records are called, by record key.
    """
    found = []
    for one in operations:
        key = f"{system}/{one.stream}/{one.target_id}"
        columns = [*dict.fromkeys([*one.before, *one.after])]
        found.append(
            {
                "what": ACTION_WORDS[one.action],
                "action": one.action,
                "stream": stream_words(one.stream),
                "key": key,
                "name": names.get(key, one.target_id or ""),
                "fields": [
                    [
                        field_words(name),
                        _reference(name, one.before.get(name), system, one.stream, names),
                        _reference(name, one.after.get(name), system, one.stream, names),
                    ]
                    for name in columns
                    if name != "state"
                ],
                "back": back_words(one.action, one.reversibility),
                "class": one.reversibility,
                "why": " ".join(one.evidence.reasons),
            }
        )
    return found


def _reference(column: str, value: str | None, system: str, stream: str, names: Mapping[str, str]) -> str:
    """Return a value as a person reads it; the id of a record with its name."""
    if value is None:
        return ""
    called = names.get(f"{system}/{stream}/{value}") if column.endswith(("_ref", "_into")) else None
    if called is None and column.endswith(("_ref", "_into")):
        called = next(
            (name for key, name in names.items() if key.startswith(f"{system}/") and key.endswith(f"/{value}")), None
        )
    return f"{called} ({value})" if called and called != value else value_words(column, value, None)


def _day(records: TargetRecords, column: str, row: int) -> str:
    value = in_one(records.table[column])[row].as_py()
    return "" if value is None else f"{value:%Y-%m-%d}"
