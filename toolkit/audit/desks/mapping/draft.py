"""A field map as it stands on the page, not kept yet: checked word by word, since a page may send anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import InputError, UnknownNameError
from toolkit.settings import StreamSettings, tried_stream, unusable_text
from toolkit.tables import DOCUMENT_LINE, ENTITY_COLUMNS

LINES = "lines."
"""Before the name of a column of a document's line, where such columns stand beside those of the document."""

LINE_COLUMNS = ("sku", "description", "quantity", "gl_code", "amount_minor")

_ROWS = ("record", "line of a document")
_TOTALS = ("", "repeats", "first_line", "adds_up")
_MAX_TEXT, _MAX_KEY, _MAX_FIELDS = 1_000, 8, 80
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_TEXTS = frozenset({"column", "joined", "minus", "times", "credit", "debit", "format", "form", "time_zone"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a stream would be: its names, what it lists, what a row is, its key, and the source of each column.

    Attributes
    ----------
    fields, lines
        Canonical column to its source as the settings write it: a header, several, or a mapping.
    kept
        What else the settings say of the stream; the page shows it and changes nothing of it.
    """

    system: str
    stream: str
    entity: str
    row: str = "record"
    total: str = ""
    key: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)

    def mapping(self) -> dict[str, Any]:
        """Return the stream as the settings write it."""
        found: dict[str, Any] = {"entity": self.entity}
        if self.row != "record":
            found |= {"row": self.row, "total": self.total or "repeats"}
        found |= {key: value for key, value in self.kept.items() if value not in (None, "", [], {})}
        found |= {"key": list(self.key), "fields": dict(self.fields)}
        if self.lines and self.row != "record":
            found["lines"] = dict(self.lines)
        return found

    def settings(self) -> StreamSettings:
        """Return the stream as it is read.

        Raises
        ------
        InputError
            It would not be valid; the message says why.
        """
        return tried_stream(self.mapping())

    def shown(self) -> dict[str, Any]:
        """Return the same as a page takes it."""
        return {
            "system": self.system, "stream": self.stream, "entity": self.entity, "row": self.row, "total": self.total,
            "key": list(self.key), "fields": dict(self.fields), "lines": dict(self.lines),
        }  # fmt: skip


def checked_draft(given: Any, kept: Mapping[str, Any]) -> Draft:
    """Return a draft that a page sent.

    Parameters
    ----------
    given
        As it came.
    kept
        What the settings say besides, which no page changes.

    Raises
    ------
    InputError
        It is none, or names what is not there.
    """
    if not isinstance(given, dict):
        raise _unknown()
    entity, row = given.get("entity"), given.get("row", "record")
    if not isinstance(entity, str) or entity not in ENTITY_COLUMNS:
        raise UnknownNameError("kind of list", str(entity)[:_MAX_TEXT], ENTITY_COLUMNS)
    if row not in _ROWS or given.get("total", "") not in _TOTALS:
        raise _unknown()
    fields, lines = given.get("fields", {}), given.get("lines", {})
    if not all(isinstance(one, dict) and len(one) <= _MAX_FIELDS for one in (fields, lines)):
        raise _unknown()
    for name in fields:
        if name not in ENTITY_COLUMNS[entity]:
            raise UnknownNameError(f"column of {entity}", str(name)[:_MAX_TEXT], ENTITY_COLUMNS[entity])
    for name in lines:
        if name not in DOCUMENT_LINE.names:
            raise UnknownNameError("column of a document's line", str(name)[:_MAX_TEXT], DOCUMENT_LINE.names)
    key = given.get("key", [])
    if not isinstance(key, list) or len(key) > _MAX_KEY:
        raise _unknown()
    return Draft(
        _text(given.get("system")),
        _text(given.get("stream")),
        entity,
        row,
        given.get("total", ""),
        tuple(_text(one) for one in key),
        {name: _source(one) for name, one in fields.items()},
        {name: _source(one) for name, one in lines.items()},
        kept,
    )


def refuse_names(draft: Draft) -> None:
    """Refuse names that no system or stream may have.

    Raises
    ------
    InputError
        The message says which, and what a name looks like.
    """
    for name in (draft.system, draft.stream):
        if _NAME.fullmatch(name) is None:
            raise InputError(f"{name!r} is no name: small letters, digits, - and _, at most 63, such as 'site_log'.")


def source_of(draft: Draft, column: str) -> Any:
    """Return the source of a column, or of a line's (``lines.quantity``); none where it is read from nothing."""
    if column.startswith(LINES):
        return draft.lines.get(column.removeprefix(LINES))
    return draft.fields.get(column)


def source_headers(source: Any) -> tuple[str, ...]:
    """Return the headers that a source names.

    Examples
    --------
    >>> source_headers("Amount"), source_headers({"credit": "In", "debit": "Out"})
    (('Amount',), ('In', 'Out'))
    """
    if isinstance(source, str):
        return (source,)
    if isinstance(source, Sequence):
        return tuple(source)
    named = [source.get(key) for key in ("column", "credit", "debit", "minus", "times")]
    return tuple(header for one in named if one for header in source_headers(one))


def _source(given: Any) -> Any:
    """Return a source of the page, of the forms that the settings know and nothing else."""
    if isinstance(given, str):
        return _text(given)
    if isinstance(given, list) and 0 < len(given) <= _MAX_KEY:
        return [_text(one) for one in given]
    if isinstance(given, dict) and set(given) <= {*_TEXTS, "values"}:
        values = given.get("values", {})
        if isinstance(values, dict) and len(values) <= _MAX_FIELDS:
            found: dict[str, Any] = {
                key: _source(value) if key == "column" else _text(value) for key, value in given.items() if key != "values"
            }
            return found | ({"values": {_text(key): _text(value) for key, value in values.items()}} if values else {})
    raise _unknown()


def _text(given: Any) -> str:
    if not isinstance(given, str) or len(given) > _MAX_TEXT or unusable_text(given):
        raise _unknown()
    return given


def _unknown() -> InputError:
    return InputError("The page sent what is no field map. Run the cell again.")
