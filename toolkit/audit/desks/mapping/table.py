"""The table that a field map is about: where it stands, which stream reads it, and what would be proposed for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.audit.desks.client_tables import ClientTables
from toolkit.audit.desks.mapping.draft import Draft
from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.memory import remembered_meanings
from toolkit.audit.pull.proposal import proposal
from toolkit.audit.pull.sources import Source, assigned_sources
from toolkit.audit.pull.streams import fits_names
from toolkit.audit.pull.understanding import Understood, understood_table, understood_tables
from toolkit.connector import Stream
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.interpreted import shown_headers
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import Interpretation
from toolkit.settings import FILE_NAME, Settings
from toolkit.tables import ENTITY_SCHEMAS

_OWN_KEYS = frozenset({"entity", "row", "total", "key", "fields", "lines"})
OWN, NEW, VENDOR = "own", "new", "vendor"
"""How a table is read: by a stream of the settings, by none yet, or as a vendor's export, whose columns are known."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table with the map that reads it, or the one that is proposed.

    ``raw`` has the headers as they are shown, each unique. ``is_read`` is own, new or vendor; ``parts`` are all tables of
    the file; ``category`` is what kind of system a new one would be, ``vendor`` what a vendor's export is read as.
    """

    raw: RawTable
    is_read: str
    draft: Draft
    parts: tuple[str, ...]
    category: str
    connector: str
    vendor: Stream | None = None


def found_file(engagement: Engagement, tables: ClientTables, named: str) -> tuple[str, str]:
    """Return the file and the part of it that a consultant means: a path, a name, or a stream that was read.

    Parameters
    ----------
    engagement, tables
        Whose files.
    named
        ``exports/office/log.csv``, ``log.csv``, or ``office/jobs`` for what a stream was read from.

    Raises
    ------
    InputError
        No file is meant, or several are; the message names them.
    """
    files = tables.files()
    word = named.replace("\\", "/").strip().removeprefix("./")
    fitting = [file for file in files if file == word] or [file for file in files if file.rpartition("/")[2] == word]
    if len(fitting) > 1:
        raise InputError(f"Several files are called {word!r}: {', '.join(fitting)}. Name one with its folder.")
    if fitting:
        return fitting[0], ""
    system, _, stream = word.replace("/", ".").partition(".")
    rows = engagement.store.intake()[0].to_pylist()
    read = [(row["file"], row["part"]) for row in rows if (row["system"], row["stream"]) == (system, stream)]
    here = [(file, part) for file, part in read if file in files]
    if here:
        return here[-1]
    if any(row["system"] == system and row["stream"] == stream for row in engagement.store.snapshots().to_pylist()):
        raise InputError(
            f"{system}/{stream} was not read from a file of the client: it is asked over its interface, and its columns are "
            f"paths there. Change them in {FILE_NAME}, or read the system's documentation page."
        )
    streams = sorted({f"{row['system']}/{row['stream']}" for row in rows if row["stream"]})
    raise UnknownNameError("file or stream of the client", named, [*files, *streams])


def open_table(tables: ClientTables, file: str, part: str, settings: Settings, tree: Mapping[str, Any]) -> OpenTable:
    """Return a table of a file, with how it is read now or would be.

    Parameters
    ----------
    tables
        Of the engagement's files.
    file
        Path below the engagement.
    part
        Which table of it; the first with rows, where that is empty.
    settings, tree
        What ``engagement.yaml`` says: as models, and as it is written.

    Raises
    ------
    InputError
        The file holds no such table, none with rows, or it is left out.
    """
    raws = [one for one in tables.of_file(file, settings) if one.headers]
    filled = [one for one in raws if one.rows.num_rows]
    chosen = [one for one in filled if one.part == part or one.part.startswith(f"{part}#")] if part else filled[:1]
    if not chosen:
        known = [one.part for one in filled if one.part]
        said = f" Its tables: {', '.join(map(repr, known))}." if known else ""
        raise InputError(f"{file} holds no table with rows{f' called {part!r}' if part else ''}.{said} Name another.")
    raw = chosen[0]
    if fits_names(raw, settings.leave_out):
        raise InputError(
            f"{file} is left out, as {FILE_NAME} says. Take it off the list leave_out there, then run this cell again."
        )
    parts = tuple(one.part for one in filled)
    source = assigned_sources([raw], settings)[0]
    if source.own is not None and source.stream is not None:
        mapping = tree["systems"][source.system]["streams"][source.stream.name]
        draft = draft_of(source.system, source.stream.name, mapping)
        return OpenTable(source.raw, OWN, draft, parts, source.category, "table")
    raw = replace(raw, headers=shown_headers(raw.headers))
    if source.stream is not None:
        return OpenTable(raw, VENDOR, _vendor_draft(source), parts, source.category, source.connector, source.stream)
    draft, category = proposed_draft(replace(source, raw=raw), settings, tree)
    return OpenTable(raw, NEW if not _is_there(draft, tree) else OWN, draft, parts, category, "table")


def draft_of(system: str, stream: str, mapping: Mapping[str, Any]) -> Draft:
    """Return a stream of the settings as a draft.

    Parameters
    ----------
    system, stream
        Its names.
    mapping
        As the settings write it.
    """
    key = mapping.get("key") or []
    return Draft(
        system,
        stream,
        mapping["entity"],
        mapping.get("row", "record"),
        mapping.get("total", ""),
        tuple([key] if isinstance(key, str) else key),
        dict(mapping.get("fields") or {}),
        dict(mapping.get("lines") or {}),
        {name: value for name, value in mapping.items() if name not in _OWN_KEYS},
    )


def proposed_draft(
    source: Source, settings: Settings, tree: Mapping[str, Any], *, entity: str | None = None
) -> tuple[Draft, str]:
    """Return what would be proposed for a table that nobody reads, and the category of its system.

    Parameters
    ----------
    source
        The table; its headers are unique.
    settings, tree
        What ``engagement.yaml`` says.
    entity
        What it lists, where a person has said so.

    Raises
    ------
    InputError
        Nothing can be proposed; the message says why.
    """
    found = _understood(source, settings) if entity is None else guesses(source.raw, entity, settings)
    if found.entity not in ENTITY_SCHEMAS:
        likely = next((one.meaning for one in found.entities if one.meaning in ENTITY_SCHEMAS), "party")
        found = replace(guesses(source.raw, entity or likely, settings), entity=entity or likely)
    if found.row_is not in {"record", "line of a document"}:
        found = replace(found, row_is="record", total="")
    [one] = proposal([Understood(source, found)], [], settings).streams
    if one.is_known:
        before = tree["systems"][one.system]["streams"][one.name]
        return draft_of(one.system, one.name, {**before, **one.mapping}), one.category
    return draft_of(one.system, one.name, one.mapping), one.category


def _understood(source: Source, settings: Settings) -> Interpretation:
    country = settings.country if "country" in settings.model_fields_set else None
    [one] = understood_tables([source], settings, meanings=remembered_meanings(), country=country)
    if one.found is None:
        raise InputError(f"{source.raw.file}: {one.refusal}")
    return one.found


def guesses(raw: RawTable, entity: str, settings: Settings) -> Interpretation:
    """Return what each column of a table may be.

    Parameters
    ----------
    raw
        The table; its headers are unique.
    entity
        What it lists.
    settings
        Say where the client is at home.
    """
    country = settings.country if "country" in settings.model_fields_set else None
    return understood_table(raw, entity=entity, meanings=remembered_meanings(), country=country)


def _is_there(draft: Draft, tree: Mapping[str, Any]) -> bool:
    return draft.stream in ((tree.get("systems") or {}).get(draft.system) or {}).get("streams", {})


def _vendor_draft(source: Source) -> Draft:
    """Return what a vendor's export is read as, by the columns that this file has."""
    stream = source.stream
    if stream is None:
        raise ValueError("Nobody reads this table.")
    here = set(source.raw.headers)

    def first(headers: Iterable[str]) -> str:
        names = [name for one in headers for name in one.split("|")]
        return next((name for name in names if name in here), names[0] if names else "")

    fields = {column: first(one.headers) for column, one in stream.fields.items() if first(one.headers) in here}
    key: Sequence[str] = [first([one]) for one in stream.key]
    return Draft(source.system, stream.name, stream.entity, key=tuple(one for one in key if one in here), fields=fields)
