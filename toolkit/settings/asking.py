"""How a system is asked, as ``engagement.yaml`` describes it: its address, its limits, and each list that holds a stream."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from toolkit.connector import (
    Account,
    Api,
    Changed,
    Cursor,
    Fault,
    GraphConnection,
    Job,
    Keyset,
    Limit,
    LinkHeader,
    NextLink,
    Offset,
    OnePage,
    PageNumber,
    Paging,
    Reading,
    Window,
)
from toolkit.connector.api import Meaning, StampForm
from toolkit.errors import UnknownNameError

STYLES: Mapping[str, type] = {
    "one_page": OnePage,
    "next_link": NextLink,
    "link_header": LinkHeader,
    "cursor": Cursor,
    "page_number": PageNumber,
    "offset": Offset,
    "keyset": Keyset,
    "graph_connection": GraphConnection,
    "job": Job,
}
"""Every style of paging by its name in the settings; what each wants is the fields of its class."""

_UNITS: Mapping[str, float] = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0}

_Texts = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
_Path = Annotated[str, Field(pattern=r"^[^?#]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ChangedSettings(_Model):
    """How a list is asked for what changed: the record's own stamp, and where the moment stands in the request."""

    field: str
    param: str = ""
    header: str = ""
    template: str = "{since}"
    form: StampForm = "iso"


class WindowSettings(_Model):
    """A list that ends after so many records: the parameters of a span of time."""

    max_records: Annotated[int, Field(ge=1)]
    start: str = ""
    end: str = ""
    param: str = ""
    template: str = ""
    form: StampForm = "iso"
    earliest: str = "2000-01-01"


class ReadingSettings(_Model):
    """One list of the interface: its path, what is sent, where its records stand, how it goes on."""

    path: _Path
    method: Literal["GET", "POST"] = "GET"
    query: dict[str, str | int | float | bool | list[str]] = Field(default_factory=dict)
    base64: _Texts = ()
    body: str = ""
    headers: dict[str, str] = Field(default_factory=dict)
    records: str = ""
    inside: str = ""
    lines: str = ""
    count: str = ""
    paging: dict[str, str | int | float | bool | list[str]] = Field(default_factory=dict)
    changed_since: ChangedSettings | None = None
    window: WindowSettings | None = None
    state: Literal["", "active", "archived", "deleted"] = ""
    only_keys: bool = False
    key: _Texts = ()
    scopes: _Texts = ()
    form: Literal["json", "json_lines", "csv"] = "json"
    parents: bool = False
    optional: bool = False

    @field_validator("paging")
    @classmethod
    def _described(cls, value: dict[str, Any]) -> dict[str, Any]:
        paging_of(value)
        return value

    def reading(self) -> Reading:
        """Return the list as a connector describes one."""
        changed, window = self.changed_since, self.window
        return Reading(
            path=self.path,
            method=self.method,
            query=tuple((name, _as_sent(one)) for name, value in self.query.items() for one in _each(value)),
            base64=self.base64,
            body=self.body,
            headers=tuple(self.headers.items()),
            records=self.records,
            inside=self.inside,
            lines=self.lines,
            total=self.count,
            paging=paging_of(self.paging),
            changed=None if changed is None else Changed(**changed.model_dump()),
            window=None if window is None else Window(**window.model_dump()),
            state=self.state,
            is_keys_only=self.only_keys,
            key=self.key,
            scopes=self.scopes,
            form=self.form,
            is_parents=self.parents,
            is_optional=self.optional,
        )


class AccountSettings(_Model):
    """The request that says whose data the credentials open."""

    path: _Path
    id: str
    name: str = ""


class FaultSettings(_Model):
    """What an answer means: its ``status`` (any without), and a ``pattern`` found in the text at ``path`` of its body."""

    means: Meaning
    status: int = 0
    path: str = ""
    pattern: str = ""

    @model_validator(mode="after")
    def _told(self) -> Self:
        if not self.status and not self.path:
            raise ValueError("must say by what the answer is told: its 'status', or what stands at a 'path' of it")
        return self


class ApiSettings(_Model):
    """The interface of a system: its address, its limits, and what goes with every request."""

    url: Annotated[str, Field(pattern=r"^https?://[^?#\s]+$")]
    headers: dict[str, str] = Field(default_factory=dict)
    limits: dict[Literal["second", "minute", "hour", "day"], Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    at_once: Annotated[int, Field(ge=1, le=50)] = 4
    account: AccountSettings | None = None
    look_back_minutes: Annotated[int, Field(ge=0)] = 10
    faults: list[FaultSettings] = Field(default_factory=list)
    ca_file: str = ""

    def api(self) -> Api:
        """Return the interface as a connector describes one."""
        account = self.account
        return Api(
            self.url,
            headers=tuple(self.headers.items()),
            limits=tuple(Limit(count, _UNITS[unit]) for unit, count in self.limits.items()),
            at_once=self.at_once,
            account=None if account is None else Account(account.path, account.id, account.name),
            look_back_s=60.0 * self.look_back_minutes,
            faults=tuple(Fault(**one.model_dump()) for one in self.faults),
        )


def paging_of(said: Mapping[str, Any]) -> Paging:
    """Return the style of paging that the settings name, with what it wants.

    Raises
    ------
    ValueError
        There is no such style, or it wants something else.

    Examples
    --------
    >>> paging_of({"style": "cursor", "param": "after", "path": "paging.next.after"})
    Cursor(param='after', path='paging.next.after', more='', place='query', from_last='', end='', instead_of='')
    >>> paging_of({"style": "offset", "sise": 50})
    Traceback (most recent call last):
    ...
    ValueError: There is no setting of the style 'offset' named 'sise'. Did you mean 'size'?
    """
    style = str(said.get("style", "one_page"))
    if style not in STYLES:
        raise ValueError(str(UnknownNameError("style of paging", style, STYLES)))
    known = {one.name: one for one in fields(STYLES[style])}
    given = {name: value for name, value in said.items() if name != "style"}
    for name in given:
        if name not in known:
            raise ValueError(str(UnknownNameError(f"setting of the style {style!r}", name, known)))
    lacking = [name for name, one in known.items() if one.default is MISSING and name not in given]
    if lacking:
        raise ValueError(f"The style {style!r} wants {lacking[0]!r}, too.")
    made = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    wrong = [name for name, value in made.items() if not _fits(value, known[name].default)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} of the style {style!r} cannot be {given[wrong[0]]!r}.")
    found: Paging = STYLES[style](**made)
    return found


def _fits(value: object, usual: object) -> bool:
    """Return whether a value is of the kind of what is usual there; a text where nothing is."""
    if isinstance(usual, bool | str) or usual is MISSING:
        return isinstance(value, str | tuple)
    return isinstance(value, int | float) if isinstance(usual, int | float) else isinstance(value, tuple | str)


def _each(value: str | float | bool | list[str]) -> Sequence[str | float | bool]:  # noqa: FBT001  # a value of the settings
    """Return the values of a parameter: one, or those of a list, each of which is sent by itself."""
    return value if isinstance(value, list) else [value]


def _as_sent(value: str | float | bool) -> str:  # noqa: FBT001  # a value of the settings, whatever it is
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
