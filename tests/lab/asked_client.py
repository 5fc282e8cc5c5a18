"""A small client about whose tables something is asked; and one that would hurt if its texts were taken for more."""

from pathlib import Path

from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots

HURT = '<img src=x onerror="window.hurt=1">'
DEALS = (
    "Deal,Customer,Stage,Value,Closed\nRoof,Acme Ltd,Won,1200.50,01/02/2026\nWall,Bolt Inc,Lost,800.25,03/04/2026\n"
    "Door,Core Ltd,Won,500.00,05/06/2026\n"
)
UNCLEAR = f"qx1,qx2 {HURT.replace(chr(34), chr(39))}\nabc,=1+1\nghi,{HURT.replace(chr(34), chr(39))}\nmno,$pqr$\n"


def asked_client(folder: Path) -> Engagement:
    """Return an engagement of which three things are asked: what a table lists, an order of days, a currency."""
    folder_of(folder, {"exports/deals.csv": DEALS, "exports/x.csv": UNCLEAR})
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    engagement.close()
    return open_engagement(folder)
