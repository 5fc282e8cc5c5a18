"""A record is changed once, whatever rules ask for it, and not where they contradict each other."""

import random

from toolkit.changes import LeftOut
from toolkit.changes.operation import field_hash
from toolkit.plan.updates import CONTRADICTING, FIELD, KEYED, Update, updates_of

KEY = "crm/companies/7"


def _update(
    before: dict[str, str | None], after: dict[str, str | None], source: str = "ledger/c/1", **facts: object
) -> Update:
    return Update(KEY, before, after, **{"reason": "said so", "from_key": source, "cluster_id": "g", **facts})


def test_several_rules_make_one_change_of_a_record() -> None:
    """With each reason once, and a condition over the touched fields."""
    one = _update({"phone": "1"}, {"phone": "2"}, probability=0.99999)
    two = _update({"city": None}, {"city": "Bonn"}, "shop/c/2", reason="moved", probability=0.95)

    [made], left_out = updates_of([two, one])

    assert (made.action, made.stream, made.target_id, left_out) == ("update", "companies", "7", ())
    assert (made.before, made.after) == ({"city": None, "phone": "1"}, {"city": "Bonn", "phone": "2"})
    assert made.precondition == field_hash({"city": None, "phone": "1"})
    assert made.evidence.reasons == ("said so", "moved")
    assert (made.evidence.cluster_id, made.evidence.from_key, made.evidence.probability) == ("g", "ledger/c/1", "0.9500")
    assert made.reversibility == "R0"


def test_reasons_stand_in_one_order_whatever_order_the_rules_ran_in() -> None:
    """Two of one source: the same plan comes out."""
    one = _update({"phone": "1"}, {"phone": "2"}, reason="a typo")
    two = _update({"city": None}, {"city": "Bonn"}, reason="moved")

    for found in ([one, two], [two, one]):
        assert updates_of(found)[0][0].evidence.reasons == ("a typo", "moved")


def test_a_field_that_holds_its_value_is_not_touched() -> None:
    """Nothing to do is no change."""
    assert updates_of([_update({"phone": "1"}, {"phone": "1"})]) == ((), ())


def test_rules_that_contradict_each_other_change_nothing_of_the_field() -> None:
    """The record's other fields change; two that say the same agree."""
    rows = [
        _update({"phone": "1"}, {"phone": "2"}),
        _update({"phone": "1", "city": None}, {"phone": "3", "city": "Bonn"}, "shop/c/2"),
        _update({"city": None}, {"city": "Bonn"}, "shop/c/3"),
    ]
    random.Random(3).shuffle(rows)

    [made], left_out = updates_of(rows)

    assert made.after == {"city": "Bonn"}
    assert left_out == (LeftOut(FIELD, (KEY, "ledger/c/1", "shop/c/2", "shop/c/3"), CONTRADICTING),)
    assert made.evidence.from_key == "shop/c/2"


def test_a_value_that_is_the_records_own_id_is_not_written() -> None:
    """An import would take the new name for another customer; what does not hang on the name is changed."""
    named = Update(
        "ledger/customers/Acme", {"name": "Acme", "company_name": "Acme", "phone": None},
        {"name": "Acme Inc", "company_name": "Acme Inc", "phone": "1"}, "said so", "crm/c/1",
    )  # fmt: skip
    only_name = named._replace(before={"name": "Acme"}, after={"name": "Acme Inc"})

    [made], left_out = updates_of([named])

    assert made.after == {"phone": "1"}
    assert left_out == (LeftOut(FIELD, ("crm/c/1", "ledger/customers/Acme"), KEYED),)
    assert updates_of([only_name]) == ((), left_out)


def test_ids_with_slashes_are_kept_whole() -> None:
    """As the client's system writes them."""
    [made], _ = updates_of([Update("crm/companies/a/b", {"phone": None}, {"phone": "1"}, "said so", "ledger/c/1")])

    assert made.target_id == "a/b"
