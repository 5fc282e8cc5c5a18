"""Streams that no connector knows, as ``engagement.yaml`` describes them: what a record is, and where its columns stand."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from toolkit.errors import UnknownNameError
from toolkit.settings.asking import ReadingSettings
from toolkit.settings.databases import RowsSettings
from toolkit.settings.row_writing import RowWritingSettings
from toolkit.settings.writing import WritingSettings
from toolkit.tables import DOCUMENT_LINE, ENTITY_COLUMNS, unknown_column


class _Model(BaseModel):
    # A secret that somebody wrote here is refused, and must not be repeated by whoever prints why.
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class FieldSettings(_Model):
    """Where a canonical column stands in a file: its header or headers (the first filled counts), and a date's format.

    With ``joined`` the filled cells of all headers are joined by it: first and last name.

    Of an amount, ``minus`` is subtracted and ``times`` multiplies it; ``credit`` and ``debit`` are two columns that make one
    signed amount. ``form`` is how an interface writes it: seconds or milliseconds since 1970, a
    date in parts (year, month, day …), amounts in hundredths. ``values`` says what its words stand for; others are empty.
    """

    column: str | tuple[str, ...] = ()
    joined: str = ""
    minus: str = ""
    times: str = ""
    credit: str = ""
    debit: str = ""
    format: str = ""
    form: Literal["", "epoch_s", "epoch_ms", "parts", "hundredths"] = ""
    time_zone: str = ""
    values: dict[str, str] = Field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, one or several."""
        found = (self.column,) if isinstance(self.column, str) else self.column
        return found or tuple(filter(None, [self.credit or self.debit]))

    @property
    def subtracted(self) -> tuple[str, ...]:
        """The headers of what is taken off."""
        return tuple(filter(None, [self.minus or (self.debit if self.credit else "")]))

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if not self.headers:
            raise ValueError("must name a 'column', or 'credit' or 'debit'")
        return self


def _as_field(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


def _as_list(value: Any) -> Any:
    return ([value] if value else []) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
FieldMap = dict[str, Annotated[FieldSettings, BeforeValidator(_as_field)]]


ROWS, REQUESTS = "by rows", "by requests"
"""How a stream is changed; no key of the settings."""


def _kind_of_writing(value: Any) -> str:
    is_row = isinstance(value, RowWritingSettings) or (isinstance(value, Mapping) and "table" in value)
    return ROWS if is_row else REQUESTS


WriteSettings = Annotated[
    Annotated[WritingSettings, Tag(REQUESTS)] | Annotated[RowWritingSettings, Tag(ROWS)], Discriminator(_kind_of_writing)
]


class StreamSettings(_Model):
    """A kind of record that no connector knows: which entity it is, what names a record, and where its columns stand.

    With ``row`` "line of a document" the key names the document, ``lines`` are the columns of its lines, and ``total`` says
    where its amount stands: it repeats, stands on the first line, or is added up. Of a system that is asked, ``read`` is the
    list that holds the stream (columns are paths then), and ``also_read`` those that hold the archived and deleted ones; of
    a database, ``rows`` is the table or the SELECT.
    """

    entity: str
    key: tuple[str, ...] = ()
    fields: FieldMap
    row: Literal["record", "line of a document"] = "record"
    total: Literal["", "repeats", "first_line", "adds_up"] = ""
    lines: FieldMap = Field(default_factory=dict)
    statuses: dict[str, str] = Field(default_factory=dict)
    sheet: Names = ()
    file: Names = ()
    roles: tuple[str, ...] = ()
    kind: Literal["", "company", "person"] = ""
    decimal_sign: Literal["", ".", ","] = ""
    day_order: Literal["", "dmy", "mdy", "ymd"] = ""
    currency: str = ""
    country: str = ""
    time_zone: str = ""
    encoding: str = ""
    read: ReadingSettings | None = None
    also_read: tuple[ReadingSettings, ...] = ()
    rows: RowsSettings | None = None
    write: WriteSettings | None = None

    @model_validator(mode="after")
    def _asked(self) -> Self:
        if (self.read is not None or self.rows is not None) and not self.key:
            raise ValueError("must have a 'key': what names a record in the system's answers, such as [id]")
        if self.read is not None and self.rows is not None:
            raise ValueError("has 'read' (an interface) and 'rows' (a database): keep the one that it is pulled by")
        if self.write is not None and isinstance(self.write, RowWritingSettings) != (self.rows is not None):
            raise ValueError("must say under 'write' how it is changed where it is read: rows by 'table', else by requests")
        if self.write is not None and self.entity in ENTITY_COLUMNS:
            self.write.refuse_unknown(self.entity)
        return self

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.entity not in ENTITY_COLUMNS:
            raise ValueError(str(UnknownNameError("entity", self.entity, ENTITY_COLUMNS)))
        wrong = [name for name in self.fields if name not in ENTITY_COLUMNS[self.entity]]
        if wrong:
            # Each with its place, so that each is named with its own line.
            raise ValidationError.from_exception_data(self.entity, [_not_a_column(self.entity, name) for name in wrong])
        for name in self.lines:
            if name not in DOCUMENT_LINE.names:
                raise ValueError(str(UnknownNameError("column of document_line", name, DOCUMENT_LINE.names)))
        return self


def _not_a_column(entity: str, name: str) -> InitErrorDetails:
    message = str(unknown_column(entity, name))
    return InitErrorDetails(
        type=PydanticCustomError("unknown_column", "{message}", {"message": message}), loc=("fields", name), input=name
    )
