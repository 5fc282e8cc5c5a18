"""Rows read, kept and put aside are the same numbers in the first line, in ``status``, in the figures and in the tables."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages
from toolkit.report.row_counts import PARTS, row_counts

CUSTOMERS = "Customer Id,Company,E-mail\n" + "".join(f"C-{n},Firm {n} Ltd,{n}@firm{n}.example\n" for n in range(1, 13))
INVOICES = "Invoice No,Customer,Invoice Date,Total\n" + "".join(
    f"INV-{n},Firm {n} Ltd,2026-01-{n:02},{100 + n}.00\n" for n in range(1, 10)
)
FILES = {"exports/crm/customers.csv": CUSTOMERS, "exports/books/invoices.csv": INVOICES}


def counted_everywhere(folder: Path) -> list[dict[str, int]]:
    """Return the counts of a pulled folder as the pull says them, as ``status`` does and as the figures do."""
    said = json.loads(call("status", folder, "--json").out)
    engagement = open_engagement(folder)
    run = run_stages(engagement)
    engagement.close()
    figures: dict[str, Any] = {row["figure_id"]: row["value"] for row in run.table("figure").to_pylist()}
    intake = run.table("intake").to_pylist()
    names = ("rows_read", *PARTS)
    return [
        {
            **{name: said["counts"][name] for name in names},
            "files": said["counts"]["files"],
            "records": _records(said["read"]),
        },
        {
            **{name: int(figures[f"intake.{name}"]) for name in names},
            "files": int(figures["intake.files"]),
            "records": int(figures["snapshot.records"]),
        },
        {
            **{name: sum(row[name] for row in intake) for name in names},
            "files": len({row["file"] for row in intake}),
            "records": sum(one["records"] for one in said["snapshots"] if one["stream"] != "names"),
        },
    ]


def _records(sentence: str) -> int:
    return int(re.sub(r"\D", "", sentence.partition(" record")[0]))


def test_counts_are_equal_everywhere_when_a_file_is_not_sent_again(tmp_path: Path) -> None:
    """A stream of which nothing came stands in the records as before, in no row of this time, and the sentence says so."""
    folder = folder_of(tmp_path / "client", FILES)
    assert call("pull", folder).code == 0
    (folder / "exports" / "crm" / "customers.csv").unlink()
    again = call("pull", folder)

    status, figures, tables = counted_everywhere(folder)
    assert status == figures == tables
    assert (status["records"], status["rows_read"], status["files"]) == (21, 9, 1)
    assert "21 records of 2 systems from 1 file (12 of them sent before; 0 rows put aside" in again.out


def test_rows_of_a_copied_file_are_read_and_repeated(tmp_path: Path) -> None:
    """The same file twice: its rows count as read twice, and once as repeated, so that the sum holds."""
    folder = folder_of(tmp_path / "client", FILES)
    shutil.copy(folder / "exports" / "crm" / "customers.csv", folder / "exports" / "crm" / "customers (1).csv")
    assert call("pull", folder).code == 0

    status, figures, tables = counted_everywhere(folder)
    assert status == figures == tables
    assert (status["rows_read"], status["rows_kept"], status["rows_repeated"]) == (33, 21, 12)
    assert status["rows_read"] == sum(status[name] for name in PARTS)


def test_a_copy_is_not_taken_for_the_file(tmp_path: Path) -> None:
    """What lies in the system's folder, under the shorter name, is read; "(1)" and what lies about elsewhere is its copy."""
    copies = {"exports/crm/customers (1).csv": CUSTOMERS, "exports/a.csv": CUSTOMERS}
    folder = folder_of(tmp_path / "client", {**FILES, **copies})
    assert call("pull", folder).code == 0

    engagement = open_engagement(folder)
    statuses = {row["file"]: row["status"] for row in engagement.store.intake()[0].to_pylist()}
    engagement.close()
    assert statuses == {
        "exports/a.csv": "same_as",
        "exports/books/invoices.csv": "read",
        "exports/crm/customers (1).csv": "same_as",
        "exports/crm/customers.csv": "read",
    }


def test_absent_records_are_counted_nowhere(tmp_path: Path) -> None:
    """A record that the newest file no longer has stays in the snapshot and stands in no count of records."""
    folder = folder_of(tmp_path / "client", FILES)
    assert call("pull", folder).code == 0
    shorter = CUSTOMERS.splitlines(keepends=True)[:-1]
    (folder / "exports" / "crm" / "customers.csv").write_text("".join(shorter), encoding="utf-8")
    assert call("pull", folder).code == 0

    status, figures, tables = counted_everywhere(folder)
    engagement = open_engagement(folder)
    snapshot = engagement.store.snapshots()
    counts = row_counts(engagement.store.intake()[0], snapshot)
    engagement.close()
    assert status == figures == tables
    assert sum(snapshot["rows_absent"].to_pylist()) == 1
    assert (counts.record_count, status["records"]) == (20, 20)
