"""Records that share a key keep their numbers from one export to the next."""

from collections.abc import Callable, Iterable

import pytest

from tests.unit.files.test_repeats import INVOICES
from toolkit.files.canonical import CanonicalStream
from toolkit.files.kept_numbers import with_kept_numbers

HEADER = "No,Customer,Date,Amount,Status"
ACME = "7,Acme,2026-01-02,10.00,Open"
BOLT = "7,Bolt,2026-01-03,20.00,Open"
COLE = "7,Cole,2026-02-02,30.00,Open"


def export(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def named(stream: CanonicalStream) -> dict[str, str]:
    """Return the customer of each id."""
    rows = stream.table().select(["record_id", "party_name"]).to_pylist()
    return {row["record_id"]: row["party_name"] for row in rows}


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ([ACME, BOLT], [BOLT, ACME], {"7": "Acme", "7#2": "Bolt"}),
        ([ACME, BOLT], [BOLT.replace("Open", "Paid"), ACME], {"7": "Acme", "7#2": "Bolt"}),
        ([ACME, BOLT], [BOLT], {"7#2": "Bolt"}),
        ([ACME], [BOLT, ACME], {"7": "Acme", "7#2": "Bolt"}),
        ([ACME, BOLT], [COLE, ACME], {"7": "Acme", "7#3": "Cole"}),
        ([ACME, BOLT], [COLE, BOLT, ACME], {"7": "Acme", "7#2": "Bolt", "7#3": "Cole"}),
        ([ACME, BOLT], [ACME, BOLT], {"7": "Acme", "7#2": "Bolt"}),
    ],
    ids=["sorted otherwise", "and changed", "the first is gone", "a second came before it", "another came for one that went",
         "a third came before both", "nothing changed"],
)  # fmt: skip
def test_a_record_keeps_the_number_it_had(
    stream_of: Callable[..., CanonicalStream], before: Iterable[str], now: Iterable[str], kept: dict[str, str]
) -> None:
    """What was decided about Acme's number 7 is never said of Bolt's, in whatever order the next export lists them."""
    last = stream_of(INVOICES, export(*before)).table().select(["record_id", "raw"])

    found = with_kept_numbers(stream_of(INVOICES, export(*now)), last)

    assert named(found) == kept


def test_files_that_come_in_another_order_change_no_number(stream_of: Callable[..., CanonicalStream]) -> None:
    """The year's second export was renamed so that it is read first."""
    last = stream_of(INVOICES, export(ACME), export(BOLT)).table().select(["record_id", "raw"])

    found = with_kept_numbers(stream_of(INVOICES, export(BOLT), export(ACME)), last)

    assert named(found) == {"7": "Acme", "7#2": "Bolt"}


def test_a_number_that_somebody_typed_stays_with_its_row(stream_of: Callable[..., CanonicalStream]) -> None:
    """7#2 is a number of its own in this ledger, and 7 is another one."""
    typed = BOLT.replace("7,", "7#2,", 1)
    last = stream_of(INVOICES, export(ACME, typed)).table().select(["record_id", "raw"])

    found = with_kept_numbers(stream_of(INVOICES, export(typed, ACME)), last)

    assert named(found) == {"7": "Acme", "7#2": "Bolt"}
