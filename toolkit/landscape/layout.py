"""Where everything stands on the landscape map: systems and people as boxes in columns, handoffs as paths between them.

Columns follow the flow from left to right; a flow that closes a circle runs back. A path that passes a column gets a slot of
its own there, so that it never runs behind a box. Lengths are in the map's own unit; y grows downwards.

On a page a large map runs from top to bottom, in rows of a few systems, since a page is higher than wide; people have no
boxes there: with them nobody could read it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Literal

from toolkit.landscape.handoffs import Handoff
from toolkit.landscape.systems import System
from toolkit.values.named_people import named_people

BOX_WIDTH, BOX_HEIGHT = 1.6, 0.6
COLUMN_STEP, ROW_STEP = 2.6, 1.0
_PATH_HEIGHT = 0.35
MAX_BOXES = 24
"""With more boxes than these a map is a large one."""
_ROW_HEIGHT, _FLAT_HEIGHT = 1.0, 0.46
_BOX_STEP, _PATH_WIDTH = 1.75, 0.2
_MAX_IN_ROW = 7
_SWEEPS = 8

NodeKind = Literal["system", "informal", "person"]


@dataclass(frozen=True, slots=True)
class Box:
    """A system or a person at ``x``, ``y`` (the centre)."""

    node_id: str
    label: str
    kind: NodeKind
    x: float
    y: float
    width: float = BOX_WIDTH
    height: float = BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Path:
    """One hop of a handoff, from box edge to box edge through ``points``."""

    handoff_id: str
    source: str
    target: str
    carrier: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LandscapeMap:
    """The map as data: boxes, paths, and the size of the whole."""

    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Hop:
    handoff_id: str
    source: str
    target: str
    carrier: str


def landscape_map(systems: Sequence[System], handoffs: Sequence[Handoff], *, is_paged: bool = False) -> LandscapeMap:
    """Return the map of systems, people and handoffs; the same for any order of the input.

    A handoff that somebody carries makes two hops: from the source to the person, and on to the target. A system that only
    a handoff names is drawn too.

    Parameters
    ----------
    systems, handoffs
        What is drawn.
    is_paged
        For a page: a map of more than `MAX_BOXES` runs from top to bottom, without people. A screen can be moved.

    Examples
    --------
    >>> handoff = Handoff("deal_to_project", "Won deals", "crm", "deals", "deal", "asana", "projects", "project", by="Dana")
    >>> drawn = landscape_map([System("crm"), System("asana")], [handoff])
    >>> [(box.label, box.x) for box in drawn.boxes]
    [('crm', 0.0), ('Dana', 2.6), ('asana', 5.2)]
    """
    labels, kinds = _nodes(systems, handoffs)
    if is_paged and len(labels) > MAX_BOXES:
        return _large_map(systems, handoffs)
    hops = _hops(handoffs)
    links = sorted({(hop.source, hop.target) for hop in hops if hop.source != hop.target})
    column_of = _columns(sorted(labels), links)
    slots, chains = _slots(column_of, links)
    places = _places(_ordered(slots, chains))
    boxes = tuple(
        Box(node, labels[node], kinds[node], *places[node])
        for node in sorted(labels, key=lambda one: (places[one][0], places[one][1]))
    )
    paths = tuple(
        Path(hop.handoff_id, hop.source, hop.target, hop.carrier, _points(hop, chains, places))
        for hop in hops
        if hop.source != hop.target
    )
    width = max((box.x for box in boxes), default=0.0) + BOX_WIDTH
    height = max((box.y for box in boxes), default=0.0) + BOX_HEIGHT
    return LandscapeMap(boxes, paths, width, height)


def _large_map(systems: Sequence[System], handoffs: Sequence[Handoff]) -> LandscapeMap:
    """Return a map in rows from top to bottom, without people."""
    handoffs = [replace(one, by="") for one in handoffs]
    labels, kinds = _nodes(systems, handoffs)
    hops = [hop for hop in _hops(handoffs) if hop.source != hop.target]
    links = sorted({(hop.source, hop.target) for hop in hops})
    linked = {node for link in links for node in link}
    row_of = _short_rows(_columns(sorted(linked), links))
    slots, chains = _slots(row_of, links)
    places = _places_in_rows(_ordered(slots, chains), sorted(set(labels) - linked))
    boxes = tuple(
        Box(node, labels[node], kinds[node], *places[node], BOX_WIDTH, _FLAT_HEIGHT)
        for node in sorted(labels, key=lambda one: (places[one][1], places[one][0]))
    )
    paths = tuple(
        Path(hop.handoff_id, hop.source, hop.target, hop.carrier, _points_down(hop, chains, places)) for hop in hops
    )
    width = max(box.x for box in boxes) + BOX_WIDTH
    return LandscapeMap(boxes, paths, width, max(box.y for box in boxes) + _FLAT_HEIGHT)


def _short_rows(row_of: dict[str, int]) -> dict[str, int]:
    """Return the rows again, each with few enough boxes to be read; what stands in one row has no link among itself."""
    found: dict[str, int] = {}
    row = 0
    for old in sorted(set(row_of.values())):
        nodes = sorted(node for node, place in row_of.items() if place == old)
        for place in range(0, len(nodes), _MAX_IN_ROW):
            found |= dict.fromkeys(nodes[place : place + _MAX_IN_ROW], row)
            row += 1
    return found


def _places_in_rows(rows: Sequence[Sequence[str]], alone: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return where each slot stands; systems that no handoff touches follow below, side by side."""
    rows = [*rows, *(alone[place : place + _MAX_IN_ROW] for place in range(0, len(alone), _MAX_IN_ROW))]
    widths = [sum(_across(slot) for slot in row) for row in rows]
    places = {}
    for index, row in enumerate(rows):
        x = (max(widths) - widths[index]) / 2
        for slot in row:
            places[slot] = (round(x + _across(slot) / 2, 6), round(index * _ROW_HEIGHT, 6))
            x += _across(slot)
    return places


