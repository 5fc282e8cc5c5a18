"""``engagement.yaml`` as typed models; names and units of a handoff's figures are those of the cost model."""

from datetime import date
from typing import Annotated, Literal, Self
from unicodedata import category
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from toolkit.errors import UnknownNameError
from toolkit.estimates import Evidence
from toolkit.settings.approach import ApproachSettings, HandoffApproachSettings
from toolkit.settings.asking import ApiSettings
from toolkit.settings.databases import DatabaseSettings
from toolkit.settings.figures import Figure, Share
from toolkit.settings.golive import CutoverSettings, ParallelRunSettings
from toolkit.settings.jobs import CleanupSettings, SyncSettings
from toolkit.settings.kpis import KpisSettings
from toolkit.settings.landscape import AnswerSettings, AutomationSettings, CatalogueSettings, ScreeningSettings, StepSettings
from toolkit.settings.roadmap import RoadmapSettings
from toolkit.settings.scope import FieldMapSettings, ScopeSettings
from toolkit.settings.sign_in import SignInSettings
from toolkit.settings.state import StateSettings
from toolkit.settings.streams import Names, StreamSettings

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
Trigger = Literal["record_created", "status_change", "schedule", "payment_received", "manual"]
Carrier = Literal["copy", "file", "reentry", "report_update", "email", "sheet"]
_FieldName = Annotated[str, Field(pattern=r"^[A-Za-z]\w{0,79}$")]
BuildClass = Literal["native", "simple", "medium", "complex"]


class _Model(BaseModel):
    # A secret that somebody wrote here is refused, and must not be repeated by whoever prints why.
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class SystemSettings(_Model):
    """One of the client's business systems, also an informal one such as a sheet.

    ``external_ids`` are, by list, the client's own fields with ids of other systems: a record that a job makes is made
    under its key there. With ``updates_together`` several records are changed in one request also where an entry of it
    cannot name the version that it means.
    """

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
    has_api: bool | None = None
    has_files: bool | None = None
    has_platform_connector: bool | None = None
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
    database_to_write: DatabaseSettings | None = None
    sign_in: SignInSettings | None = None
    sign_in_to_write: SignInSettings | None = None
    environment: Literal["live", "sandbox"] | None = None
    streams: dict[Name, StreamSettings] = Field(default_factory=dict)
    external_ids: dict[str, _FieldName] = Field(default_factory=dict)
    updates_together: bool = False
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
    approach: HandoffApproachSettings | None = None
    data: str = ""
    format: str = ""
    steps: tuple[StepSettings, ...] = ()
    note: str = ""


HANDOFF_FACTS = frozenset(
    {
        "from_", "to", "label", "by", "trigger", "carrier", "is_proposed", "grace_days", "is_source_required", "is_billing",
        "note",
    }
)  # fmt: skip
"""What is said of a handoff beside what it costs."""

HANDOFF_CARD = frozenset({"data", "format", "steps"})
"""What its card says besides; no figure and no plan rests on it."""


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
    state: StateSettings | None = None
    systems: dict[Name, SystemSettings] = Field(default_factory=dict)
    people: dict[str, PersonSettings] = Field(default_factory=dict)
    sources_of_truth: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    handoffs: dict[Name, HandoffSettings] = Field(default_factory=dict)
    rates: RateSettings = Field(default_factory=RateSettings)
    approach: ApproachSettings = Field(default_factory=ApproachSettings)
    cleanup: dict[Name, CleanupSettings] = Field(default_factory=dict)
    sync: SyncSettings = Field(default_factory=SyncSettings)
    parallel_run: dict[Name, ParallelRunSettings] = Field(default_factory=dict)
    cutover: CutoverSettings | None = None
    automations: dict[Name, AutomationSettings] = Field(default_factory=dict)
    answers: dict[Name, AnswerSettings] = Field(default_factory=dict)
    screening: ScreeningSettings = Field(default_factory=ScreeningSettings)
    catalogue: CatalogueSettings = Field(default_factory=CatalogueSettings)
    roadmap: RoadmapSettings = Field(default_factory=RoadmapSettings)
    kpis: KpisSettings = Field(default_factory=KpisSettings)
    scope: ScopeSettings = Field(default_factory=ScopeSettings)
    field_maps: dict[Name, dict[str, FieldMapSettings]] = Field(default_factory=dict)

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
