"""What a consultant sees of connections, from the command line and from files: never a secret, always what to do next."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.authorization_server import CLIENT_SECRET, Server, authorization_server, visited
from tests.command_line import call
from tests.file_keyring import FILE, FileKeyring
from toolkit.audit.changed_systems import rename_system
from toolkit.audit.connections import connect_system, connection_rows, rows_ending_soon
from toolkit.audit.engagement import open_engagement
from toolkit.audit.sign_ins import PASSPHRASE_VARIABLE, vault_of
from toolkit.cli.person import AtTerminal
from toolkit.errors import AuthError, InputError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.connections import Connection, connections, write_facts
from toolkit.rest.vault.sealed_files import write_sealed

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor."""
    with authorization_server() as running:
        yield running


def engagement(tmp_path: Path, systems: str) -> Path:
    """Return the folder of an engagement whose systems are as said."""
    folder = tmp_path / "client"
    folder.mkdir(mode=0o700)
    (folder / "engagement.yaml").write_text(f"client: Harbor & Pine\nsystems:\n{systems}", "utf-8")
    return folder


def browser_system(server: Server, further: str = "") -> str:
    return (
        "  crm:\n    connector: table\n    sign_in:\n      way: oauth2_code\n      client_id: audit-client\n"
        f'      client_secret: "env:CRM_SECRET"\n      authorize_url: {server.authorize_url}\n'
        f"      token_url: {server.token_url}\n      revoke_url: {server.revoke_url}\n"
        f"      scopes: contacts.read offline_access\n      redirect_port: 0\n{further}"
    )


def command(folder: Path, *arguments: str, server: Server | None = None, **environment: str) -> tuple[int, str, str]:
    """Run a command in a process of its own; go where it sends the browser."""
    variables = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring",
        FILE: str(folder.parent / "keyring.json"),
        "CRM_SECRET": CLIENT_SECRET,
        **environment,
    }
    words = [sys.executable, "-m", "toolkit", *arguments]
    said = folder.parent / "stderr"
    with said.open("w") as stderr:
        started = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, text=True, env=variables, cwd=ROOT
        )
    while server is not None and started.poll() is None:
        if found := re.search(r"http://\S+/authorize\S+\n", said.read_text("utf-8")):
            visited(found[0].strip())
            break
        time.sleep(0.02)
    out, _ = started.communicate(timeout=120)
    return started.returncode, out, said.read_text("utf-8")


def test_a_consultant_connects_looks_and_disconnects(tmp_path: Path, server: Server) -> None:
    """The address is printed; after the sign-in the command says what was granted, and nothing that is secret."""
    folder = engagement(tmp_path, browser_system(server))

    code, out, err = command(folder, "connect", "crm", str(folder), "--no-browser", "--by", "Dana", server=server)
    assert (code, out.splitlines()[0][:18]) == (0, "crm is connected. ")
    assert "That is what reading needs, and no more." in out
    assert "Waiting until you have signed in" in err

    code, listed, _ = command(folder, "connections", str(folder))
    assert code == 0
    assert "sign-in in the browser" in listed
    assert "Dana" in listed
    assert "crm may: contacts.read, offline_access" in listed

    code, done, _ = command(folder, "disconnect", "crm", str(folder))
    assert code == 0
    assert "The vendor has taken the sign-in to crm back." in done
    assert server.revoked == ["CANARY-refresh-2"]
    assert json.loads((tmp_path / "keyring.json").read_text("utf-8")) == {}
    assert "CANARY" not in out + err + listed + done


def test_without_a_keyring_an_encrypted_file_is_used(tmp_path: Path, server: Server) -> None:
    """Its passphrase comes from the environment where nobody can type it; without, code 7 and what to set."""
    folder = engagement(tmp_path, browser_system(server))
    no_keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    words = ("connect", "crm", str(folder), "--no-browser", "--json")

    code, out, _ = command(folder, *words, server=server, **no_keyring)
    assert code == 7
    assert PASSPHRASE_VARIABLE in json.loads(out)["message"]

    code, out, _ = command(folder, *words, server=server, **no_keyring, INTEGRATION_AUDIT_PASSPHRASE="short")
    assert code == 3
    assert "too short" in json.loads(out)["message"]

    code, out, err = command(folder, *words, server=server, **no_keyring, INTEGRATION_AUDIT_PASSPHRASE="CANARY four words")
    assert code == 0
    assert json.loads(out)["kept_in"] == "connections/crm.sealed"
    assert "CANARY" not in out + err
    files = sorted(path.name for path in (folder / "connections").iterdir() if path.suffix != ".lock")
    assert files == ["crm.json", "crm.sealed"]


