"""What syncing changes in one system: what is missing there, what is out of date, what went wrong on its way."""

from datetime import date

import pyarrow as pa

from toolkit.changes import LeftOut, Operation
from toolkit.plan.closed_books import closed_rows
from toolkit.plan.corrected_documents import corrected_documents
from toolkit.plan.gone_records import gone_records
from toolkit.plan.missing_documents import missing_documents
from toolkit.plan.missing_parties import missing_parties
from toolkit.plan.namesakes import without_namesakes
from toolkit.plan.pair_fields import pair_fields
from toolkit.plan.planned import Planned, together
from toolkit.plan.stale_fields import stale_fields
from toolkit.plan.statuses import statuses
from toolkit.plan.sync_rules import SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.target_records import TargetRecords
from toolkit.plan.updates import FIELD, Update, updates_of

CLOSED_BOOKS = "it stands in books that are closed"


def sync(system: str, tables: SyncTables, rules: SyncRules, as_of: date) -> Planned:
    """Return the changes that the rules of syncing ask of one system, and what they could not decide.

    New parties come before the documents that name them. A record is changed once, whatever rules ask for it; where two
    rules would write different values into one field, it stays as it is.

    Parameters
    ----------
    system
        Whose records are changed.
    tables
        Records and what comparing systems found (`SyncTables`).
    rules
        Which handoffs, fields and statuses follow whom.
    as_of
        Local day up to which the data is complete; what is dated today is dated on it.
    """
    new = together([missing_parties(system, tables, rules), missing_documents(system, tables, rules, as_of)])
    new = without_namesakes(new, frozenset(tables.parties["record_key"].to_pylist()))
    found = [
        *corrected_documents(system, tables, rules),
        *statuses(system, tables, rules),
        *pair_fields(system, tables, rules),
        *stale_fields(system, tables, rules),
        *gone_records(system, tables, rules),
    ]
    closed = _closed_documents(system, tables, rules.closed_until)
    asked = [one for one in found if isinstance(one, Update)]
    found += [LeftOut(FIELD, (one.record_key, one.from_key), CLOSED_BOOKS) for one in asked if one.record_key in closed]
    updates, contradicting = updates_of(one for one in asked if one.record_key not in closed)
    gone = [one for one in found if isinstance(one, Operation)]
    left_out = [*new.left_out, *(one for one in found if isinstance(one, LeftOut)), *contradicting]
    # One party that two rules need is made once.
    operations = {one.op_id: one for one in (*new.operations, *updates, *gone)}
    return Planned(tuple(operations.values()), tuple(dict.fromkeys(left_out)))


def _closed_documents(system: str, tables: SyncTables, closed_until: date | None) -> frozenset[str]:
    """Return the documents of a system that stand in closed books: nothing about them is changed any more."""
    if closed_until is None:
        return frozenset()
    own = TargetRecords.of(system, tables.documents)
    return frozenset(own.keys.filter(pa.array(closed_rows(own, closed_until))).to_pylist())
