"""The documents of both sides that take part in a handoff, as columns: when they happened, their amounts, whose they are."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.side import sorted_by_key
from toolkit.reconcile.accounts import Accounts
from toolkit.reconcile.coded import Flags, array_of, flags, known_numbers
from toolkit.reconcile.covered_days import first_covered_day
from toolkit.reconcile.events import NO_DAY, NO_TIME, Events, first_events
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.nouns import is_payment_on_terms
from toolkit.tables import DOCUMENT, EVENT_COLUMNS, PARTY_ENTITIES
from toolkit.values.cells import of_distinct

# Words of a status that say: this document stands for nothing that has to be carried on.
_VOID_STATUS = r"(?i)\b(void|voided|cancel|canceled|cancelled|failed|declined|draft|deleted|blocked|incomplete|expired)\b"
_MONEY_OUT = frozenset({"bill", "expense", "credit_note"})
_MIN_TOLD_SHARE = 0.5
_MOST_OPEN_SHARE = 0.5
_DAYS_TO_ARRIVE = 7
_DATED_BY_BILLING = frozenset({"invoice", "order", "credit_note"})
_READ = (
    "record_key", "record_id", "alt_ids", "state", "merged_into", "date_only", "offset_minutes", "status", "is_won",
    "created_at", "completed_at", "resolved_at", *(name for names in EVENT_COLUMNS.values() for name in names),
    "amount_minor", "tax_minor", "fee_minor", "net_minor", "paid_minor", "due_on", "currency", "party_key", "party_ref",
    "party_name", "number", "reference", "description", "deal_ref", "invoice_ref", "roles", *COMPARED_COLUMNS,
)  # fmt: skip
DOCUMENT_COLUMNS = tuple(name for name in dict.fromkeys(_READ) if name in DOCUMENT.names)
"""Columns of documents that handoffs read."""


@dataclass(frozen=True, slots=True)
class Side:
    """The documents of one side that take part, sorted by record key, with their dates, amounts and accounts.

    Attributes
    ----------
    table
        What else is read of them.
    rows
        Where they stand among all documents of their stream, in order of record key.
    day, at, has_time
        When they happened (``events.Events``).
    amount, tax, fee, net
        Minor units; NaN is unknown. ``amount`` is gross; where ``is_net`` it is the net amount, which is compared and never
        shown as the document's amount.
    account
        Whose they are; null is unknown.
    known_accounts
        Those that the side's system has a record of.
    linked_accounts
        Those that several systems have a record of.
    whole_days
        When all that take part happened, also those that are left out because the other side begins later.
    """

    table: pa.Table
    rows: Ints
    day: Ints
    at: Ints
    has_time: Flags
    amount: Floats
    tax: Floats
    fee: Floats
    net: Floats
    is_net: Flags
    account: pa.StringArray
    known_accounts: pa.StringArray
    linked_accounts: pa.StringArray
    whole_days: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Ints) -> "Side":
        """Return some of the documents, in order."""
        at = pa.array(rows)
        return replace(
            self, table=self.table.take(at).combine_chunks(), rows=self.rows[rows], day=self.day[rows], at=self.at[rows],
            has_time=self.has_time[rows], amount=self.amount[rows], tax=self.tax[rows], fee=self.fee[rows],
            net=self.net[rows], is_net=self.is_net[rows], account=self.account.take(at),
        )  # fmt: skip

    def texts(self, column: str) -> pa.StringArray:
        """Return a text column; nothing but nulls where the table has no such column."""
        if column not in self.table.column_names:
            return pa.nulls(len(self), pa.string())
        return array_of(self.table[column])

    @property
    def keys(self) -> pa.StringArray:
        """The record keys."""
        return self.texts("record_key")


def stream_documents(documents: pa.Table, system: str, stream: str) -> pa.Table:
    """Return the documents (or parties) of one stream in order of their keys, with the columns that handoffs read.

    Parameters
    ----------
    documents
        DOCUMENT or PARTY, of any streams.
    system, stream
        Of the stream; where no rows are, the table is empty.
    """
    names = [name for name in dict.fromkeys(_READ) if name in documents.column_names]
    is_here = pc.and_(pc.equal(documents["system"], system), pc.equal(documents["stream"], stream))
    rows = np.flatnonzero(flags(is_here))
    # The streams of an engagement stand one after another: then nothing has to be copied.
    is_apart = len(rows) > 0 and rows[-1] - rows[0] + 1 != len(rows)
    table = documents.select(names)
    table = table.take(pa.array(rows)) if is_apart else table.slice(rows[0] if len(rows) else 0, len(rows))
    return sorted_by_key(table.combine_chunks())


class Streams:
    """The streams that handoffs read, each put in order when it is first asked for."""

    def __init__(self, documents: pa.Table, parties: pa.Table) -> None:
        """Take table DOCUMENT with ``party_key`` resolved, and table PARTY."""
        self._read: Callable[[str, str, str], pa.Table] = lambda system, stream, entity: stream_documents(
            parties if entity in PARTY_ENTITIES else documents, system, stream
        )
        self._known: dict[tuple[str, str], pa.Table] = {}

    def keep(self, wanted: Collection[tuple[str, str]]) -> None:
        """Let go of all streams but those wanted, by system and stream; one that is asked for again is read again."""
        self._known = {key: table for key, table in self._known.items() if key in wanted}

    def of(self, system: str, stream: str, entity: str) -> pa.Table:
        """Return the records of a stream as ``stream_documents`` gives them.

        Parameters
        ----------
        system, stream
            The stream.
        entity
            What it holds.
        """
        if (system, stream) not in self._known:
            self._known[system, stream] = self._read(system, stream, entity)
        return self._known[system, stream]

    def both(self, handoff: Handoff) -> tuple[pa.Table, pa.Table]:
        """Return the records of source and target."""
        return (
            self.of(handoff.system_l, handoff.stream_l, handoff.entity_l),
            self.of(handoff.system_r, handoff.stream_r, handoff.entity_r),
        )


class ReadStreams(Streams):
    """The same, each read when it is first asked for: never all documents at once."""

    def __init__(self, read: Callable[[str, str, str], pa.Table]) -> None:
        """Take what returns the records of a stream as ``stream_documents`` does, by system, stream and entity."""
        self._read = read
        self._known = {}


def handoff_sides(
    handoff: Handoff, stream_l: pa.Table, stream_r: pa.Table, accounts: Accounts, *, time_zone: str
) -> tuple[Side, Side]:
    """Return the documents of both sides that take part in a handoff.

    Source documents from before the target's first are left out: nothing is known of them.

    Parameters
    ----------
    handoff
        Which stream hands over to which.
    stream_l, stream_r
        What ``stream_documents`` gives of both streams, with ``party_key`` resolved.
    accounts
        The parties of both systems.
    time_zone
        The client's, for days and months.
    """
    right = target_side(handoff, stream_r, accounts, time_zone)
    left = _inside_target_period(source_side(handoff, stream_l, accounts, time_zone), right, handoff.grace_days)
    return with_net(left, right), with_net(right, left)


def is_billed_work(handoff: Handoff) -> bool:
    """Whether work becomes a document of money: then it is due when it is finished."""
    return handoff.entity_l in {"project", "ticket", "task"} and handoff.entity_r in _DATED_BY_BILLING


def finished_column(handoff: Handoff) -> str:
    """Return the column that says when work was finished."""
    return "resolved_at" if handoff.entity_l == "ticket" else "completed_at"


def dating_columns(handoff: Handoff) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that date the documents of source and target: of each the first that is filled.

    Examples
    --------
    >>> dating_columns(Handoff("billed", "Jobs invoiced", "work", "jobs", "project", "books", "invoices", "invoice"))
    (('completed_at', 'started_at', 'created_at'), ('created_at', 'issued_on'))
    """
    source = EVENT_COLUMNS.get(handoff.entity_l, ("created_at",))
    if is_billed_work(handoff):
        source = (finished_column(handoff), *source)
    elif handoff.trigger == "record_created" or handoff.entity_l == "project":
        source = ("created_at", *source)
    target = ("created_at", *EVENT_COLUMNS.get(handoff.entity_r, ()))
    return tuple(dict.fromkeys(source)), tuple(dict.fromkeys(target))


