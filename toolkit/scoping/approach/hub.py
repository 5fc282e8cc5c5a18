"""Wire each pair of systems, or let all meet in one place: what each takes, and from how many systems on a hub is due.

Source: cost model, section 11.
"""

from dataclasses import dataclass
from typing import Literal

from toolkit.roi.wiring import links
from toolkit.scoping.approach.facts import ApproachLimits


@dataclass(frozen=True, slots=True)
class WiringAdvice:
    """How the systems should be joined; ``flows`` is how many connections are wanted, of ``all_pairs`` that could be."""

    way: Literal["hub", "point_to_point"]
    systems: int
    flows: int
    all_pairs: int
    hub_links: int
    why: str


def wiring_advice(systems: int, flows: int, limits: ApproachLimits | None = None) -> WiringAdvice:
    """Return whether the systems should meet in a hub.

    Parameters
    ----------
    systems
        In the landscape.
    flows
        Connections that are wanted.
    limits
        From how many systems on a hub is due.

    Examples
    --------
    >>> wiring_advice(10, 12).way, wiring_advice(3, 2).way
    ('hub', 'point_to_point')
    """
    if flows < 0:
        raise ValueError(f"flows must be 0 or more, not {flows!r}.")
    found, least = links(systems), (limits or ApproachLimits()).hub_min_systems
    pairs, ways = found.point_to_point_links, found.hub_links
    counts = f"{systems} systems have {pairs} pairs to wire and {ways} ways to a hub"
    if systems >= least:
        return WiringAdvice("hub", systems, flows, pairs, ways, f"{counts}; from {least} systems on a hub is due")
    return WiringAdvice("point_to_point", systems, flows, pairs, ways, f"{counts}; below {least} systems pairs stay clear")
