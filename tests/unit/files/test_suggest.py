"""What a table that no connector knows seems to hold."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.files.canonical import canonical_stream
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.suggest import same_streams, suggested_fields

Read = Callable[..., RawTable]

SITE_LOG = (
    b"Job no,Job,Client,Foreman,Start,Contract $,Notes\n"
    b"HP-1,Lobby refresh,Acme Ltd,Walt,10/6/2025,52750,call first\n"
    b"HP-2,Kitchen,Bolt LLC,Luis,10/16/2025,4000,\n"
    b"HP-3,Ramp,Acme Ltd,Walt,11/2/2025,1200,\n"
)
PEOPLE = (
    b"Who,How to reach,Ring,Where\n"
    b"Ana Pratt,ana@acme.example,(312) 555-0101,Chicago\n"
    b"Bo Quill,bo@bolt.example,312 555 0102,Evanston\n"
)


def test_a_site_log_is_a_list_of_projects(read_one: Read) -> None:
    """Job numbers, a foreman and a start date speak for projects."""
    found = suggested_fields(read_one("log.csv", SITE_LOG))

    assert found.entity == "project"
    assert found.key == ("Job no",)
    assert {one.column: one.header for one in found.fields} == {
        "number": "Job no",
        "name": "Job",
        "party_name": "Client",
        "started_at": "Start",
        "amount_minor": "Contract $",
        "description": "Notes",
    }


def test_an_e_mail_address_looks_like_one_whatever_its_header(read_one: Read) -> None:
    """Values speak where headers do not, and the reason says so."""
    found = suggested_fields(read_one("people.csv", PEOPLE))

    [email] = [one for one in found.fields if one.column == "email"]
    assert (found.entity, email.header) == ("party", "How to reach")
    assert "whatever the header" in email.reason


def test_a_header_alone_does_not_make_dates_of_text(read_one: Read) -> None:
    """A column called Start with words in it is no start date."""
    found = suggested_fields(read_one("log.csv", b"Job no,Job,Start\n1,Lobby,soon\n2,Ramp,later\n"), "project")

    assert found.header_of("started_at") is None


def test_files_that_hold_something_else_are_other_streams(read_one: Read) -> None:
    """People and jobs are not one table."""
    suggestions = [suggested_fields(read_one("log.csv", SITE_LOG)), suggested_fields(read_one("people.csv", PEOPLE))]

    streams = same_streams(suggestions, ["x/Site log 2026.csv", "x/people.csv"])

    assert [(one.name, one.members) for one in streams] == [("site_log", (0,)), ("people", (1,))]


@pytest.fixture(scope="module")
def ledger(shared_dir: Path) -> list[RawTable]:
    """Return the seven monthly files of a real ledger, in two generations of headers."""
    folder = shared_dir / "data" / "spend" / "leeds"
    return [raw for path in sorted(folder.glob("*.csv.gz")) for raw in raw_tables(path, root=folder)]


def test_both_generations_of_a_real_ledger_are_one_stream_of_payments(ledger: list[RawTable]) -> None:
    """Seven files, two sets of headers, one meaning."""
    [stream] = same_streams([suggested_fields(raw) for raw in ledger], [raw.file for raw in ledger])

    assert (stream.name, stream.entity, len(stream.members)) == ("payments", "payment", 7)
    assert stream.fields["amount_minor"] == ("NetAmount", "Amount")
    assert stream.fields["party_name"] == ("SupplierName", "Beneficiary Name")
    assert stream.fields["gl_code"] == ("DetailedExpenditureCode", "Detailed Expenditure Code")
    assert stream.fields["department"] == ("ServiceLabel", "Organisational Unit")


def test_a_real_ledger_is_exact_to_the_penny(ledger: list[RawTable]) -> None:
    """Every row is a record or in quarantine; December's own total is a penny off, as its publisher's page says."""
    [stream] = same_streams([suggested_fields(raw) for raw in ledger])

    found = canonical_stream(
        ledger, stream.stream(), system="spend", country="GB", time_zone="Europe/London", currency="GBP"
    )

    assert sum(count.rows_kept + count.rows_quarantined for count in found.counts) == sum(raw.rows_read for raw in ledger)
    assert {count.file[:7]: count.is_in_balance for count in found.counts if count.control_sum_minor is not None} == {
        "2013-07": True,
        "2013-08": True,
        "2013-09": True,
        "2013-10": True,
        "2013-12": False,
    }
    december = next(count for count in found.counts if count.file.startswith("2013-12"))
    assert (december.sum_minor, december.control_sum_minor) == (10_475_847_089, 10_475_847_090)
    assert found.notes == ()
