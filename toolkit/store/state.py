"""What must survive a power cut: catalogue, decisions, matchings, audit log and the writer's lock, in one SQLite file.

The file is opened by `toolkit.store.state_file`, which puts it back from its copy when it was lost.

WAL and ``synchronous=FULL``: readers never wait, and what was committed is on the disk. SQLAlchemy Core, so that a team may
later point an engagement at a server database.
"""

import os
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from toolkit.disk import disk_errors
from toolkit.errors import InputError

METADATA = sa.MetaData()

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text in the order of its bytes, on every server as in a file: what is listed stands in one order."""

SNAPSHOTS = sa.Table(
    "snapshot",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("system", TEXT, nullable=False),
    sa.Column("stream", TEXT, nullable=False),
    sa.Column("entity", TEXT, nullable=False),
    sa.Column("connector", TEXT, nullable=False),
    sa.Column("taken_at", TEXT, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("rows_absent", sa.Integer, nullable=False),
    sa.Column("is_complete", sa.Boolean, nullable=False),
    sa.Column("reasons", TEXT, nullable=False),
    sa.Column("source_files", TEXT, nullable=False),
    sa.Column("sha256", TEXT, nullable=False),
    sa.Column("path", TEXT, nullable=False),
)

DECISIONS = sa.Table(
    "decision",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key_l", TEXT, nullable=False),
    sa.Column("key_r", TEXT, nullable=False),
    sa.Column("decision", TEXT, nullable=False),
    sa.Column("reviewer", TEXT),
    sa.Column("decided_at", TEXT, nullable=False),
    sa.Column("note", TEXT),
    sa.Index("decision_of_pair", "key_l", "key_r"),
)

RULINGS = sa.Table(
    "ruling",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("key_l", TEXT, nullable=False, index=True),
    sa.Column("key_r", TEXT),
    sa.Column("part", TEXT, nullable=False),
    sa.Column("decision", TEXT, nullable=False),
    sa.Column("value_l", TEXT),
    sa.Column("value_r", TEXT),
    sa.Column("reviewer", TEXT),
    sa.Column("decided_at", TEXT, nullable=False),
    sa.Column("note", TEXT),
    sa.Column("renames", sa.Integer, nullable=False),
)
"""What persons said of findings; ``renames`` is how many systems had been renamed when it was entered."""

MODELS = sa.Table(
    "match_model",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("model_id", TEXT, nullable=False),
    sa.Column("run_id", TEXT, nullable=False),
    sa.Column("fitted_at", TEXT, nullable=False),
    sa.Column("fitted_by", TEXT, nullable=False),
    sa.Column("reason", TEXT, nullable=False),
    sa.Column("streams", TEXT, nullable=False),
    sa.Column("path", TEXT, nullable=False),
    sa.Column("files", TEXT, nullable=False, server_default="{}"),
    sa.Column("is_settled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("subject", "model_id"),
)

MATCHINGS = sa.Table(
    "matching",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", TEXT, nullable=False),
    sa.Column("run_id", TEXT, nullable=False),
    sa.Column("model_id", TEXT, nullable=False),
    sa.Column("notes", TEXT, nullable=False),
    sa.Column("path", TEXT, nullable=False),
    sa.Column("files", TEXT, nullable=False, server_default="{}"),
    sa.Column("is_settled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("subject", "run_id"),
)

AUDIT_LOG = sa.Table(
    "audit_log",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("action", TEXT, nullable=False),
    sa.Column("detail", TEXT, nullable=False),
    sa.Column("hash", TEXT, nullable=False),
)

PRESENCE = sa.Table(
    "presence",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("system", TEXT, nullable=False),
    sa.Column("stream", TEXT, nullable=False),
    sa.Column("presence", TEXT, nullable=False),
    sa.Column("reason", TEXT, nullable=False),
    sa.Column("records_before", sa.Integer, nullable=False),
)
"""What became of each stream, a row whenever that changed; the last one holds."""

RENAMES = sa.Table(
    "rename",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("old", TEXT, nullable=False),
    sa.Column("new", TEXT, nullable=False),
    sa.Column("decisions", sa.Integer, nullable=False),
)
"""Systems that got another name; ``decisions`` is the last that had been entered before."""

SETTINGS = sa.Table(
    "settings",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("text", TEXT, nullable=False),
)
"""``engagement.yaml`` as it was each time that something was computed with it."""

PULLS = sa.Table(
    "pull",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("facts", TEXT, nullable=False),
)
"""What a pull read and from what, so that the next one knows what need not be read again."""

PLANS = sa.Table(
    "plan",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("plan_id", TEXT, nullable=False),
    sa.Column("signature", TEXT, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("system", TEXT, nullable=False),
    sa.Column("changes", sa.Integer, nullable=False),
    sa.Column("expires_at", TEXT, nullable=False),
    sa.Column("sha256", TEXT, nullable=False),
)
"""Every plan that was made; one that was made again, since it had expired, has a row for each time, and the last holds."""

APPROVALS = sa.Table(
    "approval",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("plan_id", TEXT, nullable=False),
    sa.Column("signature", TEXT, nullable=False),
    sa.Column("approver", TEXT, nullable=False),
    sa.Column("ceilings", TEXT, nullable=False),
    sa.Column("accepted", TEXT, nullable=False),
    sa.Column("note", TEXT, nullable=False),
)
"""Who agreed to which plan, up to how many records that are taken away, and to which losses."""

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("plan_id", TEXT, nullable=False, index=True),
    sa.Column("op_id", TEXT, nullable=False),
    sa.Column("state", TEXT, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("begun_at", TEXT),
    sa.Column("idempotency_key", TEXT),
    sa.Column("status", sa.Integer),
    sa.Column("request_id", TEXT),
    sa.Column("record_id", TEXT),
    sa.Column("version", TEXT),
    sa.Column("reason", TEXT),
    sa.Column("before_hash", TEXT),
    sa.Column("after_hash", TEXT),
    sa.Column("stamp", TEXT),
)
"""What became of each change of a plan: a row for each step, the last of a change holds."""

META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("value", TEXT, nullable=False),
)

_GROWN = (MODELS, MATCHINGS, JOURNAL)
"""Tables that have got further columns since they were first made."""

WRITER = sa.Table(
    "writer",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started", TEXT, nullable=False),
    sa.Column("host", TEXT, nullable=False),
    sa.Column("token", TEXT, nullable=False),
    sa.Column("purpose", TEXT, nullable=False),
    sa.Column("since", TEXT, nullable=False),
)


def state_engine(path: Path) -> sa.Engine:
    """Return an engine on the state file, which is created (0600) when missing; several processes may hold one."""
    with disk_errors(path):
        path.touch(mode=0o600, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool, connect_args={"timeout": 30})

    def prepare(connection: Any, _record: Any) -> None:
        # Transactions are begun by hand below: the driver's own way begins them too late to be serialisable.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    METADATA.create_all(engine)
    _add_columns(engine)
    return engine


def _add_columns(engine: sa.Engine) -> None:
    """Give the tables of an older state file the columns and indexes that they lack; a column is null, or has a default."""
    known = sa.inspect(engine)
    for table in _GROWN:
        for column in _lacking(table, {one["name"] for one in known.get_columns(table.name)}):
            kind = column.type.compile(engine.dialect)
            rule = "" if column.nullable else f" NOT NULL DEFAULT {_filling(column)}"
            with engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}{rule}")
    for index in (*DECISIONS.indexes, *RULINGS.indexes):
        index.create(engine, checkfirst=True)


def _lacking(table: sa.Table, present: Collection[str]) -> list[sa.Column[Any]]:
    return [one for one in table.columns if one.name not in present]


def _filling(column: sa.Column[Any]) -> str:
    """Return what stands in a column of rows that were there before it, in SQL."""
    return "NULL" if column.nullable else "'{}'"


def is_writable(folder: Path) -> bool:
    """Return whether an engagement's folder and its state file, where there is one, may be written."""
    state = folder / "state.sqlite"
    return os.access(folder, os.W_OK) and (not state.exists() or os.access(state, os.W_OK))


