"""The products of the catalogue, each as its vendor's documentation had it on the day named.

Source: at each product. What an interface takes a minute, and how one signs in, stands with the connectors.
"""

from datetime import date

from toolkit.landscape.catalogue import Product

_ON = date(2026, 10, 1)
_JSON = ("JSON",)
_REST = ("GET", "POST", "PATCH", "DELETE")

PRODUCTS: tuple[Product, ...] = (
    Product(
        "salesforce", "Salesforce", "crm", "rest", _JSON, _REST, ("Id", "a custom external id"),
        ("Data export (CSV)", "Report (CSV, XLSX)"), "developer.salesforce.com, REST API guide", _ON, "salesforce",
        "Queries in SOQL; merging over SOAP.", stateless=True,
    ),
    Product(
        "hubspot", "HubSpot", "crm", "rest", _JSON, _REST, ("Record ID", "a unique property"),
        ("All contacts, companies, deals, tickets (CSV, XLSX)",), "developers.hubspot.com, CRM API", _ON, "hubspot",
        stateless=True,
    ),
    Product(
        "quickbooks", "QuickBooks Online", "ledger", "query", _JSON, ("GET", "POST"), ("Id", "SyncToken"),
        ("Customer and vendor lists", "Transaction reports (XLSX, CSV)"), "developer.intuit.com, Accounting API", _ON,
        "quickbooks", "Reports show no ids: names and numbers are the keys.", stateless=True,
    ),
    Product(
        "xero", "Xero", "ledger", "rest", ("JSON", "XML"), ("GET", "POST", "PUT"), ("ContactID", "InvoiceID"),
        ("Contacts", "Invoices", "Account transactions (CSV, XLSX)"), "developer.xero.com, Accounting API", _ON, "xero",
        stateless=True,
    ),
    Product(
        "sage", "Sage Accounting", "ledger", "rest", _JSON, ("GET", "POST", "PUT", "DELETE"), ("id",),
        ("Contacts", "Sales invoices", "Audit trail (CSV)"), "developer.sage.com, Accounting API v3.1", _ON,
        note="No webhooks. Sage 50, 200, Intacct and X3 have other interfaces.", stateless=True,
    ),
    Product(
        "stripe", "Stripe", "payments", "rest", ("JSON", "form"), ("GET", "POST", "DELETE"), ("id (ch_, pi_, cus_)",),
        ("Payments", "Balance", "Payouts", "Customers (CSV)"), "docs.stripe.com/api", _ON, "stripe", stateless=True,
    ),
    Product(
        "square", "Square", "payments", "rest", _JSON, ("GET", "POST", "PUT", "DELETE"), ("id", "reference_id"),
        ("Transactions", "Item sales", "Catalogue (CSV)"), "developer.squareup.com, Square API", _ON,
        note="Every request names the version; merging customers makes a new one.", stateless=True,
    ),
    Product(
        "paypal", "PayPal", "payments", "rest", _JSON, ("GET", "POST"), ("Transaction ID",),
        ("Activity download (CSV)",), "developer.paypal.com, Transaction Search", _ON, "paypal",
        "Transactions are asked in windows of 31 days.", stateless=True,
    ),
    Product(
        "shopify", "Shopify", "shop", "graphql", _JSON, ("POST",), ("id (gid)", "order name"),
        ("Orders", "Customers", "Products (CSV)"), "shopify.dev, Admin GraphQL API", _ON, "shopify",
        "An order repeats a row per line in files.", stateless=True,
    ),
    Product(
        "sap", "SAP S/4HANA", "erp", "odata", ("JSON", "XML"), _REST, ("BusinessPartner", "document number, company"),
        ("Spreadsheet exports of lists (XLSX)",), "developers.sap.com, OData services", _ON,
        note="A write first fetches a token and keeps its cookies: it is not stateless.", stateless=False,
    ),
    Product(
        "netsuite", "NetSuite", "erp", "rest", ("JSON", "XML"), _REST, ("Internal ID", "External ID"),
        ("Saved search (CSV, XLSX)",), "docs.oracle.com, SuiteTalk REST web services", _ON,
        note="Queries in SuiteQL. SOAP ends with 2028.2, as announced.", stateless=True,
    ),
    Product(
        "odoo", "Odoo", "erp", "rest", ("JSON", "XML"), ("POST",), ("id", "external id (module.name)"),
        ("res.partner", "account.move (CSV, XLSX)"), "github.com/odoo/documentation, external API", _ON,
        note="JSON-2 from version 19; XML-RPC before. The interface needs the Custom plan.", stateless=True,
    ),
    Product(
        "asana", "Asana", "projects", "rest", _JSON, ("GET", "POST", "PUT", "DELETE"), ("gid",), ("Project (CSV)",),
        "developers.asana.com, REST API", _ON, "asana", stateless=True,
    ),
    Product(
        "slack", "Slack", "chat", "rest", ("JSON", "form"), ("GET", "POST"), ("channel id and ts", "user id"),
        ("Workspace export (JSON)",), "docs.slack.dev, Web API", _ON,
        note="A failure is answered with 200: look at ok.", stateless=True,
    ),
    Product(
        "google_workspace", "Google Workspace", "office", "rest", _JSON, _REST, ("resourceName", "file id"),
        ("Google Contacts (CSV)", "Sheets (XLSX, CSV)"), "developers.google.com, People, Sheets and Drive API", _ON,
        note="Rows of a sheet are ragged: empty cells at their end are left out.", stateless=True,
    ),
)  # fmt: skip
