"""Systems, informal ones too, with what is not known of them."""

import pytest

from toolkit.landscape.systems import CATEGORIES, System, completeness, overlaps, unknown_categories


def test_three_blanks_of_seventy_five_are_96_percent() -> None:
    """What goes in, what comes out and who is responsible are asked of each of 25 systems."""
    systems = [System(f"s{at}", category="crm", owner="Jo", data_in="a", data_out="b") for at in range(24)]
    systems.append(System("blank", category="crm"))

    assert completeness(systems).share == pytest.approx(0.96)
    assert completeness(systems).missing == {"blank": ("what goes in", "what comes out", "who is responsible")}


def test_a_sheet_must_name_the_process_it_serves() -> None:
    """An informal tool without a purpose cannot be replaced."""
    sheet = System("log", category="sheet", owner="Jo", data_in="a", data_out="b")

    assert completeness([sheet]).missing == {"log": ("which process it serves",)}


def test_an_unknown_category_is_reported_not_guessed() -> None:
    """All fourteen usual categories are known; any other is asked about."""
    assert len(CATEGORIES) >= 14
    assert unknown_categories([System("a", category="crm"), System("b", category="CRM-ish")]) == ("b",)


def test_two_systems_of_one_category_overlap() -> None:
    """Two CRMs are one overlap; two sheets are not."""
    systems = [
        System("a", category="crm"),
        System("b", category="crm"),
        System("c", category="sheet"),
        System("d", category="sheet"),
    ]

    assert overlaps(systems) == {"crm": ("a", "b")}
