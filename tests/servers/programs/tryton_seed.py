"""Fills a new Tryton: a company with a chart of accounts, 230 parties with their children, a dozen invoices, a REST key.

usage: tryton_seed.py CONFIG; prints the key.
"""

import sys
from decimal import Decimal
from typing import Any

PARTIES = 230
ARCHIVED = range(201, 213)
INVOICES = 12


def main(config_file: str) -> None:
    from proteus import Model, config

    session = config.set_trytond("erp", user="admin", config_file=config_file)
    accounts = _company(session)
    party = Model.get("party.party")
    made: list[Any] = []
    for number in range(1, PARTIES + 1):
        one = party(name=f"Client {number:03d} Ltd", code=f"C{number:04d}")
        [address] = one.addresses
        address.street, address.city, address.postal_code = f"{number} Quay Street", "Utrecht", f"35{number:02d} AB"
        one.contact_mechanisms.new(type="email", value=f"office@client{number:03d}.example")
        made.append(one)
    party.save(made)
    archived = [made[number - 1] for number in ARCHIVED]
    for one in archived:
        one.active = False
    party.save(archived)
    invoice, documents = Model.get("account.invoice"), []
    for number in range(INVOICES):
        one = invoice()
        one.type, one.party = "out", made[number]
        for place in (1, 2):
            line = one.lines.new()
            line.account, line.description = accounts["revenue"], f"Work {place}"
            line.quantity, line.unit_price = place, Decimal("100.25") + number
        documents.append(one)
    invoice.save(documents)
    application = Model.get("res.user.application")(application="rest")
    [application.user] = Model.get("res.user").find([("login", "=", "admin")])
    application.save()
    application.reload()
    print(application.key)


def _company(session: Any) -> Any:
    """Make the company, and return its accounts."""
    from proteus import Model
    from trytond.modules.account.tests.tools import create_chart, get_accounts
    from trytond.modules.company.tests.tools import create_company, get_company
    from trytond.modules.currency.tests.tools import get_currency

    create_company(currency=get_currency("EUR"))
    company = get_company()
    user = Model.get("res.user")
    [admin] = user.find([("login", "=", "admin")])
    # Its administrator is in no group at first, and then finds parties of which the table has none.
    admin.groups.extend(one for one in Model.get("res.group").find([]) if one not in admin.groups)
    if company not in admin.companies:
        admin.companies.append(company)
    admin.company = company
    admin.save()
    session._context = user.get_preferences(True, session.context)
    create_chart(company=company)
    return get_accounts(company)


if __name__ == "__main__":
    main(sys.argv[1])
