"""Every notebook on the sample client, each in a kernel of its own as in JupyterLab, and how long ``import toolkit`` takes.

Run ``python -m benchmarks.notebooks [CHECKOUT]``. The client is new: the first notebook reads its files and the next ones
compute. Asked for: 4 minutes for all of them. With a checkout of an earlier version, ``import toolkit`` and a first verb are
measured side by side, turn by turn: asked for is no slower.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.measured import OWN_CHECKOUT, measured
from toolkit.audit.audited_folder import copied_sample
from toolkit.audit.notebook_copies import copy_notebooks
from toolkit.notebooks import run_notebook

TURNS = 15
IMPORTS = {
    "python -c pass": "pass",
    "import toolkit": "import toolkit",
    "from toolkit import open_engagement": "from toolkit import open_engagement",
    "from toolkit import match_records": "from toolkit import match_records",
}
READS_FIRST = "02_snapshots"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run_all(Path(folder))
    if len(sys.argv) > 1:
        side_by_side(Path(sys.argv[1]).resolve())


def run_all(home: Path) -> None:
    """Print the wall time of each notebook, and of all."""
    client = copied_sample(home / "harbor-pine")
    copy_notebooks(client)
    notebooks = sorted((client / "notebooks").glob("*.ipynb"), key=lambda one: (one.stem != READS_FIRST, one.name))
    began = time.perf_counter()
    for notebook in notebooks:
        own = time.perf_counter()
        where = {"engagement": ".."} if notebook.stem == "client_report" else {}
        run_notebook(notebook, home / notebook.name, where, working_folder=notebook.parent)
        print(f"{notebook.stem:<40}{time.perf_counter() - own:>9.1f} s")
    print(f"{'all of them':<40}{time.perf_counter() - began:>9.1f} s")


def side_by_side(before: Path) -> None:
    """Print what an import takes in this checkout and in an earlier one: medians of turns, each after the other."""
    print(f"{'':<40}{'before':>11}{'now':>11}")
    for label, source in IMPORTS.items():
        found: dict[Path, list[float]] = {before: [], OWN_CHECKOUT: []}
        for _ in range(TURNS):
            for package, walls in found.items():
                walls.append(measured([sys.executable, "-c", source], package=package).cpu_s)
        then, now = (median(one) for one in found.values())
        print(f"{label:<40}{then:>9.3f} s{now:>9.3f} s CPU")


if __name__ == "__main__":
    main()
