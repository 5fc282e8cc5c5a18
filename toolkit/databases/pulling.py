"""One stream of a database, from its first row to its last: in batches on disk, each with the key behind which it goes on.

Rows come in the order of their key out of one transaction, which sees one state of the database. Cut off, the next try reads
what lies behind the last batch that is on disk; where the count then does not fit, everything is read again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from toolkit.connector import Reading
from toolkit.databases.client import DatabaseClient
from toolkit.databases.columns import wanted_columns, without_blobs
from toolkit.databases.stamps import stamp_moment, written_stamp
from toolkit.databases.statements import behind, source_of
from toolkit.errors import ResponseError, RetryableError, ToolkitError
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import PulledStream, Report, stream_signature
from toolkit.rest.walk import record_key
from toolkit.values.counted import counted

BATCH_ROWS = 5_000
_WAITS_S = (1.0, 5.0, 15.0)
_MAX_SHOWN = 3

_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=str)
_DECODER = msgspec.json.Decoder(float_hook=str)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a pull stands: the last key that is on disk (None: nothing is), and what came until there."""

    after: tuple[Any, ...] | None = None
    received: int = 0
    newest_at: str = ""
    repeated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_done: bool = False

    @property
    def kept(self) -> dict[str, Any]:
        return {
            "received": self.received, "newest_at": self.newest_at, "repeated": [*self.repeated], "notes": [*self.notes],
            # What the pages of an interface have, too.
            "parent_key": "",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pull:
    """What does not change from batch to batch."""

    client: DatabaseClient
    said: str
    reading: Reading
    key: Sequence[str]
    log: PageLog
    since: datetime | None
    report: Report
    is_lines: bool


@dataclass(slots=True)
class _Found:
    """What the last transaction saw: how many rows there are, and why what came is not all."""

    total: int | None = None
    holds: int | None = None
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pull_rows(
    client: DatabaseClient,
    name: str,
    reading: Reading,
    key: Sequence[str],
    log: PageLog,
    *,
    since: datetime | None = None,
    is_lines: bool = False,
    report: Report = lambda _received, _total: None,
) -> PulledStream:
    """Pull a stream of a database into its log, going on where an earlier pull of it ended.

    Parameters
    ----------
    client
        What reads the database.
    name
        Of the stream, for sentences.
    reading
        Its table or statement, and the column that says when a row was changed.
    key
        Columns that name a record.
    log
        Where its batches go.
    since
        Only what changed since then; everything without.
    is_lines
        Whether a record has several rows, which share its key.
    report
        Told how far it is.
    """
    pull = _Pull(client, f"{client.system}/{name}", reading, key, log, since, report, is_lines)
    signature = stream_signature(client.url, [reading], key, since)
    place = _kept_place(log, signature)
    resumed = log.page_count if place.after is not None or place.is_done else 0
    if not resumed:
        _begin(pull, signature)
    error: ToolkitError | None = None
    found = _Found()
    waits, is_again = [*_WAITS_S], False
    while True:
        try:
            found = _read(pull, place)
        except RetryableError as fault:
            before, place = place, _kept_place(log, signature)
            # Whoever got on has earned all tries anew.
            waits = [*_WAITS_S] if place.received > before.received else waits
            if not waits:
                error = fault
                break
            client.clock.sleep(waits.pop(0))
            continue
        except ToolkitError as fault:
            error = fault
            break
        if (
            _kept_place(log, signature).received != found.total
            and (place.after is not None or place.is_done)
            and not is_again
        ):
            # Rows came or went behind the place where it was cut off.
            _begin(pull, signature)
            place, resumed, is_again = _Place(), 0, True
            continue
        break
    return _pulled(pull, _kept_place(log, signature), found, error, resumed)


def _pulled(pull: _Pull, place: _Place, found: _Found, error: ToolkitError | None, resumed: int) -> PulledStream:
    reasons = [*found.reasons, *([str(error)] if error is not None else [])]
    if error is None and found.total is not None and place.received < found.total:
        reasons.append(f"{pull.said}: the database counts {counted(found.total, 'row')}, and {place.received:,} came.")
    if place.repeated:
        shown = ", ".join(one.replace("\x1f", " ") for one in place.repeated[:_MAX_SHOWN])
        reasons.append(
            f"{pull.said}: {counted(len(place.repeated), 'key')} stood in more than one row (such as {shown}), so that "
            f"{' and '.join(map(repr, pull.key))} names no record. Mend 'key' of the stream."
        )
    begun = pull.log.begun or {}
    started = datetime.fromisoformat(begun["started_at"]) if begun else pull.client.clock.now()
    return PulledStream(
        received=place.received,
        unique=place.received - len(place.repeated),
        pages=pull.log.page_count,
        total=found.total,
        reasons=tuple(dict.fromkeys(reasons)),
        notes=tuple(dict.fromkeys([*place.notes, *found.notes])),
        error=error,
        repeated=frozenset(place.repeated),
        started_at=started,
        newest_at=datetime.fromisoformat(place.newest_at) if place.newest_at else None,
        is_resumable=isinstance(error, RetryableError),
        resumed_pages=resumed,
        holds=found.holds,
    )


def _begin(pull: _Pull, signature: str) -> None:
    pull.log.begin({"signature": signature, "started_at": pull.client.clock.now().isoformat()})


def _kept_place(log: PageLog, signature: str) -> _Place:
    """Return the place behind the last batch that is on disk; the beginning where it belongs to another pull."""
    if (log.begun or {}).get("signature") != signature or log.last is None:
        return _Place()
    facts, following = log.last.facts, log.last.following
    after = None if following is None else tuple(_bound(one) for one in following["after"])
    return _Place(
        after, facts["received"], facts["newest_at"], tuple(facts["repeated"]), tuple(facts["notes"]), following is None
    )


def _read(pull: _Pull, place: _Place) -> _Found:
    """Read what lies behind a place, and count it all, in one transaction."""
    with pull.client.reading() as (connection, assured):
        try:
            return _read_in(pull, place, connection, assured)
        except sa.exc.SQLAlchemyError as error:
            raise pull.client.fault(error, pull.said) from None


def _read_in(pull: _Pull, place: _Place, connection: sa.Connection, assured: str) -> _Found:
    found = _Found()
    found.notes += [assured] if assured else []
    source = source_of(pull.reading, "stream")
    columns, left_out = wanted_columns(connection, pull.reading, pull.key, source, pull.said)
    changed, note = _changed(pull, source, connection)
    found.notes += [*filter(None, [note]), *left_out]
    where = [] if changed is None else [changed]
    count = sa.select(sa.func.count()).select_from(source)
    found.total = connection.execute(count.where(*where)).scalar_one()
    if changed is not None and not pull.is_lines:
        found.holds = connection.execute(count).scalar_one()
    pull.report(place.received, found.total)
    if place.is_done:
        return found
    if place.after is not None:
        where.append(behind(pull.key, place.after))
    order: list[sa.ColumnElement[Any]] = [sa.column(name) for name in pull.key]
    wanted: list[sa.ColumnElement[Any]] = [sa.column(name) for name in columns]
    rows: Any = sa.select(*wanted).select_from(source).where(*where).order_by(*order)
    result = connection.execution_options(yield_per=BATCH_ROWS).execute(rows)
    for batch, is_last in _groups(result, [columns.index(name) for name in pull.key]):
        place = _keep(pull, place, columns, batch, is_last=is_last)
        pull.report(place.received, found.total)
    return found


def _changed(pull: _Pull, source: Any, connection: sa.Connection) -> tuple[sa.ColumnElement[bool] | None, str]:
    """Return the condition of rows that changed since a moment, and what is to be said where there is none."""
    changed = pull.reading.changed
    if changed is None or pull.since is None:
        return None, ""
    column: sa.ColumnElement[Any] = sa.column(changed.field)
    some = sa.select(column).select_from(source).where(column.is_not(None)).limit(1)
    sample = connection.execute(some).scalar()
    if sample is None:
        return None, ""
    moment = written_stamp(pull.since, sample, pull.client.zone)
    if moment is None:
        return None, f"{pull.said}: {changed.field!r} holds no moment that can be compared, so that every row was asked for."
    # A row without a stamp may have changed at any time.
    return sa.or_(column >= moment, column.is_(None)), ""


def _groups(result: sa.Result[Any], key: Sequence[int]) -> Iterator[tuple[Sequence[Any], bool]]:
    """Yield batches that end with the last row of a key, and whether one is the last; an empty one without rows."""
    held: list[Any] = []
    for part in result.partitions():
        held += part
        last = [held[-1][place] for place in key]
        end = len(held)
        while end and [held[end - 1][place] for place in key] == last:
            end -= 1
        if end:
            yield held[:end], False
            held = held[end:]
    yield held, True


def _keep(pull: _Pull, place: _Place, columns: Sequence[str], batch: Sequence[Any], *, is_last: bool) -> _Place:
    """Keep a batch as a page, and return the place behind it."""
    names, rows, notes = without_blobs(columns, batch, pull.said)
    keys = [tuple(row[columns.index(name)] for name in pull.key) for row in batch]
    if any(part is None for one in keys for part in one):
        names_said = " and ".join(map(repr, pull.key))
        raise ResponseError(f"{pull.said}: a row has nothing in {names_said}. Mend 'key' of the stream.")
    texts = [_ENCODER.encode(dict(zip(names, row, strict=True))) for row in rows]
    repeated: list[str] = []
    if not pull.is_lines:
        twice = [index for index in range(1, len(keys)) if keys[index] == keys[index - 1]]
        repeated = [record_key(_DECODER.decode(texts[index]), pull.key) for index in twice]
    newest = place.newest_at
    if pull.reading.changed is not None and pull.reading.changed.field in columns and batch:
        index = columns.index(pull.reading.changed.field)
        moments = [stamp_moment(row[index], pull.client.zone) for row in batch]
        latest = max((one for one in moments if one is not None), default=None)
        if latest is not None and (not newest or latest > datetime.fromisoformat(newest)):
            newest = latest.isoformat()
    after = [_written(one) for one in keys[-1]] if keys and not is_last else None
    following: Mapping[str, Any] | None = None if is_last else {"after": after}
    behind_it = replace(
        place,
        received=place.received + len(batch),
        newest_at=newest,
        repeated=tuple(dict.fromkeys([*place.repeated, *repeated])),
        notes=tuple(dict.fromkeys([*place.notes, *notes])),
        is_done=is_last,
    )
    pull.log.add(0, b"\n".join(texts), following, behind_it.kept)
    return behind_it


def _written(value: Any) -> list[str]:
    """Return a part of a key with its kind, so that it is compared as what it is."""
    return [type(value).__name__, value.isoformat() if hasattr(value, "isoformat") else str(value)]


def _bound(kept: Sequence[str]) -> Any:
    """Return a part of a key as it was before it was written down."""
    kind, text = kept
    kinds: Mapping[str, Any] = {
        "int": int, "float": float, "Decimal": Decimal, "UUID": UUID, "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
    }  # fmt: skip
    return kinds.get(kind, str)(text)
