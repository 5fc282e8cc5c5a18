"""Cluster ids that last, and what happened to each."""

from collections.abc import Iterable

import pytest

from toolkit.match.identity.lasting_ids import Identified, id_from_key, identified
from toolkit.tables import CLUSTER


def named(clusters: str, before: Identified | None = None, excluded: Iterable[tuple[str, str]] = ()) -> Identified:
    """Return the ids of clusters such as ``ab c``: a and b are one, c is alone."""
    rows = [
        {"record_key": f"crm/c/{letter}", "cluster_id": str(number)}
        for number, group in enumerate(clusters.split())
        for letter in group
    ]
    return identified(CLUSTER.from_rows(rows), before and before.identity, run_id="now", excluded=excluded)


def ids(found: Identified) -> dict[str, str]:
    """Return the id of each record by its letter."""
    keys = (key[-1] for key in found.clusters["record_key"].to_pylist())
    return dict(zip(keys, found.clusters["cluster_id"].to_pylist(), strict=True))


def story(found: Identified) -> list[tuple[str, str, str | None, int, int, int]]:
    """Return what happened, without the run."""
    return [tuple(list(row.values())[1:]) for row in found.events.to_pylist()]


A, B, C, D = (id_from_key(f"crm/c/{letter}") for letter in "abcd")


def test_a_new_cluster_is_named_by_its_smallest_record() -> None:
    """The same records give the same ids on every machine."""
    found = named("ba c")

    assert ids(found) == {"a": A, "b": A, "c": C}
    assert sorted(story(found)) == sorted([("new", A, None, 0, 2, 2), ("new", C, None, 0, 1, 1)])


def test_the_larger_part_keeps_the_id_of_a_cluster_that_splits() -> None:
    """The new one is recorded as split off it."""
    found = named("a bc", named("abc"))

    assert ids(found) == {"a": id_from_key("crm/c/a", 1), "b": A, "c": A}
    assert story(found) == [("split", id_from_key("crm/c/a", 1), A, 0, 1, 1)]


def test_the_largest_part_keeps_its_id_when_clusters_merge() -> None:
    """The ids that went into it are recorded, and lead to it from then on."""
    found = named("abcd", named("a bcd"))

    assert set(ids(found).values()) == {B}
    assert story(found) == [("merged", B, A, 3, 4, 1)]
    assert found.identity.current_id(A) == B


def test_the_oldest_id_wins_among_equals() -> None:
    """Two of the same size: the one that was there first."""
    first = named("b")
    found = named("ab", named("a b", first))

    assert ids(found) == {"a": B, "b": B}


def test_a_record_that_joins_or_leaves_changes_no_id() -> None:
    """The smallest record may go: the id was its once and stays."""
    joined = named("abc", named("bc"))
    left = named("c", joined)

    assert set(ids(joined).values()) == set(ids(left).values()) == {B}
    assert story(joined) == [("grown", B, None, 2, 3, 1)]
    assert story(left) == [("shrunk", B, None, 3, 1, 2)]


def test_a_cluster_whose_records_are_gone_waits_for_them() -> None:
    """Its id retires with them and returns with any of them."""
    gone = named("c", named("ab c"))
    back = named("b c", gone)

    assert story(gone) == [("retired", A, None, 2, 0, 2)]
    assert story(back) == [("returned", A, None, 0, 1, 1)]
    assert gone.identity.record_keys(A) == ["crm/c/a", "crm/c/b"]
    assert ids(back)["b"] == A


def test_a_record_that_comes_back_takes_no_id_from_one_that_stayed() -> None:
    """Who was there in the matching before has the older claim."""
    found = named("a b", named("b", named("ab")))

    assert ids(found)["b"] == A
    assert story(found) == [("split", id_from_key("crm/c/a", 1), A, 0, 1, 1)]


def test_a_record_that_left_follows_its_cluster_into_a_merger() -> None:
    """It returns to where the others have gone."""
    merged = named("acd", named("a cd", named("ab cd")))
    back = named("abcd", merged)

    assert merged.identity.record_keys(C) == [f"crm/c/{letter}" for letter in "abcd"]
    assert set(ids(back).values()) == {C}


def test_clusters_that_part_again_have_their_ids_back() -> None:
    """A merger that was a mistake leaves no trace but the record of it."""
    parted = named("ab cd", named("abcd", named("ab cd")))

    assert ids(parted) == {"a": A, "b": A, "c": C, "d": C}
    assert story(parted) == [("split", C, A, 0, 2, 2)]
    assert parted.identity.current_id(C) == C


def test_one_record_that_leaves_a_merger_does_not_take_the_id_of_the_others() -> None:
    """Most of what bore the id before stayed behind."""
    left = named("abcd e", named("abcde", named("ab cde")))

    assert ids(left)["a"] == C
    assert ids(left)["e"] not in {A, C}


def test_an_id_is_never_given_to_something_else() -> None:
    """The record that named a cluster may be alone later: it gets another id."""
    apart = named("a bcd", named("abcd"))
    again = named("a b cd", apart)

    assert ids(apart)["a"] not in {A, B, C, D}
    assert len(set(ids(again).values())) == 3
    assert ids(again)["c"] == A


def test_a_cluster_with_a_record_excluded_from_it_never_bears_its_id() -> None:
    """Of two that part, the one that was told to leave gets the new id, even if it is the smallest."""
    found = named("a b", named("ab"), excluded=[("crm/c/a", A)])

    assert ids(found) == {"a": id_from_key("crm/c/a", 1), "b": A}
    assert story(found) == [("split", id_from_key("crm/c/a", 1), A, 0, 1, 1)]


@pytest.mark.parametrize("key", ["\x00", "crm/c/" + "x" * 10_000, "名前/c/١"])
def test_any_key_has_an_id(key: str) -> None:
    """Short, and safe in a file name."""
    found = identified(CLUSTER.from_rows([{"record_key": key, "cluster_id": "x"}]), run_id="now")

    [name] = found.clusters["cluster_id"].to_pylist()
    assert len(name) == 14


def test_nothing_matched_is_nothing_named() -> None:
    """An engagement without parties, and one whose parties are all gone."""
    assert named("").events.num_rows == 0
    assert story(named("", named("ab"))) == [("retired", A, None, 2, 0, 2)]
