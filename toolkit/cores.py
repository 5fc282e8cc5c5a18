"""One task over several parts at once, on all cores; what comes of it is in the order of the parts.

Threads, because numpy, Arrow and rapidfuzz let others run while they work on a column: nothing is copied to another process,
and it is the same on every system. How many work at once changes nothing about a result.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from functools import cache
from typing import Any, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

_MOST = 16
"""More columns than these are seldom there, and each that is worked on takes memory."""


def usable_cores() -> int:
    """Return how many cores may work here at once."""
    return _MAY_USE.get() or _available_cores()


@cache
def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


_MAY_USE: ContextVar[int | None] = ContextVar("may_use", default=None)
_helpers_lock = threading.Lock()
_helpers = [0]


def slices_of(count: int) -> list[slice]:
    """Return as many parts of a column of ``count`` as there are cores, of one size.

    Examples
    --------
    >>> with at_most(2):
    ...     slices_of(5)
    [slice(0, 3, None), slice(3, 5, None)]
    """
    size = max(-(-count // usable_cores()), 1)
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


@contextmanager
def at_most(count: int | None) -> Iterator[None]:
    """Use no more cores than this within the block; None is all there are.

    Examples
    --------
    >>> with at_most(1):
    ...     results(str, [1, 2])
    ['1', '2']
    """
    token = _MAY_USE.set(count)
    try:
        yield
    finally:
        _MAY_USE.reset(token)


@contextmanager
def meanwhile(task: Callable[[], object]) -> Iterator[None]:
    """Do a task beside the block where a core is free: one that only makes ready what is made ready later all the same.

    What goes wrong in it goes wrong again where its fruits are asked for, and is told there.

    Examples
    --------
    >>> with meanwhile(list):
    ...     results(len, ["a"])
    [1]
    """

    def help_out() -> None:
        try:
            with suppress(Exception):
                task()
        finally:
            _let_go()

    if not _is_taken(usable_cores() - 1):
        yield
        return
    thread = threading.Thread(target=copy_context().run, args=(help_out,))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def results(task: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Return what a task gives for each part, in the order of the parts, as many of them at once as there are cores.

    A task may itself ask for the results of smaller ones: whoever is free helps. Where tasks fail, the error is that of the
    first part which fails, as if they had been done one after the other.

    Parameters
    ----------
    task
        Needs nothing that another part changes.
    parts
        What it is done with.

    Examples
    --------
    >>> results(len, ["a", "bc", ""])
    [1, 2, 0]
    """
    waiting = deque(enumerate(parts))
    found: list[Any] = [None] * len(waiting)
    failed: dict[int, BaseException] = {}
    limit = usable_cores() - 1

    def next_one() -> bool:
        """Do the next part; return whether there was one."""
        try:
            place, part = waiting.popleft()
        except IndexError:
            return False
        try:
            found[place] = task(part)
        except BaseException as error:  # noqa: BLE001 - it is raised where the results are asked for
            failed[place] = error
            waiting.clear()
        return True

    def help_out() -> None:
        try:
            while next_one():
                pass
        finally:
            _let_go()

    threads = []
    try:
        while waiting:
            if len(waiting) > 1 and _is_taken(limit):
                threads.append(threading.Thread(target=copy_context().run, args=(help_out,)))
                threads[-1].start()
            next_one()
        for thread in threads:
            thread.join()
    finally:
        # Who interrupts a command does not wait for parts that nobody has begun.
        waiting.clear()
    if failed:
        raise failed[min(failed)]
    return found


def _is_taken(limit: int) -> bool:
    """Take a free core, and return whether there was one."""
    with _helpers_lock:
        if _helpers[0] >= limit:
            return False
        _helpers[0] += 1
        return True


def _let_go() -> None:
    with _helpers_lock:
        _helpers[0] -= 1
