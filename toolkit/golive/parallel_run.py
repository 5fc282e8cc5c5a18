"""A parallel run: what the integration made held against what people made by hand, day by day, up to the exit rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pyarrow as pa

from toolkit.golive.compared_fields import USUAL_FIELDS
from toolkit.golive.control import ControlRow, control_rows
from toolkit.golive.days import DayResult, ExitDecision, day_results, exit_decision
from toolkit.golive.entries import Entry, entries, kept_fields
from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.items import Item, items
from toolkit.golive.settling import Look, Patience, Settled, settlement
from toolkit.golive.working_days import WorkingDays
from toolkit.rates import wilson_interval
from toolkit.reconcile.document_links import document_tables
from toolkit.reconcile.sides import Side
from toolkit.reconcile.written_names import with_one_account

_BEFORE_DAYS = 7
"""So many days before its first one documents are looked at: what is dated a little early by one side is not missing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both lists as they were whole at one moment; ``through`` is the last day that had ended when both were read."""

    at: datetime
    through: date
    by_hand: Side
    integrated: Side


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on for a parallel run.

    ``fields`` are compared (empty: the usual ones that both lists keep), ``by`` are columns that name a document alike on
    both sides, ``explained`` says by record key why a discrepancy is none. ``elsewhere`` are documents made by hand that
    another handoff brings: nobody expects them of this integration.
    """

    first: date
    last: date
    rule: ExitRule
    patience: Patience = field(default_factory=Patience)
    calendar: WorkingDays = field(default_factory=WorkingDays)
    fields: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ParallelRun:
    """What came out: the events with their verdicts, those that may still come, the days, the control, the decision.

    ``unused`` are explanations that fit no discrepancy, ``elsewhere`` the documents of these days that another handoff
    brings, and that take no part.
    """

    fields: tuple[str, ...]
    events: tuple[Settled, ...]
    waiting: tuple[Item, ...]
    days: tuple[DayResult, ...]
    control: tuple[ControlRow, ...]
    decision: ExitDecision
    through: date | None
    unused: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many events have a verdict."""
        return len(self.events)

    @property
    def discrepancies(self) -> tuple[Settled, ...]:
        """Events on which the sides did not agree, and that nobody explained."""
        return tuple(one for one in self.events if one.is_discrepancy)

    @property
    def agreeing(self) -> int:
        """How many events agree, and always did since they were first seen whole."""
        return sum(not one.is_discrepancy and one.shown.verdict == "agrees" for one in self.events)

    @property
    def low(self) -> float:
        """The lower limit of the share that agrees."""
        return wilson_interval(self.agreeing, self.count)[0]


def parallel_run(readings: Sequence[Reading], terms: Terms, told: Sequence[str] = ()) -> ParallelRun:
    """Return how a parallel run stands.

    Parameters
    ----------
    readings
        Both lists, oldest first, each from when a further day had ended; the last one as they are now.
    terms
        What was agreed on.
    told
        Accounts that a person spoke of.
    """
    readings = [_with_one_account(one, told) for one in readings]
    read = [_entries(one, terms) for one in readings]
    by_hand, integrated = read[-1] if read else ([], [])
    fields = terms.fields or kept_fields(by_hand, integrated, USUAL_FIELDS)
    looks = []
    found: list[Item] = []
    for at, (one, (left, right)) in enumerate(zip(readings, read, strict=True)):
        # Nothing new was read: the events are those of the look before.
        if at == 0 or (left, right) != read[at - 1]:
            links = document_tables("parallel_run", one.by_hand, one.integrated).links
            found = _expected(items(left, right, links, fields=fields, first=terms.first), terms.elsewhere)
        looks.append(Look(one.at, one.through, found))
    settled = settlement(looks, first=terms.first, last=terms.last, patience=terms.patience, explained=terms.explained)
    days = day_results(settled, looks, terms.rule, first=terms.first, last=terms.last, calendar=terms.calendar)
    undated = sum(one.is_discrepancy and one.first.day is None for one in settled.settled)
    through = min(readings[-1].through, terms.last) if readings else None
    left_out = terms.elsewhere - {key for one in found for key in one.keys}
    outside = [one for one in by_hand if one.key in left_out]
    by_hand = [one for one in by_hand if one.key not in left_out]
    return ParallelRun(
        fields,
        tuple(settled.settled),
        tuple(settled.waiting),
        tuple(days),
        tuple(control_rows(by_hand, integrated, first=terms.first, last=through)) if through else (),
        exit_decision(days, terms.rule, undated=undated),
        through,
        _unused(settled.settled, terms.explained),
        tuple(one.key for one in outside if one.day and through and terms.first <= one.day <= through),
    )


def _expected(found: Sequence[Item], elsewhere: Collection[str]) -> list[Item]:
    """Return the events less those that only people have, and that another handoff brings."""
    return [one for one in found if one.verdict != "only_by_hand" or one.keys[0] not in elsewhere]


def _with_one_account(reading: Reading, told: Sequence[str]) -> Reading:
    left, right = with_one_account(reading.by_hand, reading.integrated, pa.array(told, pa.string()))
    return replace(reading, by_hand=left, integrated=right)


def _entries(reading: Reading, terms: Terms) -> tuple[list[Entry], list[Entry]]:
    wanted = terms.fields or USUAL_FIELDS
    left, right = (entries(side, wanted, terms.by) for side in (reading.by_hand, reading.integrated))
    return _near(left, terms.first), _near(right, terms.first)


def _near(found: Sequence[Entry], first: date) -> list[Entry]:
    return [one for one in found if one.day is None or (first - one.day).days <= _BEFORE_DAYS]


def _unused(events: Sequence[Settled], explained: Mapping[str, str]) -> tuple[str, ...]:
    used = {key for one in events if one.explained for key in one.keys}
    return tuple(key for key in explained if key not in used)
