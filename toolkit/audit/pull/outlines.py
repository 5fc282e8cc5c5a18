"""What a pull found in each file, short of its rows: whose a file's tables are is told without reading it again.

An outline holds for the content of a file and what was known for reading it. Whoever needs more reads the file.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from toolkit.connector import Connector, Stream
from toolkit.files.raw import RawTable
from toolkit.files.recognise import Recognition, recognised, routed
from toolkit.tables import QUARANTINE

Candidates = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(RawTable):
    """A table that was read by an earlier pull, without its rows.

    Attributes
    ----------
    facts
        What `outline_facts` kept of it.
    recognition
        What it was recognised as; None where the settings claimed it.
    reread
        Reads its file, and returns the whole table.
    """

    facts: Mapping[str, Any]
    recognition: Recognition | None
    reread: Callable[[], RawTable]


def whole_tables(raws: Iterable[RawTable], files: Collection[str]) -> list[RawTable]:
    """Return tables with the rows of those that stand in some files."""
    return [raw.reread() if isinstance(raw, Outline) and raw.file in files else raw for raw in raws]


def recognised_again(raw: RawTable, candidates: Collection[Connector]) -> Recognition:
    """Return which format of which connector a table is; an outline tells when it was held against the same."""
    if not isinstance(raw, Outline):
        return recognised(raw, candidates)
    if raw.recognition is not None and raw.facts["candidates"] == [one.name for one in candidates]:
        return raw.recognition
    return recognised(raw.reread(), candidates)


def routed_again(raw: RawTable, found: Recognition) -> tuple[tuple[Stream, RawTable], ...]:
    """Return the streams of a recognised table, each with its rows, or of an outline with their outline."""
    if not isinstance(raw, Outline):
        return routed(raw, found)
    if found is not raw.recognition or found.connector is None:
        return routed(raw.reread(), found)
    streams = {one.name: one for one in found.connector.streams}
    return tuple(
        (streams[stream], replace(raw, part=part, headers=tuple(headers))) for stream, part, headers in raw.facts["parts"]
    )


def outline_facts(
    raw: RawTable, candidates: Candidates, found: Recognition | None, parts: Iterable[tuple[str, RawTable]]
) -> Mapping[str, Any]:
    """Return what JSON keeps of a table.

    Parameters
    ----------
    raw
        The table as it was read.
    candidates, found
        The connectors it was held against, and what came of it; none where the settings claim it.
    parts
        Each table that it fell into, with the name of its stream.
    """
    said = None
    if found is not None:
        names = {name: one.name if one else "" for name, one in (("connector", found.connector), ("stream", found.stream))}
        said = {field.name: names.get(field.name, getattr(found, field.name)) for field in fields(found)}
    return {
        "part": raw.part,
        "headers": raw.headers,
        "sha256": raw.sha256,
        "hidden_sheets": raw.hidden_sheets,
        "candidates": candidates,
        "recognition": said,
        "parts": [(stream, part.part, part.headers) for stream, part in parts],
    }


def outline(
    file: str, facts: Mapping[str, Any], connectors: Collection[Connector], reread: Callable[[], RawTable]
) -> Outline:
    """Return a table of which `outline_facts` were kept.

    Parameters
    ----------
    file
        Its file.
    facts
        What was kept.
    connectors
        All there are.
    reread
        Reads the whole table.
    """
    said, found, empty = facts["recognition"], None, QUARANTINE.empty()
    if said is not None:
        connector = next((one for one in connectors if one.name == said["connector"]), None)
        streams = connector.streams if connector is not None else ()
        stream = next((one for one in streams if one.name == said["stream"]), None)
        found = Recognition(**{**said, "connector": connector, "stream": stream})
    return Outline(
        file, facts["part"], tuple(facts["headers"]), empty, empty, 0, 0, sha256=facts["sha256"],
        hidden_sheets=tuple(facts["hidden_sheets"]), facts=facts, recognition=found, reread=reread,
    )  # fmt: skip
