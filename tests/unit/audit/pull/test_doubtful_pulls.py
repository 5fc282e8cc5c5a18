"""A pull that lost something is not called complete: records of one key, names that were not told."""

from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, VirtualClock, served
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked

SETTINGS = """\
client: Harbor
systems:
  crm:
    connector: rest
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN}}
    streams:
      people:
        entity: party
        key: [id]
        read: {{path: /people, records: results, paging: {{style: cursor, param: after, path: after}}{read}}}
        fields: {{name: name}}
"""


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "CANARY-token-4711")


def pull(engagement: Engagement) -> AskedPull:
    return pull_asked(engagement, asking=Asking(clock=VirtualClock()))


def newest(engagement: Engagement) -> dict[str, Any]:
    [row] = engagement.store.snapshots(all_streams=True).to_pylist()
    return dict(row)


def pulled_twice_each(folder: Path, first: Any, second: Any, read: str = "") -> tuple[AskedPull, dict[str, Any]]:
    """Pull two pages that have the same ids."""

    def app(asked: Asked) -> Given:
        return Given({"results": second} if asked.query.get("after") else {"results": first, "after": "2"})

    with served(app) as server:
        (folder / "engagement.yaml").write_text(SETTINGS.format(url=server.url, read=read))
        engagement = open_engagement(folder)
        try:
            return pull(engagement), newest(engagement)
        finally:
            engagement.close()


ONE = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bo"}, {"id": 3, "name": "Cy"}]
OTHER = [{"id": 1, "name": "Dan"}, {"id": 2, "name": "Eve"}, {"name": "Cy", "id": 3}, {"id": 4}]


def test_the_same_id_with_other_content_is_said(tmp_path: Path) -> None:
    """Two records vanish behind two others: nobody calls that complete, and the key is asked about."""
    found, row = pulled_twice_each(tmp_path, ONE, OTHER)

    [sentence] = found.missing
    assert sentence.startswith("crm/people: 2 ids came with different content")
    assert "is 'key' right?" in sentence
    assert not row["is_complete"]


def test_the_same_record_twice_is_no_fault(tmp_path: Path) -> None:
    """Pages overlap when a list moves: what came again as it was takes nothing away."""
    found, row = pulled_twice_each(tmp_path, ONE, [*ONE, {"id": 4}])

    assert found.missing == ()
    assert row["is_complete"]


@pytest.mark.parametrize(("later", "is_said"), [("2026-11-02T08:00:00Z", False), ("2026-11-01T08:00:00Z", True)])
def test_a_record_that_was_changed_meanwhile_is_no_fault(later: str, is_said: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a case
    """Its stamp says which version is newer; the same stamp says nothing."""
    stamped = [{"id": 1, "name": "Ann", "at": "2026-11-01T08:00:00Z"}]
    found, _ = pulled_twice_each(
        tmp_path, stamped, [{"id": 1, "name": "Anna", "at": later}], ", changed_since: {field: at, param: since}"
    )

    assert bool(found.missing) == is_said
