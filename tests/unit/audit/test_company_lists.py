"""Lists of customers and suppliers with a person to talk to in every row: companies, not people."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.audit.client_folders import Outcome, folder_of, outcome
from tests.unit.audit.test_understood_folders import FAMILY, GIVEN, records
from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages

FIRMS = (
    "Bäckerei Sonnenschein", "Müller & Söhne GmbH", "Nordlicht Optik", "Tischlerei Brandt", "Hafenkontor AG",
    "Elektro Vogt", "Blumen Petersen", "Autohaus Krüger GmbH", "Zahnlabor Weiss", "Kaffeerösterei Lindau",
)  # fmt: skip
TOWNS = ("Berlin", "Hamburg", "Kiel", "Bremen", "Rostock", "Essen", "Husum", "Celle", "Ulm", "Lindau")


def company_rows(separator: str, number: str = "K") -> str:
    return "".join(
        separator.join([f"{number}{1001 + place}", firm, given, family, town, f"{given.lower()}@firm{place}.example"]) + "\n"
        for place, (firm, given, family, town) in enumerate(zip(FIRMS, GIVEN, FAMILY, TOWNS, strict=True))
    )


def party_system(found: Outcome) -> str:
    [system] = {one[0] for one in found.snapshots if one[1] != "names" and one[2] == "party"}
    return str(system)


def document_rows(separator: str) -> str:
    return "".join(
        separator.join([f"R-{2001 + place}", f"2026-03-{place + 1:02}", firm, f"{100 + 13 * place}.50"]) + "\n"
        for place, firm in enumerate(FIRMS)
    )


COMPANIES_AND_DOCUMENTS = [
    ("Kundennummer;Firma;Vorname;Nachname;Ort;E-Mail", "Rechnungsnr;Datum;Kunde;Betrag", ";"),
    ("Customer No,Company,First name,Last name,City,Email", "Invoice no,Date,Customer,Total", ","),
    ("N° fournisseur;Société;Prénom;Nom;Ville;E-mail", "N° facture;Date;Fournisseur;Montant", ";"),
]


@pytest.mark.parametrize(("header", "documents", "separator"), COMPANIES_AND_DOCUMENTS)
def test_a_list_of_customers_is_of_companies_with_a_person_to_talk_to(
    tmp_path: Path, header: str, documents: str, separator: str
) -> None:
    """Each is found among the documents by its own name; the settings say so too, and read the same again."""
    files = {
        "adressen.csv": f"{header}\n{company_rows(separator)}",
        "documents.csv": f"{documents}\n{document_rows(separator)}",
    }
    folder = folder_of(tmp_path / "client", files)

    first, second = outcome(folder), outcome(folder)
    rows = records(folder, party_system(first))
    engagement = open_engagement(folder)
    clusters = run_stages(engagement, "match").table("cluster")["cluster_id"].to_pylist()
    engagement.close()

    assert first == second
    assert 'kind: "company"' in first.settings
    assert [(row["name"], row["kind"], row["given_name"]) for row in rows] == [(firm, "company", None) for firm in FIRMS]
    assert len(clusters) == 2 * len(set(clusters))


@pytest.mark.parametrize(("header", "documents", "separator"), COMPANIES_AND_DOCUMENTS)
def test_companies_are_linked_to_documents_by_their_names(header: str, documents: str, separator: str) -> None:
    """Whoever answers the telephone there says nothing of it."""

    def table(text: str) -> pa.Table:
        names, *rows = [line.split(separator) for line in text.strip().split("\n")]
        return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))

    parties, invoices = table(f"{header}\n{company_rows(separator)}"), table(f"{documents}\n{document_rows(separator)}")

    found = matched_tables({"parties.csv": parties, "documents.csv": invoices}, is_link=True)

    assert [id_r[-2:] for id_r in found.pairs["id_r"].to_pylist()] == [id_l[-2:] for id_l in found.pairs["id_l"].to_pylist()]
    assert found.pairs.num_rows == len(FIRMS)


@pytest.mark.parametrize(
    ("header", "firms"),
    [
        ("Contact ID,Company,First name,Last name,City,Email", FIRMS),
        ("Kontaktnummer,Firma,Vorname,Nachname,Ort,E-Mail", FIRMS),
        ("Customer No,Company,First name,Last name,City,Email", FIRMS[:3]),
        ("Customer No,Company,First name,Last name,City,Email", (*FIRMS[:4], "", "", "", "", "", "")),
    ],
)
def test_a_list_of_contacts_and_one_of_private_customers_stay_lists_of_people(
    tmp_path: Path, header: str, firms: tuple[str, ...]
) -> None:
    """Numbered as contacts, several of one company, or mostly without any."""
    text = company_rows(",")
    for place, firm in enumerate(FIRMS):
        text = text.replace(firm, firms[place % len(firms)])
    folder = folder_of(tmp_path / "client", {"list.csv": f"{header}\n{text}"})

    found = outcome(folder)

    assert "kind:" not in found.settings
    assert [row["given_name"] for row in records(folder, party_system(found))] == [*GIVEN]
