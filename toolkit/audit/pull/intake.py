"""What became of every table of every file: rows of INTAKE, and of QUARANTINE for what was put aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.pull.left_out import LeftOut
from toolkit.audit.pull.sources import Problem, Source
from toolkit.audit.pull.understanding import LEFT_OUT, Understood
from toolkit.files.canonical import CanonicalStream, FileCount, major_units
from toolkit.tables import INTAKE, QUARANTINE


@dataclass(frozen=True, slots=True)
class ReadStream:
    """A stream that was read: its tables, what they hold, and what is said of them; ``key`` is all that it rests on."""

    key: str
    connector: str
    sources: Sequence[Source]
    stream: CanonicalStream
    left_out: Sequence[LeftOut]
    lacking: Sequence[str]
    parties: list[pa.Table] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """What is said of its files."""
        return [f"{note.file} {note.part}".strip() + f": {note.text}" for note in self.stream.notes]


@dataclass(frozen=True, slots=True)
class KeptStream:
    """A stream whose files, settings and version are those of the last pull: what that found stands."""

    key: str
    system: str
    name: str
    entity: str
    connector: str
    sources: Sequence[Source]
    notes: Sequence[str]


def intake_table(
    read: Iterable[ReadStream],
    kept: Iterable[KeptStream],
    refused: Iterable[Understood],
    problems: Sequence[Problem],
    before: pa.Table,
) -> pa.Table:
    """Return one row for every table of every file, whatever became of it (table INTAKE).

    Parameters
    ----------
    read, kept
        The streams of this pull.
    refused, problems
        Tables that nobody claims, and files without any.
    before
        The INTAKE of the last pull, which holds the rows of what is kept.
    """
    rows: list[dict[str, Any]] = []
    for one in read:
        rows += [_intake_row(one, *parts) for parts in zip(one.sources, one.stream.counts, one.left_out, strict=True)]
    rows += _stream_rows(before, kept).to_pylist()
    rows += [_unread_row(one) for one in refused]
    rows += [
        {
            "file": one.file,
            "part": "",
            "status": one.status,
            "message": one.message,
            "sha256": one.sha256 or None,
            **_copied(rows, one),
        }
        for one in problems
    ]
    return INTAKE.from_rows(sorted(rows, key=lambda row: (row["file"], row["part"])))


def _copied(rows: Sequence[Mapping[str, Any]], one: Problem) -> dict[str, int]:
    """Return the counts of a file that gave no table: of a copy, every row of the first is repeated."""
    copied = [row for row in rows if one.status == "same_as" and row["sha256"] == one.sha256]
    count = sum(row["rows_read"] for row in copied)
    return {"rows_read": count, "rows_repeated": count, "rows_kept": 0, "rows_folded": 0, "rows_quarantined": 0}


def _intake_row(one: ReadStream, source: Source, count: FileCount, left_out: LeftOut) -> dict[str, Any]:
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


def quarantine_table(
    read: Iterable[ReadStream], kept: Iterable[KeptStream], refused: Iterable[Understood], before: pa.Table
) -> pa.Table:
    """Return every row that was put aside, with its reason (table QUARANTINE).

    Parameters
    ----------
    read, kept
        The streams of this pull.
    refused
        Tables that nobody claims.
    before
        The QUARANTINE of the last pull, which holds the rows of what is kept.
    """
    parts = [((one.stream.system, one.stream.stream.name), one.stream.quarantine) for one in read]
    parts += [((one.system, one.name), _stream_rows(before, [one])) for one in kept]
    asides = [_whole_table_aside(one) for one in refused]
    return pa.concat_tables([QUARANTINE.empty(), *(table for _, table in sorted(parts, key=lambda part: part[0])), *asides])


def _stream_rows(table: pa.Table, kept: Iterable[KeptStream]) -> pa.Table:
    """Return the rows of a table that belong to streams which are kept."""
    names = [f"{one.system}/{one.name}" for one in kept]
    own = pc.binary_join_element_wise(table["system"], table["stream"], "/")
    return table.filter(pc.is_in(own, value_set=pa.array(names, pa.string())))


def _whole_table_aside(one: Understood) -> pa.Table:
    """Return every row of a table that is not read, put aside with the reason."""
    raw = one.source.raw
    known = {"file": raw.file, "part": raw.part, "reason": one.code, "detail": one.refusal}
    rows = [{**known, "line": line, "system": one.source.system or None} for line in raw.rows["line"].to_pylist()]
    return pa.concat_tables([raw.quarantine, QUARANTINE.from_rows(rows)])
