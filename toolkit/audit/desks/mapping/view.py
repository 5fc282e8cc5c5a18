"""What the page shows of a draft: each of our columns with its source, what comes of it, and what else it might be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.audit.desks.client_tables import distinct_cells, shown_cell
from toolkit.audit.desks.mapping.column_words import column_meaning, column_words
from toolkit.audit.desks.mapping.conflicts import conflicts
from toolkit.audit.desks.mapping.draft import LINE_COLUMNS, LINES, Draft, source_headers, source_of
from toolkit.audit.desks.mapping.readings import field_readings, kind_words
from toolkit.audit.desks.mapping.table import OpenTable
from toolkit.audit.pull.streams import stream_of
from toolkit.connector import Stream, header_key
from toolkit.errors import InputError
from toolkit.files.fields import Settings as ReadingSettings
from toolkit.files.interpreted import canonical_column
from toolkit.files.raw import RawTable
from toolkit.interpret.column_scores import entity_kinds
from toolkit.interpret.interpretation import Interpretation
from toolkit.settings import Settings
from toolkit.tables import ENTITY_COLUMNS

_MIN_SHARE = 0.02
_MOST_CANDIDATES = 9
_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class View:
    """What comes of a draft, in the first rows that were ``seen``.

    ``unmapped`` are the client's columns that no field reads: they stay in the raw record.
    """

    columns: Sequence[dict[str, Any]]
    conflicts: Sequence[str]
    unmapped: Sequence[str]
    entities: Sequence[tuple[str, str]]
    seen: int

    def shown(self) -> dict[str, Any]:
        """Return the same as a page takes it."""
        return {
            "columns": list(self.columns),
            "conflicts": list(self.conflicts),
            "unmapped": list(self.unmapped),
            "entities": [list(one) for one in self.entities],
            "seen": self.seen,
        }


def table_shown(raw: RawTable) -> dict[str, Any]:
    """Return the client's columns, each with some cells and how many rows fill it."""
    columns = []
    for place, header in enumerate(raw.headers):
        cells = raw.rows[f"c{place}"]
        samples = distinct_cells(cells, _SAMPLES)
        columns.append(
            {"header": header, "samples": [shown_cell(one, 60) for one in samples], "filled": len(cells) - cells.null_count}
        )
    return {"columns": columns, "rows": raw.rows.num_rows}


def draft_view(
    draft: Draft, raw: RawTable, opened: OpenTable, settings: Settings, *, found: Interpretation, how: ReadingSettings
) -> View:
    """Return what comes of a draft.

    Parameters
    ----------
    draft
        The map.
    raw
        The table, or its first rows.
    opened
        The same table as it was opened, with the map that it had then.
    settings
        As they are now.
    found
        What each of its columns may be, given what it lists.
    how
        How its dates and amounts are read that leave something open.
    """
    stream, against = _read_as(draft, raw, opened)
    names = _columns(draft)
    readings = field_readings(raw, stream, names, how) if stream is not None else {}
    unconfirmed = set(settings.unconfirmed)
    columns = []
    for column in names:
        source = source_of(draft, column)
        reading = readings.get(column)
        columns.append(
            {
                "column": column,
                "words": column_words(column),
                "meaning": column_meaning(draft.entity, column),
                "kind": kind_words(draft.entity, column),
                "source": source,
                "sourceWords": source_words(source) if source is not None else "",
                "candidates": _candidates(found, column, draft.entity),
                "why": _why(found, column, draft, opened, unconfirmed) if source is not None else {},
                "reading": reading.shown() if reading is not None else None,
            }
        )
    read = {header_key(one) for source in (*draft.fields.values(), *draft.lines.values()) for one in source_headers(source)}
    read |= {header_key(one) for header in draft.key for one in header.split("|")}
    unmapped = [header for header in raw.headers if header_key(header) not in read]
    kinds = [(kind.entity, kind.label) for kind in entity_kinds() if kind.entity in ENTITY_COLUMNS]
    return View(columns, against, unmapped, kinds, raw.rows.num_rows)


