"""The screen on which a plan is looked at and agreed to."""

from toolkit.widgets.screen import Screen


class ApprovePlan(Screen, page="approve_plan"):
    """A plan, all of it, and who agrees."""
