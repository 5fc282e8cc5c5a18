"""Which streams a pull did not bring, and which came back smaller: the bounds, each just under, at and just over."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from toolkit.audit.pull.presence import Brought, stream_presences
from toolkit.store.catalogue import Presence

DAY = datetime(2026, 11, 12, tzinfo=UTC)
KEY = ("crm", "customers")


def row(system: str, stream: str) -> dict[str, Any]:
    return {"system": system, "stream": stream, "entity": "party", "taken_at": DAY, "rows": 30, "rows_absent": 0, "path": ""}


def found(
    brought: Mapping[tuple[str, str], Brought], *, held: Presence | None = None, in_settings: tuple[str, ...] = ()
) -> Presence:
    """Return what became of crm/customers, which had been there before."""
    others = [row(*key) for key in brought if key != KEY]
    [presence, *_] = stream_presences(
        Path(),
        [row(*KEY), *others],
        {KEY: held} if held else {},
        brought,
        in_settings=in_settings,
        before={KEY: row(*KEY), **{(one["system"], one["stream"]): one for one in others}},
    )
    return presence


@pytest.mark.parametrize(
    ("records", "lost", "presence"),
    [
        # Both bounds must be passed: ten records, and a tenth of all.
        (90, 10, "present"),
        (89, 11, "shrunk"),
        (20, 10, "present"),
        (20, 11, "shrunk"),
        (198, 22, "present"),
        (198, 23, "shrunk"),
        (1000, 0, "present"),
    ],
)
def test_a_stream_shrank_when_more_than_ten_records_and_a_tenth_are_gone(records: int, lost: int, presence: str) -> None:
    """Fewer are the usual coming and going of records."""
    assert found({KEY: Brought(records, lost)}).presence == presence


@pytest.mark.parametrize(("records", "presence"), [(89, "shrunk"), (90, "present"), (100, "present")])
def test_a_shrunk_stream_stays_so_until_nine_tenths_are_back(records: int, presence: str) -> None:
    """Sending the short file again does not make it whole."""
    held = Presence(*KEY, "shrunk", "it shrank", 100)

    assert found({KEY: Brought(records, 0)}, held=held).presence == presence


@pytest.mark.parametrize(("records", "presence"), [(97, "shrunk"), (99, "shrunk"), (100, "present")])
def test_a_file_that_went_is_said_until_all_its_records_are_back(records: int, presence: str) -> None:
    """Also when it held less than a tenth, and something else has changed since."""
    held = found({KEY: Brought(97, 3, ("exports/crm/may.csv",))})

    assert held.presence == "shrunk"
    assert found({KEY: Brought(records, 0)}, held=held).presence == presence


def test_what_was_lost_is_said_with_its_day_and_the_way_out() -> None:
    """The consultant knows what is missing, since when, and what to type."""
    reason = found({KEY: Brought(30, 70)}).reason

    assert "70 of the 100 records of 12 November 2026 are not in the newest file" in reason
    assert "engagement confirm crm/customers" in reason


@pytest.mark.parametrize(
    ("brought", "in_settings", "presence"),
    [
        ({("crm", "deals"): Brought(5, 0)}, (), "not_sent"),
        ({("shop", "orders"): Brought(5, 0)}, ("crm",), "not_sent"),
        ({("shop", "orders"): Brought(5, 0)}, (), "left_out"),
    ],
)
def test_a_stream_that_did_not_come(
    brought: dict[tuple[str, str], Brought], in_settings: tuple[str, ...], presence: str
) -> None:
    """Its system is still there, or in the settings: its last snapshot is used. Neither: it is left out. Both are said."""
    one = found(brought, in_settings=in_settings)

    assert (one.presence, bool(one.reason)) == (presence, True)
    assert one.is_counted is (presence == "not_sent")


@pytest.mark.parametrize("presence", ["retired", "renamed"])
def test_what_a_person_took_out_stays_out(presence: str) -> None:
    """Also when its file is still there."""
    assert (
        stream_presences(
            Path(),
            [row(*KEY)],
            {KEY: Presence(*KEY, presence)},
            {KEY: Brought(30, 0)},
            in_settings=("crm",),
            before={},
        )
        == []
    )


def test_what_is_left_out_comes_back_with_its_file() -> None:
    """Nothing more than sending it is needed."""
    assert found({KEY: Brought(30, 0)}, held=Presence(*KEY, "left_out", "gone")).presence == "present"


def test_what_is_left_out_does_not_count_again_by_itself() -> None:
    """What took its place is no news in the second audit, and still its twin."""
    held = Presence(*KEY, "left_out", "its records are those of shop/customers")

    assert found({("shop", "customers"): Brought(30, 0)}, held=held, in_settings=("crm",)) == held
