"""A plan as files in a vendor's own import format: nothing lost, in order, and a way back."""

import csv
import dataclasses
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from tests.unit.apply.conftest import party_row
from toolkit.apply.imports.import_files import BY_HAND, MANIFEST, READ_ME, UNDO_BY_HAND, ImportPackage, import_files
from toolkit.changes import Child, Evidence, LeftOut, Operation, Plan, Target, made_plan, operation
from toolkit.connector import Connector, Field, Stream, with_imports
from toolkit.connectors import connectors
from toolkit.errors import UnknownNameError
from toolkit.report.plain_workbook import plain_workbook
from toolkit.tables import PARTY

CONNECTORS = {one.name: one for one in connectors()}
HUBSPOT = CONNECTORS["hubspot"]
Made = Callable[..., Plan]


def names_of(package: ImportPackage) -> list[str]:
    return [one.name for one in package.files]


def rows_of(package: ImportPackage, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.file(name).content.decode("utf-8-sig"), newline="")))


def update(record: str, before: dict[str, str | None], after: dict[str, str | None], *needed: Operation) -> Operation:
    return operation(
        "update", "crm", "companies", target_id=record, before=before, after=after,
        depends_on=tuple(one.op_id for one in needed), evidence=Evidence(("It is written as +44.",)),
    )  # fmt: skip


def archive(record: str, *needed: Operation, children: tuple[Child, ...] = ()) -> Operation:
    ids = tuple(one.op_id for one in needed)
    return operation("archive", "crm", "companies", target_id=record, depends_on=ids, children=children)


def create(key: str, after: dict[str, str | None], stream: str = "companies", *needed: Operation) -> Operation:
    ids = tuple(one.op_id for one in needed)
    return operation("create", "crm", stream, natural_key=key, after=after, depends_on=ids)


def smaller(connector: Connector, **changes: Any) -> Connector:
    """Return a connector whose imports have other limits."""
    forms = {one.name: tuple(dataclasses.replace(form, **changes) for form in one.imports) for one in connector.streams}
    return dataclasses.replace(connector, streams=with_imports(connector.streams, forms))


def test_a_cleanup_is_a_file_to_import_then_a_list_to_work_through(companies: pa.Table, plan: Made) -> None:
    """What the vendor's import can do is in a numbered file; what it cannot is done by hand afterwards, in words."""
    phone = update("0101", {"phone": None, "city": "Leeds"}, {"phone": "+44 113 496 0000", "city": "York"})
    gone = archive("0102", phone, children=(Child("crm/contacts/7", "parent_ref"),))

    package = import_files(plan([gone, phone]), HUBSPOT, {"companies": companies})

    assert names_of(package) == [
        MANIFEST, READ_ME, "01-update-companies.csv", BY_HAND, UNDO_BY_HAND, "undo/02-take-back-01-update-companies.csv",
    ]  # fmt: skip
    assert rows_of(package, "01-update-companies.csv") == [
        {"Record ID": "0101", "Phone Number": "+44 113 496 0000", "City": "York"}
    ]
    [line] = rows_of(package, BY_HAND)
    assert (line["step"], line["id"], line["record"], line["change"]) == ("2", "0102", "ACME", "archive")
    assert line["what to do"] == (
        "Open the record, Actions, Delete. HubSpot keeps it for 90 days. "
        "First see that nothing refers to it any more: crm/contacts/7 (company)."
    )
    assert line["why by hand"] == "The product takes no such change from a file."
    assert (package.by_file, package.by_hand) == (1, 1)
    assert package.reasons == {"The product takes no such change from a file.": 1}


