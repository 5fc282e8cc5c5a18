"""``scope:`` and ``field_maps:`` of ``engagement.yaml``: what was agreed on with the client, and no data tells."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
_Text = Annotated[str, Field(max_length=2000)]
_Target = Annotated[float, Field(ge=0)]
_Share = Annotated[float, Field(ge=0, le=1)]
FieldPolicy = Literal["master_wins", "latest_wins", "most_complete_wins", "human_queue"]
ChangePolicy = Literal["reject", "propagate", "manual"]
TransformName = Literal["as_it_is", "split_name", "concatenation", "currency", "date_format", "code_lookup", "join"]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class AcceptanceSettings(_Model):
    """Targets that the client agreed on for one flow; what is not given follows from what was measured."""

    volume: _Target | None = None
    missing: _Share | None = None
    lag_days: _Target | None = None
    errors: _Share | None = None


class FlowScopeSettings(_Model):
    """What is said of one flow."""

    place: Literal["in", "phase_2", "out"] | None = None
    why: _Text = ""
    assumptions: tuple[_Text, ...] = ()
    duties: tuple[_Text, ...] = ()
    acceptance: AcceptanceSettings = Field(default_factory=AcceptanceSettings)


class SuccessSettings(_Model):
    """How success is judged; without metric, baseline, target and date it is not taken."""

    words: _Text = ""
    metric: _Text = ""
    baseline: float | None = None
    target: float | None = None
    unit: _Text = ""
    by: date | None = None


class ChangeLogSettings(_Model):
    """A wish that was decided, with the effect that was computed for it (``integration-audit scope --change``)."""

    what: _Text
    asked_by: _Text = ""
    on: date | None = None
    decision: Literal["in", "phase_2", "refused"]
    cost: float | None = None
    running_per_month: float | None = None
    npv: float | None = None
    weeks: float | None = None


class ScopeSettings(_Model):
    """What is in, out and later, what is taken for granted, what the client does, and what happens with new wishes.

    ``changes`` are the wishes that were decided. ``conflicts`` are the policies for fields in which systems differ,
    ``changes_elsewhere`` what happens to changes that are made in a system that is not master, by entity and field
    (``default`` for the others).
    """

    flows: dict[_Name, FlowScopeSettings] = Field(default_factory=dict)
    out: tuple[_Text, ...] = ()
    phase_2: tuple[_Text, ...] = ()
    assumptions: tuple[_Text, ...] = ()
    duties: tuple[_Text, ...] = ()
    change_rule: _Text = ""
    changes: tuple[ChangeLogSettings, ...] = ()
    success: dict[_Name, SuccessSettings] = Field(default_factory=dict)
    conflicts: dict[str, FieldPolicy] = Field(default_factory=dict)
    changes_elsewhere: dict[str, dict[str, ChangePolicy]] = Field(default_factory=dict)
    readers: tuple[_Name, ...] = ()


class FieldMapSettings(_Model):
    """How one field of the target is filled."""

    from_: tuple[str, ...] = Field(default=(), alias="from")
    transform: TransformName | None = None
    separator: str = " "
    form: str = ""
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    rates: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    negated: bool | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    default: str = ""
    required: bool | None = None
    made_there: bool = False
