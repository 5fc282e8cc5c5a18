"""Times whose zone stands in a column of its own."""

from datetime import UTC, date, datetime

import pyarrow as pa

from toolkit.files.zones import zoned_dates


def test_every_row_has_its_own_zone() -> None:
    """Abbreviations, offsets and IANA names in one column, and an empty one that means the system's zone."""
    times = pa.array(["31/01/2026 12:00:00"] * 5)
    zones = pa.array(["PST", "GMT+2", "Europe/Berlin", None, "MEZ"])

    found = zoned_dates(times, zones, time_zone="Asia/Tokyo")

    assert [one.hour for one in found.instants.to_pylist()] == [20, 10, 11, 3, 11]
    assert (found.order, found.is_sure, found.is_failed.to_pylist()) == ("dmy", True, [False] * 5)


def test_rows_keep_their_order_and_their_empty_cells() -> None:
    """Zones alternate; a date without a time is a day, whatever the zone."""
    times = pa.array(["2026-07-01 08:00", None, "2026-07-02", "soon", "2026-07-03 23:30"])
    zones = pa.array(["BST", "EDT", "EDT", "BST", "EDT"])

    found = zoned_dates(times, zones, time_zone="UTC")

    assert found.instants.to_pylist()[0] == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert found.instants.to_pylist()[1] is None
    assert found.days.to_pylist()[2] == date(2026, 7, 2)
    assert found.is_date_only.to_pylist() == [False, False, True, False, False]
    assert found.is_failed.to_pylist() == [False, False, False, True, False]


def test_no_rows_make_no_dates() -> None:
    """A file with a header only."""
    nothing = pa.array([], pa.string())

    assert len(zoned_dates(nothing, nothing, time_zone="UTC").days) == 0


def test_an_unknown_zone_is_the_systems() -> None:
    """A text that names no zone changes nothing."""
    found = zoned_dates(pa.array(["2026-07-01 08:00"]), pa.array(["somewhere/else"]), time_zone="UTC")

    assert found.instants.to_pylist() == [datetime(2026, 7, 1, 8, 0, tzinfo=UTC)]
