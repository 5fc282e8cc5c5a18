"""How the rows of a stream are changed in a database, as ``engagement.yaml`` describes it.

What is not described cannot be written.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.connector import Mark, OneCall, Version, WriteCall, Writing
from toolkit.databases.row_moment import NOW
from toolkit.settings.writing import WriteFieldSettings, as_fields, refuse_unknown_columns


def _one_value(value: Any) -> Any:
    if value is not None and not isinstance(value, str | int | float):
        raise ValueError("must be one value: a text, a number, true, false or null")
    return value


_Value = Annotated[Any, AfterValidator(_one_value)]
_Fixed = dict[str, _Value]


def _as_fixed(value: Any) -> Any:
    return {} if value is True else None if value is False else value


class RowWritingSettings(BaseModel):
    """How rows of a table are changed; ``fields`` are the canonical columns that may be, each with its column.

    ``create``, ``archive`` and ``restore`` are the columns that are set with it, ``create: true`` makes a row of its fields
    alone. ``version`` is a column that grows with every change, ``mark`` one that holds our mark in a row that is made;
    ``stamp`` says when a row was last changed, and ``sets_stamp`` that nobody sets it but who changes the row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    table: Annotated[str, Field(min_length=1)]
    key: Annotated[str, Field(min_length=1)]
    fields: Annotated[dict[str, WriteFieldSettings], BeforeValidator(as_fields), Field(min_length=1)]
    update: bool = True
    create: Annotated[_Fixed | None, BeforeValidator(_as_fixed)] = None
    archive: Annotated[_Fixed, Field(min_length=1)] | None = None
    restore: Annotated[_Fixed, Field(min_length=1)] | None = None
    archived: Annotated[dict[str, _Value], Field(max_length=1)] = Field(default_factory=dict)
    version: str = ""
    stamp: str = ""
    sets_stamp: bool = False
    mark: str = ""
    settle_s: Annotated[float, Field(ge=0, le=3600)] = 5.0

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if bool(self.archive) != bool(self.archived):
            raise ValueError(
                "must say with 'archive' where a row says that it is archived, and what it says then: 'archived'"
            )
        if self.sets_stamp and not self.stamp:
            raise ValueError("must name the 'stamp' that 'sets_stamp' means")
        return self

    def writing(self) -> Writing:
        """Return the same as a connector describes it: of a database a path is a table, or a column of it."""
        column, word = next(iter(self.archived.items()), ("", ""))
        now = {self.stamp: NOW} if self.sets_stamp else {}
        return Writing(
            one=OneCall(self.table),
            fields=tuple(one.field(column) for column, one in self.fields.items()),
            id=self.key,
            create=_call("POST", self.table, self.create, now),
            update=_call("PATCH", self.table, {} if self.update else None, now),
            archive=_call("PATCH", self.table, self.archive, now, has_fields=False),
            restore=_call("PATCH", self.table, self.restore, now, has_fields=False),
            archived=(column, _word(word)),
            version=Version(path=self.version) if self.version else None,
            stamp=self.stamp,
            mark=Mark(self.mark, self.table, self.mark) if self.mark else None,
            settle_s=self.settle_s,
        )

    def refuse_unknown(self, entity: str) -> None:
        """Refuse columns that an entity has not, and forms that do not fit.

        Raises
        ------
        ValueError
            With the nearest right name.
        """
        refuse_unknown_columns(entity, self.fields)


def _call(
    method: Any, table: str, fixed: Mapping[str, Any] | None, now: Mapping[str, Any], *, has_fields: bool = True
) -> WriteCall | None:
    return None if fixed is None else WriteCall(method, table, json.dumps({**now, **fixed}), has_fields)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
