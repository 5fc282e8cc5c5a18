"""Whose login changes a database: one of its own, never the one that reads; and no other database than was planned for."""

from pathlib import Path

import pytest

from toolkit.audit.engagement import open_engagement
from toolkit.audit.jobs.opened_database import opened_database
from toolkit.changes import Plan, Target, made_plan
from toolkit.errors import AuthError, InputError, PlanRefusedError

READS = 'database: {url: "postgresql+pg8000://db.example:5432/erp"}\n    sign_in: {user: audit, password: "env:READ"}'
OWN = 'sign_in_to_write: {user: jobs, password: "env:WRITE"}'
WHOLE = 'database_to_write: {url: "env:WRITE_URL"}'
STREAM = """\
    streams:
      customers: {entity: party, key: [id], rows: {table: customer}, fields: {name: name}}
"""


def plan(account: str = "") -> Plan:
    return made_plan(
        "cleanup", engagement_id="acme", target=Target("erp", "sql", account_id=account), snapshot_ids={}, rules_hash="r",
        operations=(), record_counts={},
    )  # fmt: skip


def opened(folder: Path, *lines: str, account: str = "") -> str:
    """Return the address that would be changed; nothing is opened."""
    said = "".join(f"    {one}\n" for one in lines)
    (folder / "engagement.yaml").write_text(f"client: Harbor\nsystems:\n  erp:\n    connector: sql\n{said}{STREAM}")
    engagement = open_engagement(folder)
    try:
        with opened_database(engagement, plan(account), {}, "EUR", None) as rows:
            return rows.client.url
    finally:
        engagement.close()


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pg8000", reason="needs pg8000: python -m pip install 'integration-audit[test]'")
    monkeypatch.setenv("READ", "CANARY-read-4711")
    monkeypatch.setenv("READ_URL", "postgresql+pg8000://audit:CANARY-read-4711@db.example:5432/erp")
    monkeypatch.setenv("WRITE", "CANARY-write-4711")
    monkeypatch.setenv("WRITE_URL", "postgresql+pg8000://jobs:CANARY-write-4711@db.example:5432/erp")


@pytest.mark.parametrize("own", [OWN, WHOLE])
def test_a_login_of_its_own_changes_it(tmp_path: Path, own: str) -> None:
    """Beside the address that reads, or with an address of its own; no secret stands in what is shown."""
    assert opened(tmp_path, READS, own) == "postgresql://db.example:5432/erp"


@pytest.mark.parametrize(
    "lines", [[], ['sign_in_to_write: {user: audit, password: "env:WRITE"}'], ['database_to_write: {url: "env:READ_URL"}']]
)
def test_the_login_that_reads_changes_nothing(tmp_path: Path, lines: list[str]) -> None:
    """Neither by being the only one, nor under another name for its password."""
    with pytest.raises(InputError, match="What signs in to read erp is not used to change it"):
        opened(tmp_path, READS, *lines)


def test_a_login_whose_password_is_nowhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is opened."""
    monkeypatch.delenv("WRITE")
    with pytest.raises(AuthError, match="WRITE"):
        opened(tmp_path, READS, OWN)


def test_another_database_than_was_planned_for_is_refused(tmp_path: Path) -> None:
    """Its name is part of the plan."""
    assert opened(tmp_path, READS, OWN, account="postgresql:erp")
    with pytest.raises(PlanRefusedError, match="postgresql:erp_test"):
        opened(tmp_path, READS, OWN, account="postgresql:erp_test")
