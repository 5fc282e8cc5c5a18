"""The command line: one module per command; errors become exit codes."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from toolkit.cli.app import run

    exit_code = run(sys.argv[1:])
    # All is written, and the process ends. Without this Python looks at every object several times more while it takes the
    # modules apart, a sixth of the CPU of a small audit; what must happen at the end of a process happens all the same.
    gc.freeze()
    sys.exit(exit_code)
