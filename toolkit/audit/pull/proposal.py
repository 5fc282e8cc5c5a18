"""What the toolkit proposes for files that nobody has described yet: systems, streams with their columns, questions.

A file of an unknown vendor is a system of its own: by its folder, else by the words of its name. Months and generations of
one list are one stream. Proposals are written into ``engagement.yaml`` with their reasons, and read from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.audit.pull.file_names import (
    is_one_of_several,
    name_pattern,
    named_category,
    plain_name,
    sheet_pattern,
    telling_words,
)
from toolkit.audit.pull.questions import Asked, gathered_questions
from toolkit.audit.pull.sources import Source
from toolkit.audit.pull.stream_text import stream_mapping
from toolkit.audit.pull.streams import headers_share, table_place
from toolkit.audit.pull.understanding import Understood
from toolkit.connector import Field, header_key
from toolkit.connectors import connectors
from toolkit.files.canonical import MONEY_ENTITIES
from toolkit.files.interpreted import StreamMap, left_out, stream_map, unconfirmed_columns, why_left_out
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import PROBABLE, Interpretation
from toolkit.settings import QuestionSettings, Settings

_ALIKE_SHARE = 0.6
_AMOUNTS = frozenset({"amount_minor", "net_minor"})
_AMOUNT_MEANINGS = frozenset({"amount_gross", "amount_net", "debit", "credit"})
_CATEGORY_OF = {
    "bank_line": "bank",
    "ticket": "support",
    "employee": "hr",
    "deal": "crm",
    "invoice": "ledger",
    "bill": "ledger",
    "credit_note": "ledger",
    "journal_line": "ledger",
    "account": "ledger",
}


@dataclass(frozen=True, slots=True)
class ProposedStream:
    """A stream proposed for tables that nobody claims: as the settings write it, and why.

    ``unconfirmed`` are the names under which the settings list what rests on a guess. With ``is_known`` the settings have
    the stream already, and only its file patterns grow.
    """

    system: str
    name: str
    category: str
    mapping: Mapping[str, Any]
    reasons: Mapping[str, str]
    left_out: Mapping[str, str]
    unconfirmed: tuple[str, ...]
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Streams for tables that were understood, the others with the reason why not, and what is asked.

    ``read`` are the tables that were understood, each with its stream (``system.stream``).
    """

    streams: tuple[ProposedStream, ...] = ()
    refused: tuple[Understood, ...] = ()
    questions: Mapping[str, QuestionSettings] = field(default_factory=dict)
    read: tuple[tuple[RawTable, str], ...] = ()


@dataclass(slots=True)
class _Group:
    """Tables that are one stream: months or generations of one list."""

    system: str
    wanted: str
    entity: str
    is_lines: bool
    kind: str
    columns: list[frozenset[str]]
    members: list[Understood]


def proposal(tables: Sequence[Understood], known: Sequence[Source], settings: Settings) -> Proposal:
    """Return a stream for every table that was understood, and the questions about all of them.

    Parameters
    ----------
    tables
        What nobody claims.
    known
        Tables that a connector or the settings claim.
    settings
        As they are; streams in them are not proposed again, but get another month's file.
    """
    refused = tuple(one for one in tables if one.refusal)
    groups: list[_Group] = []
    for one in tables:
        if not one.refusal and one.found is not None:
            _add(groups, one, known, settings)
    streams: list[ProposedStream] = []
    asked: list[Asked] = [question for one in refused for question in _asked_of_refused(one)]
    taken = {(system, name) for system, given in settings.systems.items() for name in given.streams}
    taken |= {(one.system, one.stream.name) for one in known if one.stream is not None}
    read: list[tuple[RawTable, str]] = []
    for group in groups:
        stream = _stream(group, taken, settings)
        read += [(one.source.raw, f"{stream.system}.{stream.name}") for one in group.members]
        taken.add((stream.system, stream.name))
        streams.append(stream)
        asked += _asked_of_stream(group, stream)
    files = {one.raw.file for one in known} | {one.source.raw.file for one in tables}
    return Proposal(tuple(streams), refused, gathered_questions(asked, file_count=len(files)), tuple(read))


def left_out_words(header: str, looks_like: str, reason: str) -> str:
    """Return the sentence that says of a column that it is not read.

    Parameters
    ----------
    header
        The column's header as the client wrote it.
    looks_like
        ``money``, ``date``, ``name`` or ``id``; anything else is said as it is, so with its article.
    reason
        Half a sentence without its full stop; empty where there is none.

    Examples
    --------
    >>> left_out_words("Amount", "money", "it is empty in most rows")
    "Column 'Amount' looks like money and was left out: it is empty in most rows."
    """
    what = {"money": "money", "date": "a date", "name": "a name", "id": "an id"}.get(looks_like, looks_like)
    return f"Column {header!r} looks like {what} and was left out{': ' + reason if reason else ''}."


