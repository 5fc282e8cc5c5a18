"""Answers held to the truth: kinds, probabilities, volumes, and whether intervals hold what is true."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.clients.judged import median_coverage, wilson_coverage
from benchmarks.flows.asked import Asked
from benchmarks.flows.lists import KINDS, Flow
from benchmarks.flows.writing import Client

_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)


@dataclass(frozen=True, slots=True)
class Kind:
    """What was told of one flow beside what is true; ``told`` is null where the data do not tell."""

    client: int
    flow: str
    true: str
    told: str | None
    likely: str
    p: dict[str, float]
    facts: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A stated interval beside the truth; ``expected`` is how often such an interval holds it, where that is known."""

    client: int
    flow: str
    measure: str
    low: float
    true: float
    high: float
    n: int
    kind: str
    expected: float

    @property
    def is_inside(self) -> bool:
        """Whether the truth lies in the interval."""
        return self.low <= self.true <= self.high


@dataclass(slots=True)
class Pool:
    """All that was judged so far."""

    kinds: list[Kind] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    volumes: list[tuple[int, str, float | None, float | None]] = field(default_factory=list)
    medians: list[tuple[int, str, float, float]] = field(default_factory=list)

    @property
    def right_share(self) -> float:
        """Share of flows of which the most probable kind is the true one."""
        return float(np.mean([one.likely == one.true for one in self.kinds])) if self.kinds else 0.0


def judge(client: Client, asked: Asked, pool: Pool) -> None:
    """Add one client's answers, beside the truth, to the pool."""
    told = {row["flow_id"]: row for row in asked.flows}
    measures = {(row["handoff_id"], row["measure"]): row for row in asked.measures}
    for flow in client.flows:
        row, habit = told[flow.flow_id], flow.habit
        facts = (
            f"{flow.entity_l}>{flow.entity_r} {habit.clock_l}/{habit.clock_r} {len(flow.sources)} items, "
            f"by {', '.join(habit.entered_by) or 'nobody'}"
        )
        p = {kind: row[f"p_{kind}"] or 0.25 for kind in KINDS}
        pool.kinds.append(Kind(client.number, flow.flow_id, habit.kind, row["kind"], row["likely"] or "by_hand", p, facts))
        if habit.kind == "not_at_all":
            continue
        pool.intervals += _intervals(client, flow, measures)
        volume = measures.get((flow.flow_id, "volume_per_month"))
        if volume is not None and not flow.is_of_parties:
            pool.volumes.append((client.number, flow.flow_id, volume["value"], flow.volume(client.as_of)))
        pool.medians += _medians(client, flow, measures)


def _intervals(client: Client, flow: Flow, measures: dict[tuple[str, str], dict[str, Any]]) -> Iterator[Interval]:
    habit, number = flow.habit, client.number
    for measure, true in (("error_share", habit.error_rate), ("missing_share", habit.missing_rate)):
        row = measures.get((flow.flow_id, measure))
        if row is None or not row["n"] or flow.is_of_parties:
            continue
        expected = wilson_coverage(row["n"], true)
        yield Interval(number, flow.flow_id, measure, row["low"], true, row["high"], row["n"], habit.kind, expected)
    shown = measures.get((flow.flow_id, "lag_median"))
    if shown is None or shown["low"] is None:
        return
    waits = flow.waits(client.setting, shown["unit"])
    scale = 1.0 if shown["unit"] == "days" else 1440.0
    for measure, true in (
        ("lag_median", np.median(waits)), ("lag_p90", np.quantile(waits, 0.9)), ("delay_days", waits.mean() / scale),
    ):  # fmt: skip
        row = measures.get((flow.flow_id, measure))
        if row is None or row["low"] is None:
            continue
        expected = 0.95
        if measure == "lag_median":
            expected = median_coverage(row["n"], float((waits < true).mean()), float((waits <= true).mean()))
        yield Interval(number, flow.flow_id, measure, row["low"], float(true), row["high"], row["n"], habit.kind, expected)


