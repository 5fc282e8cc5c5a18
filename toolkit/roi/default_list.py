"""Every default of the business case as one list, as the documentation and ``doctor`` show it."""

from dataclasses import dataclass

from toolkit.roi.defaults import DEFAULTS, FOLLOWS, TERMS, Approach, Default, approach_defaults
from toolkit.roi.one_time import EFFORT
from toolkit.roi.wording import number_text

_APPROACHES: tuple[Approach, ...] = ("native", "platform", "custom")


@dataclass(frozen=True, slots=True)
class ListedDefault:
    """A default as text: its name in engagement.yaml, its value and range (empty where there is none), and its basis."""

    name: str
    value: str
    range: str
    unit: str
    basis: str


def default_list() -> tuple[ListedDefault, ...]:
    """Return all defaults: those that count, terms of the calculation, what is left out unless named, and what follows.

    Examples
    --------
    >>> next(one for one in default_list() if one.name == "automation_rate").range
    '0.5 to 0.95'
    """
    counted = [_listed(name, one) for name, one in DEFAULTS.items() if not one.is_absent]
    by_class = [
        _listed(f"build_days ({build_class})", approach_defaults("platform", build_class)["build_days"])
        for build_class in EFFORT
    ]
    by_approach = [
        _listed(f"{name} ({approach})", approach_defaults(approach, "medium")[name])
        for name in ("maintenance_share_per_year", "hosting_per_month")
        for approach in _APPROACHES
        if not approach_defaults(approach, "medium")[name].is_absent
    ]
    terms = [_listed(name, one) for name, one in TERMS.items()]
    absent = [_listed(name, one) for name, one in DEFAULTS.items() if one.is_absent]
    follows = [ListedDefault(name, "follows", "", "", rule) for name, rule in FOLLOWS.items()]
    return (*counted, *by_class, *by_approach, *terms, *follows, *absent)


def _listed(name: str, one: Default) -> ListedDefault:
    if one.is_absent:
        return ListedDefault(name, "left out", "", one.unit, one.basis)
    spread = f"{number_text(one.low)} to {number_text(one.high)}"
    unit = one.unit.replace("currency", "USD") if one.is_dollars else one.unit
    return ListedDefault(name, number_text(one.likely), spread, unit, one.basis)