class Visiting(webbrowser.BaseBrowser):
    """The browser of this machine: goes where it is sent."""

    def __init__(self) -> None:
        super().__init__("visiting")
        self.addresses: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002
        self.addresses.append(url)
        visited(url)
        return True


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Visiting]:
    """Yield the browser that this machine opens pages in."""
    monkeypatch.setenv("CRM_SECRET", CLIENT_SECRET)
    found = Visiting()
    webbrowser.register("visiting", None, found, preferred=True)
    yield found
    webbrowser._tryorder.remove("visiting")  # type: ignore[attr-defined]
    webbrowser._browsers.pop("visiting")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("machine_keyring")
def test_the_browser_is_opened_and_the_address_shown_too(tmp_path: Path, server: Server, browser: Visiting) -> None:
    """Where no window opens, the address can be copied."""
    folder = engagement(tmp_path, browser_system(server))

    answer = call("connect", "crm", folder, "--json")

    assert answer.code == 0
    told = json.loads(answer.out)
    assert (told["way"], told["granted"], told["missing"]) == ("oauth2_code", ["contacts.read", "offline_access"], [])
    assert told["kept_in"].startswith("keyring:integration-audit/crm-")
    assert browser.addresses[0] in answer.err
    assert "CANARY" not in answer.out + answer.err


def asked_too(server: Server, url: str = "") -> str:
    return browser_system(
        server,
        f'    api: {{url: "{url or server.address}", account: {{path: /me, id: id, name: name}}}}\n'
        "    streams: {people: {entity: party, key: [id], fields: {name: name}, read: {path: /contacts, records: "
        "records}}}\n",
    ).replace("connector: table", "connector: rest")


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_connection_says_whose_data_it_opens(tmp_path: Path, server: Server) -> None:
    """Before anything is pulled; signing in to another company afterwards is refused, and the first sign-in stays."""
    folder = engagement(tmp_path, asked_too(server))

    first = call("connect", "crm", folder)
    assert first.code == 0
    assert "It opens the account Harbor & Pine (org-1)." in first.out

    server.answered = {"id": "org-2", "name": "Harbor & Pine sandbox"}
    other = call("connect", "crm", folder)
    assert other.code == 7
    assert "open the account Harbor & Pine sandbox (org-2), but its snapshots are of Harbor & Pine (org-1)" in other.err
    assert "the sign-in that was there before still is" in other.err
    [kept] = connections(vault_of(open_engagement(folder)))
    assert kept.entry in first.out


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_connection_that_the_system_refuses_is_not_kept(tmp_path: Path, server: Server) -> None:
    """The token was given, and opens nothing."""
    folder = engagement(tmp_path, asked_too(server))
    server.further = {"access_token": "CANARY-useless"}

    answer = call("connect", "crm", folder)

    assert answer.code == 7
    assert "CANARY" not in answer.out + answer.err
    assert "not connected" in call("connections", folder).out


