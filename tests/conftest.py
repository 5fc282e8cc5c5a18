"""What every test may ask for: the shared reference data, and the vectors of the cost model."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--vectors FILE``: cost-model vectors to run instead of the shared ones."""
    parser.addoption("--vectors", default=None, help="a file of cost-model vectors, in the form of cost-vectors.json")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of reference data beside the project; a laptop without it skips, CI fails."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("The shared reference data is missing, and CI skips nothing.")
        pytest.skip("needs the shared reference data beside the project")
    return SHARED
