"""Finds what an extension folder offers: one module, one object. Adding a file adds the thing; there is no registry."""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType

from toolkit.errors import InputError


@cache
def _found(package_name: str, attribute: str) -> MappingProxyType[str, object]:
    package = importlib.import_module(package_name)
    found: dict[str, object] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        if module.name.startswith("_"):
            continue
        loaded = importlib.import_module(f"{package_name}.{module.name}")
        if not hasattr(loaded, attribute):
            raise InputError(
                f"Module {package_name}.{module.name} has no {attribute}. Every file of that folder exports one; "
                "begin the name with '_' if it is no extension."
            )
        found[module.name] = getattr(loaded, attribute)
    return MappingProxyType(found)


def discovered(package_name: str, attribute: str) -> dict[str, object]:
    """Return the ``attribute`` of every module in a package, by module name in alphabetical order.

    Modules whose name begins with ``_`` are no extensions.

    Raises
    ------
    InputError
        A module has no such attribute.

    Examples
    --------
    >>> "hubspot" in discovered("toolkit.connectors", "CONNECTOR")
    True
    """
    return dict(_found(package_name, attribute))
