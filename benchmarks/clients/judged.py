"""An audit held to the truth: which intervals hold it, which volumes are exact, what is held back, what is found rightly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import bdtr, bdtrc

from benchmarks.clients.audited import Audited
from benchmarks.clients.client import Client, HandoffTruth
from benchmarks.clients.documents import Document
from benchmarks.clients.faults import RULES

SHARES = ("error rate", "missing share")
WAITS = ("median wait", "mean wait")
MONEY = ("cost now", "saving")
_CONFIDENCE_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A stated interval beside the truth; ``expected`` is how often such an interval holds it, where that is known."""

    kind: str
    client: int
    handoff_id: str
    low: float
    true: float
    high: float
    n: int
    expected: float

    @property
    def is_inside(self) -> bool:
        """Whether the truth lies in the interval."""
        return self.low <= self.true <= self.high


@dataclass(frozen=True, slots=True)
class Volume:
    """Items per month as shown and as true."""

    client: int
    handoff_id: str
    shown: float | None
    true: float | None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An aspect of a handoff that the report calls partly sound or failed, and why."""

    client: int
    handoff_id: str
    aspect: str
    verdict: str
    reason: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the checks, and whether a flaw was planted that explains it."""

    client: int
    rule: str
    record_key: str
    reason: str
    is_true: bool


@dataclass(frozen=True, slots=True)
class Planted:
    """A flaw of a document, and whether it was found."""

    client: int
    flaw: str
    number: str
    is_found: bool


def intervals(client: Client, found: Audited) -> Iterator[Interval]:
    """Yield every interval that the audit states of a handoff, beside the truth."""
    measures = {(row["handoff_id"], row["measure"]): row for row in found.tables["handoff_measure"]}
    cases = {(row["handoff_id"], row["metric"]): row for row in found.tables["case"]}
    number = client.plan.number
    for one in client.handoffs:
        of = one.plan.handoff_id
        for kind, measure, true in (
            ("error rate", "error_share", one.plan.error_rate), ("missing share", "missing_share", one.plan.missing_rate),
        ):  # fmt: skip
            row = measures.get((of, measure))
            if row is None or not row["n"] or (kind == "error rate" and not one.is_amount_shown):
                continue
            yield Interval(kind, number, of, row["low"], true, row["high"], row["n"], wilson_coverage(row["n"], true))
        for kind, measure, pick in (("median wait", "lag_median", np.median), ("mean wait", "delay_days", np.mean)):
            row = measures.get((of, measure))
            if row is None or row["low"] is None:
                continue
            waits = _waits(one, measures, of, measure)
            true = float(pick(waits))
            expected = median_coverage(row["n"], float((waits < true).mean()), float((waits <= true).mean()))
            expected = expected if kind == "median wait" else 0.95
            yield Interval(kind, number, of, row["low"], true, row["high"], row["n"], expected)
        for kind, metric, true in (
            ("cost now", "cost_now_per_month", one.money.cost_now), ("saving", "net_saving_per_month", one.money.saving),
        ):  # fmt: skip
            row = cases.get((of, metric))
            if row is not None and row["p10"] is not None:
                yield Interval(kind, number, of, row["p10"], true, row["p90"], 0, 0.8)


def _waits(one: HandoffTruth, measures: dict[tuple[str, str], dict[str, Any]], of: str, measure: str) -> np.ndarray:
    has_minutes = measures[of, "lag_median"]["unit"] == "minutes"
    if measure == "lag_median":
        return one.waits.minutes if has_minutes else one.waits.days
    return one.waits.minutes / 1440 if has_minutes else one.waits.days


@lru_cache(maxsize=4096)
def wilson_coverage(n: int, share: float) -> float:
    """Return how often a Wilson interval of ``n`` cases holds the true share: the exact sum over all outcomes.

    Parameters
    ----------
    n, share
        Cases looked at, and the true share.
    """
    x = np.arange(n + 1)
    z2 = _CONFIDENCE_Z**2
    centre = (x / n + z2 / (2 * n)) / (1 + z2 / n)
    half = _CONFIDENCE_Z / (1 + z2 / n) * np.sqrt(x / n * (1 - x / n) / n + z2 / (4 * n * n))
    log_choose = np.concatenate([[0.0], np.cumsum(np.log(np.arange(n, 0, -1)) - np.log(np.arange(1, n + 1)))])
    likely = np.exp(log_choose + x * np.log(max(share, 1e-300)) + (n - x) * np.log1p(-min(share, 1 - 1e-16)))
    is_held = (np.maximum(centre - half, 0) <= share) & (share <= centre + half)
    return float(likely[is_held].sum())


