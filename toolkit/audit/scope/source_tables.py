"""Which system is right, from the tables of a run: the matrix of masters, policies tried on what differs, consistency."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import UnknownNameError
from toolkit.rates import MeasuredShare, wilson_interval
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.scoping.sources.consistency import Compared, consistency
from toolkit.scoping.sources.matrix import Kept, Said, master_cells
from toolkit.scoping.sources.policies import Conflict, policy_counts, settled
from toolkit.settings import ScopeSettings
from toolkit.store import Run
from toolkit.tables import CONFLICT, CONFLICT_POLICY, CONSISTENCY, MASTER_CELL

_PARTY = "party"
_SIDES = {"left": "l", "right": "r", "neither": "neither"}
_COUNTED = (
    "name", "given_name", "family_name", "company_name", "email", "phone", "website", "street", "city", "region", "postcode",
    "country", "tax_id", "owner",
)  # fmt: skip


def source_tables(
    run: Run, parties: pa.Table, truth: SourceOfTruth, scope: ScopeSettings, categories: Mapping[str, str]
) -> dict[str, pa.Table]:
    """Return MASTER_CELL, CONFLICT, CONFLICT_POLICY and CONSISTENCY by their names.

    Parameters
    ----------
    run
        With COLUMN_PROFILE, MISMATCH and COMPARED_FIELD.
    parties
        Table PARTY: when each record was changed, and how much it fills.
    truth
        Which system decides which field, as the client said.
    scope
        Policies and readers.
    categories
        Of each system.

    Raises
    ------
    UnknownNameError
        A reader is no system.
    InputError
        A reader is named as master.
    """
    for one in scope.readers:
        if one not in categories:
            raise UnknownNameError("system, as scope.readers of engagement.yaml says,", one, categories)
    conflicts, table = _conflicts(run.table("mismatch"), parties, truth, scope)
    return {
        "master_cell": _matrix(run.table("column_profile"), truth, scope, categories),
        "conflict": table,
        "conflict_policy": _counted(conflicts, scope),
        "consistency": _consistency(run.table("compared_field"), truth),
    }


def _matrix(profile: pa.Table, truth: SourceOfTruth, scope: ScopeSettings, categories: Mapping[str, str]) -> pa.Table:
    kept = [
        Kept(row["entity"], row["column"], row["system"], row["filled"])
        for row in profile.select(["entity", "column", "system", "filled"]).to_pylist()
    ]
    # Who decides one part of an address, or of a person's name, decides all of it.
    columns = {(one.entity, one.column) for one in kept}
    masters: dict[str, dict[str, str]] = {}
    for entity, column in sorted(columns):
        system = truth.system_for(entity, column)
        masters.setdefault(entity, {}).update({column: system} if system else {})
    cells = master_cells(kept, categories, Said(masters, scope.changes_elsewhere, scope.readers))
    return MASTER_CELL.from_rows({**asdict(one), "columns": list(one.columns)} for one in cells)


def _conflicts(
    mismatch: pa.Table, parties: pa.Table, truth: SourceOfTruth, scope: ScopeSettings
) -> tuple[list[Conflict], pa.Table]:
    """Return the fields in which two records differ by more than formatting, as conflicts and as table CONFLICT."""
    rows = mismatch.filter(pc.equal(mismatch["kind"], "different")).to_pylist()
    changed, filled, dated = _of_records(parties, {key for row in rows for key in (row["key_l"], row["key_r"])})
    conflicts, found = [], []
    for row in rows:
        left, right = row["key_l"], row["key_r"]
        at_l, at_r = changed.get(left), changed.get(right)
        # Of two changes on one day the later one is not known where a day alone was written: midnight is no time.
        is_tie = at_l and at_r and at_l.date() == at_r.date() and not dated.isdisjoint({left, right})
        one = Conflict(
            row["column"],
            row["system_l"],
            row["system_r"],
            truth.system_for(_PARTY, row["column"]),
            None if is_tie else at_l,
            None if is_tie else at_r,
            filled.get(left, 0),
            filled.get(right, 0),
            _SIDES.get(row["decision"] or ""),
        )
        outcome = settled(one, scope.conflicts)
        conflicts.append(one)
        found.append(
            {name: row[name] for name in ("column", "key_l", "key_r", "system_l", "system_r")}
            | {"changed_l_at": at_l, "changed_r_at": at_r}
            | {"filled_l": one.filled_l, "filled_r": one.filled_r, "decision": one.decision}
            | {name: outcome.by(name) for name in ("master_wins", "latest_wins", "most_complete_wins", "by_field")}
        )
    return conflicts, CONFLICT.from_rows(found)


def _of_records(parties: pa.Table, keys: set[str]) -> tuple[dict[str, Any], dict[str, int], set[str]]:
    """Return when records were changed, how many fields each fills, and which say the day of a change alone."""
    own = parties.filter(pc.is_in(parties["record_key"], value_set=pa.array(sorted(keys), pa.string())))
    names = own["record_key"].to_pylist()
    filled = np.zeros(own.num_rows, dtype=np.int64)
    for column in _COUNTED:
        values = own[column]
        filled += np.asarray(pc.fill_null(pc.not_equal(values, ""), False), dtype=np.int64)
    days = own["date_only"].to_pylist()
    dated = {key for key, columns in zip(names, days, strict=True) if "updated_at" in (columns or ())}
    changed = dict(zip(names, own["updated_at"].to_pylist(), strict=True))
    return changed, dict(zip(names, filled.tolist(), strict=True)), dated


def _counted(conflicts: Sequence[Conflict], scope: ScopeSettings) -> pa.Table:
    counts = policy_counts(conflicts, [settled(one, scope.conflicts) for one in conflicts])
    return CONFLICT_POLICY.from_rows(
        {**asdict(one), "person": one.person, "person_share": one.person_share} for one in counts
    )


def _consistency(compared: pa.Table, truth: SourceOfTruth) -> pa.Table:
    rows = []
    for row in compared.to_pylist():
        master = truth.system_for(_PARTY, row["column"])
        if master not in {row["system_l"], row["system_r"]}:
            continue
        is_left = master == row["system_l"]
        rows.append(
            Compared(
                row["column"],
                str(master),
                row["system_r"] if is_left else row["system_l"],
                row["compared"],
                row["equal"] + row["formatting"],
                row["missing_l"] if is_left else row["missing_r"],
            )
        )
    return CONSISTENCY.from_rows(
        {"column": one.column, "master": one.master, "system": one.system}
        | {"compared": one.share.n, "equal": one.share.x, "share": one.share.share}
        | limits(one.share)
        for one in consistency(rows)
    )


def limits(share: MeasuredShare) -> dict[str, float | None]:
    """Return the Wilson limits of a share as columns low and high; null where nothing was looked at."""
    low, high = wilson_interval(share.x, share.n) if share.n else (None, None)
    return {"low": low, "high": high}
