"""What a page of the landscape asks for, as edits of ``engagement.yaml``; all that cannot be is refused in a sentence.

Whoever says something of a proposed handoff has confirmed it. Once one handoff stands in the file, those that are only
proposed count no more: the others are then written as proposed, so that none is lost.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit.audit.desks.landscape.shown import landscape_handoffs
from toolkit.audit.desks.settings_file import Edit, FileState, value_at
from toolkit.errors import InputError, UnknownNameError
from toolkit.estimates import EVIDENCE
from toolkit.landscape.handoffs import CARRIERS, TRIGGERS, Handoff
from toolkit.landscape.systems import CATEGORIES
from toolkit.landscape.workbook.carried_streams import carried_streams, side_parts
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.landscape.workbook.setting_names import setting_name
from toolkit.settings import GONE
from toolkit.values.named_people import named_people

_TEXT, _LONG = 120, 600
_LEANING = ("sources_of_truth", "cleanup", "sync", "parallel_run")
_KEYS: Mapping[str, Mapping[str, str]] = {
    "system": {
        "label": "text", "category": "category", "product": "text", "owner": "text", "users": "count",
        "cost_per_month": "amount", "is_informal": "truth", "process": "long", "data_in": "long", "data_out": "long",
        "note": "long",
    },
    "person": {"role": "text", "department": "text", "systems": "text", "hours_per_month": "amount", "note": "long"},
    "handoff": {
        "label": "text", "from": "side", "to": "side", "by": "text", "trigger": "trigger", "carrier": "carrier",
        "minutes": "minutes", "note": "long",
    },
}  # fmt: skip
_ROOMS = {"system": "systems", "person": "people", "handoff": "handoffs"}
_WORDS = {
    "label": "name", "product": "product", "owner": "owner", "users": "number of users", "cost_per_month": "cost a month",
    "is_informal": "whether it is informal", "process": "what it serves", "data_in": "what goes in",
    "data_out": "what comes out", "by": "who carries it", "trigger": "what starts it", "carrier": "how it is carried",
    "minutes": "minutes per item", "from": "where it comes from", "to": "where it goes",
    "hours_per_month": "hours a month", "systems": "systems used",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LandscapeChange:
    """What is done, in a sentence; the edits that do it; and the name of what it is about."""

    said: str
    edits: tuple[Edit, ...]
    name: str = ""


def set_value(  # noqa: PLR0917 - a message of the page as it comes
    state: FileState,
    known: KnownLandscape,
    person: str,
    kind: object,
    name: object,
    key: object,
    value: object,
    was: object,
) -> LandscapeChange:
    """Return the change of one thing that is known of a system, a person or a handoff.

    Parameters
    ----------
    state, known
        The file and the landscape as they are.
    person
        Who says so.
    kind, name, key, value, was
        As the page sends them.

    Raises
    ------
    InputError
        There is no such thing, the value cannot be, or something else stands there than the page shows.
    """
    room, found = _thing(state, known, kind, name)
    form = _KEYS[str(kind)].get(str(key))
    if form is None:
        raise UnknownNameError(f"thing that is known of a {kind}", str(key), _KEYS[str(kind)])
    _refuse_other_than(found, str(key), was)
    setting = "minutes_per_item" if form == "minutes" else str(key)
    keys = (room, str(name), setting)
    after = _read(form, str(key), value, person, known)
    edits = _edits_of_value(state, known, keys, after)
    return LandscapeChange(f"{_label(found)}: {_WORDS.get(str(key), str(key))}", edits, str(name))


def added_thing(state: FileState, known: KnownLandscape, person: str, kind: object, values: object) -> LandscapeChange:
    """Return the change that adds a system, a person or a handoff.

    Parameters
    ----------
    state, known, person
        As for ``set_value``.
    kind, values
        As the page sends them: what is known of it, by key; ``label`` (of a person: ``name``) is needed.

    Raises
    ------
    InputError
        Something that is needed is missing, or cannot be.
    """
    if kind not in _KEYS or not isinstance(values, dict):
        raise InputError("A system, a person or a handoff can be added.")
    label = _text(values.get("name" if kind == "person" else "label"), _TEXT)
    if not label:
        raise InputError(f"What is the {kind} called? Give it a name.")
    given = {
        key: read
        for key, form in _KEYS[str(kind)].items()
        if form != "side" and not _is_blank(values.get(key))
        if (read := _read(form, key, values[key], person, known)) is not GONE
    }
    if kind == "person":
        if label.casefold() in {row["name"].casefold() for row in known.people}:
            raise InputError(f"{label} is there already.")
        return LandscapeChange(f"{label} added", _entry("people", label, given or {"role": ""}), label)
    if kind == "system":
        taken = {row["setting"] for row in known.systems}
        if label.casefold() in {str(row["name"]).casefold() for row in known.systems}:
            raise InputError(f"There is a system {label!r} already. Give this one another name.")
        name = setting_name(label, taken)
        values_of = {"connector": "table", **given, **({} if name == label else {"label": label})}
        if name == label:
            values_of.pop("label", None)
        return LandscapeChange(f"{label} added", _entry("systems", name, values_of), name)
    return _added_handoff(state, known, label, values, given)


def removed_thing(state: FileState, known: KnownLandscape, kind: object, name: object) -> LandscapeChange:
    """Return the change that takes a system, a person or a handoff out of the file.

    Parameters
    ----------
    state, known, kind, name
        As for ``set_value``.

    Raises
    ------
    InputError
        Something else leans on it.
    """
    room, found = _thing(state, known, kind, name)
    label = _label(found)
    handoffs = landscape_handoffs(state, known)
    if kind == "system":
        using = [one.label for one in handoffs if name in {one.system_l, one.system_r}]
        if using:
            raise InputError(
                f"{label} is part of {len(using)} handoffs ({', '.join(using[:3])}). Remove or change those first."
            )
        if name in known.pulled.streams:
            raise InputError(f"{label} was read: its records are part of the audit. Leave its lists out, or retire them.")
        leaning = [
            key for key in ("sources_of_truth", "cleanup", "sync", "parallel_run") if _names(state.tree.get(key), name)
        ]
        if leaning:
            raise InputError(f"{label} is named under {' and '.join(leaning)} in engagement.yaml. Change that first.")
    if kind == "person":
        carrying = [one.label for one in handoffs if name in named_people(one.by)]
        if carrying:
            raise InputError(
                f"{label} carries {len(carrying)} handoffs ({', '.join(carrying[:3])}). Give them to others first."
            )
    if kind == "handoff" and name not in state.settings.handoffs:
        return confirmed_handoff(state, known, name, exists=False)
    keys = (room, str(name))
    before = value_at(state.tree, keys)
    if before is GONE:
        raise InputError(f"{label} does not stand in engagement.yaml: there is nothing to remove.")
    return LandscapeChange(f"{label} removed", (Edit(keys, before, GONE),), str(name))


def confirmed_handoff(state: FileState, known: KnownLandscape, name: object, *, exists: bool) -> LandscapeChange:
    """Return the change that says of a proposed handoff that it exists, or that it does not.

    Parameters
    ----------
    state, known, name
        As for ``set_value``.
    exists
        What is said.

    Raises
    ------
    InputError
        It is no proposed handoff, or the only one and refused.
    """
    _, found = _thing(state, known, "handoff", name)
    if not found.is_proposed:
        raise InputError(f"{found.label} is no proposal. Remove it if it does not exist.")
    keys = ("handoffs", str(name))
    said = f"{found.label} {'confirmed' if exists else 'refused'}"
    if name in state.settings.handoffs:
        edit = Edit((*keys, "is_proposed"), True, after=False) if exists else Edit(keys, value_at(state.tree, keys), GONE)
        return LandscapeChange(said, (edit,), str(name))
    if not exists and len(known.proposed) == 1:
        raise InputError("It is the only proposal. Add the handoffs that there are: then it is proposed no more.")
    written = _written_proposals(known, confirmed=str(name) if exists else "", left_out="" if exists else str(name))
    return LandscapeChange(said, written, str(name))


def _added_handoff(
    state: FileState, known: KnownLandscape, label: str, values: Mapping[str, Any], given: dict[str, Any]
) -> LandscapeChange:
    sides = [_system_of(values.get(key), known, word) for key, word in (("from", "come from"), ("to", "go to"))]
    (system_l, stream_l), (system_r, stream_r) = sides
    if not (stream_l and stream_r):
        carried = carried_streams(label, system_l, system_r, known.pulled.streams)
        if carried.question and not (stream_l or stream_r):
            raise InputError(f"{carried.question.split(' Name them')[0]} Choose them beside the system.")
        guessed_l, guessed_r = (side_parts(one)[1] for one in (carried.from_, carried.to))
        stream_l, stream_r = stream_l or guessed_l or "records", stream_r or guessed_r or "records"
    if (system_l, stream_l) == (system_r, stream_r):
        raise InputError(f"{label} would go from {system_l}.{stream_l} to itself. Choose where it goes.")
    taken = {one.handoff_id for one in landscape_handoffs(state, known)} | {"total", "recommended"}
    name = setting_name(label, taken)
    entry = {"label": label, "from": f"{system_l}.{stream_l}", "to": f"{system_r}.{stream_r}"}
    entry |= {("minutes_per_item" if key == "minutes" else key): one for key, one in given.items() if key not in entry}
    proposals = () if state.settings.handoffs else _written_proposals(known)
    return LandscapeChange(f"{label} added", (*proposals, *_entry("handoffs", name, entry)), name)


def _system_of(side: object, known: KnownLandscape, word: str) -> tuple[str, str]:
    system, stream = side_parts(side) if isinstance(side, str) else ("", "")
    names = {row["setting"] for row in known.systems}
    if not system:
        raise InputError(f"Which system does it {word}?")
    if system not in names:
        raise UnknownNameError("system", system, names)
    return system, stream


def _written_proposals(
    known: KnownLandscape, *, confirmed: str = "", left_out: str = "", said: Mapping[str, Any] | None = None
) -> tuple[Edit, ...]:
    """Return the edits that write the proposals, so that they still count once the file has handoffs."""
    return tuple(
        edit
        for name, one in known.proposed.items()
        if name != left_out
        for edit in _entry(
            "handoffs", name, _proposal(one, {"is_proposed": False, **(said or {})} if name == confirmed else {})
        )
    )


def _proposal(one: Handoff, said: Mapping[str, Any]) -> dict[str, Any]:
    facts = {
        "label": one.label,
        "from": f"{one.system_l}.{one.stream_l}",
        "to": f"{one.system_r}.{one.stream_r}",
        "trigger": one.trigger,
        "grace_days": one.grace_days,
        "is_proposed": True,
        **said,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _edits_of_value(state: FileState, known: KnownLandscape, keys: tuple[str, str, str], after: Any) -> tuple[Edit, ...]:
    """Return the edits that set a value, with what has to be written besides: an entry, or that a proposal is none."""
    room, name, setting = keys
    said = {} if after is GONE else {setting: after}
    if room == "handoffs" and name not in state.settings.handoffs:
        return _written_proposals(known, confirmed=name, said=said)
    if value_at(state.tree, keys[:2]) is GONE:
        connector = {"connector": known.pulled.connectors.get(name) or "table"} if room == "systems" else {}
        return _entry(room, name, {**connector, **said})
    edits = [Edit(keys, value_at(state.tree, keys), after)]
    if room == "handoffs" and state.settings.handoffs[name].is_proposed:
        edits.append(Edit((room, name, "is_proposed"), True, after=False))
    return tuple(edits)


def _entry(room: str, name: str, values: Mapping[str, Any]) -> tuple[Edit, ...]:
    return (Edit((room, name), GONE, dict(values)),)


def _thing(state: FileState, known: KnownLandscape, kind: object, name: object) -> tuple[str, Any]:
    """Return where a thing stands in the file, and what is known of it."""
    if kind not in _ROOMS:
        raise UnknownNameError("kind of thing in a landscape", str(kind), _ROOMS)
    things: dict[str, Any]
    if kind == "handoff":
        things = {one.handoff_id: one for one in landscape_handoffs(state, known)}
    else:
        rows = known.systems if kind == "system" else known.people
        things = {row["setting"]: row for row in rows}
    if not isinstance(name, str) or name not in things:
        raise UnknownNameError(str(kind), str(name), things)
    return _ROOMS[str(kind)], things[name]


def _label(found: Any) -> str:
    return str(found.label if isinstance(found, Handoff) else found["name"])


def _refuse_other_than(found: Any, key: str, was: object) -> None:
    """Refuse a change of what is no longer as the page shows it; figures are compared where they are written."""
    if isinstance(found, Handoff):
        now: Any = {"from": f"{found.system_l}.{found.stream_l}", "to": f"{found.system_r}.{found.stream_r}"}.get(
            key, getattr(found, key, None)
        )
    else:
        now = found.get("name" if key == "label" else key)
    is_compared = was is not None and not isinstance(was, dict) and key not in {"note", "is_informal"}
    if is_compared and (now or "") != (was or ""):
        what = f"{_WORDS.get(key, key).capitalize()} of {_label(found)}"
        raise InputError(
            f"{what} was changed meanwhile, to {now or 'nothing'!r}. Nothing was saved. Look at it as it is now, and decide "
            "again."
        )


def _read(form: str, key: str, value: object, person: str, known: KnownLandscape) -> Any:
    """Return a value as the file keeps it; empty is no key at all."""
    words = _WORDS.get(key, key)
    if form == "minutes":
        return _minutes(value, person)
    if form == "truth":
        return value is True
    if value is None or value == "":
        return GONE
    if form in {"count", "amount"}:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            raise InputError(f"{words.capitalize()} must be a number of 0 or more.")
        if form == "count" and value != int(value):
            raise InputError(f"{words.capitalize()} must be a whole number, not {value:g}.")
        return int(value) if value == int(value) else value
    text = _text(value, _LONG if form == "long" else _TEXT)
    choices = {"category": CATEGORIES, "trigger": TRIGGERS, "carrier": CARRIERS}.get(form)
    if choices is not None and text not in choices:
        raise UnknownNameError(words, text, choices)
    if form == "side":
        system, stream = _system_of(text, known, "belong to")
        if not stream:
            raise InputError(f"Which records of {system!r}? Write {system}.records if there is no list of them yet.")
    return text


def _minutes(value: object, person: str) -> Any:
    if value is None or value == "":
        return GONE
    if not isinstance(value, dict):
        raise InputError("Minutes per item are three numbers: at least, usually, at most.")
    numbers: list[Any] = [value.get(key) for key in ("low", "likely", "high")]
    usual = numbers[1]
    numbers = [usual if one is None else one for one in numbers]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in numbers):
        raise InputError("Minutes per item need a number: at least, usually, at most.")
    low, usual, high = numbers
    if not 0 <= low <= usual <= high:
        raise InputError(f"Minutes per item must rise: at least {low:g}, usually {usual:g}, at most {high:g} do not.")
    evidence = value.get("evidence", "interview")
    if evidence not in EVIDENCE:
        raise UnknownNameError("kind of evidence", str(evidence), EVIDENCE)
    who = _text(value.get("who"), _TEXT) or person
    figure: dict[str, Any] = {"value": usual if low == high else [low, usual, high], "evidence": evidence}
    # The day where the consultant sits, as a person would write it.
    return figure | {"who": who, "on": datetime.now().astimezone().date()}


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _text(value: object, longest: int) -> str:
    if value is None:
        return ""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text and value != "":
        raise InputError("That must be a text on one line.")
    if len(text) > longest or not text.isprintable():
        raise InputError(f"A text of at most {longest} characters that can be shown is needed here.")
    return text


def _names(tree: Any, name: object) -> bool:
    """Return whether a system is named somewhere in a part of the file."""
    if isinstance(tree, Mapping):
        return any(key == name or _names(one, name) for key, one in tree.items())
    if isinstance(tree, list | tuple):
        return any(_names(one, name) for one in tree)
    return isinstance(tree, str) and (tree == name or tree.startswith((f"{name}.", f"{name}/")))
