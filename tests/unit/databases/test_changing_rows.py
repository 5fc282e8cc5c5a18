"""Rows of a client's database, changed: in a transaction each, compared and read back, and only as described."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.fault_server import VirtualClock
from tests.unit.apply.test_job import LIMITS, Notebook
from toolkit.apply.running import JobOutcome, run_job
from toolkit.apply.system import Current
from toolkit.changes import Operation, Target, made_plan, operation
from toolkit.changes.operation import Action, Precondition, field_hash
from toolkit.databases.change_faults import fault_of_change
from toolkit.databases.changing import ChangingClient
from toolkit.databases.database import Database
from toolkit.databases.row_system import RowSystem
from toolkit.errors import (
    AuthError,
    ConflictError,
    InputError,
    RejectedError,
    RetryableError,
    ScopeError,
    UncertainError,
)
from toolkit.settings.row_writing import RowWritingSettings

TABLES = """
CREATE TABLE "Customer List" (
  id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, phone VARCHAR(20), parent INTEGER, credit DECIMAL(12,2), gone INTEGER,
  version INTEGER, changed VARCHAR(30), our_mark VARCHAR(40) UNIQUE, source VARCHAR(10)
);
CREATE TABLE other (id INTEGER PRIMARY KEY, name VARCHAR(80));
INSERT INTO "Customer List" VALUES (7, 'Acme', '312 555 0100', 1, 1250.5, 0, 3, '2026-02-01 09:00:00', NULL, 'hand');
INSERT INTO "Customer List" VALUES (8, 'Birch ', NULL, NULL, NULL, 0, 1, NULL, NULL, 'hand');
"""
SAID: Mapping[str, Any] = {
    "table": "Customer List", "key": "id",
    "fields": {"name": "name", "phone": "phone", "parent_ref": {"path": "parent", "form": "number"}},
    "create": {"source": "import", "version": 1, "gone": 0}, "archive": {"gone": 1}, "restore": {"gone": 0},
    "archived": {"gone": "1"}, "version": "version", "stamp": "changed", "mark": "our_mark",
}  # fmt: skip


class Books:
    """A file with customers, and what changes it."""

    def __init__(self, folder: Path, **said: Any) -> None:
        self.path = folder / "books.db"
        with closing(sqlite3.connect(self.path)) as database, database:
            database.executescript(TABLES)
        self.writings = {"customers": RowWritingSettings(**{**SAID, **said}).writing()}
        self.client = ChangingClient(
            "erp", Database(f"sqlite:///{self.path}"), writings=self.writings.values(), environment={}, clock=VirtualClock()
        )
        self.system = RowSystem(self.client, self.writings, "EUR")

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Do something as the client's people would."""
        with closing(sqlite3.connect(self.path)) as database, database:
            return database.execute(text).fetchall()

    def row(self, record_id: int = 7) -> dict[str, Any]:
        names = ("name", "phone", "parent", "gone", "version")
        return dict(
            zip(names, self.sql(f'SELECT {", ".join(names)} FROM "Customer List" WHERE id = {record_id}')[0], strict=True)
        )

    def run(self, *changes: Operation, notes: Notebook | None = None) -> JobOutcome:
        plan = made_plan(
            "cleanup", engagement_id="acme", target=Target("erp", "sql"), snapshot_ids={}, rules_hash="r",
            operations=changes, record_counts={"customers": 100},
        )  # fmt: skip
        return run_job(plan, self.system, notes or Notebook(), self.client.clock, limits=LIMITS, is_dry_run=False)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


def change(
    action: Action, before: Mapping[str, str | None], after: Mapping[str, str | None], condition: Precondition | None = None
) -> Operation:
    return operation(
        action, "erp", "customers", target_id="7", before=before, after=after, precondition=condition or field_hash(before)
    )


RENAME = change("update", {"name": "Acme", "phone": "312 555 0100"}, {"name": "Acme Ltd", "phone": None})


