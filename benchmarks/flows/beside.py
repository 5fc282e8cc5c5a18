"""Flows measured without files: drawn pairs as records, for thousands of examples; not for judging.

What the finder would get wrong is drawn too: of flows that do not exist it finds up to a fifth of counterparts by chance.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from benchmarks.flows.fitting import Example
from benchmarks.flows.lists import Flow, Item
from benchmarks.flows.writing import Client
from toolkit.reconcile.arrivals.contents import contents
from toolkit.reconcile.arrivals.evidence import kept
from toolkit.reconcile.arrivals.pairs import Arrivals, Moments
from toolkit.reconcile.arrivals.timing import timing

_MISSED_SHARE = 0.03


def drawn_examples(client: Client) -> Iterator[Example]:
    """Yield what would be measured of each flow of a client."""
    for flow in client.flows:
        rng = np.random.default_rng([client.number, flow.seed, len(flow.sources)])
        arrivals = _arrivals(client, flow, rng)
        yield Example(client.number, flow.habit.kind, kept(contents(arrivals) | timing(arrivals)))


def _arrivals(client: Client, flow: Flow, rng: np.random.Generator) -> Arrivals:
    pairs = _chance_pairs(flow, rng) if flow.habit.kind == "not_at_all" else _true_pairs(flow, rng)
    sources, targets = [one for one, _ in pairs], [one for _, one in pairs]
    is_wrong = [one is not None and (two.is_wrong or rng.random() < _doubt(flow)) for one, two in pairs]
    return Arrivals(
        flow.is_of_parties, len(flow.sources), len(pairs), _moments(sources, flow.habit.clock_l),
        _moments(targets, flow.habit.clock_r), np.array(is_wrong, dtype=bool),
        _records(client, flow, sources, "l"), _records(client, flow, targets, "r"),
    )  # fmt: skip


def _doubt(flow: Flow) -> float:
    """Return how often a pair differs for another reason than a slip of the hand."""
    if flow.is_of_parties:
        return flow.habit.error_rate + (0.1 if flow.habit.names != "same" else 0.01)
    return 0.5 if flow.habit.kind == "not_at_all" else 0.0


def _true_pairs(flow: Flow, rng: np.random.Generator) -> list[tuple[Item, Item]]:
    known = {one.number: one for one in flow.sources}
    found = [(known[one.source], one) for one in flow.targets if one.source in known]
    return [one for one in found if rng.random() >= _MISSED_SHARE * rng.random()]


def _chance_pairs(flow: Flow, rng: np.random.Generator) -> list[tuple[Item, Item]]:
    if not flow.targets:
        return []
    if flow.is_of_parties:
        own = {one.firm.number: one for one in flow.sources}
        return [(own[one.firm.number], one) for one in flow.targets if one.firm.number in own]
    count = int(len(flow.sources) * rng.uniform(0, 0.2))
    chosen = sorted(rng.permutation(len(flow.sources))[:count])
    at = np.array([one.at for one in flow.targets])
    pairs = []
    for place in chosen:
        source = flow.sources[place]
        near = np.flatnonzero((at >= source.at - 3 * 86_400) & (at < source.at + 30 * 86_400))
        if len(near):
            pairs.append((source, flow.targets[int(rng.choice(near))]))
    return pairs


def _moments(items: list[Item], clock: str) -> Moments:
    at = np.array([one.at for one in items], dtype=np.int64)
    step = {"seconds": 1, "minutes": 60, "quarters": 900, "hours": 3600, "days": 86_400}[clock]
    minute = at // step * step / 60
    return Moments(at // 86_400, np.full(len(at), np.nan) if clock == "days" else minute)


def _records(client: Client, flow: Flow, items: list[Item], side: str) -> pa.Table:
    rows = client.rows_of(flow, items, side)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    names = ("number", "record_id", "party_name", "name", "description", "reference", "created_by", "phone", "email", "city")
    return pa.table(
        {name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in names}
        | {"created_at": pa.array([epoch + timedelta(seconds=one.at) for one in items], pa.timestamp("us", tz="UTC"))}
    )
