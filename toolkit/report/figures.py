"""Figures that are plain counts of a run's tables: rows read, records held, duplicates found, pairs to review."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.query import quoted_text
from toolkit.rates import wilson_interval
from toolkit.report.row_counts import NAMES, PARTS, RowCounts, present_count, row_counts
from toolkit.tables import FIGURE, INTAKE, SNAPSHOT
from toolkit.values.counted import counted

_MAX_PARTS = 12
"""A sum of more parts is not written out."""

_INTAKE = {
    "rows_read": "Rows found in the files you sent",
    "rows_kept": "Rows that became records",
    "rows_quarantined": "Rows put aside (total lines, broken rows)",
    "rows_folded": "Rows that continue the record above them",
    "rows_repeated": "Rows that had been read already",
}
_METHODS = {
    True: "Records beyond the first of each customer or supplier within one system.",
    False: "The system keeps no list of customers or suppliers: different spellings of one name, beyond the first.",
}
_PAIRS = {
    "review": ("match.review_count", "Pairs of records that a person should look at"),
    "related": ("match.related_count", "Pairs that are related, but not one and the same"),
}


def counted_figures(tables: Mapping[str, pa.Table], *, system_labels: Mapping[str, str] | None = None) -> pa.Table:
    """Return figures counted from ``intake``, ``snapshot``, ``cluster`` and ``pair``; absent tables give none.

    ``intake.<rows>``, ``snapshot.records.<system>``, ``match.duplicate_count[.<system>]``,
    ``match.duplicate_share.<system>``, ``match.review_count`` and ``match.related_count``, in schema FIGURE.

    Parameters
    ----------
    tables
        A run's tables by name.
    system_labels
        The client's words for a system; by default its name.
    """
    labels = system_labels or {}
    counts = row_counts(tables.get("intake", INTAKE.empty()), tables.get("snapshot", SNAPSHOT.empty()))
    rows = [*_intake(tables, counts), *_records(tables, counts, labels), *_duplicates(tables, labels), *_open_pairs(tables)]
    return FIGURE.from_rows(rows)


def _intake(tables: Mapping[str, pa.Table], counts: RowCounts) -> Iterator[dict[str, Any]]:
    if "intake" not in tables or not counts.tables:
        return
    sheets = counted(counts.tables, "table")
    found = f"{counted(counts.files, 'file')} with {sheets}"
    yield {
        **_counted("intake.files", "Files you sent", counts.files, "Counted by name.", ("intake", "true")),
        "formula": found,
    }
    yield {
        **_counted(
            "intake.tables", "Tables in the files you sent", counts.tables, "Sheets and members counted.", ("intake", "true")
        ),
        "formula": found,
    }
    for column, label in _INTAKE.items():
        has_any = tables["intake"].filter(pc.greater(tables["intake"][column], 0))
        yield {
            **_counted(f"intake.{column}", label, counts.rows[column], "Sum over all files.", ("intake", f"{column} > 0")),
            "formula": _sum_text(has_any[column].to_pylist(), "tables"),
            "inputs": [f"intake.{part}" for part in PARTS] if column == "rows_read" else None,
        }


def _records(tables: Mapping[str, pa.Table], counts: RowCounts, labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    if "snapshot" not in tables:
        return
    method = "Records of the newest snapshot of every kind; names that only appear inside them do not count."
    streams: defaultdict[str, list[int]] = defaultdict(list)
    for row in tables["snapshot"].to_pylist():
        streams[row["system"]] += [present_count(row)] if row["stream"] != NAMES else []
    listed = {system: count for system, count in counts.records.items() if streams[system]}
    for system, count in listed.items():
        where = f"system = {quoted_text(system)} AND stream <> {quoted_text(NAMES)}"
        yield {
            **_counted(
                f"snapshot.records.{system}",
                f"Records in {labels.get(system, system)}",
                count,
                method,
                ("snapshot", where),
            ),
            "formula": _sum_text(streams[system], "kinds"),
        }
    if not listed:
        return
    yield {
        **_counted(
            "snapshot.records",
            "Records in all systems",
            counts.record_count,
            method,
            ("snapshot", f"stream <> {quoted_text(NAMES)}"),
        ),
        "formula": _sum_text(list(listed.values()), "systems"),
        "inputs": [f"snapshot.records.{system}" for system in listed],
    }


def _sum_text(parts: Sequence[int], what: str) -> str:
    """Return a sum as it is added up; of very many parts, how many there are."""
    if len(parts) > _MAX_PARTS:
        return f"sum of {len(parts):,} {what} = {sum(parts):,}"
    return f"{' + '.join(f'{part:,}' for part in parts) or '0'} = {sum(parts):,}" if len(parts) != 1 else f"{parts[0]:,}"


def _duplicates(tables: Mapping[str, pa.Table], labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    cluster = tables.get("cluster")
    if cluster is None or not cluster.num_rows:
        return
    records: Counter[str] = Counter()
    distinct: defaultdict[str, set[str]] = defaultdict(set)
    listed: set[str] = set()
    for key, cluster_id in zip(cluster["record_key"].to_pylist(), cluster["cluster_id"].to_pylist(), strict=True):
        system, stream = key.split("/", 2)[:2]
        records[system] += 1
        distinct[system].add(cluster_id)
        listed |= {system} if stream != NAMES else set()
    extra = {system: records[system] - len(distinct[system]) for system in sorted(records)}
    for system, count in extra.items():
        what = "Duplicate records" if system in listed else "Names written in more than one way"
        method = _METHODS[system in listed]
        nouns = "records" if system in listed else "spellings"
        low, high = wilson_interval(count, records[system])
        own = f"starts_with(record_key, {quoted_text(system + '/')})"
        where = {"source_table": "cluster", "source_filter": f"{own} AND {_several(own)}"}
        counted = {"n": records[system], "evidence": "measured", "method": method, **where}
        yield {
            "figure_id": f"match.duplicate_count.{system}",
            "label": f"{what} in {labels.get(system, system)}",
            "value": float(count),
            "unit": "count",
            "formula": f"{records[system]:,} {nouns} of {len(distinct[system]):,} different ones",
            **counted,
        }
        yield {
            "figure_id": f"match.duplicate_share.{system}",
            "label": f"Share of {what[0].lower() + what[1:]} in {labels.get(system, system)}",
            "value": count / records[system],
            "unit": "share",
            "low": low,
            "high": high,
            "formula": f"{count} / {records[system]}",
            **counted,
        }
    if not listed:
        return
    is_listed = f"split_part(record_key, '/', 1) IN ({', '.join(quoted_text(system) for system in sorted(listed))})"
    yield {
        **_counted(
            "match.duplicate_count",
            "Duplicate records in all systems",
            sum(count for system, count in extra.items() if system in listed),
            _METHODS[True],
            ("cluster", f"{is_listed} AND {_several(is_listed, by_system=True)}"),
        ),
        "formula": _sum_text([extra[system] for system in extra if system in listed], "systems"),
        "n": sum(count for system, count in records.items() if system in listed),
        "inputs": [f"match.duplicate_count.{system}" for system in extra if system in listed],
    }


def _several(own: str, *, by_system: bool = False) -> str:
    """Return the condition that a row of CLUSTER shares its cluster with another one that fulfils ``own``."""
    keys = "split_part(record_key, '/', 1), cluster_id" if by_system else "cluster_id"
    return f"({keys}) IN (SELECT ({keys}) FROM cluster WHERE {own} GROUP BY {keys} HAVING count(*) > 1)"


def _open_pairs(tables: Mapping[str, pa.Table]) -> Iterator[dict[str, Any]]:
    pair = tables.get("pair")
    if pair is None:
        return
    counts = Counter(pair["decision"].to_pylist())
    for decision, (figure_id, label) in _PAIRS.items():
        yield {
            **_counted(
                figure_id,
                label,
                counts[decision],
                "Pairs of records that were compared field by field.",
                ("pair", f"decision = {quoted_text(decision)}"),
            ),
            "formula": f"{counts[decision]:,} of {pair.num_rows:,} pairs",
            "n": pair.num_rows,
        }


def _counted(figure_id: str, label: str, count: int, method: str, source: tuple[str, str]) -> dict[str, Any]:
    source_table, source_filter = source
    return {
        "figure_id": figure_id,
        "label": label,
        "value": float(count),
        "unit": "count",
        "evidence": "measured",
        "method": method,
        "source_table": source_table,
        "source_filter": source_filter,
    }
