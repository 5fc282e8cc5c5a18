"""How many records are duplicates: those beyond the first of each customer, supplier or person within one system's lists.

Names that only stand inside documents (bank lines, sheets) are no records. What is counted of them, apart, is how many ways
of writing there are beyond the first.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from toolkit.query import quoted_text
from toolkit.report.row_counts import NAMES
from toolkit.tables import CLUSTER, checked


@dataclass(frozen=True, slots=True)
class Beyond:
    """``records`` of one system that stand for ``distinct`` different ones."""

    records: int
    distinct: int

    @property
    def count(self) -> int:
        """Records beyond the first of each."""
        return self.records - self.distinct


@dataclass(frozen=True, slots=True)
class DuplicateCounts:
    """By system: what its lists hold (``listed``), and the names inside its documents (``named``)."""

    listed: Mapping[str, Beyond]
    named: Mapping[str, Beyond]

    @property
    def total(self) -> int:
        """Duplicate records of all systems."""
        return sum(one.count for one in self.listed.values())


def duplicate_counts(cluster: pa.Table) -> DuplicateCounts:
    """Return the duplicates of a matching (table CLUSTER).

    Examples
    --------
    >>> keys = ["crm/companies/1", "crm/companies/2", "ledger/customers/1", "bank/names/acme", "bank/names/acme ltd"]
    >>> found = duplicate_counts(CLUSTER.from_rows({"record_key": key, "cluster_id": "g-1"} for key in keys))
    >>> found.total, found.listed["ledger"].count, found.named["bank"].count
    (1, 0, 1)
    """
    cluster = checked(cluster, CLUSTER)
    records: Counter[tuple[bool, str]] = Counter()
    distinct: dict[tuple[bool, str], set[str]] = {}
    for key, cluster_id in zip(cluster["record_key"].to_pylist(), cluster["cluster_id"].to_pylist(), strict=True):
        system, stream = key.split("/", 2)[:2]
        place = (stream == NAMES, system)
        records[place] += 1
        distinct.setdefault(place, set()).add(cluster_id)

    def of(*, is_named: bool) -> dict[str, Beyond]:
        return {
            system: Beyond(count, len(distinct[is_name, system]))
            for (is_name, system), count in sorted(records.items())
            if is_name == is_named
        }

    return DuplicateCounts(of(is_named=False), of(is_named=True))


def duplicate_condition(system: str | None, *, is_named: bool = False) -> str:
    """Return the condition that selects the rows of CLUSTER which share their cluster within one system, or within any.

    Parameters
    ----------
    system
        Null for all systems.
    is_named
        Of the names inside documents, not of the lists.
    """
    parts = [f"split_part(record_key, '/', 2) {'=' if is_named else '<>'} {quoted_text(NAMES)}"]
    parts += [f"starts_with(record_key, {quoted_text(system + '/')})"] if system is not None else []
    own = " AND ".join(parts)
    keys = "(split_part(record_key, '/', 1), cluster_id)"
    return f"{own} AND {keys} IN (SELECT {keys} FROM cluster WHERE {own} GROUP BY 1 HAVING count(*) > 1)"
