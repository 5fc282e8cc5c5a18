"""What a person decided."""

from datetime import UTC, datetime

from toolkit.match.decisions import decided_pairs
from toolkit.tables import DECISION

AT = datetime(2026, 11, 2, tzinfo=UTC)


def decided(*words: tuple[str, str, str]):  # noqa: ANN201
    """Return the decisions in force among the records a to d."""
    table = DECISION.from_rows(
        {"sequence": number, "key_l": a, "key_r": b, "decision": word, "decided_at": AT}
        for number, (a, b, word) in enumerate(words, start=1)
    )
    return decided_pairs(table, frozenset("abcd"))


def test_the_latest_word_counts() -> None:
    """Same, then not the same."""
    assert decided(("a", "b", "same"), ("a", "b", "not_same")).apart == (("a", "b"),)


def test_a_chain_that_contradicts_is_put_aside() -> None:
    """A is B and B is C, but A is not C: the older link gives way and is named."""
    in_force = decided(("a", "b", "same"), ("b", "c", "same"), ("a", "c", "not_same"))

    assert in_force.same == (("b", "c"),)
    assert in_force.contradicted == (("a", "b"),)


def test_decisions_about_records_not_here_wait() -> None:
    """They hold again when the record returns."""
    assert decided(("a", "z", "same")).same == ()
