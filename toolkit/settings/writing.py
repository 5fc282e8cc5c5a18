"""How the records of a stream are changed over the system's interface, as ``engagement.yaml`` describes it.

What is not described cannot be written.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.connector import Mark, Version, WriteCall, Writing
from toolkit.connector.writing import WriteMethod
from toolkit.errors import UnknownNameError
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.tables.schema import TEXT

_Path = Annotated[str, Field(pattern=r"^/[^?#]*$")]
_Header = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _as_json(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, Mapping) else value


class WriteCallSettings(_Model):
    """One kind of request: ``body`` is sent beside the changed fields; without ``fields`` it is sent alone."""

    method: WriteMethod
    path: _Path
    body: Annotated[str, BeforeValidator(_as_json)] = ""
    fields: bool = True

    def call(self) -> WriteCall:
        """Return the request as a connector describes one."""
        return WriteCall(self.method, self.path, self.body, self.fields)

    @model_validator(mode="after")
    def _object(self) -> Self:
        try:
            is_object = not self.body or isinstance(json.loads(self.body), dict)
        except ValueError:
            is_object = False
        if not is_object:
            raise ValueError("must have a body that is a JSON object")
        return self


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
    """The field that carries our mark in a record that is made, and the list that finds it by it."""

    field: str
    path: _Path
    param: str
    records: str = ""


class KeySettings(_Model):
    """The header of a key under which the system takes a change once, and for how many hours it does."""

    header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
    hours: Annotated[float, Field(gt=0)]


class WritingSettings(_Model):
    """How the records of a stream are changed; ``fields`` are the canonical columns that may be, each with its path."""

    one: _Path
    fields: Annotated[dict[str, str], Field(min_length=1)]
    id: str = "id"
    inside: str = ""
    body_inside: str = ""
    create: WriteCallSettings | None = None
    update: WriteCallSettings | None = None
    archive: WriteCallSettings | None = None
    restore: WriteCallSettings | None = None
    archived: Annotated[dict[str, str], Field(max_length=1)] = Field(default_factory=dict)
    version: VersionSettings | None = None
    stamp: str = ""
    mark: MarkSettings | None = None
    key: KeySettings | None = None
    settle_s: Annotated[float, Field(ge=0, le=3600)] = 5.0

    def writing(self) -> Writing:
        """Return the same as a connector describes it."""
        archived = next(iter(self.archived.items()), ("", ""))
        return Writing(
            one=self.one,
            columns=tuple(self.fields.items()),
            id=self.id,
            inside=self.inside,
            body_inside=self.body_inside,
            create=self.create.call() if self.create else None,
            update=self.update.call() if self.update else None,
            archive=self.archive.call() if self.archive else None,
            restore=self.restore.call() if self.restore else None,
            archived=archived,
            version=Version(**self.version.model_dump()) if self.version else None,
            stamp=self.stamp,
            mark=Mark(**self.mark.model_dump()) if self.mark else None,
            key_header=self.key.header if self.key else "",
            key_hours=self.key.hours if self.key else 0.0,
            settle_s=self.settle_s,
        )

    def refuse_unknown(self, entity: str) -> None:
        """Refuse columns that an entity has not, or that are no text: amounts and days have a form of their own there.

        Raises
        ------
        ValueError
            With the nearest right name.
        """
        texts = [column.name for column in ENTITY_SCHEMAS[entity].columns if column.type == TEXT]
        for name in self.fields:
            if name not in texts:
                raise ValueError(str(UnknownNameError(f"text column of {entity}", name, texts)))
        if self.archive is not None and not self.archived and self.archive.method != "DELETE":
            raise ValueError("must say under 'archived' where a record says that it is archived ({archived: \"true\"})")
