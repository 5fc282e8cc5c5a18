"""``approach:`` of ``engagement.yaml``: what decides how a handoff is connected, and no data tells."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from toolkit.connector.about import Known
from toolkit.errors import UnknownNameError
from toolkit.scoping.approach.coverage import Direction, FieldNeed
from toolkit.scoping.approach.facts import ApproachLimits
from toolkit.scoping.approach.feasibility import QUESTIONS
from toolkit.scoping.approach.platforms import PLATFORMS
from toolkit.scoping.approach.service_level import ServiceLevel
from toolkit.settings.figures import EstimateSettings, Figure

Requirement = Literal["audit_trail", "versioned_code", "several_entities", "several_currencies", "embedded"]
_Way = Literal["there", "back", "both", "none"]
_WAYS: Mapping[str, tuple[Direction, ...]] = {"there": ("there",), "back": ("back",), "both": ("there", "back"), "none": ()}


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False, hide_input_in_errors=True
    )


class NativeFieldSettings(_Model):
    """A field that must be carried: in which direction, and in which the vendors' own connector carries it."""

    needed: Literal["there", "back", "both"] = "there"
    carried: _Way = "none"
    weight: Annotated[float, Field(gt=0)] = 1.0
    must_have: bool = False

    def need(self, name: str) -> FieldNeed:
        """Return the same as the rules take it."""
        return FieldNeed(name, _WAYS[self.needed], _WAYS[self.carried], self.weight, is_must_have=self.must_have)


class NativeSettings(_Model):
    """Whether one of both vendors offers a connector to the other, and what it carries of what is needed."""

    exists: bool | None = None
    fields: dict[Annotated[str, Field(min_length=1)], NativeFieldSettings] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_fields_of_nothing(self) -> Self:
        carried = [name for name, one in self.fields.items() if one.carried != "none"]
        if self.exists is False and carried:
            raise ValueError(f"says that there is no connector, and that it carries {carried[0]!r}")
        return self


def _as_known(value: Any) -> Any:
    # YAML takes a bare yes for a word, true for a truth: both mean the same here.
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _known_questions(answers: dict[str, Any]) -> dict[str, Any]:
    unknown = next((name for name in answers if name not in QUESTIONS), None)
    if unknown is not None:
        raise ValueError(str(UnknownNameError("fact of feasibility", unknown, QUESTIONS)))
    return answers


_Answer = Annotated[Known, BeforeValidator(_as_known)]


class HandoffApproachSettings(_Model):
    """What decides how one handoff is connected; what is left out is unknown, and asked for where it matters.

    ``requires`` that is empty says that nothing of the kind is required.
    """

    needed_within: ServiceLevel | None = None
    critical: bool | None = None
    logic: Literal["linear", "branching", "own"] | None = None
    purpose: Literal["sync", "reporting", "one_system"] | None = None
    requires: tuple[Requirement, ...] | None = None
    process_agreed: bool | None = None
    steps_per_run: Annotated[int, Field(ge=1, le=1_000)] | None = None
    native: NativeSettings | None = None
    feasibility: Annotated[dict[str, _Answer], AfterValidator(_known_questions)] = Field(default_factory=dict)

    def over(self, usual: Self) -> Self:
        """Return the same with what is not said here as ``usual`` says it."""
        said = {name: getattr(self, name) for name in self.model_fields_set if getattr(self, name) not in (None, {})}
        return usual.model_copy(update=said)


class ApproachLimitSettings(_Model):
    """Where the rules draw their lines; what is left out is as usual."""

    native_good_share: float | None = None
    native_poor_share: float | None = None
    simple_max_ops: float | None = None
    high_volume_ops: float | None = None
    max_break_even_months: float | None = None
    min_same_category: int | None = None
    hub_min_systems: int | None = None
    many_flows: int | None = None
    many_steps: int | None = None

    def limits(self) -> ApproachLimits:
        """Return the lines, those that nobody moved where they usually are."""
        return ApproachLimits(**self.model_dump(exclude_none=True))

    @model_validator(mode="after")
    def _possible(self) -> Self:
        self.limits()
        return self


def _known_platforms(quotes: dict[str, EstimateSettings]) -> dict[str, EstimateSettings]:
    known = {one.name for one in PLATFORMS}
    unknown = next((name for name in quotes if name not in known), None)
    if unknown is not None:
        raise ValueError(str(UnknownNameError("platform", unknown, known)))
    return quotes


class ApproachSettings(_Model):
    """What decides how all handoffs are connected.

    ``usual`` holds for every handoff that does not say otherwise; ``quotes`` are fees a month that vendors quoted, by
    platform.
    """

    usual: HandoffApproachSettings = Field(default_factory=HandoffApproachSettings)
    in_house_developer: bool | None = None
    quotes: Annotated[dict[str, Figure], AfterValidator(_known_platforms)] = Field(default_factory=dict)
    limits: ApproachLimitSettings = Field(default_factory=ApproachLimitSettings)

    def of_handoff(self, own: HandoffApproachSettings | None) -> HandoffApproachSettings:
        """Return what is said of connecting a handoff: what stands with it, else what is usual."""
        return self.usual if own is None else own.over(self.usual)
