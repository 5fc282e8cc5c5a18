"""Several people on one engagement: its state on PostgreSQL, moved there and back, one writer at a time, whatever breaks."""

import contextlib
import itertools
import json
import multiprocessing
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.command_line import call
from tests.servers.postgresql import PASSWORD, Server, made_server
from tests.shared_states import States, begun, place_on
from tests.stories.test_killed_job import kill_jobs, killable
from tests.written_crm import client, planned, sent, values
from toolkit.changes.steps import JournalEntry
from toolkit.errors import BusyError, InputError
from toolkit.store.journal import journal_steps, opened_journal
from toolkit.store.said import words_of_persons
from toolkit.store.shared.moving import share_state, take_back
from toolkit.store.shared.place import MARKER, SharedPlace, read_marker
from toolkit.store.store import Store

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
PAIR = {"key_l": "crm/c/1", "key_r": "crm/c/2", "decision": "not_same", "reviewer": "Dana", "note": "two shops"}


@pytest.fixture
def address(state_server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Return the server, whose address stands in the environment."""
    monkeypatch.setenv("TEAM_STATE", state_server.url())
    return state_server


@pytest.fixture
def shared(address: Server, tmp_path: Path) -> Path:
    """Return the folder of an engagement with a decision, whose state is shared."""
    folder = tmp_path / "client"
    assert call("new", folder, "--client", "Harbor", "--currency", "USD", "--country", "US").code == 0
    with Store(folder) as store:
        store.add_decisions([PAIR])
    told = call("engagement", "share", folder, "--url", "env:TEAM_STATE")
    assert (told.code, told.err) == (0, "")
    assert f"postgresql://127.0.0.1:{address.port}/postgres" in told.out
    return folder


def place_of(folder: Path, server: Server) -> SharedPlace:
    """Return where the state of a folder is."""
    marker = read_marker(folder)
    assert marker is not None
    return place_on(server, marker.engagement_id)


def colleague(folder: Path, name: str = "colleague") -> Path:
    """Return the folder of a colleague, who was given ``engagement.yaml`` alone."""
    other = folder.parent / name
    other.mkdir()
    (other / "engagement.yaml").write_bytes((folder / "engagement.yaml").read_bytes())
    return other


def files_with(folder: Path, word: str) -> list[str]:
    """Return the files below a folder that hold a word."""
    return [str(path) for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_a_state_is_moved_to_the_server_and_back(shared: Path, address: Server) -> None:
    """Every row stands where it stood; the file is set aside, and so is later what the server held."""
    assert not (shared / "state.sqlite").exists()
    assert len([*shared.glob("state.until-*.sqlite")]) == 1
    status = json.loads(call("status", shared, "--json").out)
    assert status["state"] == f"postgresql://127.0.0.1:{address.port}/postgres"
    assert (status["decisions"], status["audit_log_broken"]) == (1, [])
    assert "State shared with colleagues: postgresql://" in call("status", shared).out
    again = call("engagement", "share", shared)
    assert "already" in again.out
    # A notebook that was left open makes an empty file when it looks for the one that was moved.
    (shared / "state.sqlite").touch()
    assert (call("status", shared).code, call("engagement", "share", shared).out) == (0, again.out)

    back = call("engagement", "unshare", shared)

    assert (back.code, back.err) == (0, "")
    assert "state:" not in (shared / "engagement.yaml").read_text()
    assert not (shared / MARKER).exists()
    with Store(shared) as store:
        assert store.decisions().to_pylist()[0]["reviewer"] == "Dana"
        assert store.broken_log_entries() == []
        assert [len(store.logged(action)) for action in ("decisions", "shared", "unshared")] == [1, 1, 1]
        assert store.unsaid() == ([], [])
    assert "in its folder already" in call("engagement", "unshare", shared).err
    assert call("engagement", "share", shared, "--url", "env:TEAM_STATE").code == 0
    with Store(shared, place_of(shared, address)) as store:
        assert store.decisions().num_rows == 1


def test_no_password_stands_in_a_file_or_on_a_screen(shared: Path, tmp_path: Path) -> None:
    """Settings, marker, copy, log and messages hold where it is kept."""
    other = colleague(shared)
    said = [call(*words).out for words in (("status", other), ("status", other, "--json"), ("engagement", "unshare", other))]
    refused = call("engagement", "share", tmp_path / "client", "--url", f"postgresql://team:{PASSWORD}@127.0.0.1/x")

    assert refused.code == 3
    assert "must not stand in a file" in refused.err
    assert files_with(tmp_path, PASSWORD) == []
    assert [one for one in (*said, refused.err, refused.out) if PASSWORD in one] == []


def test_a_colleague_sees_what_was_said_and_has_snapshots_of_their_own(shared: Path, address: Server) -> None:
    """Decisions, plans and the journal are everybody's; what lies in a folder is that folder's."""
    (shared / "exports" / "crm").mkdir(parents=True)
    (shared / "exports" / "crm" / "companies.csv").write_text("id,name\n1,Acme\n2,Lind\n")
    assert call("pull", shared).code in {0, 4}
    other = colleague(shared)

    with Store(shared, place_of(shared, address)) as store:
        store.add_decisions([{**PAIR, "key_r": "crm/c/3"}])
        own = store.snapshots().num_rows
    theirs = json.loads(call("status", other, "--json").out)

    assert own == 1
    assert (theirs["snapshots"], theirs["decisions"], theirs["damaged"]) == ([], 2, [])
    with Store(other, place_of(other, address)) as store, store.writing("a test"):
        pass
    # A document needs no way to the server: the copy in the folder has everybody's words.
    assert [row["reviewer"] for row in words_of_persons(other)[0]] == ["Dana", "Dana"]
    assert read_marker(other) != read_marker(shared)


def test_a_cleanup_is_planned_sent_and_taken_back_with_its_state_shared(address: Server, tmp_path: Path) -> None:
    """The whole job, as with a state of one's own; a colleague reads its journal, and has the plan by its hash only."""
    folder = tmp_path / "client"
    with client(folder, "versions") as double:
        before = values(double)
        assert call("engagement", "share", folder, "--url", "env:TEAM_STATE").code == 0
        plan = planned(folder)
        half = call("apply", plan, folder, "--send", "--yes", "--limit", "3", "--json")
        assert (half.code, sent(half)["counts"]["confirmed"]) == (4, 3)
        found = call("resume", plan, folder, "--json")
        assert (found.code, set(sent(found)["counts"])) == (0, {"confirmed"})
        assert set(double.effects.values()) == {1}
        other = colleague(folder)
        assert len(json.loads(call("journal", plan, other, "--json").out)) > 10
        refused = call("apply", plan, other, "--send")
        assert (refused.code, "is gone" in refused.err) == (5, True)

        taken = json.loads(call("undo", plan, folder, "--json").out)["plan"]
        assert call("plan", "approve", taken, folder, "--by", "Nora").code == 0
        assert call("apply", taken, folder, "--send", "--yes").code == 0
        assert values(double) == before
    assert files_with(tmp_path, PASSWORD) == []
    with Store(folder, place_of(folder, address)) as store:
        assert store.broken_log_entries() == []


def test_f01_f02_f03_f04_a_job_killed_with_its_state_shared_does_every_change_once(
    state_server: Server, tmp_path: Path
) -> None:
    """Before the intent, after it, after the effect, before its end is noted: the lock is free with the killed process."""
    with killable() as worker:
        kill_jobs(worker, tmp_path, "neither", 3, random.Random(1), states=States(state_server))


def note_twenty(folder: Path, place: SharedPlace, name: str) -> None:
    """Note twenty steps one by one, as soon as nobody else writes."""
    with Store(folder, place) as store:
        while True:
            with contextlib.suppress(BusyError), store.writing(name), opened_journal(store, "plan-1") as journal:
                for number in range(20):
                    journal.note(JournalEntry(f"{name}-{number}", "intent", 1, NOON, NOON))
                return
            time.sleep(0.05)


def test_f55_f24_writers_on_several_desks_never_mix_their_steps(state_server: Server, tmp_path: Path) -> None:
    """Two processes in two folders want to write at once: each journal is in one piece, and none is lost."""
    place = begun(place_on(state_server))
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=note_twenty, args=(tmp_path / name, place, name)) for name in ("dana", "jo")]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)

    assert [one.exitcode for one in writers] == [0, 0]
    with Store(tmp_path / "dana", place) as store:
        noted = [one.op_id for one in journal_steps(store, "plan-1")]
        assert store.broken_log_entries() == []
    names = list(dict.fromkeys(one.partition("-")[0] for one in noted))
    assert noted == [f"{name}-{number}" for name in names for number in range(20)]
    assert len(names) == 2


