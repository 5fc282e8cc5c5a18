"""The small hand-written client, audited: what desks are tested with."""

import shutil
from pathlib import Path

from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages

MINI = Path(__file__).resolve().parents[3] / "golden" / "mini" / "client"


def audited_mini(folder: Path) -> Path:
    """Return a copy of the small client, pulled and computed as far as the money."""
    shutil.copytree(MINI, folder)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement, "roi")
    engagement.close()
    return folder