def test_the_last_step_is_taken_back_first(companies: pa.Table, plan: Made) -> None:
    """The list of what is put back by hand has the numbers of its own order."""
    phone = update("0101", {"phone": None, "city": "Leeds"}, {"phone": "+44 113 496 0000", "city": "York"})

    package = import_files(plan([archive("0102", phone), phone]), HUBSPOT, {"companies": companies})

    back, emptied = rows_of(package, UNDO_BY_HAND)
    assert (back["step"], back["takes back step"]) == ("1", "2")
    assert back["what to do"] == "In the list: Actions, Restore records, within 90 days."
    assert rows_of(package, "undo/02-take-back-01-update-companies.csv") == [{"Record ID": "0101", "City": "Leeds"}]
    assert (emptied["step"], emptied["takes back step"], emptied["what to do"]) == ("3", "1", "Empty the phone.")
    assert emptied["set back to"] == "city: Leeds\nphone: (empty)"


def test_a_second_file_of_one_import_says_where_its_choices_stand(companies: pa.Table, plan: Made) -> None:
    """Whoever imports it must not have to guess them, nor that it is not imported twice."""
    phone = update("0101", {"city": "Leeds"}, {"city": "York"})
    made = plan([phone, update("0102", {"city": None}, {"city": "Hull"}, phone)])

    page = import_files(made, HUBSPOT, {"companies": companies}).file(READ_ME).content.decode()

    assert page.count("   Choose, and take care: as in step 1.\r\n") == 1


def test_the_page_says_what_will_happen_in_which_order_and_how_it_is_taken_back(companies: pa.Table, plan: Made) -> None:
    """With the number of rows of each file, where the import is, and what happens when it is done twice."""
    phone = update("0101", {"city": "Leeds"}, {"city": "York"})
    made = plan([archive("0102", phone), phone])

    page = import_files(made, HUBSPOT, {"companies": companies}).file(READ_ME).content.decode()

    lines = page.split("\r\n")
    assert lines[0] == "READ ME FIRST: changes to HubSpot (crm)"
    assert f"Plan {made.plan_id}" in lines
    assert "2 changes: 1 by importing files, 1 by hand (by-hand.csv)." in lines
    assert "Step 1. Import 01-update-companies.csv (1 row)." in lines
    assert "   Where: CRM, Companies, Import, Start an import, one file with Companies." in lines
    assert "   If it is imported again: The same values are written once more: nothing changes." in lines
    assert "Step 2. By hand: the 1 row of by-hand.csv with step 2 (archive companies: 1)." in lines
    assert lines.index("Step 2. By hand: the 1 row of by-hand.csv with step 2 (archive companies: 1).") < lines.index(
        "HOW TO TAKE IT BACK, IN THIS ORDER"
    )
    assert "Step 1. By hand: the 1 row of undo/by-hand.csv with step 1." in lines
    assert "Not in these files" not in page


def test_what_the_rules_left_out_is_said(companies: pa.Table) -> None:
    """Nobody takes the files for all that there is."""
    made = made_plan(
        "cleanup", engagement_id="acme", target=Target("crm", "hubspot"), snapshot_ids={}, rules_hash="r", operations=[],
        record_counts={}, left_out=[LeftOut("g-1", ("crm/companies/0101",), "Nobody decided.")],
    )  # fmt: skip

    package = import_files(made, HUBSPOT, {"companies": companies})

    page = package.file(READ_ME).content.decode()
    assert "Not in these files: 1 case that the rules do not decide." in page
    assert page.count("Nothing.") == 2
    assert names_of(package) == [MANIFEST, READ_ME]


