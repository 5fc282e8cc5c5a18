"""Shapes of cells that were read wrongly once: amounts in all spellings, days, ids, errors, quotes and bank files."""

# ruff: noqa: E501 - rows of files are one line each

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.stories.pulled_folders import pulled
from tests.unit.audit.client_folders import workbook_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages


def _ledger(
    cells: list[str], *, delimiter: str = ";", header: str = "Invoice No;Customer;Date;Amount", count: int = 24
) -> str:
    rows = [delimiter.join([f"F{n}", f"Klient {n}", f"2026-03-{n + 1:02}", cells[n % len(cells)]]) for n in range(count)]
    return "\r\n".join([header.replace(";", delimiter), *rows]) + "\r\n"


@pytest.mark.parametrize(
    ("cells", "minor", "currency"),
    [
        (["10 Kč", "1 234 Kč", "99 Kč"], [1000, 123400, 9900], "CZK"),
        (["10,--", "1.234,-", "99,99"], [1000, 123400, 9999], ""),
        (["$10.50 USD", "$1,234.00 USD", "$99.99 USD"], [1050, 123400, 9999], "USD"),
        (["10,50 zł", "1 234,00 zł", "99,99 zł"], [1050, 123400, 9999], "PLN"),
        (["Rs. 10.50", "Rs. 1,234.00", "Rs. 99.99"], [1050, 123400, 9999], None),
        (["1 000 Ft", "12 500 Ft", "990 Ft"], [100000, 1250000, 99000], "HUF"),
        (["KD 10.500", "KD 1,250.000", "KD 0.750"], [10500, 1250000, 750], "KWD"),
        (["12.3456 CLF", "0.5000 CLF", "100.0000 CLF"], [123456, 5000, 1000000], "CLF"),
        (["12.00 DR €", "12.00 CR €", "9.50 DR €"], [-1200, 1200, -950], "EUR"),
        (["12.00- EUR", "15.25 EUR", "9.50- EUR"], [-1200, 1525, -950], "EUR"),
        (["٤٥٫٥٠", "١٢٣٫٠٠", "٩٩٫٩٩"], [4550, 12300, 9999], ""),
        (["0E-9", "1.50", "1234.25"], [0, 150, 123425], ""),
        (["R$ 1.234,50", "R$ 10,00", "R$ 99,99"], [123450, 1000, 9999], "BRL"),
        (["1'234.50 CHF", "10.00 CHF", "99.90 CHF"], [123450, 1000, 9990], "CHF"),
    ],
    ids=["crowns", "dashes", "twice dollars", "zloty", "rupees", "forint", "dinars", "four decimals", "debit mark", "sign behind", "arabic digits", "exponent", "reais", "francs"],
)  # fmt: skip
def test_amounts_are_read_in_every_spelling(
    tmp_path: Path, cells: list[str], minor: list[int], currency: str | None
) -> None:
    """To the minor unit, in the currency of the sign; where several have the sign it stays open and is asked."""
    found = pulled(tmp_path, {"exports/ledger/invoices.csv": _ledger(cells)})

    rows = found.rows("invoice")
    assert [row["amount_minor"] for row in rows] == minor * 8
    assert currency == "" or {row["currency"] for row in rows} == {currency}
    assert "looks like money and was left out" not in found.said


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["26-01-05", "26-01-17", "26-02-28", "25-12-31"], [date(2026, 1, 5), date(2026, 1, 17), date(2026, 2, 28), date(2025, 12, 31)]),
        (["05/01/26", "17/01/26", "28/02/26", "31/12/25"], [date(2026, 1, 5), date(2026, 1, 17), date(2026, 2, 28), date(2025, 12, 31)]),
        (["5. Januar 2026", "17. März 2026", "28. Februar 2026", "31. Dez. 2025"], [date(2026, 1, 5), date(2026, 3, 17), date(2026, 2, 28), date(2025, 12, 31)]),
    ],
    ids=["year first", "year last", "words"],
)  # fmt: skip
def test_years_of_two_digits_stand_in_any_place(tmp_path: Path, cells: list[str], days: list[date]) -> None:
    """The fifth of January 2026 is never in 2005."""
    rows = "".join(f"F{n};Klient {n};{cell};1{n}.50\n" for n, cell in enumerate(cells))

    found = pulled(tmp_path, {"exports/ledger/invoices.csv": f"Invoice No;Customer;Date;Amount\n{rows}"})

    assert [row["issued_on"] for row in found.rows("invoice")] == days


