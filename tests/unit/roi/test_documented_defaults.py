"""The page of the business case says what the code assumes."""

from pathlib import Path

from toolkit.roi.default_list import default_list

PAGE = Path(__file__).resolve().parents[3] / "docs/business-case.md"


def test_every_default_stands_on_the_page_with_its_value_range_unit_and_basis() -> None:
    """A changed default changes its row."""
    text = PAGE.read_text(encoding="utf-8")

    for one in default_list():
        if one.range:
            row = f"| `{one.name}` | {one.value} | {one.range} | {one.unit} | {one.basis} |"
        elif one.value == "follows":
            row = f"| `{one.name}` | {one.basis} |"
        else:
            row = f"| `{one.name}` | {one.unit} | {one.basis} |"
        assert row in text, one.name


def test_the_page_names_no_default_that_is_gone() -> None:
    """As many rows as defaults."""
    table_of_defaults = PAGE.read_text(encoding="utf-8").partition("### Defaults that count")[2]

    assert table_of_defaults.count("\n| `") == len(default_list())