def _across(slot: str) -> float:
    return _PATH_WIDTH if slot.startswith("path:") else _BOX_STEP


def _points_down(
    hop: _Hop, chains: dict[tuple[str, str], list[str]], places: dict[str, tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    chain = [places[slot] for slot in chains[hop.source, hop.target]]
    side = _FLAT_HEIGHT / 2 if chain[-1][1] > chain[0][1] else -_FLAT_HEIGHT / 2
    through = [point for x, y in chain[1:-1] for point in ((x, y - side), (x, y + side))]
    return ((chain[0][0], chain[0][1] + side), *through, (chain[-1][0], chain[-1][1] - side))


def _nodes(systems: Sequence[System], handoffs: Sequence[Handoff]) -> tuple[dict[str, str], dict[str, NodeKind]]:
    labels = {f"system:{system.name}": system.shown_name for system in systems}
    kinds: dict[str, NodeKind] = {f"system:{system.name}": "informal" if system.is_sheet else "system" for system in systems}
    for handoff in handoffs:
        for name in (handoff.system_l, handoff.system_r):
            labels.setdefault(f"system:{name}", name)
            kinds.setdefault(f"system:{name}", "system")
        for person in named_people(handoff.by):
            labels[f"person:{person}"] = person
            kinds[f"person:{person}"] = "person"
    return labels, kinds


def _hops(handoffs: Sequence[Handoff]) -> list[_Hop]:
    hops = []
    for one in sorted(handoffs, key=lambda handoff: handoff.handoff_id):
        source, target, carrier = f"system:{one.system_l}", f"system:{one.system_r}", one.carrier or ""
        people = named_people(one.by)
        ways = [[source, f"person:{person}", target] for person in people] or [[source, target]]
        hops += [_Hop(one.handoff_id, left, right, carrier) for stops in ways for left, right in pairwise(stops)]
    return hops


def _columns(nodes: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return each node's column: its longest way from a start, after the fewest links that close a circle are turned."""
    rank = {node: position for position, node in enumerate(_flow_order(nodes, links))}
    forward: dict[str, set[str]] = defaultdict(set)
    for source, target in links:
        early, late = sorted((source, target), key=rank.__getitem__)
        forward[early].add(late)
    column = dict.fromkeys(nodes, 0)
    for node in sorted(nodes, key=rank.__getitem__):
        for target in forward[node]:
            column[target] = max(column[target], column[node] + 1)
    # A start stands just before what it feeds, not at the far left.
    for node in sorted(nodes, key=rank.__getitem__, reverse=True):
        fed = [column[target] for target in forward[node]]
        has_source = any(node in targets for targets in forward.values())
        if fed and not has_source:
            column[node] = min(fed) - 1
    return column


def _flow_order(nodes: Sequence[str], links: Sequence[tuple[str, str]]) -> list[str]:
    """Return the nodes so that few links run backwards: sinks last, starts first, then the most giving of the rest.

    Source: Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993.
    """
    left = set(nodes)
    first: list[str] = []
    last: list[str] = []
    while left:
        given = {node: sum(target in left for source, target in links if source == node) for node in left}
        taken = {node: sum(source in left for source, target in links if target == node) for node in left}
        sinks = sorted(node for node in left if given[node] == 0)
        starts = sorted(node for node in left if taken[node] == 0)
        if sinks:
            last = [*sinks, *last]
            left -= set(sinks)
        elif starts:
            first += starts
            left -= set(starts)
        else:
            best = min(left, key=lambda node: (taken[node] - given[node], node))
            first.append(best)
            left.remove(best)
    return first + last


def _slots(
    column_of: dict[str, int], links: Sequence[tuple[str, str]]
) -> tuple[dict[str, int], dict[tuple[str, str], list[str]]]:
    """Return the column of every slot, those of passing paths included, and the slots each link runs through."""
    slots = dict(column_of)
    chains: dict[tuple[str, str], list[str]] = {}
    for source, target in links:
        step = 1 if column_of[target] > column_of[source] else -1
        between = []
        for column in range(column_of[source] + step, column_of[target], step):
            slot = f"path:{source}>{target}@{column}"
            slots[slot] = column
            between.append(slot)
        chains[source, target] = [source, *between, target]
    return slots, chains


def _ordered(slots: dict[str, int], chains: dict[tuple[str, str], list[str]]) -> list[list[str]]:
    """Return the slots of each column from top to bottom, after sweeps that pull neighbours together."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for chain in chains.values():
        for one, other in pairwise(chain):
            neighbours[one].append(other)
            neighbours[other].append(one)
    columns: list[list[str]] = [[] for _ in range(max(slots.values(), default=-1) + 1)]
    for slot in sorted(slots):
        columns[slots[slot]].append(slot)
    for sweep in range(_SWEEPS):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for index in order:
            height = {slot: position - len(column) / 2 for column in columns for position, slot in enumerate(column)}
            beside = index - 1 if sweep % 2 == 0 else index + 1
            pull = partial(_pull, beside=beside, slots=slots, neighbours=neighbours, height=height)
            columns[index].sort(key=pull)
    return columns


def _pull(
    slot: str, *, beside: int, slots: dict[str, int], neighbours: dict[str, list[str]], height: dict[str, float]
) -> float:
    near = [height[other] for other in neighbours[slot] if slots[other] == beside]
    return sum(near) / len(near) if near else height[slot]


def _places(columns: Sequence[Sequence[str]]) -> dict[str, tuple[float, float]]:
    heights = [sum(_step(slot) for slot in column) for column in columns]
    tallest = max(heights, default=0.0)
    places = {}
    for index, column in enumerate(columns):
        y = (tallest - heights[index]) / 2
        for slot in column:
            places[slot] = (round(index * COLUMN_STEP, 6), round(y + _step(slot) / 2, 6))
            y += _step(slot)
    return places


def _step(slot: str) -> float:
    return _PATH_HEIGHT if slot.startswith("path:") else ROW_STEP


def _points(
    hop: _Hop, chains: dict[tuple[str, str], list[str]], places: dict[str, tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    chain = [places[slot] for slot in chains[hop.source, hop.target]]
    side = BOX_WIDTH / 2 if chain[-1][0] > chain[0][0] else -BOX_WIDTH / 2
    through = [point for x, y in chain[1:-1] for point in ((x - side, y), (x + side, y))]
    return ((chain[0][0] + side, chain[0][1]), *through, (chain[-1][0] - side, chain[-1][1]))