HOLDER = """
import sys, time
from sqlalchemy.engine import make_url
from pathlib import Path
from toolkit.store.shared.place import SharedPlace
from toolkit.store.shared.moving import share_state, take_back
from toolkit.store.store import Store
with Store(Path(sys.argv[1]), SharedPlace(make_url(sys.argv[2]), sys.argv[3], "env:TEAM_STATE", "there")) as store:
    with store.writing("a job of Dana"):
        print("holds", flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def holder(state_server: Server, tmp_path: Path) -> Iterator[tuple[SharedPlace, "subprocess.Popen[str]"]]:
    """Yield a process that has the right to write, on another desk."""
    place = begun(place_on(state_server))
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "dana"), state_server.url(), place.engagement_id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        yield place, process
        process.kill()


def test_f47_the_right_to_write_is_free_when_its_holder_is_killed_and_not_before(
    state_server: Server, tmp_path: Path, holder: tuple[SharedPlace, "subprocess.Popen[str]"]
) -> None:
    """Whatever machine the row names: that the connection is gone is the proof."""
    place, process = holder
    states = States(state_server, {(tmp_path / "jo").resolve(): place})
    with states(tmp_path / "jo") as store:
        with pytest.raises(BusyError, match=rf"'a job of Dana' \(process {process.pid} on"), store.writing("another"):
            pass
        with states.connected(tmp_path / "jo") as execute:
            execute("UPDATE writer SET host = 'elsewhere'")
        with pytest.raises(BusyError, match="elsewhere"), store.writing("another"):
            pass

        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        # The server hears of it at once, but not before it is told.
        for _ in range(600):
            try:
                with store.writing("another"):
                    store.log("test", {})
                break
            except BusyError:
                time.sleep(0.05)
        assert len(store.logged("test")) == 1


def test_f47_a_writer_that_was_cut_off_writes_nothing_more(state_server: Server, tmp_path: Path) -> None:
    """Its connection broke, another has the right to write by now: its next step is refused, and so is all after it."""
    place = begun(place_on(state_server))
    with Store(tmp_path / "dana", place) as dana, Store(tmp_path / "jo", place) as jo:
        with dana.writing("a job of Dana"):
            dana.log("first", {})
            state_server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                "backend_type = 'client backend'"
            )
            taken = pytest.raises(BusyError, match=r"another run has the right to write by now \('a job of Jo' on")
            with jo.writing("a job of Jo"), taken:
                dana.log("second", {})
        with jo.writing("the next"):
            assert (len(jo.logged("first")), len(jo.logged("second"))) == (1, 0)
        assert jo.broken_log_entries() == []


def test_a_server_that_stops_in_the_middle_of_a_job_pauses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job says so, nothing is sent that is not noted, and the same command goes on when the server is back."""
    folder = tmp_path / "client"
    with made_server() as server, client(folder, "neither") as double:
        monkeypatch.setenv("TEAM_STATE", server.url())
        runs = contextlib.ExitStack()
        runs.enter_context(server.running())
        assert call("engagement", "share", folder, "--url", "env:TEAM_STATE").code == 0
        plan = planned(folder)
        changes = itertools.count(1)

        def stop_at_seven(_asked: Any) -> None:
            if next(changes) == 7:
                runs.close()

        double.fault = stop_at_seven
        told = call("apply", plan, folder, "--send", "--yes")

        assert (told.code, len(told.err.splitlines())) == (4, 1), told.err
        assert "does not answer, or broke off" in told.err
        assert "goes on where it was" in told.err
        assert sum(double.effects.values()) == 7
        assert call("status", folder).code == 4
        with server.running():
            found = call("resume", plan, folder, "--json")
            assert (found.code, set(sent(found)["counts"])) == (0, {"confirmed"})
            assert call("status", folder).code == 0
        assert set(double.effects.values()) == {1}
        assert sum(double.effects.values()) == sent(found)["planned"]


