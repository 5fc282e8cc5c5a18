"""The map: boxes in columns that never overlap, paths that never run behind a box."""

import random
from collections import Counter
from itertools import combinations

from toolkit.landscape.handoffs import Handoff
from toolkit.landscape.layout import landscape_map
from toolkit.landscape.systems import System


def _handoff(number: int, left: str, right: str, by: str = "") -> Handoff:
    return Handoff(f"h{number:03}", f"H{number}", left, "a", "deal", right, "b", "invoice", by=by)


def test_a_person_stands_between_the_systems_it_serves() -> None:
    """System to person to system: two hops, in three columns from left to right."""
    drawn = landscape_map([System("crm"), System("ledger")], [_handoff(1, "crm", "ledger", by="Dana")])

    assert [(path.source, path.target) for path in drawn.paths] == [
        ("system:crm", "person:Dana"),
        ("person:Dana", "system:ledger"),
    ]
    assert len({box.x for box in drawn.boxes}) == 3


def test_forty_systems_and_120_flows_do_not_overlap() -> None:
    """Even a tangled client, circles included, gets boxes apart and paths beside them."""
    dice = random.Random(7)
    names = [f"s{at:02}" for at in range(40)]
    handoffs = [_handoff(at, *dice.sample(names, 2), by=dice.choice(["", "Ann", "Bo"])) for at in range(120)]

    drawn = landscape_map([System(name) for name in names], handoffs)

    assert {handoff.handoff_id for handoff in handoffs} == {path.handoff_id for path in drawn.paths}
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
    for path in drawn.paths:
        for x, y in path.points[1:-1]:
            for box in drawn.boxes:
                assert abs(x - box.x) > box.width / 2 + 1e-9 or abs(y - box.y) > box.height / 2


def test_a_large_map_fits_a_page() -> None:
    """Of forty systems no row holds more than can be read side by side, and people have no box."""
    dice = random.Random(3)
    names = [f"s{at:02}" for at in range(40)]
    star = [_handoff(at, names[0], name, by="Dana") for at, name in enumerate(names[1:30])]
    tangled = [_handoff(100 + at, *dice.sample(names, 2), by="Bo") for at in range(60)]

    drawn = landscape_map([System(name) for name in names], [*star, *tangled], is_paged=True)
    rows = Counter(box.y for box in drawn.boxes)

    assert max(rows.values()) <= 7
    assert len(rows) <= 24
    assert {box.kind for box in drawn.boxes} == {"system"}


def test_a_circle_of_systems_still_has_columns() -> None:
    """A flow that closes a circle runs back instead of pulling all into one column."""
    drawn = landscape_map([], [_handoff(1, "a", "b"), _handoff(2, "b", "c"), _handoff(3, "c", "a")])

    assert [box.label for box in sorted(drawn.boxes, key=lambda box: box.x)] == ["a", "b", "c"]


def test_the_order_of_the_input_does_not_matter() -> None:
    """The same client gives the same map."""
    systems = [System("a"), System("b"), System("c", category="sheet")]
    handoffs = [_handoff(1, "a", "b", by="Dana"), _handoff(2, "a", "c")]

    assert landscape_map(systems, handoffs) == landscape_map(systems[::-1], handoffs[::-1])
    assert {box.kind for box in landscape_map(systems, handoffs).boxes} == {"system", "informal", "person"}


def test_an_empty_client_gives_an_empty_map() -> None:
    """Nothing to draw is not an error."""
    assert landscape_map([], []).boxes == ()