def _add(groups: list[_Group], one: Understood, known: Sequence[Source], settings: Settings) -> None:
    found = one.found
    if found is None:
        return
    system, wanted = _names(one, found.entity, known, settings)
    read = stream_map(found)
    columns = frozenset(read.fields)
    is_lines = found.row_is != "record"
    names = (system, wanted, found.entity, is_lines, read.kind)
    for group in groups:
        is_same = (group.system, group.wanted, group.entity, group.is_lines, group.kind) == names
        if is_same and _are_alike([*group.columns, columns]):
            group.members.append(one)
            group.columns.append(columns)
            return
    groups.append(_Group(*names, [columns], [one]))


def _are_alike(columns: Sequence[frozenset[str]]) -> bool:
    """Return whether files with these columns are one list: each has most of what any of them has."""
    every = frozenset[str]().union(*columns)
    return all(len(one) >= _ALIKE_SHARE * len(every) for one in columns)


def _names(one: Understood, entity: str, known: Sequence[Source], settings: Settings) -> tuple[str, str]:
    """Return the system of a table, and what its stream would like to be called."""
    place = table_place(one.source.raw)
    words = telling_words(place.file)
    # Of several tables on one sheet, what they list tells more than where they stand.
    sheet = _plural(entity) if is_one_of_several(place.sheet) else plain_name(telling_words(place.sheet))
    claimed = one.source.system
    if claimed:
        own = [word for word in words if word not in claimed.split("_")]
        return claimed, sheet or plain_name(own) or _plural(entity)
    vendor = next((each for each in connectors() if words and each.name == words[0]), None)
    if vendor is not None:
        # "hubspot_tickets.csv": a list of that vendor in a form that its connector does not know.
        users = sorted({each.system for each in known if each.connector == vendor.name and each.recognition is not None})
        users += [name for name, given in settings.systems.items() if given.connector == vendor.name]
        return users[0] if users else vendor.name, sheet or plain_name(words[1:]) or _plural(entity)
    # Names that are nothing but dates say whose files they are at most.
    name = plain_name(words) or plain_name(telling_words(settings.client)) or _plural(entity)
    vendors = {each.system for each in known if each.recognition is not None}
    vendors |= {system for system, given in settings.systems.items() if given.connector != "table"}
    number, system = 2, name
    while system in vendors:
        system, number = f"{name}_{number}", number + 1
    return system, sheet or _plural(entity)


def _stream(group: _Group, taken: set[tuple[str, str]], settings: Settings) -> ProposedStream:
    first = group.members[0]
    places = [table_place(one.source.raw) for one in group.members]
    files = tuple(dict.fromkeys(name_pattern(place.file) for place in places))
    sheets = tuple(dict.fromkeys(sheet_pattern(place.sheet) for place in places if place.sheet))
    merged = _merged_map([stream_map(one.found) for one in group.members if one.found is not None])
    system = settings.systems.get(group.system)
    given = system.streams.get(group.wanted) if system else None
    if given is not None and given.entity == group.entity and given.file:
        here = {header_key(header) for header in first.source.raw.headers}
        if headers_share(given, here, is_named=True) >= _ALIKE_SHARE:
            grown = {
                "file": list(dict.fromkeys([*given.file, *files])),
                **({"sheet": list(dict.fromkeys([*given.sheet, *sheets]))} if given.sheet else {}),
            }
            return ProposedStream(group.system, group.wanted, "", grown, {}, {}, (), is_known=True)
    name, number = group.wanted, 2
    while (group.system, name) in taken:
        name, number = f"{group.wanted}_{number}", number + 1
    mapping = stream_mapping(merged, files=files, sheets=sheets)
    reasons: dict[str, str] = {}
    out: dict[str, str] = {}
    unconfirmed: dict[str, None] = {}
    for one in group.members:
        if one.found is None:
            continue
        reasons = {**_reasons(one.found), **reasons}
        out |= {
            each.header: f"looks like {each.looks_like}: {why_left_out(each, group.entity, merged.fields, merged.kind)}"
            for each in left_out(one.found)
        }
        unconfirmed |= dict.fromkeys(_unconfirmed(f"{group.system}.{name}", one.found))
        mapping = {**_currency(one.found, settings), **mapping}
    folder = places[0].folder
    category = named_category(group.system, *([folder] if folder else []), places[0].file, places[0].sheet)
    return ProposedStream(
        group.system,
        name,
        category or _CATEGORY_OF.get(group.entity, "other"),
        mapping,
        reasons,
        out,
        tuple(unconfirmed),
    )


