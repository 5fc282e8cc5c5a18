"""The landscape as the map's chart wants it: boxes with places and lines with bends, from systems and handoffs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from toolkit.landscape.handoffs import CARRIERS, Handoff
from toolkit.landscape.layout import Path, landscape_map
from toolkit.landscape.systems import System

_AUTOMATIC = "automatic"
_NODE = pa.schema(
    [
        ("node_id", pa.string()),
        ("label", pa.string()),
        ("kind", pa.string()),
        *((name, pa.float64()) for name in ("x", "y", "width", "height")),
    ]
)
_EDGE = pa.schema(
    [
        *((name, pa.string()) for name in ("handoff_id", "source", "target", "label", "carrier", "note")),
        ("xs", pa.list_(pa.float64())),
        ("ys", pa.list_(pa.float64())),
    ]
)


def map_tables(
    systems: Sequence[System],
    handoff: pa.Table,
    *,
    shown_person: Callable[[str], str],
    labels: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    automations: Sequence[tuple[str, str, str, str]] = (),
    connected: Collection[str] = (),
) -> tuple[pa.Table, pa.Table]:
    """Return the nodes and the edges of the map: systems, the people who carry data, what they carry, what runs by itself.

    Parameters
    ----------
    systems
        All of the client's, informal ones and those without a file too.
    handoff
        Schema HANDOFF.
    shown_person
        What stands on the map for a person's name: who may read the map decides.
    labels
        The client's words for a system; by default its name.
    notes
        A few characters to stand beside a handoff's line, by its id.
    automations
        Links that run by themselves already: id, words, and the two systems.
    connected
        Handoffs that run from system to system, without anybody's hands.
    """
    words = labels or {}
    systems = [replace(one, label=words.get(one.name, one.label)) for one in systems]
    by_itself = {*connected, *(one[0] for one in automations)}
    carried = [_handoff(row, is_connected=row["handoff_id"] in connected) for row in handoff.to_pylist()]
    handoffs = [*carried, *(_link(*one) for one in automations)]
    handoff_labels = {one.handoff_id: one.label for one in handoffs}
    drawn = landscape_map(systems, handoffs, is_paged=True)
    beside = _notes_by_line(drawn.paths, notes or {})
    nodes = [
        {
            "node_id": box.node_id,
            "label": shown_person(box.label) if box.kind == "person" else box.label,
            "kind": box.kind,
            "x": box.x,
            "y": box.y,
            "width": box.width,
            "height": box.height,
        }
        for box in drawn.boxes
    ]
    edges = [
        {
            "handoff_id": path.handoff_id,
            "source": path.source,
            "target": path.target,
            "label": handoff_labels[path.handoff_id],
            "carrier": _AUTOMATIC if path.handoff_id in by_itself else path.carrier or None,
            "note": beside.get((path.source, path.target)),
            "xs": [x for x, _ in path.points],
            "ys": [y for _, y in path.points],
        }
        for path in drawn.paths
    ]
    return pa.Table.from_pylist(nodes, _NODE), pa.Table.from_pylist(edges, _EDGE)


def _notes_by_line(paths: Sequence[Path], notes: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the notes of each line that leaves a handoff's first system; lines that coincide carry all of theirs."""
    found: dict[tuple[str, str], list[str]] = {}
    told: set[str] = set()
    for path in paths:
        # A handoff that passes a person has two lines, the one to the person first.
        if path.handoff_id in notes and path.handoff_id not in told:
            told.add(path.handoff_id)
            found.setdefault((path.source, path.target), []).append(notes[path.handoff_id])
    return {line: " + ".join(texts) for line, texts in found.items()}


def _handoff(row: dict[str, Any], *, is_connected: bool) -> Handoff:
    carrier = None if is_connected else next((one for one in CARRIERS if one == row["carrier"]), None)
    return Handoff(
        handoff_id=row["handoff_id"],
        label=row["label"],
        system_l=row["system_l"],
        stream_l=row["stream_l"],
        entity_l=row["entity_l"] or "",
        system_r=row["system_r"],
        stream_r=row["stream_r"],
        entity_r=row["entity_r"] or "",
        by="" if is_connected else row["by"] or "",
        carrier=carrier,
    )


def _link(name: str, label: str, system_l: str, system_r: str) -> Handoff:
    """Return what runs by itself as the layout wants it: a way between two systems that passes nobody."""
    return Handoff(name, label, system_l, "", "", system_r, "", "")
