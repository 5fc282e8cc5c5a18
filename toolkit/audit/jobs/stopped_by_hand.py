"""A job that a person stops: the change that is on its way is brought to its end first."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopped_by_hand() -> Iterator[Callable[[], bool]]:
    """Yield what says whether Ctrl-C, or the stop button of a notebook, was pressed.

    Only a program's first thread is told; in another, as of a widget, nothing is ever pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    pressed = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    before = [(one, signal.signal(one, note)) for one in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield lambda: pressed
    finally:
        for one, handler in before:
            signal.signal(one, handler)
