"""Codes that become other codes, as the client mapped them: ledger accounts, departments, states, countries."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LeftOut
from toolkit.plan.cleanup_rules import CODED_COLUMNS, CleanupRules
from toolkit.plan.target_records import Change, TargetRecords, positions

CODES = "codes"
MAPPED = "The rules say what this code becomes."
_UNKNOWN = "The system has no such {}, and the rules do not say what it becomes."
_REFERENCE = "reference"


def mapped_codes(records: TargetRecords, table_name: str, rules: CleanupRules) -> list[Change]:
    """Return the codes of the target's records that the rules map.

    Parameters
    ----------
    records
        Of one table.
    table_name
        Its name: party, document or item.
    rules
        Of the cleanup.
    """
    found: list[Change] = []
    streams = np.array(records.streams, dtype=object)
    for where, mapped in sorted(rules.codes.items()):
        stream, _, column = where.rpartition(".")
        if column not in CODED_COLUMNS[table_name] or not mapped:
            continue
        old, new = (pa.array(list(side), pa.string()) for side in (mapped, mapped.values()))
        at = positions(records.texts(column), old)
        is_own = (at >= 0) & ((streams == stream) if stream else True)
        rows = np.flatnonzero(is_own)
        values = new.take(pa.array(at[rows])).to_pylist()
        found += [Change(row, column, value, (MAPPED,)) for row, value in zip(rows.tolist(), values, strict=True)]
    return found


def unknown_codes(
    findings: pa.Table, system: str, changed: Iterable[tuple[TargetRecords, Sequence[Change]]]
) -> list[LeftOut]:
    """Return the codes that a check found in no list of the system and that no rule maps, by code.

    Parameters
    ----------
    findings
        Table FINDING.
    system
        The target.
    changed
        Its records, table by table, with the changes of each.
    """
    coded = sorted({column for columns in CODED_COLUMNS.values() for column in columns})
    is_own = pc.and_(
        pc.and_(pc.starts_with(findings["check_id"], f"{system}."), pc.ends_with(findings["check_id"], f".{_REFERENCE}")),
        pc.is_in(findings["column"], value_set=pa.array(coded)),
    )
    names = ("record_key", "column", "value")
    own = findings.filter(is_own)
    mapped = set()
    known: set[str] = set()
    for records, changes in changed:
        keys = records.keys.to_pylist()
        known |= {*keys} if own.num_rows else set()
        mapped |= {(keys[one.row], one.column) for one in changes}
    found: dict[tuple[str, str], set[str]] = {}
    for key, column, value in zip(*(own[name].to_pylist() for name in names), strict=True):
        if key in known and (key, column) not in mapped:
            found.setdefault((column, value or ""), set()).add(key)
    return [
        LeftOut(CODES, tuple(sorted(keys)), _UNKNOWN.format(column.replace("_", " ").replace("gl code", "ledger account")))
        for (column, _), keys in sorted(found.items())
    ]
