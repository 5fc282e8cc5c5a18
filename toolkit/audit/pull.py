"""Takes snapshots: every file read, every row accounted for, every stream a full state."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.completeness import EXPECTED_ASIDE, incompleteness
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.proposal import Proposal, proposed_sources, write_proposal
from toolkit.audit.sources import Problem, Source, read_sources
from toolkit.connector import Stream
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.canonical import CanonicalStream, FileCount, canonical_stream, major_units
from toolkit.files.home import Home
from toolkit.files.names import STREAM as NAMES
from toolkit.files.names import named_parties, names_stream
from toolkit.tables import DOCUMENT_ENTITIES, INTAKE, PARTY_ENTITIES, QUARANTINE


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull read (INTAKE), put aside (QUARANTINE) and holds now (SNAPSHOT), with sentences for a person."""

    intake: pa.Table
    quarantine: pa.Table
    snapshots: pa.Table
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    has_new_settings: bool

    def _repr_html_(self) -> str:
        shown = ("file", "part", "system", "stream", "status", "rows_read", "rows_kept", "rows_quarantined")
        head = "".join(f"<th>{escape(name)}</th>" for name in shown)
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{escape(str(row[name] if row[name] is not None else ''))}</td>" for name in shown)
            + "</tr>"
            for row in self.intake.to_pylist()
        )
        notes = "".join(f"<li>{escape(one)}</li>" for one in (*self.missing, *self.notes))
        return f"<table><tr>{head}</tr>{rows}</table><ul>{notes}</ul>"


