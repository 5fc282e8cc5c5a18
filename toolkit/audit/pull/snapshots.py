"""Takes snapshots: every file read, every row accounted for, every stream a full state."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.completeness import EXPECTED_ASIDE, incompleteness
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.asked import asked_names
from toolkit.audit.pull.asked_intake import asked_part
from toolkit.audit.pull.client_home import home_note
from toolkit.audit.pull.described import Ask, Described
from toolkit.audit.pull.intake import KeptStream, ReadStream, intake_table, quarantine_table
from toolkit.audit.pull.last_rows import LastSnapshot, last_snapshots, with_numbers_of_before
from toolkit.audit.pull.left_out import left_out_columns
from toolkit.audit.pull.offered import asked_files, described_files
from toolkit.audit.pull.presence import Brought, Key, said_of, stream_presences, taken_out
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.questions import kept_out, open_questions
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.pull.sources import Problem, Source
from toolkit.audit.pull.unchanged import (
    keep_files,
    kept_streams,
    pull_facts,
    pull_fingerprint,
    stream_groups,
    stream_key,
    written_settings,
)
from toolkit.audit.pull.unfinished import unfinished_sentences
from toolkit.connector import Stream
from toolkit.cores import results
from toolkit.errors import InputError, SnapshotMissingError, UnknownNameError
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.files.parties_by_name import named_parties, names_stream
from toolkit.settings import FILE_NAME, client_of
from toolkit.store.catalogue import LEFT_OUT, RENAMED, RETIRED, Presence
from toolkit.tables import DOCUMENT_ENTITIES, INTAKE, PARTY_ENTITIES, QUARANTINE
from toolkit.values.counted import counted

_SMALL = 100_000
"""Rows; to hold two streams of so many at once is no matter."""


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
    if (unchanged := _unchanged(engagement, systems, ask)) is not None:
        return unchanged
    doubt = _settings_doubt(engagement)
    if not engagement.store.is_intake_whole():
        # What is known of the files of other systems is lost: they are read again too.
        systems = ()
    before = asked_files(engagement, progress, ask) if ask is not None else None
    engagement = before.found.engagement if before is not None else engagement
    with engagement.store.writing(f"pull of {engagement.settings.client}"):
        offered = described_files(engagement, progress, before)
        found, problems = offered.found, offered.problems
        engagement = found.engagement
        store = engagement.store
        asked = asked_names(engagement.settings)
        _refuse_nothing(found, problems, has_asked=_has_asked(engagement, asked))
        unknown = set(systems) - {one.system for one in found.sources} - set(engagement.settings.systems)
        if unknown:
            raise UnknownNameError("system", min(unknown), [one.system for one in found.sources])
        counted_before = {(row["system"], row["stream"]): row for row in store.snapshots().to_pylist()}
        mended = _mended(engagement)
        retired = {key for key, one in store.presences().items() if one.presence in {RETIRED, RENAMED}}
        chosen = [
            one
            for one in found.sources
            if (not systems or one.system in systems) and (one.system, _stream(one).name) not in retired
            # What a system says itself is newer than any export of it.
            if one.system not in asked
        ]
        _fall_back(engagement, {(one.system, _stream(one).name) for one in chosen})
        read, kept = _streams(engagement, chosen, found.lacking, progress)
        intake_before, quarantine_before = (
            store.intake() if store.is_intake_whole() else (INTAKE.empty(), QUARANTINE.empty())
        )
        _keep_intake(
            engagement,
            intake_table(read, kept, found.refused, problems, intake_before),
            quarantine_table(read, kept, found.refused, quarantine_before),
            is_all=not systems,
        )
        _note_presences(engagement, read, kept, systems, counted_before)
        notes = (*mended, *_notes(read, kept, found, store.snapshots()))
        if doubt:
            store.say_next(doubt, is_lost=True)
        lasting = _notes(read, kept, replace(found, streams=()), store.snapshots())
        outlines = keep_files(engagement, offered.raws, found.sources, offered.readings)
        store.keep_pull(pull_facts(engagement, read, kept, lasting, outlines=outlines, is_all=not systems))
    return _pull(engagement, notes, found)


def _pull(engagement: Engagement, notes: tuple[str, ...], found: Described | None = None) -> Pull:
    """Return what the engagement holds now, as the result of a pull."""
    intake, quarantine = engagement.store.intake()
    snapshots = engagement.store.snapshots()
    questions = engagement.settings.questions
    said = said_of(engagement.store.presences().values())
    return Pull(
        intake,
        quarantine,
        snapshots,
        (*said, *unfinished_sentences(engagement), *incompleteness(intake, quarantine, snapshots), *kept_out(questions)),
        notes,
        found.has_new_settings if found else False,
        open_questions(questions),
        found.confirmed if found else (),
    )


def _unchanged(engagement: Engagement, systems: Collection[str], ask: Ask | None) -> Pull | None:
    """Return the last pull once more, when files, settings and version are what they were and all it wrote is whole."""
    store = engagement.store
    last = store.last_pull()
    is_asked = ask is not None and bool(open_questions(engagement.settings.questions))
    if systems or is_asked or not engagement.has_settings_file or not last or not store.is_intake_whole():
        return None
    if store.damaged_snapshots() or last.get("fingerprint") != pull_fingerprint(engagement):
        return None
    return last_pull(engagement)


def last_pull(engagement: Engagement) -> Pull:
    """Return the last pull once more, as it was kept: no file is read."""
    return _pull(engagement, tuple(engagement.store.last_pull().get("notes", ())))


def _settings_doubt(engagement: Engagement) -> str:
    """Return what looks wrong with ``engagement.yaml`` beside what it was in the last audit, and what to do about it."""
    kept, now = engagement.store.kept_settings(), written_settings(engagement)
    if kept == now:
        return ""
    back = f"If that is wrong: integration-audit engagement put-back {engagement.folder}"
    client = client_of(kept) if kept else ""
    if kept and client != engagement.settings.client:
        return f"{FILE_NAME} says client {engagement.settings.client!r}, and said {client!r} in the last audit. {back}"
    if len(now) < len(kept.rstrip()) and kept.startswith(now):
        lines = kept.count("\n") - now.count("\n")
        return f"The last {counted(lines, 'line')} of {FILE_NAME} went since the last audit. {back}"
    return ""


def _mended(engagement: Engagement) -> list[str]:
    """Return what is damaged and will be made again, in sentences; a stream without its file goes back to what is whole."""
    return [
        f"{row['path']} was gone or damaged; it is made again from {', '.join(row['source_files']) or 'its file'}."
        for row in engagement.store.damaged_snapshots()
        if row["system"] not in asked_names(engagement.settings)
    ]


def _fall_back(engagement: Engagement, sent: Collection[Key]) -> None:
    """Let a stream that is damaged and was not sent count by its newest whole snapshot; without one, leave it out."""
    store = engagement.store
    for row in store.damaged_snapshots():
        key = (row["system"], row["stream"])
        if key in sent or row["stream"] == NAMES or store.fall_back(*key):
            continue
        name = "/".join(key)
        again = "Pull it again." if key[0] in asked_names(engagement.settings) else "Send the file again."
        said = f"{name}: its snapshot is damaged and its file is not here, so nothing of it counts. {again}"
        store.note_presence([Presence(*key, LEFT_OUT, said)])


def _note_presences(
    engagement: Engagement,
    read: Sequence[ReadStream],
    kept: Sequence[KeptStream],
    systems: Collection[str],
    before: Mapping[Key, Mapping[str, Any]],
) -> None:
    """Keep what became of every stream that was expected."""
    store = engagement.store
    snapshots = {(row["system"], row["stream"]): row for row in store.snapshots(all_streams=True).to_pylist()}
    keys = {(one.stream.system, one.stream.stream.name) for one in read} | {(one.system, one.name) for one in kept}
    keys |= {key for key in snapshots if key[1] == NAMES and _has_names(key[0], read, kept)}
    brought = {key: _brought(snapshots[key], before.get(key)) for key in keys if key in snapshots}
    asked = asked_names(engagement.settings)
    rows = [row for row in store.snapshots(all_streams=True).to_pylist() if row["system"] not in asked]
    known = [row for row in rows if not systems or row["system"] in systems]
    held, names = store.presences(), engagement.settings.systems
    found = stream_presences(engagement.folder, known, held, brought, in_settings=names, before=before)
    store.note_presence([*found, *taken_out(held, snapshots.keys(), names)])


def _brought(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> Brought:
    lost = now["rows_absent"] - before["rows_absent"] if before is not None and before["path"] != now["path"] else 0
    then, files = set(before["source_files"]) if before is not None else set(), set(now["source_files"])
    # A newer export in place of an older one is the usual case; a file that went alone is not.
    gone = sorted(then - files) if not files - then else []
    return Brought(now["rows"] - now["rows_absent"], max(lost, 0), tuple(gone))


def _has_names(system: str, read: Sequence[ReadStream], kept: Sequence[KeptStream]) -> bool:
    """Return whether the names on a system's documents stand for its parties."""
    entities = [one.stream.stream.entity for one in read if one.stream.system == system]
    entities += [one.entity for one in kept if one.system == system]
    return any(one in DOCUMENT_ENTITIES for one in entities) and not any(one in PARTY_ENTITIES for one in entities)


