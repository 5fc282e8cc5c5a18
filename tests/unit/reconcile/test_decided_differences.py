"""A person's word on a difference: the golden value follows it, and the difference is settled as long as it holds."""

import itertools
from typing import Any

import pyarrow as pa
import pytest

from toolkit.reconcile.decided_differences import decided_golden, decided_mismatches
from toolkit.reconcile.mismatches import mismatches
from toolkit.reconcile.outcome_words import DECIDED
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import CROSSWALK, PARTY, RULING

CRM, LEDGER, SHOP = "crm/companies/1", "ledger/customers/9", "shop/customers/5"
TRUTH = SourceOfTruth({"party": {"default": "crm"}})
NOON = "2026-10-05T12:00:00+00:00"


def parties(**cities: str | None) -> pa.Table:
    """Return one company in three systems, with the city that each says."""
    rows = []
    for key, city in zip((CRM, LEDGER, SHOP), (cities.get(name) for name in ("crm", "ledger", "shop")), strict=True):
        system, stream, record_id = key.split("/")
        row = {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "entity": "party"}
        rows.append({**row, "state": "active", "kind": "company", "name": "Acme", "city": city})
    return PARTY.from_rows(rows)


def walk() -> pa.Table:
    return CROSSWALK.from_rows(
        {
            "record_key": key,
            "golden_id": "g-1",
            "account_id": "g-1",
            "match_probability": 1.0,
            "decided_by": "model",
            **dict(zip(("system", "stream", "record_id"), key.split("/"), strict=True)),
        }
        for key in (CRM, LEDGER, SHOP)
    )


def word(sides: tuple[str, str], decision: str, values: tuple[str | None, str | None], column: str = "city") -> Any:
    row = {"subject": "difference", "part": column, "key_l": sides[0], "key_r": sides[1], "decision": decision}
    return {**row, "value_l": values[0], "value_r": values[1], "decided_at": None}


def rulings(*words: Any) -> pa.Table:
    table = [{**one, "sequence": number} for number, one in enumerate(words, start=1)]
    return RULING.from_rows(
        {**row, "decided_at": pa.scalar(NOON).cast(pa.timestamp("us", tz="UTC")).as_py()} for row in table
    )


def told(said: pa.Table, **cities: str | None) -> tuple[dict[str, str], dict[tuple[str, str], str | None]]:
    """Return the golden values by column, and the decision on the city of each pair of records."""
    table = parties(**cities)
    golden = decided_golden(golden_records(table, walk(), TRUTH), table, walk(), said)
    differing = decided_mismatches(mismatches(table, walk()).mismatches, said).to_pylist()
    return (
        {row["column"]: row["value"] for row in golden.to_pylist()},
        {(row["key_l"], row["key_r"]): row["decision"] for row in differing if row["column"] == "city"},
    )


def test_the_side_that_is_right_becomes_the_golden_value() -> None:
    """Against the source of truth, and the row is no longer open."""
    golden, decisions = told(rulings(word((CRM, LEDGER), "right", ("Ulm", "Bonn"))), crm="Ulm", ledger="Bonn")

    assert golden["city"] == "Bonn"
    assert decisions[CRM, LEDGER] == "right"


def test_without_a_word_nothing_changes() -> None:
    """The source of truth holds."""
    golden, decisions = told(rulings(), crm="Ulm", ledger="Bonn")

    assert (golden["city"], decisions[CRM, LEDGER]) == ("Ulm", None)


def test_a_word_holds_while_the_right_value_stands() -> None:
    """The wrong side may change as it likes; when the right one does, the difference is open again."""
    said = rulings(word((CRM, LEDGER), "right", ("Ulm", "Bonn")))

    assert told(said, crm="Köln", ledger="Bonn")[0]["city"] == "Bonn"
    golden, decisions = told(said, crm="Ulm", ledger="Kiel")
    assert (golden["city"], decisions[CRM, LEDGER]) == ("Ulm", None)


def test_where_neither_is_right_there_is_no_value() -> None:
    """Nobody invents one; a third system that says something else may."""
    said = rulings(word((CRM, LEDGER), "neither", ("Ulm", "Bonn")))

    golden, decisions = told(said, crm="Ulm", ledger="Bonn")
    assert "city" not in golden
    assert decisions[CRM, LEDGER] == "neither"


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_words_on_three_systems_find_the_one_that_none_calls_wrong(order: tuple[int, ...]) -> None:
    """The ledger is right against the CRM, the shop against the ledger: the shop is right, in whatever order it was said."""
    words = (word((CRM, LEDGER), "right", ("Ulm", "Bonn")), word((LEDGER, SHOP), "right", ("Bonn", "Kiel")))

    golden, _ = told(rulings(*(words[place] for place in order)), crm="Ulm", ledger="Bonn", shop="Kiel")

    assert golden["city"] == "Kiel"


def test_the_proposed_value_is_the_chosen_one() -> None:
    """What is to be corrected stands in the row: the value and the system that is right."""
    table = parties(crm="Ulm", ledger="Bonn")
    said = rulings(word((CRM, LEDGER), "right", ("Ulm", "Bonn")))

    [row] = (
        decided_mismatches(mismatches(table, walk()).mismatches, said)
        .filter(pa.compute.field("decision") == "right")
        .to_pylist()
    )
    assert (row["proposed_value"], row["proposed_system"]) == ("Bonn", "ledger")


def test_other_fields_stay_as_they_were() -> None:
    """A word on the city says nothing of the name, and the reason of the chosen value says who decided."""
    table = parties(crm="Ulm", ledger="Bonn")
    golden = decided_golden(
        golden_records(table, walk(), TRUTH), table, walk(), rulings(word((CRM, LEDGER), "right", ("Ulm", "Bonn")))
    )

    reasons = {row["column"]: (row["record_key"], row["reason"]) for row in golden.to_pylist()}
    assert reasons["city"] == (LEDGER, DECIDED)
    assert reasons["name"][1] == "all agree"
