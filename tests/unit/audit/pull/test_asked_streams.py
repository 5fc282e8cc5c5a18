"""Systems that are asked become snapshots: whole, by changes only, and one that fails leaves the others."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import NOON, Asked, FaultServer, Given, ListSystem, VirtualClock, people, served
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.all_systems import SystemsPull, pull_systems
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.store.snapshots import read_snapshot

SETTINGS = """\
client: Harbor
currency: USD
country: US
systems:
  crm:
    connector: rest
    category: crm
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN}}
    streams:
      people:
        entity: party
        key: [id]
        kind: person
        read:
          path: /people
          records: results
          count: total
          paging: {{style: cursor, param: after, path: paging.next.after}}
          changed_since: {{field: updated_at, param: updated_after}}
        fields: {{name: name, email: contact.email, updated_at: updated_at}}
"""

DEALS = """\
      deals:
        entity: deal
        key: [id]
        read: {path: /deals, records: results}
        fields: {name: title, amount_minor: amount, party_name: customer.name, created_at: created}
"""


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "CANARY-token-4711")


@contextmanager
def engaged(folder: Path, url: str, more: str = "") -> Iterator[Engagement]:
    (folder / "engagement.yaml").write_text(SETTINGS.format(url=url) + more)
    engagement = open_engagement(folder)
    try:
        yield engagement
    finally:
        engagement.close()


def pull(folder: Path, server: FaultServer, more: str = "", **asking: Any) -> AskedPull:
    with engaged(folder, server.url, more) as engagement:
        return pull_asked(engagement, asking=Asking(clock=VirtualClock(), **asking))


def held(
    folder: Path, stream: str = "people", columns: tuple[str, ...] = ("record_id", "name", "state")
) -> list[tuple[Any, ...]]:
    with engaged(folder, "http://127.0.0.1:1") as engagement:
        [row] = [row for row in engagement.store.snapshots(all_streams=True).to_pylist() if row["stream"] == stream]
    table = read_snapshot(folder / row["path"], row["entity"], columns)
    return sorted(zip(*(table[name].to_pylist() for name in columns), strict=True), key=str)


def test_a_first_pull_without_records_says_so(tmp_path: Path) -> None:
    """Nothing is missing by the system's own word, and yet a right may lack; the next pull says it again."""
    nobody = ListSystem([])

    def system(asked: Asked) -> Given:
        return Given({"results": []}) if asked.path == "/deals" else nobody(asked)

    sentence = "crm: no records of deals and people came. It has none, or the sign-in may not see them."
    with served(system) as server:
        found = [pull(tmp_path, server, DEALS), pull(tmp_path, server, DEALS, is_full=True)]
        assert [(one.missing, one.notes) for one in found] == [((), (sentence,))] * 2
        assert held(tmp_path) == []
        nobody.records = people(3)

        assert sentence not in pull(tmp_path, server, DEALS, is_full=True).notes


def test_a_described_system_becomes_a_snapshot(tmp_path: Path) -> None:
    """Every record once, in the columns that the settings name, the record as it was sent beside it."""
    with served(ListSystem(people(35))) as server:
        found = pull(tmp_path, server)

    assert found == AskedPull()
    rows = held(tmp_path, columns=("record_id", "email", "kind", "raw"))
    assert len(rows) == 35
    assert ("7", "p7@example.com", "person") in [row[:3] for row in rows]
    assert json.loads(rows[0][3])["contact"] == {"email": "p1@example.com"}
    assert {one.headers["authorization"] for one in server.asked} == {"Bearer CANARY-token-4711"}


def test_the_next_pull_asks_for_changes_only(tmp_path: Path) -> None:
    """From the last change that was seen, ten minutes back; what did not change stays."""
    system = ListSystem(people(35))
    with served(system) as server:
        pull(tmp_path, server)
        system.records[4] |= {"name": "Renamed", "updated_at": "2026-11-29T09:00:00Z"}
        system.records.append({"id": 36, "name": "New", "updated_at": "2026-11-29T10:00:00Z"})
        server.asked.clear()
        found = pull(tmp_path, server)

    assert server.asked[0].query["updated_after"] == "2026-11-28T07:50:00Z"
    assert len(server.asked) == 1
    assert found.missing == ()
    names = {row[0]: row[1] for row in held(tmp_path)}
    assert len(names) == 36
    assert (names["5"], names["36"], names["6"]) == ("Renamed", "New", "Person 6")


