"""A database that the settings describe becomes snapshots, and is never written to."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.client_database import SETTINGS, changed_file, made_file
from tests.fault_server import VirtualClock
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked
from toolkit.audit.records import engagement_records
from toolkit.errors import InputError
from toolkit.report.row_counts import row_counts
from toolkit.store.snapshots import read_snapshot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_file(tmp_path / "erp.db")
    (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url="sqlite:///erp.db"))
    return tmp_path


def pull(folder: Path, **asking: Any) -> AskedPull:
    engagement = open_engagement(folder)
    try:
        return pull_asked(engagement, asking=Asking(clock=VirtualClock(), **asking))
    finally:
        engagement.close()


def held(folder: Path, stream: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    engagement = open_engagement(folder)
    [row] = [row for row in engagement.store.snapshots(all_streams=True).to_pylist() if row["stream"] == stream]
    engagement.close()
    table = read_snapshot(folder / row["path"], row["entity"], columns)
    return sorted(zip(*(table[name].to_pylist() for name in columns), strict=True), key=str)


def settings(folder: Path, old: str, new: str) -> None:
    path = folder / "engagement.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_described_database_becomes_snapshots(folder: Path) -> None:
    """Tables and statements, dates and amounts to the cent, a row that is marked as gone; the photo is left out and said."""
    found = pull(folder)

    assert found.missing == ()
    assert found.notes == ("erp/customers: the column 'photo' holds files or pictures and is left out.",)
    customers = held(folder, "customers", ("record_id", "name", "state", "raw"))
    assert len(customers) == 12
    assert {row[0] for row in customers if row[2] == "deleted"} == {"3"}
    raw = json.loads(next(row[3] for row in customers if row[0] == "2"))
    assert raw == {"id": 2, "name": "Firm 2", "mail": "f2@example.nl", "changed": "2026-11-03 10:00:00", "gone": 0}
    invoices = held(folder, "invoices", ("record_id", "amount_minor", "issued_on", "party_ref", "party_name"))
    first = invoices[0]
    assert (first[0], first[1], str(first[2]), *first[3:]) == (
        "2026-003", 125050, "2026-11-05", "3", "Firm 3",
    )  # fmt: skip
    engagement = open_engagement(folder)
    lines = engagement_records(engagement).lines.to_pylist()
    engagement.close()
    assert sorted((row["sku"], row["amount_minor"]) for row in lines if "2026-006" in row["record_key"]) == [
        ("A-1", 100025),
        ("A-2", 25025),
    ]


def test_the_next_pull_asks_for_changes_and_everything_shows_what_is_gone(folder: Path) -> None:
    """A row that was deleted without a word is said by the count, and found by a full pull."""
    pull(folder)
    changed_file(
        folder / "erp.db",
        "UPDATE customer SET name = 'Renamed', changed = '2026-11-30 09:00:00' WHERE id = 5",
        "DELETE FROM customer WHERE id = 7",
    )
    second = pull(folder)

    names = {row[0]: row[1:] for row in held(folder, "customers", ("record_id", "name", "state"))}
    assert names["5"] == ("Renamed", "active")
    assert names["7"] == ("Firm 7", "active")
    assert [note for note in second.notes if "--full" in note] == [
        (
            "erp/customers: the database holds 11 rows, and the snapshot 12 records: some were deleted without a trace. "
            "integration-audit pull --full finds which."
        )
    ]
    third = pull(folder, is_full=True)
    states = dict(held(folder, "customers", ("record_id", "state")))
    assert states["7"] == "absent"
    assert third.missing == ()


def test_changes_are_asked_for_with_a_look_back(folder: Path) -> None:
    """A row that was written late, with a stamp a few minutes before the newest of the last pull, is caught."""
    changed_file(folder / "erp.db", "UPDATE customer SET changed = '2026-11-27 10:00:00' WHERE id = 1")
    pull(folder)
    newest = "2026-11-28 10:00:00"
    with closing(sqlite3.connect(folder / "erp.db")) as database:
        assert database.execute("SELECT max(changed) FROM customer").fetchone()[0] < newest
    changed_file(
        folder / "erp.db",
        "INSERT INTO customer VALUES (90, 'Late', NULL, '2026-11-27 09:55:00', 0, NULL)",
        "INSERT INTO customer VALUES (91, 'No stamp', NULL, NULL, 0, NULL)",
    )
    pull(folder)

    assert {"90", "91"} <= {row[0] for row in held(folder, "customers", ("record_id",))}


def test_a_file_is_never_written_to_and_never_made(folder: Path) -> None:
    """Not even beside it; where there is none, that is said and none appears."""
    before = (folder / "erp.db").read_bytes()
    pull(folder)
    assert (folder / "erp.db").read_bytes() == before

    settings(folder, "sqlite:///erp.db", "sqlite:///other.db")
    found = pull(folder)
    assert "not there" in found.missing[0]
    assert not (folder / "other.db").exists()


@pytest.mark.parametrize("damage", [lambda data: data[:3000], lambda data: b"not a database" + data[14:]])
def test_a_damaged_file_is_told_from_a_wrong_description(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """A copy that was cut off while it was sent: nobody mends the settings for it, and the last snapshot is used."""
    pull(folder)
    (folder / "erp.db").write_bytes(damage((folder / "erp.db").read_bytes()))
    said = " ".join(pull(folder).missing)

    assert "the database is damaged, or is none" in said
    assert "Mend 'rows'" not in said
    assert len(held(folder, "customers", ("record_id",))) == 12


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM customer", "holds the word 'DELETE'"),
        ("EXPLAIN SELECT id FROM customer", "must begin with SELECT or WITH"),
        ("SELECT 1 AS id; DROP TABLE customer", "must be one statement"),
        ("WITH x AS (UPDATE customer SET gone = 1 RETURNING id) SELECT id FROM x", "holds the word 'UPDATE'"),
        ("SELECT id FROM customer) AS a; --", "bracket too many"),
        ("SELECT 1) UNION SELECT (2", "bracket too many"),
        ("SELECT * INTO copy FROM customer", "holds the word 'INTO'"),
    ],
)
def test_only_one_statement_that_reads_is_taken(folder: Path, statement: str, said: str) -> None:
    """Anything else is refused when the settings are read, before a database is opened."""
    settings(folder, "rows: {table: customer, changed_since: changed, deleted: gone}", f'rows: {{select: "{statement}"}}')

    with pytest.raises(InputError, match=said):
        open_engagement(folder)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://audit:CANARY-pw@127.0.0.1/erp",
        "postgresql+psycopg://127.0.0.1/erp?password=CANARY-pw",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BPWD%3DCANARY-pw",
        "mysql+pymysql://audit:CANARY-p@ss@127.0.0.1/erp",
    ],
)
def test_an_address_with_a_password_in_it_is_refused_like_every_secret(folder: Path, url: str) -> None:
    """And the message does not repeat it."""
    settings(folder, "sqlite:///erp.db", url)

    with pytest.raises(InputError) as refused:
        open_engagement(folder)
    assert "must not stand in a file" in str(refused.value)
    assert "CANARY" not in str(refused.value)


def test_an_address_may_be_kept_in_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole of it, since some hold a password."""
    settings(folder, "sqlite:///erp.db", "env:ERP_URL")
    monkeypatch.setenv("ERP_URL", "sqlite:///erp.db")
    assert pull(folder).missing == ()
    monkeypatch.delenv("ERP_URL")
    found = pull(folder)
    assert found.sign_in_again
    assert "ERP_URL, which is not set" in found.missing[0]


