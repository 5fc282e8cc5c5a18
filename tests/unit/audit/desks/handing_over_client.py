"""The small client whose systems disagree, with customers typed from the CRM into the books: some are missing on a side."""

from pathlib import Path

from tests.unit.audit.desks import disagreeing_client as small
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.settings import write_settings

HANDOFFS = """
handoffs:
  new_customer:
    label: New customers typed into the books
    from: crm.companies
    to: books.customers
    by: Nora
    trigger: record_created
    grace_days: 2
"""
ONLY_CRM = """\
7,Elm Bakery,bread@elm.example,815-555-0131,3 Mill Lane,Aurora,60505,2026-05-02
8,Fir Cycles,ride@fir.example,847-555-0140,8 Ring Road,Elgin,60120,2026-05-03
"""
ONLY_BOOKS = """\
905,Gorse Roofing,top@gorse.example,217-555-0150,1 High St,Peoria,61602
906,Hazel Prints,ink@hazel.example,309-555-0160,5 Low St,Moline,61265
"""


def handing_over_client(folder: Path) -> Path:
    """Make the client and audit it; return its folder."""
    small.disagreeing_client(folder)
    (folder / "exports" / "crm.csv").write_text(small.CRM + ONLY_CRM, "utf-8")
    (folder / "exports" / "books.csv").write_text(small.BOOKS + ONLY_BOOKS, "utf-8")
    settings = small.SETTINGS.replace("key: [Id]", "key: [Id]\n        roles: [customer]", 1)
    settings = settings.replace("{name: Name,", '{name: Name, created_at: {column: Changed, format: "%Y-%m-%d"},', 1)
    write_settings(folder / "engagement.yaml", settings + HANDOFFS)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement)
    engagement.close()
    return folder
