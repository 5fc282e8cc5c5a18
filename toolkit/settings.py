"""What the consultant knows of an engagement: ``engagement.yaml`` as typed models, and the only reader of the environment.

Unknown keys are refused with the nearest known one and their line. Settings come from the defaults here, then the file, then
``path=value`` overrides. The environment holds secrets and paths, never figures.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.disk import atomic_file
from toolkit.errors import InputError, UnknownNameError
from toolkit.estimates import Estimate, Evidence
from toolkit.tables import ENTITY_SCHEMAS

FILE_NAME = "engagement.yaml"

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Trigger = Literal["record_created", "status_change", "schedule", "payment_received", "manual"]
Carrier = Literal["copy", "file", "reentry", "report_update", "email", "sheet"]
BuildClass = Literal["native", "simple", "medium", "complex"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _as_mapping(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {"value": value}


class EstimateSettings(_Model):
    """A number, ``[low, likely, high]``, or either with its evidence: who said so, and when."""

    value: float | tuple[float, float, float]
    evidence: Evidence = "interview"
    who: str = ""
    on: date | None = None
    source: str = ""

    def estimate(self, unit: str) -> Estimate:
        """Return the same as an `Estimate` in ``unit``."""
        low, likely, high = self.value if isinstance(self.value, tuple) else (self.value,) * 3
        return Estimate(likely, unit, self.evidence, low, high, source=self.source, who=self.who, given_on=self.on)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if isinstance(self.value, tuple) and list(self.value) != sorted(self.value):
            raise ValueError("must be low, likely, high in rising order")
        return self


Figure = Annotated[EstimateSettings, BeforeValidator(_as_mapping)]


class FieldSettings(_Model):
    """Where a canonical column stands in a file: its header or headers (the first filled counts), and a date's format."""

    column: str | tuple[str, ...]
    format: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, one or several."""
        return (self.column,) if isinstance(self.column, str) else self.column


def _as_field(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


class StreamSettings(_Model):
    """A kind of record that no connector knows: which entity it is, what names a record, and where its columns stand."""

    entity: str
    key: tuple[str, ...] = ()
    fields: dict[str, Annotated[FieldSettings, BeforeValidator(_as_field)]]
    sheet: str = ""
    file: str = ""
    roles: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.entity not in ENTITY_SCHEMAS:
            raise ValueError(str(UnknownNameError("entity", self.entity, ENTITY_SCHEMAS)))
        columns = ENTITY_SCHEMAS[self.entity].names
        for name in self.fields:
            if name not in columns:
                raise ValueError(str(UnknownNameError(f"column of {self.entity}", name, columns)))
        return self


class SystemSettings(_Model):
    """One of the client's business systems, also an informal one such as a sheet."""

    connector: str = "table"
    category: str = ""
    label: str = ""
    owner: str = ""
    users: int | None = None
    cost_per_month: float | None = None
    is_informal: bool = False
    process: str = ""
    data_in: str = ""
    data_out: str = ""
    file: str = ""
    time_zone: str = ""
    country: str = ""
    currency: str = ""
    streams: dict[Name, StreamSettings] = Field(default_factory=dict)
    note: str = ""


class BuildSettings(_Model):
    """What connecting takes: a class of effort, or days that somebody estimated."""

    class_: BuildClass | None = Field(default=None, alias="class")
    days: Figure | None = None
    cost: Figure | None = None
    soap_or_file_sides: int = 0
    evidence: Evidence = "default"