def test_a_driver_that_is_not_installed_is_named(folder: Path) -> None:
    """Which database a client has is not ours to know: the message says what to install."""
    settings(folder, "sqlite:///erp.db", "oracle+oracledb://audit@127.0.0.1/erp")

    [said] = {one.partition("was not pulled. ")[2] for one in pull(folder).missing}
    assert "python -m pip install 'oracledb'" in said


def test_a_column_that_is_not_there_is_named(folder: Path) -> None:
    """Of the key at once; of a field after the rows were read."""
    settings(folder, "key: [id]", "key: [idd]")
    assert "There is no column named 'idd'. Did you mean 'id'?" in pull(folder).missing[0]

    settings(folder, "key: [idd]", "key: [id]")
    settings(folder, "email: mail", "email: maill")
    assert any("no record has a value at 'maill'" in one and "'mail'" in one for one in pull(folder).missing)


def test_a_key_that_names_several_rows_makes_the_pull_incomplete(folder: Path) -> None:
    """What would count once only is said."""
    settings(folder, "key: [id]", "key: [gone]")

    [said] = pull(folder).missing
    assert "stood in more than one row" in said
    assert "Mend 'key'" in said


def test_a_table_that_is_not_there_leaves_the_others(folder: Path) -> None:
    """It is said of that stream alone."""
    settings(folder, "table: customer", "table: customers")

    found = pull(folder)
    assert len(found.missing) == 1
    assert "no such table" in found.missing[0]
    assert len(held(folder, "invoices", ("record_id",))) == 4


def test_a_statement_with_a_column_that_is_not_there_is_mended_in_the_settings(folder: Path) -> None:
    """The database answered: nobody is sent to look at the network."""
    settings(folder, "SELECT i.number", "SELECT i.numbber AS number")

    [said] = pull(folder).missing
    assert "there is no such column (it says: 'no such column: i.numbber')" in said
    assert "Mend 'rows' of the stream." in said


def test_the_audit_sees_a_database_like_any_system(folder: Path) -> None:
    """Through the same door as everything else."""
    engagement = open_engagement(folder)
    found = pull_systems(engagement)
    rows = engagement_records(engagement)
    said = row_counts(engagement.store.intake()[0], engagement.store.snapshots()).sentence()
    engagement.close()

    assert found.missing == ()
    assert "of 1 system from 2 tables of databases (" in said
    assert rows.parties.num_rows == 11
    assert rows.documents.num_rows == 4