def _has_asked(engagement: Engagement, asked: Collection[str]) -> bool:
    """Return whether systems that are asked brought something already; say what to do where none did yet."""
    if not asked:
        return False
    return any(row["system"] in asked for row in engagement.store.snapshots().to_pylist())


def _refuse_nothing(found: Described, problems: Sequence[Problem], *, has_asked: bool) -> None:
    if found.sources or has_asked:
        return
    asked = asked_names(found.engagement.settings)
    if asked:
        raise SnapshotMissingError(
            f"Nothing was pulled from {', '.join(asked)} yet. Start: integration-audit pull {found.engagement.folder}"
        )
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
    engagement: Engagement, chosen: Sequence[Source], lacking: Mapping[Key, tuple[str, ...]], progress: Progress
) -> tuple[list[ReadStream], list[KeptStream]]:
    """Read and store every stream that changed; then the party names of systems that keep no party list."""
    groups = stream_groups(chosen)
    taken_at = datetime.now(UTC)
    standing, last = kept_streams(engagement, chosen), last_snapshots(engagement)
    read: list[ReadStream] = []
    # A stream is written while the next one is read, one after the other all the same; two large ones never at once.
    unwritten: list[Callable[[], Any]] = []
    for number, ((system, name), group) in enumerate(groups.items()):
        progress(f"Snapshot of {system}/{name}", number, len(groups))
        if (system, name) in standing:
            continue
        reading = partial(_read, engagement, system, group, lacking.get((system, name), ()), last.get((system, name)))
        is_small = sum(len(one.raw.rows) for one in group) <= _SMALL
        if not is_small:
            _finish(unwritten)
        tasks: list[Callable[[], Any]] = [*unwritten, reading]
        read.append(results(_done, tasks)[-1])
        unwritten = [partial(_store, engagement, read[-1], taken_at)]
        if not is_small:
            _finish(unwritten)
    _finish(unwritten)
    kept = [*standing.values()]
    _store_names(engagement, read, kept, taken_at)
    return read, kept


