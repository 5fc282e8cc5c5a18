"""Lists of customers and suppliers that records may pass between although no handoff names them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.coded import known_numbers

_GRACE_DAYS = 30
_FEWEST_DATED = 3


def unnamed_flows(lists: Sequence[tuple[str, str, str]], named: Collection[Handoff]) -> list[Handoff]:
    """Return a flow for each two lists of parties of different systems that no handoff joins, in either direction.

    Parameters
    ----------
    lists
        System, stream and entity of each list of parties.
    named
        The handoffs that there are.
    """
    joined = {frozenset(((one.system_l, one.stream_l), (one.system_r, one.stream_r))) for one in named}
    return [
        Handoff(
            f"{left[0]}.{left[1]}>{right[0]}.{right[1]}", f"{left[0]} {left[1]} to {right[0]} {right[1]}".replace("_", " "),
            *left, *right, trigger="record_created", grace_days=_GRACE_DAYS, is_proposed=True,
        )
        for left, right in combinations(sorted(lists), 2)
        if left[0] != right[0] and left[2] == right[2] and frozenset((left[:2], right[:2])) not in joined
    ]  # fmt: skip


def turned(flow: Handoff) -> Handoff:
    """Return a flow in the other direction."""
    back = replace(
        flow, system_l=flow.system_r, stream_l=flow.stream_r, entity_l=flow.entity_r,
        system_r=flow.system_l, stream_r=flow.stream_l, entity_r=flow.entity_l,
    )  # fmt: skip
    name = f"{back.system_l}.{back.stream_l}>{back.system_r}.{back.stream_r}"
    return replace(
        back, handoff_id=name, label=f"{back.system_l} {back.stream_l} to {back.system_r} {back.stream_r}".replace("_", " ")
    )


def runs_backwards(counterparts: pa.Table) -> bool:
    """Return whether most counterparts are older than what they should come from: then the other list was first.

    Parameters
    ----------
    counterparts
        COUNTERPART rows of a flow.
    """
    days = known_numbers(counterparts.filter(pc.equal(counterparts["status"], "found"))["lag_days"])
    days = days[~np.isnan(days)]
    return len(days) >= _FEWEST_DATED and float(np.median(days)) < 0
