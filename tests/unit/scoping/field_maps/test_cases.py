"""Which records a connection is tested with."""

from toolkit.scoping.field_maps.cases import UnusualRecord, chosen_cases


def record(number: int, kind: str, party: str, counterpart: str = "") -> UnusualRecord:
    return UnusualRecord(kind, f"shop/orders/{number:03}", party, "amount_minor", "-1.00", "It is.", counterpart)


def test_at_least_three_of_each_kind_are_taken_where_there_are() -> None:
    """Ten refunds give three cases, two part payments both; the kind says how many there are."""
    records = [record(n, "refund", f"P{n}") for n in range(10)] + [record(n, "partial_payment", "P") for n in (20, 21)]

    found = chosen_cases(records)

    assert [(one.record.kind, one.place, one.found) for one in found] == [
        ("refund", 1, 10), ("refund", 2, 10), ("refund", 3, 10), ("partial_payment", 1, 2), ("partial_payment", 2, 2),
    ]  # fmt: skip


def test_as_many_customers_as_possible_are_tested_with() -> None:
    """One of each before a second of any; whose counterpart is known goes first."""
    records = [record(1, "zero", "A"), record(2, "zero", "A"), record(3, "zero", "B"), record(4, "zero", "C", "ledger/x/1")]

    assert [one.record.record_key[-1] for one in chosen_cases(records)] == ["4", "1", "3"]


def test_a_client_without_unusual_records_has_no_case() -> None:
    """Nothing is made up."""
    assert chosen_cases([]) == []
