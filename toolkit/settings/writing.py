"""How the records of a stream are changed over the system's interface, as ``engagement.yaml`` describes it.

What is not described cannot be written.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.changes import LINE_COLUMNS
from toolkit.connector import Batch, Mark, Merge, OneCall, Version, WriteCall, WriteField, WriteLines, Writing
from toolkit.connector.write_calls import BodyForm, WriteMethod
from toolkit.connector.writing import WriteForm
from toolkit.errors import UnknownNameError
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import DAY, MINOR, TEXT

_Path = Annotated[str, Field(pattern=r"^/[^?#]*$")]
_Header = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")]


_FORMS: Mapping[Any, tuple[WriteForm, ...]] = {
    TEXT: ("text", "number", "flag"),
    MINOR: ("amount", "amount_text", "minor_units"),
    DAY: ("day",),
}
"""In which forms columns of each type are written."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _as_json(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, Mapping) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_one(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


def as_fields(value: Any) -> Any:
    """Return columns with where they are written; a mere path is a text that stands there."""
    if not isinstance(value, Mapping):
        return value
    return {name: {"path": one} if isinstance(one, str) else one for name, one in value.items()}


class _WithBody(_Model):
    """A request with a body that is written as an object, in YAML or as the text of JSON."""

    path: _Path
    body: Annotated[str, BeforeValidator(_as_json)] = ""
    query: dict[str, str] = Field(default_factory=dict)
    id_path: str = ""

    @model_validator(mode="after")
    def _object(self) -> Self:
        try:
            is_object = not self.body or isinstance(json.loads(self.body), dict)
        except ValueError:
            is_object = False
        if not is_object:
            raise ValueError("must have a body that is a JSON object")
        return self


class OneSettings(_WithBody):
    """The request of a single record; one that is asked for by a body (``POST``) names it at ``id_path`` there."""

    method: Literal["GET", "POST"] = "GET"

    def call(self) -> OneCall:
        """Return the request as a connector describes one."""
        return OneCall(self.path, self.method, tuple(self.query.items()), self.body, self.id_path)

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.method == "POST" and not self.id_path:
            raise ValueError("must say at which 'id_path' of its body the record is named")
        return self


class WriteCallSettings(_WithBody):
    """One kind of request: ``body`` is sent beside the changed fields; without ``fields`` it is sent alone."""

    method: WriteMethod
    fields: bool = True
    inside: str = ""
    id_at: str = ""
    refused: Annotated[list[str], BeforeValidator(_as_list)] = Field(default_factory=list)
    body_inside: str | None = None
    unless: dict[str, str] = Field(default_factory=dict)

    def call(self) -> WriteCall:
        """Return the request as a connector describes one."""
        return WriteCall(
            self.method,
            self.path,
            self.body,
            self.fields,
            query=tuple(self.query.items()),
            id_path=self.id_path,
            inside=self.inside,
            id_at=self.id_at,
            refused=tuple(self.refused),
            body_inside=self.body_inside,
            unless=tuple(self.unless.items()),
        )


class WriteFieldSettings(_Model):
    """Where a column is written: its ``path``, in what ``form``, where it is read from, and the system's ``values``."""

    path: str
    form: WriteForm = "text"
    read_path: str = ""
    values: dict[str, str] = Field(default_factory=dict)

    def field(self, column: str) -> WriteField:
        """Return the same as a connector describes it."""
        return WriteField(column, self.path, self.form, self.read_path, tuple(self.values.items()))


class WriteLinesSettings(_Model):
    """How the lines of a document are written: the list, its ``fields``, a ``body`` for each, and what a lone line holds."""

    path: str
    fields: Annotated[dict[str, WriteFieldSettings], BeforeValidator(as_fields), Field(min_length=1)]
    body: Annotated[str, BeforeValidator(_as_json)] = "{}"
    whole: dict[str, str] = Field(default_factory=dict)

    def lines(self) -> WriteLines:
        """Return the same as a connector describes it."""
        fields = tuple(one.field(column) for column, one in self.fields.items())
        return WriteLines(self.path, fields, self.body, tuple(self.whole.items()))


