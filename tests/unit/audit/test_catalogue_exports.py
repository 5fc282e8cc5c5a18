"""Exports of the catalogue's products that no connector knows: each is read as a table, whole, for what it is.

The others have a connector, whose contract tests read its exports. Headers: the vendors' own files, as of autumn 2026; the
rows are invented.
"""

from pathlib import Path

import pytest

from toolkit.audit.look import look_at
from toolkit.landscape.catalogue_data import PRODUCTS

EXPORTS = {
    "sage": (
        "Type,Account Reference,Nominal A/C Ref,Department Code,Date,Reference,Details,Net Amount,Tax Code,Tax Amount\n"
        "SI,ACME01,4000,1,15/01/2026,1001,Shelves,120.00,T1,24.00\nSI,BOLT01,4000,1,16/01/2026,1002,Lamps,80.00,T1,16.00\n"
        "SI,COVE01,4000,1,17/01/2026,1003,Desk,300.00,T1,60.00\n"
    ),
    "square": (
        "Date,Time,Time Zone,Gross Sales,Net Sales,Tax,Total Collected,Source,Fees,Net Total,Transaction ID,Payment ID\n"
        "2026-01-05,10:22:31,Central Time,$12.00,$12.00,$1.00,$13.00,Point of Sale,-$0.44,$12.56,tx1,pay1\n"
        "2026-01-06,11:22:31,Central Time,$22.00,$22.00,$2.00,$24.00,Point of Sale,-$0.74,$23.26,tx2,pay2\n"
        "2026-01-07,12:22:31,Central Time,$9.00,$9.00,$0.80,$9.80,Point of Sale,-$0.34,$9.46,tx3,pay3\n"
    ),
    "sap": (
        "Business Partner,Name 1,Street,City,Postal Code,Country,E-Mail Address\n"
        "1000001,Acme GmbH,Hauptstr. 1,Berlin,10115,DE,info@acme.example\n"
        "1000002,Bolt AG,Ring 2,Bonn,53111,DE,info@bolt.example\n1000003,Cove KG,Weg 3,Bonn,53111,DE,info@cove.example\n"
    ),
    "netsuite": (
        "Internal ID,Date,Document Number,Name,Amount,Status\n501,1/15/2026,INV1001,Acme Ltd,120.00,Open\n"
        "502,1/16/2026,INV1002,Bolt Inc,80.00,Paid In Full\n503,1/17/2026,INV1003,Cove LLC,300.00,Open\n"
    ),
    "odoo": (
        "id,name,email,phone,street,city,zip,country_id/id,vat,website,is_company,parent_id/id\n"
        "__export__.p_7,Acme,info@acme.example,+1 312 555 0100,1 Main St,Chicago,60601,base.us,,acme.example,True,\n"
        "__export__.p_8,Bolt,info@bolt.example,+1 312 555 0101,2 Main St,Chicago,60602,base.us,,bolt.example,True,\n"
        "__export__.p_9,Cove,info@cove.example,+1 312 555 0102,3 Main St,Chicago,60603,base.us,,cove.example,True,\n"
    ),
    "slack": (
        "userid,username,fullname,email,status\nU01,jo,Jo Miller,jo@acme.example,Member\n"
        "U02,grace,Grace Hill,grace@acme.example,Admin\nU03,owen,Owen Park,owen@acme.example,Member\n"
    ),
    "google_workspace": (
        "First Name,Last Name,File As,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n"
        "Jo,Miller,,Acme,* myContacts,* Work,jo@acme.example,+1 312 555 0100\n"
        "Grace,Hill,,Bolt,* myContacts,* Work,grace@bolt.example,+1 312 555 0101\n"
        "Owen,Park,,Cove,* myContacts,* Work,owen@cove.example,+1 312 555 0102\n"
    ),
}
WHAT = {
    "sage": {"journal_line", "invoice"}, "square": {"payment"}, "sap": {"party"}, "netsuite": {"journal_line", "invoice"},
    "odoo": {"party"}, "slack": {"party"}, "google_workspace": {"party"},
}  # fmt: skip


def test_every_product_without_a_connector_has_an_export_here() -> None:
    """Fifteen products: eight are read by their connector, seven as any table."""
    assert {one.name for one in PRODUCTS if not one.read_with} == {*EXPORTS}


@pytest.mark.parametrize("name", list(EXPORTS))
def test_its_export_is_read_whole_for_what_it_is(tmp_path: Path, name: str) -> None:
    """No row is put aside, and its records are told by what stands in them."""
    file = tmp_path / f"{name}.csv"
    file.write_text(EXPORTS[name], "utf-8")
    [one], refused = look_at([file])

    assert refused == {}
    assert one.is_whole
    assert one.rows_put_aside == 0
    assert one.found.entity in WHAT[name]
