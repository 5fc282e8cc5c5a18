"""Figures on parties, fields and references: what is counted, of how many, and which rows are behind it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from toolkit.query import query_connection
from toolkit.rates import wilson_interval
from toolkit.reconcile.figures import reconcile_figures
from toolkit.tables import COMPARED_FIELD, COUNTERPART, COVERAGE, HANDOFF_MEASURE, REFERENCE

Figures = Callable[..., dict[str, dict[str, Any]]]
AS_OF = date(2026, 10, 5)
NAMES = {"crm": "HubSpot", "ledger": "QuickBooks"}


@pytest.fixture
def figures() -> Figures:
    """Return the figures of some tables by their ids, without any handoff."""

    def build(**given: pa.Table) -> dict[str, dict[str, Any]]:
        tables = {"compared": COMPARED_FIELD.empty(), "coverage": COVERAGE.empty(), **given}
        found = reconcile_figures(
            [], COUNTERPART.empty(), HANDOFF_MEASURE.empty(), system_labels=NAMES, as_of=AS_OF, **tables
        )
        return {row["figure_id"]: row for row in found.to_pylist()}

    return build


def rows_behind(figure: dict[str, Any], table: pa.Table) -> int:
    with query_connection() as connection:
        connection.register(figure["source_table"], table)
        counted = connection.execute(f'SELECT count(*) FROM "{figure["source_table"]}" WHERE {figure["source_filter"]}')
        [count] = counted.fetchone() or [0]
        return int(count)


def test_customers_of_two_systems_are_counted_of_all_that_either_has(figures: Figures) -> None:
    """Six in both, three and two in one of them, one that waits for a decision: twelve customers."""
    row = {"system_l": "crm", "system_r": "ledger", "role": "customer", "both": 6, "only_l": 3, "only_r": 2, "ambiguous": 1}
    covered = COVERAGE.from_rows([row, {**row, "role": "any", "both": 50}])

    found = figures(coverage=covered)

    counted = {name: found[f"reconcile.coverage_{name}.crm.ledger.customer"] for name in ("both", "only_l", "only_r")}
    assert {name: (one["value"], one["n"]) for name, one in counted.items()} == {
        "both": (6.0, 12), "only_l": (3.0, 12), "only_r": (2.0, 12),
    }  # fmt: skip
    assert counted["only_l"]["label"] == "Customers in HubSpot but not in QuickBooks"
    assert counted["only_r"]["label"] == "Customers in QuickBooks but not in HubSpot"
    assert rows_behind(counted["both"], covered) == 1


def test_a_field_differs_in_a_share_of_the_records_compared(figures: Figures) -> None:
    """Five of twenty e-mail addresses: a quarter, between 11 and 47 %."""
    low, high = wilson_interval(5, 20)
    row = {"system_l": "crm", "system_r": "ledger", "column": "email", "compared": 20, "equal": 11, "formatting": 1}
    compared = COMPARED_FIELD.from_rows([{**row, "different": 5, "missing_l": 2, "missing_r": 1, "low": low, "high": high}])

    one = figures(compared=compared)["reconcile.different_share.crm.ledger.email"]

    assert (one["value"], one["n"], one["formula"]) == (0.25, 20, "5 / 20")
    assert (one["low"], one["high"]) == (pytest.approx(0.112, abs=5e-4), pytest.approx(0.469, abs=5e-4))
    assert one["label"] == "E-mail addresses that differ between HubSpot and QuickBooks"


@pytest.mark.parametrize(("unresolved", "share"), [(0, 0.0), (1, 0.25), (4, 1.0)])
def test_documents_without_a_customer_are_a_share_of_those_that_name_one(
    figures: Figures, unresolved: int, share: float
) -> None:
    """Contacts that name a company are not documents, and another system's documents are counted by themselves."""
    rows = [
        {"record_key": f"ledger/invoices/{at}", "column": "party_key", "system": "ledger", "stream": "invoices",
         "written": "Acme", "found_key": None if at < unresolved else "ledger/customers/1",
         "found_by": "nothing" if at < unresolved else "name"}
        for at in range(4)
    ]  # fmt: skip
    contact = {
        **rows[0],
        "record_key": "ledger/contacts/1",
        "column": "parent_key",
        "found_key": None,
        "found_by": "nothing",
    }
    deal = {**contact, "record_key": "crm/deals/1", "column": "party_key", "system": "crm", "stream": "deals"}
    named = REFERENCE.from_rows([*rows, contact, deal])

    found = figures(references=named)

    one = found["reconcile.unresolved_share.ledger"]
    assert (one["value"], one["n"], one["formula"]) == (share, 4, f"{unresolved} / 4")
    assert (one["low"], one["high"]) == wilson_interval(unresolved, 4)
    assert one["label"] == "Documents in QuickBooks whose customer or supplier was not found there"
    assert rows_behind(one, named) == unresolved
    assert found["reconcile.unresolved_share.crm"]["value"] == 1.0
