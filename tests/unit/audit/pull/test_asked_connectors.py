"""A vendor's own file says how it is asked: the settings name the system and where its key is."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault_server import Asked, FaultServer, Given, VirtualClock, served
from toolkit import connectors, discovery
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked

PAGE = Path(__file__).resolve().parents[4] / "docs" / "adding-a-connector.md"
[CONNECTOR] = re.findall(r"```py\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
"""The example of the page."""


SETTINGS = """\
client: Harbor
systems:
  crm:
    connector: brightdesk
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN, places: {{account: harbor}}}}
"""

ROWS = [
    {"id": number, "properties": {"firstname": f"Ann {number}", "email": f"a{number}@b.example"}, "updatedAt": 1796032830000}
    for number in range(1, 4)
]


@pytest.fixture
def brightdesk(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FaultServer]:
    """Serve the vendor's interface, with its file among the connectors."""
    folder = tmp_path_factory.mktemp("connectors")
    (folder / "brightdesk.py").write_text(CONNECTOR, encoding="utf-8")
    connectors.__path__.append(str(folder))
    discovery._found.cache_clear()
    monkeypatch.setenv("CRM_TOKEN", "token-of-harbor-4711")
    limited = [True]

    def app(asked: Asked) -> Given:
        if asked.path == "/me":
            return Given({"portalId": 77, "portalName": "Harbor"})
        if limited.pop() if limited else False:
            return Given({"category": "RATE_LIMITS"}, 403)
        return Given({"results": [{"id": 9, "properties": {}}] if asked.query.get("archived") else ROWS})

    with served(app) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url))
        yield server
    connectors.__path__.remove(str(folder))
    sys.modules.pop("toolkit.connectors.brightdesk", None)
    discovery._found.cache_clear()


def pull(engagement: Engagement) -> AskedPull:
    return pull_asked(engagement, asking=Asking(clock=VirtualClock()))


def test_a_vendors_file_is_all_that_a_pull_needs(brightdesk: FaultServer, tmp_path: Path) -> None:
    """Its limits, its faults, its lists and its header; the settings say which system it is."""
    engagement = open_engagement(tmp_path)
    found = pull(engagement)
    people = engagement.store.records(["record_id", "given_name", "kind", "state", "updated_at"])[
        "crm", "people"
    ].to_pylist()
    engagement.close()

    assert found.missing == ()
    assert [(one["record_id"], one["given_name"], one["state"]) for one in people][-2:] == [
        ("3", "Ann 3", "active"),
        ("9", None, "archived"),
    ]
    assert f"{people[0]['updated_at']:%Y-%m-%d %H:%M}" == "2026-11-30 10:00"
    assert {one.headers["brightdesk-account"] for one in brightdesk.asked} == {"harbor"}


def test_an_export_of_a_system_that_is_asked_is_not_read_beside_it(brightdesk: FaultServer, tmp_path: Path) -> None:
    """What began with an export keeps its records: the same ids, and nothing twice."""
    exports = tmp_path / "exports" / "crm"
    exports.mkdir(parents=True)
    (exports / "people.csv").write_text(
        "Record ID,First Name,Email,Last Modified Date\n1,Ann 1,a1@b.example,11/01/2026\n2,Ann 2,a2@b.example,11/01/2026\n"
    )
    (tmp_path / "engagement.yaml").write_text("client: Harbor\nsystems:\n  crm: {connector: brightdesk}\n")
    engagement = open_engagement(tmp_path)
    before = pull_systems(engagement)
    engagement.close()
    (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=brightdesk.url))
    engagement = open_engagement(tmp_path)
    after = pull_systems(engagement)
    ids = sorted(engagement.store.records(["record_id"])["crm", "people"]["record_id"].to_pylist())
    engagement.close()

    assert before.missing == after.missing == ()
    assert ids == ["1", "2", "3", "9"]
