"""A stream is pulled whole, or what is missing is said; faults F31 to F38 of the reliability specification."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.asked_systems import CURSOR, asked_system, pulled, reading
from tests.fault_server import NOON, Asked, Given, ListSystem, VirtualClock, people
from toolkit.connector import Offset, Reading
from toolkit.connector.api import Changed, Window
from toolkit.errors import RetryableError
from toolkit.rest.client import RestClient
from toolkit.rest.pulling import PulledStream

PAGES = [reading("cursor")]


def ids(records: list[dict[str, Any]]) -> list[int]:
    return sorted(int(one["id"]) for one in records)


def circle(asked: Asked) -> Given:
    """Answer with the same next page for ever."""
    number = int(asked.query.get("after", "0"))
    return Given({"results": [{"id": number}], "paging": {"next": {"after": "1"}}})


def same_page(asked: Asked) -> Given:
    """Answer with one page under ever new cursors."""
    return Given({"results": [{"id": 1}, {"id": 2}], "paging": {"next": {"after": asked.query.get("after", "") + "x"}}})


def old_ids(asked: Asked) -> Given:
    """Answer with ever new pages of the same records."""
    number = int(asked.query.get("after", "0"))
    return Given({"results": [{"id": 1, "seen": number}], "paging": {"next": {"after": str(number + 1)}}})


def empty_pages(asked: Asked) -> Given:
    """Answer with empty pages for ever."""
    return Given({"results": [], "paging": {"next": {"after": str(int(asked.query.get("after", "0")) + 1)}}})


@pytest.mark.parametrize("app", [circle, same_page, old_ids, empty_pages])
def test_f33_a_list_that_runs_in_a_circle_ends_and_is_incomplete(app: Callable[[Asked], Given], tmp_path: Path) -> None:
    """The same cursor, the same page under new cursors, the same records in new pages, or nothing for ever."""
    lists = [reading(total="")]
    with asked_system(app, lists) as (server, client):
        found, _ = pulled(client, tmp_path, lists)

    assert not found.is_complete
    assert "crm/people" in found.reasons[0]
    assert len(server.asked) < 110


def test_f34_records_that_come_and_go_meanwhile_are_neither_lost_nor_doubled_by_keyset(tmp_path: Path) -> None:
    """Whatever is inserted or deleted before the place, the next page begins behind the last record."""
    system = ListSystem(people(30), "keyset")

    def app(asked: Asked) -> Given:
        given = system(asked)
        system.records = [one for one in system.records if one["id"] != 3]
        return given

    lists = [reading("keyset")]
    with asked_system(app, lists) as (_, client):
        _, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(1, 31))


@pytest.mark.parametrize("change", ["insert", "delete"])
def test_f34_a_counted_list_that_moved_is_read_again(change: str, tmp_path: Path) -> None:
    """One record less before the place, and the next page skips one: the count tells, and the list is walked again."""
    system = ListSystem(people(30), "offset")

    def app(asked: Asked) -> Given:
        given = system(asked)
        if len(system.records) == 30 and asked.query["offset"] == "10":
            new = {"id": 99, "name": "New", "updated_at": "2026-11-30T08:00:00Z"}
            system.records = system.records[1:] if change == "delete" else [new, *system.records]
        return given

    lists = [reading("offset")]
    with asked_system(app, lists) as (_, client):
        found, records = pulled(client, tmp_path, lists)

    assert set(range(2, 31)) <= set(ids(records))
    assert len(ids(records)) == len(set(ids(records)))
    assert found.is_complete


def test_f35_a_pull_goes_on_at_the_page_that_failed(tmp_path: Path) -> None:
    """What came before is on the disk: only the page that failed is asked for again."""
    system = ListSystem(people(50))
    is_down = True

    def app(asked: Asked) -> Given:
        return Given({}, 500) if is_down and asked.query.get("after") == "30" else system(asked)

    with asked_system(app, PAGES) as (server, client):
        first, _ = pulled(client, tmp_path, PAGES)
        is_down, server.asked = False, []
        second, records = pulled(client, tmp_path, PAGES)

    assert isinstance(first.error, RetryableError)
    assert first.is_resumable
    assert [one.query.get("after") for one in server.asked] == ["30", "40"]
    assert second.is_complete
    assert second.resumed_pages == 3
    assert ids(records) == list(range(1, 51))


def test_f36_thousands_of_rows_of_one_moment_are_all_kept_and_none_twice(tmp_path: Path) -> None:
    """An import gives 5,000 rows one stamp: pages go by place, never by stamp alone."""
    rows = people(5000, updated="2026-11-30T08:00:00Z")
    with asked_system(ListSystem(rows, size=500), PAGES) as (_, client):
        found, records = pulled(client, tmp_path, PAGES, since=NOON - timedelta(days=1))

    assert ids(records) == list(range(1, 5001))
    assert not found.repeated


def test_f37_of_a_record_that_comes_twice_the_newest_version_counts(tmp_path: Path) -> None:
    """It was changed while the pull went on, or lies in the look-back: whichever page brings it, the newer stamp wins."""
    pages = {
        "0": [{"id": 1, "name": "new", "updated_at": "2026-11-30T10:00:00Z"}, {"id": 2, "name": "old", "updated_at": "1"}],
        "1": [{"id": 1, "name": "old", "updated_at": "2026-11-30T09:00:00+00:00"}, {"id": 2, "name": "new"}, {"id": 3}],
    }

    def app(asked: Asked) -> Given:
        after = asked.query.get("after", "0")
        return Given({"results": pages[after], "paging": {"next": {"after": "1"}} if after == "0" else {}})

    lists = [reading(total="")]
    with asked_system(app, lists) as (_, client):
        _, records = pulled(client, tmp_path, lists)

    assert {one["id"]: one.get("name") for one in records} == {1: "new", 2: "new", 3: None}


@pytest.mark.parametrize("days", [-1, 1])
def test_f38_a_clock_that_is_a_day_off_is_held_against_the_systems(days: int, tmp_path: Path) -> None:
    """What the next pull begins with is the system's own time, whatever this machine thinks."""
    clock = VirtualClock(NOON + timedelta(days=days))
    with asked_system(ListSystem(people(5)), PAGES, clock=clock, date=NOON) as (_, client):
        found, _ = pulled(client, tmp_path, PAGES)

    assert client.clock_offset_s == pytest.approx(-days * 86400, abs=2)
    assert abs(found.started_at - NOON) < timedelta(seconds=2)


