"""Which readings of two lists count in a parallel run, and up to which day they tell."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.audit.engagement import open_engagement
from toolkit.audit.golive.readings import ReadList, day_before, judged_readings, moments, read_list
from toolkit.errors import InputError, UnknownNameError
from toolkit.store.looks import ListReading, list_readings
from toolkit.store.store import Store
from toolkit.tables import DOCUMENT, PARTY

MONDAY = date(2026, 3, 2)


def _at(day: int, hour: int = 14) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)


def _reading(day: int, hour: int = 14) -> ListReading:
    return ListReading(_at(day, hour), True, (), "invoice", f"{day}-{hour}", "", 1)


def _list(*readings: ListReading) -> ReadList:
    return ReadList(("ledger", "invoices"), "invoice", readings, ())


def test_a_day_is_known_when_both_lists_were_read_after_it() -> None:
    """The books at eight, the trial ledger at noon: only at noon is the day before known, by the morning's books."""
    books, trial = _list(_reading(1, 8), _reading(2, 8)), _list(_reading(1, 12), _reading(2, 12))

    found = moments(books, trial, first=MONDAY, time_zone="UTC")

    assert [(one.at, one.through) for one in found] == [(_at(1, 12), MONDAY), (_at(2, 12), MONDAY + timedelta(days=1))]
    assert [(one.by_hand.path, one.integrated.path) for one in found] == [("1-8", "1-12"), ("2-8", "2-12")]


def test_the_first_reading_after_a_day_counts_and_the_newest_is_looked_at_too() -> None:
    """Read three times on Tuesday: Monday is judged by the first, and what became of it is told by the last."""
    both = _list(*(_reading(1, hour) for hour in (6, 9, 17)))

    found = moments(both, both, first=MONDAY, time_zone="UTC")

    assert [one.at for one in found] == [_at(1, 6), _at(1, 17)]


def test_one_list_alone_tells_nothing() -> None:
    """As long as the integration's list was never read there is no moment."""
    assert moments(_list(_reading(3)), _list(), first=MONDAY, time_zone="UTC") == []


def test_before_its_first_day_has_ended_a_run_has_only_its_lists() -> None:
    """Read on the first day itself: there is something to look at, and no day to judge."""
    [found] = moments(_list(_reading(0)), _list(_reading(0)), first=MONDAY, time_zone="UTC")

    assert found.through < MONDAY


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 2), ("America/Chicago", 1), ("Pacific/Auckland", 2)], ids=["UTC", "Chicago", "Auckland"]
)
def test_a_day_ends_at_midnight_where_the_client_is(zone: str, day: int) -> None:
    """Three in the morning of 3 March in London is the evening of 2 March in Chicago."""
    assert day_before(datetime(2026, 3, 3, 3, tzinfo=UTC), zone) == date(2026, 3, day)


def _rows(count: int, entity: str = "invoice") -> list[dict[str, str]]:
    facts = {"system": "ledger", "stream": "invoices", "entity": entity, "state": "active"}
    return [{**facts, "record_id": str(at), "record_key": f"ledger/invoices/{at}"} for at in range(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an engagement without a list."""
    (tmp_path / "engagement.yaml").write_text("client: Harbor & Pine\n", encoding="utf-8")
    return tmp_path


def _read(folder: Path, count: int, day: int, *, is_complete: bool = True) -> None:
    with Store(folder) as store, store.writing("test"):
        store.add_snapshot(
            system="ledger", stream="invoices", entity="invoice", connector="table",
            records=[DOCUMENT.from_rows(_rows(count))], taken_at=_at(day), is_complete=is_complete,
            reasons=() if is_complete else ["broke off"],
        )  # fmt: skip


def test_each_reading_is_remembered_also_one_that_found_nothing_new(folder: Path) -> None:
    """Two snapshots, three readings: the second leaves no file of its own, and is known all the same."""
    _read(folder, 20, 0)
    _read(folder, 20, 1)
    _read(folder, 21, 2)

    with Store(folder) as store:
        found = list_readings(store, "ledger", "invoices")

    assert [(one.at, one.is_complete, one.rows) for one in found] == [
        (_at(0), True, 20),
        (_at(1), True, 20),
        (_at(2), True, 21),
    ]
    assert found[0].path == found[1].path != found[2].path


def test_without_the_log_the_snapshots_tell_when_a_list_was_read(folder: Path) -> None:
    """The state was lost and put back from the snapshots: what they say of themselves is left."""
    _read(folder, 20, 0)
    _read(folder, 21, 1)
    for lost in folder.glob("state.*"):
        lost.unlink()

    with Store(folder) as store:
        found = list_readings(store, "ledger", "invoices")

    assert [(one.at, one.rows) for one in found] == [(_at(0), 20), (_at(1), 21)]


def test_a_list_that_broke_off_is_passed_over_with_its_reason(folder: Path) -> None:
    """What was not read to its end is no evidence of anything."""
    _read(folder, 20, 0)
    _read(folder, 15, 1, is_complete=False)
    _read(folder, 21, 2)

    found = read_list(open_engagement(folder), "ledger.invoices")

    assert [one.at for one in found.counted] == [_at(0), _at(2)]
    assert [(one.at, why.split(";")[0]) for one, why in found.passed_over] == [
        (_at(1), "it was not read to its end: broke off")
    ]


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ((100, 90), (0, 1)),
        ((100, 89), (0,)),
        ((100, 89, 88), (0, 2)),
        ((100, 60, 40), (0,)),
        ((100, 60, 40, 39), (0, 3)),
        ((100, 60, 101), (0, 2)),
        ((20, 10), (0, 1)),
        ((20, 9), (0,)),
    ],
    ids=["a tenth", "more", "confirmed", "falls on", "falls, then stays", "back again", "ten records", "eleven records"],
)
def test_a_list_that_lost_much_counts_when_the_next_one_holds_as_few(counts: tuple[int, ...], kept: tuple[int, ...]) -> None:
    """More than ten records and a tenth: a filter, as a rule; twice as few is how it is."""
    counted, passed_over = judged_readings([replace(_reading(day), rows=count) for day, count in enumerate(counts)])

    assert [one.at for one in counted] == [_at(day) for day in kept]
    assert len(counted) + len(passed_over) == len(counts)
    assert all(f"held {one.rows:,} of the" in why for one, why in passed_over)


def test_a_list_that_was_never_read_is_asked_for_by_its_nearest_name(folder: Path) -> None:
    """A slip of the pen in engagement.yaml."""
    _read(folder, 2, 0)

    with pytest.raises(UnknownNameError, match=r"ledger\.invoices"):
        read_list(open_engagement(folder), "ledger.invoice")


def test_a_list_of_customers_has_no_days(folder: Path) -> None:
    """Only documents can be compared day by day."""
    row = {"system": "crm", "stream": "companies", "record_id": "1", "record_key": "crm/companies/1", "entity": "party"}
    with Store(folder) as store, store.writing("test"):
        store.add_snapshot(
            system="crm", stream="companies", entity="party", connector="table",
            records=[PARTY.from_rows([{**row, "state": "active", "kind": "company", "name": "Acme"}])], taken_at=_at(0),
        )  # fmt: skip

    with pytest.raises(InputError, match="holds no documents"):
        read_list(open_engagement(folder), "crm.companies")
