"""What must survive a power cut: catalogue, decisions, matchings, audit log and the writer's lock, in one SQLite file.

The file is opened by `toolkit.store.state_file`, which puts it back from its copy when it was lost.

WAL and ``synchronous=FULL``: readers never wait, and what was committed is on the disk. SQLAlchemy Core, so that a team may
later point an engagement at a server database.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.disk import disk_errors

METADATA = sa.MetaData()

SNAPSHOTS = sa.Table(
    "snapshot",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("system", sa.Text, nullable=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("connector", sa.Text, nullable=False),
    sa.Column("taken_at", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("rows_absent", sa.Integer, nullable=False),
    sa.Column("is_complete", sa.Boolean, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("source_files", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
)

DECISIONS = sa.Table(
    "decision",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key_l", sa.Text, nullable=False),
    sa.Column("key_r", sa.Text, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reviewer", sa.Text),
    sa.Column("decided_at", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
)

MODELS = sa.Table(
    "match_model",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("model_id", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("fitted_at", sa.Text, nullable=False),
    sa.Column("fitted_by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("streams", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("files", sa.Text, nullable=False, server_default="{}"),
    sa.Column("is_settled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("subject", "model_id"),
)

MATCHINGS = sa.Table(
    "matching",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("model_id", sa.Text, nullable=False),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("files", sa.Text, nullable=False, server_default="{}"),
    sa.Column("is_settled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("subject", "run_id"),
)

AUDIT_LOG = sa.Table(
    "audit_log",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)

PRESENCE = sa.Table(
    "presence",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("system", sa.Text, nullable=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("presence", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("records_before", sa.Integer, nullable=False),
)
"""What became of each stream, a row whenever that changed; the last one holds."""

RENAMES = sa.Table(
    "rename",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
    sa.Column("decisions", sa.Integer, nullable=False),
    sa.Column("matchings", sa.Integer, nullable=False),
)
"""Systems that got another name; ``decisions`` and ``matchings`` are the last that had been entered before."""

SETTINGS = sa.Table(
    "settings",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
"""``engagement.yaml`` as it was each time that something was computed with it."""

PULLS = sa.Table(
    "pull",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
)
"""What a pull read and from what, so that the next one knows what need not be read again."""

META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

WRITER = sa.Table(
    "writer",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
)


MENDED = "mended"
LOST = "lost"
"""What the audit log calls something that was put back, and something that cannot be had again; the detail is a sentence."""


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
    """Give the tables of an older state file the columns that they lack; each has a default."""
    known = sa.inspect(engine)
    for table in (MODELS, MATCHINGS):
        present = {one["name"] for one in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                kind = column.type.compile(engine.dialect)
                with engine.begin() as connection:
                    connection.exec_driver_sql(
                        f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind} NOT NULL DEFAULT '{{}}'"
                    )


def log_entry(connection: sa.Connection, action: str, detail: dict[str, Any], at: datetime) -> str:
    """Append to the audit log, whose entries each hold the hash of the one before; return the new hash.

    ``detail`` holds ids, counts and hashes, never values of a record.
    """
    before = connection.execute(
        sa.select(AUDIT_LOG.c.hash).order_by(AUDIT_LOG.c.sequence.desc()).limit(1)
    ).scalar_one_or_none()
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    stamp = at.isoformat()
    digest = _entry_hash(before or "", stamp, action, text)
    connection.execute(sa.insert(AUDIT_LOG).values(at=stamp, action=action, detail=text, hash=digest))
    return digest


def broken_log_entries(connection: sa.Connection) -> list[int]:
    """Return the sequence numbers of audit entries that do not fit the entry before them: empty when untouched."""
    broken = []
    before = ""
    expected_sequence = 1
    for entry in connection.execute(sa.select(AUDIT_LOG).order_by(AUDIT_LOG.c.sequence)):
        fits = entry.hash == _entry_hash(before, entry.at, entry.action, entry.detail)
        if not fits or entry.sequence != expected_sequence:
            broken.append(entry.sequence)
        before = entry.hash
        expected_sequence = entry.sequence + 1
    return broken


def _entry_hash(before: str, at: str, action: str, detail: str) -> str:
    return hashlib.sha256(f"{before}\n{at}\n{action}\n{detail}".encode()).hexdigest()
