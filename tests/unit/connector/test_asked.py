"""A stream has one list of fields with two spellings: headers of an export, paths of the interface."""

from toolkit.connector import Field, Point, Reading, Stream, asked_stream

DEALS = Stream(
    "deals",
    "deal",
    {
        "name": Field(("Deal Name",), path=("properties.dealname",)),
        "created_at": Field(("Create Date",), pattern="%m/%d/%Y", path=("createdAt",)),
        "amount_minor": Field(("Amount",), path=("properties.cents",), path_form="hundredths"),
        "status": Field(("Deal Stage",)),
    },
    key=("Record ID",),
    path_key=("id",),
    readings=(Reading("/deals", records="results"),),
)


def test_an_interface_fills_the_same_columns_as_an_export() -> None:
    """The columns are the same, what stands for them is not: no connector is written twice."""
    asked = asked_stream(DEALS)

    assert asked.key == ("id",)
    assert {name: field.headers for name, field in asked.fields.items()} == {
        "name": ("properties.dealname",),
        "created_at": ("createdAt",),
        "amount_minor": ("properties.cents",),
    }


def test_what_an_interface_writes_otherwise_is_read_otherwise() -> None:
    """An export's pattern of dates is not laid upon the interface's, and cents are read as cents there only."""
    asked = asked_stream(DEALS)

    assert asked.fields["created_at"].pattern == ""
    assert asked.fields["amount_minor"].form == "hundredths"
    assert DEALS.fields["amount_minor"].form == ""


def test_a_field_that_only_an_export_has_is_in_no_answer() -> None:
    """It is left out, and so is a further telephone number that the interface does not give."""
    stream = Stream(
        "people",
        "party",
        {"name": Field(("Name",), path=("name",))},
        points=(Point("phone", "fax", Field(("Fax",))), Point("phone", "mobile", Field(("Mobile",), path=("mobile",)))),
    )

    assert [one.label for one in asked_stream(stream).points] == ["mobile"]