def _medians(
    client: Client, flow: Flow, measures: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[tuple[int, str, float, float]]:
    """Yield the median as shown beside that of the true pairs of the same months, where every pair was found."""
    row = measures.get((flow.flow_id, "lag_median"))
    known = {one.number: one for one in flow.sources}
    pairs = [(known[one.source], one) for one in flow.targets if one.source in known]
    if row is None or row["value"] is None or flow.is_of_parties or row["n"] != len(pairs):
        return
    unit = {"seconds": 1, "minutes": 60, "quarters": 900, "hours": 3600, "days": 86_400}
    if row["unit"] == "days":
        waits = [two.at // 86_400 - one.at // 86_400 for one, two in pairs]
    else:
        step_l, step_r = unit[flow.habit.clock_l], unit[flow.habit.clock_r]
        waits = [(two.at // step_r * step_r - one.at // step_l * step_l) / 60 for one, two in pairs]
    yield client.number, flow.flow_id, row["value"], float(np.median(waits))


def lines(pool: Pool, *, with_misses: bool = False) -> list[str]:
    """Return the proof as text: a table a claim.

    Parameters
    ----------
    pool
        What was judged.
    with_misses
        Whether each flow that was told wrongly is named.
    """
    found = [*_kind_lines(pool), *_calibration_lines(pool), *_interval_lines(pool)]
    exact = sum(shown == true for _, _, shown, true in pool.volumes)
    found.append(f"volumes exact: {exact} of {len(pool.volumes)}")
    exact = sum(abs(shown - true) < 1e-6 for *_, shown, true in pool.medians)
    found.append(f"median wait exact where all pairs count: {exact} of {len(pool.medians)}")
    if with_misses:
        found += [f"  volume {one}" for one in pool.volumes if one[2] != one[3]][:20]
        found += [f"  median {one}" for one in pool.medians if abs(one[2] - one[3]) >= 1e-6][:20]
        found += [
            f"  {one.client}/{one.flow} is {one.true}, likely {one.likely} "
            f"({', '.join(f'{kind} {p:.2f}' for kind, p in one.p.items())}); {one.facts}"
            for one in pool.kinds
            if one.likely != one.true
        ]
        found += [f"  {one}" for one in pool.intervals if not one.is_inside]
    return found


def _kind_lines(pool: Pool) -> list[str]:
    told = [one for one in pool.kinds if one.told is not None]
    right = sum(one.told == one.true for one in told)
    share = right / max(len(told), 1)
    found = [
        f"kinds: most probable is right in {pool.right_share:.1%} of {len(pool.kinds)} flows",
        f"told (80 % or more): {len(told)}, of them {share:.1%} right",
        f"{'true':<15}" + "".join(f"{kind:>15}" for kind in KINDS) + f"{'open':>8}",
    ]
    for true in KINDS:
        own = [one for one in pool.kinds if one.true == true]
        counts = "".join(f"{sum(one.likely == kind for one in own):>15}" for kind in KINDS)
        found.append(f"{true:<15}{counts}{sum(one.told is None for one in own):>8}")
    return found


def _calibration_lines(pool: Pool) -> list[str]:
    p = np.array([one.p[one.likely] for one in pool.kinds])
    is_right = np.array([one.likely == one.true for one in pool.kinds])
    found, error = ["probability of the most probable kind: stated, right, flows"], 0.0
    for low, high in pairwise(_BINS):
        own = (p >= low) & (p < high)
        if own.any():
            error += own.mean() * abs(p[own].mean() - is_right[own].mean())
            found.append(f"  {low:.2f} to {min(high, 1):.2f}: {p[own].mean():.3f} {is_right[own].mean():.3f} {own.sum():>5}")
    loss = -np.mean([np.log(max(one.p[one.true], 1e-9)) for one in pool.kinds])
    return [*found, f"expected calibration error {error:.3f}, log loss {loss:.3f}"]


def _interval_lines(pool: Pool) -> list[str]:
    found = ["intervals of 95 %: inside, by how such intervals are built, and how many"]
    for name in (*dict.fromkeys(one.measure for one in pool.intervals), "all"):
        own = [one for one in pool.intervals if name in {one.measure, "all"}]
        inside = np.mean([one.is_inside for one in own])
        expected = np.mean([one.expected for one in own])
        found.append(f"  {name:<14}{inside:>8.1%}{expected:>8.1%}{len(own):>7}")
        if name not in {"all", "error_share", "missing_share"}:
            for kind in KINDS[:3]:
                of = [one for one in own if one.kind == kind]
                found += [f"    {kind:<14}{np.mean([one.is_inside for one in of]):>8.1%}{len(of):>7}"] if of else []
    return found