def reason(outcome: JobOutcome) -> str:
    return str(next(iter(outcome.steps.values())).reason)


def test_a_row_is_changed_in_what_was_planned_and_in_its_version(books: Books) -> None:
    """Its other columns stay, and another row is not touched."""
    outcome = books.run(RENAME, change("repoint", {"parent_ref": "1"}, {"parent_ref": "8"}))

    assert outcome.counts == {"confirmed": 2}
    assert books.row() == {"name": "Acme Ltd", "phone": None, "parent": 8, "gone": 0, "version": 5}
    assert books.row(8) == {"name": "Birch ", "phone": None, "parent": None, "gone": 0, "version": 1}


def test_a_row_is_put_aside_and_taken_back(books: Books) -> None:
    """By the column that was described; somebody's edit since is seen by its stamp."""
    there = Precondition("updated_at", "2026-02-01T09:00:00Z")
    assert books.run(change("archive", {"state": "active"}, {"state": "archived"}, there)).counts == {"confirmed": 1}
    assert books.row()["gone"] == 1
    assert books.run(change("restore", {"state": "archived"}, {"state": "active"})).counts == {"confirmed": 1}
    assert books.row()["gone"] == 0

    books.sql("""UPDATE "Customer List" SET changed = '2026-03-01 09:00:00'""")
    assert books.run(change("archive", {"state": "active"}, {"state": "archived"}, there)).counts == {"conflict": 1}


def test_a_row_is_made_with_what_stands_in_every_new_one_and_found_again_by_our_mark(books: Books) -> None:
    """Where the journal is lost, too, the table itself takes no mark a second time."""
    new = operation("create", "erp", "customers", natural_key="crm/people/1", after={"name": "Copper", "parent_ref": "7"})
    assert books.run(new).counts == {"confirmed": 1}
    assert books.run(new, notes=Notebook()).counts == {"rejected": 1}
    assert books.sql("""SELECT name, parent, source, version, gone FROM "Customer List" WHERE source = 'import'""") == [
        ("Copper", 7, "import", 1, 0)
    ]
    [key] = [one for (one,) in books.sql("""SELECT our_mark FROM "Customer List" WHERE source = 'import'""")]
    found = books.system.made(new, key)
    assert found is not None
    assert found.record_id == "9"
    assert books.system.made(new, "another") is None


def test_the_moment_of_a_change_is_set_where_nobody_else_sets_it(tmp_path: Path) -> None:
    """As the column writes moments, so that the next pull sees the row among those that changed."""
    books = Books(tmp_path, sets_stamp=True)

    assert books.run(RENAME).counts == {"confirmed": 1}
    assert books.sql("""SELECT changed FROM "Customer List" WHERE id = 7""") == [("2026-11-30 12:00:00",)]


def test_an_edit_between_reading_and_writing_is_never_written_over(books: Books) -> None:
    """Whatever was changed of what the plan touches, and the version."""
    seen = books.system.current(RENAME, "7")
    books.sql("""UPDATE "Customer List" SET phone = '999' WHERE id = 7""")
    with pytest.raises(ConflictError, match="after it was read"):
        books.system.send(RENAME, "7", seen, "key")

    seen = books.system.current(RENAME, "7")
    books.sql("""UPDATE "Customer List" SET version = 9 WHERE id = 7""")
    with pytest.raises(ConflictError, match="after it was read"):
        books.system.send(RENAME, "7", seen, "key")

    books.sql("""DELETE FROM "Customer List" WHERE id = 7""")
    with pytest.raises(ConflictError, match="gone"):
        books.system.send(RENAME, "7", Current({}), "key")
    assert books.system.current(RENAME, "7") is None


