"""The verb ``show_register``: one of the landscape's registers, to be read."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer
from toolkit.discovery import discovered
from toolkit.errors import UnknownNameError


def registers() -> dict[str, Register]:
    """Return every register by its name."""
    found = discovered("toolkit.audit.registers", "REGISTER")
    return {name: one for name, one in found.items() if isinstance(one, Register)}


def show_register(engagement: Engagement, name: str) -> RegisterAnswer:
    """Return one of the landscape's registers; ``frame`` has all of its rows and columns.

    Parameters
    ----------
    engagement
        Any, also one of which nothing was pulled yet.
    name
        Of the register: ``patterns``, ``overlaps``, ``automations`` …

    Raises
    ------
    UnknownNameError
        There is none of that name; the message offers the nearest.
    """
    known = registers()
    if name not in known:
        raise UnknownNameError("register", name, known)
    return known[name].read(engagement)
