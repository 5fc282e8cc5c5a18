"""Appendix: a page for each column of each list, closed until it is asked for, with the rows that fail."""

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from toolkit.report.blocks import Block, Heading, Note, Paragraph
from toolkit.report.column_pages import column_page, is_told
from toolkit.report.document import Section
from toolkit.report.quality_examples import finding_names
from toolkit.report.record_names import counted_text
from toolkit.report.run import RunTables

_MOST_COLUMNS = 600
_MOST_FINDINGS = 25


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the columns of each list under its name."""
    profiles = [
        row for row in run.table("column_profile").to_pylist() if is_told(row["column"]) and row["stream"] != "names"
    ]
    if not profiles:
        return (Note(("No column has been looked at.",)),)
    findings = _findings(run)
    few = [row for rows, _ in findings.values() for row in rows]
    names = finding_names(run, few)
    blocks: list[Block] = [
        Paragraph(("Open a column to see how its values spread, and which of its rows to look at.",)),
    ]
    held = {(row["system"], row["stream"]): row["rows"] for row in run.table("snapshot").to_pylist()}
    before: tuple[str, ...] = ()
    for profile in profiles[:_MOST_COLUMNS]:
        place: tuple[str, str] = (profile["system"], profile["stream"])
        if place != before:
            heading = f"{run.label(place[0])} {place[1].replace('_', ' ')}"
            blocks.append(Heading(f"{heading} ({_counts(profile['rows'], held.get(place, 0))})"))
        before = place
        rows, count = findings.get((*place, profile["column"]), ([], 0))
        blocks.append(column_page(run, profile, rows, names, failing_count=count))
    if len(profiles) > _MOST_COLUMNS:
        blocks.append(Note((f"{counted_text(len(profiles) - _MOST_COLUMNS)} more columns are left out here.",)))
    return tuple(blocks)


def _counts(looked_at: int, held: int) -> str:
    """Return how many records were looked at, and of how many where some are void."""
    if looked_at >= held:
        return counted_text(looked_at)
    return f"{counted_text(looked_at)} of {counted_text(held)}; cancelled, deleted and merged ones are left out"


def _findings(run: RunTables) -> dict[tuple[str, str, str], tuple[list[Mapping[str, Any]], int]]:
    """Return some findings of each column and how many there are, by its system, list and name; there may be a million."""
    finding = run.table("finding")
    found: dict[tuple[str, str, str], tuple[list[Mapping[str, Any]], int]] = {}
    for check_id in pc.unique(finding["check_id"]).to_pylist():
        own = finding.filter(pc.equal(finding["check_id"], check_id))
        system, stream = own["record_key"][0].as_py().split("/", 2)[:2]
        for column in pc.unique(own["column"]).to_pylist():
            rows = own.filter(pc.equal(own["column"], column))
            few, count = found.get((system, stream, column), ([], 0))
            few = [*few, *rows.slice(0, _MOST_FINDINGS - len(few)).to_pylist()]
            found[system, stream, column] = (few, count + rows.num_rows)
    return found


SECTION = Section("Appendix: every column", 93, build, is_appendix=True)
