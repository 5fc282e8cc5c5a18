"""Wall time, CPU time and memory of ``demo`` in a new folder, first run included, and of the same demo again.

Run ``python -m benchmarks.demo [FOLDER]``; with a folder of a client's files it is copied and audited instead. Asked for:
40 s and 1.2 GB over the process tree for the demo on two cores, 60 s for the audit of the Leeds ledger.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import HEAD, measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="files of a client, to be copied and audited")
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "client"
        command = [sys.executable, "-m", "toolkit", "audit" if given else "demo", folder]
        if given:
            shutil.copytree(given, folder, copy_function=shutil.copyfile)
            folder.chmod(0o700)
        print(HEAD)
        first = measured(command)
        print(first.row("demo" if given is None else f"audit {given.name}"))
        print(measured(command).row("the same again"))
        print(first.output)


if __name__ == "__main__":
    main()
