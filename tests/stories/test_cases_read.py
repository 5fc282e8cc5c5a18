"""Shapes of real files that went wrong once: what a row is, what names it, and that a second audit finds the same."""

# ruff: noqa: E501 - rows of files are one line each

from datetime import date
from pathlib import Path

import pytest

from tests.command_line import call
from tests.stories.pulled_folders import pulled
from tests.unit.audit.client_folders import workbook_of
from toolkit.audit.engagement import open_engagement

TWO_TABLES = {
    "english": {
        "exports/crm/companies.csv": "Account,Industry,Website,Phone\nBramble Legal LLP,Legal,bramble.example,0113 496 0001\n"
        "Oak Tuition Ltd,Education,oak.example,01904 555 010\nFern Bakery,Food,fern.example,01482 555 020\n",
        "exports/crm/people.csv": "Contact No,First Name,Last Name,Email,Account\n"
        "100001,Ann,Field,ann@bramble.example,Bramble Legal LLP\n100002,Bob,Moss,bob@oak.example,Oak Tuition Ltd\n"
        "100003,Cat,Reed,cat@fern.example,Fern Bakery\n",
        "exports/office/invoice_lines.csv": "Invoice No,Line,Description,Quantity,Amount\nINV-1,1,Desk,1,100.00\n"
        "INV-2,1,Chair,2,150.00\nINV-2,2,Lamp,1,100.50\nINV-3,1,Rug,1,75.25\n",
        "exports/office/invoices.csv": "Invoice No,Invoice Date,Customer,Total\nINV-1,2026-01-05,Bramble Legal LLP,100.00\n"
        "INV-2,2026-01-06,Oak Tuition Ltd,250.50\nINV-3,2026-02-01,Fern Bakery,75.25\n",
    },
    "german": {
        "exports/crm/Firmen.csv": "Firma;Branche;Webseite;Telefon\nAhorn Recht GmbH;Recht;ahorn.example;0341 9605001\n"
        "Birke Nachhilfe KG;Bildung;birke.example;0351 4550100\nEibe Brot OHG;Essen;eibe.example;0371 5550200\n",
        "exports/crm/Ansprechpartner.csv": "Kontakt-Nr.;Vorname;Nachname;E-Mail;Firma\n"
        "100001;Anna;Feld;anna@ahorn.example;Ahorn Recht GmbH\n100002;Bernd;Moos;bernd@birke.example;Birke Nachhilfe KG\n"
        "100003;Clara;Rohr;clara@eibe.example;Eibe Brot OHG\n",
        "exports/office/Rechnungspositionen.csv": "Rechnungsnummer;Pos.;Bezeichnung;Menge;Betrag\nRE-1;1;Tisch;1;100,00\n"
        "RE-2;1;Stuhl;2;150,00\nRE-2;2;Lampe;1;100,50\nRE-3;1;Teppich;1;75,25\n",
        "exports/office/Rechnungen.csv": "Rechnungsnummer;Rechnungsdatum;Kunde;Gesamtbetrag\n"
        "RE-1;05.01.2026;Ahorn Recht GmbH;100,00\nRE-2;16.01.2026;Birke Nachhilfe KG;250,50\nRE-3;01.02.2026;Eibe Brot OHG;75,25\n",
    },
    "french": {
        "exports/crm/societes.csv": "Société\tSecteur\tSite web\tTéléphone\nÉrable Droit SARL\tDroit\terable.example\t01 49 54 25 49\n"
        "Chêne Cours SAS\tÉducation\tchene.example\t04 72 00 11 22\nFougère Pain SARL\tAlimentation\tfougere.example\t05 61 00 11 33\n",
        "exports/crm/contacts.csv": "N° contact\tPrénom\tNom\tE-mail\tSociété\n"
        "100001\tAnne\tChamp\tanne@erable.example\tÉrable Droit SARL\n100002\tBruno\tMousse\tbruno@chene.example\tChêne Cours SAS\n"
        "100003\tClaire\tRoseau\tclaire@fougere.example\tFougère Pain SARL\n",
        "exports/office/lignes.csv": "N° facture\tLigne\tDésignation\tQuantité\tMontant\nF-1\t1\tTable\t1\t100,00\n"
        "F-2\t1\tChaise\t2\t150,00\nF-2\t2\tLampe\t1\t100,50\nF-3\t1\tTapis\t1\t75,25\n",
        "exports/office/factures.csv": "N° facture\tDate de facture\tClient\tMontant total\nF-1\t05/01/2026\tÉrable Droit SARL\t100,00\n"
        "F-2\t16/01/2026\tChêne Cours SAS\t250,50\nF-3\t01/02/2026\tFougère Pain SARL\t75,25\n",
    },
}


