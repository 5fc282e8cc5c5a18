"""Debian's PostgreSQL, started on loopback for the tests that need one."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.servers.running import free_port, installed, started

PASSWORD = "pg-CANARY-7f3a"
"""Of the user ``team``; it stands in no file of an engagement."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, or one that was stopped: where it listens, and what starts it."""

    port: int
    data: Path
    command: tuple[str, ...]
    log: Path

    def url(self, database: str = "postgres", *, user: str = "team", password: str = PASSWORD) -> str:
        """Return the whole address of a database."""
        return f"postgresql+pg8000://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def engine(self, database: str = "postgres") -> sa.Engine:
        """Return an engine of the tests' own."""
        return sa.create_engine(self.url(database), poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement."""
        with self.engine(database).connect() as connection:
            connection.exec_driver_sql(statement)

    def reload(self, setting: str, value: str) -> None:
        """Let the server read its settings again, until one of them is what it shall be."""
        self.execute("SELECT pg_reload_conf()")
        with self.engine().connect() as connection:
            while connection.exec_driver_sql(f"SHOW {setting}").scalar() != value:
                time.sleep(0.02)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the server for a ``with`` block."""
        with started(self.command, "", self.log, folder=self.data, word="ready to accept connections"):
            mark = self.data / "db" / "postmaster.pid"
            try:
                yield
            finally:
                # At once, as when its machine fails; what was committed is there when it is started again.
                os.kill(int(mark.read_text().split()[0]), signal.SIGQUIT)
                until = time.monotonic() + 60
                while mark.exists() and time.monotonic() < until:
                    time.sleep(0.02)


@contextmanager
def made_server(*, user: str = "team", auth: str = "scram-sha-256", options: tuple[str, ...] = ()) -> Iterator[Server]:
    """Yield a server that is made and not started yet; it is removed behind the block."""
    programs = installed("postgresql", "/usr/lib/postgresql/15/bin/postgres").parent
    pytest.importorskip("pg8000", reason="needs pg8000: python -m pip install 'integration-audit[test]'")
    data, port = Path(tempfile.mkdtemp(prefix="postgresql-")), free_port()
    secret = data / "password"
    secret.write_text(PASSWORD)
    # A server of PostgreSQL refuses to be root's.
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if other:
        shutil.chown(data, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    made = [*other, str(programs / "initdb"), "-D", str(data / "db"), "-U", user, f"--auth={auth}", "--no-sync"]
    made += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pwfile={secret}"]
    run = [
        *other,
        str(programs / "postgres"),
        "-D",
        str(data / "db"),
        "-p",
        str(port),
        "-k",
        "",
        "-c",
        "autovacuum=off",
        *options,
    ]
    try:
        with started(made, "", data / "initdb.log", folder=data, word="Success"):
            pass
        yield Server(port, data, tuple(run), data / "log")
    finally:
        shutil.rmtree(data, ignore_errors=True)
