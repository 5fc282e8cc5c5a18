"""Tokens are renewed once, whoever needs them, and the new ones are on disk before anybody uses them (F38 for its clock)."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.authorization_server import Server, authorization_server
from tests.signing_in import Clock, Visitor, door_to, listed
from toolkit.errors import AuthError, BusyError, RetryableError
from toolkit.rest.connecting import connect
from toolkit.rest.doors import Door
from toolkit.rest.oauth.renewal import is_ending, kept_tokens
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Connection, Vault, connection, locked
from toolkit.rest.vault.tokens import Tokens
from toolkit.rest.ways import credential_of

ROOT = Path(__file__).resolve().parents[4]
KILLS = 5


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor whose refresh tokens work once."""
    with authorization_server() as running:
        yield running


@pytest.fixture(params=["keyring", "file"])
def door(request: pytest.FixtureRequest, server: Server, vault: Vault) -> Door:
    """Return a door that somebody has connected, kept in either place."""
    request.getfixturevalue("machine_keyring")
    found = door_to(server, vault, clock=Clock())
    connect(found, Visitor(), owner="Dana", keep_in=request.param)
    return found


def renewals(server: Server) -> int:
    return sum(form["grant_type"] == "refresh_token" for form in server.asked)


def test_a_good_token_is_used_as_it_is(door: Door, server: Server) -> None:
    """Nothing is asked of the vendor."""
    assert listed(credential_of(door), server).status_code == 200
    assert renewals(server) == 0
    assert server.requests == [("/contacts", "Bearer CANARY-access-2")]


def test_a_token_is_renewed_before_it_ends(door: Door, server: Server) -> None:
    """Vendors ask not to be tried with tokens that have ended."""
    door.clock.pass_by(minutes=59, seconds=30)

    assert listed(credential_of(door), server).status_code == 200
    assert [sign for _, sign in server.requests] == ["Bearer CANARY-access-3"]


def test_the_new_refresh_token_is_kept(door: Door, server: Server, vault: Vault) -> None:
    """The old one works no more, so losing the new one would lose the sign-in."""
    door.clock.pass_by(hours=2)
    listed(credential_of(door), server)

    _, _, tokens = kept_tokens(vault, "crm")
    assert tokens.refresh == Secret("CANARY-refresh-3")
    assert tokens.refresh.revealed() in server.good_refresh


def test_a_token_that_was_revoked_is_renewed_once(door: Door, server: Server) -> None:
    """The vendor said 401 before its time."""
    credential = credential_of(door)
    server.good_access.clear()

    assert listed(credential, server).status_code == 200
    assert renewals(server) == 1


def test_a_system_that_refuses_the_new_token_too_is_not_asked_for_ever(door: Door, server: Server) -> None:
    """One renewal, one more try, and the answer is the answer."""
    credential = credential_of(door)
    server.answer = lambda _form: (200, {}, b'{"access_token": "CANARY-useless", "expires_in": 3600}')
    server.good_access.clear()

    assert listed(credential, server).status_code == 401
    assert (renewals(server), len(server.requests)) == (1, 2)


