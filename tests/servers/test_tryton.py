"""Tryton 8.2, an ERP, by the generic connector and twenty-five lines: parties, what hangs on them, invoices with lines."""

from pathlib import Path

import pytest

from tests.servers.engagements import Rows, described, pulled
from tests.servers.systems import Tryton

pytestmark = pytest.mark.servers

PARTIES, ARCHIVED, INVOICES = 231, 12, 12
"""As the seed makes them; the company itself is a party, too."""


def names(rows: Rows) -> dict[str, str]:
    return {key: row["name"] for key, row in rows.items()}


def test_parties_come_whole_and_then_as_they_change(tryton: Tryton, tmp_path: Path) -> None:
    """Archived ones too, none twice; then those that were renamed, added, archived; at last those that are gone."""
    folder = described(tmp_path / "client", "tryton", tryton.url)
    first = pulled(folder)
    before = first.rows["parties"]

    tryton.change("party.party", 20, name="Renamed Ltd")
    tryton.change("party.party", 21, active=False)
    new = tryton.add("party.party", name="New Ltd")
    tryton.delete("party.party", 60)
    second = pulled(folder)
    after = second.rows["parties"]
    third = pulled(folder, is_full=True)

    assert first.missing == second.missing == third.missing == ()
    assert len(before) == PARTIES
    assert sum(row["state"] == "archived" for row in before.values()) == ARCHIVED
    assert all(row["updated_at"] is not None for row in before.values())
    assert second.came["parties"] == 3
    assert names(after) == names(before) | {"20": "Renamed Ltd", str(new): "New Ltd"}
    assert (before["21"]["state"], after["21"]["state"]) == ("active", "archived")
    # Tryton names no deleted record: only reading everything shows that one is gone.
    assert names(third.rows["parties"]) == {key: name for key, name in names(after).items() if key != "60"}


def test_what_hangs_on_a_party_is_a_list_of_its_own(tryton: Tryton, tmp_path: Path) -> None:
    """An address that is mended by itself does not move its party: read with the party it would stay as it was."""
    folder = described(tmp_path / "client", "tryton_children", tryton.url)
    first = pulled(folder)
    [address] = tryton.find("party.address", '[["party","=",30]]')
    [email] = tryton.find("party.contact_mechanism", '[["party","=",30]]')

    tryton.change("party.address", address["id"], city="Delft")
    tryton.change("party.contact_mechanism", email["id"], value="new@client029.example")
    tryton.change("party.address", tryton.add("party.address", party=30, city="Leiden"), active=False)
    second = pulled(folder)

    assert first.missing == second.missing == ()
    assert (len(first.rows["addresses"]), len(first.rows["emails"])) == (PARTIES, PARTIES - 1)
    assert (second.came["addresses"], second.came["emails"]) == (2, PARTIES - 1)
    found = [(row["city"], row["state"]) for row in second.rows["addresses"].values() if row["parent_ref"] == "30"]
    assert sorted(found) == [("Delft", "active"), ("Leiden", "archived")]
    assert second.rows["emails"][str(email["id"])]["email"] == "new@client029.example"


def test_invoices_come_with_their_lines(tryton: Tryton, tmp_path: Path) -> None:
    """Amounts to the cent; one line more is a change of its invoice."""
    folder = described(tmp_path / "client", "tryton_invoices", tryton.url)
    first = pulled(folder)
    one = next(iter(tryton.find("account.invoice", '[["party","=",2]]')))
    tryton.change("account.invoice", one["id"], lines=[["delete", [line_of(tryton, one["id"])]]])
    second = pulled(folder)

    assert first.missing == second.missing == ()
    assert len(first.rows["invoices"]) == INVOICES
    assert len(first.lines["invoices"]) == 2 * INVOICES
    amounts = sorted(row["amount_minor"] for row in first.rows["invoices"].values())
    assert amounts == [3 * (10_025 + 100 * number) for number in range(INVOICES)]
    assert second.came["invoices"] == 1
    assert len(second.lines["invoices"]) == 2 * INVOICES - 1
    assert second.rows["invoices"][str(one["id"])]["amount_minor"] == 2 * 10_025


def line_of(tryton: Tryton, invoice: int) -> int:
    return min(int(line["id"]) for line in tryton.find("account.invoice.line", f'[["invoice","=",{invoice}]]'))


def test_a_wrong_key_is_said(tryton: Tryton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is pulled, and the sentence says where the key is."""
    monkeypatch.setenv("TRYTON_KEY", "no-such-key-of-anybody")
    found = pulled(described(tmp_path / "client", "tryton", tryton.url))

    assert found.rows == {}
    assert "TRYTON_KEY" in found.missing[0]
