"""Signing in to write: a sign-in of its own, kept, listed and taken back by itself, and never the one that reads."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authorization_server import CLIENT_SECRET, Server, authorization_server
from tests.command_line import call
from tests.unit.audit.test_connections import Visiting, browser, browser_system, engagement
from toolkit.audit.connections import connect_system
from toolkit.audit.engagement import open_engagement
from toolkit.audit.sign_ins import door_of, vault_of
from toolkit.connector.overview import scopes_to_write
from toolkit.connectors import connector_of
from toolkit.errors import InputError
from toolkit.rest.redaction import Secret

__all__ = ["browser"]


@pytest.fixture
def server() -> Iterator[Server]:
    """Yield a vendor."""
    with authorization_server() as running:
        yield running


def both_ways(server: Server) -> str:
    """Return the settings of a system that is signed in to twice, with other rights."""
    own = browser_system(server)
    to_write = own[own.index("    sign_in:") :].replace("sign_in:", "sign_in_to_write:")
    return own + to_write.replace("scopes: contacts.read", "scopes: contacts.write contacts.read")


class Typist:
    """A person who types the same each time."""

    def __init__(self, text: str) -> None:
        self.text = text

    def secret(self, _question: str) -> Secret:
        """Type it."""
        return Secret(self.text)

    def visit(self, _address: str) -> None:
        """Go nowhere."""


@pytest.mark.usefixtures("machine_keyring")
def test_a_system_is_signed_in_to_twice_to_read_it_and_to_write_to_it(
    tmp_path: Path,
    server: Server,
    browser: Visiting,  # the fixture of that name
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each with its own rights; the one is taken back and the other stays."""
    monkeypatch.setenv("CRM_SECRET", CLIENT_SECRET)
    folder = engagement(tmp_path, both_ways(server))
    assert call("connect", "crm", folder).code == 0
    server.scopes = "contacts.read contacts.write offline_access"

    written = call("connect", "crm", folder, "--write")
    listed = json.loads(call("connections", folder, "--json").out)["connections"]
    gone = call("disconnect", "crm.write", folder)
    left = json.loads(call("connections", folder, "--json").out)["connections"]
    told = call("connections", folder).out.splitlines()

    assert written.code == 0
    assert written.out.startswith("crm is connected, to write to it.")
    assert "That is what writing needs, and no more." in written.out
    assert "contacts.write" in browser.addresses[-1]
    assert [(one["system"], one["state"], one["scopes"]) for one in listed] == [
        ("crm", "connected", ["contacts.read", "offline_access"]),
        ("crm.write", "connected", ["contacts.read", "contacts.write", "offline_access"]),
    ]
    assert gone.code == 0
    assert [(one["system"], one["state"]) for one in left] == [("crm", "connected"), ("crm.write", "not connected")]
    assert [one for one in told if one.startswith("Next: ")] == [f"Next: integration-audit connect crm {folder} --write"]


@pytest.mark.usefixtures("machine_keyring", "browser")
def test_a_right_to_write_that_is_missing_is_named(tmp_path: Path, server: Server) -> None:
    """With the command that signs in again."""
    folder = engagement(tmp_path, both_ways(server))

    answer = call("connect", "crm.write", folder)

    assert answer.code == 4
    assert "MISSING: contacts.write. What needs it cannot be written." in answer.out
    assert "integration-audit connect crm --write" in answer.out


@pytest.mark.usefixtures("machine_keyring")
def test_what_reads_is_not_taken_to_write(tmp_path: Path) -> None:
    """The same key typed twice is seen, and nothing of the second sign-in is kept; another one is."""
    here = open_engagement(engagement(tmp_path, "  crm: {connector: hubspot, sign_in: {way: bearer}}\n"))
    try:
        connect_system(here, "crm", Typist("canary-read"))
        with pytest.raises(InputError, match="is the one that reads it"):
            connect_system(here, "crm", Typist("canary-read"), to_write=True)
        files = sorted(path.stem for path in vault_of(here).folder.glob("*.json"))
        found = connect_system(here, "crm", Typist("canary-write"), to_write=True)
    finally:
        here.close()

    assert files == ["crm"]
    assert found.connection.system == "crm.write"


def test_one_reference_for_both_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where two references hold the same."""
    monkeypatch.setenv("CRM_KEY", "canary-1")
    monkeypatch.setenv("CRM_OTHER", "canary-1")
    for name in ("CRM_KEY", "CRM_OTHER"):
        folder = tmp_path / name
        folder.mkdir()
        text = (
            "  crm:\n    connector: hubspot\n    sign_in: {way: bearer, token: 'env:CRM_KEY'}\n"
            f"    sign_in_to_write: {{way: bearer, token: 'env:{name}'}}\n"
        )
        answer = call("connect", "crm", engagement(folder, text), "--write")
        assert answer.code == 3
        assert "Make credentials of their own that may write" in answer.err


@pytest.mark.parametrize(
    ("vendor", "reads", "writes"),
    [
        ("hubspot", "crm.objects.contacts.read", "crm.objects.contacts.write"),
        ("xero", "accounting.contacts.read", "accounting.contacts"),
    ],
)
def test_the_rights_to_write_are_asked_for_only_to_write(tmp_path: Path, vendor: str, reads: str, writes: str) -> None:
    """Beside those to read: a record is read before and after each change."""
    way = "{way: oauth2_code}"
    here = open_engagement(
        engagement(tmp_path, f"  crm: {{connector: {vendor}, sign_in: {way}, sign_in_to_write: {way}}}\n")
    )
    try:
        read, write = (door_of(here, "crm", vault_of(here), to_write=one).sign_in.scopes_read for one in (False, True))
    finally:
        here.close()
    connector = connector_of(vendor)

    assert connector is not None
    assert writes in scopes_to_write(connector)
    assert reads in read
    assert writes not in read
    assert {reads, writes} <= {*write}


@pytest.mark.parametrize(("rules", "is_asked"), [("", False), ("cleanup: {crm: {merge_by: vendor}}\n", True)])
def test_the_right_to_merge_is_asked_for_only_where_the_cleanup_merges_so(
    tmp_path: Path, rules: str, *, is_asked: bool
) -> None:
    """A shop whose customers are put aside needs no right to merge them for good."""
    way = "{way: oauth2_code}"
    said = f"  crm: {{connector: shopify, sign_in: {way}, sign_in_to_write: {way}}}\n{rules}"
    here = open_engagement(engagement(tmp_path, said))
    try:
        read, write = (door_of(here, "crm", vault_of(here), to_write=one).sign_in.scopes_read for one in (False, True))
    finally:
        here.close()

    assert "write_customers" in write
    assert ("write_customer_merge" in write) is is_asked
    assert "write_customer_merge" not in read
