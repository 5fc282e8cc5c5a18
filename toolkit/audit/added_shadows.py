"""Shadow flows written as handoffs: started by hand, carried by a sheet or an e-mail, with the words they were told in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import pulled_streams, settings_now
from toolkit.audit.register_verbs import show_register
from toolkit.errors import UnknownNameError
from toolkit.landscape.workbook.carried_streams import carried_streams


@dataclass(frozen=True, slots=True)
class AddedShadows:
    """Handoffs by their ids, what must be known first, and how lists were chosen."""

    handoffs: Mapping[str, Mapping[str, Any]]
    questions: tuple[str, ...]
    notes: tuple[str, ...]


def shadows_to_add(engagement: Engagement, names: Iterable[str] = ()) -> AddedShadows:
    """Return shadow flows as handoffs; nothing is written.

    Parameters
    ----------
    engagement
        The client's.
    names
        Which of them, by ``shadow_id``; all without.

    Raises
    ------
    UnknownNameError
        No flow of that name was told; the message offers the nearest.
    """
    found = {row["shadow_id"]: row for row in show_register(engagement, "shadow_flows").table.to_pylist()}
    chosen = [*names] or [*found]
    for name in chosen:
        if name not in found:
            raise UnknownNameError("shadow flow", name, found)
    streams, taken = pulled_streams(engagement), settings_now(engagement).handoffs
    handoffs: dict[str, Mapping[str, Any]] = {}
    questions: list[str] = []
    notes: list[str] = []
    for name in (one for one in chosen if one not in taken):
        row = found[name]
        sides = carried_streams(row["words"], row["system_l"], row["system_r"], streams)
        if sides.question:
            questions.append(f"{name} was not written. {sides.question}")
            continue
        handoffs[name] = {
            "label": f"{row['system_l']} to {row['system_r']}, told in passing",
            "from": sides.from_,
            "to": sides.to,
            "trigger": row["trigger"],
            "carrier": row["carrier"],
            "is_proposed": True,
            "note": f"{row['found_in']}: {row['words']}",
        }
        notes += [f"{name}: {sides.note}"] if sides.note else []
    return AddedShadows(handoffs, tuple(questions), tuple(notes))
