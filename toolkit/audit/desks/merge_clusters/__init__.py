"""The screen for merging duplicates: `merge_clusters`."""

from typing import TYPE_CHECKING

from toolkit.audit.desks.merge_clusters.desk import MergeDesk
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.engagement import Engagement

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

__all__ = ["MergeDesk", "merge_clusters"]


def merge_clusters(engagement: Engagement, system: str, *, reviewer: str = "") -> "Screen":
    """Return the screen on which is decided what becomes of the duplicates of one system.

    Which record stays and what each of its fields says follows from rules; a person's choice stands above them. Each is
    stored with who took it and when before it is shown as saved, and the next ``plan cleanup`` obeys it.

    Parameters
    ----------
    engagement
        With snapshots; what has not been matched yet is matched first.
    system
        The client's name of the system.
    reviewer
        Who decides; without, the name under which somebody signed in to this machine.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        There is no such system.
    InputError
        What draws screens is not installed.
    """
    return opened_screen("merge_clusters", MergeDesk(engagement, system, reviewer_name(reviewer)))
