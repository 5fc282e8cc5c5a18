"""Takes snapshots: every file read, every row accounted for, every stream a full state."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.completeness import EXPECTED_ASIDE, incompleteness
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.answers import Confirmed
from toolkit.audit.pull.client_home import Home
from toolkit.audit.pull.described import Ask, Described
from toolkit.audit.pull.left_out import LeftOut, left_out_columns
from toolkit.audit.pull.offered import asked_files, described_files
from toolkit.audit.pull.questions import kept_out, open_questions
from toolkit.audit.pull.sources import Problem, Source
from toolkit.audit.pull.understanding import LEFT_OUT, Understood
from toolkit.connector import Stream
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.canonical import CanonicalStream, FileCount, canonical_stream, major_units
from toolkit.files.names import STREAM as NAMES
from toolkit.files.names import named_parties, names_stream
from toolkit.settings import FILE_NAME, QuestionSettings
from toolkit.tables import DOCUMENT_ENTITIES, INTAKE, PARTY_ENTITIES, QUARANTINE
from toolkit.values.counted import counted


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull read (INTAKE), put aside (QUARANTINE) and holds now (SNAPSHOT), with sentences for a person."""

    intake: pa.Table
    quarantine: pa.Table
    snapshots: pa.Table
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    has_new_settings: bool
    questions: Mapping[str, QuestionSettings] = field(default_factory=dict)
    confirmed: tuple[Confirmed, ...] = ()

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


