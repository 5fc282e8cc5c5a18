"""A shared state as far as it needs no server: what errors mean, how the way is encrypted, rows carried and compared."""

import json
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.servers.running import free_port
from toolkit.errors import (
    AuthError,
    BusyError,
    ConflictError,
    InputError,
    RetryableError,
    ScopeError,
    ToolkitError,
)
from toolkit.store.said import words_of_persons
from toolkit.store.shared.faults import fault_of, is_lost
from toolkit.store.shared.place import MARKER, Marker, SharedPlace, read_marker, write_marker
from toolkit.store.shared.rows import carry_facts, carry_rows, unlike_row
from toolkit.store.shared.server import Server, encryption
from toolkit.store.state import AUDIT_LOG, DECISIONS, META, state_engine
from toolkit.store.store import Store

PLACE = SharedPlace(
    sa.engine.make_url("postgresql://team:CANARY-77@db.example:5432/engagements"),
    "5b0c7d3e9a41f286",
    "env:TEAM_STATE",
    "postgresql://db.example:5432/engagements",
)
PAIR = {"key_l": "crm/c/1", "key_r": "crm/c/2", "decision": "not_same", "reviewer": "Dana", "note": None}


class DriverError(Exception):
    """An error of a driver that names its SQLSTATE as others do."""

    def __init__(self, state: str, words: str = "no") -> None:
        self.sqlstate = state
        super().__init__(words)


class InterfaceError(Exception):
    """What a driver calls it when there is no connection."""


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("28P01", AuthError, "kept as env:TEAM_STATE"),
        ("28000", AuthError, "kept as env:TEAM_STATE"),
        ("3D000", InputError, "no such database"),
        ("42501", ScopeError, "lacks a right"),
        ("42P01", InputError, "not there, or not all of them"),
        ("42703", InputError, "integration_audit_5b0c7d3e9a41f286"),
        ("25006", InputError, "can only be read"),
        ("55P03", BusyError, "half a minute"),
        ("53300", RetryableError, "no connection left"),
        ("53100", RetryableError, "no room"),
        ("57P01", RetryableError, "broke off"),
        ("57P03", RetryableError, "it goes on where it was"),
        ("40001", RetryableError, "broke off"),
        ("08006", RetryableError, "does not answer"),
        ("22021", InputError, "a character that the server cannot keep"),
    ],
)
def test_each_error_of_a_server_says_what_to_do(state: str, kind: type[ToolkitError], words: str) -> None:
    """As one sentence with the host and the database; as the driver that comes along says it, and as others do."""
    for error in (DriverError(state, "CANARY-77 is wrong"), Exception({"C": state, "M": "CANARY-77 is wrong"})):
        fault = fault_of(error, PLACE)

        assert type(fault) is kind
        assert words in str(fault)
        assert "postgresql://db.example:5432/engagements" in str(fault)
        assert "CANARY" not in str(fault)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('connection failed: FATAL:  password authentication failed for user "team"', AuthError),
        ('connection failed: FATAL:  database "engagements" does not exist', InputError),
        ('FATAL:  permission denied for database "engagements"', ScopeError),
        ("FATAL:  sorry, too many clients already", RetryableError),
    ],
)
def test_a_driver_that_has_only_the_words_of_the_server_is_understood(words: str, kind: type[ToolkitError]) -> None:
    """Some name no state while they connect."""
    assert type(fault_of(InterfaceError(words), PLACE)) is kind


def test_a_fault_of_ours_stays_one() -> None:
    """A statement that the server does not understand is no matter of the client's."""
    assert fault_of(DriverError("42601", "syntax error"), PLACE) is None
    assert fault_of(DriverError("23505", "duplicate key"), PLACE) is None
    assert fault_of(ValueError("x"), PLACE) is None
    assert fault_of(ConflictError("x"), PLACE) is None


def test_a_lost_connection_is_told_from_a_refusal() -> None:
    """Only the first is opened anew."""
    lost = [
        TimeoutError(),
        ConnectionResetError(),
        InterfaceError("network error"),
        DriverError("57P01"),
        DriverError("08003"),
    ]

    assert [is_lost(one) for one in lost] == [True] * 5
    assert [is_lost(one) for one in (DriverError("28P01"), DriverError("42501"), ValueError())] == [False] * 3
    assert str(fault_of(TimeoutError(), PLACE)).endswith("it goes on where it was.")


def test_a_move_that_fails_says_that_nothing_was_moved() -> None:
    """The state is not there yet, so nothing goes on there."""
    said = str(fault_of(TimeoutError(), replace(PLACE, is_settled=False)))

    assert said.startswith("Nothing was moved to postgresql://db.example:5432/engagements: the state of this engagement is")
    assert said.endswith("Then start the same command again.")
    assert "goes on" not in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_way_within_a_machine_is_plain(host: str) -> None:
    """Nobody listens there."""
    assert encryption(PLACE.url.set(host=host), "x") is False