def test_only_what_changed_is_asked_for(tmp_path: Path) -> None:
    """The moment stands in the request as the vendor writes it."""
    with asked_system(ListSystem(people(50)), PAGES) as (server, client):
        _, records = pulled(client, tmp_path, PAGES, since=NOON - timedelta(days=5))

    assert server.asked[0].query["updated_after"] == "2026-11-25T12:00:00Z"
    assert all(one["updated_at"] >= "2026-11-25T12:00:00Z" for one in records)


def test_fewer_records_than_the_system_counts_are_said(tmp_path: Path) -> None:
    """It says twelve and gives ten: the snapshot is not whole."""
    with asked_system(lambda _: Given({"results": people(10), "total": 12}), PAGES) as (_, client):
        found, _ = pulled(client, tmp_path, PAGES)

    assert found.reasons == ("crm/people: the system counts 12 records, and 10 came.",)


def test_a_record_without_its_id_is_named_with_the_fields_it_has(tmp_path: Path) -> None:
    """What was asked for is not what came: the message says what stands there instead."""
    with asked_system(lambda _: Given({"results": [{"uid": 1, "name": "x"}]}), PAGES) as (_, client):
        found, _ = pulled(client, tmp_path, PAGES)

    assert "without 'id' on page 1" in found.reasons[0]
    assert "'name', 'uid'" in found.reasons[0]


def test_a_cursor_that_is_known_no_more_begins_the_pull_anew(tmp_path: Path) -> None:
    """Cursors live for a while; after it the vendor refuses them, and nothing of the old half is mixed in."""
    system = ListSystem(people(30))
    is_down = True

    def app(asked: Asked) -> Given:
        if asked.query.get("after") == "20":
            return Given({}, 503) if is_down else Given({"message": "cursor expired"}, 400)
        return system(asked)

    with asked_system(app, PAGES) as (_, client):
        pulled(client, tmp_path, PAGES)
        is_down, system.size = False, 15
        found, records = pulled(client, tmp_path, PAGES)

    assert found.is_complete
    assert ids(records) == list(range(1, 31))
    assert not found.repeated


def test_a_result_window_is_cut_until_every_slice_fits(tmp_path: Path) -> None:
    """A search that ends after ten records is asked for spans of time that hold fewer."""
    rows = [
        {"id": number, "updated_at": f"2026-11-{1 + number // 4:02d}T{6 * (number % 4):02d}:00:00Z"} for number in range(100)
    ]

    def app(asked: Asked) -> Given:
        found = [one for one in rows if asked.query["from"] <= one["updated_at"] < asked.query["to"]]
        start = int(asked.query.get("offset", "0"))
        return Given({"results": found[:10][start : start + 4], "total": len(found)})

    window = Window(10, "from", "to", earliest="2020-01-01")
    lists = [reading("offset", paging=Offset(size=4, total=""), window=window)]
    with asked_system(app, lists) as (_, client):
        found, records = pulled(client, tmp_path, lists)

    assert ids(records) == list(range(100))
    assert found.is_complete


def test_a_moment_that_holds_more_than_a_window_gives_is_incomplete(tmp_path: Path) -> None:
    """Twenty records of one second, where the search gives ten: no slice can be cut any finer."""

    def app(asked: Asked) -> Given:
        stamp = "2026-11-03T10:00:00Z"
        count = 20 if asked.query["from"] <= stamp < asked.query["to"] else 0
        return Given({"results": [{"id": one, "updated_at": stamp} for one in range(min(10, count))], "total": count})

    lists = [Reading("/people", records="results", total="total", window=Window(10, "from", "to", earliest="2026-01-01"))]
    with asked_system(app, lists) as (_, client):
        found, records = pulled(client, tmp_path, lists)

    assert len(records) == 10
    assert "2026-11-03 10:00:00 UTC" in found.reasons[0]


