"""A stand-in: from a request to the vendor's answer."""

import dataclasses
import json

from tests.sandbox_systems import MONDAY, ask, machine, people, records
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.running import stand_ins
from toolkit.sandbox.served import ServedStream
from toolkit.sandbox.stand_in import StandIn


def test_a_list_is_served_page_by_page_until_it_ends() -> None:
    """Ten records in pages of four: each once, in order, and the last page names no further one."""
    one = machine(people(10))

    seen, query = [], {}
    for _ in range(3):
        body = ask(one, "/v3/people", **query).body
        seen += [record["id"] for record in body["results"]]
        query = {"after": body["paging"]["next"]["after"]} if "paging" in body else {}

    assert seen == [str(number) for number in range(1, 11)]
    assert query == {}


def test_a_record_is_written_as_the_vendor_writes_it() -> None:
    """Canonical columns stand at the paths that the connector reads them from, in the form that it reads."""
    [record] = ask(machine(people(1)), "/v3/people").body["results"]

    assert record == {
        "id": "1",
        "properties": {"firstname": "Person 1", "email": "p1@example.com"},
        "updatedAt": int(MONDAY.timestamp() * 1000) + 3_600_000,
    }


def test_what_an_interface_sent_is_served_as_it_was() -> None:
    """A snapshot that came over an interface holds the vendor's own record."""
    rows = [{"record_id": "1", "raw": '{"id": "1", "properties": {"odd": [1, 2]}}'}]

    assert ask(machine(ServedStream(records("party", rows), is_asked=True)), "/v3/people").body["results"] == [
        {"id": "1", "properties": {"odd": [1, 2]}}
    ]


def test_changes_are_served_since_a_moment_that_moment_included() -> None:
    """Who asks since the eighth hour gets the eighth to the tenth."""
    since = int(MONDAY.timestamp() * 1000) + 8 * 3_600_000

    body = ask(machine(people(10)), "/v3/people", updatedAfter=str(since)).body

    assert [record["id"] for record in body["results"]] == ["8", "9", "10"]


def test_archived_records_stand_in_the_list_of_the_archived() -> None:
    """The main list does not hold them."""
    one = machine(people(2, state="archived"))

    assert ask(one, "/v3/people").body == {"results": []}
    assert [record["id"] for record in ask(one, "/v3/people", archived="true").body["results"]] == ["1", "2"]


def test_nothing_is_served_to_whoever_is_not_signed_in() -> None:
    """Nor to somebody with a wrong key."""
    one = machine(people(1))

    assert one.answer(Asked("GET", "/v3/people")).status == 401
    assert one.answer(Asked("GET", "/v3/people", headers={"authorization": "Bearer guessed"})).status == 401


def test_what_no_list_names_is_not_there() -> None:
    """Neither another path, nor one of the disk, nor a place in a list that nobody gave."""
    one = machine(people(9))

    assert ask(one, "/v3/companies").status == 404
    assert ask(one, "/v3/../../etc/passwd").status == 404
    assert ask(one, "/v3/people", after="0badcafe").status == 400
    assert ask(one, "/v3/people", method="DELETE").status in {400, 404}


def test_the_account_is_the_same_every_time() -> None:
    """Who pulls twice is told of the same account."""
    assert ask(machine(people(1)), "/v3/me").body == ask(machine(people(2)), "/v3/me").body == {
        "portalId": "sandbox-crm", "portalName": "crm",
    }  # fmt: skip


def test_whoever_asks_too_fast_is_told_to_wait() -> None:
    """A hundred in ten seconds: the hundred and first is refused, and told for how long."""
    one = machine(people(1))

    answers = [ask(one, "/v3/people") for _ in range(101)]

    assert [given.status for given in answers] == [200] * 100 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 11


def test_other_records_are_served_as_soon_as_they_are_there() -> None:
    """A snapshot that is exchanged while it is served is what the next request gets."""
    one = machine(people(1))
    before = len(ask(one, "/v3/people").body["results"])
    one.system.streams["people"] = people(3)

    assert (before, len(ask(one, "/v3/people").body["results"])) == (1, 3)


def test_an_id_that_the_export_lacks_is_made_and_the_exports_own_one_is_kept() -> None:
    """The same record has the same made id every time, and its own one where the connector reads other ids."""
    from tests.contract.test_asked_connectors import example

    connector = example()
    stream = dataclasses.replace(connector.streams[0], path_alt_ids=("properties.key",))
    connector = dataclasses.replace(connector, streams=(stream,))
    one = machine(people(1), StandIn(made_id=lambda _stream, row: f"9{row['record_id']}"), connector)

    [record] = ask(one, "/v3/people").body["results"]

    assert (record["id"], record["properties"]["key"]) == ("91", "1")


def test_a_graph_takes_an_operation_without_a_name() -> None:
    """The vendor's own client sends "operationName": null; one that is named, or another document, is not answered."""
    parse = stand_ins()["shopify"].parse_query
    assert parse is not None

    def understood(**body: object) -> object:
        return parse(Asked("POST", "/graphql.json", body=json.dumps(body).encode())).json

    assert understood(query="{shop}", operationName=None) == {"query": "{shop}"}
    assert understood(query="{shop}", operationName="A") == {"query": "{shop}", "operationName": "A"}
    assert understood(query="{shop}") == {"query": "{shop}"}


def test_a_query_is_understood_however_it_is_written() -> None:
    """Capitals of words and of the list, blanks, and an order that says "asc"; a value in it stays as it is."""
    parse = stand_ins()["quickbooks"].parse_query
    assert parse is not None

    def understood(query: str) -> str:
        return parse(Asked("GET", "/v3/company/1/query", {"query": query})).query["query"]

    said = "SELECT  * From customer WHERE Active IN (true,false) orderby Id asc STARTPOSITION 1 maxresults 100"
    assert understood(said) == (
        "select * from Customer where Active in (true, false) orderby Id startposition 1 maxresults 100"
    )
    assert understood("select * from Boat") == "select * from Boat"
    assert parse(Asked("GET", "/v3/company/1/cdc")).query == {}