def read_only_engine(path: Path) -> sa.Engine:
    """Return an engine that reads the state file and creates nothing, not even the files that SQLite puts beside it."""
    engine = sa.create_engine("sqlite://", creator=lambda: _reading(path), poolclass=sa.pool.NullPool)

    def say(context: sa.engine.ExceptionContext) -> None:
        if "readonly database" in str(context.original_exception):
            raise InputError(
                f"Cannot write to {path.parent}: it is read-only. Copy the folder to a place that can be written, "
                "and run this there."
            ) from context.original_exception

    sa.event.listen(engine, "handle_error", say)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _reading(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write; tables that the file lacks are there, and empty."""
    journal = path.with_name(f"{path.name}-wal")
    # Without a journal nobody is writing, and the file may be taken as it lies: any other way needs a file beside it.
    how = "mode=ro" if journal.exists() else "mode=ro&immutable=1"
    address = f"file:{quote(str(path))}?{how}" if path.exists() else "file::memory:"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=30, isolation_level=None)
        there = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    except sqlite3.OperationalError as error:
        raise InputError(
            f"Cannot read {path} in a folder that cannot be written: a run was stopped while it wrote there. "
            "Copy the folder to a place that can be written, and open it there."
        ) from error
    connection.execute("PRAGMA temp_store = MEMORY")
    for table in METADATA.sorted_tables:
        if table.name not in there:
            connection.execute(str(CreateTable(table)).replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    for table in (one for one in _GROWN if one.name in there):
        names = {name for (_, name, *_) in connection.execute(f"PRAGMA main.table_info({table.name})")}
        if lacking := _lacking(table, names):
            # As `_add_columns` would have it; of one name what is temporary is meant.
            more = ", ".join(f"{_filling(one)} AS {one.name}" for one in lacking)
            connection.execute(f"CREATE TEMP VIEW {table.name} AS SELECT *, {more} FROM main.{table.name}")
    connection.execute("PRAGMA query_only = ON")
    return connection
