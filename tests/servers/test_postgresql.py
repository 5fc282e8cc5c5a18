"""PostgreSQL 15, as Debian has it, by the connector for databases and the settings of docs/asking-a-database.md alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.client_database import SETTINGS, server_statements
from tests.servers.engagements import pulled
from tests.servers.postgresql import made_server

pytestmark = pytest.mark.servers

CUSTOMERS = 30_000


@pytest.fixture
def erp() -> Iterator[sa.Engine]:
    """Yield a database of a client's, with a user who may write: nothing but our own care keeps it as it is."""
    with made_server(user="audit", auth="trust", options=("-c", "fsync=off")) as server, server.running():
        engine = sa.create_engine(f"postgresql+pg8000://audit@127.0.0.1:{server.port}/postgres")
        with engine.begin() as connection:
            for one in server_statements(CUSTOMERS):
                connection.execute(sa.text(one))
        yield engine
        engine.dispose()


def test_tables_come_whole_and_then_as_they_change(erp: sa.Engine, tmp_path: Path) -> None:
    """Every row once, amounts to the cent, what was changed, added and deleted; and the database is as it was."""
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "engagement.yaml").write_text(SETTINGS.format(url=erp.url.render_as_string()))
    first = pulled(folder)

    assert first.missing == ()
    assert first.came == {"customers": CUSTOMERS, "invoices": 2 * (CUSTOMERS // 3)}
    assert set(first.rows["customers"]) == {str(number) for number in range(1, CUSTOMERS + 1)} - {"3"}  # marked as gone
    assert {one["amount_minor"] for one in first.rows["invoices"].values()} == {125_050}

    with erp.begin() as connection:
        connection.execute(sa.text("UPDATE customer SET name = 'Renamed', changed = '2026-11-29 12:00:00' WHERE id = 7"))
        connection.execute(sa.text("INSERT INTO customer VALUES (90001, 'New', NULL, '2026-11-29 12:00:01', 0, NULL)"))
        connection.execute(sa.text("DELETE FROM customer WHERE id = 8"))
    second = pulled(folder)

    assert second.came["customers"] < 3_000
    assert second.rows["customers"]["7"]["name"] == "Renamed"
    assert second.rows["customers"]["90001"]["name"] == "New"
    assert any("--full finds which" in note for note in second.notes)
    third = pulled(folder, is_full=True)
    assert third.missing == ()
    assert "8" in second.rows["customers"]
    assert "8" not in third.rows["customers"]


def test_nothing_can_be_written_whatever_the_settings_say(erp: sa.Engine, tmp_path: Path) -> None:
    """A function that writes stands in a SELECT: the database itself refuses, and the table is as it was."""
    with erp.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE FUNCTION tidy() RETURNS integer AS $$ BEGIN DELETE FROM customer; RETURN 1; END $$ LANGUAGE plpgsql"
            )
        )
    text = SETTINGS.format(url=erp.url.render_as_string())
    text = text.replace(
        "{table: customer, changed_since: changed, deleted: gone}", "{select: 'SELECT tidy() AS id, 1 AS name'}"
    )
    (tmp_path / "engagement.yaml").write_text(text)
    found = pulled(tmp_path)

    assert any("read-only transaction" in one for one in found.missing)
    with erp.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM customer")).scalar() == CUSTOMERS
