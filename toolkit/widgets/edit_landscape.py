"""The page of ``toolkit.edit_landscape``."""

from toolkit.widgets.screen import Screen


class EditLandscape(Screen, page="edit_landscape"):
    """Systems, people and handoffs, as a drawing and as a table."""