def test_the_manifest_counts_and_vouches_for_every_file(companies: pa.Table, plan: Made) -> None:
    """Whoever gets the files can tell that they are those of the plan."""
    made = plan([update("0101", {"city": "Leeds"}, {"city": "York"}), archive("0102")])

    package = import_files(made, HUBSPOT, {"companies": companies})

    manifest = json.loads(package.file(MANIFEST).content)
    assert manifest["plan_id"] == made.plan_id
    assert (manifest["operations"], manifest["by_file"], manifest["by_hand"]) == (2, 1, 1)
    assert manifest["target"]["system"] == "crm"
    assert manifest["snapshot_ids"] == {"crm/companies": "00"}
    assert manifest["by_hand_reasons"] == {"The product takes no such change from a file.": 1}
    assert [(one["step"], one["rows"]) for one in manifest["steps"]] == [(1, 1), (2, 1)]
    assert [one["rows"] for one in manifest["files"]] == [0, 1, 1, 1, 1]
    for one in manifest["files"]:
        content = package.file(one["name"]).content
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_hostile_cell_is_in_no_file_to_import_and_inert_in_the_list(companies: pa.Table, plan: Made) -> None:
    """An apostrophe would be imported, so the change is done by hand; the list shows what was there."""
    package = import_files(plan([update("0101", {"city": "Leeds"}, {"city": "=1+1"}), archive("0103")]), HUBSPOT,
                           {"companies": companies})  # fmt: skip

    wrong, other = rows_of(package, BY_HAND)
    assert wrong["why by hand"] == "The city holds what a spreadsheet would run as a formula."
    assert wrong["after"] == "city: =1+1"
    assert other["record"] == "'=HYPERLINK(1)"
    assert package.by_file == 0


def test_a_record_that_gets_another_name_is_named_by_it_from_then_on(companies: pa.Table, plan: Made) -> None:
    """Who works through the list finds the survivor, whether or not its new name was imported by then."""
    survivor = update("0101", {"name": "Acme Ltd"}, {"name": "Acme Holdings Ltd"})
    moved = operation(
        "repoint", "crm", "companies", target_id="0103", before={"parent_ref": "0102"}, after={"parent_ref": "0101"}
    )

    package = import_files(plan([survivor, moved, archive("0102"), archive("0101", survivor)]), HUBSPOT,
                           {"companies": companies})  # fmt: skip

    rows = {row["id"]: row for row in rows_of(package, BY_HAND)}
    assert rows["0103"]["after"] == "company: 0101 (Acme Holdings Ltd, before this plan Acme Ltd)"
    assert rows["0103"]["before"] == "company: 0102 (ACME)"
    assert rows["0101"]["record"] == "Acme Holdings Ltd"


def test_a_workbook_stands_beside_a_file_whose_import_takes_one(companies: pa.Table, plan: Made) -> None:
    """The same texts, cell by cell, vouched for by the manifest; the page says that one of the two is imported."""
    made = plan(
        [update("0101", {"city": "Leeds"}, {"city": "0123"}), update("0102", {"phone": "1"}, {"phone": "+44 113 1"})]
    )

    package = import_files(made, HUBSPOT, {"companies": companies}, workbook=plain_workbook)
    again = import_files(made, HUBSPOT, {"companies": companies}, workbook=plain_workbook)
    none = import_files(made, HUBSPOT, {"companies": companies})

    name = "01-update-companies.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(package.file(name).content)).active
    assert sheet is not None
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    file = package.file("01-update-companies.csv").content.decode("utf-8-sig")
    assert rows == [*csv.reader(io.StringIO(file, newline=""))]
    assert kinds == {"s"}
    assert package == again
    page = package.file(READ_ME).content.decode()
    assert "Step 1. Import 01-update-companies.csv, or 01-update-companies.xlsx, never both (2 rows)." in page
    assert "undo/01-take-back-01-update-companies.xlsx" in names_of(package)
    assert name in {one["name"] for one in json.loads(package.file(MANIFEST).content)["files"]}
    assert [one for one in names_of(none) if one.endswith(".xlsx")] == []
    assert "never both" not in none.file(READ_ME).content.decode()


def test_amounts_of_a_workbook_are_numbers(documents: Callable[..., pa.Table], plan: Made) -> None:
    """What is added up there is a number; an id of nothing but digits is none."""
    raw = json.dumps({"Record ID": "0101", "Deal Name": "Lobby", "Amount": "5.00"})
    deals = documents(
        "deals", "deal", {"record_id": "0101", "name": "Lobby", "amount_minor": 500, "currency": "USD", "raw": raw}
    )
    change = operation(
        "update", "crm", "deals", target_id="0101", before={"amount_minor": "500"}, after={"amount_minor": "1250"}
    )

    package = import_files(plan([change]), HUBSPOT, {"deals": deals}, currency="USD", workbook=plain_workbook)

    content = package.file("01-update-deals.xlsx").content
    [_, row] = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    assert row == ("0101", 12.5)