def test_a_value_that_the_database_would_change_is_not_kept(books: Books) -> None:
    """What the client's own trigger makes of it is read before the transaction ends."""
    books.sql(
        """CREATE TRIGGER loud AFTER UPDATE OF name ON "Customer List" BEGIN
           UPDATE "Customer List" SET name = upper(new.name) WHERE id = new.id; END"""
    )
    outcome = books.run(RENAME)

    assert outcome.counts == {"rejected": 1}
    assert "would keep another value in name: nothing was changed" in reason(outcome)
    assert books.row()["name"] == "Acme"


def test_what_the_database_refuses_is_a_refusal_with_its_reason(books: Books) -> None:
    """A rule of the table; an id that is no number finds nothing."""
    outcome = books.run(change("update", {"name": "Acme"}, {"name": None}))

    assert outcome.counts == {"rejected": 1}
    assert "NOT NULL constraint failed" in reason(outcome)
    assert books.system.current(RENAME, "7' OR 1=1 --") is None


def test_what_is_not_described_is_not_written(books: Books, tmp_path: Path) -> None:
    """A column, a line, a kind of change; and SQLite itself refuses another table, whatever was sent."""
    assert "Nothing says where email" in reason(books.run(change("update", {"email": None}, {"email": "a@b.example"})))
    assert "lines of customers" in reason(books.run(change("update", {}, {"line.1.sku": "A"})))
    (tmp_path / "b").mkdir()
    bare = Books(tmp_path / "b", create=None, archive=None, restore=None, archived={}, mark="", version="", stamp="")
    assert "Nothing says how to archive" in reason(bare.run(change("archive", {"state": "active"}, {"state": "archived"})))
    with pytest.raises(UncertainError, match="no column for a mark"):
        bare.system.made(RENAME, "key")

    for text in ("UPDATE other SET name = 'x'", 'DELETE FROM "Customer List"', """UPDATE "Customer List" SET source = 'x'""",
                 "DROP TABLE other", "INSERT INTO other VALUES (1, 'x')"):  # fmt: skip
        with pytest.raises(ScopeError), bare.client.changing() as connection:
            connection.exec_driver_sql(text)
    assert bare.row()["name"] == "Acme"


def test_two_rows_of_one_name_are_none_to_change(tmp_path: Path) -> None:
    """A key that names two names neither."""
    books = Books(tmp_path, key="source", mark="")
    found = operation("update", "erp", "customers", target_id="hand", before={"phone": None}, after={"phone": "1"})

    with pytest.raises(RejectedError, match="Two rows"):
        books.system.send(found, "hand", None, "key")


def test_a_mark_that_stands_twice_is_for_a_person(tmp_path: Path) -> None:
    """It names neither of them."""
    books = Books(tmp_path, mark="source")

    with pytest.raises(UncertainError, match="2 rows with one mark"):
        books.system.made(RENAME, "hand")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """An address with a slip in it opens nothing."""
    client = ChangingClient("erp", Database(f"sqlite:///{tmp_path / 'none.db'}"), writings=(), environment={})

    with pytest.raises(RetryableError), client.reading():
        pass
    assert not (tmp_path / "none.db").exists()
    assert repr(client).startswith("ChangingClient('erp'")
    with pytest.raises(InputError):
        ChangingClient("erp", Database("nothing://x"), writings=(), environment={})


