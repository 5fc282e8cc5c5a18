"""The change that makes a party in a system that lacks it, with the values chosen for the party."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import Evidence, LeftOut, Operation, operation
from toolkit.plan.cell_texts import Row, rows_by_key
from toolkit.plan.look_alikes import look_alikes
from toolkit.plan.places_there import PlacesThere, places_there
from toolkit.plan.sync_tables import NAMES, SyncTables
from toolkit.values.text import words

NEW_PARTY = "customer or supplier to be entered"
"""What is left out, where such a party is."""
ONLY_A_NAME = "it is known only by a name in a document, so nothing tells whether it is there already"
NO_NAME = "which of its names is right is not settled"
NAME_TAKEN = "another record there has this name: it may be the same"
NAME_TWICE = "two that are to be entered have this name: they may be the same"
ALIKE = "a record there has its e-mail address, domain, telephone or street: it may be the same, or its company"
KNOWN_AS = "its documents stand there under another record: it may be the same"
GONE = "its own records are archived or deleted"
NOT_A_PERSON = "the list there holds persons, and this is a company"
_WAITING = "most complete, "
"""How the reason for a golden value begins that settles nothing."""
_COLUMNS = (
    "name", "given_name", "family_name", "company_name", "email", "phone", "website", "street", "city", "region",
    "postcode", "country", "tax_id",
)  # fmt: skip
_ADDRESS = frozenset({"street", "city", "region", "postcode", "country"})


def new_parties(
    tables: SyncTables, golden_ids: Iterable[str], system: str, stream: str
) -> Mapping[str, Operation | LeftOut]:
    """Return for each party the change that makes it in a list of a system, or why none is planned.

    Parameters
    ----------
    tables
        Parties, crosswalk and golden values.
    golden_ids
        Parties that the system lacks.
    system, stream
        The list.
    """
    asked = sorted({*golden_ids})
    sources = _sources(tables, asked)
    values, unsettled = _values(tables, asked)
    there = tables.list_of(system, stream)
    kept = tables.kept_in(system, stream, _COLUMNS)
    places = _places(there)
    taken = _names(there)
    has_companies = there.num_rows == 0 or pc.any(pc.not_equal(there["kind"], "person")).as_py()
    names = {golden_id: folded_name(values.get(golden_id, {}).get("name")) for golden_id in asked}
    asked_names = Counter(names.values())
    alike = look_alikes({golden_id: values.get(golden_id, {}) for golden_id in asked}, there)
    known_as = _known_as(tables, system, stream)
    told_apart = _told_apart(tables)
    result: dict[str, Operation | LeftOut] = {}
    for golden_id in asked:
        keys, name = sources.get(golden_id, ()), names[golden_id]
        listed = [row for row in keys if row["stream"] != NAMES]
        own = places.written({column: value for column, value in values.get(golden_id, {}).items() if column in kept})
        if not keys:
            result[golden_id] = _left_out((), GONE)
        elif not listed:
            result[golden_id] = _left_out(keys, ONLY_A_NAME)
        elif not name:
            result[golden_id] = _left_out(keys, NO_NAME)
        elif not has_companies and any(row["kind"] == "company" for row in listed):
            result[golden_id] = _left_out(keys, NOT_A_PERSON)
        elif name in taken:
            result[golden_id] = _left_out(keys, NAME_TAKEN, taken[name])
        elif asked_names[name] > 1:
            result[golden_id] = _left_out(keys, NAME_TWICE)
        elif billed := _not_told_apart(keys, known_as.get(golden_id, ()), told_apart):
            result[golden_id] = _left_out(keys, KNOWN_AS, *billed)
        elif near := _not_told_apart(keys, alike.get(golden_id, ()), told_apart):
            result[golden_id] = _left_out(keys, ALIKE, *near)
        else:
            waits = unsettled.get(golden_id, 0)
            result[golden_id] = _created(system, stream, str(listed[0]["record_key"]), own, golden_id, waits)
    return result


def _created(  # noqa: PLR0917 - one change
    system: str, stream: str, key: str, values: Row, golden_id: str, waits: int
) -> Operation:
    reasons = [f"{system} has no record of it", "filled with the values chosen for it over all systems"]
    if waits:
        reasons.append("fields that somebody has yet to decide, or whose value fails its check, are left empty")
    return operation(
        "create", system, stream, natural_key=key, after=values, reversibility="R1",
        evidence=Evidence(tuple(reasons), golden_id, None, key),
    )  # fmt: skip


def _known_as(tables: SyncTables, system: str, stream: str) -> dict[str, tuple[str, ...]]:
    """Return for each party the records of a list under which its documents were found there."""
    found = tables.counterparts.filter(pc.equal(tables.counterparts["status"], "found"))
    party_of = dict(zip(*(tables.documents[name].to_pylist() for name in ("record_key", "party_key")), strict=True))
    golden_of = dict(zip(*(tables.crosswalk[name].to_pylist() for name in ("record_key", "golden_id")), strict=True))
    result: dict[str, set[str]] = {}
    for left, right in zip(found["key_l"].to_pylist(), found["key_r"].to_pylist(), strict=True):
        golden_id, own = golden_of.get(party_of.get(left) or ""), party_of.get(right) or ""
        if golden_id is not None and own.startswith(f"{system}/{stream}/"):
            result.setdefault(golden_id, set()).add(own)
    return {golden_id: tuple(sorted(keys)) for golden_id, keys in result.items()}


def _told_apart(tables: SyncTables) -> frozenset[tuple[str, str]]:
    """Return the pairs of records of which a person said that they are not one, either way round."""
    pairs = tables.pairs
    own = pairs.filter(pc.and_(pc.equal(pairs["decided_by"], "person"), pc.not_equal(pairs["decision"], "same")))
    both = list(zip(own["key_l"].to_pylist(), own["key_r"].to_pylist(), strict=True))
    return frozenset([*both, *((right, left) for left, right in both)])


def _not_told_apart(rows: Iterable[Row], alike: Iterable[str], told_apart: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Return which look-alikes no person has told apart from any record of the party."""
    keys = [str(row["record_key"]) for row in rows]
    return tuple(one for one in alike if not any((key, one) in told_apart for key in keys))