def source_side(handoff: Handoff, stream: pa.Table, accounts: Accounts, time_zone: str) -> Side:
    """Return the source's documents that should have a counterpart: only won deals, nothing void or deleted.

    A project that feeds invoices is due when it is completed; one that is not completed is not due.

    Parameters
    ----------
    handoff
        Which stream hands over to which.
    stream
        What ``stream_documents`` gives of the source.
    accounts
        The parties of both systems.
    time_zone
        The client's, for days and months.
    """
    is_kept = _is_live(stream)
    if handoff.entity_l == "deal":
        is_kept &= flags(stream["is_won"])
    if is_billed_work(handoff):
        is_finished = np.asarray(pc.is_valid(array_of(stream[finished_column(handoff)])))
        is_kept &= is_finished if is_finished[is_kept].any() else True
    columns = dating_columns(handoff)[0]
    return _side(stream, np.flatnonzero(is_kept), columns, accounts, system=handoff.system_l, time_zone=time_zone)


def target_side(handoff: Handoff, stream: pa.Table, accounts: Accounts, time_zone: str) -> Side:
    """Return the target's documents that may be counterparts, dated by when they were entered where that is known.

    Parameters
    ----------
    handoff
        Which stream hands over to which.
    stream
        What ``stream_documents`` gives of the target.
    accounts
        The parties of both systems.
    time_zone
        The client's, for days and months.
    """
    rows = np.flatnonzero(_is_live(stream))
    side = _side(stream, rows, dating_columns(handoff)[1], accounts, system=handoff.system_r, time_zone=time_zone)
    if handoff.entity_l in _MONEY_OUT and handoff.entity_r == "bank_line":
        # A bank shows money out as negative, a bill shows what is owed.
        side = replace(side, amount=-side.amount, net=-side.net)
    return side


