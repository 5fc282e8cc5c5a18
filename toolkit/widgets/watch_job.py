"""The screen on which a job, or a pull, is watched as it runs."""

from toolkit.widgets.screen import Screen


class WatchJob(Screen, page="watch_job"):
    """A job: where it stands, and the ways to start, pause and take it back."""
