"""Master data carried by hand: which customer of the CRM was entered as one of the ledger, when, and with what errors.

Each party counts once, however many records a system has of it.
"""

from collections import defaultdict
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.events import NO_DAY, Side, absence, accounts_in, lag_minutes, local_date, source_side, target_side
from toolkit.reconcile.fields import COMPARED_COLUMNS, Fields
from toolkit.tables import COUNTERPART


def party_counterparts(
    handoff: Handoff, parties_l: pa.Table, parties_r: pa.Table, crosswalk: pa.Table, *, as_of: date, time_zone: str
) -> pa.Table:
    """Return the COUNTERPART rows of a handoff of parties.

    A party without counterpart is reported only where the source calls it a customer (or supplier): nobody enters every
    lead in the ledger. Streams that give no roles report none.
    """
    golden = accounts_in(crosswalk, "golden_id")
    sure = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["match_probability"].to_pylist(), strict=True))
    left, right = source_side(handoff, parties_l, golden, time_zone), target_side(handoff, parties_r, golden, time_zone)
    if len(right) == 0:
        return COUNTERPART.empty()
    first_l, first_r = _first_records(left), _first_records(right)
    fields = _Both(left.table, right.table)
    kept = fields.columns_kept()
    due = _due(left)
    rows: list[dict[str, Any]] = []
    for party, row in sorted(first_l.items()):
        base = {
            "handoff_id": handoff.handoff_id, "key_l": left.keys[row], "event_l_at": left.times[row],
            "event_on": local_date(left.day[row]), "is_error": False,
        }  # fmt: skip
        other = first_r.get(party)
        if other is None:
            if party in due:
                rows.append({**base, "status": absence(left.day[row], handoff.grace_days, as_of)})
            continue
        wrong = [column for column in kept if fields.is_wrong(column, row, other)]
        has_days = left.day[row] != NO_DAY and right.day[other] != NO_DAY
        rows.append(
            {
                **base, "key_r": right.keys[other], "status": "found", "basis": "same party",
                "probability": min(sure[left.keys[row]] or 1.0, sure[right.keys[other]] or 1.0),
                "event_r_at": right.times[other],
                "lag_minutes": lag_minutes(left, right, row, other),
                "lag_days": float(right.day[other] - left.day[row]) if has_days else None,
                "is_error": bool(wrong), "error_kind": fields.error_kind(wrong, row, other),
                "error_columns": wrong or None,
            }
        )  # fmt: skip
    return COUNTERPART.from_rows(rows)


class _Both:
    """Both sides' parties in one set of fields, the target's rows after the source's."""

    def __init__(self, left: pa.Table, right: pa.Table) -> None:
        self._offset = left.num_rows
        self._count = left.num_rows + right.num_rows
        self._fields = Fields(pa.concat_tables([left, right]))

    def columns_kept(self) -> list[str]:
        """Return the columns that both sides fill at all."""
        return [
            column
            for column in COMPARED_COLUMNS
            if any(self._fields.written(column, row) for row in range(self._offset))
            and any(self._fields.written(column, row) for row in range(self._offset, self._count))
        ]

    def is_wrong(self, column: str, row_l: int, row_r: int) -> bool:
        """Whether the target says something else than the source, or nothing."""
        return self._fields.verdict(column, row_l, row_r + self._offset) in {"different", "missing_r"}

    def error_kind(self, wrong: list[str], row_l: int, row_r: int) -> str | None:
        """Return what kind of error the wrong columns are: a different value weighs more than a missing one."""
        verdicts = {self._fields.verdict(column, row_l, row_r + self._offset) for column in wrong}
        if not verdicts:
            return None
        return "field" if "different" in verdicts else "missing_field"


def _first_records(side: Side) -> dict[str, int]:
    """Return each party's first record of a side: the one created first, then the smallest key."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, party in enumerate(side.account):
        if party is not None:
            rows[party].append(row)
    last = np.iinfo(np.int64).max
    return {
        party: min(its, key=lambda row: (last if side.day[row] == NO_DAY else int(side.day[row]), row))
        for party, its in rows.items()
    }


def _due(side: Side) -> set[str]:
    return {
        party
        for party, roles in zip(side.account, side.table["roles"].to_pylist(), strict=True)
        if party is not None and {"customer", "vendor", "supplier"} & set(roles or ())
    }
