"""What was found when whole folders were audited as a consultant would: names, homes, hidden sheets, questions."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import Cells, folder_of, outcome, workbook_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.settings import QuestionSettings

OFX = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{currency}"
    "<BANKACCTFROM><BANKID>0341<ACCTID>12345-6<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST>"
    "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
)
OFX_ROW = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2026030{n}<TRNAMT>{n}00.00<FITID>{fitid}<NAME>Cliente {n}</STMTTRN>"
INVOICES: Cells = [
    ["Invoice No", "Customer", "Invoice Date", "Total"],
    *([f"INV-{n}", f"Customer {n}", f"2026-01-{n:02}", 100 + n] for n in range(1, 9)),
]
BILLS: Cells = [
    ["Bill No", "Supplier", "Bill Date", "Amount"],
    *([f"B-{n}", f"Supplier {n}", f"2026-02-{n:02}", 50 + n] for n in range(1, 7)),
]
HUBSPOT = "Record ID,Company name,Company owner,Phone Number\n1,Acme Ltd,Dana,312-555-0101\n2,Bolt Inc,Dana,312-555-0102\n"
SALESFORCE = (
    "Id,IsDeleted,LastName,FirstName,Name,Title,Company,Phone,Email,LeadSource,Status,OwnerId,IsConverted,CreatedDate\n"
    "00Q1,FALSE,Field,Ann,Ann Field,Partner,Bramble Legal,0113 496 0002,ann@bramble.example,Web,Open,0051,TRUE,2026-01-05\n"
    "00Q2,FALSE,Lane,Dee,Dee Lane,Owner,Fern Bakery,01482 555 020,dee@fern.example,Web,Open,0051,FALSE,2026-01-07\n"
)


def beside(left: Cells, right: Cells) -> Cells:
    """Return two tables beside each other, two columns apart."""
    height = max(len(left), len(right))
    padded = [table + [[None] * len(table[0])] * (height - len(table)) for table in (left, right)]
    return [[*one, None, None, *other] for one, other in zip(*padded, strict=True)]


def hidden_book(shown: Mapping[str, Cells], hidden: Mapping[str, Cells]) -> bytes:
    """Return a workbook, some of its sheets hidden."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in {**shown, **hidden}.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
            if name in hidden:
                page.hide()
    return target.getvalue()


def home_of(settings: str) -> dict[str, str]:
    """Return the lines of country and currency, with the key they begin with."""
    lines = [line for line in settings.splitlines() if line.lstrip("# ").startswith(("currency: ", "country: "))]
    return {line.lstrip("# ").partition(":")[0]: line for line in lines}


@pytest.mark.parametrize("currency", ["BRL", "CHF", "GBP"])
def test_a_bank_s_own_currency_counts_before_what_ids_look_like(tmp_path: Path, currency: str) -> None:
    """Ids of bank lines that look like Spanish tax numbers say nothing of a country."""
    rows = "".join(OFX_ROW.format(n=n, fitid=fitid) for n, fitid in enumerate(["00000000T", "00000001R", "00000002W"], 1))

    found = outcome(folder_of(tmp_path / "client", {"extrato.ofx": OFX.format(currency=currency, rows=rows)}))

    assert home_of(found.settings)["currency"].startswith(f"currency: {currency}")
    assert not home_of(found.settings)["country"].startswith("country: ES")


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Receipt ID", ["00000000T", "00000001R", "00000002W", "00000003A"]),
        ("Account ID", ["312-555-0101", "312-555-0102", "312-555-0103", "312-555-0104"]),
    ],
)
def test_ids_say_nothing_of_a_country(tmp_path: Path, header: str, values: list[str]) -> None:
    """Ids that look like tax or telephone numbers are ids all the same."""
    rows = "".join(f"{value},2026-01-0{n},Customer {n},{n}00.00\n" for n, value in enumerate(values, 1))

    found = outcome(folder_of(tmp_path / "client", {"receipts.csv": f"{header},Date,Customer,Amount\n{rows}"}))

    assert home_of(found.settings)["country"].startswith("# country")


