"""``roadmap:`` of ``engagement.yaml``: what a plan of connecting must keep to, and what no data can tell."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_Handoff = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
_Amount = Annotated[float, Field(ge=0)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class ProjectSettings(_Model):
    """What is said of connecting one handoff."""

    owner: str = ""
    needs: tuple[_Handoff, ...] = ()
    stays_by_hand: str = ""
    sandbox_tested_on: date | None = None


class SharedCostSettings(_Model):
    """A cost that is paid once if any of its users is connected, and that none of their own figures holds."""

    cost: _Amount
    users: Annotated[tuple[_Handoff, ...], Field(min_length=1)]


class RoadmapSettings(_Model):
    """Money, days and the first day of the roadmap, and what binds handoffs together."""

    start: date | None = None
    budget: _Amount | None = None
    person_days_per_quarter: Annotated[float, Field(gt=0)] | None = None
    quarters: Annotated[int, Field(ge=1, le=40)] | None = None
    projects: dict[_Handoff, ProjectSettings] = Field(default_factory=dict)
    exclusive: tuple[Annotated[tuple[_Handoff, ...], Field(min_length=2)], ...] = ()
    shared_costs: dict[_Handoff, SharedCostSettings] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _quarters_have_days(self) -> Self:
        if self.quarters is not None and self.person_days_per_quarter is None:
            raise ValueError("names quarters; say with person_days_per_quarter how many days there are in each")
        return self
