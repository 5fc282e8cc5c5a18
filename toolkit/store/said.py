"""What persons said, read for a document: it shows again who decided what, and with which remark."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.store.decisions import kept_decisions
from toolkit.store.rulings import kept_rulings
from toolkit.store.shared.place import MARKER
from toolkit.store.state import METADATA, read_only_engine
from toolkit.store.state_copy import COPY_NAME, put_back, read_copy
from toolkit.store.state_file import STATE_NAME

Said = dict[str, Any]


def words_of_persons(engagement: Path) -> tuple[list[Said], list[Said]]:
    """Return the decisions on pairs (rows of DECISION, in order of entry) and the last words on findings (rows of RULING).

    Parameters
    ----------
    engagement
        Its folder; without a state nobody said anything.
    """
    path = engagement / STATE_NAME
    if (engagement / MARKER).exists():
        engine = _of_copy(engagement / COPY_NAME)
    elif path.is_file():
        engine = read_only_engine(path)
    else:
        return [], []
    try:
        with engine.connect() as connection:
            return kept_decisions(connection).to_pylist(), kept_rulings(connection).to_pylist()
    finally:
        engine.dispose()


def _of_copy(path: Path) -> sa.Engine:
    """Return an engine on what the copy of a shared state holds: a document needs no way to the server."""
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    METADATA.create_all(engine)
    copy = read_copy(path)
    if copy is not None:
        with engine.begin() as connection:
            put_back(connection, copy, ())
    return engine
