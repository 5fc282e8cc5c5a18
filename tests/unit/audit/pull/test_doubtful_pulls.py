"""A pull that lost something is not called complete: records of one key, names that were not told."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.fault_server import Asked, Given, VirtualClock, served
from toolkit import connectors, discovery
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.all_systems import pull_systems
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


def test_a_record_without_an_id_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    """The others are there, the one is counted and said, and the list is not called complete."""
    found, row = pulled_twice_each(
        tmp_path, ONE, [{"id": 4, "name": "Di"}, {"name": "Nobody"}, {"id": None, "name": "None"}]
    )

    [sentence] = found.missing
    assert sentence.startswith("crm/people: 2 records on page 2 without 'id' could not be told apart from others")
    assert row["rows"] == 4
    assert not row["is_complete"]


def test_a_list_of_records_without_an_id_is_none(tmp_path: Path) -> None:
    """Then the key is wrong, not the records."""
    with served(lambda _: Given({"results": [{"name": "Ann"}, {"name": "Bo"}]})) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url, read=""))
        engagement = open_engagement(tmp_path)
        [sentence] = pull(engagement).missing
        engagement.close()

    assert "answered without 'id' on page 1. Fields seen: 'name'. Mend 'key' of the stream." in sentence


@pytest.mark.parametrize(("later", "is_said"), [("2026-11-02T08:00:00Z", False), ("2026-11-01T08:00:00Z", True)])
def test_a_record_that_was_changed_meanwhile_is_no_fault(later: str, is_said: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a case
    """Its stamp says which version is newer; the same stamp says nothing."""
    stamped = [{"id": 1, "name": "Ann", "at": "2026-11-01T08:00:00Z"}]
    found, _ = pulled_twice_each(
        tmp_path, stamped, [{"id": 1, "name": "Anna", "at": later}], ", changed_since: {field: at, param: since}"
    )

    assert bool(found.missing) == is_said


CONNECTOR = '''"""Tinydesk: tickets with the name of their owner."""

from toolkit.connector import Api, Changed, Connector, Field, Lookup, Reading, SignIn, Stream

CONNECTOR = Connector(
    name="tinydesk",
    label="Tinydesk",
    category="support",
    api=Api("https://tinydesk.example", sign_in=(SignIn("bearer"),)),
    streams=(
        Stream(
            "tickets",
            "ticket",
            {"name": Field((), path=("title",)), "department": Field((), path=("(owner)",))},
            key=("id",),
            path_key=("id",),
            readings=(Reading("/tickets", records="list", changed=Changed("at", param="since")),),
            lookups=(Lookup("(owner)", "owner", Reading("/owners", records="list"), "id", ("name",)),),
        ),
    ),
)
'''


@pytest.fixture
def tinydesk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A vendor's file among the connectors."""
    folder = tmp_path_factory.mktemp("connectors")
    (folder / "tinydesk.py").write_text(CONNECTOR, encoding="utf-8")
    connectors.__path__.append(str(folder))
    discovery._found.cache_clear()
    yield
    connectors.__path__.remove(str(folder))
    sys.modules.pop("toolkit.connectors.tinydesk", None)
    discovery._found.cache_clear()


@pytest.mark.usefixtures("tinydesk")
def test_names_that_a_withdrawn_key_did_not_bring_come_with_the_next_pull(tmp_path: Path) -> None:
    """The list is incomplete with the reason; when the key is good again, nobody has to know of --full."""
    is_withdrawn = [True]

    def app(asked: Asked) -> Given:
        if asked.path == "/owners":
            return Given({}, 401) if is_withdrawn[0] else Given({"list": [{"id": 7, "name": "Kim"}]})
        ticket = {"id": 1, "title": "Printer", "owner": 7, "at": "2026-11-01T08:00:00Z"}
        return Given({"list": [] if "since" in asked.query else [ticket]})

    def owners(engagement: Engagement) -> list[Any]:
        return list(engagement.store.records(["department"])["support", "tickets"]["department"].to_pylist())

    with served(app) as server:
        (tmp_path / "engagement.yaml").write_text(
            f'client: Harbor\nsystems:\n  support:\n    connector: tinydesk\n    api: {{url: "{server.url}"}}\n'
            "    sign_in: {way: bearer, token: env:CRM_TOKEN}\n"
        )
        engagement = open_engagement(tmp_path)
        first, row = pull(engagement), newest(engagement)
        is_withdrawn[0] = False
        second, after = pull(engagement), owners(engagement)
        third, still = pull(engagement), owners(engagement)
        engagement.close()

    assert first.missing[0].startswith("support/tickets: names are not known")
    assert not row["is_complete"]
    assert (second.missing, third.missing) == ((), ())
    assert after == still == ["Kim"]
    assert "since" in [one for one in server.asked if one.path == "/tickets"][-1].query


def test_a_reason_that_is_mended_does_not_stay(tmp_path: Path) -> None:
    """The key was refused on the second page, which brings nothing new: read again, the list is complete."""
    is_refused = [True]

    def app(asked: Asked) -> Given:
        if not asked.query.get("after"):
            return Given({"results": ONE, "after": "2"})
        return Given({}, 401) if is_refused[0] else Given({"results": []})

    with served(app) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url, read=""))
        engagement = open_engagement(tmp_path)
        first, before = pull(engagement), newest(engagement)
        is_refused[0] = False
        second, after = pull(engagement), newest(engagement)
        third, last = pull(engagement), newest(engagement)
        engagement.close()

    assert "code 401" in first.missing[0]
    assert "code 401" in before["reasons"][0]
    assert second.missing == third.missing == ()
    assert (after["is_complete"], after["reasons"]) == (True, [])
    assert last["path"] == after["path"]


def test_a_system_that_was_taken_out_of_the_settings_is_missed_no_more(tmp_path: Path) -> None:
    """It never brought anything, and nobody waits for it: the next pull and the next audit say nothing of it."""
    settings = SETTINGS.format(url="http://127.0.0.1:1", read="")
    exports = tmp_path / "exports" / "shop"
    exports.mkdir(parents=True)
    (exports / "customers.csv").write_text("Customer ID,Name,Email\n1,Ann,ann@b.example\n2,Bo,bo@b.example\n")
    (tmp_path / "engagement.yaml").write_text(settings.replace("env:CRM_TOKEN", "env:NOT_SET"))
    engagement = open_engagement(tmp_path)
    first = pull_systems(engagement)
    engagement.close()
    assert any(one.startswith("crm/people was not pulled") for one in first.missing)

    (tmp_path / "engagement.yaml").write_text("client: Harbor\n")
    engagement = open_engagement(tmp_path)
    second = pull_systems(engagement)
    engagement.close()

    assert [one for one in second.missing if "crm" in one] == []


def test_status_says_why_a_list_is_not_complete_and_to_pull_it_again(tmp_path: Path) -> None:
    """A word without its reason helps nobody, and an audit does not bring what is missing."""
    pulled_twice_each(tmp_path, ONE, OTHER)

    lines = call("status", tmp_path).out.splitlines()

    [reason] = [one for one in lines if one.startswith("crm/people is not complete:")]
    assert "2 ids came with different content" in reason
    [following] = [one for one in lines if one.startswith("Next:")]
    assert following.startswith("Next: integration-audit pull ")
