"""What a client calls each system: the label of the settings, else the product's name, else the system's own."""

from collections import Counter
from collections.abc import Mapping

from toolkit.connectors import connectors


def category_labels() -> dict[str, str]:
    """Return what kind of system each connector reads, in a client's words.

    Examples
    --------
    >>> category_labels()["shopify"]
    'web shop'
    """
    return {one.name: one.category_label for one in connectors()}


def connector_categories() -> dict[str, str]:
    """Return the category of what each connector reads; a client's own table has none.

    Examples
    --------
    >>> connector_categories()["quickbooks"]
    'ledger'
    """
    return {one.name: one.category for one in connectors() if one.is_product}


def system_labels(connector_names: Mapping[str, str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the words for every system.

    Parameters
    ----------
    connector_names
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
    products = {one.name: one.label for one in connectors() if one.is_product}
    named = {name: label for name, label in (given or {}).items() if label}
    plain = Counter(connector for name, connector in connector_names.items() if name not in named)
    for name, connector in connector_names.items():
        if name in named:
            continue
        if connector not in products:
            words = name.replace("_", " ")
            named[name] = words[:1].upper() + words[1:]
        else:
            named[name] = products[connector] if plain[connector] == 1 else f"{products[connector]} ({name})"
    return {name: named[name] for name in sorted(named)}