@pytest.mark.parametrize("sign", ["Rs. {}.50", "Rs {}.50", "{}.50 Rs."])
def test_rupees_are_not_serbian(tmp_path: Path, sign: str) -> None:
    """The sign of a currency is no code of a country."""
    rows = "".join(f"F{n};Klient {n};2026-03-0{n};{sign.format(10 + n)}\n" for n in range(1, 5))

    found = outcome(folder_of(tmp_path / "client", {"invoices.csv": f"Invoice No;Customer;Date;Amount\n{rows}"}))

    assert "RS" not in home_of(found.settings)["country"].partition("#")[0]
    assert "country: RS" not in found.settings


def test_one_value_says_nothing_of_a_country(tmp_path: Path) -> None:
    """One postcode among nothing is chance."""
    text = "Customer,City,Postcode\nAcme,Here,SW1A 1AA\nBolt,There,\nCrane,Elsewhere,\n"

    found = outcome(folder_of(tmp_path / "client", {"customers.csv": text}))

    assert home_of(found.settings)["country"].startswith("# country")


@pytest.mark.parametrize("sheet", ["Data", "Übersicht"])
def test_tables_of_one_sheet_are_named_by_what_they_list(tmp_path: Path, sheet: str) -> None:
    """And a table that grows is the same stream next month."""
    book = workbook_of({sheet: beside(INVOICES, BILLS)})
    folder = folder_of(tmp_path / "client", {"exports/books/book.xlsx": book})

    first = outcome(folder)
    more: Cells = [*INVOICES, ["INV-9", "Customer 9", "2026-01-09", 109]]
    folder_of(folder, {"exports/books/book.xlsx": workbook_of({sheet: beside(more, BILLS)})})
    later = outcome(folder)

    assert {name: count for name, count in first.streams.items() if not name.endswith("/names")} == {
        "books/invoices": 8,
        "books/bills": 6,
    }
    assert later.streams["books/invoices"] == 9
    assert later.settings == first.settings


def test_vendors_of_one_kind_in_one_folder_are_systems_of_their_own(tmp_path: Path) -> None:
    """Two CRMs share no system, however they are sorted, and the next audit calls them the same."""
    folder = folder_of(tmp_path / "client", {"hubspot.csv": HUBSPOT, "leads.csv": SALESFORCE})

    first, second = outcome(folder), outcome(folder)

    assert {name.partition("/")[0] for name in first.streams} == {"crm", "salesforce"}
    assert first == second


@pytest.mark.parametrize("name", ["old 2024", "Archiv", "ne pas lire"])
def test_a_hidden_sheet_is_said_and_asked_about_until_somebody_answers(tmp_path: Path, name: str) -> None:
    """Its rows count once a person says so, and not a moment before."""
    old: Cells = [INVOICES[0], *([f"OLD-{n}", f"Customer {n}", f"2024-01-{n:02}", n] for n in range(1, 6))]
    book = hidden_book({"Invoices": INVOICES}, {name: old})
    folder = folder_of(tmp_path / "client", {"exports/books/book.xlsx": book})
    said = f"Sheet {name!r} is hidden and was left out"

    audited, pulled, status = call("audit", folder, "--no-questions"), call("pull", folder), call("status", folder)
    before = outcome(folder)
    path = folder / "engagement.yaml"
    settings = path.read_text(encoding="utf-8")
    question = settings.index("book_hidden_sheets:")
    path.write_text(settings[:question] + settings[question:].replace('answer: ""', "answer: read", 1), encoding="utf-8")
    after = outcome(folder)

    assert all(said in one.out for one in (audited, pulled, status))
    assert "book_hidden_sheets" in status.out
    assert sum(row["rows_kept"] for row in before.intake) == 8
    assert sum(row["rows_kept"] for row in after.intake) == 13
    assert "book_hidden_sheets" not in after.settings
    assert outcome(folder) == after


