"""Figures of ``engagement.yaml``: a number or a range, with its evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from toolkit.estimates import Estimate, Evidence


class _Model(BaseModel):
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