def _sources(tables: SyncTables, golden_ids: list[str]) -> dict[str, list[Row]]:
    """Return the active records of each party, in order of their keys."""
    walk = tables.crosswalk
    own = walk.filter(pc.is_in(walk["golden_id"], value_set=pa.array(golden_ids, pa.string())))
    known = rows_by_key(tables.parties, own["record_key"].to_pylist(), ["state", "kind", "stream"])
    result: dict[str, list[Row]] = {}
    for row in sorted(own.to_pylist(), key=lambda one: str(one["record_key"])):
        record = known.get(row["record_key"])
        if record is not None and record["state"] == "active":
            result.setdefault(row["golden_id"], []).append({**record, "record_key": row["record_key"]})
    return result


def _values(tables: SyncTables, golden_ids: list[str]) -> tuple[dict[str, dict[str, str | None]], dict[str, int]]:
    """Return the settled values of each party, and how many of its fields wait for somebody's word, or are faulty.

    An address of which one part waits is left out as a whole.
    """
    golden = tables.golden
    own = golden.filter(pc.is_in(golden["golden_id"], value_set=pa.array(golden_ids, pa.string()))).to_pylist()
    waiting = {(row["golden_id"], row["column"]) for row in own if row["reason"].startswith(_WAITING)}
    found: dict[str, dict[str, str | None]] = {}
    count: dict[str, int] = {}
    for row in own:
        golden_id, column = row["golden_id"], row["column"]
        if column not in _COLUMNS:
            continue
        fact = _ADDRESS if column in _ADDRESS else {column}
        if (row["record_key"], column) in tables.faulty or any((golden_id, one) in waiting for one in fact):
            count[golden_id] = count.get(golden_id, 0) + 1
        else:
            found.setdefault(golden_id, {})[column] = row["value"]
    return found, count


def _places(there: pa.Table) -> PlacesThere:
    has_them = {"region", "country"} <= {*there.column_names}
    return places_there(*(there[name].to_pylist() if has_them else [] for name in ("region", "country")))


def _names(there: pa.Table) -> dict[str, str]:
    """Return the folded names of a list, with the first record that has each."""
    rows = sorted(zip(there["record_key"].to_pylist(), there["name"].to_pylist(), strict=True), reverse=True)
    return {folded: key for key, name in rows if (folded := folded_name(name))}


def folded_name(name: str | None) -> str:
    """Return a name as namesakes share it; empty where there is none."""
    return " ".join(words(name)) if name else ""


def _left_out(rows: Iterable[Row], reason: str, *others: str) -> LeftOut:
    return LeftOut(NEW_PARTY, (*(str(row["record_key"]) for row in rows), *others), reason)
