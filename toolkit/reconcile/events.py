"""When a document happened and whether it takes part: what counterparts need to know of each side, as arrays.

Days are counted from 1970-01-01 in the client's local calendar; instants are microseconds UTC. ``NO_DAY`` is no date.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.tables import EVENT_COLUMNS

NO_DAY = int(np.iinfo(np.int64).min)
_EPOCH = date(1970, 1, 1)
Days = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Words of a status that say: this document stands for nothing that has to be carried on.
_VOID_STATUS = r"(?i)\b(void|voided|cancel|canceled|cancelled|failed|declined|draft|deleted|blocked|incomplete|expired)\b"
_MONEY_OUT = frozenset({"bill", "expense", "credit_note"})
_MIN_TOLD_SHARE = 0.5
_DATED_BY_BILLING = frozenset({"invoice", "order", "credit_note"})


@dataclass(frozen=True, slots=True)
class Accounts:
    """The account (or party) of each party record, and which of them each system has a record of."""

    of: Mapping[str, str]
    held: Mapping[str, frozenset[str]]

    @property
    def linked(self) -> frozenset[str]:
        """Those of which several systems have a record: recognised, not just unmatched."""
        counts = Counter(name for names in self.held.values() for name in names)
        return frozenset(name for name, systems in counts.items() if systems > 1)


def accounts_in(crosswalk: pa.Table, column: str) -> Accounts:
    """Return the accounts of a CROSSWALK, or with ``column="golden_id"`` its parties."""
    names = crosswalk[column].to_pylist()
    held: dict[str, set[str]] = {}
    for system, name in zip(crosswalk["system"].to_pylist(), names, strict=True):
        held.setdefault(system, set()).add(name)
    of = dict(zip(crosswalk["record_key"].to_pylist(), names, strict=True))
    return Accounts(of, {system: frozenset(its) for system, its in held.items()})


@dataclass(frozen=True, slots=True)
class Side:
    """The documents of one side that take part, sorted by record key, with their dates, amounts and accounts.

    ``amount`` is gross; where ``is_net`` it is the net amount, which is compared and never shown as the document's amount.
    """

    table: pa.Table
    day: Days
    has_time: Flags
    amount: Numbers
    tax: Numbers
    fee: Numbers
    net: Numbers
    is_net: Flags
    account: list[str | None]
    keys: list[str]
    times: list[datetime | None]
    currency: list[str | None]
    known_accounts: frozenset[str]
    linked_accounts: frozenset[str]

    def __len__(self) -> int:
        return len(self.keys)

    def texts(self, column: str) -> list[str | None]:
        """Return a text column as a list."""
        values: list[str | None] = self.table[column].to_pylist()
        return values


def source_side(handoff: Handoff, documents: pa.Table, accounts: Accounts, time_zone: str) -> Side:
    """Return the source's documents that should have a counterpart: only won deals, nothing void or deleted.

    A project that feeds invoices is due when it is completed; one that is not completed is not due.
    """
    table = _live(documents, handoff.system_l, handoff.stream_l)
    if handoff.entity_l == "deal":
        table = table.filter(pc.fill_null(table["is_won"], False))
    is_billing = handoff.entity_l in {"project", "ticket", "task"} and handoff.entity_r in _DATED_BY_BILLING
    finished = {"ticket": "resolved_at"}.get(handoff.entity_l, "completed_at")
    if is_billing and table[finished].null_count < table.num_rows:
        table = table.filter(pc.is_valid(table[finished]))
    columns = EVENT_COLUMNS.get(handoff.entity_l, ("created_at",))
    if is_billing:
        columns = (finished, *columns)
    elif handoff.trigger == "record_created" or handoff.entity_l == "project":
        columns = ("created_at", *columns)
    return _side(table, columns, accounts, time_zone, handoff.system_l)


def target_side(handoff: Handoff, documents: pa.Table, accounts: Accounts, time_zone: str) -> Side:
    """Return the target's documents that may be counterparts, dated by when they were entered where that is known."""
    table = _live(documents, handoff.system_r, handoff.stream_r)
    columns = ("created_at", *EVENT_COLUMNS.get(handoff.entity_r, ()))
    side = _side(table, columns, accounts, time_zone, handoff.system_r)
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
    if not is_net.any() or is_told.mean() < _MIN_TOLD_SHARE:
        return side
    return replace(side, amount=np.where(is_net, side.net, side.amount), is_net=is_net)


