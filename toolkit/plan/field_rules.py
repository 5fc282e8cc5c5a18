"""Which value a field of the surviving record takes: one rule per field, or per group of fields that are one fact.

Nothing here guesses: where a rule does not settle which value it is, the survivor keeps its own and the case is told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.plan.cleanup_rules import (
    COMBINE,
    FILL_ONLY,
    GOLDEN,
    KEEP_MASTER,
    LONGEST,
    MAX,
    MIN,
    MOST_COMPLETE,
    MOST_RECENT,
)
from toolkit.plan.same_values import SameValues, best_written, stands_in
from toolkit.plan.target_records import JOINT

Values = Mapping[str, str | None]
_PLACE = ("city", "postcode")
"""Parts of an address that tell the larger ones."""
_PARTS = frozenset(("city", "region", "postcode", "country"))
_LARGER = frozenset(("city", "region", "country"))


@dataclass(frozen=True, slots=True)
class Member:
    """One of several duplicates: its key, the values of its fields (fillers are None) and when it last changed."""

    key: str
    values: Values
    changed_at: int | None = None


class GoldenValue(NamedTuple):
    """A golden value, the record it comes from, and whether anything settled it."""

    value: str
    from_key: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule gives for a group of fields: new values with the records they come from, or why it gives none."""

    values: Mapping[str, str | None] = field(default_factory=dict)
    from_keys: Mapping[str, str] = field(default_factory=dict)
    undecided: str | None = None


class _Source(NamedTuple):
    values: Values
    from_keys: Mapping[str, str]


_UNSETTLED = "The duplicates differ in {}, and nothing settles which value is right; the record that stays keeps its own."
_NO_WINNER = "The duplicates differ in {}, and the rule {} finds no single winner; the record that stays keeps its own."
_HALF = (
    "The better value of {} lacks a part that the record that stays has, and half of each is nobody's; the record that "
    "stays keeps its own."
)


def ruled(
    group: tuple[str, ...],
    rule: str,
    survivor: Member,
    others: Sequence[Member],
    *,
    golden: Mapping[str, GoldenValue],
    same: SameValues,
    overwrites_blank: bool = False,
) -> Ruled:
    """Return what the survivor's fields of a group become.

    Parameters
    ----------
    group
        Columns that are one fact.
    rule
        Name of a field rule.
    survivor, others
        The duplicates, the others in order of their keys.
    golden
        Golden values of their cluster, by column.
    same
        Tells what differs in writing only.
    overwrites_blank
        Whether an empty part of the better value empties the survivor's.
    """
    said = [one for one in (survivor, *others) if any(one.values.get(column) for column in group)]
    if rule == KEEP_MASTER or not (said or golden):
        return Ruled()
    if rule in {GOLDEN, FILL_ONLY}:
        return _by_golden(group, rule, said, survivor=survivor, golden=golden, same=same, overwrites_blank=overwrites_blank)
    if rule in {COMBINE, MIN, MAX}:
        return _of_one(group[0], rule, survivor, said)
    winners = _winners(group, rule, said, same)
    winner = next((one for one in winners if one is survivor), next(iter(winners), survivor))
    if any(_differ(winner.values, one.values, group, same) for one in winners):
        return Ruled(undecided=_NO_WINNER.format(_named(group), rule))
    source = _Source({column: winner.values.get(column) for column in group}, dict.fromkeys(group, winner.key))
    return _taken(group, survivor, source, said, same, overwrites_blank=overwrites_blank)


def fits(survivor: Values, source: Values, group: tuple[str, ...], same: SameValues) -> bool:
    """Return whether the filled parts of a group can be filled up from another record: what both say is the same.

    A part of an address is filled up only where both name the same place.

    Parameters
    ----------
    survivor, source
        Values of the record that would be filled, and of the other.
    group
        Columns that are one fact.
    same
        Tells what differs in writing only.
    """
    if _differ(survivor, source, group, same):
        return False
    filled = [column for column in group if survivor.get(column) and column != "country"]
    return not filled or any(_both_say(survivor, source, column, same) for column in filled)


