"""A merge does not lose that somebody wants no mail."""

import csv
import json
import shutil
from pathlib import Path

from tests.command_line import call
from toolkit.audit.audited_folder import Audit

STAYED, REFUSED = "14046931050", "16375542006"
"""Two entries of one contact of the sample client; by the usual rules the first one stays, which was changed later."""


def test_the_entry_that_wants_no_mail_stays(tmp_path: Path, harbor_pine: Audit) -> None:
    """Of two entries of a contact one is unsubscribed: it stays, whatever else speaks for the other."""
    folder = tmp_path / "harbor-pine"
    shutil.copytree(harbor_pine.engagement.folder, folder)
    [export] = (folder / "exports" / "crm").glob("*contacts*.csv")
    with export.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    name = head.index("Record ID")
    with export.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [[*head, "Unsubscribed from all email"], *([*row, "true" if row[name] == REFUSED else "false"] for row in rows)]
        )
    assert call("audit", folder).code == 0

    called = call("plan", "cleanup", "crm", folder, "--json")
    plan = json.loads((folder / "plans" / f"{json.loads(called.out)['plan']}.json").read_text("utf-8"))
    archived = {one["target_id"] for one in plan["body"]["ops"] if one["action"] == "archive"}

    assert STAYED in archived
    assert REFUSED not in archived