def _columns(draft: Draft) -> tuple[str, ...]:
    """Return our columns: of the entity, and where a row is a line of a document, of the line too."""
    lines = () if draft.row == "record" else LINE_COLUMNS
    return (*ENTITY_COLUMNS[draft.entity], *(f"{LINES}{one}" for one in lines))


def _read_as(draft: Draft, raw: RawTable, opened: OpenTable) -> tuple[Stream | None, list[str]]:
    """Return the stream that a draft makes, and what stands against it; of a vendor's export, the vendor's."""
    if opened.vendor is not None:
        return opened.vendor, []
    if not draft.fields:
        return None, ["No column is mapped. Choose at least one."]
    try:
        given = draft.settings()
    except InputError as error:
        return None, [str(error)]
    return stream_of(draft.stream or "stream", given), conflicts(draft, given, raw)


def source_words(source: Any) -> str:
    """Return a source as a person reads it.

    Examples
    --------
    >>> source_words("Total"), source_words(["First", "Last"]), source_words({"credit": "In", "debit": "Out"})
    ('Total', 'First or Last', 'In less Out')
    >>> source_words({"column": ["First", "Last"], "joined": " "}), source_words({"column": "Price", "times": "Qty"})
    ('First + Last', 'Price × Qty')
    """
    if isinstance(source, str):
        return source
    if isinstance(source, Sequence):
        return " or ".join(source)
    column = source.get("column", "")
    names = [column] if isinstance(column, str) else list(column)
    text = (" + " if source.get("joined") else " or ").join(one for one in names if one)
    text = text or source.get("credit", "")
    less = source.get("minus") or source.get("debit")
    text = f"{text} less {less}" if text and less else text or f"less {less}"
    text += f" × {source['times']}" if source.get("times") else ""
    more = [f"{key} {source[key]}" for key in ("format", "form", "time_zone") if source.get(key)]
    more += ["by its words"] if source.get("values") else []
    return f"{text} ({', '.join(more)})" if more else text


def _candidates(found: Interpretation, column: str, entity: str) -> list[dict[str, Any]]:
    likely = [
        (guess.probability, one.header)
        for one in found.columns
        for guess in one.guesses
        if _fits(guess.meaning, column, entity) and guess.probability >= _MIN_SHARE
    ]
    best: dict[str, float] = {}
    for share, header in sorted(likely, key=lambda each: -each[0]):
        best.setdefault(header, share)
    return [{"header": header, "share": round(share, 3)} for header, share in list(best.items())[:_MOST_CANDIDATES]]


def _fits(meaning: str, column: str, entity: str) -> bool:
    """Return whether a column may be read from one that has a meaning."""
    if not column.startswith(LINES):
        return canonical_column(meaning, entity) == column
    name = column.removeprefix(LINES)
    return meaning in {"amount_gross", "amount_net"} if name == "amount_minor" else meaning == name


def _why(found: Interpretation, column: str, draft: Draft, opened: OpenTable, unconfirmed: set[str]) -> dict[str, Any]:
    """Return how sure a source is, and why."""
    source = source_of(draft, column)
    if source_of(opened.draft, column) != source:
        return {"certainty": "yours", "words": "your choice, not kept yet"}
    if opened.is_read == "vendor":
        return {"certainty": "sure", "words": f"known from {opened.connector}"}
    headers = source_headers(source)
    one = next((each for each in found.columns if each.header == headers[0]), None)
    guess = next((each for each in one.guesses if _fits(each.meaning, column, draft.entity)), None) if one else None
    reason = guess.reason if guess is not None else ""
    if opened.is_read == "new":
        certainty = one.certainty if one is not None and guess is not None else "probable"
        return {"certainty": certainty, "words": reason or "from the values of several columns"}
    if f"{draft.system}.{draft.stream}.{column}" in unconfirmed:
        return {
            "certainty": "probable",
            "words": f"nobody has confirmed it: {reason}" if reason else "nobody has confirmed it",
        }
    return {"certainty": "kept", "words": "in engagement.yaml"}
