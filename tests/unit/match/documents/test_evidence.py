"""Pairs of documents are weighed in steps, and no step is told from another."""

from typing import Any

import numpy as np

from toolkit.match.documents.chance import steps_of
from toolkit.match.documents.evidence import CURRENCY, FACTS
from toolkit.match.documents.matching import matched_documents

INVOICES = [
    {"party": "acme", "amount_minor": 81_250, "at": 0, "number": "INV-1001", "name": "roof repair"},
    {"party": "bolt", "amount_minor": 4_900, "at": 3, "number": "INV-1002", "name": "annual service"},
    {"amount_minor": None, "at": None, "party_name": "Cedar Hill Ltd", "number": "INV-1003"},
]
PAYMENTS = [
    {"party": "acme", "amount_minor": 81_250, "at": 9, "description": "INV-1001"},
    {"party": "bolt", "amount_minor": 9_400, "at": 12, "description": "annual service"},
    {"amount_minor": 700, "at": 15, "party_name": "Cedar Hill Ltd"},
]


def test_many_pairs_weigh_what_each_weighs_among_few(side: Any) -> None:
    """Hundreds of thousands of pairs are looked at in several steps: what a pair shows does not depend on its step."""
    found = matched_documents(side("i", INVOICES), side("p", PAYMENTS))
    rows_l, rows_r = (rows.ravel() for rows in np.divmod(np.arange(9), 3))
    times = 30_000
    assert len(steps_of(9 * times)) > 1

    few = found.held.of(rows_l, rows_r)
    many = found.held.of(np.tile(rows_l, times), np.tile(rows_r, times))

    lag_days = np.array([9.0, 12.0, 15.0, 6.0, 9.0, 12.0, np.nan, np.nan, np.nan])
    assert np.array_equal(many.levels, np.tile(few.levels, (times, 1)))
    for of_few, of_many in zip(few.chance, many.chance, strict=True):
        assert np.array_equal(of_many.bits, np.tile(of_few.bits, times))
        assert np.array_equal(of_many.at, (np.arange(times)[:, None] * 9 + of_few.at).ravel())
    assert sum(len(one.at) for one in few.chance) > 3
    weight = found.model.match_weight(few, lag_days)
    assert len(set(weight.tolist())) > 3
    assert np.array_equal(found.model.match_weight(many, np.tile(lag_days, times)), np.tile(weight, times))


def test_chance_counts_for_agreement_alone(side: Any) -> None:
    """That a value which two documents do not share is rare says nothing of them."""
    found = matched_documents(side("i", INVOICES), side("p", PAYMENTS))
    seen = found.held.of(*(rows.ravel() for rows in np.divmod(np.arange(9), 3)))

    for number, (fact, chance) in enumerate(zip(FACTS, seen.chance, strict=True)):
        agrees = np.flatnonzero(seen.levels[:, number] > len(fact.ratios)).tolist()
        assert chance.at.tolist() == (agrees if number != CURRENCY else [])


def test_no_pair_makes_no_step() -> None:
    """Sides that share nothing are weighed without a word."""
    assert steps_of(0) == []
