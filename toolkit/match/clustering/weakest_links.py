"""The weakest link between two records that a group holds together: of all ways through it, that of the strongest."""

from collections import defaultdict

import numpy as np

from toolkit.match.clustering.components import components
from toolkit.match.comparison import Floats, Ints


def weakest_links(  # noqa: PLR0917 - parallel columns
    count: int, left: Ints, right: Ints, weight: Floats, asked_l: Ints, asked_r: Ints
) -> Ints:
    """Return for each asked pair the link that is the weakest on the strongest way between its two nodes; -1: no way.

    Parameters
    ----------
    count
        Number of nodes.
    left, right, weight
        Links between nodes, weights in bits.
    asked_l, asked_r
        The pairs that are asked about.

    References
    ----------
    Hu, The maximum capacity route problem, Operations Research 9 (1961), pp. 898-900: it runs along a maximum spanning tree.

    Examples
    --------
    >>> weight = np.array([9.0, 2.0, 5.0])
    >>> weakest_links(4, np.array([0, 0, 1]), np.array([1, 2, 2]), weight, np.array([0, 0]), np.array([2, 3])).tolist()
    [2, -1]
    """
    result = np.full(len(asked_l), -1, dtype=np.int64)
    if not len(asked_l):
        return result
    component = components(count, left, right)
    is_wanted = np.zeros(count, dtype=bool)
    is_wanted[component[asked_l[component[asked_l] == component[asked_r]]]] = True
    links = np.flatnonzero(is_wanted[component[left]])
    questions: dict[int, list[int]] = defaultdict(list)
    for number, ends in enumerate(zip(asked_l.tolist(), asked_r.tolist(), strict=True)):
        for end in ends:
            questions[end].append(number)
    group: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    # The strongest first: what a link joins had no stronger way before, so that this link is the weakest on its way.
    for link in links[np.lexsort((right[links], left[links], -weight[links]))].tolist():
        one, other = (group.setdefault(end, end) for end in (int(left[link]), int(right[link])))
        if one == other:
            continue
        small, large = sorted((one, other), key=lambda name: len(members.setdefault(name, [name])))
        for node in members[small]:
            for number in questions[node]:
                if large in {group.get(int(asked_l[number])), group.get(int(asked_r[number]))}:
                    result[number] = link
        for node in members[small]:
            group[node] = large
        members[large] += members.pop(small)
    return result
