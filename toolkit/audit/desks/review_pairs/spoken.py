"""One pair as a page shows it: fields side by side, what each says for or against, and how that adds up."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.desks.review_pairs.parties import FIELDS, label_of
from toolkit.charts.match_waterfall import strength

_FIELDS_OF = {
    "company name": ("company_name", "name"),
    "person's name": ("name", "family_name", "given_name"),
    "e-mail": ("email",),
    "phone": ("phone",),
    "web site": ("website", "email"),
    "location": ("street", "city", "postcode", "region"),
    "tax number": ("tax_id",),
    "person's company": ("company_name",),
    "contact person": ("name",),
}
"""Fields that a fact is read from, the telling one first: its evidence stands in the row of that field."""

_ORDER = {"differs": 0, "one side": 1, "equal": 2, "empty": 3}
_START, _RIVALS, _GROUP = "any two records", "look-alikes", "the group"

Row = Mapping[str, Any]


def side_by_side(left: Mapping[str, str], right: Mapping[str, str], levels: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the fields of two records, those that differ first, then what one of them lacks, what is equal, what is empty.

    Parameters
    ----------
    left, right
        Filled fields by column.
    levels
        Rows of PAIR_LEVEL of the pair.
    """
    said = _placed(left, right, levels)
    rows = []
    for column in FIELDS:
        # A full name says what its parts say.
        if column in {"given_name", "family_name"} and left.get("name") and right.get("name"):
            continue
        one, other = left.get(column, ""), right.get(column, "")
        rows.append(
            {
                "column": column,
                "label": label_of(column),
                "left": one,
                "right": other,
                "kind": kind_of(one, other),
                "says": said.pop(column, []),
            }
        )
    rows.sort(key=lambda row: _ORDER[str(row["kind"])])
    return rows


def kind_of(left: str, right: str) -> str:
    """Return how two texts stand to each other; capitals and spaces make no difference.

    Examples
    --------
    >>> kind_of("Acme  Ltd", "ACME ltd"), kind_of("Acme", ""), kind_of("", "")
    ('equal', 'one side', 'empty')
    """
    if not left and not right:
        return "empty"
    if not left or not right:
        return "one side"
    return "equal" if left.casefold().split() == right.casefold().split() else "differs"


def _placed(left: Row, right: Row, levels: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
    """Return what each field says, by column: of a fact that is read from several, the first that both records have."""
    said: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(levels, key=lambda row: -abs(row["bits"])):
        fields = _FIELDS_OF.get(row["comparison"], ("name",))
        both = [one for one in fields if left.get(one) and right.get(one)]
        either = [one for one in fields if left.get(one) or right.get(one)]
        place = next(iter([*both, *either, fields[0]]))
        said.setdefault(place, []).append(_fact(row["comparison"], row["level"], row["bits"]))
    return said


def _fact(name: str, level: str, bits: float) -> dict[str, Any]:
    return {"what": name.replace("_", " "), "level": level.replace("_", " "), "bits": round(bits, 6), "says": strength(bits)}


def terms(pair: Row, levels: Sequence[Row]) -> list[dict[str, Any]]:
    """Return what the weight of a pair is made of, in order of the waterfall; the bits add up to its weight.

    Parameters
    ----------
    pair
        A row of PAIR.
    levels
        Its rows of PAIR_LEVEL.
    """
    facts = [_fact(row["comparison"], row["level"], row["bits"]) for row in _strongest_first(levels)]
    if pair["start_bits"] is None:
        return facts
    group = pair["group_bits"] or 0.0
    joins = "other records join the two" if group > 0 else "other records tell the two apart"
    before = [_fact(_START, "seldom one", pair["start_bits"])]
    after = [
        _fact(name, words, bits)
        for name, words, bits in (
            (_RIVALS, "others would agree so too", pair["rival_bits"] or 0.0),
            (_GROUP, joins, group),
        )
        if bits
    ]
    return [*before, *facts, *after]


def _strongest_first(levels: Sequence[Row]) -> list[Row]:
    return sorted(levels, key=lambda row: (-row["bits"], row["comparison"]))
