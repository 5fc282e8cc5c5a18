"""The widget on which differences between systems are decided."""

from toolkit.widgets.screen import Screen


class ReviewMismatches(Screen, page="review_mismatches"):
    """Where systems disagree, field by field; its desk is `toolkit.audit.desks.review_mismatches`."""