class MergeSettings(_Model):
    """The system's own merge: its ``call``, where it names the record that stays, and what is lost for good by it."""

    call: WriteCallSettings
    lost: Annotated[list[str], Field(min_length=1)]
    into_path: str = ""
    merged_at: str = ""
    is_new_id: bool = False
    reversibility: Literal["R2", "R3"] = "R3"
    before: list[Annotated[OneSettings, BeforeValidator(_as_one)]] = Field(default_factory=list)

    def merge(self) -> Merge:
        """Return the same as a connector describes it."""
        return Merge(
            self.call.call(),
            tuple(self.lost),
            into_path=self.into_path,
            merged_at=self.merged_at,
            is_new_id=self.is_new_id,
            reversibility=self.reversibility,
            before=tuple(one.call() for one in self.before),
        )

    @model_validator(mode="after")
    def _names_both(self) -> Self:
        if not ("{into}" in self.call.path or self.into_path):
            raise ValueError("must say where the request names the record that stays: '{into}' in its path, or 'into_path'")
        return self


class BatchSettings(_Model):
    """A request that updates several records: its ``call`` (of each entry), where the entries and the results stand."""

    call: WriteCallSettings
    at_most: Annotated[int, Field(ge=2, le=10_000)]
    items: Annotated[str, Field(min_length=1)]
    body: Annotated[str, BeforeValidator(_as_json)] = "{}"
    results: str = ""
    errors: str = ""
    error_ids: str = ""

    def batch(self) -> Batch:
        """Return the same as a connector describes it."""
        return Batch(
            self.call.call(),
            self.at_most,
            self.items,
            body=self.body,
            results=self.results,
            errors=self.errors,
            error_ids=self.error_ids,
        )


class VersionSettings(_Model):
    """Where a record says which version it is (``path`` or ``header``), and where a request says which one it means."""

    path: str = ""
    header: _Header = ""
    condition: _Header = ""
    condition_path: str = ""

    @model_validator(mode="after")
    def _found(self) -> Self:
        if bool(self.path) == bool(self.header):
            raise ValueError("must say where a record names its version: 'path' or 'header'")
        return self


class MarkSettings(_Model):
    """The field that carries our mark in a record that is made, and the list that finds it by it.

    A list that is ``late`` may not show at once what is new.
    """

    field: str
    path: _Path
    param: str
    records: str = ""
    template: str = "{mark}"
    body: Annotated[str, BeforeValidator(_as_json)] = ""
    late: bool = False

    def mark(self) -> Mark:
        """Return the same as a connector describes it."""
        return Mark(self.field, self.path, self.param, self.records, self.template, self.body, is_late=self.late)


class KeySettings(_Model):
    """The header of a key under which the system takes a change once, or its parameter, and for how many hours it does."""

    header: _Header = ""
    param: str = ""
    hours: Annotated[float, Field(gt=0)]

    @model_validator(mode="after")
    def _sent(self) -> Self:
        if bool(self.header) == bool(self.param):
            raise ValueError("must say how the key is sent: as a 'header' or as a 'param' of the address")
        return self


