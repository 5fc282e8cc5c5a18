"""One module per system, which describes it as data; found by being there."""

from toolkit.connector import Connector
from toolkit.discovery import discovered


def connectors() -> tuple[Connector, ...]:
    """Return every connector that has a file, by name.

    Examples
    --------
    >>> [one.label for one in connectors()][:2]
    ['Asana', 'Bank statement']
    """
    return tuple(one for one in discovered("toolkit.connectors", "CONNECTOR").values() if isinstance(one, Connector))


def connector_of(name: str) -> Connector | None:
    """Return the connector of that name; None where no file describes such a system."""
    return next((one for one in connectors() if one.name == name), None)
