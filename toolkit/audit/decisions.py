"""Decisions in and out: a reviewed workbook read back, decisions carried to another engagement."""

from dataclasses import dataclass
from pathlib import Path

from toolkit.audit.engagement import Engagement
from toolkit.files.decisions import reviewed_decisions
from toolkit.files.write import write_csv


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """How many decisions a file held, how many of them are new, and what was wrong with the others."""

    read_count: int
    new_count: int
    problems: tuple[str, ...]


def import_decisions(engagement: Engagement, file: Path) -> ImportedDecisions:
    """Read a reviewed workbook or CSV; the next audit obeys it.

    Decisions about records that no snapshot holds are named and left out.

    Raises
    ------
    InputError
        The file is no such workbook; the message says which columns it needs.
    BusyError
        Another run is writing.
    """
    read = reviewed_decisions(file)
    tables = engagement.store.records(["record_key"]).values()
    known = {key for table in tables for key in table["record_key"].to_pylist()}
    good = []
    problems = [f"{one.sheet or file.name}, line {one.line}: {one.message}" for one in read.problems]
    for one in read.decisions.to_pylist():
        unknown = [key for key in (one["key_l"], one["key_r"]) if key not in known]
        if unknown:
            problems.append(f"There is no record {unknown[0]!r} in any snapshot; its decision was left out.")
        else:
            good.append(one)
    with engagement.store.writing("import of decisions"):
        new_count = engagement.store.add_decisions(good)
    return ImportedDecisions(read.decisions.num_rows, new_count, tuple(problems))


def export_decisions(engagement: Engagement, file: Path) -> int:
    """Write the decisions that hold, the last one of each pair, to a CSV file; return how many."""
    table = engagement.store.decisions()
    last = {(row["key_l"], row["key_r"]): number for number, row in enumerate(table.to_pylist())}
    held = table.take(sorted(last.values())).select(["key_l", "key_r", "decision", "reviewer", "note"])
    write_csv(file, held)
    return int(held.num_rows)