class WritingSettings(_Model):
    """How the records of a stream are changed; ``fields`` are the canonical columns that may be, each with its path."""

    one: Annotated[OneSettings, BeforeValidator(_as_one)]
    fields: Annotated[dict[str, WriteFieldSettings], BeforeValidator(as_fields), Field(min_length=1)]
    lines: WriteLinesSettings | None = None
    unsaid: list[str] = Field(default_factory=list)
    id: str = "id"
    inside: str = ""
    body_inside: str = ""
    create: WriteCallSettings | None = None
    update: WriteCallSettings | None = None
    repoint: WriteCallSettings | None = None
    archive: WriteCallSettings | None = None
    restore: WriteCallSettings | None = None
    delete: WriteCallSettings | None = None
    further: Annotated[list[str], BeforeValidator(_as_list)] = Field(default_factory=list)
    merge: MergeSettings | None = None
    batch: BatchSettings | None = None
    archived: Annotated[dict[str, str], Field(max_length=1)] = Field(default_factory=dict)
    gone: Annotated[dict[str, str], Field(max_length=1)] = Field(default_factory=dict)
    keeps: Annotated[list[str], BeforeValidator(_as_list)] = Field(default_factory=list)
    version: VersionSettings | None = None
    stamp: str = ""
    mark: MarkSettings | None = None
    key: KeySettings | None = None
    body_form: BodyForm = "json"
    blank: Literal["null", "empty"] = "null"
    settle_s: Annotated[float, Field(ge=0, le=3600)] = 5.0

    def writing(self) -> Writing:
        """Return the same as a connector describes it."""
        archived = next(iter(self.archived.items()), ("", ""))
        return Writing(
            one=self.one.call(),
            fields=tuple(one.field(column) for column, one in self.fields.items()),
            lines=self.lines.lines() if self.lines else None,
            unsaid=tuple(self.unsaid),
            id=self.id,
            inside=self.inside,
            body_inside=self.body_inside,
            create=self.create.call() if self.create else None,
            update=self.update.call() if self.update else None,
            repoint=self.repoint.call() if self.repoint else None,
            archive=self.archive.call() if self.archive else None,
            restore=self.restore.call() if self.restore else None,
            delete=self.delete.call() if self.delete else None,
            further=tuple(self.further),
            merge=self.merge.merge() if self.merge else None,
            batch=self.batch.batch() if self.batch else None,
            archived=archived,
            gone=next(iter(self.gone.items()), ("", "")),
            keeps=tuple(self.keeps),
            version=Version(**self.version.model_dump()) if self.version else None,
            stamp=self.stamp,
            mark=self.mark.mark() if self.mark else None,
            key_header=self.key.header if self.key else "",
            key_param=self.key.param if self.key else "",
            key_hours=self.key.hours if self.key else 0.0,
            body_form=self.body_form,
            blank=self.blank,
            settle_s=self.settle_s,
        )

    def refuse_unknown(self, entity: str) -> None:
        """Refuse columns that an entity has not, and forms that do not fit: an amount or a day is no mere text there.

        Raises
        ------
        ValueError
            With the nearest right name.
        """
        refuse_unknown_columns(entity, self.fields, self.unsaid)
        for name in self.lines.fields if self.lines is not None else ():
            if name not in LINE_COLUMNS:
                raise ValueError(str(UnknownNameError("column of a document's line", name, LINE_COLUMNS)))
        if self.archive is not None and not self.archived and self.archive.method != "DELETE":
            raise ValueError("must say under 'archived' where a record says that it is archived ({archived: \"true\"})")


def refuse_unknown_columns(entity: str, fields: Mapping[str, WriteFieldSettings], unsaid: Iterable[str] = ()) -> None:
    """Refuse columns that an entity has not, and forms that do not fit: an amount or a day is no mere text there.

    Parameters
    ----------
    entity
        Of the stream.
    fields
        Columns that may be written, and how.
    unsaid
        Columns that are left to the system.

    Raises
    ------
    ValueError
        With the nearest right name.
    """
    columns = {column.name: column.type for column in ENTITY_SCHEMAS[entity].columns}
    for name in (*fields, *unsaid):
        if name not in columns:
            raise ValueError(str(UnknownNameError(f"column of {entity}", name, columns)))
    for name, one in fields.items():
        forms = _FORMS.get(columns[name], ())
        if one.form not in forms:
            fitting = f"one of {', '.join(forms)}" if forms else "none: such columns are not written"
            raise ValueError(f"must write {name} in another form than {one.form}: {fitting}")
