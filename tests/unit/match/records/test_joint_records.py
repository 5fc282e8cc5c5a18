"""Several files in one table: columns by header and kind, records by file and id."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from toolkit.errors import InputError, TableError, UnknownNameError
from toolkit.match.records.aligned_columns import _free_name
from toolkit.match.records.joint_records import JointRecords, joint_records

CRM = pa.table(
    {
        "Id": ["1", "2"],
        "Company": ["Acme Widgets Ltd", "Zorro LLC"],
        "E-mail": ["jo@acme.com", "z@zorro.com"],
        "Phone": ["312 644 2671", "415 555 2671"],
        "Mobile": ["773 201 4410", None],
    }
)
LEDGER = pa.table(
    {
        "Code": ["1", "9"],
        "Vendor": ["Acme Widgets", "Blue Harbor Inc"],
        "e_mail": ["jo@acme.com", "x@blue.com"],
        "Tel": ["3126442671", None],
        "Cell": [None, "773 201 4410"],
        "VAT": ["GB123456789", "GB987654321"],
    }
)
KINDS = {
    "Company": "company", "Vendor": "company", "E-mail": "email", "e_mail": "email", "Phone": "phone", "Mobile": "phone",
    "Tel": "phone", "Cell": "phone", "VAT": "tax_id",
}  # fmt: skip
RECOGNISED = {column: (kind, "Seen.") for column, kind in KINDS.items()}


def records(tables: Mapping[str, pa.Table], **options: Any) -> JointRecords:
    """Return the records of files whose columns are recognised by ``KINDS``."""
    return joint_records(tables, recognised=dict.fromkeys(tables, RECOGNISED), **options)


def fields(joint: JointRecords) -> dict[str, str]:
    """Return the label of each compared field and its kind."""
    return {field.label: field.kind for field in joint.fields if field.name in joint.compared}


def test_columns_are_put_together_by_header_and_then_by_kind() -> None:
    """Vendor holds what Company holds; the first phone goes with the first, the second with the second."""
    joint = records({"crm.csv": CRM, "ledger.csv": LEDGER})

    assert fields(joint) == {
        "Company / Vendor": "company",
        "E-mail / e_mail": "email",
        "Phone / Tel": "phone",
        "Mobile / Cell": "phone",
        "VAT": "tax_id",
    }


def test_ids_of_two_files_may_be_the_same() -> None:
    """Record 1 of the CRM and record 1 of the ledger are two records, and both leave as 1."""
    joint = records({"crm.csv": CRM, "ledger.csv": LEDGER})
    keys = joint.records["record_key"]

    assert len(set(keys.to_pylist())) == 4
    assert joint.ids(keys).to_pylist() == ["1", "2", "1", "9"]
    assert joint.file_names(keys).to_pylist() == ["crm.csv", "crm.csv", "ledger.csv", "ledger.csv"]
    assert joint.words(keys[2].as_py()) == "'1' (ledger.csv)"


def test_more_than_nine_files_keep_their_order() -> None:
    """Keys sort by file."""
    joint = records({f"{n}.csv": CRM for n in range(11)})

    keys = joint.records["record_key"].to_pylist()
    assert keys == sorted(keys)
    assert joint.file_names(joint.records["record_key"]).to_pylist()[-1] == "10.csv"


def test_an_id_may_hold_any_character() -> None:
    """Slashes, blanks and other scripts come back verbatim."""
    odd = pa.table({"Id": ["a/b/c", " 0017", "東京\x00"], "Company": ["Acme", "Zorro", "Blue"]})

    joint = records({"odd.csv": odd})

    assert joint.ids(joint.records["record_key"]).to_pylist() == ["a/b/c", " 0017", "東京\x00"]


def test_a_told_kind_holds_in_whichever_file_the_column_is() -> None:
    """The column of the second file can be told too."""
    joint = records({"crm.csv": CRM, "ledger.csv": LEDGER}, kinds={"VAT": "identifier"})

    assert fields(joint)["VAT"] == "identifier"
    assert joint.warnings == ()


def test_a_told_kind_that_fits_no_value_is_warned_about() -> None:
    """It is obeyed all the same."""
    joint = records({"crm.csv": CRM}, kinds={"Company": "phone"})

    assert fields(joint)["Company"] == "phone"
    assert joint.warnings == ("Column 'Company' was given the kind 'phone', but none of its values looks like it.",)


def test_a_column_of_a_reserved_name_is_compared_under_another() -> None:
    """A client's column may be called kind or system."""
    table = pa.table({"system": ["Acme Widgets", "Zorro"], "kind": ["312 644 2671", "415 555 2671"]})

    joint = records({"odd.csv": table}, kinds={"system": "company", "kind": "phone"})

    assert sorted(joint.compared) == ["kind (2)", "system (2)"]
    assert joint.records["system"].to_pylist() == ["1", "1"]


