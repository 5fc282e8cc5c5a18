"""After how many days the documents of a handoff have always been due in the target."""

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


class UsualTerms(NamedTuple):
    """Days from issue to due date: of each party all of whose documents have the same, and of all where all have."""

    by_party: dict[str, int]
    of_all: int | None

    def of(self, party_key: str | None) -> int | None:
        """Return the days for a party; of one without a document those that everybody has."""
        return self.by_party.get(party_key or "", self.of_all)


def usual_terms(documents: pa.Table) -> UsualTerms:
    """Return the terms on which the target's documents of one handoff were due.

    Parameters
    ----------
    documents
        Table DOCUMENT: those that stand for documents of the source. What came another way may be due otherwise.

    Examples
    --------
    >>> from datetime import date
    >>> from toolkit.tables import DOCUMENT
    >>> common = {"record_key": "ledger/invoices/1", "system": "ledger", "stream": "invoices", "record_id": "1"}
    >>> day = {"issued_on": date(2026, 3, 1), "due_on": date(2026, 3, 31), "party_key": "ledger/customers/1"}
    >>> terms = usual_terms(DOCUMENT.from_rows([{**common, **day, "entity": "invoice", "state": "active"}]))
    >>> terms.of("ledger/customers/1"), terms.of(None)
    (30, 30)
    """
    known = documents.select(["party_key", "issued_on", "due_on"])
    known = known.filter(pc.and_(pc.is_valid(known["issued_on"]), pc.is_valid(known["due_on"])))
    days = pc.days_between(known["issued_on"], known["due_on"])
    grouped = pa.table({"party_key": known["party_key"], "days": days}).group_by("party_key")
    rows = grouped.aggregate([("days", "min"), ("days", "max")]).to_pylist()
    same = {row["party_key"]: row["days_min"] for row in rows if row["days_min"] == row["days_max"] >= 0}
    every = {day for row in rows for day in (row["days_min"], row["days_max"])}
    return UsualTerms(
        {key: days for key, days in same.items() if key}, min(same.values()) if len(every) == 1 and same else None
    )