def test_what_a_workbook_would_lose_is_in_the_file_alone(companies: pa.Table, plan: Made) -> None:
    """A cell of a workbook ends after 32,767 signs."""

    def has_workbook(signs: int) -> bool:
        made = plan([update("0101", {"city": "Leeds"}, {"city": "x" * signs})])
        package = import_files(made, HUBSPOT, {"companies": companies}, workbook=plain_workbook)
        return any(name == "01-update-companies.xlsx" for name in names_of(package))

    assert has_workbook(32_767)
    assert not has_workbook(32_768)


def test_what_waits_for_a_file_is_in_a_later_one(companies: pa.Table, plan: Made) -> None:
    """An import promises no order within a file, and takes no record twice."""
    first = update("0101", {"city": "Leeds"}, {"city": "York"})
    second = update("0102", {"city": None}, {"city": "York"}, first)
    again = update("0101", {"street": "1 Main St"}, {"street": "2 Main St"})

    package = import_files(plan([first, second, again]), HUBSPOT, {"companies": companies})

    files = [rows_of(package, f"0{at}-update-companies.csv") for at in (1, 2, 3)]
    assert sorted(files[:2], key=str) == [
        [{"Record ID": "0101", "City": "York"}],
        [{"Record ID": "0101", "Street Address": "2 Main St"}],
    ]
    assert files[2] == [{"Record ID": "0102", "City": "York"}]


def test_changes_of_different_fields_share_a_file_where_an_empty_cell_changes_nothing(
    companies: pa.Table, plan: Made
) -> None:
    """A client imports one file, not one for each kind of change; and takes back one."""
    one, two = update("0101", {"city": "Leeds"}, {"city": "Bath"}), update("0103", {"phone": "555"}, {"phone": "556"})

    package = import_files(plan([one, two]), HUBSPOT, {"companies": companies})

    assert [list(row.values()) for row in rows_of(package, "01-update-companies.csv")] == [
        ["0101", "", "Bath"], ["0103", "556", ""],
    ]  # fmt: skip
    assert [list(row.values()) for row in rows_of(package, "undo/01-take-back-01-update-companies.csv")] == [
        ["0101", "", "Leeds"], ["0103", "555", ""],
    ]  # fmt: skip


def test_a_change_waits_for_the_last_of_those_that_it_needs(companies: pa.Table, plan: Made) -> None:
    """Not for the first."""
    first = update("0101", {"city": "Leeds"}, {"city": "Bath"})
    second = update("0102", {"city": None}, {"city": "Bath"}, first)
    last = update("0103", {"city": "York"}, {"city": "Bath"}, first, second)

    package = import_files(plan([first, second, last]), HUBSPOT, {"companies": companies})

    found = [rows_of(package, f"0{at}-update-companies.csv")[0]["Record ID"] for at in (1, 2, 3)]
    assert found == ["0101", "0102", "0103"]


def test_a_file_is_cut_where_the_vendor_takes_no_more(companies: pa.Table, plan: Made) -> None:
    """By rows and by bytes; each part has its own undo file, and a row that is longer alone stands alone."""
    made = plan([update(one, {"city": city}, {"city": "Bath"}) for one, city in (("0101", "Leeds"), ("0103", "York"))])

    by_rows = import_files(made, smaller(HUBSPOT, max_rows=1), {"companies": companies})
    by_bytes = import_files(made, smaller(HUBSPOT, max_bytes=20), {"companies": companies})

    for package in (by_rows, by_bytes):
        assert [name for name in names_of(package) if name[0].isdigit()] == [
            "01-update-companies.csv", "02-update-companies.csv",
        ]  # fmt: skip
        assert rows_of(package, "undo/01-take-back-02-update-companies.csv") == [{"Record ID": "0103", "City": "York"}]
        assert rows_of(package, "undo/02-take-back-01-update-companies.csv") == [{"Record ID": "0101", "City": "Leeds"}]
        assert UNDO_BY_HAND not in names_of(package)