@pytest.mark.parametrize("ending", [".000000000", ".0", ""])
def test_ids_that_a_number_type_has_stretched_are_whole_again(tmp_path: Path, ending: str) -> None:
    """1000.000000000 is 1000, so that two lists of one system meet."""
    rows = "".join(f"{1000 + n}{ending},Klient {n},2026-03-{n + 1:02},{n}1.50\n" for n in range(9))

    found = pulled(tmp_path, {"exports/shop/orders.csv": f"Order ID,Customer,Order Date,Total\n{rows}"})

    assert {row["record_id"] for row in found.rows("order")} == {str(1000 + n) for n in range(9)}


def _sheet_with_errors(header: list[str], error: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append(header)
    for n in range(8):
        page.append([f"R-{n}", f"Firm {n} Ltd", f"2026-03-{n + 11}", error if n == 3 else 100.5 + n])
    page["D5"].data_type = "e"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("header", "error"),
    [
        (["Invoice No", "Customer", "Invoice Date", "Total"], "#N/A"),
        (["Rechnungsnr.", "Kunde", "Rechnungsdatum", "Betrag"], "#DIV/0!"),
        (["N° facture", "Client", "Date de facture", "Montant"], "#REF!"),
    ],
)
def test_the_error_of_a_formula_is_no_empty_amount(tmp_path: Path, header: list[str], error: str) -> None:
    """It is said: the invoice has an amount that nobody can read."""
    found = pulled(tmp_path, {"exports/books/book.xlsx": _sheet_with_errors(header, error)})

    assert [row["amount_minor"] for row in found.rows("invoice") if row["number"] != "R-3"] == [
        10050 + 100 * n for n in range(8) if n != 3
    ]
    assert error in found.said or any(reason in {"bad_value", "cell_error"} for _, _, reason in found.aside)


def _ofx(lines: str, *, is_rooted: bool = True) -> str:
    body = (
        "<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>7</BANKACCTFROM><BANKTRANLIST>"
        f"{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1>"
    )
    return "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n" + (f"<OFX>{body}</OFX>" if is_rooted else body)


def _line(amount: str, fitid: str, *, name: str = "Shop", currency: str = "") -> str:
    own = f"<CURRENCY><CURRATE>1.1<CURSYM>{currency}</CURRENCY>" if currency else ""
    return f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260803<TRNAMT>{amount}<FITID>{fitid}<NAME>{name}{own}</STMTTRN>"


def test_a_bank_file_may_mix_marks_currencies_and_angle_brackets(tmp_path: Path) -> None:
    """One comma among points, a line in dollars, a name with a sign in it."""
    text = _ofx(
        _line("-12,50", "A1")
        + _line("-1300.25", "A2", name="A < B")
        + _line("-7.00", "A3", currency="USD")
        + _line("4.10", "A4", name="P &amp; Q")
    )

    rows = {row["record_id"]: row for row in pulled(tmp_path, {"exports/bank/a.ofx": text}).rows("bank_line")}

    assert {key: row["amount_minor"] for key, row in rows.items()} == {"A1": -1250, "A2": -130025, "A3": -700, "A4": 410}
    assert {key: row["currency"] for key, row in rows.items()} == {"A1": "EUR", "A2": "EUR", "A3": "USD", "A4": "EUR"}
    assert (rows["A2"]["party_name"], rows["A4"]["party_name"]) == ("A < B", "P & Q")


@pytest.mark.parametrize("name", ["a.qfx", "Umsätze.OFX", "releve.txt"])
def test_a_bank_file_without_its_root_is_read(tmp_path: Path, name: str) -> None:
    """As programs save it that only want the account."""
    found = pulled(tmp_path, {f"exports/bank/{name}": _ofx(_line("-12.50", "A1") + _line("3.00", "A2"), is_rooted=False)})

    assert [row["amount_minor"] for row in found.rows("bank_line")] == [-1250, 300]


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("Order No,Customer,Order Date,Total,Note", ","), ("Bestellnr.;Kunde;Bestelldatum;Gesamtpreis;Notiz", ";")],
)
def test_quotes_may_be_escaped_with_a_backslash(tmp_path: Path, header: str, delimiter: str) -> None:
    """As databases dump them: no row is lost, none is torn."""
    rows = [
        delimiter.join(
            [f'"A{n}"', '"The \\"Old\\" Mill Ltd"', f'"2026-08-1{n}"', f'"1{n}.50"', f'"said \\"yes\\"{delimiter} twice"']
        )
        for n in range(5)
    ]

    found = pulled(tmp_path, {"exports/shop/orders.csv": "\n".join([header, *rows]) + "\n"})

    assert found.amounts("order") == {f"A{n}": 1050 + 100 * n for n in range(5)}
    assert {row["party_name"] for row in found.rows("order")} == {'The "Old" Mill Ltd'}
    assert found.aside == []


