"""Every transform that there is: what a value must fulfil that is carried from one system into another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.audit.scope.handoff_maps import transforms
from toolkit.scoping.transforms._transform import Options, Refused, Transform
from toolkit.settings import FieldMapSettings

NAMES = sorted(transforms())
OPTIONS = Options(home="USD", table={"a": "A", "b": "B"}, form="%d/%m/%Y", separator=" / ")
# Values that a system may hold, fields side by side; the first of each must survive.
VALUES = {
    "as_it_is": [("Köln",), ("=1+1",), ("",)],
    "split_name": [("Ann van der Lee",), ("Cher",), ("Lee, Ann",), ("",)],
    "concatenation": [("Ann", "Lee"), ("Ann", ""), ("A / B", "C"), ("", "")],
    "currency": [("1050", "USD"), ("-1", "JPY"), ("1050", ""), ("", "")],
    "date_format": [("2026-01-31",), ("31.01.",), ("",)],
    "code_lookup": [("a",), ("z",), ("",)],
    "join": [("b",), ("z",), ("",)],
}


@pytest.fixture(params=NAMES)
def transform(request: pytest.FixtureRequest) -> Transform:
    return transforms()[request.param]


def test_its_name_is_that_of_its_file_and_may_be_written(transform: Transform) -> None:
    """Whoever writes it into engagement.yaml finds it, and nothing else is accepted there."""
    assert transforms()[transform.name] is transform
    assert FieldMapSettings(transform=transform.name).transform == transform.name  # type: ignore[arg-type]  # checked here


def test_a_plain_value_survives_the_way_there_and_back(transform: Transform) -> None:
    """What it was made for comes back as it was."""
    values = VALUES[transform.name][0]

    carried = transform.there(values, OPTIONS)

    assert isinstance(carried, tuple)
    assert transform.back(carried, OPTIONS) == values


def test_nothing_stays_nothing(transform: Transform) -> None:
    """An empty field is never filled by the way there."""
    carried = transform.there(VALUES[transform.name][-1], OPTIONS)

    assert isinstance(carried, tuple)
    assert not any(carried)


def test_what_cannot_be_carried_is_refused_with_a_sentence(transform: Transform) -> None:
    """Never a guess, never an error of the machine."""
    for values in VALUES[transform.name]:
        found = transform.there(values, OPTIONS)

        assert isinstance(found, tuple) or found.reason.endswith(".")
        if isinstance(found, tuple):
            assert len(found) == transform.gives
            came_back = transform.back(found, OPTIONS)
            assert isinstance(came_back, Refused) or len(came_back) == len(values)


@settings(max_examples=40, deadline=None)
@given(minor=st.integers(-(10**15), 10**15), code=st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_an_amount_keeps_its_last_digit_in_every_currency(minor: int, code: str) -> None:
    """No rounding where nothing is converted, whatever decimals the currency has."""
    currency = transforms()["currency"]
    carried = currency.there((str(minor), code), OPTIONS)

    assert isinstance(carried, tuple)
    assert currency.back(carried, OPTIONS) == (str(minor), code)
