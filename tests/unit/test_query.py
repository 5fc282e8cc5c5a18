"""The query engine is closed to everything but one folder, each time it is asked for."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from toolkit.query import close_engines, query_connection, quoted_text

ROWS = pa.table({"name": ["Acme", "Lind"]})


def test_months_are_those_of_utc_whatever_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The laptop's zone would move what happened in the night to another month."""
    monkeypatch.setenv("TZ", "America/Chicago")
    with query_connection(threads=1) as connection:
        assert connection.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_a_variable_of_the_program_is_no_table() -> None:
    """Only what was registered is there."""
    names = pa.table({"name": ["Acme"]})
    with query_connection() as connection, pytest.raises(duckdb.Error, match="names"):
        connection.execute("SELECT * FROM names")
    assert names.num_rows == 1


def test_what_one_connection_registers_no_other_sees() -> None:
    """The engine behind them is one; their tables are not."""
    with query_connection() as one, query_connection() as other:
        one.register("firms", ROWS)
        one.execute("CREATE TEMP TABLE kept AS SELECT * FROM firms")
        for name in ("firms", "kept"):
            with pytest.raises(duckdb.Error, match=name):
                other.execute(f"SELECT * FROM {name}")
    with query_connection() as later, pytest.raises(duckdb.Error, match="firms"):
        later.execute("SELECT * FROM firms")


def test_an_engine_that_was_closed_ends_its_answers_and_the_next_question_starts_another() -> None:
    """What is done between two stages disturbs nobody who still asks."""
    with query_connection() as connection:
        connection.register("firms", ROWS)
        close_engines()
        assert connection.execute("SELECT count(*) FROM firms").fetchone() == (2,)
    with query_connection() as later:
        assert later.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("setting", ["enable_external_access = true", "threads = 64", "GLOBAL memory_limit = '99GB'"])
def test_its_settings_are_locked(setting: str) -> None:
    """No text of a client opens what was closed."""
    with query_connection() as connection, pytest.raises(duckdb.Error):
        connection.execute(f"SET {setting}")


def test_it_reads_below_its_folder_and_nowhere_else(tmp_path: Path) -> None:
    """With a folder that folder, without one no file at all."""
    inside, outside = tmp_path / "in" / "a.csv", tmp_path / "b.csv"
    inside.parent.mkdir()
    for path in (inside, outside):
        path.write_text("name\nAcme\n")

    with query_connection(tmp_path / "in") as connection:
        assert connection.execute(f"SELECT * FROM {quoted_text(str(inside))}").fetchall() == [("Acme",)]
        with pytest.raises(duckdb.Error):
            connection.execute(f"SELECT * FROM {quoted_text(str(outside))}")
    with query_connection() as connection, pytest.raises(duckdb.Error):
        connection.execute(f"SELECT * FROM {quoted_text(str(inside))}")
