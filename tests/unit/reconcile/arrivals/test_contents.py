"""What the records themselves tell of how they arrive."""

import pytest

from tests.unit.reconcile.arrivals.conftest import Made
from toolkit.reconcile.arrivals.contents import contents, creator_kind

TIMES = [60.0 * hour for hour in range(4)]


def test_numbers_and_texts_that_were_carried_over_are_counted(arriving: Made) -> None:
    """A number may stand within a longer text; another spelling is not the same text."""
    found = contents(
        arriving(
            TIMES,
            TIMES,
            source={"number": ["D-1", "D-2", "D-3", "D-4"], "name": ["Roof repair", "Terrace", "Pond", "Shop front"]},
            target={
                "description": ["Order D-1 Roof repair", "terrace", "Pond", None],
                "reference": [None, "D-2", None, "X"],
            },
        )
    )

    assert found["carried_numbers"] == (0.5, 4)
    assert found["same_texts"] == (pytest.approx(2 / 3), 3)


def test_a_number_of_two_digits_is_not_found_in_every_text(arriving: Made) -> None:
    """12 stands in 2012 by chance."""
    found = contents(arriving(TIMES, TIMES, source={"number": ["12"] * 4}, target={"description": ["Since 2012"] * 4}))

    assert found["carried_numbers"][0] == 0.0


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zapier", "program"),
        ("svc_crm", "program"),
        ("HubSpot Integration", "program"),
        ("api-user", "program"),
        ("CSV import", "import"),
        ("Data Loader", "import"),
        ("Dana Ortiz", "person"),
        ("apiarist@client.example", "person"),
        ("Abbott", "person"),
    ],
)
def test_a_creators_name_tells_what_it_is(name: str, kind: str) -> None:
    """Whole words only: a beekeeper is no API, and Abbott no bot."""
    assert creator_kind(name) == kind


def test_who_created_records_is_told_where_most_say(arriving: Made) -> None:
    """One name in four would tell of a quarter."""
    of_all = contents(arriving(TIMES, TIMES, target={"created_by": ["Dana", "Owen", "Dana", "API"]}))
    of_one = contents(arriving(TIMES, TIMES, target={"created_by": ["API", None, None, None]}))

    assert of_all["by_program"] == (0.25, 4)
    assert of_all["people"] == (2.0, 4)
    assert "by_program" not in of_one


def test_of_customers_that_no_list_calls_due_nobody_is_missing(arriving: Made) -> None:
    """Then the share that was found would always be all of them."""
    assert "found" not in contents(arriving(TIMES, TIMES, is_of_parties=True))
    assert contents(arriving(TIMES, TIMES, is_of_parties=True, due=8))["found"] == (0.5, 8)


def test_nothing_found_is_measured_as_nothing(arriving: Made) -> None:
    """No share of no items."""
    assert contents(arriving([], [], due=40)) == {"found": (0.0, 40)}
    assert contents(arriving([], [])) == {"found": (0.0, 0)}