def pull_snapshots(engagement: Engagement, *, systems: Collection[str] = (), progress: Progress = silent) -> Pull:
    """Read the client's files and take a snapshot of every stream in them.

    Parameters
    ----------
    engagement
        The engagement; without an ``engagement.yaml``, what is recognised is written into a commented one.
    systems
        Only these; all without.

    Raises
    ------
    InputError
        There is no file, or nothing in any of them can be read.
    UnknownNameError
        A system that no file and no setting names.
    BusyError
        Another run is writing.
    """
    sources, problems = read_sources(engagement, progress)
    recognised = [one for one in sources if one.stream is not None]
    proposal = proposed_sources(engagement, recognised, [one for one in sources if one.stream is None])
    known = [*recognised, *proposal.sources]
    _refuse_nothing(engagement, known, problems, proposal)
    unknown = set(systems) - {one.system for one in known} - set(engagement.settings.systems)
    if unknown:
        raise UnknownNameError("system", min(unknown), [one.system for one in known])
    chosen = [one for one in known if not systems or one.system in systems]
    with engagement.store.writing(f"pull of {engagement.settings.client}"):
        read = _streams(engagement, chosen, proposal.home, progress)
        has_new_settings = write_proposal(engagement, known, proposal)
        _keep_intake(engagement, _intake(read, sources, problems, proposal), _quarantine(read, proposal), is_all=not systems)
    intake, quarantine = engagement.store.intake()
    snapshots = engagement.store.snapshots()
    return Pull(
        intake,
        quarantine,
        snapshots,
        tuple(incompleteness(intake, quarantine, snapshots)),
        _notes(read, engagement, snapshots, proposal),
        has_new_settings,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    connector: str
    sources: Sequence[Source]
    stream: CanonicalStream
    parties: list[pa.Table]


def _refuse_nothing(
    engagement: Engagement, known: Sequence[Source], problems: Sequence[Problem], proposal: Proposal
) -> None:
    if known:
        return
    sentences = [one.message for one in problems if one.status != "same_as"]
    sentences += [f"{file}: {why}" for (file, _), why in proposal.why_not.items()]
    reasons = " ".join(sentences[:5])
    where = engagement.folder / "exports"
    raise InputError(
        f"Nothing in {engagement.folder} can be read as a client's file. {reasons} "
        f"Put exports (CSV, XLSX, JSON, OFX, …) into {where} and start again.".replace("  ", " ")
    )


def _streams(engagement: Engagement, chosen: Sequence[Source], home: Home | None, progress: Progress) -> list[_Read]:
    """Read and store every stream; then the party names of systems that keep no party list."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for one in chosen:
        groups.setdefault((one.system, _stream(one).name), []).append(one)
    taken_at = datetime.now(UTC)
    read = []
    for number, ((system, name), group) in enumerate(sorted(groups.items(), key=lambda item: item[0])):
        progress(f"Snapshot of {system}/{name}", number, len(groups))
        stream = _canonical(engagement, system, group, home)
        read.append(_Read(group[0].connector, group, stream, []))
        lines, points = stream.lines, stream.points
        _store(engagement, read[-1], {"lines": lines, "points": points}, taken_at)
    _store_names(engagement, read, taken_at)
    return read


def _canonical(engagement: Engagement, system: str, group: Sequence[Source], home: Home | None) -> CanonicalStream:
    settings = engagement.settings
    given = settings.systems.get(system)
    return canonical_stream(
        [one.raw for one in group],
        _stream(group[0]),
        system=system,
        country=(given.country if given else "") or (home.country if home else settings.country),
        time_zone=(given.time_zone if given else "") or settings.time_zone,
        currency=(given.currency if given else "") or (home.currency if home else settings.currency),
    )


def _store(engagement: Engagement, one: _Read, sides: Mapping[str, pa.Table], taken_at: datetime) -> None:
    lost = [row for row in one.stream.quarantine["reason"].to_pylist() if row not in EXPECTED_ASIDE]
    engagement.store.add_snapshot(
        system=one.stream.system,
        stream=one.stream.stream.name,
        entity=one.stream.stream.entity,
        connector=one.connector,
        records=_records(one),
        side_tables={name: table for name, table in sides.items() if table.num_rows},
        taken_at=taken_at,
        is_complete=not lost,
        reasons=[f"{len(lost):,} rows were put aside"] if lost else [],
        source_files={source.raw.file: source.raw.sha256 for source in one.sources},
    )


def _records(one: _Read) -> Iterator[pa.Table]:
    """Yield the records, and keep the party names in them: records of a big ledger are made once only."""
    for batch in one.stream.records:
        if one.stream.stream.entity in DOCUMENT_ENTITIES:
            one.parties.append(named_parties(batch))
        yield batch


def _store_names(engagement: Engagement, read: Sequence[_Read], taken_at: datetime) -> None:
    entities: dict[str, list[_Read]] = {}
    for one in read:
        entities.setdefault(one.stream.system, []).append(one)
    for system, streams in entities.items():
        documents = [one for one in streams if one.stream.stream.entity in DOCUMENT_ENTITIES]
        if not documents or any(one.stream.stream.entity in PARTY_ENTITIES for one in streams):
            continue
        names = names_stream((table for one in documents for table in one.parties), system=system)
        if names.num_rows:
            engagement.store.add_snapshot(
                system=system,
                stream=NAMES,
                entity="party",
                connector=documents[0].connector,
                records=[names],
                taken_at=taken_at,
                source_files={source.raw.file: source.raw.sha256 for one in documents for source in one.sources},
            )


def _intake(read: Iterable[_Read], sources: Sequence[Source], problems: Sequence[Problem], proposal: Proposal) -> pa.Table:
    """Return one row for every table of every file, whatever became of it."""
    rows: list[dict[str, Any]] = []
    for one in read:
        rows += [_intake_row(one, source, count) for source, count in zip(one.sources, one.stream.counts, strict=True)]
    unread = {(one.raw.file, one.raw.part) for one in proposal.sources}
    for source in sources:
        if source.stream is None and (source.raw.file, source.raw.part) not in unread:
            rows.append(_unrecognised_row(source, proposal.why_not.get((source.raw.file, source.raw.part), "")))
    nothing = dict.fromkeys(("rows_read", "rows_kept", "rows_folded", "rows_repeated", "rows_quarantined"), 0)
    rows += [
        {"file": one.file, "part": "", "status": one.status, "message": one.message, "sha256": one.sha256 or None, **nothing}
        for one in problems
    ]
    return INTAKE.from_rows(sorted(rows, key=lambda row: (row["file"], row["part"])))


def _intake_row(one: _Read, source: Source, count: FileCount) -> dict[str, Any]:
    found = source.recognition
    notes = list(source.raw.notes)
    if count.is_in_balance is False and count.control_sum_minor is not None and count.sum_minor is not None:
        own, added = (f"{major_units(amount, count.currency):,}" for amount in (count.control_sum_minor, count.sum_minor))
        notes.append(f"Its own total says {own}, its rows add up to {added} ({count.currency or 'currency unknown'}).")
    return {
        "file": count.file,
        "part": count.part,
        "status": "read",
        "message": " ".join(notes) or None,
        "system": one.stream.system,
        "stream": one.stream.stream.name,
        "connector": one.connector,
        "score": found.score if found else None,
        "runner_up": (found.runner_up or None) if found else None,
        "runner_up_score": found.runner_up_score if found and found.runner_up else None,
        "encoding": source.raw.encoding or None,
        "delimiter": source.raw.delimiter or None,
        "header_line": source.raw.header_line,
        "rows_read": count.rows_read,
        "rows_kept": count.rows_kept,
        "rows_folded": count.rows_folded,
        "rows_repeated": count.rows_repeated,
        "rows_quarantined": count.rows_quarantined,
        "control_sum_minor": count.control_sum_minor,
        "sum_minor": count.sum_minor,
        "currency": count.currency,
        "control": {None: "none", True: "agrees", False: "differs"}[count.is_in_balance],
        "sha256": source.raw.sha256 or None,
    }


def _unrecognised_row(source: Source, why: str) -> dict[str, Any]:
    raw, found = source.raw, source.recognition
    return {
        "file": raw.file,
        "part": raw.part,
        "status": "empty" if not raw.rows_read else "unrecognised",
        "message": why or "No rows below the header.",
        "score": found.score if found else None,
        "runner_up": (found.runner_up or None) if found else None,
        "runner_up_score": found.runner_up_score if found and found.runner_up else None,
        "rows_read": raw.rows_read,
        "rows_kept": 0,
        "rows_folded": 0,
        "rows_repeated": 0,
        "rows_quarantined": raw.rows_read,
        "sha256": raw.sha256 or None,
    }


def _keep_intake(engagement: Engagement, intake: pa.Table, quarantine: pa.Table, *, is_all: bool) -> None:
    """Keep what was read; after a pull of some systems, what is known of the other files stays."""
    if not is_all:
        files = pa.array(sorted(set(intake["file"].to_pylist())), pa.string())
        before = [table.filter(pc.invert(pc.is_in(table["file"], files))) for table in engagement.store.intake()]
        intake, quarantine = pa.concat_tables([before[0], intake]), pa.concat_tables([before[1], quarantine])
    engagement.store.keep_intake(intake, quarantine)


def _quarantine(read: Iterable[_Read], proposal: Proposal) -> pa.Table:
    return pa.concat_tables([QUARANTINE.empty(), *(one.stream.quarantine for one in read), proposal.quarantine])


def _notes(read: Iterable[_Read], engagement: Engagement, snapshots: pa.Table, proposal: Proposal) -> tuple[str, ...]:
    pulled = set(snapshots["system"].to_pylist())
    idle = [name for name in engagement.settings.systems if name not in pulled]
    return (
        *proposal.notes,
        *(f"{note.file} {note.part}".strip() + f": {note.text}" for one in read for note in one.stream.notes),
        *(f"System {name} has no files yet: put its export into {engagement.folder / 'exports' / name}." for name in idle),
    )


def _stream(source: Source) -> Stream:
    if source.stream is None:
        raise ValueError(f"{source.raw.file} belongs to no stream.")
    return source.stream
