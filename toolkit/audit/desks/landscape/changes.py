"""What a page of the landscape asks for, as edits of ``engagement.yaml``; all that cannot be is refused in a sentence.

Whoever says something of a proposed handoff has confirmed it. Once one handoff stands in the file, those that are only
proposed count no more: the others are then written as proposed, so that none is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.audit.desks.landscape.given_values import LONGEST, WORDS, is_blank, list_of, read_value, side_of, text_of
from toolkit.audit.desks.landscape.shown import landscape_handoffs, shown_row
from toolkit.audit.desks.settings_file import Edit, FileState, value_at
from toolkit.errors import InputError, UnknownNameError
from toolkit.landscape.handoffs import Handoff
from toolkit.landscape.workbook.carried_streams import carried_streams, side_parts
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.landscape.workbook.setting_names import setting_name
from toolkit.settings import GONE
from toolkit.values.named_people import named_people

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
    setting = "minutes_per_item" if form == "minutes" else str(key)
    keys = (room, str(name), setting)
    after = read_value(form, str(key), value, person, known)
    row = shown_row(state, known, str(kind), str(name))
    _refuse_other_than(row, str(key), was)
    if form == "side" and after == row["to" if key == "from" else "from"]:
        raise InputError(f"{_label(found)} would go from {after} to itself. Choose another system or list.")
    edits = _edits_of_value(state, known, keys, after)
    return LandscapeChange(f"{_label(found)}: {WORDS.get(str(key), str(key))}", edits, str(name))


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
    label = text_of(values.get("name" if kind == "person" else "label"), LONGEST["text"])
    if not label:
        raise InputError(f"What is the {kind} called? Give it a name.")
    given = {
        key: read
        for key, form in _KEYS[str(kind)].items()
        if form != "side" and not is_blank(values.get(key))
        if (read := read_value(form, key, values[key], person, known)) is not GONE
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


def removed_thing(state: FileState, known: KnownLandscape, kind: object, name: object, was: object) -> LandscapeChange:
    """Return the change that takes a system, a person or a handoff out of the file.

    Parameters
    ----------
    state, known, kind, name
        As for ``set_value``.
    was
        All that the page shows of it.

    Raises
    ------
    InputError
        Something else leans on it, or something else is known of it than the page shows.
    """
    room, found = _thing(state, known, kind, name)
    label = _label(found)
    row = shown_row(state, known, str(kind), str(name))
    for key in _KEYS[str(kind)]:
        _refuse_other_than(row, key, was.get(key) if isinstance(was, dict) else None)
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
    sides = [side_of(values.get(key), known, word) for key, word in (("from", "come from"), ("to", "go to"))]
    (system_l, stream_l), (system_r, stream_r) = sides
    if not (stream_l and stream_r):
        # A list that was chosen is not guessed: the label need only name the other.
        chosen = {system: {stream: ""} for system, stream in sides if stream}
        carried = carried_streams(label, system_l, system_r, {**known.pulled.streams, **chosen})
        guessed_l, guessed_r = (side_parts(one)[1] for one in (carried.from_, carried.to))
        stream_l, stream_r = stream_l or guessed_l, stream_r or guessed_r
    stream_l, stream_r = (list_of(*one, known) for one in ((system_l, stream_l), (system_r, stream_r)))
    if (system_l, stream_l) == (system_r, stream_r):
        raise InputError(f"{label} would go from {system_l}.{stream_l} to itself. Choose where it goes.")
    taken = {one.handoff_id for one in landscape_handoffs(state, known)} | {"total", "recommended"}
    name = setting_name(label, taken)
    entry = {"label": label, "from": f"{system_l}.{stream_l}", "to": f"{system_r}.{stream_r}"}
    entry |= {("minutes_per_item" if key == "minutes" else key): one for key, one in given.items() if key not in entry}
    proposals = () if state.settings.handoffs else _written_proposals(known)
    return LandscapeChange(f"{label} added", (*proposals, *_entry("handoffs", name, entry)), name)


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


def _refuse_other_than(row: Mapping[str, Any], key: str, was: object) -> None:
    """Refuse a change of what is no longer as the page shows it: who shows nothing of it has seen nothing."""
    now = row[key]
    if (now if now is not None else "") == (was if was is not None else ""):
        return
    what = f"{WORDS.get(key, key).capitalize()} of {row.get('label') or row['name']}"
    raise InputError(
        f"{what} was changed meanwhile, to {_seen(now)}. Nothing was saved. Look at it as it is now, and decide again."
    )


def _seen(value: Any) -> str:
    if isinstance(value, Mapping):
        minutes = " / ".join(f"{value[end]:g}" for end in ("low", "likely", "high"))
        return f"{minutes}, {value['evidence']}{', ' if value['who'] else ''}{value['who']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr("nothing" if value in {None, ""} else value)


def _names(tree: Any, name: object) -> bool:
    """Return whether a system is named somewhere in a part of the file."""
    if isinstance(tree, Mapping):
        return any(key == name or _names(one, name) for key, one in tree.items())
    if isinstance(tree, list | tuple):
        return any(_names(one, name) for one in tree)
    return isinstance(tree, str) and (tree == name or tree.startswith((f"{name}.", f"{name}/")))
