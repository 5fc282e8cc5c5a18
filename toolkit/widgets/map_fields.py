"""The screen that says which column of a client's table is which of ours."""

from toolkit.widgets.screen import Screen


class MapFields(Screen, page="map_fields"):
    """Our columns with their sources on the left, the client's columns on the right."""
