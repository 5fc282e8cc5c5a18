"""What needs what: pairs ``(a, b)`` say that a needs b, so b is done first, and a never without it."""

from collections.abc import Collection, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from toolkit.errors import InputError, UnknownNameError

Need = tuple[str, str]


def needed_by(ids: Collection[str], needs: Iterable[Need], *, kind: str = "project") -> dict[str, tuple[str, ...]]:
    """Return what each one needs at once, by id.

    Parameters
    ----------
    ids
        All there are.
    needs
        Pairs ``(a, b)``: a needs b.
    kind
        What the ids name, for messages.

    Raises
    ------
    UnknownNameError
        A pair names something that there is not.
    InputError
        They need each other in a circle, which the message names.

    Examples
    --------
    >>> needed_by(["a", "b", "c"], [("c", "a"), ("c", "b")])
    {'a': (), 'b': (), 'c': ('a', 'b')}
    """
    found: dict[str, dict[str, None]] = {one: {} for one in ids}
    for one, needed in needs:
        for name in (one, needed):
            if name not in found:
                raise UnknownNameError(kind, name, ids)
        found[one][needed] = None
    _refuse_a_circle(found)
    return {one: tuple(names) for one, names in found.items()}


def all_needed_by(direct: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return what each one needs at once or by way of another, by id; ``direct`` as `needed_by` returns it.

    Examples
    --------
    >>> sorted(all_needed_by({"a": (), "b": ("a",), "c": ("b",)})["c"])
    ['a', 'b']
    """
    found: dict[str, frozenset[str]] = {}
    for one in TopologicalSorter(direct).static_order():
        found[one] = frozenset(direct[one]).union(*(found[needed] for needed in direct[one]))
    return found


def in_feasible_order(wanted: Sequence[str], direct: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the ids in the wanted order, each moved only as far as what it needs asks for.

    Parameters
    ----------
    wanted
        All ids in the order somebody would like.
    direct
        As `needed_by` returns it.

    Examples
    --------
    >>> in_feasible_order(["c", "a", "b"], {"a": (), "b": (), "c": ("b",)})
    ('b', 'c', 'a')
    """
    placed: dict[str, None] = {}

    def place(one: str) -> None:
        if one not in placed:
            for needed in sorted(direct[one], key=wanted.index):
                place(needed)
            placed[one] = None

    for one in wanted:
        place(one)
    return tuple(placed)


def _refuse_a_circle(found: dict[str, dict[str, None]]) -> None:
    try:
        TopologicalSorter(found).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        words = ", ".join(f"{one!r} needs {needed!r}" for one, needed in pairwise(circle))
        raise InputError(
            f"They need each other in a circle, so none could ever begin: {words}. Take one of these needs away."
        ) from error
