"""The export files of crm, payments and shop, with the vendors' own headers and habits."""

import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tests.sample_client.documents import AS_OF, Document, money, shown
from tests.sample_client.files import write_csv
from tests.sample_client.fitout import deal_cells
from tests.sample_client.headers import (
    COMPANY_HEADERS,
    CONTACT_HEADERS,
    DEAL_HEADERS,
    ORDER_HEADERS,
    SHOP_CUSTOMER_HEADERS,
    STRIPE_CUSTOMER_HEADERS,
    STRIPE_HEADERS,
)
from tests.sample_client.parties import PartyRecord, Register
from tests.sample_client.webshop import TAX_RATE


def write_crm(folder: Path, seed: int, register: Register, deals: list[Document]) -> None:
    """HubSpot: one view each of companies, contacts and deals."""
    rng = random.Random(f"{seed}/crm-cells")
    won = {one.account_id for one in deals if one.cells["stage"] == "Closed Won"}
    owners = ("Tasha Greenwood", "Erik Halvorsen", "Nora Feeney", "")

    def stamps(record: PartyRecord) -> dict[str, str]:
        created = record.created_at
        if created is None:
            raise ValueError(f"{record.record_id} was never created.")
        changed = min(created + timedelta(days=rng.randint(0, 500)), created.replace(year=2026, month=10, day=4))
        return {
            "Create Date": shown(created, "%Y-%m-%d %H:%M"),
            "Last Modified Date": shown(changed, "%Y-%m-%d %H:%M"),
            "Last Activity Date": shown(changed, "%Y-%m-%d"),
        }

    companies = [
        {
            "Record ID": one.record_id,
            "Company name": one.text("name"),
            "Company Domain Name": one.text("website").removeprefix("https://www."),
            "Company owner": rng.choice(owners),
            "Phone Number": one.text("phone"),
            "City": one.text("city"),
            "Country/Region": rng.choice(("United States", "USA", "")),
            "Industry": rng.choice(("CONSTRUCTION", "HOSPITAL_HEALTH_CARE", "RETAIL", "")),
            "Website URL": one.text("website"),
            "Street Address": one.text("street"),
            "State/Region": one.text("region"),
            "Postal Code": one.text("postcode"),
            "Lifecycle Stage": "Customer" if one.entity_id in won else "Opportunity",
            **stamps(one),
        }
        for one in register.stream("crm", "companies")
    ]
    contacts = []
    for one in register.stream("crm", "contacts"):
        given, _, family = one.text("name").partition(" ")
        contacts.append(
            {
                "Record ID": one.record_id,
                "First Name": given,
                "Last Name": family,
                "Email": one.text("email"),
                "Phone Number": one.text("phone"),
                "Contact owner": rng.choice(owners),
                "Associated Company": one.cells["parent_name"],
                "Associated Company IDs": one.cells["parent_id"],
                "Lead Status": rng.choice(("", "Open", "Connected")),
                "Marketing contact status": rng.choice(("Marketing contact", "Non-marketing contact")),
                **stamps(one),
            }
        )
    rows = []
    for deal in deals:
        parent = register.of("crm", "companies", deal.account_id)[0 if rng.random() < 0.85 else -1]
        deal.party = parent.record_id
        rows.append(deal_cells(deal, parent.record_id, parent.text("name")))

    def by_id(row: Mapping[str, str]) -> int:
        return int(row["Record ID"])

    write_csv(folder / "crm/hubspot-crm-exports-all-companies-2026-10-05.csv", COMPANY_HEADERS, sorted(companies, key=by_id))
    write_csv(folder / "crm/hubspot-crm-exports-all-contacts-2026-10-05.csv", CONTACT_HEADERS, sorted(contacts, key=by_id))
    write_csv(folder / "crm/hubspot-crm-exports-all-deals-2026-10-05.csv", DEAL_HEADERS, sorted(rows, key=by_id))


def write_payments(folder: Path, seed: int, register: Register, charges: list[Document]) -> None:
    """Stripe: unified customers and succeeded payments, newest first, times in UTC."""
    rng = random.Random(f"{seed}/stripe-cells")
    names = {one.record_id: one.text("name") for one in register.stream("payments", "customers")}
    rows = []
    for one in sorted(charges, key=lambda one: (one.at, one.record_id), reverse=True):
        refund = one.amount_minor // 2 if rng.random() < 0.012 else 0
        rows.append(
            {
                "id": one.record_id,
                "Created date (UTC)": shown(one.at, "%Y-%m-%d %H:%M:%S", utc=True) if one.at else "",
                "Amount": money(one.amount_minor),
                "Amount Refunded": money(refund),
                "Currency": "usd",
                "Captured": "true",
                "Converted Amount": money(one.amount_minor),
                "Converted Amount Refunded": money(refund),
                "Converted Currency": "usd",
                "Description": one.cells["description"],
                "Fee": money(int(one.cells["fee"])),
                "Refunded date (UTC)": (one.on + timedelta(days=3)).strftime("%Y-%m-%d 15:04:05") if refund else "",
                "Statement Descriptor": "HARBOR PINE SHOP",
                "Status": "Paid",
                "Seller Message": "Payment complete.",
                "Taxes On Fee": "0.00",
                "Card ID": f"card_{rng.randint(10**11, 10**12)}",
                "Customer ID": one.party,
                "Customer Description": names[one.party],
                "Customer Email": one.cells["email"],
            }
        )
    write_csv(folder / "payments/unified_payments.csv", STRIPE_HEADERS, rows)
    customers = []
    for record in register.stream("payments", "customers"):
        own = [one for one in charges if one.party == record.record_id]
        created = min((one.at for one in own if one.at), default=None)
        customers.append(
            {
                "id": record.record_id,
                "Email": record.text("email"),
                "Name": record.text("name"),
                "Created (UTC)": shown(created, "%Y-%m-%d %H:%M", utc=True) if created else "2025-10-01 12:00",
                "Delinquent": "false",
                "Total Spend": money(sum(one.amount_minor for one in own)),
                "Payment Count": str(len(own)),
                "Refunded Volume": "0.00",
                "Dispute Losses": "0.00",
            }
        )
    write_csv(folder / "payments/unified_customers.csv", STRIPE_CUSTOMER_HEADERS, customers)


