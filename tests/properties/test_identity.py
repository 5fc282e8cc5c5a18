"""Laws of cluster ids: they outlast re-runs, row order, and records that come and go."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.identity.changed_ids import identified_changes
from toolkit.match.identity.lasting_ids import Identified, Identity, identified
from toolkit.tables import CLUSTER

HISTORY = st.lists(st.lists(st.integers(-1, 4), min_size=8, max_size=8), min_size=1, max_size=5)
"""Of each matching the cluster of each record; -1: the record is not there."""


def clusters(groups: list[int]) -> dict[str, str]:
    """Return the cluster of each record that is there."""
    return {f"crm/c/{number:02}": f"label {group}" for number, group in enumerate(groups) if group >= 0}


def named(of: dict[str, str], previous: Identity | None, run_id: str) -> Identified:
    rows = [{"record_key": key, "cluster_id": label} for key, label in of.items()]
    return identified(CLUSTER.from_rows(rows), previous, run_id=run_id)


def lived(history: list[list[int]]) -> list[Identified]:
    """Return one matching after the other."""
    result: list[Identified] = []
    for number, groups in enumerate(history):
        result.append(named(clusters(groups), result[-1].identity if result else None, f"run {number}"))
    return result


def ids(found: Identified) -> dict[str, str]:
    return dict(zip(found.clusters["record_key"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))


@settings(max_examples=20, deadline=None)
@given(history=HISTORY)
def test_every_record_has_the_one_id_of_its_cluster(history: list[list[int]]) -> None:
    """Records of a cluster share its id, records of two clusters never do."""
    for groups, found in zip(history, lived(history), strict=True):
        of, named_ids = clusters(groups), ids(found)
        assert set(named_ids) == set(of)
        assert all((of[a] == of[b]) == (named_ids[a] == named_ids[b]) for a in of for b in of)


@settings(max_examples=20, deadline=None)
@given(history=HISTORY, order=st.randoms(use_true_random=False))
def test_row_order_and_labels_change_nothing(history: list[list[int]], order) -> None:  # noqa: ANN001
    """The same clusters in any order, under any name, give the same ids and events."""
    before = lived(history[:-1])[-1].identity if len(history) > 1 else None
    of = clusters(history[-1])
    shuffled = list(of)
    order.shuffle(shuffled)

    first = named(of, before, "run")
    second = named({key: f"other {of[key]}" for key in shuffled}, before, "run")

    assert ids(first) == ids(second)
    assert first.events.equals(second.events)
    assert first.identity.members.equals(second.identity.members)
    assert first.identity.names.equals(second.identity.names)


@settings(max_examples=20, deadline=None)
@given(history=HISTORY)
def test_running_again_changes_nothing(history: list[list[int]]) -> None:
    """No id, no event, nothing that is remembered."""
    last = lived(history)[-1]

    again = named(clusters(history[-1]), last.identity, "again")

    assert again.events.num_rows == 0
    assert ids(again) == ids(last)
    assert again.identity.members.equals(last.identity.members)
    assert again.identity.names.equals(last.identity.names)


@settings(max_examples=20, deadline=None)
@given(history=HISTORY, gone=st.integers(0, 7))
def test_a_record_that_is_removed_and_comes_back_finds_its_id(history: list[list[int]], gone: int) -> None:
    """And so does everybody else."""
    last = lived(history)[-1]
    of = clusters(history[-1])
    without = {key: label for key, label in of.items() if key != f"crm/c/{gone:02}"}

    back = named(of, named(without, last.identity, "without").identity, "back")

    assert ids(back) == ids(last)


@settings(max_examples=20, deadline=None)
@given(history=HISTORY, joined=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_clusters_that_were_joined_and_part_again_have_their_ids_back(history: list[list[int]], joined: list[int]) -> None:
    """A record that linked two clusters came in by mistake and is gone again."""
    last = lived(history)[-1]
    of = clusters(history[-1])
    linked = {key: f"label {joined[int(label[-1])]}" for key, label in of.items()} | {"crm/c/99": f"label {joined[0]}"}

    back = named(of, named(linked, last.identity, "linked").identity, "back")

    assert ids(back) == ids(last)


@settings(max_examples=20, deadline=None)
@given(history=HISTORY)
def test_an_id_is_never_given_twice(history: list[list[int]]) -> None:
    """What bears an id shares a record with what bore it before."""
    bore: dict[str, set[str]] = {}
    for found in lived(history):
        holders: dict[str, set[str]] = {}
        for key, name in ids(found).items():
            holders.setdefault(name, set()).add(key)
        for event in found.events.to_pylist():
            if event["kind"] == "merged":
                bore[event["cluster_id"]] = bore[event["cluster_id"]] | bore[event["other_cluster_id"]]
        for name, keys in holders.items():
            assert name not in bore or bore[name] & keys
            bore[name] = bore.get(name, set()) | keys


@settings(max_examples=20, deadline=None)
@given(history=HISTORY)
def test_events_account_for_every_change(history: list[list[int]]) -> None:
    """From the ids before, the events lead to the ids now."""
    bearing: set[str] = set()
    for found in lived(history):
        for event in found.events.to_pylist():
            if event["kind"] in {"new", "split", "returned"}:
                assert event["cluster_id"] not in bearing
                bearing.add(event["cluster_id"])
            bearing -= {event["other_cluster_id"]} if event["kind"] == "merged" else set()
            bearing -= {event["cluster_id"]} if event["kind"] == "retired" else set()
        assert bearing == set(ids(found).values())


def members(of: dict[str, str]) -> dict[str, frozenset[str]]:
    """Return the whole cluster of each record."""
    groups: dict[str, set[str]] = {}
    for key, label in of.items():
        groups.setdefault(label, set()).add(key)
    return {key: frozenset(groups[label]) for key, label in of.items()}


@settings(max_examples=60, deadline=None)
@given(history=HISTORY)
def test_only_what_changed_needs_to_be_named_anew(history: list[list[int]]) -> None:
    """Looking at the clusters that are not as they were gives all that looking at every cluster gives."""
    whole = lived(history)
    for number, (before, now, last, expected) in enumerate(zip(history, history[1:], whole, whole[1:], strict=False), 1):
        old, new = clusters(before), clusters(now)
        were, are = members(old), members(new)
        rows = [{"record_key": key, "cluster_id": new[key]} for key in new if were.get(key) != are[key]]
        gone = pa.array([key for key in old if key not in new], pa.string())

        found = identified_changes(CLUSTER.from_rows(rows), gone, last.identity, run_id=f"run {number}")

        assert found.clusters.equals(expected.clusters)
        assert found.events.equals(expected.events)
        assert found.identity.names.equals(expected.identity.names)
        for name in ("record_key", "is_present"):
            assert found.identity.members[name].equals(expected.identity.members[name])
        for name in ("cluster_id", "former_id"):
            assert found.identity.members[name].to_pylist() == expected.identity.members[name].to_pylist()