def test_a_file_begins_with_a_mark_only_where_the_vendor_wants_it(companies: pa.Table, plan: Made) -> None:
    """Others would read it as a part of the first header."""
    made = plan([update("0101", {"city": "Leeds"}, {"city": "Zürich"})])

    plain, marked = (
        import_files(made, smaller(HUBSPOT, has_bom=has), {"companies": companies}).file("01-update-companies.csv").content
        for has in (False, True)
    )

    assert plain == "Record ID,City\r\n0101,Zürich\r\n".encode()
    assert marked == b"\xef\xbb\xbf" + plain


def test_where_an_empty_cell_may_empty_a_field_no_cell_is_empty(plan: Made) -> None:
    """Changes of different fields are in different files, and so is what takes them back."""
    columns = {"Name": "name", "Phone": "phone", "BillingCity": "city"}
    ids = ("001000000000001AAA", "001000000000002AAA")
    table = PARTY.from_rows(
        party_row({"Id": one, "Name": "Acme", "Phone": "1", "BillingCity": city}, columns, "Id", "accounts")
        for one, city in zip(ids, ("", "York"), strict=True)
    )
    made = [
        operation("update", "crm", "accounts", target_id=one, before=before, after=after)
        for one, before, after in (
            (ids[0], {"phone": "1", "city": None}, {"phone": "2", "city": "Bath"}),
            (ids[1], {"phone": "1", "city": "York"}, {"phone": "3", "city": "Bath"}),
            (ids[0], {"phone": "2"}, {"phone": "4"}),
        )
    ]

    package = import_files(plan(made, "salesforce"), CONNECTORS["salesforce"], {"accounts": table})

    assert all(cell for name in names_of(package) if name.endswith(".csv") for row in rows_of(package, name)
               for header, cell in row.items() if "by-hand" not in name and header)  # fmt: skip
    assert sum(len(rows_of(package, name)) for name in names_of(package) if name[0].isdigit()) == 3
    assert len([name for name in names_of(package) if name.startswith("undo/0")]) >= 3


def test_records_that_are_made_share_a_file_and_are_removed_by_hand(companies: pa.Table, plan: Made) -> None:
    """Their ids are known only afterwards; a cell that has nothing makes nothing."""
    made = plan([
        create("erp/c/1", {"name": "New Ltd", "website": "new.example.com", "phone": None}),
        create("erp/c/2", {"name": "Old Ltd", "website": "old.example.com", "city": "Bath"}),
        create("erp/c/3", {"website": "third.example.com"}),
        create("erp/c/4", {"code": "x"}),
    ])  # fmt: skip

    package = import_files(made, HUBSPOT, {"companies": companies})

    assert rows_of(package, "01-create-companies.csv") == [
        {"Company Domain Name": "new.example.com", "Company name": "New Ltd", "City": ""},
        {"Company Domain Name": "old.example.com", "Company name": "Old Ltd", "City": "Bath"},
        {"Company Domain Name": "third.example.com", "Company name": "", "City": ""},
    ]
    [by_hand] = rows_of(package, BY_HAND)
    assert (by_hand["id"], by_hand["record"], by_hand["after"]) == ("(new)", "x", "code: x")
    assert [line["set back to"] for line in rows_of(package, UNDO_BY_HAND)][1:] == [
        "website: third.example.com",
        "city: Bath\nname: Old Ltd\nwebsite: old.example.com",
        "name: New Ltd\nphone: (empty)\nwebsite: new.example.com",
    ]


