"""Memory that was freed goes back to the system, so that the next work need not stand on top of it."""

import ctypes
import sys

import pyarrow as pa

from toolkit.query import close_engines


def return_memory() -> None:
    """Give back what neither tables nor arrays hold any longer.

    The query engine keeps the memory of its largest question, Arrow keeps freed memory for later, and so does the C library
    between blocks that are still held: after files were read some 40 % of what a process seems to take is of that kind.
    """
    close_engines()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        # Another C library (musl) has no such function.
        if trim is not None:
            trim(0)
