"""``parallel_run:`` and ``cutover:`` of ``engagement.yaml``: what was agreed on before a client relies on an integration."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.errors import UnknownNameError
from toolkit.golive.compared_fields import COMPARABLE, KEYS
from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.gates import GATED, GateLimits
from toolkit.golive.working_days import WorkingDays

_List = Annotated[str, Field(pattern=r"^[^.\s]+\.[^.\s]+$")]
_Share = Annotated[float, Field(ge=0, le=1)]
_Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[_Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_HOLIDAYS = 366


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


def _known_fields(names: tuple[str, ...]) -> tuple[str, ...]:
    return _known("compared field", names, COMPARABLE)


def _known_keys(names: tuple[str, ...]) -> tuple[str, ...]:
    return _known("joining column", names, KEYS)


def _known(kind: str, names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    unknown = next((one for one in names if one not in known), None)
    if unknown is not None:
        raise ValueError(str(UnknownNameError(kind, unknown, known)))
    return names


class ParallelRunSettings(_Model):
    """A parallel run: people go on by hand, the integration runs beside them, and both lists are compared day by day."""

    integrated: _List
    from_: date = Field(alias="from")
    limit: _Share
    handoff: str = ""
    manual: _List | None = None
    until: date | None = None
    working_days: Annotated[int, Field(ge=1, le=250)] = 5
    min_match_rate: _Share | None = None
    by: Annotated[tuple[str, ...], AfterValidator(_known_keys)] = ()
    fields: Annotated[tuple[str, ...], AfterValidator(_known_fields)] = ()
    manual_lag_days: Annotated[int, Field(ge=0, le=365)] | None = None
    integrated_lag_days: Annotated[int, Field(ge=0, le=365)] = 0
    weekdays: Annotated[tuple[_Weekday, ...], Field(min_length=1)] = _WEEKDAYS[:5]
    holidays: Annotated[tuple[date, ...], Field(max_length=_MOST_HOLIDAYS)] = ()
    explained: dict[str, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)

    @property
    def rule(self) -> ExitRule:
        """When it ends."""
        return ExitRule(self.limit, self.working_days, self.min_match_rate)

    @property
    def calendar(self) -> WorkingDays:
        """On which days the client works."""
        return WorkingDays(frozenset(_WEEKDAYS.index(one) for one in self.weekdays), frozenset(self.holidays))

    @model_validator(mode="after")
    def _sides(self) -> Self:
        if self.manual is None and not self.handoff:
            raise ValueError("must name the list that is kept by hand: 'manual', or the 'handoff' whose target it is")
        if self.manual == self.integrated:
            raise ValueError("must compare two lists; 'manual' and 'integrated' are the same")
        if self.until is not None and self.until < self.from_:
            raise ValueError("must not end before it begins")
        return self


class GateSettings(_Model):
    """What the data of one entity must reach before the cut-over; what is not said here is as usual."""

    min_right: _Share | None = None
    max_duplicates: _Share | None = None
    max_differences: _Share | None = None
    max_missing: _Share | None = None
    max_doubtful: Annotated[int, Field(ge=0)] | None = None

    def limits(self, usual: GateLimits) -> GateLimits:
        """Return the same with what is not said as usual."""
        said = {name: value for name, value in self.model_dump().items() if value is not None}
        return GateLimits(**{**{name: getattr(usual, name) for name in type(self).model_fields}, **said})


def _known_entities(gates: dict[str, Any]) -> dict[str, Any]:
    if isinstance(gates, Mapping):
        unknown = next((one for one in gates if one not in GATED), None)
        if unknown is not None:
            raise ValueError(str(UnknownNameError("entity", str(unknown), GATED)))
    return gates


def _as_instant(value: Any) -> Any:
    return datetime(value.year, value.month, value.day) if type(value) is date else value  # noqa: DTZ001 - the client's zone is added


Moment = Annotated[datetime, BeforeValidator(_as_instant)]


class CutoverSettings(_Model):
    """The day on which a client stops by hand: what must hold, and when.

    ``freeze`` and ``live`` without a zone are in the client's.
    """

    systems: tuple[str, ...] = ()
    freeze: Moment | None = None
    live: Moment | None = None
    parallel_runs: tuple[str, ...] | None = None
    gates: Annotated[dict[str, GateSettings], BeforeValidator(_known_entities)] = Field(default_factory=dict)
    entities: tuple[str, ...] | None = None
    integration_users: tuple[str, ...] = ()
    max_hand_entries: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.freeze is None or self.live is None:
            return self
        if (self.freeze.tzinfo is None) != (self.live.tzinfo is None):
            raise ValueError("must say a zone for both 'freeze' and 'live', or for neither")
        if self.live < self.freeze:
            raise ValueError("must not go live before the freeze")
        return self
