"""Which patterns a client's systems allow, and which of their flows somebody carries already.

A flow is possible between two different systems of the right categories; where lists of a system were pulled, one of them
must hold the flow's records. What was not pulled is not known, and does not stand in the way.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from toolkit.landscape.pattern import Pattern, PatternFlow, linked_flows

Standing = Literal["there", "partly", "possible", "lacking"]

UNKNOWN_STREAM = "records"
"""How a list is called of which nothing was pulled yet."""
_NAMES = "names"


@dataclass(frozen=True, slots=True)
class Held:
    """What a client has: category of each system, the lists pulled of each (list to entity), and the handoffs."""

    categories: Mapping[str, str]
    streams: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    handoffs: tuple["Carried", ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """A handoff that there is: its ends as systems and entities; an entity is empty where nothing was pulled."""

    handoff_id: str
    system_l: str
    entity_l: str
    system_r: str
    entity_r: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Between which lists a flow can go, as ``system.stream``."""

    from_: str
    to: str

    @property
    def systems(self) -> tuple[str, str]:
        """The two systems."""
        return self.from_.partition(".")[0], self.to.partition(".")[0]


@dataclass(frozen=True, slots=True)
class FlowMatch:
    """A flow of a pattern at a client: the handoffs that are it already, where else it can go, what it lacks."""

    flow: PatternFlow
    handoffs: tuple[str, ...]
    ends: tuple[Ends, ...]
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """A pattern at a client; ``linked`` of its flows close the circle, where it is one."""

    name: str
    pattern: Pattern
    flows: tuple[FlowMatch, ...]
    linked: int | None

    @property
    def standing(self) -> Standing:
        """Whether all, some or none of its flows are carried, or systems for it are lacking."""
        if any(one.lacks and not one.handoffs for one in self.flows):
            return "lacking"
        carried = sum(bool(one.handoffs) for one in self.flows)
        return "there" if carried == len(self.flows) else "partly" if carried else "possible"


def pattern_matches(patterns: Mapping[str, Pattern], held: Held) -> tuple[PatternMatch, ...]:
    """Return every pattern as it stands at a client: what is carried first, then what is possible, then what lacks systems.

    Examples
    --------
    >>> from toolkit.landscape.pattern import patterns
    >>> held = Held({"crm": "crm", "books": "ledger", "tracker": "projects"})
    >>> found = {one.name: one.standing for one in pattern_matches(patterns(), held)}
    >>> found["billing_loop"], found["continuous_close"]
    ('possible', 'lacking')
    """
    order: tuple[Standing, ...] = ("there", "partly", "possible", "lacking")
    found = [pattern_match(name, one, held) for name, one in patterns.items()]
    return tuple(sorted(found, key=lambda one: (order.index(one.standing), one.name)))


def pattern_match(name: str, pattern: Pattern, held: Held) -> PatternMatch:
    """Return how one pattern stands at a client.

    Parameters
    ----------
    name, pattern
        The template.
    held
        What the client has.
    """
    flows = tuple(_flow_match(one, held) for one in pattern.flows)
    return PatternMatch(name, pattern, flows, _linked(flows, held) if pattern.is_loop else None)


def _flow_match(flow: PatternFlow, held: Held) -> FlowMatch:
    carried = tuple(one.handoff_id for one in held.handoffs if _is_it(flow, one, held))
    left = _lists(flow.categories_l, flow.entity_l, held)
    right = _lists(flow.categories_r, flow.entity_r, held)
    ends = [Ends(one, other) for one in left for other in right]
    apart = tuple(one for one in ends if one.systems[0] != one.systems[1])
    lacks = [*_lacking(left, flow.entity_l, flow.categories_l), *_lacking(right, flow.entity_r, flow.categories_r)]
    if not lacks and not apart:
        lacks = ["a second system of the kind"]
    return FlowMatch(flow, carried, apart, tuple(lacks))


def _is_it(flow: PatternFlow, one: Carried, held: Held) -> bool:
    return (
        held.categories.get(one.system_l, "") in flow.categories_l
        and held.categories.get(one.system_r, "") in flow.categories_r
        and one.entity_l in (flow.entity_l, "")
        and one.entity_r in (flow.entity_r, "")
        # A handoff of which neither side was pulled may be anything between two systems, unless it bears the flow's name.
        and (bool(one.entity_l or one.entity_r) or one.handoff_id.startswith(flow.name))
    )


def _lists(categories: Collection[str], entity: str, held: Held) -> list[str]:
    return [
        f"{system}.{stream}"
        for system, category in sorted(held.categories.items())
        if category in categories
        for stream in _streams(held.streams.get(system, {}), entity)
    ]


def _streams(pulled: Mapping[str, str], entity: str) -> Iterator[str]:
    if not pulled:
        yield UNKNOWN_STREAM
        return
    yield from sorted(stream for stream, kind in pulled.items() if kind == entity and stream != _NAMES)


def _lacking(lists: Sequence[str], entity: str, categories: Sequence[str]) -> list[str]:
    words = entity.replace("_", " ")
    return [] if lists else [f"a list of {words} in a system of the kind {' or '.join(categories)}"]


def _linked(flows: Sequence[FlowMatch], held: Held) -> int:
    """Return how many flows close the circle, over the handoffs that are carried."""
    sides = {one.handoff_id: (one.system_l, one.system_r) for one in held.handoffs}
    carried = [sides[one.handoffs[0]] for one in flows if one.handoffs]
    return linked_flows(carried)
