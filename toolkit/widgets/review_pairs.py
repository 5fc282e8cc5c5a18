"""The screen on which pairs and groups of records are reviewed."""

from toolkit.widgets.screen import Screen


class ReviewPairs(Screen, page="review_pairs"):
    """Pairs and groups, side by side."""
