"""Whole audits, run once and looked at by many tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.audit.audited_folder import Audit, copied_sample, run_audit
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.store import Run

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.fixture(scope="session")
def harbor_pine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audit]:
    """Return the audit of the sample client, as ``demo`` makes it."""
    folder = copied_sample(tmp_path_factory.mktemp("demo") / "harbor-pine")
    found = run_audit(folder, with_pdf=True)
    yield found
    found.engagement.close()


@pytest.fixture(scope="session")
def scoped(harbor_pine: Audit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engagement]:
    """Return a copy of the sample client's engagement, for what adds runs: the audit itself stays as it was made."""
    folder = tmp_path_factory.mktemp("scoped") / "harbor-pine"
    shutil.copytree(harbor_pine.engagement.folder, folder)
    engagement = open_engagement(folder)
    yield engagement
    engagement.close()


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engagement, Run]]:
    """Return the hand-written client and its results, without the report."""
    folder = tmp_path_factory.mktemp("mini") / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    yield engagement, run_stages(engagement)
    engagement.close()
