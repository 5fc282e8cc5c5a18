"""What a client calls each system: the label of the settings, else the product's name, else the system's own."""

from collections import Counter
from collections.abc import Mapping

from toolkit.connector import Connector
from toolkit.discovery import discovered

_OWN_WORDS = frozenset({"table", "bank", "hr"})
"""Connectors that are no product: a sheet, a bank and a staff list are called what the client calls them."""


def system_labels(connectors: Mapping[str, str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the words for every system.

    Parameters
    ----------
    connectors
        Connector of each system by the system's name.
    given
        Labels of the settings, by system; an empty one counts as none.

    Examples
    --------
    >>> system_labels({"crm": "hubspot", "site_log": "table"}, {"site_log": ""})
    {'crm': 'HubSpot', 'site_log': 'Site log'}
    >>> system_labels({"crm": "hubspot", "crm_uk": "hubspot"})
    {'crm': 'HubSpot (crm)', 'crm_uk': 'HubSpot (crm_uk)'}
    """
    found = discovered("toolkit.connectors", "CONNECTOR")
    products = {name: one.label for name, one in found.items() if isinstance(one, Connector)}
    named = {name: label for name, label in (given or {}).items() if label}
    plain = Counter(connector for name, connector in connectors.items() if name not in named)
    for name, connector in connectors.items():
        if name in named:
            continue
        if connector in _OWN_WORDS or connector not in products:
            words = name.replace("_", " ")
            named[name] = words[:1].upper() + words[1:]
        else:
            named[name] = products[connector] if plain[connector] == 1 else f"{products[connector]} ({name})"
    return {name: named[name] for name in sorted(named)}
