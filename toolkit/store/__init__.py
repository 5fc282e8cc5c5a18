"""The engagement on disk: snapshots and results as Parquet, state in SQLite."""

from toolkit.store.results import Run
from toolkit.store.snapshots import WrittenSnapshot
from toolkit.store.store import Store

__all__ = ["Run", "Store", "WrittenSnapshot"]
