"""Shadow flows: a sheet that somebody fills from a system, an e-mail that stands in for an interface, told in passing.

They are found in what was said of systems and in answers, by words: a sheet or a mailbox whose inputs or outputs name
another system, or a sentence that names two systems and an e-mail or a sheet. What is said to run by itself is none, nor
what stands among the handoffs already. Every one keeps the words it was found in, and is to be confirmed.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.landscape.systems import System

_MAIL = re.compile(r"\b(e-?mails?|mailbox|inbox|notifications?|outlook|forwarded)\b", re.IGNORECASE)
_SHEET = re.compile(r"\b(sheets?|spreadsheets?|excel|xlsx|csv|workbooks?|google sheets?)\b", re.IGNORECASE)
_BY_ITSELF = re.compile(
    r"\b(automatic(ally)?|automated|api|connector|integration|synced|syncs|webhooks?|zapier|n8n|no longer|used to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said: ``place`` is the key of the settings or the answer, ``system`` the one it is about, if any."""

    place: str
    words: str
    system: str = ""
    is_input: bool = False
    is_output: bool = False


@dataclass(frozen=True, slots=True)
class ShadowFlow:
    """A flow that no list of handoffs has: from one system to another, by hand, over a sheet or an e-mail."""

    system_l: str
    system_r: str
    carrier: str
    found_in: str
    words: str

    @property
    def shadow_id(self) -> str:
        """A name for it, as that of a handoff."""
        return f"{self.system_l}_to_{self.system_r}_by_{self.carrier}"


def told_of(systems: Sequence[System], moved_by: Mapping[str, str] | None = None) -> list[Told]:
    """Return what the inventory says of what goes in and out.

    Parameters
    ----------
    systems
        The client's.
    moved_by
        Who moves its data, in somebody's words, by system.
    """
    found = []
    for one in systems:
        found.append(Told(f"systems.{one.name}.data_in", one.data_in, one.name, is_input=True))
        found.append(Told(f"systems.{one.name}.data_out", one.data_out, one.name, is_output=True))
        found.append(Told(f"systems.{one.name}.moved_by", (moved_by or {}).get(one.name, ""), one.name, is_input=True))
    return [one for one in found if one.words.strip()]


def shadow_flows(
    systems: Sequence[System], told: Sequence[Told], known: Collection[tuple[str, str]] = ()
) -> tuple[ShadowFlow, ...]:
    """Return the flows that were told in passing, each once.

    Parameters
    ----------
    systems
        The client's, informal ones too.
    told
        What was said.
    known
        Source and target of handoffs and automations that are listed already.

    Examples
    --------
    >>> wall = System("wall", label="Wall chart", is_informal=True, data_in="Jo copies new deals from HubSpot every Friday")
    >>> [one] = shadow_flows([System("crm", label="HubSpot"), wall], told_of([wall]))
    >>> one.shadow_id, one.found_in
    ('crm_to_wall_by_sheet', 'systems.wall.data_in')
    """
    by_name = {one.name: one for one in systems}
    found: dict[str, ShadowFlow] = {}
    for one in told:
        if _BY_ITSELF.search(one.words):
            continue
        for flow in _flows(one, by_name):
            if (flow.system_l, flow.system_r) not in known:
                found.setdefault(flow.shadow_id, flow)
    return tuple(found.values())


def _flows(one: Told, systems: Mapping[str, System]) -> Iterator[ShadowFlow]:
    named = [name for name in _named(one.words, systems.values()) if name != one.system]
    own = systems.get(one.system)
    words = one.words.strip()
    if own is None:
        carrier = _carrier(words)
        if carrier and len(named) == 2:
            yield ShadowFlow(named[0], named[1], carrier, one.place, words)
        return
    carrier = _carrier(words) or _carrier_of(own)
    if not carrier:
        return
    for other in named:
        ends = (one.system, other) if one.is_output else (other, one.system)
        # Between two sheets the sheet is what they are, not how it is carried.
        yield ShadowFlow(*ends, carrier, one.place, words)


def _carrier(words: str) -> str:
    return "email" if _MAIL.search(words) else "sheet" if _SHEET.search(words) else ""


def _carrier_of(system: System) -> str:
    if not system.is_sheet:
        return ""
    return "email" if _MAIL.search(f"{system.name} {system.label}") else "sheet"


def _named(words: str, systems: Collection[System]) -> list[str]:
    """Return the systems that words name, in the order in which they stand there."""
    places = []
    for one in systems:
        names = [one.label] if one.label else [one.name.replace("_", " ")]
        found = [re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) for name in names if len(name) > 1]
        places += [(hit.start(), one.name) for hit in found if hit is not None]
    return [name for _, name in sorted(places)]