@pytest.mark.parametrize(("language", "home"), [("english", "GBP"), ("german", "EUR"), ("french", "EUR")])
def test_two_tables_of_one_entity_in_a_folder_are_two_streams(tmp_path: Path, language: str, home: str) -> None:
    """Companies and people, invoices and their lines: every row of each is read, and the companies keep their names."""
    found = pulled(tmp_path, TWO_TABLES[language])

    assert found.called.code == 0
    assert sorted(len(rows) for rows in found.records.values()) == [3, 3, 3, 3]
    assert found.counts() == {"invoice": 6, "party": 6}
    assert {row["kind"] for row in found.rows("party")} >= {"person"}
    assert all(row["name"] for row in found.rows("party"))
    assert {row["sum_minor"] for row in found.intake} == {None, 42575}
    assert found.home[1] == home


SALESFORCE = {
    "exports/crm/Account.csv": "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,"
    "BillingCountry,Phone,Website,Industry,AnnualRevenue,NumberOfEmployees,OwnerId,CreatedDate\n"
    "001bm00001AAAA1AAA,FALSE,,Bramble Legal,Customer,,1 Mill Lane,Leeds,,LS1 1AA,United Kingdom,0113 496 0001,bramble.example,"
    "Legal,,,005bm00000NCJmQAAX,2026-02-01\n"
    "001bm00001AAAA2AAA,FALSE,,Oak Tuition,Customer,,2 High Street,York,,YO1 7AA,United Kingdom,01904 555 010,oak.example,"
    "Education,,,005bm00000NCJmQAAX,2026-02-01\n",
    "exports/crm/Contact.csv": "Id,IsDeleted,AccountId,LastName,FirstName,Salutation,Name,MailingStreet,MailingCity,Phone,MobilePhone,"
    "Email,Title,Department,OwnerId,CreatedDate\n"
    "003bm00000AAAA1AAA,FALSE,001bm00001AAAA1AAA,Field,Ann,Ms,Ann Field,,,0113 496 0002,,ann@bramble.example,Partner,,"
    "005bm00000NCJmQAAX,2026-02-01\n"
    "003bm00000AAAA2AAA,FALSE,001bm00001AAAA2AAA,Moss,Bob,Mr,Bob Moss,,,01904 555 011,,bob@oak.example,Head,,"
    "005bm00000NCJmQAAX,2026-02-01\n"
    "003bm00000AAAA3AAA,FALSE,001bm00001AAAA2AAA,Reed,Cat,Ms,Cat Reed,,,01904 555 012,,cat@oak.example,Tutor,,"
    "005bm00000NCJmQAAX,2026-02-01\n",
    "exports/crm/Lead.csv": "Id,IsDeleted,LastName,FirstName,Name,Title,Company,Phone,Email,Website,LeadSource,Status,OwnerId,"
    "IsConverted,ConvertedAccountId,CreatedDate\n"
    "00Qbm00000AAAA1AAA,FALSE,Field,Ann,Ann Field,Partner,Bramble Legal,0113 496 0002,ann@bramble.example,,Web,Qualified,"
    "005bm00000NCJmQAAX,TRUE,001bm00001AAAA1AAA,2026-01-05\n"
    "00Qbm00000AAAA2AAA,FALSE,Moss,Bob,Bob Moss,Head,Oak Tuition,01904 555 011,bob@oak.example,,Web,Qualified,"
    "005bm00000NCJmQAAX,TRUE,001bm00001AAAA2AAA,2026-01-06\n"
    "00Qbm00000AAAA4AAA,FALSE,Lane,Dee,Dee Lane,Owner,Fern Bakery,01482 555 020,dee@fern.example,,Web,Open,"
    "005bm00000NCJmQAAX,FALSE,,2026-01-07\n",
}
OWN_LEADS = {
    "exports/vertrieb/Interessenten.csv": "Lead-Nr.;Vorname;Nachname;Firma;Telefon;E-Mail;Status\n"
    "L-1;Anna;Feld;Ahorn GmbH;0341 9605001;anna@ahorn.example;Qualifiziert\n"
    "L-2;Bernd;Moos;Birke KG;0351 4550100;bernd@birke.example;Qualifiziert\nL-3;Dora;Gasse;Eibe OHG;0371 5550200;dora@eibe.example;Offen\n",
    "exports/vertrieb/Kontakte.csv": "Kontakt-Nr.;Vorname;Nachname;Anrede;Ort;Telefon;E-Mail\n"
    "K-1;Anna;Feld;Frau;Leipzig;0341 9605001;anna@ahorn.example\nK-2;Bernd;Moos;Herr;Dresden;0351 4550100;bernd@birke.example\n"
    "K-3;Clara;Rohr;Frau;Dresden;0351 4550101;clara@birke.example\n",
}
CLIENTS_IN_A_WORKBOOK = {
    "exports/ventas/personas.xlsx": workbook_of(
        {
            "Prospectos": [
                ["ID prospecto", "Nombre", "Apellidos", "Empresa", "Correo electrónico", "Estado"],
                ["P-1", "Ana", "Campo", "Arce SL", "ana@arce.example", "Calificado"],
                ["P-2", "Bruno", "Musgo", "Roble SA", "bruno@roble.example", "Calificado"],
                ["P-3", "Dora", "Calle", "Helecho SL", "dora@helecho.example", "Abierto"],
            ],
            "Contactos": [
                ["ID contacto", "Nombre", "Apellidos", "Ciudad", "Correo electrónico"],
                ["C-1", "Ana", "Campo", "Sevilla", "ana@arce.example"],
                ["C-2", "Bruno", "Musgo", "Bilbao", "bruno@roble.example"],
                ["C-3", "Clara", "Caña", "Bilbao", "clara@roble.example"],
            ],
        }
    )
}