def test_whoever_else_writes_is_waited_for_by_the_job(books: Books) -> None:
    """A file that is held is no refusal: nothing was kept, and the change is made the next time."""
    with closing(sqlite3.connect(books.path, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RetryableError, match="nothing was kept"), books.client.changing():
            pass


class _DriverError(Exception):
    def __init__(self, state: str, words: str) -> None:
        super().__init__(words)
        self.sqlstate = state


@pytest.mark.parametrize(
    ("kind", "origin", "found", "sent"),
    [
        (sa.exc.OperationalError, _DriverError("40001", "could not serialize access"), RetryableError, RetryableError),
        (sa.exc.OperationalError, _DriverError("28P01", "password authentication failed"), AuthError, AuthError),
        (sa.exc.ProgrammingError, _DriverError("42501", "permission denied for table customer"), ScopeError, ScopeError),
        (sa.exc.IntegrityError, _DriverError("23505", "duplicate key"), RejectedError, RejectedError),
        (sa.exc.DBAPIError, _DriverError("22001", "value too long"), RejectedError, RejectedError),
        (sa.exc.OperationalError, _DriverError("57P01", "terminating connection"), RetryableError, UncertainError),
        (sa.exc.InterfaceError, _DriverError("", "network error"), RetryableError, UncertainError),
    ],
)
def test_what_an_error_means_depends_on_whether_the_change_was_being_kept(
    kind: type[sa.exc.DBAPIError], origin: Exception, found: type[Exception], sent: type[Exception]
) -> None:
    """What broke off then may have been kept; a value is never quoted."""
    error = kind("UPDATE customer SET name = ?", ("Acme",), origin)
    before, during = (fault_of_change(error, "erp", "env:ERP", is_sent=is_sent) for is_sent in (False, True))

    assert (type(before), type(during)) == (found, sent)
    assert "Acme" not in str(before)


@pytest.mark.parametrize(("code", "kind"), [("40P01", RetryableError), ("42501", ScopeError), ("23505", RejectedError)])
def test_the_code_of_an_error_is_read_where_its_driver_keeps_it(code: str, kind: type[Exception]) -> None:
    """One driver of PostgreSQL has it among the parts of its message."""
    driver = pytest.importorskip("pg8000.exceptions", reason="needs pg8000: python -m pip install 'integration-audit[test]'")
    error = sa.exc.DBAPIError("UPDATE customer", {}, driver.DatabaseError({"C": code, "M": "in the language of the server"}))

    assert type(fault_of_change(error, "erp", "env:ERP", is_sent=False)) is kind


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every query of a test, as PostgreSQL would get it."""
    found: list[str] = []

    def note(_connection: object, query: object, *_further: object) -> None:
        if isinstance(query, sa.Select):
            found.append(str(query.compile(dialect=postgresql.dialect())))

    sa.event.listen(sa.Engine, "before_execute", note)
    yield found
    sa.event.remove(sa.Engine, "before_execute", note)


def test_a_row_is_held_only_while_it_is_changed(books: Books, asked: list[str]) -> None:
    """A rehearsal, and what is read of a row before, keep nobody from working with it."""
    seen = books.system.current(RENAME, "7")
    books.system.whole(RENAME, "7")
    assert len(asked) == 2
    assert not any("FOR UPDATE" in one for one in asked)

    books.system.send(RENAME, "7", seen, "key")
    assert [one.endswith("FOR UPDATE") for one in asked[2:]] == [True, True]


def test_an_amount_is_written_in_the_currency_of_its_row(tmp_path: Path) -> None:
    """A yen has no smaller parts; where neither a change nor a row names a currency, it is the engagement's."""
    amounts = {"amount_minor": {"path": "credit", "form": "amount"}, "currency": "phone"}
    books = Books(tmp_path, fields=amounts)
    books.sql("""UPDATE "Customer List" SET credit = 1000, phone = 'JPY' WHERE id = 7""")
    books.sql("""UPDATE "Customer List" SET credit = 10, phone = NULL WHERE id = 8""")
    before, after = {"amount_minor": "1000"}, {"amount_minor": "1200"}

    yen = books.run(change("update", before, after))
    ours = replace(change("update", before, after), target_id="8")

    assert (yen.counts, books.run(ours).counts) == ({"confirmed": 1}, {"confirmed": 1})
    assert books.sql("""SELECT credit FROM "Customer List" ORDER BY id""") == [(1200,), (12,)]


def test_nothing_is_sent_to_a_database_again_unseen(books: Books) -> None:
    """Of a table that nothing describes neither."""
    assert not books.system.is_same_again(RENAME)
    assert not books.system.is_same_again(replace(RENAME, stream="other"))
