"""The engagement on disk: snapshots and results as Parquet, state in SQLite.

`Store` stands in ``toolkit.store.store``: who reads a run, as the report does, loads no database.
"""

from toolkit.store.results import Run
from toolkit.store.snapshots import WrittenSnapshot

__all__ = ["Run", "WrittenSnapshot"]