@pytest.mark.parametrize(
    ("files", "streams"),
    [(SALESFORCE, [2, 3, 3]), (OWN_LEADS, [3, 3]), (CLIENTS_IN_A_WORKBOOK, [3, 3])],
    ids=["salesforce", "german", "workbook"],
)
def test_leads_and_contacts_stay_apart_in_every_audit(
    tmp_path: Path, files: dict[str, str | bytes], streams: list[int]
) -> None:
    """A lead who became a contact has the same address; no row of either list is taken for a repeat."""
    found = pulled(tmp_path, files)

    assert found.called.code == 0
    assert sorted(len(rows) for rows in found.records.values()) == streams
    assert sum(row["rows_repeated"] for row in found.intake) == 0
    assert len({row["system"] for row in found.intake}) == 1


def test_a_folder_of_salesforce_stays_salesforce(tmp_path: Path) -> None:
    """Its leads are a stream of the vendor, in the first settings and in all later ones."""
    pulled(tmp_path, SALESFORCE)

    engagement = open_engagement(tmp_path / "client")
    systems = {name: system.connector for name, system in engagement.settings.systems.items()}
    streams = {"/".join(key) for key in engagement.store.records()}
    engagement.close()
    assert systems == {"crm": "salesforce"}
    assert streams == {"crm/accounts", "crm/contacts", "crm/leads"}


