"""Changes to the text of a cell."""

import pyarrow as pa
import pytest

from toolkit.connector import Field, Stream
from toolkit.errors import UnknownNameError
from toolkit.files.canonical import canonical_stream
from toolkit.files.cell_transforms import joined, shaped, trimmed
from toolkit.files.raw import RawTable
from toolkit.tables import QUARANTINE


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("block_street", "12 Main St\nSuite 4\nChicago, IL 60601", "12 Main St, Suite 4"),
        ("block_city", "12 Main St, Chicago, IL 60601 USA", "Chicago"),
        ("block_region", "12 Main St, Chicago, IL 60601-1234", "IL"),
        ("block_postcode", "1 High St\nLeeds\nLS1 4AB", "LS1 4AB"),
        ("block_street", "Somewhere\nover the rainbow", "Somewhere\nover the rainbow"),
        ("block_city", "Somewhere\nover the rainbow", None),
        ("block_city", "Chicago", "Chicago"),
        ("block_postcode", "60601-1234", "60601-1234"),
        ("block_postcode", "D02 X285", "D02 X285"),
        ("block_postcode", "Lehrte", None),
        ("block_postcode", "12 High Street", None),
        ("labelled_phone", "Mobile:312 Phone:773", "773"),
        ("labelled_mobile", "Mobile:312 Phone:773", "312"),
        ("labelled_mobile", "555-0100", None),
        ("labelled_phone", "555-0100", "555-0100"),
        ("salesforce_id", "001D000000IRFma", "001D000000IRFmaIAH"),
        ("salesforce_id", "Acme Ltd", "Acme Ltd"),
        ("first_listed", "12; 13", "12"),
        ("person_name", "Smith, John", "John Smith"),
        ("person_name", "John Smith, Jr.", "John Smith, Jr."),
        ("undeleted", "Acme (deleted)", "Acme"),
        ("parent_part", "A:B:C", "A:B"),
        ("parent_part", "A", None),
    ],
)
def test_a_form_changes_what_it_knows_and_leaves_the_rest(form: str, text: str, expected: str | None) -> None:
    """A cell without the shape keeps its text, or is empty where a part was asked for."""
    assert shaped(pa.array([text, None]), form).to_pylist() == [expected, None]


def test_an_unknown_form_names_the_nearest() -> None:
    """A typing error in a connector is found at once."""
    with pytest.raises(UnknownNameError, match="Did you mean 'undeleted'"):
        shaped(pa.array(["a"]), "undelete")


def test_a_long_address_does_not_keep_the_pattern_busy() -> None:
    """Ten thousand commas are no address."""
    text = "a, " * 10_000

    assert shaped(pa.array([text]), "block_street").to_pylist() == [text]


def test_columns_without_any_value_join_to_nothing() -> None:
    """Every row is still there."""
    assert joined([pa.nulls(2, pa.string()), pa.nulls(2, pa.string())], " ").to_pylist() == [None, None]


def test_blanks_of_every_kind_are_trimmed() -> None:
    """No-break spaces and byte-order marks count as blanks."""
    assert trimmed(pa.array(["\ufeff\u00a0 a b \t", "\u202f"])).to_pylist() == ["a b", None]


@pytest.mark.parametrize(
    ("key", "typed", "alt_ids"),
    [
        (("Id",), "001D000000IRFma", ["001D000000IRFma"]),
        (("Id",), "001D000000IRFmaIAH", None),
        (("Id", "Name"), "001D000000IRFma", None),
    ],
)
def test_an_id_that_is_written_in_another_form_is_kept_beside_it(
    key: tuple[str, ...], typed: str, alt_ids: list[str] | None
) -> None:
    """Other files may know the record by it; a part of an id names nothing."""
    people = Stream("people", "party", {"name": Field(("Name",))}, key=key, key_form="salesforce_id", identifying=("name",))
    rows = pa.table({"line": [2], "c0": [typed], "c1": ["Acme"]})
    raw = RawTable("a.csv", "", ("Id", "Name"), rows, QUARANTINE.empty(), 1, 1)

    [record] = canonical_stream([raw], people, system="crm").table().to_pylist()

    assert record["record_id"].split("|")[0] == "001D000000IRFmaIAH"
    assert record["alt_ids"] == alt_ids
