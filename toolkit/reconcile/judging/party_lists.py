"""Whether two lists of parties can be compared: whether anything is due, and whether anything at all was found."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.judging.verdict import (
    ALL_MEASURES,
    ERROR,
    FAILED,
    LAG,
    LOSS,
    MISSING,
    Verdict,
    counts_text,
    sound,
)

_MOST_MISSING = 0.5


def judged_parties(counterparts: pa.Table, streams: tuple[pa.Table, pa.Table], labels: tuple[str, str]) -> Sequence[Verdict]:
    """Return what is judged of a handoff of parties.

    Parameters
    ----------
    counterparts
        The handoff's COUNTERPART rows.
    streams
        All records of source and target.
    labels
        What the client calls the two systems.
    """
    label_l, label_r = labels
    for stream, label in zip(streams, labels, strict=True):
        if not stream.num_rows:
            reason = f"No customers or suppliers of {label} were read."
            return [Verdict("filter", FAILED, reason, f"Ask for the list of {label}.", ALL_MEASURES)]
    found, missing = (int(pc.sum(pc.equal(counterparts["status"], one)).as_py() or 0) for one in ("found", "missing"))
    verdicts = [sound("filter", f"{counterparts.num_rows:,} of the records in {label_l} stand for a party to look for.")]
    said = f"{counts_text(missing, found + missing)} of them were not found in {label_r}"
    if not found + missing:
        why = "none is old enough, or dated" if counterparts.num_rows else "none is called a customer or supplier"
        reason = f"Of none of the records in {label_l} can it be said whether {label_r} has them: {why}."
        to_do = f"Check which records of {label_l} are customers, and the column with the day on which each was entered."
        return [*verdicts, Verdict("missing", FAILED, reason, to_do, (MISSING, LAG, ERROR, LOSS))]
    if missing > _MOST_MISSING * (found + missing):
        to_do = f"Check the columns with names and addresses of {label_l} and {label_r}, and which records are customers."
        return [*verdicts, Verdict("missing", FAILED, f"{said}.", to_do, (MISSING, LAG, ERROR, LOSS))]
    dated = int(pc.sum(pc.is_valid(counterparts["event_on"])).as_py() or 0)
    return [
        *verdicts,
        sound("dates", f"{counts_text(dated, counterparts.num_rows)} have a date."),
        sound("missing", f"{said}."),
    ]
