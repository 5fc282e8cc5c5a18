"""What is new, changed or gone is found by comparing cells."""

import pyarrow as pa

from toolkit.match.incremental.record_changes import changes


def records(cities: dict[str, str | None]) -> pa.Table:
    """Return records of a key and a city."""
    return pa.table({"record_key": pa.array(list(cities), pa.string()), "city": pa.array(cities.values(), pa.string())})


def test_only_what_changed_is_said_to_have_changed() -> None:
    """A record that is the same in both snapshots is not looked at again."""
    before = records({"a": "Leeds", "b": None, "c": "Hull", "d": "York"})
    after = records({"a": "Leeds", "b": None, "c": None, "e": "York"})

    found = changes(before, after)

    assert found.place.tolist() == [0, 1, -1, -1]
    assert found.is_gone.tolist() == [False, False, True, True]
    assert found.share == 0.5


def test_the_order_of_rows_is_no_change() -> None:
    """An export that is sorted in another way has nothing new."""
    before = records({"a": "Leeds", "b": None, "c": "Hull"})

    found = changes(before, before.take([2, 0, 1]))

    assert found.place.tolist() == [2, 0, 1]
    assert found.share == 0


def test_an_empty_table_has_nothing_in_common_with_any() -> None:
    """The first records of all are new, and the last ones gone."""
    nothing, something = records({}), records({"a": "Leeds"})

    assert changes(nothing, something).added.tolist() == [0]
    assert changes(something, nothing).is_gone.tolist() == [True]
    assert changes(nothing, nothing).share == 0
