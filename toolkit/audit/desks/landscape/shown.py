"""The landscape as its screen shows it: rows of systems, people and handoffs, what is still to ask, and the drawing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.desks.settings_file import FileState
from toolkit.estimates import EVIDENCE
from toolkit.landscape.handoffs import COST_INPUTS, Handoff, still_to_ask
from toolkit.landscape.layout import landscape_map
from toolkit.landscape.systems import CATEGORIES, System, completeness, unknown_categories
from toolkit.landscape.workbook.carried_streams import side_parts
from toolkit.landscape.workbook.form import CARRIER_WORDS, EVIDENCE_WORDS, TRIGGER_WORDS
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.settings import HandoffSettings
from toolkit.values.named_people import named_people

_PERSON_KEYS = ("role", "department", "systems", "hours_per_month", "note")


def shown_landscape(state: FileState, known: KnownLandscape) -> dict[str, Any]:
    """Return everything that the screen draws, as JSON can hold it.

    Parameters
    ----------
    state
        The file as it is.
    known
        What the settings and the snapshots say.
    """
    handoffs = landscape_handoffs(state, known)
    systems = [_system(row) for row in known.systems]
    drawn = landscape_map(systems, handoffs)
    return {
        "systems": _system_rows(state, known, systems),
        "people": _people_rows(state, known, handoffs),
        "handoffs": [_handoff_row(one, state) for one in handoffs],
        "map": {
            "boxes": [
                {
                    "id": box.node_id,
                    "label": box.label,
                    "kind": box.kind,
                    "x": box.x,
                    "y": box.y,
                    "w": box.width,
                    "h": box.height,
                }
                for box in drawn.boxes
            ],
            "paths": [
                {
                    "handoff": path.handoff_id,
                    "source": path.source,
                    "target": path.target,
                    "points": [[*point] for point in path.points],
                }
                for path in drawn.paths
            ],
            "width": drawn.width,
            "height": drawn.height,
        },
        "words": {
            "triggers": TRIGGER_WORDS,
            "carriers": CARRIER_WORDS,
            "categories": CATEGORIES,
            "evidence": {**EVIDENCE_WORDS, "default": "Assumed"},
        },
    }


def shown_row(state: FileState, known: KnownLandscape, kind: str, name: str) -> dict[str, Any]:
    """Return what the screen shows of one system, person or handoff: what a page has seen is held against it.

    Parameters
    ----------
    state, known
        As for ``shown_landscape``.
    kind, name
        ``system``, ``person`` or ``handoff``; one that is there.
    """
    handoffs = landscape_handoffs(state, known)
    if kind == "system":
        rows = _system_rows(state, known, [_system(row) for row in known.systems])
    elif kind == "person":
        rows = _people_rows(state, known, handoffs)
    else:
        rows = [_handoff_row(one, state) for one in handoffs]
    return next(row for row in rows if row["name"] == name)


def landscape_handoffs(state: FileState, known: KnownLandscape) -> list[Handoff]:
    """Return the handoffs of the file, or where it has none, those that are proposed."""
    given = state.settings.handoffs
    if not given:
        return [*known.proposed.values()]
    return [_handoff(name, one) for name, one in given.items()]


def _handoff(name: str, one: HandoffSettings) -> Handoff:
    (system_l, stream_l), (system_r, stream_r) = side_parts(one.from_), side_parts(one.to)
    return Handoff(
        name, one.label or name.replace("_", " ").capitalize(), system_l, stream_l, "", system_r, stream_r, "",
        by=one.by, trigger=one.trigger, carrier=one.carrier, grace_days=one.grace_days, is_proposed=one.is_proposed,
    )  # fmt: skip


def _system(row: Mapping[str, Any]) -> System:
    return System(
        row["setting"],
        category=row["category"] or "",
        label=row["name"] if row["name"] != row["setting"] else "",
        owner=row.get("owner") or "",
        users=row.get("users"),
        cost_per_month=row.get("cost_per_month"),
        data_in=row.get("data_in") or "",
        data_out=row.get("data_out") or "",
        serves=row.get("process") or "",
        is_informal=bool(row.get("is_informal")),
    )


def _system_rows(state: FileState, known: KnownLandscape, systems: Sequence[System]) -> list[dict[str, Any]]:
    missing = completeness(systems).missing
    # A kind of the engagement's own is none of the form's choices, and is known all the same.
    own = state.settings.catalogue.categories
    unsure = {*unknown_categories(systems)} - {name for name, one in state.settings.systems.items() if one.category in own}
    rows = []
    for row, one in zip(known.systems, systems, strict=True):
        asked = [*missing.get(one.name, ()), *(["what kind of system it is"] if one.name in unsure else [])]
        given = state.settings.systems.get(one.name)
        rows.append(
            {
                "name": one.name,
                "label": one.shown_name,
                "category": one.category,
                "product": row["product"] or "",
                "owner": one.owner,
                "users": one.users,
                "cost_per_month": one.cost_per_month,
                "is_informal": one.is_sheet,
                "process": one.serves,
                "data_in": one.data_in,
                "data_out": one.data_out,
                "note": row.get("note") or "",
                # Of a system that was read a handoff can carry only what was read.
                "streams": sorted(known.pulled.streams.get(one.name, given.streams if given else {})),
                "in_file": given is not None,
                "is_read": one.name in known.pulled.streams,
                "to_ask": asked,
            }
        )
    return rows


def _people_rows(state: FileState, known: KnownLandscape, handoffs: Sequence[Handoff]) -> list[dict[str, Any]]:
    carried = Counter(name for one in handoffs for name in named_people(one.by))
    rows = []
    for row in known.people:
        given = state.settings.people.get(row["name"])
        values = {key: getattr(given, key) if given else None for key in _PERSON_KEYS}
        rows.append(
            {
                "name": row["name"],
                **{key: value if value is not None or key == "hours_per_month" else "" for key, value in values.items()},
                "carries": carried[row["name"]],
                "in_file": given is not None,
                "to_ask": [] if given and given.role else ["what the job is"],
            }
        )
    return rows


def _handoff_row(one: Handoff, state: FileState) -> dict[str, Any]:
    given = state.settings.handoffs.get(one.handoff_id)
    inputs = {name for name, _ in COST_INPUTS if given is not None and getattr(given, name) is not None}
    return {
        "name": one.handoff_id,
        "label": one.label,
        "from": f"{one.system_l}.{one.stream_l}",
        "to": f"{one.system_r}.{one.stream_r}",
        "by": one.by,
        "trigger": one.trigger or "",
        "carrier": one.carrier or "",
        "minutes": _minutes(given),
        "note": given.note if given else "",
        "is_proposed": one.is_proposed,
        "in_file": given is not None,
        "to_ask": still_to_ask(one, inputs),
    }


def _minutes(given: HandoffSettings | None) -> dict[str, Any] | None:
    figure = given.minutes_per_item if given else None
    if figure is None:
        return None
    low, likely, high = figure.value if isinstance(figure.value, tuple) else (figure.value,) * 3
    evidence = figure.evidence if figure.evidence in EVIDENCE else "interview"
    on = figure.on.isoformat() if figure.on else ""
    return {"low": low, "likely": likely, "high": high, "evidence": evidence, "who": figure.who, "on": on}