def median_coverage(n: int, below: float, up_to: float) -> float:
    """Return how often the order statistics of a 95 % interval hold the true median: waits in whole days are often equal.

    Parameters
    ----------
    n
        Cases looked at.
    below, up_to
        Shares of all cases that lie below the true median, and below it or on it.
    """
    half = _CONFIDENCE_Z * np.sqrt(n) / 2
    low, high = max(np.floor(n / 2 - half), 0), min(np.ceil(n / 2 + half), n - 1)
    return float(1 - bdtr(low, n, up_to) - bdtrc(high, n, below))


def volumes(client: Client, found: Audited) -> Iterator[Volume]:
    """Yield the volume of every handoff that shows one."""
    shown = {r["handoff_id"]: r["value"] for r in found.tables["handoff_measure"] if r["measure"] == "volume_per_month"}
    for one in client.handoffs:
        if one.plan.handoff_id in shown:
            yield Volume(client.plan.number, one.plan.handoff_id, shown[one.plan.handoff_id], one.volume)


def held_back(client: Client, found: Audited) -> Iterator[HeldBack]:
    """Yield what the audit says could not be compared, or in part only."""
    for row in found.tables.get("handoff_judgement", ()):
        if row["verdict"] != "sound":
            yield HeldBack(
                client.plan.number,
                row["handoff_id"],
                row["aspect"],
                row["verdict"],
                row["reason"],
                tuple(row["held_back"] or ()),
            )


def findings(client: Client, found: Audited) -> Iterator[Finding]:
    """Yield every finding of the checks, with whether it is right."""
    for row, rule, its in _found(client, found):
        flaws = {flaw for one in its for flaw in _flaws(one, its)}
        is_true = any(rule in RULES.get(flaw, ()) for flaw in flaws) or (not its and "@home" in str(row["value"]))
        yield Finding(client.plan.number, rule, row["record_key"], row["reason"], is_true)


def planted(client: Client, found: Audited) -> Iterator[Planted]:
    """Yield every flaw that was planted in a document, with whether a finding of its kind names that document."""
    told = {(id(one), rule) for _, rule, its in _found(client, found) for one in its}
    for by_number in client.documents().values():
        for one in (document for its in by_number.values() for document in its):
            for flaw in sorted({one.planted, one.slip} & RULES.keys()):
                is_found = any((id(one), rule) in told for rule in RULES[flaw])
                yield Planted(client.plan.number, flaw, one.number, is_found)


def _found(client: Client, found: Audited) -> Iterator[tuple[dict[str, Any], str, list[Document]]]:
    """Yield every finding with its rule and the documents that its record may be."""
    documents = client.documents()
    for row in found.tables["finding"]:
        system, stream, record = row["record_key"].split("/", 2)
        yield row, _rule(row["check_id"], row["column"]), _named(documents.get((system, stream), {}), record)


def _rule(check_id: str, column: str) -> str:
    """Return the rule of a check by its id."""
    for rule in sorted({rule for rules in RULES.values() for rule in rules}, key=len, reverse=True):
        if f".{rule}." in f".{check_id}." or check_id.endswith(rule):
            return rule
    return check_id.replace(column, "…")


def _named(known: dict[str, list[Document]], record: str) -> list[Document]:
    """Return the documents of a record: its id is their number, or has it beside other parts."""
    return (
        known.get(record) or known.get(record.split("@", maxsplit=1)[0]) or known.get(record.rsplit("#", 1)[0].strip()) or []
    )


def _flaws(one: Document, its: list[Document]) -> set[str]:
    flaws = {one.planted, one.slip}
    return flaws | ({"number_twice"} if len(its) > 1 else set())
