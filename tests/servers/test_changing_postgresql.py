"""Rows of Debian's PostgreSQL, changed by a login that may change one table: types, rights, and a line that breaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from tests.fault_server import VirtualClock
from tests.servers.cut_line import Cut, Line, line_to
from tests.servers.postgresql import made_server
from tests.unit.apply.test_job import LIMITS, Notebook
from toolkit.apply.running import JobOutcome, run_job
from toolkit.changes import Operation, Target, made_plan, operation
from toolkit.changes.operation import field_hash
from toolkit.databases.changing import ChangingClient
from toolkit.databases.database import Database
from toolkit.databases.row_system import RowSystem
from toolkit.errors import AuthError, ScopeError
from toolkit.settings.row_writing import RowWritingSettings

pytestmark = pytest.mark.servers

TABLES = """
CREATE SCHEMA sales;
CREATE TABLE sales."Customer" (
  id SERIAL PRIMARY KEY, name VARCHAR(80) NOT NULL, phone CHAR(20), parent INTEGER, credit NUMERIC(12,2), gone BOOLEAN,
  version INTEGER, changed TIMESTAMP, our_mark TEXT
);
CREATE TABLE ledger (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO sales."Customer" (name, phone, credit, gone, version, changed)
  SELECT 'Firm ' || n, '0' || n, n, FALSE, 1, TIMESTAMP '2026-02-01 09:00:00' FROM generate_series(1, 9) AS n;
CREATE ROLE jobs LOGIN; CREATE ROLE reader LOGIN;
GRANT USAGE ON SCHEMA sales TO jobs, reader; GRANT SELECT ON sales."Customer" TO jobs, reader;
GRANT UPDATE, INSERT ON sales."Customer" TO jobs; GRANT USAGE ON sales."Customer_id_seq" TO jobs;
"""
SAID: Mapping[str, Any] = {
    "table": "sales.Customer", "key": "id",
    "fields": {"name": "name", "phone": "phone", "parent_ref": {"path": "parent", "form": "number"}},
    "create": {"version": 1, "gone": False}, "archive": {"gone": True}, "restore": {"gone": False},
    "archived": {"gone": True}, "version": "version", "stamp": "changed", "sets_stamp": True, "mark": "our_mark",
}  # fmt: skip
NAMES = ("name", "phone", "parent", "gone", "version", "changed")


@dataclass(frozen=True, slots=True)
class Erp:
    """A server with a client's customers, a line to it, and an engine of the tests' own."""

    line: Line
    engine: sa.Engine

    def client(self, user: str = "jobs") -> ChangingClient:
        database = Database(f"postgresql+pg8000://127.0.0.1:{self.line.port}/postgres", user=user)
        writing = RowWritingSettings(**SAID).writing()
        return ChangingClient("erp", database, writings=[writing], environment={}, clock=VirtualClock())

    def run(self, *changes: Operation, user: str = "jobs") -> JobOutcome:
        plan = made_plan(
            "cleanup", engagement_id="acme", target=Target("erp", "sql"), snapshot_ids={}, rules_hash="r",
            operations=changes, record_counts={"customers": 100},
        )  # fmt: skip
        with self.client(user) as client:
            system = RowSystem(client, {"customers": RowWritingSettings(**SAID).writing()}, "EUR")
            return run_job(plan, system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False)

    def rows(self, where: str = "id = 7") -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(f'SELECT {", ".join(NAMES)} FROM sales."Customer" WHERE {where} ORDER BY id')
            return [dict(row) for row in found.mappings()]


@pytest.fixture
def erp() -> Iterator[Erp]:
    with made_server(user="owner", auth="trust", options=("-c", "fsync=off")) as server, server.running():
        engine = sa.create_engine(f"postgresql+pg8000://owner@127.0.0.1:{server.port}/postgres", poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            for one in filter(str.strip, TABLES.split(";")):
                connection.exec_driver_sql(one)
        with line_to(server.port) as line:
            yield Erp(line, engine)


def change(
    action: Any, before: Mapping[str, str | None], after: Mapping[str, str | None], record_id: str = "7"
) -> Operation:
    return operation(
        action, "erp", "customers", target_id=record_id, before=before, after=after, precondition=field_hash(before)
    )  # fmt: skip


RENAME = change("update", {"name": "Firm 7", "phone": "07"}, {"name": "Acme Ltd", "phone": None})
NEW = operation("create", "erp", "customers", natural_key="crm/people/1", after={"name": "Copper", "parent_ref": "7"})


def test_rows_are_changed_put_aside_made_and_taken_back(erp: Erp) -> None:
    """Each value as its column holds it, the version counted, the stamp set as the column writes moments."""
    outcome = erp.run(RENAME, NEW, change("archive", {"state": "active"}, {"state": "archived"}, "8"))

    assert outcome.counts == {"confirmed": 3}
    [row] = erp.rows()
    assert {name: row[name] for name in NAMES[:5]} == {
        "name": "Acme Ltd", "phone": None, "parent": None, "gone": False, "version": 2,
    }  # fmt: skip
    assert str(row["changed"]) == "2026-11-30 12:00:00"
    assert [row["gone"] for row in erp.rows("id = 8")] == [True]
    assert [(row["parent"], row["version"]) for row in erp.rows("name = 'Copper'")] == [(7, 1)]
    assert erp.run(change("restore", {"state": "archived"}, {"state": "active"}, "8")).counts == {"confirmed": 1}
    assert [row["gone"] for row in erp.rows("id = 8")] == [False]
    assert {row["version"] for row in erp.rows("id < 7")} == {1}


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_change_is_made_once_whenever_the_line_breaks(erp: Erp, cut: Cut) -> None:
    """While it is being kept: it is looked at, and made again only where it was not; a new row is found by its mark."""
    erp.line.cut = cut
    assert erp.run(RENAME).counts == {"confirmed": 1}
    assert [(row["name"], row["version"]) for row in erp.rows()] == [("Acme Ltd", 2)]

    erp.line.cut = cut
    assert erp.run(NEW).counts == {"confirmed": 1}
    assert len(erp.rows("name = 'Copper'")) == 1
    # Kept at once where only the answer was lost; else once more.
    assert erp.line.commits == {"before": 4, "after": 2}[cut]


def test_an_edit_of_somebody_else_is_left_alone(erp: Erp) -> None:
    """Also where it came between our reading and our writing."""
    with erp.client() as client:
        system = RowSystem(client, {"customers": RowWritingSettings(**SAID).writing()}, "EUR")
        seen = system.current(RENAME, "7")
        with erp.engine.begin() as connection:
            connection.exec_driver_sql("""UPDATE sales."Customer" SET phone = '999' WHERE id = 7""")
        with pytest.raises(Exception, match="after it was read"):
            system.send(RENAME, "7", seen, "key")
    assert erp.run(RENAME).counts == {"conflict": 1}
    assert [row["name"] for row in erp.rows()] == ["Firm 7"]


def test_a_value_that_the_column_cannot_hold_is_a_refusal(erp: Erp) -> None:
    """With the database's own words, and nothing is kept."""
    outcome = erp.run(change("update", {"name": "Firm 7"}, {"name": "x" * 81}))
    [step] = outcome.steps.values()

    assert step.state == "rejected"
    assert "value too long" in str(step.reason)
    assert erp.run(change("repoint", {"parent_ref": None}, {"parent_ref": "Acme"})).counts == {"rejected": 1}


def test_a_login_changes_what_it_may_and_no_more(erp: Erp) -> None:
    """Who only reads changes nothing; who changes one table changes no other."""
    stopped = erp.run(RENAME, user="reader")
    assert "Ask for the right to UPDATE" in str(stopped.stopped)
    with erp.client() as client, pytest.raises(ScopeError), client.changing() as connection:
        connection.exec_driver_sql("INSERT INTO ledger VALUES (1, 'x')")
    with erp.client("nobody") as client, pytest.raises(AuthError), client.changing():
        pass
    assert [row["name"] for row in erp.rows()] == ["Firm 7"]
    with erp.client() as client:
        assert client.account == "postgresql:postgres"


def test_a_row_that_somebody_else_holds_can_be_read_and_is_not_waited_for_without_end(erp: Erp) -> None:
    """A rehearsal goes on at once; a change waits for some seconds."""
    with erp.engine.begin() as connection, erp.client() as client:
        connection.exec_driver_sql("""SELECT 1 FROM sales."Customer" WHERE id = 7 FOR UPDATE""")
        found = RowSystem(client, {"customers": RowWritingSettings(**SAID).writing()}, "EUR").current(RENAME, "7")
        with client.changing() as changing:
            waited = changing.exec_driver_sql("SHOW lock_timeout").scalar_one()

    assert found is not None
    assert (found.values["name"], waited) == ("Firm 7", "10s")
