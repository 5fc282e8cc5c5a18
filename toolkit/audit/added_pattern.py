"""A pattern's handoffs written into ``engagement.yaml``: what it is called and between which lists it goes, nothing else.

Who carries it, what starts it, how it is carried and what it takes are the client's to say; until then they are asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.audit.added_handoffs import write_handoffs
from toolkit.audit.engagement import Engagement
from toolkit.audit.held_patterns import held_patterns
from toolkit.audit.register import settings_now
from toolkit.errors import InputError, UnknownNameError
from toolkit.landscape.pattern import pattern_named
from toolkit.landscape.pattern_matches import UNKNOWN_STREAM, Ends, FlowMatch, pattern_match
from toolkit.settings import Settings
from toolkit.values.counted import listed

_ASKED = "who carries it, what starts it, how it is carried, minutes per item"


@dataclass(frozen=True, slots=True)
class AddedPattern:
    """What a pattern adds: ``handoffs`` by their ids, what must be decided first, and what there is to say."""

    handoffs: Mapping[str, Mapping[str, Any]]
    questions: tuple[str, ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return it as sentences."""
        written = [
            f"{name}: {one['label']}, {one['from']} > {one['to']}. Still to be asked: {_ASKED}."
            for name, one in self.handoffs.items()
        ]
        return [*written, *self.notes, *self.questions]


def pattern_to_add(engagement: Engagement, name: str, between: Iterable[str] = ()) -> AddedPattern:
    """Return what a pattern would add; nothing is written.

    Parameters
    ----------
    engagement
        The client's.
    name
        Of the pattern.
    between
        ``FLOW=from:to``, such as ``deal_to_invoice=crm.deals:ledger.invoices``, where a flow can go between several lists.

    Raises
    ------
    UnknownNameError
        There is no such pattern, or it has no such flow.
    InputError
        ``between`` is not written so, or names lists between which the flow cannot go.
    """
    settings = settings_now(engagement)
    match = pattern_match(name, pattern_named(name), held_patterns(engagement))
    chosen = _chosen(between, {one.flow.name: one for one in match.flows})
    if match.pattern.is_read_only:
        said = f"{match.pattern.label} reads from its systems and writes into none: there is no handoff to add."
        return AddedPattern({}, (), (said,))
    handoffs: dict[str, Mapping[str, Any]] = {}
    questions: list[str] = []
    notes: list[str] = []
    for one in match.flows:
        ends = (chosen[one.flow.name],) if one.flow.name in chosen else one.ends
        if one.handoffs and one.flow.name not in chosen:
            notes.append(
                f"{one.flow.label}: {listed(one.handoffs)} goes between the same lists. Where that is other work, write it "
                f"with --between {_example(one, ends)}"
            )
        elif one.lacks:
            questions.append(f"{one.flow.label}: not written. It lacks {listed(one.lacks)}.")
        elif len(ends) > 1:
            questions.append(f"{one.flow.label}: it can go {_ways(ends)}. Choose with --between {_example(one, ends)}")
        else:
            handoffs[_free_id(one, ends[0], {*settings.handoffs, *handoffs})] = _written(one, ends[0], settings)
            notes += _unread(one, ends[0])
    return AddedPattern(handoffs, tuple(questions), tuple(notes))


def add_pattern(engagement: Engagement, added: AddedPattern) -> None:
    """Write a pattern's handoffs into ``engagement.yaml``; every other line and comment of it stays.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or it cannot be changed safely; it is left as it was.
    BusyError
        Another run is writing.
    """
    write_handoffs(engagement, added.handoffs, why="pattern")


def _written(one: FlowMatch, ends: Ends, settings: Settings) -> dict[str, Any]:
    taken = {given.label.casefold() for given in settings.handoffs.values()}
    label = one.flow.label
    if label.casefold() in taken:
        label = f"{label} ({' to '.join(ends.systems)})"
    return {"label": label, "from": ends.from_, "to": ends.to, "is_proposed": True}


def _free_id(one: FlowMatch, ends: Ends, taken: set[str]) -> str:
    name = one.flow.name
    if name in taken:
        name = f"{name}_{'_'.join(ends.systems)}"[:60]
    number = 2
    plain = name
    while name in taken:
        name, number = f"{plain}_{number}", number + 1
    return name


def _unread(one: FlowMatch, ends: Ends) -> list[str]:
    lists = [side for side in (ends.from_, ends.to) if side.endswith(f".{UNKNOWN_STREAM}")]
    if not lists:
        return []
    systems = listed([side.partition(".")[0] for side in lists])
    called = f"nothing was pulled of {systems} yet, so its list is called {UNKNOWN_STREAM!r} for now"
    return [f"{one.flow.label}: {called}; name it in engagement.yaml when it is known."]


def _chosen(between: Iterable[str], flows: Mapping[str, FlowMatch]) -> dict[str, Ends]:
    found = {}
    for text in between:
        name, equals, sides = text.partition("=")
        from_, colon, to = sides.partition(":")
        if not (equals and colon and from_ and to):
            raise InputError(
                f"--between needs FLOW=from:to, such as deal_to_invoice=crm.deals:ledger.invoices; it got {text!r}."
            )
        if name not in flows:
            raise UnknownNameError("flow of this pattern", name, flows)
        ends = Ends(from_.strip(), to.strip())
        if ends not in flows[name].ends:
            ways = _ways(flows[name].ends) if flows[name].ends else "nowhere here"
            raise InputError(f"{name} cannot go from {ends.from_!r} to {ends.to!r}: it can go {ways}.")
        found[name] = ends
    return found


def _ways(ends: Iterable[Ends]) -> str:
    return " or ".join(f"{one.from_} > {one.to}" for one in ends)


def _example(one: FlowMatch, ends: tuple[Ends, ...]) -> str:
    return f"{one.flow.name}={ends[0].from_}:{ends[0].to}"
