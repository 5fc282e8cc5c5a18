"""Under which name a sign-in is kept, and which command makes it anew."""

_WRITE = ".write"


def written_name(system: str) -> str:
    """Return the name under which the sign-in is kept that writes to a system.

    Examples
    --------
    >>> written_name("crm"), read_name("crm.write"), read_name("crm")
    ('crm.write', 'crm', 'crm')
    """
    return f"{system}{_WRITE}"


def read_name(name: str) -> str:
    """Return the system of a sign-in, whether it reads it or writes to it."""
    return name.removesuffix(_WRITE)


def connect_command(name: str, folder: str = "") -> str:
    """Return what is typed to sign in, by the name under which the sign-in is kept, and the folder as it is typed.

    Examples
    --------
    >>> connect_command("crm"), connect_command(written_name("crm"))
    ('integration-audit connect crm', 'integration-audit connect crm --write')
    >>> connect_command("crm", "harbor-pine")
    'integration-audit connect crm harbor-pine'
    """
    words = ["integration-audit connect", read_name(name), folder, "--write" if name != read_name(name) else ""]
    return " ".join(filter(None, words))
