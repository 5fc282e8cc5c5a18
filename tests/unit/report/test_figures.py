import pytest

from tests.unit.report.sample_run import sample_tables
from toolkit.query import query_connection
from toolkit.report import counted_figures


def test_duplicates_are_the_records_beyond_the_first() -> None:
    """Two crm records of one company are one duplicate; a record of another system is none."""
    figures = {row["figure_id"]: row for row in counted_figures(sample_tables()).to_pylist()}

    assert figures["match.duplicate_count.crm"]["value"] == 1
    assert figures["match.duplicate_count.ledger"]["value"] == 0
    assert figures["match.duplicate_count"]["value"] == 2
    assert figures["match.duplicate_share.shop"]["value"] == pytest.approx(0.5)
    assert figures["match.duplicate_share.shop"]["n"] == 2


def test_rows_add_up() -> None:
    """Read = kept + folded + repeated + put aside."""
    figures = {row["figure_id"]: row["value"] for row in counted_figures(sample_tables()).to_pylist()}

    parts = ("rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
    assert figures["intake.rows_read"] == sum(figures[f"intake.{part}"] for part in parts)


def test_every_counted_figure_leads_to_rows_that_exist() -> None:
    """The condition beside each figure is one that the query engine accepts on the table that it names."""
    tables = sample_tables()
    with query_connection() as connection:
        for row in counted_figures(tables).to_pylist():
            name = row["source_table"]
            connection.register(name, tables[name])
            [(count,)] = connection.execute(f"select count(*) from {name} where {row['source_filter']}").fetchall()
            assert count > 0 or row["value"] == 0


def test_no_tables_give_no_figures() -> None:
    """A stage that did not run is not a zero."""
    assert counted_figures({}).num_rows == 0
