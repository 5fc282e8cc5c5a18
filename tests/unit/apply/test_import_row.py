"""One change as a row of a file, or the reason why it is done by hand."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from toolkit.apply.imports.import_row import ImportRow, ImportWay, changed_row
from toolkit.apply.imports.made_row import made_row
from toolkit.apply.imports.target_records import TargetRecord, TargetRecords
from toolkit.changes import Operation, operation
from toolkit.connector import Field, ImportColumn, ImportForm

FORM = ImportForm(
    name="people",
    actions=("update", "create"),
    place="People.",
    columns=(
        ImportColumn("given_name", "First"),
        ImportColumn("family_name", "Last", max_length=8),
        ImportColumn("email", "Mail", r"\S+@\S+"),
        ImportColumn("street", "Street"),
        ImportColumn("amount_minor", "Budget"),
    ),
    record=ImportColumn("record_id", "Id", r"[0-9]+"),
    follows=(("name", ("given_name", "family_name")),),
    unsaid=("roles",),
    constants=(("Kind", "person"),),
    blank="keeps",
    on_repeat="Nothing.",
    source="2026",
)
FIELDS = {
    "name": Field(("First", "Last"), joined=" "),
    "given_name": Field(("First",)),
    "family_name": Field(("Last",)),
    "email": Field(("Mail", "Other mail")),
    "street": Field(("Street", "Street 2"), joined=", "),
    "amount_minor": Field(("Budget",)),
}


def record(values: Mapping[str, str | None], cells: Mapping[str, str] | None = None) -> TargetRecord:
    return TargetRecord({"record_id": "7", **values}, {} if cells is None else cells)


def way(one: TargetRecord | None = None, form: ImportForm = FORM, **counts: Mapping[str, int]) -> ImportWay:
    found = {} if one is None else {"7": one}
    counts = {"record_id": {"7": 1}, **counts}
    return ImportWay(form, TargetRecords(found, tuple(found.values()), counts), FIELDS, "USD")


def update(before: Mapping[str, str | None], after: Mapping[str, str | None], target: str = "7") -> Operation:
    return operation("update", "crm", "people", target_id=target, before=before, after=after)


def create(after: Mapping[str, str | None]) -> Operation:
    return operation("create", "crm", "people", natural_key="erp/people/1", after=after)


def import_row(one: Operation, how: ImportWay) -> ImportRow | str:
    return made_row(one, how) if one.target_id is None else changed_row(one, how)


def row(found: ImportRow | str) -> ImportRow:
    assert isinstance(found, ImportRow), found
    return found


def test_a_change_has_a_row_and_a_row_that_takes_it_back() -> None:
    """With what names the record and what every row says; the amount as the currency of the system writes it."""
    one = update({"email": "a@x.com", "amount_minor": "500"}, {"email": "b@x.com", "amount_minor": "123456"})

    found = row(import_row(one, way(record({"currency": None}))))

    assert found.cells == {"Id": "7", "Kind": "person", "Mail": "b@x.com", "Budget": "1234.56"}
    assert found.restored == {"Id": "7", "Kind": "person", "Mail": "a@x.com", "Budget": "5.00"}
    assert found.left == ()


def test_a_row_of_the_clients_file_is_put_back_as_it_stood_there() -> None:
    """The address was read from another field, and the amount was written without decimals."""
    cells = {"Mail": "", "Other mail": "a@x.com", "Budget": "5"}
    one = update({"email": "a@x.com", "amount_minor": "500"}, {"email": "b@x.com", "amount_minor": "600"})

    found = row(import_row(one, way(record({}, cells))))

    assert found.restored == {"Id": "7", "Kind": "person", "Budget": "5"}
    assert found.left == ("Empty the email.",)


def test_an_amount_that_the_file_writes_in_another_way_is_put_back_as_the_import_takes_it() -> None:
    """A sign of a currency or a comma would be refused."""
    one = update({"amount_minor": "123456"}, {"amount_minor": "1"})

    found = row(import_row(one, way(record({}, {"Budget": "$1,234.56"}))))

    assert found.restored["Budget"] == "1234.56"


def test_what_was_empty_or_cannot_be_written_is_put_back_by_hand() -> None:
    """An empty cell changes nothing, and a formula is in no file."""
    one = update({"street": "=1+1", "given_name": None}, {"street": "1 Main St", "given_name": "Ann"})

    found = row(import_row(one, way(record({}))))

    assert found.restored == {}
    assert found.left == ("Empty the given name.", "Set the street to what it was before.")


def test_where_an_empty_cell_empties_a_field_it_is_emptied_and_filled_again() -> None:
    """Both are rows then."""
    form = replace(FORM, blank="clears")
    one = update({"street": "1 Main St", "given_name": None}, {"street": None, "given_name": "Ann"})

    found = row(import_row(one, way(record({}), form)))

    assert found.cells == {"Id": "7", "Kind": "person", "Street": "", "First": "Ann"}
    assert found.restored == {"Id": "7", "Kind": "person", "Street": "1 Main St", "First": ""}


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ({"phone": "1"}, "The import has no column for the phone."),
        ({"email": None}, "The import cannot empty a field, and the email is to be empty."),
        ({"email": ""}, "The import cannot empty a field, and the email is to be empty."),
        ({"email": "none"}, "The email is not written as the import needs it."),
        ({"family_name": "Featherstone"}, "The family name is longer than the 8 signs that the import takes."),
        ({"street": "=1+1"}, "The street holds what a spreadsheet would run as a formula."),
        ({"street": "a\x00"}, "The street holds signs that no file can carry."),
        ({"amount_minor": "1.5"}, "The amount is no amount."),
        ({"name": "Ann Lee"}, "The import has no column for the name."),
    ],
)
def test_one_field_that_does_not_fit_puts_the_whole_change_by_hand(after: dict[str, str | None], reason: str) -> None:
    """The reason names the field and what is wrong, not its content."""
    assert import_row(update({}, {"given_name": "Ann", **after}), way(record({"family_name": "Poe"}))) == reason


def test_a_text_may_be_as_long_as_the_import_takes() -> None:
    """And no sign longer."""
    found = [import_row(update({}, {"family_name": "x" * length}), way(record({}))) for length in (8, 9)]

    assert [isinstance(one, ImportRow) for one in found] == [True, False]


def test_a_name_that_the_product_puts_together_is_written_by_its_parts() -> None:
    """The part that does not change is taken from the record."""
    one = update({}, {"name": "Ann Poe", "given_name": "Ann"})

    found = row(import_row(one, way(record({"family_name": "Poe"}))))

    assert found.cells == {"Id": "7", "Kind": "person", "First": "Ann"}


def test_a_field_that_the_product_keeps_in_several_is_not_written_into_one() -> None:
    """The second line of an address would stay, and stand there twice."""
    one = update({"street": "1 Main St, Unit 4"}, {"street": "1 Main Street"})
    reason = "The street stands in several fields of the product."

    assert import_row(one, way(record({}, {"Street": "1 Main St", "Street 2": "Unit 4"}))) == reason
    assert import_row(one, way(record({}))) == reason
    assert row(import_row(one, way(record({}, {"Street": "1 Main St, Unit 4", "Street 2": ""})))).restored
    assert row(import_row(update({"street": None}, {"street": "1 Main St"}), way(record({})))).cells["Street"] == "1 Main St"


def test_a_record_that_was_not_read_is_not_changed_by_a_file() -> None:
    """Nobody knows what would be overwritten."""
    assert import_row(update({}, {"email": "b@x.com"}), way()) == (
        "The record is not among those that were read from the system."
    )


@pytest.mark.parametrize(
    ("values", "counts", "after", "reason"),
    [
        ({"email": None}, {}, {"street": "1"}, "The import finds a record by its email, and this one has none."),
        ({"email": "a@x.com"}, {"a@x.com": 1}, {"email": "b@x.com"},
         "The import finds a record by its email, which is what changes."),
        ({"email": "A@x.com "}, {"a@x.com": 2}, {"street": "1"},
         "The import finds a record by its email, and another record has the same."),
        ({"email": "=a@x.com"}, {"=a@x.com": 1}, {"street": "1"},
         "The email holds what a spreadsheet would run as a formula."),
    ],
)  # fmt: skip
def test_a_record_is_changed_only_where_the_import_finds_it(
    values: dict[str, str | None], counts: dict[str, int], after: dict[str, str | None], reason: str
) -> None:
    """A second record of the same address would be changed in its place."""
    form = replace(FORM, record=ImportColumn("email", "Mail"))

    assert import_row(update({}, after), way(record(values), form, email=counts)) == reason


def test_a_form_that_makes_records_changes_none() -> None:
    """It would make the record a second time."""
    form = replace(FORM, record=None)

    assert import_row(update({}, {"street": "1"}), way(record({}), form)) == "The import makes records and changes none."


def test_what_the_vendor_asks_of_each_row_is_taken_from_the_record() -> None:
    """Where the record has it, and where it can be written."""
    form = replace(FORM, required=("given_name", "email"))
    one = update({"email": "a@x.com"}, {"email": "b@x.com"})

    found = row(import_row(one, way(record({"given_name": "Ann"}), form)))

    assert found.cells == {"Id": "7", "Kind": "person", "First": "Ann", "Mail": "b@x.com"}
    assert found.restored == {"Id": "7", "Kind": "person", "First": "Ann", "Mail": "a@x.com"}
    assert import_row(one, way(record({}), form)) == "The import needs the given name, and the record has none."
    assert import_row(one, way(record({"given_name": "@A"}), form)) == (
        "The given name, which the import needs, holds what a spreadsheet would run as a formula."
    )


def test_a_record_that_is_made_has_what_is_known_and_is_removed_by_hand() -> None:
    """What is empty is not said, nor what the vendor works out itself."""
    one = create({"given_name": "Ann", "name": "Ann", "roles": "contact", "email": None, "amount_minor": "5"})

    found = row(import_row(one, way()))

    assert found.cells == {"First": "Ann", "Budget": "0.05", "Kind": "person"}
    assert found.restored == {}
    assert found.left == ("Remove the record that was made.",)


def test_a_record_is_not_made_without_what_it_needs_or_where_it_is_already() -> None:
    """An import that finds it would change it instead."""
    form = replace(FORM, required=("email",), record=ImportColumn("email", "Mail"))
    one = create({"email": "A@x.com"})

    assert import_row(create({"given_name": "Ann"}), way(form=form)) == "The import needs the email, which is not known."
    assert import_row(one, way(form=form, email={"a@x.com": 1})) == (
        "A record has the same email already, and the import would change that one."
    )
    assert isinstance(import_row(one, way(form=form)), ImportRow)
    assert (
        import_row(create({"email": "A@x.com", "phone": "1"}), way(form=form)) == "The import has no column for the phone."
    )


WHOLE = replace(FORM, rows="whole", constants=(), record=ImportColumn("record_id", "Nr"), follows=())


def test_a_row_of_a_list_is_replaced_only_where_its_key_names_one() -> None:
    """Two rows with one key would both be replaced; a list without a key has no row to replace."""
    one = update({"given_name": "Anne"}, {"given_name": "Ann"})
    there = record({}, {"Nr": "7", "First": "Anne"})

    assert import_row(one, way(there, WHOLE, record_id={"7": 2})) == (
        "The import finds a record by its id, and another record has the same."
    )
    assert import_row(one, way(there, replace(WHOLE, record=None))) == "No one column of the list names a record."


def test_a_whole_row_is_the_clients_own_with_what_changes_in_it() -> None:
    """Columns that we do not know keep their cells and their order; the row as it was takes it back."""
    cells = {"Nr": "7", "Ours": "x", "First": "Anne", "Street": "", "Mail": "", "Other mail": "a@x.com"}
    one = update({"given_name": "Anne", "email": "a@x.com"}, {"given_name": "Ann", "street": "1", "email": "b@x.com"})

    found = row(import_row(one, way(record({}, cells), WHOLE)))

    assert list(found.cells.items()) == [
        ("Nr", "7"), ("Ours", "x"), ("First", "Ann"), ("Street", "1"), ("Mail", ""), ("Other mail", "b@x.com"),
    ]  # fmt: skip
    assert found.restored == cells
    assert found.left == ("Empty the field Street.",)


def test_of_several_columns_that_are_empty_the_first_is_filled() -> None:
    """It is the one that is read first."""
    one = update({"email": None}, {"email": "a@x.com"})

    found = row(import_row(one, way(record({}, {"Nr": "7", "Mail": "", "Other mail": ""}), WHOLE)))

    assert found.cells == {"Nr": "7", "Mail": "a@x.com", "Other mail": ""}


def test_a_whole_row_that_only_fills_what_was_empty_is_emptied_by_hand_or_replaced() -> None:
    """Where an empty cell empties a field, the row as it was does it."""
    one = update({"street": None}, {"street": "1"})
    there = record({}, {"Nr": "7", "Street": ""})

    by_hand, replaced = (row(import_row(one, way(there, replace(WHOLE, blank=blank)))) for blank in ("unknown", "clears"))

    assert (by_hand.restored, by_hand.left) == ({}, ("Empty the field Street.",))
    assert (replaced.restored, replaced.left) == ({"Nr": "7", "Street": ""}, ())


def test_a_whole_row_needs_the_clients_row_its_column_and_no_formula_in_it() -> None:
    """A cell that nobody changes is written too."""
    one = update({"given_name": "Anne"}, {"given_name": "Ann"})

    assert import_row(one, way(record({}), WHOLE)) == (
        "The import needs the whole row of the exported file, which is not known."
    )
    assert import_row(one, way(record({}, {"Nr": "7"}), WHOLE)) == "The list has no column for the given name."
    assert import_row(one, way(record({}, {"Nr": "7", "First": "Anne", "Ours": "@x"}), WHOLE)) == (
        "The row holds what a spreadsheet would run as a formula."
    )


@pytest.mark.parametrize(("cell", "is_ours"), [("5.00", True), ("5,00", False), ("", False)])
def test_a_list_that_writes_amounts_in_another_way_is_left_to_its_owner(cell: str, is_ours: bool) -> None:  # noqa: FBT001
    """An amount with a point would be another amount where a comma is meant."""
    one = update({"amount_minor": "500"}, {"amount_minor": "600"})
    there = record({"amount_minor": "500"}, {"Nr": "7", "Budget": cell})

    found = import_row(one, way(there, WHOLE))

    assert isinstance(found, ImportRow) is is_ours
    assert is_ours or found == "The list writes the amount in a way of its own."


def test_a_new_row_of_a_list_has_the_columns_that_the_list_has() -> None:
    """Of a list without rows, those that its description names."""
    one = create({"given_name": "Ann"})
    there = record({}, {"Nr": "7", "Ours": "x", "First": "Anne"})

    assert row(import_row(one, way(there, WHOLE))).cells == {"Nr": "", "Ours": "", "First": "Ann"}
    assert row(import_row(one, way(form=WHOLE))).cells == {"First": "Ann"}
    assert import_row(create({"street": "1"}), way(there, WHOLE)) == "The list has no column for the street."


def test_the_currency_of_a_change_goes_before_that_of_the_record() -> None:
    """And that of the record before that of the system."""
    there = record({"currency": "JPY"})
    yen = import_row(update({}, {"amount_minor": "500"}), way(there))
    form = replace(FORM, columns=(*FORM.columns, ImportColumn("currency", "Currency")))
    dinar = import_row(update({}, {"amount_minor": "500", "currency": "BHD"}), way(there, form))

    assert row(yen).cells["Budget"] == "500"
    assert row(dinar).cells["Budget"] == "0.500"


def test_what_no_file_can_carry_is_put_back_by_hand() -> None:
    """Half of a sign, in the client's row."""
    one = update({"street": "?"}, {"street": "1 Main St"})

    found = row(import_row(one, way(record({}, {"Street": "\ud800"}))))

    assert found.left == ("Set the street to what it was before.",)


def test_the_row_of_a_file_is_told_from_the_answer_of_an_interface() -> None:
    """Only the first has headers."""
    assert json.loads('{"Id":"7"}') == {"Id": "7"}
    assert record({}, {"*First ": "Ann"}).header("first") == "*First "
    assert record({}).header("First") is None
