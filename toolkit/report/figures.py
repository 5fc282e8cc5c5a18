"""Figures that are plain counts of a run's tables: rows read, records held, duplicates found, pairs to review."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.query import quoted_text
from toolkit.rates import wilson_interval
from toolkit.tables import FIGURE

_INTAKE = {
    "rows_read": "Rows found in the files you sent",
    "rows_kept": "Rows that became records",
    "rows_quarantined": "Rows put aside (total lines, broken rows)",
    "rows_folded": "Rows that continue the record above them",
    "rows_repeated": "Rows that had been read already",
}
_NAMES = "names"
"""Stream of the names that a system mentions without keeping a list of them."""
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
    rows = [*_intake(tables), *_records(tables, labels), *_duplicates(tables, labels), *_open_pairs(tables)]
    return FIGURE.from_rows(rows)


def _intake(tables: Mapping[str, pa.Table]) -> Iterator[dict[str, Any]]:
    intake = tables.get("intake")
    if intake is None or not intake.num_rows:
        return
    yield _counted(
        "intake.files",
        "Files (and sheets) you sent",
        intake.num_rows,
        "Counted one by one.",
        ("intake", "true"),
    )
    for column, label in _INTAKE.items():
        total = pc.sum(intake[column]).as_py() or 0
        yield _counted(f"intake.{column}", label, total, "Sum over all files.", ("intake", f"{column} > 0"))


def _records(tables: Mapping[str, pa.Table], labels: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    snapshot = tables.get("snapshot")
    if snapshot is None:
        return
    held: Counter[str] = Counter()
    for system, stream, count, absent in zip(
        *(snapshot[name].to_pylist() for name in ("system", "stream", "rows", "rows_absent")), strict=True
    ):
        if stream != _NAMES:
            held[system] += count - absent
    for system, count in sorted(held.items()):
        yield _counted(
            f"snapshot.records.{system}",
            f"Records in {labels.get(system, system)}",
            count,
            "Records of the newest snapshot of every kind; names that only appear inside them do not count.",
            ("snapshot", f"system = {quoted_text(system)} AND stream <> {quoted_text(_NAMES)}"),
        )


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
        listed |= {system} if stream != _NAMES else set()
    extra = {system: records[system] - len(distinct[system]) for system in sorted(records)}
    for system, count in extra.items():
        what = "Duplicate records" if system in listed else "Names written in more than one way"
        method = _METHODS[system in listed]
        low, high = wilson_interval(count, records[system])
        where = {"source_table": "cluster", "source_filter": f"starts_with(record_key, {quoted_text(system + '/')})"}
        counted = {"n": records[system], "evidence": "measured", "method": method, **where}
        yield {
            "figure_id": f"match.duplicate_count.{system}",
            "label": f"{what} in {labels.get(system, system)}",
            "value": float(count),
            "unit": "count",
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
    yield {
        **_counted(
            "match.duplicate_count",
            "Duplicate records in all systems",
            sum(count for system, count in extra.items() if system in listed),
            _METHODS[True],
            ("cluster", f"split_part(record_key, '/', 2) <> {quoted_text(_NAMES)}"),
        ),
        "n": sum(count for system, count in records.items() if system in listed),
        "inputs": [f"match.duplicate_count.{system}" for system in extra if system in listed],
    }


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