def test_f37_a_late_row_with_an_older_stamp_is_caught_by_the_look_back(tmp_path: Path) -> None:
    """It was committed after the pull with a stamp from before it."""
    system = ListSystem(people(27))
    with served(system) as server:
        pull(tmp_path, server)
        system.records.append({"id": 99, "name": "Late", "updated_at": "2026-11-28T07:55:00Z"})
        pull(tmp_path, server)

    assert ("99", "Late", "active") in held(tmp_path)


def test_everything_may_be_asked_for_again_and_shows_what_is_gone(tmp_path: Path) -> None:
    """A pull of changes cannot see that a record is gone; a full one can."""
    system = ListSystem(people(20))
    with served(system) as server:
        pull(tmp_path, server)
        system.records.pop(0)
        pull(tmp_path, server)
        assert ("1", "Person 1", "active") in held(tmp_path)
        pull(tmp_path, server, is_full=True)

    assert ("1", "Person 1", "absent") in held(tmp_path)
    assert "updated_after" not in server.asked[-1].query


def test_deleted_records_that_a_list_names_are_deleted_not_absent(tmp_path: Path) -> None:
    """The vendor says so, which is more than not finding them."""
    system, gone = ListSystem(people(5)), [{"key": 2}]
    also = "        also_read: [{path: /gone, records: ids, state: deleted, only_keys: true, key: key}]\n"

    def app(asked: Asked) -> Given:
        return Given({"ids": gone}) if asked.path == "/gone" else system(asked)

    with served(app) as server:
        gone.clear()
        pull(tmp_path, server, also)
        gone.append({"key": 2})
        pull(tmp_path, server, also)

    assert [row for row in held(tmp_path) if row[2] != "active"] == [("2", "Person 2", "deleted")]


def test_archived_records_stand_beside_the_others(tmp_path: Path) -> None:
    """They are in a list of their own, and keep their state."""
    also = "        also_read: [{path: /archive, records: results, state: archived}]\n"

    def app(asked: Asked) -> Given:
        return Given({"results": [{"id": 70, "name": "Old"}]}) if asked.path == "/archive" else ListSystem(people(2))(asked)

    with served(app) as server:
        pull(tmp_path, server, also)

    assert ("70", "Old", "archived") in held(tmp_path)


def test_f31_an_empty_answer_makes_nothing_disappear(tmp_path: Path) -> None:
    """It is flagged, and the snapshot before is used."""
    system = ListSystem(people(20))
    with served(system) as server:
        pull(tmp_path, server)
        system.records = []
        found = pull(tmp_path, server, is_full=True)

    assert "answered with no records, and had 20 before" in found.missing[0]
    assert {row[2] for row in held(tmp_path)} == {"active"}


def test_f32_a_third_of_the_usual_records_is_said_until_a_person_confirms(tmp_path: Path) -> None:
    """More than ten and more than a tenth are gone: the next audits say so."""
    system = ListSystem(people(60))
    with served(system) as server:
        pull(tmp_path, server)
        system.records = system.records[:20]
        pull(tmp_path, server, is_full=True)
        with engaged(tmp_path, server.url) as engagement:
            [presence] = [one for one in engagement.store.presences().values() if one.reason]

    assert "40 of the 60 records" in presence.reason
    assert "engagement confirm crm/people" in presence.reason


def test_f39_fields_that_changed_are_named(tmp_path: Path) -> None:
    """A renamed field is missing and never silently empty; a new one and one of another type are said."""
    system = ListSystem(people(30))
    with served(system) as server:
        pull(tmp_path, server)
        system.records = [
            {"id": str(one["id"]), "fullname": one["name"], "contact": one["contact"], "updated_at": one["updated_at"]}
            for one in system.records
        ]
        found = pull(tmp_path, server, is_full=True)

    assert any("no record has a value at 'name' any more" in one for one in found.missing)
    assert any("1 new field ('fullname')" in one for one in found.notes)


def test_a_field_that_became_another_type_is_said_and_kept_as_text(tmp_path: Path) -> None:
    """A number that was text."""
    system = ListSystem(people(30))
    with served(system) as server:
        pull(tmp_path, server)
        system.records = [{**one, "name": 7} for one in system.records]
        found = pull(tmp_path, server, is_full=True)

    assert any("'name' was text and is number now" in one for one in found.notes)
    assert held(tmp_path)[0][1] == "7"