def test_a_hidden_sheet_that_does_not_count_is_not_asked_about_again(tmp_path: Path) -> None:
    """The answer stays in the settings."""
    book = hidden_book({"Invoices": INVOICES}, {"old": INVOICES})
    folder = folder_of(tmp_path / "client", {"exports/books/book.xlsx": book})
    asked: list[str] = []

    def ask(questions: Mapping[str, QuestionSettings]) -> dict[str, str]:
        asked.extend(questions)
        return {name: "leave_out" if one.about == "sheet" else next(iter(one.choices)) for name, one in questions.items()}

    outcome(folder, ask)
    again = outcome(folder, ask)

    assert asked.count("book_hidden_sheets") == 1
    assert sum(row["rows_kept"] for row in again.intake) == 8


def test_others_may_write_while_a_person_thinks(tmp_path: Path) -> None:
    """The right to write is given back before a question is put."""
    folder = folder_of(tmp_path / "client", {"exports/books/book.xlsx": workbook_of({"Invoices": INVOICES})})
    written = []

    def ask(questions: Mapping[str, QuestionSettings]) -> dict[str, str]:
        other = open_engagement(folder)
        with other.store.writing("another run"):
            written.extend(questions)
        other.close()
        return {"currency": "EUR"}

    engagement = open_engagement(folder)
    found = pull_snapshots(engagement, ask=ask)
    engagement.close()

    assert "currency" in written
    assert {row["currency"] for row in found.intake.to_pylist()} == {"EUR"}


def test_lines_of_documents_whose_numbers_start_again_replace_nothing(tmp_path: Path) -> None:
    """Number 1 of January and number 1 of February are two invoices."""
    head = "Invoice No,Line,Invoice Date,Customer,Description,Quantity,Amount\n"
    january = "1,1,2026-01-05,Acme,Desk,1,100.00\n1,2,2026-01-05,Acme,Lamp,1,10.00\n2,1,2026-01-06,Bolt,Chair,2,50.00\n"
    february = "1,1,2026-02-05,Crane,Rug,1,70.00\n1,2,2026-02-05,Crane,Desk,1,100.00\n2,1,2026-02-07,Dale,Lamp,3,30.00\n"
    files = {"invoice_lines_january.csv": head + january, "invoice_lines_february.csv": head + february}

    found = outcome(folder_of(tmp_path / "client", files))

    assert [row["rows_kept"] for row in found.intake] == [2, 2]
    assert sum(row["sum_minor"] for row in found.intake) == 36000


def test_one_open_question_is_one_question(tmp_path: Path) -> None:
    """It is said in the singular."""
    folder = folder_of(tmp_path / "client", {"exports/books/book.xlsx": workbook_of({"Invoices": INVOICES})})

    said = call("pull", folder).out

    assert "1 question is open; answer it in engagement.yaml" in said


