"""Whether the share of missing documents is plausible against those that were found."""

from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import Hints, by_split
from toolkit.reconcile.judging.verdict import ERROR, FAILED, LAG, LOSS, MISSING, Verdict, counts_text, sound

_MOST_MISSING, _MANY_MISSING = 0.5, 0.25
_STRAY_SHARE = 0.5


def missing(compared: Compared, hints: Hints) -> Verdict:
    """Return whether what is missing can be believed: not all of it, not with as many strays on the other side.

    Parameters
    ----------
    compared
        Both sides.
    hints
        What is missing, and how amounts relate.
    """
    count, lost = compared.due, int(compared.is_missing.sum())
    held = (MISSING, LOSS)
    if not compared.judged:
        reason = f"None of the {len(compared.left):,} {compared.noun_l} could be looked for in {compared.label_r}."
        return Verdict("missing", FAILED, reason, "Mend what the other aspects name, and audit again.", (*held, LAG, ERROR))
    if not count:
        days = compared.handoff.grace_days
        return sound("missing", f"No {compared.noun_l} were older than the {days} days that they may take.")
    said = f"{counts_text(lost, count)} {compared.noun_l} whose time was up have no counterpart"
    strays = compared.stray_count
    same = f"Look for three of the missing {compared.noun_l} in {compared.label_r} by hand"
    if lost == count:
        reason = f"{said}, though {compared.label_r} has {len(compared.right):,} {compared.noun_r}."
        return Verdict("missing", FAILED, reason, f"{same}: a column that joins them was not read.", (*held, LAG, ERROR))
    if lost > _MOST_MISSING * count:
        reason = f"{said}, and {strays:,} {compared.noun_r} in {compared.label_r} have none either."
        to_do = f"{same}: either the list is only a part, or a column that joins them was not read."
        return Verdict("missing", FAILED, reason, to_do, (*held, LAG, ERROR))
    if lost >= _MANY_MISSING * count and strays >= _STRAY_SHARE * lost:
        reason = f"{said}, and about as many {compared.noun_r} in {compared.label_r} ({strays:,}) have none either."
        return Verdict("missing", FAILED, reason, f"{same}: a column that joins them may not have been read.", held)
    return by_split(compared, hints.split)._replace(aspect="missing") if hints.split else sound("missing", f"{said}.")
