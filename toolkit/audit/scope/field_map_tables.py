"""Field maps as tables: each field tried there and back on the records, and held against what the target says today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pyarrow as pa

from toolkit.audit.scope.carried_values import column_type
from toolkit.audit.scope.handoff_maps import HandoffMap, Mapped
from toolkit.audit.scope.source_tables import limits
from toolkit.audit.scope.two_sides import TwoSides
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.scoping.field_maps.proposals import NAMING_COLUMNS, NUMBER_COLUMNS
from toolkit.scoping.field_maps.round_trip import Agreement, RoundTrip, agreement, round_trip
from toolkit.scoping.transforms._transform import Texts, Transform
from toolkit.scoping.transforms.date_format import fitted, has_time
from toolkit.tables import FIELD_MAP, FIELD_MAP_EXAMPLE


def field_map_tables(maps: Sequence[HandoffMap], truth: SourceOfTruth, currency: str) -> dict[str, pa.Table]:
    """Return FIELD_MAP and FIELD_MAP_EXAMPLE by their names.

    Parameters
    ----------
    maps
        Of every handoff.
    truth
        Which system decides which field.
    currency
        The client's: of amounts that state none.
    """
    rows: list[dict[str, Any]] = []
    examples: list[dict[str, Any]] = []
    for one in maps:
        for field in one.fields:
            values = source_values(one.sides, field, currency)
            tried = round_trip(field.transform, values, field.options) if field.transform else None
            held = _held(one.sides, field, values, currency) if field.transform else None
            rows.append(_row(one, field, tried, held, truth))
            if tried is not None and held is not None:
                examples += _examples(one, field, values, tried, held)
    return {"field_map": FIELD_MAP.from_rows(rows), "field_map_example": FIELD_MAP_EXAMPLE.from_rows(examples)}


def source_values(sides: TwoSides, field: Mapped, currency: str) -> list[Texts]:
    """Return the values of each record of the source that go into a field.

    Parameters
    ----------
    sides
        Both sides.
    field
        With what fills it.
    currency
        The client's: of amounts that state none.
    """
    columns = [sides.source.texts(one) for one in field.proposal.sources]
    if field.proposal.transform == "currency":
        codes = sides.source.texts("currency")
        return [(minor, (code or currency) if minor else "") for minor, code in zip(columns[0], codes, strict=True)]
    if field.proposal.transform == "date_format":
        return [(fitted(one, field.options.form),) for one in columns[0]]
    return list(zip(*columns, strict=True)) if columns else []


def _held(sides: TwoSides, field: Mapped, values: Sequence[Texts], currency: str) -> Agreement:
    """Return in how many matched records the target says today what would arrive."""
    column, transform = field.proposal.target.column, cast("Transform", field.transform)
    there = sides.target.texts(column)
    if transform.name in {"currency", "date_format"}:
        # The target's own value, written as it would be carried.
        codes = sides.target.texts("currency")
        as_there = replace(field.options, is_negated=False)
        pairs: Counter[tuple[Texts, str]] = Counter()
        written: dict[Texts, str] = {}
        for left, right in sides.pairs:
            is_amount = transform.name == "currency"
            own = (there[right], codes[right] or currency) if is_amount else (fitted(there[right], field.options.form),)
            if own not in written:
                carried = transform.there(own, as_there) if own[0] else ("",)
                written[own] = carried[0] if isinstance(carried, tuple) else ""
            pairs[values[left], written[own]] += 1
        return agreement(transform, pairs, field.options, place=field.proposal.place)
    if field.proposal.sources[0] in NUMBER_COLUMNS and column in NAMING_COLUMNS:
        # A number stands among other words there.
        held = [(values[left], values[left][0], there[right]) for left, right in sides.pairs]
        pairs = Counter((value, number if number and number in text.split() else text) for value, number, text in held)
    else:
        pairs = Counter((values[left], there[right]) for left, right in sides.pairs)
    return agreement(transform, pairs, field.options, place=field.proposal.place)


def _row(
    one: HandoffMap, field: Mapped, tried: RoundTrip | None, held: Agreement | None, truth: SourceOfTruth
) -> dict[str, Any]:
    target, sources = field.proposal.target, field.proposal.sources
    entity_l, entity_r = one.sides.source.entity, one.sides.target.entity
    is_filled = bool(sources) or bool(field.default) or field.proposal.is_made_there
    return {
        "handoff_id": one.handoff_id,
        "target_column": target.column,
        "target_field": target.name,
        "target_type": column_type(entity_r, target.column),
        "source_columns": list(sources),
        "source_fields": [one.source.name(name) for name in sources],
        "source_types": [column_type(entity_l, name) for name in sources],
        "transform": field.transform.name if field.transform else None,
        "options": _told(field),
        "is_required": target.is_required,
        "default": field.default or None,
        "master": truth.system_for(entity_r, target.column),
        "is_proposed": field.is_proposed,
        "is_made_there": field.proposal.is_made_there,
        "is_open": bool(target.is_required) and not is_filled,
        "why": field.proposal.why,
        "rows": tried.survived.n if tried else 0,
        "survived": tried.survived.x if tried else 0,
        "survived_share": tried.survived.share if tried else None,
        **(limits(tried.survived) if tried else {}),
        "compared": held.agreed.n if held else 0,
        "agreed": held.agreed.x if held else 0,
    }


def _told(field: Mapped) -> str:
    """Return what a transform is told, in words."""
    if field.transform is None:
        return ""
    options = field.options
    words = {
        "separator": f"separator {options.separator!r}",
        "form": f"as {options.form}" + ("" if has_time(options.form) else ", without the time of day"),
        "currency": f"converted to {options.currency}" if options.currency else "each in its own currency",
        "is_negated": "with the other sign" if options.is_negated else "",
        "table": f"{len(options.table):,} entries",
    }
    return ", ".join(words[name] for name in field.transform.uses if words.get(name))


def _examples(
    one: HandoffMap, field: Mapped, values: Sequence[Texts], tried: RoundTrip, held: Agreement
) -> list[dict[str, Any]]:
    keys = one.sides.source.table["record_key"].to_pylist()
    first: dict[Texts, str] = {}
    for key, value in zip(keys, values, strict=True):
        first.setdefault(value, key)
    found = []
    places: Counter[str] = Counter()
    for lost in tried.lost:
        kind = "refused" if lost.carried is None else "changed"
        places[kind] += 1
        found.append(
            _example(one, field, kind, places[kind])
            | {"value": shown(lost.values), "carried": lost.carried and shown(lost.carried), "reason": lost.reason}
            | {"came_back": lost.came_back and shown(lost.came_back), "rows": lost.rows, "record_key": first[lost.values]}
        )
    for place, differs in enumerate(held.differing, start=1):
        found.append(
            _example(one, field, "differs", place)
            | {"value": shown(differs.values), "carried": differs.carried, "came_back": differs.there}
            | {"reason": "The target has it otherwise today.", "rows": differs.rows, "record_key": first[differs.values]}
        )
    return found


def _example(one: HandoffMap, field: Mapped, kind: str, place: int) -> dict[str, Any]:
    return {"handoff_id": one.handoff_id, "target_column": field.proposal.target.column, "kind": kind, "place": place}


def shown(values: Texts) -> str:
    """Return values as one text.

    Examples
    --------
    >>> shown(("10.50", "USD")), shown(("Ann", ""))
    ('10.50 USD', 'Ann')
    """
    return " ".join(one for one in values if one)