def pull_snapshots(
    engagement: Engagement, *, systems: Collection[str] = (), progress: Progress = silent, ask: Ask | None = None
) -> Pull:
    """Read the client's files and take a snapshot of every stream in them.

    Parameters
    ----------
    engagement
        The engagement; without an ``engagement.yaml``, what is recognised is written into a commented one.
    systems
        Only these; all without.
    ask
        Puts what only a person can say to that person; without, it stands in ``engagement.yaml``.

    Raises
    ------
    InputError
        There is no file, or nothing in any of them can be read.
    UnknownNameError
        A system that no file and no setting names.
    BusyError
        Another run is writing.
    """
    before = asked_files(engagement, progress, ask) if ask is not None else None
    engagement = before.found.engagement if before is not None else engagement
    with engagement.store.writing(f"pull of {engagement.settings.client}"):
        offered = described_files(engagement, progress, before)
        found, problems = offered.found, offered.problems
        engagement = found.engagement
        _refuse_nothing(found, problems)
        unknown = set(systems) - {one.system for one in found.sources} - set(engagement.settings.systems)
        if unknown:
            raise UnknownNameError("system", min(unknown), [one.system for one in found.sources])
        chosen = [one for one in found.sources if not systems or one.system in systems]
        read = _streams(engagement, chosen, found.lacking, progress)
        _keep_intake(engagement, _intake(read, found, problems), _quarantine(read, found), is_all=not systems)
    intake, quarantine = engagement.store.intake()
    snapshots = engagement.store.snapshots()
    questions = engagement.settings.questions
    return Pull(
        intake,
        quarantine,
        snapshots,
        (*incompleteness(intake, quarantine, snapshots), *kept_out(questions)),
        _notes(read, found, snapshots),
        found.has_new_settings,
        open_questions(questions),
        found.confirmed,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    connector: str
    sources: Sequence[Source]
    stream: CanonicalStream
    parties: list[pa.Table]
    left_out: Sequence[LeftOut]
    lacking: Sequence[str]


def _refuse_nothing(found: Described, problems: Sequence[Problem]) -> None:
    if found.sources:
        return
    sentences = [one.message for one in problems if one.status != "same_as"]
    sentences += [f"{one.source.raw.file}: {one.refusal}" for one in found.refused]
    folder = found.engagement.folder
    reasons = " ".join(sentences[:5])
    where = folder / "exports"
    raise InputError(
        f"Nothing in {folder} can be read as a client's file. {reasons} "
        f"Put exports (CSV, XLSX, JSON, OFX, …) into {where} and start again.".replace("  ", " ")
    )


def _streams(
    engagement: Engagement, chosen: Sequence[Source], lacking: Mapping[tuple[str, str], tuple[str, ...]], progress: Progress
) -> list[_Read]:
    """Read and store every stream; then the party names of systems that keep no party list."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for one in chosen:
        groups.setdefault((one.system, _stream(one).name), []).append(one)
    taken_at = datetime.now(UTC)
    read = []
    for number, ((system, name), group) in enumerate(sorted(groups.items(), key=lambda item: item[0])):
        progress(f"Snapshot of {system}/{name}", number, len(groups))
        stream = _canonical(engagement, system, group)
        left_out = [left_out_columns(one) for one in group]
        read.append(_Read(group[0].connector, group, stream, [], left_out, lacking.get((system, name), ())))
        lines, points = stream.lines, stream.points
        _store(engagement, read[-1], {"lines": lines, "points": points}, taken_at)
    _store_names(engagement, read, taken_at)
    return read


def _canonical(engagement: Engagement, system: str, group: Sequence[Source]) -> CanonicalStream:
    settings = engagement.settings
    said = [one for one in (group[0].own, settings.systems.get(system)) if one is not None]

    def first(name: str, usual: str = "") -> str:
        """Return what the stream says, else its system, else the engagement."""
        return next((getattr(one, name) for one in said if getattr(one, name)), usual)

    return canonical_stream(
        [one.raw for one in group],
        _stream(group[0]),
        system=system,
        country=first("country", settings.country),
        time_zone=first("time_zone", settings.time_zone),
        currency=first("currency", settings.currency),
        decimal_sign=first("decimal_sign"),
        day_order=first("day_order"),
    )


def _store(engagement: Engagement, one: _Read, sides: Mapping[str, pa.Table], taken_at: datetime) -> None:
    lost = [row for row in one.stream.quarantine["reason"].to_pylist() if row not in EXPECTED_ASIDE]
    unsaid = [*dict.fromkeys(sentence for each in one.left_out for sentence in each.missing), *one.lacking]
    engagement.store.add_snapshot(
        system=one.stream.system,
        stream=one.stream.stream.name,
        entity=one.stream.stream.entity,
        connector=one.connector,
        records=_records(one),
        side_tables={name: table for name, table in sides.items() if table.num_rows},
        taken_at=taken_at,
        is_complete=not lost and not unsaid,
        reasons=[*([f"{counted(len(lost), 'row')} put aside"] if lost else []), *unsaid],
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


def _intake(read: Iterable[_Read], found: Described, problems: Sequence[Problem]) -> pa.Table:
    """Return one row for every table of every file, whatever became of it."""
    rows: list[dict[str, Any]] = []
    for one in read:
        rows += [_intake_row(one, *parts) for parts in zip(one.sources, one.stream.counts, one.left_out, strict=True)]
    rows += [_unread_row(one) for one in found.refused]
    nothing = dict.fromkeys(("rows_read", "rows_kept", "rows_folded", "rows_repeated", "rows_quarantined"), 0)
    rows += [
        {"file": one.file, "part": "", "status": one.status, "message": one.message, "sha256": one.sha256 or None, **nothing}
        for one in problems
    ]
    return INTAKE.from_rows(sorted(rows, key=lambda row: (row["file"], row["part"])))


def _intake_row(one: _Read, source: Source, count: FileCount, left_out: LeftOut) -> dict[str, Any]:
    found = source.recognition
    notes = [*source.raw.notes, *left_out.notes]
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


def _unread_row(one: Understood) -> dict[str, Any]:
    raw, found = one.source.raw, one.source.recognition
    said = [one.refusal or "No rows below the header.", *raw.notes]
    status = "left_out" if one.code == LEFT_OUT else "empty" if not raw.rows_read else "unrecognised"
    return {
        "file": raw.file,
        "part": raw.part,
        "status": status,
        "message": " ".join(said),
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


def _quarantine(read: Iterable[_Read], found: Described) -> pa.Table:
    asides = [_whole_table_aside(one) for one in found.refused]
    return pa.concat_tables([QUARANTINE.empty(), *(one.stream.quarantine for one in read), *asides])


def _whole_table_aside(one: Understood) -> pa.Table:
    """Return every row of a table that is not read, put aside with the reason."""
    raw = one.source.raw
    known = {"file": raw.file, "part": raw.part, "reason": one.code, "detail": one.refusal}
    rows = [{**known, "line": line, "system": one.source.system or None} for line in raw.rows["line"].to_pylist()]
    return pa.concat_tables([raw.quarantine, QUARANTINE.from_rows(rows)])


def _notes(read: Iterable[_Read], found: Described, snapshots: pa.Table) -> tuple[str, ...]:
    engagement = found.engagement
    pulled = set(snapshots["system"].to_pylist())
    idle = [name for name in engagement.settings.systems if name not in pulled]
    return (
        *(
            f"{one.system}/{one.name}: understood as a list of {one.mapping['entity']}; confirm it in {FILE_NAME}."
            for one in found.streams
            if not one.is_known
        ),
        *([_home_note(found.home)] if found.home is not None else []),
        *(f"{note.file} {note.part}".strip() + f": {note.text}" for one in read for note in one.stream.notes),
        *(f"System {name} has no files yet: put its export into {engagement.folder / 'exports' / name}." for name in idle),
    )


def _home_note(home: Home) -> str:
    """Return what was assumed of where the client is at home, or that nothing tells."""
    country, currency = f"in {home.country} ({home.country_reason})", f"in {home.currency} ({home.currency_reason})"
    if home.country and home.currency:
        return f"The client is taken to be {country}, its amounts to be {currency}. Confirm both in {FILE_NAME}."
    if home.country:
        return f"The client is taken to be {country}; no file names a currency. Say in {FILE_NAME} what is right."
    if home.currency:
        return f"Amounts are taken to be {currency}; no file tells the country. Say in {FILE_NAME} what is right."
    return f"No file says in which country the client is at home, or which currency is meant. Say so in {FILE_NAME}."


def _stream(source: Source) -> Stream:
    if source.stream is None:
        raise ValueError(f"{source.raw.file} belongs to no stream.")
    return source.stream