def test_a_container_that_names_a_part_twice_is_refused_and_said(tmp_path: Path) -> None:
    """Programs would show the one or the other: nobody's figures come of it."""
    good = workbook_of(
        {
            "Invoices": [
                ["Invoice No", "Customer", "Invoice Date", "Total"],
                *([f"R-{n}", f"Firm {n} Ltd", f"2026-03-1{n}", 10.5] for n in range(5)),
            ]
        }
    )
    target = io.BytesIO(good)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", archive.read("xl/worksheets/sheet1.xml").replace(b"10.5", b"99.5"))

    found = pulled(tmp_path, {"exports/books/a.xlsx": target.getvalue(), "exports/books/b.xlsx": good})

    assert {row["amount_minor"] for row in found.rows("invoice")} == {1050}
    assert "a.xlsx" in found.said
    assert found.called.code == 4


@pytest.mark.parametrize(
    ("country", "one", "other"),
    [
        ("DE", "+49 (0)30 1234567", "030 1234567"),
        ("GB", "0113 496 0002 / 07911 123456", "+44 113 4960002"),
        ("AR", "+54 9 11 2345-6789", "011 15-2345-6789"),
    ],
    ids=["zero in brackets", "two numbers", "argentine mobile"],
)
def test_phones_are_checked_as_they_are_compared(tmp_path: Path, country: str, one: str, other: str) -> None:
    """Spellings of one number are right in the check, and say of two records that they are one."""
    people = "".join(f"C{n},Anna{n},Berg{n},+49 30 765432{n}\n" for n in range(6)) if country == "DE" else ""
    files = {
        "engagement.yaml": f"client: A\ncurrency: EUR\ncountry: {country}\n",
        "exports/crm/contacts.csv": f"Contact ID,First Name,Last Name,Phone\nC99,Clara,Quistorp,{one}\nC98,Dora,Lindqvist,\n{people}",
        "exports/mail/members.csv": f"Member No,First Name,Last Name,Phone\nM99,Clara,Quistorp,{other}\nM98,Emil,Norbury,\n",
    }

    found = pulled(tmp_path, files)
    engagement = open_engagement(tmp_path / "client")
    checks = run_stages(engagement, "quality").table("check").to_pylist()
    clusters = {row["record_key"]: row["cluster_id"] for row in run_stages(engagement, "match").table("cluster").to_pylist()}
    engagement.close()

    assert len(found.rows("party")) >= 4
    assert [row["failing"] for row in checks if row["check_id"].endswith("phone.format")] == [0, 0]
    [first] = [cluster for key, cluster in clusters.items() if key.endswith("/C99")]
    [second] = [cluster for key, cluster in clusters.items() if key.endswith("/M99")]
    assert first == second


@pytest.mark.heavy
def test_a_table_of_sixteen_thousand_columns_is_read_or_refused_in_seconds(tmp_path: Path) -> None:
    """Work grows with the columns, not with their square."""
    import time

    header = ",".join(f"Col {n}" for n in range(16_000))
    rows = "\n".join(",".join(f"v{row}" if n % 50 == 0 else "" for n in range(16_000)) for row in range(20))
    deals = "Deal,Customer,Stage,Value,Closed\nRoof,Acme Ltd,Won,1200.50,2026-01-12\nWall,Bolt Ltd,Lost,800.25,2026-03-14\n"
    started = time.process_time()

    found = pulled(tmp_path, {"exports/crm/deals.csv": deals, "exports/other/wide.csv": f"{header}\n{rows}\n"})

    assert time.process_time() - started < 40
    assert len(found.rows("deal")) == 2
    assert "wide.csv" in found.said
