"""The command line: one module per command; errors become exit codes."""

import ctypes
import gc
import os
import sys

_MEMORY = {
    # From malloc.h: what is freed is kept (as much as an int can say), taken in large steps, and not mapped apart.
    -1: 2**31 - 1,
    -2: 64 * 2**20,
    -3: 2**30,
    # One store for all threads: with several each keeps what the others could use.
    -8: 1,
}


def main() -> None:
    """Run the command line and leave with its exit code."""
    _settle_memory()
    from toolkit.cli.app import run

    exit_code = run(sys.argv[1:])
    # All is written, and the process ends. Without this Python looks at every object several times more while it takes the
    # modules apart, a sixth of the CPU of a small audit; what must happen at the end of a process happens all the same.
    gc.freeze()
    sys.exit(exit_code)


def _settle_memory() -> None:
    """Let columns use the memory of columns that are gone, instead of handing it back and asking for it anew.

    To have each column's memory cleared by the system takes a sixth of the CPU of a large command, and what Arrow and the
    threads keep for themselves a third of the memory.
    """
    settle = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    # Other systems, and another C library (musl), have no such function.
    if settle is None:
        return
    for option, value in _MEMORY.items():
        settle(option, value)
    # Read when Arrow is loaded, which it is not yet.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