def test_the_way_to_another_machine_is_encrypted_and_checked() -> None:
    """Unless the address says otherwise, in words of PostgreSQL's."""
    checked = encryption(PLACE.url, "x")
    assert (checked.verify_mode, checked.check_hostname) == (ssl.CERT_REQUIRED, True)
    unchecked = encryption(PLACE.url.update_query_dict({"sslmode": "require"}), "x")
    assert (unchecked.verify_mode, unchecked.check_hostname) == (ssl.CERT_NONE, False)
    assert encryption(PLACE.url.update_query_dict({"sslmode": "disable"}), "x") is False
    assert encryption(PLACE.url.set(host="127.0.0.1").update_query_dict({"sslmode": "verify-full"}), "x").check_hostname
    with pytest.raises(InputError, match=r"kept as env:X says 'prefer'"):
        encryption(PLACE.url.update_query_dict({"sslmode": "prefer"}), "env:X")
    with pytest.raises(InputError, match="certificate"):
        encryption(PLACE.url.update_query_dict({"sslrootcert": "/no/such.pem"}), "env:X")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql+pymysql://team@127.0.0.1/x", "on PostgreSQL, not on mysql"),
        ("postgresql+nothing://team@127.0.0.1/x", r"python -m pip install 'integration-audit\[team\]'"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(tmp_path: Path, url: str, words: str) -> None:
    """Another kind of database, or a driver that is not there."""
    with pytest.raises(InputError, match=words):
        Store(tmp_path, replace(PLACE, url=sa.engine.make_url(url)))


def test_a_server_that_is_away_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    """The folder does not begin a state of its own."""
    url = PLACE.url.set(host="127.0.0.1", port=free_port())

    with pytest.raises(RetryableError, match="does not answer") as told:
        Store(tmp_path / "client", replace(PLACE, url=url))

    assert "CANARY" not in f"{told.value!r} {told.value} {PLACE!r}"
    assert not [*(tmp_path / "client").glob("state*")]


def test_a_folder_remembers_where_its_state_is(tmp_path: Path) -> None:
    """Without a secret; and a state of its own is not begun beside it."""
    assert read_marker(tmp_path) is None
    write_marker(tmp_path, PLACE, "0a1b2c3d")

    assert read_marker(tmp_path) == Marker(PLACE.engagement_id, "0a1b2c3d", "env:TEAM_STATE")
    assert "CANARY" not in (tmp_path / MARKER).read_text()
    with pytest.raises(InputError, match=r"engagement\.yaml names none"):
        Store(tmp_path)
    with pytest.raises(InputError, match="two engagements are never mixed"):
        Store(tmp_path, replace(PLACE, engagement_id="00" * 8))
    (tmp_path / "state.sqlite").write_bytes(b"x")
    with pytest.raises(InputError, match="has a state of its own"):
        Store(tmp_path, PLACE)
    (tmp_path / MARKER).write_text("{}")
    with pytest.raises(InputError, match="cannot be read"):
        Store(tmp_path, PLACE)


def test_documents_of_a_shared_state_are_made_from_the_copy(tmp_path: Path) -> None:
    """The words of every colleague, without a way to the server."""
    with Store(tmp_path) as store:
        store.add_decisions([PAIR])
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    assert words_of_persons(tmp_path) == ([], [])
    write_marker(tmp_path, PLACE, "0a1b2c3d")

    assert [row["reviewer"] for row in words_of_persons(tmp_path)[0]] == ["Dana"]
    (tmp_path / "state.copy.jsonl").unlink()
    assert words_of_persons(tmp_path) == ([], [])


@pytest.fixture
def two(tmp_path: Path) -> tuple[sa.Engine, sa.Engine]:
    """Return a state with three decisions, and an empty one."""
    with Store(tmp_path / "one") as store:
        store.add_decisions([{**PAIR, "key_r": f"crm/c/{number}"} for number in (2, 3, 4)])
    (tmp_path / "other").mkdir()
    return state_engine(tmp_path / "one" / "state.sqlite"), state_engine(tmp_path / "other" / "state.sqlite")


TABLES = (DECISIONS, AUDIT_LOG)


def test_rows_are_carried_once_and_then_those_that_came_since(two: tuple[sa.Engine, sa.Engine]) -> None:
    """With their numbers; what is there already is not added again."""
    one, other = two
    with one.connect() as source, other.begin() as target:
        assert (carry_rows(source, target, TABLES), carry_rows(source, target, TABLES)) == (4, 0)
        carry_facts(source, target, ("engagement", "copied"))
        carry_facts(source, target, ("engagement", "copied"))
        assert unlike_row(source, target, TABLES) == ""
        names = target.execute(sa.select(META.c.name).order_by(META.c.name)).scalars().all()
        assert names == ["copied", "engagement"]
        values = {"key_l": "a", "key_r": "b", "decision": "same", "decided_at": "2026-01-01T00:00:00+00:00"}
        assert target.execute(sa.insert(DECISIONS).values(values)).inserted_primary_key[0] == 4
        assert (unlike_row(source, target, TABLES), unlike_row(source, target, TABLES, is_prefix=True)) == ("decision 4", "")
        assert unlike_row(target, source, TABLES, is_prefix=True) == "decision 4"
        assert carry_rows(source, target, TABLES) == 0


def test_a_row_that_differs_is_named(two: tuple[sa.Engine, sa.Engine]) -> None:
    """By one letter, anywhere."""
    one, other = two
    with one.connect() as source, other.begin() as target:
        carry_rows(source, target, TABLES)
        target.execute(sa.update(AUDIT_LOG).values(detail=json.dumps({"added": 4})))
        assert unlike_row(source, target, TABLES) == "audit_log 1"
        target.execute(sa.update(DECISIONS).where(DECISIONS.c.sequence == 2).values(note="x"))
        assert unlike_row(source, target, TABLES, is_prefix=True) == "decision 2"


def test_one_that_was_forgotten_closes_itself() -> None:
    """A notebook that is shut leaves no connection on the server."""
    server = Server(PLACE, "0a1b2c3d")
    close = server.close

    assert close.alive
    del server
    assert not close.alive
