"""Pulls the systems that are asked over their interface: each stream into a snapshot, whatever becomes of the others."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pyarrow as pa

from toolkit.audit.completeness import EXPECTED_ASIDE
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.asked import AskedStream, asked_names, asked_system
from toolkit.audit.pull.asked_drift import drift
from toolkit.audit.pull.asked_intake import AskedCounts, keep_asked_intake
from toolkit.audit.pull.asked_jobs import Asking, StreamJob, not_asked_for, opened_system, stream_job
from toolkit.audit.pull.asked_memory import PagesTaken, StreamMemory, keep_memory, keep_pages
from toolkit.audit.pull.asked_names import keep_names
from toolkit.audit.pull.asked_rows import STATE_PATH, AskedRows, filled_lines, referred_ids
from toolkit.audit.pull.presence import GUARD_RECORDS, GUARD_SHARE, put_together
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.pull.unfinished import note_unfinished
from toolkit.connector import Field, Stream
from toolkit.databases.client import DatabaseClient
from toolkit.databases.pulling import pull_rows
from toolkit.errors import AuthError, InputError, ToolkitError, UnknownNameError
from toolkit.files.canonical import canonical_stream
from toolkit.report.row_counts import DATABASE, INTERFACE
from toolkit.rest.clock import StoppedError, SystemClock
from toolkit.rest.looking_up import looked_up
from toolkit.rest.newest import differing, superseded
from toolkit.rest.pulling import PulledStream, pull_stream
from toolkit.store.catalogue import LEFT_OUT, NOT_SENT, PRESENT, SHRUNK, Presence
from toolkit.store.merging import Brought
from toolkit.store.snapshots import WrittenSnapshot
from toolkit.tables.records import record_key
from toolkit.values.counted import counted
from toolkit.version import __version__

_THREADS = 8


@dataclass(frozen=True, slots=True)
class AskedPull:
    """What a pull over interfaces brought: sentences about what is missing, and about what is worth knowing."""

    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sign_in_again: bool = False


@dataclass(slots=True)
class _Said:
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: list[AskedCounts] = field(default_factory=list)
    quarantine: list[pa.Table] = field(default_factory=list)
    empty: dict[str, list[str]] = field(default_factory=dict)
    sign_in_again: bool = False


def pull_asked(
    engagement: Engagement, systems: Sequence[str] = (), *, asking: Asking | None = None, progress: Progress = silent
) -> AskedPull:
    """Pull the systems of an engagement that are asked over their interface.

    One that fails is said, and all others are pulled.

    Parameters
    ----------
    engagement
        The engagement.
    systems
        Only these; all that are asked without.
    asking
        Whether everything is asked for, or what changed since a moment.
    progress
        Told of each stream how far it is.

    Raises
    ------
    UnknownNameError
        A system that the settings do not name.
    BusyError
        Another run is writing.
    """
    unknown = set(systems) - set(engagement.settings.systems)
    if unknown:
        raise UnknownNameError("system", min(unknown), engagement.settings.systems)
    names = [name for name in asked_names(engagement.settings) if not systems or name in systems]
    if not names:
        return AskedPull()
    said, asking, stopped = _Said(), asking or Asking(), threading.Event()
    asking = replace(asking, clock=asking.clock or SystemClock(stopped))
    with engagement.store.writing(f"pull of {engagement.settings.client}"):
        jobs = [job for name in names for job in _jobs(engagement, name, asking, said)]
        to_come = {(job.system.name, job.asked.stream.name) for job in jobs}
        note_unfinished(engagement, to_come, names)
        try:
            for job, pulled in _pulled(jobs, progress, stopped):
                _keep(engagement, job, pulled, said)
                to_come.discard((job.system.name, job.asked.stream.name))
                note_unfinished(engagement, to_come, names)
        finally:
            for job in jobs:
                job.log.close()
                job.client.close()
        for name in dict.fromkeys(job.system.name for job in jobs):
            keep_names(engagement, name)
        keep_asked_intake(engagement, said.counts, said.quarantine)
    said.notes += [
        f"{name}: no records of {' and '.join(filter(None, [', '.join(streams[:-1]), streams[-1]]))} came. It has none, or "
        "the sign-in may not see them."
        for name, streams in ((name, sorted(said.empty[name])) for name in sorted(said.empty))
    ]
    return AskedPull(put_together(said.missing), tuple(dict.fromkeys(said.notes)), said.sign_in_again)


def _jobs(engagement: Engagement, name: str, asking: Asking, said: _Said) -> list[StreamJob]:
    """Return the streams of a system that can be pulled; what keeps it from that is said of each of them."""
    try:
        system = asked_system(name, engagement.settings, engagement.folder)
    except InputError as error:
        said.missing.append(str(error))
        return []
    try:
        client, account = opened_system(engagement, system, asking)
    except ToolkitError as error:
        said.sign_in_again = said.sign_in_again or isinstance(error, AuthError)
        for one in system.streams:
            _note_failure(engagement, name, one.stream.name, str(error), said)
        return []
    said.notes += not_asked_for(engagement, system)
    return [stream_job(engagement, system, one, client, account, asking=asking) for one in system.streams]


def _pulled(
    jobs: Sequence[StreamJob], progress: Progress, stopped: threading.Event
) -> Iterator[tuple[StreamJob, PulledStream]]:
    """Yield the streams as they are done; they are pulled side by side, within the limits of each system."""

    def pull(job: StreamJob) -> PulledStream:
        def report(received: int, total: int | None) -> None:
            if stopped.is_set():
                raise StoppedError
            progress(f"Pulling {job.said}", received, total)

        if isinstance(job.client, DatabaseClient):
            return pull_rows(
                job.client,
                job.asked.stream.name,
                job.asked.readings[0],
                job.asked.stream.key,
                job.log,
                since=job.since,
                is_lines=job.asked.stream.lines is not None,
                report=report,
            )
        return pull_stream(
            job.client,
            job.asked.stream.name,
            job.asked.readings,
            job.asked.stream.key,
            job.log,
            since=job.since,
            report=report,
        )

    pool = ThreadPoolExecutor(max_workers=max(1, min(_THREADS, len(jobs))), thread_name_prefix="pull")
    try:
        waiting: dict[Future[PulledStream], StreamJob] = {pool.submit(pull, job): job for job in jobs}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        # Stopped by hand, a stream ends with the page that it is at: all before it are on the disk.
        stopped.set()
        pool.shutdown(cancel_futures=True)


def _keep(engagement: Engagement, job: StreamJob, pulled: PulledStream, said: _Said) -> None:
    """Take the snapshot of a stream, and say what is missing in it."""
    name, stream = job.system.name, job.asked.stream
    asked_now = pulled.pages - pulled.resumed_pages
    keep_pages(
        job.log.path.parent, PagesTaken(pulled.started_at.isoformat(), pulled.pages, asked_now, is_full=job.since is None)
    )
    before = _present(engagement, name, stream.name)
    reasons = [reason.removeprefix(f"{job.said}: ") for reason in pulled.reasons]
    said.notes += pulled.notes
    said.sign_in_again = said.sign_in_again or isinstance(pulled.error, AuthError)
    if not pulled.received and before is not None and job.since is None and not reasons:
        reasons.append(f"it answered with no records, and had {before:,} before: nothing is taken for gone")
    if not (pulled.received or before or reasons or job.since):
        said.empty.setdefault(name, []).append(stream.name)
    if reasons and not pulled.received:
        _note_failure(engagement, name, stream.name, " ".join(reasons), said)
        if not pulled.is_resumable:
            job.log.remove()
        return
    try:
        written = _write(engagement, job, pulled, reasons, said)
    except ToolkitError as error:
        _note_failure(engagement, name, stream.name, str(error), said)
        job.log.remove()
        return
    said.missing += [f"{job.said}: {reason}" for reason in written.reasons]
    if pulled.holds is not None and (kept := written.rows - written.rows_absent) > pulled.holds:
        said.notes.append(
            f"{job.said}: the database holds {counted(pulled.holds, 'row')}, and the snapshot {counted(kept, 'record')}: "
            "some were deleted without a trace. integration-audit pull --full finds which."
        )
    _note_presence(engagement, job, written, before)
    if not pulled.is_resumable:
        job.log.remove()


def _write(engagement: Engagement, job: StreamJob, pulled: PulledStream, reasons: list[str], said: _Said) -> WrittenSnapshot:
    """Write a snapshot out of the pages of a pull, and what the next one begins with."""
    name, stream = job.system.name, _with_state(job.asked)
    old = superseded(job.log, job.asked.readings, stream.key, pulled.repeated)
    if not isinstance(job.client, DatabaseClient) and (
        different := differing(job.log, job.asked.readings, stream.key, pulled.repeated)
    ):
        reasons.append(
            f"{counted(len(different), 'id')} came with different content (such as {different[0]!r}), and one of each was "
            "taken: is 'key' right?"
        )
    # A database has no lists beside its streams: a SELECT joins what it needs.
    lost: list[str] = []
    referred = partial(referred_ids, job.log, job.asked.readings, stream.key)
    names, unknown = (
        ({}, ())
        if isinstance(job.client, DatabaseClient)
        else looked_up(job.client, stream.lookups, job.said, referred, lost)
    )
    said.notes += unknown
    # Not remembered, the next pull asks for everything: what came without names came whole in all else.
    reasons += [one.removeprefix(f"{job.said}: ") for one in lost]
    part = INTERFACE if job.system.database is None else DATABASE
    rows = AskedRows(name, replace(job.asked, stream=stream), job.log, old, names, part=part)
    counts = AskedCounts(name, stream.name, job.system.connector, part, repeated=len(old))
    settings, late = canonical_settings(engagement, name, job.asked.own), _Late()
    if job.asked.own is None:
        # However the client's exports are written: an interface writes numbers as JSON does.
        settings["decimal_sign"] = "."
    sides: dict[str, pa.Table] = {}

    def records() -> Iterator[pa.Table]:
        lines, points = [], []
        for raw in rows.tables():
            found = canonical_stream([raw], stream, system=name, **settings)
            counts.add(found)
            lines.append(filled_lines(found.lines))
            points.append(found.points)
            yield from found.records
        for side, parts in (("lines", lines), ("points", points)):
            if any(part.num_rows for part in parts):
                sides[side] = pa.concat_tables(parts)
        drifted = drift(job.said, rows.asked, rows.shape, job.memory)
        said.notes.extend(drifted.notes)
        aside = [one for one in counts.quarantine_reasons if one not in EXPECTED_ASIDE]
        late.reasons = [*drifted.lost, *([f"{counted(len(aside), 'row')} put aside"] if aside else [])]

    states = {record_key(name, stream.name, key): state for key, state in rows.states().items()}
    written = engagement.store.add_snapshot(
        system=name,
        stream=stream.name,
        entity=stream.entity,
        connector=job.system.connector,
        records=records(),
        side_tables=sides,
        taken_at=datetime.now(UTC),
        is_complete=not reasons,
        reasons=reasons,
        brought=Brought(job.since is not None, states, _facts(job, pulled), late.said, rows.merged),
    )
    said.counts.append(counts)
    said.quarantine += counts.quarantine
    said.notes += counts.notes
    if not reasons:
        _remember(job, pulled, rows, written)
    return written


@dataclass(slots=True)
class _Late:
    """What is known to be missing only when the last record was read."""

    reasons: list[str] = field(default_factory=list)

    def said(self) -> Sequence[str]:
        """Return it."""
        return self.reasons


def _with_state(asked: AskedStream) -> Stream:
    """Return a stream whose records have the state of the list that they stand in, where a list has one."""
    stream = asked.stream
    if not any(one.state for one in asked.readings):
        return stream
    own = stream.fields.get("state")
    found = Field((STATE_PATH,))
    if own is not None:
        kept = (("^archived$", "archived"), ("^deleted$", "deleted"))
        found = replace(own, headers=(STATE_PATH, *own.headers), values=(*kept, *own.values) if own.values else ())
    return replace(stream, fields={**stream.fields, "state": found})


def _facts(job: StreamJob, pulled: PulledStream) -> dict[str, Any]:
    """Return what the manifest says of a pull."""
    granted = job.client.credential.granted_scopes
    return {
        "version": __version__,
        "api_version": job.system.api.version,
        "account": dict(job.account),
        "scopes": sorted(granted) if granted is not None else None,
        "received": pulled.received,
        "unique": pulled.unique,
        "total": pulled.total,
        "pages": pulled.pages,
        "resumed_pages": pulled.resumed_pages,
        "since": job.since.isoformat() if job.since is not None else None,
        "started_at": pulled.started_at.isoformat(),
        "newest_at": pulled.newest_at.isoformat() if pulled.newest_at is not None else None,
        "clock_offset_s": job.client.clock_offset_s,
    }


def _remember(job: StreamJob, pulled: PulledStream, rows: AskedRows, written: WrittenSnapshot) -> None:
    """Keep what the next pull begins with: the earlier of the system's time at the start and its newest stamp.

    A stamp may be older than the clock that answers come with, and a record may be stamped in the future.
    """
    moments = [one for one in (pulled.started_at, pulled.newest_at) if one is not None]
    since = min(moments)
    if not pulled.received and job.memory.since_at is not None:
        since = min(pulled.started_at, job.memory.since_at)
    is_full, shape = job.since is None, rows.shape
    held = StreamMemory() if is_full else job.memory
    keep_memory(
        job.log.path.parent,
        StreamMemory(
            snapshot=written.path,
            signature=job.signature,
            since=since.isoformat(),
            full_at=pulled.started_at.isoformat() if is_full else job.memory.full_at,
            begun_at=pulled.started_at.isoformat(),
            records=held.records + shape.records,
            filled={path: held.filled.get(path, 0) + shape.filled.get(path, 0) for path in {*held.filled, *shape.filled}},
            kinds={
                path: sorted({*held.kinds.get(path, ()), *shape.kinds.get(path, ())}) for path in {*held.kinds, *shape.kinds}
            },
        ),
    )


def _present(engagement: Engagement, system: str, stream: str) -> int | None:
    """Return how many records of a stream its newest snapshot holds; None before the first, or where it held none."""
    for row in engagement.store.snapshots(all_streams=True).to_pylist():
        if (row["system"], row["stream"]) == (system, stream):
            return int(row["rows"] - row["rows_absent"]) or None
    return None


def _note_failure(engagement: Engagement, system: str, stream: str, reason: str, said: _Said) -> None:
    """Say that a stream could not be pulled, now and in every audit until it is."""
    rows = {(row["system"], row["stream"]): row for row in engagement.store.snapshots(all_streams=True).to_pylist()}
    row = rows.get((system, stream))
    used = f"Its snapshot of {row['taken_at'].day} {row['taken_at']:%B %Y} is used." if row else "It has no snapshot yet."
    sentence = f"{system}/{stream} was not pulled. {reason} {used}"
    said.missing.append(sentence)
    engagement.store.note_presence([Presence(system, stream, NOT_SENT if row else LEFT_OUT, sentence)])


def _note_presence(engagement: Engagement, job: StreamJob, written: WrittenSnapshot, before: int | None) -> None:
    """Keep that a stream is there; one that lost a good part of its records is said until somebody confirms it."""
    key = (job.system.name, job.asked.stream.name)
    now = written.rows - written.rows_absent
    held = engagement.store.presences().get(key)
    if held is not None and held.presence == SHRUNK and now < (1 - GUARD_SHARE) * held.records_before:
        return
    lost = (before or 0) - now
    if before and written.is_complete and lost > GUARD_RECORDS and lost > GUARD_SHARE * before:
        sentence = (
            f"{job.said}: {lost:,} of the {before:,} records of before did not come any more and count no more. If they are "
            f"gone: integration-audit engagement confirm {job.said}. If not, look at the rights of the credentials."
        )
        engagement.store.note_presence([Presence(*key, SHRUNK, sentence, before)])
        return
    engagement.store.note_presence([Presence(*key, PRESENT)])