def test_a_second_change_of_a_whole_row_builds_on_the_first(plan: Made, companies: pa.Table) -> None:
    """It would else put back what the first changed; after a change by hand nothing is known of the row."""
    table = own_list()
    one = update("0101", {"city": "Leeds"}, {"city": "York"})
    two = update("0101", {"phone": None}, {"phone": "555"}, one)
    gone = archive("0102")
    late = update("0102", {"city": None}, {"city": "York"}, gone)

    package = import_files(plan([one, two, gone, late], "table"), table, {"companies": companies})

    last = rows_of(package, "03-update-companies.csv")
    assert last == [
        {
            "Record ID": "0101",
            "Company name": "Acme Ltd",
            "Phone Number": "555",
            "Street Address": "1 Main St",
            "City": "York",
        }
    ]
    assert [line["why by hand"] for line in rows_of(package, BY_HAND)] == [
        "The product takes no such change from a file.",
        "Another change of the same record is made by hand before.",
    ]
    undo = [rows_of(package, name)[0] for name in names_of(package) if name.startswith("undo/0")]
    assert [(row["City"], row["Phone Number"]) for row in undo] == [("York", ""), ("Leeds", "")]


def own_list() -> Connector:
    """Return a client's own list with the columns of the companies."""
    fields = {"name": Field(("Company name",)), "phone": Field(("Phone Number",)), "city": Field(("City",))}
    stream = Stream("companies", "party", fields, key=("Record ID",))
    return dataclasses.replace(CONNECTORS["table"], streams=(stream,))


def test_a_stream_whose_records_are_not_given_goes_by_hand(plan: Made) -> None:
    """What is made needs none."""
    made = plan([update("0101", {"city": "Leeds"}, {"city": "York"}), create("e/1", {"website": "a.example.com"})])

    package = import_files(made, HUBSPOT, {})

    assert package.by_file == 1
    assert package.reasons == {"The record is not among those that were read from the system.": 1}


def test_a_stream_that_the_connector_has_not_is_a_mistake_of_the_caller(plan: Made, companies: pa.Table) -> None:
    """A described system's streams must have been put into it."""
    made = plan([operation("archive", "crm", "Kunden", target_id="1")])

    with pytest.raises(UnknownNameError):
        import_files(made, HUBSPOT, {"companies": companies})


def test_a_name_that_is_no_files_name_is_made_one(plan: Made, companies: pa.Table) -> None:
    """A client's list may be called anything."""
    stream = Stream("../Kunden \u202e", "party", {"city": Field(("City",))}, key=("Record ID",))
    connector = dataclasses.replace(CONNECTORS["table"], streams=(stream,))
    made = plan(
        [operation("update", "crm", stream.name, target_id="0101", before={"city": "Leeds"}, after={"city": "York"})]
    )

    package = import_files(made, connector, {stream.name: companies})

    assert "01-update-kunden.csv" in names_of(package)


def test_many_references_are_shown_shortened(plan: Made, companies: pa.Table) -> None:
    """Twenty are named; that there are more is said."""
    children = tuple(Child(f"crm/deals/{at:02}", "party_ref") for at in range(23))

    package = import_files(plan([archive("0101", children=children)]), HUBSPOT, {"companies": companies})

    [line] = rows_of(package, BY_HAND)
    assert line["what to do"].endswith("crm/deals/19 (customer or supplier) and 3 more.")
    [line] = rows_of(
        import_files(plan([archive("0101", children=children[:20])]), HUBSPOT, {"companies": companies}), BY_HAND
    )
    assert line["what to do"].endswith("crm/deals/19 (customer or supplier).")


def test_a_file_that_is_not_there_is_no_file(plan: Made, companies: pa.Table) -> None:
    """Asking for it is a mistake."""
    with pytest.raises(KeyError):
        import_files(plan([]), HUBSPOT, {"companies": companies}).file("02.csv")