def test_a_path_that_is_a_slip_of_the_pen_is_said_at_the_first_pull(tmp_path: Path) -> None:
    """With the path that was probably meant."""
    with served(ListSystem([{**one, "full_name": "x"} for one in people(5)])) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url).replace("name: name", "name: ful_name"))
        engagement = open_engagement(tmp_path)
        found = pull_asked(engagement, asking=Asking(clock=VirtualClock()))
        engagement.close()

    assert any("no record has a value at 'ful_name'" in one and "'full_name'" in one for one in found.missing)


def test_one_stream_that_fails_leaves_the_others(tmp_path: Path) -> None:
    """Its right is missing, which is named; the people are pulled, the result says incomplete."""

    def app(asked: Asked) -> Given:
        return Given({"message": "no"}, 403) if asked.path == "/deals" else ListSystem(people(5))(asked)

    with served(app) as server:
        found = pull(tmp_path, server, DEALS)

    assert len(held(tmp_path)) == 5
    [sentence] = found.missing
    assert sentence.startswith("crm/deals was not pulled.")
    assert "It has no snapshot yet." in sentence
    assert found.sign_in_again


def test_one_system_that_fails_leaves_the_others(tmp_path: Path) -> None:
    """Its key is nowhere: it is said what to set, and the other system is pulled."""
    other = SETTINGS[SETTINGS.index("  crm:") :].replace("  crm:", "  shop:").replace("CRM_TOKEN", "SHOP_TOKEN")
    with served(ListSystem(people(5))) as server:
        found = pull(tmp_path, server, other.format(url=server.url))

    assert len(held(tmp_path)) == 5
    assert len(found.missing) == 1
    assert found.missing[0].startswith("shop/people was not pulled.")
    assert "SHOP_TOKEN" in found.missing[0]


def test_half_a_pull_is_a_snapshot_that_says_so_and_goes_on_later(tmp_path: Path) -> None:
    """What came is there and marked incomplete; the next pull fetches the rest only."""
    is_down = True

    def app(asked: Asked) -> Given:
        return Given({}, 503) if is_down and asked.query.get("after") == "20" else ListSystem(people(50))(asked)

    with served(app) as server:
        first = pull(tmp_path, server)
        assert len(held(tmp_path)) == 20
        is_down = False
        server.asked.clear()
        second = pull(tmp_path, server)

    assert "is in trouble (503)" in first.missing[0]
    assert second.missing == ()
    assert [one.query.get("after") for one in server.asked] == ["20", "30", "40"]
    assert len(held(tmp_path)) == 50


def test_lines_of_a_document_become_lines(tmp_path: Path) -> None:
    """An order with its items: one document, its amount once, each item a line; the customers' names become parties."""
    orders = """\
      orders:
        entity: order
        key: [id]
        row: line of a document
        read: {path: /orders, records: results, lines: items}
        fields: {number: no, amount_minor: total, currency: currency, party_name: customer.name, created_at: at}
        lines: {sku: items.sku, quantity: items.count, amount_minor: items.price}
"""
    rows = [
        {
            "id": 1, "no": "A-1", "total": "30.50", "currency": "EUR", "customer": {"name": "Corley"},
            "at": "2026-11-01T10:00:00Z",
            "items": [{"sku": "x", "count": 2, "price": 10.25}, {"sku": "y", "count": 1, "price": 10}],
        },
        {"id": 2, "no": "A-2", "total": 7, "currency": "EUR", "customer": {"name": "Teasel"}, "at": "2026-11-02T10:00:00Z"},
    ]  # fmt: skip
    settings = SETTINGS[: SETTINGS.index("      people:")] + orders.replace("{", "{{").replace("}", "}}")
    with served(lambda _: Given({"results": rows})) as server:
        (tmp_path / "engagement.yaml").write_text(settings.format(url=server.url))
        engagement = open_engagement(tmp_path)
        found = pull_asked(engagement, asking=Asking(clock=VirtualClock()))
        lines = engagement.store.side_tables("lines")["crm", "orders"].to_pylist()
        streams = {row["stream"] for row in engagement.store.snapshots().to_pylist()}
        engagement.close()

    assert found.missing == ()
    assert held(tmp_path, "orders", ("record_id", "number", "amount_minor")) == [("1", "A-1", 3050), ("2", "A-2", 700)]
    assert [(one["sku"], one["quantity"], one["amount_minor"]) for one in lines if one["record_key"] == "crm/orders/1"] == [
        ("x", 2.0, 1025),
        ("y", 1.0, 1000),
    ]
    assert streams == {"orders", "names"}


