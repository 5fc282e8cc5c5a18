"""Which streams a handoff between two systems carries: a client names systems, measuring needs their streams."""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.audit.engagement import Engagement
from toolkit.audit.landscape_known import Landscape
from toolkit.errors import SnapshotMissingError

_UNKNOWN_STREAM = "records"
_RUN_MEASURES = {"volume_per_month": "volume_per_month", "error_share": "error_rate", "delay_days": "delay_days"}


@dataclass(frozen=True, slots=True)
class Sides:
    """``from_`` and ``to`` as ``system.stream``; ``question`` says what must be known first, ``note`` how they were told."""

    from_: str = ""
    to: str = ""
    question: str = ""
    note: str = ""


def sides_of(label: str, system_l: str, system_r: str, known: Landscape) -> Sides:
    """Return the streams of a handoff: the only one of a system, else the only one that the label names."""
    chosen = []
    notes = []
    for system in (system_l, system_r):
        streams = known.streams.get(system, {})
        fitting = [*streams] if len(streams) == 1 else _named(label, streams)
        if not streams:
            fitting = [_UNKNOWN_STREAM]
            notes.append(f"nothing was pulled of {system!r} yet, so its stream is called {_UNKNOWN_STREAM!r} for now")
        elif len(streams) > 1 and len(fitting) == 1:
            notes.append(f"of {system!r} it was taken to carry {fitting[0]!r}")
        if len(fitting) != 1:
            return Sides(
                question=f"Which records of {system!r} does it carry: {', '.join(sorted(streams))}? Name them in its label, "
                "or write the handoff into engagement.yaml."
            )
        chosen.append(f"{system}.{fitting[0]}")
    return Sides(chosen[0], chosen[1], note=f"{' and '.join(notes)}. Confirm it in engagement.yaml." if notes else "")


def measured_values(engagement: Engagement) -> Mapping[str, Mapping[str, float | None]]:
    """Return what the latest run measured of each handoff, by the names of the settings; empty before the first."""
    try:
        run = engagement.store.run()
        rows = run.table("handoff_measure").to_pylist() if run.has("handoff_measure") else []
    except SnapshotMissingError:
        rows = []
    found: dict[str, dict[str, float | None]] = {}
    for row in rows:
        if row["measure"] in _RUN_MEASURES:
            found.setdefault(row["handoff_id"], {})[_RUN_MEASURES[row["measure"]]] = row["value"]
    return found


def _named(label: str, streams: Mapping[str, str]) -> list[str]:
    """Return the streams that a label names by their name or by what they hold, in one or in several."""
    words = {word.strip(".,;:()").removesuffix("s") for word in label.casefold().replace("-", " ").split()}
    return [name for name, entity in streams.items() if {name.casefold().removesuffix("s"), entity} & words]
