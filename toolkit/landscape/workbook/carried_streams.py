"""Which streams a handoff between two systems carries: a client names systems, measuring needs their streams."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_UNKNOWN_STREAM = "records"
_RUN_MEASURES = {"volume_per_month": "volume_per_month", "error_share": "error_rate", "delay_days": "delay_days"}


@dataclass(frozen=True, slots=True)
class CarriedStreams:
    """``from_`` and ``to`` as ``system.stream``; ``question`` says what must be known first, ``note`` how they were told."""

    from_: str = ""
    to: str = ""
    question: str = ""
    note: str = ""


def carried_streams(label: str, system_l: str, system_r: str, streams: Mapping[str, Mapping[str, str]]) -> CarriedStreams:
    """Return the streams of a handoff: the only one of a system, else the only one that the label names.

    Parameters
    ----------
    label
        What the client calls the handoff.
    system_l, system_r
        The systems that it goes from and to, by their names in the settings.
    streams
        What was pulled of each system: stream to entity.

    Examples
    --------
    >>> pulled = {"crm": {"deals": "deal", "leads": "party"}, "books": {"bills": "bill"}}
    >>> found = carried_streams("Won deals", "crm", "books", pulled)
    >>> found.from_, found.to, found.note
    ('crm.deals', 'books.bills', "of 'crm' it was taken to carry 'deals'. Confirm it in engagement.yaml.")
    """
    chosen = []
    notes = []
    for system in (system_l, system_r):
        held = streams.get(system, {})
        fitting = [*held] if len(held) == 1 else _named(label, held)
        if not held:
            fitting = [_UNKNOWN_STREAM]
            notes.append(f"nothing was pulled of {system!r} yet, so its stream is called {_UNKNOWN_STREAM!r} for now")
        elif len(held) > 1 and len(fitting) == 1:
            notes.append(f"of {system!r} it was taken to carry {fitting[0]!r}")
        if len(fitting) != 1:
            return CarriedStreams(
                question=f"Which records of {system!r} does it carry: {', '.join(sorted(held))}? Name them in its label, "
                "or write the handoff into engagement.yaml."
            )
        chosen.append(f"{system}.{fitting[0]}")
    note = f"{' and '.join(notes)}. Confirm it in engagement.yaml." if notes else ""
    return CarriedStreams(chosen[0], chosen[1], note=note)


def side_parts(side: str) -> tuple[str, str]:
    """Return system and stream of ``system.stream``.

    Examples
    --------
    >>> side_parts("crm.deals")
    ('crm', 'deals')
    """
    system, _, stream = side.partition(".")
    return system, stream


def are_pulled(sides: Iterable[str], streams: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether every side (``system.stream``) was pulled.

    Examples
    --------
    >>> pulled = {"crm": {"deals": "deal"}}
    >>> are_pulled(["crm.deals"], pulled), are_pulled(["crm.deals", "books.bills"], pulled)
    (True, False)
    """
    return all(stream in streams.get(system, ()) for system, stream in map(side_parts, sides))


def measured_values(measures: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """Return what a run measured of each handoff, by the names of the settings.

    ``measures`` are rows of HANDOFF_MEASURE.

    Examples
    --------
    >>> measured_values([{"handoff_id": "a", "measure": "error_share", "value": 0.03}])
    {'a': {'error_rate': 0.03}}
    """
    found: dict[str, dict[str, float | None]] = {}
    for row in measures:
        if row["measure"] in _RUN_MEASURES:
            found.setdefault(row["handoff_id"], {})[_RUN_MEASURES[row["measure"]]] = row["value"]
    return found


def _named(label: str, streams: Mapping[str, str]) -> list[str]:
    """Return the streams that a label names by their name or by what they hold, in one or in several."""
    words = {word.strip(".,;:()").removesuffix("s") for word in label.casefold().replace("-", " ").split()}
    return [name for name, entity in streams.items() if {name.casefold().removesuffix("s"), entity} & words]
