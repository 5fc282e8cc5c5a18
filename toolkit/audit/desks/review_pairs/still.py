"""The state of a review as a picture: for a notebook that is exported or printed, where no kernel answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.verb_result import html_answer
from toolkit.values.counted import counted

_WORDS = ("open", "the same", "not the same", "open again")


def still(client: str, progress: Mapping[str, int], rows: Sequence[Sequence[Any]], total: int) -> str:
    """Return what is decided, what is open, and the pairs to be looked at next, as HTML.

    Parameters
    ----------
    client
        Whose records.
    progress
        How many pairs are decided and open.
    rows
        Lines of pairs, as the page gets them.
    total
        How many there are in all.
    """
    decided = f"{counted(progress['decided'], 'pair')} decided ({progress['same']:,} the same)"
    sentence = f"{client}: {decided}, {progress['open']:,} open."
    head = ("left record", "in", "right record", "in", "probability", "decision")
    cells = [(row[1], row[3], row[2], row[4], f"{100 * row[5]:.1f} %", _WORDS[row[6]]) for row in rows]
    left = total - len(rows)
    notes = [f"{left:,} more are open."] if left > 0 else []
    notes.append("The next matching obeys what is decided. Run the cell to go on reviewing.")
    return html_answer(sentence, head, cells, notes)
