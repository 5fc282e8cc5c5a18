"""What every test may ask for: the shared reference data, a headless browser, and the vectors of the cost model."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# A property is a fact, whatever else the machine does meanwhile: it has no time limit. All else is as it was (in CI the
# examples are the same in every run).
hypothesis.settings.register_profile("untimed", hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("untimed")

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


@pytest.fixture(scope="session")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small client whose systems disagree, audited once; tests work on copies."""
    from tests.unit.audit.desks.disagreeing_client import disagreeing_client

    return disagreeing_client(tmp_path_factory.mktemp("disagreeing") / "client")


@pytest.fixture(scope="session")
def handing_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the same client with customers that are missing in the books, audited once."""
    from tests.unit.audit.desks.handing_over_client import handing_over_client

    return handing_over_client(tmp_path_factory.mktemp("handing-over") / "client")


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Callable[[Path], Any]]:
    """Return what opens a copy of an engagement's folder; it is closed with the test."""
    from toolkit.audit.engagement import open_engagement

    opened = []

    def copy(folder: Path) -> Any:
        shutil.copytree(folder, tmp_path / "client")
        opened.append(open_engagement(tmp_path / "client"))
        return opened[-1]

    yield copy
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def state_server() -> Iterator[Any]:
    """Yield a PostgreSQL server on which states are shared; it is started once."""
    from tests.servers.postgresql import made_server

    with made_server() as server, server.running():
        yield server


@pytest.hookimpl(tryfirst=True)
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Yield a headless browser."""
    from toolkit.report.pdf import found_browser

    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    program = found_browser()
    if program is None:
        pytest.skip("needs Chromium, Chrome or Edge")
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(program), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests on one worker, and all that look at the sample client's audit too: it is made once."""
    for item in items:
        is_story = "harbor_pine" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("harbor_pine" if is_story else item.nodeid.partition("::")[0]))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure in CI: what cannot run there has not been tested."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI skips nothing: {report.longrepr}"
