"""Keys and passwords that lie open are told by kind and line, and no letter of them is shown."""

import zipfile
from pathlib import Path

import pytest

from tests.command_line import call
from toolkit.landscape.open_secrets import open_secrets

# Put together here, so that no scanner of this repository takes them for real ones.
PLANTED = {
    "Stripe key": "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "HubSpot private app token": "pat-" + "na1-" + "0a1b2c3d-1111-2222-3333-444455556666",
    "Slack token": "xox" + "b-" + "2345678901-abcdefGHIJKL",
    "address with a password": "postgresql://" + "audit:" + "hunter2hunter2@db.example/acme",
    "named secret": "api_" + "key = " + "q8w7e6r5t4z3u2",
}


@pytest.mark.parametrize("kind", list(PLANTED))
def test_a_planted_key_is_found_by_its_kind(kind: str) -> None:
    """Five of five, on the line where it stands."""
    assert [*open_secrets(["Id,Note", f"7,before {PLANTED[kind]} after"])] == [(2, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "7,Acme Ltd,jo@acme.example,2026-01-05", "token: env:HUBSPOT_TOKEN", "password: keyring:acme/xero",
        "Password,Hint", "ch_3Dwj1RYaHtG00000,paid", "https://acme.example/a:b@c", "",
    ],
)  # fmt: skip
def test_what_is_no_secret_is_none(line: str) -> None:
    """Ids of payments, references to where a secret is kept, and headers."""
    assert [*open_secrets([line])] == []


def test_the_register_finds_them_in_files_and_archives_and_prints_none(tmp_path: Path) -> None:
    """In the settings, in a list, in a workbook's member; nothing of a secret stands in the answer."""
    exports = tmp_path / "exports"
    exports.mkdir()
    one, two, three, four, five = PLANTED.values()
    (tmp_path / "engagement.yaml").write_text(f"client: Acme # {one}\n", "utf-8")
    (exports / "list.csv").write_text(f"id,note\n1,{two}\n2,{three}\n", "utf-8")
    (exports / "wide.txt").write_bytes(f"note {four}\n".encode("utf-16"))
    with zipfile.ZipFile(exports / "book.xlsx", "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{five}</t>")
    (exports / "broken.zip").write_bytes(b"PK\x05\x06" + b"\x00" * 18)

    told = call("landscape", "show", "open_secrets", tmp_path)
    as_json = call("landscape", "show", "open_secrets", tmp_path, "--json")

    assert told.code == 0
    assert told.out.startswith("5 secrets open in 4 files of 5.")
    assert [kind for kind in PLANTED if kind not in told.out] == []
    assert [secret for secret in PLANTED.values() if secret in told.out + told.err + as_json.out] == []