def without_line(folder: Path) -> None:
    """Take the line that names the server out of the settings."""
    text = (folder / "engagement.yaml").read_text()
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("state:")]
    (folder / "engagement.yaml").write_text("".join(kept))


def broken(folder: Path, server: Server, setenv: Callable[[str, str], None], what: str) -> None:
    """Let something be wrong with the way to a state, or with the state."""
    place = place_of(folder, server)
    addresses = {
        "away": server.url().replace(str(server.port), "1"),
        "unset": " ",
        "password": server.url(password="wrong-CANARY"),
        "user": server.url(user="nobody"),
        "database": server.url("nothing"),
        "other": server.url(f"d{place.engagement_id}"),
        "kind": "sqlite:///state.db",
        "rights": server.url(user="guest"),
    }
    statements = {
        "other": [f"CREATE DATABASE d{place.engagement_id}"],
        "newer": [f"UPDATE {place.schema}.meta SET value = '99' WHERE name = 'tables'"],
        "older": [f"UPDATE {place.schema}.meta SET value = '0' WHERE name = 'tables'"],
        "stranger": [f"UPDATE {place.schema}.meta SET value = 'feedfeedfeedfeed' WHERE name = 'engagement'"],
        "rights": ["DROP ROLE IF EXISTS guest", f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'"],
        "cut": [f"DROP TABLE {place.schema}.audit_log"],
        "backup": [f"DELETE FROM {place.schema}.{name}" for name in ("audit_log", "decision")],
    }
    for one in statements.get(what, ()):
        server.execute(one)
    if what in addresses:
        setenv("TEAM_STATE", addresses[what])
    if what == "line":
        without_line(folder)


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("away", 4, "The server does not answer, or broke off. Check that it runs"),
        ("unset", 7, "is kept in the environment variable TEAM_STATE, which is not set"),
        ("password", 7, "does not accept the user or the password kept as env:TEAM_STATE"),
        ("user", 7, "does not accept the user or the password kept as env:TEAM_STATE"),
        ("database", 3, "There is no such database on the server"),
        ("other", 3, "It may be the database of another engagement"),
        ("kind", 3, "A state can be kept on PostgreSQL, not on sqlite"),
        ("newer", 3, "that of a newer version of this program"),
        ("older", 3, "that of an earlier version of this program"),
        ("stranger", 3, "belongs to another engagement"),
        ("rights", 7, "The user lacks a right there"),
        ("cut", 3, "Tables of the state are not there, or not all of them"),
        ("backup", 3, "lacks 1 decision, "),
        ("line", 3, "says that the state of this engagement is on a server, and engagement.yaml names none"),
    ],
)
def test_what_is_wrong_with_a_shared_state_is_said(
    shared: Path, address: Server, monkeypatch: pytest.MonkeyPatch, *, what: str, code: int, said: str
) -> None:
    """What happened and what to do, without a password, and without a state of its own that is begun beside."""
    with Store(shared, place_of(shared, address)) as store:
        store.log("test", {})
    broken(shared, address, monkeypatch.setenv, what)

    told = call("status", shared)

    assert (told.code, said in told.err) == (code, True), told.err
    assert "CANARY" not in told.err
    assert len(told.err.splitlines()) == 1
    assert not (shared / "state.sqlite").exists()
    monkeypatch.chdir(shared)
    checked = call("doctor")
    assert what == "line" or ("FAILED  State of this engagement" in checked.out and said in checked.out)