PRODUCTS = {
    "German lines": (
        (
            "Bestellnummer;Bestelldatum;Artikelnummer;Menge;Preis\n"
            "B-1;17.01.2026;ART-1;4;10,50\nB-2;22.01.2026;ART-2;1;30,00\nB-2;22.01.2026;ART-3;2;4,25\n"
            "B-3;24.01.2026;ART-1;3;10,50\n"
        ),
        11_200,
        3,
    ),
    "French lines": (
        (
            "N° commande;Date commande;Fournisseur;Réf;Qté;Prix unitaire\n"
            "PO-1;05/01/2026;Domino SARL;A-1;6;8,10\nPO-2;06/01/2026;Jasmin SARL;A-2;5;7,00\n"
            "PO-2;06/01/2026;Jasmin SARL;A-3;3;2,50\n"
        ),
        9_110,
        2,
    ),
    "English lines": (
        (
            "Order No,Order Date,Customer,SKU,Quantity,Unit Price\n"
            "O-1,2026-01-05,Acme Ltd,A-1,2,5.50\nO-1,2026-01-05,Acme Ltd,A-2,1,4.00\n"
            "O-2,2026-01-18,Bolt Ltd,A-1,10,5.50\n"
        ),
        7_000,
        2,
    ),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_an_amount_may_be_quantity_times_price_once_somebody_says_so(tmp_path: Path, name: str) -> None:
    """Until then the amount is left out, and said to be."""
    text, total, documents = PRODUCTS[name]
    folder = folder_of(tmp_path / "client", {"orders.csv": text})

    before = outcome(folder)
    after = outcome(folder, lambda questions: {one: next(iter(given.choices)) for one, given in questions.items()})

    assert [(row["rows_kept"], row["sum_minor"]) for row in before.intake] == [(documents, None)]
    assert [(row["rows_kept"], row["sum_minor"]) for row in after.intake] == [(documents, total)]
    assert outcome(folder) == after


WAGES = {
    "German": "Personalnummer;Nachname;Vorname;Lohnart;Stunden;Betrag\n",
    "English": "Employee No;Last Name;First Name;Wage Type;Hours;Amount\n",
    "Dutch": "Personeelsnummer;Achternaam;Voornaam;Looncode;Uren;Bedrag\n",
}


@pytest.mark.parametrize("language", WAGES)
def test_wages_by_kind_are_no_list_of_employees(tmp_path: Path, language: str) -> None:
    """Three people in twelve rows are not twelve people."""
    people = ["0105;Hansen;Anna", "0106;Becker;Max", "0107;Vogel;Lea"]
    rows = "".join(f"{people[n % 3]};{1000 + n // 3};{n},50;{45 + n},00\n" for n in range(12))
    folder = folder_of(tmp_path / "client", {"wages.csv": WAGES[language] + rows, "invoices.csv": INVOICE_TEXT})

    found = outcome(folder)

    [wages] = [row for row in found.intake if row["file"] == "wages.csv"]
    assert wages["rows_kept"] == 0
    assert wages["message"].startswith("It is not counted: ")


PERIODS = {
    "ids only": ("Employee ID,Period,Hours,Gross pay\n", "0010{e},2026-0{k},16{k}.00,200{k}.00\n"),
    "names only": ("Name;Monat;Stunden\n", "{name};2026-0{k};16{k},00\n"),
}


@pytest.mark.parametrize("columns", PERIODS)
@pytest.mark.parametrize("answer", ["", "employee"])
def test_wages_by_month_are_asked_about_and_never_stop_an_audit(tmp_path: Path, columns: str, answer: str) -> None:
    """Each employee stands there month by month: what the rows are, a person says; nothing is counted twice before."""
    names = ["Anna Huber", "Bert Maier", "Cora Lang", "Dora Klein", "Emil Voss"]
    header, line = PERIODS[columns]
    rows = "".join(line.format(e=e, k=k, name=name) for e, name in enumerate(names) for k in range(1, 7))
    question = f"questions:\n  q: {{about: entity, ask: What?, files: [wages.csv], answer: {answer}}}\n" if answer else ""
    folder = folder_of(
        tmp_path / "client",
        {"wages.csv": header + rows, "invoices.csv": INVOICE_TEXT, "engagement.yaml": f"client: A\n{question}"},
    )

    found = outcome(folder)

    assert not found.error
    if not answer:
        [wages] = [row for row in found.intake if row["file"] == "wages.csv"]
        assert (wages["rows_kept"], wages["rows_quarantined"]) == (0, 30)


INVOICE_TEXT = "Invoice No,Customer,Invoice Date,Total\nINV-1,Acme Ltd,2026-01-05,10.50\nINV-2,Bolt Ltd,2026-01-06,20.50\n"


@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_column_of_names_that_was_left_out_is_said_and_asked_about(tmp_path: Path, count: int) -> None:
    """However few rows there are: without a name, nobody in the list can be found elsewhere."""
    firms = [
        "Bramble Legal LLP",
        "Oak Tuition Ltd",
        "Fern Bakery Ltd",
        "Moss Design Ltd",
        "Reed & Sons Ltd",
        "Lane Motors Ltd",
    ]
    rows = "".join(f"{firm},Legal,firm{n}.example,0113 496 000{n}\n" for n, firm in enumerate(firms[:count]))
    folder = folder_of(tmp_path / "client", {"exports/crm/companies.csv": f"Zorblax,Industry,Website,Phone\n{rows}"})

    before = outcome(folder)
    after = outcome(folder, lambda questions: {one: next(iter(given.choices)) for one, given in questions.items()})

    assert "Column 'Zorblax' looks like a name and was left out" in before.intake[0]["message"]
    assert "name: Zorblax" in after.settings
