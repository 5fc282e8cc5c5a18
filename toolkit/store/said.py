"""What persons said, read for a document: it shows again who decided what, and with which remark."""

from pathlib import Path
from typing import Any

from toolkit.store.decisions import kept_decisions
from toolkit.store.rulings import kept_rulings
from toolkit.store.state import read_only_engine
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
    if not path.is_file():
        return [], []
    engine = read_only_engine(path)
    try:
        with engine.connect() as connection:
            return kept_decisions(connection).to_pylist(), kept_rulings(connection).to_pylist()
    finally:
        engine.dispose()
