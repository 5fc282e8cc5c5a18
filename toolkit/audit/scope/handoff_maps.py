"""Field maps of handoffs: proposed from both connectors and the records, then as the settings say otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from toolkit.audit.scope.field_targets import StreamFields, stream_fields, target_fields
from toolkit.audit.scope.two_sides import Basis, TwoSides, carried_shares, joined_parties, two_sides
from toolkit.discovery import discovered
from toolkit.errors import InputError, UnknownNameError
from toolkit.scoping.field_maps.codes import proposed_codes
from toolkit.scoping.field_maps.proposals import NAMING_COLUMNS, NUMBER_COLUMNS, Proposal, TargetField, proposed_map
from toolkit.scoping.transforms._transform import Options, Transform
from toolkit.settings import FieldMapSettings, SystemSettings
from toolkit.tables import ENTITY_COLUMNS, EVENT_COLUMNS

_AMOUNT = "currency"


@dataclass(frozen=True, slots=True)
class Mapped:
    """One field of a map: what fills it, how the transform is told, what stands there otherwise."""

    proposal: Proposal
    is_proposed: bool
    default: str
    options: Options
    transform: Transform | None


@dataclass(frozen=True, slots=True)
class HandoffMap:
    """The map of one handoff: both sides and their fields."""

    handoff_id: str
    sides: TwoSides
    source: StreamFields
    target: StreamFields
    fields: tuple[Mapped, ...]


def transforms() -> dict[str, Transform]:
    """Return every transform, by its name."""
    found = discovered("toolkit.scoping.transforms", "TRANSFORM")
    return {name: cast("Transform", one) for name, one in found.items()}


def handoff_maps(basis: Basis) -> list[HandoffMap]:
    """Return the field map of each handoff of which both sides are known.

    Parameters
    ----------
    basis
        What they are made from.

    Raises
    ------
    UnknownNameError
        A map is of no handoff, or names a field that there is not.
    InputError
        A map says a transform that does not fit its fields.
    """
    handoffs = basis.run.table("handoff").to_pylist()
    # One without files is no mistake: it waits for them.
    known = [*dict.fromkeys([*(one["handoff_id"] for one in handoffs), *basis.settings.handoffs])]
    for name in basis.settings.field_maps:
        if name not in known:
            raise UnknownNameError("handoff, as field_maps of engagement.yaml says,", name, known)
    found = ((one["handoff_id"], two_sides(basis, one)) for one in handoffs)
    return [_handoff_map(basis, name, sides) for name, sides in found if sides is not None]


def _handoff_map(basis: Basis, name: str, sides: TwoSides) -> HandoffMap:
    source, target = (
        stream_fields(
            basis.settings.systems.get(one.system, SystemSettings()),
            basis.connectors.get(one.system),
            one.stream,
            one.entity,
            headers=basis.headers(one),
        )
        for one in (sides.source, sides.target)
    )
    said = basis.settings.field_maps.get(name, {})
    _check_columns(name, said, sides)
    targets = _with_said(target_fields(target, sides.target.filled), said, target)
    proposals = proposed_map(
        targets,
        sides.source.filled,
        events=(EVENT_COLUMNS.get(sides.source.entity, ()), EVENT_COLUMNS.get(sides.target.entity, ())),
        carried=carried_shares(
            sides,
            [one for one in NUMBER_COLUMNS if one in sides.source.filled],
            [one.column for one in targets if one.column in NAMING_COLUMNS],
        ),
        is_same_entity=sides.source.entity == sides.target.entity,
    )
    fields = [_mapped(basis, name, one, said.get(one.target.column), sides) for one in proposals]
    return HandoffMap(name, sides, source, target, tuple(fields))


def _check_columns(handoff_id: str, said: Mapping[str, FieldMapSettings], sides: TwoSides) -> None:
    place = f"as field_maps.{handoff_id} of engagement.yaml says,"
    for column, one in said.items():
        known = ENTITY_COLUMNS.get(sides.target.entity, ())
        if column not in known:
            raise UnknownNameError(f"field of {sides.target.system} {sides.target.stream}, {place}", column, known)
        for source in one.from_:
            known = ENTITY_COLUMNS.get(sides.source.entity, ())
            if source not in known:
                raise UnknownNameError(f"field of {sides.source.system} {sides.source.stream}, {place}", source, known)


def _with_said(
    targets: Sequence[TargetField], said: Mapping[str, FieldMapSettings], there: StreamFields
) -> list[TargetField]:
    """Return the fields with those that the settings name beside them, and what they say of them."""
    listed = {one.column: one for one in targets}
    for column, one in said.items():
        known = listed.get(column, TargetField(column, there.name(column), None, there.day_form))
        is_required = known.is_required if one.required is None else one.required
        listed[column] = TargetField(column, known.name, is_required, one.form or known.day_form)
    return list(listed.values())


def _mapped(basis: Basis, handoff_id: str, proposal: Proposal, said: FieldMapSettings | None, sides: TwoSides) -> Mapped:
    chosen = proposal if said is None else _as_said(proposal, said)
    transform = transforms().get(chosen.transform) if chosen.sources else None
    if transform is not None:
        _check_takes(handoff_id, chosen, transform)
    options = _options(basis, chosen, said or FieldMapSettings(), sides) if transform else Options()
    return Mapped(chosen, said is None, said.default if said is not None else "", options, transform)


def _check_takes(handoff_id: str, chosen: Proposal, transform: Transform) -> None:
    # Beside an amount stands its currency, which nobody names.
    wanted = 1 if transform.name == _AMOUNT else transform.takes
    if wanted and len(chosen.sources) != wanted:
        raise InputError(
            f"field_maps.{handoff_id}.{chosen.target.column} of engagement.yaml names {len(chosen.sources)} fields for the "
            f"transform {transform.name!r}, which takes {wanted}. Name {wanted}, or say transform: concatenation."
        )
    if transform.name == _AMOUNT and not chosen.sources[0].endswith("_minor"):
        raise InputError(
            f"field_maps.{handoff_id}.{chosen.target.column} of engagement.yaml carries {chosen.sources[0]!r} as an amount, "
            "which it is not. Name a field that ends in _minor, or another transform."
        )


def _as_said(proposal: Proposal, said: FieldMapSettings) -> Proposal:
    target = proposal.target
    if said.made_there:
        return Proposal(target, (), "", "as agreed: the target makes it itself", is_made_there=True)
    if not said.from_ and said.transform is None:
        # Only a default, whether it is required, or how the proposed transform is told.
        is_filled = bool(proposal.sources) or not said.default
        why = proposal.why if is_filled else "as agreed: always the same"
        return Proposal(target, proposal.sources, proposal.transform, why, proposal.is_made_there and not said.default)
    sources = said.from_ or proposal.sources
    usual = "concatenation" if len(sources) > 1 else proposal.transform or "as_it_is"
    place = 1 if target.column == "family_name" else 0
    return Proposal(target, sources, said.transform or usual, "as agreed", place=place)


def _options(basis: Basis, proposal: Proposal, said: FieldMapSettings, sides: TwoSides) -> Options:
    table: Mapping[str, str] = said.codes
    if proposal.transform == "join":
        table = joined_parties(basis, sides, proposal.sources[0], proposal.target.column)
    elif proposal.transform == "code_lookup" and not table:
        here, there = sides.source.texts(proposal.sources[0]), sides.target.texts(proposal.target.column)
        table = proposed_codes((here[left], there[right]) for left, right in sides.pairs)
    return Options(
        separator=said.separator,
        parts=len(proposal.sources),
        form=proposal.target.day_form or "%Y-%m-%d",
        currency=said.currency,
        home=basis.settings.currency,
        rates=said.rates,
        is_negated=_is_negated(proposal, sides) if said.negated is None else said.negated,
        table=table,
    )


def _is_negated(proposal: Proposal, sides: TwoSides) -> bool:
    """Return whether most matched records show the same amount with the other sign: what goes out of a bank account."""
    if proposal.transform != _AMOUNT:
        return False
    here, there = sides.source.texts(proposal.sources[0]), sides.target.texts(proposal.target.column)
    pairs = [(int(here[left]), int(there[right])) for left, right in sides.pairs if here[left] and there[right]]
    return 2 * sum(left == -right != 0 for left, right in pairs) > len(pairs)
