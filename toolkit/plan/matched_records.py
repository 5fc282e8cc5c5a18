"""Records whose match is sure enough to write by, and pairs of records that alone stand for one party in two systems."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cell_texts import rows_by_key
from toolkit.plan.sync_tables import NAMES, SyncTables


def sure_records(tables: SyncTables, keys: Iterable[str], min_probability: float) -> Mapping[str, float]:
    """Return how sure each party record's place in its cluster is, where it is sure enough: 1 where it was decided.

    Parameters
    ----------
    tables
        CROSSWALK.
    keys
        Which records are asked for.
    min_probability
        What a match that the model made must reach.
    """
    walk = tables.crosswalk
    own = walk.filter(pc.is_in(walk["record_key"], value_set=pa.array(sorted({*keys}), pa.string())))
    names = ("record_key", "decided_by", "match_probability")
    rows = zip(*(own[name].to_pylist() for name in names), strict=True)
    shares = {key: certainty(decided_by, probability) for key, decided_by, probability in rows}
    return {key: share for key, share in shares.items() if share >= min_probability}


def certainty(decided_by: str, probability: float | None) -> float:
    """Return how sure a record's place in its cluster is.

    Parameters
    ----------
    decided_by, probability
        As CROSSWALK says.

    Examples
    --------
    >>> certainty("person", 0.4), certainty("model", 0.95), certainty("model", None)
    (1.0, 0.95, 0.0)
    """
    return probability or 0.0 if decided_by == "model" else 1.0


def events_of(tables: SyncTables, handoff_id: str) -> Mapping[str, tuple[tuple[str, ...], float]]:
    """Return the documents that stand for each source document of a handoff, and how sure that is.

    Parameters
    ----------
    tables
        COUNTERPART.
    handoff_id
        Of the handoff.
    """
    table = tables.counterparts
    own = table.filter(pc.and_(pc.equal(table["handoff_id"], handoff_id), pc.equal(table["status"], "found")))
    names = ("key_l", "key_r", "more_keys_r", "probability")
    rows = zip(*(own[name].to_pylist() for name in names), strict=True)
    return {
        left: ((right, *(more or ())), probability or 0.0)
        for left, right, more, probability in sorted(rows, key=lambda one: str(one[0]))
    }


def sole_pairs(tables: SyncTables, one: str, other: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of active records that alone stand for one party in two systems' lists.

    Parameters
    ----------
    tables
        CROSSWALK and the parties.
    one, other
        The systems, in the order in which each pair names them.
    """
    walk = tables.crosswalk
    is_own = pc.and_(pc.is_in(walk["system"], value_set=pa.array([one, other])), pc.not_equal(walk["stream"], NAMES))
    own = walk.filter(is_own)
    states = rows_by_key(tables.parties, own["record_key"].to_pylist(), ["state"])
    held: dict[str, dict[str, list[str]]] = {}
    for row in own.select(["record_key", "golden_id", "system"]).to_pylist():
        if states.get(row["record_key"], {}).get("state") == "active":
            held.setdefault(row["golden_id"], {}).setdefault(row["system"], []).append(row["record_key"])
    return frozenset(
        (found[one][0], found[other][0])
        for found in held.values()
        if [len(found.get(name, ())) for name in (one, other)] == [1, 1]
    )
