"""A small client whose CRM and ledger know the same parties and do not agree: audited in a second, for desks of screens."""

from pathlib import Path

from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.settings import write_settings

SETTINGS = """\
client: Harbor <b>& Pine</b>
currency: USD
country: US
time_zone: America/Chicago
as_of: 2026-10-05

systems:
  crm:      # agreed with Nora
    connector: table
    file: "crm*.csv"
    category: crm
    label: HubSpot
    streams:
      companies:
        entity: party
        key: [Id]
        fields:
          {name: Name, email: Email, phone: Phone, street: Street, city: City, postcode: Zip,
           updated_at: {column: Changed, format: "%Y-%m-%d"}}
  books:
    connector: table
    file: "books*.csv"
    category: ledger
    label: QuickBooks
    streams:
      customers:
        entity: party
        key: [No]
        fields: {name: Customer, email: Mail, phone: Tel, street: Street, city: City, postcode: Zip}

# Who decides: nobody yet.
sources_of_truth: {}
"""

CRM = """\
Id,Name,Email,Phone,Street,City,Zip,Changed
1,Acme Tools LLC,info@acme.example,312-555-0147,12 Main St,Chicago,60601,2026-09-01
2,Acme Tools,sales@acme.example,312-555-0199,12 Main Street,Chicago,60601,2026-09-20
3,"<img src=x onerror=""window.hurt=1"">",birch@birch.example,773-555-0101,4 Oak Ave,Evanston,60201,2026-08-11
4,Cedar Dental,hello@cedar.example,708-555-0110,9 Elm Rd,Skokie,60076,2026-07-01
5,Cedar Dental,hello@cedar.example,708-555-0111,9 Elm Rd,Skokie,60076,2026-07-01
6,Delta Freight,ops@delta.example,630-555-0120,77 Dock Way,Joliet,60431,2026-06-15
"""
BOOKS = """\
No,Customer,Mail,Tel,Street,City,Zip
901,Acme Tools LLC,info@acme.example,312-555-0177,12 Main St,Chicago,60601
902,"<img src=x onerror=""window.hurt=1"">",office@birch.example,(773) 555 0101,4 Oak Ave,Evanston,60202
903,Cedar Dental,hello@cedar.example,,9 Elm Rd,Skokie,60076
904,Delta Freight,ops@delta.example,630-555-0129,77 Dock Way,Joliet,60431
"""
SAME = (
    ("crm/companies/1", "crm/companies/2"), ("crm/companies/1", "books/customers/901"),
    ("crm/companies/2", "books/customers/901"), ("crm/companies/3", "books/customers/902"),
    ("crm/companies/4", "crm/companies/5"), ("crm/companies/4", "books/customers/903"),
    ("crm/companies/5", "books/customers/903"), ("crm/companies/6", "books/customers/904"),
)  # fmt: skip
"""What persons said is one, so that the desk's tests do not hang on how sure a model is."""


def disagreeing_client(folder: Path) -> Path:
    """Make the client and audit it; return its folder."""
    exports = folder / "exports"
    exports.mkdir(parents=True)
    (exports / "crm.csv").write_text(CRM, "utf-8")
    (exports / "books.csv").write_text(BOOKS, "utf-8")
    write_settings(folder / "engagement.yaml", SETTINGS)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    engagement.store.add_decisions(
        [{"key_l": one, "key_r": other, "decision": "same", "reviewer": "Jo"} for one, other in SAME]
    )
    run_stages(engagement)
    engagement.close()
    return folder