def _currency(found: Interpretation, settings: Settings) -> dict[str, str]:
    """Return the currency of a stream where its file says for sure that it is another than the client's."""
    locale = found.locale
    is_other = bool(locale.currency) and locale.is_currency_sure and locale.currency != settings.currency
    return {"currency": locale.currency} if is_other and "currency" in settings.model_fields_set else {}


def _merged_map(maps: Sequence[StreamMap]) -> StreamMap:
    """Return the map that reads all files of a stream: a column may be called differently in each."""
    first = maps[0]
    return replace(
        first,
        fields=_merged_fields([one.fields for one in maps]),
        lines=_merged_fields([one.lines for one in maps]),
        key=_merged_key([one.key for one in maps]),
        statuses={value: outcome for one in reversed(maps) for value, outcome in one.statuses.items()},
    )


def _merged_fields(maps: Sequence[Mapping[str, Field]]) -> dict[str, Field]:
    merged: dict[str, Field] = {}
    for fields in maps:
        for column, one in fields.items():
            before = merged.setdefault(column, one)
            if not before.minus and not one.minus:
                merged[column] = replace(before, headers=tuple(dict.fromkeys([*before.headers, *one.headers])))
    return merged


def _merged_key(keys: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the key of all files: columns that all have, or the different names of one column."""
    if len({len(key) for key in keys}) > 1 or not keys[0]:
        return ()
    return tuple("|".join(dict.fromkeys(names)) for names in zip(*keys, strict=True))


def _reasons(found: Interpretation) -> dict[str, str]:
    reasons = {}
    by_header = {one.header: one for one in found.columns}
    given = stream_map(found)
    for prefix, fields in (("", given.fields), ("lines.", given.lines)):
        for column, one in fields.items():
            reading = by_header.get(one.headers[0])
            if reading is not None:
                reasons[prefix + column] = f"{reading.certainty}: {reading.reason}"
    if found.entities:
        reasons["entity"] = f"{found.entity_certainty}: {found.entities[0].reason}"
    if found.company is not None:
        company = found.columns[found.company].header
        reasons["kind"] = f"{company!r} differs from row to row, and the number is of a customer or supplier"
    return reasons | {"row": f"{found.row_certainty}: {found.row_reason}", "key": found.key_reason}


def _unconfirmed(stream: str, found: Interpretation) -> Iterator[str]:
    """Yield the names of what is read by a probable guess only."""
    if PROBABLE in {found.entity_certainty, found.row_certainty}:
        yield stream
    for column in unconfirmed_columns(found):
        yield f"{stream}.{column}"
    if found.statuses:
        yield f"{stream}.statuses"


def _asked_of_refused(one: Understood) -> Iterator[Asked]:
    found = one.found
    if found is None:
        return
    place = table_place(one.source.raw)
    # What a row is comes first: as long as that is open, no other answer changes a figure.
    wanted = [each for each in found.questions if each.about in {"entity", "row"}][:1]
    for question in wanted:
        yield Asked(
            question,
            one.source.raw.file.rpartition("/")[2],
            files=(name_pattern(place.file),),
            sheets=(sheet_pattern(place.sheet),) if place.sheet else (),
            rows=one.source.raw.rows.num_rows,
            keeps_out="rows",
            headers=one.source.raw.headers,
        )


def _asked_of_stream(group: _Group, stream: ProposedStream) -> Iterator[Asked]:
    if stream.is_known:
        return
    has_amount = bool(_AMOUNTS & set(stream.mapping["fields"]))
    needs_amount = group.entity in MONEY_ENTITIES and not has_amount
    seen: set[tuple[str, str, str]] = set()
    for one in group.members:
        found = one.found
        if found is None:
            continue
        rows, file = one.source.raw.rows.num_rows, one.source.raw.file.rpartition("/")[2]
        for question in found.questions:
            column = found.columns[question.index] if question.index is not None else None
            header = column.header if column is not None else ""
            what = (question.about, header, question.text if question.about == "status" or not header else "")
            if what in seen:
                continue
            seen.add(what)
            is_amount = any(choice.rpartition("=")[2] in _AMOUNT_MEANINGS for choice, _ in question.options)
            keeps_out = "amount" if needs_amount and (is_amount or question.about == "amounts") else ""
            yield Asked(question, file, f"{stream.system}.{stream.name}", column=header, rows=rows, keeps_out=keeps_out)


def _plural(entity: str) -> str:
    return f"{entity[:-1]}ies" if entity.endswith("y") else f"{entity}s"
