"""How a flow is accepted: numbers that stand beside what was measured before, so that both are counted the same way.

Each target says where it comes from. What was not measured has no baseline, and a target that rests on it is open: nobody
accepts anything by a number that nobody knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VOLUME, MISSING, LAG, ERRORS, BY_HAND, FIELDS, TEST_CASES = (
    "volume", "missing", "lag", "errors", "by_hand", "fields", "test_cases",
)  # fmt: skip
_DAYS_WITHIN: Mapping[str, float] = {"real_time": 5 / (24 * 60), "hour": 1 / 24, "day": 1.0}
_WITHIN_WORDS = {"real_time": "5 minutes", "hour": "an hour", "day": "a day"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a flow: value, limits, cases, evidence; null where it was not."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """What is known of a flow in scope.

    ``measures`` are by name: volume_per_month, missing_share, delay_days, error_share. ``needed_within`` is real_time, hour
    or day, where somebody said so. ``error_target`` is the share that the business case reckons with, and where it comes
    from. ``said`` are targets that the client agreed on, by criterion. ``fields`` and ``cases`` are how many fields are
    carried and how many records it is tested with.
    """

    handoff_id: str
    measures: Mapping[str, Measured]
    needed_within: str | None = None
    error_target: tuple[float, str] | None = None
    said: Mapping[str, float] | None = None
    fields: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One number by which a flow is accepted."""

    criterion: str
    sentence: str
    baseline: Measured
    target: float | None
    rule: str
    unit: str
    target_from: str
    measure: str


def acceptance(flow: Flow) -> list[Criterion]:
    """Return the criteria of a flow: all items arrive, soon enough, right, and nobody enters any by hand.

    Parameters
    ----------
    flow
        What is known of it.
    """
    return [_volume(flow), _missing(flow), _lag(flow), _errors(flow), _by_hand(), *_carried(flow)]


def _measured(flow: Flow, name: str) -> Measured:
    return flow.measures.get(name, Measured())


def _agreed(flow: Flow, criterion: str) -> float | None:
    return (flow.said or {}).get(criterion)


def _volume(flow: Flow) -> Criterion:
    before, said = _measured(flow, "volume_per_month"), _agreed(flow, VOLUME)
    target = said if said is not None else before.high
    where = "agreed" if said is not None else "the busiest of the months that were measured"
    if target is None:
        return Criterion(VOLUME, "How many items a month it carries is open.", before, None, "at_least", "items per month",
                         "not known", "volume_per_month")  # fmt: skip
    words = f"It carries at least {target:,.4g} items a month{_was(before, 'today')}."
    return Criterion(VOLUME, words, before, target, "at_least", "items per month", where, "volume_per_month")


def _missing(flow: Flow) -> Criterion:
    before, said = _measured(flow, "missing_share"), _agreed(flow, MISSING)
    target = 0.0 if said is None else said
    where = "agreed" if said is not None else "every item arrives"
    most = "No item of a whole month is" if not target else f"At most {_percent(target)} of the items of a whole month are"
    words = f"{most} missing{_was(before, 'today', is_share=True)}."
    return Criterion(MISSING, words, before, target, "at_most", "share", where, "missing_share")


def _lag(flow: Flow) -> Criterion:
    before, said = _measured(flow, "delay_days"), _agreed(flow, LAG)
    if said is not None:
        target, where, within = said, "agreed", f"{said:g} days"
    elif flow.needed_within is not None and flow.needed_within in _DAYS_WITHIN:
        target, where = _DAYS_WITHIN[flow.needed_within], "approach.needed_within"
        within = _WITHIN_WORDS[flow.needed_within]
    else:
        words = f"How soon an item must be there is open{_was(before, 'today on average', unit=' days')}."
        return Criterion(LAG, words, before, None, "at_most", "days", "not said: approach.needed_within", "delay_days")
    words = f"Nine of ten items are there within {within}{_was(before, 'today on average', unit=' days')}."
    return Criterion(LAG, words, before, target, "at_most", "days", where, "delay_days")


def _errors(flow: Flow) -> Criterion:
    before, said = _measured(flow, "error_share"), _agreed(flow, ERRORS)
    target, where = (said, "agreed") if said is not None else flow.error_target or (None, "not known")
    if target is None:
        return Criterion(
            ERRORS, "How many items may be wrong is open.", before, None, "at_most", "share", where, "error_share"
        )
    most = "No item differs" if not target else f"At most {_percent(target)} of the items differ"
    words = f"{most} from {'its' if not target else 'their'} source{_was(before, 'today', is_share=True)}."
    return Criterion(ERRORS, words, before, target, "at_most", "share", where, "error_share")


def _by_hand() -> Criterion:
    words = "Nobody enters an item by hand in the 30 days after it is live, but what the agreed exceptions name."
    return Criterion(BY_HAND, words, Measured(), 0.0, "at_most", "items", "the manual entry is retired", "volume_per_month")


def _carried(flow: Flow) -> list[Criterion]:
    found = []
    if flow.fields:
        words = f"Each of the {flow.fields} fields of the field map arrives as its transform says."
        found.append(Criterion(FIELDS, words, Measured(), float(flow.fields), "all", "fields", "the field map", ""))
    if flow.cases:
        words = f"Each of the {flow.cases} test cases from the client's own records arrives as expected."
        found.append(Criterion(TEST_CASES, words, Measured(), float(flow.cases), "all", "records", "the test cases", ""))
    return found


def is_open(criteria: Sequence[Criterion]) -> bool:
    """Return whether a flow cannot be accepted yet: a criterion has no target."""
    return any(one.target is None for one in criteria)


def _was(before: Measured, when: str, *, unit: str = "", is_share: bool = False) -> str:
    if before.value is None:
        return "; it was not measured before"
    return f" ({when} {_percent(before.value) if is_share else f'{before.value:,.3g}{unit}'})"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
