"""What tests of a job's screen begin with: a system on loopback that takes changes, and a plan for it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fault_server import served
from tests.stories.test_sent_jobs import client, customers
from tests.vendor_doubles import Double
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.planning import plan_job


def planned_folder(folder: Path) -> Path:
    """Return an engagement with a plan for twenty-four customers, of whom six stand there twice."""
    with client(folder, "keys"):
        engagement = open_engagement(folder)
        plan_job(engagement, "cleanup", "crm")
        engagement.close()
    return folder


@contextmanager
def planned_client(planned: Path, folder: Path, *, is_agreed: bool = True) -> Iterator[tuple[Double, Engagement]]:
    """Yield the system, as it was when the plan was made, and a copy of the engagement that asks it."""
    shutil.copytree(planned, folder)
    double = Double("keys", customers())
    with served(double) as server:
        settings = folder / "engagement.yaml"
        # How a system is reached changes no plan.
        settings.write_text(re.sub(r"http://127\.0\.0\.1:\d+", server.url, settings.read_text("utf-8")), "utf-8")
        engagement = open_engagement(folder)
        if is_agreed:
            approve_plan(engagement, "latest", "Nora")
        yield double, engagement
        engagement.close()
