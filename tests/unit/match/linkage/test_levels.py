"""Levels of pairs of records, fact by fact."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import MISSING
from toolkit.match.linkage.levels import GradedPairs, distinct_patterns, pair_levels
from toolkit.match.parties import PARTY_KINDS
from toolkit.match.records.profiles import Profiles, profiles_of


def profiles(**cells: list[str | None]) -> Profiles:
    """Return records of the given columns, as many profiles as rows."""
    count = len(next(iter(cells.values())))
    keys = [f"crm/c/{number}" for number in range(count)]
    columns = {name: pa.array(values, pa.string()) for name, values in cells.items()}
    table = pa.table({"record_key": keys, "system": ["crm"] * count, **columns})
    return profiles_of(table, {name: PARTY_KINDS[name] for name in cells}, told_apart=keys)


def graded(own: Profiles, left: int, right: int) -> dict[str, str | None]:
    """Return the level of each fact of a pair of records in words."""
    [levels] = pair_levels(own, *own.profile_of[[[left], [right]]])
    return {
        fact.label: fact.comparison.levels[level - 1] if level != MISSING else None
        for fact, level in zip(own.facts, levels.tolist(), strict=True)
    }


def test_a_fact_that_one_side_lacks_is_missing() -> None:
    """It is neither agreement nor disagreement."""
    own = profiles(name=["Acme Ltd", "Acme Inc"], phone=["312 644 2671", None])

    assert graded(own, 0, 1) == {"company name": "same name", "phone": None}


def test_a_site_read_off_the_mailbox_counts_once() -> None:
    """Two records with one mailbox agree in the mailbox; that the site agrees too says nothing more."""
    own = profiles(name=["Acme", "Brown", "Corvin"], email=["jo@acme.com", "jo@acme.com", "al@zorro.com"])

    assert graded(own, 0, 1)["web site"] is None
    assert graded(own, 0, 1)["e-mail"] is not None


def test_a_persons_name_before_the_at_of_another_host_counts_once() -> None:
    """Two who are called Jane Roe write it into their mailboxes; of two names one mailbox name is news."""
    own = profiles(
        given_name=["Jane", "Jane", "Carl"],
        family_name=["Roe", "Roe", "Bolt"],
        email=["jane.roe@acme.com", "jane.roe@zorro.com", "jane.roe@corvin.com"],
    )

    assert graded(own, 0, 1)["e-mail"] == "different addresses"
    assert graded(own, 0, 2)["e-mail"] == "same name before the @"


def test_a_name_is_compared_as_a_company_or_as_a_person_not_as_both() -> None:
    """A name of unknown sort counts once."""
    own = profiles(name=["Zorro Quince", "Zorro Quince"])

    assert [word for word in graded(own, 0, 1).values() if word] == ["same name"]


def test_a_mailbox_of_a_whole_desk_is_not_full_agreement_even_with_itself() -> None:
    """Two records with info@ of one company may be two colleagues."""
    own = profiles(email=["info@acme.com", "info@acme.com", "jane.roe@acme.com", "jane.roe@acme.com"])

    desk, own_mailbox = graded(own, 0, 1)["e-mail"], graded(own, 2, 3)["e-mail"]

    assert desk != own_mailbox


@pytest.mark.parametrize("facts", [3, 40])
def test_patterns_stand_for_all_rows(facts: int) -> None:
    """Each row is found again, also with more facts than fit one number."""
    generator = np.random.default_rng(facts)
    levels = generator.integers(0, 9, (5, facts), dtype=np.uint8)[generator.integers(0, 5, 200)]

    patterns, inverse = distinct_patterns(levels)

    assert np.array_equal(patterns[inverse], levels)
    assert len(patterns) == len(set(map(tuple, levels.tolist())))


def test_no_rows_have_no_patterns() -> None:
    """A table of which nothing is compared."""
    patterns, inverse = distinct_patterns(np.zeros((0, 3), dtype=np.uint8))

    assert patterns.shape == (0, 3)
    assert len(inverse) == 0


def test_a_pair_that_was_not_graded_before_is_graded_when_asked_for() -> None:
    """In either order, and the same as the others."""
    own = profiles(name=["Acme Ltd", "Acme Inc", "Brown Bros"], phone=["312 644 2671", "312 644 2671", "773 201 4410"])
    left, right = np.array([0]), np.array([1])
    known = GradedPairs(own, left, right, pair_levels(own, left, right))
    ends = np.array([1, 2, 2]), np.array([0, 0, 1])

    assert known.holds(*ends).tolist() == [True, False, False]
    assert known.between(*ends).tolist() == pair_levels(own, np.array([0, 0, 1]), np.array([1, 2, 2])).tolist()


def test_each_of_many_graded_pairs_is_found_again() -> None:
    """The first, one between, the last, and none beyond; of no pairs at all, none."""
    own = profiles(name=["Acme Ltd", "Acme Inc", "Brown Bros", "Corvin Foods"], phone=["312 644 2671", None, None, None])
    left, right = np.array([0, 0, 1]), np.array([1, 3, 2])
    known = GradedPairs(own, left, right, np.array([[7, 7], [8, 8], [9, 9]], dtype=np.uint8)[:, [0] * len(own.facts)])

    assert known.holds(np.array([0, 3, 2, 0, 2]), np.array([1, 0, 1, 2, 3])).tolist() == [True, True, True, False, False]
    assert known.between(np.array([2, 0, 1]), np.array([1, 3, 0]))[:, 0].tolist() == [9, 8, 7]
    none = GradedPairs(own, left[:0], right[:0], known.levels[:0])
    assert none.holds(left, right).tolist() == [False] * 3


def test_a_site_counts_beside_a_mailbox_that_says_nothing_of_it() -> None:
    """Two mailboxes of one company are already the site; two of different ones leave it."""
    own = profiles(
        name=["Acme", "Bolt", "Corvin"],
        email=["jo@acme.com", "al@acme.com", "jo@gmail.com"],
        website=["acme.com", "acme.com", "acme.com"],
    )

    assert graded(own, 0, 1)["web site"] is None
    assert graded(own, 0, 1)["e-mail"] == "same company domain"
    assert graded(own, 0, 2)["web site"] == "same domain"
    assert graded(own, 0, 2)["e-mail"] == "different addresses"
