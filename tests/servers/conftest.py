"""Servers of a test's own, and the keys by which they are asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.systems import (
    Redmine,
    Tryton,
    Vendure,
    fill_shop,
    running_redmine,
    running_tryton,
    running_vendure,
)

collect_ignore_glob = ["programs/*.py"]
"""Programs of other environments: they import each other, and what is installed there."""


@pytest.fixture
def tryton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tryton]:
    """Yield a Tryton of the test's own, as seeded."""
    with running_tryton(tmp_path) as system:
        monkeypatch.setenv("TRYTON_KEY", system.key)
        yield system


@pytest.fixture
def redmine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redmine]:
    """Yield a Redmine of the test's own, as seeded."""
    with running_redmine(tmp_path) as system:
        monkeypatch.setenv("REDMINE_KEY", system.key)
        yield system


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendure]:
    """Yield a shop of the test's own: customers, and a product in three sizes."""
    with running_vendure(tmp_path) as system:
        fill_shop(system)
        monkeypatch.setenv("VENDURE_TOKEN", system.token)
        yield system