def test_the_rights_on_the_page_are_enough(shared: Path, address: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague with a user of their own reads and writes with what the page says, and with nothing more."""
    place = place_of(shared, address)
    page = (ROOT / "docs" / "working-as-a-team.md").read_text("utf-8")
    grants = re.findall(r"```sql\n(GRANT .+?)```", page, flags=re.DOTALL)[0]
    grants = re.sub(r"integration_audit_[0-9a-f]{16}", place.schema, grants).replace(
        "DATABASE engagements", "DATABASE postgres"
    )
    address.execute(f"CREATE ROLE dana LOGIN PASSWORD '{PASSWORD}'")
    for one in grants.split(";"):
        if one.strip():
            address.execute(one)
    monkeypatch.setenv("TEAM_STATE", address.url(user="dana"))
    other = colleague(shared)

    assert call("status", other).code == 0
    dana = replace(place, url=make_url(address.url(user="dana")))
    with Store(other, dana) as store, store.writing("a test"), opened_journal(store, "plan-1") as journal:
        journal.note(JournalEntry("op-1", "intent", 1, NOON, NOON))
        store.add_decisions([{**PAIR, "key_r": "crm/c/3"}])
    assert "The user lacks a right there" in call("engagement", "unshare", other).err
    monkeypatch.setenv("TEAM_STATE", address.url())
    assert '"decisions": 2' in call("status", shared, "--json").out
    with Store(shared, place) as store:
        assert store.logged("unshared") == []


def test_a_database_that_cannot_hold_every_text_is_refused(address: Server, tmp_path: Path) -> None:
    """A name in another script would be lost."""
    database = f"latin{secrets.token_hex(4)}"
    address.execute(f"CREATE DATABASE {database} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    with pytest.raises(InputError, match="keeps text of this database in LATIN1"):
        Store(tmp_path, place_on(address, database=database))


def test_g2_what_is_committed_is_on_the_disk_of_the_server(address: Server, tmp_path: Path) -> None:
    """Whatever the user's settings are; and a server that does not bring it there holds no state."""
    place = begun(place_on(address))
    address.execute("ALTER ROLE team SET synchronous_commit = off")
    try:
        with Store(tmp_path, place) as store, store.noting() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    finally:
        address.execute("ALTER ROLE team RESET synchronous_commit")
    try:
        address.execute("ALTER SYSTEM SET fsync = off")
        address.reload("fsync", "off")
        with pytest.raises(InputError, match="does not bring what is committed onto its disk"):
            Store(tmp_path, place)
    finally:
        address.execute("ALTER SYSTEM RESET fsync")
        address.reload("fsync", "on")


def test_tables_of_an_earlier_version_are_brought_up_once(
    shared: Path, address: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a later version needs is added, in every folder's tables too, and nothing is lost."""
    other = colleague(shared)
    assert call("status", other).code == 0
    place, marker = place_of(shared, address), read_marker(other)
    assert marker is not None
    broken(shared, address, monkeypatch.setenv, "older")
    address.execute(f"ALTER TABLE {place.desk_schema(marker.desk)}.matching DROP COLUMN files")
    address.execute(f"DROP TABLE {place.schema}.approval")

    assert "Colleagues need this version too" in call("engagement", "share", shared).out

    for folder in (shared, other):
        with Store(folder, place_of(folder, address)) as store:
            assert store.matching("parties") is None
            assert store.decisions().num_rows == 1
    assert call("doctor").code == 0


def test_doctor_says_where_the_state_is(shared: Path, address: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Host and database, never the password."""
    monkeypatch.chdir(shared)

    assert f"postgresql://127.0.0.1:{address.port}/postgres" in call("doctor").out


def test_settings_that_were_lost_are_put_back_from_the_server(shared: Path, address: Server) -> None:
    """The folder remembers where its state is, and the state holds the settings."""
    with Store(shared, place_of(shared, address)) as store:
        store.keep_settings((shared / "engagement.yaml").read_text())
    text = (shared / "engagement.yaml").read_bytes()
    for damage in (b"", text[: len(text) // 2]):
        (shared / "engagement.yaml").write_bytes(damage)
        assert call("status", shared).code == 0
        assert (shared / "engagement.yaml").read_bytes() == text


def test_a_server_that_is_lost_for_good_leaves_the_copy(shared: Path, address: Server) -> None:
    """What this folder has seen goes on in its file, and can be shared again."""
    place = place_of(shared, address)
    with Store(shared, place) as store:
        store.log("test", {})
    address.execute(f"DROP SCHEMA {place.schema} CASCADE")
    assert call("status", shared).code == 3

    assert call("engagement", "unshare", shared, "--from-copy").code == 0

    with Store(shared) as store:
        assert store.decisions().num_rows == 1
        assert len(store.logged("test")) == 1
        assert store.engagement_id == place.engagement_id
    assert call("engagement", "share", shared, "--url", "env:TEAM_STATE").code == 0


def test_a_colleague_is_told_who_took_the_state_back(shared: Path) -> None:
    """Nobody goes on with a state that is no longer the one."""
    other = colleague(shared)
    assert call("status", other).code == 0
    assert call("engagement", "unshare", shared).code == 0

    told = call("status", other)

    assert (told.code, "was taken back from" in told.err) == (3, True)
    assert (call("engagement", "unshare", other).code, (other / "state.sqlite").exists()) == (3, False)


def test_a_state_that_differs_from_the_server_is_not_shared_over_it(shared: Path, address: Server) -> None:
    """Two states of one engagement are never mixed, and neither is overwritten."""
    [old] = shared.glob("state.until-*.sqlite")
    with Store(shared, place_of(shared, address)) as store:
        store.add_decisions([{**PAIR, "key_r": "crm/c/9"}])
    (shared / "state.sqlite").write_bytes(old.read_bytes())
    (shared / "state.copy.jsonl").unlink()
    assert "has a state of its own" in call("status", shared).err
    marker = (shared / MARKER).read_bytes()
    (shared / MARKER).unlink()
    settings = (shared / "engagement.yaml").read_text()
    (shared / "engagement.yaml").write_text(settings.partition("state:")[0])
    with Store(shared) as store:
        store.add_decisions([{**PAIR, "key_r": "crm/c/8"}])

    told = call("engagement", "share", shared, "--url", "env:TEAM_STATE")

    assert (told.code, "both have rows that the other lacks" in told.err) == (3, True)
    assert (shared / "state.sqlite").exists()
    (shared / "engagement.yaml").write_text(settings)
    (shared / MARKER).write_bytes(marker)
    (shared / "state.sqlite").unlink()
    with Store(shared, place_of(shared, address)) as store:
        assert store.decisions().num_rows == 2


def test_sharing_that_was_broken_off_is_ended_by_the_same_command(address: Server, tmp_path: Path) -> None:
    """Until the settings name the server the file counts; what is there already is compared, not doubled."""
    folder = tmp_path / "client"
    assert call("new", folder, "--client", "Harbor", "--currency", "USD", "--country", "US").code == 0
    with Store(folder) as store:
        store.add_decisions([PAIR])

    def stopped(_place: SharedPlace) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share_state(folder, lambda engagement_id: place_on(address, engagement_id), stopped)
    with Store(folder) as store:
        store.add_decisions([{**PAIR, "key_r": "crm/c/3"}])

    assert call("engagement", "share", folder, "--url", "env:TEAM_STATE").code == 0

    with Store(folder, place_of(folder, address)) as store:
        assert store.decisions().num_rows == 2
        assert store.broken_log_entries() == []


def test_taking_back_that_was_broken_off_is_ended_by_the_same_command(shared: Path, address: Server) -> None:
    """The server's is set aside only when the file is whole, and the file is used only when that is done."""

    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_back(shared, place_of(shared, address), stopped)
    assert "has a state of its own" in call("status", shared).err

    assert call("engagement", "unshare", shared).code == 0

    with Store(shared) as store:
        assert store.decisions().num_rows == 1


def test_where_the_state_is_cannot_be_tried(shared: Path) -> None:
    """A run beside the rest writes no other state."""
    told = call("estimate", shared, "--set", "state.url=env:OTHER")

    assert (told.code, "cannot be tried" in told.err) == (3, True)


def test_two_engagements_in_one_database_do_not_see_each_other(address: Server, tmp_path: Path, shared: Path) -> None:
    """Each has a schema of its own, and a folder goes with one."""
    other = begun(place_on(address))
    with Store(tmp_path / "other", other) as store:
        assert store.decisions().num_rows == 0
    with pytest.raises(InputError, match="two engagements are never mixed"):
        Store(shared, other)


def test_a_folder_that_cannot_be_written_is_read(shared: Path, address: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would write says so."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    with Store(shared, place_of(shared, address)) as store:
        assert store.decisions().num_rows == 1
        with pytest.raises(InputError, match="it is read-only"):
            store.log("test", {})
    with pytest.raises(InputError, match="it is read-only"):
        Store(colleague(shared), place_of(shared, address))
