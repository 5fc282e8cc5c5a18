"""Whether sums in tables equal the text and each other: of a generated client, every count that stands in two places.

``python -m benchmarks.clients.sums [--clients 50] [--seed 1001]`` draws clients, sends some files twice and others not
again, audits them and prints each difference.
"""

import argparse
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.clients.client import client
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.audit.status import engagement_status
from toolkit.report.blocks import Table
from toolkit.report.document import Report, client_report
from toolkit.report.row_counts import PARTS, row_counts
from toolkit.report.run import RunTables, run_tables
from toolkit.report.shown import Shown, shown_figure
from toolkit.values.written import written_for

Rows = list[dict[str, Any]]
_STATUSES = ("found", "missing", "waiting", "ambiguous", "unknown")
_TOTALS = re.compile(r"all (files|systems)", re.IGNORECASE)
_CENT = 0.005


def audited_twice(seed: int, number: int, folder: Path) -> list[str]:
    """Write a client, audit it, and return every sum that differs; of some with a file sent twice, or not sent again."""
    client(seed, number).write(folder)
    files = sorted(path for path in (folder / "exports").rglob("*") if path.is_file())
    if number % 2:
        shutil.copy(files[0], files[0].with_stem(f"{files[0].stem} (1)"))
    found = audited_sums(folder)
    if number % 3 == 0 and len(files) > 1:
        files[-1].unlink()
        found += [f"sent again without {files[-1].name}: {one}" for one in audited_sums(folder)]
    return found


def audited_sums(folder: Path) -> list[str]:
    """Audit a folder and return every sum that differs."""
    with closing(open_engagement(folder)) as engagement:
        pull_snapshots(engagement)
    with closing(open_engagement(folder)) as engagement:
        run_stages(engagement)
        return sum_differences(engagement)


def sum_differences(engagement: Engagement) -> list[str]:
    """Return every sum of the latest audit that stands in two places with two values, in words; empty where all agree."""
    run = run_tables(engagement.folder)
    values = {name: row["value"] for name, row in run.figures.items() if row["value"] is not None}
    report = client_report(run)
    pairs = [
        *_rows(run, values, engagement_status(engagement.folder)),
        *_parts(values),
        *_quality(run),
        *_handoffs(run, values),
        *_money(run),
        *_tables(report),
        *_texts(run, report),
    ]
    return [f"{what}: {one} and {other}" for what, one, other in pairs if not _is_same(one, other)]


Pair = tuple[str, object, object]


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _CENT
    return one == other


