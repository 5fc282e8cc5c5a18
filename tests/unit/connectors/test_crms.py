"""CRMs: Salesforce's leads and reports of few columns, HubSpot's tickets, and CRMs built after it."""

from collections.abc import Callable

import pytest

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]


def test_a_report_on_accounts_is_keyed_by_their_id_and_deals_refer_to_it(export_streams: Streams) -> None:
    """The report has no owner; one id has 15 characters and the other 18, and both are the same account."""
    accounts = export_streams(
        '"Account ID","Account Name","Type","Billing City","Phone"\n'
        '"0015000000GNA01","Larkmoor Tools","Customer","Leeds","0113 496 0000"\n'
        '"0015000000GNB71","Fenwick Ltd","Customer","Leeds","0113 496 0001"\n'
    )["accounts"].table()
    deals = export_streams(
        '"Opportunity ID","Account ID","Account Name","Opportunity Name","Stage","Amount","Close Date","Created Date"\n'
        '"0065000000GNA01","0015000000GNA01AAH","Larkmoor Tools","Refit","Closed Won","1500.00","2026-08-01","2026-07-01"\n'
    )["opportunities"].table()

    assert accounts["record_id"].to_pylist() == ["0015000000GNA01AAH", "0015000000GNB71AAH"]
    assert accounts["parent_ref"].to_pylist() == [None, None]
    assert deals["party_ref"].to_pylist() == ["0015000000GNA01AAH"]


@pytest.mark.parametrize(
    ("header", "stream"),
    [
        ("Account ID,Account Name,Industry", "accounts"),
        ("Account Name,Billing Country,Website", "accounts"),
        ("Contact ID,Account Name,Last Name", "contacts"),
        ("Account Name,First Name,Last Name,Contact Owner,Email", "contacts"),
        ("Lead ID,Company,Full Name", "leads"),
        ("Company / Account,First Name,Last Name,Lead Status", "leads"),
        ("Opportunity Name,Amount,Close Date,Account ID", "opportunities"),
        ("Opportunity ID,Amount,Stage", "opportunities"),
    ],
)
def test_a_report_of_few_columns_is_told(export_streams: Streams, header: str, stream: str) -> None:
    """Whoever makes a report chooses its columns; owners and most ids are often left out."""
    row = ",".join("2026-01-31" if "Date" in name else "7" for name in header.split(","))

    assert list(export_streams(f"{header}\n{row}\n")) == [stream]


def test_a_chart_of_accounts_is_no_report_on_accounts(export_streams: Streams) -> None:
    """Ledgers have accounts with ids and names as well."""
    assert export_streams("Account ID,Account Name,Type\n1000,Cash,Asset\n2000,Payables,Liability\n") == {}


def test_leads_keep_their_company_and_the_account_they_became(fixture_streams: Streams) -> None:
    """A converted lead lives on as a contact; it is archived and belongs to its account."""
    jo, dee = fixture_streams("salesforce/leads")["leads"].table().to_pylist()

    assert (jo["name"], jo["company_name"], jo["roles"], jo["kind"]) == ("Jo Reed", "Cedar Holdings", ["lead"], "person")
    assert (jo["state"], jo["parent_ref"]) == ("archived", "0015g00000AbCdEAAV")
    assert (dee["state"], dee["parent_ref"]) == ("active", None)


def test_tickets_are_no_parties(export_streams: Streams) -> None:
    """Three tickets of a service desk, keyed by their own id, two open and one closed."""
    streams = export_streams(
        "Ticket ID,Ticket Name,Ticket Status,Pipeline,Associated Contact Email,Associated Company Domain,Ticket Owner,"
        "Create Date,Close Date\n"
        "TICK-1,Printer offline,Open,Support,ann@bramble.example,bramble.example,sam@us.example,2025-03-01,\n"
        "TICK-2,Login fails,Closed,Support,bob@oak.example,oak.example,sam@us.example,2025-03-04,2025-03-05\n"
        "TICK-3,Invoice question,Open,Support,ann@bramble.example,bramble.example,kim@us.example,2025-03-06,\n"
    )

    table = streams["tickets"].table()
    assert table["entity"].to_pylist() == ["ticket"] * 3
    assert table["record_id"].to_pylist() == ["TICK-1", "TICK-2", "TICK-3"]
    assert table["status"].to_pylist() == ["Open", "Closed", "Open"]
    assert table["party_ref"].to_pylist() == ["ann@bramble.example", "bob@oak.example", "ann@bramble.example"]


def test_tickets_refer_to_the_company_by_id(fixture_streams: Streams) -> None:
    """HubSpot's own export has the ids of what a ticket belongs to."""
    first, second = fixture_streams("hubspot/tickets")["tickets"].table().to_pylist()

    assert (first["party_ref"], first["resolved_at"]) == ("9001112223", None)
    assert second["resolved_at"].day == 5


def test_a_crm_with_ids_of_its_own_is_read_like_hubspot(export_streams: Streams) -> None:
    """Its ids are called "Contact ID" and "Deal ID", the other columns are the same."""
    streams = export_streams(
        "Contact ID,First Name,Last Name,Email,Lifecycle Stage,Associated Company,Associated Company IDs\n"
        "C-1,Ana,Pratt,ana@a.example,customer,Alder,K-1\n"
    )
    deals = export_streams("Deal ID,Deal Name,Deal Stage,Amount\nD-1,Lobby,Closed won,10.00\n")["deals"]

    [ana] = streams["contacts"].table().to_pylist()
    assert (ana["record_id"], ana["name"], ana["parent_ref"]) == ("C-1", "Ana Pratt", "K-1")
    assert deals.table()["record_id"].to_pylist() == ["D-1"]
