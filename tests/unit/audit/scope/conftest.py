"""The hand-written client, audited once, with whatever a test adds to its settings."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages

Client = Callable[..., Engagement]


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the client's folder with its scope worked out."""
    folder = tmp_path_factory.mktemp("planned") / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement, "scope")
    engagement.close()
    return folder


@pytest.fixture
def client(planned: Path, tmp_path: Path) -> Iterator[Client]:
    """Return a way to open a copy of the client whose engagement.yaml goes on as given, a part of it replaced."""
    opened: list[Engagement] = []

    def with_settings(more: str, old: str = "", new: str = "") -> Engagement:
        folder = tmp_path / f"client-{len(opened)}"
        shutil.copytree(planned, folder)
        file = folder / "engagement.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(f"{text.replace(old, new, 1)}\n{more}", "utf-8")
        opened.append(open_engagement(folder))
        return opened[-1]

    yield with_settings
    for one in opened:
        one.close()
