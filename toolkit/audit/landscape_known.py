"""What is known of the landscape before the client is asked: rows of the systems-and-handoffs workbook.

Rows have the keys of ``FORM_SHEETS``; ``setting`` is the name in ``engagement.yaml``, which the client does not see.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.sources import connectors
from toolkit.audit.stages.reconcile import system_categories
from toolkit.files.landscape_form import EVIDENCE_WORDS
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.landscape.handoffs import Handoff, StreamInfo, proposed_handoffs
from toolkit.landscape.systems import CATEGORIES
from toolkit.settings import EstimateSettings, HandoffSettings, Settings


@dataclass(frozen=True, slots=True)
class Landscape:
    """Known systems, handoffs and people as rows; ``proposed`` holds handoffs that stand in no file yet, by their id.

    ``streams`` holds what was pulled of each system: stream to entity.
    """

    systems: tuple[dict[str, Any], ...]
    handoffs: tuple[dict[str, Any], ...]
    people: tuple[dict[str, Any], ...]
    proposed: Mapping[str, Handoff]
    streams: Mapping[str, Mapping[str, str]]
    connectors: Mapping[str, str]


def known_landscape(engagement: Engagement, settings: Settings) -> Landscape:
    """Return what settings and snapshots say."""
    streams: dict[str, dict[str, str]] = {}
    connector_of: dict[str, str] = {}
    for row in engagement.store.snapshots().to_pylist():
        streams.setdefault(row["system"], {})
        connector_of[row["system"]] = row["connector"]
        if row["stream"] != NAMES:
            streams[row["system"]][row["stream"]] = row["entity"]
    categories = system_categories(engagement)
    proposed = {} if settings.handoffs else _proposed(streams, categories)
    names = _system_names(settings, streams, proposed)
    handoffs = [_handoff_row(name, one, names) for name, one in settings.handoffs.items()]
    handoffs += [_proposed_row(one, names) for one in proposed.values()]
    return Landscape(
        tuple(_system_row(name, shown, settings, connector_of, categories) for name, shown in names.items()),
        tuple(handoffs),
        tuple(_people_rows(settings)),
        proposed,
        streams,
        connector_of,
    )


def side_parts(side: str) -> tuple[str, str]:
    """Return system and stream of ``system.stream``.

    Examples
    --------
    >>> side_parts("crm.deals")
    ('crm', 'deals')
    """
    system, _, stream = side.partition(".")
    return system, stream


def handoff_label(name: str, label: str) -> str:
    """Return what a handoff is called: its label, or its name in words."""
    return label or name.replace("_", " ").capitalize()


def _proposed(streams: Mapping[str, Mapping[str, str]], categories: Mapping[str, str]) -> dict[str, Handoff]:
    infos = [
        StreamInfo(system, stream, entity, categories.get(system, ""))
        for system, held in streams.items()
        for stream, entity in held.items()
    ]
    return {one.handoff_id: one for one in proposed_handoffs(infos)}


def _system_names(
    settings: Settings, streams: Mapping[str, Mapping[str, str]], proposed: Mapping[str, Handoff]
) -> dict[str, str]:
    """Return every system with the name that the client reads: its label, or its own name where two share one."""
    sides = [side_parts(side)[0] for one in settings.handoffs.values() for side in (one.from_, one.to)]
    sides += [system for one in proposed.values() for system in (one.system_l, one.system_r)]
    names = dict.fromkeys([*settings.systems, *streams, *sides])
    labels = {name: settings.systems[name].label if name in settings.systems else "" for name in names}
    often = Counter(label.casefold() for label in [*filter(None, labels.values()), *names])
    return {name: label if label and often[label.casefold()] == 1 else name for name, label in labels.items()}


def _system_row(
    name: str, shown: str, settings: Settings, connector_of: Mapping[str, str], categories: Mapping[str, str]
) -> dict[str, Any]:
    given = settings.systems.get(name)
    category = (given.category if given else "") or categories.get(name, "")
    labels = {one.name: one.label for one in connectors() if one.name != "table"}
    connector = given.connector if given else connector_of.get(name, "")
    row: dict[str, Any] = {"setting": name, "name": shown, "category": category if category in CATEGORIES else None}
    row["product"] = (given.product if given else "") or labels.get(connector)
    if given is not None:
        row |= {key: getattr(given, key) for key in _SYSTEM_KEYS}
        row["is_informal"] = given.is_informal if "is_informal" in given.model_fields_set else None
    return row


_SYSTEM_KEYS = ("process", "owner", "users", "cost_per_month", "tier", "data_in", "data_out", "moved_by", "note")


def _handoff_row(name: str, one: HandoffSettings, names: Mapping[str, str]) -> dict[str, Any]:
    minutes = one.minutes_per_item
    given = one.model_fields_set
    return {
        "setting": name,
        "handoff_id": name,
        "label": handoff_label(name, one.label),
        "system_l": names[side_parts(one.from_)[0]],
        "system_r": names[side_parts(one.to)[0]],
        "by": one.by,
        # A default is not something that somebody has said.
        "trigger": one.trigger if "trigger" in given else None,
        "carrier": one.carrier if "carrier" in given else None,
        **minutes_of(minutes),
        "evidence": minutes.evidence if minutes and minutes.evidence in EVIDENCE_WORDS else None,
        "who": minutes.who if minutes else None,
        "on": minutes.on if minutes else None,
        **{key: likely_of(getattr(one, key)) for key in ("volume_per_month", "error_rate", "rework_minutes", "delay_days")},
        "note": one.note,
    }


def _proposed_row(one: Handoff, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "setting": one.handoff_id,
        "handoff_id": one.handoff_id,
        "label": one.label,
        "system_l": names[one.system_l],
        "system_r": names[one.system_r],
        "trigger": one.trigger,
        "carrier": one.carrier,
    }


def minutes_of(given: EstimateSettings | None) -> dict[str, float | None]:
    """Return the three cells of an estimate; one number alone stands under usually."""
    if given is None:
        return dict.fromkeys(("minutes_low", "minutes_likely", "minutes_high"))
    low, likely, high = given.value if isinstance(given.value, tuple) else (None, given.value, None)
    return {"minutes_low": low, "minutes_likely": likely, "minutes_high": high}


def likely_of(given: EstimateSettings | None) -> float | None:
    """Return the likely value of an estimate: what one cell can show."""
    return given.estimate("").likely if given is not None else None


def _people_rows(settings: Settings) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "setting": name,
            "name": name,
            "role": one.role,
            "department": one.department,
            "systems": one.systems,
            "note": one.note,
        }
        for name, one in settings.people.items()
    ]
    known = {name.casefold() for name in settings.people}
    for one in settings.handoffs.values():
        if one.by and one.by.casefold() not in known:
            known.add(one.by.casefold())
            rows.append({"setting": one.by, "name": one.by})
    return rows
