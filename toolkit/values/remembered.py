"""What was told of the cells of a column, for whoever asks about the same cells again within a piece of work.

Matching asks four times what a company's name says: to know the companies, to tell who is one, and to compare them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import of_distinct
from toolkit.values.text import in_parts

Judge = Callable[[pa.StringArray], pa.Array]


@dataclass(slots=True)
class _Memory:
    """By what is asked: cells, and what was told of each."""

    told: dict[str, tuple[pa.StringArray, pa.Array]] = field(default_factory=dict)


_MEMORY: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember within the block what is told of cells, and forget it at its end.

    Examples
    --------
    >>> with remembering():
    ...     [of_remembered(pa.array(["a"]), "upper", pc.utf8_upper).to_pylist() for _ in range(2)]
    [['A'], ['A']]
    """
    token = _MEMORY.set(_Memory())
    try:
        yield
    finally:
        _MEMORY.reset(token)


def of_remembered(values: pa.StringArray, question: str, judge: Judge) -> pa.Array:
    """Return what ``of_distinct`` gives, worked out only for cells that were not yet told of under this question.

    Parameters
    ----------
    values
        The cells; null stays null.
    question
        What is asked: one name for one ``judge``.
    judge
        What it tells of a cell depends on nothing but that cell.
    """
    memory = _MEMORY.get()
    if memory is None:
        return of_distinct(values, judge)
    encoded = values.dictionary_encode()
    distinct = encoded.dictionary
    if question not in memory.told:
        memory.told[question] = (distinct, in_parts(distinct, judge))
        return memory.told[question][1].take(encoded.indices)
    cells, known = memory.told[question]
    place = pc.index_in(distinct, value_set=cells)
    new = distinct.filter(pc.is_null(place))
    if len(new):
        # New cells are put behind the known ones in their order.
        place = pc.replace_with_mask(place, pc.is_null(place), pa.array(np.arange(len(new)) + len(cells), pa.int32()))
        cells, known = pa.concat_arrays([cells, new]), pa.concat_arrays([known, in_parts(new, judge)])
        # Another core may have told of others meanwhile; they are told of once more when they are asked for.
        memory.told[question] = (cells, known)
    return known.take(place).take(encoded.indices)