def test_repeated_ids_are_refused_and_named() -> None:
    """The error carries them with their counts."""
    table = pa.table({"Id": ["1", "1", "2", "2", "3"], "Company": list("abcde")})

    with pytest.raises(TableError, match="2 ids occur more than once \\('1', '2'\\)") as caught:
        records({"x.csv": table}, id_columns=["Id"])

    assert caught.value.failing_rows == ({"Id": "1", "count": 2}, {"Id": "2", "count": 2})


def test_empty_ids_are_refused() -> None:
    """A blank names nobody."""
    with pytest.raises(TableError, match="empty in 1 of 2 rows"):
        records({"x.csv": pa.table({"Id": ["1", " "], "Company": ["a", "b"]})}, id_columns=["Id"])


def test_each_file_may_have_an_id_column_of_its_own() -> None:
    """The first told column that a file has names its records; one that no file has is a mistake."""
    joint = records({"crm.csv": CRM, "ledger.csv": LEDGER}, id_columns=["Code", "Id"])

    assert joint.naming == {"crm.csv": "Column 'Id'.", "ledger.csv": "Column 'Code'."}
    with pytest.raises(UnknownNameError, match="Did you mean 'Code'"):
        records({"crm.csv": CRM, "ledger.csv": LEDGER}, id_columns=["Cod"])


def test_tables_without_a_value_are_refused() -> None:
    """All fields missing: the message says how to go on."""
    with pytest.raises(InputError, match="Name one"):
        joint_records({"x.csv": pa.table({"Company": pa.array([None, None], pa.string())})})
    with pytest.raises(InputError, match="at least one"):
        records({})


def test_a_likely_id_names_records_where_it_is_unique() -> None:
    """What repeats does not, and is said to."""
    table = pa.table({"Name": ["Acme", "Zorro"], "Ref": ["7", "8"], "Group": ["a", "a"]})

    assert records({"x.csv": table}, likely_ids={"x.csv": ["Ref"]}, kinds={"Name": "company"}).naming == {
        "x.csv": "Column 'Ref': it differs from record to record."
    }
    assert records({"x.csv": table}, likely_ids={"x.csv": ["Group"]}, kinds={"Name": "company"}).naming == {
        "x.csv": "Column 'Name': the first in which every value is different. "
        "'Group' seems to name the records, but repeats in 1 rows."
    }


def test_columns_of_one_header_that_hold_different_things_are_two_fields() -> None:
    """A state of the union in one file is a state of affairs in another; names of persons and companies go together."""
    crm = pa.table({"Id": ["1", "2"], "State": ["NY", "CA"], "Name": ["Al Bo", "Ed Fox"]})
    shop = pa.table({"Id": ["1", "2"], "State": ["open", "paid"], "Name": ["Acme Ltd", "Zorro LLC"]})
    known = {
        "crm.csv": {"State": ("region", "Seen."), "Name": ("person", "Seen.")},
        "shop.csv": {"State": ("text", "Seen."), "Name": ("company", "Seen.")},
    }

    joint = joint_records({"crm.csv": crm, "shop.csv": shop}, recognised=known)

    assert joint.compared == {"State": "region", "State (2)": "text", "Name": "name"}
    assert joint.records["State"].to_pylist() == ["NY", "CA", None, None]


def test_a_column_of_which_nothing_is_known_takes_no_part() -> None:
    """Matching reads no headers: what a column is, it is told."""
    joint = joint_records({"crm.csv": CRM}, kinds={"Company": "company"})

    assert joint.compared == {"Company": "company"}
    assert {field.reason for field in joint.fields if field.kind == "none"} == {"Nothing is known of it."}


def test_a_product_code_that_names_records_is_compared_between_files() -> None:
    """Within one file it tells nothing; in two it means the same thing."""
    shop = pa.table({"Sku": ["A1", "B2"], "Title": ["Red brick", "Blue house"]})
    recognised = {"Sku": ("product_code", "Seen."), "Title": ("text", "Seen.")}

    one, two = (
        joint_records(tables, recognised=dict.fromkeys(tables, recognised), id_columns=["Sku"])
        for tables in ({"a.csv": shop}, {"a.csv": shop, "b.csv": shop})
    )

    assert fields(one) == {"Title": "title"}
    assert fields(two) == {"Sku": "product_code", "Title": "title"}


def test_columns_of_one_name_are_numbered_from_two_on() -> None:
    """One after the other, also where the name is reserved."""
    table = pa.table({"Tel": ["312 644 2671"], "tel": ["415 555 2671"], "TEL": ["773 201 4410"], "system": ["Acme"]})
    twice = joint_records({"a.csv": table, "b.csv": table}, kinds=dict.fromkeys(("Tel", "tel", "TEL"), "phone"))

    assert len(twice.fields) == 4
    assert _free_name("Tel", {"Tel": twice.fields[0], "Tel (2)": twice.fields[0]}) == "Tel (3)"
    assert _free_name("system", {}) == "system (2)"