LOOSE = {
    "hubspot": {
        "hubspot_companies.csv": "Company ID,Company Name,Phone Number,Website,City,Company Owner,Create Date\n"
        "COMP-1,Bramble Legal,0113 496 0001,https://bramble.example,Leeds,sam@us.example,2025-01-01\n"
        "COMP-2,Oak Tuition,01904 555 010,https://oak.example,York,kim@us.example,2025-01-05\n"
        "COMP-3,Fern Bakery,01482 555 020,https://fern.example,Hull,kim@us.example,2025-02-01\n",
        "hubspot_tickets.csv": "Ticket ID,Ticket Name,Ticket Status,Associated Contact Email,Associated Company Domain,Ticket Owner,"
        "Create Date\nTICK-1,Printer offline,Open,ann@bramble.example,bramble.example,sam@us.example,2025-03-01\n"
        "TICK-2,Login fails,Closed,bob@oak.example,oak.example,sam@us.example,2025-03-04\n"
        "TICK-3,Invoice question,Open,ann@bramble.example,bramble.example,kim@us.example,2025-03-06\n"
        "TICK-4,Wrong price,Open,cat@fern.example,fern.example,kim@us.example,2025-03-09\n"
        "TICK-5,Late delivery,Open,ann@bramble.example,bramble.example,kim@us.example,2025-03-10\n",
    },
    "german": {
        "Firmen.csv": "Firmen-ID;Firmenname;Telefon;Webseite;Ort;Angelegt am\n"
        "F-1;Ahorn Recht GmbH;0341 9605001;https://ahorn.example;Leipzig;01.01.2025\n"
        "F-2;Birke Nachhilfe KG;0351 4550100;https://birke.example;Dresden;15.01.2025\n"
        "F-3;Eibe Brot OHG;0371 5550200;https://eibe.example;Chemnitz;01.02.2025\n",
        "Störungen.csv": "Ticketnummer;Betreff;Status;Priorität;Erstellt am\nT-1;Drucker offline;Offen;hoch;01.03.2025\n"
        "T-2;Anmeldung geht nicht;Geschlossen;mittel;14.03.2025\nT-3;Frage zur Rechnung;Offen;mittel;16.03.2025\n"
        "T-4;Falscher Preis;Offen;mittel;19.03.2025\nT-5;Lieferung spät;Offen;hoch;20.03.2025\n",
    },
    "workbook": {
        "empresas.xlsx": workbook_of(
            {
                "Hoja1": [
                    ["ID empresa", "Nombre de la empresa", "Teléfono", "Sitio web", "Ciudad"],
                    ["E-1", "Arce Derecho SL", "954 22 11 33", "https://arce.example", "Sevilla"],
                    ["E-2", "Roble Clases SA", "944 22 11 44", "https://roble.example", "Bilbao"],
                    ["E-3", "Pan Helecho SL", "963 22 11 55", "https://helecho.example", "Valencia"],
                ]
            }
        ),
        "incidencias.csv": "Nº de ticket;Asunto;Estado;Fecha de creación\nT-1;Impresora sin conexión;Abierto;01/03/2025\n"
        "T-2;No puedo entrar;Cerrado;14/03/2025\nT-3;Pregunta sobre factura;Abierto;16/03/2025\n"
        "T-4;Precio equivocado;Abierto;19/03/2025\nT-5;Entrega tarde;Abierto;20/03/2025\n",
    },
}


@pytest.mark.parametrize("name", LOOSE)
def test_an_audit_of_loose_files_adds_no_system_and_no_row(tmp_path: Path, name: str) -> None:
    """The third audit has the systems and rows of the first; tickets are tickets."""
    found = pulled(tmp_path, LOOSE[name])

    assert found.counts() == {"party": 3, "ticket": 5}
    assert call("pull", tmp_path / "client").code == found.called.code
    engagement = open_engagement(tmp_path / "client")
    assert {one["system"] for one in engagement.store.snapshots().to_pylist()} == {row["system"] for row in found.intake}
    assert set(engagement.settings.systems) == {row["system"] for row in found.intake}
    engagement.close()