def _rows(run: RunTables, values: Mapping[str, float], status: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield rows read, kept and put aside, and records, from every place that tells them."""
    intake, snapshot = run.table("intake"), run.table("snapshot")
    counts = row_counts(intake, snapshot)
    aside = Counter((row["file"], row["part"]) for row in run.table("quarantine").to_pylist())
    for row in intake.to_pylist():
        place = f"{row['file']} {row['part']}"
        yield f"rows of {place}", row["rows_read"], sum(row[name] for name in PARTS)
        yield f"rows put aside of {place}", row["rows_quarantined"], aside[row["file"], row["part"]]
    for name in ("rows_read", *PARTS):
        yield f"figure intake.{name}", values[f"intake.{name}"], sum(intake[name].to_pylist())
        yield f"status {name}", status["counts"][name], values[f"intake.{name}"]
    yield "figure intake.files", values["intake.files"], len(set(intake["file"].to_pylist()))
    yield "first line", status["read"], counts.sentence()
    records = sum(one["records"] for one in status["snapshots"] if one["stream"] != "names")
    yield "records of status", records, values["snapshot.records"]
    yield "records of the first line", f"{int(values['snapshot.records']):,}", status["read"].partition(" ")[0]


def _parts(values: Mapping[str, float]) -> Iterator[Pair]:
    """Yield each total of systems with what its parts add up to."""
    for total in ("snapshot.records", "match.duplicate_count", "match.spelling_count"):
        parts = [value for name, value in values.items() if name.startswith(f"{total}.")]
        if parts:
            yield total, values[total], sum(parts)
    if "match.duplicate_count" in values and "roi.input.duplicate_records.total" in values:
        yield "duplicates to clean up", values["roi.input.duplicate_records.total"], values["match.duplicate_count"]
    if "reconcile.different_count" in values and "roi.input.mismatched_records.total" in values:
        yield "differences to settle", values["roi.input.mismatched_records.total"], values["reconcile.different_count"]
    counts = [value for name, value in values.items() if name.startswith("roi.not_invoiced_count.") and "total" not in name]
    if counts:
        yield "not invoiced", values["roi.not_invoiced_count.total"], sum(counts)


def _quality(run: RunTables) -> Iterator[Pair]:
    """Yield the values checked and failing, by check, by system, by rule and record by record."""
    checks, findings = run.table("check").to_pylist(), Counter(run.table("finding")["check_id"].to_pylist())
    for row in checks:
        yield f"findings of {row['check_id']}", row["failing"], findings[row["check_id"]]
    failing = sum(row["failing"] for row in checks)
    rules = [row for name, row in run.figures.items() if name.startswith("quality.failing.")]
    yield "failing values by rule", sum(row["value"] for row in rules), failing
    systems = [row for name, row in run.figures.items() if name.startswith("quality.score.")]
    if checks:
        yield "values checked by system", sum(row["n"] for row in systems), run.figures["quality.score"]["n"]


def _handoffs(run: RunTables, values: Mapping[str, float]) -> Iterator[Pair]:
    """Yield what became of the items of each handoff, item by item and month by month."""
    fates = Counter((row["handoff_id"], row["status"]) for row in run.table("counterpart").to_pylist())
    months = run.table("handoff_month").to_pylist()
    for row in months:
        place = f"{row['handoff_id']} in {row['month']}"
        yield f"items of {place}", row["items"], sum(row[name] for name in _STATUSES)
    for row in run.table("coverage").to_pylist():
        name = ".".join((row["system_l"], row["system_r"], row["role"]))
        parts = sum(row[one] for one in ("both", "only_l", "only_r", "ambiguous"))
        yield f"parties of {name}", run.figures[f"reconcile.coverage_both.{name}"]["n"], parts
    for handoff in run.handoff_labels():
        for status in ("missing", "waiting", "extra", "ambiguous"):
            figure = f"reconcile.{status}_count.{handoff}"
            if figure in values:
                yield figure, values[figure], fates[handoff, status]


def _money(run: RunTables) -> Iterator[Pair]:
    """Yield the lines of the cost with their sum, and the handoffs with theirs, every input at its likely value."""
    lines = run.table("cost_line").to_pylist()
    by_case: dict[str, Rows] = {}
    for row in lines:
        by_case.setdefault(row["handoff_id"], []).append(row)
    for case_id, rows in by_case.items():
        total = next(row for row in rows if row["line"] == "total")
        for side in ("now_likely", "after_likely"):
            parts = [row[side] for row in rows if row["line"] != "total" and row["is_added"]]
            if total[side] is not None and None not in parts:
                yield f"cost lines of {case_id}, {side}", total[side], sum(parts)
    included = [row["handoff_id"] for row in run.table("recommendation").to_pylist() if row["is_in_total"]]
    case = {(row["handoff_id"], row["metric"]): row["likely"] for row in run.table("case").to_pylist()}
    for metric in ("cost_now_per_month", "cost_after_per_month", "net_saving_per_month", "hours_now", "hours_after"):
        total = case.get(("total", metric))
        parts = [case.get((name, metric)) for name in included]
        if total is not None and None not in parts:
            yield f"{metric} of all handoffs", total, sum(part for part in parts if part is not None)


def _tables(report: Report) -> Iterator[Pair]:
    """Yield each row of a table that adds the others up, with what they add up to."""
    for table in _in_blocks(report):
        totals = [row for row in table.rows if _TOTALS.match(_text(row[0]))]
        rows = [row for row in table.rows if row not in totals]
        if len(totals) != 1 or table.row_count not in {None, len(table.rows)}:
            continue
        for place, cell in enumerate(totals[0]):
            added = [_number(row[place]) for row in rows]
            number = _number(cell)
            if number is not None and "%" not in _text(cell):
                yield f"{table.caption}, {table.columns[place]}", number, sum(one or 0 for one in added)


def _texts(run: RunTables, report: Report) -> Iterator[Pair]:
    """Yield each number of the page that is no figure's value nor an end of its range, with that figure."""
    with written_for(run.country):
        for shown in _shown(report.blocks):
            row = run.figures.get(shown.figure_id)
            ends = [] if row is None else [row[name] for name in ("value", "low", "high") if row[name] is not None]
            told = [shown_figure({shown.figure_id: {**(row or {}), "value": end}}, shown.figure_id).text for end in ends]
            number = _number(shown)
            is_told = number is None or number in [_number(one) for one in told]
            yield f"{shown.figure_id} on the page", number, number if is_told else " or ".join(told)


def _in_blocks(report: Report) -> Iterator[Table]:
    yield from (block for block in report.blocks if isinstance(block, Table))


def _shown(value: object) -> Iterator[Shown]:
    if isinstance(value, Shown):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _shown(one)
    else:
        for name in ("pieces", "rows", "figures", "items", "paragraphs"):
            if hasattr(value, name):
                yield from _shown(getattr(value, name))


def _text(cell: object) -> str:
    return cell.text if isinstance(cell, Shown) else cell if isinstance(cell, str) else ""


def _number(cell: object) -> float | None:
    """Return the number that a cell begins with, as the reader's country writes it; none where it has none."""
    found = re.match(r"[−-]?[$£€¥₹]?\s*\d[\d,.’\u202f\xa0]*", _text(cell))
    if not found:
        return None
    text = re.sub(r"[$£€¥₹’\u202f\xa0\s]", "", found.group()).replace("−", "-").rstrip(".,")
    # What three digits follow are thousands; of both signs the last is the decimal one.
    decimal = re.search(r"[.,](\d{1,2}|\d{4,})$", text)
    whole = re.sub(r"[.,]", "", text[: decimal.start()] if decimal else text)
    return float(f"{whole}.{decimal.group(1)}" if decimal else whole)


def lines(seed: int, numbers: Iterable[int]) -> Iterator[str]:
    """Yield the differences of each client, then how many there are."""
    count = clients = 0
    for number in numbers:
        with tempfile.TemporaryDirectory(prefix="sums-") as home:
            found = audited_twice(seed, number, Path(home) / "client")
        clients, count = clients + 1, count + len(found)
        yield from (f"client {number}: {one}" for one in found)
    yield f"{count} differences in {clients} clients"


def main() -> None:
    """Draw, audit, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--first", type=int, default=0, help="number of the first client")
    given = parser.parse_args()
    for line in lines(given.seed, range(given.first, given.first + given.clients)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
