"""A system that cannot be asked whose data it holds is called connected only when one of its lists has answered."""

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.fault_server import Asked, Given, served
from toolkit.audit.engagement import open_engagement
from toolkit.audit.sign_ins import vault_of
from toolkit.rest.vault.connections import connections

pytestmark = pytest.mark.usefixtures("machine_keyring")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "CANARY-desk")


def engagement(folder: Path, url: str) -> Path:
    """Return the folder of an engagement with a described system that has no 'account'."""
    (folder / "engagement.yaml").write_text(
        f'client: Harbor\nsystems:\n  desk:\n    connector: rest\n    api: {{url: "{url}"}}\n'
        "    sign_in: {way: bearer, token: env:DESK_TOKEN}\n"
        "    streams: {people: {entity: party, key: [id], fields: {name: name}, read: {path: /people, records: list}}}\n",
        "utf-8",
    )
    return folder


def kept(folder: Path) -> list[str]:
    here = open_engagement(folder)
    try:
        return [one.system for one in connections(vault_of(here))]
    finally:
        here.close()


def test_a_system_without_account_is_connected_when_its_first_list_answers(tmp_path: Path) -> None:
    """One request, and no more."""
    with served(lambda _: Given({"list": []})) as server:
        answer = call("connect", "desk", engagement(tmp_path, server.url))

    assert (answer.code, [one.path for one in server.asked]) == (0, ["/people"])
    assert "desk is connected." in answer.out


def test_a_system_without_account_that_nobody_answers_for_was_not_seen_to_open(tmp_path: Path) -> None:
    """A dead port: code 4, and the sign-in is kept for later."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        folder = engagement(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}")
        answer = call("connect", "desk", folder)

    assert answer.code == 4
    assert answer.out.startswith("desk was not seen to open.")
    assert "cannot be reached at 127.0.0.1" in answer.out
    assert kept(folder) == ["desk"]


@pytest.mark.parametrize("given", [Given({"message": "no such page"}, 404), Given({"list": "none"}), Given({}, 403)])
def test_a_first_list_that_cannot_be_read_is_said_with_code_4(given: Given, tmp_path: Path) -> None:
    """A wrong path, another answer, a right that lacks: what was signed in stays, and nobody calls it connected."""

    def system(_: Asked) -> Any:
        return given

    with served(system) as server:
        folder = engagement(tmp_path, server.url)
        answer = call("connect", "desk", folder)

    assert answer.code == 4
    assert answer.out.startswith("desk was not seen to open.")
    assert kept(folder) == ["desk"]


def test_a_wrong_token_of_a_system_without_account_is_not_kept(tmp_path: Path) -> None:
    """Code 7, as where the system says whose data it is."""
    with served(lambda _: Given({"message": "bad token"}, 401)) as server:
        folder = engagement(tmp_path, server.url)
        answer = call("connect", "desk", folder)

    assert answer.code == 7
    assert "is connected" not in answer.out
    assert kept(folder) == []
    assert "CANARY" not in answer.out + answer.err
