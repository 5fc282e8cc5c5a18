"""The server's half of every style of paging, asked by the client's half."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_asked_connectors import example
from tests.sandbox_systems import MONDAY, ask, ids_pulled, machine, people, with_list
from toolkit.connector import (
    Changed,
    Cursor,
    GraphConnection,
    Job,
    Keyset,
    LinkHeader,
    NextLink,
    Offset,
    OnePage,
    PageNumber,
    Window,
)
from toolkit.rest.paging import style_of
from toolkit.sandbox.paging import served_style
from toolkit.sandbox.stand_in import StandIn

GRAPH = json.dumps({"query": "query($after: String) { people(first: 4, after: $after) { edges { node { id } } } }"})
STYLES: Mapping[str, dict[str, Any]] = {
    "one page": {"paging": OnePage()},
    "cursor": {"paging": Cursor("after", path="paging.next.after")},
    "cursor with more": {"paging": Cursor("after", path="next", more="has_more")},
    "cursor with an end": {"paging": Cursor("cursor", path="after_cursor", end="is_over")},
    "cursor of the last record": {"paging": Cursor("starting_after", more="has_more", from_last="id")},
    "cursor in the body": {"paging": Cursor("after", path="next", place="body"), "method": "POST", "body": "{}"},
    "pages counted": {"paging": PageNumber(size=4, size_param="per_page", last="pages")},
    "pages counted from 0": {"paging": PageNumber(size=4, size_param="per_page", first=0, last="pages")},
    "pages without an end": {"paging": PageNumber(size=4, size_param="per_page")},
    "records counted": {"paging": Offset(size=4, total="total")},
    "records counted in a query": {
        "paging": Offset("q", size=4, first=1, template=" startposition {start} maxresults {size}"),
        "query": (("q", "select * from Person orderby Id"),),
    },
    "behind the last": {"paging": Keyset("after_id", "id", "id > {last}")},
    "link in the answer": {"paging": NextLink("next")},
    "link in the answer, elsewhere": {"paging": NextLink("next", below="/more|/others")},
    "link in the head": {"paging": LinkHeader(), "records": ""},
    "graph": {
        "paging": GraphConnection("data.people"), "method": "POST", "body": GRAPH, "records": "data.people.edges",
        "inside": "node",
    },
    "job": {
        "paging": Job(
            "id", "jobs/{id}", "state", ("done",), result="jobs/{id}/result", locator="X-Next", locator_param="at",
        ),
        "method": "POST", "body": '{"of": "people"}', "form": "json_lines",
    },
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_a_list_is_gone_through_to_its_end(style: str, tmp_path: Path) -> None:
    """Ten records in pages of four: each comes once, nothing is missing, whatever the style."""
    connector = with_list(example(), **STYLES[style])
    one = machine(people(10), StandIn(sizes=(4, 4)), connector)

    ids, found, sent = ids_pulled(connector, one, tmp_path)

    assert sorted(ids, key=int) == [str(number) for number in range(1, 11)]
    assert found.reasons == ()
    assert len(sent) >= (1 if style == "one page" else 3)


def test_every_style_has_both_halves() -> None:
    """What a client can go through, a stand-in can serve."""
    used = [one["paging"] for one in STYLES.values()]

    assert {served_style(one).kind for one in used} == {style_of(one).kind for one in used} == {type(one) for one in used}


@pytest.mark.parametrize("style", ["cursor", "cursor of the last record", "link in the answer", "records counted"])
def test_a_place_that_nobody_gave_is_refused(style: str) -> None:
    """A stand-in does not begin again, as some vendors do, nor break."""
    connector = with_list(example(), **STYLES[style])
    one = machine(people(10), StandIn(sizes=(4, 4)), connector)
    name = {"cursor": "after", "cursor of the last record": "starting_after", "records counted": "offset"}.get(
        style, "cursor"
    )

    assert ask(one, "/v3/people", **{name: "no-such-place"}).status == 400


def test_changes_keep_their_moment_from_page_to_page(tmp_path: Path) -> None:
    """Each page asks since the same moment, also where only the first request names it."""
    paging = Cursor("cursor", path="after_cursor", end="is_over", instead_of="start")
    changed = Changed("updatedAt", param="start", form="epoch_s")
    connector = with_list(example(), paging=paging, changed=changed, query=(("start", "0"),))
    one = machine(people(20), StandIn(sizes=(4, 4)), connector)

    ids, _, sent = ids_pulled(connector, one, tmp_path, since=MONDAY + timedelta(hours=11))

    assert ids == [str(number) for number in range(11, 21)]
    assert [("start" in asked.query, "cursor" in asked.query) for asked in sent] == [
        (True, False),
        *[(False, True)] * (len(sent) - 1),
    ]


def test_a_search_that_ends_early_is_gone_through_in_slices(tmp_path: Path) -> None:
    """It gives at most five records whatever there is, and says how many there are."""
    window = Window(5, "from", "until", form="epoch_ms", earliest="2026-10-01")
    connector = with_list(example(), window=window, total="total", changed=Changed("updatedAt"))
    one = machine(people(40), StandIn(sizes=(4, 4)), connector)

    ids, found, _ = ids_pulled(connector, one, tmp_path)

    assert sorted(ids, key=int) == [str(number) for number in range(1, 41)]
    assert found.reasons == ()
