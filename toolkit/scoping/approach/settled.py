"""The answer where not every fact is known: settled where the unknown ones cannot change it, open where they can.

A fact that nobody has said is not taken for its default. Each rule is asked in order; where it needs an unknown fact, every
value that could matter is tried. What is left to ask is what the answer really hangs on, in the order of the rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from toolkit.errors import UnknownNameError
from toolkit.scoping.approach.facts import APPROACHES, FACTS, ApproachCode, ApproachFacts, ApproachLimits
from toolkit.scoping.approach.rules import FLAGS, ApproachAnswer, first_fitting, recommended_approach

_NOT_GIVEN = frozenset(
    {"net_monthly_saving", "one_time_cost", "ipaas_monthly", "ipaas_setup", "custom_build", "custom_monthly"}
)
"""Amounts that a rule does without where they are not given; others say what they lack."""
_USUAL = ApproachLimits()


@dataclass(frozen=True, slots=True)
class SettledAnswer:
    """The answer as far as it is known.

    ``answer`` is null as long as an unknown fact could change the approach; ``possible`` are the approaches that are left,
    ``deciding`` the unknown facts that choose between them, the first to ask first. ``for_flags`` are unknown facts on
    which a flag of the answer hangs. ``as_usual`` is the answer with the usual value in place of each unknown fact: a
    working hypothesis, nothing to print as an advice while ``answer`` is null.
    """

    answer: ApproachAnswer | None
    possible: tuple[ApproachCode, ...]
    deciding: tuple[str, ...]
    for_flags: tuple[str, ...]
    as_usual: ApproachAnswer

    @property
    def is_settled(self) -> bool:
        """Whether nothing unknown could change the approach."""
        return self.answer is not None


def settled_answer(known: Mapping[str, Any], limits: ApproachLimits = _USUAL) -> SettledAnswer:
    """Return how to connect a handoff, as far as the facts that are known say it.

    Parameters
    ----------
    known
        Facts by name, as `ApproachFacts` has them; one that is absent or null is unknown.
    limits
        Where the rules draw their lines.

    Raises
    ------
    UnknownNameError
        There is no fact of a name.

    Examples
    --------
    >>> everything = {"native_exists": False, "api_available_both": False, "file_available": True, "critical": None}
    >>> found = settled_answer({**everything, "is_within_one_system": False, "is_reporting_only": False})
    >>> found.possible, found.deciding
    (('FILE_BATCH', 'CUSTOM'), ('critical', 'real_time_needed', 'is_embedded'))
    """
    for name in known:
        if name not in FACTS:
            raise UnknownNameError("fact about a handoff", name, FACTS)
    given = {name: value for name, value in known.items() if value is not None}
    as_usual = recommended_approach(ApproachFacts(**given), limits)
    tree = _explored(given, limits)
    found = {approach for approach, _ in tree.outcomes()}
    possible = tuple(one for one in APPROACHES if one in found)
    if len(possible) > 1:
        return SettledAnswer(None, possible, tuple(dict.fromkeys(tree.deciding())), (), as_usual)
    reasons = [reasons for _, reasons in tree.outcomes()]
    # Whatever the unknown facts are, these reasons hold; others may join them.
    certain = tuple(one for one in reasons[0] if all(one in each for each in reasons)) or as_usual.reasons
    flags, for_flags = _flags(given, limits, possible[0])
    return SettledAnswer(ApproachAnswer(possible[0], certain, flags), possible, (), for_flags, as_usual)


def settled_approach(known: Mapping[str, Any], limits: ApproachLimits = _USUAL) -> ApproachCode | None:
    """Return the approach if nothing unknown could change it, else null; without looking at what else is possible.

    Parameters
    ----------
    known, limits
        As for `settled_answer`.

    Examples
    --------
    >>> settled_approach({"is_within_one_system": True}), settled_approach({"is_within_one_system": False})
    ('AUTOMATE_IN_SYSTEM', None)
    """
    first: ApproachCode | None = None
    for approach in _approaches({name: value for name, value in known.items() if value is not None}, limits):
        if first is not None and approach != first:
            return None
        first = approach
    return first


def _approaches(given: Mapping[str, Any], limits: ApproachLimits) -> Iterator[ApproachCode]:
    """Yield where the rules may lead, once for each way that the unknown facts may go."""
    try:
        yield first_fitting(cast("ApproachFacts", _KnownFacts(given)), limits)[0]
    except _UnknownFactError as unknown:
        name = unknown.name
    else:
        return
    # The last value first: the usual ones lead through all rules to the last.
    for value in reversed(_values(name, limits)):
        yield from _approaches({**given, name: value}, limits)


class _UnknownFactError(Exception):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class _KnownFacts:
    """Facts of which only some are known: a rule that asks for another is told so."""

    given: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in self.given:
            return self.given[name]
        if name in _NOT_GIVEN:
            return getattr(_NOTHING_SAID, name)
        if name in FACTS:
            raise _UnknownFactError(name)
        raise AttributeError(name)


_NOTHING_SAID = ApproachFacts()


@dataclass(frozen=True, slots=True)
class _Tree:
    """Where the rules lead: an outcome, or an unknown fact with what follows from each of its values."""

    outcome: tuple[ApproachCode, tuple[str, ...]] | None
    asked: str = ""
    branches: tuple["_Tree", ...] = ()

    def outcomes(self) -> Iterator[tuple[ApproachCode, tuple[str, ...]]]:
        """Yield every outcome that is possible."""
        if self.outcome is not None:
            yield self.outcome
        for one in self.branches:
            yield from one.outcomes()

    def deciding(self) -> Iterator[str]:
        """Yield the unknown facts that choose between approaches."""
        if len({approach for approach, _ in self.outcomes()}) > 1:
            yield self.asked
            for one in self.branches:
                yield from one.deciding()


def _explored(given: Mapping[str, Any], limits: ApproachLimits) -> _Tree:
    try:
        return _Tree(first_fitting(cast("ApproachFacts", _KnownFacts(given)), limits))
    except _UnknownFactError as unknown:
        name = unknown.name
    tried = (_explored({**given, name: value}, limits) for value in _values(name, limits))
    return _Tree(None, name, tuple(tried))


def _values(name: str, limits: ApproachLimits) -> tuple[Any, ...]:
    """Return values of a fact that stand for all: one on each side of every line that a rule draws."""
    usual = getattr(_NOTHING_SAID, name)
    if isinstance(usual, bool):
        return usual, not usual
    lines: dict[str, tuple[Any, ...]] = {
        "native_coverage": (0.0, limits.native_good_share - 1e-6, 1.0),
        "ops_per_month": (0.0, limits.simple_max_ops + 1),
        "same_category_platforms": (1, max(1, limits.min_same_category)),
        "systems_in_landscape": (0, limits.hub_min_systems),
        "flows_in_landscape": (0, limits.many_flows),
        "steps_per_run": (0, limits.many_steps),
    }
    return lines.get(name, (usual,))


def _flags(
    given: Mapping[str, Any], limits: ApproachLimits, approach: ApproachCode
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the flags that are known to hold, and the unknown facts on which others hang."""
    facts = cast("ApproachFacts", _KnownFacts(given))
    flags, unknown = [], []
    for name, applies in FLAGS:
        try:
            if applies(facts, limits, approach):
                flags.append(name)
        except _UnknownFactError as error:
            unknown.append(error.name)
    return tuple(flags), tuple(dict.fromkeys(unknown))
