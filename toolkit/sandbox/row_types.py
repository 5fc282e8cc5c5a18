"""What a stand-in's functions are given: rows of a snapshot, records as the vendor writes them, and all of a stream."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
"""A record of a snapshot by canonical column; beside them ``lines`` and ``points``, rows of the side tables."""

Record = dict[str, Any]
"""A record as the vendor writes it."""

Others = Callable[[str], Sequence[tuple[Row, Record]]]
"""The records of a stream, by its name, with their rows."""
