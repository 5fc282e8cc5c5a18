"""Whether this machine may talk to itself: a notebook's kernel is another process, reached through its loopback address."""

import socket

from toolkit.errors import InputError

_WAIT_S = 5.0


def require_loopback(address: str = "127.0.0.1") -> None:
    """Refuse to start a kernel where nothing can be reached at ``address``: it would be waited for in vain, for minutes.

    Raises
    ------
    InputError
        The message says why, and which way needs no kernel.

    Examples
    --------
    >>> require_loopback("192.0.2.1")  # an address that no machine has
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: A notebook's kernel is reached at 192.0.2.1, and this machine lets nothing connect there (...
    """
    try:
        with socket.create_server((address, 0)) as server:
            socket.create_connection(server.getsockname()[:2], timeout=_WAIT_S).close()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            f"A notebook's kernel is reached at {address}, and this machine lets nothing connect there ({why}). "
            "In a terminal the same needs no kernel: integration-audit report FOLDER"
        ) from None