MONTHS = {
    "canadian": {
        "expenses_january.csv": "Date1,Payee3,Total,Currency,Category,Memo Field\n2026-01-04,City Metro,75.50,CAD,Travel,monthly pass\n"
        "2026-01-20,Brightcell,49.94,CAD,Phone,mobile\n2026-01-22,Oak Cafe,12.10,CAD,Meals,lunch with client\n",
        "expenses_february.csv": "Date1,Payee3,Total,Currency,Category,Memo Field\n2026-02-04,City Metro,75.50,CAD,Travel,monthly pass\n"
        "2026-02-20,Brightcell,49.94,CAD,Phone,mobile\n2026-02-25,Elm Books,30.00,CAD,Office,paper\n",
    },
    "german": {
        "Ausgaben Januar.csv": "Datum1;Empfänger2;Betrag;Währung;Kategorie;Notiz\n04.01.2026;Stadtwerke;75,50;EUR;Reise;Monatskarte\n"
        "20.01.2026;Funkzelle;49,94;EUR;Telefon;Handy\n22.01.2026;Café Eiche;12,10;EUR;Essen;Kunde\n",
        "Ausgaben Februar.csv": "Datum1;Empfänger2;Betrag;Währung;Kategorie;Notiz\n04.02.2026;Stadtwerke;75,50;EUR;Reise;Monatskarte\n"
        "20.02.2026;Funkzelle;49,94;EUR;Telefon;Handy\n25.02.2026;Ulmenbuch;30,00;EUR;Büro;Papier\n",
    },
    "workbook": {
        f"frais {month}.xlsx": workbook_of(
            {
                "Feuil1": [
                    ["Date_2", "Fournisseur_1", "Montant TTC", "Devise", "Catégorie", "Remarque"],
                    [f"04/{number}/2026", "Métro Ville", 75.5, "EUR", "Transport", "carte mensuelle"],
                    [f"20/{number}/2026", "Cellule", 49.94, "EUR", "Téléphone", "mobile"],
                    last,
                ]
            }
        )
        for month, number, last in (
            ("janvier", "01", ["22/01/2026", "Café Chêne", 12.1, "EUR", "Repas", "client"]),
            ("février", "02", ["25/02/2026", "Orme Livres", 30.0, "EUR", "Bureau", "papier"]),
        )
    },
}


@pytest.mark.parametrize("name", MONTHS)
def test_equal_amounts_of_two_months_are_two_expenses(tmp_path: Path, name: str) -> None:
    """A digit stuck to the header of the date hides nothing: six rows, 292.98."""
    found = pulled(tmp_path, MONTHS[name])

    rows = found.rows("expense")
    assert len(rows) == 6
    assert sum(row["amount_minor"] for row in rows) == 29298
    assert sum(row["rows_repeated"] for row in found.intake) == 0
    assert {row["spent_on"] for row in rows} >= {date(2026, 1, 4), date(2026, 2, 4), date(2026, 2, 25)}
    assert all(row["party_name"] for row in rows)


