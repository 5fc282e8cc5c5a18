"""Choices of persons as a screen hears and writes them: who let which record stay, chose which value, took whom out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.errors import InputError
from toolkit.plan.field_rules import Member
from toolkit.plan.merge_choices import ruling_of_value
from toolkit.settings import unusable_text
from toolkit.tables.rulings import STAYS, VALUE

Row = dict[str, Any]
Words = tuple[list[Row], list[int]]
"""Rows of RULING without who, and for each the number of the word that is believed to be the last."""

_LOOK_BACK = 200
"""Numbers of words that are read again: on a shared server a smaller number may come later than a larger one."""
_MAX_VALUE = 500
_TAKEN_ONLY = ("roles",)
"""Facts that hold words of ours: they are taken from a record, never typed."""
_NUMBERS = ("rate_minor_per_hour",)


class Heard:
    """The last word on each record and fact, and the records that somebody took out of their clusters."""

    def __init__(self) -> None:
        self._stays: dict[str, Row] = {}
        self._values: dict[tuple[str, str], Row] = {}
        self._last: dict[str, Row] = {}
        self._apart: dict[tuple[str, str], Row] = {}
        self._decisions = 0
        self._recent: list[str] = []
        self._newest = 0

    @property
    def since(self) -> int:
        """After which word there may be news."""
        return max(0, self._newest - _LOOK_BACK)

    @property
    def apart(self) -> dict[str, str]:
        """By record the cluster that it must not be in."""
        return {key: cluster for (key, cluster), row in self._apart.items() if row["decision"] == "exclude"}

    def merges(self, rulings: pa.Table) -> list[str]:
        """Take words on merges (table RULING); return the records that news is about."""
        news = []
        for row in rulings.to_pylist():
            key = row["key_l"]
            held = self._stays.get(key) if row["subject"] == STAYS else self._values.get((key, row["part"]))
            if held is not None and held["sequence"] >= row["sequence"]:
                continue
            if row["subject"] == STAYS:
                self._stays[key] = row
            else:
                self._values[key, row["part"]] = row
            if self.last(key) < row["sequence"]:
                self._last[key] = row
            self._newest = max(self._newest, row["sequence"])
            news.append(key)
        self._recent = [*self._recent, *news][-_LOOK_BACK:]
        return news

    def exclusions(self, decisions: pa.Table) -> list[str]:
        """Take what was said of records and clusters (table DECISION); return the records that news is about."""
        if decisions.num_rows == self._decisions:
            return []
        news = []
        for row in decisions.slice(self._decisions).to_pylist():
            name = (row["key_l"], row["key_r"])
            if row["decision"] == "exclude" or name in self._apart:
                self._apart[name] = row
                news.append(row["key_l"])
        self._decisions = decisions.num_rows
        return news

    def recent(self) -> list[str]:
        """Return the records that the newest words are about."""
        return self._recent

    def last(self, key: str) -> int:
        """Return the number of the last word on a record; 0 for none."""
        return int(self._last[key]["sequence"]) if key in self._last else 0

    def last_person(self, keys: Sequence[str]) -> str:
        """Return who said the last word on some records."""
        newest = max(
            (self._last[key] for key in keys if key in self._last), key=lambda row: int(row["sequence"]), default=None
        )
        return (newest and newest["reviewer"]) or "Somebody"

    def is_about(self, key: str) -> bool:
        """Whether a choice about a record is in force."""
        own = [self._stays.get(key), *(row for (name, _), row in self._values.items() if name == key)]
        return any(row is not None and row["decision"] != "open" for row in own)

    def who_stays(self, keys: Sequence[str]) -> Row | None:
        """Return who let one of some records stay, and when."""
        rows = [self._stays[key] for key in keys if key in self._stays and self._stays[key]["decision"] == STAYS]
        return _who(rows[0]) if rows else None

    def who_chose(self, fact: str, keys: Sequence[str]) -> Row:
        """Return who chose the value of a fact of some records, and when; nothing where nobody did."""
        rows = self.values_of(fact, keys)
        return _who(rows[-1]) if rows else {}

    def values_of(self, fact: str, keys: Sequence[str]) -> list[Row]:
        """Return the choices in force of a fact of some records."""
        held = (self._values.get((key, fact)) for key in keys)
        return [row for row in held if row is not None and row["decision"] == VALUE]

    def stays_of(self, key: str) -> Row | None:
        """Return the last word on whether a record stays."""
        return self._stays.get(key)

    def number(self, key: str, fact: str) -> int:
        """Return the number of the last word on the value of a fact; 0 for none."""
        return int(self._values[key, fact]["sequence"]) if (key, fact) in self._values else 0

    def apart_from(self, cluster_id: str, stream: str, system: str) -> list[Row]:
        """Return the records of a list that somebody took out of a cluster.

        Parameters
        ----------
        cluster_id
            The cluster.
        stream, system
            The list.
        """
        start = f"{system}/{stream}/"
        return [
            {"key": key, "id": key.removeprefix(start), **_who(row)}
            for (key, cluster), row in self._apart.items()
            if cluster == cluster_id and row["decision"] == "exclude" and key.startswith(start)
        ]


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


def _who(row: Row) -> Row:
    return {"by": row["reviewer"], "at": row["decided_at"].isoformat()}
