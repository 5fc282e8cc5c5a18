"""The command line: one module per command; errors become exit codes."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from toolkit.cli.app import run

    sys.exit(run(sys.argv[1:]))