def test_archived_records_stand_in_a_list_of_their_own(tmp_path: Path) -> None:
    """Both lists are read; one that the client's plan lacks is left out and said."""
    system = ListSystem(people(5))

    def app(asked: Asked) -> Given:
        if asked.path == "/archived":
            return Given({"results": [{"id": 77}]})
        return Given({"message": "upgrade"}, 402) if asked.path == "/merged" else system(asked)

    lists = [
        reading(),
        Reading("/merged", records="results", is_optional=True),
        Reading("/archived", records="results", state="archived"),
    ]
    with asked_system(app, lists) as (_, client):
        found, records = pulled(client, tmp_path, lists)

    assert ids(records) == [1, 2, 3, 4, 5, 77]
    assert found.is_complete
    assert "part of the client's plan" in found.notes[0]


TASKS = [
    Reading("/projects", records="data", key=("gid",), is_parents=True, paging=CURSOR),
    Reading("/projects/{parent}/tasks", query=(("project", "{parent}"),), records="data", paging=CURSOR, is_optional=True),
    Reading("/archive", records="data", state="archived"),
]


def projects(asked: Asked) -> Given:
    """Serve five projects in two pages, of each three tasks in two pages; the third is gone by the time it is asked for."""
    after = asked.query.get("after", "0")
    if asked.path == "/projects":
        gids = [{"gid": f"p {one}"} for one in ((1, 2, 3) if after == "0" else (4, 5))]
        return Given({"data": gids, "paging": {"next": {"after": "1"}} if after == "0" else {}})
    if asked.path == "/archive":
        return Given({"data": [{"id": 99}]})
    number = int(asked.query["project"].removeprefix("p "))
    assert asked.path == f"/projects/p%20{number}/tasks"
    if number == 3:
        return Given({}, 404)
    tasks = [{"id": 10 * number + one} for one in ((1, 2) if after == "0" else (3,))]
    return Given({"data": tasks, "paging": {"next": {"after": "1"}} if after == "0" else {}})


def test_a_list_is_asked_for_each_record_of_the_one_before(tmp_path: Path) -> None:
    """Tasks of every project; a project that went meanwhile is said, and stopped anywhere it goes on there."""
    expected = sorted([*(10 * number + one for number in (1, 2, 4, 5) for one in (1, 2, 3)), 99])
    with asked_system(projects, TASKS) as (server, client):
        found, records = pulled_tasks(client, tmp_path / "whole")
        count = len(server.asked)
    assert found.is_complete
    assert found.unique == len(expected)
    assert ids(records) == expected
    assert "/projects/p%203/tasks" in found.notes[0]
    for stop in range(1, count):
        left = [stop]

        def app(asked: Asked, left: list[int] = left) -> Given:
            left[0] -= 1
            return projects(asked) if left[0] >= 0 else Given({}, 503)

        with asked_system(app, TASKS) as (_, client):
            pulled_tasks(client, tmp_path / str(stop))
            left[0] = 999
            found, records = pulled_tasks(client, tmp_path / str(stop))
        assert found.is_complete, (stop, found.reasons)
        assert ids(records) == expected


def pulled_tasks(client: RestClient, folder: Path) -> tuple[PulledStream, list[dict[str, Any]]]:
    """Return what a pull of the tasks says, and its records, without the projects."""
    found, records = pulled(client, folder, TASKS)
    return found, [one for one in records if "id" in one]


def test_a_pull_in_two_parts_is_a_pull_in_one(tmp_path: Path) -> None:
    """Stopped after any page and begun again, it brings the same records in the same order."""
    rows = people(60)
    with asked_system(ListSystem(rows), PAGES) as (_, client):
        _, whole = pulled(client, tmp_path / "whole", PAGES)
    for stop in range(1, 6):
        left = [stop]

        def app(asked: Asked, left: list[int] = left) -> Given:
            left[0] -= 1
            return ListSystem(rows)(asked) if left[0] >= 0 else Given({}, 503)

        with asked_system(app, PAGES) as (_, client):
            pulled(client, tmp_path / str(stop), PAGES)
            left[0] = 99
            found, records = pulled(client, tmp_path / str(stop), PAGES)
        assert records == whole
        assert found.resumed_pages == stop


def test_a_changed_description_does_not_go_on_with_old_pages(tmp_path: Path) -> None:
    """Another path or another span of time is another pull."""
    is_down = True
    other = [reading(paging=CURSOR, changed=Changed("updated_at", param="updated_after", form="date"))]

    def app(asked: Asked) -> Given:
        return Given({}, 503) if is_down and asked.query.get("after") == "20" else ListSystem(people(30))(asked)

    with asked_system(app, PAGES) as (server, client):
        pulled(client, tmp_path, PAGES)
        is_down, server.asked = False, []
        found, _ = pulled(client, tmp_path, other)

    assert found.resumed_pages == 0
    assert "after" not in server.asked[0].query
