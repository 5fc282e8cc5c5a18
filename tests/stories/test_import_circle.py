"""The sample client's CRM is cleaned by files alone: imported, exported and pulled again, then taken back."""

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from toolkit.apply.imports.import_files import UNDO_BY_HAND, ImportPackage
from toolkit.audit.audited_folder import Audit
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.planning import PlanMade, plan_job
from toolkit.audit.jobs.writing import plan_files
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records

Rows = list[dict[str, str]]
_KEPT = {"raw", "parent_key"}


@pytest.fixture(scope="module")
def client(harbor_pine: Audit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Return the sample client in a folder of its own."""
    folder = tmp_path_factory.mktemp("circle") / "client"
    shutil.copytree(harbor_pine.engagement.folder, folder)
    engagement = open_engagement(folder)
    yield engagement
    engagement.close()


def rows_of(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def parties(engagement: Engagement) -> dict[str, dict[str, Any]]:
    """Return the CRM's records, as they were pulled last, by key."""
    table = engagement_records(engagement).parties
    own = table.filter(pc.equal(table["system"], "crm")).to_pylist()
    return {row["record_key"]: {name: row[name] for name in row if name not in _KEPT} for row in own}


def imported(engagement: Engagement, package: ImportPackage, folder: str) -> None:
    """Do what the vendor's import does: find each record by its id, and leave a field whose cell is empty."""
    for one in package.files:
        if not one.name.startswith(folder) or one.name == UNDO_BY_HAND or not one.name.endswith(".csv"):
            continue
        [path] = (engagement.folder / "exports" / "crm").glob(f"*all-{one.name.rpartition('-')[2]}".replace(".csv", "-*"))
        exported = rows_of(path.read_bytes())
        by_id = {row["Record ID"]: row for row in exported}
        for row in rows_of(one.content):
            assert row.keys() <= by_id[row["Record ID"]].keys()
            by_id[row["Record ID"]].update({header: cell for header, cell in row.items() if cell})
        write(path, exported)
    pull_snapshots(engagement)


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def updates(made: PlanMade) -> dict[str, dict[str, str | None]]:
    """Return what becomes of each record that a file changes, by key."""
    found: dict[str, dict[str, str | None]] = defaultdict(dict)
    for one in made.saved.plan.operations:
        if one.action == "update":
            found[f"crm/{one.stream}/{one.target_id}"].update(one.after)
    return found


def test_what_is_imported_is_pulled_as_planned_and_taken_back(client: Engagement) -> None:
    """Every field that a file changes, and no other; afterwards all is as it was but for what the list says to empty."""
    before = parties(client)
    made = plan_job(client, "cleanup", "crm")
    package = plan_files(client, made.kept.name).package

    imported(client, package, "0")

    planned, after = updates(made), parties(client)
    assert len(planned) == package.by_file > 700
    assert {key: {name: after[key][name] for name in values} for key, values in planned.items()} == planned
    assert {key: row for key, row in after.items() if key not in planned} == {
        key: row for key, row in before.items() if key not in planned
    }

    imported(client, package, "undo/")

    told: dict[str, str] = defaultdict(str)
    for line in rows_of(package.file(UNDO_BY_HAND).content):
        told[f"crm/{line['kind']}/{line['id']}"] += line["what to do"]
    back = parties(client)
    left = {(key, name) for key, row in back.items() for name in row if row[name] != before[key][name]}
    assert 0 < len(left) < 60
    assert {(key, name) for key, name in left if not is_told(told[key], name)} == set()


def is_told(text: str, name: str) -> bool:
    """Whether the list says that a field is put back by hand."""
    words = name.replace("_", " ")
    return f"Empty the {words}." in text or f"Set the {words} to what it was before." in text
