"""A job that a person stops: the change that is on its way is brought to its end first."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopped_by_hand(*, hang_up: bool = False) -> Iterator[Callable[[], bool]]:
    """Yield what says whether Ctrl-C, or the stop button of a notebook, was pressed.

    Only a program's first thread is told; in another, as of a widget, nothing is ever pressed. With ``hang_up`` the end of
    the terminal counts too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    pressed = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    # Windows knows no hanging up.
    ends = [getattr(signal, "SIGHUP", None)] if hang_up else []
    before = [(one, signal.signal(one, note)) for one in (signal.SIGINT, signal.SIGTERM, *filter(None, ends))]
    try:
        yield lambda: pressed
    finally:
        for one, handler in before:
            signal.signal(one, handler)
