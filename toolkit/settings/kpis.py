"""``kpis:`` of ``engagement.yaml``: what shows later that it worked, with baseline, target and date."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
_Amount = Annotated[float, Field(ge=0)]

KpiMeasure = Literal["error_share", "missing_share", "delay_days", "entered_by_hand"]
"""What of a handoff a KPI of one's own may be measured by."""


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class KpiReadingSettings(_Model):
    """A KPI as somebody measured or said it, on a day."""

    value: _Amount
    low: _Amount | None = None
    high: _Amount | None = None
    on: date | None = None
    evidence: Literal["measured", "document", "interview"] = "interview"
    who: str = ""

    @model_validator(mode="after")
    def _is_inside(self) -> Self:
        low, high = self.value if self.low is None else self.low, self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise ValueError("must have low, value, high in rising order")
        return self


class KpiMeasuredSettings(_Model):
    """Which measure of which handoff a KPI is."""

    handoff: _Name
    measure: KpiMeasure


class KpiSettings(_Model):
    """One KPI: of the five of the first 90 days what differs, of a client's own all that it is."""

    label: str = ""
    unit: str = ""
    rule: Literal["reduction_at_least", "below", "at_most"] | None = None
    target: _Amount | None = None
    by: date | None = None
    owner: str = ""
    live_on: date | None = None
    baseline: KpiReadingSettings | None = None
    readings: tuple[KpiReadingSettings, ...] = ()
    measured: KpiMeasuredSettings | None = None
    is_left_out: bool = False

    @model_validator(mode="after")
    def _readings_have_days(self) -> Self:
        if any(one.on is None for one in self.readings):
            raise ValueError("has a reading without a day: say with 'on' when it was taken")
        return self


class KpisSettings(_Model):
    """The KPIs, the day from which the integration does the work, and under which names it writes."""

    live_on: date | None = None
    written_by: tuple[str, ...] = ()
    measures: dict[_Name, KpiSettings] = Field(default_factory=dict)