def test_a_token_that_may_not_do_something_is_not_renewed_for_it(door: Door, server: Server) -> None:
    """It is good, a newer one may do no more, and a refresh token that rotates is not used up for nothing."""
    missing = httpx.Response(401, headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'})
    transport = httpx.MockTransport(lambda _request: missing)
    with httpx.Client(transport=transport, auth=credential_of(door).auth) as client:
        assert client.get("https://crm.example/deals").status_code == 401

    assert renewals(server) == 0


def test_a_sign_in_that_was_withdrawn_asks_for_a_person(door: Door, server: Server) -> None:
    """Code 7, with what to type; and nothing of the token."""
    door.clock.pass_by(hours=2)
    server.good_refresh.clear()

    with pytest.raises(AuthError, match="integration-audit connect crm") as caught:
        listed(credential_of(door), server)

    assert caught.value.exit_code == 7
    assert "CANARY" not in str(caught.value)


def test_a_vendor_that_does_not_answer_ends_no_sign_in(door: Door, server: Server) -> None:
    """It is asked again later, with the same token."""
    door.clock.pass_by(hours=2)
    server.answer = lambda _form: (503, {"Retry-After": "7"}, b"<html>busy</html>")
    credential = credential_of(door)

    with pytest.raises(RetryableError) as caught:
        listed(credential, server)
    assert caught.value.retry_after_s == 7

    server.answer = lambda _form: None
    assert listed(credential, server).status_code == 200


def test_threads_that_renew_at_once_renew_once(door: Door, server: Server) -> None:
    """Streams are pulled side by side, with one credential."""
    door.clock.pass_by(hours=2)
    credential = credential_of(door)
    codes: list[int] = []
    threads = [threading.Thread(target=lambda: codes.append(listed(credential, server).status_code)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert codes == [200] * 8
    assert renewals(server) == 1


_PROCESS = textwrap.dedent(
    """
    import json, os, signal, sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from tests.signing_in import door_to, listed
    from tests.authorization_server import Server
    from toolkit.rest.redaction import Secret
    from toolkit.rest.vault.connections import Vault
    from toolkit.rest.ways import credential_of

    address, folder, hours, dies = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    server = Server(address=address)
    vault = Vault(folder, lambda: Secret("four words or more"))
    clock = lambda: datetime.now(UTC) + timedelta(hours=hours)
    credential = credential_of(door_to(server, vault, clock=clock))
    print("ready", flush=True)
    sys.stdin.readline()
    tokens = credential.current()
    if dies == "before use":
        os.kill(os.getpid(), signal.SIGKILL)
    print(tokens.access.revealed(), listed(credential, server).status_code, flush=True)
    """
)


def environment() -> dict[str, str]:
    """Return the environment of another process: it has the same keyring."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring"}


def process(server: Server, vault: Vault, *, hours: float = 2, dies: str = "") -> "subprocess.Popen[str]":
    """Start another process that needs a token when it gets a line."""
    arguments = [sys.executable, "-c", _PROCESS, server.address, str(vault.folder), str(hours), dies]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT)


@pytest.mark.usefixtures("door")
def test_two_processes_that_renew_at_once_renew_once(server: Server, vault: Vault) -> None:
    """Both get the new token, and the vendor sees one refresh token used once."""
    server.before_token = lambda form: time.sleep(0.3 if form["grant_type"] == "refresh_token" else 0)
    both = [process(server, vault) for _ in range(2)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].strip() for one in both]

    assert said == ["CANARY-access-3 200"] * 2
    assert renewals(server) == 1


@pytest.mark.usefixtures("door")
def test_a_process_killed_between_renewal_and_use_loses_nothing(server: Server, vault: Vault) -> None:
    """The new token was on disk before it was used: the next process takes it, and asks for no other."""
    first = process(server, vault, dies="before use")
    first.communicate("\n", timeout=60)
    assert first.returncode == -signal.SIGKILL
    assert renewals(server) == 1

    said = process(server, vault).communicate("\n", timeout=60)[0]

    assert said.split() == ["ready", "CANARY-access-3", "200"]
    assert renewals(server) == 1


_LOOP = textwrap.dedent(
    """
    import sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from tests.signing_in import door_to, listed
    from tests.authorization_server import Server
    from toolkit.rest.redaction import Secret
    from toolkit.rest.vault.connections import Vault
    from toolkit.rest.ways import credential_of

    server = Server(address=sys.argv[1])
    vault = Vault(Path(sys.argv[2]), lambda: Secret("four words or more"))
    credential = credential_of(door_to(server, vault))
    print("ready", flush=True)
    while True:
        listed(credential, server)
        credential.current(refused=credential.current().access)
    """
)


def numbers(texts: list[str]) -> list[int]:
    return [int(one.rpartition("-")[2]) for one in texts]


def test_no_token_is_used_before_it_is_on_disk(door: Door, server: Server, vault: Vault) -> None:
    """Killed at any moment: what is kept can be read, and no request was signed with a newer token."""
    moments = random.Random(11)
    for _ in range(KILLS):
        running = subprocess.Popen(
            [sys.executable, "-c", _LOOP, server.address, str(vault.folder)],
            stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT,
        )  # fmt: skip
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 0.4))
        running.kill()
        running.communicate()

        _, _, tokens = kept_tokens(vault, "crm")
        used = numbers([sign for _, sign in server.requests])
        [kept_number] = numbers([tokens.access.revealed()])
        assert kept_number >= max(used, default=0)
        # The moment between the vendor's answer and the disk cannot be closed: who dies there signs in again.
        if tokens.refresh is not None and tokens.refresh.revealed() not in server.good_refresh:
            connect(door, Visitor(), owner="Dana", keep_in=connection_of(vault).kept_in)  # type: ignore[arg-type]
    assert server.requests


def connection_of(vault: Vault) -> Connection:
    known = connection(vault, "crm")
    assert known is not None
    return known


def test_a_process_killed_while_the_vendor_answers_leaves_the_lock_free(door: Door, server: Server, vault: Vault) -> None:
    """The next one waits for nobody who is dead; what the vendor gave is lost, and a person is asked."""
    asked = threading.Event()

    def slow(form: dict[str, str]) -> None:
        if form["grant_type"] == "refresh_token" and not asked.is_set():
            asked.set()
            time.sleep(1.0)

    server.before_token = slow
    first = process(server, vault)
    assert first.stdin is not None
    first.stdin.write("\n")
    first.stdin.flush()
    assert asked.wait(timeout=30)
    first.kill()
    first.communicate()
    time.sleep(1.2)

    with locked(vault, "crm", wait_s=1):
        pass
    door.clock.pass_by(hours=2)
    with pytest.raises(AuthError, match="connect crm"):
        credential_of(door).current()


@pytest.mark.usefixtures("door")
def test_whoever_waits_too_long_for_another_process_is_told(vault: Vault) -> None:
    """Code 8, as for any other that is busy."""
    with (
        locked(vault, "crm"),
        pytest.raises(BusyError, match="renewing the sign-in of crm"),
        locked(vault, "crm", wait_s=0.1),
    ):
        pass


@pytest.mark.usefixtures("machine_keyring")
def test_a_copy_of_the_folder_that_was_quicker_is_believed(server: Server, vault: Vault, tmp_path: Path) -> None:
    """Two folders with one keyring entry have two locks: whoever comes second finds the newer token there."""
    import shutil

    clock = Clock()
    first = door_to(server, vault, clock=clock)
    connect(first, Visitor(), owner="Dana", keep_in="keyring")
    shutil.copytree(vault.folder, tmp_path / "copy")
    second = door_to(server, Vault(tmp_path / "copy", vault.passphrase), clock=clock)
    clock.pass_by(hours=2)
    late = credential_of(second)

    def quicker(_form: dict[str, str]) -> None:
        server.before_token = lambda _form: None
        credential_of(first).current()

    server.before_token = quicker
    assert late.current().access == Secret("CANARY-access-3")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_off_loses_no_sign_in(door: Door, server: Server, days: int) -> None:
    """Put forward or back after signing in: the token is renewed, not used when it has ended."""
    credential = credential_of(door)
    door.clock.pass_by(days=days)
    server.good_access.clear()

    assert listed(credential, server).status_code == 200
    assert (renewals(server), len(server.requests)) == (1, 1)
    assert listed(credential, server).status_code == 200
    assert renewals(server) == 1


@pytest.mark.parametrize(
    ("life_s", "age_s", "ending"), [(3600, 3530, False), (3600, 3545, True), (60, 40, False), (60, 49, True), (0, 0, True)]
)
def test_short_lives_are_not_given_away(life_s: float, age_s: float, *, ending: bool) -> None:
    """A minute before its end a token is renewed; one that lives for a minute, in its last fifth."""
    begin = datetime(2026, 11, 30, tzinfo=UTC)
    tokens = Tokens(Secret("CANARY"), issued_at=begin, access_expires_at=begin + timedelta(seconds=life_s))

    assert is_ending(tokens, begin + timedelta(seconds=age_s)) is ending


@pytest.mark.usefixtures("no_keyring")
def test_a_vendor_that_repeats_no_refresh_token_keeps_the_one_there_is(server: Server, vault: Vault) -> None:
    """Not all of them rotate."""
    clock = Clock()
    door = door_to(server, vault, clock=clock)
    connect(door, Visitor(), owner="Dana", keep_in="file")
    server.answer = lambda _form: (200, {}, b'{"access_token": "CANARY-next", "expires_in": "3600"}')
    clock.pass_by(hours=2)

    tokens = credential_of(door).current()

    assert (tokens.access, tokens.refresh) == (Secret("CANARY-next"), Secret("CANARY-refresh-2"))
    assert tokens.scopes == frozenset({"contacts.read", "offline_access"})


@pytest.mark.usefixtures("no_keyring")
def test_a_sign_in_without_a_refresh_token_ends_with_its_token(server: Server, vault: Vault) -> None:
    """And says so, with what to type."""
    server.rotates = False
    clock = Clock()
    door = door_to(server, vault, clock=clock)
    found = connect(door, Visitor(), owner="Dana", keep_in="file")
    clock.pass_by(hours=2)

    assert not found.connection.renews
    assert found.connection.valid_until is not None
    with pytest.raises(AuthError, match="gave nothing to renew it with"):
        credential_of(door).current()
