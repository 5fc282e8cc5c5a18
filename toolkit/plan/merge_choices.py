"""What persons chose of a merge: which of several records stays, and which value one of its fields takes.

No rule overwrites a choice. A value holds as long as the records say what they said when it was chosen; after that nothing
is done with the field until somebody has looked again.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from toolkit.plan.cleanup_rules import GROUP_OF
from toolkit.plan.field_rules import Member, Ruled
from toolkit.tables import RULING, checked
from toolkit.tables.rulings import STAYS, VALUE

CHOSEN_VALUE = "It stays of several records of one party, and somebody chose this value for it."
TWO_STAY = "Of two of these duplicates somebody decided that they stay, and only one can. Choose one of them."

_TWO_VALUES = (
    "Somebody chose two values of {} for records that are one by now; the record that stays keeps its own. Choose one."
)
_OTHER_BY_NOW = (
    "Somebody chose a value of {}, and the duplicates say something else since; the record that stays keeps its own. Look "
    "at it again."
)


class ChosenValue(NamedTuple):
    """A value that somebody chose for a fact: of the record ``key``, its columns, and what each record said then, by id."""

    key: str
    values: Mapping[str, str | None]
    seen: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class MergeChoices:
    """Keys of the records that stay, and the chosen values by record and first column of a fact."""

    stays: frozenset[str] = frozenset()
    values: Mapping[tuple[str, str], ChosenValue] = field(default_factory=dict)

    def of(self, keys: Iterable[str], group: tuple[str, ...]) -> list[ChosenValue]:
        """Return what was chosen of a fact for some records that are one.

        Parameters
        ----------
        keys
            Of the records.
        group
            Columns that are one fact.
        """
        found = (self.values.get((key, group[0])) for key in keys)
        return [one for one in found if one is not None]


NOTHING_CHOSEN = MergeChoices()


def merge_choices(rulings: pa.Table) -> MergeChoices:
    """Return the choices that persons took.

    Parameters
    ----------
    rulings
        Table RULING; what is no choice of a merge does not matter.
    """
    rows = checked(rulings, RULING).to_pylist()
    return MergeChoices(
        frozenset(row["key_l"] for row in rows if row["subject"] == STAYS and row["decision"] == STAYS),
        {
            (row["key_l"], row["part"]): ChosenValue(row["key_l"], json.loads(row["value_r"]), json.loads(row["value_l"]))
            for row in rows
            if row["subject"] == VALUE and row["decision"] == VALUE and row["part"] in GROUP_OF
        },
    )


def seen_values(members: Iterable[Member], group: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return what records say of a fact, by their ids in their list.

    Parameters
    ----------
    members
        The records.
    group
        Columns that are one fact.
    """
    return {_id(one): {column: said for column in group if (said := one.values.get(column))} for one in members}


def chosen_fields(group: tuple[str, ...], chosen: Sequence[ChosenValue], members: Sequence[Member]) -> Ruled:
    """Return what the survivor's fields become by a choice.

    Parameters
    ----------
    group
        Columns that are one fact.
    chosen
        What was chosen of it; several, where records with a choice each have become one.
    members
        The duplicates, the survivor first.
    """
    named = "the address" if "street" in group else group[0].replace("_", " ")
    first, *others = chosen
    if any(one.values != first.values for one in others):
        return Ruled(undecided=_TWO_VALUES.format(named))
    if not are_as_seen(first, members, group):
        return Ruled(undecided=_OTHER_BY_NOW.format(named))
    survivor = members[0]
    values = {column: first.values.get(column) for column in group if column in first.values}
    changed = {column: value for column, value in values.items() if value != survivor.values.get(column)}
    from_keys = {
        column: source
        for column, value in changed.items()
        if value is not None and (source := _holder(column, value, members)) is not None
    }
    return Ruled(changed, from_keys)


def are_as_seen(chosen: ChosenValue, members: Iterable[Member], group: tuple[str, ...]) -> bool:
    """Return whether each of the records says what it said when the value was chosen; a new one must say nothing.

    Parameters
    ----------
    chosen
        The choice.
    members
        The records that are one now.
    group
        Columns that are one fact.
    """
    return all(chosen.seen.get(name, {}) == said for name, said in seen_values(members, group).items())


def ruling_of_value(
    member: Member, group: tuple[str, ...], values: Mapping[str, str | None], members: Collection[Member]
) -> dict[str, Any]:
    """Return a choice as the store keeps it (a row of RULING, without who).

    Parameters
    ----------
    member
        The record that stays.
    group
        Columns that are one fact.
    values
        What was chosen, by column.
    members
        The duplicates.
    """
    said = {"value_l": _text(seen_values(members, group)), "value_r": _text(values)}
    return {"subject": VALUE, "part": group[0], "key_l": member.key, "decision": VALUE, **said}


def _holder(column: str, value: str, members: Iterable[Member]) -> str | None:
    return next((one.key for one in members if one.values.get(column) == value), None)


def _id(member: Member) -> str:
    # Without the system, which may get another name.
    return member.key.split("/", 2)[2]


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False)
