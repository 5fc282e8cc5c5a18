"""Which changes of a job are done first, and watched: one of each kind."""

from toolkit.changes import Operation


def canary_first(changes: tuple[Operation, ...], count: int) -> list[Operation]:
    """Return changes with the first of each kind in front, as far as what they wait for is in front of them."""
    front: list[Operation] = []
    kinds: set[tuple[str, str]] = set()
    ids: set[str] = set()
    for one in changes:
        if len(front) < count and (one.action, one.stream) not in kinds and ids.issuperset(one.depends_on):
            front.append(one)
            kinds.add((one.action, one.stream))
            ids.add(one.op_id)
    return [*front, *(one for one in changes if one.op_id not in ids)]
