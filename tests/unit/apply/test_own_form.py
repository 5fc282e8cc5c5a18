"""A client's own list is handed over with its own columns; what a vendor or a bank keeps is not."""

from toolkit.apply.imports.own_form import import_forms, with_own_fields
from toolkit.apply.imports.target_records import TargetRecord
from toolkit.connector import Connector, Field, Stream
from toolkit.connectors import connectors

FIELDS = {
    "name": Field(("Name|Full name", "Title")),
    "company_name": Field(("Name",)),
    "phone": Field(("Phone",), form="labelled_phone"),
    "street": Field(("Street", "Unit"), joined=", "),
    "state": Field(("Status",), values=(("left", "archived"),)),
    "email": Field((), path=("email",)),
    "city": Field(("City",)),
}


def listed(**more: object) -> Stream:
    return Stream("people", "party", FIELDS, **more)  # type: ignore[arg-type]


def test_a_list_has_the_columns_that_are_read_as_they_stand() -> None:
    """Each header once; what is put together or translated while reading is not written back."""
    connector = Connector("list", "List", "other", is_product=False)

    [form] = import_forms(connector, listed(key=("No.|Number",)))

    assert {column.column: column.header for column in form.columns} == {"name": "Name", "city": "City"}
    assert form.follows == (("company_name", ("name",)),)
    assert form.record is not None
    assert (form.record.column, form.record.header) == ("record_id", "No.")
    assert form.choices[0].startswith("Replace each row by the row of the file with the same No.")
    assert (form.rows, form.blank, form.max_rows) == ("whole", "clears", 1_000_000)


def test_a_list_without_one_key_has_rows_to_add_only() -> None:
    """Two columns together name no row for whoever pastes it."""
    connector = Connector("list", "List", "other", is_product=False)

    forms = [import_forms(connector, listed(key=key))[0] for key in ((), ("Firm", "Name"))]

    assert [form.record for form in forms] == [None, None]


def test_what_others_keep_is_handed_over_in_their_form_or_not_at_all() -> None:
    """A product without an import, a system that is asked, and a bank."""
    found = {one.name: one for one in connectors()}

    assert import_forms(found["stripe"], found["stripe"].stream("customers")) == ()
    assert import_forms(found["rest"], listed()) == ()
    assert import_forms(found["bank"], found["bank"].stream("transactions")) == ()
    assert import_forms(found["hubspot"], found["hubspot"].stream("deals")) == found["hubspot"].stream("deals").imports


def test_fields_of_the_clients_own_stand_where_its_export_has_them() -> None:
    """Under the client's header; what is read from one column is written there once; without an export nothing changes."""
    asana = next(one for one in connectors() if one.name == "asana").stream("projects")
    [form] = asana.imports
    sample = TargetRecord({}, {"Task ID": "1", "Name": "a", "Parent task": "", "Client": "Ann", "Contract value": "5"})

    found = with_own_fields(form, [sample], asana.fields)

    assert [(one.column, one.header) for one in found.columns[len(form.columns) :]] == [
        ("party_ref", "Client"), ("amount_minor", "Contract value"),
    ]  # fmt: skip
    assert ("party_name", ("party_ref",)) in found.follows
    # An amount that is written needs its currency.
    assert set(form.left_empty) - set(found.left_empty) == {"party_ref", "party_name", "amount_minor", "currency"}
    assert with_own_fields(form, [], asana.fields) == form
    assert with_own_fields(form, [TargetRecord({}, {})], asana.fields) == form


def test_what_a_list_has_no_column_for_is_left_empty() -> None:
    """Nobody could write it there by hand neither."""
    [form] = import_forms(Connector("list", "List", "other", is_product=False), listed(key=("No.",)))

    assert {"email", "phone", "website"} <= set(form.left_empty)
    assert "currency" not in form.left_empty
    assert not {"name", "city"} & set(form.left_empty)
    # A workbook of texts would put texts where the list has numbers and days.
    assert not form.takes_xlsx