PAYPAL = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address",'
    '"Transaction ID","Address Status","Item Title","Receipt ID","Balance","Address Line 1","Town/City","Zip/Postal Code","Country",'
    '"Contact Phone Number"\n'
    '"01/14/2026","10:01:02","PST","Ann Field","Express Checkout Payment","Completed","USD","40.00","-1.46","38.54","ann@field.example",'
    '"shop@us.example","5AA10001","Confirmed","Blue mug","","138.54","1 Mill Lane","Austin","78701","United States","5125550101"\n'
    '"01/15/2026","11:01:02","PST","Ann Field","Express Checkout Payment","Completed","USD","25.00","-1.03","23.97","ann@field.example",'
    '"shop@us.example","5AA10002","Confirmed","Red mug","","162.51","1 Mill Lane","Austin","78701","United States","5125550101"\n'
    '"01/15/2026","12:00:00","PST","","General Withdrawal","Completed","USD","-100.00","0.00","-100.00","shop@us.example","","5AA10003",'
    '"","","","62.51","","","","",""\n'
    '"01/16/2026","09:30:00","PST","Bob Moss","Express Checkout Payment","Completed","USD","60.00","-2.04","57.96","bob@moss.example",'
    '"shop@us.example","5AA10004","Non-Confirmed","Big mug","","120.47","2 Oak Road","Dallas","75201","United States","2145550102"\n'
)
PAYPAL_GERMAN = (
    '"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Absender E-Mail-Adresse",'
    '"Empfänger E-Mail-Adresse","Transaktionscode","Guthaben"\n'
    '"14.01.2026","10:01:02","Europe/Berlin","Anna Feld","Express-Checkout-Zahlung","Abgeschlossen","EUR","40,00","-1,46","38,54",'
    '"anna@feld.example","laden@us.example","5AA10001","138,54"\n'
    '"15.01.2026","11:01:02","Europe/Berlin","Anna Feld","Express-Checkout-Zahlung","Abgeschlossen","EUR","25,00","-1,03","23,97",'
    '"anna@feld.example","laden@us.example","5AA10002","162,51"\n'
    '"15.01.2026","12:00:00","Europe/Berlin","","Allgemeine Abbuchung","Abgeschlossen","EUR","-100,00","0,00","-100,00",'
    '"laden@us.example","","5AA10003","62,51"\n'
    '"16.01.2026","09:30:00","Europe/Berlin","Bernd Moos","Express-Checkout-Zahlung","Abgeschlossen","EUR","60,00","-2,04","57,96",'
    '"bernd@moos.example","laden@us.example","5AA10004","120,47"\n'
)
OTHER_PROVIDER = (
    "Date;Heure;Nom du client;Type;Statut;Devise;Brut;Commission;Net;E-mail;Identifiant de transaction\n"
    "14/01/2026;10:01:02;Anne Champ;Paiement;Terminé;EUR;40,00;-1,46;38,54;anne@champ.example;TX-5AA10001\n"
    "15/01/2026;11:01:02;Anne Champ;Paiement;Terminé;EUR;25,00;-1,03;23,97;anne@champ.example;TX-5AA10002\n"
    "15/01/2026;12:00:00;;Virement vers la banque;Terminé;EUR;-100,00;0,00;-100,00;;TX-5AA10003\n"
    "16/01/2026;09:30:00;Bruno Mousse;Paiement;Terminé;EUR;60,00;-2,04;57,96;bruno@mousse.example;TX-5AA10004\n"
)


@pytest.mark.parametrize(
    ("name", "text", "currency"),
    [
        ("Download.CSV", PAYPAL, "USD"),
        ("exports/paypal/Aktivitäten.csv", PAYPAL_GERMAN, "EUR"),
        ("exports/encaissements/activité.csv", OTHER_PROVIDER, "EUR"),
    ],
)
def test_an_activity_of_payments_is_no_list_of_people(tmp_path: Path, name: str, text: str, currency: str) -> None:
    """Four payments by their ids, 25.00 with the withdrawal, 4.53 of fees; a customer who pays twice is no duplicate."""
    found = pulled(tmp_path, {name: text})

    assert found.counts() == {"payment": 4}
    rows = found.rows("payment")
    assert {row["record_id"][-8:] for row in rows} == {"5AA10001", "5AA10002", "5AA10003", "5AA10004"}
    assert sum(row["amount_minor"] for row in rows) == 2500
    assert abs(sum(row["fee_minor"] for row in rows)) == 453
    assert {row["currency"] for row in rows} == {currency}
