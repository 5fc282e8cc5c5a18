"""What a page gives for one thing of a landscape, as the file keeps it; what cannot be is refused in a sentence."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from toolkit.errors import InputError, UnknownNameError
from toolkit.estimates import EVIDENCE
from toolkit.landscape.handoffs import CARRIERS, TRIGGERS
from toolkit.landscape.systems import CATEGORIES
from toolkit.landscape.workbook.carried_streams import side_parts
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.settings import GONE

LONGEST: Mapping[str, int] = {"text": 120, "long": 600}
"""How many characters a short and a long text may have."""

WORDS = {
    "label": "name", "product": "product", "owner": "owner", "users": "number of users", "cost_per_month": "cost a month",
    "is_informal": "whether it is informal", "process": "what it serves", "data_in": "what goes in",
    "data_out": "what comes out", "by": "who carries it", "trigger": "what starts it", "carrier": "how it is carried",
    "minutes": "minutes per item", "from": "where it comes from", "to": "where it goes",
    "hours_per_month": "hours a month", "systems": "systems used",
}  # fmt: skip
"""What each thing is called in a sentence."""

_CHOICES: Mapping[str, Mapping[str, Any] | tuple[str, ...] | frozenset[str]] = {
    "category": CATEGORIES, "trigger": TRIGGERS, "carrier": CARRIERS,
}  # fmt: skip


def read_value(form: str, key: str, value: object, person: str, known: KnownLandscape) -> Any:
    """Return a value as the file keeps it; empty is no key at all.

    Parameters
    ----------
    form, key
        What kind of value it is, and of what.
    value
        As the page sends it.
    person
        Who says so.
    known
        The landscape as it is.

    Raises
    ------
    InputError
        It cannot be.
    """
    words = WORDS.get(key, key)
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
    text = text_of(value, LONGEST.get(form, LONGEST["text"]))
    choices = _CHOICES.get(form)
    if choices is not None and text not in choices:
        raise UnknownNameError(words, text, choices)
    if form == "side":
        system, stream = side_of(text, known, "belong to")
        return f"{system}.{list_of(system, stream, known)}"
    return text


def side_of(side: object, known: KnownLandscape, word: str) -> tuple[str, str]:
    """Return the system of one side of a handoff, and which of its lists, empty where none is named.

    Parameters
    ----------
    side
        ``system.list`` or ``system``, as the page sends it.
    known
        The landscape as it is.
    word
        What the handoff does there, for the question: ``come from``.

    Raises
    ------
    InputError
        There is no such system.
    """
    system, stream = side_parts(side) if isinstance(side, str) else ("", "")
    names = {row["setting"] for row in known.systems}
    if not system:
        raise InputError(f"Which system does it {word}?")
    if system not in names:
        raise UnknownNameError("system", system, names)
    return system, stream


def list_of(system: str, stream: str, known: KnownLandscape) -> str:
    """Return which list of a system a handoff carries: of a system that was read, one of its own.

    An audit stops at a handoff whose list a system does not have.

    Parameters
    ----------
    system, stream
        The system, and the list as it was named; empty where none was.
    known
        The landscape as it is.

    Raises
    ------
    InputError
        The system was read and has no such list, or several of which none was named.
    """
    held = sorted(known.pulled.streams.get(system, {}))
    if stream in held or (stream and system not in known.pulled.streams):
        return stream
    if system not in known.pulled.streams:
        return "records"
    if not stream and len(held) == 1:
        return held[0]
    if not stream:
        raise InputError(f"Which records of {system!r} does it carry: {', '.join(held)}? Choose them beside the system.")
    raise InputError(f"{system!r} was read, and there is no list {stream!r} in it. It has: {', '.join(held) or 'none'}.")


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
    who = text_of(value.get("who"), LONGEST["text"]) or person
    figure: dict[str, Any] = {"value": usual if low == high else [low, usual, high], "evidence": evidence}
    # The day where the consultant sits, as a person would write it.
    return figure | {"who": who, "on": datetime.now().astimezone().date()}


def is_blank(value: object) -> bool:
    """Return whether a page says nothing of something."""
    return value is None or value == ""


def text_of(value: object, longest: int) -> str:
    """Return a text on one line; nothing is empty.

    Parameters
    ----------
    value
        As the page sends it.
    longest
        How many characters it may have.

    Raises
    ------
    InputError
        It is no text, too long, or cannot be shown.
    """
    if value is None:
        return ""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text and value != "":
        raise InputError("That must be a text on one line.")
    if len(text) > longest or not text.isprintable():
        raise InputError(f"A text of at most {longest} characters that can be shown is needed here.")
    return text
