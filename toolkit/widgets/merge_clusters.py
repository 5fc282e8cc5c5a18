"""The widget on which is decided what becomes of duplicates."""

from toolkit.widgets.screen import Screen


class MergeClusters(Screen, page="merge_clusters"):
    """Duplicates side by side with their golden record; its desk is `toolkit.audit.desks.merge_clusters`."""
