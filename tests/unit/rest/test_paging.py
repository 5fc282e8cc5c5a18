"""Every style of paging brings every record once."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.asked_systems import STYLES, asked_system, pulled, reading
from tests.fault_server import Asked, Given, ListSystem, people
from toolkit.connector import Cursor, GraphConnection, Job, Keyset, Offset, PageNumber, Paging, Reading
from toolkit.rest.paging import style_of

QUERY = '{"query": "query($after: String) { people(first: 10, after: $after) { edges { node { id } } } }", "variables": {}}'


def ids(records: list[dict[str, Any]]) -> list[int]:
    return [int(one["id"]) for one in records]


@pytest.mark.parametrize("kind", get_args(Paging))
def test_every_style_that_a_connector_may_name_has_its_file(kind: type) -> None:
    """None is described and then not gone through."""
    examples: Mapping[type, Any] = {
        Cursor: Cursor("after"),
        GraphConnection: GraphConnection("data.people"),
        Job: Job("id", "/jobs/{id}", "state", ("done",)),
        Keyset: Keyset("after", "id"),
    }
    style = {**{type(one): one for one in STYLES.values()}, **examples}.get(kind) or kind()

    assert style_of(style).kind is kind


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [0, 1, 10, 35])
def test_all_records_come_once_in_every_style(style: str, count: int, tmp_path: Path) -> None:
    """No record is lost at the edge of a page, none comes twice, and the end is found."""
    lists = [reading(style)]
    with asked_system(ListSystem(people(count), style), lists) as (_, client):
        found, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(1, count + 1))
    assert found.is_complete
    assert found.unique == found.received == count


def test_an_empty_page_in_the_middle_is_not_the_end(tmp_path: Path) -> None:
    """Filters of a vendor's may leave nothing of a page, and the cursor goes on."""

    def app(asked: Asked) -> Given:
        after = asked.query.get("after", "0")
        pages: dict[str, Any] = {"0": ([{"id": 1}], "1"), "1": ([], "2"), "2": ([{"id": 2}], None)}
        rows, following = pages[after]
        return Given({"results": rows, "paging": {"next": {"after": following}}})

    with asked_system(app, [reading(total="")]) as (_, client):
        found, records = pulled(client, tmp_path, [reading(total="")])

    assert ids(records) == [1, 2]
    assert found.is_complete


def test_the_last_record_names_the_next_page_where_the_vendor_wants_it_so(tmp_path: Path) -> None:
    """As Stripe does: starting after an id, for as long as there is more."""

    def app(asked: Asked) -> Given:
        start = int(asked.query.get("starting_after", "0"))
        return Given({"data": [{"id": start + 1}, {"id": start + 2}], "has_more": start < 4})

    lists = [Reading("/people", records="data", paging=Cursor("starting_after", more="has_more", from_last="id"))]
    with asked_system(app, lists) as (_, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == [1, 2, 3, 4, 5, 6]


def test_a_connection_of_graphql_is_walked_by_its_cursor(tmp_path: Path) -> None:
    """The query stays as the connector wrote it; only the variable moves."""

    def app(asked: Asked) -> Given:
        after = int(asked.json["variables"].get("after", "0"))
        about = {"hasNextPage": after < 20, "endCursor": str(after + 10)}
        edges = [{"node": {"id": number}} for number in range(after + 1, after + 11)]
        return Given({"data": {"people": {"edges": edges, "pageInfo": about}}})

    lists = [
        Reading(
            "/graphql",
            records="data.people.edges",
            inside="node",
            method="POST",
            body=QUERY,
            paging=GraphConnection("data.people"),
        )
    ]
    with asked_system(app, lists) as (server, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(1, 31))
    assert {one.json["query"] for one in server.asked} == {json.loads(QUERY)["query"]}


@pytest.mark.parametrize("form", ["json_lines", "csv"])
def test_a_job_of_the_vendors_is_waited_for_and_its_parts_are_read(form: Any, tmp_path: Path) -> None:
    """Begun, asked after until it is done, then read part by part."""
    polls = iter(["Queued", "Running", "Done"])

    def app(asked: Asked) -> Given:
        if asked.method == "POST":
            return Given({"id": "J 7"})
        if asked.path.endswith("/result"):
            first = "part" not in asked.query
            rows = [1, 2] if first else [3]
            text = "\n".join([f'{{"id": {one}}}' for one in rows] if form == "json_lines" else ["id", *map(str, rows)])
            return Given(text.encode(), headers={"X-Locator": "2"} if first else {}, kind="text/plain")
        return Given({"state": next(polls)})

    style = Job(
        "id", "jobs/{id}", "state", ("Done",), ("Failed",), "jobs/{id}/result", locator="X-Locator", locator_param="part"
    )
    lists = [Reading("/jobs", method="POST", body='{"object": "people"}', paging=style, form=form)]
    with asked_system(app, lists) as (server, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == [1, 2, 3]
    assert [one.path for one in server.asked][1] == "/jobs/J%207"


def test_a_vendor_that_cuts_the_page_size_loses_nothing(tmp_path: Path) -> None:
    """Asked for a hundred, it gives ten at a time without a word: a short page is not taken for the last."""
    lists = [reading("offset", paging=Offset(size=100), total="")]
    with asked_system(ListSystem(people(35), "offset"), lists) as (_, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(1, 36))


def test_pages_that_say_nothing_of_their_number_end_with_an_empty_one(tmp_path: Path) -> None:
    """Where the answer names neither the last page nor the count."""
    lists = [reading("page", paging=PageNumber(), total="")]
    with asked_system(ListSystem(people(30), "page"), lists) as (_, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(1, 31))


def test_ids_beyond_what_a_float_holds_stay_what_they_are(tmp_path: Path) -> None:
    """2^53 + 1 is not 2^53, and a price keeps its zero."""
    rows = b'{"results": [{"id": 9007199254740993, "price": 1.10}, {"id": 123456789012345678901234567890}]}'
    with asked_system(lambda _: Given(rows), [reading(total="")]) as (_, client):
        _, records = pulled(client, tmp_path, [reading(total="")])

    assert [one["id"] for one in records] == [9007199254740993, 123456789012345678901234567890]
    assert records[0]["price"] == "1.10"