def test_a_person_reads_amounts_and_names_in_the_list(
    plan: Made, companies: pa.Table, documents: Callable[..., pa.Table]
) -> None:
    """Not the smallest units of a currency, and not an id alone."""
    deals = documents("deals", "deal", {"record_id": "9", "name": "Lobby", "party_name": "ACME"})
    moved = operation("repoint", "crm", "deals", target_id="9", before={"party_ref": "0102"}, after={"party_ref": "0101"})
    paid = operation(
        "update",
        "crm",
        "deals",
        target_id="9",
        before={"paid_minor": None},
        after={"paid_minor": "123456", "party_ref": "77"},
    )
    yen = operation("update", "crm", "deals", target_id="9", before={"paid_minor": "5"}, after={"currency": "XAU"})

    package = import_files(plan([moved, paid, yen]), HUBSPOT, {"companies": companies, "deals": deals}, currency="USD")

    lines = {line["change"] + line["after"][:4]: line for line in rows_of(package, BY_HAND)}
    assert lines["repointcust"]["before"] == "customer or supplier: 0102 (ACME)"
    assert lines["repointcust"]["after"] == "customer or supplier: 0101 (Acme Ltd)"
    assert lines["repointcust"]["record"] == "ACME Lobby"
    assert lines["updatepaid"]["after"] == "paid: 1234.56\ncustomer or supplier: 77"
    assert lines["updatecurr"]["before"] == "paid: 5 in the smallest units"


@pytest.mark.parametrize(("count", "first"), [(99, "01"), (100, "001"), (101, "001")])
def test_names_of_many_files_sort_as_the_steps_do(plan: Made, count: int, first: str) -> None:
    """Whoever imports them goes down the list of the folder."""
    made = plan([create(f"e/{at}", {"website": f"a{at}.example.com"}) for at in range(count)])

    names = [name for name in names_of(import_files(made, smaller(HUBSPOT, max_rows=1), {})) if name[0].isdigit()]

    assert names == sorted(names)
    assert (names[0], names[-1]) == (f"{first}-create-companies.csv", f"{count}-create-companies.csv")


@pytest.mark.parametrize(("count", "first"), [(34, "01"), (49, "01"), (50, "001")])
def test_names_of_what_takes_it_back_sort_too(plan: Made, count: int, first: str) -> None:
    """Each step may be taken back in two, by a file and by hand: the numbers have signs enough for that."""
    ids = [f"{at:03}" for at in range(count)]
    cells = ({"Record ID": one, "Company name": "A", "City": "Leeds"} for one in ids)
    table = PARTY.from_rows(party_row(one, {"Company name": "name", "City": "city"}, "Record ID") for one in cells)
    made = plan([update(one, {"city": "Leeds"}, {"city": "York"}) for one in ids])

    package = import_files(made, smaller(HUBSPOT, max_rows=1), {"companies": table})

    names = [name for name in names_of(package) if name.startswith("undo/")]
    assert len(names) == count
    assert names == sorted(names)
    assert names[0] == f"undo/{first}-take-back-{count}-update-companies.csv"


def test_a_name_of_a_list_is_shortened_in_the_name_of_its_file(plan: Made, companies: pa.Table) -> None:
    """Forty signs of it."""
    stream = Stream("k" * 45, "party", {"city": Field(("City",))}, key=("Record ID",))
    connector = dataclasses.replace(CONNECTORS["table"], streams=(stream,))
    made = plan(
        [operation("update", "crm", stream.name, target_id="0101", before={"city": "Leeds"}, after={"city": "York"})]
    )

    assert f"01-update-{'k' * 40}.csv" in names_of(import_files(made, connector, {stream.name: companies}))


def test_a_new_row_of_a_list_has_the_columns_of_its_first_record(plan: Made) -> None:
    """By id; a list that grew a column has records without it."""
    rows = [{"Record ID": "1", "Company name": "A", "City": "Leeds"}, {"Record ID": "2", "Company name": "B"}]
    table = PARTY.from_rows(party_row(one, {"Company name": "name", "City": "city"}, "Record ID") for one in rows)

    package = import_files(plan([create("e/9", {"name": "C"})], "table"), own_list(), {"companies": table})

    assert rows_of(package, "01-create-companies.csv") == [{"Record ID": "", "Company name": "C", "City": ""}]
