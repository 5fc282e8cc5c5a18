"""What is known of the landscape before the client is asked: rows of the workbook, from the settings and what was pulled.

Rows have the keys of ``FORM_SHEETS``; ``setting`` is the name in ``engagement.yaml``, which the client does not see. The
settings come as their tree: mappings by the keys of ``engagement.yaml``, complete with defaults. What nobody has said of
``is_informal``, ``trigger`` and ``carrier`` is null there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.landscape.handoffs import Handoff, StreamInfo, proposed_handoffs
from toolkit.landscape.systems import CATEGORIES
from toolkit.landscape.workbook.carried_streams import side_parts
from toolkit.landscape.workbook.form import EVIDENCE_WORDS, MINUTES
from toolkit.values.named_people import named_people

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PulledSystems:
    """What the files say of the systems, each by its name in the settings.

    ``streams`` holds what was pulled of each: stream to entity. ``connectors`` is what each was read with, ``categories``
    what each is, ``measured`` what the latest run counted of each handoff.
    """

    streams: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    connectors: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownLandscape:
    """Known systems, handoffs and people as rows; ``proposed`` holds handoffs that stand in no file yet, by their id."""

    settings: Tree
    pulled: PulledSystems
    systems: tuple[Mapping[str, Any], ...]
    handoffs: tuple[Mapping[str, Any], ...]
    people: tuple[Mapping[str, Any], ...]
    proposed: Mapping[str, Handoff]


def known_landscape(settings: Tree, pulled: PulledSystems, products: Mapping[str, str]) -> KnownLandscape:
    """Return what settings and snapshots say.

    Parameters
    ----------
    settings
        The tree, of which ``systems``, ``handoffs`` and ``people`` are read.
    pulled
        What the files say.
    products
        What a connector reads, in a client's words, by its name.
    """
    proposed = {} if settings["handoffs"] else _proposed(pulled)
    names = _system_names(settings, pulled, proposed.values())
    return KnownLandscape(
        settings,
        pulled,
        tuple(_system_row(name, shown, settings["systems"].get(name), pulled, products) for name, shown in names.items()),
        (
            *(_handoff_row(name, one, names) for name, one in settings["handoffs"].items()),
            *(_proposed_row(one, names) for one in proposed.values()),
        ),
        tuple(_people_rows(settings)),
        proposed,
    )


def question_rows(questions: Mapping[str, Tree]) -> list[dict[str, str]]:
    r"""Return the rows of the sheet Questions.

    Examples
    --------
    >>> tax = {"ask": "With tax?", "samples": ("1.00", "2.00"), "choices": {"gross": "with", "net": "without"}}
    >>> question_rows({"tax": tax})
    [{'ask': 'With tax?', 'samples': '1.00; 2.00', 'choices': '1: with\n2: without', 'question_id': 'tax'}]
    """
    return [
        {
            "ask": one["ask"],
            "samples": "; ".join(one["samples"]),
            "choices": "\n".join(f"{number}: {words}" for number, words in enumerate(one["choices"].values(), start=1)),
            "question_id": name,
        }
        for name, one in questions.items()
    ]


def _proposed(pulled: PulledSystems) -> dict[str, Handoff]:
    infos = [
        StreamInfo(system, stream, entity, pulled.categories.get(system, ""))
        for system, held in pulled.streams.items()
        for stream, entity in held.items()
    ]
    return {one.handoff_id: one for one in proposed_handoffs(infos)}


def _system_names(settings: Tree, pulled: PulledSystems, proposed: Iterable[Handoff]) -> dict[str, str]:
    """Return every system with the name that the client reads: its label, or its own name where two share one."""
    sides = [side_parts(side)[0] for one in settings["handoffs"].values() for side in (one["from"], one["to"])]
    sides += [system for one in proposed for system in (one.system_l, one.system_r)]
    names = dict.fromkeys([*settings["systems"], *pulled.streams, *sides])
    labels = {name: settings["systems"][name]["label"] if name in settings["systems"] else "" for name in names}
    often = Counter(label.casefold() for label in [*filter(None, labels.values()), *names])
    return {name: label if label and often[label.casefold()] == 1 else name for name, label in labels.items()}


_SYSTEM_KEYS = (
    "process", "owner", "users", "cost_per_month", "tier", "data_in", "data_out", "moved_by", "note", "is_informal",
)  # fmt: skip


def _system_row(
    name: str, shown: str, given: Tree | None, pulled: PulledSystems, products: Mapping[str, str]
) -> dict[str, Any]:
    category = (given["category"] if given else "") or pulled.categories.get(name, "")
    connector = given["connector"] if given else pulled.connectors.get(name, "")
    return {
        "setting": name,
        "name": shown,
        "category": category if category in CATEGORIES else None,
        "product": (given["product"] if given else "") or products.get(connector),
        **({key: given[key] for key in _SYSTEM_KEYS} if given else {}),
    }


def _handoff_row(name: str, one: Tree, names: Mapping[str, str]) -> dict[str, Any]:
    minutes = one["minutes_per_item"]
    return {
        "setting": name,
        "handoff_id": name,
        "label": one["label"] or name.replace("_", " ").capitalize(),
        "system_l": names[side_parts(one["from"])[0]],
        "system_r": names[side_parts(one["to"])[0]],
        "by": one["by"],
        "trigger": one["trigger"],
        "carrier": one["carrier"],
        **_minutes_cells(minutes),
        "evidence": minutes["evidence"] if minutes and minutes["evidence"] in EVIDENCE_WORDS else None,
        "who": minutes["who"] if minutes else None,
        "on": minutes["on"] if minutes else None,
        **{key: _likely(one[key]) for key in ("volume_per_month", "error_rate", "rework_minutes", "delay_days")},
        "note": one["note"],
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


def _minutes_cells(figure: Tree | None) -> dict[str, float | None]:
    """Return the three cells of an estimate; one number alone stands under usually."""
    if figure is None:
        return dict.fromkeys(MINUTES)
    value = figure["value"]
    return dict(zip(MINUTES, value if isinstance(value, tuple) else (None, value, None), strict=True))


def _likely(figure: Tree | None) -> float | None:
    """Return the likely value of an estimate: what one cell can show."""
    if figure is None:
        return None
    likely: float = figure["value"][1] if isinstance(figure["value"], tuple) else figure["value"]
    return likely


def _people_rows(settings: Tree) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"setting": name, "name": name, **{key: one[key] for key in ("role", "department", "systems", "note")}}
        for name, one in settings["people"].items()
    ]
    known = {name.casefold() for name in settings["people"]}
    for one in settings["handoffs"].values():
        for name in named_people(one["by"] or ""):
            if name.casefold() not in known:
                known.add(name.casefold())
                rows.append({"setting": name, "name": name})
    return rows