class HandoffSettings(_Model):
    """A person carrying data from one system to another, with everything that its cost needs.

    Names and units are those of the cost model. What is not given here is measured, or is a named default, or keeps the
    handoff's cost incomplete.
    """

    from_: str = Field(alias="from", pattern=r"^[^.\s]+\.[^.\s]+$")
    to: str = Field(pattern=r"^[^.\s]+\.[^.\s]+$")
    label: str = ""
    by: str = ""
    trigger: Trigger = "manual"
    carrier: Carrier = "copy"
    is_proposed: bool = False
    grace_days: int = 14
    is_source_required: bool = False
    is_billing: bool | None = None
    volume_per_month: Figure | None = None
    minutes_per_item: Figure | None = None
    fixed_minutes_per_month: Figure | None = None
    loaded_rate_per_hour: Figure | None = None
    error_rate: Figure | None = None
    rework_minutes: Figure | None = None
    rework_rate_per_hour: Figure | None = None
    other_cost_per_error: Figure | None = None
    delay_days: Figure | None = None
    invoices_per_month: Figure | None = None
    avg_invoice_value: Figure | None = None
    cost_per_item_day: Figure | None = None
    payments_per_month: Figure | None = None
    avg_payment: Figure | None = None
    duplicate_rate: Figure | None = None
    duplicate_rate_after: Figure | None = None
    recovery_rate: Figure | None = None
    recovery_cost_per_duplicate: Figure | None = None
    missed_rate: Figure | None = None
    missed_rate_after: Figure | None = None
    recovered_rate: Figure | None = None
    retired_subscriptions_per_month: Figure | None = None
    automation_rate: Figure | None = None
    exception_minutes: Figure | None = None
    error_rate_after: Figure | None = None
    delay_days_after: Figure | None = None
    monitoring_hours_per_month: Figure | None = None
    platform_fee_per_month: Figure | None = None
    maintenance_share_per_year: Figure | None = None
    hosting_per_month: Figure | None = None
    training: Figure | None = None
    training_hours: Figure | None = None
    duplicate_records: Figure | None = None
    mismatched_records: Figure | None = None
    parallel_run_weeks: Figure | None = None
    parallel_run_hours_per_week: Figure | None = None
    cleanup_minutes_per_duplicate: Figure | None = None
    cleanup_minutes_per_mismatch: Figure | None = None
    build: BuildSettings | None = None


class RateSettings(_Model):
    """Money figures that several handoffs share."""

    loaded_rate_per_hour: Figure | None = None
    day_rate: Figure | None = None
    annual_cost_of_capital: Figure | None = None
    annual_discount_rate: Figure | None = None
    contingency_rate: Figure | None = None
    cleanup_minutes_per_duplicate: Figure | None = None
    cleanup_minutes_per_mismatch: Figure | None = None
    horizon_months: int = 36
    cash_share: float = 1.0


class PersonSettings(_Model):
    """Somebody who carries data, and the hours a month that he or she works."""

    role: str = ""
    hours_per_month: float | None = None


class Settings(_Model):
    """The whole of ``engagement.yaml``."""

    client: str
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    country: str = Field(default="US", pattern=r"^[A-Z]{2}$")
    time_zone: str = "UTC"
    as_of: date | None = None
    systems: dict[Name, SystemSettings] = Field(default_factory=dict)
    people: dict[str, PersonSettings] = Field(default_factory=dict)
    sources_of_truth: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    handoffs: dict[Name, HandoffSettings] = Field(default_factory=dict)
    rates: RateSettings = Field(default_factory=RateSettings)

    @model_validator(mode="after")
    def _zone_exists(self) -> Self:
        for zone in (self.time_zone, *(one.time_zone for one in self.systems.values())):
            try:
                ZoneInfo(zone or "UTC")
            except (ZoneInfoNotFoundError, ValueError) as error:
                raise ValueError(
                    f"there is no time zone {zone!r}; write it like 'America/Chicago' or 'Europe/London'"
                ) from error
        return self


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings with the file they come from, the overrides, and whether a file was there at all."""

    settings: Settings
    path: Path | None
    overrides: Mapping[str, str] = field(default_factory=dict)


def load_settings(path: Path, overrides: Iterable[str] = ()) -> LoadedSettings:
    """Return the settings at ``path`` with ``path.to.key=value`` overrides on top.

    Raises
    ------
    InputError
        The file is no YAML, or a key or value is not allowed: the message has file, line, key and the nearest known one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read {path}: {error}. It must be a readable text file in UTF-8.") from error
    tree = _parsed(text, path)
    given = dict(_split_override(one) for one in overrides)
    for dotted, value in given.items():
        _set(tree, dotted.split("."), _parsed(value, path) if value else None)
    try:
        settings = Settings.model_validate(_plain(tree))
    except pydantic.ValidationError as error:
        raise InputError(_explained(error, tree, path)) from error
    return LoadedSettings(settings, path, given)


