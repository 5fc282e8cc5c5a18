"""What decides how each handoff is connected, gathered: the settings first, then what connectors and measures tell.

What nobody said and no data tells stays unknown. It is never taken for the usual answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.audit.connection_inputs import effort_by_feasibility
from toolkit.connector import Connector
from toolkit.connector.scorecard import per_minute
from toolkit.scoping.approach.coverage import NativeCoverage, native_coverage
from toolkit.scoping.approach.feasibility import Feasibility, feasibility
from toolkit.scoping.approach.service_level import Delivery, ServiceLevel, delivery, is_file_enough
from toolkit.settings import HandoffApproachSettings, HandoffSettings, Settings, SystemSettings

_REQUIRED = {
    "audit_trail": "audit_trail_required",
    "versioned_code": "versioned_codebase_required",
    "several_entities": "has_several_entities",
    "several_currencies": "has_several_currencies",
    "embedded": "is_embedded",
}


@dataclass(frozen=True, slots=True)
class Landscape:
    """The client's systems as the rules see them: connector and category of each, by name, and the rows of HANDOFF."""

    settings: Settings
    connectors: Mapping[str, Connector | None]
    categories: Mapping[str, str]
    handoffs: Sequence[Mapping[str, Any]]

    def described(self, system: str) -> SystemSettings:
        """Return what the settings say of a system."""
        return self.settings.systems.get(system, SystemSettings())


@dataclass(frozen=True, slots=True)
class HandoffFacts:
    """What is known of one handoff; a fact that is null is unknown; ``unknown_of`` names the systems it is unknown of."""

    known: Mapping[str, Any]
    level: ServiceLevel | None
    coverage: NativeCoverage
    feasibility: Feasibility
    unknown_of: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]

    @property
    def is_soon(self) -> bool | None:
        """Whether the data must arrive within the hour; null: nobody has said."""
        is_enough = is_file_enough(self.level)
        return None if is_enough is None else not is_enough


def handoff_facts(handoff: Mapping[str, Any], landscape: Landscape, *, steps_per_run: int) -> HandoffFacts:
    """Return what is known of a handoff beside its money.

    Parameters
    ----------
    handoff
        A row of HANDOFF.
    landscape
        The client's systems and all handoffs.
    steps_per_run
        What its operations are counted with.
    """
    name, sides = handoff["handoff_id"], (handoff["system_l"], handoff["system_r"])
    given = landscape.settings.handoffs.get(name)
    said = landscape.settings.approach.of_handoff(None if given is None else given.approach)
    is_native_planned = given is not None and given.build is not None and given.build.class_ == "native"
    coverage = native_coverage([one.need(field) for field, one in said.native.fields.items()] if said.native else [])
    by_system = {
        "api_available_both": {side: _has_api(side, landscape) for side in sides},
        "connector_both_sides": {side: landscape.described(side).has_platform_connector for side in sides},
    }
    # Files are asked about only where there may be no interface.
    by_system["file_available"] = {
        side: _has_files(side, landscape, is_source=side == sides[0])
        for side in sides
        if by_system["api_available_both"][side] is not True
    }
    level = said.needed_within
    is_enough = is_file_enough(level)
    return HandoffFacts(
        {
            **{fact: _all(values) for fact, values in by_system.items()},
            **_native(said, coverage, is_planned=is_native_planned),
            **_purpose(said, is_one_system=sides[0] == sides[1]),
            **_logic(said),
            **{fact: None if said.requires is None else word in said.requires for word, fact in _REQUIRED.items()},
            "critical": said.critical,
            "real_time_needed": None if is_enough is None else not is_enough,
            "process_aligned": said.process_agreed,
            "in_house_developer": landscape.settings.approach.in_house_developer,
            "same_category_platforms": _of_one_kind(handoff, landscape),
            "systems_in_landscape": len({*landscape.settings.systems, *landscape.connectors}),
            "flows_in_landscape": len(landscape.handoffs),
        },
        level,
        coverage,
        feasibility(said.feasibility),
        {fact: tuple(side for side, value in values.items() if value is None) for fact, values in by_system.items()},
        _remarks(said, given, steps_per_run, is_native_planned=is_native_planned),
    )


