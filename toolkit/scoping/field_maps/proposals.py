"""Which field of the source should fill each field of the target: proposed, for a person to confirm.

What is proposed is what both connectors call the same, what the trade calls the same (the day of a deal becomes the day of
its invoice), or what the matched records show (the order's number stands in the invoice's reference). Where nothing speaks
for a field, none is proposed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

MIN_CARRIED_SHARE = 0.5
"""Share of matched records in which one field must stand in another before that is proposed."""
NUMBER_COLUMNS = ("number", "reference")
NAMING_COLUMNS = ("number", "reference", "invoice_ref", "deal_ref", "description", "name")
"""Fields in which people write the number of another document."""

_PARTY = {"party_ref", "party_name"}
_MADE_THERE = frozenset({"paid_minor", "created_at", "updated_at", "created_by", "is_won"})
"""What the target works out itself."""
_STANDS_FOR = {
    "amount_minor": ("net_minor",),
    "net_minor": ("amount_minor",),
    "description": ("name",),
    "name": ("description",),
}


@dataclass(frozen=True, slots=True)
class TargetField:
    """A field to be filled: its column, its name there, whether it must be filled (null: nobody knows), how days stand."""

    column: str
    name: str
    is_required: bool | None = None
    day_form: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which columns fill a field, by which transform, and why; without columns, why none."""

    target: TargetField
    sources: tuple[str, ...]
    transform: str
    why: str
    is_made_there: bool = False
    place: int = 0


def proposed_map(
    targets: Sequence[TargetField],
    filled: Collection[str],
    *,
    events: tuple[Sequence[str], Sequence[str]] = ((), ()),
    carried: Mapping[tuple[str, str], float] | None = None,
    is_same_entity: bool = False,
) -> list[Proposal]:
    """Return a proposal for each field of the target.

    Parameters
    ----------
    targets
        Its fields.
    filled
        Columns that the source fills at all.
    events
        When a record of the source, and of the target, happened: columns, the first filled one counts.
    carried
        Of two columns, source and target, in what share of matched records the target's text holds the source's.
    is_same_entity
        Whether both are of one kind, so that a status means the same.
    """
    known = _Known(frozenset(filled), events, carried or {}, is_same_entity)
    return [_proposal(one, known) for one in targets]


@dataclass(frozen=True, slots=True)
class _Known:
    filled: frozenset[str]
    events: tuple[Sequence[str], Sequence[str]]
    carried: Mapping[tuple[str, str], float]
    is_same_entity: bool


def _proposal(target: TargetField, known: _Known) -> Proposal:
    if target.column in _MADE_THERE:
        return Proposal(target, (), "", "the target works it out itself", is_made_there=True)
    # What the data shows goes before what names suggest.
    rules = (_shown, _given_there, _whom, _event, _same_field)
    found = next((one for one in (rule(target, known) for rule in rules) if one is not None), None)
    return found or _other_field(target, known.filled)


def _given_there(target: TargetField, known: _Known) -> Proposal | None:
    """Return that a number, or the status of something else, is the target's own."""
    if target.column not in {"number", "status"} or known.is_same_entity:
        return None
    if target.is_required:
        return Proposal(target, (), "", "it must be filled, and nothing in the source is known to be it")
    return Proposal(target, (), "", "the target gives it itself", is_made_there=True)


def _whom(target: TargetField, known: _Known) -> Proposal | None:
    found = next((one for one in (target.column, *sorted(_PARTY)) if one in known.filled), None)
    if target.column not in _PARTY or found is None:
        return None
    return Proposal(target, (found,), "join", "whom the record names, as the target knows them")


def _same_field(target: TargetField, known: _Known) -> Proposal | None:
    if target.column not in known.filled:
        return None
    if target.column == "status":
        return Proposal(target, ("status",), "code_lookup", "the same field, in other words")
    return Proposal(target, (target.column,), _by_kind(target.column), "the same field in both")


def _shown(target: TargetField, known: _Known) -> Proposal | None:
    """Return the number that the matched records show in the field, where most of them do."""
    best = max(
        ((share, source) for (source, column), share in known.carried.items() if column == target.column),
        default=(0.0, ""),
    )
    if best[0] < MIN_CARRIED_SHARE:
        return None
    why = f"{best[0]:.0%} of the matched records have it there".replace("%", " %")
    return Proposal(target, (best[1],), "as_it_is", why)


def _event(target: TargetField, known: _Known) -> Proposal | None:
    source, there = known.events
    found = next((one for one in source if one in known.filled), None)
    if found is None or target.column not in there[:1]:
        return None
    return Proposal(target, (found,), "date_format", "when it happened there is when it happens here")


def _other_field(target: TargetField, filled: frozenset[str]) -> Proposal:
    column = target.column
    if column == "name" and {"given_name", "family_name"} <= filled:
        return Proposal(target, ("given_name", "family_name"), "concatenation", "given and family name are the name")
    if column in {"given_name", "family_name"} and "name" in filled:
        place = ("given_name", "family_name").index(column)
        return Proposal(target, ("name",), "split_name", "a part of the name", place=place)
    found = next((one for one in _STANDS_FOR.get(column, ()) if one in filled), None)
    if found:
        return Proposal(target, (found,), _by_kind(column), "the nearest field that the source has")
    return Proposal(target, (), "", "the source has no such field")


def _by_kind(column: str) -> str:
    if column.endswith("_minor"):
        return "currency"
    return "date_format" if column.endswith(("_on", "_at")) else "as_it_is"
