"""Results of a build whose tables had other columns are computed again, never read as if they were of today."""

import hashlib
import json
from pathlib import Path

from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages

CUSTOMERS = "Id,Company,Email\n" + "".join(f"C-{n},Firm {n} Ltd,info{n}@firm{n}.example\n" for n in range(30))


def test_a_run_whose_tables_had_other_columns_is_computed_again(tmp_path: Path) -> None:
    """The same inputs and version: without the change the run stands, with it a new one takes its place."""
    folder = folder_of(tmp_path / "client", {"exports/crm/customers.csv": CUSTOMERS})
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    first = run_stages(engagement).run_id
    again = run_stages(engagement).run_id

    file = folder / "results" / first / "run.json"
    facts = json.loads(file.read_text("utf-8"))
    facts.pop("sha256_of_the_rest")
    facts["columns_hash"] = "of another build"
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    file.write_text(json.dumps({**facts, "sha256_of_the_rest": digest}), "utf-8")
    later = run_stages(engagement)
    engagement.close()

    assert again == first
    assert later.run_id != first
    assert later.facts["columns_hash"] != "of another build"
