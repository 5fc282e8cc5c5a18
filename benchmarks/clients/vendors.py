"""Documents as vendors' exports: HubSpot, Pipedrive, Shopify, Asana, Stripe, Zendesk, QuickBooks Online, Xero, Chase."""

from collections.abc import Callable

import numpy as np

from benchmarks.clients.documents import Company, Document
from benchmarks.clients.places import Firm, Place
from benchmarks.clients.plans import ClientPlan
from benchmarks.clients.written import Row, Table, day, in_utc, in_zone, moment, money

Names = Callable[[Firm], str]


def hubspot(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return companies and deals."""
    place = client.place
    header = ["Record ID", "Company name", "Company Domain Name", "Company owner", "Create Date", "Phone Number", "City"]
    firms = [
        [str(77_000_000 + 31 * one.number), named(one), one.domain, "Grace Hall", "2024-02-01 09:00", one.phone, one.town]
        for one in company.customers
    ]
    deals = [
        [one.number, one.title, "Closed Won" if one.is_live else "Closed Lost", "Sales Pipeline", money(one.net,
        place.places),
         moment(one.at), "Grace Hall", moment(one.at - 11 * 86_400), named(one.firm), str(77_000_000 + 31 * one.firm.number),
         one.currency]
        for one in company.streams["deals"]
    ]  # fmt: skip
    head = ["Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Close Date", "Deal owner", "Create Date",
            "Associated Company (Primary)", "Associated Company IDs (Primary)", "Currency"]  # fmt: skip
    return [
        Table(f"{folder}/hubspot-crm-exports-all-companies.csv", header, firms),
        Table(f"{folder}/hubspot-crm-exports-all-deals.csv", head, deals),
    ]


def pipedrive(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return deals; organisations are names in them."""
    head = ["Deal - ID", "Deal - Title", "Deal - Value", "Deal - Currency of value", "Deal - Organization", "Deal - Status",
            "Deal - Owner", "Deal - Deal created", "Deal - Won time", "Deal - Lost time"]  # fmt: skip
    rows = [
        [one.number, one.title, money(one.net, client.place.places), one.currency, named(one.firm),
         "Won" if one.is_live else "Lost", "Omar", moment(one.at - 9 * 86_400, "%Y-%m-%d %H:%M:%S"),
         moment(one.at, "%Y-%m-%d %H:%M:%S") if one.is_live else "", "" if one.is_live else moment(one.at,
         "%Y-%m-%d %H:%M:%S")]
        for one in company.streams["deals"]
    ]  # fmt: skip
    return [Table(f"{folder}/deals-export.csv", head, rows)]


def shopify(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return orders; each further line item is a row with its line columns only."""
    place = client.place
    head = ["Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal", "Shipping",
    "Taxes",
            "Total", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Billing Name", "Billing Company",
            "Cancelled at", "Payment Method", "Id"]  # fmt: skip
    rows: list[Row] = []
    for one in company.streams["orders"]:
        at = in_zone(one.at, place.zone).strftime("%Y-%m-%d %H:%M:%S %z")
        lines = 1 + one.at % 3
        parts = [one.net // lines + (one.net % lines if not at_line else 0) for at_line in range(lines)]
        status = "paid" if one.is_live else "voided"
        first = [one.number, f"orders@{one.firm.domain}", status, at if one.is_live else "", "fulfilled", one.currency,
                 money(one.net, place.places), "0", money(one.tax, place.places), money(one.net + one.tax,
                 place.places), at, "1",
                 one.title, money(parts[0], place.places), one.firm.contact, named(one.firm), "" if one.is_live else at,
                 "Card", str(5_500_000_000 + one.at % 10**8)]  # fmt: skip
        rows.append(first)
        rows += [
            [one.number, first[1], *[""] * 8, at, "1", f"{one.title} part {n + 2}", money(part, place.places), *[""] * 5]
            for n, part in enumerate(parts[1:])
        ]
    return [Table(f"{folder}/orders_export_1.csv", head, rows)]


def asana(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return jobs, dated by day."""
    head = ["Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee", "Assignee Email",
            "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task", "Client", "Budget", "Currency",
            "Deal ID", "Job no"]  # fmt: skip
    rows = []
    for one in company.streams["jobs"]:
        is_done = one.done_at is not None and one.done_at < client.months[-1][1] * 86_400
        done = day(one.done_at) if is_done and one.done_at else ""
        rows.append(
            [str(1_200_000_000_000_000 + 7919 * int(one.number[1:])), day(one.at), done, done or day(one.at), one.title,
             "Done" if done else "Doing", "Piet", "piet@client.example", "", "", "", "", "Jobs", "", named(one.firm),
             money(one.net, client.place.places), one.currency, one.reference, one.number]
        )  # fmt: skip
    return [Table(f"{folder}/Jobs.csv", head, rows)]


def stripe(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return charges in UTC, with fees, and some that failed."""
    places = client.place.places
    head = ["id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Description", "Fee",
            "Seller Message", "Status", "Customer ID", "Customer Description", "Customer Email",
            "order_id (metadata)"]  # fmt: skip
    rows = [
        [one.number, in_utc(one.at, client.place.zone), money(one.gross, places), "0", one.currency.lower(), "true",
        one.title,
         money(round(one.gross * 0.029), places), "Payment complete.", "Paid", f"cus_{one.firm.number}X", named(one.firm),
         f"office@{one.firm.domain}", one.reference]
        for one in company.streams["charges"]
    ]  # fmt: skip
    failed = [[f"{row[0][:-3]}zzz", *row[1:5], "false", *row[6:8], "Declined", "Failed", *row[10:]] for row in rows[::29]]
    return [Table(f"{folder}/unified_payments.csv", head, sorted(rows + failed, key=lambda row: row[1], reverse=True))]


def zendesk(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return tickets; Zendesk keeps no amounts."""
    head = ["Summation column", "Id", "Requester", "Requester id", "Requester email", "Requester domain", "Assignee",
    "Subject",
            "Status", "Ticket type", "Created at", "Updated at", "Organization", "Solved at",
            "Satisfaction Score"]  # fmt: skip
    rows = []
    for one in company.streams["tickets"]:
        is_done = one.done_at is not None and one.done_at < client.months[-1][1] * 86_400
        done = moment(one.done_at) if is_done and one.done_at else ""
        rows.append(
            ["1", one.number, one.firm.contact, str(8_800_000 + one.firm.number), f"help@{one.firm.domain}", one.firm.domain,
             "Lucie", one.title, "Closed" if done else "Open", "Incident", moment(one.at), done or moment(one.at),
             named(one.firm), done, "Not Offered"]
        )  # fmt: skip
    return [Table(f"{folder}/tickets_export.csv", head, rows)]


def chase(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return lines of an account, newest first."""
    place, balance, rows = client.place, 8_000_000, []
    for one in company.streams["lines"]:
        signed = one.gross
        balance += signed
        text = f"{named(one.firm)} {one.reference} {one.title if not one.reference else ''}".strip()
        rows.append(
            ["DEBIT" if signed < 0 else "CREDIT", day(one.at, place.date), text, money(signed, place.places),
             "ACH_DEBIT" if signed < 0 else "ACH_CREDIT", money(balance, place.places), ""]
        )  # fmt: skip
    head = ["Details", "Posting Date", "Description", "Amount", "Type", "Balance", "Check or Slip #"]
    return [Table(f"{folder}/Chase4410_Activity.csv", head, rows[::-1])]


def quickbooks(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return customer and vendor lists, and invoices, payments and bills as list reports with their title above."""
    place, group = client.place, ","
    date, streams = place.date, company.streams
    title: tuple[Row, ...] = (["Invented Ltd"], ["Invoice List"], ["All dates"], [""])
    tables = [
        Table(
            f"{folder}/Customer Contact List.csv",
            ["Customer full name", "Phone numbers", "Email", "Full name", "Bill address"],
            [
                [named(one), f"Phone:{one.phone}", f"office@{one.domain}", one.contact, one.address]
                for one in company.customers
            ],
        )
    ]
    if "invoices" in streams:
        tables.append(
            Table(
                f"{folder}/Invoice List.csv",
                ["Date", "Transaction type", "Num", "Name", "Memo", "Due date", "Amount", "Open balance", "Tax amount",
                 "P.O. number", "Currency"],
                [
                    [day(one.at, date), "Credit Memo" if is_credit(one) else "Invoice", one.number, named(one.firm),
                    one.title, day(one.at + 30 * 86_400, date),
                     money(one.gross, place.places, group=group), "0.00", money(one.tax, place.places), one.reference,
                     one.currency]
                    for one in streams["invoices"]
                ],
                top=title,
            )
        )  # fmt: skip
    if "receipts" in streams:
        tables.append(
            Table(
                f"{folder}/Payment List.csv",
                ["Date", "Transaction type", "Num", "Customer", "Payment method", "Reference no.", "Amount", "Currency"],
                [
                    [day(one.at, date), "Payment", one.number, named(one.firm), "Card", one.reference,
                     money(one.gross, place.places, group=group), one.currency]
                    for one in streams["receipts"]
                ],
            )
        )  # fmt: skip
    if "bills" in streams:
        tables += [
            Table(
                f"{folder}/Bill List.csv",
                ["Date", "Transaction type", "Num", "Vendor", "Memo", "Due date", "Amount", "Open balance"],
                [
                    [day(one.at, date), "Bill", one.number, named(one.firm), one.title, day(one.at + 30 * 86_400, date),
                     money(one.gross, place.places, group=group), "0.00"]
                    for one in streams["bills"]
                ],
            ),
            Table(
                f"{folder}/Vendor Contact List.csv",
                ["Vendor", "Company", "Phone numbers", "Email", "Full name", "Billing address", "Account #"],
                [[named(one), one.name, f"Phone:{one.phone}", f"sales@{one.domain}", one.contact, one.address, ""]
                 for one in company.suppliers],
            ),
        ]  # fmt: skip
    return tables


def xero(client: ClientPlan, company: Company, named: Names, folder: str) -> list[Table]:
    """Return contacts and sales invoices; payments and bills are plain reports that the settings describe."""
    place, date = client.place, client.place.date
    tables = [
        Table(
            f"{folder}/Contacts.csv",
            ["*ContactName", "AccountNumber", "EmailAddress", "FirstName", "LastName", "POAddressLine1", "POCity", "SACity",
             "PhoneNumber", "TaxNumber"],
            [[named(one), f"C{one.number}", f"office@{one.domain}", *one.contact.split(" ", 1), "", one.town, "",
            one.phone, ""]
             for one in [*company.customers, *(company.suppliers if "bills" in company.streams else ())]],
        )
    ]  # fmt: skip
    if "invoices" in company.streams:
        rows = [_xero_row(one, place, date, named) for one in company.streams["invoices"]]
        head = ["ContactName", "EmailAddress", "InvoiceNumber", "Reference", "InvoiceDate", "DueDate", "Total", "TaxTotal",
                "InvoiceAmountPaid", "InvoiceAmountDue", "Description", "Quantity", "UnitAmount", "LineAmount",
                "AccountCode",
                "TrackingName1", "TrackingOption1", "Currency", "Type", "Sent", "Status"]  # fmt: skip
        tables.append(Table(f"{folder}/SalesInvoices.csv", head, rows))
    return tables


def is_credit(one: Document) -> bool:
    """Return whether a document gives money back and says so."""
    return one.title.startswith("Credit note")


def _xero_row(one: Document, place: Place, date: str, named: Names) -> Row:
    total = money(one.gross, place.places)
    return [named(one.firm), "", one.number, one.reference, day(one.at, date), day(one.at + 30 * 86_400, date), total,
            money(one.tax, place.places), total, "0.00", one.title, "1", money(one.net, place.places),
            money(one.net, place.places), "200", "", "", one.currency,
            "Sales credit note" if is_credit(one) else "Sales invoice", "Sent", "Paid"]  # fmt: skip


def name_book(company: Company, kind: str, seed: list[int]) -> Names:
    """Return how one system names each firm: once typed, a name stays.

    Parameters
    ----------
    company, kind
        Whose system, and of which kind.
    seed
        What the typing is drawn from.
    """
    from benchmarks.clients.places import typed

    rng = np.random.default_rng(seed)
    names = {one.number: typed(one, company.plan.habits[kind], rng) for one in [*company.customers, *company.suppliers]}
    return lambda firm: names.get(firm.number, firm.name)
