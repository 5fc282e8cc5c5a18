"""Fields in which a party's record of one system differs from its record in another, seen from the one to be changed."""

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cell_texts import Row
from toolkit.plan.sync_tables import NAMES, SyncTables

Kind = Literal["different", "formatting", "missing_own", "missing_other"]
PARTS = "its parts would come from two records: half of one address, or name, and half of another is nobody's"

FACTS: tuple[tuple[str, ...], ...] = (
    ("name", "given_name", "family_name", "company_name"),
    ("street", "city", "region", "postcode", "country"),
)
"""Columns that move together."""
_TURNED = {"l": "r", "r": "l"}


class Difference(NamedTuple):
    """One field: ``newer`` and ``right`` are ``own``, ``other``, ``neither`` (of right) or empty where nobody knows."""

    golden_id: str
    column: str
    own_key: str
    other_key: str
    own: str | None
    other: str | None
    kind: Kind
    newer: str
    right: str
    proposed: str | None


def party_differences(
    tables: SyncTables, system: str, columns: Collection[str], others: Collection[str]
) -> list[Difference]:
    """Return the differences of a system's listed parties, in order of records and columns.

    Parameters
    ----------
    tables
        MISMATCH.
    system
        Whose records are the own ones.
    columns
        Which fields.
    others
        Which other systems; none named: all.
    """
    found = tables.mismatches
    found = found.filter(pc.is_in(found["column"], value_set=pa.array(sorted(columns), pa.string())))
    result = []
    for side in ("l", "r"):
        own = found.filter(pc.equal(found[f"system_{side}"], system))
        if others:
            own = own.filter(pc.is_in(own[f"system_{_TURNED[side]}"], value_set=pa.array(sorted(others), pa.string())))
        names = ["golden_id", "column", f"key_{side}", f"key_{_TURNED[side]}", f"value_{side}", f"value_{_TURNED[side]}",
                 "kind", "changed_last", "decision", "proposed_value"]  # fmt: skip
        cells = [own[name].to_pylist() for name in names]
        seen = {side: "own", _TURNED[side]: "other"}
        words = {"left": seen["l"], "right": seen["r"], "neither": "neither"}
        kinds = {"missing_l": f"missing_{seen['l']}", "missing_r": f"missing_{seen['r']}"}
        for row in zip(*cells, strict=True):
            kind, changed, decision, proposed = row[6:]
            facts = (*row[:6], kinds.get(kind, kind), seen.get(changed, ""), words.get(decision, ""), proposed)
            result.append(Difference._make(facts))
    return sorted((one for one in result if one.own_key.split("/", 2)[1] != NAMES), key=_order)


def fact_of(column: str) -> tuple[str, ...]:
    """Return the columns that a column moves together with, itself among them.

    Examples
    --------
    >>> fact_of("city"), fact_of("email")
    (('street', 'city', 'region', 'postcode', 'country'), ('email',))
    """
    return next((fact for fact in FACTS if column in fact), (column,))


def taken_from(differing: Iterable[Difference], own: Row, other: Row, *, blank: bool) -> Row | None:
    """Return the fields of one fact as they are taken from another record; null where only a part of it could be.

    Parameters
    ----------
    differing
        The differences of the fact's columns between the two records.
    own, other
        What the records hold, also in columns that are not compared: first and last name, company.
    blank
        Whether what the other record leaves empty is emptied.

    Examples
    --------
    >>> one = Difference("g", "name", "a/b/1", "c/d/2", "Ann Li", "Ann Lee", "different", "", "", None)
    >>> parts = {"given_name": "Ann", "family_name": "Li", "company_name": None}
    >>> taken_from([one], parts, {"given_name": "Ann", "family_name": "Lee", "company_name": None}, blank=False)
    {'name': 'Ann Lee', 'family_name': 'Lee'}
    >>> taken_from([one], parts, {}, blank=False) is None
    True
    """
    rows = {one.column: one for one in differing}
    after = {name: one.other for name, one in rows.items() if one.other is not None or blank}
    if not after:
        return {}
    if len(after) < len(rows):
        return None
    if "name" in after:
        for part in ("given_name", "family_name"):
            if own.get(part) and not other.get(part):
                return None
            if own.get(part) and own[part] != other[part]:
                after[part] = other[part]
        if own.get("company_name") and own["company_name"] == rows["name"].own:
            after["company_name"] = after["name"]
    return after


def _order(one: Difference) -> tuple[str, str, str]:
    return one.own_key, one.column, one.other_key
