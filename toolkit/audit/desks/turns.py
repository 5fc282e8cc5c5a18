"""A turn at an engagement's files: who decides at a screen waits a moment for another, and is told where that takes long."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from toolkit.audit.engagement import Engagement
from toolkit.errors import BusyError

PATIENCE_S = 4.0
"""So long somebody who decides waits for another who writes."""

_PAUSE_S = 0.05


@contextmanager
def turn(engagement: Engagement, purpose: str, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the right to write for a ``with`` block; one that another person holds for a moment is waited for.

    Parameters
    ----------
    engagement
        Whose.
    purpose
        What is done, in words: whoever waits longer reads it.
    patience_s
        How long is waited.

    Raises
    ------
    BusyError
        Another run writes for longer than that.
    """
    until = time.monotonic() + patience_s
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(engagement.store.writing(purpose))
                break
            except BusyError:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE_S)
        yield
