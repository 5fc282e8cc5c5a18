"""What a connector asks for, whatever it is held against."""

import re

from tests.servers.contracts import Contract
from toolkit.connector import Connector, Reading


def readings_of(connector: Connector) -> list[Reading]:
    """Return every list that a connector asks for, those that only give names or complete records too."""
    return [
        one
        for stream in connector.streams
        for one in (
            *stream.readings,
            *(each.reading for reading in stream.readings for each in reading.completed),
            *(each.reading for each in stream.lookups),
        )
    ]


def places_of(connector: Connector, contract: Contract) -> dict[str, str]:
    """Return something for every place of a connector's addresses, headers and queries."""
    texts = repr((connector.api, readings_of(connector)))
    names = set(re.findall(r"\{([a-z][a-z0-9_]*)\}", texts)) - {"parent"}
    return dict.fromkeys(sorted(names), "4711") | dict(contract.places)
