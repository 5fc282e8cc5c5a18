"""``engagement.yaml`` as typed models; names and units of a handoff's figures are those of the cost model."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self
from unicodedata import category
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from toolkit.errors import UnknownNameError
from toolkit.estimates import Estimate, Evidence
from toolkit.settings.asking import ApiSettings, ReadingSettings
from toolkit.settings.databases import DatabaseSettings, RowsSettings
from toolkit.settings.jobs import CleanupSettings, SyncSettings
from toolkit.settings.sign_in import SignInSettings
from toolkit.tables import DOCUMENT_LINE, ENTITY_COLUMNS, unknown_column

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Trigger = Literal["record_created", "status_change", "schedule", "payment_received", "manual"]
Carrier = Literal["copy", "file", "reentry", "report_update", "email", "sheet"]
BuildClass = Literal["native", "simple", "medium", "complex"]


class _Model(BaseModel):
    # A secret that somebody wrote here is refused, and must not be repeated by whoever prints why.
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


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
        if self._lowest < 0:
            raise ValueError("must not be negative")
        return self

    @property
    def _lowest(self) -> float:
        return self.value[0] if isinstance(self.value, tuple) else self.value

    @property
    def highest(self) -> float:
        """The upper end of the range."""
        return self.value[2] if isinstance(self.value, tuple) else self.value


def _of_one(given: EstimateSettings) -> EstimateSettings:
    if given.highest > 1:
        raise ValueError(f"is a share of 1: write {given.highest / 100:g} for {given.highest:g} %")
    return given


Figure = Annotated[EstimateSettings, BeforeValidator(_as_mapping)]
Share = Annotated[EstimateSettings, BeforeValidator(_as_mapping), AfterValidator(_of_one)]


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

    @model_validator(mode="after")
    def _asked(self) -> Self:
        if (self.read is not None or self.rows is not None) and not self.key:
            raise ValueError("must have a 'key': what names a record in the system's answers, such as [id]")
        if self.read is not None and self.rows is not None:
            raise ValueError("has 'read' (an interface) and 'rows' (a database): keep the one that it is pulled by")
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


class SystemSettings(_Model):
    """One of the client's business systems, also an informal one such as a sheet."""

    connector: str = "table"
    category: str = ""
    label: str = ""
    product: str = ""
    tier: str = ""
    owner: str = ""
    users: Annotated[int, Field(ge=0)] | None = None
    cost_per_month: Annotated[float, Field(ge=0)] | None = None
    is_informal: bool = False
    process: str = ""
    data_in: str = ""
    data_out: str = ""
    moved_by: str = ""
    file: Names = ()
    time_zone: str = ""
    country: str = ""
    currency: str = ""
    decimal_sign: Literal["", ".", ","] = ""
    day_order: Literal["", "dmy", "mdy", "ymd"] = ""
    encoding: str = ""
    hidden_sheets: tuple[str, ...] = ()
    api: ApiSettings | None = None
    database: DatabaseSettings | None = None
    sign_in: SignInSettings | None = None
    streams: dict[Name, StreamSettings] = Field(default_factory=dict)
    note: str = ""


class BuildSettings(_Model):
    """What connecting takes: a class of effort, or days that somebody estimated."""

    class_: BuildClass | None = Field(default=None, alias="class")
    days: Figure | None = None
    cost: Figure | None = None
    soap_or_file_sides: Annotated[int, Field(ge=0, le=2)] = 0
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
    trigger: Trigger | None = None
    carrier: Carrier | None = None
    is_proposed: bool = False
    grace_days: Annotated[int, Field(ge=0, le=3650)] = 14
    is_source_required: bool = False
    is_billing: bool | None = None
    volume_per_month: Figure | None = None
    minutes_per_item: Figure | None = None
    fixed_minutes_per_month: Figure | None = None
    loaded_rate_per_hour: Figure | None = None
    error_rate: Share | None = None
    rework_minutes: Figure | None = None
    rework_rate_per_hour: Figure | None = None
    other_cost_per_error: Figure | None = None
    delay_days: Figure | None = None
    invoices_per_month: Figure | None = None
    avg_invoice_value: Figure | None = None
    cost_per_item_day: Figure | None = None
    payments_per_month: Figure | None = None
    avg_payment: Figure | None = None
    duplicate_rate: Share | None = None
    duplicate_rate_after: Share | None = None
    recovery_rate: Share | None = None
    recovery_cost_per_duplicate: Figure | None = None
    missed_rate: Share | None = None
    missed_invoice_value: Figure | None = None
    missed_rate_after: Share | None = None
    recovered_rate: Share | None = None
    retired_subscriptions_per_month: Figure | None = None
    automation_rate: Share | None = None
    exception_minutes: Figure | None = None
    error_rate_after: Share | None = None
    delay_days_after: Figure | None = None
    monitoring_hours_per_month: Figure | None = None
    platform_fee_per_month: Figure | None = None
    maintenance_share_per_year: Share | None = None
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
    note: str = ""