def write_settings(path: Path, text: str) -> None:
    """Write a new ``engagement.yaml``; what is not valid is refused before anything is written."""
    try:
        Settings.model_validate(_plain(_parsed(text, path)))
    except pydantic.ValidationError as error:
        raise InputError(_explained(error, _parsed(text, path), path)) from error
    with atomic_file(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def add_systems(path: Path, streams: Mapping[str, Mapping[str, Any]]) -> None:
    """Add suggested streams (system to stream to its settings) to a file that is there; every other line stays as it is.

    A stream that the file describes already is left alone.

    Raises
    ------
    InputError
        The file with the additions would not be valid; it is left as it was.
    """
    from io import StringIO

    from ruamel.yaml import YAML

    tree = _parsed(path.read_text(encoding="utf-8-sig"), path)
    systems = tree.setdefault("systems", {})
    for name, added in streams.items():
        system = systems.setdefault(name, {"connector": "table", "category": "other"})
        known = system.setdefault("streams", {})
        for stream, given in added.items():
            known.setdefault(stream, dict(given))
    yaml = YAML(typ="rt")
    yaml.width = 10_000
    yaml.preserve_quotes = True
    text = StringIO()
    yaml.dump(tree, text)
    write_settings(path, text.getvalue())


def browser_path() -> Path | None:
    """Return the browser that the environment names for printing PDF, or nothing."""
    named = os.environ.get("BROWSER_PATH")
    return Path(named) if named else None


def _parsed(text: str, path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path.name}, line {line}: {error.problem or 'not valid YAML'}. Mend that line.") from error
    except (YAMLError, ValueError) as error:
        raise InputError(f"{path.name} is not valid YAML: {error}.") from error
    return {} if tree is None else tree


def _split_override(text: str) -> tuple[str, str]:
    dotted, equals, value = text.partition("=")
    if not equals or not dotted:
        raise InputError(f"--set needs path=value, for example rates.day_rate=650; it got {text!r}.")
    return dotted.strip(), value.strip()


def _set(tree: Any, keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {}) if isinstance(tree, dict) else {}
    tree[keys[-1]] = value


def _plain(value: Any) -> Any:
    """Return YAML's own kinds of list, map, text and number as Python's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _explained(error: pydantic.ValidationError, tree: Any, path: Path) -> str:
    """Return one sentence per problem, at most five, each with its line."""
    problems = [_problem(one, tree, path) for one in error.errors()]
    shown = " ".join(problems[:5])
    return shown if len(problems) <= 5 else f"{shown} And {len(problems) - 5} more problems."


def _problem(one: Any, tree: Any, path: Path) -> str:
    keys = [str(key) for key in one["loc"] if not str(key).startswith(("tuple[", "function-", "float"))]
    line = _line_of(tree, keys)
    where = f"{path.name}, line {line}: " if line else f"{path.name}: "
    dotted = ".".join(keys)
    if one["type"] == "extra_forbidden":
        return where + str(UnknownNameError(f"setting in {'.'.join(keys[:-1]) or 'the file'}", keys[-1], _known_keys(keys)))
    if one["type"] == "missing":
        return f"{where}{dotted!r} is missing."
    message = one["msg"].removeprefix("Value error, ")
    return f"{where}{dotted!r}: {message}."


def _line_of(tree: Any, keys: list[str]) -> int | None:
    """Return the line of the deepest key that stands in the file."""
    line = None
    for key in keys:
        if not isinstance(tree, Mapping) or key not in tree:
            break
        marks = getattr(tree, "lc", None)
        if marks is not None and marks.data and key in marks.data:
            line = marks.data[key][0] + 1
        tree = tree[key]
    return line


def _known_keys(keys: list[str]) -> list[str]:
    """Return the keys allowed where the last of ``keys`` stands."""
    shape: Any = Settings
    for key in keys[:-1]:
        if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
            break
        found = next((f for n, f in shape.model_fields.items() if key in {n, f.alias}), None)
        shape = _inner_model(found.annotation) if found else shape
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
        return []
    return [found.alias or name for name, found in shape.model_fields.items()]


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_inner_model(one) for one in getattr(annotation, "__args__", ())]
    return next((one for one in inner if one is not None), None)
