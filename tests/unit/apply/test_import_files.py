"""A plan as files in a vendor's own import format: nothing lost, in order, and a way back."""

import csv
import io
from collections.abc import Callable

import pyarrow as pa

from toolkit.apply.import_files import BY_HAND, MANIFEST, READ_ME, UNDO_BY_HAND, ImportPackage, import_files
from toolkit.changes import Child, Operation, Plan, operation
from toolkit.connectors import connectors

CONNECTORS = {one.name: one for one in connectors()}
Made = Callable[..., Plan]


def rows_of(package: ImportPackage, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.file(name).content.decode("utf-8-sig"))))


def update(record: str, before: dict[str, str | None], after: dict[str, str | None], **more: object) -> Operation:
    return operation("update", "crm", "companies", target_id=record, before=before, after=after, **more)  # type: ignore[arg-type]


def archive(record: str, *after: Operation, children: tuple[Child, ...] = ()) -> Operation:
    needed = tuple(one.op_id for one in after)
    return operation("archive", "crm", "companies", target_id=record, depends_on=needed, children=children)


def test_a_cleanup_is_a_file_to_import_then_a_list_to_work_through(companies: pa.Table, plan: Made) -> None:
    """What the vendor's import can do is in a numbered file; what it cannot is done by hand afterwards, in words."""
    phone = update("0101", {"phone": None, "city": "Leeds"}, {"phone": "+44 113 496 0000", "city": "York"})
    gone = archive("0102", phone, children=(Child("crm/contacts/7", "parent_ref"),))

    package = import_files(plan([gone, phone]), CONNECTORS["hubspot"], {"companies": companies})

    assert [one.name for one in package.files] == [
        MANIFEST,
        READ_ME,
        "01-update-companies.csv",
        BY_HAND,
        UNDO_BY_HAND,
        "undo/02-take-back-01-update-companies.csv",
    ]
    assert rows_of(package, "01-update-companies.csv") == [
        {"Record ID": "0101", "Phone Number": "+44 113 496 0000", "City": "York"}
    ]
    [line] = rows_of(package, BY_HAND)
    assert line["step"] == "2"
    assert line["id"] == "0102"
    assert line["record"] == "ACME"
    assert "keeps it for 90 days" in line["what to do"]
    assert "crm/contacts/7 (company)" in line["what to do"]
    assert line["why by hand"] == "The product takes no such change from a file."
    assert (package.by_file, package.by_hand) == (1, 1)
