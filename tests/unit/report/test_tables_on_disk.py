"""Tables of a finished run, read when they are asked for and held no longer than they are needed."""

from pathlib import Path

from tests.unit.report.sample_run import NOON, sample_tables
from toolkit.report import run_tables
from toolkit.report.run import RunTables
from toolkit.store.results import new_run
from toolkit.tables import RESULTS


def run_on_disk(folder: Path) -> RunTables:
    """Return the sample run as an audit leaves it."""
    facts = {"client": "Harbor & Pine", "currency": "USD", "as_of": "2026-10-05", "stages": ["figures"]}
    with new_run(folder, NOON, facts) as run:
        for name, table in sample_tables().items():
            if name in RESULTS:
                run.write(name, table.slice(0, 0) if name == "snapshot" else table)
    return run_tables(folder)


def test_a_table_that_was_let_go_is_read_again(tmp_path: Path) -> None:
    """Of a large client no moment holds all tables, and none is missing for whoever asks later."""
    run = run_on_disk(tmp_path)
    counterpart = run.table("counterpart")
    assert run.table("counterpart") is counterpart

    run.let_go("counterpart", "no such table")

    assert run.table("counterpart") is not counterpart
    assert run.table("counterpart").equals(counterpart)