def _by_golden(
    group: tuple[str, ...],
    rule: str,
    said: Sequence[Member],
    *,
    survivor: Member,
    golden: Mapping[str, GoldenValue],
    same: SameValues,
    overwrites_blank: bool,
) -> Ruled:
    """Return the group as the golden record has it; where something contradicts it, only if the rule overwrites at all."""
    own = {column: golden[column] for column in group if column in golden}
    source = _Source(
        {column: one.value for column, one in own.items()}, {column: one.from_key for column, one in own.items()}
    )
    differs = _differ(survivor.values, source.values, group, same)
    if differs and rule == FILL_ONLY:
        return Ruled()
    is_open = not all(one.is_settled for one in own.values())
    if is_open and (differs or any(not survivor.values.get(column) for column in own)):
        return Ruled(undecided=_UNSETTLED.format(_named(group)))
    return _taken(group, survivor, source, said, same, overwrites_blank=overwrites_blank and differs)


def _taken(
    group: tuple[str, ...],
    survivor: Member,
    source: _Source,
    said: Sequence[Member],
    same: SameValues,
    *,
    overwrites_blank: bool,
) -> Ruled:
    """Return the group as the source has it; what says the same stays as the survivor writes it, if it is written well."""
    values: dict[str, str | None] = {}
    keys: dict[str, str] = {}
    for column in group:
        own, new = survivor.values.get(column), source.values.get(column)
        if not new:
            if own and overwrites_blank and any(source.values.values()):
                values[column] = None
            elif own and not _may_stay(column, survivor, source, group, same):
                return Ruled(undecided=_HALF.format(_named(group)))
            continue
        if not own and column in _PARTS and stands_in(survivor.values.get("street"), new):
            continue
        writings = {} if own is None or not same.are_same(column, own, new) else {own: survivor.key}
        writings.setdefault(new, source.from_keys[column])
        for one in said:
            other = one.values.get(column)
            if other and same.are_same(column, other, new):
                writings.setdefault(other, one.key)
        best = best_written(column, writings)
        if best != own:
            values[column], keys[column] = best, writings[best]
    return Ruled(values, keys)


def _may_stay(column: str, survivor: Member, source: _Source, group: tuple[str, ...], same: SameValues) -> bool:
    """Return whether the survivor's part fits what the source has of the rest: nothing differs, or it is the same place."""
    if not _differ(survivor.values, source.values, group, same):
        return True
    return column in _LARGER and any(_both_say(survivor.values, source.values, part, same) for part in _PLACE)


def _of_one(column: str, rule: str, survivor: Member, said: Sequence[Member]) -> Ruled:
    """Return the value of a column that is worked out of all values: several together, the smallest, the largest."""
    own = survivor.values.get(column)
    held = {one.key: one.values[column] or "" for one in said}
    if rule == COMBINE:
        parts = {part.strip() for value in held.values() for part in value.split(JOINT)} - {""}
        best, key = JOINT.join(sorted(parts)), None
    else:
        pick = min if rule == MIN else max
        key = pick(held, key=lambda one: int(held[one]))
        best = held[key]
    if best == own:
        return Ruled()
    return Ruled({column: best}, {} if key is None else {column: key})


def _winners(group: tuple[str, ...], rule: str, said: Sequence[Member], same: SameValues) -> list[Member]:
    """Return the members that a rule prefers; several where they tie."""
    if rule == MOST_RECENT:
        if any(one.changed_at is None for one in said):
            return [*said]
        return _highest(said, [one.changed_at or 0 for one in said])
    if rule == MOST_COMPLETE:
        return _highest(said, [sum(bool(one.values.get(column)) for column in group) for one in said])
    if rule == LONGEST:
        return _highest(said, [sum(len((one.values.get(column) or "").strip()) for column in group) for one in said])
    forms = [
        tuple(same.form(column, one.values[column] or "") for column in group if one.values.get(column)) for one in said
    ]
    counted = Counter(forms)
    return _highest(said, [counted[form] for form in forms])


def _highest(said: Sequence[Member], ranks: Sequence[int]) -> list[Member]:
    return [one for one, rank in zip(said, ranks, strict=True) if rank == max(ranks)]


def _differ(one: Values, other: Values, group: tuple[str, ...], same: SameValues) -> bool:
    """Return whether two records contradict each other in a group: both say something, and not the same."""
    pairs = ((column, one.get(column), other.get(column)) for column in group)
    return any(left and right and not same.are_same(column, left, right) for column, left, right in pairs)


def _both_say(one: Values, other: Values, column: str, same: SameValues) -> bool:
    left, right = one.get(column), other.get(column)
    return bool(left and right and same.are_same(column, left, right))


def _named(group: tuple[str, ...]) -> str:
    return "the address" if "street" in group else group[0].replace("_", " ")
