"""How many files and rows were read, kept and put aside, and how many records stand: counted here and nowhere else.

Rows are counted over what was sent this time (table INTAKE); records over what stands now (table SNAPSHOT), which also holds
what an earlier time brought and nobody sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from toolkit.tables import INTAKE, SNAPSHOT, checked
from toolkit.values.counted import counted

NAMES = "names"
"""Stream of the names that a system mentions without keeping a list of them: no records of their own."""
INTERFACE = "interface"
"""``part`` of what came over an interface, where a file has its sheet."""
DATABASE = "database"
"""``part`` of what came from a database."""
PARTS = ("rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
"""What becomes of a row; together they are ``rows_read``."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Counts of one reading.

    Attributes
    ----------
    files, tables
        Files sent, and the sheets and members in them; a list that a system gave over its interface counts as one of each,
        and so does what was read of a database as one stream.
    lists, selections
        How many of these came over an interface, and from a database.
    rows
        ``rows_read`` and each of ``PARTS``, by name.
    records
        Records that stand now, by system; names that only appear inside them are no records.
    records_before
        How many of these an earlier time brought, in streams of which nothing was sent this time.
    """

    files: int
    tables: int
    rows: Mapping[str, int]
    records: Mapping[str, int]
    records_before: int
    lists: int = 0
    selections: int = 0

    @property
    def record_count(self) -> int:
        """Records of all systems."""
        return sum(self.records.values())

    def sentence(self) -> str:
        """Return how many records of how many systems there are, from how many files.

        Examples
        --------
        >>> RowCounts(2, 2, {"rows_quarantined": 1}, {"crm": 7, "shop": 3}, 3).sentence()
        '10 records of 2 systems from 2 files (3 of them sent before; 1 row put aside, each with its reason)'
        >>> RowCounts(3, 3, {"rows_quarantined": 0}, {"crm": 7}, 0, lists=1, selections=2).sentence().partition(" (")[0]
        '7 records of 1 system from 1 list of an interface and 2 tables of databases'
        """
        aside = counted(self.rows["rows_quarantined"], "row")
        before = f"{self.records_before:,} of them sent before; " if self.records_before else ""
        return (
            f"{counted(self.record_count, 'record')} of {counted(len(self.records), 'system')} from "
            f"{self._sources()} ({before}{aside} put aside, each with its reason)"
        )

    def _sources(self) -> str:
        """Return from how many files, lists and tables the records are."""
        files = self.files - self.lists - self.selections
        said = [
            *([counted(files, "file")] if files or not (self.lists or self.selections) else []),
            *([counted(self.lists, "list of an interface", "lists of interfaces")] if self.lists else []),
            *([counted(self.selections, "table of a database", "tables of databases")] if self.selections else []),
        ]
        return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def row_counts(intake: pa.Table, snapshot: pa.Table) -> RowCounts:
    """Return the counts of a reading.

    Parameters
    ----------
    intake, snapshot
        INTAKE and SNAPSHOT of one run, or of the last pull; a system of which only names are known counts with no record.

    Examples
    --------
    >>> row_counts(INTAKE.empty(), SNAPSHOT.empty()).sentence()
    '0 records of 0 systems from 0 files (0 rows put aside, each with its reason)'
    """
    intake, snapshot = checked(intake, INTAKE), checked(snapshot, SNAPSHOT)
    files, streams = intake.select(["file", "part", "system", "stream"]).to_pylist(), snapshot.to_pylist()
    sent = {(row["system"], row["stream"]) for row in files if row["stream"]}
    records: dict[str, int] = {}
    before = 0
    for row in sorted(streams, key=lambda one: str(one["system"])):
        count = present_count(row)
        records[row["system"]] = records.get(row["system"], 0) + count
        before += count if (row["system"], row["stream"]) not in sent else 0
    rows = {name: sum(intake[name].to_pylist()) for name in ("rows_read", *PARTS)}
    lists, selections = (sum(row["part"] == part for row in files) for part in (INTERFACE, DATABASE))
    return RowCounts(len({row["file"] for row in files}), intake.num_rows, rows, records, before, lists, selections)


def present_count(snapshot: Mapping[str, Any]) -> int:
    """Return how many records of a row of SNAPSHOT stand: those that are absent by now do not, and names are none."""
    return 0 if snapshot["stream"] == NAMES else int(snapshot["rows"] - snapshot["rows_absent"])