def test_records_of_a_list_that_is_asked_for_each_of_another_say_whose_they_are(tmp_path: Path) -> None:
    """Invoices of each customer, which do not name the customer themselves."""
    invoices = """\
      invoices:
        entity: invoice
        key: [id]
        read: {path: /customers, records: results, parents: true}
        also_read: [{path: "/customers/{parent}/invoices", records: results}]
        fields: {number: id, party_ref: (parent), amount_minor: total}
"""

    def app(asked: Asked) -> Given:
        if asked.path == "/people":
            return ListSystem(people(2))(asked)
        if asked.path == "/customers":
            return Given({"results": [{"id": 7}, {"id": 8}]})
        number = asked.path.split("/")[2]
        return Given({"results": [{"id": f"I-{number}", "total": "12.00"}]})

    with served(app) as server:
        found = pull(tmp_path, server, invoices)

    assert found.missing == ()
    assert held(tmp_path, "invoices", ("number", "party_ref", "amount_minor")) == [("I-7", "7", 1200), ("I-8", "8", 1200)]


def test_another_company_behind_the_same_name_is_refused(tmp_path: Path) -> None:
    """The key opens another tenant than the snapshots': nothing is pulled, and both are named."""
    company = {"id": "t-1", "name": "Harbor Ltd"}

    def app(asked: Asked) -> Given:
        return Given(company) if asked.path == "/me" else ListSystem(people(5))(asked)

    def pulled() -> AskedPull:
        text = SETTINGS.replace('{{url: "{url}"}}', '{{url: "{url}", account: {{path: /me, id: id, name: name}}}}')
        (tmp_path / "engagement.yaml").write_text(text.format(url=server.url))
        engagement = open_engagement(tmp_path)
        try:
            return pull_asked(engagement, asking=Asking(clock=VirtualClock()))
        finally:
            engagement.close()

    with served(app) as server:
        first = pulled()
        company.update(id="t-2", name="Pine Ltd")
        second = pulled()

    assert first.missing == ()
    assert "open the account Pine Ltd (t-2), but its snapshots are of Harbor Ltd (t-1)" in second.missing[0]
    assert second.sign_in_again


def test_files_and_systems_stand_in_one_engagement(tmp_path: Path) -> None:
    """The ledger's export is read as ever; a later pull of one leaves what is known of the other."""
    (tmp_path / "exports" / "ledger").mkdir(parents=True)
    (tmp_path / "exports" / "ledger" / "customers.csv").write_text(
        "No,Name,City\n1,Corley,Leeds\n2,Teasel,York\n3,Marsh,Hull\n"
    )
    with served(ListSystem(people(5))) as server, engaged(tmp_path, server.url) as engagement:
        both = pull_systems(engagement)
        alone = pull_systems(engagement, ["crm"])

    def systems(pulled: SystemsPull) -> set[tuple[str, str]]:
        return {(row["system"], row["part"]) for row in pulled.files.intake.to_pylist()}

    assert ("crm", "interface") in systems(both)
    assert any(part == "" for _, part in systems(both))
    assert systems(both) == systems(alone)
    assert both.missing == alone.missing == ()


def test_f57_without_a_network_an_audit_says_how_old_what_it_uses_is(tmp_path: Path) -> None:
    """The last snapshot counts, its day is named, and nothing is lost."""
    with served(ListSystem(people(5))) as server:
        pull(tmp_path, server)
        server.shutdown()
        server.server_close()
        found = pull(tmp_path, server)
        with engaged(tmp_path, server.url) as engagement:
            later = pull_systems_of_files(engagement)

    assert "cannot be reached at 127.0.0.1" in found.missing[0]
    assert "Its snapshot of" in found.missing[0]
    assert found.missing[0] in later
    assert len(held(tmp_path)) == 5


def pull_systems_of_files(engagement: Engagement) -> tuple[str, ...]:
    """Read the files as an audit does, which asks no system."""
    from toolkit.audit.pull.snapshots import pull_snapshots

    return pull_snapshots(engagement).missing


def test_an_audit_before_the_first_pull_says_what_to_type(tmp_path: Path) -> None:
    """It asks no system by itself."""
    with engaged(tmp_path, "http://127.0.0.1:1") as engagement, pytest.raises(SnapshotMissingError, match="audit pull"):
        pull_systems_of_files(engagement)


