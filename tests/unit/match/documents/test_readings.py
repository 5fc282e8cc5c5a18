"""How the amounts of two sides relate throughout: one factor, or a fee that is kept back."""

from typing import Any

import numpy as np
import pytest

from toolkit.match.documents.amounts import RATIO
from toolkit.match.documents.evidence import AMOUNT
from toolkit.match.documents.matching import matched_documents
from toolkit.match.documents.readings import Reading, amount_factor, fits, usual_readings

NET = np.array([10_007.0 + 731 * at for at in range(40)])


def test_a_factor_is_the_one_that_most_pairs_share() -> None:
    """Thirty of forty pairs differ by 20 %, the others by anything: the factor is 1.2, its share three quarters."""
    gross = np.where(np.arange(40) < 30, np.rint(NET * 1.2), NET * 1.5 + 777 * np.arange(40))

    found = amount_factor(NET, gross)

    assert found is not None
    assert (round(found.factor, 3), found.share, found.pairs) == (1.2, 0.75, 40)


def test_equal_amounts_have_the_factor_one() -> None:
    """Nothing is added and nothing kept."""
    found = amount_factor(NET, NET)

    assert found is not None
    assert (found.factor, found.share) == (1.0, 1.0)


@pytest.mark.parametrize("amounts", [np.array([]), np.array([np.nan]), np.array([0.0]), np.array([-5.0])])
def test_without_two_amounts_of_one_sign_there_is_no_factor(amounts: Any) -> None:
    """Unknown, nought and money the other way tell nothing."""
    assert amount_factor(np.full(len(amounts), 100.0), amounts) is None


def test_a_tax_on_top_is_a_usual_reading_and_a_slipped_point_is_none() -> None:
    """Amounts ten times too high are errors, however many they are."""
    assert [round(one.factor, 3) for one in usual_readings(NET, np.rint(NET * 1.19))] == [1.19]
    assert usual_readings(NET, NET * 10) == ()


@pytest.mark.parametrize(("count", "is_found"), [(5, False), (6, True)])
def test_six_pairs_make_a_fee_usual(count: int, *, is_found: bool) -> None:
    """What a processor keeps is a rate and a fixed part, to the cent."""
    kept = np.where(np.arange(40) < count, np.rint(NET * 0.029) + 30, 0)

    found = usual_readings(NET, NET - kept)

    assert [(round(1 - one.factor, 3), one.fixed_minor, one.is_fee) for one in found] == (
        [(0.029, 30.0, True)] if is_found else []
    )


def test_a_reading_fits_to_a_cent() -> None:
    """Rounding may go either way."""
    reading = Reading(0.971, 30.0, is_fee=True)

    assert reading.of(np.array([10_000.0])).tolist() == [9_680.0]
    assert fits(np.full(3, 10_000.0), np.array([9_681.0, 9_679.0, 9_678.0]), reading).tolist() == [True, True, False]


@pytest.mark.parametrize("factor", [1.2, 0.84, 1.0837])
def test_documents_are_paired_through_a_factor_that_most_share(side: Any, factor: float) -> None:
    """Net here and gross there, or another money at a fixed rate: half quote a number, and the others are found by it."""
    left = [
        {"party": f"c{at}", "amount_minor": 30_011 + 977 * at, "at": 4 * at, "number": f"INV-{2001 + at}"}
        for at in range(40)
    ]
    right = [
        {"amount_minor": round(row["amount_minor"] * factor), "at": row["at"] + 6,
         "invoice_ref": row["number"] if at % 2 else None, "party": row["party"]}
        for at, row in enumerate(left)
    ]  # fmt: skip

    found = matched_documents(side("i", left), side("p", right))

    assert found.links.right_of.tolist() == list(range(40))
    assert set(found.seen.levels[found.linked_pairs, AMOUNT].tolist()) == {RATIO}
