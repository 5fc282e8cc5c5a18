"""Small folders that once went wrong, each with what is right, and others of their kind."""

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of, outcome
from toolkit.audit.engagement import open_engagement

TICKETS = (
    "Ticket ID,Ticket Name,Ticket Status,Pipeline,Associated Contact Email,Ticket Owner,Create Date,Close Date\n"
    "TICK-1,Printer offline,Open,Support,ann@bramble.example,sam@us.example,2025-03-01,\n"
    "TICK-2,Login fails,Closed,Support,bob@oak.example,sam@us.example,2025-03-04,2025-03-05\n"
    "TICK-3,Invoice question,Open,Support,ann@bramble.example,kim@us.example,2025-03-06,\n"
)
STOERUNGEN = (
    "Ticketnummer;Betreff;Status;Priorität;Erstellt am;Gelöst am\n"
    "T-1;Drucker offline;Offen;hoch;01.03.2025;\nT-2;Anmeldung geht nicht;Geschlossen;mittel;04.03.2025;05.03.2025\n"
    "T-3;Frage zur Rechnung;Offen;mittel;16.03.2025;\n"
)
DEMANDES = (
    "Numéro du ticket,Sujet,Statut,Date de création,Date de résolution\n"
    "T-1,Imprimante hors ligne,Ouvert,01/03/2025,\nT-2,Connexion impossible,Fermé,14/03/2025,15/03/2025\n"
    "T-3,Question de facture,Ouvert,16/03/2025,\n"
)
LEADS = (
    "Id,IsDeleted,LastName,FirstName,Name,Title,Company,Phone,Email,LeadSource,Status,OwnerId,IsConverted,CreatedDate\n"
    "00Q1,FALSE,Field,Ann,Ann Field,Partner,Bramble Legal,0113 496 0002,ann@bramble.example,Web,Open,0051,TRUE,2026-01-05\n"
    "00Q2,FALSE,Lane,Dee,Dee Lane,Owner,Fern Bakery,01482 555 020,dee@fern.example,Web,Open,0051,FALSE,2026-01-07\n"
)
CONTACTS = (
    "Id,IsDeleted,AccountId,LastName,FirstName,Salutation,Name,MailingCity,Phone,Email,Title,OwnerId,CreatedDate\n"
    "0031,FALSE,0011,Field,Ann,Ms,Ann Field,Leeds,0113 496 0002,ann@bramble.example,Partner,0051,2026-02-01\n"
    "0032,FALSE,0012,Moss,Bob,Mr,Bob Moss,York,01904 555 011,bob@oak.example,Head,0051,2026-02-01\n"
)
GIVEN = ("Aisha", "Ben", "Cara", "Dmitri", "Elena", "Farid", "Grace", "Henry", "Ines", "Jack")
FAMILY = ("Abbott", "Hollis", "Orton", "Brandt", "Novak", "Quayle", "Rowe", "Sutton", "Thorne", "Vance")
PEOPLE = [(given, family, f"0113 496 10{place:02}") for place, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True))]
MINIMAL = "client: A\ncurrency: EUR\ncountry: DE\nsystems:\n  ledger:\n    streams:\n      {stream}\n"


def records(folder: Path, system: str) -> list[dict[str, Any]]:
    engagement = open_engagement(folder)
    found = [
        table.to_pylist() for key, table in engagement.store.records().items() if key[0] == system and key[1] != "names"
    ]
    engagement.close()
    return [row for rows in found for row in rows]


@pytest.mark.parametrize(
    ("name", "text"), [("hubspot_tickets.csv", TICKETS), ("Störungen.csv", STOERUNGEN), ("demandes 2025.csv", DEMANDES)]
)
def test_a_list_of_tickets_is_no_list_of_people(tmp_path: Path, name: str, text: str) -> None:
    """Named by their numbers, with the status as it is written; "Printer offline" is nobody."""
    folder = folder_of(tmp_path / "client", {name: text})

    found = outcome(folder)

    assert {one[2] for one in found.snapshots if one[1] != "names"} == {"ticket"}
    [system] = {one[0] for one in found.snapshots}
    rows = records(folder, system)
    assert len(rows) == 3
    assert min(row["status"] for row in rows) in {"Closed", "Geschlossen", "Fermé"}
    assert {row["record_id"][-1] for row in rows} == {"1", "2", "3"}


@pytest.mark.parametrize("folder_name", ["crm", "Vertrieb", "sales"])
def test_leads_and_contacts_of_one_folder_are_never_poured_together(tmp_path: Path, folder_name: str) -> None:
    """A lead who is a contact as well is read twice: once in each list."""
    files = {f"exports/{folder_name}/Lead.csv": LEADS, f"exports/{folder_name}/Contact.csv": CONTACTS}
    folder = folder_of(tmp_path / "client", files)

    first, second = outcome(folder), outcome(folder)

    assert first == second
    assert sorted(first.streams.values()) == [2, 2]
    assert sum(row["rows_repeated"] for row in first.intake) == 0


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("Contact ID,First Name,Last Name,Phone", "Ref,Full Name,Phone"),
        ("Kunden-Nr.,Vorname,Nachname,Telefon", "Nr,Name,Telefon"),
        ("N° contact,Prénom,Nom,Téléphone", "Réf,Nom complet,Téléphone"),
    ],
)
def test_people_of_two_lists_are_found_by_their_names_not_by_their_ids(tmp_path: Path, header: str, other: str) -> None:
    """The id names the record, and the name is made of its parts."""
    first = "".join(f"P{n},{given},{family},{phone}\n" for n, (given, family, phone) in enumerate(PEOPLE))
    second = "".join(f"M{n},{given} {family},{phone}\n" for n, (given, family, phone) in enumerate(PEOPLE))
    folder = folder_of(
        tmp_path / "client",
        {"exports/crm/contacts.csv": f"{header}\n{first}", "exports/mail/members.csv": f"{other}\n{second}"},
    )

    outcome(folder)

    one, two = records(folder, "crm"), records(folder, "mail")
    assert {row["record_id"] for row in one} == {f"P{n}" for n in range(10)}
    assert (
        {row["name"] for row in one} == {row["name"] for row in two} == {f"{given} {family}" for given, family, _ in PEOPLE}
    )