@pytest.mark.usefixtures("machine_keyring", "browser")
@pytest.mark.parametrize("answered", [{"error": "maintenance"}, {}, "maintenance", [1]])
def test_a_system_that_cannot_say_whose_data_it_is_is_connected_all_the_same(
    tmp_path: Path, server: Server, answered: Any
) -> None:
    """What was signed in stays; that nobody has seen it work is said."""
    server.answered = answered
    folder = engagement(tmp_path, asked_too(server))

    answer = call("connect", "crm", folder)

    assert answer.code == 0
    assert "crm is connected." in answer.out
    assert "Whether it opens the system was not seen: " in answer.out
    assert connections(vault_of(open_engagement(folder)))[0].system == "crm"


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_connection_that_nobody_answered_is_not_called_connected(tmp_path: Path, server: Server) -> None:
    """The vendor signs in, and the system itself does not answer: code 4, and the sign-in is kept for later."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        folder = engagement(tmp_path, asked_too(server, f"http://127.0.0.1:{taken.getsockname()[1]}"))

        answer = call("connect", "crm", folder)

    assert answer.code == 4
    assert answer.out.startswith("crm was not seen to open. What that takes is kept in keyring:")
    assert "cannot be reached at 127.0.0.1" in answer.out
    assert connections(vault_of(open_engagement(folder)))[0].system == "crm"


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_new_sign_in_that_opens_nothing_leaves_the_former_one(tmp_path: Path, server: Server) -> None:
    """Somebody mistypes the new key: yesterday's goes on working, as the sentence says."""
    folder = engagement(tmp_path, asked_too(server))
    assert call("connect", "crm", folder).code == 0
    server.further = {"access_token": "CANARY-useless"}

    refused = call("connect", "crm", folder)

    assert refused.code == 7
    assert "the sign-in that was there before still is" in refused.err
    server.further = {}
    assert "  connected" in call("connections", folder).out
    assert call("pull", folder).code == 0


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_missing_rights_are_named_with_code_4_and_further_ones_are_warned_of(tmp_path: Path, server: Server) -> None:
    """What is there is kept; what needs the missing one cannot be read."""
    folder = engagement(tmp_path, browser_system(server))
    server.scopes = "offline_access contacts.write"

    answer = call("connect", "crm", folder)

    assert answer.code == 4
    assert "MISSING: contacts.read." in answer.out
    assert "WARNING: more than reading needs: contacts.write." in answer.out


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_rights_that_nobody_confirmed_are_said_to_be_as_asked(tmp_path: Path, server: Server) -> None:
    """The vendor's answer named none."""
    folder = engagement(tmp_path, browser_system(server))
    server.scopes = None

    answer = call("connect", "crm", folder)

    assert answer.code == 0
    assert "Granted (as asked for; the vendor repeated nothing): contacts.read, offline_access." in answer.out


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_person_who_says_no_is_told_what_to_do(tmp_path: Path, server: Server) -> None:
    """Code 7, one sentence, no traceback; a machine reads the same."""
    folder = engagement(tmp_path, browser_system(server))
    server.further_on_redirect = {"error": "access_denied", "error_description": "the user said no"}

    answer = call("connect", "crm", folder)
    machine = call("connect", "crm", folder, "--json")

    assert (answer.code, answer.out) == (7, "")
    assert answer.err.splitlines()[-1].startswith("The sign-in to crm was not granted: the user said no.")
    assert "Traceback" not in answer.err
    assert json.loads(machine.out)["exit_code"] == 7


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_every_connection_is_taken_back_at_once(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the engagement ends; repeated, it finds nothing more to do."""
    folder = engagement(
        tmp_path, browser_system(server) + '  shop: {connector: table, sign_in: {way: bearer, token: "env:T"}}\n'
    )
    monkeypatch.setenv("T", "CANARY-shop")
    assert call("connect", "crm", folder).code == 0
    shop = call("connect", "shop", folder)

    assert "the vendor does not say of a key" in shop.out
    done = call("disconnect", "all", folder)
    assert done.code == 0
    assert "crm is disconnected" in done.out
    assert "shop is disconnected" in done.out
    assert [*(folder / "connections").iterdir()] == []
    assert call("disconnect", "all", folder).out == "Nothing was connected.\n"
    assert server.revoked == ["CANARY-refresh-2"]


def test_a_key_that_is_only_referred_to_is_said_to_stand_elsewhere(tmp_path: Path) -> None:
    """There is nothing to remove here, and it works on: that is no unknown name."""
    folder = engagement(tmp_path, '  shop: {connector: table, sign_in: {way: bearer, token: "env:SHOP_TOKEN"}}\n')

    done = call("disconnect", "shop", folder)

    assert done.code == 0
    assert "engagement.yaml refers to env:SHOP_TOKEN. Empty that" in done.out


def test_connecting_in_a_folder_without_settings_says_to_name_the_folder(tmp_path: Path) -> None:
    """Whoever forgets the folder is not told that there are no systems."""
    refused = call("connect", "crm", tmp_path)

    assert refused.code == 3
    assert f"{tmp_path} holds no engagement.yaml" in refused.err
    assert "integration-audit connect crm FOLDER" in refused.err


@pytest.mark.usefixtures("no_keyring")
def test_who_asks_for_a_keyring_that_is_not_there_is_told(tmp_path: Path, server: Server) -> None:
    """From a notebook, say: the encrypted file is not taken silently in its place."""
    here = open_engagement(engagement(tmp_path, browser_system(server)))

    with pytest.raises(InputError, match="has no keyring"):
        connect_system(here, "crm", AtTerminal(opens_browser=False), keep_in="keyring")
    here.close()


@pytest.mark.usefixtures("machine_keyring")
def test_a_key_is_asked_for_only_where_somebody_can_type_it(tmp_path: Path) -> None:
    """Elsewhere the sentence says how to do without a person."""
    folder = engagement(tmp_path, "  crm: {connector: table, sign_in: {way: bearer}}\n")

    code, _, err = command(folder, "connect", "crm", str(folder))

    assert code == 7
    assert "Token of crm is needed, and nobody is here to type it" in err
    assert "env:NAME" in err


def test_what_ends_within_thirty_days_is_listed(tmp_path: Path, machine_keyring: FileKeyring) -> None:
    """The first to end first, with what to do where it does not renew itself."""
    systems = (
        "  crm: {connector: table, sign_in: {way: oauth2_code}}\n"
        "  ledger: {connector: table, sign_in: {way: oauth2_code}}\n"
        '  shop: {connector: table, sign_in: {way: api_key, key: "env:SHOP_KEY", expires_on: 2026-12-20}}\n'
        "  desk: {connector: table, sign_in: {way: bearer}}\n"
        "  pay: {connector: table, sign_in: {way: oauth2_code}}\n"
    )
    folder = engagement(tmp_path, systems)
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    here = open_engagement(folder)
    vault = vault_of(here)
    vault.folder.mkdir()
    ends = {"crm": timedelta(days=29), "ledger": timedelta(days=31), "pay": timedelta(days=-1)}
    for name, length in ends.items():
        write_facts(
            vault,
            Connection(name, "oauth2_code", "keyring", f"{name}-1", "Dana", now, ("read",), name == "crm", now + length),
        )

    rows = {row["system"]: row for row in connection_rows(here, now=now)}

    assert {name: row["state"] for name, row in rows.items()} == {
        "crm": "ends soon",
        "desk": "not connected",
        "ledger": "connected",
        "pay": "ended",
        "shop": "not set",
    }
    assert [row["system"] for row in rows_ending_soon([*rows.values()])] == ["pay", "crm"]
    assert rows["shop"]["note"] == "SHOP_KEY is not set in this window."
    assert (rows["crm"]["renewal"], rows["ledger"]["renewal"]) == ("by itself, each time it is used", "sign in again")
    assert machine_keyring._entries() == {}
    here.close()


def test_a_key_of_the_environment_needs_no_connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ready when the variable is set, and warned of when its day comes near."""
    monkeypatch.setenv("SHOP_KEY", "CANARY-key")
    sign_in = '{way: api_key, key: "env:SHOP_KEY", expires_on: 2026-12-20}'
    folder = engagement(tmp_path, f"  shop: {{connector: table, sign_in: {sign_in}}}\n")
    here = open_engagement(folder)

    [early] = connection_rows(here, now=datetime(2026, 11, 1, tzinfo=UTC))
    [late] = connection_rows(here, now=datetime(2026, 12, 1, tzinfo=UTC))
    here.close()

    assert (early["state"], late["state"]) == ("ready", "ends soon")
    assert "CANARY" not in json.dumps([early, late], default=str)


def test_a_database_needs_no_connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its password or its whole address is kept elsewhere; what is not set there is named."""
    folder = engagement(
        tmp_path,
        """\
  erp:
    connector: sql
    database: {url: "postgresql+pg8000://db.example/erp"}
    sign_in: {user: audit, password: "env:ERP_PASSWORD"}
  old:
    connector: sql
    database: {url: "env:OLD_URL"}
  file:
    connector: sql
    database: {url: "sqlite:///exports/erp.db"}
""",
    )
    monkeypatch.setenv("ERP_PASSWORD", "CANARY-1")
    monkeypatch.delenv("OLD_URL", raising=False)
    here = open_engagement(folder)
    rows = {row["system"]: row for row in connection_rows(here)}
    monkeypatch.setenv("OLD_URL", "postgresql+pg8000://audit:CANARY-2@db.example/old")
    again = {row["system"]: row["state"] for row in connection_rows(here)}
    here.close()

    assert {name: row["state"] for name, row in rows.items()} == {"erp": "ready", "old": "not set"}
    assert rows["old"]["note"] == "OLD_URL is not set in this window."
    assert again == {"erp": "ready", "old": "ready"}
    assert "CANARY" not in str(rows)


def test_a_damaged_connection_is_said_and_hides_no_other(tmp_path: Path) -> None:
    """With what mends it."""
    folder = engagement(tmp_path, "  crm: {connector: table, sign_in: {way: bearer}}\n")
    (folder / "connections").mkdir()
    (folder / "connections" / "ledger.json").write_text("{", "utf-8")

    answer = call("connections", folder)

    assert answer.code == 0
    assert "damaged" in answer.out
    assert "Next: integration-audit connect ledger" in answer.out
    assert "Next: integration-audit connect crm" in answer.out


def test_an_engagement_without_sign_ins_says_where_they_go(tmp_path: Path) -> None:
    """Nothing is listed, and the first step is named."""
    folder = engagement(tmp_path, "  crm: {connector: table}\n")

    assert "sign_in" in call("connections", folder).out
    assert call("disconnect", "all", folder).out == "Nothing was connected.\n"


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("crn", "There is no system named 'crn'. Did you mean 'crm'?"),
        ("crm", "Nothing says how to sign in to crm"),
        ("odd", "There is no way to sign in named 'oauth'"),
    ],
)
def test_what_the_settings_lack_is_said(tmp_path: Path, system: str, says: str) -> None:
    """Code 3, with the nearest right word; a way that there is not, before anything is signed in to."""
    odd = "  odd: {connector: table, sign_in: {way: oauth}}\n" if system == "odd" else ""
    folder = engagement(tmp_path, f"  crm: {{connector: table}}\n{odd}")

    answer = call("connect", system, folder)

    assert answer.code == 3
    assert says in answer.err


def test_disconnecting_what_is_not_connected_names_what_is(tmp_path: Path) -> None:
    """A word that is mistyped is offered."""
    folder = engagement(tmp_path, "  crm: {connector: table}\n")

    answer = call("disconnect", "crm", folder)

    assert answer.code == 3
    assert "There is no connection named 'crm'" in answer.err


def test_where_a_key_is_kept_makes_no_audit_out_of_date(tmp_path: Path) -> None:
    """No figure depends on it."""
    folder = engagement(tmp_path, "  crm: {connector: table}\n")
    hashes = []
    for sign_in in ("", ', sign_in: {way: bearer, token: "env:A"}', ', sign_in: {way: bearer, token: "env:B"}'):
        text = f"client: Harbor & Pine\nas_of: 2026-11-30\nsystems:\n  crm: {{connector: table{sign_in}}}\n"
        (folder / "engagement.yaml").write_text(text, "utf-8")
        here = open_engagement(folder)
        hashes.append(here.inputs_hash())
        here.close()

    assert len({*hashes}) == 1


def test_a_renamed_system_keeps_its_connection(tmp_path: Path) -> None:
    """``engagement rename`` takes it along."""
    folder = engagement(tmp_path, "  crm: {connector: table, sign_in: {way: bearer}}\n")
    (folder / "exports" / "crm").mkdir(parents=True)
    (folder / "exports" / "crm" / "customers.csv").write_text("Customer ID,Name,Email\n1,Acme,a@acme.example\n", "utf-8")
    assert call("pull", folder).code in {0, 4}
    here = open_engagement(folder)
    vault = vault_of(here)
    vault.folder.mkdir()
    write_facts(vault, Connection("crm", "bearer", "references", "x", "Dana", datetime(2026, 11, 30, tzinfo=UTC)))

    rename_system(here, "crm", "sales")

    assert [one.system for one in connections(vault)] == ["sales"]
    here.close()


def test_a_passphrase_is_asked_for_twice_when_it_is_new_and_once_when_it_is_not(tmp_path: Path) -> None:
    """And once for all systems of a pull."""
    folder = engagement(tmp_path, "  crm: {connector: table}\n")
    here = open_engagement(folder)
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return "four words or more"

    vault = vault_of(here, ask)
    vault.passphrase()
    assert asked == ["New passphrase for the encrypted file", "The same once more"]

    vault.folder.mkdir()
    write_sealed(vault.folder / "crm.sealed", Secret("CANARY"), vault.passphrase())
    assert vault_of(here, ask).passphrase() == Secret("four words or more")
    assert asked[2:] == []
    here.close()

    here = open_engagement(folder.rename(tmp_path / "moved"))
    answers = iter(["four words or less", "four words or more"])
    assert vault_of(here, lambda _: next(answers)).passphrase() == Secret("four words or more")

    here.close()

    here = open_engagement(folder.with_name("moved").rename(tmp_path / "moved again"))
    (vault_of(here).folder / "crm.sealed").unlink()
    answers = iter(["four words or more", "four words or less"])
    with pytest.raises(InputError, match="not the same"):
        vault_of(here, lambda _: next(answers)).passphrase()
    with pytest.raises(InputError, match="too short"):
        vault_of(here, lambda _: "short").passphrase()
    with pytest.raises(AuthError, match=PASSPHRASE_VARIABLE):
        vault_of(here).passphrase()
    here.close()
