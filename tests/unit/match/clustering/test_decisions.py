"""What a person decided."""

from datetime import UTC, datetime

import pyarrow as pa

from toolkit.match.clustering.decisions import decided_pairs, exclusions, pairwise_decisions, waiting_decisions
from toolkit.match.identity.lasting_ids import identified
from toolkit.match.parties import matched_parties
from toolkit.tables import DECISION

AT = datetime(2026, 11, 2, tzinfo=UTC)


def written(*words: tuple[str, str, str]) -> pa.Table:
    """Return decisions in the order they were entered."""
    return DECISION.from_rows(
        {"sequence": number, "key_l": a, "key_r": b, "decision": word, "decided_at": AT}
        for number, (a, b, word) in enumerate(words, start=1)
    )


def decided(*words: tuple[str, str, str]):  # noqa: ANN201
    """Return the decisions in force among the records a to d."""
    return decided_pairs(written(*words), frozenset("abcd"))


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


CLUSTER = {"g-1": ["crm/c/1", "crm/c/2", "crm/c/3"]}


def test_an_excluded_record_is_kept_apart_from_everybody_in_the_cluster() -> None:
    """Whoever is in it by now; of others nothing is said."""
    pairs = pairwise_decisions(written(("crm/c/2", "g-1", "exclude")), CLUSTER.__getitem__).to_pylist()

    assert [(row["key_l"], row["key_r"], row["decision"]) for row in pairs] == [
        ("crm/c/1", "crm/c/2", "not_same"),
        ("crm/c/2", "crm/c/3", "not_same"),
    ]


def test_an_exclusion_can_be_taken_back() -> None:
    """As any decision, with open; said again it holds again."""
    first = [("crm/c/2", "g-1", "exclude"), ("g-1", "crm/c/2", "open")]

    assert pairwise_decisions(written(*first), CLUSTER.__getitem__).num_rows == 0
    assert exclusions(written(*first)) == []
    assert exclusions(written(*first, ("crm/c/2", "g-1", "exclude"))) == [("crm/c/2", "g-1")]


def test_a_later_word_on_one_pair_counts_for_that_pair() -> None:
    """Excluded from the cluster, then found to be the same as one of its records after all."""
    words = written(("crm/c/2", "g-1", "exclude"), ("crm/c/1", "crm/c/2", "same"))

    in_force = decided_pairs(pairwise_decisions(words, CLUSTER.__getitem__), frozenset(CLUSTER["g-1"]))

    assert (in_force.same, in_force.apart) == ((("crm/c/1", "crm/c/2"),), (("crm/c/2", "crm/c/3"),))


def test_decisions_that_wait_for_their_records_are_named() -> None:
    """They are kept; what was taken back does not wait."""
    words = written(
        ("crm/c/1", "crm/c/9", "same"), ("crm/c/1", "crm/c/2", "same"), ("crm/c/1", "g-9", "exclude"),
        ("crm/c/2", "crm/c/8", "not_same"), ("crm/c/2", "crm/c/8", "open"),
    )  # fmt: skip

    waiting = waiting_decisions(words, record_keys=frozenset(CLUSTER["g-1"]), cluster_ids=frozenset(CLUSTER))

    assert [row["sequence"] for row in waiting.to_pylist()] == [1, 3]


def test_an_exclusion_holds_on_the_next_snapshot_too() -> None:
    """Five records of one name; one is told to leave, and stays away when a sixth comes and the records are matched anew."""

    def records(count: int) -> pa.Table:
        rows = range(1, count + 1)
        return pa.table(
            {
                "record_key": [f"crm/c/{number}" for number in rows],
                "system": ["crm"] * count,
                "name": ["Lakeview Millwork Ltd"] * count,
                "phone": [f"312 644 267{min(number, 2)}" for number in rows],
                "postcode": ["60612"] * count,
            }
        )

    first = identified(matched_parties(records(5)).clusters, run_id="1")
    [name] = set(first.clusters["cluster_id"].to_pylist())
    decisions = written(("crm/c/1", name, "exclude"))
    identity = first.identity
    for count in (5, 6, 6):
        pairs = pairwise_decisions(decisions, identity.record_keys)
        found = matched_parties(records(count), decisions=pairs)
        named = identified(found.clusters, identity, run_id="2", excluded=exclusions(decisions))
        identity = named.identity
        ids = named.clusters["cluster_id"].to_pylist()
        assert ids[0] != name
        assert set(ids[1:5]) == {name}
