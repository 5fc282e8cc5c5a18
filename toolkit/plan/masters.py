"""Which of several records stays: ordered rules; a tie goes to the next, among those that tied; no winner is no guess."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cleanup_rules import (
    CHANGED_LAST,
    GROUP_OF,
    HAS,
    LOWEST_ID,
    MOST_COMPLETE,
    MOST_CONTACTS,
    MOST_DOCUMENTS,
    NEWEST,
    OLDEST,
    OPTED_OUT,
)
from toolkit.plan.target_records import NONE, Ints, TargetRecords, in_one

CHOSEN = "chosen"
"""Beside the names of rules: a person decided which record stays."""
_DAY_US = 86_400_000_000
_TIMES = {OLDEST: "created_at", NEWEST: "created_at", CHANGED_LAST: "updated_at"}


class Fact(NamedTuple):
    """What a rule goes by, for each record: the highest wins; None is not known. ``is_day``: only the day of it is known."""

    values: Sequence[int | None]
    is_day: Sequence[bool] | None = None


def master_facts(
    records: TargetRecords,
    rules: Sequence[str],
    *,
    document_owners: Ints,
    contact_owners: Ints,
    opted_out: Collection[str] = (),
) -> Mapping[str, Fact]:
    """Return what each rule goes by.

    Parameters
    ----------
    records
        Parties of the target.
    rules
        Names of master rules.
    document_owners, contact_owners
        For each document, and each party that belongs to another, the row of the party it refers to; ``NONE`` for none.
    opted_out
        Keys of the records that want no mail.
    """
    return {
        rule: Fact([int(key in opted_out) for key in records.keys.to_pylist()])
        if rule == OPTED_OUT
        else _fact(records, rule, document_owners, contact_owners)
        for rule in rules
    }


def master_of(rows: Sequence[int], rules: Sequence[str], facts: Mapping[str, Fact]) -> tuple[int, str] | None:
    """Return the row that stays and the rule that decided; None where no rule has one winner.

    Parameters
    ----------
    rows
        Rows of the duplicates.
    rules
        In order.
    facts
        Of `master_facts`.

    Examples
    --------
    >>> facts = {"most_documents": Fact([2, 2, 0]), "most_complete": Fact([3, 4, 9])}
    >>> master_of([0, 1, 2], ["most_documents", "most_complete"], facts), master_of([0, 1], ["most_documents"], facts)
    ((1, 'most_complete'), None)
    """
    left = [*rows]
    for rule in rules:
        fact = facts[rule]
        values = [fact.values[row] for row in left]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            # Where it is not known of one of them, it cannot be said of whom it is most.
            continue
        if fact.is_day is not None and any(fact.is_day[row] for row in left):
            known = [value // _DAY_US for value in known]
        best = max(known)
        left = [row for row, value in zip(left, known, strict=True) if value == best]
        if len(left) == 1:
            return left[0], rule
    return None


def rule_words(rule: str) -> str:
    """Return why a record stays by a rule, in words.

    Examples
    --------
    >>> rule_words("most_documents"), rule_words("has_tax_id")
    ('most documents refer to it', 'only it has tax id')
    """
    return _WORDS.get(rule) or f"only it has {rule.removeprefix(HAS).replace('_', ' ')}"


_WORDS: Mapping[str, str] = {
    CHOSEN: "somebody chose it",
    OPTED_OUT: "only it says that no mail is wanted",
    MOST_DOCUMENTS: "most documents refer to it",
    MOST_CONTACTS: "most contacts belong to it",
    MOST_COMPLETE: "most of its fields are filled",
    CHANGED_LAST: "it was changed last",
    OLDEST: "it was made first",
    NEWEST: "it was made last",
    LOWEST_ID: "its number is the lowest",
}


def _fact(records: TargetRecords, rule: str, document_owners: Ints, contact_owners: Ints) -> Fact:
    if rule in _TIMES:
        column = _TIMES[rule]
        times = in_one(records.table[column]).cast(pa.int64())
        # The complement turns the order round.
        values = pc.bit_wise_not(times) if rule == OLDEST else times
        coarse = [column in (named or ()) for named in records.table["date_only"].to_pylist()]
        return Fact(values.to_pylist(), coarse)
    if rule in {MOST_DOCUMENTS, MOST_CONTACTS}:
        owners = document_owners if rule == MOST_DOCUMENTS else contact_owners
        return Fact([*np.bincount(owners[owners != NONE], minlength=len(records)).tolist()])
    if rule == LOWEST_ID:
        ordered = sorted(range(len(records)), key=lambda row: (*_id_order(records.ids[row]), row))
        rank = np.empty(len(records), dtype=np.int64)
        rank[ordered] = -np.arange(len(records))
        return Fact(rank.tolist())
    if rule.startswith(HAS):
        return Fact(np.asarray(records.said(rule.removeprefix(HAS)).is_valid()).astype(np.int64).tolist())
    filled = np.zeros(len(records), dtype=np.int64)
    for column in GROUP_OF:
        filled += np.asarray(records.said(column).is_valid())
    return Fact(filled.tolist())


def _id_order(record_id: str) -> tuple[bool, int, str]:
    is_number = record_id.isascii() and record_id.isdigit()
    return not is_number, len(record_id.lstrip("0")) if is_number else 0, record_id.lstrip("0") if is_number else record_id
