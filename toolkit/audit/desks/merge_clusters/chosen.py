"""Choices of persons as a screen writes them: which words say that a record stays, or what one of its fields says."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.desks.merge_clusters.heard import Heard
from toolkit.errors import InputError
from toolkit.plan.field_rules import Member
from toolkit.plan.merge_choices import ruling_of_value
from toolkit.settings import unusable_text
from toolkit.tables.rulings import STAYS, VALUE

Row = dict[str, Any]
Words = tuple[list[Row], list[int]]
"""Rows of RULING without who, and for each the number of the word that is believed to be the last."""

_MAX_VALUE = 500
_TAKEN_ONLY = ("roles",)
"""Facts that hold words of ours: they are taken from a record, never typed."""
_NUMBERS = ("rate_minor_per_hour",)


def stays_words(heard: Heard, keys: Sequence[str], chosen: str | None, stream: str) -> Words:
    """Return what has to be said so that one of some records stays; without one the rules decide.

    Parameters
    ----------
    heard
        What was said until now.
    keys
        Of the duplicates.
    chosen
        Key of the one that stays.
    stream
        ``system.stream`` of all of them.
    """
    rulings, believed = [], []
    for key in keys:
        held = heard.stays_of(key)
        is_said = held is not None and held["decision"] == STAYS
        if is_said == (key == chosen):
            continue
        word = STAYS if key == chosen else "open"
        rulings.append({"subject": STAYS, "part": stream, "key_l": key, "decision": word})
        believed.append(int(held["sequence"]) if held is not None else 0)
    return rulings, believed


def value_words_of(
    heard: Heard, survivor: Member, columns: tuple[str, ...], values: Mapping[str, str | None], members: Sequence[Member]
) -> Words:
    """Return what has to be said so that a fact of some duplicates has chosen values.

    Parameters
    ----------
    heard
        What was said until now.
    survivor
        The record that stays.
    columns
        The fact.
    values
        What was chosen, by column.
    members
        All of the duplicates.
    """
    others = [one.key for one in members if one.key != survivor.key]
    rulings, believed = open_words(heard, others, columns[0])
    rulings.append(ruling_of_value(survivor, columns, values, members))
    believed.append(heard.number(survivor.key, columns[0]))
    return rulings, believed


def open_words(heard: Heard, keys: Sequence[str], fact: str) -> Words:
    """Return what has to be said so that a fact of some records is left to the rules.

    Parameters
    ----------
    heard
        What was said until now.
    keys
        Of the records.
    fact
        First column of the fact.
    """
    held = heard.values_of(fact, keys)
    rulings = [{"subject": VALUE, "part": fact, "key_l": row["key_l"], "decision": "open"} for row in held]
    return rulings, [int(row["sequence"]) for row in held]


def given_values(
    columns: tuple[str, ...],
    values: object,
    from_key: object,
    *,
    members: Mapping[str, Member],
    now: Mapping[str, str | None],
) -> dict[str, str | None]:
    """Return the values that a page chose for a fact, whole.

    Parameters
    ----------
    columns
        The fact.
    values
        What was typed, by column; an empty text empties it. The other columns stay as they would be.
    from_key
        Or the record whose values are taken, all of them.
    members
        The duplicates by key.
    now
        What the columns would be without.

    Raises
    ------
    InputError
        It is no such record, no such column, or no value that can be written.
    """
    if from_key is not None:
        if from_key not in members:
            raise InputError(f"{from_key!r} is none of these duplicates.")
        return {column: members[str(from_key)].values.get(column) for column in columns}
    if not isinstance(values, dict) or not values or not {*values} <= {*columns}:
        raise InputError("This page is of another version than the kernel. Run the cell again.")
    if columns[0] in _TAKEN_ONLY:
        raise InputError("This field is not typed. Take it from one of the records.")
    return {**{column: now.get(column) for column in columns}, **{name: _typed(name, one) for name, one in values.items()}}


def _typed(column: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    text = value.strip() if isinstance(value, str) else ""
    problem = unusable_text(text) or ("" if all(one.isprintable() for one in text) else "holds what cannot be shown")
    if not text or problem or len(text) > _MAX_VALUE:
        raise InputError(f"The value of {column.replace('_', ' ')} {problem or f'has at most {_MAX_VALUE} characters'}.")
    if column in _NUMBERS and not text.isdecimal():
        raise InputError(f"The value of {column.replace('_', ' ')} is a whole number.")
    return text
