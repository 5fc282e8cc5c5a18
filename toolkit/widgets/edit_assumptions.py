"""The page of ``toolkit.edit_assumptions``."""

from toolkit.widgets.screen import Screen


class EditAssumptions(Screen, page="edit_assumptions"):
    """Inputs of the business case with sliders, and the case beside them."""
