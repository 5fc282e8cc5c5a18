"""Two documents are one entered twice only where no column of their rows, used or not, tells them apart."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tests.quality_records import stream_table
from toolkit.quality import checked_records
from toolkit.quality.streams import live_streams
from toolkit.quality.twins import written_rows

FIRST = date(2026, 3, 3)


def _found(left: Mapping[str, str], right: Mapping[str, str], **columns: Any) -> int:
    """Return how many of two equal payments, among thirty others, are taken for a second entry."""
    same = {"party_ref": "Hill Ltd", "amount_minor": 51_234, "paid_at": None, "issued_on": FIRST, **columns}
    rows = [{**same, "number": "P1"}, {**same, "number": "P2"}]
    rows += [{**same, "number": f"Q{n}", "party_ref": f"Other {n}", "amount_minor": 1_000 + n} for n in range(30)]
    table = stream_table("invoice", rows)
    written = {
        key: {"No": str(at), "Unit": f"U{at % 7}", **(left if at == 0 else right if at == 1 else {})}
        for at, key in enumerate(table["record_key"].to_pylist())
    }

    def rows_of(system: str, stream: str, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        assert (system, stream) == ("ledger", "invoices")
        return {key: written[key] for key in keys}

    quality = checked_records({("ledger", "invoices"): table}, country="US", as_of=date(2026, 10, 5), written=rows_of)
    failing = quality.findings.to_pylist()
    return sum(row["check_id"].endswith("implausible.double_entry") for row in failing)


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ({"Unit": "North"}, {"Unit": "North"}, 1),
        ({"Unit": "North"}, {"Unit": "South"}, 0),
        ({"Unit": "North", "Due": "2026-04-01"}, {"Unit": "North", "Due": "2026-04-02"}, 1),
        ({"Unit": "North", "Open": "512.34"}, {"Unit": "North", "Open": "0.00"}, 1),
        ({"Unit": "North", "Memo": "gravel"}, {"Unit": "North", "Memo": "gravel, second delivery"}, 1),
        ({"Unit": "North", "Memo": "gravel"}, {"Unit": "North", "Memo": "sand"}, 0),
        ({"Unit": "North", "Procurement card": "Yes"}, {"Unit": "North", "Procurement card": "Yes"}, 0),
        ({"Unit": "North", "Procurement card": "No"}, {"Unit": "North", "Procurement card": "No"}, 1),
        ({"Unit": "North", "No": "A-1"}, {"Unit": "North", "No": "A-2"}, 1),
        ({}, {}, 0),
    ],
)
def test_any_column_may_tell_two_documents_apart(left: dict[str, str], right: dict[str, str], found: int) -> None:
    """Another word does, in a column that is not used as well; a number of its own, a date, an amount do not."""
    assert _found(left, right) == found


@pytest.mark.parametrize(
    ("party", "found"), [("Hill Ltd", 1), ("Various suppliers", 0), ("Sundry creditors", 0), ("Divers Ltd", 0)]
)
def test_a_party_that_stands_for_many_has_equal_amounts_by_nature(party: str, found: int) -> None:
    """Two equal amounts of a collective account are those of two."""
    assert _found({"Unit": "North"}, {"Unit": "North"}, party_ref=party) == found


@pytest.mark.parametrize(("count", "asked"), [(1, 1), (399, 399), (400, 200), (599, 300), (600, 200)])
def test_rows_from_everywhere_tell_which_columns_say_nothing(count: int, asked: int) -> None:
    """Two hundred of a long list, and less than twice as many, beginning with the first; the documents themselves too."""
    table = stream_table("invoice", [{"number": str(at)} for at in range(count)])
    [stream] = live_streams({("ledger", "invoices"): table})
    seen: list[str] = []

    def rows_of(_system: str, _stream: str, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        seen.extend(keys)
        return {}

    evidence: Any = SimpleNamespace(written=rows_of)
    written_rows(evidence, stream, ["ledger/invoices/x"])

    keys = stream.table["record_key"].to_pylist()
    assert seen == ["ledger/invoices/x", *keys[:: max(1, count // 200)]]
    assert len(seen) == asked + 1