def _done(task: Callable[[], Any]) -> Any:
    return task()


def _finish(tasks: list[Callable[[], Any]]) -> None:
    while tasks:
        tasks.pop(0)()


def _read(
    engagement: Engagement, system: str, group: Sequence[Source], lacking: tuple[str, ...], last: LastSnapshot
) -> ReadStream:
    left_out = [left_out_columns(one) for one in group]
    stream = with_numbers_of_before(engagement, _canonical(engagement, system, group), last)
    return ReadStream(stream_key(engagement, system, group), group[0].connector, group, stream, left_out, lacking)


def _canonical(engagement: Engagement, system: str, group: Sequence[Source]) -> CanonicalStream:
    raws = [one.raw for one in group]
    return canonical_stream(raws, _stream(group[0]), system=system, **canonical_settings(engagement, system, group[0].own))


def _store(engagement: Engagement, one: ReadStream, taken_at: datetime) -> None:
    sides = {"lines": one.stream.lines, "points": one.stream.points}
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


def _records(one: ReadStream) -> Iterator[pa.Table]:
    """Yield the records, and keep the party names in them: records of a big ledger are made once only."""
    for batch in one.stream.records:
        if one.stream.stream.entity in DOCUMENT_ENTITIES:
            one.parties.append(named_parties(batch))
        yield batch


