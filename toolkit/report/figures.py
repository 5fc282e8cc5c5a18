"""Figures that are plain counts of a run's tables: rows read, records held, duplicates found, pairs to review."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.query import quoted_text
from toolkit.rates import wilson_interval
from toolkit.report.duplicate_counts import Beyond, duplicate_condition, duplicate_counts
from toolkit.report.row_counts import NAMES, PARTS, RowCounts, present_count, row_counts
from toolkit.tables import FIGURE, INTAKE, SNAPSHOT
from toolkit.values.counted import counted

_MAX_PARTS = 12
"""A sum of more parts is not written out."""

_INTAKE = {
    "rows_read": "Rows found in the files you sent",
    "rows_kept": "Rows that became records",
    "rows_quarantined": "Rows put aside, each with its reason",
    "rows_folded": "Rows that continue the record above them",
    "rows_repeated": "Rows that had been read already",
}


@dataclass(frozen=True, slots=True)
class _Words:
    """How duplicates are told: of lists, and of the names inside documents."""

    figure: str
    label: str
    nouns: str
    method: str


_WORDS = {
    False: _Words(
        "duplicate",
        "Duplicate records",
        "records",
        "Records beyond the first of each customer, supplier or person within one system's lists.",
    ),
    True: _Words(
        "spelling",
        "Names inside documents written in a further way",
        "ways of writing",
        "Names inside documents, of which the system keeps no list: ways of writing beyond the first of each.",
    ),
}
_PAIRS = {
    "review": ("match.review_count", "Pairs of records that a person should look at"),
    "related": ("match.related_count", "Pairs that are related, but not one and the same"),
}


def counted_figures(tables: Mapping[str, pa.Table], *, system_labels: Mapping[str, str] | None = None) -> pa.Table:
    """Return figures counted from ``intake``, ``snapshot``, ``cluster`` and ``pair``; absent tables give none.

    ``intake.<rows>``, ``snapshot.records[.<system>]``, ``match.duplicate_count[.<system>]``,
    ``match.duplicate_share.<system>``, the same with ``spelling`` of names inside documents, ``match.review_count`` and
    ``match.related_count``, in schema FIGURE.

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
    found = duplicate_counts(cluster)
    for is_named, by_system in ((False, found.listed), (True, found.named)):
        for system, beyond in by_system.items():
            yield from _beyond(system, labels.get(system, system), beyond, is_named=is_named)
    for is_named, by_system in ((False, found.listed), (True, found.named)):
        if not by_system:
            continue
        words = _WORDS[is_named]
        yield {
            **_counted(
                f"match.{words.figure}_count",
                f"{words.label} in all systems",
                sum(one.count for one in by_system.values()),
                words.method,
                ("cluster", duplicate_condition(None, is_named=is_named)),
            ),
            "formula": _sum_text([one.count for one in by_system.values()], "systems"),
            "n": sum(one.records for one in by_system.values()),
            "inputs": [f"match.{words.figure}_count.{system}" for system in by_system],
        }


def _beyond(system: str, label: str, beyond: Beyond, *, is_named: bool) -> Iterator[dict[str, Any]]:
    words = _WORDS[is_named]
    source = ("cluster", duplicate_condition(system, is_named=is_named))
    counted_row = _counted(
        f"match.{words.figure}_count.{system}", f"{words.label} in {label}", beyond.count, words.method, source
    )
    yield {
        **counted_row,
        "formula": f"{beyond.records:,} {words.nouns} - {beyond.distinct:,} different ones",
        "n": beyond.records,
    }
    low, high = wilson_interval(beyond.count, beyond.records)
    yield {
        **counted_row,
        "figure_id": f"match.{words.figure}_share.{system}",
        "label": f"Share of {words.label[0].lower()}{words.label[1:]} in {label}",
        "value": beyond.count / beyond.records,
        "unit": "share",
        "low": low,
        "high": high,
        "formula": f"{beyond.count:,} / {beyond.records:,}",
        "n": beyond.records,
        "inputs": [f"match.{words.figure}_count.{system}"],
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