def test_own_lists_of_a_crm_and_a_ledger_get_handoffs_proposed(tmp_path: Path) -> None:
    """Folders called crm and ledger say what kind of system each is; nobody has confirmed the handoff."""
    deals = "Deal,Customer,Stage,Value,Closed\nRoof,Acme Ltd,Won,1200.50,2026-01-02\nWall,Bolt Inc,Lost,800.25,2026-03-04\n"
    invoices = "Invoice No,Invoice Date,Customer,Total\nINV-1,2026-01-05,Acme Ltd,1200.50\nINV-2,2026-01-06,Bolt Inc,80.00\n"

    found = outcome(
        folder_of(tmp_path / "client", {"exports/crm/won deals.csv": deals, "exports/ledger/invoices.csv": invoices})
    )

    assert "deal_to_invoice:" in found.settings
    assert "is_proposed: true" in found.settings


@pytest.mark.parametrize(
    "text",
    [
        "No,Supplier,Date,Qzx\n1,Acme Ltd,2026-01-15,10.50\n2,Bolt Ltd,2026-02-16,12.25\n3,Core Ltd,2026-03-17,99.99\n",
        "No;Supplier;Date;Xyw\n1;Acme GmbH;15.01.2026;10,50\n2;Bolt AG;16.02.2026;1.212,25\n3;Core KG;17.03.2026;99,99\n",
        "No,Supplier,Date,Vvv\n1,Acme SARL,15/01/2026,€10.50\n2,Bolt SA,16/02/2026,€12.25\n3,Core SA,17/03/2026,€99.99\n",
    ],
)
def test_an_amount_that_was_left_out_is_named_and_the_audit_incomplete(tmp_path: Path, text: str) -> None:
    """Documents without an amount are no silent zero."""
    fields = "{number: No, party_name: Supplier, issued_on: Date}"
    settings = MINIMAL.format(stream=f"bills: {{entity: bill, file: [a.csv], key: [No], fields: {fields}}}")
    folder = folder_of(tmp_path / "client", {"exports/ledger/a.csv": text, "engagement.yaml": settings})

    found = call("pull", folder)

    assert found.code == 4
    assert "looks like money and was left out" in found.out
    assert "looks like money and was left out" in call("status", folder).out


def test_destroyed_ids_are_said_and_join_no_rows(tmp_path: Path) -> None:
    """Ids that a spreadsheet has rounded are all the same, and name nothing."""
    rows = "".join(f"1.91431E+18,2026-01-{day:02},Firm {day} Ltd,{day}00.50\n" for day in range(10, 20))
    folder = folder_of(tmp_path / "client", {"orders.csv": f"Order ID,Order Date,Customer,Total\n{rows}"})

    found = outcome(folder)

    assert sum(row["rows_kept"] for row in found.intake) == 10
    assert "Ids among them are destroyed" in found.intake[0]["message"]


@pytest.mark.parametrize("text", ["1,Acme,10.50\n2,Bolt,12.25\n3,Core,99.99\n", "a;b\nc;d\ne;f\n", "x\ny\nz\n"])
def test_a_table_without_a_header_counts_for_nothing_until_somebody_says_what_it_lists(tmp_path: Path, text: str) -> None:
    """No number comes of values alone."""
    deals = "Deal,Customer,Stage,Value,Closed\nRoof,Acme Ltd,Won,1200.50,2026-01-02\nWall,Bolt Inc,Lost,800.25,2026-03-04\n"
    folder = folder_of(tmp_path / "client", {"deals.csv": deals, "bare.csv": text})

    found = outcome(folder)

    assert {one[0] for one in found.snapshots} == {"deals"}
    assert found == outcome(folder)


def test_a_column_that_the_file_has_no_more_is_not_said_to_be_read(tmp_path: Path) -> None:
    """The settings read the tax from "VAT", and the new export calls it "Tax": nothing else is read as tax."""
    fields = "{number: No, party_name: Supplier, issued_on: Date, amount_minor: Total, tax_minor: VAT}"
    settings = MINIMAL.format(stream=f"bills: {{entity: bill, file: [a.csv], key: [No], fields: {fields}}}")
    rows = "".join(f"{no},Acme Ltd,2026-01-{no},{no * 12}.00,{no * 2}.00\n" for no in range(10, 28))
    text = f"No,Supplier,Date,Total,Tax\n{rows}"
    folder = folder_of(tmp_path / "client", {"exports/ledger/a.csv": text, "engagement.yaml": settings})

    said = call("pull", folder).out

    assert "another column is read as" not in said
    assert "Column 'Tax' looks like money and was left out: tax is to be read from 'VAT', and this file has no such" in said