def _store_names(engagement: Engagement, read: Sequence[ReadStream], kept: Sequence[KeptStream], taken_at: datetime) -> None:
    """Take a snapshot of the names on a system's documents, where no list says who its parties are and some were read."""
    held = engagement.store.records(["party_name", "entity", "state"], entities=DOCUMENT_ENTITIES) if kept else {}
    # Names that are damaged are made again from documents that are not.
    damaged = [row["system"] for row in engagement.store.damaged_snapshots() if row["stream"] == NAMES]
    for system in dict.fromkeys([*(one.stream.system for one in read), *damaged]):
        if not _has_names(system, read, kept):
            continue
        documents = [one for one in read if one.stream.system == system and one.stream.stream.entity in DOCUMENT_ENTITIES]
        still = [one for one in kept if one.system == system and one.entity in DOCUMENT_ENTITIES]
        tables = {one.stream.stream.name: one.parties for one in documents}
        tables |= {one.name: [named_parties(held[system, one.name])] for one in still}
        names = names_stream((table for name in sorted(tables) for table in tables[name]), system=system)
        if names.num_rows:
            sources = [
                *(each for one in documents for each in one.sources),
                *(each for one in still for each in one.sources),
            ]
            engagement.store.add_snapshot(
                system=system,
                stream=NAMES,
                entity="party",
                connector=(documents or still)[0].connector,
                records=[names],
                taken_at=taken_at,
                source_files={source.raw.file: source.raw.sha256 for source in sources},
            )


def _keep_intake(engagement: Engagement, intake: pa.Table, quarantine: pa.Table, *, is_all: bool) -> None:
    """Keep what was read; after a pull of some systems, what is known of the other files stays."""
    if is_all and engagement.store.is_intake_whole():
        # What came over interfaces stands beside what files hold.
        kept = asked_part(*engagement.store.intake(), asked_names(engagement.settings))
        intake, quarantine = pa.concat_tables([intake, kept[0]]), pa.concat_tables([quarantine, kept[1]])
    if not is_all:
        files = pa.array(sorted(set(intake["file"].to_pylist())), pa.string())
        before = [table.filter(pc.invert(pc.is_in(table["file"], files))) for table in engagement.store.intake()]
        intake, quarantine = pa.concat_tables([before[0], intake]), pa.concat_tables([before[1], quarantine])
    engagement.store.keep_intake(intake, quarantine)


def _notes(read: Iterable[ReadStream], kept: Iterable[KeptStream], found: Described, snapshots: pa.Table) -> tuple[str, ...]:
    engagement = found.engagement
    pulled = set(snapshots["system"].to_pylist())
    asked = asked_names(engagement.settings)
    idle = [name for name in engagement.settings.systems if name not in pulled and name not in asked]
    return (
        *(
            f"{one.system}/{one.name}: understood as a list of {one.mapping['entity']}; confirm it in {FILE_NAME}."
            for one in found.streams
            if not one.is_known
        ),
        *([home_note(found.home)] if found.home is not None else []),
        *(note for one in read for note in one.notes),
        *(note for one in kept for note in one.notes),
        *(f"System {name} has no files yet: put its export into {engagement.folder / 'exports' / name}." for name in idle),
    )


def _stream(source: Source) -> Stream:
    if source.stream is None:
        raise ValueError(f"{source.raw.file} belongs to no stream.")
    return source.stream
