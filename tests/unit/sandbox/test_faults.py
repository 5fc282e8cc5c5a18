"""What may go wrong on the way, in an order that is the same every time."""

from itertools import pairwise

from tests.sandbox_systems import ask, machine, people
from toolkit.sandbox.faults import KINDS, FaultPlan


def faults(count: int, seed: int = 11) -> list[str]:
    """Return what goes wrong with each of so many requests; empty for nothing."""
    plan = FaultPlan(seed)
    return [plan.fault() or "" for _ in range(count)]


def test_the_order_is_the_same_every_time() -> None:
    """Who rehearses twice meets the same faults."""
    assert faults(200) == faults(200)
    assert faults(200, seed=12) != faults(200)


def test_every_kind_comes_and_never_two_in_a_row() -> None:
    """What is repeated passes the next time."""
    found = faults(100)

    assert set(found) == {"", *KINDS}
    assert not any(one and other for one, other in pairwise(found))


def test_without_faults_nothing_goes_wrong() -> None:
    """And with them the data is the same."""
    calm, rough = machine(people(9)), machine(people(9))
    rough.faults = FaultPlan()

    whole = [ask(calm, "/v3/people").body for _ in range(30)]
    given = [ask(rough, "/v3/people") for _ in range(30)]

    assert {one.status for one in given} == {200, 429, 503}
    assert [one.body["results"] for one in given if one.status == 200 and one.cut is None] == [
        one["results"] for one in whole[: sum(one.status == 200 and one.cut is None for one in given)]
    ]
    assert any(one.cut for one in given)
    assert any(one.wait_s for one in given)
    assert all(one.headers["Retry-After"] == "1" for one in given if one.status == 429)


def test_only_a_token_that_can_be_renewed_expires() -> None:
    """A key that a person made stays good."""
    one = machine(people(9))
    one.faults = FaultPlan()

    assert all(ask(one, "/v3/people").status != 401 for _ in range(60))
