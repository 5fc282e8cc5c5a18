"""Where the day that starts a wait is not read, the day of entry is no measure of it: nothing that rests on it is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.counterparts import carried_documents
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.judging.findings import believed_findings
from toolkit.reconcile.judging.judgement import judgement
from toolkit.reconcile.judging.unread import Unread, undated_keys, unread_days
from toolkit.reconcile.sides import Streams
from toolkit.tables import CROSSWALK, DOCUMENT, PARTY

AS_OF = date(2026, 9, 30)
FINISHED = {"project": "completed_at", "ticket": "resolved_at", "task": "completed_at"}


def _work(entity: str, *, is_dated: bool, count: int = 240) -> pa.Table:
    """Return work of most of a year that was finished some days after it was entered, and the invoice of each."""
    rows: list[dict[str, Any]] = []
    for number in range(count):
        day = date(2025, 10, 6) + timedelta(days=number * 340 // count)
        shared = {"amount_minor": 10_000 + 37 * number, "currency": "EUR", "party_name": "Vos", "party_key": "work/names/1"}
        entered = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        done = {FINISHED[entity]: entered + timedelta(days=11)} if is_dated else {}
        rows += [
            {"system": "work", "stream": "jobs", "entity": entity, "record_key": f"work/jobs/{number:03}",
             "record_id": f"{number:03}", "number": f"J7{number:03}", "created_at": entered, **shared, **done},
            {"system": "books", "stream": "invoices", "entity": "invoice", "record_key": f"books/invoices/{number:03}",
             "record_id": f"{number:03}", "number": f"INV-{number:03}", "issued_on": day + timedelta(days=12),
             "reference": f"J7{number:03}", **shared},
        ]  # fmt: skip
    return DOCUMENT.from_rows({"state": "active", **row} for row in rows)


def _told(
    entity: str, *, is_dated: bool, trigger: Any = "status_change", unread: Unread | None = None
) -> tuple[dict[str, Any], set[str]]:
    """Return what was judged of the dates, and the measures that are told."""
    handoff = Handoff(
        "billed", "Finished jobs invoiced", "work", "jobs", entity, "books", "invoices", "invoice", trigger=trigger
    )
    streams = Streams(_work(entity, is_dated=is_dated), PARTY.empty())
    links = linked_documents([handoff], streams, CROSSWALK.empty(), time_zone="UTC").links
    [carried] = carried_documents([handoff], streams, CROSSWALK.empty(), links, as_of=AS_OF, time_zone="UTC")
    judged = judgement(carried, streams.both(handoff), links, as_of=AS_OF, labels={}, unread=(unread, None))
    measures = believed_findings(carried, judged, as_of=AS_OF)[1].to_pylist()
    [dates] = [row for row in judged.to_pylist() if row["aspect"] == "dates"]
    return dates, {row["measure"] for row in measures if row["value"] is not None}


@pytest.mark.parametrize("entity", sorted(FINISHED))
def test_work_without_the_day_of_its_end_tells_no_wait(entity: str) -> None:
    """Finished jobs of which no list says when they were finished have no measured wait, none missing and no volume."""
    dates, told = _told(entity, is_dated=False)
    assert dates["verdict"] != "sound"
    assert "say when they were finished" in dates["reason"]
    assert not told & {"lag_median", "delay_days", "missing_share", "volume_per_month"}
    sound, all_told = _told(entity, is_dated=True)
    assert sound["verdict"] == "sound"
    assert {"lag_median", "missing_share", "volume_per_month"} <= all_told


def test_what_is_carried_on_entry_needs_no_day_of_its_end() -> None:
    """Where an invoice follows the entry of a job, the day of entry is the measure."""
    dates, told = _told("project", is_dated=False, trigger="record_created")
    assert dates["verdict"] == "sound"
    assert "lag_median" in told


@pytest.mark.parametrize(("count", "verdict"), [(180, "failed"), (60, "partly"), (9, "sound")])
def test_days_that_could_not_be_read_are_named(count: int, verdict: str) -> None:
    """The column, how many of its days could not be read, and one of them stand in the reason."""
    dates, told = _told("project", is_dated=True, unread=Unread("Gereed", count, 180, "wk00-zomer"))
    assert dates["verdict"] == verdict
    if verdict == "sound":
        assert "lag_median" in told
    else:
        assert f"{count} of 180 days in column “Gereed”" in dates["reason"]
        assert "wk00-zomer" in dates["reason"]
        assert not told & {"lag_median", "missing_share", "volume_per_month"}


def test_a_cell_that_holds_no_figure_is_no_day_that_could_not_be_read() -> None:
    """A job that is still "open" has no day of its end; "wk31-zomer" is one that nobody can read."""
    table = _work("project", is_dated=False, count=4)
    table = table.filter(pa.compute.equal(table["stream"], "jobs"))
    keys = undated_keys(table, "completed_at")
    assert len(keys) == 4
    cells = ["open", "", "wk31-zomer", "n.b.0"]
    written = {key: {"Nummer": "7", "Gereed": cell} for key, cell in zip(keys, cells, strict=True)}
    assert unread_days(table, "completed_at", ["Gereed"], written) == Unread("Gereed", 2, 2, "wk31-zomer")
    for cell in ("open", "2026-11-25 00:00"):
        # A day that anybody can read was left out on purpose: the hoped-for end of what is still open.
        others = {key: {"Nummer": "7", "Gereed": cell} for key in keys}
        assert unread_days(table, "completed_at", ["Gereed"], others) is None
