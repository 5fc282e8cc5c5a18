"""New parties of one name that are asked for in one plan."""

from toolkit.changes import Operation, operation
from toolkit.plan.namesakes import without_namesakes
from toolkit.plan.planned import Planned


def entered(number: int, **after: str) -> Operation:
    return operation("create", "shop", "customers", natural_key=f"crm/people/{number}", after=dict(after))


def kept(*planned: Operation) -> tuple[int, int]:
    """Return how many are still entered, and how many are left out."""
    keys = frozenset(f"crm/people/{number}" for number in range(len(planned)))
    found = without_namesakes(Planned(planned, ()), keys)
    return len(found.operations), len(found.left_out)


def test_persons_are_told_apart_by_the_parts_of_their_names() -> None:
    """A system that is written by given and family name is sent no whole one."""
    ann, bob = {"given_name": "Ann", "family_name": "Berg"}, {"given_name": "Bob", "family_name": "Berg"}

    assert kept(entered(0, **ann), entered(1, **bob)) == (2, 0)
    assert kept(entered(0, **ann), entered(1, **bob), entered(2, **ann)) == (1, 2)
    assert kept(entered(0, **ann), entered(1, name="ann berg")) == (0, 2)


def test_who_has_no_name_is_no_namesake() -> None:
    """Two addresses of mail are two."""
    assert kept(entered(0, email="a@x.example"), entered(1, email="b@x.example")) == (2, 0)
