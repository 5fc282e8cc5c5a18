"""Two lanes side by side for each handoff: how items stand here and there, and where the two contradict each other."""

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, Row, register_answer, run_rows
from toolkit.landscape.lanes import Pairing, lanes
from toolkit.tables import record_key
from toolkit.tables.registers import LANE
from toolkit.values.counted import counted

_SHOWN = {
    "handoff_id": "handoff", "state_l": "here", "state_r": "there", "items": "items", "because": "differs because",
    "examples": "such as",
}  # fmt: skip
_WON = {True: "won", False: "lost"}
_DUE = frozenset({"missing", "extra", "found"})
_TOLD = frozenset({"found", "missing", "waiting", "extra"})


def read(engagement: Engagement) -> RegisterAnswer:
    """Return how many items stand in each pair of states, contradictions of each handoff first."""
    handoffs, counterparts = run_rows(engagement, "handoff"), run_rows(engagement, "counterpart")
    if handoffs is None or counterparts is None:
        return register_answer(
            "Nothing has been compared yet.", LANE, [], _SHOWN, gaps=("There is no audit yet: integration-audit audit.",)
        )
    states = _states(engagement)
    rows = [row for one in handoffs for row in _rows(one, counterparts, states)]
    differing = sum(row["items"] for row in rows if row["is_differing"])
    items = sum(row["items"] for row in rows)
    return register_answer(
        f"{counted(differing, 'item')} of {items:,} in states that contradict each other.",
        LANE,
        sorted(rows, key=lambda row: not row["is_differing"]),
        _SHOWN,
        notes=["A state is what its words mean; those of no known meaning are 'not told' and contradict nothing."],
    )


def _rows(
    handoff: Mapping[str, Any], counterparts: list[dict[str, Any]], states: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    name = handoff["handoff_id"]
    own = [row for row in counterparts if row["handoff_id"] == name and row["status"] in _TOLD]
    pairings = (_pairing(row, states) for row in own)
    for lane in lanes(pairings, handoff["entity_l"] or "", handoff["entity_r"] or ""):
        yield {
            "handoff_id": name,
            "state_l": lane.state_l,
            "state_r": lane.state_r,
            "items": lane.items,
            "is_differing": lane.is_differing,
            "because": lane.because or None,
            "examples": list(lane.examples),
        }


def _pairing(row: Row, states: Mapping[str, str]) -> Pairing:
    left, right = row["key_l"] or "", row["key_r"] or ""
    return Pairing(left, states.get(left, ""), right, states.get(right, ""), is_due=row["status"] in _DUE)


def _states(engagement: Engagement) -> dict[str, str]:
    """Return the state of each document as written, by record key; of deals without one whether they are won."""
    found = {}
    for (system, stream), table in engagement.store.records(("record_id", "status", "is_won")).items():
        columns = [
            table[name].to_pylist() if name in table.column_names else [None] * table.num_rows
            for name in ("record_id", "status", "is_won")
        ]
        for record_id, status, is_won in zip(*columns, strict=True):
            found[record_key(system, stream, record_id)] = _WON.get(is_won) or status or ""
    return found


REGISTER = Register("how items stand in both systems, and where that contradicts", read)
