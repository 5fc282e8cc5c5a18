"""A list that comes in one answer is held against the number that stands beside it."""

from pathlib import Path
from typing import Any

import pytest

from tests.asked_systems import asked_system, pulled, reading
from tests.fault_server import Given, people
from toolkit.connector import OnePage
from toolkit.rest.pulling import PulledStream


def taken(folder: Path, told: dict[str, Any], **more: Any) -> PulledStream:
    lists = [reading(**{"paging": OnePage(), "total": "", **more})]
    with asked_system(lambda _: Given(told), lists) as (_, client):
        return pulled(client, folder, lists)[0]


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ({"total": 120}, "total"),
        ({"count": "120"}, "count"),
        ({"meta": {"total_count": 120}}, "total_count"),
        ({"paging": {"totalCount": 120}}, "totalCount"),
    ],
)
def test_fifty_records_beside_a_total_of_120_are_not_called_complete(
    beside: dict[str, Any], name: str, tmp_path: Path
) -> None:
    """Nobody described 'paging': what came may be the first page, and the sentence asks."""
    found = taken(tmp_path, {"results": people(50), **beside})

    [reason] = found.reasons
    assert f"the answer says {name!r}: 120, and 50 records came" in reason
    assert "Describe 'paging'" in reason


@pytest.mark.parametrize("beside", [{"total": 50}, {"count": True}, {"total": None}, {"price": 120}, {"total": -1}])
def test_a_number_that_is_no_larger_count_asks_nothing(beside: dict[str, Any], tmp_path: Path) -> None:
    """Nor does one inside of a record."""
    rows = [{**one, "total": 900} for one in people(50)]

    assert taken(tmp_path, {"results": rows, **beside}).is_complete


def test_a_list_inside_of_others_is_held_against_the_number_around_it(tmp_path: Path) -> None:
    """The object that holds the list counts it."""
    found = taken(tmp_path, {"data": {"list": people(5), "totalResults": 7}}, records="data.list")

    assert "'totalResults': 7" in found.reasons[0]
