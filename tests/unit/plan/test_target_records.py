"""Changes of the fields of a record become one update, as sure as the least sure of them."""

from tests.cleanup_records import party
from toolkit.plan.target_records import Change, TargetRecords, updates
from toolkit.tables import PARTY

KEY = "crm/companies/1"


def records() -> TargetRecords:
    """Return one company."""
    return TargetRecords.of("crm", PARTY.from_rows([party(KEY, name="Acme", phone="1", city="Ulm")]))


def test_an_update_is_as_sure_as_the_least_sure_of_its_fields() -> None:
    """What is only written otherwise is no guess at all."""
    sure, less = (Change(0, "phone", "2", ("a",), "crm/companies/9", "k-2", "0.9900"),
                  Change(0, "city", "Bonn", ("b",), "crm/companies/9", "k-1", "0.9500"))  # fmt: skip
    plain = Change(0, "name", "Acme Ltd", ("c",))

    [made] = updates("crm", records(), [sure, less, plain])

    assert made.after == {"city": "Bonn", "name": "Acme Ltd", "phone": "2"}
    assert made.evidence.probability == "0.9500"
    assert made.evidence.reasons == ("a", "b", "c")
    assert (made.evidence.cluster_id, made.evidence.from_key) == ("k-1", "crm/companies/9")


def test_of_two_changes_of_a_field_the_later_counts_and_keeps_where_the_value_came_from() -> None:
    """One that ends as the record stands is no change."""
    first = Change(0, "phone", "2", ("a",), "crm/companies/9", "k-1", "0.9500")

    [made] = updates("crm", records(), [first, Change(0, "phone", "+2", ("b",))])

    assert (made.before, made.after) == ({"phone": "1"}, {"phone": "+2"})
    assert (made.evidence.from_key, made.evidence.probability) == ("crm/companies/9", "0.9500")
    assert updates("crm", records(), [first, Change(0, "phone", "1", ("b",))]) == []