def with_net(side: Side, other: Side) -> Side:
    """Return a side where net amounts stand in for unknown gross ones, if the other side says what is tax or net, too.

    Without that a net amount would only differ from every gross one, which is evidence of nothing.
    """
    is_told = ~np.isnan(other.tax) | (np.isnan(other.amount) & ~np.isnan(other.net))
    is_net = np.isnan(side.amount) & ~np.isnan(side.net)
    if not is_net.any() or not len(is_told) or is_told.mean() < _MIN_TOLD_SHARE:
        return side
    return replace(side, amount=np.where(is_net, side.net, side.amount), is_net=is_net)


def awaits_payment(handoff: Handoff, side: Side, is_linked: Flags, as_of: date) -> Flags:
    """Return which documents of the source wait for their payment: their own list says that less is paid than they ask for.

    One that is open longer than a week beyond the day on which it was due waits no more: somebody forgot it. A list that
    calls most of those open whose payment was found does not keep this up, and tells nothing.

    Parameters
    ----------
    handoff
        Which stream hands over to which.
    side
        The source's documents.
    is_linked
        Which of them have a counterpart.
    as_of
        Local day up to which the target is complete.
    """
    nothing = np.zeros(len(side), dtype=bool)
    if not is_payment_on_terms(handoff.entity_l, handoff.entity_r):
        return nothing
    is_open = np.abs(_money(side.table, "paid_minor")) < np.abs(side.amount)
    if not is_linked.any() or is_open[is_linked].mean() > _MOST_OPEN_SHARE:
        return nothing
    if "due_on" not in side.table.column_names:
        return is_open
    last_due = as_of - timedelta(days=_DAYS_TO_ARRIVE)
    is_late = flags(pc.less(array_of(side.table["due_on"]).cast(pa.date32()), pa.scalar(last_due, pa.date32())))
    return is_open & ~is_late


def lag_minutes(left: Side, right: Side, rows_l: Ints, rows_r: Ints) -> Floats:
    """Return the target's minus the source's instant of each pair; NaN unless both have a time of day.

    Parameters
    ----------
    left, right
        Both sides.
    rows_l, rows_r
        The pairs.
    """
    at_l, at_r = left.at[rows_l], right.at[rows_r]
    is_known = (at_l != NO_TIME) & (at_r != NO_TIME) & left.has_time[rows_l] & right.has_time[rows_r]
    microseconds = np.where(is_known, at_r, 0) - np.where(is_known, at_l, 0)
    return np.where(is_known, microseconds / 1_000_000 / 60, np.nan)


def lag_days(left: Side, right: Side, rows_l: Ints, rows_r: Ints) -> Floats:
    """Return the target's minus the source's day of each pair; NaN unless both have a date.

    Parameters
    ----------
    left, right
        Both sides.
    rows_l, rows_r
        The pairs.
    """
    day_l, day_r = left.day[rows_l], right.day[rows_r]
    is_known = (day_l != NO_DAY) & (day_r != NO_DAY)
    days = np.where(is_known, day_r, 0) - np.where(is_known, day_l, 0)
    return np.where(is_known, days.astype(np.float64), np.nan)


def _inside_target_period(left: Side, right: Side, grace_days: int) -> Side:
    first = first_covered_day(right.day)
    if first == NO_DAY:
        return left
    is_inside = (left.day == NO_DAY) | (left.day + grace_days >= first)
    return left if is_inside.all() else left.take(np.flatnonzero(is_inside))


def _is_live(stream: pa.Table) -> Flags:
    is_gone = np.asarray(pc.is_in(array_of(stream["state"]), pa.array(["deleted", "absent"])))
    is_live = ~is_gone & np.asarray(pc.is_null(array_of(stream["merged_into"])))
    if "status" in stream.column_names:
        is_void = of_distinct(array_of(stream["status"]), lambda words: pc.match_substring_regex(words, _VOID_STATUS))
        is_live &= ~flags(is_void)
    return np.asarray(is_live, dtype=bool)


def _side(stream: pa.Table, rows: Ints, columns: Sequence[str], accounts: Accounts, *, system: str, time_zone: str) -> Side:
    table = stream if len(rows) == stream.num_rows else stream.take(pa.array(rows)).combine_chunks()
    found: Events = first_events(table, tuple(columns), time_zone)
    party = "party_key" if "party_key" in table.column_names else "record_key"
    amount, tax, fee, net = (_money(table, name) for name in ("amount_minor", "tax_minor", "fee_minor", "net_minor"))
    return Side(
        table, rows, found.day, found.at, found.has_time, amount, tax, fee, net, np.zeros(len(rows), dtype=bool),
        accounts.of(table[party]), accounts.held_by(system), accounts.linked, found.day,
    )  # fmt: skip


def _money(table: pa.Table, column: str) -> Floats:
    # Exact below 2**53 minor units, 90 trillion in a currency of two decimals.
    return known_numbers(table[column]) if column in table.column_names else np.full(table.num_rows, np.nan)
