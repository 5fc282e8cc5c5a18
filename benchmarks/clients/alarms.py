"""What a report shows of a client with one input spoilt: false figures, the reason it names, what it holds back besides."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clients.audited import Audited, audited
from benchmarks.clients.client import HandoffTruth
from benchmarks.clients.spoiling import FALSE_FIGURES, Spoilt

_MEASURE = {"volume": "volume_per_month", "missing": "missing_share", "error": "error_share", "lag": "delay_days"}
_FEW_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one spoilt client.

    ``alarms`` are false figures shown as measured; ``is_held`` says whether anything touched is held back, not shown, or
    refused; ``is_named`` whether the reason given has one of the right words; ``said`` what it was; ``others_held`` of
    ``others`` untouched handoffs are not called sound.
    """

    kind: str
    client: int
    stream: str
    alarms: tuple[str, ...]
    is_held: bool
    is_named: bool
    said: str
    others: int
    others_held: int

    @property
    def is_harmless(self) -> bool:
        """Whether nothing shown is false and nothing is held back: what was spoilt did not matter."""
        return not self.alarms and not self.is_held


def outcome(spoilt: Spoilt, folder: Path) -> Outcome:
    """Return what an audit makes of a spoilt client."""
    from toolkit.errors import ToolkitError

    number, stream = spoilt.client.plan.number, ".".join(spoilt.stream)
    others = [one for one in spoilt.client.handoffs if one.plan.handoff_id not in spoilt.touched]
    try:
        found = audited(spoilt.client, folder)
    except ToolkitError as error:
        said = str(error)
        return Outcome(
            spoilt.kind, number, stream, (), True, bool(spoilt.words.search(said)), said, len(others), len(others)
        )
    doubts = [row for row in found.tables.get("handoff_judgement", ()) if row["verdict"] != "sound"]
    own = [row for row in doubts if row["handoff_id"] in spoilt.touched]
    texts = [f"{row['reason']} {row['to_do'] or ''}" for row in own] + list(found.missing)
    touched = [one for one in spoilt.client.handoffs if one.plan.handoff_id in spoilt.touched]
    alarms = tuple(text for one in touched for text in _alarms(one, found, FALSE_FIGURES[spoilt.kind]))
    held = {row["handoff_id"] for row in doubts} - spoilt.touched
    is_gone = any(_is_gone(one, found, FALSE_FIGURES[spoilt.kind]) for one in touched)
    return Outcome(
        spoilt.kind, number, stream, alarms, bool(texts) or is_gone, any(spoilt.words.search(one) for one in texts),
        " | ".join(texts),
        len(others), len(held),
    )  # fmt: skip


def _is_gone(one: HandoffTruth, found: Audited, figures: frozenset[str]) -> bool:
    """Return whether a figure that the spoiling makes false is not shown."""
    wanted = {_MEASURE[name] for name in figures}
    shown = {
        row["measure"]
        for row in found.tables["handoff_measure"]
        if row["handoff_id"] == one.plan.handoff_id and row["value"] is not None
    }
    return not wanted <= shown


def _alarms(one: HandoffTruth, found: Audited, figures: frozenset[str]) -> list[str]:
    """Return the figures of a handoff that are shown and far from the truth."""
    of = one.plan.handoff_id
    rows = {row["measure"]: row for row in found.tables["handoff_measure"] if row["handoff_id"] == of}
    shown = [(name, rows.get(_MEASURE[name])) for name in sorted(figures)]
    return [
        f"{of}: {name} {row['value']:.3g}, true {true:.3g}"
        for name, row in shown
        if row is not None and row["value"] is not None
        for true in (_truth(one, name),)
        if true is not None and _is_far(name, row, true)
    ]


def _truth(one: HandoffTruth, name: str) -> float | None:
    if name == "error" and not one.is_amount_shown:
        # Slips of an amount cannot be seen beside a source that keeps none.
        return None
    return {
        "volume": one.volume, "missing": one.plan.missing_rate, "error": one.plan.error_rate,
        "lag": float(np.mean(one.waits.days)),
    }[name]  # fmt: skip


def _is_far(name: str, row: dict[str, Any], true: float) -> bool:
    value = float(row["value"])
    if name == "volume":
        return abs(value - true) > 0.25 * true
    if name == "lag":
        return abs(value - true) > max(_FEW_DAYS, true)
    # Of nothing compared no share is shown; one that lies ten points off, and is not chance, alarms.
    return bool(row["n"]) and not row["low"] <= true <= row["high"] and abs(value - true) > 0.1
