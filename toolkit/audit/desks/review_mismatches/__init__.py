"""The screen for what systems do not agree in: `review_mismatches`."""

from typing import TYPE_CHECKING

from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.review_mismatches.desk import MismatchDesk
from toolkit.audit.engagement import Engagement

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

__all__ = ["MismatchDesk", "review_mismatches"]


def review_mismatches(engagement: Engagement, *, reviewer: str = "") -> "Screen":
    """Return the screen on which differences between systems are decided, field by field.

    Each decision is stored with who took it and when before it is shown as saved; the next audit obeys it. That one system
    decides a field is written into ``engagement.yaml``.

    Parameters
    ----------
    engagement
        With snapshots; what has not been compared yet is compared first.
    reviewer
        Who decides; without, the name under which somebody signed in to this machine.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        What draws screens is not installed.
    """
    return opened_screen("review_mismatches", MismatchDesk(engagement, reviewer_name(reviewer)))
