"""What tests of screens share: one JupyterLab for all of a worker, a browser that reaches this machine only."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.lab.jupyter import Lab, running_lab
from toolkit.audit.audited_folder import copied_sample
from toolkit.audit.engagement import open_engagement
from toolkit.audit.notebook_copies import copy_notebooks
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.report.pdf import found_browser

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--enable-precise-memory-info")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield a JupyterLab on loopback with folders of its own; it ends with the tests."""
    with running_lab(tmp_path_factory.mktemp("lab")) as made:
        yield made


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample client, pulled and computed once; tests work on copies."""
    folder = copied_sample(tmp_path_factory.mktemp("audited") / "harbor-pine")
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement)
    engagement.close()
    copy_notebooks(folder)
    return folder


@pytest.fixture
def client(lab: Lab, audited: Path, request: pytest.FixtureRequest) -> Path:
    """Return a copy of the audited sample client that JupyterLab shows: a folder of its own for each test."""
    folder = lab.folder / re.sub(r"\W+", "-", request.node.name)[:60]
    shutil.copytree(audited, folder)
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Yield a headless browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    program = found_browser()
    if program is None:
        pytest.skip("needs Chromium, Chrome or Edge")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(program), args=[*FLAGS])
        yield opened
        opened.close()


@contextmanager
def new_page(chromium: Any, *, width: int = 1280, height: int = 900) -> Iterator[Any]:
    """Yield a page of its own, as a second person has; what leaves this machine is refused, and what fails is a failure."""
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    problems: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def only_here(route: Any) -> None:
        address = route.request.url
        if address.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            route.continue_()
        else:
            asked.append(address)
            route.abort()

    page.route("**/*", only_here)
    yield page
    context.close()
    assert (problems, asked) == ([], [])


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Yield a page of the browser."""
    with new_page(chromium) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put every test of this folder under the marker ``lab``, each file on one worker."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.lab)