HANDOFF_FACTS = frozenset(
    {
        "from_", "to", "label", "by", "trigger", "carrier", "is_proposed", "grace_days", "is_source_required", "is_billing",
        "note",
    }
)  # fmt: skip
"""What is said of a handoff beside what it costs."""


class RateSettings(_Model):
    """Money figures that several handoffs share."""

    loaded_rate_per_hour: Figure | None = None
    day_rate: Figure | None = None
    annual_cost_of_capital: Share | None = None
    annual_discount_rate: Share | None = None
    annual_volume_growth: Figure | None = None
    contingency_rate: Share | None = None
    cleanup_minutes_per_duplicate: Figure | None = None
    cleanup_minutes_per_mismatch: Figure | None = None
    horizon_months: Annotated[int, Field(ge=1, le=600)] = 36
    cash_share: Annotated[float, Field(ge=0, le=1)] = 1.0
    add_lost_revenue: bool = False


class PersonSettings(_Model):
    """Somebody who carries data, and the hours a month that he or she works."""

    role: str = ""
    department: str = ""
    systems: str = ""
    hours_per_month: Annotated[float, Field(ge=0, le=744)] | None = None
    note: str = ""


class QuestionSettings(_Model):
    """What only a person can say, with its choices; ``answer`` is one of them, or empty as long as nobody has said.

    ``streams`` are the streams it is about (``system.stream``), ``files`` the files that are not read before it is answered,
    ``sheets`` their sheets. ``keeps_out`` says what no figure holds until then: rows, an amount, or nothing.
    """

    about: Literal["entity", "row", "column", "key", "amounts", "day_order", "decimal_sign", "currency", "status", "sheet"]
    ask: str
    choices: dict[str, str] = Field(default_factory=dict)
    answer: str = ""
    streams: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    column: str = ""
    samples: tuple[str, ...] = ()
    changes: str = ""
    keeps_out: Literal["", "rows", "amount"] = ""

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        # A currency, a country or a meaning may be none of the likely ones: what is free is checked where it is used.
        if self.answer and self.about not in _FREE_ANSWERS and self.choices and self.answer not in self.choices:
            raise ValueError(str(UnknownNameError("answer", self.answer, self.choices)))
        return self


_FREE_ANSWERS = frozenset({"currency", "column", "entity", "key", "status"})


def _one_line(text: str) -> str:
    if any(category(one) == "Cc" for one in text):
        raise ValueError("must be one line of text, without control characters")
    return text


class Settings(_Model):
    """The whole of ``engagement.yaml``."""

    client: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_one_line)]
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    country: str = Field(default="US", pattern=r"^[A-Z]{2}$")
    time_zone: str = "UTC"
    as_of: date | None = None
    unconfirmed: tuple[str, ...] = ()
    questions: dict[Name, QuestionSettings] = Field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    memory: bool = False
    systems: dict[Name, SystemSettings] = Field(default_factory=dict)
    people: dict[str, PersonSettings] = Field(default_factory=dict)
    sources_of_truth: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    handoffs: dict[Name, HandoffSettings] = Field(default_factory=dict)
    rates: RateSettings = Field(default_factory=RateSettings)
    cleanup: dict[Name, CleanupSettings] = Field(default_factory=dict)
    sync: SyncSettings = Field(default_factory=SyncSettings)

    @model_validator(mode="after")
    def _no_sum_is_a_handoff(self) -> Self:
        for name in ("total", "recommended"):
            if name in self.handoffs:
                raise ValueError(f"no handoff can be called {name!r}: that is what the sum of them is called")
        return self

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
