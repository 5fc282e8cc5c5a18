"""A small client to clean up: a CRM with companies, contacts and deals, and a ledger that knows some of the same parties."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pyarrow as pa

from toolkit.changes import Operation
from toolkit.plan.cleanup import cleanup
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.planned import Planned
from toolkit.tables import CROSSWALK, DECISION, DOCUMENT, FINDING, GOLDEN, ITEM, PAIR, PARTY
from toolkit.tables.schema import Schema

AS_OF = date(2026, 10, 5)
NOTHING_WRITTEN = CleanupRules(standardise=frozenset(), home_country="US")
"""Rules that merge and fill, and leave the writing of values alone."""

Row = Mapping[str, Any]


def at(day: str, hour: int = 8) -> datetime:
    """Return an instant in UTC."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def party(key: str, **values: Any) -> dict[str, Any]:
    """Return a party by its key; a company unless it is among contacts."""
    system, stream, record_id = key.split("/", 2)
    kind = "person" if stream == "contacts" else "company"
    given = {"entity": "party", "state": "active", "kind": kind, "updated_at": at("2026-10-01"), **values}
    return {"record_key": key, "system": system, "stream": stream, "record_id": record_id, **given}


def document(key: str, party_key: str | None = None, **values: Any) -> dict[str, Any]:
    """Return a document by its key, which refers to its party by id."""
    system, stream, record_id = key.split("/", 2)
    ref = None if party_key is None else party_key.split("/", 2)[2]
    given = {"entity": stream.removesuffix("s"), "state": "active", "party_key": party_key, "party_ref": ref, **values}
    return {"record_key": key, "system": system, "stream": stream, "record_id": record_id, **given}


def pair(left: str, right: str, probability: float = 0.99, **values: Any) -> dict[str, Any]:
    """Return a pair that the model calls the same."""
    low, high = sorted((left, right))
    known = {"match_weight": 1.0, "match_probability": probability, "decision": "same", "decided_by": "model"}
    return {"key_l": low, "key_r": high, **known, **values}


def decision(sequence: int, left: str, right: str, word: str) -> dict[str, Any]:
    """Return what a person said of two records, or of a record and a cluster."""
    return {"sequence": sequence, "key_l": left, "key_r": right, "decision": word, "decided_at": at("2026-10-04")}


class Client:
    """Tables of a client; ``clusters`` names the records that were matched as one party."""

    def __init__(
        self,
        parties: Sequence[Row],
        *,
        clusters: Mapping[str, Sequence[str]] | None = None,
        documents: Sequence[Row] = (),
        items: Sequence[Row] = (),
        golden: Sequence[tuple[str, str, str, str]] = (),
        reasons: Mapping[tuple[str, str], str] | None = None,
        pairs: Sequence[Row] | None = None,
        decisions: Sequence[Row] = (),
        findings: Sequence[Row] = (),
    ) -> None:
        cluster_of = {key: name for name, keys in (clusters or {}).items() for key in keys}
        walk = [
            {
                **{name: row[name] for name in ("record_key", "system", "stream", "record_id")},
                "golden_id": cluster_of.get(row["record_key"], f"alone-{row['record_key']}"),
                "account_id": "",
                "decided_by": "model",
            }
            for row in parties
        ]
        if pairs is None:
            pairs = [pair(*two) for keys in (clusters or {}).values() for two in combinations(keys, 2)]
        chosen = [
            {
                "golden_id": cluster_id,
                "column": column,
                "value": value,
                "record_key": key,
                "reason": (reasons or {}).get((cluster_id, column), "newest"),
            }
            for cluster_id, column, value, key in golden
        ]
        rows: dict[str, tuple[Schema, Sequence[Row]]] = {
            "parties": (PARTY, parties),
            "documents": (DOCUMENT, documents),
            "items": (ITEM, items),
            "crosswalk": (CROSSWALK, walk),
            "golden": (GOLDEN, chosen),
            "pairs": (PAIR, pairs),
            "decisions": (DECISION, decisions),
            "findings": (FINDING, findings),
        }
        self.tables: dict[str, pa.Table] = {name: schema.from_rows(own) for name, (schema, own) in rows.items()}

    def planned(self, rules: CleanupRules = NOTHING_WRITTEN, **options: Any) -> Planned:
        """Return what the cleanup of the CRM plans."""
        return cleanup("crm", **{"as_of": AS_OF, **self.tables, "rules": rules, **options})


def told(planned: Planned) -> list[tuple[str, str | None, dict[str, str | None]]]:
    """Return the changes as action, record and new values, in order."""
    return sorted((one.action, one.target_id, dict(one.after)) for one in planned.operations)


def reasons(planned: Planned) -> list[str]:
    """Return why records were left out."""
    return sorted(one.reason for one in planned.left_out)


def only(planned: Planned, action: str) -> list[Operation]:
    """Return the changes of one kind, by record."""
    return sorted((one for one in planned.operations if one.action == action), key=lambda one: one.target_id or "")
