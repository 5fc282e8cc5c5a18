"""What a native connector carries, by field and direction."""

import math

import pytest

from toolkit.scoping.approach.coverage import FieldNeed, native_coverage

BOTH = ("there", "back")


def test_a_one_way_connector_loses_the_way_back() -> None:
    """Four fields carried there; the paid status must also return."""
    fields = [FieldNeed(name, handled=("there",)) for name in ("number", "amount", "customer")]
    fields.append(FieldNeed("paid status", needed=BOTH, handled=("there",)))

    found = native_coverage(fields)

    assert found.share == pytest.approx(4 / 5)
    assert found.lost == (("paid status", "back"),)
    assert not found.must_have_missing


def test_a_field_that_weighs_more_counts_more() -> None:
    """The amount weighs as much as three others."""
    found = native_coverage([FieldNeed("amount", weight=3.0, handled=("there",)), FieldNeed("memo")])

    assert found.share == pytest.approx(0.75)


def test_a_must_have_that_is_lost_in_one_direction_is_missing() -> None:
    """Carried there alone it does not do what it must."""
    found = native_coverage([FieldNeed("tax number", needed=BOTH, handled=("there",), is_must_have=True)])

    assert found.must_have_missing
    assert found.lost_must_haves == (("tax number", "back"),)


def test_a_direction_that_nobody_needs_is_no_gain() -> None:
    """What the connector can do beyond the need does not make up for what it cannot."""
    found = native_coverage([FieldNeed("amount", handled=BOTH), FieldNeed("customer", handled=("back",))])

    assert found.share == pytest.approx(0.5)


def test_without_a_field_map_nothing_is_known() -> None:
    """Null, neither nothing nor all."""
    assert native_coverage([]).share is None


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"name": " "}, "name"),
        ({"needed": ()}, "needed in a direction"),
        ({"handled": ("left",)}, "no direction"),
        ({"weight": 0.0}, "above 0"),
        ({"weight": -1.0}, "above 0"),
        ({"weight": math.nan}, "above 0"),
    ],
)
def test_a_field_that_cannot_be_is_refused(wrong: dict[str, object], match: str) -> None:
    """With its name and what would be right."""
    with pytest.raises(ValueError, match=match):
        FieldNeed(**{"name": "amount", **wrong})


def test_a_field_that_stands_there_twice_is_refused() -> None:
    """It would count twice."""
    with pytest.raises(ValueError, match="'amount' stands twice"):
        native_coverage([FieldNeed("amount"), FieldNeed("amount")])
