"""Whole audits, run once and looked at by many tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.audit.whole import Audit, copied_sample, run_audit

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.fixture(scope="session")
def harbor_pine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audit]:
    """Return the audit of the sample client, as ``demo`` makes it."""
    folder = copied_sample(tmp_path_factory.mktemp("demo") / "harbor-pine")
    found = run_audit(folder, with_pdf=True)
    yield found
    found.engagement.close()
