"""What changed in the shape of a stream's records since the last pull: nothing becomes empty without a word."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.audit.pull.asked import AskedStream, asked_paths
from toolkit.audit.pull.asked_memory import StreamMemory
from toolkit.audit.pull.asked_rows import Shape, is_made
from toolkit.values.counted import counted

_MIN_RECORDS = 20
"""Of fewer records nobody can say that a path is gone: a handful may lack it."""

_MOST_NAMED = 8
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Drift:
    """Sentences: ``lost`` is what a column is not read from any more, ``notes`` what else is different."""

    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def drift(said: str, asked: AskedStream, shape: Shape, before: StreamMemory) -> Drift:
    """Return what is different in the records of a stream, and which paths of it lead to nothing.

    Parameters
    ----------
    said
        The stream as a sentence names it.
    asked
        What is read of its records.
    shape
        What they look like now.
    before
        What they looked like at the last pull.
    """
    if not shape.records:
        return Drift()
    columns = {path: column for column, one in asked.stream.fields.items() for path in one.headers}
    read = [path for path in asked_paths(asked.stream) if path in columns and not is_made(path)]
    lost, notes = [], []
    new = sorted(path for path in shape.filled if path not in before.filled) if before.records else []
    for path in read:
        if path in shape.filled or any(other.startswith(f"{path}.") for other in shape.filled) or _is_in_list(path, shape):
            continue
        was_filled = before.records > 0 and before.filled.get(path, 0) * 2 >= before.records
        near = difflib.get_close_matches(path, [one for one in shape.filled if one not in columns], n=1, cutoff=_NEAR)
        hint = f" Is it {near[0]!r} now?" if near and before.records else f" Did you mean {near[0]!r}?" if near else ""
        if was_filled and shape.records >= _MIN_RECORDS:
            lost.append(f"no record has a value at {path!r} any more, so that {columns[path]} is not read.{hint}")
        elif before.records or asked.own is None:
            # What a vendor's own file reads is there, filled or not; what a person wrote may be mistyped.
            continue
        elif near:
            lost.append(f"no record has a value at {path!r}, so that {columns[path]} is not read.{hint}")
        else:
            notes.append(f"{said}: no record has a value at {path!r} ({columns[path]}).")
    for path in read:
        was, now = set(before.kinds.get(path, ())), shape.kinds.get(path, set())
        if was and now and not now <= was:
            notes.append(
                f"{said}: {path!r} was {_listed(sorted(was))} and is {_listed(sorted(now))} now. It is kept as text."
            )
    if new:
        shown = ", ".join(repr(path) for path in new[:_MOST_NAMED])
        notes.append(f"{said}: {counted(len(new), 'new field')} ({shown}), kept with the record and read as nothing.")
    return Drift(tuple(lost), tuple(notes))


def _is_in_list(path: str, shape: Shape) -> bool:
    """Return whether a path leads into a list that records have: what its entries look like is not looked at."""
    names = path.split(".")
    return any("list" in shape.kinds.get(".".join(names[:length]), ()) for length in range(1, len(names)))


def _listed(kinds: Sequence[str]) -> str:
    return " or ".join(kinds)