def test_a_day_and_everything_cannot_both_be_asked_for(tmp_path: Path) -> None:
    """One of them is meant."""
    with engaged(tmp_path, "http://127.0.0.1:1") as engagement, pytest.raises(InputError, match="not for both"):
        pull_systems(engagement, since=datetime(2026, 11, 1, tzinfo=UTC), is_full=True)


def test_what_is_kept_of_a_pull_holds_no_key(tmp_path: Path) -> None:
    """Neither the pages, nor what the next pull begins with, nor the manifest, nor the state."""
    is_down = True

    def app(asked: Asked) -> Given:
        return Given({}, 503) if is_down and asked.query.get("after") == "20" else ListSystem(people(50))(asked)

    with served(app) as server:
        pull(tmp_path, server)
        (tmp_path / "pages").write_bytes(next(tmp_path.rglob("pages.partial")).read_bytes())
        is_down = False
        pull(tmp_path, server)

    texts = {
        path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "engagement.yaml"
    }
    assert "last.json" in texts
    assert [name for name, text in texts.items() if b"CANARY" in text] == []


@pytest.mark.parametrize(
    "stamps", [["2026-11-10 09:00:00"], ["2026-11-10T10:00:00+02:00", "2026-11-10T08:30:00Z", "2026-11-09"]]
)
def test_stamps_without_a_zone_or_of_several_lose_nothing(tmp_path: Path, stamps: list[str]) -> None:
    """A stamp that does not say its zone is no place to go on from; of several the newest moment counts."""
    rows = [{"id": number, "name": "x", "updated_at": stamp} for number, stamp in enumerate(stamps)]
    asked: list[str] = []

    def app(one: Asked) -> Given:
        asked.append(one.query.get("updated_after", ""))
        return Given({"results": rows, "total": len(rows)})

    with served(app, lambda: NOON) as server:
        pull(tmp_path, server)
        found = pull(tmp_path, server)

    assert found.missing == ()
    assert asked == ["", "2026-11-30T11:50:00Z" if len(stamps) == 1 else "2026-11-10T08:20:00Z"]
    assert len(held(tmp_path)) == len(stamps)


def test_the_manifest_says_what_the_pull_was(tmp_path: Path) -> None:
    """Counts, pages, the system's own total, its time, and that it is whole."""
    with served(ListSystem(people(35))) as server:
        pull(tmp_path, server)

    [path] = (tmp_path / "snapshots" / "crm" / "people").glob("*.json")
    manifest = json.loads(path.read_text())
    facts = manifest["pull"]
    assert manifest["is_complete"] is True
    assert (facts["received"], facts["unique"], facts["total"], facts["pages"]) == (35, 35, 35, 4)
    assert facts["newest_at"] == "2026-11-28T08:00:00+00:00"
    assert facts["clock_offset_s"] is not None


def test_names_on_documents_count_until_a_list_says_who_the_parties_are(tmp_path: Path) -> None:
    """An empty list says nothing; once it has somebody, nobody is there twice."""
    deal = {"id": 1, "title": "Lobby", "amount": 5, "customer": {"name": "Acme"}, "created": "2026-11-01T10:00:00Z"}
    listed: list[dict[str, Any]] = []

    def app(asked: Asked) -> Given:
        return Given({"results": listed if asked.path == "/people" else [deal]})

    def streams() -> set[str]:
        with engaged(tmp_path, server.url, DEALS) as engagement:
            return {row["stream"] for row in engagement.store.snapshots().to_pylist()}

    with served(app) as server:
        pull(tmp_path, server, DEALS)
        before = streams()
        listed.extend(people(2))
        pull(tmp_path, server, DEALS)
        after = streams()

    assert before == {"people", "deals", "names"}
    assert after == {"people", "deals"}


def test_a_stream_that_nobody_asks_for_any_more_is_said(tmp_path: Path) -> None:
    """What was read of it counts still, as of the day it was read."""
    deal = {"id": 1, "title": "Lobby", "amount": 5, "customer": {"name": "Acme"}, "created": "2026-11-01T10:00:00Z"}
    with served(lambda asked: Given({"results": people(2) if asked.path == "/people" else [deal]})) as server:
        first = pull(tmp_path, server, DEALS)
        after = pull(tmp_path, server)

    assert not [one for one in first.notes if "is not asked for" in one]
    [sentence] = [one for one in after.notes if "is not asked for" in one]
    assert sentence.startswith("crm/deals is not asked for: its snapshot of ")