def _remarks(
    said: HandoffApproachSettings, given: HandoffSettings | None, steps_per_run: int, *, is_native_planned: bool
) -> tuple[str, ...]:
    """Return what is taken for granted, or does not fit together, in sentences."""
    found = []
    if said.steps_per_run is None:
        found.append(f"Assumed: an item takes {steps_per_run} steps, unless approach.steps_per_run says otherwise.")
    effort = effort_by_feasibility(said, given)
    if effort is not None:
        found.append(f"Assumed: it is {effort} to build, by its feasibility, unless build.class says otherwise.")
    exists = None if said.native is None else said.native.exists
    if is_native_planned and exists is None:
        found.append("Assumed: a vendor offers a connector, since build.class is native.")
    if is_native_planned and exists is False:
        found.append("build.class is native, but approach.native.exists says that there is none: one of both is wrong.")
    return tuple(found)


def handoff_delivery(handoff: Mapping[str, Any], landscape: Landscape, facts: HandoffFacts, items: float | None) -> Delivery:
    """Return what brings the data soon enough, by what the source can do.

    Parameters
    ----------
    handoff
        A row of HANDOFF.
    landscape
        The client's systems.
    facts
        Of the handoff.
    items
        Carried a month; null: nobody knows, and none is reckoned with.
    """
    source = landscape.connectors.get(handoff["system_l"])
    api = None if source is None else source.api
    return delivery(
        facts.level,
        webhooks="" if source is None else source.about.interface.webhooks,
        events_per_month=items or 0.0,
        requests_per_minute=None if api is None else per_minute(api),
    )


def _all(values: Mapping[str, bool | None]) -> bool | None:
    """Return whether something holds of every side; one that it does not hold of is enough."""
    if any(value is False for value in values.values()):
        return False
    return None if any(value is None for value in values.values()) else True


def _has_api(system: str, landscape: Landscape) -> bool | None:
    given, connector = landscape.described(system), landscape.connectors.get(system)
    if given.has_api is not None:
        return given.has_api
    if given.api is not None or given.database is not None:
        return True
    if connector is None:
        return None
    kind = connector.about.interface.kind
    if connector.is_described or connector.api is not None or kind not in {"", "none"}:
        return True
    return False if kind == "none" else None


def _has_files(system: str, landscape: Landscape, *, is_source: bool) -> bool | None:
    """Return whether a system gives files as a source, or takes them as a target."""
    given, connector = landscape.described(system), landscape.connectors.get(system)
    if given.has_files is not None or connector is None:
        return given.has_files
    if is_source:
        is_list = not connector.is_product and not connector.is_described
        return True if is_list or any(one.formats for one in connector.streams) else None
    return True if any(one.imports for one in connector.streams) else None


def _native(said: HandoffApproachSettings, coverage: NativeCoverage, *, is_planned: bool) -> dict[str, Any]:
    native = said.native
    exists = None if native is None else native.exists
    if exists is None and (is_planned or any(one.carried != "none" for one in (native.fields.values() if native else ()))):
        exists = True
    has_map = coverage.share is not None
    return {
        "native_exists": exists,
        "native_coverage": coverage.share,
        "must_have_missing": coverage.must_have_missing if has_map else None,
    }


def _purpose(said: HandoffApproachSettings, *, is_one_system: bool) -> dict[str, bool | None]:
    if said.purpose is None:
        return {"is_within_one_system": is_one_system, "is_reporting_only": None}
    return {"is_within_one_system": said.purpose == "one_system", "is_reporting_only": said.purpose == "reporting"}


def _logic(said: HandoffApproachSettings) -> dict[str, bool | None]:
    if said.logic is None:
        return {"complex_logic": None, "linear": None}
    return {"complex_logic": said.logic == "own", "linear": said.logic == "linear"}


def _of_one_kind(handoff: Mapping[str, Any], landscape: Landscape) -> int:
    """Return how many systems of one category stand on one side of the same handing over."""
    most = 1
    for here, there in (("r", "l"), ("l", "r")):
        category = landscape.categories.get(handoff[f"system_{here}"])
        alike = {
            one[f"system_{here}"]
            for one in landscape.handoffs
            if one[f"system_{there}"] == handoff[f"system_{there}"]
            and (one["entity_l"], one["entity_r"]) == (handoff["entity_l"], handoff["entity_r"])
            and landscape.categories.get(one[f"system_{here}"]) == category
        }
        most = max(most, len(alike) if category not in {None, "", "other", "sheet"} else 1)
    return most
