"""Whose name stands on documents that have no column of their customers' or suppliers' names."""

from pathlib import Path

import pytest

from tests.unit.audit.client_folders import folder_of, outcome
from tests.unit.audit.test_company_lists import FIRMS
from tests.unit.audit.test_understood_folders import FAMILY, GIVEN
from toolkit.audit.engagement import open_engagement

PERSONS = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]


@pytest.mark.parametrize(
    ("header", "whose", "separator"),
    [
        ("Rechnungsnummer;Rechnungsdatum;Kundennummer;Firma;Vorname;Nachname;Email;Betrag", "firm", ";"),
        ("Invoice No,Invoice Date,Customer No,Company,First name,Last name,Email,Amount", "firm", ","),
        ("N° facture;Date facture;N° client;Société;Prénom;Nom;E-mail;Montant", "firm", ";"),
        ("Rechnungsnummer;Rechnungsdatum;Kundennummer;Vorname;Nachname;Email;Betrag", "person", ";"),
        ("Bill No,Bill Date,Supplier No,First name,Last name,Email,Amount", "person", ","),
    ],
)
def test_the_only_name_on_a_document_is_that_of_its_party(tmp_path: Path, header: str, whose: str, separator: str) -> None:
    """The company, else the person; a customer's number that no list here has does not take its place."""
    lines = [header]
    for row in range(30):
        place = row % 10
        names = [*([FIRMS[place]] if whose == "firm" else []), GIVEN[place], FAMILY[place]]
        cells = [f"R-{2001 + row}", f"2026-03-{row % 28 + 1:02}", f"K{1001 + place}", *names, f"i@firm{place}.example"]
        lines.append(separator.join([*cells, f"{100 + 13 * row}.50"]))
    folder = folder_of(tmp_path / "client", {"documents.csv": "\n".join(lines)})

    first, second = outcome(folder), outcome(folder)
    engagement = open_engagement(folder)
    names = [
        row["name"] for key, table in engagement.store.records().items() if key[1] == "names" for row in table.to_pylist()
    ]
    engagement.close()

    assert first == second
    assert sorted(names) == sorted(FIRMS if whose == "firm" else PERSONS)


def test_one_company_in_all_rows_is_nobody_s_customer(tmp_path: Path) -> None:
    """The company that writes the invoices may stand on each of them."""
    rows = "".join(f"R-{row},2026-03-{row:02},Own Ltd,{GIVEN[row]},{FAMILY[row]},{100 + row}.50\n" for row in range(1, 10))
    header = "Invoice No,Invoice Date,Company,First name,Last name,Amount\n"
    folder = folder_of(tmp_path / "client", {"invoices.csv": header + rows})

    assert "Own Ltd" not in str(outcome(folder).streams)
    assert '"column": ["First name", "Last name"], "joined": " "' in outcome(folder).settings