def write_shop(folder: Path, seed: int, register: Register, orders: list[Document]) -> None:
    """Shopify: customers with protective apostrophes, orders with a row for every further line."""
    rng = random.Random(f"{seed}/shopify-cells")
    customers = []
    for one in sorted(register.stream("shop", "customers"), key=lambda one: int(one.record_id)):
        given, _, family = one.text("name").partition(" ")
        street, _, unit = one.text("street").partition(", ")
        own = [order for order in orders if order.cells["buyer"] == one.entity_id]
        customers.append(
            {
                "Customer ID": f"'{one.record_id}",
                "First Name": given,
                "Last Name": family,
                "Email": one.text("email"),
                "Accepts Email Marketing": rng.choice(("yes", "no")),
                "Default Address Company": one.text("company"),
                "Default Address Address1": street,
                "Default Address Address2": unit,
                "Default Address City": one.text("city"),
                "Default Address Province Code": "IL",
                "Default Address Country Code": "US",
                "Default Address Zip": f"'{one.text('postcode')}",
                "Default Address Phone": f"'{one.text('phone')}" if one.text("phone") else "",
                "Phone": f"'{one.text('phone')}" if one.text("phone") else "",
                "Accepts SMS Marketing": "no",
                "Total Spent": money(sum(order.amount_minor for order in own)),
                "Total Orders": str(len(own)),
                "Tax Exempt": "no",
            }
        )
    write_csv(folder / "shop/customers_export.csv", SHOP_CUSTOMER_HEADERS, customers)
    rows: list[dict[str, str]] = []
    for order in sorted(orders, key=lambda one: int(one.number[1:]), reverse=True):
        rows += _order_rows(order, rng.choice(register.of("shop", "customers", order.cells["buyer"])), rng)
    write_csv(folder / "shop/orders_export_1.csv", ORDER_HEADERS, rows)


def _order_rows(order: Document, buyer: PartyRecord, rng: random.Random) -> list[dict[str, str]]:
    if order.at is None:
        raise ValueError(f"Order {order.number} has no time.")
    email = buyer.cells.get("email_before", buyer.text("email"))
    order.party = email or buyer.text("name")
    created = shown(order.at, "%Y-%m-%d %H:%M:%S %z")
    street, _, unit = buyer.text("street").partition(", ")
    address = {
        "Name": buyer.text("name"),
        "Street": buyer.text("street"),
        "Address1": street,
        "Address2": unit,
        "Company": buyer.text("company"),
        "City": buyer.text("city"),
        "Zip": f"'{buyer.text('postcode')}",
        "Province": "IL",
        "Country": "US",
        "Phone": buyer.text("phone"),
        "Province Name": "Illinois",
    }
    head = {
        "Email": email,
        "Financial Status": "paid",
        "Fulfillment Status": "fulfilled" if (AS_OF - order.on).days > 9 else "unfulfilled",
        "Accepts Marketing": rng.choice(("yes", "no")),
        "Currency": "USD",
        "Subtotal": money(int(order.cells["subtotal"])),
        "Shipping": money(int(order.cells["shipping"])),
        "Taxes": money(int(order.cells["tax"])),
        "Total": money(order.amount_minor),
        "Discount Amount": "0.00",
        "Shipping Method": rng.choice(("Ground", "Local delivery")),
        "Payment Method": "Payment link",
        "Refunded Amount": "0.00",
        "Outstanding Balance": "0.00",
        "Id": order.cells["id"],
        "Risk Level": "Low",
        "Source": "web",
        "Tax 1 Name": f"Illinois {TAX_RATE:.2%}",
        "Tax 1 Value": money(int(order.cells["tax"])),
        **{f"Billing {name}": text for name, text in address.items()},
        **{f"Shipping {name}": text for name, text in address.items()},
    }
    rows = []
    for at, line in enumerate(order.cells["lines"].split(";")):
        sku, name, price, quantity = line.split("|")
        row = {
            "Name": order.number,
            "Created at": created,
            "Lineitem quantity": quantity,
            "Lineitem name": name,
            "Lineitem price": money(int(price)),
            "Lineitem sku": sku,
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": "fulfilled",
            "Lineitem discount": "0.00",
            "Vendor": "Harbor & Pine",
        }
        rows.append({**row, **head} if at == 0 else {**row, "Email": email})
    return rows