def local_days(
    instants: pa.ChunkedArray, is_date_only: Flags, time_zone: str, offset_minutes: pa.ChunkedArray | None = None
) -> Days:
    """Return local calendar days: by the offset that stood beside the time, else by the zone.

    Where the time of day is unknown, midnight UTC and local midnight mean the same day.

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> at = pa.chunked_array([pa.array([datetime(2026, 3, 2, 3, 0, tzinfo=UTC)], pa.timestamp("us", tz="UTC"))])
    >>> local_days(at, np.array([False]), "America/Chicago").astype("datetime64[D]").astype(str).tolist()
    ['2026-03-01']
    """
    utc = instants.cast(pa.timestamp("us", tz="UTC"))
    local = pc.local_timestamp(utc.cast(pa.timestamp("us", tz=time_zone)))
    local_day = _days(local.cast(pa.date32(), safe=False))
    utc_day = _days(pc.local_timestamp(utc).cast(pa.date32(), safe=False))
    microseconds = pc.fill_null(utc.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    is_utc_midnight = microseconds % 86_400_000_000 == 0
    if offset_minutes is not None:
        written = pc.add(utc.cast(pa.int64()), pc.multiply(offset_minutes, 60_000_000)).cast(pa.timestamp("us"))
        written_day = _days(written.cast(pa.date32(), safe=False))
        local_day = np.where(written_day == NO_DAY, local_day, written_day)
    return np.where(is_date_only & is_utc_midnight, utc_day, local_day)


def local_date(day: int) -> date | None:
    """Return a day as a date; null for ``NO_DAY``."""
    return None if day == NO_DAY else _EPOCH + timedelta(days=int(day))


def absence(day: int, grace_days: int, as_of: date) -> Literal["waiting", "missing"]:
    """Return what a source document without counterpart is: still inside the grace window, or missing.

    Examples
    --------
    >>> friday = (date(2026, 10, 2) - _EPOCH).days
    >>> absence(friday, 3, date(2026, 10, 5)), absence(friday, 3, date(2026, 10, 6))
    ('waiting', 'missing')
    """
    is_inside = day != NO_DAY and (as_of - _EPOCH).days - int(day) <= grace_days
    return "waiting" if is_inside else "missing"


def lag_minutes(left: Side, right: Side, row_l: int, row_r: int) -> float | None:
    """Return the target's minus the source's instant; null unless both have a time of day."""
    at_l, at_r = left.times[row_l], right.times[row_r]
    if at_l is None or at_r is None or not (left.has_time[row_l] and right.has_time[row_r]):
        return None
    return (at_r - at_l).total_seconds() / 60


def _days(dates: pa.ChunkedArray) -> Days:
    days = dates.cast(pa.int32()).cast(pa.int64())
    filled: Days = pc.fill_null(days, int(NO_DAY)).to_numpy(zero_copy_only=False)
    return filled


def _live(documents: pa.Table, system: str, stream: str) -> pa.Table:
    is_here = pc.and_(pc.equal(documents["system"], system), pc.equal(documents["stream"], stream))
    is_kept = pc.and_(
        pc.invert(pc.is_in(documents["state"], pa.array(["deleted", "absent"]))), pc.is_null(documents["merged_into"])
    )
    table = documents.filter(pc.and_(is_here, is_kept))
    if "status" in table.column_names:
        is_void = pc.match_substring_regex(pc.fill_null(table["status"], ""), _VOID_STATUS)
        table = table.filter(pc.invert(is_void))
    return table.sort_by("record_key").combine_chunks()


def _side(table: pa.Table, columns: tuple[str, ...], accounts: Accounts, time_zone: str, system: str) -> Side:
    rows = table.num_rows
    day = np.full(rows, NO_DAY)
    instant = pa.chunked_array([pa.nulls(rows, pa.timestamp("us", tz="UTC"))])
    has_time = np.zeros(rows, dtype=bool)
    date_only = [frozenset(names or ()) for names in table["date_only"].to_pylist()]
    for column in dict.fromkeys(columns):
        if column not in table.column_names:
            continue
        values = table[column]
        is_open = (day == NO_DAY) & np.asarray(pc.is_valid(values).to_numpy(zero_copy_only=False))
        if not is_open.any():
            continue
        if column.endswith("_on"):
            naive = values.cast(pa.timestamp("us"))
            at = pc.assume_timezone(naive, time_zone, ambiguous="earliest", nonexistent="earliest").cast(
                pa.timestamp("us", tz="UTC")
            )
            value_day, is_timed = _days(values), np.zeros(rows, dtype=bool)
        else:
            is_timed = np.array([column not in names for names in date_only], dtype=bool)
            offset = table["offset_minutes"] if "offset_minutes" in table.column_names else None
            at, value_day = values, local_days(values, ~is_timed, time_zone, offset)
        mask = pa.chunked_array([pa.array(is_open)])
        instant = pc.if_else(mask, at, instant)
        day = np.where(is_open, value_day, day)
        has_time = np.where(is_open, is_timed, has_time)
    party = "party_key" if "party_key" in table.column_names else "record_key"
    return Side(
        table=table, day=day, has_time=has_time,
        amount=_money(table, "amount_minor"), tax=_money(table, "tax_minor"), fee=_money(table, "fee_minor"),
        net=_money(table, "net_minor"), is_net=np.zeros(rows, dtype=bool),
        account=[accounts.of.get(key) if key else None for key in table[party].to_pylist()],
        keys=table["record_key"].to_pylist(), times=instant.to_pylist(),
        currency=table["currency"].to_pylist() if "currency" in table.column_names else [None] * rows,
        known_accounts=accounts.held.get(system, frozenset()), linked_accounts=accounts.linked,
    )  # fmt: skip


def _money(table: pa.Table, column: str) -> Numbers:
    if column not in table.column_names:
        return np.full(table.num_rows, np.nan)
    # Exact below 2**53 minor units, 90 trillion in a currency of two decimals.
    filled: Numbers = pc.fill_null(table[column].cast(pa.float64(), safe=False), np.nan).to_numpy(zero_copy_only=False)
    return filled
